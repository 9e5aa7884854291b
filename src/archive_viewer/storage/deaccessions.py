"""The records of what was given up: added, never changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from archive_viewer.model import Deaccession


def add(connection: sqlite3.Connection, record: Deaccession) -> None:
    connection.execute(
        "INSERT INTO deaccession (id, item_id, title, url, captured_at, accession, files, reason, at, by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            record.item_id,
            record.title,
            record.url,
            record.captured_at,
            record.accession,
            json.dumps(record.files, ensure_ascii=False),
            record.reason,
            record.at,
            record.by,
        ),
    )


def listed(connection: sqlite3.Connection, item_ids: Sequence[str] | None = None) -> list[Deaccession]:
    """The records, oldest first; those of some items, or all."""
    where = "" if item_ids is None else "WHERE item_id IN (SELECT value FROM json_each(?)) "
    values = () if item_ids is None else (json.dumps(list(item_ids)),)
    rows = connection.execute(f"SELECT * FROM deaccession {where}ORDER BY at, rowid", values)
    return [
        Deaccession(
            row["id"],
            row["item_id"],
            row["title"],
            row["url"],
            row["captured_at"],
            row["accession"],
            tuple((name, size, sha256, sha512) for name, size, sha256, sha512 in json.loads(row["files"])),
            row["reason"],
            row["at"],
            row["by"],
        )
        for row in rows
    ]
