"""Ranges of the text that overlap as they please, and which of them a place or a screen touches.

Ranges with something attached in, those that touch a given range out; no Qt.  Separate because marks and hits are
asked for on every frame and every movement of the mouse: two thousand must not be walked through for the ten that are
seen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Spans(Generic[T]):
    """Things that stand on ranges ``[start, end)``, sorted by start."""

    def __init__(self, things: Iterable[T], range_of: Callable[[T], tuple[int, int]]) -> None:
        ranged = sorted(((range_of(thing), thing) for thing in things), key=lambda found: found[0])
        self.things: Sequence[T] = [thing for _, thing in ranged]
        self._ranges = [place for place, _ in ranged]
        self._starts = [start for start, _ in self._ranges]
        # The furthest end so far only grows, so that the first range that can reach a place is found by bisection.
        self._furthest = list(accumulate((end for _, end in self._ranges), max))

    def __len__(self) -> int:
        return len(self.things)

    def touching(self, start: int, end: int) -> Iterator[tuple[int, int, T]]:
        """Those that share a character with ``[start, end)``."""
        for number in range(bisect_right(self._furthest, start), bisect_left(self._starts, end)):
            left, right = self._ranges[number]
            if right > start:
                yield left, right, self.things[number]

    def at(self, offset: int) -> list[T]:
        """Those that hold the character at ``offset``, the shortest first."""
        found = sorted(self.touching(offset, offset + 1), key=lambda found: found[1] - found[0])
        return [thing for _, _, thing in found]

    def after(self, offset: int) -> int | None:
        """Number of the first that starts at ``offset`` or later."""
        number = bisect_left(self._starts, offset)
        return number if number < len(self.things) else None


def plain_spans(ranges: Iterable[tuple[int, int]] = ()) -> Spans[tuple[int, int]]:
    """Ranges with nothing attached."""
    return Spans(ranges, lambda place: place)


def lanes(ranges: Iterable[tuple[int, int]]) -> list[int]:
    """For each of the sorted ranges the lowest lane in which it meets no other: where lines under marks may run."""
    ends: list[int] = []
    found = []
    for start, end in ranges:
        lane = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        if lane == len(ends):
            ends.append(end)
        else:
            ends[lane] = end
        found.append(lane)
    return found
