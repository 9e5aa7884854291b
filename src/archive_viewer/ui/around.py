"""What stands around a place in the text: the sentence, the paragraph, the link.

An article and an offset in, a range or an address out.  Separate because the keys, the menu and the mouse ask the same
of a place, and none of it depends on how the page is drawn.
"""

from __future__ import annotations

from PySide6.QtCore import QTextBoundaryFinder

from archive_viewer.model import Article
from archive_viewer.text import from_utf16, to_utf16

Range = tuple[int, int]
"""Start and end of a passage, in code points of the article's text."""


def sentence_at(article: Article, offset: int) -> Range:
    """The sentence around ``offset``, without the space after it (Unicode Standard Annex 29, section 5).

    :raises IndexError: the article keeps no block; so do the others.
    """
    block = article.block_at(offset)
    first = article.starts[block.n]
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, block.text)
    finder.setPosition(to_utf16(block.text, min(offset - first, max(0, len(block.text) - 1))))
    if not finder.isAtBoundary():
        finder.toPreviousBoundary()
    start = from_utf16(block.text, max(0, finder.position()))
    end = finder.toNextBoundary()
    stop = len(block.text) if end < 0 else from_utf16(block.text, end)
    return first + start, first + start + len(block.text[start:stop].rstrip())


def paragraph_at(article: Article, offset: int) -> Range:
    block = article.block_at(offset)
    first = article.starts[block.n]
    return first, first + len(block.text)


def target_at(article: Article, offset: int) -> str:
    """The address of the link that the character at ``offset`` belongs to."""
    block = article.block_at(offset)
    inside = offset - article.starts[block.n]
    return next((span.target for span in block.spans if span.target and span.start <= inside < span.end), "")


def anchor_offset(article: Article, target: str) -> int | None:
    """Where a link leads that stays inside the page (``#name``); None where the page keeps no such place."""
    if not target.startswith("#"):
        return None
    block = next((block for block in article.kept if target[1:] in block.anchor.split()), None)
    return article.starts[block.n] if block is not None else None
