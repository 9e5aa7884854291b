"""Texts that are not yet what blocks, rules and mends make them: the ids of their items, in a queue.

What changes thousands of pages in one act changes their rows at once; text, sketch and places of marks follow, some
pages at a time, so that no transaction is long and a kill at any moment loses nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


def add(connection: sqlite3.Connection, item_ids: Iterable[str]) -> None:
    connection.executemany("INSERT OR IGNORE INTO outdated (item_id) VALUES (?)", [(id,) for id in item_ids])


def first(connection: sqlite3.Connection, most: int) -> list[str]:
    rows = connection.execute("SELECT item_id FROM outdated ORDER BY rowid LIMIT ?", (most,))
    return [row["item_id"] for row in rows]


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM outdated").fetchone()[0])


def settle(connection: sqlite3.Connection, item_ids: Iterable[str]) -> None:
    connection.executemany("DELETE FROM outdated WHERE item_id = ?", [(id,) for id in item_ids])
