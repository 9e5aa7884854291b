"""The page itself: a read-only text with a caret, in which marks are made with the mouse or with single keys.

A document, marks and hits come in; what was selected, pointed at, clicked and asked for goes out as signals, counted in
code points of the article's text.  Separate from the reading view so that everything about the widget (keys, mouse,
painting, clipboard) is in one place, and everything about the reading (zoom, pictures, finding) in the other.
"""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QToolTip, QWidget

from archive_viewer.model import Article, Colour
from archive_viewer.ui import passage_copy
from archive_viewer.ui.around import Range, paragraph_at, sentence_at
from archive_viewer.ui.article_document import ArticleDocument
from archive_viewer.ui.block_look import Look
from archive_viewer.ui.block_painting import paint_blocks
from archive_viewer.ui.mark_painting import PaintedMark, paint_flash, paint_hits, paint_marks, painted_marks
from archive_viewer.ui.spans import Spans, plain_spans
from archive_viewer.ui.text_places import line_start_at
from archive_viewer.ui.theme import LIGHT

COLOUR_KEYS = {Qt.Key.Key_1.value + number: colour for number, colour in enumerate(Colour)}
FLASH_MS = 1_100
FLASH_STEP_MS = 40
KEYBOARD_PAUSE_MS = 350
"""A selection made with the keyboard is taken as finished after so long."""


class ReadingText(QTextBrowser):
    """Shows one ``ArticleDocument`` at a time.

    Signals: ``selection_changed`` (a range or None), ``selection_made`` (the person has stopped selecting, or None),
    ``caret_moved`` (offset), ``mark_clicked``/``mark_hovered`` (id, empty: none), ``link_clicked``/``link_hovered``
    (the page's own address), ``mark_requested`` (start, end, Colour), ``note_requested``, ``tag_requested``,
    ``link_requested`` (start, end), ``zoom_requested`` (steps), ``menu_requested`` (global position, offset).
    """

    selection_changed = Signal(object)
    selection_made = Signal(object)
    caret_moved = Signal(int)
    mark_clicked = Signal(str)
    mark_hovered = Signal(str)
    link_clicked = Signal(str)
    link_hovered = Signal(str)
    mark_requested = Signal(int, int, object)
    note_requested = Signal(int, int)
    tag_requested = Signal(int, int)
    link_requested = Signal(int, int)
    zoom_requested = Signal(int)
    menu_requested = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: Spans[PaintedMark] = painted_marks(())
        self.hits: Spans[Range] = plain_spans()
        self.current_hit: Range | None = None
        self.selected_mark = ""
        self.last_colour = Colour.YELLOW
        self.tip_of_mark: Callable[[str], str] = lambda id: ""
        self._hovered_mark = ""
        self._flashed: Range | None = None
        self._flash_left = 0
        self._is_link_focused = False
        self._last_selection: Range | None = None
        self._document = ArticleDocument(Article((), ""), Look(LIGHT), parent=self)
        super().setDocument(self._document)
        self.setOpenLinks(False)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().rangeChanged.connect(self._round_width)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Text of the page"))
        self.anchorClicked.connect(self._follow)
        self.highlighted.connect(lambda url: self.link_hovered.emit(self._document.target_of(url.toString())))
        self.cursorPositionChanged.connect(self._report_caret)
        self.selectionChanged.connect(self._report_selection)
        self._pause = QTimer(self, singleShot=True, interval=KEYBOARD_PAUSE_MS)
        self._pause.timeout.connect(self._report_made)
        self._flash_timer = QTimer(self, interval=FLASH_STEP_MS)
        self._flash_timer.timeout.connect(self._fade)

    # -- what is shown ------------------------------------------------------------------------------------------

    @property
    def article(self) -> Article:
        return self._document.article

    def article_document(self) -> ArticleDocument:
        return self._document

    def show_document(self, document: ArticleDocument) -> None:
        """Show a document; the one before it is deleted."""
        old = self._document
        # Its cursors belong to the old document, and must not outlive it.
        self.setExtraSelections([])
        self._document = document
        self._hovered_mark, self._flashed = "", None
        document.setParent(self)
        self.setDocument(document)
        self.setCursorWidth(2)
        self.put_caret(0)
        old.deleteLater()

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """The document has its own pictures; what it does not have is never looked for elsewhere."""
        return QImage(1, 1, QImage.Format.Format_ARGB32)

    def scrolled(self) -> QPointF:
        """The document's point at the viewport's upper left corner."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _round_width(self, _least: int, most: int) -> None:
        """Qt rounds the columns of a table up, and would let the page slip sideways by that pixel."""
        if 0 < most <= 1:
            self.horizontalScrollBar().setRange(0, 0)

    def top_offset(self) -> int:
        """The first character on the screen."""
        return self._document.map.offset(line_start_at(self._document, self.scrolled().y()))

    def place_of(self, offset: int) -> QRectF:
        """The caret's rectangle at ``offset``, in viewport coordinates."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(self._document.map.position(offset))
        return QRectF(self.cursorRect(cursor))

    def scroll_to(self, offset: int, share: float = 0.0) -> None:
        """Bring the line of ``offset`` to a part of the viewport's height from the top."""
        place = self.place_of(offset)
        bar = self.verticalScrollBar()
        value = bar.value() + round(place.top() - share * self.viewport().height())
        if value > bar.maximum():
            # Asking for the place has laid the text out so far, but Qt tells its scroll bar only a moment later.
            layout = self._document.documentLayout()
            layout.documentSizeChanged.emit(layout.documentSize())
        bar.setValue(value)

    def is_seen(self, offset: int) -> bool:
        place = self.place_of(offset)
        return place.top() >= 0 and place.bottom() <= self.viewport().height()

    def flash(self, start: int, end: int) -> None:
        """Light a passage up for a moment."""
        self._flashed, self._flash_left = (start, end), FLASH_MS
        self._flash_timer.start()
        self.viewport().update()

    def _fade(self) -> None:
        self._flash_left -= FLASH_STEP_MS
        if self._flash_left <= 0:
            self._flash_timer.stop()
            self._flashed = None
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        scrolled = self.scrolled()
        area = QRectF(event.rect()).translated(scrolled)
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._document.look.theme.paper))
        painter.translate(-scrolled)
        paint_blocks(painter, self._document, area)
        paint_marks(painter, self._document, area, self.marks, self.selected_mark, self._hovered_mark)
        paint_hits(painter, self._document, area, self.hits, self.current_hit)
        if self._flashed:
            paint_flash(painter, self._document, area, self._flashed, min(1.0, 1.4 * self._flash_left / FLASH_MS))
        painter.end()
        super().paintEvent(event)

    # -- selection and caret ------------------------------------------------------------------------------------

    def selected_range(self) -> Range | None:
        """The selected code points of the article's text."""
        return None if self._is_link_focused else self._range_of_cursor()

    def _range_of_cursor(self) -> Range | None:
        cursor = self.textCursor()
        start = self._document.map.offset(min(cursor.anchor(), cursor.position()))
        end = self._document.map.offset(max(cursor.anchor(), cursor.position()))
        return (start, end) if end > start else None

    def caret_offset(self) -> int:
        return self._document.map.offset(self.textCursor().position())

    def put_caret(self, offset: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self._document.map.position(offset))
        self.setTextCursor(cursor)

    def select(self, start: int, end: int) -> None:
        self.setTextCursor(self._document.select(start, end))

    def passage(self) -> Range | None:
        """What a key acts on: the selection, else the mark under the caret."""
        chosen = self.selected_range()
        if chosen is None:
            mark = next(iter(self.marks.at(self.caret_offset())), None)
            chosen = (mark.start, mark.end) if mark else None
        return chosen

    def mark_at(self, point: QPoint) -> str:
        """The mark under a point of the viewport; under several, the one after the selected one, else the shortest."""
        place = QPointF(point) + self.scrolled()
        position = self._document.documentLayout().hitTest(place, Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return ""
        ids = [mark.id for mark in self.marks.at(self._document.map.offset(position))]
        if self.selected_mark in ids:
            return ids[(ids.index(self.selected_mark) + 1) % len(ids)]
        return ids[0] if ids else ""

    def _report_caret(self) -> None:
        self.caret_moved.emit(self.caret_offset())

    def _report_selection(self) -> None:
        chosen = self.selected_range()
        if chosen == self._last_selection:
            return
        self._last_selection = chosen
        self.selection_changed.emit(chosen)
        if chosen is None:
            self._pause.stop()
            self.selection_made.emit(None)
        elif not QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._pause.start()

    def _report_made(self) -> None:
        self.selection_made.emit(self.selected_range())

    def focusNextPrevChild(self, next: bool) -> bool:
        # Qt shows the link that has the focus by selecting it; that is not a passage anybody chose.
        self._is_link_focused = True
        moved = super().focusNextPrevChild(next)
        self._is_link_focused = self.hasFocus() and self.textCursor().hasSelection()
        return moved

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange):
            self._document.setDefaultFont(self._document.look.font)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    # -- keys and mouse -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and self._obey(event.key()):
            return
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.key() == Qt.Key.Key_M:
            self.request_mark_of(paragraph_at)
            return
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._is_link_focused = False
        super().keyPressEvent(event)

    def _obey(self, key: int) -> bool:
        """Single keys; True where the key was one of them."""
        if key == Qt.Key.Key_M:
            self.request_mark_of(sentence_at)
        elif key in COLOUR_KEYS:
            self.request_mark(COLOUR_KEYS[key])
        elif key in (Qt.Key.Key_N, Qt.Key.Key_T, Qt.Key.Key_L):
            wanted = {Qt.Key.Key_N: self.note_requested, Qt.Key.Key_T: self.tag_requested}
            chosen = self.passage()
            if chosen:
                wanted.get(Qt.Key(key), self.link_requested).emit(*chosen)
        else:
            return False
        return True

    def request_mark(self, colour: Colour) -> None:
        """Ask for a mark on the selection, or for the colour of the mark under the caret."""
        chosen = self.passage()
        if chosen:
            self.last_colour = colour
            self.mark_requested.emit(*chosen, colour)

    def request_mark_of(self, around: Callable[[Article, int], Range]) -> None:
        """Ask for a mark on what ``around`` finds at the caret, in the colour used last."""
        if not self.article.kept:
            return
        start, end = around(self.article, self.caret_offset())
        if end > start:
            self.mark_requested.emit(start, end, self.last_colour)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_link_focused = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.selected_range():
            self._report_made()
        elif not self.anchorAt(event.position().toPoint()):
            mark = self.mark_at(event.position().toPoint())
            if mark:
                self.mark_clicked.emit(mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.mark_at(event.position().toPoint()) if not event.buttons() else "")

    def _hover(self, mark: str) -> None:
        if mark != self._hovered_mark:
            self._hovered_mark = mark
            self.mark_hovered.emit(mark)
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.cursorRect().bottomLeft()
            self.menu_requested.emit(self.viewport().mapToGlobal(place), self.caret_offset())
        else:
            offset = self._document.map.offset(self.cursorForPosition(event.pos()).position())
            self.menu_requested.emit(event.globalPos(), offset)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._show_tip(event)
        if event.type() == QEvent.Type.Leave:
            self._hover("")
        return super().viewportEvent(event)

    def _show_tip(self, event: QHelpEvent) -> bool:
        mark = self.mark_at(event.pos())
        target = self._document.target_of(self.anchorAt(event.pos()))
        words = [self.tip_of_mark(mark) if mark else "", target]
        shown = "".join(f"<p>{html.escape(word).replace(chr(10), '<br>')}</p>" for word in words if word)
        if not shown:
            return super().viewportEvent(event)
        QToolTip.showText(event.globalPos(), shown, self.viewport())
        return True

    def _follow(self, url: QUrl) -> None:
        target = self._document.target_of(url.toString())
        if target:
            self.link_clicked.emit(target)

    # -- clipboard ----------------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selection as plain text and as HTML."""
        return self.mime_data(*(self._range_of_cursor() or (0, 0)))

    def mime_data(self, start: int, end: int, citation: str = "") -> QMimeData:
        """A passage for the clipboard, with a line below it that says where it is from."""
        data = QMimeData()
        words = passage_copy.plain(self.article, start, end)
        rich = passage_copy.as_html(self.article, start, end)
        if citation:
            words = f"{words}\n\n{citation}"
            rich = f"{rich}<p>{html.escape(citation, quote=False)}</p>"
        data.setText(words)
        data.setHtml(rich)
        return data
