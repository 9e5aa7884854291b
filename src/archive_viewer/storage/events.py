"""Events: what happened to an item or an original, in the words of PREMIS 3.  Rows are added, never changed."""

from __future__ import annotations

import sqlite3

from archive_viewer.model import Event


def add(connection: sqlite3.Connection, event: Event) -> None:
    connection.execute(
        "INSERT INTO event (id, type, at, object_id, agent, outcome, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (event.id, event.type, event.at, event.object_id, event.agent, event.outcome, event.detail),
    )


def of_object(connection: sqlite3.Connection, object_id: str | None) -> list[Event]:
    where, arguments = ("WHERE object_id = ? ", (object_id,)) if object_id is not None else ("", ())
    rows = connection.execute(f"SELECT * FROM event {where}ORDER BY at, rowid", arguments)
    return [
        Event(row["id"], row["type"], row["at"], row["object_id"], row["agent"], row["outcome"], row["detail"])
        for row in rows
    ]
