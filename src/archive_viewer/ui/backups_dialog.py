"""The dialog that goes back to a backup: which there are, what each would change, and the one that was chosen.

In: the backups of a library, as they are found.  Out: ``chosen``, ``copied``.  It puts nothing back itself: the library
has to be closed for that, and this dialog with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from archive_viewer.errors import ArchiveViewerError, Cancelled
from archive_viewer.library import Difference, Library
from archive_viewer.ui import theme, thing_names, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.comparing import Comparing
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.facts_pane import Field, FieldsPane
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.shelf import Backup
from archive_viewer.ui.timers import debounced

LOOK_MS = 120
"""Quiet before a backup is compared: whoever holds an arrow key down passes over those between."""


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
    """``chosen``: the path of the backup to go back to; ``copied``: there is a new one.

    Without a ``bridge`` the library cannot be read: nothing can be compared, and no copy can be made.
    """

    chosen = Signal(object)
    copied = Signal()

    def __init__(self, name: str, bridge: Bridge | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Go back to a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 560)
        self._bridge = bridge
        self._looking = debounced(self, LOOK_MS, self._look)
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
        self.change = FieldsPane(self.tr("What going back to it would change"))
        self.change.setObjectName("prospectDetails")
        self.change.setFixedHeight(170)
        self.comparing = Comparing(self)
        effect = QLabel(
            self.tr(
                "The database becomes what it was then: which pages there are, their marks, notes, tags and links.  "
                "The original files are untouched.  What is replaced is kept, and listed here the next time."
            ),
            wordWrap=True,
        )
        effect.setObjectName("quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.copying = buttons.addButton(self.tr("&Make a Copy Now"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copying.setEnabled(bridge is not None)
        self.copying.setAutoDefault(False)
        self.copying.clicked.connect(self._copy)
        self.going = buttons.addButton(self.tr("&Go Back"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.going.setEnabled(False)
        self.going.clicked.connect(self._choose)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(what)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.comparing)
        layout.addWidget(self.change)
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
        self.going.setEnabled(False)
        self.comparing.stop()
        has_selection = self.view.selectionModel().hasSelection()
        self._say(self.tr("Comparing it with the library…") if has_selection else self.tr("No backup is chosen."))
        if has_selection:
            self._looking.start()

    # -- what it would change -----------------------------------------------------------------------------------

    def _look(self) -> None:
        chosen = self.view.selectedIndexes()
        if not chosen:
            return
        if self._bridge is None:
            self._say(self.tr("The library cannot be read, so nobody can say what would change."))
            self.going.setEnabled(True)
            return
        path = self.model.backup(chosen[0]).path
        job = self.comparing.begin()
        self._bridge.ask(
            lambda library: library.compare_backup(path, job.report),
            self._show_change,
            owner=self,
            newest="going back",
            failed=self._refuse,
        )

    def _show_change(self, differences: list[Difference]) -> None:
        self.comparing.end()
        self.going.setEnabled(True)
        if not differences:
            self._say(self.tr("Nothing: all that is compared is now as it was then."))
            return
        fields = [Field(self.tr("What going back to it would change"))]
        for title, kinds in (
            (self.tr("Would be gone"), [(one.kind, one.lost) for one in differences]),
            (self.tr("Would be back"), [(one.kind, one.regained) for one in differences]),
            (self.tr("Would be as they were"), [(one.kind, one.changed) for one in differences]),
        ):
            counts = ", ".join(thing_names.counted(kind, count) for kind, count in kinds if count)
            if counts:
                fields.append(Field(title, counts))
        self.change.show_fields(fields)

    def _refuse(self, error: ArchiveViewerError) -> None:
        """A copy that cannot be read cannot be gone back to, either; one that was stopped was left for another."""
        if isinstance(error, Cancelled):
            return
        self.comparing.end()
        self._say(str(error), is_grave=True)

    def _say(self, sentence: str, *, is_grave: bool = False) -> None:
        title = self.tr("What going back to it would change")
        self.change.show_fields([Field(title), Field(self.tr("Change"), sentence, is_grave=is_grave)])

    # -- what is done -------------------------------------------------------------------------------------------

    @Slot()
    def _copy(self) -> None:
        if self._bridge is not None:
            self.copying.setEnabled(False)
            self._bridge.do(
                Library.backup,
                lambda _: self._copied(),
                owner=self,
                failed=lambda error: self._copied(str(error)),
            )

    def _copied(self, trouble: str = "") -> None:
        self.copying.setEnabled(True)
        if trouble:
            self._say(trouble, is_grave=True)
        else:
            self.copied.emit()

    @Slot()
    def _choose(self) -> None:
        chosen = self.view.selectedIndexes()
        if chosen and self.going.isEnabled():
            self.chosen.emit(self.model.backup(chosen[0]).path)
            self.accept()
