"""The records of what was given up, as a tab: which page it was, why, when, by whom, and the checksums of its files.

In: the library's records.  Out: nothing; the pages themselves are gone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from archive_viewer.library import Library
from archive_viewer.model import Deaccession
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.timers import Throttle

REFRESH_MS = 800
FILES_NAMED = 3


class DeaccessionModel(QAbstractListModel):
    """Records as rows, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._records: list[Deaccession] = []

    def show_records(self, records: Sequence[Deaccession]) -> None:
        self.beginResetModel()
        self._records = list(reversed(records))
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._records)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record = self._records[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(f"{name}\nSHA-256 {sha256}" for name, _, sha256, _ in record.files)
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(record)
        return row if role == ROW else row.text

    def _row(self, record: Deaccession) -> Row:
        by = self.tr("by {name}").format(name=record.by) if record.by else ""
        came = self.tr("accession {number}").format(number=record.accession)
        files = [
            Line(wording.joined(name, wording.size(size), f"SHA-256 {sha256}"), Style.SMALL)
            for name, size, sha256, _ in record.files[:FILES_NAMED]
        ]
        if more := len(record.files) - len(files):
            files.append(Line(self.tr("and {count} more files").format(count=wording.number(more)), Style.SMALL))
        return Row(
            (
                Line(record.title, Style.TITLE),
                Line(record.reason, Style.TEXT, 4),
                Line(wording.joined(wording.moment(record.at), by, came), Style.SMALL),
                Line(wording.joined(record.url, wording.captured(record.captured_at)), Style.SMALL),
                *files,
            ),
            icon="close",
        )


class DeaccessionList(QWidget):
    """The tab."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self.model = DeaccessionModel()
        self.model.setParent(self)
        title = QLabel(self.tr("Pages given up"))
        title.setObjectName("pageTitle")
        self.count = QLabel()
        self.count.setObjectName("quiet")
        self.view = RowView(self.tr("Pages given up, the newest first"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(False)
        self.empty = EmptyState(self.view)
        self.empty.say(self.tr("Looking for records…"))
        top = QVBoxLayout()
        top.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        top.setSpacing(theme.SMALL)
        top.addWidget(title)
        top.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        bridge.changed.connect(self._refreshing.hurry)
        bridge.changed_elsewhere.connect(self._refreshing.ask)
        self.setFocusProxy(self.view)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the records."""
        self._bridge.ask(Library.deaccessions, self._show, owner=self, newest=("deaccessions", id(self)))

    def _show(self, records: list[Deaccession]) -> None:
        self.empty.say(
            self.tr("Nothing was given up"),
            self.tr("Page > Deaccession… gives a page up, and keeps a record of what it was and why."),
            "report",
        )
        if len(records) != self.model.rowCount():
            self.model.show_records(records)
        self.count.setText(wording.counted(len(records), self.tr("record"), self.tr("records")))
