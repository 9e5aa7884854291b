"""Two runs of words laid beside each other: where in a text a quote stands that is not quite the same.

The words of a quote and of a text in; ``Alignment``s out, best first: which words are the same, which are spelled
otherwise, changed, missing or added, from the first word that agrees to the last.  It is separate from ``likeness``,
which compares characters: a quote of a page's length, with a sentence left out, takes words.

Likely places are found by votes, and there ``pairing`` lays word beside word; time grows with the text and the quote,
not with their product.  Of the result the part is kept in which agreement outweighs the rest, so that a scatter of
common words over a page is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from archive_viewer.anchoring.pairing import Match, Pairing
from archive_viewer.model import Agreement

COMMON = 48
"""A word that stands in a text more often says nothing about where the quote begins."""

STARTS = 3
STARTS_OF_FEW = 16
FEW = 5
"""Likely beginnings of a piece that are looked at; more of one with fewer than five words, which may stand anywhere."""

FAINT = 0.4
"""A beginning for which so much less speaks than for the likeliest is not looked at."""

BASE = 0.3
"""What the commonest word weighs beside the rarest."""

MISSING, ADDED = 0.25, 0.3
"""What a missing or changed word costs of its weight, and an added one: a passage ends where these outweigh what
agrees.  A changed word costs less than the commonest weighs, or the first word would be lost with the second."""

ELIDED = 3_000
"""Words that one ellipsis may stand for."""

EQUALLY_GOOD = 0.9
"""Further places in the same text are told of where they are nearly as good as the best."""


@dataclass(frozen=True)
class Quoted:
    """A quote: its words, how much each tells (0 to 1), which are asides that may be missing, and which piece each is
    of: between two pieces anything may stand."""

    terms: Sequence[str]
    rarity: Sequence[float]
    asides: Sequence[bool]
    pieces: Sequence[int]

    @cached_property
    def weights(self) -> list[float]:
        """How much each word counts."""
        told = zip(self.rarity, self.asides, strict=True)
        return [0.0 if is_aside else BASE + (1 - BASE) * rare for rare, is_aside in told]


class Step(NamedTuple):
    """Words ``[first, last)`` of the quote beside words ``[begin, end)`` of the text."""

    agreement: Agreement
    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True)
class Alignment:
    """A place where the quote, or a part of it, stands.

    ``likeness``: of each word of the quote, 1 where the text has it and 0 where not; ``added``: words in the place
    that the quote has not, without those that an ellipsis stands for; ``value`` orders places of one quote.
    """

    steps: tuple[Step, ...]
    likeness: Sequence[float]
    added: int
    value: float

    @property
    def begin(self) -> int:
        return next(step.begin for step in self.steps if step.begin < step.end)

    @property
    def end(self) -> int:
        return max(step.end for step in self.steps)


class _Run(NamedTuple):
    """Where a piece stands: its matches, and what they are worth after what lies between them."""

    piece: int
    matches: tuple[Match, ...]
    value: float

    @property
    def begin(self) -> int:
        return self.matches[0].begin

    @property
    def end(self) -> int:
        return self.matches[-1].end


def align(quoted: Quoted, text: Sequence[str], most: int = 3) -> list[Alignment]:
    """The places of ``text`` where ``quoted`` stands best, none overlapping another; more than one only where the
    others are nearly as good."""
    search = _Search(quoted, text)
    runs = [run for first, last in _ranges(quoted.pieces) for run in search.runs(first, last)]
    found: list[Alignment] = []
    while runs and len(found) < most:
        chain, value = _best_chain(runs)
        if found and value < EQUALLY_GOOD * found[0].value:
            break
        found.append(_alignment(quoted, chain, value))
        begin, end = chain[0].begin, chain[-1].end
        runs = [run for run in runs if run.end <= begin or run.begin >= end]
    return found


def _ranges(pieces: Sequence[int]) -> Iterator[tuple[int, int]]:
    borders = [0, *(i for i in range(1, len(pieces)) if pieces[i] != pieces[i - 1]), len(pieces)]
    return ((first, last) for first, last in pairwise(borders) if first < last)


class _Search:
    def __init__(self, quoted: Quoted, text: Sequence[str]) -> None:
        self.quoted, self.terms, self.text = quoted, quoted.terms, text
        self.pairing = Pairing(self.terms, text)
        wanted = set(self.terms)
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for j, term in enumerate(text):
            if term in wanted:
                self.places[term].append(j)
        pairs = set(pairwise(self.terms))
        self.pair_places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for j, pair in enumerate(pairwise(text)):
            if pair in pairs:
                self.pair_places[pair].append(j)

    def runs(self, first: int, last: int) -> list[_Run]:
        """The places of the piece ``[first, last)``."""
        found: dict[tuple[int, int], _Run] = {}
        length = last - first
        # A sentence left out of a long quote must not take the rest out of sight.
        slack = max(12, length // 2)
        for start, width in self.starts(first, last):
            begin, end = max(0, start - slack), min(len(self.text), start + 2 * width + length + slack)
            matches = sorted(self.pairing.matches(first, last, begin, end))
            run = self.best_part(first, matches)
            if run is not None:
                found.setdefault((run.begin, run.end), run)
        return list(found.values())

    def starts(self, first: int, last: int) -> list[tuple[int, int]]:
        """Where in the text the piece may begin, likeliest first, and how uncertain that is: words and pairs of words
        vote for the diagonal they lie on, a rare one more than a common one."""
        length = last - first
        width = max(8, length // 4)
        weights = self.quoted.weights
        votes: defaultdict[int, float] = defaultdict(float)
        for i in range(first, last):
            places = self.places.get(self.terms[i], ())
            if len(places) <= COMMON:
                for j in places:
                    votes[(j - i + first) // width] += (weights[i] + BASE) / len(places)
            if i + 1 < last:
                places = self.pair_places.get((self.terms[i], self.terms[i + 1]), ())
                if len(places) <= COMMON:
                    for j in places:
                        votes[(j - i + first) // width] += (weights[i] + weights[i + 1] + BASE) / len(places)
        joined = {bin: own + votes.get(bin + 1, 0.0) for bin, own in votes.items()}
        chosen: list[int] = []
        most = STARTS if length >= FEW else STARTS_OF_FEW
        for bin in sorted(joined, key=lambda bin: (-joined[bin], bin)):
            if chosen and joined[bin] < FAINT * joined[chosen[0]]:
                break
            if all(abs(bin - other) > 1 for other in chosen):
                chosen.append(bin)
                if len(chosen) == most:
                    break
        return [(bin * width, width) for bin in chosen]

    def best_part(self, first: int, matches: list[Match]) -> _Run | None:
        """The part of ``matches`` in which what agrees outweighs what does not by most."""
        best: tuple[float, int, int] = (0.0, 0, 0)
        value = 0.0
        begun = 0
        for n, match in enumerate(matches):
            if n:
                value -= self.cost(matches[n - 1], match)
            if value <= 0:
                value = 0.0
                begun = n
            value += sum(self.quoted.weights[match.first : match.last]) * match.likeness
            if value > best[0]:
                best = value, begun, n + 1
        worth, begun, ended = best
        return _Run(self.quoted.pieces[first], tuple(matches[begun:ended]), worth) if ended else None

    def cost(self, before: Match, after: Match) -> float:
        """What lies between two matches."""
        missing = sum(self.quoted.weights[before.last : after.first])
        more = after.begin - before.end - (after.first - before.last)
        return MISSING * missing + ADDED * max(0, more)


def _best_chain(runs: list[_Run]) -> tuple[list[_Run], float]:
    """The runs of different pieces that follow each other in the order of the quote and are worth most together."""
    ordered = sorted(runs, key=lambda run: (run.piece, run.begin))
    values: list[float] = []
    before: list[int] = []
    for n, run in enumerate(ordered):
        earlier = [
            (values[m], m)
            for m in range(n)
            if ordered[m].piece < run.piece and ordered[m].end <= run.begin <= ordered[m].end + ELIDED
        ]
        value, m = max(earlier, default=(0.0, -1))
        values.append(value + run.value)
        before.append(m)
    n = max(range(len(ordered)), key=lambda n: values[n])
    value = values[n]
    chain = []
    while n >= 0:
        chain.append(ordered[n])
        n = before[n]
    return chain[::-1], value


def _alignment(quoted: Quoted, chain: list[_Run], value: float) -> Alignment:
    likeness = [0.0] * len(quoted.terms)
    steps: list[Step] = []
    added = at = 0
    place = chain[0].begin
    piece = None
    for run in chain:
        for match in run.matches:
            steps += _between(quoted, at, match.first, place, match.begin, piece not in (None, run.piece))
            added += max(0, match.begin - place - (match.first - at)) if piece == run.piece else 0
            agreement = Agreement.SAME if match.likeness == 1 else Agreement.SPELLED
            last = steps[-1] if steps else None
            if last is not None and last.agreement is agreement is Agreement.SAME:
                steps[-1] = Step(agreement, last.first, match.last, last.begin, match.end)
            else:
                steps.append(Step(agreement, *match[:4]))
            likeness[match.first : match.last] = [match.likeness] * (match.last - match.first)
            at, place, piece = match.last, match.end, run.piece
    steps += _between(quoted, at, len(quoted.terms), place, place, False)
    return Alignment(tuple(steps), likeness, added, value)


def _between(quoted: Quoted, first: int, last: int, begin: int, end: int, is_elided: bool) -> Iterator[Step]:
    """What lies between two matches."""
    if is_elided:
        if first < last:
            yield Step(_lack(quoted, first, last), first, last, begin, begin)
        if begin < end:
            yield Step(Agreement.ELIDED, last, last, begin, end)
    elif first < last:
        lack = _lack(quoted, first, last)
        changed = lack if lack is Agreement.ASIDE else Agreement.CHANGED
        yield Step(changed if begin < end else lack, first, last, begin, end)
    elif begin < end:
        yield Step(Agreement.ADDED, first, last, begin, end)


def _lack(quoted: Quoted, first: int, last: int) -> Agreement:
    return Agreement.ASIDE if all(quoted.asides[first:last]) else Agreement.MISSING
