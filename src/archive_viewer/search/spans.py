"""Where words stand in many pages at once, and which of them are near others.

The places of a word in each page in, spans out: two arrays, of where each begins and where the word after it would, the
number of the page in the upper half of each, so that nothing of two pages is ever near.  ``nearness`` says the same of
one text, with the words between; this is for going through thousands of pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive_viewer.search.query_tree import Forms, Fuzzy, Or, Pattern, Phrase, Prefix, Query, Sounds, Term, Words
from archive_viewer.search.token import WIDTH_BITS

_PAGE = 32


def counted(
    parts: Sequence[Query],
    distances: Sequence[int],
    places: Callable[[Words], Iterable[Iterable[Mapping[int, list[int]]]]],
    named: Callable[[Sounds], Spans],
) -> dict[int, float]:
    """In how many places of each page the parts of a ``Near`` stand near each other.

    ``places`` gives, for each word of a word or phrase, the places of everything that it may be; ``named`` where a name
    stands otherwise than as it is spelled.
    """
    found = _of(parts[0], places, named)
    for part, distance in zip(parts[1:], distances, strict=True):
        found = near(found, _of(part, places, named), distance)
    return by_page(found)


def _of(
    words: Query,
    places: Callable[[Words], Iterable[Iterable[Mapping[int, list[int]]]]],
    named: Callable[[Sounds], Spans],
) -> Spans:
    match words:
        case Or(parts):
            return joined(_of(part, places, named) for part in parts)
        case Sounds(plain=plain):
            return joined([_of(plain, places, named), named(words)])
        case Term() | Forms() | Prefix() | Pattern() | Fuzzy() | Phrase():
            first, *following = (joined(map(of_places, forms)) for forms in places(words))
            for one in following:
                first = followed(first, one)
            return first
    raise ValueError(f"{type(words).__name__} has no place in a text.")


class Spans(NamedTuple):
    """In no order; ``ends`` belong to ``starts``."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def of_places(places: Mapping[int, list[int]]) -> Spans:
    """The spans of a word; ``places`` by page, as ``tokenizer.places`` packs them."""
    counts = [len(found) for found in places.values()]
    packed = np.fromiter(chain.from_iterable(places.values()), np.int64, sum(counts))
    pages = np.repeat(np.fromiter(places, np.int64, len(places)) << _PAGE, counts)
    starts = pages + (packed >> WIDTH_BITS)
    return Spans(starts, starts + (packed & (1 << WIDTH_BITS) - 1) + 1)


def joined(parts: Iterable[Spans]) -> Spans:
    """All spans of several words."""
    found = list(parts)
    nothing = np.empty(0, np.int64)
    return (
        Spans(*(np.concatenate([nothing, *arrays]) for arrays in zip(*found, strict=True)))
        if found
        else Spans(nothing, nothing)
    )


def followed(first: Spans, second: Spans) -> Spans:
    """From where the first begins to where the second ends, wherever that follows at once."""
    order = np.argsort(first.ends)
    ends = first.ends[order]
    at = np.searchsorted(ends, second.starts)
    meets = at < len(ends)
    meets[meets] = ends[at[meets]] == second.starts[meets]
    return Spans(first.starts[order][at[meets]], second.ends[meets])


def near(first: Spans, second: Spans, distance: int) -> Spans:
    """Those of ``second`` that have one of ``first`` at most so far before or behind; neighbours are 1 apart."""
    starts, ends = np.sort(first.starts), np.sort(first.ends)
    before = np.searchsorted(ends, second.starts, "right") - 1
    is_near = before >= 0
    is_near[is_near] = second.starts[is_near] - ends[before[is_near]] < distance
    behind = np.searchsorted(starts, second.ends)
    follows = behind < len(starts)
    follows[follows] = starts[behind[follows]] - second.ends[follows] < distance
    is_near |= follows
    return Spans(second.starts[is_near], second.ends[is_near])


def by_page(found: Spans) -> dict[int, float]:
    """In how many places each page has them."""
    pages, counts = np.unique(found.starts >> _PAGE, return_counts=True)
    return dict(zip(pages.tolist(), counts.astype(float).tolist(), strict=True))
