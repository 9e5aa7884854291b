"""What a library's database says is in it: its stored files, and a list of them that people can read.

A connection in, rows out.  Separate from the items because it goes through all that there is, and keeps none of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Stored:
    """A stored file: its digest, the name that it came with, its size in bytes."""

    sha256: str
    name: str
    size: int


HEADER = (
    *("File", "SHA-256", "Bytes", "Media type", "Page", "Title", "Address", "Capture date", "Accession"),
    *("Place in the file", "In the bin since"),
)


def stored(connection: sqlite3.Connection) -> list[Stored]:
    """Every stored file."""
    rows = connection.execute("SELECT sha256, file_name, size FROM original ORDER BY sha256")
    return [Stored(row["sha256"], row["file_name"], row["size"]) for row in rows]


def digests(connection: sqlite3.Connection) -> set[str]:
    """The digest of every stored file."""
    return {row["sha256"] for row in connection.execute("SELECT sha256 FROM original")}


def failed_digests(connection: sqlite3.Connection) -> set[str]:
    """The digest of every stored file that is known to be lost or altered."""
    return {row["sha256"] for row in connection.execute("SELECT sha256 FROM original WHERE fixity != 'ok'")}


def lines(connection: sqlite3.Connection) -> Iterator[tuple[str, ...]]:
    """A row for each file of each page, cells in the order of ``HEADER``."""
    rows = connection.execute(
        "SELECT item_file.name, item_file.sha256, original.size, original.media_type, item.id, item.title, item.url, "
        "item.captured_at, accession.number, item.locator, item.deleted_at FROM item "
        "JOIN item_file ON item_file.item_id = item.id JOIN original ON original.sha256 = item_file.sha256 "
        "JOIN accession ON accession.id = item.accession_id ORDER BY accession.number, item.rowid, item_file.n"
    )
    return (tuple(str(cell) for cell in row) for row in rows)


def count_items(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM item").fetchone()[0])
