"""One page in the reader: its clean text, what was stripped from it, its outline.

In: an item's id and a place.  Out: acts on its passages, asked of ``Marking``; and word when what it shows has
changed.  Separate from the tabs, which know places and titles only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.exporting import cite
from archive_viewer.library import CaptureDate, Reading
from archive_viewer.model import Annotation, Article, Colour, Fate, Item
from archive_viewer.ui.banner import Banner
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.item_source import ItemSource
from archive_viewer.ui.marking import Marking, Passage
from archive_viewer.ui.outline import Outline, headings
from archive_viewer.ui.page_pictures import PagePictures
from archive_viewer.ui.page_printer import PagePrinter
from archive_viewer.ui.reading_header import ReadingHeader
from archive_viewer.ui.reading_view import ReadingView
from archive_viewer.ui.stripped_view import StrippedView
from archive_viewer.ui.trail import Place
from archive_viewer.ui.view_bar import ViewBar

OUTLINE_WIDTH = 200
OPENING_SAID_MS = 300
Range = tuple[int, int]


class ItemTab(QWidget):
    """Signals: ``changed`` – another reading or mark is shown; ``worked_in`` – something was done in it; ``gone`` –
    its item is not in the library; ``mark_pointed`` – the mark clicked in the text; ``address_wanted`` – a hyperlink
    of the page was followed; ``jumped`` – from one offset of the page to another; ``viewed`` – what is shown of it:
    clean or stripped; ``capture_wanted`` – another capture of its address, by its id; ``outline_moved`` – the outline
    has another width."""

    changed = Signal()
    worked_in = Signal()
    gone = Signal()
    mark_pointed = Signal(str)
    address_wanted = Signal(str)
    jumped = Signal(int, int)
    viewed = Signal()
    capture_wanted = Signal(str)
    outline_moved = Signal(int)

    def __init__(self, item_id: str, bridge: Bridge, marking: Marking) -> None:
        super().__init__()
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.item_id = item_id
        self.reading: Reading | None = None
        self.captures: Sequence[CaptureDate] = ()
        self.selected_mark = ""
        self._expected_title = ""
        self._bridge = bridge
        self._marking = marking
        self._wanted: Place | None = None
        self._is_to_be_selected = False
        self._wanted_mark = ""
        self._wanted_block = 0
        self._hits: Sequence[Range] = ()
        self._source = ItemSource(item_id, bridge, self)
        self.view = ReadingView()
        self.stripped = StrippedView()
        self.outline = Outline()
        self._pictures = PagePictures(item_id, bridge, self.view)
        self._build()
        self._connect()

    # -- what is shown ------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        if self.reading is None:
            return self._expected_title
        return self.reading.item.title or self.reading.item.file_name

    def expect(self, title: str) -> None:
        """What the page was called when it was last seen: it is not read before somebody looks at it."""
        self._expected_title = title

    @property
    def item(self) -> Item | None:
        return self.reading.item if self.reading is not None else None

    def wake(self) -> None:
        """Ask for the page: it is looked at for the first time, or has changed while it was not."""
        self._source.wake()

    def go_to(self, place: Place) -> None:
        """Show a place of the page, now or as soon as the page is there."""
        self._wanted = place
        if self._source.is_fresh:
            self._arrive()

    def select(self, place: Place) -> None:
        """The same, and select it, so that it can be marked at once."""
        self._is_to_be_selected = True
        self.go_to(place)

    def place(self) -> Place:
        """Where the reader stands: the first character on the screen."""
        if self._wanted is not None:
            return self._wanted
        return Place(self.item_id, self.view.text.top_offset())

    def set_hits(self, hits: Sequence[Range]) -> None:
        """The places that a search of the library found in this page."""
        if list(hits) == list(self._hits):
            # Asked twice; the one that is meant stays set off.
            return
        self._hits = hits
        if self.reading is not None:
            self.view.set_hits(hits)

    def select_mark(self, mark_id: str, *, scroll: bool = True) -> None:
        """Set one of the page's marks off from the others."""
        self.selected_mark = mark_id
        self.view.select_mark(mark_id, scroll)

    def want_mark(self, mark_id: str) -> None:
        """Go to a mark, now or as soon as the page is there."""
        self._wanted_mark = mark_id
        if self._source.is_fresh:
            self._arrive()

    def want_block(self, n: int) -> None:
        """Go to a paragraph that was stripped, now or as soon as the page is there."""
        self._wanted_block = n
        if self._source.is_fresh:
            self._arrive()

    def settle_on(self, mark_id: str) -> None:
        """A mark was just made or changed: pick it, and let go of the selection so that it is seen."""
        self.selected_mark = mark_id
        chosen = self.selected_words()
        if chosen is not None:
            self.view.text.put_caret(chosen[0])

    def show_clean(self, is_clean: bool) -> None:
        """Show the clean text, or what was stripped from the page."""
        focus = QApplication.focusWidget()
        has_focus = focus is not None and self._stack.isAncestorOf(focus)
        self._stack.setCurrentWidget(self._clean if is_clean else self.stripped)
        self.bar.show_clean(is_clean)
        if has_focus:
            # Else it went to the first button of the other view, and Space would press that.
            (self.view if is_clean else self.stripped).setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewed.emit()

    @property
    def is_clean_shown(self) -> bool:
        return self._stack.currentWidget() is self._clean

    def show_outline(self, is_shown: bool, width: int = 0) -> None:
        """Show or hide the outline; ``width``: pixels, where it shall have others than it has."""
        self.outline.setVisible(is_shown)
        if width:
            self._clean.setSizes([width, max(OUTLINE_WIDTH, self._clean.width() - width)])

    # -- passages -----------------------------------------------------------------------------------------------

    def passage(self) -> Passage:
        """What an act applies to: the selected words, else the selected mark, else the whole page."""
        chosen = self.selected_words()
        if chosen is not None:
            return self.passage_of(*chosen)
        mark = self.mark(self.selected_mark)
        if mark is not None:
            return Passage(self.item_id, mark.quote, mark)
        return Passage(self.item_id, self.title)

    def selected_words(self) -> Range | None:
        """The words that are selected in the text."""
        return self.view.selected_range() if self.is_clean_shown else None

    def passage_of(self, start: int, end: int) -> Passage:
        """These words; where exactly they are marked already, that mark."""
        assert self.reading is not None
        marks = self.reading.annotations
        same = [mark for mark in marks if (mark.start, mark.end) == (start, end)]
        chosen = next((mark for mark in same if mark.id == self.selected_mark), same[0] if same else None)
        return Passage(self.item_id, self.reading.article.text[start:end], chosen, start, end)

    def mark(self, mark_id: str) -> Annotation | None:
        marks = self.reading.annotations if self.reading is not None else ()
        return next((mark for mark in marks if mark.id == mark_id), None)

    def print_page(self, window: QWidget, printed: Callable[[int], None]) -> None:
        """Ask for a printer and print the clean text with its marks and notes."""
        if self.reading is not None:
            header = header_of(self.reading.item)
            PagePrinter(self.reading, header, self._bridge, self._pictures, window, printed).ask(window)

    # -- its parts ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.bar = ViewBar()
        self.in_bin = Banner("banner")
        self._restoring = QAction(self.tr("Take out of the Bin"), self)
        self._restoring.triggered.connect(self._restore)
        self._clean = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._clean.setHandleWidth(1)
        self._clean.addWidget(self.outline)
        self._clean.addWidget(self.view)
        self._clean.setStretchFactor(1, 1)
        self._clean.setSizes([OUTLINE_WIDTH, 600])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._clean)
        self._stack.addWidget(self.stripped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.in_bin)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.view)
        self._waiting = EmptyState(self._stack)
        self._waiting.setObjectName("reader")
        self._waiting.show()
        # Said only where it is true for long enough to be read.
        QTimer.singleShot(OPENING_SAID_MS, self._waiting, lambda: self._waiting.say(self.tr("Opening…")))

    def _connect(self) -> None:
        self._source.read.connect(self._show)
        self._source.counted.connect(self._show_captures)
        self._source.lost.connect(self._fail)
        self._clean.splitterMoved.connect(lambda *_: self.outline_moved.emit(self._clean.sizes()[0]))
        self.bar.clean_wanted.connect(self.show_clean)
        self.bar.find_wanted.connect(self.open_find)
        self.bar.captures.wanted.connect(self.capture_wanted)
        view = self.view
        view.mark_clicked.connect(self._point_at)
        view.link_clicked.connect(self.address_wanted)
        view.jumped.connect(self.jumped)
        view.mark_requested.connect(self._mark)
        view.note_requested.connect(lambda start, end: self._act(self._marking.edit_note, start, end))
        view.tag_requested.connect(lambda start, end: self._act(self._marking.edit_tags, start, end))
        view.link_requested.connect(lambda start, end: self._act(self._marking.start_or_finish_link, start, end))
        view.mend_requested.connect(self._mend)
        view.caret_moved.connect(self.outline.set_current)
        view.selection_changed.connect(lambda _: self.changed.emit())
        self.stripped.mend_requested.connect(self._mend)
        self.stripped.rule_requested.connect(self._make_rule)
        self.outline.heading_chosen.connect(self._go_to_heading)

    def open_find(self) -> None:
        """Find words in what is shown: the text, or all that the page held."""
        (self.view if self.is_clean_shown else self.stripped).open_find()

    def find_next(self) -> None:
        self.view.find_next() if self.is_clean_shown else self.stripped.step(+1)

    def find_previous(self) -> None:
        self.view.find_previous() if self.is_clean_shown else self.stripped.step(-1)

    # -- acts ---------------------------------------------------------------------------------------------------

    def _act(self, act: Callable[[Passage], None], start: int, end: int) -> None:
        if self.view.is_writable and self.reading is not None:
            self.worked_in.emit()
            act(self.passage_of(start, end))

    @Slot(int, int, object)
    def _mark(self, start: int, end: int, colour: Colour) -> None:
        self._act(lambda passage: self._marking.mark(passage, colour), start, end)

    def _mend(self, n: int, fate: Fate, whole_section: bool = False) -> None:
        if self.view.is_writable:
            self.worked_in.emit()
            self._marking.mend(self.item_id, n, fate, whole_section)

    @Slot(int)
    def _make_rule(self, n: int) -> None:
        if self.view.is_writable and self.reading is not None:
            self.worked_in.emit()
            self._marking.make_rule(self.item_id, self.reading.article, n)

    @Slot()
    def _restore(self) -> None:
        self._bridge.do(lambda library: library.restore_items([self.item_id]))

    @Slot(str)
    def _point_at(self, mark_id: str) -> None:
        self.select_mark(mark_id, scroll=False)
        self.mark_pointed.emit(mark_id)
        self.changed.emit()

    @Slot(int)
    def _go_to_heading(self, offset: int) -> None:
        left = self.view.text.top_offset()
        self.view.go_to(offset)
        self.jumped.emit(left, offset)

    # -- what comes -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _show_captures(self, captures: Sequence[CaptureDate]) -> None:
        if captures != self.captures:
            self.captures = captures
            self.bar.captures.show_captures(captures, self.item_id)
            self.changed.emit()

    @Slot(object, bool, object)
    def _show(self, reading: Reading, is_same: bool, captures: Sequence[CaptureDate]) -> None:
        self.captures = captures
        self.bar.captures.show_captures(self.captures, self.item_id)
        said = self.tr("This page is in the bin.") if reading.item.deleted_at else ""
        self.in_bin.say(said, "bin", *([self._restoring] if self.view.is_writable else []))
        before, self.reading = self.reading, reading
        if not is_same:
            self._show_article(reading, is_mended=before is not None)
        self.view.set_marks(reading.annotations)
        here = {mark.id for mark in reading.annotations}
        ends = {end.link.from_id if end.is_outgoing else end.link.to_id for end in reading.links}
        self.view.set_link_marks(here & ends)
        if self.mark(self.selected_mark) is None:
            self.selected_mark = ""
        self.view.select_mark(self.selected_mark, False)
        if before is None:
            self._waiting.hide()
            self.view.set_hits(self._hits)
        self.view.set_citation(lambda start, end: cite(reading.item, reading.article.paragraphs(start, end)))
        if self._wanted is not None or self._wanted_mark or self._wanted_block:
            self._arrive()
        self.changed.emit()

    def _show_article(self, reading: Reading, *, is_mended: bool) -> None:
        article: Article = reading.article
        self._pictures.ask_again()
        self.view.show_article(article, header=header_of(reading.item), keep_place=is_mended)
        self.stripped.show_article(article, reading.site)
        self.outline.set_article(article)
        self.bar.show_stripped(len(article.blocks) - len(article.kept))
        self.has_headings = len(headings(article)) > 1

    def _arrive(self) -> None:
        place, self._wanted = self._wanted, None
        is_to_be_selected, self._is_to_be_selected = self._is_to_be_selected, False
        mark, self._wanted_mark = self.mark(self._wanted_mark), ""
        block, self._wanted_block = self._wanted_block, 0
        if block:
            self.show_clean(False)
            self.stripped.go_to(block)
        elif mark is not None:
            self.show_clean(True)
            self.select_mark(mark.id)
            if mark.start is not None:
                self.view.go_to(mark.start, mark.end)
            self.mark_pointed.emit(mark.id)
        elif place is not None and place.end is not None:
            self.show_clean(True)
            self.view.go_to(place.start, place.end)
            if is_to_be_selected:
                self.view.text.select(place.start, place.end)
        elif place is not None and place.start:
            self.view.text.scroll_to(place.start)

    @Slot(object)
    def _fail(self, error: ArchiveViewerError) -> None:
        self._waiting.say(self.tr("This page cannot be shown"), str(error), "attention")
        self._waiting.show()
        if self.reading is not None:
            self.gone.emit()


def header_of(item: Item) -> ReadingHeader:
    """What stands over the text of an item."""
    fact = item.facts.get("published")
    return ReadingHeader(
        item.title,
        item.authors,
        item.site,
        item.published,
        item.captured_at,
        item.url,
        fact.doubt if fact is not None else "",
        next(iter(item.damage), ""),
    )
