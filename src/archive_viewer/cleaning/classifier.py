"""The classifier: features in, for each block the probability that it is of the article out.

Decision trees learned by ``train`` and kept as plain numbers; here they are only walked.  Separate from training, so
that a program that cleans needs no machine learning library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count as count_up
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_viewer.cleaning.features import Columns
from archive_viewer.cleaning.name_scores import NameTable
from archive_viewer.cleaning.skeleton import Numbers
from archive_viewer.settings import resource

WEIGHTS = "cleaner/weights.json"
Places = NDArray[np.intp]
_ROWS = 2_000
"""Blocks that are scored together: what is in hand for them takes some megabytes."""
_NO_LEAVES = 3
"""Levels at the top of a tree after which looking for blocks that have come to a leaf is not worth it."""


@dataclass(frozen=True)
class Forest:
    """Trees whose leaves add up to a logit.

    The nodes of all trees in one row; ``roots`` are where each tree begins.  A block whose ``feature`` is at most the
    ``border`` goes to the node ``child``, else to the one behind it; a leaf leads to itself, and ``value`` is what it
    adds.
    """

    roots: Places
    feature: Places
    border: NDArray[np.float32]
    child: Places
    value: Numbers
    is_leaf: NDArray[np.bool_]

    @classmethod
    def of(cls, trees: Sequence[Mapping[str, Any]]) -> Forest:
        """The trees as ``train`` writes them: ``feature``, ``border``, ``child`` and ``value`` of their nodes."""
        sizes = [len(tree["feature"]) for tree in trees]
        roots = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp)

        def joined(name: str) -> list[float]:
            return [figure for tree in trees for figure in tree[name]]

        child = np.array(joined("child"), dtype=np.intp) + np.repeat(roots, sizes)
        is_leaf = child == np.arange(len(child))
        border = np.where(is_leaf, np.inf, joined("border")).astype(np.float32)
        feature = np.array(joined("feature"), dtype=np.intp)
        return cls(roots, feature, border, child, np.array(joined("value"), dtype=np.float64), is_leaf)

    def probabilities(self, figures: Sequence[Numbers]) -> Numbers:
        """One for each block; ``figures`` are a row for each feature, a column for each block."""
        columns = np.array(figures, dtype=np.float32)
        count = columns.shape[1]
        pieces = [self._logits(columns[:, start : start + _ROWS]) for start in range(0, count, _ROWS)]
        logits = np.concatenate(pieces) if pieces else np.zeros(0)
        chances: Numbers = 1 / (1 + np.exp(-logits))
        return chances

    def _logits(self, columns: NDArray[np.float32]) -> Numbers:
        """All blocks go down all trees at once, a level at a time; those that have come to a leaf go no further."""
        count = columns.shape[1]
        flat = columns.ravel()
        begins = self.feature * count
        at = np.repeat(self.roots, count)
        block = np.tile(np.arange(count), len(self.roots))
        logits = np.zeros(count)
        for level in count_up():
            figures = flat.take(begins.take(at) + block)
            at = self.child.take(at) + (figures > self.border.take(at))
            if level < _NO_LEAVES:
                continue
            has_ended = self.is_leaf.take(at)
            ended, goes_on = np.flatnonzero(has_ended), np.flatnonzero(~has_ended)
            logits += np.bincount(block.take(ended), weights=self.value.take(at.take(ended)), minlength=count)
            if not len(goes_on):
                break
            at, block = at.take(goes_on), block.take(goes_on)
        return logits


@dataclass(frozen=True)
class Classifier:
    """A forest with the names of its features, and the table that some of them are read from."""

    columns: tuple[str, ...]
    names: NameTable
    forest: Forest

    def probabilities(self, columns: Columns) -> Numbers:
        """One for each block."""
        place = {name: number for number, name in enumerate(columns.names)}
        return self.forest.probabilities([columns.figures[place[name]] for name in self.columns])


@cache
def shipped() -> Classifier:
    """The classifier that comes with the program."""
    with resource(WEIGHTS).open(encoding="utf-8") as stream:
        return load(json.load(stream))


def load(weights: Mapping[str, Any]) -> Classifier:
    """A classifier from what ``train`` writes."""
    table = NameTable({word: tuple(scores) for word, scores in weights["words"].items()}, dict(weights["tags"]))
    return Classifier(tuple(weights["columns"]), table, Forest.of(weights["trees"]))
