"""Places where a mark's words, or words like them, stand in a text, each with the evidence for it.

A target and a text in, ``Sighting``s out, likeliest first.  It is separate from the verdict so that the evidence can
be shown: a mark that is not placed is offered the same sightings from which the verdict was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from archive_viewer import limits
from archive_viewer.anchoring.likeness import (
    edits_between,
    likely_starts,
    nearest_range,
    similarity_after,
    similarity_before,
)
from archive_viewer.anchoring.quote_match import occurrences
from archive_viewer.anchoring.typography import Folded, fold
from archive_viewer.model import Article, Target

NEIGHBOURS = 8
"""Characters on each side that must be the same for a place to count as undisturbed."""

COUNTED = 1_000
"""Occurrences that are looked at one by one; of a quote that is more common only those beside a known neighbour."""

TELLING_CONTEXT = 0.5
"""Likeness of the context from which on an exact place makes the search for a merely similar one needless."""

WORTH_SHOWING = 0.6
"""Likeness below which a place is not even offered."""

REMAINING = 0.5
ONE_RUN = 0.85
"""A passage that has lost, or gained, one run of characters is no worse than this while so much of it remains: a
sentence struck out, an advertisement that another cleaner took for text."""

PAIRS = 8
"""Pairs of a likely beginning and a likely end that are compared: those nearest to the quote's length."""

GRIP = 12
"""Characters of context by which the end of an edited passage is found to the character."""


@dataclass(frozen=True)
class Sighting:
    """A range of the text where a mark may belong.

    ``likeness`` is that of its words to the quote (1: the same but for typography), ``before`` and ``after`` those of
    the context; ``context`` joins them by their lengths (0 where no context is known).
    """

    start: int
    end: int
    likeness: float
    before: float
    after: float
    context: float
    is_verbatim: bool
    is_undisturbed: bool

    @property
    def score(self) -> float:
        return (self.likeness + self.context) / 2

    def is_same_place(self, other: Sighting) -> bool:
        """Both are one place, give or take some characters; words that stand twice are two, even entangled (“aaa”)."""
        if self.likeness == other.likeness == 1:
            return self.start == other.start
        common = min(self.end, other.end) - max(self.start, other.start)
        return 2 * common > min(self.end - self.start, other.end - other.start)


class Ground:
    """An article as marks are sought in it; what is dear to make is made once, when it is first needed."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)


def sight(target: Target, ground: Ground) -> list[Sighting]:
    """The places where ``target`` may belong in ``ground``, likeliest first, none overlapping a better one."""
    found = _in_whole_context(target, ground)
    if not found:
        search = _Search(target, ground)
        found = list(search.weighed(search.same_words()))
        is_told = any(sighting.context >= TELLING_CONTEXT for sighting in found)
        if not is_told and len(target.quote.exact) >= limits.SHORTEST_GUESS:
            found += search.weighed(search.similar_words())
    found.sort(key=lambda sighting: (-sighting.score, abs(sighting.start - target.position.start), sighting.start))
    distinct: list[Sighting] = []
    for sighting in found:
        if not any(sighting.is_same_place(better) for better in distinct):
            distinct.append(sighting)
    return distinct


def _in_whole_context(target: Target, ground: Ground) -> list[Sighting]:
    """Places where the quote and all its context stand to the letter."""
    quote = target.quote
    if not quote.exact or len(quote.prefix) + len(quote.suffix) < limits.SHORTEST_GUESS:
        return []
    whole = quote.prefix + quote.exact + quote.suffix
    places = islice(occurrences(ground.text, whole, 1), limits.PLACES_WEIGHED)
    starts = [place + len(quote.prefix) for place in places]
    return [Sighting(start, start + len(quote.exact), 1.0, 1.0, 1.0, 1.0, True, True) for start in starts]


class _Search:
    """One mark sought in one folded text; offsets are those of the folded text until a place is weighed."""

    def __init__(self, target: Target, ground: Ground) -> None:
        self.target, self.ground = target, ground
        self.text = ground.folded.text
        self.quote = fold(target.quote.exact).text
        self.prefix = fold(target.quote.prefix).text
        self.suffix = fold(target.quote.suffix).text

    def same_words(self) -> Iterator[tuple[int, int]]:
        """Where the quote stands, typography apart."""
        for start in self._starts():
            yield start, start + len(self.quote)

    def _starts(self) -> list[int]:
        near = self.prefix[-NEIGHBOURS:], self.suffix[:NEIGHBOURS]
        starts = list(islice(occurrences(self.text, self.quote, 1), COUNTED + 1))
        if len(starts) > COUNTED:
            after_known = (start + len(near[0]) for start in occurrences(self.text, near[0] + self.quote, 1))
            before_known = occurrences(self.text, self.quote + near[1], 1)
            starts = sorted({*islice(after_known, COUNTED), *islice(before_known, COUNTED)})
        if len(starts) > limits.PLACES_WEIGHED:
            hint = self.ground.folded.offset(self.target.position.start)
            starts.sort(
                key=lambda start: (
                    -self.text.endswith(near[0], 0, start) - self.text.startswith(near[1], start + len(self.quote)),
                    abs(start - hint),
                )
            )
        return starts[: limits.PLACES_WEIGHED]

    def similar_words(self) -> Iterator[tuple[int, int]]:
        """Where words like the quote's stand, whole or with one run of them put in or taken out."""
        if len(self.quote) <= limits.QUOTE_COMPARED:
            yield from self._similar(self.quote, self.prefix, self.suffix)
        reach = min(limits.QUOTE_COMPARED // 2, len(self.quote) // 3)
        if reach >= limits.SHORTEST_GUESS:
            heads = list(self._similar(self.quote[:reach], self.prefix, ""))
            tails = list(self._similar(self.quote[-reach:], "", self.suffix))
            pairs = {
                (start, end)
                for start, _ in heads
                for _, end in tails
                if len(self.quote) * REMAINING <= end - start <= len(self.quote) / REMAINING
            }
            yield from sorted(pairs, key=lambda pair: (abs(pair[1] - pair[0] - len(self.quote)), pair))[:PAIRS]

    def _similar(self, quote: str, prefix: str, suffix: str) -> Iterator[tuple[int, int]]:
        edits_allowed = int(len(quote) * (1 - WORTH_SHOWING))
        pattern = prefix + quote + suffix
        slack = max(8, len(pattern) // 5) + edits_allowed
        for place in likely_starts(pattern, self.text, most=8):
            low = max(0, place + len(prefix) - slack)
            high = max(0, place + len(prefix) + len(quote) + 2 * slack)
            start, end, edits = nearest_range(quote, self.text[low:high])
            if edits <= edits_allowed and start < end:
                yield self._gripped(low + start, low + end, prefix, suffix, edits_allowed)

    def _gripped(self, start: int, end: int, prefix: str, suffix: str, reach: int) -> tuple[int, int]:
        """The range with its ends moved to where the context says that the passage ends."""
        if len(prefix) >= GRIP:
            at = self.text.rfind(prefix[-GRIP:], max(0, start - GRIP - reach), start + reach) + GRIP
            start = at if GRIP <= at < end else start
        if len(suffix) >= GRIP:
            at = self.text.find(suffix[:GRIP], max(start + 1, end - reach), end + GRIP + reach)
            end = at if at > start else end
        return start, end

    def weighed(self, ranges: Iterable[tuple[int, int]]) -> Iterator[Sighting]:
        """The sightings at these ranges of the folded text."""
        for start, end in ranges:
            source = self.ground.folded.source(start, end)
            if source is None:
                continue
            before = similarity_before(self.prefix, self.text, start)
            after = similarity_after(self.suffix, self.text, end)
            known = len(self.prefix) + len(self.suffix)
            context = (before * len(self.prefix) + after * len(self.suffix)) / known if known else 0.0
            near = self.prefix[-NEIGHBOURS:], self.suffix[:NEIGHBOURS]
            yield Sighting(
                start=source[0],
                end=source[1],
                likeness=self._likeness(self.text[start:end]),
                before=before,
                after=after,
                context=context,
                is_verbatim=self.ground.text[source[0] : source[1]] == self.target.quote.exact,
                is_undisturbed=self.text.endswith(near[0], 0, start) and self.text.startswith(near[1], end),
            )

    @cached_property
    def _quote_trigrams(self) -> Counter[str]:
        return _trigrams(self.quote)

    def _likeness(self, words: str) -> float:
        if words == self.quote:
            return 1.0
        longer = max(len(words), len(self.quote))
        if _is_one_run_apart(words, self.quote):
            return max(ONE_RUN, 1 - abs(len(words) - len(self.quote)) / longer)
        if longer <= 2 * limits.QUOTE_COMPARED:
            return 1 - edits_between(self.quote, words) / longer
        return (self._quote_trigrams & _trigrams(words)).total() / longer


def _is_one_run_apart(one: str, other: str) -> bool:
    """One string is the other with a single run of characters put in, and most of both is the same."""
    shorter, longer = sorted((one, other), key=len)
    at_start = _shared(shorter, longer)
    at_end = _shared(shorter[at_start:][::-1], longer[at_start:][::-1])
    return at_start + at_end == len(shorter) >= REMAINING * len(longer)


def _shared(one: str, other: str) -> int:
    """How many characters at their beginning two strings share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (ours, theirs) in pairs if ours != theirs), min(len(one), len(other)))


def _trigrams(words: str) -> Counter[str]:
    """The threes of characters of which a long string is made: what takes the place of words in every script."""
    return Counter(map("".join, zip(words, words[1:], words[2:], strict=False)))
