"""The report of an import: a line per file, what became of it and why, and the pages that it holds.

In: an accession's id.  Out: the item that a line led to, and the report as a file.  Separate, and a tab like any page:
a report is read beside the pages it speaks of, and nothing waits for it to be closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QToolButton, QWidget

from archive_viewer import damage, limits
from archive_viewer.library import Library
from archive_viewer.model import Accession, ImportLine, Item
from archive_viewer.ui import wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.folder_choice import writing_folder
from archive_viewer.ui.report_sheet import LineModel, ReportSheet
from archive_viewer.ui.rows import Line, Row, RowView, Style

OUTCOMES = ("imported", "duplicate", "refused", "skipped")
ICONS = {"imported": "check", "duplicate": "copy", "refused": "attention", "skipped": "close"}

LIKENESSES = 5
"""What a line says of pages that look alike; the exported report names more."""

Near = Mapping[str, Sequence[str]]
"""What items look like, in words, by their ids."""


@dataclass(frozen=True)
class Answer:
    """A report as the library gives it."""

    accession: Accession | None
    lines: list[ImportLine]
    items: dict[str, Item] = field(default_factory=dict)
    adds_to: str = ""
    """The number of the accession that this one adds to."""


class ReportModel(LineModel[ImportLine]):
    """The lines of an import; ``root`` is the folder from which files are named."""

    def __init__(self) -> None:
        super().__init__()
        self.root = ""
        self.items: dict[str, Item] = {}
        self.near: Near = {}

    def outcome_of(self, line: ImportLine) -> str:
        return line.outcome

    def tip_of(self, line: ImportLine) -> str:
        return line.path

    def row_of(self, line: ImportLine) -> Row:
        first = self.items.get(line.item_ids[0]) if line.item_ids else None
        near = (one for item_id in line.item_ids[: limits.PAGES_TOLD] for one in self.near.get(item_id, ()))
        return report_row(line, self.root, first, list(islice(near, LIKENESSES)))


class ImportReport(ReportSheet):
    """The tab.  ``opened``: an item's id; ``exported``: the file that was written, and its number of rows;
    ``accession_wanted``: the accession's id."""

    opened = Signal(str)
    accession_wanted = Signal(str)
    exported = Signal(Path, int)

    def __init__(self, bridge: Bridge, accession_id: str, parent: QWidget | None = None) -> None:
        self.accession_id = accession_id
        self.model = ReportModel()
        super().__init__(bridge, self.model, self.tr("Import report"), self.tr("Files of the import"), OUTCOMES, parent)
        self._wanted_path = ""
        self._is_over = False
        self._number = ""
        self.export_button = QPushButton(self.tr("&Export Report…"))
        self.export_button.setToolTip(self.tr("Write the whole report as a table that spreadsheets open (CSV)"))
        self.export_button.setMinimumWidth(self.export_button.sizeHint().width())
        self.export_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.export_button.setEnabled(False)
        self.export_button.clicked.connect(self._ask_for_file)
        self.accession_button = QToolButton()
        self.accession_button.setObjectName("filterChip")
        self.accession_button.setText(self.tr("Accession…"))
        self.accession_button.setToolTip(self.tr("Say where this material comes from"))
        self.accession_button.clicked.connect(lambda: self.accession_wanted.emit(self.accession_id))
        self.head.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignTop)
        self.under.addWidget(self.accession_button, 0, Qt.AlignmentFlag.AlignTop)
        self.view.activated.connect(self._open)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        opening = QAction(self.tr("Open the Page"), self.view)
        opening.triggered.connect(lambda: self._open(self.view.currentIndex()))
        self.view.addAction(opening)
        self.empty.say(self.tr("No file with this outcome"), "", "report")
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the lines again: an import that goes on adds to them."""
        known = frozenset(self.model.items)

        def ask(library: Library) -> Answer:
            every = {accession.id: accession for accession in library.accessions()}
            found = [every[self.accession_id]] if self.accession_id in every else []
            if not found:
                return Answer(None, [])
            lines = library.report(self.accession_id)
            firsts = [line.item_ids[0] for line in lines if line.item_ids and line.item_ids[0] not in known]
            earlier = every.get(found[0].accrues_to)
            items = {item.id: item for item in library.items(firsts)}
            return Answer(found[0], lines, items, earlier.number if earlier is not None else "")

        self._bridge.ask(ask, self._show, owner=self, newest=("report", self.accession_id))

    def _ask_for_near(self) -> None:
        """Ask what the pages look like: a long question, so once it is over, and whenever the report is looked at."""
        accession_id = self.accession_id
        ids = [id for line in self.model.lines for id in line.item_ids[: limits.PAGES_TOLD]]

        def ask(library: Library) -> Near:
            return {
                id: [
                    wording.likeness(one.item.title, one.item.captured_at, one.is_same_text, one.path)
                    for one in found[:LIKENESSES]
                ]
                for id, found in library.near_in_import(ids, accession_id).items()
            }

        self._bridge.ask(ask, self._show_near, owner=self, newest=("likenesses", self.accession_id))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_over:
            self._ask_for_near()

    def filter(self, outcome: str) -> None:
        """Show only the files with this outcome; empty: all."""
        self.model.filter(outcome)
        self.chips.check(outcome)

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

    def _show(self, answer: Answer) -> None:
        accession = answer.accession
        if accession is not None:
            self._number = accession.number
            self.export_button.setEnabled(True)
            self.title.setText(self.tr("Accession {number}").format(number=accession.number))
            self.model.root = accession.source[0] if len(accession.source) == 1 else ""
            when = wording.moment(accession.finished_at or accession.created_at)
            adds = self.tr("adds to {number}").format(number=answer.adds_to) if answer.adds_to else ""
            self.told.setText(wording.joined(when, adds, ", ".join(accession.source)))
        if answer.lines != self.model.lines:
            self.model.items.update(answer.items)
            self._lay_out(answer.lines)
        self.chips.show_counts(self.model.counts())
        if self._wanted_path:
            self._arrive()
        was_over, self._is_over = self._is_over, accession is not None and accession.state not in ("waiting", "running")
        if self._is_over and not was_over:
            self._ask_for_near()

    def _show_near(self, near: Near) -> None:
        if near != self.model.near:
            self.model.near = near
            self._lay_out(self.model.lines)

    def _lay_out(self, lines: list[ImportLine]) -> None:
        self.keep_place(lambda: self.model.show_lines(lines))

    # -- handing over -------------------------------------------------------------------------------------------

    def export_to(self, path: Path) -> None:
        """Write the report as CSV."""
        accession_id = self.accession_id
        self._bridge.ask(
            lambda library: library.export_report(accession_id, path),
            lambda count: self.exported.emit(path, count),
            owner=self,
        )

    @Slot()
    def _ask_for_file(self) -> None:
        proposed = str(writing_folder() / self.tr("Report of accession {number}.csv").format(number=self._number))
        dialog = QFileDialog(self, self.tr("Export the report"), proposed, self.tr("Table (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(proposed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.line(index).item_ids:
            self.opened.emit(self.model.line(index).item_ids[0])


def report_row(line: ImportLine, root: str = "", first: Item | None = None, near: Sequence[str] = ()) -> Row:
    """The title or else the file's name, what became of it and why, what it looks like, each warning, where it lay.

    ``first`` is the first of its pages; folders are seen from ``root``.
    """
    whole = line.path.replace("\\", "/")
    name = whole.rsplit("/", 1)[-1]
    path = whole.removeprefix(root.replace("\\", "/")).lstrip("/") or name
    more = len(line.item_ids) - 1
    title = first.title if first is not None else name
    if more > 0:
        title = QCoreApplication.translate("ImportReport", "{title}, and {count} more").format(
            title=title, count=wording.number(more)
        )
    became = Line(wording.joined(wording.word(line.outcome), line.reason), Style.TEXT, 3)
    known: tuple[Line, ...] = ()
    if first is not None:
        captured = wording.captured(first.captured_at)
        known = (Line(wording.joined(captured, first.charset, first.url), Style.SMALL),)
    likenesses = (Line(likeness, Style.WARNING, 2) for likeness in near)
    warnings = (
        Line(warning, Style.WARNING if damage.is_told_by(warning) else Style.SMALL, 2) for warning in line.warnings
    )
    where = (Line(path, Style.SMALL),) if path != title else ()
    return Row(
        (Line(title, Style.TITLE), became, *known, *likenesses, *warnings, *where),
        icon=ICONS[line.outcome],
        is_dim=line.outcome == "skipped",
    )
