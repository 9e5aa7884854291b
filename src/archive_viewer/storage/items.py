"""Items: the pages as the library describes them.

Items in, items out, and the questions that lists ask.  An order or a scope is a name from a fixed table, so that no
text of a user ever becomes SQL.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from archive_viewer.model import Format as SavedFormat
from archive_viewer.model import Item
from archive_viewer.storage import descriptions, library_settings
from archive_viewer.storage.articles import packed_fact, unpacked_fact
from archive_viewer.text import fold

HERE = "item.deleted_at = ''"

IN_BIN = "SELECT id FROM item WHERE deleted_at != ''"
"""Told from an index; there are few of them, so that what is about a page is counted without looking at the page."""

SCOPES: dict[str, str] = {
    "all": HERE,
    "bin": "item.deleted_at != ''",
    "accession": f"{HERE} AND item.accession_id = ?",
    "site": f"{HERE} AND item.site = ?",
    "tag": f"{HERE} AND item.id IN (SELECT tagged.id FROM item AS tagged, json_each(tagged.tags) "
    "WHERE tagged.tags != '[]' AND tagged.deleted_at = '' AND json_each.value = ?1 UNION ALL "
    "SELECT item_id FROM annotation, json_each(annotation.tags) WHERE json_each.value = ?1)",
    "unit": f"{HERE} AND item.unit_id IN (SELECT unit.id FROM unit JOIN unit AS above ON "
    "unit.path BETWEEN above.path AND above.path || char(127) WHERE above.id = ?)",
    "unarranged": f"{HERE} AND item.unit_id = ''",
    "attention": f"{HERE} AND item.id IN (SELECT doubted.id FROM item AS doubted WHERE doubted.has_doubt = 1 "
    "AND doubted.deleted_at = '' UNION ALL "
    "SELECT item_id FROM annotation WHERE state IN ('unplaced', 'moved', 'approximate'))",
}
ORDERS: dict[str, tuple[str, ...]] = {
    "title": ("item.title_key",),
    "site": ("item.site_key",),
    "author": ("item.author_key",),
    "published": ("item.published_key",),
    "captured": ("item.captured_at",),
    "added": ("item.added_at",),
    "original": ("item.accession_id", "item.original_order"),
    "arranged": ("coalesce(unit.path, '')", "item.unit_position", "item.accession_id"),
}
"""What stands in no unit comes last in the arranged order, as it came in."""

NEVER_EMPTY = ("item.added_at", "item.accession_id")
"""Columns in whose order an index already has the items."""

NUMBER_OF_VARIABLES = 500
"""Ids per question: SQLite before 3.32 takes 999 variables."""


def add(connection: sqlite3.Connection, item: Item, modified_at: str, url_key: str, added_at: str) -> None:
    columns = {
        "id": item.id,
        "accession_id": item.accession_id,
        "sha256": item.sha256,
        "locator": item.locator,
        "file_name": item.file_name,
        "modified_at": modified_at,
        "original_order": item.original_order,
        "added_at": added_at,
        "tags": json.dumps(item.tags, ensure_ascii=False),
        "deleted_at": item.deleted_at,
        **read_columns(item, url_key),
    }
    connection.execute(
        f"INSERT INTO item ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", tuple(columns.values())
    )


def read_columns(item: Item, url_key: str) -> dict[str, Any]:
    """Those columns that come from reading the stored file: another reading gives others."""
    return {
        "payload_sha256": item.payload_sha256,
        "format": item.format.value,
        "media_type": item.media_type,
        "charset": item.charset,
        "title": item.title,
        "url": item.url,
        "url_key": url_key,
        "site": item.site,
        "authors": json.dumps(item.authors, ensure_ascii=False),
        "published": item.published,
        "published_key": item.published,
        "captured_at": item.captured_at,
        "language": item.language,
        "facts": json.dumps({name: packed_fact(fact) for name, fact in item.facts.items()}, ensure_ascii=False),
        "warnings": json.dumps(item.warnings, ensure_ascii=False),
        "title_key": fold(item.title),
        "author_key": fold(", ".join(item.authors)),
        "site_key": fold(item.site),
        "has_doubt": int(any(fact.doubt for fact in item.facts.values())),
    }


def get_many(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Item]:
    """The items in the order of ``ids``; unknown ids are left out."""
    found: dict[str, Item] = {}
    prefix = library_settings.repository(connection).prefix
    for begin in range(0, len(ids), NUMBER_OF_VARIABLES):
        some = ids[begin : begin + NUMBER_OF_VARIABLES]
        rows = connection.execute(
            "SELECT item.*, accession.number, original.warnings AS file_warnings, coalesce(unit.series, '') AS series, "
            "description.elements FROM item JOIN accession ON accession.id = item.accession_id "
            "JOIN original ON original.sha256 = item.sha256 LEFT JOIN unit ON unit.id = item.unit_id "
            "LEFT JOIN description ON description.id = item.id "
            f"WHERE item.id IN ({', '.join('?' * len(some))})",
            tuple(some),
        )
        found.update((row["id"], _item(row, prefix)) for row in rows)
    return [found[id] for id in ids if id in found]


def titles(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Id → title of those of these items that there are."""
    found = connection.execute(
        "SELECT json_group_object(id, title) FROM item WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    named: dict[str, str] = json.loads(found.fetchone()[0])
    return named


def ids_in(connection: sqlite3.Connection, scope: str, value: str, order: str, descending: bool) -> list[str]:
    columns = ORDERS[order]
    direction = " DESC" if descending else ""
    ordering = ", ".join(f"{column}{direction}" for column in columns)
    # What has no value (no author, no date) stands last in either direction.
    empty = "" if columns[0] in NEVER_EMPTY else f"{columns[0]} = '', "
    units = "LEFT JOIN unit ON unit.id = item.unit_id " if order == "arranged" else ""
    arguments = (value,) if "?" in SCOPES[scope] else ()
    # One value in the place of a hundred thousand rows: SQLite makes it without holding up any other thread.  A limit,
    # though it bounds nothing, keeps the rows in order while they are put together.
    found = connection.execute(
        f"SELECT json_group_array(id) FROM (SELECT item.id FROM item {units}WHERE {SCOPES[scope]} "
        f"ORDER BY {empty}{ordering}, item.original_order{direction}, item.rowid{direction} LIMIT -1)",
        arguments,
    )
    ids: list[str] = json.loads(found.fetchone()[0])
    return ids


def count_in(connection: sqlite3.Connection, scope: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM item WHERE {SCOPES[scope]}").fetchone()[0])


def has_any(connection: sqlite3.Connection) -> bool:
    """Whether there is any item, in the bin or not."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM item)").fetchone()[0])


DOUBTS = (
    "FROM item, json_each(item.facts) AS fact WHERE item.deleted_at = '' AND item.has_doubt = 1 "
    "AND json_extract(fact.value, '$[3]') != '' AND NOT EXISTS (SELECT 1 FROM description, json_each(elements) AS said "
    f"WHERE description.id = item.id AND {descriptions.FACT} = fact.key)"
)
"""What a person said of an element settles the doubt about it."""


def doubts(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Every doubt about a fact of an item: the item's id, the fact's name, the sentence."""
    rows = connection.execute(
        f"SELECT item.id, fact.key AS name, json_extract(fact.value, '$[3]') AS doubt {DOUBTS} "
        "ORDER BY item.added_at, item.original_order, item.rowid"
    )
    return [(row["id"], row["name"], row["doubt"]) for row in rows]


def count_doubts(connection: sqlite3.Connection) -> int:
    return int(connection.execute(f"SELECT count(*) {DOUBTS}").fetchone()[0])


def warnings(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every warning about an item that is not in the bin: the item's id, the sentence."""
    rows = connection.execute(
        f"SELECT item.id, warning.value FROM item, json_each(item.warnings) AS warning "
        f"WHERE item.warnings != '[]' AND {HERE} ORDER BY item.added_at, item.original_order"
    )
    return [(row["id"], row["value"]) for row in rows]


def file_warnings(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every warning about a whole stored file with an item outside the bin: the first such item's id, the sentence."""
    rows = connection.execute(
        "SELECT first.id, warning.value FROM (SELECT warnings, (SELECT item.id FROM item "
        f"WHERE item.sha256 = original.sha256 AND {HERE} ORDER BY item.added_at, item.rowid LIMIT 1) AS id "
        "FROM original WHERE warnings != '[]') AS first, json_each(first.warnings) AS warning "
        "WHERE first.id IS NOT NULL"
    )
    return [(row["id"], row["value"]) for row in rows]


def begin_many(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """These items are the first of a container whose line is not written yet."""
    connection.executemany("INSERT INTO unfinished (item_id) VALUES (?)", [(id,) for id in ids])


def finish_many(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """The line of their container is written."""
    connection.executemany("DELETE FROM unfinished WHERE item_id = ?", [(id,) for id in ids])


def unfinished_ids(connection: sqlite3.Connection, sha256: str) -> list[str]:
    """Items of this container that came in before it was cut off."""
    rows = connection.execute(
        "SELECT item.id FROM unfinished JOIN item ON item.id = unfinished.item_id WHERE sha256 = ? ORDER BY item.rowid",
        (sha256,),
    )
    return [row["id"] for row in rows]


def ids_of_original(connection: sqlite3.Connection, sha256: str) -> list[str]:
    """Items whose own file has this digest, those in the bin included."""
    rows = connection.execute("SELECT id FROM item WHERE sha256 = ? ORDER BY original_order, rowid", (sha256,))
    return [row["id"] for row in rows]


def at_address(connection: sqlite3.Connection, url_key: str) -> list[str]:
    """Items saved from an address, the earliest capture first."""
    rows = connection.execute(
        f"SELECT id FROM item WHERE url_key = ? AND {HERE} ORDER BY captured_at, original_order, rowid", (url_key,)
    )
    return [row["id"] for row in rows]


GROUPS: dict[str, str] = {
    "site": "SELECT item.id, item.site AS name, '' AS date FROM item",
    "address": "SELECT item.id, item.url_key AS name, item.captured_at AS date FROM item",
    "accession": "SELECT item.id, accession.number AS name, '' AS date FROM accession JOIN item "
    "ON item.accession_id = accession.id",
}
"""Each is answered from an index alone; a hundred thousand rows are too wide to be gone through."""

FEW = 2_000
"""Up to so many items are looked up one by one; for more, all are gone through, which is faster than it sounds."""


def group_keys(connection: sqlite3.Connection, ids: Sequence[str], by: str) -> dict[str, tuple[str, str]]:
    """By what each of these items, and perhaps others, is grouped, and its capture date; ``by`` is one of ``GROUPS``.

    The date is given where captures are put in order by it.
    """
    if len(ids) > FEW:
        rows = connection.execute(GROUPS[by])
    else:
        rows = connection.execute(f"{GROUPS[by]} WHERE item.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
    return {id: (name, date) for id, name, date in rows}


def ids_of_site(connection: sqlite3.Connection, site: str, *, with_bin: bool = True) -> list[str]:
    """Items whose address is on a host (``example.com``): its key is the host, or a path, a query or a fragment
    follows."""
    rows = connection.execute(
        "SELECT id FROM item WHERE (url_key = ?1 OR (url_key >= ?1 || '/' AND url_key < ?1 || '0') "
        "OR (url_key >= ?1 || '?' AND url_key < ?1 || '@') OR (url_key >= ?1 || '#' AND url_key < ?1 || '$')) "
        "AND (?2 OR deleted_at = '') ORDER BY rowid",
        (site, int(with_bin)),
    )
    return [row["id"] for row in rows]


def url_key(connection: sqlite3.Connection, item_id: str) -> str:
    row = connection.execute("SELECT url_key FROM item WHERE id = ?", (item_id,)).fetchone()
    return str(row["url_key"]) if row is not None else ""


def captures_of(connection: sqlite3.Connection, item_id: str) -> list[tuple[str, str, str]]:
    """The captures of an item's address, the earliest first: id, capture date, title."""
    rows = connection.execute(
        "SELECT other.id, other.captured_at, other.title FROM item JOIN item AS other ON other.url_key = item.url_key "
        "WHERE item.id = ? AND item.url_key != '' AND (other.deleted_at = '' OR other.id = item.id) "
        "ORDER BY other.captured_at, other.original_order, other.id",
        (item_id,),
    )
    return [(row["id"], row["captured_at"], row["title"]) for row in rows]


def capture_counts(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """How many captures there are at the address of each of these items, where there are several."""
    rows = connection.execute(
        f"SELECT asked.id, here.n FROM item AS asked JOIN (SELECT url_key, count(*) AS n FROM item WHERE {HERE} "
        "AND url_key != '' AND url_key IN (SELECT url_key FROM item WHERE id IN (SELECT value FROM json_each(?1))) "
        "GROUP BY url_key HAVING n > 1) AS here USING (url_key) WHERE asked.id IN (SELECT value FROM json_each(?1))",
        (json.dumps(ids),),
    )
    return {row["id"]: row["n"] for row in rows}


def tags(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Every tag of an item or of a mark, with the number of items that it leads to."""
    rows = connection.execute(
        f"SELECT tag, count(DISTINCT id) AS items FROM ("
        f"SELECT json_each.value AS tag, item.id FROM item, json_each(item.tags) WHERE item.tags != '[]' AND {HERE} "
        "UNION ALL SELECT json_each.value, annotation.item_id FROM annotation, json_each(annotation.tags) "
        f"WHERE annotation.item_id NOT IN ({IN_BIN})) GROUP BY tag ORDER BY tag COLLATE NOCASE"
    )
    return [(row["tag"], row["items"]) for row in rows]


def sites(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    rows = connection.execute(
        f"SELECT site, count(*) AS items FROM item WHERE {HERE} AND site != '' GROUP BY site ORDER BY site_key"
    )
    return [(row["site"], row["items"]) for row in rows]


def titled_like(connection: sqlite3.Connection, words: Iterable[str], limit: int) -> list[str]:
    """Items whose title or author holds all of the folded words: the answer while there is no index."""
    conditions, arguments = [HERE], []
    for word in words:
        conditions.append("(instr(item.title_key, ?) > 0 OR instr(item.author_key, ?) > 0)")
        arguments += [word, word]
    rows = connection.execute(
        f"SELECT id FROM item WHERE {' AND '.join(conditions)} ORDER BY item.added_at DESC LIMIT ?",
        (*arguments, limit),
    )
    return [row["id"] for row in rows]


def modified_at(connection: sqlite3.Connection, item_id: str) -> str:
    row = connection.execute("SELECT modified_at FROM item WHERE id = ?", (item_id,)).fetchone()
    return str(row["modified_at"]) if row is not None else ""


def _item(row: sqlite3.Row, prefix: str) -> Item:
    facts: dict[str, Any] = {name: unpacked_fact(fact) for name, fact in json.loads(row["facts"]).items()}
    return Item(
        id=row["id"],
        accession_id=row["accession_id"],
        accession=row["number"],
        sha256=row["sha256"],
        payload_sha256=row["payload_sha256"],
        locator=row["locator"],
        format=SavedFormat(row["format"]),
        media_type=row["media_type"],
        charset=row["charset"],
        file_name=row["file_name"],
        original_order=row["original_order"],
        title=row["title"],
        url=row["url"],
        site=row["site"],
        authors=tuple(json.loads(row["authors"])),
        published=row["published"],
        captured_at=row["captured_at"],
        language=row["language"],
        facts=facts,
        warnings=tuple(json.loads(row["warnings"])),
        file_warnings=tuple(json.loads(row["file_warnings"])),
        typed=descriptions.typed(row["elements"]),
        tags=tuple(json.loads(row["tags"])),
        series=row["series"],
        deleted_at=row["deleted_at"],
        unit_id=row["unit_id"],
        reference_code=f"{prefix}{row['reference_code']}" if row["reference_code"] else "",
    )
