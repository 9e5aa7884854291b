"""The left pane: everything, what needs attention, saved searches, accessions, tags, sites, the bin.

In: the library's ``Overview``.  Out: the ``Scope`` that was chosen.  Separate because it only names parts of the
collection; what is in them is the list's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
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
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from archive_viewer.library import Changes, Library, Overview, Scope
from archive_viewer.model import Accession
from archive_viewer.ui import icons, theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.timers import Throttle
from archive_viewer.ui.tree_painting import PaneTree, paint_ground, paint_name_and_count

SCOPE = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
ICON = Qt.ItemDataRole.UserRole + 3
REFRESH_MS = 800
MOST_SITES = 500


@dataclass(frozen=True)
class Branch:
    """A part of the collection as the tree shows it."""

    scope: Scope
    name: str
    count: int
    icon: str = ""


LEAST_LINES = 8
"""Lines of text as high as the tree is in the smallest window, where the card of the first start stands below it."""


class LibraryTree(PaneTree, QTreeWidget):
    """Signals: ``scope_chosen`` – scope and its name; ``counted`` – an ``Overview``, whenever something has changed;
    ``report_wanted``, ``accession_wanted`` – an accession's id; ``folded`` – a group was folded or unfolded."""

    scope_chosen = Signal(object, str)
    counted = Signal(object)
    folded = Signal()
    report_wanted = Signal(str)
    accession_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up(self.tr("Library"))
        self.setRootIsDecorated(True)
        self.setMinimumHeight(LEAST_LINES * self.fontMetrics().lineSpacing())
        self.setItemDelegate(_BranchDelegate(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._bridge: Bridge | None = None
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        self._folded = {"site"}
        self._scope: Scope | None = Scope()
        self._overview: Overview | None = None
        self._found = 0
        self._search_counts: dict[str, int] = {}
        self.itemSelectionChanged.connect(self._choose)
        self.itemClicked.connect(self._fold_clicked)
        self.itemActivated.connect(self._open_report)
        self.itemExpanded.connect(self._remember_fold)
        self.itemCollapsed.connect(self._remember_fold)
        self._report = self.addAction(self.tr("Show the Import Report"))
        self._report.triggered.connect(self._ask_for_report)
        self._report.setEnabled(False)
        self._accession = self.addAction(self.tr("Accession…"))
        self._accession.triggered.connect(self._ask_for_accession)
        self._accession.setEnabled(False)

    def attach(self, bridge: Bridge | None) -> None:
        """Show another library, or none."""
        self._bridge = bridge
        self._overview = None
        self._found = 0
        self._search_counts = {}
        self._scope = Scope()
        self.clear()
        self.setEnabled(bridge is not None)
        if bridge is not None:
            bridge.changed.connect(self._follow_changes)
            bridge.changed_elsewhere.connect(self._refreshing.ask)
            self.refresh()

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        # What only the arrangement shows is not counted here, and counting takes its time.
        if changes != Changes(units=True):
            self._refreshing.hurry()

    def refresh(self) -> None:
        """Ask the library how much there is of everything."""
        if self._bridge is not None:
            self._bridge.ask(Library.overview, self.show_overview, owner=self, newest="overview")

    def scope(self) -> Scope | None:
        """The part that is chosen; None while something outside this tree is."""
        return self._scope

    def choose(self, scope: Scope) -> None:
        """Choose a part of the collection, as if it were clicked."""
        branches = self.branches()
        chosen = next((branch for branch in branches if branch.data(0, SCOPE) == scope), next(iter(branches), None))
        if chosen is not None:
            self.setCurrentItem(chosen)

    def leave(self) -> None:
        """Something outside this tree is shown: nothing here is chosen."""
        self._scope = None
        self.blockSignals(True)
        self.clearSelection()
        self.blockSignals(False)

    def folded_kinds(self) -> list[str]:
        """The groups that are folded: search, accession, tag, site."""
        return sorted(self._folded)

    def fold(self, kinds: Iterable[str]) -> None:
        """Let these groups be folded when they are shown next, and the others not."""
        self._folded = {str(kind) for kind in kinds}

    @Slot(int)
    def show_found(self, count: int) -> None:
        """So many things more need attention than the library has written down."""
        self._found = count
        branch = next((branch for branch in self.branches() if branch.data(0, SCOPE) == Scope("attention")), None)
        if branch is not None and self._overview is not None:
            self._count(branch, self._overview.attention + count)

    def choose_everything(self) -> None:
        self.choose(Scope())

    @Slot(object)
    def show_overview(self, overview: Overview) -> None:
        """Show the counts; what is chosen and what is folded stays."""
        if overview == self._overview:
            return
        self._overview = overview
        self.counted.emit(overview)
        scope = self.scope()
        self.blockSignals(True)
        self.clear()
        self._add(None, Branch(Scope(), self.tr("Everything"), overview.items, "library"))
        self._add(
            None, Branch(Scope("attention"), self.tr("Needs Attention"), overview.attention + self._found, "attention")
        )
        counts = self._search_counts
        searches = (Branch(Scope("search", one.id), one.name, counts.get(one.id, 0)) for one in overview.searches)
        self._add_group("search", self.tr("Searches"), "search", searches)
        self._add_group(
            "accession", self.tr("Accessions"), "accession", map(_accession, _by_number(overview.accessions))
        )
        tags = (Branch(Scope("tag", tag), tag, count, "tag") for tag, count in overview.tags)
        self._add_group("tag", self.tr("Tags"), "tag", tags)
        sites = (Branch(Scope("site", site), site, count, "site") for site, count in overview.sites[:MOST_SITES])
        self._add_group("site", self.tr("Sites"), "site", sites)
        self._add(None, Branch(Scope("bin"), self.tr("Bin"), overview.bin, "bin"))
        if scope is not None:
            self.choose(scope)
        is_lost = self.scope() != scope
        self.blockSignals(False)
        if is_lost:
            self._choose()

    @Slot(object)
    def show_search_counts(self, counts: dict[str, int]) -> None:
        """Show how many pages answer each saved search, by its id."""
        self._search_counts = counts
        for line in self.branches():
            scope = line.data(0, SCOPE)
            if scope is not None and scope.kind == "search":
                self._count(line, counts.get(scope.value, 0))

    def _add(self, parent: QTreeWidgetItem | None, branch: Branch) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent) if parent is not None else QTreeWidgetItem(self)
        item.setText(0, branch.name)
        item.setToolTip(0, branch.name)
        item.setData(0, SCOPE, branch.scope)
        item.setData(0, ICON, branch.icon)
        self._count(item, branch.count)
        return item

    def _count(self, item: QTreeWidgetItem, count: int) -> None:
        item.setData(0, COUNT, count)
        is_attention = item.data(0, SCOPE) == Scope("attention")
        one, many = (self.tr("thing"), self.tr("things")) if is_attention else (self.tr("page"), self.tr("pages"))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}, {wording.counted(count, one, many)}")

    def _add_group(self, kind: str, name: str, icon: str, branches: Iterable[Branch]) -> None:
        """A heading with its branches; one that has none is left out."""
        listed = list(branches)
        if not listed:
            return
        heading = QTreeWidgetItem(self)
        heading.setText(0, name)
        heading.setData(0, COUNT, len(listed))
        heading.setData(0, ICON, kind)
        # A heading is no part of the collection: it folds and unfolds, and what is chosen stays so.
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for branch in listed:
            self._add(heading, Branch(branch.scope, branch.name, branch.count))
        heading.setExpanded(kind not in self._folded)

    def branches(self) -> list[QTreeWidgetItem]:
        """Every line of the tree, from the top."""
        tops = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        lines: list[QTreeWidgetItem | None] = []
        for top in tops:
            if top is not None:
                lines += [top, *(top.child(number) for number in range(top.childCount()))]
        return [line for line in lines if line is not None]

    @Slot()
    def _choose(self) -> None:
        chosen = self.selectedItems()
        scope = chosen[0].data(0, SCOPE) if chosen else None
        for action in (self._report, self._accession):
            action.setEnabled(scope is not None and scope.kind == "accession")
        if scope is not None:
            self._scope = scope
            self.scope_chosen.emit(scope, chosen[0].text(0))

    @Slot(QTreeWidgetItem)
    def _fold_clicked(self, item: QTreeWidgetItem) -> None:
        if item.data(0, SCOPE) is None:
            item.setExpanded(not item.isExpanded())

    @Slot(QTreeWidgetItem)
    def _remember_fold(self, item: QTreeWidgetItem) -> None:
        kind = item.data(0, ICON)
        self._folded = self._folded - {kind} if item.isExpanded() else self._folded | {kind}
        self.folded.emit()

    @Slot()
    @Slot(QTreeWidgetItem)
    def _open_report(self, item: QTreeWidgetItem) -> None:
        """A double click or the Enter key on an accession."""
        scope = item.data(0, SCOPE)
        if scope is not None and scope.kind == "accession":
            self.report_wanted.emit(scope.value)

    @Slot()
    def _ask_for_accession(self) -> None:
        if self._scope is not None:
            self.accession_wanted.emit(self._scope.value)

    @Slot()
    def _ask_for_report(self) -> None:
        if self._scope is not None:
            self.report_wanted.emit(self._scope.value)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        if index.isValid() and index.data(SCOPE) is None:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)


class _BranchDelegate(QStyledItemDelegate):
    """Icon, name, and the count at the far end."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, option.fontMetrics.height() + 2 * theme.SMALL)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        palette = option.palette
        text, faint = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        paint_ground(self._tree, painter, option)
        is_heading = index.data(SCOPE) is None
        left, right = option.rect.left() + theme.TIGHT, option.rect.right() - theme.BASE
        name = index.data(ICON)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if is_mirrored:
            left, right = option.rect.left() + theme.BASE, option.rect.right() - theme.TIGHT
        if name and not index.parent().isValid():
            size = 16
            place = QRect(0, option.rect.center().y() - size // 2 + 1, size, size)
            place.moveLeft(right - size if is_mirrored else left)
            icons.paint(painter, place, name, faint if is_heading else text)
            left, right = (left, right - size - theme.SMALL) if is_mirrored else (left + size + theme.SMALL, right)
        count = index.data(COUNT)
        shown = wording.number(count) if count else ""
        is_urgent = bool(count) and index.data(SCOPE) == Scope("attention")
        painter.setFont(option.font)
        area = QRect(left, option.rect.top(), right - left, option.rect.height())
        scope = index.data(SCOPE)
        is_emptied = scope is not None and scope.kind == "accession" and not count
        pens = (
            faint if is_heading or is_emptied else text,
            palette.color(QPalette.ColorRole.BrightText) if is_urgent else faint,
        )
        paint_name_and_count(painter, option, area, index.data(), shown, pens)
        painter.restore()


def _by_number(accessions: Iterable[Accession]) -> list[Accession]:
    """The highest number first: one that came by a merging is as old as it was there, and yet has come last."""

    def key(accession: Accession) -> list[tuple[int, str]]:
        parts = re.split(r"(\d+)", accession.number)
        return [(int(part) if part.isdecimal() else -1, part) for part in parts]

    return sorted(accessions, key=key, reverse=True)


def _accession(accession: Accession) -> Branch:
    name = accession.number
    if accession.source:
        first = accession.source[0].replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        name = f"{accession.number}  {first}"
    return Branch(Scope("accession", accession.id), name, accession.item_count)
