"""Readings of an item that it is not read in now, in other character sets or by an older cleaner: what undo puts back
without reading anything.

Items and articles in; they come out by changing places with the present reading.  Separate from both because a
reading is a copy that may be missing: whoever wants one that is not here reads the stored file anew.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from archive_viewer.model import Article, Item
from archive_viewer.storage import articles, items

KEPT = 3
"""Readings of one item by one cleaner that are kept beside the present one.  A person tries two or three sets; what is
older than that is read anew when it is wanted again.  What another cleaner made can only be kept: the price is a page's
blocks once more for each version that has cleaned it."""


class Version(NamedTuple):
    """Which reading of an item is meant: in which character set (``""``: as the program finds it), by which cleaner.

    None: as it is now.
    """

    charset: str | None = None
    cleaner_version: str | None = None


@dataclass(frozen=True)
class Packed:
    """The columns of an item and the blocks of its article, ready to be stored."""

    item: str
    cleaner_version: str
    blocks: bytes


def charset_chosen(connection: sqlite3.Connection, item_id: str) -> str:
    """The character set that a person chose for an item, or ``""``."""
    row = connection.execute("SELECT charset FROM charset_choice WHERE id = ?", (item_id,)).fetchone()
    return str(row["charset"]) if row is not None else ""


def pack(item: Item, url_key: str, article: Article) -> Packed:
    """A reading as it is kept: compressing a large one takes a while, in which nothing has to be locked."""
    columns = json.dumps(items.read_columns(item, url_key), ensure_ascii=False)
    return Packed(columns, article.cleaner_version, articles.packed(article))


def cleaner_version(connection: sqlite3.Connection, item_id: str) -> str:
    """The cleaner that made an item's article."""
    row = connection.execute("SELECT cleaner_version FROM article WHERE item_id = ?", (item_id,)).fetchone()
    return str(row["cleaner_version"]) if row is not None else ""


def _known(version: Version, charset: str, cleaner: str) -> tuple[str, str]:
    stated = version.charset, version.cleaner_version
    return charset if stated[0] is None else stated[0], cleaner if stated[1] is None else stated[1]


def take(connection: sqlite3.Connection, item_id: str, before: Version, after: Version) -> bool:
    """Let the reading ``after`` become the present one, and keep the present one, which is ``before``.

    False: there is none.
    """
    charset, version = charset_chosen(connection, item_id), cleaner_version(connection, item_id)
    wanted = connection.execute(
        "SELECT rowid, item, cleaner_version, blocks FROM reading "
        "WHERE item_id = ? AND charset = ? AND cleaner_version = ?",
        (item_id, *_known(after, charset, version)),
    ).fetchone()
    if wanted is None:
        return False
    charset, version = _known(before, charset, version)
    columns = json.loads(wanted["item"])
    item = connection.execute(f"SELECT {', '.join(columns)} FROM item WHERE id = ?", (item_id,)).fetchone()
    article = connection.execute("SELECT blocks FROM article WHERE item_id = ?", (item_id,)).fetchone()
    connection.execute("DELETE FROM reading WHERE rowid = ?", (wanted["rowid"],))
    present = json.dumps(dict(item), ensure_ascii=False)
    keep(connection, item_id, charset, Packed(present, version, article["blocks"]))
    assignments = ", ".join(f"{column} = ?" for column in columns)
    connection.execute(f"UPDATE item SET {assignments} WHERE id = ?", (*columns.values(), item_id))
    connection.execute(
        "UPDATE article SET cleaner_version = ?, blocks = ? WHERE item_id = ?",
        (wanted["cleaner_version"], wanted["blocks"], item_id),
    )
    return True


def keep(connection: sqlite3.Connection, item_id: str, charset: str, reading: Packed) -> None:
    """Keep what was read in ``charset`` (``""``: as the program finds it) until it is wanted."""
    connection.execute(
        "INSERT OR REPLACE INTO reading (item_id, charset, item, cleaner_version, blocks) VALUES (?, ?, ?, ?, ?)",
        (item_id, charset, reading.item, reading.cleaner_version, reading.blocks),
    )
    connection.execute(
        "DELETE FROM reading WHERE item_id = ?1 AND cleaner_version = ?2 AND rowid NOT IN "
        "(SELECT rowid FROM reading WHERE item_id = ?1 AND cleaner_version = ?2 ORDER BY rowid DESC LIMIT ?3)",
        (item_id, reading.cleaner_version, KEPT),
    )
