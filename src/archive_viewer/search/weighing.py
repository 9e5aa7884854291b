"""What words weigh in one field of each page: words and pages in, bags out.

Separate from ``ranking``, which joins fields and parts of a query: here a word becomes the lists of postings that it
stands for, and a phrase, or words near each other, the places where they meet.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from archive_viewer.search import spans
from archive_viewer.search.bags import Bag, Pages, added, are_in, in_parts, lightest
from archive_viewer.search.expansion import fields_of
from archive_viewer.search.named import Spellings
from archive_viewer.search.query_tree import (
    And,
    Forms,
    Fuzzy,
    Near,
    Not,
    Open,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    Sounds,
    Term,
    Value,
    Words,
)
from archive_viewer.search.snapshot import OpenList, Snapshot, places

OTHER_FORM = 0.1
"""What another form of a word counts beside the one that was asked for: with more, pages that are known to hold the
very words asked for are found later among the first ten (``tests/benchmarks/search_quality.py``)."""

UNCERTAIN = 0.5
"""What a word of another spelling counts beside the one that was asked for."""


class Weighing:
    """For one query; ``most``: words that one stem may stand for."""

    def __init__(self, snapshot: Snapshot, spellings: Spellings, most: int) -> None:
        self._snapshot, self._spellings, self._most = snapshot, spellings, most
        self._opened: dict[tuple[str, str], list[OpenList]] = {}

    def cost(self, query: Query) -> tuple[int, int]:
        """What is dear to look for, and what leaves many pages, is looked for late."""
        match query:
            case Term(term, field) | Forms(term, _, field):
                return 0, sum(self._count((term,), own) for own in fields_of(field))
            case Value(value, field):
                return 0, self._count((value,), field)
            case Range():
                return 1, 0
            case Prefix() | Pattern() | Fuzzy() | Sounds():
                return 2, 0
            case And() | Or():
                return 3, 0
            case Phrase():
                return 4, 0
            case Near():
                return 5, 0
            case Not():
                return 6, 0

    def in_field(self, words: Query, field: str, within: Pages | None) -> tuple[Bag, int]:
        """The weight of ``words`` in each page that has them in ``field``, and in how many pages they are at all;
        of a word with other forms, where its very form is: a rare form of a frequent word is a rare word."""
        match words:
            case Term(term):
                postings = self._snapshot.postings(field, term)
                return postings.among(within), len(postings.pages)
            case Forms():
                bag = self._forms(words, field)
                return bag.among(within), len(self._snapshot.postings(field, words.term).pages)
            case Prefix() | Pattern() | Fuzzy():
                bag = self._any_of(words, field)
                return bag.among(within), len(bag.pages)
            case Phrase(terms, _, is_open):
                bag = self._phrase(terms, field, is_open, within)
            case Or(parts):
                bag = added(self.in_field(part, field, within)[0] for part in parts)
            case Sounds(plain=plain):
                asked = self.in_field(plain, field, within)[0]
                bag = added([asked, self._spellings.weights(words, field, within, self._places_of)])
            case Near(parts, distances):
                bag = self._near(parts, distances, field, within)
            case _:
                raise ValueError(f"{type(words).__name__} is not sought in one field.")
        return bag, len(bag.pages)

    def _expanded(self, field: str, words: Open) -> tuple[str, ...]:
        return self._snapshot.expansion(field, words).terms[: self._most]

    def _any_of(self, words: Open, field: str) -> Bag:
        terms = self._expanded(field, words)
        if not isinstance(words, Fuzzy):
            return self._snapshot.union(field, terms)
        others = self._snapshot.union(field, (term for term in terms if term != words.term))
        asked = self._snapshot.postings(field, words.term)
        return added([asked, others.times(UNCERTAIN)])

    def _forms(self, words: Forms, field: str) -> Bag:
        """A word with its other forms, which count less, and only in pages of their language."""
        snapshot = self._snapshot
        others = (
            snapshot.union(field, terms).among(snapshot.stemmed(algorithm)).times(OTHER_FORM)
            for algorithm, terms in words.others
        )
        return added([snapshot.postings(field, words.term), *others])

    def _near(self, parts: tuple[Query, ...], distances: tuple[int, ...], field: str, within: Pages | None) -> Bag:
        """The pages where the parts stand near each other; weighed as often as they do, in ``about`` as a phrase is."""
        bags: list[Bag] = []
        pages = within
        for part in sorted(parts, key=self.cost):
            bags.append(self.in_field(part, field, pages)[0])
            pages = bags[-1].pages

        def counted(some: Pages) -> Bag:
            return spans.counted(
                parts,
                distances,
                lambda words: self._places(words, field, some),
                lambda name: self._spellings.places(name, field, some, self._places_of),
            )

        found = in_parts(bags[-1].pages, counted)
        return lightest(bags, found.pages) if field == "about" else found

    def _places(self, words: Words, field: str, pages: Pages) -> list[list[spans.Placed]]:
        """For each word of ``words`` the places of all that it may be, in ``pages``."""
        match words:
            case Forms(term, others):
                found = [self._places_of(term, field, pages)]
                for algorithm, terms in others:
                    own = pages[are_in(pages, self._snapshot.stemmed(algorithm))]
                    found += (self._places_of(one, field, own) for one in terms)
                return [found]
            case Term(term):
                readings: list[tuple[str, ...]] = [(term,)]
            case Prefix() | Pattern() | Fuzzy():
                readings = [self._expanded(field, words)]
            case Phrase(terms, _, is_open):
                readings = self._readings(terms, field, is_open)
            case Sounds():
                raise ValueError("A name is several words, or one.")
        return [[self._places_of(term, field, pages) for term in reading] for reading in readings]

    def _places_of(self, term: str, field: str, pages: Pages) -> spans.Placed:
        if (field, term) not in self._opened:
            self._opened[field, term] = self._snapshot.opened(field, term)
        return places(self._opened[field, term], pages)

    def _readings(self, terms: tuple[str, ...], field: str, is_open: bool) -> list[tuple[str, ...]]:
        """What each word of a phrase may be."""
        readings: list[tuple[str, ...]] = [(term,) for term in terms]
        if is_open:
            readings[-1] = self._expanded(field, Prefix(terms[-1], field))
        return readings

    def _count(self, terms: Iterable[str], field: str) -> int:
        """In how many pages the terms are, those that have several counted as often."""
        return sum(len(self._snapshot.postings(field, term).pages) for term in terms)

    def _any(self, terms: tuple[str, ...], field: str, within: Pages | None) -> Bag:
        if len(terms) == 1:
            return self._snapshot.postings(field, terms[0]).among(within)
        return self._snapshot.union(field, terms).among(within)

    def _phrase(self, terms: tuple[str, ...], field: str, is_open: bool, within: Pages | None) -> Bag:
        """The pages where the terms follow each other; weighed as often as they do.

        In ``about`` a phrase weighs as much as the lightest of its words, for there a word's weight says where it is.
        """
        readings = self._readings(terms, field, is_open)
        bags: list[Bag] = []
        pages = within
        for reading in sorted(readings, key=lambda reading: self._count(reading, field) if len(reading) == 1 else 1e9):
            bags.append(self._any(reading, field, pages))
            pages = bags[-1].pages

        def counted(some: Pages) -> Bag:
            whole = spans.followed_by(self._of_reading(reading, field, some) for reading in readings)
            return spans.by_page(np.unique(whole.ends))

        found = in_parts(bags[-1].pages, counted)
        return lightest(bags, found.pages) if field == "about" else found

    def _of_reading(self, terms: tuple[str, ...], field: str, pages: Pages) -> spans.Spans:
        return spans.joined(spans.of_places(self._places_of(term, field, pages)) for term in terms)
