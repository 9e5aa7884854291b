"""Links.  Values of the model in and out; a link is a row of the journal, whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
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


def of_items(connection: sqlite3.Connection, item_ids: Sequence[str]) -> dict[str, list[Link]]:
    """The links of several items as ``of_item`` gives them, each by its item; of items without any there is nothing."""
    rows = connection.execute(
        "WITH item_ids (id) AS (SELECT value FROM json_each(?)), ends (id, item_id) AS (SELECT id, id FROM item_ids "
        "UNION ALL SELECT annotation.id, item_id FROM annotation WHERE item_id IN (SELECT id FROM item_ids)), "
        "tied (item_id, link_id) AS (SELECT item_id, link.id FROM ends JOIN link ON link.from_id = ends.id "
        "UNION SELECT item_id, link.id FROM ends JOIN link ON link.to_id = ends.id) "
        "SELECT item_id, link.* FROM tied JOIN link ON link.id = link_id ORDER BY created_at, link.rowid",
        (json.dumps(item_ids),),
    )
    found: dict[str, list[Link]] = {}
    for row in rows:
        found.setdefault(row["item_id"], []).append(_link(row))
    return found


def of_end(connection: sqlite3.Connection, id: str) -> list[Link]:
    """Links that begin or end at this very mark or item."""
    rows = connection.execute("SELECT * FROM link WHERE ?1 IN (from_id, to_id) ORDER BY created_at, rowid", (id,))
    return [_link(row) for row in rows]


def _link(row: sqlite3.Row) -> Link:
    return Link(
        row["id"], row["from_id"], row["to_id"], row["relation"], row["note"], row["created_at"], row["modified_at"]
    )
