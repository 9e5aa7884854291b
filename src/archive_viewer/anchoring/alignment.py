"""Two runs of words laid beside each other: where in a text a quote stands that is not quite the same.

The words of a quote and of a text in; ``Alignment``s out, best first: which words are the same, which are spelled
otherwise, changed, missing or added, from the first word that agrees to the last.  It is separate from ``likeness``,
which compares characters: a quote of a page's length, with a sentence left out, takes words.

Words that follow each other and stand so only once on both sides are laid together first (Cohen's “patience diff”),
and what lies between them word by word (Needleman and Wunsch, J. Mol. Biol. 48, 1970) as far as that is little; time
grows with the text and the quote, not with their product.  Of the result the part is kept in which agreement outweighs
the rest, so that a scatter of common words over a page is nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from archive_viewer.anchoring.likeness import edits_between
from archive_viewer.model import Agreement

COMMON = 48
"""A word that stands in a text more often says nothing about where the quote begins."""

STARTS = 3
STARTS_OF_FEW = 16
FEW = 5
"""Likely beginnings of a piece that are looked at; more of one with fewer than five words, which may stand anywhere."""

FAINT = 0.4
"""A beginning for which so much less speaks than for the likeliest is not looked at."""

CELLS = 1_600
"""Pairs of words that are compared one by one: forty by forty."""

ALIKE = 0.65
SHORTEST_ALIKE = 4
"""Likeness from which on two words are one that is spelled otherwise, and letters that such a word has at least."""

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


class _Match(NamedTuple):
    """Words of the quote and of the text that agree."""

    first: int
    last: int
    begin: int
    end: int
    likeness: float


class _Run(NamedTuple):
    """Where a piece stands: its matches, and what they are worth after what lies between them."""

    piece: int
    matches: tuple[_Match, ...]
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
        self.alike: dict[tuple[str, str], float] = {}
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
            matches = sorted(_paired(self, first, last, begin, end))
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

    def best_part(self, first: int, matches: list[_Match]) -> _Run | None:
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

    def cost(self, before: _Match, after: _Match) -> float:
        """What lies between two matches."""
        missing = sum(self.quoted.weights[before.last : after.first])
        more = after.begin - before.end - (after.first - before.last)
        return MISSING * missing + ADDED * max(0, more)

    def likeness(self, one: str, other: str) -> float:
        """How alike two different words are, 0 where they are not one word."""
        key = one, other
        if key not in self.alike:
            shorter, longer = sorted((len(one), len(other)))
            alike = 0.0
            if shorter >= SHORTEST_ALIKE and shorter >= ALIKE * longer:
                alike = 1 - edits_between(one, other) / longer
            self.alike[key] = alike if alike >= ALIKE else 0.0
        return self.alike[key]


def _paired(search: _Search, first: int, last: int, begin: int, end: int) -> Iterator[_Match]:
    """Words of the quote and words of the text that agree, in no order, none crossing another."""
    terms, text = search.terms, search.text
    waiting = [(first, last, begin, end, True, True)]
    while waiting:
        first, last, begin, end, is_open_before, is_open_after = waiting.pop()
        while first < last and begin < end and not is_open_before and terms[first] == text[begin]:
            yield _Match(first, first + 1, begin, begin + 1, 1.0)
            first, begin = first + 1, begin + 1
        while first < last and begin < end and not is_open_after and terms[last - 1] == text[end - 1]:
            last, end = last - 1, end - 1
            yield _Match(last, last + 1, end, end + 1, 1.0)
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
                yield from _word_by_word(search, first, last, begin, end, is_open_before, is_open_after)
                continue
            anchors = _anchors(terms, first, last, text, begin, end, (1,))
            if not anchors:
                continue
        i, j, is_open = first, begin, is_open_before
        for at, place in anchors:
            if at < i or place < j:
                continue
            waiting.append((i, at, j, place, is_open, False))
            yield _Match(at, at + 1, place, place + 1, 1.0)
            i, j, is_open = at + 1, place + 1, False
        waiting.append((i, last, j, end, False, is_open_after))


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


def _word_by_word(
    search: _Search, first: int, last: int, begin: int, end: int, is_open_before: bool, is_open_after: bool
) -> Iterator[_Match]:
    """The best way to lay few words beside few; at an open end words of the text cost nothing."""
    ours, theirs = search.terms[first:last], search.text[begin:end]
    width = len(theirs)
    likeness = search.likeness
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
            yield _Match(first + i - down, first + i, begin + j - right, begin + j, alike)
        i, j = i - down, j - right


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
