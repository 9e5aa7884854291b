"""What an answer consists of, as a tree: under each field its values with their counts, the chosen ones ticked.

In: counts, and the filters that the query has.  Out: which value a person chooses, leaves out, or lets go.  Separate
from its pane, which asks the library and knows the query's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from archive_viewer.library import Facet, Facets
from archive_viewer.search.narrowing import Filter
from archive_viewer.ui import icons, theme, wording
from archive_viewer.ui.tree_painting import PaneTree, paint_ground, paint_name_and_count

BRANCH = Qt.ItemDataRole.UserRole + 1
SIGN = 14
EXCLUDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True)
class FacetBranch:
    """A row: a field (no ``value``), one of its values, or the row that unfolds the others (``is_more``).

    ``sign``: ``check`` where only the value is wanted, ``close`` where it is left out, else empty.
    """

    field: str
    name: str
    count: int
    value: str = ""
    term: str = ""
    sign: str = ""
    is_more: bool = False


class FacetTree(PaneTree, QTreeWidget):
    """Signals: ``chosen`` – a value's term (``site:bbc.co.uk``), whether it is to be left out; ``let_go`` – field and
    value; ``more_wanted`` – a field of which all values are wanted; ``folded`` – a field was folded or unfolded;
    ``laid_out`` – there are more rows, or fewer."""

    chosen = Signal(str, bool)
    let_go = Signal(str, str)
    more_wanted = Signal(str)
    folded = Signal()
    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up(self.tr("Narrow the list"))
        self.setObjectName("facetTree")
        self.setItemDelegate(_FacetDelegate(self))
        self.setToolTip(self.tr("A click shows only these pages; with Ctrl or Alt, all but these"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)
        self._unfolded: set[str] = set()
        self._shown: object = None
        self.itemExpanded.connect(self._remember_fold)
        self.itemCollapsed.connect(self._remember_fold)

    # -- what is shown ------------------------------------------------------------------------------------------

    def unfolded_fields(self) -> list[str]:
        """The fields whose values are seen."""
        return sorted(self._unfolded)

    def unfold(self, fields: Iterable[str]) -> None:
        """Let the values of these fields be seen, and of no others."""
        self._unfolded = set(fields)

    def show_facets(self, facets: Facets, filters: Sequence[Filter]) -> None:
        """Show the counts; what has the focus keeps it."""
        if (facets, filters) == self._shown:
            return
        self._shown = (facets, list(filters))
        current = self.branch(self.currentItem())
        place = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        for facet in facets.facets:
            self._add_facet(facet, [one for one in filters if one.field == facet.field])
        self.blockSignals(False)
        for item in self.rows():
            branch = self.branch(item)
            if (
                current
                and branch
                and (branch.field, branch.value, branch.is_more)
                == (
                    current.field,
                    current.value,
                    current.is_more,
                )
            ):
                self.setCurrentItem(item)
        self.verticalScrollBar().setValue(place)
        self.laid_out.emit()

    def _add_facet(self, facet: Facet, filters: list[Filter]) -> None:
        values = [
            FacetBranch(
                facet.field, _named(facet.field, one.value), one.count, one.value, one.term, _sign(one.value, filters)
            )
            for one in facet.values
        ]
        # What is chosen or left out is seen, and can be taken away, though no page or few have it.
        unseen = [one for one in filters if not any(one.is_about(facet.field, branch.value) for branch in values)]
        values[:0] = [
            FacetBranch(
                one.field, _named(one.field, one.value), 0, one.value, sign="close" if one.is_excluded else "check"
            )
            for one in dict.fromkeys(unseen)
        ]
        if not values:
            return
        heading = self._add(
            None, FacetBranch(facet.field, wording.facet(facet.field), len(facet.values) + facet.others)
        )
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for branch in values:
            self._add(heading, branch)
        if facet.others:
            more = self.tr("{count} more…").format(count=wording.number(facet.others))
            self._add(heading, FacetBranch(facet.field, more, 0, is_more=True))
        heading.setExpanded(facet.field in self._unfolded)

    def _add(self, parent: QTreeWidgetItem | None, branch: FacetBranch) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent) if parent is not None else QTreeWidgetItem(self)
        item.setText(0, branch.name)
        item.setData(0, BRANCH, branch)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, self._spoken(branch))
        return item

    def _spoken(self, branch: FacetBranch) -> str:
        if branch.is_more:
            return branch.name
        if not branch.value:
            return f"{branch.name}, {wording.counted(branch.count, self.tr('value'), self.tr('values'))}"
        state = {"check": self.tr("chosen"), "close": self.tr("left out")}.get(branch.sign, "")
        pages = wording.counted(branch.count, self.tr("page"), self.tr("pages"))
        return ", ".join(filter(None, [branch.name, pages, state]))

    def rows(self) -> list[QTreeWidgetItem]:
        """Every row, from the top."""
        tops = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        found: list[QTreeWidgetItem] = []
        for top in filter(None, tops):
            found += [top, *filter(None, (top.child(number) for number in range(top.childCount())))]
        return found

    def branch(self, item: QTreeWidgetItem | None) -> FacetBranch | None:
        """What a row says."""
        found = item.data(0, BRANCH) if item is not None else None
        return found if isinstance(found, FacetBranch) else None

    def wanted_height(self) -> int:
        """Pixels that show every row."""
        seen = sum(
            1 + (top.childCount() if top.isExpanded() else 0)
            for top in filter(None, map(self.topLevelItem, range(self.topLevelItemCount())))
        )
        return seen * row_height(self) + theme.TIGHT

    # -- choosing -----------------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            item = self.itemAt(event.position().toPoint())
            if item is not None and item is self.currentItem():
                self._act(item, is_excluded=bool(event.modifiers() & EXCLUDING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._act(item, is_excluded=bool(event.modifiers() & EXCLUDING))
        elif item is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._let_go(item)
        else:
            super().keyPressEvent(event)

    def _act(self, item: QTreeWidgetItem, *, is_excluded: bool) -> None:
        branch = self.branch(item)
        if branch is None:
            return
        if branch.is_more:
            self.more_wanted.emit(branch.field)
        elif not branch.value:
            item.setExpanded(not item.isExpanded())
        elif branch.sign:
            self._let_go(item)
        else:
            self.chosen.emit(branch.term, is_excluded)

    def _let_go(self, item: QTreeWidgetItem) -> None:
        branch = self.branch(item)
        if branch is not None and branch.sign:
            self.let_go.emit(branch.field, branch.value)

    def menu_of(self, item: QTreeWidgetItem | None) -> QMenu | None:
        """What can be done with a value; None for other rows."""
        branch = self.branch(item)
        if branch is None or not branch.value:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if branch.sign:
            taking = menu.addAction(self.tr("Take the Filter Away"))
            taking.triggered.connect(lambda: self.let_go.emit(branch.field, branch.value))
        else:
            menu.addAction(self.tr("Only These Pages")).triggered.connect(lambda: self.chosen.emit(branch.term, False))
            menu.addAction(self.tr("All but These Pages")).triggered.connect(
                lambda: self.chosen.emit(branch.term, True)
            )
        return menu

    @Slot(QPoint)
    def _offer(self, place: QPoint) -> None:
        if (menu := self.menu_of(self.itemAt(place))) is not None:
            menu.popup(self.viewport().mapToGlobal(place))

    @Slot(QTreeWidgetItem)
    def _remember_fold(self, item: QTreeWidgetItem) -> None:
        branch = self.branch(item)
        if branch is not None:
            self._unfolded = self._unfolded | {branch.field} if item.isExpanded() else self._unfolded - {branch.field}
            self.folded.emit()
            self.laid_out.emit()


def row_height(tree: QTreeWidget) -> int:
    return tree.fontMetrics().height() + 2 * theme.TIGHT


class _FacetDelegate(QStyledItemDelegate):
    """A sign where the value is chosen or left out, the name as the list writes it, the count at the far end."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, row_height(self._tree))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        branch: FacetBranch = index.data(BRANCH)
        palette = option.palette
        text, faint = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        painter.save()
        paint_ground(self._tree, painter, option)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        near, far = (theme.BASE, theme.TIGHT) if is_mirrored else (theme.TIGHT, theme.BASE)
        area = option.rect.adjusted(near, 0, -far, 0)
        if branch.sign:
            place = QRect(area.left(), area.center().y() - SIGN // 2 + 1, SIGN, SIGN)
            if is_mirrored:
                place.moveRight(area.right())
            icons.paint(painter, place, branch.sign, palette.color(QPalette.ColorRole.Accent))
            shift = SIGN + theme.TIGHT
            area.adjust(0 if is_mirrored else shift, 0, -shift if is_mirrored else 0, 0)
        font = QFont(option.font)
        font.setStrikeOut(branch.sign == "close")
        painter.setFont(font)
        is_quiet = not branch.value
        count = wording.number(branch.count) if branch.count else ""
        paint_name_and_count(painter, option, area, branch.name, count, (faint if is_quiet else text, faint))
        painter.restore()

    def helpEvent(self, event: QEvent, view: object, option: QStyleOptionViewItem, index: QModelIndex) -> bool:  # type: ignore[override]
        return False


def _sign(value: str, filters: Sequence[Filter]) -> str:
    about = [one for one in filters if one.is_about(one.field, value)]
    return ("close" if about[-1].is_excluded else "check") if about else ""


def _named(field: str, value: str) -> str:
    """A value as the list names it."""
    if field == "language":
        return wording.language(value)
    return wording.word(value) if field == "format" else value
