"""The classifier: features in, for each block the probability that it is of the article out.

Decision trees learned by ``train`` and kept as plain numbers; here they are only walked.  Separate from training, so
that a program that cleans needs no machine learning library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_viewer.cleaning.features import Columns
from archive_viewer.cleaning.name_scores import NameTable
from archive_viewer.cleaning.skeleton import Numbers
from archive_viewer.settings import resource

WEIGHTS = "cleaner/weights.json"
_ROWS = 2_000
"""Blocks that are scored together: what is in hand for them takes some megabytes."""


@dataclass(frozen=True)
class Forest:
    """Trees whose leaves add up to a logit.

    The nodes of all trees in one row; ``roots`` are where each tree begins.  A block whose ``feature`` is at most the
    ``border`` goes to ``low``, else to ``high``; in a leaf both lead to itself, and ``value`` is what it adds.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    border: NDArray[np.float32]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    value: Numbers

    @classmethod
    def of(cls, trees: Sequence[Mapping[str, Any]]) -> Forest:
        """The trees as ``train`` writes them: ``feature``, ``border``, ``low``, ``high``, ``value`` of their nodes."""
        sizes = [len(tree["feature"]) for tree in trees]
        roots = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int32)

        def joined(name: str) -> list[float]:
            return [figure for tree in trees for figure in tree[name]]

        shift = np.repeat(roots, sizes)
        return cls(
            roots,
            np.array(joined("feature"), dtype=np.int32),
            np.array(joined("border"), dtype=np.float32),
            np.array(joined("low"), dtype=np.int32) + shift,
            np.array(joined("high"), dtype=np.int32) + shift,
            np.array(joined("value"), dtype=np.float64),
        )

    def probabilities(self, features: Numbers) -> Numbers:
        """One for each row of ``features``."""
        matrix = features.astype(np.float32)
        pieces = [self._logits(matrix[start : start + _ROWS]) for start in range(0, len(matrix), _ROWS)]
        logits = np.concatenate(pieces) if pieces else np.zeros(0)
        chances: Numbers = 1 / (1 + np.exp(-logits))
        return chances

    def _logits(self, matrix: NDArray[np.float32]) -> Numbers:
        count, width = matrix.shape
        trees = len(self.roots)
        flat = matrix.ravel()
        at = np.tile(self.roots, count)
        moving = np.arange(len(at), dtype=np.int32)
        row = np.repeat(np.arange(count, dtype=np.int32) * width, trees)
        here = at
        while len(moving):
            is_low = flat.take(row + self.feature.take(here)) <= self.border.take(here)
            there = np.where(is_low, self.low.take(here), self.high.take(here))
            at[moving] = there
            goes_on = self.low.take(there) != there
            moving, row, here = moving[goes_on], row[goes_on], there[goes_on]
        logits: Numbers = self.value.take(at).reshape(count, trees).sum(axis=1)
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
        return self.forest.probabilities(np.column_stack([columns.figures[place[name]] for name in self.columns]))


@cache
def shipped() -> Classifier:
    """The classifier that comes with the program."""
    with resource(WEIGHTS).open(encoding="utf-8") as stream:
        return load(json.load(stream))


def load(weights: Mapping[str, Any]) -> Classifier:
    """A classifier from what ``train`` writes."""
    table = NameTable({word: tuple(scores) for word, scores in weights["words"].items()}, dict(weights["tags"]))
    return Classifier(tuple(weights["columns"]), table, Forest.of(weights["trees"]))
