"""The skeleton: a page's elements and the blocks they hold, as arrays of numbers.

A page in, arrays out: one row for each element, or one for each block.  Separate from the features, which are read
off it, because all that is handed down from element to element is worked out here, one level of the tree at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archive_viewer.cleaning.drafts import Page
from archive_viewer.model import Reason

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

TAGS = tuple(
    "p div li h1 h2 h3 h4 h5 h6 td th a span section article blockquote pre dt dd figcaption button label summary "
    "header footer nav aside main form body ul ol table figure tr center".split()
)
_TAG_NUMBERS: Mapping[str, int] = {tag: number for number, tag in enumerate(TAGS, 1)}

AROUND = tuple(
    "nav header footer aside main article form section ul ol table figure button dl pre blockquote details dialog li "
    "h p tr center".split()
)
"""Elements whose distance above a block is told; ``h`` is a heading of any rank."""
_AROUND_NUMBERS: Mapping[str, int] = {
    **{tag: number for number, tag in enumerate(AROUND)},
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), AROUND.index("h")),
}
_FURTHEST = 60
"""Levels between a block and an element that still has to do with it."""


class Skeleton:
    """The elements of a page, parents before children, and its blocks; there must be a block at least.

    By element: ``parent`` (the root's is itself), ``first`` and ``last`` (the blocks it holds), ``depth``, ``tag`` (a
    number, 0 for one that is not told apart), ``above`` (the nearest ancestor that holds more blocks), ``around``
    (levels up to each of ``AROUND``, -1: in none).  By block: ``own`` (its element).
    """

    def __init__(self, page: Page) -> None:
        nodes = page.nodes
        self.own: Indices = np.array([draft.node for draft in page.drafts], dtype=np.int64)
        self.first: Indices = np.array([node.first for node in nodes], dtype=np.int64)
        self.last: Indices = np.array([node.last for node in nodes], dtype=np.int64)
        self.parent: Indices = np.array([max(node.parent, 0) for node in nodes], dtype=np.int64)
        self.tag: Indices = np.array([_TAG_NUMBERS.get(node.tag, 0) for node in nodes], dtype=np.int64)
        self.depth = self._depths()
        self._levels = self._by_level()
        self.is_hidden = np.array([node.reason is Reason.HIDDEN for node in nodes], dtype=np.float64)
        self.divisions = (self.tag == _TAG_NUMBERS["div"]).astype(np.float64)
        self.around, self.above = self._hand_down([node.tag for node in nodes])

    def levels(self) -> Sequence[Indices]:
        """The elements below the root, one level after another, to hand something down."""
        return self._levels

    def up(self, elements: Indices) -> Indices:
        """The parents of elements."""
        parents: Indices = self.parent[elements]
        return parents

    def _depths(self) -> Indices:
        depths = [0] * len(self.parent)
        for element, parent in enumerate(self.parent.tolist()):
            if element:
                depths[element] = depths[parent] + 1
        return np.array(depths, dtype=np.int64)

    def _by_level(self) -> list[Indices]:
        order = np.argsort(self.depth, kind="stable")
        borders = np.searchsorted(self.depth[order], np.arange(1, self.depth.max() + 2))
        return [order[start:end] for start, end in pairwise(borders)]

    def _hand_down(self, tags: Sequence[str]) -> tuple[Indices, Indices]:
        around = np.full((len(tags), len(AROUND)), -1, dtype=np.int64)
        own = np.array([_AROUND_NUMBERS.get(tag, -1) for tag in tags], dtype=np.int64)
        above: Indices = np.arange(len(tags), dtype=np.int64)
        for level in (np.zeros(1, dtype=np.int64), *self._levels):
            if level[0]:
                parents = self.parent[level]
                handed = around[parents]
                around[level] = np.where(handed >= 0, np.minimum(handed + 1, _FURTHEST), -1)
                holds_same = (self.first[parents] == self.first[level]) & (self.last[parents] == self.last[level])
                above[level] = np.where(holds_same, above[parents], parents)
                self.is_hidden[level] = np.maximum(self.is_hidden[level], self.is_hidden[parents])
                self.divisions[level] += self.divisions[parents]
            told = level[own[level] >= 0]
            around[told, own[told]] = 0
        return around, above


def sums(figures: Numbers) -> Numbers:
    """Running totals, so that ``totals[last] - totals[first]`` is the sum over ``[first, last)``."""
    return np.concatenate(([0.0], np.cumsum(figures, dtype=np.float64)))
