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
from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.rulings import Verdict
from archive_viewer.cleaning.sight import Sight
from archive_viewer.cleaning.skeleton import Numbers, sums
from archive_viewer.cleaning.wholes import is_most, wholes
from archive_viewer.model import Fate, Kind, Reason

_NOTHING = 0.15
"""Expected F1 under which a page is an empty shell, and nothing is kept."""
_STRICTNESS = 0.65
"""What the words expected of an article count for in the choice: less than 1 ends it earlier."""
_CORE_SHARE, _CORE_POWER, _CORE_LEAST = 0.8, 8, 40.0
"""The core is the smallest element that holds such a share of the sure prose; it must hold so many words of it.  The
power makes sure prose count and the rest not: 0.95 counts for 0.43 of its words, 0.75 for 0.004."""
_UNSURE = 0.7
"""On pages unlike those of the training, and in other languages, nothing is quite sure, but the article still stands
out: where the surest prose is surer than this, it is the measure for the rest, if there is no core otherwise."""
_LISTS = 0.7
"""A core by that measure stands only beside lists of links: so much of what is expected outside it must be in links."""
_CORE_LONE, _CORE_OF_PROSE = 80.0, 0.6
"""One paragraph alone must hold so many words of it; and the core such a share of all prose that is expected."""
_PARAGRAPH_WORDS = 12
"""Running text of so many words is a paragraph of a core."""
_CORE_DENSITY = 0.8
"""Share of the words in the core that must be likely of the article: less, and it is no single article."""
_CORE_WORDS = 8
_BEYOND, _BEYOND_LINKED = 0.6, 0.4
"""What a probability counts for outside the core, and how much less the more of a block is in links: the lists of other
articles beside a short one, which look like the content of a front page."""
_LEAD = 25
"""Blocks between a title and the core that may be its lead."""
_PROSE_WORDS, _PROSE_LINKED, _PROSE_SHARE = 20, 0.4, 0.7
"""A page on which blocks of so many words make up such a share of what is likely is a page of prose."""
_TITLE, _BYLINE = 0.25, 0.15
"""The title and the byline are kept when they are at least so likely, whatever the sum says; the title of a single
article always: the references of WCXB often begin below it, but a reader wants it."""
_GAP, _GAP_CHANCE, _CAPTION_CHANCE = 3, 0.4, 0.25
"""Between kept blocks of a single article so many others that the rules keep are kept, too, if they are so likely; a
caption needs less, and the name under a quotation.  A picture without words needs no likelihood; however many stand
in a row, they make no gap wider, nor do their captions."""
_PICTURE_CHANCE = 0.5
"""A picture without words at the edge of the article is kept when it is so likely."""
_PICTURED = frozenset({Kind.FIGURE, Kind.CAPTION})
_SMALL, _SMALL_STRIPPED, _SMALL_KEPT = 40, 4.0, 1.5
"""The classifier has learned from whole pages of sites.  On one of fewer blocks the rules have a word, too: half way
down their whole word, a logit.  It is a stronger one where they strip: they keep all that has no name."""
_SAID = (Reason.SHARE, Reason.SUBSCRIPTION, Reason.CONSENT, Reason.ADVERT)
_SAID_CHANCE = 0.2
"""Lines that say this of themselves are of the article once in fifty times (WCXB, every fourth page: 22 of 1,030)."""
_NOTE_CHANCE = 0.2
"""A footnote that a kept block refers to is kept, if it is so likely."""
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
    smallness = min(1.0, max(0.0, (_SMALL - len(drafts)) / (_SMALL / 2)))
    if smallness:
        word = [_SMALL_KEPT if verdict.fate is Fate.KEPT else -_SMALL_STRIPPED for verdict in verdicts]
        odds = chances / np.maximum(1 - chances, _LEAST) * np.exp(smallness * np.array(word))
        chances = odds / (1 + odds)
    is_no_text = [
        verdict.reason is Reason.ARCHIVE_FURNITURE or (draft.reason not in (None, Reason.HIDDEN))
        for draft, verdict in zip(drafts, verdicts, strict=True)
    ]
    chances = np.where(is_no_text, 0.0, chances)
    for i in np.flatnonzero(chances > _SAID_CHANCE).tolist():
        if drafts[i].kind is not Kind.HEADING and sight.ruling.says(i) in _SAID:
            chances[i] = _SAID_CHANCE
    return chances


def pick(sight: Sight, chances: Numbers) -> frozenset[int]:
    """The blocks to keep."""
    if sight.ruling.is_wall:
        return frozenset()
    drafts = sight.page.drafts
    words = np.array(sight.ruling.words, dtype=np.float64)
    linked = np.array([draft.linked / len(draft.text) if draft.linked else 0.0 for draft in drafts])
    is_prose = (words >= _PROSE_WORDS) & (linked < _PROSE_LINKED)
    first, last = _core(sight, chances, words, linked)
    is_single = last > first
    if is_single:
        is_several = ((words >= _PARAGRAPH_WORDS) & (linked < _PROSE_LINKED) & (chances > 0.5))[first:last].sum() > 1
        beyond = _BEYOND * (1 - _BEYOND_LINKED * linked) if is_several else np.full(len(drafts), _BEYOND)
        title = sight.front.title
        first = title if title is not None and 0 < first - title < _LEAD else first
        beyond[first:last] = 1
        chances = chances * beyond
    expected = chances * words
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
    _keep_notes(sight.page, chances, chosen)
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


def _keep_notes(page: Page, chances: Numbers, chosen: set[int]) -> None:
    """Keep the footnotes that kept blocks refer to, wherever they stand."""
    notes = [i for i, draft in enumerate(page.drafts) if draft.kind is Kind.FOOTNOTE and chances[i] > _NOTE_CHANCE]
    if notes:
        targets = {span.target[1:] for i in chosen for span in page.drafts[i].spans if span.target.startswith("#")}
        chosen.update(i for i in notes if not targets.isdisjoint(page.drafts[i].anchor.split()))


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
    sureness = np.clip(2 * chances - 1, 0, 1)
    first, last = _core_by(sureness, sight, chances, words, linked)
    surest = float(chances[(words >= _PARAGRAPH_WORDS) & (linked < _PROSE_LINKED)].max(initial=0.0))
    if first < last or surest <= _UNSURE:
        return first, last
    first, last = _core_by(np.minimum(sureness / (2 * surest - 1), 1), sight, chances, words, linked)
    outside = chances * words
    outside[first:last] = 0
    return (first, last) if (outside * linked).sum() >= _LISTS * outside.sum() else (0, 0)


def _core_by(sureness: Numbers, sight: Sight, chances: Numbers, words: Numbers, linked: Numbers) -> tuple[int, int]:
    held = sums(words * (1 - linked) * sureness**_CORE_POWER * (words >= _CORE_WORDS))
    if held[-1] < _CORE_LEAST:
        return 0, 0
    nodes = sight.page.nodes
    first = np.array([node.first for node in nodes], dtype=np.int64)
    last = np.array([node.last for node in nodes], dtype=np.int64)
    holders = np.flatnonzero(held[last] - held[first] >= _CORE_SHARE * held[-1])
    core = int(holders[np.argmin((last - first)[holders])])
    inside = slice(int(first[core]), int(last[core]))
    is_dense = (words * (chances > 0.5))[inside].sum() >= _CORE_DENSITY * words[inside].sum()
    is_lone = ((words >= _PARAGRAPH_WORDS) & (linked < _PROSE_LINKED) & (chances > 0.5))[inside].sum() < 2
    prose = chances * words * ((words >= _PROSE_WORDS) & (linked < _PROSE_LINKED))
    holds_most = prose[inside].sum() >= _CORE_OF_PROSE * prose.sum()
    if is_dense and holds_most and (not is_lone or held[-1] >= _CORE_LONE):
        return inside.start, inside.stop
    return 0, 0


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
    reasons = sight.ruling.reasons(chosen)
    return [
        Verdict(Fate.KEPT, None, chance) if i in chosen else Verdict(Fate.STRIPPED, reasons.of(i), 1 - chance)
        for i, chance in enumerate(chances.tolist())
    ]
