"""Pages and what something weighs in each: sets of pages joined and cut, over whole arrays.

What ``ranking`` reckons with; separate because nothing here knows queries or files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Pages = NDArray[np.uint32]
"""Numbers of pages in ascending order, each once."""

AT_ONCE = 4_096
"""Pages whose places are compared at a time: with frequent words a few megabytes."""

_SPARSE = 16
"""How many times more pages there must be than weights to be added for these to be sorted instead of counted."""


class Bag(NamedTuple):
    """Pages, and the weight of something in each, or their scores."""

    pages: Pages
    weights: NDArray[np.float64]

    def among(self, within: Pages | None) -> Bag:
        """Those of the pages that are ``within``."""
        if within is None or within is self.pages:
            return self
        kept = are_in(self.pages, within)
        return Bag(self.pages[kept], self.weights[kept])

    def times(self, factor: float) -> Bag:
        return Bag(self.pages, self.weights * factor)


NOTHING = Bag(np.empty(0, np.uint32), np.empty(0))


def unweighed(pages: Pages) -> Bag:
    """The pages, with a score of 0."""
    return Bag(pages, np.zeros(len(pages)))


def are_in(pages: Pages, within: Pages) -> NDArray[np.bool_]:
    """For each of ``pages`` whether it is ``within``."""
    if not len(pages) or not len(within):
        return np.zeros(len(pages), np.bool_)
    if len(pages) * _SPARSE < len(within):
        at = within.searchsorted(pages)
        at[at == len(within)] = 0
        is_there: NDArray[np.bool_] = within[at] == pages
        return is_there
    has = np.zeros(max(int(pages[-1]), int(within[-1])) + 1, np.bool_)
    has[within] = True
    return has[pages]


def added(bags: Iterable[Bag]) -> Bag:
    """One bag of several, the weights of a page added up."""
    parts = [bag for bag in bags if len(bag.pages)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    size = max(int(bag.pages[-1]) for bag in parts) + 1
    total = sum(len(bag.pages) for bag in parts)
    if total * _SPARSE < size:
        return _sorted(parts, np.add)
    sums, has = np.zeros(size), np.zeros(size, np.bool_)
    for bag in parts:
        sums[bag.pages] += bag.weights
        has[bag.pages] = True
    found = has.nonzero()[0].astype(np.uint32)
    return Bag(found, sums[found])


def heaviest(bags: Iterable[Bag]) -> Bag:
    """One bag of several, of the weights of a page the greatest."""
    parts = [bag for bag in bags if len(bag.pages)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    return _sorted(parts, np.maximum)


def lightest(bags: Iterable[Bag], pages: Pages) -> Bag:
    """The least that ``pages`` weigh in any of the bags, all of which have them."""
    return Bag(pages, np.minimum.reduce([bag.among(pages).weights for bag in bags]))


def in_parts(pages: Pages, count: Callable[[Pages], Bag]) -> Bag:
    """What ``count`` makes of some of the pages at a time: places of a frequent word take much memory."""
    return added([count(pages[at : at + AT_ONCE]) for at in range(0, len(pages), AT_ONCE)])


def _sorted(bags: Sequence[Bag], join: np.ufunc) -> Bag:
    pages = np.concatenate([bag.pages for bag in bags])
    order = pages.argsort(kind="stable")
    pages = pages[order]
    starts = np.flatnonzero(np.diff(pages, prepend=pages[0] + 1))
    weights = np.concatenate([bag.weights for bag in bags])[order]
    return Bag(pages[starts], join.reduceat(weights, starts))


def best(bag: Bag, limit: int) -> Bag:
    """The ``limit`` with the highest scores, highest first; equals in the order of their pages."""
    pages, scores = bag
    if limit < 1:
        return NOTHING
    if len(pages) > limit:
        kept = (scores >= np.partition(scores, len(scores) - limit)[-limit]).nonzero()[0]
        pages, scores = pages[kept], scores[kept]
    order = np.argsort(-scores, kind="stable")[:limit]
    return Bag(pages[order], scores[order])
