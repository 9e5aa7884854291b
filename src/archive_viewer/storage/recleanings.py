"""What became of each page that was cleaned again, line by line, as a task goes on.

Lines in and out.  A page that has a line was dealt with before a crash, and is passed over.
"""

from __future__ import annotations

import json
import sqlite3

from archive_viewer.model import Recleaning


def add(connection: sqlite3.Connection, task_id: str, line: Recleaning) -> None:
    connection.execute(
        "INSERT INTO recleaning_line (task_id, item_id, outcome, reason, put_back, taken_out, carried, moved, unplaced)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            task_id,
            line.item_id,
            line.outcome,
            line.reason,
            line.put_back,
            line.taken_out,
            line.carried,
            json.dumps(line.moved),
            json.dumps(line.unplaced),
        ),
    )


def lines(connection: sqlite3.Connection, task_id: str) -> list[Recleaning]:
    rows = connection.execute("SELECT * FROM recleaning_line WHERE task_id = ? ORDER BY rowid", (task_id,))
    return [
        Recleaning(
            item_id=row["item_id"],
            outcome=row["outcome"],
            reason=row["reason"],
            put_back=row["put_back"],
            taken_out=row["taken_out"],
            carried=row["carried"],
            moved=tuple(json.loads(row["moved"])),
            unplaced=tuple(json.loads(row["unplaced"])),
        )
        for row in rows
    ]


_OTHER = "(article.cleaner_version < ?1 OR article.cleaner_version > ?1)"
"""Two ranges of an index: “!=” would look at every article."""


def older(connection: sqlite3.Connection, version: str) -> list[str]:
    """Items outside the bin whose article another cleaner made than that of ``version``, in the order they came in."""
    rows = connection.execute(
        "SELECT item.id FROM article CROSS JOIN item ON item.id = article.item_id "
        f"WHERE {_OTHER} AND item.deleted_at = '' ORDER BY item.rowid",
        (version,),
    )
    return [row["id"] for row in rows]


def count_older(connection: sqlite3.Connection, version: str) -> int:
    found = connection.execute(
        f"SELECT count(*) FROM article WHERE {_OTHER} AND item_id NOT IN (SELECT id FROM item WHERE deleted_at != '')",
        (version,),
    ).fetchone()
    return int(found[0])
