"""The choice: which blocks of a page are its article, and why the others are not.

What is known of a page in, a verdict for each of its blocks out.  The classifier says how likely each block is of the
article; here they are weighed together.  Kept are the blocks, the likeliest first, for which the expected F1 is
greatest (the harmonic mean of the share of what is kept that is right and the share of what is right that is kept).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from archive_viewer.cleaning import classifier, features
from archive_viewer.cleaning.classifier import Classifier
from archive_viewer.cleaning.rulings import Verdict
from archive_viewer.cleaning.sight import Sight
from archive_viewer.cleaning.skeleton import Numbers, sums
from archive_viewer.cleaning.wholes import is_most, wholes
from archive_viewer.model import Fate, Kind, Reason

_NOTHING = 0.15
"""Expected F1 under which a page is an empty shell, and nothing is kept."""
_STRICTNESS = 0.65
"""What the words expected of an article count for in the choice: less than 1 ends it earlier."""
_CORE_SHARE, _CORE_POWER, _CORE_LEAST = 0.8, 8, 80.0
"""The core is the smallest element that holds such a share of the sure prose; it must hold so many words of it.  The
power makes sure prose count and the rest not: 0.95 counts for 0.43 of its words, 0.75 for 0.004."""
_CORE_DENSITY = 0.8
"""Share of the words in the core that must be likely of the article: less, and it is no single article."""
_CORE_WORDS = 8
_BEYOND = 0.6
"""What a probability counts for outside the core."""
_LEAD = 25
"""Blocks between a title and the core that may be its lead."""
_PROSE_WORDS, _PROSE_LINKED, _PROSE_SHARE = 20, 0.4, 0.7
"""A page on which blocks of so many words make up such a share of what is likely is a page of prose."""
_TITLE, _BYLINE = 0.4, 0.15
"""The title and the byline are kept when they are at least so likely, whatever the sum says; the title of a single
article always: the references of WCXB often begin below it, but a reader wants it."""
_GAP, _GAP_CHANCE, _CAPTION_CHANCE = 3, 0.4, 0.25
"""Between kept blocks of a single article so many others that the rules keep are kept, too, if they are so likely; a
caption needs less, and the name under a quotation.  A picture without words needs no likelihood; however many stand
in a row, they make no gap wider, nor do their captions."""
_PICTURE_CHANCE = 0.5
"""A picture without words at the edge of the article is kept when it is so likely."""
_PICTURED = frozenset({Kind.FIGURE, Kind.CAPTION})
_SMALL, _SMALL_WORD = 40, 4.0
"""The classifier has learned from whole pages of sites.  On one of fewer blocks the rules have a word, too: half way
down their whole word, a logit."""
_ALIKE = frozenset({Kind.CELL, Kind.CODE})
"""Blocks that may well say the same as others without being copies; and what has no words is no copy either: to their
text alone, all pictures are alike."""
_LEAST = 1e-9


def choose(sight: Sight) -> list[Verdict]:
    """The verdict on each draft of a page, in order."""
    if not sight.page.drafts:
        return []
    chances = chances_of(sight, classifier.shipped())
    return _verdicts(sight, chances, pick(sight, chances))


def chances_of(sight: Sight, by: Classifier) -> Numbers:
    """How likely each block is of the article, from 0 to 1."""
    return tempered(sight, by.probabilities(features.measure(sight, by.names)))


def tempered(sight: Sight, chances: Numbers) -> Numbers:
    """The chances of a page's blocks where the rules have a word in it: on small pages, and on what is no text."""
    drafts, verdicts = sight.page.drafts, sight.ruling.verdicts
    word = _SMALL_WORD * min(1.0, max(0.0, (_SMALL - len(drafts)) / (_SMALL / 2)))
    if word:
        ruled = np.array([1.0 if verdict.fate is Fate.KEPT else -1.0 for verdict in verdicts])
        odds = chances / np.maximum(1 - chances, _LEAST) * np.exp(word * ruled)
        chances = odds / (1 + odds)
    is_no_text = [
        verdict.reason is Reason.ARCHIVE_FURNITURE or (draft.reason not in (None, Reason.HIDDEN))
        for draft, verdict in zip(drafts, verdicts, strict=True)
    ]
    return np.where(is_no_text, 0.0, chances)


def pick(sight: Sight, chances: Numbers) -> frozenset[int]:
    """The blocks to keep."""
    if sight.ruling.is_wall:
        return frozenset()
    drafts = sight.page.drafts
    words = np.array(sight.ruling.words, dtype=np.float64)
    linked = np.array([draft.linked / len(draft.text) if draft.linked else 0.0 for draft in drafts])
    first, last = _core(sight, chances, words, linked)
    is_single = last > first
    if is_single:
        title = sight.front.title
        first = title if title is not None and 0 < first - title < _LEAD else first
        chances = chances.copy()
        chances[:first] *= _BEYOND
        chances[last:] *= _BEYOND
    expected = chances * words
    is_prose = (words >= _PROSE_WORDS) & (linked < _PROSE_LINKED)
    is_strict = is_single or expected[is_prose].sum() > _PROSE_SHARE * expected.sum()
    order = np.argsort(-chances, kind="stable")
    right, kept = np.cumsum(expected[order]), np.cumsum(words[order])
    if not words.any():  # pictures, a line of stars: nothing that the classifier has learned from
        return frozenset(i for i, verdict in enumerate(sight.ruling.verdicts) if verdict.fate is Fate.KEPT)
    if not right[-1]:
        return frozenset()
    gain = right / (kept + right[-1] * (_STRICTNESS if is_strict else 1.0))
    most = int(np.argmax(gain))
    if 2 * right[most] / (kept[most] + right[-1]) < _NOTHING:
        return frozenset()
    chosen = set(order[: most + 1].tolist())
    least_of_title = 0.0 if is_strict else _TITLE
    for front, least in ((sight.front.title, least_of_title), (sight.front.byline, _BYLINE)):
        if front is not None and chances[front] >= least:
            chosen.add(front)
    _fill_gaps(sight, chances, chosen, is_strict)
    chosen.update(_pictures(sight, chances))
    _keep_whole(sight, chosen)
    return frozenset(chosen)


def _fill_gaps(sight: Sight, chances: Numbers, chosen: set[int], is_strict: bool) -> None:
    """Keep what stands in small gaps between kept blocks, as far as the rules keep it."""
    drafts = sight.page.drafts
    for before, after in pairwise(sorted(chosen)):
        between = range(before + 1, after)
        if sum(drafts[i].kind not in _PICTURED for i in between) > _GAP:
            continue
        for i in between:
            kind = drafts[i].kind
            least = _CAPTION_CHANCE if kind in (Kind.CAPTION, Kind.QUOTE) else _GAP_CHANCE
            if kind is Kind.FIGURE:
                least = 0.0
            elif not is_strict:
                continue
            if sight.ruling.verdicts[i].fate is Fate.KEPT and chances[i] > least:
                chosen.add(i)


def _pictures(sight: Sight, chances: Numbers) -> list[int]:
    """The pictures without words that are likely and that the rules keep: the sum, which counts words, says nothing
    of them, and no gap holds what stands over the title or below the last paragraph."""
    return [
        i
        for i, (draft, verdict) in enumerate(zip(sight.page.drafts, sight.ruling.verdicts, strict=True))
        if draft.kind is Kind.FIGURE and verdict.fate is Fate.KEPT and chances[i] > _PICTURE_CHANCE
    ]


def _core(sight: Sight, chances: Numbers, words: Numbers, linked: Numbers) -> tuple[int, int]:
    """The range of the one element that holds the article; an empty range when there is no such element."""
    weights = words * (1 - linked) * np.clip(2 * chances - 1, 0, 1) ** _CORE_POWER * (words >= _CORE_WORDS)
    held, all_words, likely = sums(weights), sums(words), sums(words * (chances > 0.5))
    if held[-1] < _CORE_LEAST:
        return 0, 0
    nodes = sight.page.nodes
    first = np.array([node.first for node in nodes], dtype=np.int64)
    last = np.array([node.last for node in nodes], dtype=np.int64)
    holders = np.flatnonzero(held[last] - held[first] >= _CORE_SHARE * held[-1])
    core = int(holders[np.argmin((last - first)[holders])])
    start, end = int(first[core]), int(last[core])
    is_dense = likely[end] - likely[start] >= _CORE_DENSITY * (all_words[end] - all_words[start])
    return (start, end) if is_dense else (0, 0)


def _keep_whole(sight: Sight, chosen: set[int]) -> None:
    """Keep all of a table and of a listing, or nothing, as most of it is."""
    for whole in wholes(sight.page):
        kept = [i for i in whole if i in chosen]
        if 0 < len(kept) < len(whole):
            if is_most(kept, whole, sight.ruling.words):
                chosen.update(whole)
            else:
                chosen.difference_update(whole)


def _verdicts(sight: Sight, chances: Numbers, chosen: frozenset[int]) -> list[Verdict]:
    seen = {sight.page.drafts[i].text for i in chosen}
    verdicts = []
    for i, (draft, chance) in enumerate(zip(sight.page.drafts, chances.tolist(), strict=True)):
        if i in chosen:
            verdicts.append(Verdict(Fate.KEPT, None, chance))
        elif draft.text in seen and sight.ruling.words[i] and draft.kind not in _ALIKE and draft.reason is None:
            verdicts.append(Verdict(Fate.STRIPPED, Reason.REPEATED, 1 - chance))
        else:
            verdicts.append(Verdict(Fate.STRIPPED, sight.ruling.reason(i), 1 - chance))
    return verdicts
