"""Where words are: which blocks of a laid-out document lie in a rectangle, and the rectangles of a range of characters.

A document and document coordinates in, blocks and rectangles out.  Separate because marks, hits, quotation bars,
paragraph numbers and the printer all ask the same two questions.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
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


def _first_block(document: QTextDocument, y: float) -> QTextBlock:
    layout = document.documentLayout()
    position = layout.hitTest(QPointF(0, max(0.0, y)), Qt.HitTestAccuracy.FuzzyHit)
    if position < 0:
        return document.begin()
    table = _table_at(document, position)
    if table:
        # The first cell of the row: beside it stand cells that begin earlier in the document than the one that was hit.
        row = table.cellAt(position).row()
        position = min(table.cellAt(row, column).firstPosition() for column in range(table.columns()))
    return document.findBlock(position)


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
