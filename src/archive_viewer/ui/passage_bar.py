"""Where the bar of a selected passage stands: beside the passage, wherever that is on the screen.

The page's text and its column come in, and the passage that was selected.  Separate from the bar, which knows nothing
of pages, and from the reading view, which decides what is shown.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Slot

from archive_viewer.ui.around import Range
from archive_viewer.ui.page_column import PageColumn
from archive_viewer.ui.reading_text import ReadingText
from archive_viewer.ui.selection_bar import SelectionBar


class PassageBar(QObject):
    """Keeps a ``SelectionBar`` by its passage while the page scrolls and its window changes."""

    def __init__(self, text: ReadingText, column: PageColumn) -> None:
        super().__init__(text)
        self.bar = SelectionBar(text)
        self._text = text
        self._column = column
        self._passage: Range | None = None
        # After the text has been laid out for its new size.
        self._moving = QTimer(self, singleShot=True, interval=0)
        self._moving.timeout.connect(self._place)
        text.verticalScrollBar().valueChanged.connect(self._place)
        text.installEventFilter(self)

    @property
    def is_visible(self) -> bool:
        return self.bar.isVisible()

    @Slot(object)
    def show_by(self, passage: Range | None) -> None:
        """Show the bar by a passage, while that is on the screen; None: no more."""
        self._passage = passage
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._passage is not None:
            self._moving.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _place(self) -> None:
        if self._passage is None:
            self.bar.hide()
            return
        first, last = (self._text.place_of(offset) for offset in self._passage)
        column = self._text.viewport().geometry()
        place = first.united(last)
        if last.top() != first.top():
            place.setLeft(0)
            place.setRight(column.width())
        room = column.united(self._column.strips[0].geometry()).united(self._column.strips[1].geometry())
        self.bar.show_at(place.translated(QPointF(column.topLeft())), room)
