"""The middle pane when *Needs Attention* is chosen: one sentence per trouble, and a way to it.

In: the library's list of what an archivist should look at.  Out: the trouble that was chosen, and files to be tried
again.  Separate from the item list because a refused file is no item, and a page may need attention for three reasons.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from archive_viewer.library import Attention, Library
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.timers import Throttle

OLDER = "older-cleaning"
ICONS = {
    "unplaced": "pin",
    "moved": "pin",
    "refused": "attention",
    "fixity": "shield",
    "damaged": "shield",
    OLDER: "clean",
}
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
        if trouble.kind == OLDER:
            where = self.tr("The cleaning can be newer")
        said = f"{wording.fact(trouble.fact)}: {trouble.sentence}" if trouble.fact else trouble.sentence
        row = Row((Line(where, Style.TITLE), Line(said, Style.TEXT, 4)), icon=ICONS.get(trouble.kind, "clock"))
        return row if role == ROW else row.text


class AttentionList(QWidget):
    """``chosen``: an ``Attention`` to be looked into; ``retry_wanted``: the path of a refused file; ``clean_wanted``:
    that the pages which another version cleaned are cleaned again."""

    chosen = Signal(object)
    retry_wanted = Signal(str)
    clean_wanted = Signal()

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
        # A click on a refused file only picks it, so that it can be tried again from here.
        self.view.clicked.connect(lambda index: self._choose(index, is_glance=True))
        self.view.activated.connect(self._choose)
        self.view.selectionModel().selectionChanged.connect(self._follow_selection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._looking = QAction(self.tr("Look Into It"), self.view)
        self._looking.triggered.connect(lambda: self._choose(self.view.currentIndex()))
        self.retrying = QAction(self.tr("Try Again"), self.view)
        self.retrying.triggered.connect(self._retry)
        self.cleaning = QAction(self.tr("Clean Them Again"), self.view)
        self.cleaning.triggered.connect(self.clean_wanted)
        self.view.addActions([self._looking, self.retrying, self.cleaning])
        self.clean_button = QToolButton()
        self.clean_button.setDefaultAction(self.cleaning)
        self.clean_button.setToolTip(
            self.tr("Clean these pages again; what you made stays, and one undo takes it back")
        )
        self.retry_button = QToolButton()
        self.retry_button.setDefaultAction(self.retrying)
        self.retry_button.setToolTip(self.tr("Import this file again"))
        self.empty = EmptyState(self.view)
        self.empty.say(
            self.tr("All is well"),
            self.tr(
                "Marks that lost their place, damaged or refused files, doubtful facts and failed checks show here."
            ),
            "check",
        )
        self._count = QLabel()
        self._count.setObjectName("quiet")
        top = QHBoxLayout()
        top.setContentsMargins(theme.BASE, theme.SMALL, theme.SMALL, 0)
        top.addWidget(self._count, 1)
        top.addWidget(self.retry_button)
        top.addWidget(self.clean_button)
        # Room for the button while it is not there, so that the list does not jump.
        top.addStrut(self.retry_button.sizeHint().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        self.setFocusProxy(self.view)
        self._follow_selection()

    def attach(self, bridge: Bridge | None) -> None:
        self._bridge = bridge
        self._show([])
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
        picked = self._picked()
        self.model.show(troubles)
        if picked is not None:
            self._pick(picked)
        self._follow_selection()
        self._count.setText(wording.counted(len(troubles), self.tr("thing to look at"), self.tr("things to look at")))

    def _picked(self) -> Attention | None:
        chosen = self.view.selectedIndexes()
        return self.model.trouble(chosen[0]) if chosen else None

    def _pick(self, trouble: Attention) -> None:
        rows = (self.model.index(row) for row in range(self.model.rowCount()))
        if (index := next((index for index in rows if self.model.trouble(index) == trouble), None)) is not None:
            self.view.setCurrentIndex(index)

    @Slot()
    def _follow_selection(self) -> None:
        picked = self._picked()
        is_writable = self._bridge is not None and self._bridge.library.is_writable
        can_retry = is_writable and picked is not None and picked.kind == "refused"
        self.retrying.setVisible(can_retry)
        self.retry_button.setVisible(can_retry)
        can_clean = is_writable and picked is not None and picked.kind == OLDER
        self.cleaning.setVisible(can_clean)
        self.clean_button.setVisible(can_clean)
        self._looking.setEnabled(picked is not None and picked.kind != OLDER)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex, *, is_glance: bool = False) -> None:
        if index.isValid() and not (is_glance and self.model.trouble(index).kind == "refused"):
            self.chosen.emit(self.model.trouble(index))

    @Slot()
    def _retry(self) -> None:
        picked = self._picked()
        if picked is not None:
            self.retry_wanted.emit(picked.path)
