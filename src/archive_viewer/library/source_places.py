"""How much of a quote a text holds, and where: a quote and a text in, judged passages out.

Separate from ``sources``, which knows the library: here a search for the words of a quote and the laying of words
beside words are introduced to each other, and a decision is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive_viewer.anchoring.alignment import Alignment, Quoted, align
from archive_viewer.model import Passage, Stretch
from archive_viewer.search import passages, quotes
from archive_viewer.search.quotes import Quote

HELD = 0.6
HELD_SHORT, SHORT = 0.7, 15
"""Share of the quote, and of what tells in it, from which on a passage is said to hold it; more of one with fewer than
fifteen words, for two headlines of the same event share half of their words."""

PART_WORDS = 10
PART_WEIGHT = 5.0
PART = 0.85
"""A passage holds a part of the quote where so many words stand, telling so much together, and so much of that part is
the same."""

NEAREST = 0.3
"""Share under which a passage is not even named as the nearest."""


WORTH_BESIDE = 0.6
"""A text that can hold less than this of what the best one holds is not looked into."""

LOOKED_INTO = 16
"""Texts that are looked into although none of them can hold the quote whole."""


@dataclass(frozen=True)
class SourcePlace:
    """A passage of a text beside the quote; ``order`` is higher for one that holds more of what tells."""

    passage: Passage
    stretches: tuple[Stretch, ...]
    share: float
    is_held: bool
    order: float


class Sought:
    """A quote with what the library knows of its words: ``frequencies`` of ``quote.terms`` in ``pages`` pages."""

    def __init__(self, typed: str, quote: Quote, frequencies: Mapping[str, int], pages: int) -> None:
        self._typed, self._quote = typed, quote
        self._quoted = Quoted(
            [word.term for word in quote.words],
            quotes.rarity(quote, frequencies, pages),
            [word.is_aside for word in quote.words],
            [word.piece for word in quote.words],
        )

    def compared(self, texts: Iterable[tuple[str, str]]) -> list[tuple[str, SourcePlace]]:
        """The places in texts that are named by ids, best first: those that hold the quote or a part of it; where none
        does, the nearest.

        Texts that can hold little of it beside what others do are not looked into.
        """
        likely = sorted(((self.most_in(text), id, text) for id, text in texts), key=lambda one: -one[0])
        found: list[tuple[str, SourcePlace]] = []
        best = 0.0
        for looked_at, (most, id, text) in enumerate(likely):
            if most < best * WORTH_BESIDE or (looked_at >= LOOKED_INTO and most < HELD):
                break
            places = self.places_in(text)
            found += [(id, place) for place in places]
            best = max([best, *(place.order for place in places if place.is_held)])
        are_held = any(place.is_held for _, place in found)
        found = [(id, place) for id, place in found if place.is_held == are_held]
        return sorted(found, key=lambda one: -one[1].order)

    def most_in(self, text: str) -> float:
        """The most that ``text`` can hold of what tells in the quote, from 0 to 1: its words stand there somewhere.

        A word that is spelled otherwise is not seen.
        """
        return _part(self._quoted.weights, quotes.holding(self._quote, text))

    def places_in(self, text: str) -> list[SourcePlace]:
        """The best places of ``text``, those that hold too little to be named left out."""
        words = list(quotes.words(text))
        aligned = align(self._quoted, [term for term, _, _ in words])
        return [place for one in aligned if (place := self._place(text, words, one)) is not None]

    def _place(self, text: str, words: Sequence[tuple[str, int, int]], alignment: Alignment) -> SourcePlace | None:
        quoted, likeness = self._quoted, alignment.likeness
        letters = [
            0.0 if is_aside else float(len(term)) for term, is_aside in zip(quoted.terms, quoted.asides, strict=True)
        ]
        share, telling = _part(letters, likeness), _part(quoted.weights, likeness)
        held = [n for n, alike in enumerate(likeness) if alike and not quoted.asides[n]]
        if not held:
            return None
        span = range(held[0], held[-1] + 1)
        worth = sum(quoted.weights[n] * likeness[n] for n in span)
        mean = worth / len(held)
        density = worth / (sum(quoted.weights[n] for n in span) + alignment.added * mean / 2)
        is_part = len(held) >= PART_WORDS and worth >= PART_WEIGHT and density >= PART
        enough = HELD if len(quoted.terms) >= SHORT else HELD_SHORT
        is_held = is_part or (min(share, telling) >= enough and density >= HELD)
        if not is_held and share < NEAREST:
            return None
        start, end = words[alignment.begin][1], words[alignment.end - 1][2]
        return SourcePlace(
            passages.around(text, start, end),
            tuple(self._stretches(words, alignment)),
            share,
            is_held,
            telling * (1 + density) / 2,
        )

    def _stretches(self, words: Sequence[tuple[str, int, int]], alignment: Alignment) -> list[Stretch]:
        ours = self._quote.words
        found = []
        end = words[alignment.begin][1]
        for step in alignment.steps:
            start = words[step.begin][1] if step.begin < step.end else end
            end = words[step.end - 1][2] if step.begin < step.end else end
            quoted = self._typed[ours[step.first].start : ours[step.last - 1].end] if step.first < step.last else ""
            found.append(Stretch(step.agreement, start, end, quoted))
        return found


def _part(weights: Sequence[float], likeness: Sequence[float]) -> float:
    return sum(weight * alike for weight, alike in zip(weights, likeness, strict=True)) / (sum(weights) or 1)
