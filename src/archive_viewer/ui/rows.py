"""Rows of lists: what a row says, and the one delegate that paints every list of the window.

In: ``Row`` values from a model under ``ROW``.  Out: painted rows, their heights, and their text for a screen reader.
Separate because items, passages, marks, links and report lines must look alike, and because laying out text is the
dear part: each row's layout is kept for as long as its text and width stay (a ``QTextDocument`` a row costs twice
the time a frame).  Colours come from the palette of the view, so a new theme needs nothing here.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from archive_viewer.text import to_utf16
from archive_viewer.ui import icons

ROW = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives a ``Row``."""

PAD = 12
GAP = 4
ICON = 16
BAR = 4
ARROW = 12
KEPT_LAYOUTS = 600
SHORTER = (1.0, 0.9, 0.75)
"""Parts of the width at which a last line is cut: bold words are wider than they are measured."""

FAR_AWAY = -10_000
MOST_CHARACTERS = 1_200
"""Of one line: no more is ever seen in a row, and laying out a page-long note would cost a frame."""


class Style(Enum):
    """How a line of a row is set: relative size, weight, colour."""

    TITLE = (1.0, QFont.Weight.DemiBold, QPalette.ColorRole.Text)
    TEXT = (1.0, QFont.Weight.Normal, QPalette.ColorRole.Text)
    SMALL = (0.9, QFont.Weight.Normal, QPalette.ColorRole.PlaceholderText)
    NOTE = (0.95, QFont.Weight.Normal, QPalette.ColorRole.Text)
    STRONG = (0.9, QFont.Weight.DemiBold, QPalette.ColorRole.Text)
    SECTION = (0.9, QFont.Weight.DemiBold, QPalette.ColorRole.PlaceholderText)
    WARNING = (0.9, QFont.Weight.Normal, QPalette.ColorRole.BrightText)


class Fold(Enum):
    """Whether rows stand behind a row, and whether they are shown: the name of its icon."""

    NONE = ""
    FOLDED = "right"
    UNFOLDED = "down"


@dataclass(frozen=True)
class Line:
    """One line or paragraph of a row; ``strong`` are code point ranges set apart (the words searched for).

    ``shorter`` says the same with less, where a single line is too narrow for ``text``: better than its end cut off.
    """

    text: str
    style: Style = Style.TEXT
    most: int = 1
    strong: tuple[tuple[int, int], ...] = ()
    shorter: str = ""


@dataclass(frozen=True)
class Row:
    """What one row shows.  ``bar``: a colour (``#rrggbb``) at its start; ``icon``: a name; ``badge``: quiet words at
    its end; ``fold``: whether rows stand behind it that its badge unfolds; ``depth``: its indent; ``pads``: pixels over
    and under its lines."""

    lines: tuple[Line, ...]
    icon: str = ""
    bar: str = ""
    badge: str = ""
    fold: Fold = Fold.NONE
    depth: int = 0
    is_section: bool = False
    is_dim: bool = False
    has_rule: bool = True
    pads: tuple[int, int] = (PAD, PAD)

    @property
    def text(self) -> str:
        """What a screen reader says."""
        return ". ".join(text for text in (*(line.text for line in self.lines), self.badge) if text)


@dataclass
class _Laid:
    layouts: list[tuple[QTextLayout, float, QPalette.ColorRole]]
    height: int


class RowDelegate(QStyledItemDelegate):
    """Paints ``Row`` values.  ``fixed_height``: a height for every row (very long lists), else each its own."""

    def __init__(self, view: QAbstractItemView, fixed_lines: tuple[Style, ...] = ()) -> None:
        super().__init__(view)
        self._view = view
        self._fixed_lines = fixed_lines
        self._laid: OrderedDict[tuple[Row, int], _Laid] = OrderedDict()

    def set_fixed_lines(self, styles: tuple[Style, ...]) -> None:
        """Give every row the height of these lines; none: each row its own height."""
        self._fixed_lines = styles

    def forget(self) -> None:
        """Throw the layouts away: the font has changed."""
        self._laid.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        if self._fixed_lines and index.isValid() and not index.flags():
            # A section's title; asking for its row is not needed, and would fetch every item of a long list.
            return QSize(0, round(QFontMetricsF(_font(self._view.font(), Style.SECTION)).height()) + 3 * PAD)
        if self._fixed_lines:
            heights = (QFontMetricsF(_font(self._view.font(), style)).height() for style in self._fixed_lines)
            return QSize(0, round(sum(heights) + GAP * (len(self._fixed_lines) - 1) + 2 * PAD))
        row = index.data(ROW)
        return QSize(0, self._lay_out(row, width).height if isinstance(row, Row) else 2 * PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected) and not row.is_section
        self._paint_ground(painter, option, rect, row, is_selected)
        laid = self._lay_out(row, rect.width())
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        left = rect.left() + self._start_of(row) if not is_mirrored else rect.left() + PAD
        palette = option.palette
        if row.icon:
            middle = QRect(rect.left() + PAD + row.depth * 16, 0, ICON, ICON)
            middle.moveTop(rect.top() + self._top_of(row, laid, rect) + 1)
            if is_mirrored:
                middle.moveRight(rect.right() - PAD - row.depth * 16)
            colour = palette.color(QPalette.ColorRole.PlaceholderText)
            icons.paint(painter, middle, row.icon, colour)
        top = float(rect.top() + self._top_of(row, laid, rect))
        for number, (layout, height, role) in enumerate(laid.layouts):
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText if row.is_dim else role))
            # The badge stands at the end of the first line, which may read from there.
            beside = self._badge_width(row) if is_mirrored and number == 0 else 0
            layout.draw(painter, QPointF(left + beside, top))
            top += height + GAP
        if row.badge:
            self._paint_badge(painter, option, rect, row)
        painter.restore()

    def badge_place(self, row: Row, rect: QRect, direction: Qt.LayoutDirection) -> QRect:
        """Where a row's badge is, in the coordinates of ``rect``; somewhat larger, to be clicked with ease."""
        place = QRect(0, rect.top(), round(self._badge_width(row)) + PAD, rect.height() // 2)
        place.moveRight(rect.right())
        return QStyle.visualRect(direction, rect, place) if row.badge else QRect()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: Row, is_selected: bool
    ) -> None:
        palette = option.palette
        accent = palette.color(QPalette.ColorRole.Accent)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if is_selected:
            painter.fillRect(rect, faded(accent, 0.16 if self._view.hasFocus() else 0.10))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), accent)
        elif option.state & QStyle.StateFlag.State_MouseOver and not row.is_section:
            painter.fillRect(rect, faded(palette.color(QPalette.ColorRole.Text), 0.04))
        if row.has_rule:
            line = faded(palette.color(QPalette.ColorRole.Text), 0.09)
            painter.fillRect(QRect(rect.left() + PAD, rect.bottom(), rect.width() - 2 * PAD, 1), line)
        if row.bar:
            bar = QRectF(rect.left() + PAD, rect.top() + row.pads[0], BAR, rect.height() - sum(row.pads))
            if option.direction == Qt.LayoutDirection.RightToLeft:
                bar.moveRight(rect.right() - PAD)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(row.bar))
            painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
        if has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(accent)
            painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: Row) -> None:
        font = _font(self._view.font(), Style.SMALL)
        colour = option.palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setFont(font)
        painter.setPen(colour)
        place = rect.adjusted(PAD, row.pads[0], -PAD, 0)
        if row.fold is not Fold.NONE:
            name = "left" if row.fold is Fold.FOLDED and option.direction == Qt.LayoutDirection.RightToLeft else ""
            arrow = QRect(0, place.top() + (painter.fontMetrics().height() - ARROW) // 2 + 1, ARROW, ARROW)
            arrow.moveRight(place.right())
            icons.paint(painter, QStyle.visualRect(option.direction, place, arrow), name or row.fold.value, colour)
            place = QStyle.visualRect(option.direction, place, place.adjusted(0, 0, -ARROW - GAP, 0))
        aligned = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        painter.drawText(place, aligned, row.badge)

    def _badge_width(self, row: Row) -> float:
        if not row.badge:
            return 0.0
        words = QFontMetricsF(_font(self._view.font(), Style.SMALL)).horizontalAdvance(row.badge)
        return words + PAD + (ARROW + GAP if row.fold is not Fold.NONE else 0)

    def _top_of(self, row: Row, laid: _Laid, rect: QRect) -> int:
        """Where the first line begins: sections sit at the foot of their row, other rows at its head."""
        over = row.pads[0]
        return max(over, rect.height() - laid.height + over) if row.is_section else over

    def _start_of(self, row: Row) -> int:
        return PAD + row.depth * 16 + (ICON + 8 if row.icon else 0) + (BAR + 8 if row.bar else 0)

    def _lay_out(self, row: Row, width: int) -> _Laid:
        key = (row, width)
        found = self._laid.get(key)
        if found is not None:
            self._laid.move_to_end(key)
            return found
        room = max(40, width - self._start_of(row) - PAD)
        base = self._view.font()
        badge = self._badge_width(row)
        layouts = []
        height = sum(row.pads)
        for number, line in enumerate(line for line in row.lines if line.text):
            layout, used = _set_line(line, base, room - (badge if number == 0 else 0), self._view.palette())
            layouts.append((layout, used, line.style.value[2]))
            height += round(used) + (GAP if number else 0)
        found = self._laid[key] = _Laid(layouts, height)
        if len(self._laid) > KEPT_LAYOUTS:
            self._laid.popitem(last=False)
        return found


class RowView(QListView):
    """A list of ``Row`` values: one column, whole width, keyboard first."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = RowDelegate(self)
        self.setItemDelegate(self.rows)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.verticalScrollBar().setSingleStep(24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self.uniformItemSizes():
            # Qt keeps the heights of the rows, which another width breaks into other lines.
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.rows.forget()
            self.scheduleDelayedItemsLayout()


def faded(colour: QColor, part: float) -> QColor:
    """The colour at ``part`` of its strength."""
    faint = QColor(colour)
    faint.setAlphaF(part)
    return faint


def _font(base: QFont, style: Style) -> QFont:
    size, weight, _colour = style.value
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * size)
    font.setWeight(weight)
    return font


def _set_line(line: Line, base: QFont, room: float, palette: QPalette) -> tuple[QTextLayout, float]:
    """Lay a line out in ``room`` pixels and at most ``line.most`` lines, the last one with an ellipsis."""
    font = _font(base, line.style)
    is_wide = bool(line.shorter) and QFontMetricsF(font).horizontalAdvance(line.text) > room
    text = (line.shorter if is_wide else line.text)[:MOST_CHARACTERS].replace("\n", "\u2028")
    layout, starts, height, is_cut = _break(text, line, font, room, palette)
    if is_cut:
        head, rest = text[: starts[-1]], text[starts[-1] :]
        for part in SHORTER:
            short = QFontMetricsF(font).elidedText(
                rest.replace("\u2028", " "), Qt.TextElideMode.ElideRight, (room - 1) * part
            )
            layout, _starts, height, is_cut = _break(head + short, line, font, room, palette)
            if not is_cut:
                break
    return layout, height


def _break(
    text: str, line: Line, font: QFont, room: float, palette: QPalette
) -> tuple[QTextLayout, list[int], float, bool]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap if line.most > 1 else QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    if line.most > 1:
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_strong(text, start, end, palette) for start, end in line.strong if start < len(text)])
    layout.beginLayout()
    starts: list[int] = []
    height = 0.0
    is_cut = False
    while True:
        laid = layout.createLine()
        if not laid.isValid():
            break
        laid.setLineWidth(room)
        if len(starts) == line.most:
            is_cut = True
            laid.setPosition(QPointF(0, FAR_AWAY))
            break
        laid.setPosition(QPointF(0, height))
        height += laid.height()
        starts.append(_code_point(text, laid.textStart()))
        is_cut = line.most == 1 and laid.naturalTextWidth() > room
    layout.endLayout()
    return layout, starts, height, is_cut


def _code_point(text: str, units: int) -> int:
    return units if text.isascii() else len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _strong(text: str, start: int, end: int, palette: QPalette) -> QTextLayout.FormatRange:
    set_apart = QTextCharFormat()
    set_apart.setFontWeight(QFont.Weight.Bold)
    set_apart.setForeground(palette.color(QPalette.ColorRole.Text))
    set_apart.setBackground(faded(palette.color(QPalette.ColorRole.Accent), 0.20))
    found = QTextLayout.FormatRange()
    found.start = to_utf16(text, start)
    found.length = to_utf16(text, min(end, len(text))) - found.start
    found.format = set_apart
    return found
