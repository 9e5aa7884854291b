"""Which pages answer a query, and how well: BM25F over the words of a page and what is said of it.

A query and a snapshot in, a score for every page that answers out.  Okapi BM25 with fields (Robertson, Zaragoza and
Taylor, “Simple BM25 extension to multiple weighted fields”, 2004): the weight of a word is added up over the fields,
each divided by how long it is, before it is saturated.  Adding whole scores by field instead, as search libraries do,
makes any word of a title win over a sentence of the text.

A phrase, words near each other, and a prefix or pattern with all it stands for, count as a word of their own.  What
must not be there, values and dates decide but do not score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from archive_viewer import limits
from archive_viewer.search import spans
from archive_viewer.search.bags import NOTHING, Bag, Pages, added, are_in, best, unweighed
from archive_viewer.search.kept import Kept
from archive_viewer.search.query_tree import (
    ANYWHERE,
    And,
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
    Term,
    Value,
    Words,
    open_words,
)
from archive_viewer.search.snapshot import OpenList, Snapshot, places

SATURATION = 1.2
LENGTH = {"text": 0.75, "about": 0.5}
"""``k1`` and ``b`` of BM25: how soon more of a word adds little, and how much a long field is held against it."""

PAGES_AT_ONCE = 4_096
"""Pages whose places are compared at a time: with frequent words a few megabytes."""

UNCERTAIN = 0.5
"""What a word of another spelling counts beside the one that was asked for."""


class Ranking:
    """The answers that one snapshot gives."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.answers: Kept[tuple[Query, int], Bag] = Kept(limits.POSTINGS_KEPT // 2, _size)
        """The pages of single words and phrases, with their scores."""

    def best(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """Page and score of the ``limit`` best answers; equals in the order in which they were indexed."""
        pages, scores = best(_Reckoning(self, _words_of_a_stem(query)).scores(query), limit)
        return list(zip(pages.tolist(), scores.tolist(), strict=True))

    def remarks(self, query: Query) -> list[str]:
        """What the answer leaves out, as sentences."""
        most = _words_of_a_stem(query)
        found: dict[Open, int] = {}
        for words in open_words(query):
            for own in _fields(words.field):
                found[words] = max(found.get(words, 0), self.snapshot.expansion(own, words).found)
        return [
            f"{count:,} words {_meaning(words)}; the {most:,} that stand in most pages were looked for."
            for words, count in found.items()
            if count > most
        ]

    @cached_property
    def shares(self) -> dict[str, NDArray[np.float64]]:
        """For each field that is weighed by its length: page → what is left of a weight in it."""
        shares = {}
        for field, part in LENGTH.items():
            lengths = self.snapshot.numbers(f"{field}_length")
            mean = float(lengths.sum(dtype=np.int64)) / max(1, len(lengths)) or 1.0
            shares[field] = 1 / (1 - part + part * lengths / mean)
        return shares


class _Reckoning:
    """The scores of one query; ``most``: words that one stem may stand for."""

    def __init__(self, ranking: Ranking, most: int) -> None:
        self.snapshot, self.shares, self.answers, self.most = ranking.snapshot, ranking.shares, ranking.answers, most
        self._opened: dict[tuple[str, str], list[OpenList]] = {}

    # -- the tree

    def scores(self, query: Query, within: Pages | None = None) -> Bag:
        """The score of each page that answers, of those only that are ``within``."""
        match query:
            case Term() | Prefix() | Pattern() | Fuzzy():
                known = self.answers.get((query, self.most))
                if known is None:
                    known = self.answers.keep((query, self.most), self._words(query, None))
                return known.among(within)
            case Phrase() | Near():
                return self._words(query, within)
            case Value(value, field):
                return unweighed(self.snapshot.postings(field, value).among(within).pages)
            case Range(field, first, last):
                pages = self._candidates(within)
                numbers = self.snapshot.numbers(field)[pages]
                return unweighed(pages[(numbers >= first) & (numbers <= last)])
            case And(parts):
                return self._all(parts, within)
            case Or(parts):
                return added(self.scores(part, within) for part in parts)
            case Not(part):
                pages = self._candidates(within)
                return unweighed(pages[~are_in(pages, self.scores(part, within).pages)])

    def _candidates(self, within: Pages | None) -> Pages:
        return self.snapshot.pages if within is None else within

    def _all(self, parts: Iterable[Query], within: Pages | None) -> Bag:
        """Each part is looked for only where all before it were found, beginning with what leaves fewest."""
        found: Bag | None = None
        for part in sorted(parts, key=self._cost):
            own = self.scores(part, within)
            if found is not None:
                own = Bag(own.pages, own.weights + found.among(own.pages).weights)
            found, within = own, own.pages
        return found or NOTHING

    def _cost(self, query: Query) -> tuple[int, int]:
        match query:
            case Term(term, field):
                return 0, sum(self._count((term,), own) for own in _fields(field))
            case Value(value, field):
                return 0, self._count((value,), field)
            case Range():
                return 1, 0
            case Prefix() | Pattern() | Fuzzy():
                return 2, 0
            case And() | Or():
                return 3, 0
            case Phrase():
                return 4, 0
            case Near():
                return 5, 0
            case Not():
                return 6, 0

    # -- words, wherever they are sought

    def _words(self, words: Words | Near, within: Pages | None) -> Bag:
        """BM25 of one word, or of what counts as one, over the fields where it is sought."""
        fields = [(field, *self._in_field(words, field, within)) for field in _fields(words.field)]
        held = max(count for _, _, count in fields)
        rarity = log(1 + (self.snapshot.count - held + 0.5) / (held + 0.5))
        pages, weights = added(self._in_proportion(bag, field) for field, bag, _ in fields)
        return Bag(pages, rarity * (SATURATION + 1) * weights / (weights + SATURATION))

    def _in_proportion(self, bag: Bag, field: str) -> Bag:
        """The weights, less in a field that is longer than usual."""
        share = self.shares.get(field)
        return bag if share is None else Bag(bag.pages, bag.weights * share[bag.pages])

    def _in_field(self, words: Query, field: str, within: Pages | None) -> tuple[Bag, int]:
        """The weight of ``words`` in each page that has them in ``field``, and in how many pages they are at all."""
        match words:
            case Term(term):
                postings = self.snapshot.postings(field, term)
                return postings.among(within), len(postings.pages)
            case Prefix() | Pattern() | Fuzzy():
                bag = self._any_of(words, field)
                return bag.among(within), len(bag.pages)
            case Phrase(terms, _, is_open):
                bag = self._phrase(terms, field, is_open, within)
            case Or(parts):
                bag = added(self._in_field(part, field, within)[0] for part in parts)
            case Near(parts, distances):
                bag = self._near(parts, distances, field, within)
            case _:
                raise ValueError(f"{type(words).__name__} is not sought in one field.")
        return bag, len(bag.pages)

    def _expanded(self, field: str, words: Open) -> tuple[str, ...]:
        return self.snapshot.expansion(field, words).terms[: self.most]

    def _any_of(self, words: Open, field: str) -> Bag:
        terms = self._expanded(field, words)
        if not isinstance(words, Fuzzy):
            return self.snapshot.union(field, terms)
        others = self.snapshot.union(field, (term for term in terms if term != words.term))
        asked = self.snapshot.postings(field, words.term)
        return added([asked, others.times(UNCERTAIN)])

    def _near(self, parts: tuple[Query, ...], distances: tuple[int, ...], field: str, within: Pages | None) -> Bag:
        """The pages where the parts stand near each other; weighed as often as they do, in ``about`` as a phrase is."""
        bags: list[Bag] = []
        pages = within
        for part in sorted(parts, key=self._cost):
            bags.append(self._in_field(part, field, pages)[0])
            pages = bags[-1].pages
        every = self._candidates(pages)
        found = _apart(
            every, lambda some: spans.counted(parts, distances, lambda words: self._places(words, field, some))
        )
        return _lightest(bags, found.pages) if field == "about" else found

    def _places(self, words: Words, field: str, pages: Pages) -> list[list[spans.Placed]]:
        """For each word of ``words`` the places of all that it may be, in ``pages``."""
        match words:
            case Term(term):
                readings: list[tuple[str, ...]] = [(term,)]
            case Prefix() | Pattern() | Fuzzy():
                readings = [self._expanded(field, words)]
            case Phrase(terms, _, is_open):
                readings = self._readings(terms, field, is_open)
        return [[self._places_of(term, field, pages) for term in reading] for reading in readings]

    def _places_of(self, term: str, field: str, pages: Pages) -> spans.Placed:
        if (field, term) not in self._opened:
            self._opened[field, term] = self.snapshot.opened(field, term)
        return places(self._opened[field, term], pages)

    def _readings(self, terms: tuple[str, ...], field: str, is_open: bool) -> list[tuple[str, ...]]:
        """What each word of a phrase may be."""
        readings: list[tuple[str, ...]] = [(term,) for term in terms]
        if is_open:
            readings[-1] = self._expanded(field, Prefix(terms[-1], field))
        return readings

    def _count(self, terms: Iterable[str], field: str) -> int:
        """In how many pages the terms are, those that have several counted as often."""
        return sum(len(self.snapshot.postings(field, term).pages) for term in terms)

    def _any(self, terms: tuple[str, ...], field: str, within: Pages | None) -> Bag:
        if len(terms) == 1:
            return self.snapshot.postings(field, terms[0]).among(within)
        return self.snapshot.union(field, terms).among(within)

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
        every = self._candidates(pages)

        def counted(some: Pages) -> Bag:
            whole = spans.followed_by(self._of_reading(reading, field, some) for reading in readings)
            return spans.by_page(np.unique(whole.ends))

        found = _apart(every, counted)
        return _lightest(bags, found.pages) if field == "about" else found

    def _of_reading(self, terms: tuple[str, ...], field: str, pages: Pages) -> spans.Spans:
        return spans.joined(spans.of_places(self._places_of(term, field, pages)) for term in terms)


def _apart(pages: Pages, count: Callable[[Pages], Bag]) -> Bag:
    """What ``count`` makes of some of the pages at a time: places of a frequent word take much memory."""
    parts = [count(pages[at : at + PAGES_AT_ONCE]) for at in range(0, len(pages), PAGES_AT_ONCE)]
    return added(parts)


def _lightest(bags: list[Bag], pages: Pages) -> Bag:
    """The least that ``pages`` weigh in any of the bags, all of which have them."""
    return Bag(pages, np.minimum.reduce([bag.among(pages).weights for bag in bags]))


def _size(bag: Bag) -> int:
    return 200 + bag.pages.nbytes + bag.weights.nbytes


def _words_of_a_stem(query: Query) -> int:
    """How many words each open part of ``query`` may stand for."""
    count = sum(1 for _ in open_words(query))
    return min(limits.QUERY_EXPANSION, limits.QUERY_EXPANSION_IN_ALL // max(1, count))


def _meaning(words: Open) -> str:
    match words:
        case Prefix(stem):
            return f"begin with “{stem}”"
        case Pattern(pattern):
            return f"are of the form “{pattern}”"
        case Fuzzy(term):
            return f"are like “{term}”"


def _fields(field: str) -> tuple[str, ...]:
    """The fields of the index that hold what is sought in ``field``."""
    return ("text", "about") if field == ANYWHERE else (field,)
