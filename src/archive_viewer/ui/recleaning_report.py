"""The account of pages that were cleaned again: what came into the text of each, what went, and which marks moved.

In: a task's id.  Out: the page that a line led to, and the mark that should be looked at.  A tab like any page, as the
report of an import is: it is read beside the pages that it speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from archive_viewer.jobs.recleaning import summary
from archive_viewer.library import Library
from archive_viewer.model import Recleaning
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.filter_chips import FilterChips
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.timers import Throttle

OUTCOMES = ("changed", "unchanged", "refused")
ICONS = {"changed": "clean", "unchanged": "check", "refused": "attention"}
REFRESH_MS = 800
MARKS_NAMED = 5

Answer = tuple[list[Recleaning], dict[str, str], dict[str, str]]
"""The lines, the titles of their pages, and the words of the marks that they name."""


class RecleaningModel(QAbstractListModel):
    """The lines with one outcome, or all; those whose marks have to be looked at stand first."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Recleaning] = []
        self._shown: list[Recleaning] = []
        self._outcome = ""
        self._titles: Mapping[str, str] = {}
        self._quotes: Mapping[str, str] = {}

    @property
    def lines(self) -> list[Recleaning]:
        return self._lines

    def show_lines(self, lines: Sequence[Recleaning], titles: Mapping[str, str], quotes: Mapping[str, str]) -> None:
        self._lines = sorted(lines, key=lambda line: not (line.moved or line.unplaced))
        self._titles, self._quotes = titles, quotes
        self.filter(self._outcome)

    def filter(self, outcome: str) -> None:
        """Show only the lines with this outcome; empty: all."""
        self.beginResetModel()
        self._outcome = outcome
        self._shown = [line for line in self._lines if outcome in ("", line.outcome)]
        self.endResetModel()

    def counts(self) -> Counter[str]:
        return Counter(line.outcome for line in self._lines)

    def line(self, index: QModelIndex | QPersistentModelIndex) -> Recleaning:
        return self._shown[index.row()]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(self._shown[index.row()])
        return row if role == ROW else row.text

    def _row(self, line: Recleaning) -> Row:
        became = [wording.word(line.outcome), line.reason]
        for count, one, many in (
            (line.put_back, self.tr("paragraph put back"), self.tr("paragraphs put back")),
            (line.taken_out, self.tr("paragraph taken out"), self.tr("paragraphs taken out")),
            (line.carried, self.tr("mark carried over"), self.tr("marks carried over")),
        ):
            became.append(wording.counted(count, one, many) if count else "")
        marks = [
            *((self.tr("Found in another place, please confirm: “{quote}”"), id) for id in line.moved),
            *((self.tr("Lost its place: “{quote}”"), id) for id in line.unplaced),
        ]
        said = (
            Line(words.format(quote=self._quotes.get(id, "")), Style.WARNING, 2) for words, id in marks[:MARKS_NAMED]
        )
        more = len(marks) - MARKS_NAMED
        rest = (
            [Line(self.tr("and {count} more marks").format(count=wording.number(more)), Style.SMALL)]
            if more > 0
            else []
        )
        title = Line(self._titles.get(line.item_id, ""), Style.TITLE)
        return Row((title, Line(wording.joined(*became), Style.TEXT, 3), *said, *rest), icon=ICONS[line.outcome])


class RecleaningReport(QWidget):
    """The tab.  ``opened``: an item's id, and the mark in it that should be looked at, or nothing."""

    opened = Signal(str, str)

    def __init__(self, bridge: Bridge, task_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge, self._task_id = bridge, task_id
        self.model = RecleaningModel()
        self.model.setParent(self)
        title = QLabel(self.tr("Pages cleaned again"))
        title.setObjectName("pageTitle")
        self.summary = QLabel(wordWrap=True)
        self.summary.setObjectName("quiet")
        self._chips = FilterChips(OUTCOMES)
        self._chips.chosen.connect(self.model.filter)
        self.view = RowView(self.tr("Pages cleaned again"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(False)
        self.view.activated.connect(self._open)
        self.empty = EmptyState(self.view)
        self.empty.say(self.tr("No page with this outcome"), "", "report")
        top = QVBoxLayout()
        top.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        top.setSpacing(theme.SMALL)
        for widget in (title, self.summary, self._chips):
            top.addWidget(widget)
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
        """Ask for the lines again: a task that goes on adds to them."""
        task_id = self._task_id

        def ask(library: Library) -> Answer:
            lines = library.recleanings(task_id)
            titles = {item.id: item.title for item in library.items([line.item_id for line in lines])}
            with_marks = [line for line in lines if line.moved or line.unplaced]
            made = [mark for line in with_marks for mark in library.annotations(line.item_id)]
            return lines, titles, {mark.id: mark.quote for mark in made}

        self._bridge.ask(ask, self._show, owner=self, newest=("recleaning", id(self)))

    def _show(self, answer: Answer) -> None:
        lines, titles, quotes = answer
        if len(lines) != len(self.model.lines):
            place = self.view.verticalScrollBar().value()
            self.model.show_lines(lines, titles, quotes)
            self.view.verticalScrollBar().setValue(place)
        self.summary.setText(summary(lines))
        self._chips.show_counts(self.model.counts())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            line = self.model.line(index)
            self.opened.emit(line.item_id, next(iter((*line.unplaced, *line.moved)), ""))
