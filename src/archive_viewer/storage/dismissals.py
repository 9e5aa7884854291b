"""Refused files that a person has seen and put aside.

A file's path in; whether its refusal is still the one that was put aside out.  Kept among the library's settings, so
that undo knows it, with the refusal that was meant: when the file is refused anew, whether it was tried again or came
in another import, that is another refusal, and it is told again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

PREFIX = "dismissed "


def name_of(path: str) -> str:
    """The setting that puts the refusal of a file aside."""
    return PREFIX + path


def is_one(setting: str) -> bool:
    """Whether a setting puts a refusal aside."""
    return setting.startswith(PREFIX)


def row_of(connection: sqlite3.Connection, path: str) -> dict[str, str] | None:
    """A setting that puts aside the refusal of a file as it is now; None where it is not refused."""
    return {"value": found[path]} if path in (found := _refusals(connection, [path])) else None


def held(connection: sqlite3.Connection) -> set[str]:
    """The paths of the files whose refusal was put aside, and that were not refused again since."""
    kept = {
        row["name"].removeprefix(PREFIX): row["value"]
        for row in connection.execute(
            "SELECT name, value FROM setting WHERE name BETWEEN ?1 AND ?1 || char(1114111)", (PREFIX,)
        )
    }
    if not kept:
        return set()
    now = _refusals(connection, kept)
    return {path for path, refusal in kept.items() if now.get(path) == refusal}


def _refusals(connection: sqlite3.Connection, paths: Iterable[str]) -> dict[str, str]:
    """Path → the refusal that stands: which line of which report tells of it, and how often it was tried in vain."""
    lines = connection.execute(
        "SELECT path, accession_id, n, outcome, max(rowid) FROM import_line "
        "WHERE path IN (SELECT value FROM json_each(?)) GROUP BY path",
        (json.dumps(list(paths)),),
    )
    found = {}
    for path, accession_id, n, outcome, _ in lines.fetchall():
        if outcome == "refused":
            found[path] = json.dumps([accession_id, n, _tried(connection, accession_id, path)])
    return found


def _tried(connection: sqlite3.Connection, accession_id: str, path: str) -> int:
    told = f"{path}, tried again: "
    found = connection.execute(
        "SELECT count(*) FROM event WHERE object_id = ? AND outcome = 'failure' AND substr(detail, 1, ?) = ?",
        (accession_id, len(told), told),
    )
    return int(found.fetchone()[0])
