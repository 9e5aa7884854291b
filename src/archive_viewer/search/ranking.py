"""Which pages answer a query, and how well: BM25F over the words of a page and what is said of it.

A query and a snapshot in, a score for every page that answers out.  Okapi BM25 with fields (Robertson, Zaragoza and
Taylor, “Simple BM25 extension to multiple weighted fields”, 2004): the weight of a word is added up over the fields,
each divided by how long it is, before it is saturated.  Adding whole scores by field instead, as search libraries do,
makes any word of a title win over a sentence of the text.

A phrase, words near each other, and a prefix or pattern with all it stands for, count as a word of their own.  What
must not be there, values and dates decide but do not score.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from archive_viewer import limits
from archive_viewer.search import expansion, forms
from archive_viewer.search.bags import NOTHING, Bag, Pages, added, are_in, best, unweighed
from archive_viewer.search.expansion import fields_of
from archive_viewer.search.kept import Kept
from archive_viewer.search.known_names import KnownNames
from archive_viewer.search.named import Spellings
from archive_viewer.search.query_tree import (
    And,
    Forms,
    Fuzzy,
    Near,
    Not,
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
from archive_viewer.search.weighing import Weighing

SATURATION = 1.2
LENGTH = {"text": 0.75, "about": 0.5}
"""``k1`` and ``b`` of BM25: how soon more of a word adds little, and how much a long field is held against it."""


class Ranking:
    """The answers that one snapshot gives."""

    def __init__(self, snapshot: Snapshot, before: Ranking | None = None) -> None:
        """``before``: what has answered until now; what it knows of the words of segments that stay is taken over."""
        self.snapshot = snapshot
        self._names: KnownNames = before._names if before is not None else KnownNames()
        self.spellings = Spellings(snapshot, self._names)
        self.answers: Kept[tuple[Query, int], Bag] = Kept(limits.POSTINGS_KEPT // 2, _size)
        """The pages of single words and phrases, with their scores."""

    def best(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """Page and score of the ``limit`` best answers; equals in the order in which they were indexed.

        What answers in the very words of the query comes before what has other forms of them.
        """
        reckoning = _Reckoning(self, expansion.words_of_each(query))
        found = reckoning.scores(query)
        if forms.has_forms(query):
            is_exact = are_in(found.pages, reckoning.in_these_words(query, found.pages))
            step = found.weights.max(where=~is_exact, initial=0.0)
            found = Bag(found.pages, found.weights + step * is_exact)
        pages, scores = best(found, limit)
        return list(zip(pages.tolist(), scores.tolist(), strict=True))

    def widened(self, query: Query) -> Query:
        """``query`` with the other forms of its words."""
        return forms.widened(query, self.snapshot.stems)

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
        self._weighing = Weighing(ranking.snapshot, ranking.spellings, most)

    # -- the tree

    def scores(self, query: Query, within: Pages | None = None) -> Bag:
        """The score of each page that answers, of those only that are ``within``."""
        match query:
            case Term() | Forms() | Prefix() | Pattern() | Fuzzy():
                known = self.answers.get((query, self.most))
                if known is None:
                    known = self.answers.keep((query, self.most), self._words(query, None))
                return known.among(within)
            case Phrase() | Sounds() | Near():
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

    def in_these_words(self, query: Query, pages: Pages) -> Pages:
        """Which of the ``pages`` that answer do so without another form of a word."""
        match query:
            case Forms(term, _, field):
                return added(self.snapshot.postings(own, term) for own in fields_of(field)).among(pages).pages
            case And(parts):
                for part in filter(forms.has_forms, parts):
                    pages = self.in_these_words(part, pages)
                return pages
            case Or(parts):
                return added(unweighed(self.in_these_words(part, pages)) for part in parts).pages
        return self.scores(forms.in_language(query, ""), pages).pages

    def _candidates(self, within: Pages | None) -> Pages:
        return self.snapshot.pages if within is None else within

    def _all(self, parts: Iterable[Query], within: Pages | None) -> Bag:
        """Each part is looked for only where all before it were found, beginning with what leaves fewest."""
        found: Bag | None = None
        for part in sorted(parts, key=self._weighing.cost):
            own = self.scores(part, within)
            if found is not None:
                own = Bag(own.pages, own.weights + found.among(own.pages).weights)
            found, within = own, own.pages
        return found or NOTHING

    # -- words, wherever they are sought

    def _words(self, words: Words | Near, within: Pages | None) -> Bag:
        """BM25 of one word, or of what counts as one, over the fields where it is sought."""
        fields = [(field, *self._weighing.in_field(words, field, within)) for field in fields_of(words.field)]
        held = max(count for _, _, count in fields) or max(len(bag.pages) for _, bag, _ in fields)
        rarity = log(1 + (self.snapshot.count - held + 0.5) / (held + 0.5))
        pages, weights = added(self._in_proportion(bag, field) for field, bag, _ in fields)
        return Bag(pages, rarity * (SATURATION + 1) * weights / (weights + SATURATION))

    def _in_proportion(self, bag: Bag, field: str) -> Bag:
        """The weights, less in a field that is longer than usual."""
        share = self.shares.get(field)
        return bag if share is None else Bag(bag.pages, bag.weights * share[bag.pages])


def _size(bag: Bag) -> int:
    return 200 + bag.pages.nbytes + bag.weights.nbytes
