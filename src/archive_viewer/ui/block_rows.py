"""How a block is drawn as a row of a list: its number, the line at its side, its words, its state, a button.

Rows of a ``BlockModel`` come in; painted rows go out, and the block whose button was pressed.  Separate from the view
so that drawing, which runs on every frame, stands alone.  Everything is placed from left to right and then mirrored
where the window is read from right to left.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archive_viewer.model import Block, Kind
from archive_viewer.text import to_utf16, utf16_length
from archive_viewer.ui.block_model import BLOCK, RIGHT_TO_LEFT, Index, state_of
from archive_viewer.ui.find_in_text import find_all
from archive_viewer.ui.fonts import reading_font
from archive_viewer.ui.theme import BASE, HAIR, LIGHT, SMALL, TIGHT, WIDE, Theme

NUMBER_WIDTH = 52
STATE_WIDTH = 190
STATE_SHARE = 0.3
"""The state takes no more of a narrow list."""

STATE_HEIGHT = 20
BUTTON_WIDTH, BUTTON_HEIGHT = 84, 26
MOST_LINES = 4
LEADING = 1.08
MARGIN = SMALL + TIGHT


class BlockDelegate(QStyledItemDelegate):
    """Draws a row: number, line at the side, words, state, and a button on the row under the mouse.

    ``section`` are the paragraph numbers that a bracket ties together; ``sought`` the words that are set off.

    Signal: ``pressed`` (index, whether its whole section is meant), the row's button.
    """

    pressed = Signal(object, bool)

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._theme = LIGHT
        self._font = reading_font("serif", 15)
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = reading_font("sans", 12)
        self._heights: dict[int, int] = {}
        self.offers_mending = True
        self.section = range(0)
        self.sought = ""

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def forget_heights(self, numbers: Iterable[int] | None = None) -> None:
        """These paragraphs are drawn otherwise now; None: all, for the list has another width or shows another page."""
        if numbers is None:
            self._heights.clear()
        for n in numbers or ():
            self._heights.pop(n, None)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        block = index.data(BLOCK)
        width = self._view.viewport().width()
        if block.n not in self._heights:
            self._heights[block.n] = round(self._height(index, self._room(QRect(0, 0, width, 0), block).width()))
        return QSize(width, self._heights[block.n] + 2 * MARGIN)

    def _height(self, index: Index, width: int) -> float:
        """The height of a row's words.  What surely fits into a line is only measured: a menu has hundreds."""
        font = self._font_of(index.data(BLOCK))
        metrics = QFontMetricsF(font)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if text.isascii() and metrics.horizontalAdvance(text) < width:
            return max(18.0, metrics.height())
        return max(18.0, self._words(index, width).boundingRect().height())

    def _font_of(self, block: Block) -> QFont:
        return self._bold if block.kind in (Kind.HEADING, Kind.TITLE) else self._font

    # -- painting -----------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        block: Block = index.data(BLOCK)
        theme, place = self._theme, option.rect
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, place, block, bool(option.state & QStyle.StateFlag.State_Selected))
        self._paint_line(painter, place, block)
        if block.n in self.section and len(self.section) > 1:
            self._paint_bracket(painter, place, block.n)
        painter.setFont(self._small)
        painter.setPen(QColor(theme.faint))
        number = QRect(place.left(), place.top() + MARGIN, NUMBER_WIDTH - WIDE, 20)
        painter.drawText(self._seen(place, number), self._far_side(), str(block.n))
        room = self._room(place, block)
        painter.setPen(QColor(theme.ink if block.is_kept else theme.muted))
        self._words(index, room.width()).draw(painter, QPointF(self._seen(place, room).topLeft()))
        self._paint_state(painter, place, block, is_hovered and self.offers_mending)
        painter.restore()

    def _paint_ground(self, painter: QPainter, place: QRect, block: Block, is_selected: bool) -> None:
        theme = self._theme
        painter.fillRect(place, QColor(theme.paper))
        if not block.is_kept:
            painter.fillRect(place, QColor(theme.panel))
            margin = QRect(place.left(), place.top(), NUMBER_WIDTH, place.height())
            painter.fillRect(self._seen(place, margin), QBrush(QColor(theme.rule), Qt.BrushStyle.BDiagPattern))
        if is_selected:
            colour = QColor(theme.selection)
            colour.setAlpha(110)
            painter.fillRect(place, colour)
            if self._view.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_line(self, painter: QPainter, place: QRect, block: Block) -> None:
        theme = self._theme
        x = self._seen(place, QRect(place.left() + NUMBER_WIDTH, place.top(), 1, place.height())).left()
        if block.is_kept:
            painter.setPen(QPen(QColor(theme.good), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        else:
            painter.setPen(QPen(QColor(theme.strong_rule), 3, Qt.PenStyle.DotLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x, place.top() + 2), QPointF(x, place.bottom() - 1))
        painter.setPen(QPen(QColor(theme.rule), 1))
        rule = self._seen(place, place.adjusted(NUMBER_WIDTH + WIDE, 0, -WIDE, 0))
        painter.drawLine(QPointF(rule.left(), place.bottom() + 0.5), QPointF(rule.right(), place.bottom() + 0.5))

    def _paint_bracket(self, painter: QPainter, place: QRect, n: int) -> None:
        """The part of a bracket that ties the rows of a section together, along the outer edge."""
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        edge = self._seen(place, QRect(place.left() + TIGHT, place.top(), 1, place.height())).left()
        inner = self._seen(place, QRect(place.left() + TIGHT + SMALL, place.top(), 1, place.height())).left()
        top = place.top() + (HAIR + 1 if n == self.section[0] else 0)
        bottom = place.bottom() + 1 - (HAIR + 1 if n == self.section[-1] else 0)
        painter.drawLine(QPointF(edge, top), QPointF(edge, bottom))
        for end, y in ((self.section[0], top), (self.section[-1], bottom)):
            if n == end:
                painter.drawLine(QPointF(edge, y), QPointF(inner, y))

    def _paint_state(self, painter: QPainter, place: QRect, block: Block, has_button: bool) -> None:
        theme = self._theme
        painter.setFont(self._small)
        painter.setPen(QColor(theme.good if block.is_kept else theme.muted))
        width = self._state_width(place)
        words = QRect(place.right() - WIDE - width, place.top() + MARGIN, width, STATE_HEIGHT)
        state = painter.fontMetrics().elidedText(state_of(block), Qt.TextElideMode.ElideRight, width)
        painter.drawText(self._seen(place, words), self._far_side(), state)
        if has_button:
            button = QRectF(self._button(place))
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(QColor(theme.paper))
            painter.drawRoundedRect(button.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            said = self.tr("Take out") if block.is_kept else self.tr("Put back")
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, said)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and self._button(option.rect).contains(event.position().toPoint())
        ):
            self.pressed.emit(index, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        return super().editorEvent(event, model, option, index)

    # -- places -------------------------------------------------------------------------------------------------

    def _seen(self, place: QRect, part: QRect) -> QRect:
        """A part of a row, mirrored where the window is."""
        return QStyle.visualRect(self._view.layoutDirection(), place, part)

    def _far_side(self) -> Qt.AlignmentFlag:
        is_mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignLeft if is_mirrored else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute

    def _state_width(self, place: QRect) -> int:
        return min(STATE_WIDTH, round(place.width() * STATE_SHARE))

    def _room(self, place: QRect, block: Block) -> QRect:
        """Where a row's words are written, before it is mirrored; what was stripped stands further in."""
        left = place.left() + NUMBER_WIDTH + WIDE + (0 if block.is_kept else WIDE)
        right = place.right() - self._state_width(place) - WIDE - BASE
        return QRect(left, place.top() + MARGIN, max(80, right - left), max(0, place.height() - 2 * MARGIN))

    def _button(self, place: QRect) -> QRect:
        """Under the state where the row is high enough, so that it covers no words; else before the state."""
        below = place.top() + MARGIN + STATE_HEIGHT + HAIR
        if below + BUTTON_HEIGHT < place.bottom():
            return self._seen(place, QRect(place.right() - WIDE - BUTTON_WIDTH, below, BUTTON_WIDTH, BUTTON_HEIGHT))
        left = place.right() - WIDE - self._state_width(place) - BUTTON_WIDTH
        return self._seen(place, QRect(left, place.top() + MARGIN - 4, BUTTON_WIDTH, BUTTON_HEIGHT))

    # -- words --------------------------------------------------------------------------------------------------

    def _words(self, index: Index, width: int) -> QTextLayout:
        """The words laid out in at most four lines, the last one cut where there is more."""
        font = self._font_of(index.data(BLOCK))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        is_right_to_left = index.data(RIGHT_TO_LEFT)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if is_right_to_left else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # Else it were the window's own.
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight)
        layout = self._flow(text, font, option, width)
        if layout.lineCount() == MOST_LINES and layout.lineAt(MOST_LINES - 1).textStart() < len(text):
            last = layout.lineAt(MOST_LINES - 1)
            end = last.textStart() + last.textLength()
            if end < utf16_length(text):
                kept = text.encode("utf-16-le")[: 2 * last.textStart()].decode("utf-16-le", "ignore")
                rest = QFontMetricsF(font).elidedText(text[len(kept) :], Qt.TextElideMode.ElideRight, width)
                layout = self._flow(kept + rest, font, option, width)
        return layout

    def _flow(self, text: str, font: QFont, option: QTextOption, width: int) -> QTextLayout:
        layout = QTextLayout(text, font)
        layout.setTextOption(option)
        layout.setFormats(self._formats(text))
        layout.beginLayout()
        y = 0.0
        for _ in range(MOST_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height() * LEADING
        layout.endLayout()
        return layout

    def _formats(self, text: str) -> list[QTextLayout.FormatRange]:
        """The words that are sought, set off."""
        formats = []
        for start, end in find_all(text, self.sought):
            made = QTextLayout.FormatRange()
            made.start = to_utf16(text, start)
            made.length = to_utf16(text, end) - made.start
            set_off = QTextCharFormat()
            set_off.setBackground(QColor(self._theme.hit_ground))
            set_off.setForeground(QColor(self._theme.ink))
            made.format = set_off
            formats.append(made)
        return formats
