"""Databases that somebody else hands over: looked through before anything in them is used.

A connection or a file in; nothing, or the reason for which it is refused, out.  A database can carry statements of its
own that run when it is written to (triggers), and names that lead out of its folder; ours carries neither.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive_viewer.errors import LibraryDamaged
from archive_viewer.storage import library_settings
from archive_viewer.storage.database import APPLICATION_ID, address, require_whole
from archive_viewer.storage.migrations import MIGRATIONS, form_of

NO_DIGEST = "(length({0}) != 64 OR {0} GLOB '*[^0-9a-f]*')"

JSON = (("item", "tags", "array"), ("item", "facts", "object"), ("description", "elements", "object"))
"""Columns that are read of every row that comes, and what each holds."""

NO_JSON = "SELECT 1 FROM {0} WHERE CASE WHEN json_valid({1}) THEN json_type({1}) != '{2}' ELSE 1 END LIMIT 1"

LOOSE_UNITS = (
    "WITH RECURSIVE reached (id) AS (SELECT id FROM unit WHERE parent_id = '' UNION "
    "SELECT unit.id FROM unit JOIN reached ON unit.parent_id = reached.id) "
    "SELECT 1 FROM unit WHERE id NOT IN (SELECT id FROM reached) LIMIT 1"
)
"""Units that no way leads to from the top: whoever went up from one that stands in itself would never arrive."""


@contextmanager
def resting(file: Path) -> Iterator[sqlite3.Connection]:
    """A database that nobody has open, to be read; no file is made beside it.

    :raises LibraryDamaged: it is not a whole database of ours.
    :raises LibraryTooNew: a newer program wrote it.
    """
    require_whole(file)
    try:
        with closing(sqlite3.connect(address(file.absolute(), "mode=ro&immutable=1"), uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection
    except sqlite3.DatabaseError as error:
        raise LibraryDamaged(f"The file {file} is damaged.") from error


def is_of_this_form(connection: sqlite3.Connection) -> bool:
    """Whether a database has taken every step that this program knows."""
    return form_of(connection) == len(MIGRATIONS)


def require_sound(connection: sqlite3.Connection, file: Path) -> None:
    """See to it that a database is built as this program builds it, and names its stored files by digests.

    :raises LibraryDamaged: it is not; somebody may have changed it to do harm.
    """
    if _built(connection) != _built_by_us(form_of(connection)):
        raise LibraryDamaged(f"The database {file} is not built as Archive Viewer builds it, and is not opened.")
    for table in ("original", "item", "item_file"):
        if connection.execute(f"SELECT 1 FROM {table} WHERE {NO_DIGEST.format('sha256')} LIMIT 1").fetchone():
            raise LibraryDamaged(f"The database {file} names stored files by what is no checksum, and is not opened.")
    for table, column, form in JSON:
        if connection.execute(NO_JSON.format(table, column, form)).fetchone() is not None:
            raise LibraryDamaged(f"The database {file} holds what cannot be read, and is not opened.")
    if not library_settings.are_sound(connection):
        raise LibraryDamaged(f"The database {file} has settings that cannot be read, and is not opened.")
    if connection.execute(LOOSE_UNITS).fetchone() is not None:
        raise LibraryDamaged(f"The arrangement in the database {file} is no tree, and is not opened.")
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise LibraryDamaged(f"The database {file} names things that are not in it, and is not opened.")


def is_ours(file: Path) -> bool:
    """Whether a file begins as a database of ours does (SQLite file format, section 1.3)."""
    try:
        with file.open("rb") as stream:
            head = stream.read(72)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _built(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return {(kind, name, re.sub(r"[\s\"'`\[\]]+", "", sql or "").casefold()) for kind, name, sql in rows}


def _built_by_us(form: int) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:")) as model:
        for statements in MIGRATIONS[:form]:
            for statement in statements:
                model.execute(statement)
        return _built(model)
