"""The two strips of paper beside the column: paragraph numbers on one side, signs of notes and links on the other.

The page's text widget comes in; numbers and signs are drawn, and a click or the wheel goes through to the page.
Separate because the column keeps its width when the window grows: only these strips do, and nothing is laid out anew.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QTextBlock, QWheelEvent
from PySide6.QtWidgets import QWidget

from archive_viewer.ui import icons
from archive_viewer.ui.fonts import reading_font
from archive_viewer.ui.reading_text import ReadingText
from archive_viewer.ui.text_places import blocks_in
from archive_viewer.ui.theme import SMALL, TIGHT

SIGN = 16


class PageMargin(QWidget):
    """One strip; ``is_leading`` is the side where lines begin, and has the numbers.  Signal: ``mark_clicked`` (id)."""

    mark_clicked = Signal(str)

    def __init__(self, text: ReadingText, is_leading: bool) -> None:
        super().__init__(text)
        self._text = text
        self._is_leading = is_leading
        self.shows_numbers = True
        self.noted: frozenset[str] = frozenset()
        self.linked: frozenset[str] = frozenset()
        self._signs: list[tuple[QRect, str]] = []
        self.setMouseTracking(True)
        text.verticalScrollBar().valueChanged.connect(self.update)

    def has_numbers(self) -> bool:
        """Are the numbers on this side?  In an article that is read from right to left they change places."""
        return self._is_leading != self._text.article_document().is_right_to_left

    def paintEvent(self, event: QPaintEvent) -> None:
        document = self._text.article_document()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(document.look.theme.paper))
        area = QRectF(event.rect()).translated(0, self._text.scrolled().y())
        area.setLeft(0)
        if not self.has_numbers():
            self._paint_signs(painter, area)
        elif self.shows_numbers:
            self._paint_numbers(painter, area)
        painter.end()

    def _paint_numbers(self, painter: QPainter, area: QRectF) -> None:
        document = self._text.article_document()
        look = document.look
        font = reading_font("sans", max(9, round(0.6 * look.body)))
        painter.setFont(font)
        painter.setPen(QColor(look.theme.faint))
        height = painter.fontMetrics().height()
        free_from = -1.0
        for block, place in blocks_in(document, area.adjusted(0, -height, 0, height)):
            piece = document.piece_of(block)
            if piece is None or not piece.is_first or place.top() < free_from:
                continue
            baseline = place.top() + _first_baseline(block, 2.2 * look.body) - self._text.scrolled().y()
            room = QRectF(0, baseline - height, self.width() - SMALL, 1.3 * height)
            side = Qt.AlignmentFlag.AlignRight if self._is_leading else Qt.AlignmentFlag.AlignLeft
            if not self._is_leading:
                room.moveLeft(SMALL)
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, str(piece.block.n))
            free_from = place.top() + 0.9 * height

    def _paint_signs(self, painter: QPainter, area: QRectF) -> None:
        """A sign by the line where a noted or linked mark begins; several on one line stand side by side."""
        document = self._text.article_document()
        theme = document.look.theme
        self._signs = []
        taken: dict[int, int] = {}
        for block, place in blocks_in(document, area.adjusted(0, -SIGN, 0, SIGN)):
            piece = document.piece_of(block)
            if piece is None or not piece.text:
                continue
            for start, _, mark in self._text.marks.touching(piece.start, piece.end):
                if start < piece.start:
                    continue
                for ids, name in ((self.noted, "note"), (self.linked, "link")):
                    if mark.id in ids:
                        y = place.top() + _line_middle(block, document.map.position(start) - block.position())
                        row = round(y - self._text.scrolled().y() - SIGN / 2)
                        column = taken.get(row, 0)
                        taken[row] = column + 1
                        sign = self._room_for(row, column)
                        icons.paint(painter, sign, name, QColor(theme.marks[mark.colour].line))
                        self._signs.append((sign, mark.id))

    def _room_for(self, row: int, column: int) -> QRect:
        step = SMALL + column * (SIGN + TIGHT)
        return QRect(self.width() - step - SIGN if self._is_leading else step, row, SIGN, SIGN)

    def _sign_at(self, point: QPoint) -> str:
        return next((id for room, id in self._signs if room.adjusted(-3, -3, 3, 3).contains(point)), "")

    # The strips are part of the page: a selection may begin in them, and the wheel turns them too.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._sign_at(event.position().toPoint())
        if mark:
            self.mark_clicked.emit(mark)
        else:
            self._pass_on(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_sign = bool(self._sign_at(event.position().toPoint()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_sign else Qt.CursorShape.ArrowCursor)
        if event.buttons():
            self._pass_on(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pass_on(event)

    def _pass_on(self, event: QMouseEvent) -> None:
        viewport = self._text.viewport()
        point = QPointF(viewport.mapFromGlobal(event.globalPosition().toPoint()))
        QCoreApplication.sendEvent(
            viewport,
            QMouseEvent(
                event.type(), point, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
            ),
        )

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._text.wheelEvent(event)


def _first_baseline(block: QTextBlock, tallest: float) -> float:
    """Where the first line stands; a picture's line counts as one of text."""
    layout = block.layout()
    return layout.lineAt(0).y() + min(layout.lineAt(0).ascent(), tallest) if layout.lineCount() else 0.0


def _line_middle(block: QTextBlock, inside: int) -> float:
    layout = block.layout()
    if not layout.lineCount():
        return 0.0
    line = layout.lineForTextPosition(inside)
    return line.y() + line.height() / 2 if line.isValid() else 0.0
