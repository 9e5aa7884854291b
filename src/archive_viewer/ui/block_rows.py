"""Blocks of a page as rows of a list: the model, and how a row is drawn.

Blocks come in; rows go out, and the block whose button was pressed.  Separate from the view so that drawing, which
runs on every frame, stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archive_viewer.model import PICTURE, Block, Kind, Reason
from archive_viewer.text import one_line
from archive_viewer.ui import wording
from archive_viewer.ui.directions import directions_of
from archive_viewer.ui.fonts import reading_font
from archive_viewer.ui.theme import BASE, LIGHT, SMALL, TIGHT, WIDE, Theme

Index = QModelIndex | QPersistentModelIndex

BLOCK = Qt.ItemDataRole.UserRole
RIGHT_TO_LEFT = Qt.ItemDataRole.UserRole + 1

NUMBER_WIDTH = 52
STATE_WIDTH = 150
BUTTON_WIDTH = 84
MOST_LINES = 4
SHOWN_CHARACTERS = 700
"""More than four lines hold: longer paragraphs are cut before they are laid out."""

UNSURE = 0.7
"""Below this confidence the cleaner's decision is shown as unsure."""

MARGIN = SMALL + TIGHT


class Shown(Enum):
    """Which blocks the list holds."""

    ALL = 0
    STRIPPED = 1
    KEPT = 2


class BlockModel(QAbstractListModel):
    """Blocks in page order.  ``BLOCK`` gives the Block, ``RIGHT_TO_LEFT`` whether it is read so."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._blocks: list[Block] = []
        self._rows: dict[int, int] = {}
        self._directions: dict[int, bool] = {}

    def show_blocks(self, blocks: Sequence[Block], shown: Shown) -> None:
        self.beginResetModel()
        self._directions = dict(zip((block.n for block in blocks), directions_of(blocks), strict=True))
        self._blocks = [block for block in blocks if shown is Shown.ALL or block.is_kept == (shown is Shown.KEPT)]
        self._rows = {block.n: row for row, block in enumerate(self._blocks)}
        self.endResetModel()

    def index_of(self, n: int) -> QModelIndex:
        """The row of a paragraph; invalid where it is not shown."""
        return self.index(self._rows[n]) if n in self._rows else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._blocks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        block = self._blocks[index.row()]
        if role == BLOCK:
            return block
        if role == RIGHT_TO_LEFT:
            return self._directions[block.n]
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(block)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.tr("Paragraph {n}, {state}: {text}")
            return said.format(n=block.n, state=state_of(block), text=words_of(block))
        return None


def words_of(block: Block) -> str:
    """The block's text on one line; a picture is named by its alt text."""
    alts = {picture.offset: picture.alt for picture in block.pictures}
    text = block.text[:SHOWN_CHARACTERS]
    if PICTURE in text:
        text = "".join(
            f"[{alts.get(place) or '▢'}]" if letter == PICTURE else letter for place, letter in enumerate(text)
        )
    return one_line(text)


def state_of(block: Block) -> str:
    """Kept, or the reason for which it was stripped, and whether the cleaner was unsure."""
    tr = QCoreApplication.translate
    state = tr("BlockRows", "Kept") if block.is_kept else wording.word(block.reason or Reason.OTHER)
    return wording.joined(state, tr("BlockRows", "unsure") if block.confidence < UNSURE else "")


class BlockDelegate(QStyledItemDelegate):
    """Draws a row: number, line at the side, words, state, and a button on the row under the mouse.

    Signal: ``pressed`` (index), the row's button.
    """

    pressed = Signal(QModelIndex)

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

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def forget_heights(self) -> None:
        """The list has another width, or other rows."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        block = index.data(BLOCK)
        width = self._view.viewport().width()
        if block.n not in self._heights:
            layout = self._words(index, self._room(QRect(0, 0, width, 0)).width())
            self._heights[block.n] = round(layout.boundingRect().height()) + 2 * MARGIN
        return QSize(width, max(self._heights[block.n], 2 * MARGIN + 18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        block: Block = index.data(BLOCK)
        theme, place = self._theme, option.rect
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, place, block, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.setFont(self._small)
        painter.setPen(QColor(theme.faint))
        number = QRect(place.left(), place.top() + MARGIN, NUMBER_WIDTH - WIDE, 20)
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(block.n))
        room = self._room(place)
        painter.setPen(QColor(theme.ink if block.is_kept else theme.muted))
        self._words(index, room.width()).draw(painter, QPointF(room.topLeft()))
        self._paint_state(painter, place, block, is_hovered and self.offers_mending)
        painter.restore()

    def _paint_ground(self, painter: QPainter, place: QRect, block: Block, is_selected: bool) -> None:
        theme = self._theme
        painter.fillRect(place, QColor(theme.paper))
        if not block.is_kept:
            painter.fillRect(place, QColor(theme.panel))
            hatch = QColor(theme.rule)
            painter.fillRect(
                QRect(place.left(), place.top(), NUMBER_WIDTH, place.height()),
                QBrush(hatch, Qt.BrushStyle.BDiagPattern),
            )
        if is_selected:
            colour = QColor(theme.selection)
            colour.setAlpha(110)
            painter.fillRect(place, colour)
        x = place.left() + NUMBER_WIDTH
        if block.is_kept:
            painter.setPen(QPen(QColor(theme.good), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        else:
            painter.setPen(QPen(QColor(theme.strong_rule), 3, Qt.PenStyle.DotLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x, place.top() + 2), QPointF(x, place.bottom() - 1))
        painter.setPen(QPen(QColor(theme.rule), 1))
        painter.drawLine(QPointF(x + WIDE, place.bottom() + 0.5), QPointF(place.right() - WIDE, place.bottom() + 0.5))

    def _paint_state(self, painter: QPainter, place: QRect, block: Block, has_button: bool) -> None:
        theme = self._theme
        painter.setFont(self._small)
        painter.setPen(QColor(theme.good if block.is_kept else theme.muted))
        words = QRect(place.right() - WIDE - STATE_WIDTH, place.top() + MARGIN, STATE_WIDTH, 20)
        state = painter.fontMetrics().elidedText(state_of(block), Qt.TextElideMode.ElideRight, STATE_WIDTH)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, state)
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
            self.pressed.emit(index)
            return True
        return super().editorEvent(event, model, option, index)

    def _room(self, place: QRect) -> QRect:
        """Where a row's words are written."""
        left = place.left() + NUMBER_WIDTH + WIDE
        right = place.right() - STATE_WIDTH - WIDE - BASE
        return QRect(left, place.top() + MARGIN, max(80, right - left), max(0, place.height() - 2 * MARGIN))

    def _button(self, place: QRect) -> QRect:
        return QRect(place.right() - WIDE - STATE_WIDTH - BUTTON_WIDTH, place.top() + MARGIN - 4, BUTTON_WIDTH, 26)

    def _words(self, index: Index, width: int) -> QTextLayout:
        """The words laid out in at most four lines, the last one cut where there is more."""
        block: Block = index.data(BLOCK)
        font = self._bold if block.kind in (Kind.HEADING, Kind.TITLE) else self._font
        text = index.data(Qt.ItemDataRole.DisplayRole)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if index.data(RIGHT_TO_LEFT):
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        layout = _flow(text, font, option, width)
        if layout.lineCount() == MOST_LINES and layout.lineAt(MOST_LINES - 1).textStart() < len(text):
            last = layout.lineAt(MOST_LINES - 1)
            end = last.textStart() + last.textLength()
            if end < _units(text):
                kept = text.encode("utf-16-le")[: 2 * last.textStart()].decode("utf-16-le", "ignore")
                rest = QFontMetricsF(font).elidedText(text[len(kept) :], Qt.TextElideMode.ElideRight, width)
                layout = _flow(kept + rest, font, option, width)
        return layout


def _flow(text: str, font: QFont, option: QTextOption, width: int) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    for _ in range(MOST_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height() * 1.08
    layout.endLayout()
    return layout


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
