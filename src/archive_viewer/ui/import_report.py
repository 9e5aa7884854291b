"""The report of an import: a line per file, what became of it and why.

In: an accession's id.  Out: the item that a line led to.  Separate, and a tab like any page: a report is read beside
the pages it speaks of, and nothing waits for it to be closed.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from archive_viewer.library import Library
from archive_viewer.model import Accession, ImportLine
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.filter_chips import FilterChips
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.timers import Throttle

OUTCOMES = ("imported", "duplicate", "refused", "skipped")
ICONS = {"imported": "check", "duplicate": "copy", "refused": "attention", "skipped": "close"}
REFRESH_MS = 800


class ReportModel(QAbstractListModel):
    """The lines of a report with one outcome, or all."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[ImportLine] = []
        self._shown: list[ImportLine] = []
        self._outcome = ""
        self.root = ""

    @property
    def lines(self) -> list[ImportLine]:
        return self._all

    def show_lines(self, lines: list[ImportLine]) -> None:
        self._all = lines
        self.filter(self._outcome)

    def filter(self, outcome: str) -> None:
        """Show only the lines with this outcome; empty: all."""
        self.beginResetModel()
        self._outcome = outcome
        self._shown = [line for line in self._all if outcome in ("", line.outcome)]
        self.endResetModel()

    def counts(self) -> Counter[str]:
        return Counter(line.outcome for line in self._all)

    def line(self, index: QModelIndex | QPersistentModelIndex) -> ImportLine:
        return self._shown[index.row()]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.path
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = report_row(line, self.root)
        return row if role == ROW else row.text


class ImportReport(QWidget):
    """The tab.  ``opened``: an item's id."""

    opened = Signal(str)

    def __init__(self, bridge: Bridge, accession_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.accession_id = accession_id
        self._bridge = bridge
        self._wanted_path = ""
        self.model = ReportModel()
        self.model.setParent(self)
        self._title = QLabel(self.tr("Import report"))
        self._title.setObjectName("pageTitle")
        self._source = QLabel(wordWrap=True)
        self._source.setObjectName("quiet")
        self._chips = FilterChips(OUTCOMES)
        self._chips.chosen.connect(self.filter)
        self.view = RowView(self.tr("Files of the import"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(False)
        self.view.activated.connect(self._open)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        opening = QAction(self.tr("Open the Page"), self.view)
        opening.triggered.connect(lambda: self._open(self.view.currentIndex()))
        self.view.addAction(opening)
        self.empty = EmptyState(self.view)
        self.empty.say(self.tr("No file with this outcome"), "", "report")
        top = QVBoxLayout()
        top.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        top.setSpacing(theme.SMALL)
        top.addWidget(self._title)
        top.addWidget(self._source)
        top.addWidget(self._chips)
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

    def refresh(self) -> None:
        """Ask for the lines again: an import that goes on adds to them."""

        def ask(library: Library) -> tuple[Accession | None, list[ImportLine]]:
            found = [accession for accession in library.accessions() if accession.id == self.accession_id]
            return found[0] if found else None, library.report(self.accession_id)

        self._bridge.ask(ask, self._show, owner=self, newest=("report", self.accession_id))

    def filter(self, outcome: str) -> None:
        """Show only the files with this outcome; empty: all."""
        self.model.filter(outcome)
        self._chips.check(outcome)

    def point_at(self, path: str) -> None:
        """Pick the line of a file, now or as soon as the lines are there."""
        self._wanted_path = path
        if self.model.lines:
            self._arrive()

    def _arrive(self) -> None:
        path, self._wanted_path = self._wanted_path, ""
        outcomes = {line.path: line.outcome for line in self.model.lines}
        if path in outcomes:
            self.filter(outcomes[path])
            rows = (self.model.index(row) for row in range(self.model.rowCount()))
            index = next(index for index in rows if self.model.line(index).path == path)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, RowView.ScrollHint.PositionAtCenter)

    def _show(self, answer: tuple[Accession | None, list[ImportLine]]) -> None:
        accession, lines = answer
        if accession is not None:
            self._title.setText(self.tr("Import report, accession {number}").format(number=accession.number))
            self.model.root = accession.source[0] if len(accession.source) == 1 else ""
            when = wording.moment(accession.finished_at or accession.created_at)
            self._source.setText(wording.joined(when, ", ".join(accession.source)))
        if lines != self.model.lines:
            place = self.view.verticalScrollBar().value()
            self.model.show_lines(lines)
            self.view.verticalScrollBar().setValue(place)
        self._chips.show_counts(self.model.counts())
        if self._wanted_path:
            self._arrive()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.line(index).item_ids:
            self.opened.emit(self.model.line(index).item_ids[0])


def report_row(line: ImportLine, root: str = "") -> Row:
    """The file's name, what became of it and why, each warning, and the folder it lay in, seen from ``root``."""
    folder, _, name = line.path.replace("\\", "/").rpartition("/")
    folder = folder.removeprefix(root.replace("\\", "/")).lstrip("/")
    warnings = (Line(warning, Style.SMALL, 2) for warning in line.warnings)
    became = Line(wording.joined(wording.word(line.outcome), line.reason), Style.TEXT, 3)
    return Row(
        (Line(name, Style.TITLE), became, *warnings, Line(folder, Style.SMALL)),
        icon=ICONS[line.outcome],
        is_dim=line.outcome == "skipped",
    )
