"""Markers: which elements of a page are marks that other programs wrote into it, and what each says.

An element in, a ``Marker`` or nothing out.  Separate from the walk because every program has its own way; where the
marks stand is decided in the walk, and what becomes of them in ``foreign_marks``.  The forms, read in their sources:

- SingleFile, ``content-ui-editor-web.js``: highlights are elements (its own ``span`` or the page's) of the class
  ``single-file-highlight``, the parts of one with equal ``data-singlefile-highlight-id``; a note is a
  ``single-file-note`` with its text in a ``textarea`` of its shadow root, tied to the elements that name its number
  in ``data-single-file-note-refs`` (``html``: to none).
- WebScrapBook, ``common.js`` and ``editor/content.js``: ``data-scrapbook-elem`` says what an element is, equal
  ``data-scrapbook-id`` (17 digits, the moment, UTC) what belongs together; a line marker's ``title`` is its note.
- ScrapBook and ScrapBook X: ``data-sb-obj``, or the class alone; ``data-sb-id`` are milliseconds since 1970.
- Hypothesis, ``highlighter.ts``: ``hypothesis-highlight``; its notes are not in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning import elements
from archive_viewer.cleaning.characters import admit
from archive_viewer.cleaning.colours import nearest
from archive_viewer.cleaning.styles import declarations
from archive_viewer.model import Colour

SINGLEFILE, WEBSCRAPBOOK, SCRAPBOOK, HYPOTHESIS = "SingleFile", "WebScrapBook", "ScrapBook", "Hypothesis"

CUT = " […]"
"""What stands at the end of a note that was too long."""

_TRACES = ("single-file-", "scrapbook-", "data-sb-", "linemarker-", "hypothesis-highlight")

_PASSAGES: Mapping[str, str] = {"linemarker": "line marker", "inline": "inline annotation"}
_NOTES: Mapping[str, str] = {
    "sticky": "sticky note",
    "freenote": "sticky note",
    "block-comment": "comment",
    "annotation": "inline annotation",
}
_BY_CLASS: Mapping[str, str] = {
    "linemarker-marked-line": "linemarker",
    "scrapbook-inline": "inline",
    "scrapbook-sticky": "sticky",
    "scrapbook-block-comment": "block-comment",
}
_FURNITURE = frozenset({"scrapbook-sticky-header", "scrapbook-sticky-footer"})
_SINGLEFILE_COLOURS: Mapping[str, Colour] = {
    "yellow": Colour.YELLOW,
    "pink": Colour.RED,
    "blue": Colour.BLUE,
    "green": Colour.GREEN,
}
_REFERENCES = "data-single-file-note-refs"
_NOTE_NESTING = 6
"""Elements between a SingleFile note and its text: template, div, blockquote."""

_LONGEST_ID = 100
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BLANKS_AT_END = re.compile(r"(?<![ \t])[ \t]+\n")
_BLANKS_AROUND_END = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")
_MANY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Marker:
    """What an element says of a mark.  Parts of equal ``key`` that adjoin are one mark.

    ``covers_block``: the mark is a note on the element, and stands on the first block of it alone.
    """

    key: tuple[str, ...]
    creator: str
    origin: str
    colour: Colour
    note: str = ""
    created_at: str = ""
    covers_block: bool = False


@dataclass(frozen=True)
class Note:
    """A note that stands in the page as an element of its own; ``is_beside``: it belongs to what stands before it."""

    marker: Marker
    is_beside: bool


def may_hold(text: str) -> bool:
    """Whether the source of a page has anything that could be a mark of another program."""
    return any(trace in text for trace in _TRACES)


class Markers:
    """What the elements of one page say; the notes that are tied to elements by number are read first."""

    def __init__(self, root: _Element) -> None:
        self._tied: dict[str, Note] = {}
        self._loose: list[Note] = []
        for number, note in _singlefile_notes(root):
            if number and number not in self._tied:
                self._tied[number] = note
            else:
                self._loose.append(note)
        self._met: set[str] = set()

    def is_note(self, element: _Element, tag: str) -> bool:
        """Whether the element is a note that somebody put into the page, and no part of its text."""
        return tag == "single-file-note" or _type_of(element, tag) in _NOTES

    def note_of(self, element: _Element, tag: str) -> Note | None:
        """What a note says; None for an empty one, and for those that ``notes_on_page`` gives at the end."""
        return None if tag == "single-file-note" else _scrapbook_note(element, tag)

    def markers_of(self, element: _Element, tag: str) -> list[Marker]:
        """The marks that stand on the text of an element."""
        found = []
        if tag == "hypothesis-highlight":
            found.append(Marker((HYPOTHESIS,), HYPOTHESIS, "highlight", Colour.YELLOW))
        classes = element.get("class")
        if classes and "single-file-highlight" in classes:
            found.append(_singlefile_highlight(element, classes))
        if _type_of(element, tag) in _PASSAGES:
            found.append(_scrapbook_marker(element, tag))
        if tag != "body" and (numbers := element.get(_REFERENCES)):
            for number in numbers[: limits.ATTRIBUTE_CHARACTERS].replace(",", " ").split():
                if number in self._tied and number not in self._met:
                    self._met.add(number)
                    found.append(self._tied[number].marker)
        return found

    def notes_on_page(self) -> list[Note]:
        """The notes that no element of the text is tied to: they are on the page as a whole."""
        return [note for number, note in self._tied.items() if number not in self._met] + self._loose


def is_wrapper(element: _Element, tag: str) -> bool:
    """Whether the element is there for a mark alone: how it looks says nothing of the page."""
    return tag in elements.MARKERS or _type_of(element, tag) in _PASSAGES


# -- SingleFile ----------------------------------------------------------------------------------------------------


def _singlefile_highlight(element: _Element, classes: str) -> Marker:
    names = classes[: limits.ATTRIBUTE_CHARACTERS].split()
    prefix = "single-file-highlight-"
    stated = (_SINGLEFILE_COLOURS.get(name.removeprefix(prefix)) for name in names if name.startswith(prefix))
    colour = next(filter(None, stated), Colour.YELLOW)
    key = (SINGLEFILE, element.get("data-singlefile-highlight-id", "")[:_LONGEST_ID], colour.value)
    return Marker(key, SINGLEFILE, "highlight", colour)


def _singlefile_notes(root: _Element) -> Iterator[tuple[str, Note]]:
    """Every note that says something, with its number."""
    known: set[_Element] = set()
    for box in root.iter("textarea"):
        around = list(islice(box.iterancestors(), _NOTE_NESTING))
        element = next((outer for outer in around if outer.tag == "single-file-note"), None)
        if element is None or element in known:
            continue
        known.add(element)
        words = note_text(box, keeps_lines=True)
        if words:
            paper = next((outer for outer in around if "note" in outer.get("class", "").split()), box)
            colour = _SINGLEFILE_COLOURS.get(paper.get("data-color", "").removeprefix("note-"), Colour.YELLOW)
            number = element.get("data-note-id", "")[:_LONGEST_ID]
            marker = Marker(("SingleFile note", number), SINGLEFILE, "note", colour, words, covers_block=True)
            yield number, Note(marker, is_beside=False)


# -- ScrapBook and WebScrapBook ------------------------------------------------------------------------------------


def _type_of(element: _Element, tag: str) -> str:
    """What ScrapBook calls an element (its own ``getScrapbookObjectType``); empty for one that is not its own."""
    if tag in ("scrapbook-linemarker", "scrapbook-sticky"):
        return tag.removeprefix("scrapbook-")
    if not element.attrib:
        return ""
    stated = element.get("data-scrapbook-elem") or element.get("data-sb-obj")
    if stated:
        return stated
    classes = element.get("class")
    if not classes or len(classes) > limits.ATTRIBUTE_CHARACTERS:
        return ""
    return next((_BY_CLASS[name] for name in classes.split() if name in _BY_CLASS), "")


def _program(element: _Element, tag: str) -> str:
    is_new = tag.startswith("scrapbook-") or element.get("data-scrapbook-elem") is not None
    return WEBSCRAPBOOK if is_new else SCRAPBOOK


def _scrapbook_marker(element: _Element, tag: str) -> Marker:
    style = element.get("style", "")[: limits.ATTRIBUTE_CHARACTERS]
    words = _shortened(admit(element.get("title", "")).strip())
    id = (element.get("data-scrapbook-id") or element.get("data-sb-id") or "")[:_LONGEST_ID]
    # Without an id, parts that look alike and say the same are one mark where they adjoin.
    key = (SCRAPBOOK, id, "" if id else style, "" if id else words)
    origin = _PASSAGES[_type_of(element, tag)]
    return Marker(key, _program(element, tag), origin, nearest(style), words, _moment(element))


def _scrapbook_note(element: _Element, tag: str) -> Note | None:
    classes = element.get("class", "")[: limits.ATTRIBUTE_CHARACTERS].split()
    type = _type_of(element, tag)
    is_plain = (
        "plaintext" in classes or (type != "freenote" and "scrapbook-sticky" in classes) or type == "block-comment"
    )
    words = note_text(element, keeps_lines=is_plain)
    if not words:
        return None
    is_beside = (
        type in ("block-comment", "annotation")
        or not {"relative", "scrapbook-sticky-relative"}.isdisjoint(classes)
        or (type == "freenote" and "position:static" in declarations(element.get("style")))
    )
    marker = Marker((), _program(element, tag), _NOTES[type], Colour.YELLOW, words, _moment(element))
    return Note(marker, is_beside)


def _moment(element: _Element) -> str:
    """When a mark was made, by its id; empty where that does not say."""
    digits, milliseconds = element.get("data-scrapbook-id", ""), element.get("data-sb-id", "")
    try:
        if re.fullmatch(r"\d{17}", digits, re.ASCII):
            made = datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        elif re.fullmatch(r"\d{12,13}", milliseconds, re.ASCII):
            made = datetime.fromtimestamp(int(milliseconds) // 1000, UTC)
        else:
            return ""
    except ValueError:
        return ""
    return made.strftime("%Y-%m-%dT%H:%M:%SZ") if made.year >= 1990 else ""


# -- the words of a note -------------------------------------------------------------------------------------------


def note_text(element: _Element, *, keeps_lines: bool) -> str:
    """The text of a note as it was seen; ``keeps_lines`` for one whose line ends are the writer's own."""
    parts: list[str] = []
    length = 0

    def add(text: str | None) -> None:
        nonlocal length
        if text:
            parts.append(text.replace("\r\n", "\n") if keeps_lines else _BLANKS.sub(" ", text))
            length += len(parts[-1])

    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if length > limits.MARK_NOTE_CHARACTERS:
            break
        is_line = inner.tag == "br" or (inner is not element and inner.tag in elements.BLOCKS)
        if event == "end":
            if is_line and inner.tag != "br":
                parts.append("\n")
            if inner is not element:
                add(inner.tail)
        elif inner.tag in elements.UNSEEN or not _FURNITURE.isdisjoint(inner.get("class", "").split()):
            walk.skip_subtree()
        else:
            if is_line:
                parts.append("\n")
            add(inner.text)
            if inner.tag == "img" and inner.get("alt"):
                add(inner.get("alt"))
    text = (_BLANKS_AT_END if keeps_lines else _BLANKS_AROUND_END).sub("\n", admit("".join(parts)))
    return _shortened(_MANY_LINES.sub("\n\n", text).strip())


def _shortened(text: str) -> str:
    return text if len(text) <= limits.MARK_NOTE_CHARACTERS else text[: limits.MARK_NOTE_CHARACTERS] + CUT
