"""The text of one block while it grows: white space, line breaks, pictures and styles become text and spans.

Text nodes, ``<br>`` and pictures go in, in page order; finished lines come out.  Separate from the walk over the
tree because white space is decided by characters, not by elements.  White space: CSS Text 3, section 4.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum
from itertools import accumulate
from typing import NamedTuple, TypeVar

from archive_viewer import limits
from archive_viewer.cleaning.characters import admit, compose, composed
from archive_viewer.model import LINE_BREAK, PICTURE, Picture, Span, Style

_BLANKS = " \t\n\r\f"
_TAKES_NO_BLANK = ("", " ", LINE_BREAK)
"""What stands before a blank that is not shown; nothing: it is the first of its block."""
_SINGLE_LINED = re.compile(r" ?\n ?")


class Space(Enum):
    """What happens to white space: CSS ``white-space`` normal, pre-line, pre-wrap."""

    COLLAPSED = "collapsed"
    LINES = "lines"
    EXACT = "exact"


class Look(NamedTuple):
    """How characters are set: their styles, the address they link to (empty: no link), the marks that they bear."""

    styles: frozenset[Style] = frozenset()
    target: str = ""
    marks: frozenset[int] = frozenset()


PLAIN = Look()


class Line(NamedTuple):
    """A finished stretch of text with its styles and pictures; ``linked`` counts the characters inside links.

    ``marked`` are the characters that bear a mark: start, end, and the mark's number.
    """

    text: str
    spans: tuple[Span, ...] = ()
    pictures: tuple[Picture, ...] = ()
    marked: tuple[tuple[int, int, int], ...] = ()

    @property
    def linked(self) -> int:
        return sum([span.end - span.start for span in self.spans if span.style is Style.LINK]) if self.spans else 0

    @property
    def has_words(self) -> bool:
        return bool(self.text.strip(f"{PICTURE}{LINE_BREAK} "))


class InlineText:
    """Collects what stands in one block: ``parts``, none as long as it is empty; ``last`` is the last character."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._looks: list[Look] = []
        self._pictures: list[tuple[int, Picture]] = []
        self.last = ""
        self._is_plain = True

    @property
    def ends_in_blank_line(self) -> bool:
        """Whether nothing that is seen stands after the last line break."""
        for part in reversed(self.parts):
            if part.endswith(LINE_BREAK):
                return True
            if not part.isspace():
                break
        return False

    def add(self, text: str, look: Look, space: Space = Space.COLLAPSED) -> None:
        """Append a text node's text."""
        if space is Space.COLLAPSED and not text.strip(_BLANKS):  # the source's own line ends: half of all text nodes
            if self.parts:
                self.separate(look)
            return
        text = admit(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)
        if space is Space.EXACT:
            text = text.replace("\n", LINE_BREAK)
        else:
            if space is Space.LINES:
                text = _SINGLE_LINED.sub(LINE_BREAK, "\n".join(map(_collapse, text.split("\n"))))
            else:
                text = _collapse(text)
            if text.startswith(" ") and self.last in _TAKES_NO_BLANK:
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
        self._pictures.append((len(self.parts), picture))
        self._append(PICTURE, look)

    def separate(self, look: Look) -> None:
        """Let a blank stand between what came and what comes, as between boxes in a row."""
        if self.last not in _TAKES_NO_BLANK:
            self._append(" ", look)

    def take(self, *, keeps_edges: bool = False) -> Line:
        """The text so far, composed, with blanks and line breaks at its ends gone; starts anew.

        ``keeps_edges`` leaves the ends as they are, as code needs it.
        """
        if not keeps_edges:
            self._trim()
        parts, looks, pictures, is_plain = self.parts, self._looks, self._pictures, self._is_plain
        self.parts, self._looks, self._pictures, self.last, self._is_plain = [], [], [], "", True
        text = "".join(parts)
        if is_plain and not pictures:
            line = Line(composed(text))
        elif len(parts) == 1 and not pictures and not looks[0].marks:
            text = composed(text)
            line = Line(text, tuple([Span(0, len(text), *key) for key in sorted(_styles_of(looks[0]))]))
        else:
            line = _set_line(text, parts, looks, pictures)
        return line if keeps_edges else cut(line, *_edges(line.text))

    def _append(self, text: str, look: Look) -> None:
        self.parts.append(text)
        self._looks.append(look)
        self.last = text[-1]
        if look is not PLAIN:
            self._is_plain = False

    def _trim(self) -> None:
        """Take back the blank at the end: none is shown before a line break."""
        if self.last == " ":
            self.parts[-1] = self.parts[-1][:-1]
            if not self.parts[-1]:
                self.parts.pop()
                self._looks.pop()
            self.last = self.parts[-1][-1] if self.parts else ""


def _collapse(text: str) -> str:
    """Each run of white space as one blank: by halves, for a pattern would make a piece of every word."""
    for control in "\t\n\f":
        if control in text:
            text = text.replace(control, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _edges(text: str) -> tuple[int, int]:
    """The text without blanks at its ends, and without lines there that show nothing."""
    start, end = 0, len(text)
    if LINE_BREAK in text:
        while (line_end := text.find(LINE_BREAK, start, end)) >= 0 and not text[start:line_end].strip():
            start = line_end + 1
        while (line_start := text.rfind(LINE_BREAK, start, end)) >= 0 and not text[line_start:end].strip():
            end = line_start
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def _set_line(text: str, parts: list[str], looks: list[Look], pictures: list[tuple[int, Picture]]) -> Line:
    """A line of more than plain words; a picture is given with the number of its part."""
    styled = _merge(parts, looks, _styles_of)
    marked = _merge(parts, looks, _marks_of) if any(look.marks for look in looks) else []
    begins = list(accumulate(map(len, parts), initial=0)) if pictures else []
    composition = compose(text)
    start, end = composition.start, composition.end
    return Line(
        composition.text,
        tuple([Span(start(s), end(e), *key) for s, e, key in styled]),
        tuple([replace(picture, offset=start(begins[number])) for number, picture in pictures]),
        tuple([(start(s), end(e), mark) for s, e, mark in marked]),
    )


_Key = TypeVar("_Key", int, tuple[Style, str])


def _styles_of(look: Look) -> Iterable[tuple[Style, str]]:
    return [(style, look.target if style is Style.LINK else "") for style in look.styles]


def _marks_of(look: Look) -> Iterable[int]:
    return look.marks


def _merge(
    parts: Sequence[str], looks: Sequence[Look], keys_of: Callable[[Look], Iterable[_Key]]
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
