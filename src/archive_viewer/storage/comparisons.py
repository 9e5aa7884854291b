"""Two moments of one library, compared row by row.

Two connections in, numbers out.  Only what a person's acts change is compared, as the journal knows it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import count

from archive_viewer.storage.rows import NOUNS

ROWS_BETWEEN_REPORTS = 1_000
"""Rows read between two words about it: some thousandths of a second."""


def differences(
    now: sqlite3.Connection, then: sqlite3.Connection, report: Callable[[int, int], None]
) -> dict[str, tuple[int, int, int]]:
    """Noun → how many rows are there now only, were there then only, and were other ones then.

    ``note``: the marks that have a note, counted once more.  An item that lies in the bin at one of the moments is one
    that is there at the other only.  ``report`` is told now and then how many rows of how many were read, and may
    raise to stop.
    """
    statements = {
        noun: f"SELECT {kind.key}, {', '.join(kind.columns)} FROM {kind.table}"
        for noun, kind in NOUNS.items()
        if not kind.is_lasting
    }
    statements["note"] = "SELECT id, note FROM annotation WHERE note != ''"
    columns = ", ".join(column for column in NOUNS["item"].columns if column != "deleted_at")
    statements["item"] = f"SELECT id, {columns} FROM item WHERE deleted_at = ''"
    total = sum(
        int(connection.execute(f"SELECT count(*) FROM ({statement})").fetchone()[0])
        for connection in (now, then)
        for statement in statements.values()
    )
    read = count(1)

    def tell() -> None:
        if not (done := next(read)) % ROWS_BETWEEN_REPORTS:
            report(done, total)

    report(0, total)
    found = {noun: _compared(now, then, statement, tell) for noun, statement in statements.items()}
    report(total, total)
    return found


def _compared(
    now: sqlite3.Connection, then: sqlite3.Connection, statement: str, tell: Callable[[], None]
) -> tuple[int, int, int]:
    here, there = _rows(now, statement, tell), _rows(then, statement, tell)
    lost = sum(id not in there for id in here)
    regained = sum(id not in here for id in there)
    changed = sum(id in there and there[id] != row for id, row in here.items())
    return lost, regained, changed


def _rows(connection: sqlite3.Connection, statement: str, tell: Callable[[], None]) -> dict[str, int]:
    """Each row's id, and a digest of it that holds for as long as this program runs."""
    found = {}
    for row in connection.execute(statement):
        found[row[0]] = hash(tuple(row)[1:])
        tell()
    return found
