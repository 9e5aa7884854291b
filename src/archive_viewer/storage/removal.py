"""Removing items for good: their rows, what belongs to them, and the stored files that nothing else needs.

Ids in, digests of stored files that may go out.  Separate from the nouns' own files because here alone rows are
removed that no step brings back; the journal forgets them, so that undo passes over what is no more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from archive_viewer.storage.migrations import SAID

OF_ITEM = (
    *("annotation", "override", "charset_choice", "reading", "sketch", "article", "item_file", "description"),
    *("unfinished", "outdated", "recleaning_line"),
)
"""Tables with a column ``item_id``, whose rows go with the item."""

HERE = "(SELECT value FROM json_each(?1))"

CHANGES = " UNION ".join(
    f"SELECT rowid, step_id FROM change WHERE {about} IN gone"
    for about in (
        "id",
        SAID.format("item_id"),
        f"noun = 'pair' AND {SAID.format('other_id')}",
        *(f"noun = 'link' AND {SAID.format(end)}" for end in ("from_id", "to_id")),
    )
)
"""The changes that are about what is gone, each question answered from an index: the journal may be long."""


def count_belongings(connection: sqlite3.Connection, item_id: str) -> tuple[int, int]:
    """How many marks and links go with an item."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM annotation WHERE item_id = ?1), (SELECT count(*) FROM link WHERE from_id IN "
        "(SELECT ?1 UNION SELECT id FROM annotation WHERE item_id = ?1) OR to_id IN "
        "(SELECT ?1 UNION SELECT id FROM annotation WHERE item_id = ?1))",
        (item_id,),
    ).fetchone()
    return int(row[0]), int(row[1])


def remove(connection: sqlite3.Connection, item_ids: Sequence[str]) -> list[str]:
    """Remove items with all that is theirs; gives the digests of the stored files that no item needs any more.

    Those are noted as discarded, so that a crash before their bytes are gone leaves none behind for ever.
    """
    ids = json.dumps(list(item_ids))
    marks = _marks(connection, ids)
    _forget(connection, ids, json.dumps(marks))
    connection.execute(f"DELETE FROM right_pair WHERE item_id IN {HERE} OR other_id IN {HERE}", (ids,))
    ends = json.dumps([*item_ids, *marks])
    connection.execute(f"DELETE FROM link WHERE from_id IN {HERE} OR to_id IN {HERE}", (ends,))
    files = connection.execute(f"SELECT DISTINCT sha256 FROM item_file WHERE item_id IN {HERE}", (ids,))
    digests = [row["sha256"] for row in files]
    connection.execute(
        f"DELETE FROM sketch_band WHERE number IN (SELECT number FROM sketch WHERE item_id IN {HERE})", (ids,)
    )
    for table in OF_ITEM:
        connection.execute(f"DELETE FROM {table} WHERE item_id IN {HERE}", (ids,))
    connection.execute(f"DELETE FROM item WHERE id IN {HERE}", (ids,))
    lonely = connection.execute(
        "SELECT value FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM item_file WHERE sha256 = value) "
        "AND NOT EXISTS (SELECT 1 FROM item WHERE sha256 = value)",
        (json.dumps(digests),),
    )
    gone = [row["value"] for row in lonely]
    connection.executemany("DELETE FROM original WHERE sha256 = ?", [(sha256,) for sha256 in gone])
    connection.executemany("INSERT OR IGNORE INTO discarded (sha256) VALUES (?)", [(sha256,) for sha256 in gone])
    return gone


def _marks(connection: sqlite3.Connection, ids: str) -> list[str]:
    """The marks of these items, those among them that were deleted and that undo would bring back."""
    rows = connection.execute(
        f"SELECT id FROM annotation WHERE item_id IN {HERE} UNION SELECT id FROM change WHERE noun = 'annotation' "
        f"AND {SAID.format('item_id')} IN {HERE}",
        (ids,),
    )
    return [row["id"] for row in rows]


def _forget(connection: sqlite3.Connection, ids: str, marks: str) -> None:
    """Take these items, and what was theirs, out of every step; a step that did nothing else goes with them."""
    rows = connection.execute(
        f"WITH gone (id) AS (SELECT value FROM json_each(?1) UNION SELECT value FROM json_each(?2)) {CHANGES}",
        (ids, marks),
    ).fetchall()
    connection.executemany("DELETE FROM change WHERE rowid = ?", [(row["rowid"],) for row in rows])
    steps = {row["step_id"] for row in rows}
    connection.executemany(
        "DELETE FROM step WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM change WHERE step_id = ?1)",
        [(step_id,) for step_id in steps],
    )


def discarded(connection: sqlite3.Connection) -> list[str]:
    """Stored files whose bytes are still to be removed: no item has come for them meanwhile."""
    connection.execute("DELETE FROM discarded WHERE sha256 IN (SELECT sha256 FROM original)")
    return [row["sha256"] for row in connection.execute("SELECT sha256 FROM discarded")]


def settle(connection: sqlite3.Connection, removed: Iterable[str]) -> None:
    """The bytes of these are gone."""
    connection.executemany("DELETE FROM discarded WHERE sha256 = ?", [(sha256,) for sha256 in removed])
