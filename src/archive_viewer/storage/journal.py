"""The journal: the steps that a person took, and what each changed.

A step's name and its changed rows in, the same out.  ``history`` says what a step is and how it is turned round;
this file only keeps them, in the order in which they were taken.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from archive_viewer.storage.rows import Row

KEPT_STEPS = 1_000


def begin(connection: sqlite3.Connection, label: str, at: str) -> int:
    """A new step; what had been undone cannot be done again after it, and the oldest step beyond 1,000 is let go."""
    connection.execute("DELETE FROM step WHERE is_undone = 1")
    cursor = connection.execute("INSERT INTO step (label, at) VALUES (?, ?)", (label, at))
    step_id = int(cursor.lastrowid or 0)
    connection.execute(
        "DELETE FROM step WHERE id <= (SELECT id FROM step ORDER BY id DESC LIMIT 1 OFFSET ?)", (KEPT_STEPS,)
    )
    return step_id


def add(
    connection: sqlite3.Connection, step_id: int, changes: Iterable[tuple[str, str, Row | None, Row | None]]
) -> None:
    """Changes of a step, behind those that it has: noun, id, the row before, the row after."""
    last = connection.execute("SELECT coalesce(max(n), 0) FROM change WHERE step_id = ?", (step_id,)).fetchone()[0]
    connection.executemany(
        "INSERT INTO change (step_id, n, noun, id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (step_id, n, noun, id, _packed(before), _packed(after))
            for n, (noun, id, before, after) in enumerate(changes, start=last + 1)
        ],
    )


def newest(connection: sqlite3.Connection) -> int | None:
    """The step that was begun last, undone or not."""
    found = connection.execute("SELECT max(id) FROM step").fetchone()[0]
    return int(found) if found is not None else None


def last_done(connection: sqlite3.Connection) -> int | None:
    found = connection.execute("SELECT max(id) FROM step WHERE is_undone = 0").fetchone()[0]
    return int(found) if found is not None else None


def first_undone(connection: sqlite3.Connection) -> int | None:
    found = connection.execute("SELECT min(id) FROM step WHERE is_undone = 1").fetchone()[0]
    return int(found) if found is not None else None


def label(connection: sqlite3.Connection, step_id: int | None) -> str:
    found = connection.execute("SELECT label FROM step WHERE id = ?", (step_id,)).fetchone()
    return str(found["label"]) if found is not None else ""


def changes(connection: sqlite3.Connection, step_id: int) -> list[tuple[str, str, Row | None, Row | None]]:
    """The step's changes, first made first: noun, id, the row before, the row after."""
    rows = connection.execute("SELECT noun, id, before, after FROM change WHERE step_id = ? ORDER BY n", (step_id,))
    return [(row["noun"], row["id"], _unpacked(row["before"]), _unpacked(row["after"])) for row in rows]


def set_undone(connection: sqlite3.Connection, step_id: int, is_undone: bool) -> None:
    connection.execute("UPDATE step SET is_undone = ? WHERE id = ?", (int(is_undone), step_id))


def _packed(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, sort_keys=True)


def _unpacked(row: str | None) -> Row | None:
    return None if row is None else json.loads(row)
