"""Saved searches: queries that a person keeps under a name.

Searches in and out.  They are rows of the journal, whole; what answers them is kept nowhere.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from archive_viewer.model import SavedSearch


def row_of(search: SavedSearch) -> dict[str, Any]:
    """The row of a search, as the journal keeps it."""
    return {"name": search.name, "query": search.query, "created_at": search.created_at}


def all_searches(connection: sqlite3.Connection) -> list[SavedSearch]:
    """Every search, the earliest first."""
    rows = connection.execute("SELECT * FROM saved_search ORDER BY created_at, rowid")
    return [SavedSearch(row["id"], row["name"], row["query"], row["created_at"]) for row in rows]
