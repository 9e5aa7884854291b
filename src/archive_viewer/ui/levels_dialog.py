"""The levels of description: their names, and how many units are of each.

In: the library's levels and units.  Out: one write for each act, all of them undone like any other.  Separate from the
dialog of a unit, because a level's name holds for the whole library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Changes, Library
from archive_viewer.text import one_line
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge

KEY = Qt.ItemDataRole.UserRole + 1


class LevelModel(QAbstractListModel):
    """``renamed``: a level's key and the name that was typed."""

    renamed = Signal(str, str)

    def __init__(self, *, is_writable: bool) -> None:
        super().__init__()
        self._is_writable = is_writable
        self._levels: list[tuple[str, str]] = []
        self._counts: Mapping[str, int] = {}

    def show_levels(self, levels: Mapping[str, str], counts: Mapping[str, int]) -> None:
        self.beginResetModel()
        self._levels, self._counts = list(levels.items()), counts
        self.endResetModel()

    def count(self, key: str) -> int:
        """How many units are of a level."""
        return self._counts.get(key, 0)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._levels)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        key, name = self._levels[index.row()]
        units = wording.counted(self.count(key), self.tr("unit"), self.tr("units"))
        shown = {
            Qt.ItemDataRole.DisplayRole: wording.joined(name, units if self.count(key) else ""),
            Qt.ItemDataRole.EditRole: name,
            Qt.ItemDataRole.AccessibleTextRole: f"{name}, {units}",
            KEY: key,
        }
        return shown.get(role)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if self._is_writable else usual

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        key, name = self._levels[index.row()]
        if (typed := one_line(str(value))) and typed != name:
            self.renamed.emit(key, typed)
        return True


class LevelsDialog(QDialog):
    """The levels of a library."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Levels of description"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(440, 420)
        self._bridge = bridge
        is_writable = bridge.library.is_writable
        self.model = LevelModel(is_writable=is_writable)
        self.model.setParent(self)
        self.view = QListView()
        self.view.setObjectName("choices")
        self.view.setAccessibleName(self.tr("Levels, the widest first"))
        self.view.setModel(self.model)
        self.view.setSpacing(theme.HAIR)
        self.new_line = QLineEdit()
        self.new_line.setPlaceholderText(self.tr("Name of a new level"))
        self.new_line.setAccessibleName(self.tr("Name of a new level"))
        self.new_line.setEnabled(is_writable)
        self.fault = QLabel(wordWrap=True)
        self.fault.setObjectName("fault")
        self.fault.hide()
        hint = QLabel(
            self.tr(
                "The widest stands first.  A new level comes below the one that is chosen; one that units have cannot "
                "be removed.  The pages themselves are the level of the item."
            ),
            wordWrap=True,
        )
        hint.setObjectName("quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.adding = buttons.addButton(self.tr("&Add"), QDialogButtonBox.ButtonRole.ActionRole)
        self.renaming = buttons.addButton(self.tr("&Rename"), QDialogButtonBox.ButtonRole.ActionRole)
        self.removing = buttons.addButton(self.tr("Re&move"), QDialogButtonBox.ButtonRole.ActionRole)
        for button in (
            self.adding,
            self.renaming,
            self.removing,
            buttons.button(QDialogButtonBox.StandardButton.Close),
        ):
            # Enter belongs to the line in which a name is typed.
            button.setAutoDefault(False)
        self.adding.clicked.connect(self._add)
        self.renaming.clicked.connect(lambda: self.view.edit(self.view.currentIndex()))
        self.removing.clicked.connect(self._remove)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.new_line)
        layout.addWidget(self.fault)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        self.model.renamed.connect(lambda key, name: self._do(lambda library: library.rename_level(key, name)))
        self.new_line.returnPressed.connect(self._add)
        self.new_line.textChanged.connect(self._follow)
        self.view.selectionModel().selectionChanged.connect(self._follow)
        bridge.changed.connect(self._follow_changes)
        bridge.changed_elsewhere.connect(self.refresh)
        self._follow()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the levels."""

        def read(library: Library) -> tuple[dict[str, str], dict[str, int]]:
            counts: dict[str, int] = {}
            for unit in library.units():
                counts[unit.level] = counts.get(unit.level, 0) + 1
            return library.levels(), counts

        self._bridge.ask(read, self._show, owner=self, newest=("levels", id(self)))

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if changes.units:
            self.refresh()

    def _show(self, answer: tuple[dict[str, str], dict[str, int]]) -> None:
        chosen = self._key()
        self.model.show_levels(*answer)
        rows = list(answer[0])
        self.view.setCurrentIndex(self.model.index(rows.index(chosen) if chosen in rows else len(rows) - 1))
        self._follow()

    def _key(self) -> str:
        return str(self.view.currentIndex().data(KEY) or "")

    @Slot()
    def _follow(self) -> None:
        is_writable, key = self._bridge.library.is_writable, self._key()
        self.adding.setEnabled(is_writable and bool(one_line(self.new_line.text())))
        self.renaming.setEnabled(is_writable and bool(key))
        is_free = not self.model.count(key) and self.model.rowCount() > 1
        self.removing.setEnabled(is_writable and bool(key) and is_free)

    @Slot()
    def _add(self) -> None:
        name, after = one_line(self.new_line.text()), self._key()
        if self.adding.isEnabled():
            self._do(lambda library: library.add_level(name, after), self.new_line.clear)

    @Slot()
    def _remove(self) -> None:
        key = self._key()
        self._do(lambda library: library.remove_level(key))

    def _do(self, act: Callable[[Library], object], then: Callable[[], None] | None = None) -> None:
        def done(_answer: object) -> None:
            self.fault.hide()
            if then is not None:
                then()

        self._bridge.do(act, done, owner=self, failed=self._refuse)

    def _refuse(self, error: ArchiveViewerError) -> None:
        self.fault.setText(str(error))
        self.fault.show()
