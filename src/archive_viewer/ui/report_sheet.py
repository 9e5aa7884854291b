"""What the reports in the reader share: a heading, what is told of the whole, lines with an outcome each, filtered.

In: lines.  Out: a tab like any page.  Separate from each report, which knows what its lines say and where they lead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from archive_viewer.ui import theme
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.filter_chips import FilterChips
from archive_viewer.ui.rows import ROW, Row, RowView
from archive_viewer.ui.timers import Throttle

REFRESH_MS = 800

L = TypeVar("L")


class LineModel(QAbstractListModel, Generic[L]):
    """The lines of a report with one outcome, or all.  A report says what a line's row, tip and outcome are."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[L] = []
        self._shown: list[L] = []
        self._outcome = ""

    def row_of(self, line: L) -> Row:
        """How a line is shown."""
        raise NotImplementedError

    def tip_of(self, line: L) -> str:
        """What is said of a line that is pointed at."""
        return ""

    def outcome_of(self, line: L) -> str:
        """By what lines are filtered; empty where they are not."""
        return ""

    @property
    def lines(self) -> list[L]:
        return self._all

    def show_lines(self, lines: Sequence[L]) -> None:
        self._all = list(lines)
        self.filter(self._outcome)

    def filter(self, outcome: str) -> None:
        """Show only the lines with this outcome; empty: all."""
        self.beginResetModel()
        self._outcome = outcome
        self._shown = [line for line in self._all if outcome in ("", self.outcome_of(line))]
        self.endResetModel()

    def counts(self) -> Counter[str]:
        """How many lines there are with each outcome."""
        return Counter(map(self.outcome_of, self._all))

    def line(self, index: QModelIndex | QPersistentModelIndex) -> L:
        return self._shown[index.row()]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip_of(line) or None
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row_of(line)
        return row if role == ROW else row.text


class ReportSheet(QWidget):
    """The tab.  ``head`` and ``under`` are the lines of the heading and of what is told, with room at their ends."""

    def __init__(
        self,
        bridge: Bridge,
        model: LineModel[L],
        title: str,
        name: str,
        outcomes: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """``name`` is what a screen reader calls the list; ``outcomes`` are those by which it can be filtered."""
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        model.setParent(self)
        self.title = QLabel(title, wordWrap=True)
        self.title.setObjectName("pageTitle")
        self.told = QLabel(wordWrap=True)
        self.told.setObjectName("quiet")
        self.chips = FilterChips(outcomes)
        self.chips.setVisible(bool(outcomes))
        self.chips.chosen.connect(model.filter)
        self.view = RowView(name)
        self.view.setModel(model)
        self.view.setUniformItemSizes(False)
        self.empty = EmptyState(self.view)
        self.head, self.under = QHBoxLayout(), QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.under.addWidget(self.told, 1)
        top = QVBoxLayout()
        top.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        top.setSpacing(theme.SMALL)
        top.addLayout(self.head)
        top.addLayout(self.under)
        top.addWidget(self.chips)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        bridge.changed.connect(self._refreshing.hurry)
        bridge.changed_elsewhere.connect(self._refreshing.ask)
        self.setFocusProxy(self.view)

    @Slot()
    def refresh(self) -> None:
        """Ask for the lines again."""
        raise NotImplementedError

    def keep_place(self, show: Callable[[], None]) -> None:
        """Show other lines, and let the list stay where it was scrolled to."""
        place = self.view.verticalScrollBar().value()
        show()
        self.view.verticalScrollBar().setValue(place)
