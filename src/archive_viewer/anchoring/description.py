"""A range of an article's text, described in every way by which it can be found again.

An article and two offsets in, a ``Target`` out.  It is separate from finding because it is done once, when a person
marks a passage, and can never be mistaken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from archive_viewer import limits
from archive_viewer.errors import BadPassage
from archive_viewer.model import Article, Block, BlockPoint, Target, TextPositionSelector, TextQuoteSelector

_NEIGHBOURS = 4
"""Blocks on either side of a passage from which its context is taken."""


def describe(article: Article, start: int, end: int) -> Target:
    """Describe ``[start, end)`` of ``article.text`` (code points) by quote and context, position, and block points.

    :raises BadPassage: the range is empty or does not lie within the text.
    """
    text = article.text
    if not 0 <= start < end <= len(text):
        raise BadPassage(f"The text has {len(text)} characters; from {start} to {end} is no passage of it.")
    first, last = article.block_at(start), article.block_at(end - 1)
    return Target(
        quote=TextQuoteSelector(
            exact=text[start:end],
            prefix=text[max(0, start - limits.ANCHOR_CONTEXT) : start],
            suffix=text[end : end + limits.ANCHOR_CONTEXT],
        ),
        position=TextPositionSelector(start, end),
        first=BlockPoint(first.n, start - article.starts[first.n]),
        last=BlockPoint(last.n, end - article.starts[last.n]),
        text_sha256=article.text_sha256,
        blocks_sha256=article.blocks_sha256,
    )


def describe_blocks(article: Article, first: BlockPoint | None, last: BlockPoint | None) -> Target:
    """Describe what lies between two places in blocks, be these kept or stripped; None: there is no such place.

    A passage in stripped text has no place until its blocks are put back: its quote and context are those of all
    blocks, its position is where it would stand.
    """
    if first is None or last is None:
        nowhere = BlockPoint(0, 0)  # no block has the number 0
        no_words = TextQuoteSelector("", "", "")
        return Target(no_words, TextPositionSelector(0, 0), nowhere, nowhere, "", article.blocks_sha256)
    starts = article.starts
    if first.n in starts and last.n in starts:
        return describe(article, starts[first.n] + first.offset, starts[last.n] + last.offset)
    between = article.blocks[first.n - 1 : last.n]
    whole = _joined(between)
    exact = whole[first.offset : len(whole) - len(between[-1].text) + last.offset]
    before = _joined(article.blocks[max(0, first.n - 1 - _NEIGHBOURS) : first.n - 1])
    after = _joined(article.blocks[last.n : last.n + _NEIGHBOURS])
    prefix = f"{before}\n{between[0].text[: first.offset]}" if before else between[0].text[: first.offset]
    suffix = f"{between[-1].text[last.offset :]}\n{after}" if after else between[-1].text[last.offset :]
    following = bisect_left(article.kept, first.n, key=lambda block: block.n)
    start = starts[article.kept[following].n] if following < len(article.kept) else len(article.text)
    return Target(
        quote=TextQuoteSelector(exact, prefix[-limits.ANCHOR_CONTEXT :], suffix[: limits.ANCHOR_CONTEXT]),
        position=TextPositionSelector(start, start + len(exact)),
        first=first,
        last=last,
        text_sha256="",
        blocks_sha256=article.blocks_sha256,
    )


def _joined(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)
