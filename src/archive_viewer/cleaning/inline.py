"""The text of one block while it grows: white space, line breaks, pictures and styles become text and spans.

Text nodes, ``<br>`` and pictures go in, in page order; finished lines come out.  Separate from the walk over the
tree because white space is decided by characters, not by elements.  White space: CSS Text 3, section 4.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

from archive_viewer import limits
from archive_viewer.cleaning.characters import admit, compose, composed
from archive_viewer.model import LINE_BREAK, PICTURE, Picture, Span, Style

_WHITE = re.compile(r"[ \t\n\r\f]+")
_SINGLE_LINED = re.compile(r" ?\n ?")


class Space(Enum):
    """What happens to white space: CSS ``white-space`` normal, pre-line, pre-wrap."""

    COLLAPSED = "collapsed"
    LINES = "lines"
    EXACT = "exact"


@dataclass(frozen=True)
class Look:
    """How characters are set: their styles, the address they link to (empty: no link), the marks that they bear."""

    styles: frozenset[Style] = frozenset()
    target: str = ""
    marks: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Line:
    """A finished stretch of text with its styles and pictures; ``linked`` counts the characters inside links.

    ``marked`` are the characters that bear a mark: start, end, and the mark's number.
    """

    text: str
    spans: tuple[Span, ...] = ()
    pictures: tuple[Picture, ...] = ()
    marked: tuple[tuple[int, int, int], ...] = ()

    @property
    def linked(self) -> int:
        return sum(span.end - span.start for span in self.spans if span.style is Style.LINK)

    @property
    def has_words(self) -> bool:
        return bool(self.text.strip(f"{PICTURE}{LINE_BREAK} "))


class InlineText:
    """Collects what stands in one block."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._looks: list[Look] = []
        self._pictures: list[tuple[int, Picture]] = []
        self._length = 0
        self._last = ""
        self._is_blank_line = False
        self._is_marked = False

    @property
    def is_empty(self) -> bool:
        return not self._parts

    @property
    def ends_in_blank_line(self) -> bool:
        """Whether nothing that is seen stands after the last line break."""
        return self._is_blank_line

    def add(self, text: str, look: Look, space: Space = Space.COLLAPSED) -> None:
        """Append a text node's text."""
        text = admit(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)
        if space is Space.EXACT:
            text = text.replace("\n", LINE_BREAK)
        else:
            if space is Space.LINES:
                lines = (_WHITE.sub(" ", line) for line in text.split("\n"))
                text = _SINGLE_LINED.sub(LINE_BREAK, "\n".join(lines))
            else:
                text = _collapse(text)
            if text.startswith(" ") and self._last in ("", " ", LINE_BREAK):
                text = text[1:]
            if text.startswith(LINE_BREAK):
                self._trim()
        if text:
            self._append(text, look)

    def add_break(self, look: Look, space: Space = Space.COLLAPSED) -> None:
        """Append a ``<br>``."""
        if space is not Space.EXACT:
            self._trim()
        self._append(LINE_BREAK, look)

    def add_picture(self, picture: Picture, look: Look) -> None:
        self._pictures.append((self._length, picture))
        self._append(PICTURE, look)

    def separate(self, look: Look) -> None:
        """Let a blank stand between what came and what comes: boxes in a row that no blank parts in the source."""
        if self._last not in ("", " ", LINE_BREAK):
            self._append(" ", look)

    def take(self, *, keeps_edges: bool = False) -> Line:
        """The text so far, composed, with blanks and line breaks at its ends gone; starts anew.

        ``keeps_edges`` leaves the ends as they are, as code needs it.
        """
        text = "".join(self._parts)
        ranges = _merge(self._parts, self._looks, _styles_of)
        marked = _merge(self._parts, self._looks, _marks_of) if self._is_marked else []
        pictures = self._pictures
        self._parts, self._looks, self._pictures, self._length, self._last = [], [], [], 0, ""
        self._is_blank_line = self._is_marked = False
        if not ranges and not pictures and not marked:
            line = Line(composed(text))
            return line if keeps_edges else cut(line, *_edges(line.text))
        composition = compose(text)
        line = Line(
            composition.text,
            tuple(Span(composition.start(s), composition.end(e), *key) for s, e, key in ranges),
            tuple(replace(picture, offset=composition.start(offset)) for offset, picture in pictures),
            tuple((composition.start(s), composition.end(e), mark) for s, e, mark in marked),
        )
        if keeps_edges:
            return line
        start, end = _edges(line.text)
        return cut(line, start, end)

    def _append(self, text: str, look: Look) -> None:
        self._parts.append(text)
        self._looks.append(look)
        self._length += len(text)
        self._is_marked = self._is_marked or bool(look.marks)
        self._last = text[-1]
        self._is_blank_line = self._last == LINE_BREAK or (self._is_blank_line and text.isspace())

    def _trim(self) -> None:
        """Take back the blank at the end: none is shown before a line break."""
        if self._last == " ":
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
            if not self._parts[-1]:
                self._parts.pop()
                self._looks.pop()
            self._last = self._parts[-1][-1] if self._parts else ""


def _collapse(text: str) -> str:
    """Each run of white space as one blank; a long text in pieces, for all that is replaced at once lies in memory."""
    size = limits.BLOCK_CHARACTERS
    if len(text) <= size:
        return _WHITE.sub(" ", text)
    pieces = (_WHITE.sub(" ", text[start : start + size]) for start in range(0, len(text), size))
    return "".join(pieces).replace("  ", " ")


def _edges(text: str) -> tuple[int, int]:
    """The text without blanks at its ends, and without lines there that show nothing."""
    start, end = 0, len(text)
    while (line_end := text.find(LINE_BREAK, start, end)) >= 0 and not text[start:line_end].strip():
        start = line_end + 1
    while (line_start := text.rfind(LINE_BREAK, start, end)) >= 0 and not text[line_start:end].strip():
        end = line_start
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


_Key = TypeVar("_Key", int, tuple[Style, str])


def _styles_of(look: Look) -> Iterable[tuple[Style, str]]:
    return [(style, look.target if style is Style.LINK else "") for style in look.styles]


def _marks_of(look: Look) -> Iterable[int]:
    return look.marks


def _merge(
    parts: Iterable[str], looks: Iterable[Look], keys_of: Callable[[Look], Iterable[_Key]]
) -> list[tuple[int, int, _Key]]:
    """Ranges of equal style, or of one mark, joined where they touch, by start."""
    merged: list[tuple[int, int, _Key]] = []
    open_since: dict[_Key, int] = {}
    offset = 0
    previous: Look | None = None
    for part, look in zip(parts, looks, strict=True):
        if look is not previous:
            wanted = set(keys_of(look))
            for key in [key for key in open_since if key not in wanted]:
                merged.append((open_since.pop(key), offset, key))
            for key in wanted:
                open_since.setdefault(key, offset)
            previous = look
        offset += len(part)
    merged.extend((start, offset, key) for key, start in open_since.items())
    return sorted(merged)


def cut(line: Line, start: int, end: int) -> Line:
    """The part ``[start, end)`` of a line."""
    if start == 0 and end == len(line.text):
        return line
    return Line(
        line.text[start:end],
        tuple(
            replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in line.spans
            if span.start < end and span.end > start
        ),
        tuple(replace(p, offset=p.offset - start) for p in line.pictures if start <= p.offset < end),
        tuple(
            (max(s, start) - start, min(e, end) - start, mark) for s, e, mark in line.marked if s < end and e > start
        ),
    )


def split(line: Line, size: int = limits.BLOCK_CHARACTERS) -> Iterator[Line]:
    """Lines of at most ``size`` characters, cut at the last blank of each where there is one in its second half."""
    start = 0
    while len(line.text) - start > size:
        blank = line.text.rfind(" ", start + size // 2, start + size)
        end = blank if blank > 0 else start + size
        yield cut(line, start, end)
        start = end + 1 if blank > 0 else end
    yield cut(line, start, len(line.text))
