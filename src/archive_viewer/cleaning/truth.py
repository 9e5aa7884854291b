"""Truth: which blocks of a page are of its article, by a text that a person has drawn from it.

The words of the blocks and the reference text in, a label for each block out; and how well a choice does against it.
Only training needs this.  Separate from training, so that it can be tested by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

WORD = re.compile(r"\w+")
_RUN = 4
"""Words that stand together by chance are fewer."""
_COMPANY = 5
_COMPANY_WORDS = 30
_LONELY = 0.15
"""A short text with less of the article around it is a word that happens to be in the article, too."""
_SHORT = 12


def words_of(text: str) -> list[str]:
    """The words as the authors of WCXB count them: ``\\w+`` of the text in lower case."""
    return WORD.findall(text.lower())


def labels(blocks: Sequence[Sequence[str]], reference: str) -> list[bool]:
    """Whether each block, given by its words, is of the article whose text is ``reference``.

    A block is when most of its runs of four words are in the reference; a shorter one when all of it is.  Of texts
    that the page has oftener than the reference, those in the best company are taken.
    """
    wanted = words_of(reference)
    if not wanted:
        return [False] * len(blocks)
    whole = f" {' '.join(wanted)} "
    runs = frozenset(_runs(wanted))
    found = [_share(words, runs, whole) for words in blocks]
    label = [share > 0.5 for share in found]
    lines = Counter(" ".join(words_of(line)) for line in reference.split("\n"))
    places: dict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(blocks):
        if words:
            places[" ".join(words)].append(i)
    for text, positions in places.items():
        if len(positions) > 1 and found[positions[0]] >= 0.5:
            most = lines[text] or 1 if len(text) < _SHORT else len(re.findall(rf"(?= {re.escape(text)} )", whole))
            by_company = sorted(positions, key=lambda i: _company(i, blocks, found), reverse=True)
            for i in by_company[max(1, most) :]:
                label[i] = False
    for i, words in enumerate(blocks):
        if label[i] and len(words) < _RUN and _company(i, blocks, found) < _LONELY:
            label[i] = False
    return label


def overlap(answer: Counter[str], truth: Counter[str]) -> tuple[float, float, float]:
    """F1, precision and recall of words; an empty truth wants an empty answer."""
    given, wanted = answer.total(), truth.total()
    if not given or not wanted:
        same = float(given == wanted)
        return same, same, same
    shared = (answer & truth).total()
    return 2 * shared / (given + wanted), shared / given, shared / wanted


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_RUN)), strict=False)


def _share(words: Sequence[str], runs: frozenset[tuple[str, ...]], whole: str) -> float:
    """The share of a block's runs that are in the reference."""
    if not words:
        return 0.0
    if f" {' '.join(words)} " in whole:
        return 1.0
    own = list(_runs(words))
    return sum(run in runs for run in own) / len(own) if own else 0.0


def _company(i: int, blocks: Sequence[Sequence[str]], found: Sequence[float]) -> float:
    """How much of what stands near a block is of the article; nearer and longer blocks count for more."""
    weighed = total = 0.0
    for j in range(max(0, i - _COMPANY), min(len(blocks), i + _COMPANY + 1)):
        if j != i:
            weight = min(len(blocks[j]), _COMPANY_WORDS) / (1 + abs(i - j))
            weighed += weight * found[j]
            total += weight
    return weighed / total if total else 0.0
