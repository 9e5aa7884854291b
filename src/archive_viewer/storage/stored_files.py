"""Stored files: the originals behind the items, by their digests, and the names they came with.

Originals and names in and out.  Separate from the items because several pages may be in one stored file, and one page
may have many.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from archive_viewer.model import Original


def add_original(connection: sqlite3.Connection, original: Original) -> bool:
    """Keep what a stored file is; gives whether it is new."""
    added = connection.execute(
        "INSERT OR IGNORE INTO original (sha256, size, media_type, file_name, accessioned_at) VALUES (?, ?, ?, ?, ?)",
        (original.sha256, original.size, original.media_type, original.file_name, original.accessioned_at),
    )
    return added.rowcount > 0


def set_file_warnings(connection: sqlite3.Connection, sha256: str, warnings: Sequence[str]) -> None:
    """What is to be said of a whole stored file; every item of it shows it."""
    connection.execute(
        "UPDATE original SET warnings = ? WHERE sha256 = ?", (json.dumps(warnings, ensure_ascii=False), sha256)
    )


def add_files(connection: sqlite3.Connection, item_id: str, files: Iterable[tuple[str, str]]) -> None:
    """The files that came with an item: names relative to its own folder, and digests; the page itself first."""
    connection.executemany(
        "INSERT INTO item_file (item_id, n, name, sha256) VALUES (?, ?, ?, ?)",
        [(item_id, n, name, sha256) for n, (name, sha256) in enumerate(files)],
    )


def files(connection: sqlite3.Connection, item_id: str) -> list[tuple[str, Original]]:
    rows = connection.execute(
        "SELECT item_file.name, original.* FROM item_file JOIN original USING (sha256) WHERE item_id = ? ORDER BY n",
        (item_id,),
    )
    return [(row["name"], original_of(row)) for row in rows]


def originals(connection: sqlite3.Connection) -> list[Original]:
    return [original_of(row) for row in connection.execute("SELECT * FROM original ORDER BY verified_at, sha256")]


def count_originals(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM original").fetchone()[0])


def bytes_of_accession(connection: sqlite3.Connection, accession_id: str) -> int:
    found = connection.execute(
        "SELECT coalesce(sum(size), 0) FROM original WHERE sha256 IN (SELECT item_file.sha256 FROM item_file "
        "JOIN item ON item.id = item_file.item_id WHERE item.accession_id = ?)",
        (accession_id,),
    )
    return int(found.fetchone()[0])


def original(connection: sqlite3.Connection, sha256: str) -> Original | None:
    """The stored file with this digest; None where there is none."""
    row = connection.execute("SELECT * FROM original WHERE sha256 = ?", (sha256,)).fetchone()
    return original_of(row) if row is not None else None


def original_of(row: sqlite3.Row) -> Original:
    return Original(
        row["sha256"],
        row["size"],
        row["media_type"],
        row["file_name"],
        row["accessioned_at"],
        row["verified_at"],
        row["sha512"],
    )
