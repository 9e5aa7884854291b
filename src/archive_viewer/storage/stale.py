"""What the index does not know yet: the ids of items that changed since they were last indexed.

A serial goes with each, so that an item that changes while it is being indexed stays in the queue.  Serials rise in
the order of the rows, so that the next one is found without looking at a long queue.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

NEXT = "coalesce((SELECT serial FROM stale ORDER BY rowid DESC LIMIT 1), 0) + 1"


def add(connection: sqlite3.Connection, item_ids: Iterable[str]) -> None:
    connection.executemany(
        f"INSERT OR REPLACE INTO stale (item_id, serial) VALUES (?, {NEXT})", [(id,) for id in item_ids]
    )


def add_all(connection: sqlite3.Connection) -> None:
    serial = connection.execute(f"SELECT {NEXT}").fetchone()[0]
    connection.execute(
        "INSERT OR REPLACE INTO stale (item_id, serial) SELECT id, ? FROM item ORDER BY rowid",
        (serial,),
    )


def first(connection: sqlite3.Connection, most: int) -> list[tuple[str, int]]:
    rows = connection.execute("SELECT item_id, serial FROM stale ORDER BY rowid LIMIT ?", (most,))
    return [(row["item_id"], row["serial"]) for row in rows]


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM stale").fetchone()[0])


def settle(connection: sqlite3.Connection, indexed: Iterable[tuple[str, int]]) -> None:
    """Take off the queue what was indexed, unless it has changed again since."""
    connection.executemany("DELETE FROM stale WHERE item_id = ? AND serial = ?", list(indexed))
