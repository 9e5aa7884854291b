"""Drafting: the text that the walk collects becomes drafts of blocks, one after the other.

Finished lines and the context they stand in, in; drafts out, left on the ``Page``.  Separate from the walk over the
tree: what is put aside, what lines of code are, and the limits are decided here for every element alike.
"""

from __future__ import annotations

from archive_viewer import limits
from archive_viewer.cleaning.context import Context
from archive_viewer.cleaning.drafts import Draft, Node, Page, Stretch
from archive_viewer.cleaning.inline import InlineText, Line, Look, Space, split
from archive_viewer.model import Kind

_INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad"
_ONE_LINED = frozenset({Kind.HEADING, Kind.CAPTION, Kind.TERM})
"""Kinds that an empty line inside does not divide."""


class Drafting:
    """The drafts of one page; ``text`` is what was read since the last one ended, ``names`` are theirs to bear."""

    def __init__(self, page: Page) -> None:
        self.text = InlineText()
        self.names: list[str] = []
        self._page = page
        self._asides: list[Draft] = []
        self._is_aside = False
        self._blank_lines = 0
        self._is_in_code = False

    @property
    def next_draft(self) -> int:
        """The index that the next draft will have, the one that is being read left aside."""
        return len(self._page.drafts) + bool(self.text.parts)

    @property
    def is_full(self) -> bool:
        return len(self._page.drafts) + len(self._asides) >= limits.BLOCKS

    # -- asides -------------------------------------------------------------------------------------------------

    def put_off(self) -> InlineText:
        """Begin an aside within a line; what was read of the line waits, and is given to ``resume``."""
        text, self.text, self._is_aside = self.text, InlineText(), True
        return text

    def resume(self, text: InlineText) -> None:
        """Go on with a line; the aside follows it."""
        self.text, self._is_aside = text, False

    # -- text ---------------------------------------------------------------------------------------------------

    def add_code(self, text: str, node: int, context: Context, look: Look) -> None:
        """Add text of which each line is a block."""
        start = 0
        while (end := text.find("\n", start)) >= 0:
            if end > start:
                self.text.add(text[start:end], look, Space.EXACT)
            self._end_code_line(node, context, look)
            start = end + 1
        if start < len(text):
            self.text.add(text[start:], look, Space.EXACT)

    def add_break(self, node: int, context: Context, look: Look) -> None:
        """Add a ``<br>``."""
        if context.is_code:
            self._end_code_line(node, context, look)
        elif self.text.parts:
            if not self.text.ends_in_blank_line:
                self.text.add_break(look, context.space)
            elif context.kind not in _ONE_LINED and not self._is_aside:
                self.end(node, context, look)  # two line breaks in a row are how old pages part their paragraphs

    def _end_code_line(self, node: int, context: Context, look: Look) -> None:
        if self.text.parts:
            self.end(node, context, look)
        else:
            self._blank_lines += 1

    def leave_code(self) -> None:
        self._blank_lines, self._is_in_code = 0, False

    # -- drafts -------------------------------------------------------------------------------------------------

    def end(self, node: int, context: Context, look: Look, *, is_last: bool = False) -> None:
        """End the block that is being read, if there is one, in the element with the index ``node``."""
        if not self.text.parts:
            return
        if len(self._page.drafts) >= limits.BLOCKS and not is_last:
            if not self.text.ends_in_blank_line:
                self.text.add_break(look)
            return
        self._emit(self.text.take(keeps_edges=context.is_code), node, context)
        if self._asides and not self._is_aside:
            self._page.drafts += self._asides
            self._asides = []

    def fill_cell(self, cell: Node, node: int, context: Context) -> None:
        """Give an empty cell its block: a row without it would shift."""
        drafts = self._page.drafts
        if len(drafts) < limits.BLOCKS and all(draft.reason for draft in drafts[cell.first :]):
            drafts.append(self._draft(Line(""), Kind.CELL, node, context))

    def _emit(self, line: Line, node: int, context: Context) -> None:
        if not line.pictures and not line.text.strip().strip(_INVISIBLE):
            self._blank_lines += context.is_code
            self._take_back()
            return
        drafts = self._asides if self._is_aside else self._page.drafts
        if context.is_code:
            if self._is_in_code:  # blank lines count between lines of code only
                room = max(0, limits.BLOCKS - len(drafts))
                blank = min(self._blank_lines, room)
                drafts += [self._draft(Line(""), Kind.CODE, node, context) for _ in range(blank)]
            self._blank_lines, self._is_in_code = 0, True
        for part in split(line) if len(line.text) > limits.BLOCK_CHARACTERS else (line,):
            drafts.append(self._draft(part, _kind(part, context), node, context))

    def _take_back(self) -> None:
        """Let elements that began within a text which is no block, for nothing of it is seen, begin where it ended."""
        count = len(self._page.drafts)
        for node in reversed(self._page.nodes):
            if node.first <= count:
                return
            node.first = node.last = count

    def _draft(self, line: Line, kind: Kind, node: int, context: Context) -> Draft:
        number = None
        marker = context.marker
        if marker and not marker.is_taken and (kind is Kind.ITEM or kind is Kind.FOOTNOTE):
            marker.is_taken = True
            number = marker.number
        anchor = ""
        if self.names and not self._is_aside:
            anchor, self.names = " ".join(dict.fromkeys(self.names)), []
        return Draft(
            kind=kind,
            text=line.text,
            node=node,
            level=context.rank if kind is Kind.HEADING else context.depth,
            spans=line.spans,
            pictures=line.pictures,
            cell=context.cell,
            number=number,
            quote_depth=context.quote_depth,
            direction=context.direction,
            anchor=anchor,
            linked=line.linked,
            reason=context.reason,
            stretches=tuple(map(Stretch._make, line.marked)) if line.marked else (),
        )


def _kind(line: Line, context: Context) -> Kind:
    kind = context.kind
    if line.pictures and not line.has_words:
        return Kind.FIGURE
    if kind is Kind.PARAGRAPH or kind is Kind.QUOTE:
        if context.marker and not context.marker.is_taken:
            return Kind.ITEM
        if kind is Kind.PARAGRAPH and context.cell:
            return Kind.CELL
    return kind
