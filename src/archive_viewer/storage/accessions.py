"""Accessions, and the report of each: a line for every file that was offered.

Accessions and import lines in and out.  The first call for a library gives it the number by which it is known.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Sequence

from archive_viewer.model import Accession, ImportLine


def library_id(connection: sqlite3.Connection, now: str) -> str:
    """The library's own id, made at the first call."""
    row = connection.execute("SELECT id FROM library").fetchone()
    if row is not None:
        return str(row["id"])
    made = str(uuid.uuid4())
    connection.execute("INSERT INTO library (id, created_at) VALUES (?, ?)", (made, now))
    return made


def known_library_id(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT id FROM library").fetchone()
    return str(row["id"]) if row is not None else ""


def add(connection: sqlite3.Connection, id: str, source: Sequence[str], now: str, accrues_to: str = "") -> None:
    """A new accession, numbered by year and running number (``2026-001``)."""
    number = int(connection.execute("SELECT next_accession FROM library").fetchone()[0])
    connection.execute("UPDATE library SET next_accession = next_accession + 1")
    connection.execute(
        "INSERT INTO accession (id, number, source, state, created_at, accrues_to) VALUES (?, ?, ?, 'waiting', ?, ?)",
        (id, f"{now[:4]}-{number:03}", json.dumps(list(source), ensure_ascii=False), now, accrues_to),
    )


def set_state(connection: sqlite3.Connection, id: str, state: str, finished_at: str = "") -> None:
    connection.execute("UPDATE accession SET state = ?, finished_at = ? WHERE id = ?", (state, finished_at, id))


def end_cut_off(connection: sqlite3.Connection, now: str) -> None:
    """Call those accessions cancelled that nobody will go on with: no task of the worker stands behind them."""
    connection.execute(
        "UPDATE accession SET state = 'cancelled', finished_at = ? WHERE state IN ('waiting', 'running') AND id NOT IN "
        "(SELECT accession_id FROM task WHERE state IN ('waiting', 'running'))",
        (now,),
    )


def number(connection: sqlite3.Connection, id: str) -> str:
    return str(connection.execute("SELECT number FROM accession WHERE id = ?", (id,)).fetchone()["number"])


def origin(connection: sqlite3.Connection, id: str) -> tuple[str, list[str]]:
    """When an accession came in, and the places from which it did."""
    row = connection.execute("SELECT created_at, source FROM accession WHERE id = ?", (id,)).fetchone()
    return row["created_at"], json.loads(row["source"])


def state(connection: sqlite3.Connection, id: str) -> str:
    return str(connection.execute("SELECT state FROM accession WHERE id = ?", (id,)).fetchone()["state"])


def step_id(connection: sqlite3.Connection, id: str) -> int | None:
    """The accession's step; None where it has none yet, or none any more because the journal let go of it."""
    found = connection.execute(
        "SELECT step.id FROM accession JOIN step ON step.id = accession.step_id WHERE accession.id = ?", (id,)
    ).fetchone()
    return int(found["id"]) if found is not None else None


def set_step(connection: sqlite3.Connection, id: str, step_id: int) -> None:
    connection.execute("UPDATE accession SET step_id = ? WHERE id = ?", (step_id, id))


def running_step(connection: sqlite3.Connection, step_id: int) -> bool:
    """Whether the step is that of an accession that is still coming in."""
    return (
        connection.execute(
            "SELECT 1 FROM accession WHERE step_id = ? AND state IN ('waiting', 'running')", (step_id,)
        ).fetchone()
        is not None
    )


SELECTION = (
    "SELECT accession.*, coalesce(here.n, 0) AS items, coalesce(refused.n, 0) AS refused FROM accession "
    "LEFT JOIN (SELECT accession_id, count(*) AS n FROM item WHERE deleted_at = '' GROUP BY accession_id) AS here "
    "ON here.accession_id = accession.id "
    "LEFT JOIN (SELECT accession_id, count(*) AS n FROM import_line WHERE outcome = 'refused' GROUP BY accession_id) "
    "AS refused ON refused.accession_id = accession.id"
)


def get(connection: sqlite3.Connection, id: str) -> Accession:
    return _accession(connection.execute(f"{SELECTION} WHERE id = ?", (id,)).fetchone())


def all_accessions(connection: sqlite3.Connection) -> list[Accession]:
    """Every accession, newest first."""
    rows = connection.execute(f"{SELECTION} ORDER BY created_at DESC, accession.rowid DESC")
    return [_accession(row) for row in rows]


def _accession(row: sqlite3.Row) -> Accession:
    return Accession(
        row["id"],
        row["number"],
        tuple(json.loads(row["source"])),
        row["state"],
        row["created_at"],
        row["finished_at"],
        row["items"],
        row["refused"],
        row["acquired_from"],
        row["custodial_history"],
        row["note"],
        row["accrues_to"],
    )


def add_line(connection: sqlite3.Connection, accession_id: str, line: ImportLine) -> None:
    connection.execute(
        "INSERT INTO import_line (accession_id, n, path, outcome, reason, item_ids, warnings) VALUES "
        "(?1, (SELECT coalesce(max(n), 0) + 1 FROM import_line WHERE accession_id = ?1), ?2, ?3, ?4, ?5, ?6)",
        (
            accession_id,
            line.path,
            line.outcome,
            line.reason,
            json.dumps(line.item_ids),
            json.dumps(line.warnings, ensure_ascii=False),
        ),
    )


def set_refusal(connection: sqlite3.Connection, accession_id: str, path: str, reason: str) -> None:
    """Why a file is refused now."""
    connection.execute(
        "UPDATE import_line SET reason = ? WHERE accession_id = ? AND path = ? AND outcome = 'refused'",
        (reason, accession_id, path),
    )


def lines(connection: sqlite3.Connection, accession_id: str) -> list[ImportLine]:
    rows = connection.execute("SELECT * FROM import_line WHERE accession_id = ? ORDER BY n", (accession_id,))
    return [_line(row) for row in rows]


REFUSED = (
    "FROM import_line WHERE outcome = 'refused' AND rowid IN (SELECT max(rowid) FROM import_line "
    "WHERE path IN (SELECT path FROM import_line WHERE outcome = 'refused') GROUP BY path)"
)


def refused_lines(connection: sqlite3.Connection) -> list[tuple[str, ImportLine]]:
    """Every file that was refused and has not come in since: the accession's id and the line of its report."""
    rows = connection.execute(f"SELECT * {REFUSED} ORDER BY rowid")
    return [(row["accession_id"], _line(row)) for row in rows]


def count_refused(connection: sqlite3.Connection) -> int:
    return int(connection.execute(f"SELECT count(*) {REFUSED}").fetchone()[0])


def _line(row: sqlite3.Row) -> ImportLine:
    return ImportLine(
        row["path"],
        row["outcome"],
        row["reason"],
        tuple(json.loads(row["item_ids"])),
        tuple(json.loads(row["warnings"])),
    )
