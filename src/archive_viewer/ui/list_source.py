"""What the middle pane asks for: a part of the collection in order, or the hits of a query within it.

In: query, scope, arrangement.  Out: ids or hits, with the titles of their groups.  Separate from the list, which shows
them: here library and searcher are put together (the searcher knows relevance, the library every other order).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from archive_viewer.library import Library, Order, Scope
from archive_viewer.model import Aside, Passage
from archive_viewer.ui.arrangement_button import RELEVANCE, Arrangement
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.children import Searcher

MOST_HITS = 200
IN_BIN = "is:binned ("
PASSAGES_SENT = 12
"""Passages of a page that come with its hit; the rest is asked for when somebody wants to see it: a word that stands
a thousand times in each of two hundred pages would make a message of fifty megabytes."""


@dataclass(frozen=True)
class Hit:
    """An item's id, the first passages that answer the query, how many there are, and what else of it answers."""

    item_id: str
    passages: tuple[Passage, ...] = ()
    count: int = 0
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Ids in order.  ``sections``: position → the title to stand before it; ``captures``: the newest capture of an
    address → the older ones, which follow it in ``ids``; ``addresses``: how many the pages have, where it was asked."""

    ids: Sequence[str]
    sections: Mapping[int, str] = field(default_factory=dict)
    captures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    addresses: int = 0


@dataclass(frozen=True)
class Found:
    """Hits in the order of ``listing``.  ``is_all``: there are no more than these; ``note``: a sentence about the
    index."""

    query: str
    hits: Sequence[Hit]
    listing: Listing
    seconds: float
    note: str
    is_all: bool


class ListSource(QObject):
    """Signals: ``listed`` – a ``Listing``; ``found`` – ``Found``; ``refused`` – query, sentence, place of the fault."""

    listed = Signal(object)
    found = Signal(object)
    refused = Signal(str, str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge: Bridge | None = None
        self._searcher: Searcher | None = None
        self._query = ""
        self._scope = Scope()
        self._arrangement = Arrangement()

    def attach(self, bridge: Bridge | None, searcher: Searcher | None) -> None:
        self._bridge, self._searcher = bridge, searcher
        if searcher is not None:
            searcher.found.connect(self._order_hits)
            searcher.refused.connect(self._refuse)

    def ask(self, typed: str, scope: Scope, arrangement: Arrangement) -> None:
        """Ask; an answer to an older question is dropped."""
        self._query, self._scope, self._arrangement = typed, scope, arrangement
        if self._bridge is None or self._searcher is None:
            return
        if typed:
            self._searcher.ask(self._sent(), MOST_HITS, PASSAGES_SENT)
            return
        self._searcher.forget()
        order = Order(arrangement.field, arrangement.is_descending)

        def list_items(library: Library) -> Listing:
            return grouped(library.item_ids(scope, order), arrangement.group, library)

        self._bridge.ask(list_items, self.listed.emit, owner=self, newest="list")

    def ask_passages(self, item_id: str, then: Callable[[tuple[Passage, ...]], None], owner: QObject) -> None:
        """Every passage of one page that answers the query asked last."""
        typed = self._query

        def find(library: Library) -> tuple[Passage, ...]:
            return library.passages(typed, item_id)

        if self._bridge is not None and typed:
            self._bridge.ask(find, then, owner=owner)

    def _sent(self) -> str:
        """The query as it is asked: in the bin it is about what lies there, which no other query finds."""
        return f"{IN_BIN}{self._query})" if self._scope.kind == "bin" else self._query

    @Slot(str, str, int)
    def _refuse(self, sent: str, sentence: str, position: int) -> None:
        if sent == self._sent():
            before = len(IN_BIN) if self._scope.kind == "bin" else 0
            self.refused.emit(self._query, sentence, max(0, position - before))

    @Slot(str, object, float, str)
    def _order_hits(self, sent: str, answers: list[dict[str, Any]], seconds: float, note: str) -> None:
        if sent != self._sent() or self._bridge is None:
            return
        typed, scope, arrangement = self._query, self._scope, self._arrangement
        by_relevance = arrangement.hits_field == RELEVANCE

        def put_in_order(library: Library) -> Found:
            hits = {answer["item"]: hit_of(answer) for answer in answers}
            ids = list(hits)
            if not by_relevance or scope.kind != "all":
                field = "added" if by_relevance else arrangement.hits_field
                held = library.item_ids(scope, Order(field, arrangement.is_descending))
                within = set(held)
                ids = [item_id for item_id in (ids if by_relevance else held) if item_id in hits and item_id in within]
            listing = grouped(ids, arrangement.group, library)
            is_all = len(answers) < MOST_HITS
            return Found(typed, [hits[item_id] for item_id in listing.ids], listing, seconds, note, is_all)

        self._bridge.ask(put_in_order, self.found.emit, owner=self, newest="list")


def hit_of(answer: Mapping[str, Any]) -> Hit:
    """A hit as the searcher's message says it."""
    found = tuple(Passage(**passage) for passage in answer["passages"])
    asides = tuple(Aside(**aside) for aside in answer.get("asides", ()))
    return Hit(answer["item"], found, int(answer.get("count", len(found))), asides)


def grouped(ids: Sequence[str], group: str, library: Library) -> Listing:
    """The ids put together by ``group`` (site, address or accession), groups in the order of their first member."""
    if not group or not ids:
        return Listing(list(ids))
    groups = library.groups(ids, group)
    ordered = [item_id for one in groups for item_id in one.ids]
    if group == "address":
        captures = {one.ids[0]: one.ids[1:] for one in groups if len(one.ids) > 1}
        return Listing(ordered, {}, captures, sum(bool(one.name) for one in groups))
    sections: dict[int, str] = {}
    at = 0
    for one in groups:
        sections[at] = f"{one.name or '—'}  {len(one.ids):,}"
        at += len(one.ids)
    return Listing(ordered, sections)
