"""Lines of a plain text file, and the paragraphs and items that they make up.

Text in, paragraphs out, each with its indent, bullet and quotation marks.  Separate from ``plain_text``, which
decides what they are for: here only typography speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from archive_viewer.cleaning import dates
from archive_viewer.model import LINE_BREAK

_BULLET = re.compile(r"(?P<bullet>[•◦▪▫●○■□‣⁃·*+–-]|o|\(?(?P<number>\d{1,3})[.)])(?:[ \t\u00a0]+|$)|・(?=\S)")
_QUOTED = re.compile(r">[> \t]*")
_UNDERLINE = re.compile(r"([=\-~_*#])\1{2,}$")
_BLANK = re.compile(r"[ \t\f\v\u00a0]*$")
_BLANK_LINES = re.compile(r"\n{3,}")
_TAB = 8

_WIDEST_WRAP = 130
_NARROWEST_WRAP = 40
"""Columns between which lines are taken for wrapped; browsers save each paragraph as one line."""
_LONG_LINES_ALLOWED = 0.02
"""Share of longer lines (addresses, tables) that a wrapped text may have."""
_RAGGED = 0.85
"""A wrapped line reaches at least this share of the width before the word that did not fit."""
_SAMPLE = 20_000
"""Lines from which the width is judged."""


@dataclass(frozen=True)
class Paragraph:
    """A stretch of text as it is to be read: its lines joined by blanks.

    ``indent`` counts columns; ``bullet`` is the mark it bore (empty: none) and ``number`` what that counted to;
    ``quote_depth`` is how many ``>`` stood before it; ``follows_blank`` whether an empty line stands above it;
    ``is_underlined`` whether a row of dashes stood below it.
    """

    text: str
    indent: int = 0
    bullet: str = ""
    number: int | None = None
    quote_depth: int = 0
    follows_blank: bool = False
    is_underlined: bool = False


@dataclass
class _Open:
    parts: list[str]
    last: str
    indent: int
    content_indent: int
    bullet: str
    number: int | None
    quote_depth: int
    follows_blank: bool


def paragraphs(text: str, most: int) -> Iterator[Paragraph]:
    """The paragraphs of a text file, in order; after ``most`` of them the rest as one, its lines kept apart."""
    text = _BLANK_LINES.sub("\n\n", text)
    width = _wrap_width(text)
    current: _Open | None = None
    after_blank = True
    count = expected = 0
    for start, line in _lines(text):
        if count >= most:
            rest = text[start:].strip("\n").replace("\n", LINE_BREAK)
            current = _Open([rest], "", 0, 0, "", None, 0, after_blank)
            break
        if _BLANK.match(line):
            if current:
                yield _closed(current)
                current = None
                count += 1
            after_blank = True
            continue
        quoted = _QUOTED.match(line)
        quote_depth = quoted[0].count(">") if quoted else 0
        body = line[quoted.end() :] if quoted else line
        content = body.lstrip(" \t\u00a0")
        indent = _columns(body[: len(body) - len(content)])
        content = content.rstrip()
        if current and _UNDERLINE.match(content) and len(current.parts) == 1 and not quote_depth:
            yield _closed(current, is_underlined=content[0] in "=-~#")
            current = None
            count += 1
            after_blank = False
            continue
        bullet = _bullet(content, indent, expected)
        if (
            current
            and not bullet
            and quote_depth == current.quote_depth
            and _continues(current, content, indent, width)
        ):
            current.parts.append(content)
            current.last = line.rstrip()
            continue
        if current:
            yield _closed(current)
            count += 1
        number = int(bullet["number"]) if bullet and bullet["number"] else None
        expected = number + 1 if number is not None else expected
        current = _Open(
            [content[bullet.end() :] if bullet else content],
            line.rstrip(),
            indent,
            indent + (bullet.end() if bullet else 0),
            (bullet["bullet"] or bullet[0]) if bullet else "",
            number,
            quote_depth,
            after_blank,
        )
        after_blank = False
    if current:
        yield _closed(current)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its offset, one at a time: a list of 50 million would fill the memory."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, text[start:end]
        start = end + 1
    if start < len(text):
        yield start, text[start:]


def _bullet(content: str, indent: int, expected: int) -> re.Match[str] | None:
    """The mark of an item.  A number is one only where the count is at it, and not before a month; an "o" (lynx) only
    where it stands back."""
    found = _BULLET.match(content)
    if found is None:
        return None
    if found["number"]:
        dated = dates.find(content[:40])
        return found if int(found["number"]) in (1, expected) and not (dated and dated.start == 0) else None
    return None if found["bullet"] == "o" and indent < 2 else found


def _continues(current: _Open, content: str, indent: int, width: int) -> bool:
    """Whether a line belongs to the paragraph above it: that one was full, or an item goes on under its text."""
    if not width:
        return False
    if current.bullet and indent < current.content_indent - 1 and indent != current.indent:
        return False
    first_word = content.split(None, 1)[0]
    return len(current.last) + 1 + len(first_word) > width * _RAGGED


def _closed(current: _Open, *, is_underlined: bool = False) -> Paragraph:
    return Paragraph(
        _join(current.parts),
        current.indent,
        current.bullet,
        current.number,
        current.quote_depth,
        current.follows_blank,
        is_underlined,
    )


def _join(parts: list[str]) -> str:
    """Lines as one; between characters of scripts without blanks none is put in."""
    joined = parts[0]
    if len(parts) == 1:
        return joined
    pieces = [joined]
    for part in parts[1:]:
        before = pieces[-1][-1:]
        pieces.append("" if _has_no_blanks(before) and _has_no_blanks(part[:1]) else " ")
        pieces.append(part)
    return "".join(pieces)


def _has_no_blanks(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\uff60"


def _columns(white: str) -> int:
    columns = 0
    for character in white:
        columns = (columns // _TAB + 1) * _TAB if character == "\t" else columns + 1
    return columns


def _wrap_width(text: str) -> int:
    """The column at which the lines of a text are wrapped; 0 when each line is a paragraph of its own."""
    sample = islice(_lines(text), _SAMPLE)
    lengths = sorted(length for _, line in sample if (length := len(line.rstrip())))
    if len(lengths) < 2:
        return 0
    allowed = int(len(lengths) * _LONG_LINES_ALLOWED)
    width = lengths[len(lengths) - 1 - allowed]
    return width if _NARROWEST_WRAP <= width <= _WIDEST_WRAP else 0
