"""Where words are: which blocks of a laid-out document lie in a rectangle, and the rectangles of a range of characters.

A document and document coordinates in, blocks and rectangles out.  Separate because marks, hits, quotation bars,
paragraph numbers and the printer all ask the same two questions.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextLine, QTextTable

from archive_viewer.model import PICTURE

GAP = 1.5
"""Pixels between two runs of glyphs that are still one run to the eye."""


def blocks_in(document: QTextDocument, area: QRectF) -> Iterator[tuple[QTextBlock, QRectF]]:
    """The blocks that ``area`` touches, in the order of the document, with their rectangles."""
    layout = document.documentLayout()
    block = _first_block(document, area.top())
    while block.isValid():
        place = layout.blockBoundingRect(block)
        if place.top() > area.bottom() and not _table_at(document, block.position()):
            return
        if place.bottom() >= area.top() and place.top() <= area.bottom():
            yield block, place
        block = block.next()


def line_start_at(document: QTextDocument, y: float) -> int:
    """The position at which the line begins that lies at ``y``, or the next one below it."""
    block = _block_reaching(document, y)
    layout = block.layout()
    top = document.documentLayout().blockBoundingRect(block).top()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        if top + line.y() + line.height() > y:
            return block.position() + line.textStart()
    return block.position()


def _first_block(document: QTextDocument, y: float) -> QTextBlock:
    block = _block_reaching(document, y)
    table = _table_at(document, block.position())
    if table:
        # The first cell of the row: beside it stand cells that begin earlier in the document than the one that was hit.
        row = table.cellAt(block.position()).row()
        position = min(table.cellAt(row, column).firstPosition() for column in range(table.columns()))
        return document.findBlock(position)
    return block


def _block_reaching(document: QTextDocument, y: float) -> QTextBlock:
    """The first block that reaches down to ``y``, or the last.

    Qt's own test of a point is of no use here: it lays a long document out as it is needed, takes what is not laid out
    yet for lying at the top, and so answers with the end of the text for any point between two paragraphs.
    """
    layout = document.documentLayout()
    low, high, last = 0, 0, document.blockCount() - 1
    # In growing steps, because asking for a block lays out all that lies before it.
    while high < last and layout.blockBoundingRect(document.findBlockByNumber(high)).bottom() < y:
        low, high = high + 1, min(last, high + 1 + high // 2)
    while low < high:
        middle = (low + high) // 2
        if layout.blockBoundingRect(document.findBlockByNumber(middle)).bottom() < y:
            low = middle + 1
        else:
            high = middle
    return document.findBlockByNumber(high)


def _table_at(document: QTextDocument, position: int) -> QTextTable | None:
    cursor = QTextCursor(document)
    cursor.setPosition(min(position, document.characterCount() - 1))
    return cursor.currentTable()


def rectangles(block: QTextBlock, place: QRectF, start: int, end: int) -> list[tuple[QRectF, float]]:
    """Rectangles around the characters ``[start, end)`` of the document that stand in ``block``, and their baselines.

    One line of one direction gives one rectangle; in mixed directions a range may fall into several.
    """
    first = max(0, start - block.position())
    last = min(block.length() - 1, end - block.position())
    layout = block.layout()
    found: list[tuple[QRectF, float]] = []
    if first >= last:
        return found
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        left = max(first, line.textStart())
        right = min(last, line.textStart() + line.textLength())
        if left < right:
            top = place.top() + line.y()
            baseline = top + line.ascent()
            found += [
                (QRectF(place.left() + x, top, width, line.height()), baseline)
                for x, width in _runs(line, block.text(), left, right)
            ]
        elif line.textStart() >= last:
            break
    return found


def _runs(line: QTextLine, text: str, start: int, end: int) -> list[tuple[float, float]]:
    """Left edge and width of each visible run of a line, joined where they touch."""
    edges = []
    for run in line.glyphRuns(start, end - start):
        bounds = run.boundingRect()
        edges.append((bounds.left(), bounds.right()))
    units = text.encode("utf-16-le")[2 * start : 2 * end] if PICTURE in text else b""
    for offset in range(0, len(units), 2):
        if units[offset : offset + 2] == b"\xfc\xff":
            here = start + offset // 2
            x, after = (line.cursorToX(place)[0] for place in (here, here + 1))  # type: ignore[index]
            edges.append((min(x, after), max(x, after)))
    edges.sort()
    joined: list[tuple[float, float]] = []
    for left, right in edges:
        if joined and left - joined[-1][1] <= GAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return [(left, right - left) for left, right in joined if right > left]
