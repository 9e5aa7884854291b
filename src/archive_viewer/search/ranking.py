"""Which pages answer a query, and how well: BM25F over the words of a page and what is said of it.

A query and a snapshot in, a score for every page that answers out.  Okapi BM25 with fields (Robertson, Zaragoza and
Taylor, “Simple BM25 extension to multiple weighted fields”, 2004): the weight of a word is added up over the fields,
each divided by how long it is, before it is saturated.  Adding whole scores by field instead, as search libraries do,
makes any word of a title win over a sentence of the text.

A phrase, words near each other, and a prefix or pattern with all it stands for, count as a word of their own.  What
must not be there, values and dates decide but do not score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from archive_viewer.search import expansion, forms
from archive_viewer.search.expansion import fields_of
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
from archive_viewer.search.snapshot import Snapshot
from archive_viewer.search.token import WIDTH_BITS

if TYPE_CHECKING:
    from archive_viewer.search.known_names import KnownNames
    from archive_viewer.search.named import Spellings

SATURATION = 1.2
LENGTH = {"text": 0.75, "about": 0.5}
"""``k1`` and ``b`` of BM25: how soon more of a word adds little, and how much a long field is held against it."""

_STARTS = -1 << WIDTH_BITS
"""The part of a packed place that says where it begins."""

OTHER_FORM = 0.1
"""What another form of a word counts beside the one that was asked for: with more, pages that are known to hold the
very words asked for are found later among the first ten (``tests/benchmarks/search_quality.py``)."""

UNCERTAIN = 0.5
"""What a word of another spelling counts beside the one that was asked for."""

Places = dict[int, list[int]]
"""Page → where a word stands in it, as ``tokenizer.places`` packs it."""

Bag = dict[int, float]
"""Page → the weight of something in it, or its score."""


class Ranking:
    """The answers that one snapshot gives."""

    def __init__(self, snapshot: Snapshot, before: Ranking | None = None) -> None:
        """``before``: what has answered until now; what it knows of the words of segments that stay is taken over."""
        self.snapshot = snapshot
        self._names: KnownNames | None = before._names if before is not None else None

    @cached_property
    def spellings(self) -> Spellings:
        # NumPy takes a tenth of a second to load, and most queries do without.
        from archive_viewer.search.known_names import KnownNames
        from archive_viewer.search.named import Spellings

        self._names = self._names or KnownNames()
        return Spellings(self.snapshot, self._names)

    def best(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """Page and score of the ``limit`` best answers; equals in the order in which they were indexed.

        What answers in the very words of the query comes before what has other forms of them.
        """
        reckoning = _Reckoning(self, expansion.words_of_each(query))
        scores = reckoning.scores(query)
        if forms.has_forms(query):
            exact = reckoning.in_these_words(query, scores)
            step = max((score for page, score in scores.items() if page not in exact), default=0.0)
            if step:
                scores = {page: score + step if page in exact else score for page, score in scores.items()}
        found = nlargest(limit, ((score, -page) for page, score in scores.items()))
        return [(-page, score) for score, page in found]

    def widened(self, query: Query) -> Query:
        """``query`` with the other forms of its words."""
        return forms.widened(query, self.snapshot.stems)

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
        self._ranking = ranking

    # -- the tree

    def scores(self, query: Query, within: Bag | None = None) -> Bag:
        """The score of each page that answers, of those only that are ``within``."""
        match query:
            case Term() | Forms() | Prefix() | Pattern() | Fuzzy() | Phrase() | Sounds() | Near():
                return self._words(query, within)
            case Value(value, field):
                found = self.snapshot.postings(field, value).among(within)
                return dict.fromkeys(found, 0.0)
            case Range(field, first, last):
                numbers = self.snapshot.numbers(field)
                return {page: 0.0 for page in self._candidates(within) if first <= numbers[page] <= last}
            case And(parts):
                return self._all(parts, within)
            case Or(parts):
                return _added(self.scores(part, within) for part in parts)
            case Not(part):
                unwanted = self.scores(part, within)
                return {page: 0.0 for page in self._candidates(within) if page not in unwanted}

    def in_these_words(self, query: Query, scores: Bag) -> Collection[int]:
        """Which of the pages that answer, whose ``scores`` these are, do so without another form of a word."""
        match query:
            case Forms(term, _, field):
                return set().union(*(self.snapshot.postings(own, term).pages for own in fields_of(field)))
            case And(parts):
                own = [self.in_these_words(part, scores) for part in parts if forms.has_forms(part)]
                return set(scores).intersection(*own)
            case Or(parts):
                return set().union(*(self.in_these_words(part, scores) for part in parts))
        return self.scores(forms.in_language(query, ""), scores)

    def _candidates(self, within: Bag | None) -> Iterable[int]:
        return self.snapshot.pages if within is None else within

    def _all(self, parts: Iterable[Query], within: Bag | None) -> Bag:
        """Each part is looked for only where all before it were found, beginning with what leaves fewest."""
        found = within
        scores: Bag = {}
        for part in sorted(parts, key=self._cost):
            own = self.scores(part, found)
            scores = own if found is within else {page: score + scores[page] for page, score in own.items()}
            found = scores
        return scores

    def _cost(self, query: Query) -> tuple[int, int]:
        match query:
            case Term(term, field):
                return 0, sum(self._count((term,), own) for own in fields_of(field))
            case Forms(term, others, field):
                every = (term, *(one for _, terms in others for one in terms))
                return 0, sum(self._count(every, own) for own in fields_of(field))
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

    # -- words, wherever they are sought

    def _words(self, words: Words | Near, within: Bag | None) -> Bag:
        """BM25 of one word, or of what counts as one, over the fields where it is sought."""
        fields = [(field, *self._in_field(words, field, within)) for field in fields_of(words.field)]
        held = max(count for _, _, count in fields) or max(len(bag) for _, bag, _ in fields)
        rarity = log(1 + (self.snapshot.count - held + 0.5) / (held + 0.5))
        weights = _added(self._in_proportion(bag, field) for field, bag, _ in fields)
        return {page: rarity * (SATURATION + 1) * weight / (weight + SATURATION) for page, weight in weights.items()}

    def _in_proportion(self, bag: Bag, field: str) -> Bag:
        """The weights, less in a field that is longer than usual."""
        share = self.shares.get(field)
        return bag if share is None else {page: weight * share[page] for page, weight in bag.items()}

    def _in_field(self, words: Query, field: str, within: Bag | None) -> tuple[Bag, int]:
        """The weight of ``words`` in each page that has them in ``field``, and in how many pages they are at all."""
        match words:
            case Term(term):
                postings = self.snapshot.postings(field, term)
                return postings.among(within), len(postings.pages)
            case Forms(term, others):
                return self._forms(term, others, field, within)
            case Prefix() | Pattern() | Fuzzy():
                bag = self._any_of(words, field)
                return (bag if within is None else {page: bag[page] for page in within if page in bag}), len(bag)
            case Phrase(terms, _, is_open):
                bag = self._phrase(terms, field, is_open, within)
                return bag, len(bag)
            case Or(parts):
                bag = _added(self._in_field(part, field, within)[0] for part in parts)
                return bag, len(bag)
            case Sounds(plain=plain):
                asked = self._in_field(plain, field, within)[0]
                bag = _added([asked, self._ranking.spellings.weights(words, field, within)])
                return bag, len(bag)
            case Near(parts, distances):
                bag = self._near(parts, distances, field, within)
                return bag, len(bag)
        raise ValueError(f"{type(words).__name__} is not sought in one field.")

    def _expanded(self, field: str, words: Open) -> tuple[str, ...]:
        return self.snapshot.expansion(field, words).terms[: self.most]

    def _any_of(self, words: Open, field: str) -> Bag:
        terms = self._expanded(field, words)
        if not isinstance(words, Fuzzy):
            return self._any(terms, field, None)
        others = self._any((term for term in terms if term != words.term), field, None)
        asked = self._any((words.term,) if words.term in terms else (), field, None)
        return _added([asked, {page: UNCERTAIN * weight for page, weight in others.items()}])

    def _forms(
        self, term: str, others: tuple[tuple[str, tuple[str, ...]], ...], field: str, within: Bag | None
    ) -> tuple[Bag, int]:
        """A word with its other forms, which count less, and only in pages of their language; and in how many pages
        its very form is: a rare form of a frequent word is a rare word."""
        postings = self.snapshot.postings(field, term)
        whole = postings.among(within)
        for algorithm, terms in others:
            pages = self.snapshot.stemmed(algorithm)
            for one in terms:
                for page, weight in self.snapshot.postings(field, one).among(within).items():
                    if page in pages:
                        whole[page] = whole.get(page, 0.0) + OTHER_FORM * weight
        return whole, len(postings.pages)

    def _near(self, parts: tuple[Query, ...], distances: tuple[int, ...], field: str, within: Bag | None) -> Bag:
        """The pages where the parts stand near each other; weighed as often as they do, in ``about`` as a phrase is."""
        bags: list[Bag] = []
        pages = within
        for part in sorted(parts, key=self._cost):
            bags.append(self._in_field(part, field, pages)[0])
            pages = bags[-1]
        every = sorted(pages or ())
        # NumPy takes a tenth of a second to load, and most queries do without.
        from archive_viewer.search import spans

        counts = spans.counted(
            parts,
            distances,
            lambda words: self._places(words, field, every),
            lambda words: self._ranking.spellings.places(words, field, every),
        )
        if field == "about":
            return {page: min(bag[page] for bag in bags) for page in counts}
        return counts

    def _places(self, words: Words, field: str, pages: list[int]) -> list[list[Places]]:
        """For each word of ``words`` the places of all that it may be, in ``pages`` (ascending)."""
        match words:
            case Forms(term, others):
                found = [self.snapshot.places(field, term, pages)]
                for algorithm, terms in others:
                    own = self.snapshot.stemmed(algorithm)
                    here = [page for page in pages if page in own]
                    found += (self.snapshot.places(field, one, here) for one in terms)
                return [found]
            case Term(term):
                readings: list[tuple[str, ...]] = [(term,)]
            case Prefix() | Pattern() | Fuzzy():
                readings = [self._expanded(field, words)]
            case Phrase(terms, own, is_open):
                readings = [(term,) for term in terms]
                if is_open:
                    readings[-1] = self._expanded(field, Prefix(terms[-1], own))
            case Sounds():
                raise ValueError("A name is several words, or one.")
        return [[self.snapshot.places(field, term, pages) for term in reading] for reading in readings]

    def _count(self, terms: Iterable[str], field: str) -> int:
        """In how many pages the terms are, those that have several counted as often."""
        return sum(len(self.snapshot.postings(field, term).pages) for term in terms)

    def _any(self, terms: Iterable[str], field: str, within: Bag | None) -> Bag:
        return _added(self.snapshot.postings(field, term).among(within) for term in terms)

    def _phrase(self, terms: tuple[str, ...], field: str, is_open: bool, within: Bag | None) -> Bag:
        """The pages where the terms follow each other; weighed as often as they do.

        In ``about`` a phrase weighs as much as the lightest of its words, for there a word's weight says where it is.
        """
        snapshot = self.snapshot
        readings: list[tuple[str, ...]] = [(term,) for term in terms]
        if is_open:
            readings[-1] = self._expanded(field, Prefix(terms[-1]))
        bags: list[Bag] = []
        pages = within
        for reading in sorted(
            readings, key=lambda reading: sum(len(snapshot.postings(field, t).pages) for t in reading)
        ):
            bags.append(self._any(reading, field, pages))
            pages = bags[-1]
        ends: dict[int, set[int]] = {}
        for n, reading in enumerate(readings):
            reached: dict[int, set[int]] = {}
            for term in reading:
                own = sorted(snapshot.postings(field, term).among(ends if n else pages))
                for page, places in snapshot.places(field, term, own).items():
                    begun = ends[page] if n else None
                    # The place of the word after each that stands at one of these: a joined form is several wide.
                    after = {
                        (place & _STARTS) + ((place & ~_STARTS) + 1 << WIDTH_BITS)
                        for place in places
                        if begun is None or place & _STARTS in begun
                    }
                    if after:
                        reached[page] = reached[page] | after if page in reached else after
            ends = reached
        if field == "about":
            return {page: min(bag[page] for bag in bags) for page in ends}
        return {page: float(len(places)) for page, places in ends.items()}


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
