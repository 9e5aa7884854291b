"""Descriptions: what a person typed of units and items, and what lists show of it.

Ids in, typed values out.  A typed value stands beside what the file states, in a row of its own; the columns of the
item that lists, search and citations go by are derived here from both, so that either can come and go.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from archive_viewer import edtf_dates
from archive_viewer.model import ELEMENT, ELEMENTS, Fact, Source, in_form
from archive_viewer.storage.units import LAST
from archive_viewer.text import fold

FACT = (
    "CASE said.key "
    + " ".join(f"WHEN '{one.key}' THEN '{one.fact}'" for one in ELEMENTS if one.fact not in ("", one.key))
    + " ELSE said.key END"
)
"""The fact that states the element ``said.key``."""


def typed(elements: str | None) -> dict[str, Fact[Any]]:
    """The values of a row's elements, each with who typed it and when."""
    found: dict[str, dict[str, Any]] = json.loads(elements) if elements else {}
    return {
        key: Fact(in_form(ELEMENT[key], said["value"]), Source.TYPED, ", ".join(filter(None, (said["by"], said["at"]))))
        for key, said in found.items()
        if key in ELEMENT
    }


def elements_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Unit or item → element → its value, by whom and when, for those of which anything is said."""
    rows = connection.execute(
        "SELECT id, elements FROM description WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return {row["id"]: json.loads(row["elements"]) for row in rows}


def get(connection: sqlite3.Connection, id: str) -> dict[str, Fact[Any]]:
    """Element → what was typed of a unit or an item."""
    row = connection.execute("SELECT elements FROM description WHERE id = ?", (id,)).fetchone()
    return typed(row["elements"]) if row is not None else {}


def row_of(item_id: str, elements: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """A description as the journal keeps it; ``item_id`` is empty for a unit's.  Of nothing said there is no row."""
    if not elements:
        return None
    return {"item_id": item_id, "elements": json.dumps(elements, ensure_ascii=False, sort_keys=True)}


def derive(connection: sqlite3.Connection, item_id: str) -> None:
    """Let the columns of an item show what was typed, and what the file states where nothing was."""
    row = connection.execute(
        "SELECT item.facts, description.elements FROM item LEFT JOIN description ON description.id = item.id "
        "WHERE item.id = ?",
        (item_id,),
    ).fetchone()
    facts: dict[str, list[Any]] = json.loads(row["facts"])
    said = typed(row["elements"])

    def shown(name: str, nothing: Any) -> Any:
        return said[name].value if name in said else facts[name][0] if name in facts else nothing

    languages = shown("language", "")
    language = languages if isinstance(languages, str) else next(iter(languages), "")
    title, authors, published = str(shown("title", "")), list(shown("author", [])), str(shown("published", ""))
    settled = {ELEMENT[key].fact for key in said}
    connection.execute(
        "UPDATE item SET title = ?, title_key = ?, authors = ?, author_key = ?, published = ?, published_key = ?, "
        "language = ?, has_doubt = ? WHERE id = ?",
        (
            title,
            fold(title),
            json.dumps(authors, ensure_ascii=False),
            fold(", ".join(authors)),
            published,
            edtf_dates.sort_key(published) if "published" in said else published,
            language,
            int(any(fact[3] for name, fact in facts.items() if name not in settled)),
            item_id,
        ),
    )


def shown_many(connection: sqlite3.Connection, ids: Sequence[str], fact: str) -> list[tuple[str, bool, str, Any, str]]:
    """What a person who says an element of many wants to see first, in the order of ``ids``.

    Of each its id, whether it is an item, its title, what its file states (None: nothing) and the typed elements.
    """
    rows = connection.execute(
        "SELECT asked.value AS id, item.id IS NOT NULL AS is_item, coalesce(item.title, unit.title) AS title, "
        "json_quote(json_extract(item.facts, ?2)) AS stated, coalesce(description.elements, '{}') AS elements "
        "FROM json_each(?1) AS asked LEFT JOIN item ON item.id = asked.value LEFT JOIN unit ON unit.id = asked.value "
        "LEFT JOIN description ON description.id = asked.value "
        "WHERE coalesce(item.id, unit.id) IS NOT NULL ORDER BY asked.key",
        (json.dumps(list(ids)), f'$."{fact}"[0]'),
    )
    return [
        (row["id"], bool(row["is_item"]), row["title"], json.loads(row["stated"] or "null"), row["elements"])
        for row in rows
    ]


def way_up(connection: sqlite3.Connection, unit_id: str) -> list[tuple[str, dict[str, Fact[Any]]]]:
    """A unit and those above it, the nearest first, each with what was typed of it."""
    rows = connection.execute(
        "WITH RECURSIVE above(id, parent_id, n) AS (SELECT id, parent_id, 0 FROM unit WHERE id = ? UNION ALL "
        "SELECT unit.id, unit.parent_id, above.n + 1 FROM unit JOIN above ON unit.id = above.parent_id) "
        "SELECT above.id, description.elements FROM above LEFT JOIN description ON description.id = above.id "
        "ORDER BY above.n",
        (unit_id,),
    )
    return [(row["id"], typed(row["elements"])) for row in rows]


def holdings_below(connection: sqlite3.Connection, unit_id: str) -> tuple[int, int, str, str, list[str]]:
    """What stands in a unit and below: pages, bytes of their files, the first and last day of capture, languages."""
    below = (
        "FROM unit AS above CROSS JOIN unit ON unit.path BETWEEN above.path AND above.path || ? "
        "CROSS JOIN item ON item.unit_id = unit.id {0} WHERE above.id = ? AND item.deleted_at = ''"
    )
    asked = (LAST, unit_id)
    pages, first, last = connection.execute(
        "SELECT count(*), coalesce(min(nullif(item.captured_at, '')), ''), coalesce(max(item.captured_at), '') "
        + below.format(""),
        asked,
    ).fetchone()
    with_files = below.format("CROSS JOIN item_file ON item_file.item_id = item.id")
    size = connection.execute(
        f"SELECT coalesce(sum(size), 0) FROM original WHERE sha256 IN (SELECT item_file.sha256 {with_files})", asked
    ).fetchone()[0]
    languages = connection.execute(f"SELECT DISTINCT item.language {below.format('')} ORDER BY 1", asked)
    return int(pages), int(size), first[:10], last[:10], [row["language"] for row in languages if row["language"]]
