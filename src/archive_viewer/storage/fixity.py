"""What is known of the stored files' bytes: when they were last read, and whether they were as they came.

Digests in, results and counts out.  A file counts as seen when it came in, and whenever it was checked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from archive_viewer.model import Original
from archive_viewer.storage.originals import Outcome
from archive_viewer.storage.stored_files import original_of

SEEN = "max(verified_at, accessioned_at)"
"""As the index has it, so that the file seen longest ago is found without looking at all."""


@dataclass(frozen=True)
class Checked:
    """A stored file as it is to be checked: its digest, its name, what is known of it, whether it has a SHA-512."""

    sha256: str
    file_name: str
    result: str
    has_sha512: bool


def to_check(
    connection: sqlite3.Connection,
    item_ids: Sequence[str] | None = None,
    seen_before: str = "",
    without_sha512: bool = False,
) -> list[Checked]:
    """Stored files, the one seen longest ago first: of these items, not seen since a moment, without a SHA-512."""
    conditions, values = ["1"], []
    if item_ids is not None:
        conditions.append("sha256 IN (SELECT sha256 FROM item_file WHERE item_id IN (SELECT value FROM json_each(?)))")
        values.append(json.dumps(list(item_ids)))
    if seen_before:
        conditions.append(f"{SEEN} < ?")
        values.append(seen_before)
    if without_sha512:
        conditions.append("sha512 = ''")
    rows = connection.execute(
        f"SELECT sha256, file_name, fixity, sha512 FROM original WHERE {' AND '.join(conditions)} "
        f"ORDER BY {SEEN}, sha256",
        values,
    )
    return [Checked(row["sha256"], row["file_name"], row["fixity"], bool(row["sha512"])) for row in rows]


def count_unseen(connection: sqlite3.Connection, before: str) -> int:
    """Stored files that nobody has read since a moment."""
    return int(connection.execute(f"SELECT count(*) FROM original WHERE {SEEN} < ?", (before,)).fetchone()[0])


def count_without_sha512(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM original WHERE sha512 = ''").fetchone()[0])


def seen_longest_ago(connection: sqlite3.Connection) -> str:
    """When the file was seen that has waited longest; empty where there is none."""
    found = connection.execute(f"SELECT {SEEN} AS seen FROM original ORDER BY {SEEN} LIMIT 1").fetchone()
    return str(found["seen"]) if found is not None else ""


def known(connection: sqlite3.Connection, sha256: str) -> str:
    """What the last check gave; a file that was never checked is as it came."""
    found = connection.execute("SELECT fixity FROM original WHERE sha256 = ?", (sha256,)).fetchone()
    return str(found["fixity"]) if found is not None else "ok"


def put(connection: sqlite3.Connection, sha256: str, result: str, at: str) -> None:
    """Keep what a check gave."""
    connection.execute("UPDATE original SET fixity = ?, verified_at = ? WHERE sha256 = ?", (result, at, sha256))


def put_sha512(connection: sqlite3.Connection, sha256: str, sha512: str) -> None:
    connection.execute("UPDATE original SET sha512 = ? WHERE sha256 = ?", (sha512, sha256))


def failed(connection: sqlite3.Connection) -> list[tuple[Original, Outcome, str]]:
    """Stored files that failed their last check: with the result, and the id of the first item that has them."""
    rows = connection.execute(
        "SELECT original.*, (SELECT item_id FROM item_file WHERE item_file.sha256 = original.sha256 "
        "ORDER BY item_file.rowid LIMIT 1) AS item_id FROM original WHERE fixity != 'ok' ORDER BY file_name, sha256"
    )
    return [(original_of(row), row["fixity"], row["item_id"] or "") for row in rows]


def count_failed(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM original WHERE fixity != 'ok'").fetchone()[0])


def days(connection: sqlite3.Connection) -> int:
    """After so many days a stored file is checked again; 0: never by itself."""
    found = connection.execute("SELECT fixity_days FROM library").fetchone()
    return int(found["fixity_days"]) if found is not None else 0


def set_days(connection: sqlite3.Connection, count: int) -> None:
    connection.execute("UPDATE library SET fixity_days = ?", (count,))
