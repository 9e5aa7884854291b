"""Characters: folding for comparison, digests, and the one place where code points become UTF-16 units.

Strings and offsets in, strings and offsets out.  Everything counts code points, as the W3C Web Annotation Data
Model asks; Qt and JavaScript count UTF-16 units, and only the functions here convert.
"""

from __future__ import annotations

import hashlib
import unicodedata

SOFT_HYPHEN = "\u00ad"


def utf16_length(text: str) -> int:
    """How many UTF-16 units ``text`` takes."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def to_utf16(text: str, offset: int) -> int:
    """The UTF-16 offset of the code point ``offset`` of ``text``."""
    return utf16_length(text[:offset])


def from_utf16(text: str, units: int) -> int:
    """The code point offset of the UTF-16 offset ``units``; one inside a surrogate pair gives the character's start."""
    if text.isascii():
        return min(units, len(text))
    passed = 0
    for offset, character in enumerate(text):
        passed += 2 if character > "\uffff" else 1
        if passed > units:
            return offset
    return len(text)


def digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fold(text: str) -> str:
    """For comparing names and titles: compatibility forms joined, case and accents gone, white space single."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if unicodedata.combining(c) == 0 and c != SOFT_HYPHEN)
    return " ".join(unicodedata.normalize("NFC", bare).split())


def printable(name: str) -> str:
    """A file's name as text: bytes that are not UTF-8 become U+FFFD, since no database or JSON file takes them."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def one_line(text: str) -> str:
    """White space of every kind, line ends included, collapsed to single blanks; the ends trimmed."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """A text in one line, of at most so many characters; what was cut off is shown by an ellipsis."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
