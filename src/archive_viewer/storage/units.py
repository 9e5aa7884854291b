"""Units of arrangement, and the places of items in them.

Units and ids in and out.  A unit's ``path`` (its place in the whole tree, so that sorting by it gives the tree in order
and all below a unit is one range) and its ``series`` are derived here whenever the tree changes; undo restores the
other columns only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from archive_viewer import edtf_dates
from archive_viewer.model import SERIES, Unit

HERE = "item.deleted_at = ''"

STEP = 1 << 20
"""How far two neighbours stand apart at first: there is room between them for a million others."""

LAST = "\x7f"
"""Behind every character of a path."""


def get(connection: sqlite3.Connection, id: str, prefix: str) -> Unit | None:
    """One unit with its counts; ``prefix`` stands before its reference code."""
    row = connection.execute("SELECT * FROM unit WHERE id = ?", (id,)).fetchone()
    if row is None:
        return None
    own, total = connection.execute(
        "SELECT coalesce(sum(item.unit_id = ?1), 0), count(*) FROM unit CROSS JOIN item ON item.unit_id = unit.id "
        f"WHERE unit.path BETWEEN ?2 AND ?2 || ?3 AND {HERE}",
        (id, row["path"], LAST),
    ).fetchone()
    return _unit(row, prefix, own, total)


def listed(connection: sqlite3.Connection, prefix: str) -> list[Unit]:
    """The whole tree, parents before children, each with its counts."""
    rows = connection.execute("SELECT * FROM unit ORDER BY path").fetchall()
    counts: dict[str, int] = dict(
        connection.execute(f"SELECT unit_id, count(*) FROM item WHERE {HERE} GROUP BY unit_id")
    )
    totals = {row["id"]: counts.get(row["id"], 0) for row in rows}
    for row in reversed(rows):
        if row["parent_id"]:
            totals[row["parent_id"]] += totals[row["id"]]
    return [_unit(row, prefix, counts.get(row["id"], 0), totals[row["id"]]) for row in rows]


def _unit(row: sqlite3.Row, prefix: str, own: int, total: int) -> Unit:
    return Unit(
        id=row["id"],
        parent_id=row["parent_id"],
        level=row["level"],
        code=row["code"],
        reference_code=f"{prefix}{row['reference_code']}",
        title=row["title"],
        created_at=row["created_at"],
        series=row["series"],
        depth=row["path"].count("/") - 1,
        item_count=own,
        total_count=total,
    )


def count_unarranged(connection: sqlite3.Connection) -> int:
    found = connection.execute(f"SELECT count(*) FROM item WHERE unit_id = '' AND {HERE}")
    return int(found.fetchone()[0])


def level_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Level → how many units are of it."""
    return dict(connection.execute("SELECT level, count(*) FROM unit GROUP BY level"))


def parents(connection: sqlite3.Connection) -> dict[str, str]:
    """Every unit → the one in which it stands (``""``: at the top)."""
    return dict(connection.execute("SELECT id, parent_id FROM unit").fetchall())


def titles(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Id → title, of those of these ids that are units'."""
    rows = connection.execute(
        "SELECT id, title FROM unit WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return {row["id"]: row["title"] for row in rows}


# -- rows as a step writes them -----------------------------------------------------------------------------------


def row_of(connection: sqlite3.Connection, id: str) -> dict[str, Any] | None:
    """All columns of a unit, the derived ones with them."""
    row = connection.execute("SELECT * FROM unit WHERE id = ?", (id,)).fetchone()
    return dict(row) if row is not None else None


def child_rows(connection: sqlite3.Connection, parent_id: str) -> list[dict[str, Any]]:
    """The units directly below one (``""``: at the top), in order."""
    rows = connection.execute("SELECT * FROM unit WHERE parent_id = ? ORDER BY position, id", (parent_id,))
    return [dict(row) for row in rows]


def rows_below(connection: sqlite3.Connection, path: str) -> list[dict[str, Any]]:
    """The unit with this path and all below it, parents before children; of no path, the whole tree."""
    rows = connection.execute("SELECT * FROM unit WHERE path BETWEEN ?1 AND ?1 || ?2 ORDER BY path", (path, LAST))
    return [dict(row) for row in rows]


# -- what is derived ----------------------------------------------------------------------------------------------


def derive(connection: sqlite3.Connection, ids: Iterable[str]) -> list[str]:
    """Bring path and series of these units and all below into line; gives the units whose pages show another series."""
    others: list[str] = []
    for id in ids:
        others += _derive(connection, id)
    return others


def _derive(connection: sqlite3.Connection, id: str) -> list[str]:
    others: list[str] = []
    rows = connection.execute(
        "SELECT unit.*, coalesce(parent.path, '') AS parent_path, coalesce(parent.series, '') AS parent_series "
        "FROM unit LEFT JOIN unit AS parent ON parent.id = unit.parent_id WHERE unit.id = ?",
        (id,),
    ).fetchall()
    waiting = [(row, row["parent_path"], row["parent_series"]) for row in rows]
    while waiting:
        row, parent_path, parent_series = waiting.pop()
        # Two neighbours that came from different libraries may have one position.
        path = f"{parent_path}{row['position']:016x}{row['id'][:8]}/"
        series = row["title"] if row["level"] == SERIES or not parent_series else parent_series
        if (path, series) == (row["path"], row["series"]):
            continue
        if series != row["series"]:
            others.append(row["id"])
        connection.execute("UPDATE unit SET path = ?, series = ? WHERE id = ?", (path, series, row["id"]))
        children = connection.execute("SELECT * FROM unit WHERE parent_id = ?", (row["id"],))
        waiting += [(child, path, series) for child in children]
    return others


# -- items in units -----------------------------------------------------------------------------------------------


def known_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids that are items', in the bin or not."""
    rows = connection.execute("SELECT id FROM item WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
    return {row["id"] for row in rows}


def item_rows(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The columns of these items that undo knows."""
    rows = connection.execute(
        "SELECT id, tags, deleted_at, unit_id, unit_position, reference_code FROM item "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return {row["id"]: {name: row[name] for name in row.keys() if name != "id"} for row in rows}  # noqa: SIM118


def items_of(connection: sqlite3.Connection, unit_id: str, *, with_bin: bool = True) -> list[str]:
    """The items directly in a unit (``""``: in none), in their arranged order."""
    rows = connection.execute(
        "SELECT id FROM item WHERE unit_id = ? AND (?2 OR deleted_at = '') "
        "ORDER BY unit_position, accession_id, original_order, rowid",
        (unit_id, int(with_bin)),
    )
    return [row["id"] for row in rows]


PLACES = {"item": ("item", "unit_id", "unit_position"), "unit": ("unit", "parent_id", "position")}
"""Noun → its table, and the columns that say in which unit it stands and where."""


def gap(
    connection: sqlite3.Connection, noun: str, parent_id: str, before: str, moved: Sequence[str]
) -> tuple[int, int | None]:
    """The positions in a unit between which something can be put: that of the neighbour in front which is not itself
    moved (0: there is none), and that of ``before``; None where nothing is to stand behind, or ``before`` is not there.
    """
    table, within, position = PLACES[noun]
    high: int | None = None
    if before:
        found = connection.execute(
            f"SELECT {position} FROM {table} WHERE id = ? AND {within} = ?", (before, parent_id)
        ).fetchone()
        if found is None:
            return 0, None
        high = int(found[0])
    low = connection.execute(
        f"SELECT max({position}) FROM {table} WHERE {within} = ?1 AND (?2 IS NULL OR {position} < ?2) "
        "AND id NOT IN (SELECT value FROM json_each(?3))",
        (parent_id, high, json.dumps(moved)),
    ).fetchone()[0]
    return int(low or 0), high


def items_in(connection: sqlite3.Connection, unit_ids: Iterable[str]) -> list[str]:
    """The items that stand directly in one of these units."""
    rows = connection.execute(
        "SELECT id FROM item WHERE unit_id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (json.dumps(list(unit_ids)),),
    )
    return [row["id"] for row in rows]


# -- reference codes ----------------------------------------------------------------------------------------------


def codes_below(connection: sqlite3.Connection, code: str) -> set[str]:
    """Every reference code of units and items, in the bin too, that stands below this one."""
    below = "reference_code > ?1 || '/' AND reference_code < ?1 || '0'"
    rows = connection.execute(
        f"SELECT reference_code FROM unit WHERE {below} UNION ALL "
        f"SELECT reference_code FROM item WHERE reference_code != '' AND {below}",
        (code,),
    )
    return {row["reference_code"] for row in rows}


def all_codes(connection: sqlite3.Connection) -> set[str]:
    """The reference codes of all units."""
    return {row["reference_code"] for row in connection.execute("SELECT reference_code FROM unit")}


# -- what rules go by ---------------------------------------------------------------------------------------------


def sites(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The site of each of these items."""
    return {row["id"]: row["site"] for row in _asked(connection, "site", ids)}


def years(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The year of publication of each of these items as EDTF writes it, or of capture where that is not known."""
    return {
        row["id"]: _year(row["published_key"], row["published"]) or row["captured_at"][:4]
        for row in _asked(connection, "published_key, published, captured_at", ids)
    }


def _year(key: str, published: str) -> str:
    """The year of a date by what puts it in order, which for years that are not of four digits is no year itself."""
    return key[:4] if key[:1].isdigit() else edtf_dates.year(published)


def _asked(connection: sqlite3.Connection, columns: str, ids: Sequence[str]) -> Iterator[sqlite3.Row]:
    asked = set(ids)
    # All are gone through: sites stand in an index, and to look up ten thousand one by one takes as long.
    return (row for row in connection.execute(f"SELECT id, {columns} FROM item") if row["id"] in asked)


def import_paths(connection: sqlite3.Connection) -> list[tuple[list[str], list[str], str]]:
    """For every file that was taken in: its items, the places named for its accession, and its path."""
    rows = connection.execute(
        "SELECT import_line.item_ids, accession.source, import_line.path FROM import_line "
        "JOIN accession ON accession.id = import_line.accession_id WHERE import_line.item_ids != '[]' "
        "AND import_line.outcome = 'imported'"
    )
    return [(json.loads(row["item_ids"]), json.loads(row["source"]), row["path"]) for row in rows]
