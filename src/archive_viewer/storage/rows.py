"""The rows that a person's acts change, read and written whole so that a step can be taken back.

A noun and an id in, a row as a plain dictionary out, and the other way.  Only the columns named here belong to
undo; derived ones (a mark's present place, a text) and facts of the file stay outside.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Noun:
    """``columns`` are those that undo restores; where ``is_lasting`` the row itself never comes or goes.

    ``key`` is the column that holds a row's id.
    """

    table: str
    columns: tuple[str, ...]
    is_lasting: bool = False
    key: str = "id"


NOUNS: dict[str, Noun] = {
    "item": Noun("item", ("tags", "deleted_at", "unit_id", "unit_position", "reference_code"), is_lasting=True),
    "annotation": Noun(
        "annotation",
        ("item_id", "target", "colour", "note", "tags", "created_at", "modified_at", "creator", "origin"),
    ),
    "link": Noun("link", ("from_id", "to_id", "relation", "note", "created_at", "modified_at")),
    "pair": Noun("right_pair", ("item_id", "other_id", "text_sha256", "other_sha256")),
    "override": Noun("override", ("item_id", "digest", "ordinal", "before", "after", "fate")),
    "charset": Noun("charset_choice", ("item_id", "charset")),
    "rule": Noun("site_rule", ("site", "fate", "likeness", "keys", "sample", "is_on", "created_at")),
    "search": Noun("saved_search", ("name", "query", "created_at")),
    "unit": Noun("unit", ("parent_id", "position", "level", "code", "reference_code", "title", "created_at")),
    "description": Noun("description", ("item_id", "elements")),
    "setting": Noun("setting", ("value",), key="name"),
    "accession": Noun("accession", ("acquired_from", "custodial_history", "note", "accrues_to"), is_lasting=True),
    "cleaning": Noun("article", ("cleaner_version",), is_lasting=True, key="item_id"),
}


def get(connection: sqlite3.Connection, noun: str, id: str) -> Row | None:
    """The row as undo sees it, or None where there is none."""
    kind = NOUNS[noun]
    columns = ", ".join(kind.columns)
    found = connection.execute(f"SELECT {columns} FROM {kind.table} WHERE {kind.key} = ?", (id,)).fetchone()
    return dict(found) if found is not None else None


def get_many(connection: sqlite3.Connection, noun: str, ids: Iterable[str]) -> dict[str, Row]:
    """Id → row as undo sees it, of those that there are."""
    kind = NOUNS[noun]
    columns = ", ".join((f"{kind.key} AS row_id", *kind.columns))
    rows = connection.execute(
        f"SELECT {columns} FROM {kind.table} WHERE {kind.key} IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row["row_id"]: dict(zip(kind.columns, tuple(row)[1:], strict=True)) for row in rows}


def put_many(connection: sqlite3.Connection, changes: Iterable[tuple[str, str, Row | None, Row | None]]) -> None:
    """Make rows as they are after these changes: noun, id, the row before, the row after.

    Of a row that stays only what is another is written: an index over anything else is left alone.
    """

    def alike(change: tuple[str, str, Row | None, Row | None]) -> tuple[str, tuple[str, ...]]:
        noun, _, before, after = change
        if before is None or after is None:
            return noun, ()
        return noun, tuple(column for column in NOUNS[noun].columns if before[column] != after[column])

    for (noun, columns), some in groupby(changes, alike):
        kind = NOUNS[noun]
        if columns:
            assignments = ", ".join(f"{column} = ?" for column in columns)
            connection.executemany(
                f"UPDATE {kind.table} SET {assignments} WHERE {kind.key} = ?",
                [(*(after[column] for column in columns), id) for _, id, _, after in some if after is not None],
            )
        else:
            for _, id, _, after in some:
                put(connection, noun, id, after)


def put(connection: sqlite3.Connection, noun: str, id: str, row: Row | None) -> None:
    """Make the row as given; None removes it."""
    kind = NOUNS[noun]
    if row is None:
        assert not kind.is_lasting, f"a row of {noun} is never removed by a step"
        connection.execute(f"DELETE FROM {kind.table} WHERE {kind.key} = ?", (id,))
        return
    values = [row[column] for column in kind.columns]
    if kind.is_lasting or get(connection, noun, id) is not None:
        assignments = ", ".join(f"{column} = ?" for column in kind.columns)
        connection.execute(f"UPDATE {kind.table} SET {assignments} WHERE {kind.key} = ?", (*values, id))
    else:
        marks = ", ".join("?" * (len(values) + 1))
        connection.execute(
            f"INSERT INTO {kind.table} ({kind.key}, {', '.join(kind.columns)}) VALUES ({marks})", (id, *values)
        )
