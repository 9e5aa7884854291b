"""A list whose rows can be put in another order by dragging them to where they shall stand.

In: whether the order may be changed now.  Out: what was dropped, and before which row.  Separate from dragging in
general, because a list only takes its own rows, between two others, and never onto one.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from archive_viewer.ui.dragging import PAGES, DraggableRows, unpacked

THICK = 2
"""Pixels of the line that shows where a row would come to stand."""


class OrderedRows(DraggableRows):
    """``put``: ids that were dropped, and the row before which they shall stand (the number of rows: last).

    ``may_order`` tells whether they may; until it is set, they may not.
    """

    put = Signal(object, int)

    def __init__(self, name: str, carried: Callable[[], tuple[QMimeData, str]], parent: QWidget | None = None) -> None:
        super().__init__(name, carried, parent)
        self.may_order: Callable[[], bool] = lambda: False
        self._gap = -1
        self.setAcceptDrops(True)

    @property
    def gap(self) -> int:
        """The row before which what is dragged would come to stand; -1 while nothing is."""
        return self._gap

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._hover(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._hover(event)
        if event.isAccepted():
            # Qt's own: at the edge of the list it moves on under what is dragged.
            self.startAutoScroll()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._point(-1)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(event)
        self.stopAutoScroll()
        gap, ids = self._gap, unpacked(PAGES, event.mimeData())
        self._point(-1)
        # The rows are read anew afterwards; Qt must not take away those that were dragged.
        self.setState(DraggableRows.State.NoState)
        if gap >= 0 and ids:
            self.put.emit(ids, gap)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap >= 0:
            painter = QPainter(self.viewport())
            painter.fillRect(self._line(), self.palette().color(QPalette.ColorRole.Accent))
            painter.end()

    def _hover(self, event: QDropEvent) -> None:
        # Files from outside are the window's affair.
        if event.mimeData().hasFormat(PAGES) and self.may_order():
            self._point(self._gap_at(event.position().toPoint()))
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            self._point(-1)
            event.ignore()

    def _gap_at(self, place: QPoint) -> int:
        index = self.indexAt(place)
        if not index.isValid():
            return self.model().rowCount()
        return index.row() + (place.y() > self.visualRect(index).center().y())

    def _point(self, gap: int) -> None:
        if gap != self._gap:
            self._gap = gap
            self.viewport().update()

    def _line(self) -> QRect:
        rows = self.model().rowCount()
        is_last = self._gap >= rows
        beside = self.visualRect(self.model().index(rows - 1 if is_last else self._gap, 0))
        top = beside.bottom() + 1 if is_last else beside.top()
        return QRect(0, max(0, top - THICK // 2), self.viewport().width(), THICK)
