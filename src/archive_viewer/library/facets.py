"""An answer seen by what its pages have: how many are of which site, author, year, language, form, series and tag.

A query in, counts out.  Separate from finding, which shows the best pages: this is about all of them.  The values of a
whole library are kept as numbers, one for each page and field, until somebody writes: to count a hundred thousand
pages takes a tenth of a second then, and SQLite would need two for it.  They are read in portions, between which a
query may be answered.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from archive_viewer.library.finding import BINNED, EVERY_HIT
from archive_viewer.library.suggesting import Suggesting
from archive_viewer.library.values import Facet, Facets, FacetValue, Scope
from archive_viewer.search.completion import quoted
from archive_viewer.search.query import parse
from archive_viewer.search.query_tree import asks_for
from archive_viewer.search.tokenizer import terms
from archive_viewer.storage import facet_values
from archive_viewer.storage.database import Connection
from archive_viewer.storage.facet_values import Row

EVERYTHING = Scope()

FEW = 2_000
"""Up to so many items are looked up one by one, without reading the values of all others."""

PORTION = 4_000
"""Rows between two of which something more urgent may be done: thirty milliseconds."""

MOST_UNFOLDED = 1_000
"""Values of a field of which all are wanted: nobody reads more, and each must be shown."""

YEARS = ("published", "captured")

Values = tuple[str, ...]


def _one(value: str) -> Values:
    return (value,) if value else ()


def _several(packed: str) -> Values:
    return tuple(dict.fromkeys(filter(None, json.loads(packed))))


def _primary(tag: str) -> Values:
    """``en-GB`` → ``en``, which is what ``language:en`` finds."""
    return _one(tag.replace("_", "-").partition("-")[0].lower())


FIELDS: dict[str, tuple[Callable[[Row], str], Callable[[str], Values]]] = {
    "site": (lambda row: row.site, _one),
    "author": (lambda row: row.authors, _several),
    "published": (lambda row: row.published, _one),
    "captured": (lambda row: row.captured, _one),
    "language": (lambda row: row.language, _primary),
    "format": (lambda row: row.format, _one),
    "tag": (lambda row: row.tags, _several),
    "series": (lambda row: row.series, _one),
}
"""Field of a query → what is stored for it, and the values that this stands for."""


class _Column:
    """A field of many items: for each the number of what it has, which many have alike."""

    def __init__(self, unpack: Callable[[str], Values]) -> None:
        self._unpack = unpack
        self._numbers: dict[str, int] = {}
        self._known: list[Values] = []
        self.cells = array("I")

    def add(self, packed: str) -> None:
        number = self._numbers.get(packed)
        if number is None:
            number = self._numbers[packed] = len(self._known)
            self._known.append(self._unpack(packed))
        self.cells.append(number)

    def count(self, rows: Collection[int] | None) -> Counter[str]:
        """Value → of how many of ``rows``, or of all."""
        found = Counter(self.cells if rows is None else map(self.cells.__getitem__, rows))
        counts: Counter[str] = Counter()
        for number, count in found.items():
            for value in self._known[number]:
                counts[value] += count
        return counts


class _Table:
    """The fields of many items."""

    def __init__(self, mark_tags: Iterable[tuple[str, str]]) -> None:
        self.rows: dict[str, int] = {}
        self.binned: set[int] = set()
        self.columns = {field: _Column(unpack) for field, (_, unpack) in FIELDS.items()}
        self._mark_tags: dict[str, list[str]] = {}
        for id, packed in mark_tags:
            self._mark_tags.setdefault(id, []).extend(json.loads(packed))

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if others := self._mark_tags.get(row.id):
                row = row._replace(tags=json.dumps([*json.loads(row.tags), *others]))
            if row.is_binned:
                self.binned.add(len(self.rows))
            self.rows[row.id] = len(self.rows)
            for field, (stored, _) in FIELDS.items():
                self.columns[field].add(stored(row))


class Faceting(Suggesting):
    """The part of a library that counts what an answer consists of."""

    _kept: tuple[Connection, int, _Table] | None = None

    def facets(
        self, query: str = "", scope: Scope = EVERYTHING, most: int = 8, unfolded: Collection[str] = ()
    ) -> Facets:
        """How many of all pages that answer ``query`` within ``scope`` have which value, by field; the most frequent
        ``most`` of each, the newest years, and up to ``MOST_UNFOLDED`` of those fields that are ``unfolded``.

        Without a query all pages count.  What lies in the bin counts only where query or scope ask for it.

        :raises BadQuery: the query cannot be understood.
        """
        *_, found = self.facets_in_portions(query, scope, most, unfolded)
        assert found is not None
        return found

    def facets_in_portions(
        self, query: str = "", scope: Scope = EVERYTHING, most: int = 8, unfolded: Collection[str] = ()
    ) -> Iterator[Facets | None]:
        """The same at the end, and None as often as something else may be done in between.

        :raises BadQuery: the query cannot be understood.
        """
        ids = self._ids(query, scope)
        yield None
        if ids is not None and len(ids) <= FEW:
            with self._database.reading() as connection:
                table = _Table(facet_values.mark_tags(connection, ids))
                table.add(facet_values.of_ids(connection, ids))
        else:
            for portion in self._table():
                table = portion
                yield None
        is_of_bin = scope.kind == "bin" or bool(query and asks_for(parse(query), BINNED))
        rows: Collection[int] | None = None
        if ids is not None:
            rows = [
                row for id in ids if (row := table.rows.get(id)) is not None and (is_of_bin or row not in table.binned)
            ]
        elif table.binned:
            rows = [row for row in range(len(table.rows)) if row not in table.binned]
        pages = len(table.rows) if rows is None else len(rows)
        facets = []
        for field, column in table.columns.items():
            facets.append(_facet(field, column.count(rows), MOST_UNFOLDED if field in unfolded else most))
            yield None
        yield Facets(pages, tuple(facets))

    def _ids(self, query: str, scope: Scope) -> list[str] | None:
        """The items that are counted; None: all that there are."""
        if not query:
            return None if scope == EVERYTHING else self.item_ids(scope)
        found = [id for id, _ in self._matches(query, parse(query), EVERY_HIT)]
        if scope == EVERYTHING:
            return found
        within = set(self.item_ids(scope))
        return [id for id in found if id in within]

    def _table(self) -> Iterator[_Table]:
        """The values of all items; given once for each portion that was read, the last time whole."""
        with self._database.reading() as connection:
            now = facet_values.version(connection)
            if self._kept is not None and self._kept[:2] == (connection, now) and not connection.in_transaction:
                yield self._kept[2]
                return
            table = _Table(facet_values.mark_tags(connection))
        number = -1
        while True:
            with self._database.reading() as connection:
                rows = facet_values.after(connection, number, PORTION)
            table.add(rows)
            if len(rows) < PORTION:
                break
            number = rows[-1].number
            yield table
        self._kept = (connection, now, table)
        yield table


def _facet(field: str, counts: Counter[str], most: int) -> Facet:
    if field in YEARS:
        ordered = sorted(counts.items(), key=lambda one: one[0], reverse=True)
    else:
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    values: list[FacetValue] = []
    unsought = 0
    for value, count in ordered:
        if len(values) == most:
            break
        if terms(value):
            values.append(FacetValue(value, count, f"{field}:{quoted(value)}"))
        else:
            # What consists of signs alone (an author “—”) cannot be asked for.
            unsought += 1
    return Facet(field, tuple(values), len(ordered) - len(values) - unsought)
