"""Plain text saves: lines become blocks."""

from __future__ import annotations

from archive_viewer.cleaning.characters import admit, compose
from archive_viewer.model import Article, Block, Kind


def clean_text(text: str) -> Article:
    """The article of a text file."""
    lines = [compose(admit(" ".join(line.split()))).text for line in text.split("\n")]
    kept = [line for line in lines if line]
    return Article(tuple(Block(n, Kind.PARAGRAPH, line) for n, line in enumerate(kept, 1)), "1")
