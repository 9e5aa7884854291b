"""What is settled once for a whole library: its levels of description, its repository.

A name and a JSON value in and out; a setting that was never made is not there.  Separate from a person's preferences,
which belong to a machine: these go with the library, and undo knows them.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from archive_viewer.model import LEVELS, Repository


def get(connection: sqlite3.Connection, name: str) -> Any:
    """The value, or None."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return json.loads(row["value"]) if row is not None else None


def put(connection: sqlite3.Connection, name: str, value: Any) -> None:
    """Keep a value that is no act of a person's to be undone."""
    connection.execute(
        "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, json.dumps(value, ensure_ascii=False))
    )


def row_of(value: Any) -> dict[str, Any]:
    """A setting as the journal keeps it."""
    return {"value": json.dumps(value, ensure_ascii=False)}


def are_sound(connection: sqlite3.Connection) -> bool:
    """Whether levels and repository, as far as they were made, have the form in which they are made here."""
    try:
        names = levels(connection)
        said = repository(connection)
    except (TypeError, ValueError):
        return False
    return (
        all(isinstance(one, str) and one for one in (*names, *names.values()))
        and bool(names)
        and all(isinstance(one, str) for one in (said.country, said.code, said.name))
    )


def levels(connection: sqlite3.Connection) -> dict[str, str]:
    """Key → name shown, the widest level first."""
    found = get(connection, "levels")
    return dict(found) if found is not None else dict(LEVELS)


def repository(connection: sqlite3.Connection) -> Repository:
    return Repository(**(get(connection, "repository") or {}))
