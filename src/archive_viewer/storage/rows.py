"""The rows that a person's acts change, read and written whole so that a step can be taken back.

A noun and an id in, a row as a plain dictionary out, and the other way.  Only the columns named here belong to
undo; derived ones (a mark's present place, a text) and facts of the file stay outside.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
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
    "item": Noun("item", ("tags", "deleted_at"), is_lasting=True),
    "annotation": Noun(
        "annotation",
        ("item_id", "target", "colour", "note", "tags", "created_at", "modified_at", "creator", "origin"),
    ),
    "link": Noun("link", ("from_id", "to_id", "relation", "note", "created_at", "modified_at")),
    "override": Noun("override", ("item_id", "digest", "ordinal", "before", "after", "fate")),
    "charset": Noun("charset_choice", ("item_id", "charset")),
    "rule": Noun("site_rule", ("site", "fate", "likeness", "keys", "sample", "is_on", "created_at")),
    "accession": Noun("accession", ("acquired_from", "custodial_history", "note", "accrues_to"), is_lasting=True),
    "cleaning": Noun("article", ("cleaner_version",), is_lasting=True, key="item_id"),
}


def get(connection: sqlite3.Connection, noun: str, id: str) -> Row | None:
    """The row as undo sees it, or None where there is none."""
    kind = NOUNS[noun]
    columns = ", ".join(kind.columns)
    found = connection.execute(f"SELECT {columns} FROM {kind.table} WHERE {kind.key} = ?", (id,)).fetchone()
    return dict(found) if found is not None else None


def put(connection: sqlite3.Connection, noun: str, id: str, row: Row | None) -> None:
    """Make the row as given; None removes it."""
    kind = NOUNS[noun]
    if row is None:
        assert not kind.is_lasting, f"a row of {noun} is never removed by a step"
        connection.execute(f"DELETE FROM {kind.table} WHERE id = ?", (id,))
        return
    values = [row[column] for column in kind.columns]
    if kind.is_lasting or get(connection, noun, id) is not None:
        assignments = ", ".join(f"{column} = ?" for column in kind.columns)
        connection.execute(f"UPDATE {kind.table} SET {assignments} WHERE {kind.key} = ?", (*values, id))
    else:
        marks = ", ".join("?" * (len(values) + 1))
        connection.execute(f"INSERT INTO {kind.table} (id, {', '.join(kind.columns)}) VALUES ({marks})", (id, *values))
