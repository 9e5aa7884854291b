"""Accessions, and the report of each: a line for every file that was offered.

Accessions and import lines in and out.  The first call for a library gives it the number by which it is known.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Sequence

from archive_viewer.model import Accession, ImportLine


def library_id(connection: sqlite3.Connection, now: str) -> str:
    """The library's own id, made at the first call."""
    row = connection.execute("SELECT id FROM library").fetchone()
    if row is not None:
        return str(row["id"])
    made = str(uuid.uuid4())
    connection.execute("INSERT INTO library (id, created_at) VALUES (?, ?)", (made, now))
    return made


def known_library_id(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT id FROM library").fetchone()
    return str(row["id"]) if row is not None else ""


def add(connection: sqlite3.Connection, id: str, source: Sequence[str], now: str) -> None:
    """A new accession, numbered by year and running number (``2026-001``)."""
    number = int(connection.execute("SELECT next_accession FROM library").fetchone()[0])
    connection.execute("UPDATE library SET next_accession = next_accession + 1")
    connection.execute(
        "INSERT INTO accession (id, number, source, state, created_at) VALUES (?, ?, ?, 'waiting', ?)",
        (id, f"{now[:4]}-{number:03}", json.dumps(list(source), ensure_ascii=False), now),
    )


def set_state(connection: sqlite3.Connection, id: str, state: str, finished_at: str = "") -> None:
    connection.execute("UPDATE accession SET state = ?, finished_at = ? WHERE id = ?", (state, finished_at, id))


def step_id(connection: sqlite3.Connection, id: str) -> int | None:
    found = connection.execute("SELECT step_id FROM accession WHERE id = ?", (id,)).fetchone()["step_id"]
    return int(found) if found is not None else None


def set_step(connection: sqlite3.Connection, id: str, step_id: int) -> None:
    connection.execute("UPDATE accession SET step_id = ? WHERE id = ?", (step_id, id))


def running_step(connection: sqlite3.Connection, step_id: int) -> bool:
    """Whether the step is that of an accession that is still coming in."""
    return (
        connection.execute(
            "SELECT 1 FROM accession WHERE step_id = ? AND state IN ('waiting', 'running')", (step_id,)
        ).fetchone()
        is not None
    )


SELECTION = (
    "SELECT accession.*, "
    "(SELECT count(*) FROM item WHERE accession_id = accession.id AND deleted_at = '') AS items, "
    "(SELECT count(*) FROM import_line WHERE accession_id = accession.id AND outcome = 'refused') AS refused "
    "FROM accession"
)


def get(connection: sqlite3.Connection, id: str) -> Accession:
    return _accession(connection.execute(f"{SELECTION} WHERE id = ?", (id,)).fetchone())


def all_accessions(connection: sqlite3.Connection) -> list[Accession]:
    """Every accession, newest first."""
    return [_accession(row) for row in connection.execute(f"{SELECTION} ORDER BY created_at DESC, number DESC")]


def _accession(row: sqlite3.Row) -> Accession:
    return Accession(
        row["id"],
        row["number"],
        tuple(json.loads(row["source"])),
        row["state"],
        row["created_at"],
        row["finished_at"],
        row["items"],
        row["refused"],
    )


def add_line(connection: sqlite3.Connection, accession_id: str, line: ImportLine) -> None:
    connection.execute(
        "INSERT INTO import_line (accession_id, n, path, outcome, reason, item_ids, warnings) VALUES "
        "(?1, (SELECT coalesce(max(n), 0) + 1 FROM import_line WHERE accession_id = ?1), ?2, ?3, ?4, ?5, ?6)",
        (
            accession_id,
            line.path,
            line.outcome,
            line.reason,
            json.dumps(line.item_ids),
            json.dumps(line.warnings, ensure_ascii=False),
        ),
    )


def has_line_of(connection: sqlite3.Connection, accession_id: str, item_id: str) -> bool:
    """Whether the report of the accession names the item."""
    found = connection.execute(
        "SELECT 1 FROM import_line, json_each(import_line.item_ids) WHERE accession_id = ? AND json_each.value = ?",
        (accession_id, item_id),
    )
    return found.fetchone() is not None


def lines(connection: sqlite3.Connection, accession_id: str) -> list[ImportLine]:
    rows = connection.execute("SELECT * FROM import_line WHERE accession_id = ? ORDER BY n", (accession_id,))
    return [_line(row) for row in rows]


def refused_lines(connection: sqlite3.Connection) -> list[ImportLine]:
    """Every file that was refused and has not come in since."""
    rows = connection.execute(
        "SELECT * FROM import_line AS refused WHERE outcome = 'refused' AND NOT EXISTS (SELECT 1 FROM import_line "
        "AS later WHERE later.path = refused.path AND later.rowid > refused.rowid) ORDER BY rowid"
    )
    return [_line(row) for row in rows]


def _line(row: sqlite3.Row) -> ImportLine:
    return ImportLine(
        row["path"],
        row["outcome"],
        row["reason"],
        tuple(json.loads(row["item_ids"])),
        tuple(json.loads(row["warnings"])),
    )
