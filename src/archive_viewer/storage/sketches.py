"""Sketches of the items' texts, and the index of their bands, by which texts that are nearly the same are found.

Packed sketches and band keys in, packed sketches out; what they mean is known to the room that made them.  A band's
row is two numbers and nothing else: there are sixteen of them for each item.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stored:
    """An item's sketch, and the digest of the text that it was made of."""

    item_id: str
    sketch: bytes
    text_sha256: str


def put(connection: sqlite3.Connection, item_id: str, sketch: bytes, bands: Sequence[int]) -> None:
    """Keep an item's sketch in the place of the one that it had; an empty one is found by nobody."""
    row = connection.execute("SELECT number FROM sketch WHERE item_id = ?", (item_id,)).fetchone()
    if row is not None:
        connection.execute("DELETE FROM sketch_band WHERE number = ?", (row["number"],))
        connection.execute("DELETE FROM sketch WHERE number = ?", (row["number"],))
    if sketch:
        number = connection.execute("INSERT INTO sketch (item_id, sketch) VALUES (?, ?)", (item_id, sketch)).lastrowid
        connection.executemany(
            "INSERT OR IGNORE INTO sketch_band (band, number) VALUES (?, ?)", [(band, number) for band in bands]
        )


def get(connection: sqlite3.Connection, item_id: str) -> Stored | None:
    """An item's sketch; None where its text is too short to have one."""
    row = connection.execute(f"{SELECTION} WHERE sketch.item_id = ?", (item_id,)).fetchone()
    return _stored(row) if row is not None else None


def get_many(connection: sqlite3.Connection, item_ids: Sequence[str]) -> list[Stored]:
    """The sketches of those of these items that are outside the bin, in this order."""
    rows = connection.execute(
        f"{SELECTION} JOIN json_each(?) AS asked ON asked.value = sketch.item_id JOIN item ON item.id = sketch.item_id "
        "WHERE item.deleted_at = '' ORDER BY asked.key",
        (json.dumps(item_ids),),
    )
    return [_stored(row) for row in rows]


def sharing(connection: sqlite3.Connection, bands: Sequence[int], most_of_band: int, most: int) -> list[Stored]:
    """The sketches of items outside the bin that share a band with these, those with most bands in common first.

    Of a band that more than ``most_of_band`` items have, only so many are looked at.
    """
    if not bands:
        return []
    of_bands = " UNION ALL ".join(
        ["SELECT number FROM (SELECT number FROM sketch_band WHERE band = ? LIMIT ?)"] * len(bands)
    )
    rows = connection.execute(
        f"{SELECTION} JOIN (SELECT number, count(*) AS shared FROM ({of_bands}) GROUP BY number ORDER BY shared DESC "
        "LIMIT ?) AS found ON found.number = sketch.number JOIN item ON item.id = sketch.item_id "
        "WHERE item.deleted_at = '' ORDER BY found.shared DESC LIMIT ?",
        (*(value for band in bands for value in (band, most_of_band)), most_of_band, most),
    )
    return [_stored(row) for row in rows]


SELECTION = (
    "SELECT sketch.item_id, sketch.sketch, article.text_sha256 FROM sketch "
    "JOIN article ON article.item_id = sketch.item_id"
)


def _stored(row: sqlite3.Row) -> Stored:
    return Stored(row["item_id"], row["sketch"], row["text_sha256"])
