"""Links.  Values of the model in and out; a link is a row of the journal, whole."""

from __future__ import annotations

import sqlite3
from typing import Any

from archive_viewer.model import Link


def row_of(link: Link) -> dict[str, Any]:
    """The row of a link, as the journal keeps it."""
    return {
        "from_id": link.from_id,
        "to_id": link.to_id,
        "relation": link.relation,
        "note": link.note,
        "created_at": link.created_at,
        "modified_at": link.modified_at,
    }


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM link").fetchone()[0])


def get(connection: sqlite3.Connection, id: str) -> Link | None:
    row = connection.execute("SELECT * FROM link WHERE id = ?", (id,)).fetchone()
    return _link(row) if row is not None else None


def of_library(connection: sqlite3.Connection) -> list[Link]:
    return [_link(row) for row in connection.execute("SELECT * FROM link ORDER BY created_at, rowid")]


def of_item(connection: sqlite3.Connection, item_id: str) -> list[Link]:
    """Links that begin or end at the item or at one of its marks."""
    rows = connection.execute(
        "WITH ends (id) AS (SELECT ?1 UNION ALL SELECT id FROM annotation WHERE item_id = ?1) SELECT * FROM link "
        "WHERE from_id IN (SELECT id FROM ends) OR to_id IN (SELECT id FROM ends) ORDER BY created_at, rowid",
        (item_id,),
    )
    return [_link(row) for row in rows]


def of_end(connection: sqlite3.Connection, id: str) -> list[Link]:
    """Links that begin or end at this very mark or item."""
    rows = connection.execute("SELECT * FROM link WHERE ?1 IN (from_id, to_id) ORDER BY created_at, rowid", (id,))
    return [_link(row) for row in rows]


def _link(row: sqlite3.Row) -> Link:
    return Link(
        row["id"], row["from_id"], row["to_id"], row["relation"], row["note"], row["created_at"], row["modified_at"]
    )
