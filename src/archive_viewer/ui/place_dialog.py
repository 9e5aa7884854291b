"""The dialog in which a place of the arrangement is chosen, by typing a part of its name: the keyboard's way to move.

In: the units.  Out: the id of the one that is meant, ``""`` for the place outside all of them.  Separate from the tree
in the pane, because here nothing is shown but where something may go.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from archive_viewer.model import Unit
from archive_viewer.text import fold
from archive_viewer.ui import theme
from archive_viewer.ui.arrangement_model import DETAIL, ArrangementModel, Tree
from archive_viewer.ui.arrangement_tree import UnitView
from archive_viewer.ui.timers import debounced

Button = QDialogButtonBox.StandardButton
FILTER_AFTER_MS = 120


class UnitFilter(QSortFilterProxyModel):
    """The units whose title, level or reference code holds what was typed, with those above them."""

    def __init__(self, units: ArrangementModel) -> None:
        super().__init__()
        self._words: list[str] = []
        self.setSourceModel(units)
        self.setRecursiveFilteringEnabled(True)

    def look_for(self, typed: str) -> None:
        self._words = fold(typed).split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return not self._words or self.answers(self.sourceModel().index(row, 0, parent))

    def answers(self, index: QModelIndex) -> bool:
        """Whether a row of the units itself holds every word."""
        said = fold(f"{index.data()} {index.data(DETAIL) or ''}")
        return all(word in said for word in self._words)


class PlaceDialog(QDialog):
    """``chosen``: a unit's id, or ``""`` for the row ``outside`` that is none."""

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        act: str,
        tree: Tree,
        outside: str,
        left_out: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 480)
        self.units = ArrangementModel(outside)
        self.units.setParent(self)
        self._left_out = tuple(left_out)
        self.units.show_tree(without(tree, self._left_out))
        self.filter = UnitFilter(self.units)
        self.filter.setParent(self)
        self.line = QLineEdit(clearButtonEnabled=True)
        self.line.setPlaceholderText(self.tr("A part of the title or the reference code"))
        self.line.setAccessibleName(self.tr("Find a unit"))
        self.view = UnitView(self.tr("Places in the arrangement"), self.filter)
        self.view.expandAll()
        self.nothing = QLabel(self.tr("No unit is called so."))
        self.nothing.setObjectName("quiet")
        self.nothing.hide()
        buttons = QDialogButtonBox(Button.Cancel)
        self.moving = buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        self.moving.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(self.line)
        layout.addWidget(self.nothing)
        layout.addWidget(self.view, 1)
        layout.addWidget(buttons)
        self._filtering = debounced(self, FILTER_AFTER_MS, self._filter)
        self.line.textChanged.connect(lambda: self._filtering.start())
        self.line.installEventFilter(self)
        self.view.doubleClicked.connect(self._take)
        self.view.selectionModel().selectionChanged.connect(self._follow)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        self._choose_first()
        self.line.setFocus()

    def show_tree(self, tree: Tree) -> None:
        """Show the units as they are by now; what is picked stays picked."""
        picked = self._picked()
        if self.units.show_tree(without(tree, self._left_out)):
            self.view.expandAll()
            index = self.filter.mapFromSource(self.units.index_of(picked.id)) if picked is not None else QModelIndex()
            if index.isValid():
                self.view.setCurrentIndex(index)
            else:
                self._choose_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the tree while one types, and Enter takes what answers the words typed last."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                QApplication.sendEvent(self.view, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _filter(self) -> None:
        self.filter.look_for(self.line.text())
        self.view.expandAll()
        self._choose_first()

    def _choose_first(self) -> None:
        """The first row that answers itself; those above it are shown only to say where it stands."""
        index = self.filter.index(0, 0)
        while index.isValid() and not self.filter.answers(self.filter.mapToSource(index)):
            index = self.view.indexBelow(index)
        self.view.setCurrentIndex(index)
        self.nothing.setVisible(not index.isValid())
        self._follow()

    def _follow(self) -> None:
        self.moving.setEnabled(bool(self.view.selectedIndexes()))

    def _take(self) -> None:
        if self._filtering.isActive():
            # What was typed a moment ago is looked for first.
            self._filtering.stop()
            self._filter()
        if self.view.selectedIndexes():
            unit = self._picked()
            self.chosen.emit(unit.id if unit is not None else "")
            self.accept()

    def _picked(self) -> Unit | None:
        """The unit that is picked; None for the row that is none, and where nothing is."""
        picked = self.view.selectedIndexes()
        return self.units.unit(self.filter.mapToSource(picked[0])) if picked else None


def without(tree: Tree, ids: Sequence[str]) -> Tree:
    """The tree without these units and all below them."""
    left_out, kept = set(ids), []
    for unit in tree.units:
        if unit.id in left_out or unit.parent_id in left_out:
            left_out.add(unit.id)
        else:
            kept.append(unit)
    return Tree(kept, tree.levels)
