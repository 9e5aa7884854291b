"""The verification of an exported file: each quotation, and whether it stands in the original that it names.

In: a file.  Out: the page and the words that a line led to.  Separate, and a tab like the report of an import: it is
read beside the pages it speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library, Verdict
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.filter_chips import FilterChips
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style

RESULTS = ("exact", "typographic", "differs", "missing", "altered")
ICONS = {"exact": "check", "typographic": "quote", "differs": "attention", "missing": "close", "altered": "shield"}

Answer = tuple[list[Verdict], dict[str, str]]
"""The verdicts in the order of the file, and the titles of the pages that are in the library, by id."""


class VerdictModel(QAbstractListModel):
    """Verdicts with one result, or all."""

    def __init__(self) -> None:
        super().__init__()
        self.verdicts: Sequence[Verdict] = ()
        self.titles: Mapping[str, str] = {}
        self._shown: list[Verdict] = []

    def show_verdicts(self, verdicts: Sequence[Verdict], titles: Mapping[str, str]) -> None:
        self.verdicts, self.titles = verdicts, titles
        self.filter("")

    def filter(self, result: str) -> None:
        """Show only the verdicts with this result; empty: all."""
        self.beginResetModel()
        self._shown = [verdict for verdict in self.verdicts if result in ("", verdict.result)]
        self.endResetModel()

    def verdict(self, index: QModelIndex | QPersistentModelIndex) -> Verdict:
        return self._shown[index.row()]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        verdict = self._shown[index.row()]
        page = self.titles.get(verdict.item_id, "") or self.tr("A page that is not in this library")
        lines = (
            Line(wording.word(verdict.result), Style.STRONG),
            Line(verdict.quote, Style.TEXT, 3),
            Line(wording.joined(page, self._meaning(verdict.result)), Style.SMALL, 2),
        )
        row = Row(lines, icon=ICONS[verdict.result])
        return row if role == ROW else row.text

    def _meaning(self, result: str) -> str:
        """What a result says, where its name does not say it already."""
        meanings = {
            "typographic": self.tr("only quotation marks, dashes or white space differ"),
            "differs": self.tr("these words do not stand in the original"),
            "altered": self.tr("the original has not the checksum that the file names"),
        }
        return meanings.get(result, "")


class ExportCheck(QWidget):
    """The tab.  ``opened``: an item's id and the quotation."""

    opened = Signal(str, str)

    def __init__(self, bridge: Bridge, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.path = path
        self.model = VerdictModel()
        self.model.setParent(self)
        title = QLabel(self.tr("Verification of {name}").format(name=path.name), textFormat=Qt.TextFormat.PlainText)
        title.setObjectName("pageTitle")
        self.summary = QLabel(wordWrap=True)
        self.summary.setObjectName("quiet")
        self.chips = FilterChips(RESULTS)
        self.chips.chosen.connect(self.model.filter)
        self.view = RowView(self.tr("Quotations of the file"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(False)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        self.empty = EmptyState(self.view)
        self.empty.say(self.tr("Verifying…"), self.tr("Each original is read anew."), "shield")
        top = QVBoxLayout()
        top.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        top.setSpacing(theme.SMALL)
        for widget in (title, self.summary, self.chips):
            top.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.summary.setText(str(path))
        self.chips.hide()

        def ask(library: Library) -> Answer:
            verdicts = library.verify_export(path)
            return verdicts, {item.id: item.title for item in library.items([one.item_id for one in verdicts])}

        bridge.ask(ask, self._show, owner=self, failed=self._fail)

    def _show(self, answer: Answer) -> None:
        verdicts, titles = answer
        self.model.show_verdicts(verdicts, titles)
        counts: Counter[str] = Counter(verdict.result for verdict in verdicts)
        self.chips.show_counts(counts)
        self.chips.show()
        good = counts["exact"] + counts["typographic"]
        said = self.tr("{good} of {all} quotations stand in the originals that they name.")
        self.summary.setText(said.format(good=wording.number(good), all=wording.number(len(verdicts))))

    def _fail(self, error: ArchiveViewerError) -> None:
        self.empty.say(self.tr("This file cannot be verified"), str(error), "attention")

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.verdict(index).item_id in self.model.titles:
            verdict = self.model.verdict(index)
            self.opened.emit(verdict.item_id, verdict.quote)
