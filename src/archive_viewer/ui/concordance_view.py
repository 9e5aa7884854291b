"""The concordance as a tab: every passage that answers a query as one line, put in order, narrowed, copied, exported.

In: a query with the part of the library that it is asked in.  Out: the passage that a line led to, and the wish to have
lines in a file.  The lines stay with the searcher, and come as they are seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.library import Scope
from archive_viewer.ui import theme, wording
from archive_viewer.ui.choice_box import ChoiceBox
from archive_viewer.ui.concordance_model import ConcordanceModel
from archive_viewer.ui.concordance_table import ConcordanceTable
from archive_viewer.ui.concordances import Concordances, Ranges, Wish
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.flow_layout import FlowLayout
from archive_viewer.ui.sheet_output import file_name
from archive_viewer.ui.timers import debounced

TYPED_MS = 350
QUERY_SHOWN = 48
FILTER_WIDTH = 26
"""Characters of the box in which lines are narrowed down."""


class ConcordanceView(QWidget):
    """The tab.  Signals: ``chosen`` – item id, start, end, whether to keep its tab; ``export_wanted`` – version,
    ranges, file; ``follow_wanted`` – show the query that is in the search box; ``told`` – a sentence."""

    chosen = Signal(str, int, int, bool)
    export_wanted = Signal(int, object, Path)
    follow_wanted = Signal()
    told = Signal(str)

    def __init__(self, source: Concordances, folder: Path, parent: QWidget | None = None) -> None:
        """``folder``: where an export is offered to go."""
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._source, self._folder = source, folder
        self._query, self._scope = "", Scope()
        self.is_busy = False
        self.model = ConcordanceModel()
        self.model.setParent(self)
        self.model.wanted.connect(source.want)
        source.stated.connect(self._show_state)
        source.refused.connect(self._show_fault)
        source.provided.connect(self.model.provide)
        source.lost.connect(self._arrange)
        source.copied.connect(self._copied)
        self.title = QLabel(wordWrap=True)
        self.title.setObjectName("pageTitle")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.count = QLabel(wordWrap=True)
        self.count.setObjectName("quiet")
        self.fault = QLabel(wordWrap=True)
        self.fault.setObjectName("fault")
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.hide()
        self.order = ChoiceBox()
        self.order.setAccessibleName(self.tr("Order of the lines"))
        for name, sort in (
            (self.tr("By page, the best first"), "page"),
            (self.tr("By the words before"), "before"),
            (self.tr("By the match"), "match"),
            (self.tr("By the words after"), "after"),
            (self.tr("By publication date, or capture date"), "date"),
        ):
            self.order.addItem(name, sort)
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.filter.setPlaceholderText(self.tr("Only lines with…"))
        self.filter.setAccessibleName(self.tr("Only lines with these words"))
        self.filter.setFixedWidth(self.filter.fontMetrics().averageCharWidth() * FILTER_WIDTH)
        self.again = QPushButton(self.tr("Ask &Again"))
        self.again.clicked.connect(self.follow_wanted)
        self.export_button = QPushButton(self.tr("&Export"))
        self.export_button.setEnabled(False)
        self.table = ConcordanceTable(self.model)
        self.table.meant.connect(self._open)
        self.table.copy_wanted.connect(self._copy)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.empty = EmptyState(self.table)
        self._make_acts()
        self._lay_out()
        self._typing = debounced(self, TYPED_MS, self._arrange)
        self.filter.textChanged.connect(lambda _: self._typing.start())
        self.order.currentIndexChanged.connect(self._arrange)
        self.setFocusProxy(self.table)

    # -- which --------------------------------------------------------------------------------------------------

    @property
    def query(self) -> str:
        return self._query

    def show_query(self, query: str, scope: Scope, scope_name: str = "") -> None:
        """Gather the concordance of a query within a part of the library."""
        self._query, self._scope = query, scope
        shown = query if len(query) <= QUERY_SHOWN else query[: QUERY_SHOWN - 1] + "…"
        title = self.tr("Concordance of “{query}”").format(query=shown)
        self.title.setText(f"{title} — {scope_name}" if scope_name else title)
        self.title.setToolTip(query)
        self.model.begin(0, 0)
        self.offer(query)
        self._ask(is_fresh=True)

    @Slot(str)
    def offer(self, query: str) -> None:
        """Another query is in the search box now: it is shown when that is wished."""
        if query and query != self._query:
            shown = query if len(query) <= QUERY_SHOWN // 2 else query[: QUERY_SHOWN // 2 - 1] + "…"
            self.again.setText(self.tr("Show “{query}”").format(query=shown).replace("&", "&&"))
        else:
            self.again.setText(self.tr("Ask &Again"))

    @Slot()
    def _arrange(self) -> None:
        self._typing.stop()
        if self._query:
            self._ask(is_fresh=False)

    def _ask(self, *, is_fresh: bool) -> None:
        self.is_busy = True
        self.fault.hide()
        if not self.model.rowCount():
            self.empty.say(self.tr("Looking for passages…"), "", "clock")
        self._source.ask(Wish(self._query, self._scope, self.order.currentData(), self.filter.text().strip(), is_fresh))

    # -- what is said -------------------------------------------------------------------------------------------

    @Slot(object)
    def _show_state(self, state: dict[str, Any]) -> None:
        self.is_busy = state["state"] != "done"
        if not self.is_busy:
            self._say_when_empty(state)
        if state["version"] != self.model.version:
            place = self.table.verticalScrollBar().value() if self.is_busy else 0
            self.model.begin(state["version"], state["count"])
            self.table.verticalScrollBar().setValue(place)
        self.export_button.setEnabled(not self.is_busy and state["count"] > 0)
        self.count.setText(self._sentence(state))
        note = state.get("note", "")
        self.fault.setText(note)
        self.fault.setVisible(bool(note))

    def _sentence(self, state: dict[str, Any]) -> str:
        lines = wording.counted(state["gathered"], self.tr("passage"), self.tr("passages"))
        found = wording.number(state["pages_found"])
        if state["state"] != "done":
            said = self.tr("Looking through page {page} of {pages}: {lines} so far")
            return said.format(page=wording.number(state["pages_read"]), pages=found, lines=lines)
        if state["is_cut"]:
            said = self.tr(
                "The first {lines}, from {pages} of the {found} pages that answer.  A narrower query shows the others."
            )
        else:
            said = self.tr("{lines} in {pages} of the {found} pages that answer")
        said = said.format(lines=lines, pages=wording.number(state["pages"]), found=found)
        if state["count"] != state["gathered"]:
            shown = self.tr("{count} shown").format(count=wording.number(state["count"]))
            return wording.joined(shown, said)
        return said

    def _say_when_empty(self, state: dict[str, Any]) -> None:
        if state["gathered"]:
            self.empty.say(self.tr("No line has these words"), self.tr("Clear the box to see all lines."), "search")
        elif state["pages_found"]:
            hint = self.tr("The pages that answer do so by title, author or another field, not by a passage.")
            self.empty.say(self.tr("No passage answers"), hint, "search")
        else:
            hint = self.tr("Try fewer words, the beginning of a word with a star (negotiat*), or another spelling.")
            self.empty.say(self.tr("Nothing found"), hint, "search")

    @Slot(str, int)
    def _show_fault(self, sentence: str, _position: int) -> None:
        self.is_busy = False
        self.model.begin(0, 0)
        self.count.setText("")
        self.export_button.setEnabled(False)
        self.fault.setText(sentence)
        self.fault.show()
        hint = self.tr("Mend it in the search box, then ask again.")
        self.empty.say(self.tr("The query cannot be answered"), hint, "attention")

    # -- acts ---------------------------------------------------------------------------------------------------

    @Slot(QModelIndex, bool)
    def _open(self, index: QModelIndex, keep: bool) -> None:
        line = self.model.line(index)
        if line is not None:
            self.chosen.emit(line.page.item_id, line.passage.start, line.passage.end, keep)

    @Slot()
    def _copy(self) -> None:
        if ranges := self.table.chosen_ranges():
            self._source.copy(self.model.version, ranges)

    @Slot(str, int, int)
    def _copied(self, text: str, count: int, chosen: int) -> None:
        QGuiApplication.clipboard().setText(text)
        lines = wording.counted(count, self.tr("line"), self.tr("lines"))
        if count < chosen:
            said = self.tr("The first {lines} of {chosen} copied with their sources.  Export takes them all.")
        else:
            said = self.tr("{lines} copied with their sources")
        self.told.emit(said.format(lines=lines, chosen=wording.number(chosen)))

    @Slot()
    def _follow_selection(self) -> None:
        has_chosen = self.table.selectionModel().hasSelection()
        for action in (self.opening, self.copying, self.exporting_chosen):
            action.setEnabled(has_chosen)

    def _ask_for_file(self, ranges: Ranges) -> None:
        version = self.model.version
        name = file_name(self.tr("Concordance of {query}").format(query=self._query))
        proposed = str(self._folder / f"{name}.csv")
        dialog = QFileDialog(self, self.tr("Export the concordance"), proposed, self.tr("Table (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(proposed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.export_wanted.emit(version, ranges, Path(path)))
        dialog.open()

    # -- the parts ----------------------------------------------------------------------------------------------

    def _make_acts(self) -> None:
        self.opening = QAction(self.tr("Open the Page"), self.table)
        self.opening.triggered.connect(lambda: self._open(self.table.currentIndex(), True))
        self.copying = QAction(self.tr("Copy with Sources"), self.table)
        self.copying.triggered.connect(self._copy)
        self.exporting_all = QAction(self.tr("&All Lines…"), self)
        self.exporting_all.triggered.connect(lambda: self._ask_for_file([(0, self.model.rowCount())]))
        self.exporting_chosen = QAction(self.tr("&Chosen Lines…"), self)
        self.exporting_chosen.triggered.connect(lambda: self._ask_for_file(self.table.chosen_ranges()))
        menu = QMenu(self.export_button)
        menu.addActions([self.exporting_all, self.exporting_chosen])
        self.export_button.setMenu(menu)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.table.addActions([self.opening, self.copying, self.exporting_chosen])
        self._follow_selection()

    def _lay_out(self) -> None:
        tools = QWidget()
        flow = FlowLayout(tools, theme.SMALL)
        for widget in (self.order, self.filter, self.again, self.export_button):
            flow.addWidget(widget)
        top = QVBoxLayout()
        top.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        top.setSpacing(theme.SMALL)
        top.addWidget(self.title)
        top.addWidget(self.count)
        top.addWidget(tools)
        top.addWidget(self.fault)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
