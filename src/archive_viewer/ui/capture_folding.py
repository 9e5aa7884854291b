"""Folding and unfolding the older captures of an address in the list, by mouse and keyboard.

In: keys and clicks on the list.  Out: rows shown or put away in its model.  Separate from the list because these events
end here: they choose and open nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from archive_viewer.ui.item_model import ItemModel
from archive_viewer.ui.rows import ROW, Fold, Row, RowView

CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)


class CaptureFolding(QObject):
    """Left and Right fold and unfold as in a tree; so does a click on the badge of a row."""

    def __init__(self, view: RowView, model: ItemModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What kind of event it is comes first: some still come while the list goes away.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._view:
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
                self._step(is_outwards=(event.key() == Qt.Key.Key_Left) != self._view.isRightToLeft())
                return True
        elif isinstance(event, QMouseEvent) and event.type() in CLICKS and watched is self._view.viewport():
            item_id = self._folded_at(event)
            if item_id and event.type() != QEvent.Type.MouseButtonRelease:
                self._fold(item_id, is_folded=self._model.fold_of(item_id) is Fold.UNFOLDED)
            return bool(item_id)
        return super().eventFilter(watched, event)

    def _folded_at(self, event: QMouseEvent) -> str:
        """The item whose badge is under the mouse; empty where there is none that folds."""
        place = event.position().toPoint()
        index = self._view.indexAt(place)
        entry, row = self._model.entry(index), index.data(ROW)
        if entry.passage is not None or not isinstance(row, Row) or row.fold is Fold.NONE:
            return ""
        badge = self._view.rows.badge_place(row, self._view.visualRect(index), self._view.layoutDirection())
        return entry.item_id if badge.contains(place) else ""

    def _step(self, *, is_outwards: bool) -> None:
        """Fold, or go to the newest capture; unfold, or go to the first of the older ones."""
        item_id = self._model.entry(self._view.currentIndex()).item_id
        newest = self._model.newest_of(item_id)
        if is_outwards and item_id != newest:
            self._go_to(newest)
        elif is_outwards or self._model.fold_of(newest) is Fold.FOLDED:
            self._fold(newest, is_folded=is_outwards)
        elif self._model.fold_of(newest) is Fold.UNFOLDED and item_id == newest:
            self._go_to(self._model.older_than(newest)[0])

    def _fold(self, newest: str, *, is_folded: bool) -> None:
        self._model.fold(newest, is_folded=is_folded)
        here = self._model.row_of(newest)
        if not is_folded:
            # What was unfolded is shown, as far as it fits under the newest.
            older = self._model.older_than(newest)
            self._view.scrollTo(self._model.row_of(older[-1]))
        self._view.scrollTo(here)

    def _go_to(self, item_id: str) -> None:
        self._view.setCurrentIndex(self._model.row_of(item_id))
