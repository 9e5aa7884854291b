"""What a library holds, row for row, to be compared before and after."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from archive_viewer.library import Library

TABLES = (
    *("item", "article", "override", "site_rule", "charset_choice", "annotation", "link", "item_file", "original"),
    *("sketch", "unit", "setting", "description", "right_pair"),
)
"""All but the journal, the events, the tables of work, and what is kept only to be had again quickly."""


def rows_of(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """Table → its rows, in an order that does not depend on when they were written."""
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        rows = {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}
    rows["sketch"] = sorted((row[1:] for row in rows["sketch"]), key=repr)
    return rows
