"""The window that shows what would come in, before anything does.

In: the scout's findings.  Out: the wish to import, with the files that are to be left out.  Separate from the report,
which says the same afterwards: here there is a choice.  It is not modal, and need not be waited for: *Import Now* takes
in what was not looked at yet as well.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.ui import prospects, theme, wording
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.facts_pane import Field, FieldsPane
from archive_viewer.ui.filter_chips import FilterChips
from archive_viewer.ui.prospect_details import details_of
from archive_viewer.ui.prospects import ProspectModel
from archive_viewer.ui.scout import Scout

WIDTHS = {
    prospects.TITLE: 250,
    prospects.KIND: 116,
    prospects.REMARKS: 200,
    prospects.PAGES: 60,
    prospects.CAPTURED: 124,
    prospects.CHARSET: 84,
}
LEAST = {prospects.TITLE: 130, prospects.REMARKS: 110, prospects.KIND: 96}
"""What gives way in a narrow window, in this order, and how far."""

LAST = 100
"""Pixels of the last column, which has what is left."""


class ProspectTable(QTableView):
    """Files as rows; the space bar takes those picked in, or leaves them out."""

    def __init__(self, model: ProspectModel, name: str) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setObjectName("prospects")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + theme.BASE)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSortIndicatorClearable(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setStretchLastSection(True)
        self.setSortingEnabled(True)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width out, so that nothing has to be scrolled sideways."""
        lacking = sum(WIDTHS.values()) + LAST - self.viewport().width()
        widths = dict(WIDTHS)
        for column, least in LEAST.items():
            given = min(max(0, lacking), widths[column] - least)
            widths[column] -= given
            lacking -= given
        # All of it or nothing: the character set stands beside the table, too, and the title has what is left.
        self.setColumnHidden(prospects.CHARSET, lacking > 0)
        if lacking > 0:
            widths[prospects.TITLE] += max(0, widths.pop(prospects.CHARSET) - lacking)
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def picked(self) -> list[int]:
        """The rows that are selected."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and (rows := self.picked()):
            are_wanted = all(self._model.is_wanted(self._model.prospect(row)) for row in rows if self._is_choice(row))
            self._model.want(rows, not are_wanted)
        else:
            super().keyPressEvent(event)

    def _is_choice(self, row: int) -> bool:
        return self._model.prospect(row).kind in prospects.WANTED


class ImportPreview(QDialog):
    """Signals: ``import_wanted`` – paths, files left out; ``drops_changed`` – whether dropped files are to be shown
    like this, too."""

    import_wanted = Signal(object, object)
    drops_changed = Signal(bool)

    def __init__(self, scout: Scout, *, are_drops_shown: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.paths = list(scout.paths)
        self._is_looking = True
        self._trouble = ""
        self.model = ProspectModel()
        self.model.setParent(self)
        self._build(are_drops_shown)
        self.resize(self._first_size(parent.size()))
        self.model.counted.connect(self._count)
        scout.found.connect(self.model.add)
        scout.progressed.connect(self._show_progress)
        scout.finished.connect(self._end)
        scout.failed.connect(self._fail)
        self.finished.connect(scout.close)
        self._count()

    # -- the parts ----------------------------------------------------------------------------------------------

    def _build(self, are_drops_shown: bool) -> None:
        title = QLabel(self._heading(), textFormat=Qt.TextFormat.PlainText)
        title.setObjectName("pageTitle")
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.summary = QLabel(wordWrap=True)
        self._progress = QProgressBar(textVisible=False)
        self._progress.setFixedHeight(6)
        self._progress.setRange(0, 0)
        self._progress.setAccessibleName(self.tr("How many files have been looked at"))
        self._at_hand = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._at_hand.setObjectName("quiet")
        self._at_hand.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.chips = FilterChips(prospects.KINDS)
        self.chips.chosen.connect(self.filter)
        self.table = ProspectTable(self.model, self.tr("Files that would come in"))
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.model.modelReset.connect(self._show_details)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._taking = QAction(self.tr("Take In"), self.table)
        self._taking.triggered.connect(lambda: self.model.want(self.table.picked(), True))
        self._leaving = QAction(self.tr("Leave Out"), self.table)
        self._leaving.triggered.connect(lambda: self.model.want(self.table.picked(), False))
        self.table.addActions([self._taking, self._leaving])
        self.empty = EmptyState(self.table)
        self.empty.say(self.tr("Looking at the files…"), self.tr("Nothing is stored yet."), "search")
        self.details = FieldsPane(self.tr("About the file"))
        self.details.setObjectName("prospectDetails")
        self.splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([960, 260])
        self.drops = QCheckBox(self.tr("Show this for &dropped files, too"))
        self.drops.setChecked(are_drops_shown)
        self.drops.toggled.connect(self.drops_changed)
        self.button = QPushButton()
        self.button.setDefault(True)
        self.button.clicked.connect(self._import)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        top = QVBoxLayout()
        top.setContentsMargins(theme.LARGE, theme.WIDE, theme.LARGE, theme.SMALL)
        top.setSpacing(theme.SMALL)
        for widget in (title, self.summary, self._progress, self._at_hand, self.chips):
            top.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.LARGE, theme.BASE, theme.LARGE, theme.BASE)
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.drops)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.splitter, 1)
        layout.addLayout(foot)
        self.table.setFocus()
        self._show_details()

    def _heading(self) -> str:
        if len(self.paths) == 1:
            return self.tr("What would come in from {name}").format(name=self.paths[0].name or self.paths[0])
        folders = sum(path.is_dir() for path in self.paths)
        files = len(self.paths) - folders
        parts = [
            wording.counted(count, one, many)
            for count, one, many in (
                (folders, self.tr("folder"), self.tr("folders")),
                (files, self.tr("file"), self.tr("files")),
            )
            if count
        ]
        return self.tr("What would come in from {places}").format(places=self.tr(" and ").join(parts))

    @staticmethod
    def _first_size(around: QSize) -> QSize:
        return QSize(min(1280, max(760, around.width() - 80)), min(760, max(480, around.height() - 80)))

    # -- what is found ------------------------------------------------------------------------------------------

    def filter(self, kind: str) -> None:
        """Show only the files of one kind; empty: all."""
        self.model.filter(kind)
        self.chips.check(kind)

    @property
    def is_looking(self) -> bool:
        return self._is_looking

    @Slot(int, int, str, object)
    def _show_progress(self, done: int, total: int, what: str, seconds_left: float | None) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        count = self.tr("{done} of {total}").format(done=wording.number(done), total=wording.number(total))
        left = wording.time_left(seconds_left) if seconds_left is not None else ""
        said = wording.joined(count, left, what)
        self._at_hand.setText(self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, self.width() - 60))

    @Slot()
    def _count(self) -> None:
        counts = self.model.counts()
        self.chips.show_counts(counts)
        self.chips.setVisible(bool(counts))
        pages = self.model.wanted_pages()
        left_out = len(self.model.left_out())
        files = self.model.wanted_files()
        where = wording.counted(files, self.tr("file"), self.tr("files"))
        would = self.tr("would come in") if files == pages else self.tr("in {files} would come in").format(files=where)
        parts = [f"{wording.counted(pages, self.tr('page'), self.tr('pages'))} {would}"]
        looks_like = self.tr("file looks like another page"), self.tr("files look like other pages")
        for count, one, many in (
            (counts["near"], *looks_like),
            (counts["twin"], self.tr("file is here twice"), self.tr("files are here twice")),
            (
                counts["duplicate"],
                self.tr("file is in the library already"),
                self.tr("files are in the library already"),
            ),
            (counts["refused"], self.tr("refused"), self.tr("refused")),
            (left_out, self.tr("left out"), self.tr("left out")),
        ):
            if count:
                parts.append(wording.counted(count, one, many))
        said = ", ".join(parts) + "."
        if self._is_looking:
            said = self.tr("So far: {said}").format(said=said)
        self.summary.setText(wording.joined(self._trouble, said) if self._trouble else said)
        counted = wording.counted(pages, self.tr("Page"), self.tr("Pages"))
        self.button.setText(
            self.tr("Import Now") if self._is_looking else self.tr("Import {pages}").format(pages=counted)
        )
        self.button.setEnabled(self._is_looking or bool(self._trouble) or pages > 0)

    @Slot()
    def _end(self) -> None:
        self.empty.say(
            self.tr("There is nothing to import here"), self.tr("No file was found in what you chose."), "folder"
        )
        self._rest()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._trouble = sentence
        self.empty.say(self.tr("The files could not be looked at"), sentence, "attention")
        self._rest()

    def _rest(self) -> None:
        self._is_looking = False
        self._progress.hide()
        self._at_hand.hide()
        self._count()

    # -- what is chosen -----------------------------------------------------------------------------------------

    @Slot()
    def _import(self) -> None:
        self.import_wanted.emit(self.paths, self.model.left_out())
        self.accept()

    @Slot(QItemSelection, QItemSelection)
    def _follow_selection(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show_details()

    @Slot()
    def _show_details(self) -> None:
        rows = self.table.picked()
        choices = [row for row in rows if self.model.prospect(row).kind in prospects.WANTED]
        self._taking.setEnabled(bool(choices))
        self._leaving.setEnabled(bool(choices))
        if len(rows) == 1:
            self.details.show_fields(details_of(self.model.prospect(rows[0])))
        else:
            hint = self.tr(
                "Choose a file to see all that is known of it.  The space bar leaves it out, or takes it in."
            )
            many = self.tr("{count} files are chosen.").format(count=wording.number(len(rows)))
            self.details.show_fields([Field(self.tr("About the file")), Field("", many if rows else hint)])
