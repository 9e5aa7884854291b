"""Mending: a person's decision about one block, described so that it finds its block again.

Articles and overrides in, overrides and articles out.  Separate from the choice because a mend outlives it: a newer
cleaner may part, order or judge blocks differently, and the person's word still holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from archive_viewer.errors import UnknownParagraph
from archive_viewer.model import Article, Block, Decider, Fate, Override, Reason
from archive_viewer.text import digest


def describe(article: Article, n: int, fate: Fate) -> Override:
    """The decision that the block with paragraph number ``n`` shall have ``fate``.

    :raises UnknownId: the article has no such block.
    """
    return describe_all(article, [n], fate)[0]


def describe_all(article: Article, ns: Iterable[int], fate: Fate) -> list[Override]:
    """The same decision about several blocks, each described by itself.

    :raises UnknownId: the article has no such block.
    """
    digests = [digest(block.text) for block in article.blocks]
    ordinals: list[int] = []
    met: Counter[str] = Counter()
    for of_block in digests:
        ordinals.append(met[of_block])
        met[of_block] += 1
    described = []
    for n in ns:
        if not 1 <= n <= len(digests):
            raise UnknownParagraph(n)
        before = digests[n - 2] if n > 1 else ""
        after = digests[n] if n < len(digests) else ""
        described.append(Override(digests[n - 1], ordinals[n - 1], before, after, fate))
    return described


def apply(article: Article, overrides: Iterable[Override]) -> Article:
    """The article with each override laid over the block that it fits best; the later of two for one block holds.

    An override whose block is gone changes nothing.  Texts, numbers and the fates of all other blocks stay.
    """
    overrides = list(overrides)
    if not overrides:
        return article
    digests, equals = _digests(article)
    blocks = list(article.blocks)
    for override in overrides:
        found = _find(override, equals.get(override.digest, ()), digests)
        if found is not None:
            blocks[found] = _mended(blocks[found], override.fate)
    return replace(article, blocks=tuple(blocks))


def find(article: Article, override: Override) -> int | None:
    """The paragraph number of the block that an override is about; None where it is gone."""
    return find_all(article, [override])[0]


def find_all(article: Article, overrides: Iterable[Override]) -> list[int | None]:
    """The paragraph number of the block that each override is about."""
    digests, equals = _digests(article)
    found = (_find(override, equals.get(override.digest, ()), digests) for override in overrides)
    return [position + 1 if position is not None else None for position in found]


def _digests(article: Article) -> tuple[list[str], Mapping[str, Sequence[int]]]:
    """The digest of each block's text, and the positions of each digest."""
    digests = [digest(block.text) for block in article.blocks]
    equals: defaultdict[str, list[int]] = defaultdict(list)
    for position, of_block in enumerate(digests):
        equals[of_block].append(position)
    return digests, equals


def _find(override: Override, positions: Sequence[int], digests: Sequence[str]) -> int | None:
    """The block that stands between the same neighbours, or else has the nearest ordinal among its equals."""

    def likeness(candidate: tuple[int, int]) -> tuple[int, int]:
        ordinal, position = candidate
        before = digests[position - 1] if position else ""
        after = digests[position + 1] if position + 1 < len(digests) else ""
        return (before == override.before) + (after == override.after), -abs(ordinal - override.ordinal)

    best = max(enumerate(positions), key=likeness, default=None)
    return best[1] if best else None


def _mended(block: Block, fate: Fate) -> Block:
    reason = None if fate is Fate.KEPT else block.reason or Reason.OTHER
    return replace(block, fate=fate, reason=reason, confidence=1.0, decided_by=Decider.PERSON)
