"""Tree → blocks: every text of a page in exactly one draft of a block, in page order.

The only place, with ``inline`` and ``characters`` below it, where white space and NFC are decided; whether a block
is kept is decided later, in ``choice``.  The walk is a loop, not a recursion: pages nest 2,000 deep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning import elements
from archive_viewer.cleaning.addresses import Base, fragments
from archive_viewer.cleaning.asides import is_hidden, reason_of
from archive_viewer.cleaning.drafts import Direction, Draft, Node, Page, Stretch
from archive_viewer.cleaning.footnotes import holds_notes, is_note
from archive_viewer.cleaning.inline import InlineText, Line, Look, Space, split
from archive_viewer.cleaning.lists import Marker, Numbering, integer
from archive_viewer.cleaning.markers import is_wrapper
from archive_viewer.cleaning.marking import Marking
from archive_viewer.cleaning.pictures import picture_in_noscript, picture_of
from archive_viewer.cleaning.styles import declarations, restyle, space_of
from archive_viewer.cleaning.tables import grid_of
from archive_viewer.model import Cell, Kind, Picture, Reason, Style

_INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad"
_LONGEST_PATH = 200
_LONGEST_NAME = 200
_KINDS: Mapping[str, Kind] = {
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
    "dt": Kind.TERM,
    "dd": Kind.DEFINITION,
}
_OPENING: Mapping[object, str] = {"q": "“", "rt": "(", "button": " ", "text": " ", "option": "\n"}
_CLOSING: Mapping[object, str] = {"q": "”", "rt": ")", "button": " ", "text": " "}
"""What a browser shows around an element though it is not in the source; a reading gets brackets in place of ruby."""
_ONE_LINED = frozenset({Kind.HEADING, Kind.CAPTION, Kind.TERM})
"""Kinds that an empty line inside does not divide."""


class _Setting(NamedTuple):
    """What an element hands down to what stands in it."""

    node: int = -1
    kind: Kind = Kind.PARAGRAPH
    rank: int = 0
    depth: int = 0
    quote_depth: int = 0
    numbering: Numbering | None = None
    marker: Marker | None = None
    cell: Cell | None = None
    grid: Mapping[_Element, Cell] | None = None
    direction: Direction = ""
    space: Space = Space.COLLAPSED
    is_code: bool = False
    holds_notes: bool = False
    is_text_block: bool = False
    reason: Reason | None = None
    look: Look = Look()


class _Frame(NamedTuple):
    """An element that the walk is inside of; ``put_off`` is the text that waits while an aside is read."""

    element: _Element
    children: Iterator[_Element]
    outer: _Setting
    node: int
    is_block: bool
    put_off: InlineText | None


def read(root: _Element, url: str = "", *, with_noscript: bool = False, with_marks: bool = False) -> Page:
    """The blocks of a page whose address is ``url``; ``with_noscript`` reads what is shown where no scripts run.

    ``with_marks`` looks for marks that other programs wrote into the page; their notes are no part of its text.
    """
    return _Walk(root, url, with_noscript, Marking(root) if with_marks else None).run()


class _Walk:
    def __init__(self, root: _Element, url: str, with_noscript: bool, marking: Marking | None) -> None:
        self._root = root
        self._marking = marking
        self._base = Base.of(root, url)
        self._fragments = fragments(root, self._base)
        self._unseen = elements.UNSEEN if with_noscript else elements.UNSEEN | elements.ONLY_WITHOUT_SCRIPTS
        self._page = Page()
        self._setting = _Setting()
        self._text = InlineText()
        self._frames: list[_Frame] = []
        self._asides: list[Draft] = []
        self._is_aside = False
        self._blank_lines = 0
        self._is_in_code = False
        self._names: list[str] = []
        self._ordinals: list[int] = [0]
        self._tables = 0

    # -- the loop ---------------------------------------------------------------------------------------------

    def run(self) -> Page:
        body = next(self._root.iter("body", "frameset"), self._root)
        if body is not self._root:
            self._setting = self._setting._replace(direction=_direction(self._root, ""))
        self._open(body, "body")
        while self._frames:
            child = next(self._frames[-1].children, None)
            if child is None:
                done = self._close()
                if not self._frames:
                    break
            elif self._enter(child):
                continue
            else:
                done = child
            if done.tail:
                self._add(done.tail)
        self._flush(is_last=True)
        if self._marking is not None:
            self._marking.finish(self._page)
        return self._page

    def _enter(self, element: _Element) -> bool:
        """Begin an element; False when there is nothing to go into."""
        tag = element.tag
        if not isinstance(tag, str):
            return False
        self._ordinals[-1] += 1
        if tag in self._unseen and not (tag == "template" and element.get("shadowrootmode")):
            if tag == "noscript":
                self._add_picture(picture_in_noscript(element, self._base))
        elif self._marking is not None and self._marking.takes(element, tag, self._next_draft() - 1):
            pass
        elif tag == "br":
            self._add_break()
        elif tag in elements.PICTURES:
            if not is_hidden(element):
                self._add_picture(picture_of(element, self._base))
        elif tag == "hr":
            self._flush()
        elif tag not in ("wbr", "input") and not (tag == "svg" and _is_wordless(element)):
            self._open(element, tag)
            return True
        return False

    # -- elements ---------------------------------------------------------------------------------------------

    def _open(self, element: _Element, tag: str) -> None:
        outer = self._setting
        reason = self._reason(element, tag)
        is_block = tag in elements.BLOCKS or (tag == "button" and not outer.is_text_block)
        put_off = None
        if is_block or (reason and self._text.is_empty):
            is_block = True
            self._flush()
        elif reason:
            put_off, self._text = self._text, InlineText()
        node = -1
        setting = outer
        if (is_block or tag not in elements.PHRASING) and len(self._page.nodes) < limits.NODES:
            node = len(self._page.nodes)
            self._page.nodes.append(self._node(element, tag, reason))
            setting = setting._replace(node=node, is_text_block=tag in elements.TEXT_BLOCKS)
        if reason:
            setting = setting._replace(reason=reason)
            if tag not in elements.BLOCKS:
                setting = setting._replace(kind=Kind.PARAGRAPH, marker=None, is_code=False, space=Space.COLLAPSED)
        self._is_aside = self._is_aside or put_off is not None
        self._setting = setting
        self._frames.append(_Frame(element, iter(element), outer, node, is_block, put_off))
        self._ordinals.append(0)
        self._name(element, tag)
        self._set(element, tag)
        self._put(element, _OPENING)
        if element.text and tag != "rp":
            self._add(element.text)

    def _close(self) -> _Element:
        frame = self._frames.pop()
        self._ordinals.pop()
        element = frame.element
        self._put(element, _CLOSING)
        if frame.is_block or frame.put_off is not None:
            self._flush()
        if frame.put_off is not None:
            self._is_aside = False
            self._text = frame.put_off
        if element.tag in elements.PREFORMATTED:
            self._blank_lines, self._is_in_code = 0, False
        if frame.node >= 0:
            node = self._page.nodes[frame.node]
            if self._setting.cell and frame.outer.cell is None:
                self._fill_cell(node)
            node.last = max(node.first, len(self._page.drafts))
        self._setting = frame.outer
        return element

    def _reason(self, element: _Element, tag: str) -> Reason | None:
        if self._setting.reason or tag == "body" or len(self._page.drafts) + len(self._asides) >= limits.BLOCKS:
            return None
        if tag == "button" and self._setting.is_code:
            return Reason.OTHER  # "Copy"
        return reason_of(element, tag)

    def _node(self, element: _Element, tag: str, reason: Reason | None) -> Node:
        parent = self._setting.node
        first = self._next_draft()
        above = self._page.nodes[parent].path + "/" if parent >= 0 else ""
        ordinal = self._ordinals[-1]
        path = f"{above}{tag}:{ordinal}" if ordinal else tag
        return Node(element, tag, parent, path[-_LONGEST_PATH:], first, first, reason)

    def _next_draft(self) -> int:
        """The index that the next draft will have, the one that is being read left aside."""
        return len(self._page.drafts) + (not self._text.is_empty)

    def _name(self, element: _Element, tag: str) -> None:
        """Remember the names by which links jump to what comes next."""
        for name in (element.get("id"), element.get("name") if tag == "a" else None):
            if name and len(name) <= _LONGEST_NAME and (name in self._fragments or tag in elements.HEADINGS):
                self._names.append("_".join(name.split()))

    def _set(self, element: _Element, tag: str) -> None:
        """Apply what an element changes for its content."""
        setting = self._setting
        if tag in elements.STYLES:
            look = setting.look
            setting = setting._replace(look=Look(look.styles | {elements.STYLES[tag]}, look.target, look.marks))
        if self._marking is not None and (marks := self._marking.marks_of(element, tag, setting.look.marks)):
            setting = setting._replace(look=Look(setting.look.styles, setting.look.target, marks))
        if element.attrib and not (self._marking is not None and is_wrapper(element, tag)):
            setting = self._set_by_attributes(setting, element, tag)
        if tag in elements.HEADINGS:
            setting = setting._replace(kind=Kind.HEADING, rank=elements.HEADINGS[tag])
        elif tag in elements.LISTS:
            setting = setting._replace(numbering=Numbering(element), depth=setting.depth + 1)
        elif tag == "li":
            number = setting.numbering.number(element) if setting.numbering else None
            setting = setting._replace(kind=Kind.PARAGRAPH, depth=max(1, setting.depth), marker=Marker(number))
        elif tag == "blockquote":
            setting = setting._replace(kind=Kind.QUOTE, quote_depth=setting.quote_depth + 1)
        elif tag in elements.PREFORMATTED:
            setting = setting._replace(kind=Kind.CODE, space=Space.EXACT, is_code=True)
        elif tag == "table" and setting.cell is None:
            setting = self._set_table(setting, element)
        elif tag in ("td", "th"):
            setting = self._set_cell(setting, element)
        elif tag == "textarea":
            setting = setting._replace(space=Space.LINES)
        elif tag in _KINDS:
            setting = setting._replace(kind=_KINDS[tag], marker=None)
        if not setting.holds_notes and holds_notes(element, tag):
            setting = setting._replace(holds_notes=True)
        if is_note(element, tag, setting.holds_notes):
            setting = setting._replace(kind=Kind.FOOTNOTE)
        self._setting = setting

    def _set_by_attributes(self, setting: _Setting, element: _Element, tag: str) -> _Setting:
        if tag == "a" and (href := element.get("href")):
            target = self._base.link(href)
            styles = setting.look.styles | {Style.LINK} if target else setting.look.styles - {Style.LINK}
            setting = setting._replace(look=Look(styles, target, setting.look.marks))
        declared = declarations(element.get("style"))
        if declared:
            look, space = restyle(setting.look, declared), space_of(declared)
            setting = setting._replace(look=look, space=setting.space if space is None or setting.is_code else space)
        if element.get("dir"):
            setting = setting._replace(direction=_direction(element, setting.direction))
        if element.get("role") == "heading" and tag in elements.BLOCKS:
            rank = integer(element.get("aria-level")) or 2
            setting = setting._replace(kind=Kind.HEADING, rank=min(max(rank, 1), 6))
        return setting

    def _set_table(self, setting: _Setting, element: _Element) -> _Setting:
        grid = grid_of(element, self._tables + 1)
        self._tables += grid is not None
        return setting._replace(grid=grid)

    def _set_cell(self, setting: _Setting, element: _Element) -> _Setting:
        cell = setting.grid.get(element) if setting.grid else None
        if setting.cell is not None or cell is None:
            return setting
        return setting._replace(cell=cell, kind=Kind.PARAGRAPH, depth=0, marker=None)

    def _fill_cell(self, node: Node) -> None:
        """Give an empty cell its block: a row without it would shift."""
        drafts = self._page.drafts
        if len(drafts) < limits.BLOCKS and all(draft.reason for draft in drafts[node.first :]):
            drafts.append(self._draft(Line(""), Kind.CELL))

    # -- text -------------------------------------------------------------------------------------------------

    def _add(self, text: str) -> None:
        setting = self._setting
        if not setting.is_code:
            self._text.add(text, setting.look, setting.space)
            return
        start = 0
        while (end := text.find("\n", start)) >= 0:
            if end > start:
                self._text.add(text[start:end], setting.look, Space.EXACT)
            self._end_code_line()
            start = end + 1
        if start < len(text):
            self._text.add(text[start:], setting.look, Space.EXACT)

    def _put(self, element: _Element, marks: Mapping[object, str]) -> None:
        """Add what is seen but not in the source: brackets, quotation marks, a gap between boxes."""
        mark = marks.get(element.tag)
        if mark is None or (element.tag == "rt" and not (element.text or "").strip() and len(element) == 0):
            return
        look = self._setting.look
        if mark == " ":
            self._text.separate(look)
        elif mark != "\n":
            self._text.add(mark, look)
        elif not self._text.is_empty:
            self._text.add_break(look)

    def _add_picture(self, picture: Picture | None) -> None:
        if picture is not None:
            self._text.add_picture(picture, self._setting.look)

    def _add_break(self) -> None:
        setting = self._setting
        if setting.is_code:
            self._end_code_line()
        elif not self._text.is_empty:
            if not self._text.ends_in_blank_line:
                self._text.add_break(setting.look, setting.space)
            elif setting.kind not in _ONE_LINED and not self._is_aside:
                self._flush()  # two line breaks in a row are how old pages part their paragraphs

    def _end_code_line(self) -> None:
        if self._text.is_empty:
            self._blank_lines += 1
        else:
            self._flush()

    def _flush(self, *, is_last: bool = False) -> None:
        """End the block that is being read."""
        setting = self._setting
        if not self._text.is_empty:
            if len(self._page.drafts) >= limits.BLOCKS and not is_last:
                if not self._text.ends_in_blank_line:
                    self._text.add_break(setting.look)
                return
            self._emit(self._text.take(keeps_edges=setting.is_code))
        if self._asides and not self._is_aside:
            self._page.drafts += self._asides
            self._asides = []

    def _emit(self, line: Line) -> None:
        setting = self._setting
        if not line.pictures and not line.text.strip().strip(_INVISIBLE):
            self._blank_lines += setting.is_code
            self._take_back()
            return
        drafts = self._asides if self._is_aside else self._page.drafts
        if setting.is_code:
            if self._is_in_code:  # blank lines count between lines of code only
                room = max(0, limits.BLOCKS - len(drafts))
                drafts += [self._draft(Line(""), Kind.CODE) for _ in range(min(self._blank_lines, room))]
            self._blank_lines, self._is_in_code = 0, True
        drafts += [self._draft(part, self._kind(part)) for part in split(line)]

    def _take_back(self) -> None:
        """Let elements that began within a text which is no block, for nothing of it is seen, begin where it ended."""
        count = len(self._page.drafts)
        for node in reversed(self._page.nodes):
            if node.first <= count:
                return
            node.first = node.last = count

    def _kind(self, line: Line) -> Kind:
        setting = self._setting
        if line.pictures and not line.has_words:
            return Kind.FIGURE
        if setting.kind in (Kind.PARAGRAPH, Kind.QUOTE) and setting.marker and not setting.marker.is_taken:
            return Kind.ITEM
        if setting.kind is Kind.PARAGRAPH and setting.cell:
            return Kind.CELL
        return setting.kind

    def _draft(self, line: Line, kind: Kind) -> Draft:
        setting = self._setting
        number = None
        if setting.marker and not setting.marker.is_taken and kind in (Kind.ITEM, Kind.FOOTNOTE):
            setting.marker.is_taken = True
            number = setting.marker.number
        anchor = ""
        if not self._is_aside and self._names:
            anchor, self._names = " ".join(dict.fromkeys(self._names)), []
        return Draft(
            kind=kind,
            text=line.text,
            node=setting.node,
            level=setting.rank if kind is Kind.HEADING else setting.depth,
            spans=line.spans,
            pictures=line.pictures,
            cell=setting.cell,
            number=number,
            quote_depth=setting.quote_depth,
            direction=setting.direction,
            anchor=anchor,
            linked=line.linked,
            reason=setting.reason,
            stretches=tuple(map(Stretch._make, line.marked)),
        )


def _direction(element: _Element, inherited: Direction) -> Direction:
    stated = element.get("dir", "").strip().lower()
    if stated == "rtl":
        return "rtl"
    if stated == "ltr":
        return "ltr"
    return "" if stated == "auto" else inherited


def _is_wordless(drawing: _Element) -> bool:
    return next(drawing.iter("text", "foreignobject", *elements.NEVER_IN_DRAWINGS), None) is None
