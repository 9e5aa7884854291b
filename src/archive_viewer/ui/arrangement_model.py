"""The arrangement as a tree of rows: units in their order, and one row for what stands in none.

In: the units as the library lists them, parents before children.  Out: what a tree view asks for, and what was dropped
where.  Separate from the view, because the dialog in which a place is chosen shows the same tree; it holds units only,
so that a hundred thousand pages cost it nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from archive_viewer.library import Scope
from archive_viewer.model import Unit
from archive_viewer.ui import wording
from archive_viewer.ui.dragging import PAGES, UNITS, unpacked

UNIT = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
DETAIL = Qt.ItemDataRole.UserRole + 3
"""Level and reference code, for the second line."""

# Put together once: Qt asks for them at every row that it unfolds.
SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
REST = SHOWN | Qt.ItemFlag.ItemIsDropEnabled
CHANGEABLE = REST | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Tree:
    """All that is shown: the units, the names of their levels, and how many pages stand in no unit."""

    units: Sequence[Unit] = ()
    levels: Mapping[str, str] | None = None
    unarranged: int = 0


class ArrangementModel(QAbstractItemModel):
    """``rest_name`` names the last row, which is no unit.

    Signals: ``renamed`` – a unit's id and the title typed; ``pages_dropped`` – ids, the unit's id (``""``: none);
    ``units_dropped`` – ids, the parent's id, the id of the unit before which they come (``""``: last).
    """

    renamed = Signal(str, str)
    pages_dropped = Signal(object, str)
    units_dropped = Signal(object, str, str)

    def __init__(self, rest_name: str, *, is_writable: bool = False) -> None:
        super().__init__()
        self._rest_name = rest_name
        self.is_writable = is_writable
        self._tree = Tree()
        self._below: dict[str, list[str]] = {"": []}
        self._units: dict[str, Unit] = {}
        self._numbers: dict[str, int] = {}
        self._rows: dict[str, int] = {}

    # -- what is shown ------------------------------------------------------------------------------------------

    def show_tree(self, tree: Tree) -> bool:
        """Show these units; False where they stand as before and only say something else."""
        shape = [(unit.id, unit.parent_id) for unit in self._tree.units]
        is_other = shape != [(unit.id, unit.parent_id) for unit in tree.units]
        if is_other:
            self.beginResetModel()
        self._tree = tree
        self._units = {unit.id: unit for unit in tree.units}
        if is_other:
            self._numbers = {unit.id: number for number, unit in enumerate(tree.units)}
            self._below = {"": [], **{unit.id: [] for unit in tree.units}}
            self._rows = {}
            for unit in tree.units:
                self._rows[unit.id] = len(self._below[unit.parent_id])
                self._below[unit.parent_id].append(unit.id)
            self.endResetModel()
        else:
            for parent_id, below in self._below.items():
                last = len(below) - bool(parent_id)
                if last >= 0:
                    parent = self.index_of(parent_id)
                    self.dataChanged.emit(self.index(0, 0, parent), self.index(last, 0, parent))
        return is_other

    @property
    def units(self) -> Sequence[Unit]:
        return self._tree.units

    @property
    def unarranged(self) -> int:
        return self._tree.unarranged

    @property
    def levels(self) -> Mapping[str, str]:
        return self._tree.levels or {}

    def find(self, id: str) -> Unit | None:
        return self._units.get(id)

    def unit(self, index: Index) -> Unit | None:
        """The unit of a row; None for the row of what stands in none, and outside the rows."""
        number = index.internalId() if index.isValid() else len(self._tree.units)
        return self._tree.units[number] if number < len(self._tree.units) else None

    def scope(self, index: Index) -> Scope | None:
        """What a row stands for."""
        if not index.isValid():
            return None
        unit = self.unit(index)
        return Scope("unit", unit.id) if unit is not None else Scope("unarranged")

    def index_of(self, id: str) -> QModelIndex:
        """A unit's row; an invalid index where there is no such unit."""
        return self.createIndex(self._rows[id], 0, self._numbers[id]) if id in self._numbers else QModelIndex()

    def index_of_scope(self, scope: Scope) -> QModelIndex:
        return self.index(len(self._below[""]), 0) if scope.kind == "unarranged" else self.index_of(scope.value)

    def siblings(self, unit: Unit) -> list[str]:
        """The units of its parent in order, itself among them."""
        return self._below[unit.parent_id]

    def highest(self, ids: Iterable[str]) -> list[str]:
        """Those of these units that stand below none of the others, in the order of the tree."""
        chosen = {id for id in ids if id in self._units}
        return [
            unit.id for unit in self._tree.units if unit.id in chosen and not self.stands_in(unit.parent_id, chosen)
        ]

    def stands_in(self, id: str, above: Iterable[str]) -> bool:
        """Whether a unit is one of these or stands below one of them."""
        wanted = set(above)
        while id:
            if id in wanted:
                return True
            id = self._units[id].parent_id
        return False

    # -- Qt's questions -----------------------------------------------------------------------------------------

    def index(self, row: int, column: int = 0, parent: Index | None = None) -> QModelIndex:
        is_top = parent is None or not parent.isValid()
        parent_id = self._id(parent)
        if column or not (is_top or parent_id):
            return QModelIndex()
        below = self._below[parent_id]
        if 0 <= row < len(below):
            return self.createIndex(row, 0, self._numbers[below[row]])
        is_rest = is_top and row == len(below) and bool(self._rest_name)
        return self.createIndex(row, 0, len(self._tree.units)) if is_rest else QModelIndex()

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        if index is None:
            return QModelIndex()
        unit = self.unit(index)
        return self.index_of(unit.parent_id) if unit is not None else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            unit = self.unit(parent)
            return len(self._below[unit.id]) if unit is not None else 0
        return len(self._below[""]) + bool(self._rest_name)

    def hasChildren(self, parent: Index | None = None) -> bool:
        return self.rowCount(parent) > 0

    def columnCount(self, parent: Index | None = None) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        unit = self.unit(index)
        if unit is None:
            return self._rest_data(role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return unit.title
        if role == UNIT:
            return unit
        if role == COUNT:
            return unit.total_count
        if role == DETAIL:
            return wording.joined(self.level_name(unit), unit.reference_code)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(f"{unit.title}, {self.level_name(unit)}, {unit.reference_code}", unit.total_count)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(unit)
        return None

    def _rest_data(self, role: int) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rest_name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(self._rest_name, self._tree.unarranged) if self._tree.unarranged else self._rest_name
        return self._tree.unarranged if role == COUNT else None

    def level_name(self, unit: Unit) -> str:
        return self.levels.get(unit.level, unit.level)

    def _spoken(self, name: str, count: int) -> str:
        return f"{name}, {wording.counted(count, self.tr('page'), self.tr('pages'))}"

    def _tip(self, unit: Unit) -> str:
        pages = wording.counted(unit.total_count, self.tr("page"), self.tr("pages"))
        here = self.tr("{count} in the unit itself").format(count=wording.number(unit.item_count))
        counts = wording.joined(pages, here if unit.item_count != unit.total_count else "")
        return "\n".join((unit.title, wording.joined(self.level_name(unit), unit.reference_code), counts))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.is_writable else Qt.ItemFlag.NoItemFlags
        if not self.is_writable:
            return SHOWN
        return REST if index.internalId() == len(self._tree.units) else CHANGEABLE

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        unit = self.unit(index)
        if unit is None or role != Qt.ItemDataRole.EditRole:
            return False
        if (title := str(value).strip()) and title != unit.title:
            self.renamed.emit(unit.id, title)
        return True

    # -- dropping -----------------------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        return [PAGES, UNITS]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not self.is_writable:
            return False
        if data.hasFormat(PAGES):
            return row < 0 and parent.isValid()
        if not data.hasFormat(UNITS):
            return False
        is_rest = parent.isValid() and self.unit(parent) is None
        return not is_rest and not self.stands_in(self._id(parent), unpacked(UNITS, data))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        there = self._id(parent)
        if pages := unpacked(PAGES, data):
            self.pages_dropped.emit(pages, there)
        elif units := unpacked(UNITS, data):
            # Dropped between two of those that move, they come before the next that stays.
            after = (id for id in self._below[there][row:] if id not in units) if row >= 0 else iter(())
            self.units_dropped.emit(self.highest(units), there, next(after, ""))
        return True

    def _id(self, index: Index | None) -> str:
        unit = self.unit(index) if index is not None else None
        return unit.id if unit is not None else ""
