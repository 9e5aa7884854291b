"""How near words stand to each other: the places of several words in one text in, places where all are near out.

A place is a span of positions, as the tokenizer counts them, its end not included.  This is for one text that is shown;
``spans`` says the same of thousands of pages, without the words between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

Span = tuple[int, int]


def near(places: Sequence[Collection[Span]], distances: Sequence[int]) -> list[Span]:
    """From the first to the last word of each place of the last part that has the others near, the nearest ones.

    ``distances``: for each part but the first, how far it may be from the one before it; neighbours are 1 apart, and
    a word is not near itself.
    """
    reached = {span: span for span in places[0]}
    for spans, distance in zip(places[1:], distances, strict=True):
        if not reached:
            break
        reached = _reached(reached, spans, distance)
    return sorted(set(reached.values()))


def _reached(before: dict[Span, Span], spans: Collection[Span], distance: int) -> dict[Span, Span]:
    """Each of ``spans`` that has one of ``before`` near, with what both, and all before them, stretch over."""
    by_start = sorted(before)
    by_end = sorted(before, key=lambda span: span[1])
    starts, ends = [span[0] for span in by_start], [span[1] for span in by_end]
    found: dict[Span, Span] = {}
    for start, end in spans:
        neighbours = []
        n = bisect_right(ends, start) - 1
        if n >= 0 and start - ends[n] < distance:
            neighbours.append(by_end[n])
        n = bisect_left(starts, end)
        if n < len(starts) and starts[n] - end < distance:
            neighbours.append(by_start[n])
        if neighbours:
            wholes = [(min(start, before[one][0]), max(end, before[one][1])) for one in neighbours]
            found[start, end] = min(wholes, key=lambda whole: whole[1] - whole[0])
    return found
