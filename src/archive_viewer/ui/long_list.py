"""A list of rows of one height, as many as there may be: four hundred thousand are laid out as fast as four.

In: a model of ``Row`` values.  Out: a list like any other.  Separate from ``RowView`` because that asks for the index
of every row whenever it lays itself out, a second and a half for so many; a table knows where a row is by its number.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from archive_viewer.ui.rows import RowDelegate, Style

STEP = 24


class LongList(QTableView):
    """``lines``: how each line of a row is set, from which its height follows."""

    def __init__(self, name: str, lines: tuple[Style, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName("longList")
        self.rows = RowDelegate(self, lines)
        self.setItemDelegate(self.rows)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(STEP)
        self._measure()

    def _measure(self) -> None:
        height = self.rows.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setMinimumSectionSize(height)
            self.verticalHeader().setDefaultSectionSize(height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.rows.forget()
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last row, as in every list; in a table they would go along the row."""
        last = self.model().rowCount() - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() in ends and last >= 0:
            self.setCurrentIndex(self.model().index(ends[Qt.Key(event.key())], 0))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing a letter looks for nothing: every row would have to be fetched for it."""
