"""Events: what happened to an item, a stored file, an accession or the library, in the words of PREMIS 3.

Rows are added, never changed: the database itself refuses anything else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive_viewer.model import Event

COLUMNS = ("id", "type", "at", "object_id", "agent", "outcome", "detail", "person")


@dataclass(frozen=True)
class Selection:
    """Which events: those of these objects (None: of any), of a type, from a moment on, up to one, with an outcome.

    ``since`` and ``until`` are the beginnings of moments (``2026``, ``2026-11-30``); both ends are included.
    """

    object_ids: Sequence[str] | None = None
    type: str = ""
    since: str = ""
    until: str = ""
    outcome: str = ""

    def where(self) -> tuple[str, list[Any]]:
        """The condition, and its values."""
        conditions, values = ["1"], []
        if self.object_ids is not None and len(self.object_ids) == 1:
            conditions.append("object_id = ?")
            values.append(self.object_ids[0])
        elif self.object_ids is not None:
            conditions.append("object_id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(self.object_ids)))
        # “~” stands behind every character of a moment, so that the whole day or second belongs to its end.
        for condition, value in (
            ("type = ?", self.type),
            ("at >= ?", self.since),
            ("at < ? || '~'", self.until),
            ("outcome = ?", self.outcome),
        ):
            if value:
                conditions.append(condition)
                values.append(value)
        if self.outcome not in ("", "success"):
            # As the index of the few that failed has it.
            conditions.append("outcome != 'success'")
        return " AND ".join(conditions), values


def add(connection: sqlite3.Connection, event: Event) -> None:
    add_many(connection, [event])


def add_many(connection: sqlite3.Connection, added: Iterable[Event]) -> None:
    """Add events; of an act over many pages there is one for each, so that each has its whole history."""
    connection.executemany(
        f"INSERT INTO event ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",
        (tuple(getattr(one, name) for name in COLUMNS) for one in added),
    )


def selected(
    connection: sqlite3.Connection,
    selection: Selection,
    limit: int | None = None,
    offset: int = 0,
    newest_first: bool = False,
) -> Iterator[Event]:
    """These events, one by one, oldest or newest first."""
    where, values = selection.where()
    direction = " DESC" if newest_first else ""
    rows = connection.execute(
        f"SELECT * FROM event WHERE {where} ORDER BY at{direction}, rowid{direction} LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    for row in rows:
        yield Event(*(row[name] for name in COLUMNS))


def count(connection: sqlite3.Connection, selection: Selection) -> int:
    where, values = selection.where()
    return int(connection.execute(f"SELECT count(*) FROM event WHERE {where}", values).fetchone()[0])


def object_ids(connection: sqlite3.Connection, selection: Selection) -> list[str]:
    """The objects of these events, each once."""
    where, values = selection.where()
    rows = connection.execute(f"SELECT DISTINCT object_id FROM event WHERE {where} ORDER BY object_id", values)
    return [row["object_id"] for row in rows]


def types(connection: sqlite3.Connection) -> list[str]:
    """Every type that an event of the library has, each once."""
    # Each is looked up behind the one before: there may be a million events, and there are a dozen types.
    rows = connection.execute(
        "WITH RECURSIVE known(type) AS (SELECT min(type) FROM event UNION ALL "
        "SELECT (SELECT min(type) FROM event WHERE type > known.type) FROM known WHERE known.type IS NOT NULL) "
        "SELECT type FROM known WHERE type IS NOT NULL"
    )
    return [row["type"] for row in rows]


def agents(connection: sqlite3.Connection, selection: Selection) -> list[str]:
    """The programs that made these events, each once."""
    where, values = selection.where()
    return [row["agent"] for row in connection.execute(f"SELECT DISTINCT agent FROM event WHERE {where}", values)]


def persons(connection: sqlite3.Connection, selection: Selection) -> list[str]:
    """Those who had these events done, each once."""
    where, values = selection.where()
    found = connection.execute(f"SELECT DISTINCT person FROM event WHERE {where} AND person != ''", values)
    return [row["person"] for row in found]
