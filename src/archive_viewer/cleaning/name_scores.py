"""Name scores: what the classes and ids around a block speak for, as learned from many sites.

The words of each element and a table of scores in; some numbers for each block out.  Separate from the features
because the table is learned by itself: by domain, from the pages that the classifier is not trained on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.skeleton import Numbers, Skeleton

COLUMNS = tuple(
    f"names {what}"
    for what in (
        *("least", "most", "sum", "of its own", "of the parent", "levels to the worst"),
        *("tags", "count", "sum of outer", "least of outer"),
    )
)
LEVELS = 3
"""A word counts differently on a block's own element, on the parent, and further out."""
_BAD = -0.7
"""The logit below which a name speaks against what it is put on."""
_FAR = 90.0


@dataclass(frozen=True)
class NameTable:
    """Scores (logits against the mean): of a word by level, of three tags from the block's own outwards."""

    words: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    tags: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Where each word stands in ``scores``."""
        return {word: row for row, word in enumerate(self.words, 1)}

    @cached_property
    def scores(self) -> Numbers:
        """A row of scores for each word, NaN where it has none at a level, behind a row without scores."""
        return np.array([[None] * LEVELS, *self.words.values()], dtype=np.float64)


def tag_path(page: Page, node: int) -> str:
    """The tags of an element, its parent and its grandparent, as the table knows them."""
    tags = []
    for _ in range(LEVELS):
        tags.append(page.nodes[node].tag if node >= 0 else "")
        node = page.nodes[node].parent if node >= 0 else -1
    return "<".join(tags)


def measure(page: Page, skeleton: Skeleton, names: Sequence[frozenset[str]], table: NameTable) -> Numbers:
    """``COLUMNS`` for each block of a page; ``names`` are the words of each element."""
    kinds = {words: number for number, words in enumerate(dict.fromkeys(names))}
    kind = np.array([kinds[words] for words in names], dtype=np.int64)
    # least, most, sum, count and the strongest of a set of words, at each level
    found = _summaries(list(kinds), table)[:, kind]
    far = found[2].copy()
    is_bad = found[:, :, 0] < _BAD
    to_bad = np.where(is_bad[2], 0.0, _FAR)
    for level in skeleton.levels():
        parents = skeleton.parent[level]
        handed = far[parents]
        far[level, 0] = np.minimum(far[level, 0], handed[:, 0])
        far[level, 1] = np.maximum(far[level, 1], handed[:, 1])
        far[level, 2:4] += handed[:, 2:4]
        to_bad[level] = np.where(to_bad[level] > 0, np.minimum(to_bad[parents] + 1, _FAR), 0.0)
    own = skeleton.own
    parents = skeleton.up(own)
    is_below = (skeleton.depth[own] >= 1)[:, None]
    has_outer = (skeleton.depth[own] >= 2)[:, None]
    mine = found[0, own]
    theirs = np.where(is_below, found[1, parents], 0.0)
    outer = np.where(has_outer, far[skeleton.up(parents)], 0.0)
    worst = np.where(has_outer[:, 0], to_bad[skeleton.up(parents)] + 2, _FAR)
    worst = np.where(is_below[:, 0] & is_bad[1, parents], 1.0, worst)
    worst = np.where(is_bad[0, own], 0.0, worst)
    distinct = {node: table.tags.get(tag_path(page, node), 0.0) for node in set(own.tolist())}
    return np.column_stack(
        (
            np.minimum(np.minimum(mine[:, 0], theirs[:, 0]), outer[:, 0]),
            np.maximum(np.maximum(mine[:, 1], theirs[:, 1]), outer[:, 1]),
            mine[:, 2] + theirs[:, 2] + outer[:, 2],
            mine[:, 4],
            theirs[:, 4],
            np.where(worst >= _FAR, -1.0, worst),
            np.array([distinct[node] for node in own.tolist()]),
            mine[:, 3] + theirs[:, 3] + outer[:, 3],
            outer[:, 2],
            outer[:, 0],
        )
    )


def _summaries(kinds: Sequence[frozenset[str]], table: NameTable) -> Numbers:
    """For each level and set of words the least, the most, the sum, the count and the strongest of their scores."""
    rows = table.rows
    # In order, so that sums of floating point numbers are the same in every run; 0 is the row of no word.
    known = [[0, *sorted([rows[word] for word in words if word in rows])] for words in kinds]
    starts = np.cumsum([0, *map(len, known[:-1])])
    scores = table.scores[[row for some in known for row in some]]
    is_score = ~np.isnan(scores)
    is_score[starts] = False
    scores = np.where(is_score, scores, 0.0)
    least, most = np.minimum.reduceat(scores, starts), np.maximum.reduceat(scores, starts)
    total, count = np.add.reduceat(scores, starts), np.add.reduceat(is_score.astype(np.float64), starts)
    strongest = np.where(most >= -least, most, least)
    summaries: Numbers = np.stack((least, most, total, count, strongest), axis=2).transpose(1, 0, 2)
    return summaries
