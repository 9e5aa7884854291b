"""Pairs of pages that look alike, of which a person said that both are right.

Ids in; of each pair the digests of the two texts as they were when it was said out, so that it holds for these texts
and no others.  The smaller id of a pair stands first.
"""

from __future__ import annotations

import sqlite3

from archive_viewer.storage.rows import Row


def row(texts: dict[str, str]) -> Row:
    """The row of a pair: the two ids, each with the digest of its text."""
    first, second = sorted(texts)
    return {"item_id": first, "other_id": second, "text_sha256": texts[first], "other_sha256": texts[second]}


def known(connection: sqlite3.Connection, one: str, other: str) -> str:
    """The id of the row of this pair; empty where there is none."""
    found = connection.execute(
        "SELECT id FROM right_pair WHERE item_id = ? AND other_id = ?", (min(one, other), max(one, other))
    ).fetchone()
    return str(found["id"]) if found is not None else ""


def of_item(connection: sqlite3.Connection, item_id: str) -> dict[str, tuple[str, str]]:
    """The other item of each pair that an item is in → the digest of its own text, and of the other's."""
    rows = connection.execute(
        "SELECT other_id AS other, text_sha256 AS mine, other_sha256 AS theirs FROM right_pair WHERE item_id = ?1 "
        "UNION ALL SELECT item_id, other_sha256, text_sha256 FROM right_pair WHERE other_id = ?1",
        (item_id,),
    )
    return {row["other"]: (row["mine"], row["theirs"]) for row in rows}
