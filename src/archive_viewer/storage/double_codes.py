"""Reference codes that more than one unit or page bears, as may be after two libraries became one.

Codes, ids and titles out; nothing here writes.
"""

from __future__ import annotations

import sqlite3


def units_by_code(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Reference code → the units that bear it, id → title."""
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute("SELECT reference_code, id, title FROM unit ORDER BY rowid"):
        found.setdefault(row["reference_code"], {})[row["id"]] = row["title"]
    return found


def of_units(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The codes that more than one unit bears → the units' titles."""
    twice = "SELECT reference_code FROM unit GROUP BY reference_code HAVING count(*) > 1"
    rows = connection.execute(
        f"SELECT reference_code, title FROM unit WHERE reference_code IN ({twice}) ORDER BY reference_code, rowid"
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["reference_code"], []).append(row["title"])
    return found


def count_items(connection: sqlite3.Connection) -> int:
    """How many pages outside the bin bear a code that another one, or a unit, bears too."""
    twice = (
        "SELECT reference_code FROM item WHERE reference_code != '' AND deleted_at = '' "
        "GROUP BY reference_code HAVING count(*) > 1"
    )
    return int(
        connection.execute(
            "SELECT count(*) FROM item WHERE reference_code != '' AND deleted_at = '' AND "
            f"(reference_code IN ({twice}) OR reference_code IN (SELECT reference_code FROM unit))"
        ).fetchone()[0]
    )
