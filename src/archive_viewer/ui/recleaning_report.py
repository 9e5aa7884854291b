"""The account of pages that were cleaned again: what came into the text of each, what went, and which marks moved.

In: a task's id.  Out: the page that a line led to, and the mark that should be looked at.  A tab like any page, as the
report of an import is: it is read beside the pages that it speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from archive_viewer.jobs.recleaning import summary
from archive_viewer.library import Library
from archive_viewer.model import Recleaning
from archive_viewer.ui import wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.report_sheet import LineModel, ReportSheet
from archive_viewer.ui.rows import Line, Row, Style

OUTCOMES = ("changed", "unchanged", "refused")
ICONS = {"changed": "clean", "unchanged": "check", "refused": "attention"}
MARKS_NAMED = 5

Answer = tuple[list[Recleaning], dict[str, str], dict[str, str]]
"""The lines, the titles of their pages, and the words of the marks that they name."""


class RecleaningModel(LineModel[Recleaning]):
    """The lines; those whose marks have to be looked at stand first."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: Mapping[str, str] = {}
        self._quotes: Mapping[str, str] = {}

    def show_recleanings(
        self, lines: Sequence[Recleaning], titles: Mapping[str, str], quotes: Mapping[str, str]
    ) -> None:
        """``titles`` of the pages, ``quotes`` of the marks, by their ids."""
        self._titles, self._quotes = titles, quotes
        self.show_lines(sorted(lines, key=lambda line: not (line.moved or line.unplaced)))

    def outcome_of(self, line: Recleaning) -> str:
        return line.outcome

    def row_of(self, line: Recleaning) -> Row:
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


class RecleaningReport(ReportSheet):
    """The tab.  ``opened``: an item's id, and the mark in it that should be looked at, or nothing."""

    opened = Signal(str, str)

    def __init__(self, bridge: Bridge, task_id: str, parent: QWidget | None = None) -> None:
        self._task_id = task_id
        self.model = RecleaningModel()
        name = self.tr("Pages cleaned again")
        super().__init__(bridge, self.model, name, name, OUTCOMES, parent)
        self.view.activated.connect(self._open)
        self.empty.say(self.tr("No page with this outcome"), "", "report")
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
            self.keep_place(lambda: self.model.show_recleanings(lines, titles, quotes))
        self.told.setText(summary(lines))
        self.chips.show_counts(self.model.counts())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            line = self.model.line(index)
            self.opened.emit(line.item_id, next(iter((*line.unplaced, *line.moved)), ""))
