"""The middle pane when *Needs Attention* is chosen: one sentence per trouble, and a way to it.

In: the library's list of what an archivist should look at.  Out: the item or mark that was chosen.  Separate from the
item list because a refused file is no item, and a page may need attention for three reasons.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from archive_viewer.library import Attention, Library
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.timers import Throttle

ICONS = {"unplaced": "pin", "moved": "pin", "refused": "attention", "fixity": "shield"}
REFRESH_MS = 800


class AttentionModel(QAbstractListModel):
    """Troubles as rows, with the title of the page that each is about."""

    def __init__(self) -> None:
        super().__init__()
        self._troubles: list[tuple[Attention, str]] = []

    def show(self, troubles: Sequence[tuple[Attention, str]]) -> None:
        self.beginResetModel()
        self._troubles = list(troubles)
        self.endResetModel()

    def trouble(self, index: QModelIndex | QPersistentModelIndex) -> Attention:
        return self._troubles[index.row()][0]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._troubles)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        trouble, title = self._troubles[index.row()]
        where = title or trouble.path.replace("\\", "/").rsplit("/", 1)[-1]
        row = Row(
            (Line(where, Style.TITLE), Line(trouble.sentence, Style.TEXT, 4)), icon=ICONS.get(trouble.kind, "clock")
        )
        return row if role == ROW else row.text


class AttentionList(QWidget):
    """``chosen``: an item's id and a mark's id (or empty)."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("itemList")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge: Bridge | None = None
        self.model = AttentionModel()
        self.model.setParent(self)
        self.view = RowView(self.tr("Needs attention"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(False)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.empty = EmptyState(self.view)
        self.empty.say(
            self.tr("All is well"),
            self.tr("Marks that lost their place, refused files, doubtful dates and failed checks show here."),
            "check",
        )
        self._count = QLabel()
        self._count.setObjectName("quiet")
        self._count.setContentsMargins(theme.BASE, theme.BASE, theme.BASE, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self._count)
        layout.addWidget(self.view, 1)
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        self.setFocusProxy(self.view)

    def attach(self, bridge: Bridge | None) -> None:
        self._bridge = bridge
        self.model.show([])
        if bridge is not None:
            bridge.changed.connect(self._refreshing.hurry)
            bridge.changed_elsewhere.connect(self._refreshing.ask)

    @Slot()
    def refresh(self) -> None:
        """Ask for the list; only while it is looked at."""
        if self._bridge is None or not self.isVisible():
            return

        def ask(library: Library) -> list[tuple[Attention, str]]:
            troubles = library.attention()
            titles = {item.id: item.title for item in library.items([t.item_id for t in troubles if t.item_id])}
            return [(trouble, titles.get(trouble.item_id, "")) for trouble in troubles]

        self._bridge.ask(ask, self._show, owner=self, newest="attention")

    def _show(self, troubles: list[tuple[Attention, str]]) -> None:
        self.model.show(troubles)
        self._count.setText(wording.counted(len(troubles), self.tr("thing to look at"), self.tr("things to look at")))

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.trouble(index).item_id:
            trouble = self.model.trouble(index)
            self.chosen.emit(trouble.item_id, trouble.annotation_id)
