"""How the stored files stand: how many, when they were read last, which failed, and when they are read again.

In: the library's account of its files.  Out: the wish that they are checked, get a SHA-512, or are put back; how often
they are read is kept at once.  Nothing waits here: what is asked for is work of the worker, and shown in its strip.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.library import Changes, FixityResult, FixityState
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.flow_layout import FlowLayout
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.timers import Throttle, debounced

MOST_DAYS = 3_650
REFRESH_MS = 800
KEEP_MS = 500

Answer = tuple[FixityState, list[FixityResult]]


class FailedModel(QAbstractListModel):
    """Stored files that failed their last check."""

    def __init__(self) -> None:
        super().__init__()
        self._failed: list[FixityResult] = []

    def show_failed(self, failed: Sequence[FixityResult]) -> None:
        self.beginResetModel()
        self._failed = list(failed)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._failed)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        failed = self._failed[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return failed.sha256
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found = Line(wording.stored(failed.result), Style.WARNING)
        row = Row((Line(failed.file_name, Style.TITLE), found, Line(failed.sha256, Style.SMALL)), icon="attention")
        return row if role == ROW else row.text


class FixityDialog(QDialog):
    """``check_wanted``; ``sha512_wanted``; ``repair_wanted``: a file or a folder with files that were as they came."""

    check_wanted = Signal()
    sha512_wanted = Signal()
    repair_wanted = Signal(Path)

    def __init__(self, bridge: Bridge, folder: str, parent: QWidget | None = None) -> None:
        """``folder``: where somebody who puts files back begins to look for them."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Fixity"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 500)
        self._bridge, self._folder = bridge, folder
        is_writable = bridge.library.is_writable
        self.state = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.state.setObjectName("fieldSection")
        self.more = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.more.setObjectName("quiet")
        self.days = QSpinBox()
        self.days.setRange(0, MOST_DAYS)
        self.days.setSpecialValueText(self.tr("never by itself"))
        self.days.setSuffix(self.tr(" days"))
        self.days.setEnabled(False)
        self.days.setAccessibleName(self.tr("Days after which a stored file is read again"))
        schedule = QLabel(self.tr("Read each stored file &again after"))
        schedule.setBuddy(self.days)
        self.model = FailedModel()
        self.model.setParent(self)
        self.view = RowView(self.tr("Stored files that failed their last check"))
        self.view.setObjectName("choices")
        self.view.setModel(self.model)
        self.empty = EmptyState(self.view)
        self.empty.say(self.tr("Looking at the stored files…"))
        self.checking = QPushButton(self.tr("&Check Now"))
        self.checking.clicked.connect(self.check_wanted)
        self.digesting = QPushButton(self.tr("Add SHA-&512"))
        self.digesting.setToolTip(self.tr("A second checksum for those stored files that have none"))
        self.digesting.clicked.connect(self.sha512_wanted)
        self.repairing_file = QPushButton(self.tr("Repair from a &File…"))
        self.repairing_file.clicked.connect(lambda: ask_for_copy(self, self._folder, False, self.repair_wanted.emit))
        self.repairing = QPushButton(self.tr("Repair from a F&older…"))
        self.repairing.setToolTip(self.tr("A copy of the library, a bag of it, or where the files once came from"))
        self.repairing.clicked.connect(lambda: ask_for_copy(self, self._folder, True, self.repair_wanted.emit))
        for button in (self.checking, self.digesting, self.repairing_file, self.repairing):
            button.setEnabled(is_writable)
            button.setAutoDefault(False)
        acts = QWidget()
        flow = FlowLayout(acts, theme.SMALL)
        for button in (self.checking, self.digesting, self.repairing_file, self.repairing):
            flow.addWidget(button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        when = QHBoxLayout()
        when.addWidget(schedule)
        when.addWidget(self.days)
        when.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(self.state)
        layout.addWidget(self.more)
        layout.addLayout(when)
        layout.addWidget(self.view, 1)
        layout.addWidget(acts)
        layout.addWidget(buttons)
        self._keeping = debounced(self, KEEP_MS, self._keep)
        self.days.valueChanged.connect(lambda _: self._keeping.start())
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        bridge.changed.connect(self._follow_changes)
        bridge.changed_elsewhere.connect(self._refreshing.ask)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask how the files stand."""
        self._bridge.ask(
            lambda library: (library.fixity_state(), library.failed_originals()),
            self._show,
            owner=self,
            newest=("fixity", id(self)),
        )

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if changes.fixity or changes.items:
            self._refreshing.hurry()

    def _show(self, answer: Answer) -> None:
        state, failed = answer
        files = wording.counted(state.files, self.tr("stored file"), self.tr("stored files"))
        if state.failed:
            said = self.tr("{files}, of which {count} failed the last check").format(
                files=files, count=wording.number(state.failed)
            )
        else:
            said = self.tr("{files}, as they came as far as is known").format(files=files)
        self.state.setText(said)
        told = []
        if state.oldest:
            told.append(self.tr("The one read longest ago: {when}").format(when=wording.moment(state.oldest)))
        if state.due:
            told.append(self.tr("To be read again: {count}").format(count=wording.number(state.due)))
        if state.without_sha512:
            told.append(self.tr("Without SHA-512: {count}").format(count=wording.number(state.without_sha512)))
        self.more.setText("\n".join(told))
        self.empty.say(self.tr("No stored file has failed"), self.tr("One that does is told of at once."), "shield")
        self.model.show_failed(failed)
        self.view.setCurrentIndex(self.model.index(0))
        if not self._keeping.isActive():
            self.days.blockSignals(True)
            self.days.setValue(state.days)
            self.days.blockSignals(False)
        is_writable = self._bridge.library.is_writable
        self.days.setEnabled(is_writable)
        self.digesting.setEnabled(is_writable and state.without_sha512 > 0)
        for button in (self.repairing, self.repairing_file):
            button.setEnabled(is_writable and state.failed > 0)

    def _keep(self) -> None:
        days = self.days.value()
        self._bridge.do(lambda library: library.set_fixity_days(days))

    def done(self, result: int) -> None:
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep()
        super().done(result)


def ask_for_copy(parent: QWidget, folder: str, is_folder: bool, chosen: Callable[[Path], object]) -> None:
    """Ask where copies of lost or altered stored files are: a file, or a folder with whatever names."""
    title = (
        parent.tr("Repair: choose a folder that has the files") if is_folder else parent.tr("Repair: choose the file")
    )
    dialog = QFileDialog(parent, title, folder)
    kind = QFileDialog.FileMode.Directory if is_folder else QFileDialog.FileMode.ExistingFile
    dialog.setFileMode(kind)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
