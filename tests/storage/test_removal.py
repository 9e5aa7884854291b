"""What is removed for good is found in the journal by indexes, so that a long journal keeps nobody waiting."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from archive_viewer.storage import removal
from archive_viewer.storage.database import Database
from archive_viewer.storage.migrations import FIRST, MIGRATIONS

CHANGES = (
    ("item", "a", {"tags": "[]"}),
    ("annotation", "mark", {"item_id": "a"}),
    ("annotation", "other mark", {"item_id": "b"}),
    ("link", "from", {"from_id": "mark", "to_id": "b"}),
    ("link", "to", {"from_id": "b", "to_id": "a"}),
    ("link", "between others", {"from_id": "b", "to_id": "c"}),
    ("pair", "first", {"item_id": "a", "other_id": "b"}),
    ("pair", "second", {"item_id": "b", "other_id": "a"}),
    ("override", "mend", {"item_id": "a"}),
)


def journal(connection: sqlite3.Connection) -> None:
    """One step with one change of each kind, one with nothing but what is about 'a', and one after it was deleted."""
    for step, changes in ((1, CHANGES), (2, CHANGES[:1])):
        connection.execute("INSERT INTO step (id, label, at) VALUES (?, 'Ünd 😀', '')", (step,))
        connection.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?, NULL, ?)",
            [(step, n, noun, id, json.dumps(row)) for n, (noun, id, row) in enumerate(changes)],
        )
    connection.execute("UPDATE change SET before = after, after = NULL WHERE id IN ('mark', 'to', 'mend')")


def test_the_journal_is_not_gone_through(tmp_path: Path) -> None:
    database = Database(tmp_path / "Dätabase 😀.db", is_writable=True)
    said: list[str] = []
    with database.writing() as connection:
        journal(connection)
        connection.set_trace_callback(said.append)
        removal.remove(connection, ["a"])
        connection.set_trace_callback(None)
        left = connection.execute("SELECT id FROM change ORDER BY n").fetchall()
        assert [row["id"] for row in left] == ["other mark", "between others"]
        assert [row["id"] for row in connection.execute("SELECT id FROM step")] == [1]
        asked = [one for one in said if "change" in one]
        ways = [row["detail"] for one in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {one}")]
    database.close()
    assert len(asked) > 2
    assert any("USING INDEX change_item" in way for way in ways)
    assert [way for way in ways if way.startswith("SCAN change")] == []


def test_a_journal_that_was_kept_before_there_were_indexes_is_found_in_as_well(tmp_path: Path) -> None:
    file = tmp_path / "older.db"
    older = sqlite3.connect(file)
    for statement in FIRST:
        older.execute(statement)
    older.execute("PRAGMA application_id = 0x41565731")
    older.execute("PRAGMA user_version = 1")
    journal(older)
    older.commit()
    older.close()
    database = Database(file, is_writable=True)
    with database.writing() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        removal.remove(connection, ["a"])
        assert connection.execute("SELECT count(*) FROM change").fetchone()[0] == 2
    database.close()
    assert [copy.name for copy in (tmp_path / "backups").iterdir()] == ["library-before-form-2.db"]
