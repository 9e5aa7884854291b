"""Tree → blocks: every text of a page in exactly one draft of a block, in page order.

The walk from element to element; what an element means is decided in ``context``, what becomes a block in
``drafting``, white space and NFC in ``inline`` and ``characters`` and nowhere else; whether a block is kept is decided
later, in ``choice``.  The walk is a loop, not a recursion: pages nest 2,000 deep.  It meets a thousand elements a page,
of which nine in ten change nothing: an element costs what it changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Attrib, _Element

from archive_viewer import limits
from archive_viewer.cleaning import elements
from archive_viewer.cleaning.addresses import Base, fragments
from archive_viewer.cleaning.asides import CONTROLS, TELLING_CLASSES, Attributes, is_hidden, reason_of
from archive_viewer.cleaning.attributes import STATING
from archive_viewer.cleaning.context import Context, Contexts, direction
from archive_viewer.cleaning.drafting import Drafting
from archive_viewer.cleaning.drafts import Node, Page
from archive_viewer.cleaning.elements import TRAITS, UNKNOWN, Trait
from archive_viewer.cleaning.footnotes import CONTAINER_CLASSES
from archive_viewer.cleaning.formulas import linear
from archive_viewer.cleaning.gaps import BOXES, is_gap
from archive_viewer.cleaning.inline import PLAIN, InlineText, Look
from archive_viewer.cleaning.marking import Marking
from archive_viewer.cleaning.pictures import picture_in_noscript, picture_of
from archive_viewer.model import Picture, Reason, Style

_LONGEST_PATH = 200
_LONGEST_NAME = 200
_TELLING = frozenset({"id", "name", "href", "style", "hidden", "aria-hidden", "role", "dir", "epub:type", "open"})
_TELLING_CLASSES = TELLING_CLASSES | CONTAINER_CLASSES
_NONE: Attributes = {}
"""Nine in ten elements have nothing but classes, and a page has few: each class is looked into once."""
_ASIDES = CONTROLS | {"dialog", "button"}
"""Elements that may be no part of the text even without attributes."""


class _Frame:
    """An element that the walk is inside of, and what holds for the text in it.

    ``node`` is the index of the innermost element that holds blocks, this one or one further out.  ``children`` are
    those still to come, ``ordinal`` counts those that came; ``put_off`` is the text that waits while an aside is read.
    """

    __slots__ = ("children", "context", "element", "is_block", "look", "node", "ordinal", "put_off", "trait")

    def __init__(
        self,
        element: _Element,
        trait: Trait,
        context: Context,
        look: Look,
        node: int,
        is_block: bool,
        put_off: InlineText | None,
    ) -> None:
        self.element = element
        self.trait = trait
        self.context = context
        self.look = look
        self.node = node
        self.is_block = is_block
        self.put_off = put_off
        self.children: Iterator[_Element] = iter(element)
        self.ordinal = 0


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
        self._drafting = Drafting(self._page)
        self._contexts = Contexts(self._base, marking)
        self._frames: list[_Frame] = []
        self._traits = TRAITS if marking is None else {}  # where there may be marks, each element is looked at
        self._classes: dict[str, bool] = {}

    # -- the loop ---------------------------------------------------------------------------------------------

    def run(self) -> Page:
        body = next(self._root.iter("body", "frameset"), self._root)
        context = Context() if body is self._root else Context(direction=direction(self._root.get("dir", ""), ""))
        around = _Frame(self._root, UNKNOWN, context, PLAIN, node=-1, is_block=False, put_off=None)
        self._frames.append(around)
        self._open(body, "body", TRAITS["body"])
        while (frame := self._frames[-1]) is not around:
            for child in frame.children:
                tag = child.tag
                if isinstance(tag, str):
                    frame.ordinal += 1
                    trait = self._traits.get(tag)
                    if self._open(child, tag, trait) if trait else self._enter(child, tag, frame):
                        break
                if text := child.tail:
                    self._add(text, frame.node, frame.context, frame.look)
            else:
                self._close(frame)
                if frame.element is not body and (text := frame.element.tail):
                    outer = self._frames[-1]
                    self._add(text, outer.node, outer.context, outer.look)
        self._drafting.end(around.node, around.context, around.look, is_last=True)
        if self._marking is not None:
            self._marking.finish(self._page)
        return self._page

    def _enter(self, element: _Element, tag: str, outer: _Frame) -> bool:
        """Look at an element that may be no place for text; False when there is nothing to go into."""
        if tag in self._unseen and not (tag == "template" and element.get("shadowrootmode")):
            if tag == "noscript":
                self._add_picture(picture_in_noscript(element, self._base), outer)
            elif tag in ("meta", "link"):
                self._page.stating.append(element)
            return False
        if self._marking is not None and self._marking.takes(element, tag, self._drafting.next_draft - 1):
            return False
        if tag in elements.POINTS:
            self._pass(element, tag, outer)
            return False
        if tag == "svg" and _is_wordless(element):
            return False
        if tag == "math" and not is_hidden(element.attrib):
            self._add_formula(element, outer)
            return False
        return self._open(element, tag, TRAITS.get(tag, UNKNOWN))

    def _pass(self, element: _Element, tag: str, outer: _Frame) -> None:
        if tag == "br":
            self._drafting.add_break(outer.node, outer.context, outer.look)
        elif tag == "hr":
            self._drafting.end(outer.node, outer.context, outer.look)
        elif tag in elements.PICTURES and not is_hidden(element.attrib):
            self._add_picture(picture_of(element, self._base), outer)

    # -- elements ---------------------------------------------------------------------------------------------

    def _open(self, element: _Element, tag: str, trait: Trait) -> bool:
        """Read what stands at the beginning of an element; False when that is all, and there is nothing to close."""
        outer = self._frames[-1]
        drafting, page = self._drafting, self._page
        stated = dict(element.items())
        attributes = self._telling(stated) if stated else _NONE
        if tag == "time" or not STATING.isdisjoint(stated):
            self._page.stating.append(element)
        context, look = outer.context, outer.look
        reason = None
        if context.reason is None and (attributes or tag in _ASIDES):
            reason = self._reason(element, tag, attributes, context)
        is_block = trait.is_block or (tag == "button" and not self._is_in_text_block(outer))
        put_off = None
        if is_block or (reason and not drafting.text.parts):
            is_block = True
            if drafting.text.parts:
                drafting.end(outer.node, context, look)
        elif reason:
            put_off = drafting.put_off()
        node = outer.node
        if (is_block or not trait.is_phrasing) and len(page.nodes) < limits.NODES:
            node = len(page.nodes)
            page.nodes.append(self._node(element, tag, stated, outer, reason))
        if reason:
            context = context.aside(reason, is_inline=not trait.is_block)
        if attributes:
            self._name(tag, attributes)
        if attributes or not trait.is_plain or context.holds_notes:
            context, look = self._contexts.inside(element, tag, trait, attributes, context, look)
        if trait.opening:
            self._put(trait.opening, element, look)
        elif tag in BOXES and drafting.text.last.isalnum() and self._is_gap(element, tag, outer):
            drafting.text.separate(outer.look)
        if (text := element.text) and tag != "rp":
            self._add(text, node, context, look)
        if trait.is_phrasing and not is_block and put_off is None and len(element) == 0:
            if trait.closing:
                self._put(trait.closing, element, look)
            return False
        self._frames.append(_Frame(element, trait, context, look, node, is_block, put_off))
        return True

    def _close(self, frame: _Frame) -> None:
        drafting = self._drafting
        self._frames.pop()
        outer = self._frames[-1]
        if frame.trait.closing:
            self._put(frame.trait.closing, frame.element, frame.look)
        if drafting.text.parts and (frame.is_block or frame.put_off is not None):
            drafting.end(frame.node, frame.context, frame.look)
        if frame.put_off is not None:
            drafting.resume(frame.put_off)
        if frame.context.is_code and frame.element.tag in elements.PREFORMATTED:
            drafting.leave_code()
        if frame.node != outer.node:
            node = self._page.nodes[frame.node]
            if frame.context.cell and outer.context.cell is None:
                drafting.fill_cell(node, frame.node, frame.context)
            node.last = max(node.first, len(self._page.drafts))

    def _telling(self, stated: Attributes) -> Attributes:
        """The attributes of an element; none where all that it has is classes, and they mean nothing to the walk."""
        if self._marking is not None or not _TELLING.isdisjoint(stated):
            return stated
        classes = stated.get("class", "")
        tells = self._classes.get(classes)
        if tells is None:
            tells = self._classes[classes] = not _TELLING_CLASSES.isdisjoint(classes.lower().split())
        return stated if tells else _NONE

    def _is_in_text_block(self, outer: _Frame) -> bool:
        return outer.node >= 0 and TRAITS.get(self._page.nodes[outer.node].tag, UNKNOWN).is_text_block

    def _reason(self, element: _Element, tag: str, attributes: Attributes, context: Context) -> Reason | None:
        if tag == "button" and context.is_code:
            reason: Reason | None = Reason.OTHER  # "Copy"
        else:
            reason = reason_of(element, tag, attributes)
        return None if reason and (tag == "body" or self._drafting.is_full) else reason

    def _node(self, element: _Element, tag: str, stated: Attributes, outer: _Frame, reason: Reason | None) -> Node:
        parent, ordinal, first = outer.node, outer.ordinal, self._drafting.next_draft
        path = f"{tag}:{ordinal}" if ordinal else tag
        if parent >= 0:
            path = f"{self._page.nodes[parent].path}/{path}"[-_LONGEST_PATH:]
        named = stated.get("class", ""), stated.get("id", ""), stated.get("role", "")
        return Node(element, tag, parent, path, first, first, reason, *named)

    def _name(self, tag: str, attributes: Attributes | _Attrib) -> None:
        """Remember the names by which links jump to what comes next."""
        for name in (attributes.get("id"), attributes.get("name") if tag == "a" else None):
            if name and len(name) <= _LONGEST_NAME and (name in self._fragments or tag in elements.HEADINGS):
                self._drafting.names.append("_".join(name.split()))

    # -- text -------------------------------------------------------------------------------------------------

    def _add(self, text: str, node: int, context: Context, look: Look) -> None:
        if context.is_code:
            self._drafting.add_code(text, node, context, look)
        else:
            self._drafting.text.add(text, look, context.space)

    def _put(self, mark: str, element: _Element, look: Look) -> None:
        """Add what is seen but not in the source: brackets, quotation marks, a gap between boxes."""
        text = self._drafting.text
        if element.tag == "rt" and not (element.text or "").strip() and len(element) == 0:
            return
        if mark == " ":
            text.separate(look)
        elif mark != "\n":
            text.add(mark, look)
        elif text.parts:
            text.add_break(look)

    def _is_gap(self, element: _Element, tag: str, outer: _Frame) -> bool:
        if outer.context.is_code or Style.CODE in outer.look.styles:  # tokens of code are boxes only to colour them
            return False
        return is_gap(element, tag, self._drafting.text.last)

    def _add_formula(self, element: _Element, outer: _Frame) -> None:
        is_displayed = element.get("display") == "block" and not outer.context.is_code
        if is_displayed:
            self._drafting.end(outer.node, outer.context, outer.look)
        self._name("math", element.attrib)
        if text := linear(element):
            self._add(text, outer.node, outer.context, outer.look)
        if is_displayed:
            self._drafting.end(outer.node, outer.context, outer.look)

    def _add_picture(self, picture: Picture | None, frame: _Frame) -> None:
        if picture is not None:
            self._drafting.text.add_picture(picture, frame.look)


def _is_wordless(drawing: _Element) -> bool:
    return next(drawing.iter("text", "foreignobject", *elements.NEVER_IN_DRAWINGS), None) is None
