"""The arrangement in the library pane: the tree of units, what stands in none of them, and how they are moved.

In: the library's units.  Out: the ``Scope`` that was chosen, and what a person wants moved or renamed.  Separate from
the tree of the collection's parts above it: that only names what is there, this one is a person's own work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QDragEnterEvent, QFont, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from archive_viewer.library import Changes, Library, Scope
from archive_viewer.model import Unit
from archive_viewer.ui import icons, theme, wording
from archive_viewer.ui.actions import ACTIONS
from archive_viewer.ui.arrangement_model import COUNT, DETAIL, ArrangementModel, Tree
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.dragging import PAGES, UNITS, drag, packed
from archive_viewer.ui.timers import Throttle
from archive_viewer.ui.tree_painting import PaneTree, paint_ground

REFRESH_MS = 800
HOVER_MS = 700
"""How long something is held over a folded unit before it unfolds."""

MOST_UNFOLDED = 60
"""A tree of no more units is shown unfolded at first."""

ICON = 16
SMALLER = 0.88

KEYS = {action.tree_key: action.id for action in ACTIONS if action.tree_key}
"""Key → act, while the tree has the focus; some of them mean something else in the rest of the window."""

MIRRORED = {"Alt+Left": "Alt+Right", "Alt+Right": "Alt+Left"}


class UnitView(PaneTree, QTreeView):
    """A tree of units as rows of two lines."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up(name)
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(UnitDelegate(self))


class ArrangementTree(UnitView):
    """Signals: ``scope_chosen`` – a unit or what stands in none, and its name; ``left`` – what was chosen is gone;
    ``shown`` – the units were read anew; ``folded`` – a unit was folded or unfolded; ``act_wanted`` – the id of an act
    of the table, from a key that means it here.
    """

    scope_chosen = Signal(object, str)
    left = Signal()
    shown = Signal()
    folded = Signal()
    act_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.units = ArrangementModel(QCoreApplication.translate("ArrangementTree", "Not Arranged"))
        super().__init__(QCoreApplication.translate("ArrangementTree", "Arrangement"), self.units, parent)
        self.units.setParent(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(HOVER_MS)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._bridge: Bridge | None = None
        self._scope: Scope | None = None
        self._name = ""
        self._way: list[str] = []
        self._to_choose = ""
        self._is_restoring = self._was_shown = False
        self._unfolded: set[str] = set()
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        self.selectionModel().selectionChanged.connect(self._choose)
        self.expanded.connect(lambda index: self._remember(index, is_unfolded=True))
        self.collapsed.connect(lambda index: self._remember(index, is_unfolded=False))

    # -- from outside -------------------------------------------------------------------------------------------

    def attach(self, bridge: Bridge | None) -> None:
        """Show another library's arrangement, or none."""
        self._bridge = bridge
        self._scope, self._name, self._way, self._to_choose = None, "", [], ""
        self._was_shown = False
        self._unfolded.clear()
        self.units.is_writable = bridge is not None and bridge.library.is_writable
        self.units.show_tree(Tree())
        self.setEnabled(bridge is not None)
        if bridge is not None:
            bridge.changed.connect(self._follow_changes)
            bridge.changed_elsewhere.connect(self._refreshing.ask)
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the library for its units and how much stands in each."""

        def read(library: Library) -> Tree:
            return Tree(library.units(), library.levels(), library.count_unarranged())

        if self._bridge is not None:
            self._bridge.ask(read, self.show_tree, owner=self, newest="units")

    def scope(self) -> Scope | None:
        """The part that is chosen; None while something outside this tree is."""
        return self._scope

    def unit(self) -> Unit | None:
        """The unit that is chosen; of several, the one with the focus."""
        current = self.currentIndex()
        is_chosen = self.selectionModel().isSelected(current)
        return self.units.unit(current) if is_chosen else None

    def chosen_ids(self) -> list[str]:
        """The units that an act on units is about; what stands below one of them goes with it."""
        found = [self.units.unit(index) for index in self.selectedIndexes()]
        return self.units.highest(unit.id for unit in found if unit is not None)

    def choose(self, unit_id: str) -> None:
        """Choose a unit as if it were clicked, as soon as it is there, unless another is chosen meanwhile; ``""``:
        none is waited for."""
        self._to_choose = unit_id
        self._choose_waiting()

    def unfolded(self) -> list[str] | None:
        """The units that are unfolded, in the order of the tree; None while there are no units."""
        if not self.units.units:
            return None
        return [unit.id for unit in self.units.units if unit.id in self._unfolded]

    def unfold_only(self, ids: Iterable[str]) -> None:
        """Let these units be unfolded and no others, now or as soon as they are there."""
        self._unfolded = set(ids)
        for unit in self.units.units:
            self.setExpanded(self.units.index_of(unit.id), unit.id in self._unfolded)
        self._was_shown = True

    def leave(self) -> None:
        """Something outside this tree is shown: nothing here is chosen, and nothing is waited for to be."""
        self._scope, self._name, self._way, self._to_choose = None, "", [], ""
        self._restoring(self.clearSelection)

    @Slot(object)
    def show_tree(self, tree: Tree) -> None:
        """Show the units; what is chosen and what is unfolded stays."""
        if self.state() == QAbstractItemView.State.EditingState:
            # What is being typed must not be lost.
            self._refreshing.ask()
            return
        chosen = self.chosen_ids()
        if self.units.show_tree(tree):
            if not self._was_shown and len(tree.units) <= MOST_UNFOLDED:
                self._unfolded |= {unit.id for unit in tree.units}
            elif not self._was_shown:
                self._unfolded |= {unit.id for unit in tree.units if not unit.parent_id}
            for unit in tree.units:
                if unit.id in self._unfolded:
                    self.expand(self.units.index_of(unit.id))
            self._restoring(lambda: self._choose_again(chosen))
        self._was_shown = self._was_shown or bool(tree.units)
        self._follow_chosen()
        self._choose_waiting()
        self.shown.emit()

    # -- choosing -----------------------------------------------------------------------------------------------

    def _restoring(self, act: Callable[[], None]) -> None:
        """Choose without telling anybody: nothing else is shown than before."""
        self._is_restoring = True
        act()
        self._is_restoring = False

    def _choose_again(self, ids: list[str]) -> None:
        if self._scope is None:
            return
        current = self.units.index_of_scope(self._scope)
        command = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(current, command)
        for id in ids:
            index = self.units.index_of(id)
            if index.isValid():
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def _follow_chosen(self) -> None:
        """Another title of what is shown is told; when it is gone, its parent is shown, or whatever is left."""
        if self._scope is None or self._scope.kind != "unit":
            return
        unit = self.units.find(self._scope.value)
        if unit is None:
            there = next((id for id in self._way if self.units.find(id) is not None), "")
            self.leave()
            if there:
                self.choose(there)
            else:
                self.left.emit()
            return
        self._way = self._way_up(unit)
        if unit.title != self._name:
            self._name = unit.title
            self.scope_chosen.emit(self._scope, unit.title)

    def _way_up(self, unit: Unit) -> list[str]:
        """The units above one, the nearest first."""
        way = []
        above = self.units.find(unit.parent_id)
        while above is not None:
            way.append(above.id)
            above = self.units.find(above.parent_id)
        return way

    def _choose_waiting(self) -> None:
        index = self.units.index_of(self._to_choose)
        if index.isValid():
            self._to_choose = ""
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @Slot()
    def _choose(self) -> None:
        current = self.currentIndex()
        if self._is_restoring or not self.selectionModel().isSelected(current):
            return
        self._to_choose = ""
        scope = self.units.scope(current)
        unit = self.units.unit(current)
        self._way = self._way_up(unit) if unit is not None else []
        if scope != self._scope:
            self._scope, self._name = scope, str(current.data() or "")
            self.scope_chosen.emit(scope, self._name)

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if changes.units or changes.items or changes.accessions:
            self._refreshing.hurry()

    def _remember(self, index: QModelIndex, *, is_unfolded: bool) -> None:
        unit = self.units.unit(index)
        if unit is not None and is_unfolded:
            self._unfolded.add(unit.id)
        elif unit is not None:
            self._unfolded.discard(unit.id)
        self.folded.emit()

    # -- keys and dragging --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # The window's own meaning of such a key (Back, for one) must not be asked first.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if act := self._act_of(event):
            self.act_wanted.emit(act)
        else:
            super().keyPressEvent(event)

    def _act_of(self, event: QKeyEvent) -> str:
        """What a key means here; nothing while a title is being typed."""
        if self.state() == QAbstractItemView.State.EditingState:
            return ""
        pressed = event.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value
        name = QKeySequence(pressed).toString(QKeySequence.SequenceFormat.PortableText)
        return KEYS.get(MIRRORED.get(name, name) if self.isRightToLeft() else name, "")

    def startDrag(self, actions: Qt.DropAction) -> None:
        if ids := self.chosen_ids():
            unit = self.units.find(ids[0])
            one = unit.title if unit is not None else ""
            words = one if len(ids) == 1 else self.tr("{count} units").format(count=wording.number(len(ids)))
            drag(self, packed(UNITS, ids), words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Pages are dropped on a unit, wherever on its row; units also between two others.
        self.setDragDropOverwriteMode(event.mimeData().hasFormat(PAGES))
        super().dragEnterEvent(event)


class UnitDelegate(QStyledItemDelegate):
    """Title and, below it, level and reference code; the count at the far end."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, round(option.fontMetrics.height() * (1 + SMALLER)) + 2 * theme.TIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        paint_ground(self._tree, painter, option)
        palette = option.palette
        text, faint = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        detail = index.data(DETAIL) or ""
        far = QRect(option.rect).adjusted(theme.TIGHT, theme.TIGHT, -theme.BASE, -theme.TIGHT)
        area = QStyle.visualRect(option.direction, option.rect, far)
        if not detail:
            place = QRect(0, area.center().y() - ICON // 2, ICON, ICON)
            place.moveLeft(far.left())
            icons.paint(painter, QStyle.visualRect(option.direction, option.rect, place), "page", faint)
            far.setLeft(far.left() + ICON + theme.SMALL)
        count = index.data(COUNT)
        shown = wording.number(count) if count else ""
        height = option.fontMetrics.height() if detail else far.height()
        first = QRect(far.left(), far.top(), far.width(), height)
        ends = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        begins = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(option.font)
        painter.setPen(faint)
        painter.drawText(QStyle.visualRect(option.direction, option.rect, first), ends, shown)
        first.setWidth(first.width() - option.fontMetrics.horizontalAdvance(shown) - theme.SMALL)
        painter.setPen(text)
        title = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, first.width())
        painter.drawText(QStyle.visualRect(option.direction, option.rect, first), begins, title)
        if detail:
            font = QFont(option.font)
            font.setPointSizeF(font.pointSizeF() * SMALLER)
            painter.setFont(font)
            painter.setPen(faint)
            second = far.adjusted(0, height, 0, 0)
            said = painter.fontMetrics().elidedText(detail, Qt.TextElideMode.ElideMiddle, second.width())
            painter.drawText(QStyle.visualRect(option.direction, option.rect, second), begins, said)
        painter.restore()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(option.rect)
