"""Where words stand in a text: exactly, or with other typography.

A text and a quote in; ranges of the text, in code points, out.  It is separate because searching for words that
somebody typed or exported needs no description of a passage.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

from archive_viewer.anchoring.typography import Folded, fold


def find_quote(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place where ``quote`` stands in ``text``, in text order, none overlapping another.

    Places where it stands to the letter, if there are any; otherwise those where only quotation marks, apostrophes,
    dashes, ellipses, ligatures, soft hyphens, invisible characters or white space differ.
    """
    exact = [(start, start + len(quote)) for start in occurrences(text, quote)]
    return exact or find_typographic(fold(text), quote)


def find_typographic(text: Folded, quote: str) -> list[tuple[int, int]]:
    """Every place of the folded ``text`` that says ``quote``, as ranges of the text it was folded from."""
    words = fold(unicodedata.normalize("NFC", quote)).text.strip(" ")
    ranges = (text.source(start, start + len(words)) for start in occurrences(text.text, words))
    return [found for found in ranges if found is not None]


def compare(quote: str, text: str) -> Literal["exact", "typographic", ""]:
    """How ``quote`` agrees with the whole of ``text``; empty: it says something else."""
    if quote == text:
        return "exact"
    said, stands = (fold(unicodedata.normalize("NFC", words)).text.strip(" ") for words in (quote, text))
    return "typographic" if said == stands else ""


def occurrences(text: str, words: str, step: int = 0) -> Iterator[int]:
    """Offsets of ``words`` in ``text``, each at least ``step`` characters after the one before (0: not overlapping)."""
    if not words:
        return
    step = step or len(words)
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + step)
