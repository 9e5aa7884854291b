"""Characters of the text: which never enter it, how it is composed (NFC), what its words are.

Strings in, strings and offset maps out.  Separate because pages and plain text saves must treat every character
alike: anchors, index and views count the code points that are decided here.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

import regex

from archive_viewer import limits

# What a QTextDocument drops, splits on or reserves: U+0000, CR, the byte order mark and its mirror, the frame marks
# U+FDD0 and U+FDD1, lone surrogates.  A U+FFFC of the page's own would pass for one of our pictures.
_FORBIDDEN = re.compile("[\x00\r\ufeff\ufffe\ufdd0\ufdd1\ufffc\ud800-\udfff]")
_PARAGRAPH_SEPARATOR = "\u2029"

_LONG_MARKS = regex.compile(rf"\p{{M}}{{{limits.COMBINING_MARKS}}}")
_GRAPHEME = regex.compile(r"\X")
_GRAPHEME_JOINER = "\u034f"

# Scripts written without blanks: two of their characters count as one word.
_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]{1,2}|\w+")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
"""The same for text that has nothing else: several times as fast."""


def admit(text: str) -> str:
    """``text`` without the characters that no view can show, U+2029 as a blank (qt.md: a paragraph's end in Qt)."""
    if text.isascii() and "\x00" not in text and "\r" not in text:
        return text
    return _FORBIDDEN.sub("", text).replace(_PARAGRAPH_SEPARATOR, " ")


class Composition(NamedTuple):
    """A text in NFC, and where its offsets went.

    ``old`` and ``new`` hold the borders of the stretches that composing changed: start, end, start, end …; the
    text between them is as it was.
    """

    text: str
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()

    def start(self, offset: int) -> int:
        """Where a range that began at ``offset`` begins; inside a changed stretch it takes the stretch in whole."""
        if not self.old:
            return offset
        last = bisect_right(self.old, offset) - 1
        if last < 0:
            return offset
        return self.new[last] if last % 2 == 0 else self.new[last] + offset - self.old[last]

    def end(self, offset: int) -> int:
        """Where a range that ended at ``offset`` ends; inside a changed stretch it takes the stretch in whole."""
        if not self.old:
            return offset
        following = bisect_left(self.old, offset)
        if following == 0:
            return offset
        if following % 2 == 1:
            return self.new[following]
        return self.new[following - 1] + offset - self.old[following - 1]


def composed(text: str) -> str:
    """``text`` in NFC (UAX #15).

    A longer run of combining marks than ``limits.COMBINING_MARKS`` is broken by U+034F as the stream-safe text
    format does (UAX #15, section 13): composing takes quadratic time in the length of such a run.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", _break_marks(text))


def compose(text: str) -> Composition:
    """``composed(text)``, with the way from the old offsets to the new ones."""
    if text.isascii():
        return Composition(text)
    if _break_marks(text) == text and unicodedata.is_normalized("NFC", text):
        return Composition(text)
    return _compose_by_grapheme(text)


def _break_marks(text: str) -> str:
    if not _LONG_MARKS.search(text):
        return text
    return _LONG_MARKS.sub(lambda marks: marks[0] + _GRAPHEME_JOINER, text)


def _compose_by_grapheme(text: str) -> Composition:
    """Composing never joins characters of two grapheme clusters (UAX #29, section 3.1.1), so each goes alone."""
    parts: list[str] = []
    old: list[int] = []
    new: list[int] = []
    length = 0
    for match in _GRAPHEME.finditer(text):
        cluster = match[0]
        part = composed(cluster)
        if part != cluster:
            old += match.span()
            new += (length, length + len(part))
        parts.append(part)
        length += len(part)
    joined = "".join(parts)
    if not unicodedata.is_normalized("NFC", joined):
        joined = unicodedata.normalize("NFC", joined)
        return Composition(joined, (0, len(text)), (0, len(joined)))
    return Composition(joined, tuple(old), tuple(new))


def words_in(text: str) -> list[str]:
    """The words of ``text``, in lower case; two characters of a script without blanks are one."""
    text = text.lower()
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)
