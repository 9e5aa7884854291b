"""Which pages answer a query, and how well: BM25F over the words of a page and what is said of it.

A query and a snapshot in, a score for every page that answers out.  Okapi BM25 with fields (Robertson, Zaragoza and
Taylor, “Simple BM25 extension to multiple weighted fields”, 2004): the weight of a word is added up over the fields,
each divided by how long it is, before it is saturated.  Adding whole scores by field instead, as search libraries do,
makes any word of a title win over a sentence of the text.

A phrase, and a prefix with all it stands for, counts as a word of its own.  What must not be there, and dates, decide
but do not score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from functools import cached_property
from heapq import nlargest
from math import log

from archive_viewer import limits
from archive_viewer.search.query_tree import ANYWHERE, And, Not, Or, Phrase, Prefix, Query, Range, Term, Words, stems
from archive_viewer.search.snapshot import Snapshot
from archive_viewer.search.token import WIDTH_BITS

SATURATION = 1.2
LENGTH = {"text": 0.75, "about": 0.5}
"""``k1`` and ``b`` of BM25: how soon more of a word adds little, and how much a long field is held against it."""

Bag = dict[int, float]
"""Page → the weight of something in it, or its score."""


class Ranking:
    """The answers that one snapshot gives."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def best(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """Page and score of the ``limit`` best answers; equals in the order in which they were indexed."""
        scores = _Reckoning(self, _words_of_a_stem(query)).scores(query)
        found = nlargest(limit, ((score, -page) for page, score in scores.items()))
        return [(-page, score) for score, page in found]

    def remarks(self, query: Query) -> list[str]:
        """What the answer leaves out, as sentences."""
        most = _words_of_a_stem(query)
        found: dict[str, int] = {}
        for field, stem in stems(query):
            for own in _fields(field):
                found[stem] = max(found.get(stem, 0), self.snapshot.expansion(own, stem).found)
        return [
            f"{count:,} words begin with “{stem}”; the {most:,} that stand in most pages were looked for."
            for stem, count in found.items()
            if count > most
        ]

    @cached_property
    def shares(self) -> dict[str, list[float]]:
        """For each field that is weighed by its length: page → what is left of a weight in it."""
        shares = {}
        for field, part in LENGTH.items():
            lengths = self.snapshot.numbers(f"{field}_length")
            mean = sum(lengths) / max(1, len(lengths)) or 1.0
            shares[field] = [1 / (1 - part + part * length / mean) for length in lengths]
        return shares


class _Reckoning:
    """The scores of one query; ``most``: words that one stem may stand for."""

    def __init__(self, ranking: Ranking, most: int) -> None:
        self.snapshot, self.shares, self.most = ranking.snapshot, ranking.shares, most

    # -- the tree

    def scores(self, query: Query, within: Container[int] | None = None) -> Bag:
        """The score of each page that answers; with ``within``, others than these may be left out."""
        match query:
            case Term() | Prefix() | Phrase():
                return self._saturated(self._bag(query, within))
            case Range(field, first, last):
                numbers = self.snapshot.numbers(field)
                return {page: 0.0 for page in self.snapshot.pages if first <= numbers[page] <= last}
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return _added(self.scores(part, within) for part in parts)
            case Not(part):
                unwanted = self.scores(part, within)
                return {page: 0.0 for page in self.snapshot.pages if page not in unwanted}

    def _all(self, parts: Iterable[Query]) -> Bag:
        found: Bag | None = None
        for part in sorted(parts, key=_cost):
            if isinstance(part, Not) and found is not None:
                unwanted = self.scores(part.part, found)
                found = {page: score for page, score in found.items() if page not in unwanted}
                continue
            own = self.scores(part, found)
            if found is None:
                found = own
            elif len(found) <= len(own):
                found = {page: score + own[page] for page, score in found.items() if page in own}
            else:
                found = {page: score + found[page] for page, score in own.items() if page in found}
            if not found:
                break
        return found or {}

    def _saturated(self, bag: Bag) -> Bag:
        count = self.snapshot.count
        rarity = log(1 + (count - len(bag) + 0.5) / (len(bag) + 0.5))
        return {page: rarity * (SATURATION + 1) * weight / (weight + SATURATION) for page, weight in bag.items()}

    # -- words, wherever they are sought

    def _bag(self, words: Words, within: Container[int] | None) -> Bag:
        fields = _fields(words.field)
        return _added(self._in_proportion(self._in_field(words, field, within), field) for field in fields)

    def _in_proportion(self, bag: Bag, field: str) -> Bag:
        """The weights, less in a field that is longer than usual."""
        share = self.shares.get(field)
        return bag if share is None else {page: weight * share[page] for page, weight in bag.items()}

    def _in_field(self, words: Words, field: str, within: Container[int] | None) -> Bag:
        match words:
            case Term(term):
                return self.snapshot.postings(field, term).by_page()
            case Prefix(stem):
                return self._any(self.snapshot.expansion(field, stem).terms[: self.most], field)
            case Phrase(terms, _, is_open):
                return self._phrase(terms, field, is_open, within)

    def _any(self, terms: Iterable[str], field: str) -> Bag:
        return _added(self.snapshot.postings(field, term).by_page() for term in terms)

    def _phrase(self, terms: tuple[str, ...], field: str, is_open: bool, within: Container[int] | None) -> Bag:
        snapshot = self.snapshot
        readings: list[tuple[str, ...]] = [(term,) for term in terms]
        if is_open:
            readings[-1] = snapshot.expansion(field, terms[-1]).terms[: self.most]
        bags = [self._any(reading, field) for reading in readings]
        shortest = min(bags, key=len)
        pages = {page for page in shortest if (within is None or page in within) and all(page in bag for bag in bags)}
        ends: dict[int, set[int]] = {}
        for n, reading in enumerate(readings):
            reached: defaultdict[int, set[int]] = defaultdict(set)
            for term in reading:
                own = [page for page in snapshot.postings(field, term).pages if page in pages]
                for page, places in snapshot.places(field, term, own).items():
                    for place in places:
                        position, width = place >> WIDTH_BITS, (place & (1 << WIDTH_BITS) - 1) + 1
                        if n == 0 or position in ends[page]:
                            reached[page].add(position + width)
            ends = reached
            pages = set(ends)
        if field == "about":
            return {page: min(bag[page] for bag in bags) for page in pages}
        return {page: float(len(ends[page])) for page in pages}


def _words_of_a_stem(query: Query) -> int:
    """How many words each stem of ``query`` may stand for."""
    count = sum(1 for _ in stems(query))
    return min(limits.QUERY_EXPANSION, limits.QUERY_EXPANSION_IN_ALL // max(1, count))


def _fields(field: str) -> tuple[str, ...]:
    """The fields of the index that hold what is sought in ``field``."""
    return ("text", "about") if field == ANYWHERE else (field,)


def _added(bags: Iterable[Bag]) -> Bag:
    """One bag of several; the first is used up."""
    whole: Bag = {}
    for bag in bags:
        if not whole:
            whole = bag
            continue
        for page, weight in bag.items():
            whole[page] = whole.get(page, 0.0) + weight
    return whole


def _cost(query: Query) -> int:
    """What to look at first: that which is cheap and leaves few; phrases last, and then what must not be there."""
    match query:
        case Term() | Range():
            return 0
        case Prefix():
            return 1
        case And() | Or():
            return 2
        case Phrase():
            return 3
        case Not():
            return 4
