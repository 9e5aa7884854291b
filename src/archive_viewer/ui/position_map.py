"""Code points of an article's text ↔ positions of the QTextDocument that shows it.

The document's builder notes each piece that it writes; offsets and positions go in and come out.  Separate because
this is the one place where the two ways of counting meet: everything else of the program counts code points, Qt
counts UTF-16 units and puts characters of its own between blocks, cells and tables.

A piece is a block, or a part of one where a long block is broken for presentation.  Qt's own characters lie between
pieces and belong to no offset; a position there is taken for the end of the piece before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from archive_viewer.model import Block
from archive_viewer.text import from_utf16, to_utf16, utf16_length


class Piece(NamedTuple):
    """``text`` at the offset ``start`` of the article's text stands at ``position``, alone in one QTextBlock."""

    start: int
    text: str
    position: int
    block: Block
    is_first: bool
    is_last: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class PositionMap:
    """The pieces of a document in order, and the two directions of counting."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._starts: list[int] = []
        self._positions: list[int] = []

    def add(self, piece: Piece) -> None:
        """Note the next piece; offsets and positions only grow."""
        self.pieces.append(piece)
        self._starts.append(piece.start)
        self._positions.append(piece.position)

    def piece_at(self, offset: int) -> Piece | None:
        """The piece that holds ``offset``; a newline belongs to the piece before it."""
        return self.pieces[max(0, bisect_right(self._starts, offset) - 1)] if self.pieces else None

    def position(self, offset: int) -> int:
        """Where a passage starts that begins at ``offset``."""
        piece = self.piece_at(offset)
        return _place(piece, offset) if piece else 0

    def end_position(self, offset: int) -> int:
        """Where a passage ends that goes as far as ``offset``: before a break of presentation, not after it."""
        number = bisect_left(self._starts, offset) - 1
        if number < 0 or self.pieces[number].end < offset:
            return self.position(offset)
        return _place(self.pieces[number], offset)

    def offset(self, position: int) -> int:
        """The code point at ``position``."""
        if not self.pieces:
            return 0
        piece = self.pieces[max(0, bisect_right(self._positions, position) - 1)]
        return piece.start + from_utf16(piece.text, max(0, position - piece.position))

    def between(self, start: int, end: int) -> list[Piece]:
        """The pieces that the range ``[start, end)`` touches."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return self.pieces[first : bisect_left(self._starts, max(end, start + 1))]


def _place(piece: Piece, offset: int) -> int:
    inside = max(0, offset - piece.start)
    units = utf16_length(piece.text) if inside >= len(piece.text) else to_utf16(piece.text, inside)
    return piece.position + units
