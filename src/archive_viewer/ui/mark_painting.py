"""Marks and hits drawn under the words that they stand on.

Ranges of the article's text, a document and a painter in document coordinates come in; strokes go out, for the part
that is seen only.  Separate because drawing is all that it does: a mark leaves no trace in the document, so it pollutes
neither copying nor printing, and setting two thousand of them lays out nothing anew.

A mark is a soft ground and a line under it.  The line's pattern tells its colour to an eye that sees none; where marks
overlap, their lines run one under the other.  A hit is a frame, so that it is never taken for a mark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from archive_viewer.model import AnchorState, Annotation, Colour
from archive_viewer.ui.article_document import ArticleDocument
from archive_viewer.ui.spans import Spans, lanes, plain_spans
from archive_viewer.ui.text_places import blocks_in, rectangles
from archive_viewer.ui.theme import HAIR, PATTERNS, Pattern, Theme

LANES = 4
"""Lines that find room under one another before they share one."""

LANE_PIXELS = 3.5
LINE_PIXELS = 1.6


@dataclass(frozen=True)
class PaintedMark:
    """What is drawn of a mark; ``lane`` 0 runs closest to the words."""

    id: str
    start: int
    end: int
    colour: Colour
    lane: int
    is_sure: bool


def painted_marks(annotations: Collection[Annotation]) -> Spans[PaintedMark]:
    """The marks that have a place, each with a lane of its own where they overlap."""
    placed = sorted(
        (annotation.start, -annotation.end, annotation.id, annotation)
        for annotation in annotations
        if annotation.start is not None and annotation.end is not None
    )
    numbers = lanes((start, -end) for start, end, _, _ in placed)
    return Spans(
        [
            PaintedMark(
                id,
                start,
                -end,
                mark.colour,
                lane % LANES,
                mark.state not in (AnchorState.MOVED, AnchorState.APPROXIMATE),
            )
            for (start, end, id, mark), lane in zip(placed, numbers, strict=True)
        ],
        lambda mark: (mark.start, mark.end),
    )


def paint_marks(
    painter: QPainter,
    document: ArticleDocument,
    area: QRectF,
    marks: Spans[PaintedMark],
    selected: str = "",
    hovered: str = "",
) -> None:
    """Draw every mark of which ``area`` shows a word; grounds first, so that no ground hides another's line."""
    theme = document.look.theme
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    seen = list(_seen(document, area, marks))
    for mark, places in seen:
        look = theme.marks[mark.colour]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_ground(look.ground, look.line, mark, mark.id in (selected, hovered), theme))
        for place, _ in places:
            painter.drawRoundedRect(place.adjusted(-HAIR, 0, HAIR, 0), 3, 3)
    for mark, places in seen:
        colour = QColor(theme.marks[mark.colour].line)
        for place, baseline in places:
            y = baseline + 0.14 * document.look.body + mark.lane * LANE_PIXELS
            draw_pattern(painter, PATTERNS[mark.colour], place.left(), place.right(), y, colour)
        if mark.id == selected:
            painter.setPen(QPen(colour, LINE_PIXELS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for place, _ in places:
                painter.drawRoundedRect(place.adjusted(-HAIR, 0, HAIR, 0), 3, 3)
    painter.restore()


def paint_hits(
    painter: QPainter,
    document: ArticleDocument,
    area: QRectF,
    hits: Spans[tuple[int, int]],
    current: tuple[int, int] | None,
) -> None:
    """Frame every hit of which ``area`` shows a word; the current one is filled."""
    theme = document.look.theme
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for hit, places in _seen(document, area, hits):
        is_current = hit == current
        painter.setPen(QPen(QColor(theme.hit_line), 1))
        painter.setBrush(QColor(theme.current_hit if is_current else theme.hit_ground))
        for place, _ in places:
            painter.drawRoundedRect(place.adjusted(-HAIR + 0.5, 0.5, HAIR - 0.5, -0.5), 3, 3)
    painter.restore()


def paint_flash(
    painter: QPainter, document: ArticleDocument, area: QRectF, flashed: tuple[int, int], strength: float
) -> None:
    """Light up a passage that was jumped to; ``strength`` fades from 1 to 0."""
    colour = QColor(document.look.theme.accent)
    colour.setAlphaF(0.45 * strength)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for _, places in _seen(document, area, plain_spans([flashed])):
        for place, _ in places:
            painter.drawRoundedRect(place.adjusted(-2 * HAIR, -HAIR, 2 * HAIR, HAIR), 4, 4)
    painter.restore()


def draw_pattern(painter: QPainter, pattern: Pattern, left: float, right: float, y: float, colour: QColor) -> None:
    """A line from ``left`` to ``right`` in a mark's pattern; legends and swatches draw it too."""
    pen = QPen(colour, LINE_PIXELS)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if pattern is Pattern.WAVE:
        pen.setWidthF(1.2)
        painter.setPen(pen)
        painter.drawPath(_wave(left, right, y))
        return
    if pattern is Pattern.DASH:
        pen.setDashPattern([4, 2])
    elif pattern is Pattern.DOT:
        pen.setDashPattern([1.2, 1.8])
    elif pattern is Pattern.DASH_DOT:
        pen.setDashPattern([4, 1.8, 1.2, 1.8])
    elif pattern is Pattern.DOUBLE:
        pen.setWidthF(1.0)
        painter.setPen(pen)
        painter.drawLine(QLineF(left, y - 1.2, right, y - 1.2))
        painter.drawLine(QLineF(left, y + 1.2, right, y + 1.2))
        return
    painter.setPen(pen)
    painter.drawLine(QLineF(left, y, right, y))


def _wave(left: float, right: float, y: float, length: float = 6.0, height: float = 1.6) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    x, up = left, True
    while x < right:
        middle, end = x + length / 4, x + length / 2
        path.quadTo(QPointF(middle, y - 2 * height if up else y + 2 * height), QPointF(min(end, right), y))
        x, up = end, not up
    return path


def _ground(ground: str, line: str, mark: PaintedMark, is_lit: bool, theme: Theme) -> QBrush:
    colour = QColor(ground)
    if is_lit:
        colour = colour.lighter(135) if theme.is_dark else colour.darker(109)
    # Translucent, so that where two marks overlap both grounds are seen.
    colour.setAlpha(215)
    if mark.is_sure:
        return QBrush(colour)
    hatched = QColor(line)
    hatched.setAlpha(110)
    return QBrush(hatched, Qt.BrushStyle.BDiagPattern)


def _seen(document: ArticleDocument, area: QRectF, spans: Spans) -> Iterator[tuple]:
    """Each thing of which ``area`` shows a word, once, with its rectangles there; cut at the ends of blocks."""
    if not len(spans):
        return
    found: dict[int, tuple[object, list[tuple[QRectF, float]]]] = {}
    for block, place in blocks_in(document, area):
        piece = document.piece_of(block)
        if piece is None or not piece.text:
            continue
        for start, end, thing in spans.touching(piece.start, piece.end):
            first = document.map.position(max(start, piece.start))
            last = document.map.end_position(min(end, piece.end))
            found.setdefault(id(thing), (thing, []))[1].extend(rectangles(block, place, first, last))
    yield from found.values()
