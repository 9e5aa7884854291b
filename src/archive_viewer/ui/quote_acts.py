"""Finding the source of a quote from the window: the menu, a selection in the reader, a long text in the search box.

In: the window.  Out: the dialog, and a tab at the passage that was chosen in it.  Separate from ``acts``, because the
dialog stays open and has a question of its own to the searcher.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLineEdit

from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.quote_dialog import QuoteDialog
from archive_viewer.ui.searcher_question import SearcherQuestion
from archive_viewer.ui.trail import Place

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

LONG = 300
"""Characters of a text that nobody types into a search box; several lines are a passage at any length."""

QUERY_GROWS = 40
"""Characters that come into the box at once only by pasting or dropping."""


class QuoteActs(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._library: OpenLibrary | None = None
        self._dialog: QuoteDialog | None = None
        self._box: QLineEdit = window.list.search_box.box
        self._length = 0
        self._pasted = ""
        self._seeking = QAction(self.tr("Find Its Source"), self)
        self._seeking.triggered.connect(self._seek_pasted)
        self._box.textEdited.connect(self._look_at_paste)
        self._box.textChanged.connect(self._keep_length)

    def effects(self) -> dict[str, Callable[[], None]]:
        return {"find-source": self.open}

    def attach(self, library: OpenLibrary | None) -> None:
        """Ask another library, or none."""
        self._library = library
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._dialog.close()
        self._dialog = None

    def open(self) -> None:
        """Open the dialog, or bring it to the front; with the words that are selected in the reader, if any."""
        tab = self._window.tabs.front()
        chosen = tab.selected_words() if tab is not None and tab.reading is not None else None
        if tab is not None and chosen:
            self.seek_elsewhere(tab, *chosen)
        else:
            self._shown()

    def seek_elsewhere(self, tab: ItemTab, start: int, end: int) -> None:
        """Seek words of a page in all others."""
        if tab.reading is not None:
            self.seek(tab.reading.article.text[start:end], tab.item_id)

    def seek(self, text: str, apart_from: str = "") -> None:
        """Seek a text in the library."""
        dialog = self._shown()
        if dialog is not None:
            dialog.seek(text, apart_from)

    def _shown(self) -> QuoteDialog | None:
        if self._library is None:
            return None
        if self._dialog is None or not shiboken6.isValid(self._dialog):
            question = SearcherQuestion(self._library.searcher.child, "quote")
            self._dialog = QuoteDialog(question, self._window)
            self._dialog.chosen.connect(self._go_to)
        self._dialog.show()
        self._dialog.activateWindow()
        return self._dialog

    @Slot(str, int, int)
    def _go_to(self, item_id: str, start: int, end: int) -> None:
        place = Place(item_id, start, end)
        self._window.tabs.open(place).select(place)

    # -- what is pasted into the search box ---------------------------------------------------------------------

    @Slot(str)
    def _look_at_paste(self, typed: str) -> None:
        """Offer to seek the source of a passage that was pasted where words are searched."""
        grown = len(typed) - self._length
        if grown < QUERY_GROWS:
            return
        pasted = QGuiApplication.clipboard().text().strip()
        if len(pasted) <= LONG and "\n" not in pasted and len(typed) <= LONG:
            return
        # A box of one line writes the ends of lines otherwise; what was dropped is not in the clipboard.
        is_from_clipboard = _letters(pasted)[:QUERY_GROWS] in _letters(typed)
        self._pasted = pasted if is_from_clipboard else typed
        said = self.tr("This is a long text for a search.  Is it a quote whose source you are looking for?")
        self._window.page_notice.say(said, "quote", self._seeking, self._window.page_notice.put_away)

    @Slot(str)
    def _keep_length(self, text: str) -> None:
        self._length = len(text)

    @Slot()
    def _seek_pasted(self) -> None:
        self._window.page_notice.say("")
        self._window.list.search_box.set_query("")
        self.seek(self._pasted)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
