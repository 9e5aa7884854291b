"""Marks.

Annotations in and out; a mark's description (its target) is a row of the journal, its present place is
derived and kept beside it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from archive_viewer.model import (
    AnchorState,
    Annotation,
    BlockPoint,
    Colour,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)


def row_of(annotation: Annotation) -> dict[str, Any]:
    """The row of a mark, as the journal keeps it."""
    return {
        "item_id": annotation.item_id,
        "target": _packed_target(annotation.target),
        "colour": annotation.colour.value,
        "note": annotation.note,
        "tags": json.dumps(annotation.tags, ensure_ascii=False),
        "created_at": annotation.created_at,
        "modified_at": annotation.modified_at,
        "creator": annotation.creator,
        "origin": annotation.origin,
    }


def place(connection: sqlite3.Connection, id: str, state: AnchorState, start: int | None, end: int | None) -> None:
    connection.execute(
        "UPDATE annotation SET state = ?, start = ?, end = ? WHERE id = ?", (state.value, start, end, id)
    )


def get(connection: sqlite3.Connection, id: str) -> Annotation | None:
    row = connection.execute("SELECT * FROM annotation WHERE id = ?", (id,)).fetchone()
    return _annotation(row) if row is not None else None


def of_item(connection: sqlite3.Connection, item_id: str) -> list[Annotation]:
    """An item's marks in page order; the unplaced ones follow."""
    rows = connection.execute(
        "SELECT * FROM annotation WHERE item_id = ? ORDER BY start IS NULL, start, end, created_at, rowid", (item_id,)
    )
    return [_annotation(row) for row in rows]


def of_items(connection: sqlite3.Connection, item_ids: Sequence[str]) -> dict[str, list[Annotation]]:
    """The marks of several items, each by its item, in page order; of items without any there is nothing."""
    rows = connection.execute(
        "SELECT * FROM annotation WHERE item_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY start IS NULL, start, end, created_at, rowid",
        (json.dumps(item_ids),),
    )
    found: dict[str, list[Annotation]] = {}
    for row in rows:
        found.setdefault(row["item_id"], []).append(_annotation(row))
    return found


def of_library(connection: sqlite3.Connection) -> list[Annotation]:
    """The marks of all items that are not in the bin, page by page."""
    rows = connection.execute(
        "SELECT annotation.* FROM annotation JOIN item ON item.id = annotation.item_id WHERE item.deleted_at = '' "
        "ORDER BY item.added_at, item.original_order, item.rowid, start IS NULL, start, end, annotation.created_at"
    )
    return [_annotation(row) for row in rows]


def counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many marks there are on items that are not in the bin, and how many of them are not where they were made."""
    found = connection.execute(
        "SELECT count(*) AS made, count(CASE WHEN annotation.state != 'placed' THEN 1 END) AS unsettled "
        "FROM annotation WHERE item_id NOT IN (SELECT id FROM item WHERE deleted_at != '')"
    ).fetchone()
    return int(found["made"]), int(found["unsettled"])


def unsettled(connection: sqlite3.Connection) -> list[Annotation]:
    """Marks that are not simply where they were made."""
    rows = connection.execute(
        "SELECT annotation.* FROM annotation JOIN item ON item.id = annotation.item_id "
        "WHERE item.deleted_at = '' AND annotation.state != 'placed' ORDER BY annotation.created_at"
    )
    return [_annotation(row) for row in rows]


def _annotation(row: sqlite3.Row) -> Annotation:
    return Annotation(
        id=row["id"],
        item_id=row["item_id"],
        target=_unpacked_target(row["target"]),
        colour=Colour(row["colour"]),
        note=row["note"],
        tags=tuple(json.loads(row["tags"])),
        created_at=row["created_at"],
        modified_at=row["modified_at"],
        state=AnchorState(row["state"]),
        start=row["start"],
        end=row["end"],
        creator=row["creator"],
        origin=row["origin"],
    )


def _packed_target(target: Target) -> str:
    return json.dumps(
        {
            "exact": target.quote.exact,
            "prefix": target.quote.prefix,
            "suffix": target.quote.suffix,
            "position": [target.position.start, target.position.end],
            "first": [target.first.n, target.first.offset],
            "last": [target.last.n, target.last.offset],
            "text_sha256": target.text_sha256,
            "blocks_sha256": target.blocks_sha256,
        },
        ensure_ascii=False,
    )


def _unpacked_target(packed: str) -> Target:
    found = json.loads(packed)
    return Target(
        quote=TextQuoteSelector(found["exact"], found["prefix"], found["suffix"]),
        position=TextPositionSelector(*found["position"]),
        first=BlockPoint(*found["first"]),
        last=BlockPoint(*found["last"]),
        text_sha256=found["text_sha256"],
        blocks_sha256=found["blocks_sha256"],
    )
