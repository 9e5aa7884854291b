"""Where a name stands in the pages of an index, in every spelling: a name and a snapshot in, weights of pages out.

Separate from ``ranking``, which knows what a query is worth: here a name becomes the words of the index that it may be,
alone or one behind the other.  A spelling that is less like the name counts less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from heapq import nlargest
from itertools import pairwise
from typing import Any

import numpy as np

from archive_viewer import limits
from archive_viewer.search import pinyin, spans
from archive_viewer.search.bags import NOTHING, Bag, Pages, added, heaviest, in_parts, lightest
from archive_viewer.search.known_names import KnownNames, pair_key
from archive_viewer.search.names import Name, groupings, halves, name
from archive_viewer.search.query_tree import Sounds
from archive_viewer.search.snapshot import Snapshot

OTHERWISE = 0.5
"""What a name that is spelled otherwise counts, at most, beside one that is spelled as it was asked for."""

Chain = tuple[str, ...]
"""Terms that follow each other."""

Places = Callable[[str, str, Pages], spans.Placed]
"""Where a term of a field stands in pages."""


class Spellings:
    """What names are in one snapshot; remembered as long as that is."""

    def __init__(self, snapshot: Snapshot, known: KnownNames) -> None:
        self._snapshot, self._known = snapshot, known
        known.forget_but(snapshot.segment_names)
        self._alike: dict[tuple[str, str], dict[str, float]] = {}
        self._pairs: dict[tuple[str, str], list[Chain]] = {}

    def weights(self, words: Sounds, field: str, within: Pages | None, places: Places) -> Bag:
        """The weight of the spellings other than the typed one, in each page that has some."""
        bags: list[Bag] = []
        for names in groupings(words.words):
            if len(names) > 1:
                bags.append(self._apart([self._forms(one, field) for one in names], field, within, places))
                continue
            for term, like in self._words(names[0], field).items():
                if (term,) != words.words:
                    own = self._snapshot.postings(field, term).among(within)
                    bags.append(own.times(OTHERWISE * like * like))
            bags.append(self._apart([self._together(names[0], field)], field, within, places))
        for chain in self._chinese(words.words, field):
            bags.append(self._apart([[(term,)] for term in chain], field, within, places))
        return added(bags)

    def places(self, words: Sounds, field: str, pages: Pages, places: Places) -> spans.Spans:
        """Where all its spellings stand in ``pages``, but for that which was typed."""
        ways = [[self._forms(one, field) for one in way] for way in groupings(words.words)]
        ways += [[[(term,)] for term in chain] for chain in self._chinese(words.words, field)]
        return spans.joined(_followed(way, field, pages, places) for way in ways)

    # -- words of the index -------------------------------------------------------------------------------------

    def _words(self, sought: Name, field: str) -> dict[str, float]:
        """The terms that a name may be, the likest first."""
        place = (sought.word, field)
        if place not in self._alike:
            found = sought.alike(self._known.with_keys(field, self._snapshot.lists(field), sought.readings))
            best = nlargest(limits.NAME_SPELLINGS, found, key=found.__getitem__)
            _make_room(self._alike)
            self._alike[place] = {term: found[term] for term in best}
        return self._alike[place]

    def _forms(self, sought: Name, field: str) -> list[Chain]:
        """The terms that a name may be, and pairs of such that it may be together."""
        return [(term,) for term in self._words(sought, field)] + self._together(sought, field)

    def _together(self, sought: Name, field: str) -> list[Chain]:
        place = (sought.word, field)
        if place not in self._pairs:
            pairs: list[tuple[str, str]] = []
            for begun, ended in halves(sought.word):
                firsts, seconds = (
                    list(self._words(name(half), field))[: limits.NAME_HALVES] for half in (begun, ended)
                )
                pairs += [(first, second) for first in firsts for second in seconds]
            found = sought.alike_pairs(pairs, are_halves=True)
            _make_room(self._pairs)
            self._pairs[place] = [*nlargest(limits.NAME_SPELLINGS, found, key=found.__getitem__)]
        return self._pairs[place]

    def _chinese(self, words: Chain, field: str) -> Iterator[Chain]:
        """Pairs of Chinese characters, one going on where the other ends, that are the syllables of a name."""
        for way in pinyin.ways(words):
            chains: list[Chain] = [()]
            for pair in pairwise(way):
                terms = self._known.with_keys(field, self._snapshot.lists(field), [pair_key(*pair)])
                chains = [
                    (*chain, term) for chain in chains for term in terms if not chain or chain[-1][1:] == term[:1]
                ]
            yield from chains[: limits.NAME_HALVES]

    # -- where they stand ---------------------------------------------------------------------------------------

    def _apart(self, parts: list[list[Chain]], field: str, within: Pages | None, places: Places) -> Bag:
        """The weight of pages where the parts of a name, each in one of its forms, follow each other."""
        bags: list[Bag] = []
        pages = within
        for forms in parts:
            bags.append(heaviest(self._held(chain, field, pages) for chain in forms))
            pages = bags[-1].pages
        if pages is None or not len(pages):
            return NOTHING

        def counted(some: Pages) -> Bag:
            return spans.by_page(np.sort(_followed(parts, field, some, places).starts))

        found = in_parts(pages, counted)
        return (lightest(bags, found.pages) if field == "about" else found).times(OTHERWISE)

    def _held(self, chain: Chain, field: str, within: Pages | None) -> Bag:
        """The pages that have all terms, and the least weight of one."""
        bags: list[Bag] = []
        pages = within
        for term in chain:
            bags.append(self._snapshot.postings(field, term).among(pages))
            pages = bags[-1].pages
        return lightest(bags, bags[-1].pages)


def _followed(parts: list[list[Chain]], field: str, pages: Pages, places: Places) -> spans.Spans:
    """Where one form of each part follows one of the part before."""
    return spans.followed_by(
        spans.joined(
            spans.followed_by(spans.of_places(places(term, field, pages)) for term in chain) for chain in forms
        )
        for forms in parts
    )


def _make_room(remembered: MutableMapping[tuple[str, str], Any]) -> None:
    if len(remembered) > limits.NAMES_FOUND:
        remembered.clear()
