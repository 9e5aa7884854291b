"""The table of a concordance: rows chosen with mouse and keyboard, columns that give way where there is no room.

In: a ``ConcordanceModel``.  Out: which row is meant, which are chosen.  Separate from the tab around it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from archive_viewer.ui.concordance_line import ConcordanceDelegate
from archive_viewer.ui.concordance_model import LINE, PASSAGE, SITE, TITLE, YEAR, ConcordanceModel, words_of

STEP = 24
ROOMY, WIDE_ENOUGH, BARELY = 820, 520, 380
"""Pixels from which site, page and year are shown beside the passage."""

YEAR_WIDTH = 15
"""Characters: “published 2021”."""


class ConcordanceTable(QTableView):
    """``meant``: a row was chosen to be jumped to, and whether its page is to keep its tab; ``copy_wanted``."""

    meant = Signal(QModelIndex, bool)
    copy_wanted = Signal()

    def __init__(self, model: ConcordanceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("concordance")
        self.setAccessibleName(self.tr("Passages, one a line"))
        self.setModel(model)
        self.lines = ConcordanceDelegate(self)
        self.setItemDelegateForColumn(PASSAGE, self.lines)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(STEP)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # One of its own: painted, a header goes through every row to see whether all of its column is selected.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(STEP)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(PASSAGE, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._measure()

    def chosen_ranges(self) -> list[tuple[int, int]]:
        """The chosen rows as ranges ``[first, last)``, in the order of the table."""
        chosen = self.selectionModel().selection().toList()
        rows = sorted({(one.top(), one.bottom() + 1) for one in chosen})
        joined: list[tuple[int, int]] = []
        for first, last in rows:
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return joined

    def copy(self) -> None:
        """Copy the chosen lines with their sources."""
        self.copy_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter jumps; Home and End go to the first and the last row, as in every list."""
        last = self.model().rowCount() - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.meant.emit(self.currentIndex(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() in ends and last >= 0 and not event.modifiers():
            self.setCurrentIndex(self.model().index(ends[Qt.Key(event.key())], PASSAGE))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing a letter looks for nothing: every row would have to be fetched for it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the match jumps, as on a link; elsewhere it chooses the row."""
        super().mouseReleaseEvent(event)
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and self._is_on_match(event):
            self.meant.emit(self.indexAt(event.position().toPoint()), False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and (index := self.indexAt(event.position().toPoint())).isValid()
        ):
            self.meant.emit(index, True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        shape = Qt.CursorShape.PointingHandCursor if self._is_on_match(event) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def _is_on_match(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        line = index.data(LINE) if index.isValid() and index.column() == PASSAGE else None
        if line is None or not words_of(line):
            return False
        return self.lines.match_place(self.visualRect(index), self.font(), line).contains(event.position())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.lines.forget()
            self._measure()
            self._share_width()

    def _measure(self) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        height = self.lines.sizeHint(option, QModelIndex()).height()
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setMinimumSectionSize(height)
            self.verticalHeader().setDefaultSectionSize(height)

    def _share_width(self) -> None:
        width = self.viewport().width()
        self.setColumnHidden(SITE, width < ROOMY)
        self.setColumnHidden(TITLE, width < WIDE_ENOUGH)
        self.setColumnHidden(YEAR, width < BARELY)
        self.setColumnWidth(TITLE, width // 5)
        self.setColumnWidth(SITE, width // 8)
        self.setColumnWidth(YEAR, self.fontMetrics().averageCharWidth() * YEAR_WIDTH)
