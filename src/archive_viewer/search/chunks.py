"""Where words, compounds and runs begin and end: a text in, pieces of it out, before any is looked into.

A chunk is a word, a compound (words joined by hyphens, apostrophes or the marks of numbers), or a run of a script that
is written without spaces.  No chunk holds white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from archive_viewer.search.token import LONGEST, PARTS

HYPHENS = "-\u2010\u2011\u058a\u05be\ufe63\uff0d_\u00b7\u2027"
APOSTROPHES = "'\u2019\u2018\u201b`\u00b4\u2032\uff07\u02bc\u02bb\u02bd\u02be\u02bf\u02c8\ua78b\ua78c\u05f3\u05f4"
NUMBER_MARKS = ".,:/\u066b\u066c"
_JOINTS = re.escape(HYPHENS + APOSTROPHES + NUMBER_MARKS)

INVISIBLE = r"\p{Default_Ignorable_Code_Point}"
INVISIBLE_SIGN = regex.compile(INVISIBLE, regex.VERSION1)
_SOLID = (
    r"[[\p{Han}\p{Hira}\p{Kana}\p{Bopo}\p{Thai}\p{Lao}\p{Khmr}\p{Mymr}\u30fc\uff70\uff9e\uff9f]&&[\p{L}\p{M}\p{Nl}]]"
)
_BARE_LETTER = rf"[[\p{{L}}\p{{Nd}}\p{{Nl}}\u2080-\u2089]--{_SOLID}--[\u02b9-\u02c1\u02c8\ua78b\ua78c]]"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{Nd}}\p{{Nl}}\u2080-\u2089{INVISIBLE}]--{_SOLID}--[\u02b9-\u02c1\u02c8\ua78b\ua78c]]"
PART = rf"{_BARE_LETTER}{_LETTER}{{0,{LONGEST - 1}}}+"
_JOINT = rf"(?:[{_JOINTS}]|(?<=\p{{Hebr}})\"(?=\p{{Hebr}}))"

CAREFUL = regex.compile(
    rf"(?P<run>[{_SOLID}--\p{{M}}][{_SOLID}{INVISIBLE}[\p{{Zinh}}&&\p{{M}}]]*+)"
    rf"|(?P<chunk>{PART}(?:{_JOINT}{PART}){{0,{PARTS - 1}}}+)",
    regex.VERSION1,
)

# The group is not possessive: before Python 3.11.5 ``re`` then swallows a joint after which no part follows
# (python/cpython issue 106052).  Nothing comes after it, so there is nothing to go back for.
PLAIN = re.compile(rf"[^\W_]{{1,{LONGEST}}}+(?:[{_JOINTS}][^\W_]{{1,{LONGEST}}}+){{0,{PARTS - 1}}}")
NOT_PLAIN = re.compile(
    "[^\x00-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xba\xbb\xbf-\u02af\u0370-\u0481\u048a-\u0530\u2010-\u2029"
    "\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u2775\u2794-\u27bf\uac00-\ud7a3\ufffc\ufffd]"
)
"""A line without these (marks, scripts without spaces, invisible characters …) is cut by the standard library's
``re`` in a third of the time, and gives the same tokens: a test compares the two over every character left out."""


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The text cut at line ends into stretches that are plain or not: one emoji must not make a page slow."""
    while (special := NOT_PLAIN.search(text, start, end)) is not None:
        line = max(start, text.rfind("\n", start, special.start()))
        line_end = text.find("\n", special.end(), end)
        line_end = end if line_end < 0 else line_end
        if line > start:
            yield start, line, True
        yield line, line_end, False
        start = line_end
    yield start, end, True


def chunks(text: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    """Offset and text of each word, compound or run, and whether it is a run of a script without spaces."""
    for first, last, is_plain in stretches(text, start, end):
        if is_plain:
            for plain in PLAIN.finditer(text, first, last):
                yield plain.start(), plain.group(), False
        else:
            for careful in CAREFUL.finditer(text, first, last):
                yield careful.start(), careful.group(), careful.lastgroup == "run"


def blocks(text: str, size: int = 1 << 16) -> Iterator[tuple[int, int]]:
    """The text in blocks of about ``size`` code points that end with a line, for no token goes over one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + size)
        end = len(text) if end < 0 else end
        yield start, end
        start = end
