"""The dialog that goes back to a backup: which there are, what going back does, and the one that was chosen.

In: the backups of a library, as they are found.  Out: ``chosen``.  It changes nothing itself: the library has to be
closed for that, and this dialog with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from archive_viewer.ui import theme, wording
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.shelf import Backup


class BackupsModel(QAbstractListModel):
    """Backups as rows, in the order given."""

    def __init__(self) -> None:
        super().__init__()
        self._backups: list[Backup] = []

    def show_backups(self, backups: Sequence[Backup]) -> None:
        self.beginResetModel()
        self._backups = list(backups)
        self.endResetModel()

    def backup(self, index: QModelIndex | QPersistentModelIndex) -> Backup:
        return self._backups[index.row()]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._backups)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        backup = self._backups[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(backup.path)
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        kinds = {
            "replaced": self.tr("Replaced when a backup was gone back to"),
            "before-form": self.tr("Made before the library's form was changed"),
        }
        below = wording.joined(wording.size(backup.size), kinds.get(backup.kind, ""))
        row = Row((Line(wording.moment(backup.made_at), Style.TITLE), Line(below, Style.SMALL)), icon="clock")
        return row if role == ROW else row.text


class BackupsDialog(QDialog):
    """``chosen``: the path of the backup to go back to."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Go back to a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 480)
        self.model = BackupsModel()
        self.model.setParent(self)
        what = QLabel(self.tr("Backups of {name}").format(name=name), textFormat=Qt.TextFormat.PlainText)
        what.setObjectName("fieldSection")
        self.view = RowView(self.tr("Backups, the newest first"))
        self.view.setModel(self.model)
        self.view.setObjectName("choices")
        self.view.selectionModel().selectionChanged.connect(self._follow_selection)
        self.view.activated.connect(self._choose)
        self.empty = EmptyState(self.view)
        self.empty.say(self.tr("Looking for backups…"))
        effect = QLabel(
            self.tr(
                "The database becomes what it was then: which pages there are, their marks, notes, tags and links.  "
                "The original files are untouched.  What is replaced is kept, and listed here the next time."
            ),
            wordWrap=True,
        )
        effect.setObjectName("quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.going = buttons.addButton(self.tr("&Go Back"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.going.setEnabled(False)
        self.going.clicked.connect(self._choose)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(what)
        layout.addWidget(self.view, 1)
        layout.addWidget(effect)
        layout.addWidget(buttons)

    @Slot(object)
    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show what was found; the newest is chosen."""
        self.empty.say(
            self.tr("There is no backup yet"),
            self.tr("One is made each day that the library is opened, and by Library > Back Up Now."),
            "clock",
        )
        self.model.show_backups(backups)
        self.view.setCurrentIndex(self.model.index(0))
        self.view.setFocus()

    @Slot()
    def _follow_selection(self) -> None:
        self.going.setEnabled(self.view.selectionModel().hasSelection())

    @Slot()
    def _choose(self) -> None:
        chosen = self.view.selectedIndexes()
        if chosen:
            self.chosen.emit(self.model.backup(chosen[0]).path)
            self.accept()
