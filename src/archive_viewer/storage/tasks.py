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


def step_id(connection: sqlite3.Connection, id: str) -> int | None:
    """The step of the journal that a task's acts went into last."""
    found = connection.execute("SELECT step_id FROM task WHERE id = ?", (id,)).fetchone()
    return int(found["step_id"]) if found is not None and found["step_id"] is not None else None


def set_step(connection: sqlite3.Connection, id: str, step_id: int) -> None:
    connection.execute("UPDATE task SET step_id = ? WHERE id = ?", (step_id, id))


def running_step(connection: sqlite3.Connection, step_id: int) -> bool:
    """Whether the step is that of a task which is still going on."""
    found = connection.execute(
        "SELECT 1 FROM task WHERE step_id = ? AND state IN ('waiting', 'running')", (step_id,)
    ).fetchone()
    return found is not None


def state(connection: sqlite3.Connection, id: str) -> str:
    return str(connection.execute("SELECT state FROM task WHERE id = ?", (id,)).fetchone()["state"])


def listed(connection: sqlite3.Connection, unfinished: bool) -> list[dict[str, Any]]:
    where = "WHERE state IN ('waiting', 'running') " if unfinished else ""
    return [dict(row) for row in connection.execute(f"SELECT * FROM task {where}ORDER BY rowid")]


def set_state(connection: sqlite3.Connection, id: str, state: str, message: str = "", finished_at: str = "") -> None:
    connection.execute(
        "UPDATE task SET state = ?, message = ?, finished_at = ? WHERE id = ?", (state, message, finished_at, id)
    )


def end_all(connection: sqlite3.Connection, message: str, finished_at: str) -> None:
    """Let no task go on: these are of another library, or of another time, of which this database is a copy."""
    connection.execute(
        "UPDATE task SET state = 'cancelled', message = ?, finished_at = ? WHERE state IN ('waiting', 'running')",
        (message, finished_at),
    )
