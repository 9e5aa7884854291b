"""Mending: a person's decision about one block, described so that it finds its block again.

Articles and overrides in, overrides and articles out.  Separate from the choice because a mend outlives it: a newer
cleaner may part, order or judge blocks differently, and the person's word still holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive_viewer.errors import UnknownId
from archive_viewer.model import Article, Block, Fate, Override, Reason
from archive_viewer.text import digest


def describe(article: Article, n: int, fate: Fate) -> Override:
    """The decision that the block with paragraph number ``n`` shall have ``fate``.

    :raises UnknownId: the article has no such block.
    """
    position = next((i for i, block in enumerate(article.blocks) if block.n == n), None)
    if position is None:
        raise UnknownId("paragraph", str(n))
    blocks = article.blocks
    text = blocks[position].text
    return Override(
        digest=digest(text),
        ordinal=sum(block.text == text for block in blocks[:position]),
        before=digest(blocks[position - 1].text) if position else "",
        after=digest(blocks[position + 1].text) if position + 1 < len(blocks) else "",
        fate=fate,
    )


def apply(article: Article, overrides: Iterable[Override]) -> Article:
    """The article with each override laid over the block that it fits best; the later of two for one block holds.

    An override whose block is gone changes nothing.  Texts, numbers and the fates of all other blocks stay.
    """
    overrides = list(overrides)
    if not overrides:
        return article
    digests = [digest(block.text) for block in article.blocks]
    equals: dict[str, list[int]] = defaultdict(list)
    for position, of_block in enumerate(digests):
        equals[of_block].append(position)
    blocks = list(article.blocks)
    for override in overrides:
        found = _find(override, equals.get(override.digest, ()), digests)
        if found is not None:
            blocks[found] = _mended(blocks[found], override.fate)
    return replace(article, blocks=tuple(blocks))


def find(article: Article, override: Override) -> int | None:
    """The paragraph number of the block that an override is about; None where it is gone."""
    digests = [digest(block.text) for block in article.blocks]
    positions = [position for position, of_block in enumerate(digests) if of_block == override.digest]
    found = _find(override, positions, digests)
    return article.blocks[found].n if found is not None else None


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
    return replace(block, fate=fate, reason=reason, confidence=1.0)
