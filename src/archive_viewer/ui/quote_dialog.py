"""Where does a quote come from: a text is pasted, the passages of pages that hold it are listed, a click goes there.

In: a text, from the clipboard or from a selection of the reader.  Out: ``chosen``, a passage.  It stays open beside the
window while its passages are visited one by one, and asks whenever typing pauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from archive_viewer import limits
from archive_viewer.ui import theme, wording
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.found_source import sources
from archive_viewer.ui.rows import RowView
from archive_viewer.ui.searcher_question import SearcherQuestion
from archive_viewer.ui.source_rows import SourceModel
from archive_viewer.ui.timers import debounced

TYPING_MS = 350


class QuoteDialog(QDialog):
    """Signal: ``chosen`` – an item's id and a range of its text."""

    chosen = Signal(str, int, int)

    def __init__(self, question: SearcherQuestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find the source of a quote"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600, 560)
        self._question = question
        self._apart_from = ""
        self._asked = ""
        self._typing = debounced(self, TYPING_MS, self._ask)
        label = QLabel(self.tr("&Quote"))
        label.setObjectName("fieldSection")
        self.quote = QPlainTextEdit(tabChangesFocus=True)
        self.quote.setAccessibleName(self.tr("Quote"))
        self.quote.setPlaceholderText(self.tr("Paste a sentence or some paragraphs, as they were quoted"))
        self.quote.setMinimumHeight(64)
        self.quote.textChanged.connect(self._typed)
        label.setBuddy(self.quote)
        self.state = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.state.setObjectName("quiet")
        self.model = SourceModel()
        self.model.setParent(self)
        self.view = RowView(self.tr("Passages that hold the quote"))
        self.view.setObjectName("choices")
        self.view.setModel(self.model)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.empty = EmptyState(self.view)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        above, below = QWidget(), QWidget()
        for part, widgets in ((above, (label, self.quote)), (below, (self.state, self.view))):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0 if part is above else theme.SMALL, 0, theme.SMALL if part is above else 0)
            column.setSpacing(theme.SMALL)
            for widget in widgets:
                column.addWidget(widget, int(widget in (self.quote, self.view)))
        parts = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        parts.setHandleWidth(1)
        parts.addWidget(above)
        parts.addWidget(below)
        parts.setSizes([150, 400])
        parts.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(parts, 1)
        layout.addWidget(buttons)
        question.setParent(self)
        question.answered.connect(self._show)
        question.refused.connect(self._refuse)
        self._rest()
        self.quote.setFocus()

    def seek(self, text: str, apart_from: str = "") -> None:
        """Seek ``text`` at once; ``apart_from``: the page it was taken from, which is not to answer."""
        self.quote.setPlainText(text)
        self._typing.stop()
        self._apart_from = apart_from
        self._ask()

    @Slot()
    def _typed(self) -> None:
        if self.quote.toPlainText().strip() != self._asked:
            # Another text is no longer what was selected in a page.
            self._apart_from = ""
            self._typing.start()

    @Slot()
    def _ask(self) -> None:
        text = self.quote.toPlainText().strip()
        if text == self._asked:
            return
        self._asked = text
        self.model.show_sources([])
        self.state.hide()
        if not text:
            self._question.forget()
            self._rest()
            return
        self.empty.say(self.tr("Looking through the library…"), icon="clock")
        self._question.ask(quote=text, apart_from=self._apart_from)

    @Slot(object, object)
    def _show(self, _question: object, answer: Mapping[str, Any]) -> None:
        found = sources(answer["sources"])
        note = answer.get("note") or ""
        self.model.show_sources(found)
        held = [source for source in found if source.is_held]
        pages = len({source.item_id for source in held})
        said = []
        if held:
            count = wording.counted(pages, self.tr("page holds"), self.tr("pages hold"))
            said.append(self.tr("{pages} it, or a part of it.  What differs is bold.").format(pages=count))
            self.view.setCurrentIndex(self.model.index(0, 0))
        elif found:
            said.append(self.tr("No page of the library holds this quote.  These passages come nearest."))
        else:
            hint = self.tr("Try a part of it.  A translation or a retelling in other words is not recognised.")
            if self._apart_from:
                hint = self.tr("The page from which it was taken was not looked at.")
            self.empty.say(self.tr("No page of the library holds this quote"), hint, "quote")
        if len(self._asked) > limits.QUOTE_CHARACTERS:
            most = wording.number(limits.QUOTE_CHARACTERS)
            said.append(self.tr("Only the first {count} characters were looked for.").format(count=most))
        said.append(note)
        self.state.setText("  ".join(filter(None, said)))
        self.state.setVisible(bool(self.state.text()))

    @Slot(object, str)
    def _refuse(self, _question: object, sentence: str) -> None:
        self.model.show_sources([])
        self.empty.say(self.tr("The quote could not be looked for"), sentence, "attention")

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        source = self.model.source(index)
        self.chosen.emit(source.item_id, source.start, source.end)

    def _rest(self) -> None:
        self.state.hide()
        self.empty.say(
            self.tr("Where does it come from?"),
            self.tr("Small changes do no harm: other spellings, words left out, “…”, [words in brackets]."),
            "quote",
        )
