"""What answers a query beside the text of a page: titles, notes, tags, links, marked and stripped words.

A query and items in, the matches in what is said of each out, with the words around them.  Separate from finding,
which knows the text only: what is read here is what ``documents`` gives to the index, and nothing is read that the
query does not ask about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from archive_viewer.model import Annotation, Aside, Block, Item, Link
from archive_viewer.search import passages
from archive_viewer.search.query_tree import ANYWHERE, Query, wanted
from archive_viewer.storage import links, marks
from archive_viewer.storage.database import Connection

SHOWN = 6
"""Of one page; more would push the next page out of sight."""

WITH_ANY = ("title", "author", "site", "url", "note", "tag", "link")
"""Fields in which words are sought that name none; the order is that in which matches are shown."""

FIELDS = (*WITH_ANY, "mark", "series", "accession", "stripped")


@dataclass(frozen=True)
class _Said:
    """Words that may match."""

    kind: str
    text: str
    mark_id: str = ""
    block: int = 0


def of_items(
    connection: Connection, query: Query, items: Sequence[Item], blocks: Callable[[str], Sequence[Block]]
) -> dict[str, tuple[Aside, ...]]:
    """For each item, by its id, the first match in each thing that is said of it; at most ``SHOWN``.

    ``query`` is as ``Index.widened`` gives it; ``blocks`` gives an item's, and is asked where stripped text is.
    """
    sought = {words.field for words in wanted(query)}
    fields = [field for field in FIELDS if field in sought or (ANYWHERE in sought and field in WITH_ANY)]
    if not fields:
        return {item.id: () for item in items}
    ids = [item.id for item in items]
    noted = marks.of_items(connection, ids) if {"note", "tag", "mark", "link"} & set(fields) else {}
    tied = links.of_items(connection, ids) if "link" in fields else {}
    found = {}
    for item in items:
        said = _said(item, fields, noted.get(item.id, []), tied.get(item.id, []), blocks)
        found[item.id] = tuple(_matching(query, item, said))
    return found


def _matching(query: Query, item: Item, said: Iterator[_Said]) -> Iterator[Aside]:
    count = 0
    for one in said:
        fields = (ANYWHERE, one.kind) if one.kind in WITH_ANY else (one.kind,)
        for passage in passages.find(query, one.text, 1, item.language, fields):
            yield Aside(one.kind, passage.before, passage.match, passage.after, one.mark_id, one.block)
            count += 1
        if count == SHOWN:
            return


def _said(
    item: Item,
    fields: Sequence[str],
    noted: Sequence[Annotation],
    tied: Sequence[Link],
    blocks: Callable[[str], Sequence[Block]],
) -> Iterator[_Said]:
    on_page = {mark.id for mark in noted}
    for field in fields:
        match field:
            case "title" | "site" | "series" | "accession":
                yield _Said(field, getattr(item, field))
            case "author":
                yield from (_Said(field, author) for author in item.authors)
            case "url":
                yield _Said(field, unquote(item.url))
            case "note":
                yield from (_Said(field, mark.note, mark.id) for mark in noted)
            case "tag":
                yield from (_Said(field, tag) for tag in item.tags)
                yield from (_Said(field, tag, mark.id) for mark in noted for tag in mark.tags if tag not in item.tags)
            case "mark":
                yield from (_Said(field, mark.quote, mark.id) for mark in noted)
            case "link":
                for link in tied:
                    own = next((end for end in (link.from_id, link.to_id) if end in on_page), "")
                    yield from (_Said(field, text, own) for text in (link.note, link.relation))
            case "stripped":
                yield from (_Said(field, one.text, block=one.n) for one in blocks(item.id) if not one.is_kept)
