"""Ticks on the scroll bar: where in the page the hits and the marks are.

The page's text widget comes in; short strokes are drawn over its scroll bar, which keeps the mouse.  Separate because
the strokes are few while hits are many: they are gathered to the pixel, and only when hits, marks or the layout change.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionSlider, QWidget

from archive_viewer.ui.reading_text import ReadingText

SETTLE_MS = 120
"""Ticks follow when layout and typing have been quiet for so long."""

LAID_OUT_CHARACTERS = 300_000
"""Up to here the true height of a passage is asked for, which lays out the whole page (0.2 s); beyond, its share of the
text stands in for it."""


class TickBar(QWidget):
    """Lies over the vertical scroll bar of a page and draws where its hits and marks are."""

    def __init__(self, text: ReadingText) -> None:
        self._bar = text.verticalScrollBar()
        super().__init__(self._bar)
        self._text = text
        self._ticks: list[tuple[int, str, bool]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Places of hits and marks"))
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._gather)
        self._bar.installEventFilter(self)
        self._bar.rangeChanged.connect(self.refresh)

    def refresh(self) -> None:
        """Gather the ticks anew, a moment later."""
        self._settle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.setGeometry(self._bar.rect())
            self.refresh()
        return super().eventFilter(watched, event)

    def places(self) -> list[int]:
        """The pixel rows that have a tick."""
        return [row for row, _, _ in self._ticks]

    def _gather(self) -> None:
        theme = self._text.article_document().look.theme
        groove = self._groove()
        height = max(1.0, groove.height() - 1)
        shares: dict[int, float] = {}
        found: dict[tuple[int, bool], str] = {}
        places = [(mark.start, False, theme.marks[mark.colour].line) for mark in self._text.marks.things]
        places += [(start, True, theme.hit_line) for start, _ in self._text.hits.things]
        for offset, is_hit, colour in places:
            row = round(groove.top() + self._share(offset, shares) * height)
            found.setdefault((row, is_hit), colour)
        self._ticks = [(row, colour, is_hit) for (row, is_hit), colour in sorted(found.items())]
        self.update()

    def _share(self, offset: int, known: dict[int, float]) -> float:
        """How far down the page an offset is, from 0 to 1; ``known`` keeps what was found of each paragraph."""
        document = self._text.article_document()
        length = max(1, len(document.article.text))
        if length > LAID_OUT_CHARACTERS:
            return min(1.0, offset / length)
        piece = document.map.piece_at(offset)
        if piece is None:
            return 0.0
        if piece.position not in known:
            layout = document.documentLayout()
            top = layout.blockBoundingRect(document.findBlock(piece.position)).top()
            known[piece.position] = min(1.0, top / max(1.0, layout.documentSize().height()))
        return known[piece.position]

    def _groove(self) -> QRectF:
        option = QStyleOptionSlider()
        self._bar.initStyleOption(option)
        return QRectF(
            self._bar.style().subControlRect(
                QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarGroove, self._bar
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        width = self.width()
        for row, colour, is_hit in self._ticks:
            painter.setBrush(QColor(colour))
            # Marks on the left half, hits on the right: told apart without their colours.
            left, right = (width / 2, width - 2) if is_hit else (2, width / 2 - 1)
            painter.drawRect(QRectF(left, row, right - left, 2))
        painter.end()
