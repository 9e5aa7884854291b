"""The places in a page that are shown as found, and which of them is meant.

Hits of a library search and the find bar's places come in; frames on the page, ticks and steps from place to place go
out.  Separate because two sources share one picture: while the find bar is open its places are shown, after that the
search's hits again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from archive_viewer.ui.around import Range
from archive_viewer.ui.find_bar import FindBar
from archive_viewer.ui.reading_text import ReadingText
from archive_viewer.ui.spans import plain_spans

LONGEST_WORDS = 80
"""Characters: a longer selection is a passage, not words that somebody wants to find."""


class Finding(QObject):
    """Signal: ``changed``, other places are shown.  ``reveal`` brings an offset onto the screen."""

    changed = Signal()

    def __init__(self, text: ReadingText, bar: FindBar, reveal: Callable[[int], None]) -> None:
        super().__init__(text)
        self._text = text
        self._bar = bar
        self._reveal = reveal
        self._hits: list[Range] = []
        bar.found.connect(self._show)
        bar.chosen.connect(self._go_to)
        bar.closed.connect(self._leave)

    def set_hits(self, hits: Sequence[Range]) -> None:
        """The places that a search of the library found."""
        self._hits = sorted(hits)
        if not self._bar.isVisible():
            self._show(self._hits)

    def mean(self, start: int, end: int) -> None:
        """Set one of the hits off from the others, where it is one."""
        if (start, end) in self._hits and not self._bar.isVisible():
            self._set_off(start, end)

    def redraw(self) -> None:
        """The page was laid out anew: its colours and cursors are others."""
        if self._text.current_hit:
            self._set_off(*self._text.current_hit)

    def open(self) -> None:
        """Open the find bar, with the selected words in it where they are few."""
        chosen = self._text.selected_range()
        words = self._text.article.text[slice(*chosen)] if chosen else ""
        origin = chosen[0] if chosen else self._text.top_offset()
        self._bar.open(origin, words if len(words) <= LONGEST_WORDS else "")

    def step(self, by: int) -> None:
        """To the next place or the one before, round the ends; without any place the find bar opens."""
        if self._bar.isVisible():
            self._bar.step(by)
        elif self._hits:
            if self._text.current_hit in self._hits:
                number = self._hits.index(self._text.current_hit) + by
            else:
                number = bisect_left(self._hits, (self._text.caret_offset(), 0)) - (by < 0)
            self._go_to(*self._hits[number % len(self._hits)])
        else:
            self.open()

    def number(self) -> tuple[int, int]:
        """Which of how many places is meant; (0, m) where none is."""
        places = list(self._text.hits.things)
        current = self._text.current_hit
        return (places.index(current) + 1 if current in places else 0), len(places)

    def _show(self, places: Sequence[Range]) -> None:
        self._text.hits = plain_spans(places)
        self._text.current_hit = None
        self._text.setExtraSelections([])
        self._text.viewport().update()
        self.changed.emit()

    def _go_to(self, start: int, end: int) -> None:
        self._set_off(start, end)
        self._reveal(start)
        self._text.put_caret(start)

    def _leave(self) -> None:
        self._show(self._hits)
        self._text.setFocus()

    def _set_off(self, start: int, end: int) -> None:
        self._text.current_hit = (start, end)
        document = self._text.article_document()
        words = QTextCharFormat()
        words.setForeground(QColor(document.look.theme.on_current_hit))
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = document.select(start, end), words
        self._text.setExtraSelections([selection])
        self._text.viewport().update()
