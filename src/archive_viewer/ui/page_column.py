"""The column of the page in its widget, and the strips of paper that take the rest of the width.

The page's text widget comes in; its margins are set whenever its size or its look changes.  Separate because a window
that grows must not lay a long page out anew: the column keeps its width, only the strips grow.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal

from archive_viewer.ui.page_margin import PageMargin
from archive_viewer.ui.reading_text import ReadingText
from archive_viewer.ui.theme import BASE, HUGE, TIGHT

NARROWEST_STRIP = HUGE + TIGHT
"""Room for a paragraph number of four digits, or for the signs of two marks."""


class PageColumn(QObject):
    """Signal: ``mark_clicked`` (id), the sign of a mark in a strip."""

    mark_clicked = Signal(str)

    def __init__(self, text: ReadingText) -> None:
        super().__init__(text)
        self._text = text
        self.strips = (PageMargin(text, is_leading=True), PageMargin(text, is_leading=False))
        for strip in self.strips:
            strip.mark_clicked.connect(self.mark_clicked)
        text.installEventFilter(self)

    def set_noted(self, ids: Iterable[str]) -> None:
        """Which marks have a note."""
        self.strips[0].noted = self.strips[1].noted = frozenset(ids)

    def set_linked(self, ids: Iterable[str]) -> None:
        """Which marks are an end of a link."""
        self.strips[0].linked = self.strips[1].linked = frozenset(ids)

    def show_numbers(self, are_shown: bool) -> None:
        for strip in self.strips:
            strip.shows_numbers = are_shown
            strip.update()

    def fit(self) -> None:
        """Give the column its width and the strips the rest."""
        bar = self._text.verticalScrollBar().sizeHint().width()
        room = self._text.width() - bar
        wanted = self._text.article_document().look.column + 2 * BASE
        column = min(wanted, max(room - 2 * NARROWEST_STRIP, BASE))
        left = max(0, (room - column) // 2)
        right = max(0, room - column - left)
        self._text.setViewportMargins(left, 0, right, 0)
        start = bar if self._text.isRightToLeft() else 0
        self.strips[0].setGeometry(start, 0, left, self._text.height())
        self.strips[1].setGeometry(start + left + column, 0, right, self._text.height())

    def update(self) -> None:
        for widget in (self._text.viewport(), *self.strips):
            widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            # Before Qt lays the text out for a width that it will not have.
            top, width = self._text.top_offset(), self._text.viewport().width()
            self.fit()
            if top and self._text.viewport().width() != width:
                self._text.scroll_to(top)
        return super().eventFilter(watched, event)
