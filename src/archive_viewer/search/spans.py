"""Where words stand in many pages at once, and which of them are near others.

The places of a word in each page in, spans out: two arrays, of where each begins and where the word after it would, the
number of the page in the upper half of each, so that nothing of two pages is ever near.  ``nearness`` says the same of
one text, with the words between; this is for going through thousands of pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive_viewer.search.bags import Bag, Pages
from archive_viewer.search.query_tree import Forms, Fuzzy, Or, Pattern, Phrase, Prefix, Query, Sounds, Term, Words
from archive_viewer.search.token import WIDTH_BITS

_PAGE = 32

Placed = tuple[Pages, NDArray[np.int64]]
"""Where a word stands, as ``Snapshot.places`` gives it."""


def counted(
    parts: Sequence[Query],
    distances: Sequence[int],
    places: Callable[[Words], Iterable[Iterable[Placed]]],
    named: Callable[[Sounds], Spans],
) -> Bag:
    """In how many places of each page the parts of a ``Near`` stand near each other.

    ``places`` gives, for each word of a word or phrase, the places of everything that it may be; ``named`` where a name
    stands otherwise than as it is spelled.
    """
    found = _of(parts[0], places, named)
    for part, distance in zip(parts[1:], distances, strict=True):
        found = near(found, _of(part, places, named), distance)
    return by_page(np.sort(found.starts, kind="stable"))


def _of(
    words: Query,
    places: Callable[[Words], Iterable[Iterable[Placed]]],
    named: Callable[[Sounds], Spans],
) -> Spans:
    match words:
        case Or(parts):
            return joined(_of(part, places, named) for part in parts)
        case Sounds(plain=plain):
            return joined([_of(plain, places, named), named(words)])
        case Term() | Forms() | Prefix() | Pattern() | Fuzzy() | Phrase():
            return followed_by(joined(map(of_places, forms)) for forms in places(words))
    raise ValueError(f"{type(words).__name__} has no place in a text.")


class Spans(NamedTuple):
    """In no order; ``ends`` belong to ``starts``."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def of_places(placed: Placed) -> Spans:
    """The spans of a word."""
    pages, packed = placed
    starts = (pages.astype(np.int64) << _PAGE) + (packed >> WIDTH_BITS)
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


def followed_by(parts: Iterable[Spans]) -> Spans:
    """From where the first begins to where the last ends, wherever all follow each other at once."""
    found, *following = parts
    for one in following:
        found = followed(found, one)
    return found


def followed(first: Spans, second: Spans) -> Spans:
    """From where the first begins to where the second ends, wherever that follows at once."""
    starts, ends = first
    if not (ends[1:] >= ends[:-1]).all():
        order = np.argsort(ends, kind="stable")
        starts, ends = starts[order], ends[order]
    if not len(ends):
        return first
    at = np.searchsorted(ends, second.starts)
    at[at == len(ends)] = 0
    meets = ends[at] == second.starts
    return Spans(starts[at[meets]], second.ends[meets])


def near(first: Spans, second: Spans, distance: int) -> Spans:
    """Those of ``second`` that have one of ``first`` at most so far before or behind; neighbours are 1 apart."""
    # What is in order already, as the places of one word are, is sorted so in one pass.
    starts, ends = np.sort(first.starts, kind="stable"), np.sort(first.ends, kind="stable")
    before = np.searchsorted(ends, second.starts, "right") - 1
    is_near = before >= 0
    is_near[is_near] = second.starts[is_near] - ends[before[is_near]] < distance
    behind = np.searchsorted(starts, second.ends)
    follows = behind < len(starts)
    follows[follows] = starts[behind[follows]] - second.ends[follows] < distance
    is_near |= follows
    return Spans(second.starts[is_near], second.ends[is_near])


def by_page(places: NDArray[np.int64]) -> Bag:
    """In how many places each page has them; ``places`` in order."""
    pages = (places >> _PAGE).astype(np.uint32)
    starts = np.flatnonzero(np.diff(pages, prepend=np.int64(-1)))
    return Bag(pages[starts], np.diff(np.append(starts, len(pages))).astype(np.float64))
