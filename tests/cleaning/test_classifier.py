"""The classifier as it is shipped, and the trees that it walks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from archive_viewer.cleaning import classifier, features
from archive_viewer.cleaning.classifier import Forest
from archive_viewer.settings import resource

STUMP = {
    "feature": [1, 0, 0],
    "border": [0.5, 0.0, 0.0],
    "child": [1, 1, 2],
    "value": [0.0, -1.0, 2.0],
}
LEAF = {"feature": [0], "border": [0.0], "child": [0], "value": [0.25]}


def walk(tree: dict[str, Any], row: Callable[[int], float]) -> float:
    """The value of one tree for one block, in the plainest way."""
    node = 0
    while tree["child"][node] != node:
        is_low = np.float32(row(tree["feature"][node])) <= np.float32(tree["border"][node])
        node = tree["child"][node] + (0 if is_low else 1)
    return float(tree["value"][node])


def test_a_value_at_the_border_goes_low() -> None:
    chances = Forest.of([STUMP, LEAF]).probabilities(np.array([[9.0, 9.0], [0.5, 0.6]]))
    assert chances == pytest.approx(1 / (1 + np.exp([0.75, -2.25])))


def test_no_block_has_no_chance() -> None:
    assert len(Forest.of([STUMP]).probabilities(np.zeros((2, 0)))) == 0


@given(st.integers(1, 5), st.data())
def test_the_shipped_trees_give_what_walking_them_one_by_one_gives(count: int, data: st.DataObject) -> None:
    weights = json.loads(resource(classifier.WEIGHTS).read_text("utf-8"))
    width = len(weights["columns"])
    rows = data.draw(arrays(np.float64, (count, width), elements=st.floats(-100, 100, width=32)))
    forest = Forest.of(weights["trees"][:20])
    plain = [sum(walk(tree, row.__getitem__) for tree in weights["trees"][:20]) for row in rows]
    assert forest.probabilities(rows.T) == pytest.approx(1 / (1 + np.exp(-np.array(plain))))


def test_more_blocks_than_are_scored_together() -> None:
    rows = np.tile([[0.0, 0.0], [0.0, 1.0]], (1, 3_000))
    chances = Forest.of([STUMP]).probabilities(rows)
    assert len(chances) == 6_000
    assert set(np.round(chances, 6)) == {round(float(1 / (1 + np.exp(1))), 6), round(float(1 / (1 + np.exp(-2))), 6)}


def test_the_weights_were_learned_from_numbers_of_the_same_meaning() -> None:
    weights = json.loads(resource(classifier.WEIGHTS).read_text("utf-8"))
    assert weights["codes"] == {name: list(words) for name, words in features.CODES.items()}


def test_the_weights_say_where_they_come_from() -> None:
    made = json.loads(resource(classifier.WEIGHTS).read_text("utf-8"))["made"]
    assert "WCXB" in made["from"]
    assert "CC-BY-4.0" in made["from"]
    assert made["out of fold by domain: pages, F1, precision, recall"]["all"][1] >= 0.865
