"""Long work, asked for and not yet done: the table from which the worker takes it, so that a kill loses nothing."""

from __future__ import annotations

import json
import sqlite3
from typing import Any


def add(
    connection: sqlite3.Connection,
    id: str,
    kind: str,
    label: str,
    arguments: dict[str, Any],
    accession_id: str,
    now: str,
) -> None:
    connection.execute(
        "INSERT INTO task (id, kind, label, arguments, state, accession_id, created_at) "
        "VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
        (id, kind, label, json.dumps(arguments), accession_id, now),
    )


def listed(connection: sqlite3.Connection, unfinished: bool) -> list[dict[str, Any]]:
    where = "WHERE state IN ('waiting', 'running') " if unfinished else ""
    return [dict(row) for row in connection.execute(f"SELECT * FROM task {where}ORDER BY rowid")]


def set_state(connection: sqlite3.Connection, id: str, state: str, message: str = "", finished_at: str = "") -> None:
    connection.execute(
        "UPDATE task SET state = ?, message = ?, finished_at = ? WHERE id = ?", (state, message, finished_at, id)
    )
