"""Words of a quote and words of a text that agree, where it is known about where in the text the quote stands.

Words in, ``Match``es out.  Words that follow each other and stand so only once on both sides are laid together first
(Cohen's “patience diff”), and what lies between them word by word (Needleman and Wunsch, J. Mol. Biol. 48, 1970) as far
as that is little.  It is separate from ``alignment``, which decides what the matches are worth.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive_viewer.anchoring.likeness import edits_between

CELLS = 1_600
"""Pairs of words that are compared one by one: forty by forty."""

ALIKE = 0.65
SHORTEST_ALIKE = 4
"""Likeness from which on two words are one that is spelled otherwise, and letters that such a word has at least."""


class Match(NamedTuple):
    """Words of the quote and of the text that agree."""

    first: int
    last: int
    begin: int
    end: int
    likeness: float


class Pairing:
    """Lays the words of a quote beside those of a text; how alike two words are is worked out once."""

    def __init__(self, terms: Sequence[str], text: Sequence[str]) -> None:
        self._terms, self._text = terms, text
        self._alike: dict[tuple[str, str], float] = {}

    def matches(self, first: int, last: int, begin: int, end: int) -> Iterator[Match]:
        """Words of the quote and words of the text that agree, in no order, none crossing another."""
        terms, text = self._terms, self._text
        waiting = [(first, last, begin, end, True, True)]
        while waiting:
            first, last, begin, end, is_open_before, is_open_after = waiting.pop()
            while first < last and begin < end and not is_open_before and terms[first] == text[begin]:
                yield Match(first, first + 1, begin, begin + 1, 1.0)
                first, begin = first + 1, begin + 1
            while first < last and begin < end and not is_open_after and terms[last - 1] == text[end - 1]:
                last, end = last - 1, end - 1
                yield Match(last, last + 1, end, end + 1, 1.0)
            if first == last or begin == end:
                continue
            anchors = _anchors(terms, first, last, text, begin, end, (3, 2))
            if not anchors:
                reach = (last - first) * 5 // 4 + 4
                if is_open_before and not is_open_after:
                    begin = max(begin, end - reach)
                if is_open_after and not is_open_before:
                    end = min(end, begin + reach)
                if (last - first) * (end - begin) <= CELLS:
                    yield from self._word_by_word(first, last, begin, end, is_open_before, is_open_after)
                    continue
                anchors = _anchors(terms, first, last, text, begin, end, (1,))
                if not anchors:
                    continue
            i, j, is_open = first, begin, is_open_before
            for at, place in anchors:
                if at < i or place < j:
                    continue
                waiting.append((i, at, j, place, is_open, False))
                yield Match(at, at + 1, place, place + 1, 1.0)
                i, j, is_open = at + 1, place + 1, False
            waiting.append((i, last, j, end, False, is_open_after))

    def _word_by_word(
        self, first: int, last: int, begin: int, end: int, is_open_before: bool, is_open_after: bool
    ) -> Iterator[Match]:
        """The best way to lay few words beside few; at an open end words of the text cost nothing."""
        ours, theirs = self._terms[first:last], self._text[begin:end]
        width = len(theirs)
        likeness = self._likeness
        gap = -0.5
        above = [0.0 if is_open_before else gap * j for j in range(width + 1)]
        rows = [above]
        moves: list[list[tuple[int, int, float]]] = [[(0, 1, 0.0)] * (width + 1)]
        for i, one in enumerate(ours):
            row = [above[0] + gap]
            move = [(1, 0, 0.0)]
            for j, other in enumerate(theirs):
                if one == other:
                    alike = 1.0
                else:
                    # Most words are plainly others: those that begin and end otherwise are not looked at.
                    alike = likeness(one, other) if one[0] == other[0] or one[-3:] == other[-3:] else 0.0
                best, way = above[j] + (2 * alike if alike else gap), (1, 1, alike)
                if above[j + 1] + gap > best:
                    best, way = above[j + 1] + gap, (1, 0, 0.0)
                if row[j] + gap > best:
                    best, way = row[j] + gap, (0, 1, 0.0)
                # One word here is two there: divided, or joined.
                if alike == 1:
                    pass
                elif j and len(one) == len(theirs[j - 1]) + len(other) and one == theirs[j - 1] + other:
                    best, way = max((best, way), (above[j - 1] + 2, (1, 2, 1.0)))
                elif i and len(other) == len(ours[i - 1]) + len(one) and other == ours[i - 1] + one:
                    best, way = max((best, way), (rows[i - 1][j] + 4, (2, 1, 1.0)))
                row.append(best)
                move.append(way)
            rows.append(row)
            moves.append(move)
            above = row
        i, j = len(ours), width
        if is_open_after:
            j = max(range(width + 1), key=lambda j: (above[j], -j))
        while i and j:
            down, right, alike = moves[i][j]
            if alike:
                yield Match(first + i - down, first + i, begin + j - right, begin + j, alike)
            i, j = i - down, j - right

    def _likeness(self, one: str, other: str) -> float:
        """How alike two different words are, 0 where they are not one word."""
        key = one, other
        if key not in self._alike:
            shorter, longer = sorted((len(one), len(other)))
            alike = 0.0
            if shorter >= SHORTEST_ALIKE and shorter >= ALIKE * longer:
                alike = 1 - edits_between(one, other) / longer
            self._alike[key] = alike if alike >= ALIKE else 0.0
        return self._alike[key]


def _anchors(
    terms: Sequence[str], first: int, last: int, text: Sequence[str], begin: int, end: int, sizes: Sequence[int]
) -> list[tuple[int, int]]:
    """Where runs of words stand that stand only once on either side, the most that do not cross; the longest runs that
    there are."""
    for size in sizes:
        ours = _single(terms, first, last, size)
        theirs = _single(text, begin, end, size) if ours else {}
        common = [(at, theirs[run]) for run, at in ours.items() if run in theirs]
        if common:
            return _ascending(common)
    return []


def _single(words: Sequence[str], first: int, last: int, size: int) -> dict[tuple[str, ...], int]:
    """The runs of ``size`` words that stand only once, in order, and where."""
    if last - first < size:
        return {}
    found: dict[tuple[str, ...], int] = {}
    again: set[tuple[str, ...]] = set()
    runs = zip(*(words[first + n : last - size + 1 + n] for n in range(size)), strict=True)
    for at, run in enumerate(runs, first):
        if run in found:
            again.add(run)
        else:
            found[run] = at
    for run in again:
        del found[run]
    return found


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs`` (ascending by the first) that ascends by the second as well."""
    ends: list[int] = []
    last_of: list[int] = []
    before: list[int] = []
    for n, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last_of[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last_of[length : length + 1] = [n]
    found = []
    n = last_of[-1]
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
