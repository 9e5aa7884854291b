"""What the items have in the fields by which an answer is narrowed, as they are stored: rows out, nothing is counted.

Separate from ``searched_values``, which counts in SQL over the whole library: an answer is any set of items, and to go
through a hundred thousand of them once for each field takes SQLite more than a second.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """An item; ``authors`` and ``tags`` are JSON arrays."""

    number: int
    id: str
    is_binned: int
    site: str
    authors: str
    published: str
    captured: str
    language: str
    format: str
    series: str
    tags: str


_COLUMNS = (
    "SELECT item.rowid, item.id, item.deleted_at != '', item.site, item.authors, substr(item.published_key, 1, 4), "
    "substr(item.captured_at, 1, 4), item.language, item.format, coalesce(unit.series, ''), item.tags "
    "FROM item LEFT JOIN unit ON unit.id = item.unit_id "
)


def of_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Row]:
    """The rows of these items."""
    rows = connection.execute(f"{_COLUMNS} WHERE item.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    return [Row(*row) for row in rows]


def after(connection: sqlite3.Connection, number: int, most: int) -> list[Row]:
    """The next ``most`` rows in the order of their numbers."""
    rows = connection.execute(f"{_COLUMNS} WHERE item.rowid > ? ORDER BY item.rowid LIMIT ?", (number, most))
    return [Row(*row) for row in rows]


def mark_tags(connection: sqlite3.Connection, ids: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """The tags of marks: an item's id, a JSON array; of these items, or of all."""
    within = "" if ids is None else "AND item_id IN (SELECT value FROM json_each(?))"
    arguments = () if ids is None else (json.dumps(list(ids)),)
    rows = connection.execute(f"SELECT item_id, tags FROM annotation WHERE tags != '[]' {within}", arguments)
    return [(row[0], row[1]) for row in rows]


def version(connection: sqlite3.Connection) -> int:
    """A number that is another one when somebody else has written since (SQLite's ``data_version``); of this connection
    only."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
