"""The line under the search box that asks whether another query is meant.

In: what was asked, and how many pages answered.  Out: the query that is meant, when it is taken.  Separate because the
list is shown at once; whether a word was misspelt is known a moment later.
"""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from archive_viewer.search.asked import Asked
from archive_viewer.ui.children import Searcher
from archive_viewer.ui.searcher_question import SearcherQuestion

KEYS = ("Alt+Return", "Alt+Enter")
FEW = 10
"""With more answers nobody asks whether something else was meant: what was typed is a word."""


class SuggestionLine(QLabel):
    """Signals: ``taken`` – the query that is meant; ``changed`` – another is proposed, or none any more."""

    taken = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True)
        self.setObjectName("suggestion")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(self.take)
        self._question: SearcherQuestion | None = None
        self._asked = self._meant = ""
        self.action = QAction(self)
        """Takes what is proposed: for a button, and by its keys."""
        self.action.setShortcuts([QKeySequence(key) for key in KEYS])
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.action.triggered.connect(self.take)
        self._propose("")

    @property
    def meant(self) -> str:
        """The query that is proposed; empty where none is."""
        return self._meant

    def attach(self, searcher: Searcher | None) -> None:
        """Ask another library's searcher, or none."""
        if self._question is not None:
            self._question.deleteLater()
        self._question = None
        self._asked = ""
        self._propose("")
        if searcher is not None:
            self._question = SearcherQuestion(searcher.child, "suggestion", self)
            self._question.answered.connect(self._answered)

    @Slot(str, int)
    def follow(self, query: str, hits: int) -> None:
        """A query was answered by so many pages, or is no longer asked."""
        is_new = query != self._asked
        self._asked = query
        if self._question is None:
            return
        if not query or hits > FEW:
            self._question.forget()
            self._propose("")
        else:
            if is_new:
                self._propose("")
            self._question.ask(query=query)

    @Slot()
    def take(self) -> None:
        """Ask what is proposed."""
        if self._meant:
            self.taken.emit(self._meant)

    @Slot(object, object)
    def _answered(self, question: dict[str, Any], answer: dict[str, Any]) -> None:
        if question["query"] == self._asked:
            self._propose(answer.get("suggestion") or "")

    def _propose(self, query: str) -> None:
        is_other = query != self._meant
        self._meant = query
        typed = Asked.of(query).typed
        said = self.tr("Did you mean {query}?")
        self.setText(said.format(query=f'<a href="meant"><b>{escape(typed)}</b></a>') if query else "")
        self.setAccessibleName(said.format(query=typed) if query else "")
        keys = QKeySequence(KEYS[0]).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(self.tr("Search for it ({keys})").format(keys=keys))
        self.action.setText(self.tr("Search for “{query}”").format(query=typed.replace("&", "&&")))
        self.action.setEnabled(bool(query))
        self.setVisible(bool(query))
        if is_other:
            self.changed.emit()
