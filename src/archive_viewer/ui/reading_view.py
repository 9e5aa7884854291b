"""The clean view of a page: the text in its column, margins, find bar, marks, hits, zoom, theme.

An article, marks, hits and pictures come in; what the reader selects, points at, clicks and asks for goes out as
signals.  It stores nothing and knows no library: whoever owns it answers the signals and sets the marks anew.
Separate from the text widget because it decides what is shown and where, not how a key or a stroke works.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from archive_viewer.model import Annotation, Article, Colour
from archive_viewer.ui.around import Range, anchor_offset, paragraph_at, sentence_at
from archive_viewer.ui.article_document import ArticleDocument, PictureSource
from archive_viewer.ui.block_look import Look
from archive_viewer.ui.find_bar import FindBar
from archive_viewer.ui.finding import Finding
from archive_viewer.ui.fonts import Face
from archive_viewer.ui.page_column import PageColumn
from archive_viewer.ui.page_marks import PageMarks
from archive_viewer.ui.passage_bar import PassageBar
from archive_viewer.ui.reading_header import ReadingHeader, lines
from archive_viewer.ui.reading_menu import fill_menu
from archive_viewer.ui.reading_text import ReadingText
from archive_viewer.ui.theme import LIGHT, Theme, palette
from archive_viewer.ui.tick_bar import TickBar

ZOOMS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.1, 2.5, 3.0)
GATHER_MS = 60
"""Steps of the wheel that come within this time make one new layout."""

READING_LINE = 0.3
"""Part of the height from the top at which a passage is put that was jumped to: some of what came before is seen."""


class ReadingView(QWidget):
    """Shows an article; every range is in code points of ``article.text``.

    Signals: ``selection_changed`` (range or None), ``caret_moved`` (offset), ``mark_clicked``, ``mark_hovered`` (id),
    ``link_clicked``, ``link_hovered`` (address), ``mark_requested`` (start, end, Colour), ``note_requested``,
    ``tag_requested``, ``link_requested`` (start, end), ``mend_requested`` (paragraph number, Fate), ``jumped`` (offset
    left, offset reached, for a link inside the page), ``zoom_changed`` (factor).

    A request names the selection, or the range of the mark under the caret where nothing is selected.
    """

    selection_changed = Signal(object)
    caret_moved = Signal(int)
    mark_clicked = Signal(str)
    mark_hovered = Signal(str)
    link_clicked = Signal(str)
    link_hovered = Signal(str)
    mark_requested = Signal(int, int, object)
    note_requested = Signal(int, int)
    tag_requested = Signal(int, int)
    link_requested = Signal(int, int)
    mend_requested = Signal(int, object)
    source_requested = Signal(int, int)
    jumped = Signal(int, int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look(LIGHT)
        self._article = Article((), "")
        self._header: ReadingHeader | None = None
        self._picture_source: PictureSource | None = None
        self._cite: Callable[[int, int], str] = lambda start, end: ""
        self._is_writable = True
        self.text = ReadingText(self)
        self.find_bar = FindBar(self)
        self._column = PageColumn(self.text)
        self._marks = PageMarks(self.text, self._column)
        self._ticks = TickBar(self.text)
        self._finding = Finding(self.text, self.find_bar, self._reveal)
        self._passage_bar = PassageBar(self.text, self._column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.text, 1)
        column.addWidget(self.find_bar)
        self.setFocusProxy(self.text)
        self._rebuilding = QTimer(self, singleShot=True)
        self._rebuilding.timeout.connect(self._rebuild)
        self._connect()
        self.set_theme(LIGHT)

    def _connect(self) -> None:
        text = self.text
        for inner, outer in (
            (text.selection_changed, self.selection_changed),
            (text.mark_clicked, self.mark_clicked),
            (text.mark_hovered, self.mark_hovered),
            (text.link_hovered, self.link_hovered),
            (text.mark_requested, self.mark_requested),
            (text.note_requested, self.note_requested),
            (text.tag_requested, self.tag_requested),
            (text.link_requested, self.link_requested),
            (self._column.mark_clicked, self.mark_clicked),
            (text.caret_moved, self.caret_moved),
        ):
            inner.connect(outer)
        text.link_clicked.connect(self.follow_link)
        text.selection_made.connect(self._passage_bar.show_by)
        text.zoom_requested.connect(self._step_zoom)
        text.menu_requested.connect(lambda place, offset: fill_menu(self, offset).popup(place))
        self._passage_bar.bar.colour_chosen.connect(text.request_mark)
        self._passage_bar.bar.act_chosen.connect(self.perform)
        self._finding.changed.connect(self._ticks.refresh)
        self._marks.changed.connect(self._redraw)

    # -- what is shown ------------------------------------------------------------------------------------------

    @property
    def article(self) -> Article:
        return self._article

    @property
    def look(self) -> Look:
        return self._look

    def show_article(self, article: Article, *, header: ReadingHeader | None = None, keep_place: bool = False) -> None:
        """Show an article from its beginning, without marks and hits.

        ``keep_place``: it is the same page after mending; marks and hits stay until they are set anew, and so does
        the paragraph at the top of the screen.
        """
        place = self._paragraph_at_top() if keep_place else None
        self._article, self._header = article, header
        language = article.language.value if article.language else ""
        self._look = replace(self._look, language=language)
        if not keep_place:
            self._marks.forget()
            self._finding.set_hits(())
        self._show_new_document()
        self.find_bar.set_text(article.text)
        if place and place[0] in article.starts:
            self.text.scroll_to(article.starts[place[0]])
            bar = self.text.verticalScrollBar()
            bar.setValue(bar.value() - round(place[1]))
        else:
            self.text.verticalScrollBar().setValue(0)

    def set_picture_source(self, source: PictureSource | None) -> None:
        """Where pictures come from: asked while a picture is laid out, so it answers at once, with None if need be."""
        self._picture_source = source
        self.text.article_document().set_picture_source(source)

    def picture_arrived(self, source: str, image: QImage | None) -> None:
        """A picture that was not at hand is now (None: it was never saved); the lines on the screen stay in place."""
        top = self.text.top_offset()
        before = self.text.place_of(top).top()
        if self.text.article_document().picture_arrived(source, image):
            moved = self.text.place_of(top).top() - before
            bar = self.text.verticalScrollBar()
            if bar.value() and moved:
                bar.setValue(bar.value() + round(moved))

    def picture_width(self) -> int:
        """Pixels of width beyond which a picture only costs memory."""
        return round(self._look.column * self.devicePixelRatioF())

    def set_marks(self, marks: Sequence[Annotation]) -> None:
        """The marks of the page; those without a place are not shown."""
        self._marks.set_marks(marks)

    def set_link_marks(self, ids: Collection[str]) -> None:
        """Which marks are an end of a link."""
        self._marks.set_linked(ids)

    def select_mark(self, id: str, scroll: bool = True) -> None:
        """Set one mark off from the others; an empty id sets off none."""
        mark = self._marks.select(id)
        if scroll and mark is not None and mark.start is not None:
            self._reveal(mark.start)

    def set_hits(self, hits: Sequence[Range]) -> None:
        """The places in this page that a search of the library found."""
        self._finding.set_hits(hits)

    def go_to(self, start: int, end: int | None = None) -> None:
        """Bring a passage onto the screen, put the caret at its start, and light it up for a moment."""
        self._reveal(start)
        self.text.put_caret(start)
        if end is not None and end > start:
            self.text.flash(start, end)
            self._finding.mean(start, end)

    def selected_range(self) -> Range | None:
        return self.text.selected_range()

    def caret_offset(self) -> int:
        return self.text.caret_offset()

    def set_writable(self, is_writable: bool) -> None:
        """Whether marking and mending are offered: not where the library is open for reading only."""
        self._is_writable = is_writable
        self._passage_bar.bar.set_writable(is_writable)

    @property
    def is_writable(self) -> bool:
        return self._is_writable

    # -- looks --------------------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._look = replace(self._look, theme=theme)
        made = palette(theme)
        self.setPalette(made)
        self.text.setPalette(made)
        self.text.viewport().setPalette(made)
        self.find_bar.set_theme(theme)
        self._passage_bar.bar.set_theme(theme)
        self._rebuild_soon(0)

    def set_font(self, face: Face) -> None:
        self._look = replace(self._look, face=face)
        self._rebuild_soon(0)

    def set_text_width(self, characters: int) -> None:
        """How many characters a line of ordinary text holds."""
        self._look = replace(self._look, measure=characters)
        self._rebuild_soon(0)

    def set_paragraph_numbers(self, are_shown: bool) -> None:
        self._column.show_numbers(are_shown)

    @property
    def zoom(self) -> float:
        return self._look.zoom

    def set_zoom(self, factor: float) -> None:
        """1 is the size that is read without effort; the page is laid out anew a moment later."""
        factor = min(max(factor, ZOOMS[0]), ZOOMS[-1])
        if factor != self._look.zoom:
            self._look = replace(self._look, zoom=factor)
            self._rebuild_soon(GATHER_MS)
            self.zoom_changed.emit(factor)

    def zoom_in(self) -> None:
        self._step_zoom(1)

    def zoom_out(self) -> None:
        self._step_zoom(-1)

    def zoom_reset(self) -> None:
        self.set_zoom(1.0)

    def _step_zoom(self, by: int) -> None:
        number = bisect_left(ZOOMS, self._look.zoom)
        self.set_zoom(ZOOMS[min(max(number + by, 0), len(ZOOMS) - 1)])

    def _rebuild_soon(self, wait: int) -> None:
        """A page that is not seen waits until it is."""
        if self.isVisible():
            self._rebuilding.start(wait)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.text.article_document().look != self._look:
            self._rebuild()

    def _rebuild(self) -> None:
        """Lay the page out anew, with the same words on the screen."""
        top, chosen, caret = self.text.top_offset(), self.text.selected_range(), self.text.caret_offset()
        self._show_new_document()
        if chosen:
            self.text.select(*chosen)
        else:
            self.text.put_caret(caret)
        if top:
            self.text.scroll_to(top)
        else:
            self.text.verticalScrollBar().setValue(0)

    def _show_new_document(self) -> None:
        self._rebuilding.stop()
        self._passage_bar.show_by(None)
        header = lines(self._header, self._article) if self._header else []
        document = ArticleDocument(
            self._article, self._look, header=header, picture_source=self._picture_source, parent=self.text
        )
        self.text.show_document(document)
        self._finding.redraw()
        self._column.fit()
        self._redraw()

    def _redraw(self) -> None:
        self._ticks.refresh()
        self._column.update()

    def _paragraph_at_top(self) -> tuple[int, float] | None:
        if not self._article.kept:
            return None
        block = self._article.block_at(self.text.top_offset())
        return block.n, self.text.place_of(self._article.starts[block.n]).top()

    def _reveal(self, offset: int) -> None:
        if not self.text.is_seen(offset):
            self.text.scroll_to(offset, READING_LINE)

    # -- marks, links, clipboard --------------------------------------------------------------------------------

    def perform(self, act: str) -> None:
        """``note``, ``tag`` or ``link`` on the passage, or ``quote``: copy it with its citation."""
        chosen = self.text.passage()
        if act == "quote":
            self.copy_with_citation()
        elif chosen:
            {"note": self.note_requested, "tag": self.tag_requested, "link": self.link_requested}[act].emit(*chosen)

    def request_mark(self, colour: Colour) -> None:
        self.text.request_mark(colour)

    def mark_sentence(self) -> None:
        self.text.request_mark_of(sentence_at)

    def mark_paragraph(self) -> None:
        self.text.request_mark_of(paragraph_at)

    def set_citation(self, cite: Callable[[int, int], str]) -> None:
        """What tells where a passage is from; asked when it is copied."""
        self._cite = cite

    def copy(self) -> None:
        self.text.copy()

    def copy_with_citation(self) -> None:
        chosen = self.text.passage()
        if chosen:
            QGuiApplication.clipboard().setMimeData(self.text.mime_data(*chosen, self._cite(*chosen)))

    def select_all(self) -> None:
        self.text.select(0, len(self._article.text))

    def follow_link(self, target: str) -> None:
        """Go to a place of this page, or let the owner open the address."""
        reached = anchor_offset(self._article, target)
        if reached is None:
            self.link_clicked.emit(target)
            return
        left = self.text.caret_offset()
        self.go_to(*paragraph_at(self._article, reached))
        self.jumped.emit(left, reached)

    # -- finding ------------------------------------------------------------------------------------------------

    def open_find(self) -> None:
        """Open the find bar, with the selected words in it where they are few."""
        self._finding.open()

    def find_next(self) -> None:
        self._finding.step(1)

    def find_previous(self) -> None:
        self._finding.step(-1)

    def hit_number(self) -> tuple[int, int]:
        """Which of how many places is meant; (0, m) where none is."""
        return self._finding.number()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        standard = QKeySequence.StandardKey
        for key, act in (
            (standard.Find, self.open_find),
            (standard.FindNext, self.find_next),
            (standard.FindPrevious, self.find_previous),
        ):
            if event.matches(key):
                act()
                return
        if event.matches(standard.Cancel) and (self.find_bar.isVisible() or self._passage_bar.is_visible):
            self._passage_bar.show_by(None)
            self.find_bar.close_bar()
            return
        super().keyPressEvent(event)
