"""Rows that go from one library into another: which are new, which are the same, which differ.

Two connections in, comparisons and copied rows out.  Every table has its way here, so that none can be forgotten: what
a person's acts change goes noun by noun and can be undone, what belongs to a page comes along with it as it is, what an
archive gives account by is added, and what only serves the library that it is in stays there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from archive_viewer.storage import pairs, rows
from archive_viewer.storage.contents import Stored
from archive_viewer.storage.rows import NOUNS, Row

WITH_ITEM: Mapping[str, str] = {
    "item": "id",
    "item_file": "item_id",
    "article": "item_id",
    "override": "item_id",
    "charset_choice": "item_id",
    "reading": "item_id",
    "annotation": "item_id",
    "description": "item_id",
    "unfinished": "item_id",
    "outdated": "item_id",
}
"""Tables whose rows come with a new item, each with the item's column; none names a row that comes after it."""

ACCOUNTS = ("import_line", "event", "deaccession")
"""Tables whose rows are added where their key is not known yet: what an archive gives account by."""

BY_OTHER_MEANS = ("accession", "original", "sketch", "sketch_band")
"""Numbers may have to be changed, bytes go first, sketches are numbered anew."""

STAYING = ("library", "task", "recleaning_line", "step", "change", "stale", "discarded")
"""Tables that serve only the library that they are in."""

TWINS: Mapping[str, tuple[str, ...]] = {
    "override": ("item_id", "digest", "ordinal", "before", "after"),
    "annotation": ("item_id", "target", "note", "creator", "origin"),
    "link": ("from_id", "to_id", "relation", "note"),
    "rule": ("site", "likeness", "keys"),
    "search": ("name", "query"),
    "pair": ("item_id", "other_id"),
}
"""What makes two rows with other ids speak of the same: both libraries may have taken it from the same page."""

ITEM_COLUMNS = ("item_id", "from_id", "to_id", "other_id")


@dataclass(frozen=True)
class Seen:
    """A row of the other library and what is here: ``id`` is the one here where there is a twin of another id."""

    noun: str
    id: str
    here: Row | None
    there: Row

    @property
    def is_new(self) -> bool:
        return self.here is None

    @property
    def is_same(self) -> bool:
        return self.here == self.there


@dataclass(frozen=True)
class Items:
    """The other library's items: those that are not here; those whose very files are, by their ids there → here; and
    those that were given up here for good, by id, with their titles."""

    new: tuple[str, ...]
    twins: Mapping[str, str]
    given_up: Mapping[str, str] = field(default_factory=dict)


def count_rows(there: sqlite3.Connection) -> int:
    """How many rows ``items`` and ``seen`` go through, for all nouns together."""
    tables_read = ["item", *(kind.table for noun, kind in NOUNS.items() if noun != "cleaning")]
    return sum(int(there.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables_read)


def _untold() -> None:
    """What is done for each row where nobody asks for anything."""


def items(here: sqlite3.Connection, there: sqlite3.Connection, at_each: Callable[[], None] = _untold) -> Items:
    """Tell the items that are here only in their bytes from those that are not here at all.

    ``at_each`` is called for each item, and may raise to stop.
    """
    known = {row["id"] for row in here.execute("SELECT id FROM item")}
    recorded = _recorded(here)
    new, twins, given_up = [], {}, {}
    # A page here stands for one page there: for the one of its own id, or the first of the same files.
    taken = {row["id"] for row in there.execute("SELECT id FROM item")}
    for row in there.execute("SELECT id, title, sha256, locator FROM item ORDER BY rowid"):
        at_each()
        if row["id"] in known:
            continue
        if row["id"] in recorded:
            # What an archive has given up does not come back by the way; who wants it imports it.
            given_up[row["id"]] = row["title"]
            continue
        twin = _twin_item(here, there, row, taken)
        if twin:
            twins[row["id"]] = twin
            taken.add(twin)
        else:
            new.append(row["id"])
    return Items(tuple(new), twins, given_up)


def _recorded(here: sqlite3.Connection) -> set[str]:
    """The ids of items that were given up with a record."""
    if "deaccession" not in tables(here):
        return set()
    return {row["item_id"] for row in here.execute("SELECT item_id FROM deaccession")}


def _twin_item(here: sqlite3.Connection, there: sqlite3.Connection, row: sqlite3.Row, taken: Set[str]) -> str:
    """The item here of the same page of the same file, with the same files beside it, rather one outside the bin."""
    found = here.execute(
        "SELECT id FROM item WHERE sha256 = ? AND locator = ? ORDER BY deleted_at != '', rowid",
        (row["sha256"], row["locator"]),
    ).fetchall()
    files = _files(there, row["id"]) if found else []
    return next((one["id"] for one in found if one["id"] not in taken and _files(here, one["id"]) == files), "")


def _files(connection: sqlite3.Connection, item_id: str) -> list[str]:
    found = connection.execute("SELECT sha256 FROM item_file WHERE item_id = ? ORDER BY n", (item_id,))
    return [row["sha256"] for row in found]


def counts_with_items(there: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """How many marks, mends and descriptions come with these items of the other library, by noun."""
    wanted = json.dumps(list(ids))
    return {
        noun: there.execute(
            f"SELECT COUNT(*) FROM {NOUNS[noun].table} WHERE {WITH_ITEM[NOUNS[noun].table]} "
            "IN (SELECT value FROM json_each(?))",
            (wanted,),
        ).fetchone()[0]
        for noun in ("annotation", "override", "description")
    }


def seen(
    here: sqlite3.Connection,
    there: sqlite3.Connection,
    noun: str,
    found_items: Items,
    at_each: Callable[[], None] = _untold,
) -> Iterator[Seen]:
    """The rows of a noun of the other library that do not come with a new item, each with what is here.

    A row that is about a twin there is about the item here; one that is about an item that was given up is left out.
    ``at_each`` is called for every row.
    """
    kind = NOUNS[noun]
    twins, coming, left_out = found_items.twins, frozenset(found_items.new), _left_out(there, found_items.given_up)
    for found in there.execute(f"SELECT {kind.key} AS key_of_row, {', '.join(kind.columns)} FROM {kind.table}"):
        at_each()
        id, row = found["key_of_row"], {column: found[column] for column in kind.columns}
        if kind.table in WITH_ITEM and row.get("item_id", id) in coming:
            continue
        if not left_out.isdisjoint((id, *(row[column] for column in ITEM_COLUMNS if column in row))):
            continue
        for column in ITEM_COLUMNS:
            if column in row:
                row[column] = twins.get(row[column], row[column])
        if noun == "pair":
            if row["item_id"] == row["other_id"]:
                # Two pages there are one here.
                continue
            row = pairs.row({row["item_id"]: row["text_sha256"], row["other_id"]: row["other_sha256"]})
        if noun == "charset":
            id = row["item_id"]
        if noun in ("item", "description"):
            id = twins.get(id, id)
        present = rows.get(here, noun, id)
        if present is None and (other := _twin(here, noun, row)):
            id, present = other, rows.get(here, noun, other)
        yield Seen(noun, id, present, row)


def _left_out(there: sqlite3.Connection, given_up: Iterable[str]) -> frozenset[str]:
    """The ids of these items and of their marks."""
    ids = list(given_up)
    marks = there.execute(
        "SELECT id FROM annotation WHERE item_id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
    )
    return frozenset([*ids, *(row["id"] for row in marks)])


def _twin(here: sqlite3.Connection, noun: str, row: Row) -> str:
    if noun not in TWINS:
        return ""
    kind = NOUNS[noun]
    wanted = " AND ".join(f"{column} = ?" for column in TWINS[noun])
    found = here.execute(
        f"SELECT {kind.key} AS id FROM {kind.table} WHERE {wanted}", [row[column] for column in TWINS[noun]]
    ).fetchone()
    return str(found["id"]) if found is not None else ""


def title_of(connection: sqlite3.Connection, noun: str, row: Row, id: str) -> str:
    """What a thing is called: the title of its page, its own title or name, or the site of a rule."""
    item_id = id if noun == "item" else row.get("item_id", "")
    found = connection.execute("SELECT title FROM item WHERE id = ?", (item_id,)).fetchone()
    return str(found["title"] if found is not None else row.get("title") or row.get("name") or row.get("site") or id)


def files_of(there: sqlite3.Connection, item_ids: Sequence[str]) -> list[Stored]:
    """The stored files of these items."""
    found = there.execute(
        "SELECT * FROM original WHERE sha256 IN (SELECT sha256 FROM item_file WHERE item_id IN "
        "(SELECT value FROM json_each(?))) ORDER BY sha256",
        (json.dumps(item_ids),),
    )
    return [Stored(row["sha256"], row["file_name"], row["size"]) for row in found]


# -- copying ----------------------------------------------------------------------------------------------------------


def copy_with_items(here: sqlite3.Connection, there: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Copy items with all that belongs to them; their accessions and originals are here already."""
    present = tables(here)
    for table, column in WITH_ITEM.items():
        if table in present:
            found = there.execute(
                f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY rowid",
                (json.dumps(ids),),
            )
            _insert(here, table, found)


def copy_accounts(here: sqlite3.Connection, there: sqlite3.Connection) -> None:
    """Add what an archive gives account by, as far as it is not known here."""
    for table in ACCOUNTS:
        if table in tables(here):
            _insert(here, table, there.execute(f"SELECT * FROM {table} ORDER BY rowid"))


def copy_accession(here: sqlite3.Connection, there: sqlite3.Connection, id: str, number: str) -> None:
    """Copy an accession, by a number that nothing here has; its step and its running are not of this library."""
    row = dict(there.execute("SELECT * FROM accession WHERE id = ?", (id,)).fetchone())
    state = "cancelled" if row["state"] in ("waiting", "running") else row["state"]
    _insert(here, "accession", [{**row, "number": number, "step_id": None, "state": state}])


def copy_original(here: sqlite3.Connection, there: sqlite3.Connection, sha256: str, fixity: str = "") -> None:
    """Copy what is known of a stored file; ``fixity``: what was found of it just now."""
    row = dict(there.execute("SELECT * FROM original WHERE sha256 = ?", (sha256,)).fetchone())
    _insert(here, "original", [{**row, "fixity": fixity or row["fixity"]}])


def copy_belonging(here: sqlite3.Connection, there: sqlite3.Connection) -> None:
    """Copy what belongs to items that are here: links between them, the arrangement, the account of them."""
    present = tables(here)
    for noun, kind in NOUNS.items():
        if not kind.is_lasting and (kind.table not in WITH_ITEM or noun == "description"):
            # A unit is described by the same noun as an item.
            found = there.execute(f"SELECT * FROM {kind.table} ORDER BY rowid")
            _insert(here, kind.table, (row for row in found if _belongs(here, noun, dict(row), present)))
    known = _objects(here)
    for table, about in (("import_line", "accession_id"), ("event", "object_id")):
        found = there.execute(f"SELECT * FROM {table} ORDER BY rowid")
        _insert(here, table, (row for row in found if row[about] in known))


def _belongs(here: sqlite3.Connection, noun: str, row: Row, present: set[str]) -> bool:
    if noun == "link":
        return all(_is_here(here, row[end], ("item", "annotation")) for end in ("from_id", "to_id"))
    if noun == "pair":
        return all(_is_here(here, row[end], ("item",)) for end in ("item_id", "other_id"))
    if noun == "description":
        return _is_here(here, row["id"], [table for table in ("item", "unit") if table in present])
    return True


def _is_here(here: sqlite3.Connection, id: str, places: Iterable[str]) -> bool:
    return any(here.execute(f"SELECT 1 FROM {place} WHERE id = ?", (id,)).fetchone() for place in places)


def _objects(connection: sqlite3.Connection) -> set[str]:
    """The ids of what events are about."""
    found = connection.execute(
        "SELECT id FROM item UNION SELECT id FROM accession UNION SELECT id FROM unit UNION SELECT sha256 FROM original"
    )
    return {row["id"] for row in found}


def accessions_of(there: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """The accessions of these items, in the order in which they were made."""
    found = there.execute(
        "SELECT id FROM accession WHERE id IN (SELECT accession_id FROM item WHERE id IN "
        "(SELECT value FROM json_each(?))) ORDER BY rowid",
        (json.dumps(ids),),
    )
    return [row["id"] for row in found]


def _insert(here: sqlite3.Connection, table: str, found: Iterable[Any]) -> None:
    statement = ""
    for row in found:
        columns = row.keys()
        statement = statement or (
            f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        )
        here.execute(statement, tuple(row[column] for column in columns))


def tables(connection: sqlite3.Connection) -> set[str]:
    """The tables that a database has."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {row["name"] for row in found}


def sketch_of(there: sqlite3.Connection, item_id: str) -> bytes:
    """An item's packed sketch; empty where its text is too short to have one."""
    found = there.execute("SELECT sketch FROM sketch WHERE item_id = ?", (item_id,)).fetchone()
    return bytes(found["sketch"]) if found is not None else b""


def numbers(connection: sqlite3.Connection) -> dict[str, str]:
    """The numbers of all accessions: id → number, in the order in which they were made."""
    return {row["id"]: row["number"] for row in connection.execute("SELECT id, number FROM accession ORDER BY rowid")}


def keep_numbers_free(connection: sqlite3.Connection) -> None:
    """See to it that the next accession gets a number behind those of all that there are."""
    connection.execute(
        "UPDATE library SET next_accession = max(next_accession, ?)", (last_number(numbers(connection).values()) + 1,)
    )


def last_number(taken: Iterable[str]) -> int:
    """The highest running number of accessions (2026-014: 14)."""
    running = (number.rpartition("-")[2] for number in taken)
    return max((int(number) for number in running if number.isascii() and number.isdecimal()), default=0)
