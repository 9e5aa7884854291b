"""One line of a concordance, painted: the match in the middle and set off, the words around it up to it.

In: a ``ConcordanceLine``.  Out: pixels.  Separate because no cell of a table can do it: what stands before the match is
on its left where a line is read from the left, and on its right where it is read from the right, and is cut off at its
far end, never beside the match.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archive_viewer.model import ConcordanceLine
from archive_viewer.text import one_line
from archive_viewer.ui import theme
from archive_viewer.ui.concordance_model import LINE
from archive_viewer.ui.rows import faded

PAD = 8
LEADING = 10
"""Pixels of a row beside the height of its letters."""

MATCH_SHARE = 0.4
"""How much of the width a long match may take."""

KEPT_LINES = 600
"""Lines whose measures are kept: those of some screens."""

MATCH_GROUND = 0.20
ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class _Fitted(NamedTuple):
    """What of a line is shown in a cell of some width; gaps are the blanks beside the match."""

    before: str
    match: str
    after: str
    match_width: float
    gap_before: float
    gap_after: float
    is_leftward: bool


class ConcordanceDelegate(QStyledItemDelegate):
    """Paints the first column of a table; ``match_place`` says where in it the match stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fitted: OrderedDict[tuple[str, int, int], _Fitted] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.HUGE, option.fontMetrics.height() + LEADING)

    def forget(self) -> None:
        """The letters are others: what was measured is measured anew."""
        self._fitted.clear()

    def match_place(self, place: QRect, font: QFont, line: ConcordanceLine) -> QRectF:
        """The rectangle of the match in the cell ``place``, in whose middle it stands."""
        width = self._fit(place.width(), font, line).match_width
        height = QFontMetricsF(font).height() + theme.HAIR
        return QRectF(place.center().x() - width / 2, place.center().y() + 0.5 - height / 2, width, height)

    def _fit(self, width: int, font: QFont, line: ConcordanceLine) -> _Fitted:
        key = (line.page.item_id, line.passage.start, width)
        fitted = self._fitted.get(key)
        if fitted is None:
            fitted = self._fitted[key] = _measured(width, font, line)
            if len(self._fitted) > KEPT_LINES:
                self._fitted.popitem(last=False)
        return fitted

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        line = index.data(LINE)
        painter.save()
        if isinstance(line, ConcordanceLine):
            self._paint_line(painter, option.rect, option.font, option.palette, line)
        else:
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, "…")
        painter.restore()

    def _paint_line(
        self, painter: QPainter, cell: QRect, font: QFont, palette: QPalette, line: ConcordanceLine
    ) -> None:
        place = self.match_place(cell, font, line)
        fitted = self._fit(cell.width(), font, line)
        left = QRectF(cell.left() + PAD, cell.top(), place.left() - cell.left() - PAD, cell.height())
        right = QRectF(place.right(), cell.top(), cell.right() - PAD - place.right(), cell.height())
        is_leftward = fitted.is_leftward
        gap_left, gap_right = fitted.gap_before, fitted.gap_after
        words_left, words_right = fitted.before, fitted.after
        if is_leftward:
            gap_left, gap_right, words_left, words_right = gap_right, gap_left, words_right, words_left
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        edge = Qt.AlignmentFlag
        painter.drawText(left.adjusted(0, 0, -gap_left, 0), words_left, _set(is_leftward, edge.AlignRight))
        painter.drawText(right.adjusted(gap_right, 0, 0, 0), words_right, _set(is_leftward, edge.AlignLeft))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(palette.color(QPalette.ColorRole.Accent), MATCH_GROUND))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(place, theme.HAIR, theme.HAIR)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setFont(_strong(font))
        painter.drawText(place, fitted.match, _set(is_leftward, edge.AlignHCenter))


def _measured(width: int, font: QFont, line: ConcordanceLine) -> _Fitted:
    passage, metrics, strong = line.passage, QFontMetricsF(font), QFontMetricsF(_strong(font))
    match = one_line(passage.match)
    match_width = min(strong.horizontalAdvance(match) + 2 * theme.HAIR, width * MATCH_SHARE)
    side = (width - match_width) / 2 - PAD
    blank = metrics.horizontalAdvance(" ") - theme.HAIR
    gaps = [blank if touching.isspace() else 0.0 for touching in (passage.before[-1:], passage.after[:1])]
    return _Fitted(
        fitting(one_line(passage.before), side - gaps[0], metrics, keeps_end=True),
        fitting(match, match_width, strong, keeps_end=False),
        fitting(one_line(passage.after), side - gaps[1], metrics, keeps_end=False),
        match_width,
        gaps[0],
        gaps[1],
        reads_leftward(passage.before + passage.match + passage.after),
    )


def reads_leftward(text: str) -> bool:
    """Whether most letters of a line are of a script that is read from right to left."""
    if text.isascii():
        return False
    kinds = [unicodedata.bidirectional(character) for character in text]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")


def fitting(text: str, width: float, metrics: QFontMetricsF, *, keeps_end: bool) -> str:
    """As much of a text as fits, its end or its beginning, with an ellipsis where it is cut; by code points."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    fits, too_many = 0, len(text)
    while too_many - fits > 1:
        tried = (fits + too_many) // 2
        if metrics.horizontalAdvance(_cut(text, tried, keeps_end=keeps_end)) <= width:
            fits = tried
        else:
            too_many = tried
    return _cut(text, fits, keeps_end=keeps_end) if fits else ""


def _cut(text: str, kept: int, *, keeps_end: bool) -> str:
    return f"…{text[len(text) - kept :].lstrip()}" if keeps_end else f"{text[:kept].rstrip()}…"


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def _set(is_leftward: bool, edge: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(ABSOLUTE | edge)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_leftward else Qt.LayoutDirection.LeftToRight)
    return option
