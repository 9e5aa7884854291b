"""A range of an article's text, described in every way by which it can be found again.

An article and two offsets in, a ``Target`` out.  It is separate from finding because it is done once, when a person
marks a passage, and can never be mistaken.
"""

from __future__ import annotations

from archive_viewer import limits
from archive_viewer.errors import BadPassage
from archive_viewer.model import Article, BlockPoint, Target, TextPositionSelector, TextQuoteSelector


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
