"""What is drawn around blocks: the ground of code, the bar beside a quotation, bullets and numbers, the rule over
footnotes.

A document, a painter in document coordinates and the part that is seen come in; strokes go out.  Separate because Qt's
rich text has none of these, or none that can be set well, and because they lie under the text, under marks even.
"""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock, QTextBlockFormat

from archive_viewer.model import Block, Kind
from archive_viewer.ui.article_document import ArticleDocument
from archive_viewer.ui.text_places import blocks_in
from archive_viewer.ui.theme import BASE, TIGHT

BAR = 3
"""Width of a quotation's bar, in pixels."""

Seen = tuple[QTextBlock, QRectF, Block]


def paint_blocks(painter: QPainter, document: ArticleDocument, area: QRectF) -> None:
    """Draw the furniture of every block that ``area`` touches."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Grounds and bars reach into the margins between blocks, so the neighbours of what is seen are drawn too.
    reach = 2.0 * document.look.step
    seen = [
        (block, place, piece.block)
        for block, place in blocks_in(document, area.adjusted(0, -reach, 0, reach))
        if (piece := document.piece_of(block)) is not None and piece.block.cell is None
    ]
    for kind, group in groupby(seen, key=lambda found: found[2].kind):
        lines = list(group)
        if kind is Kind.CODE:
            _paint_ground(painter, document, lines[0], lines[-1])
        for text_block, place, block in lines:
            _paint_bars(painter, document, text_block, place, block)
            if kind is Kind.ITEM and document.is_first_piece(text_block):
                _paint_marker(painter, document, text_block, place, block)
        if kind is Kind.FOOTNOTE and _kind(document, lines[0][0].previous()) is not Kind.FOOTNOTE:
            _paint_rule(painter, document, lines[0][0], lines[0][1])
    painter.restore()


def _paint_ground(painter: QPainter, document: ArticleDocument, first: Seen, last: Seen) -> None:
    padding = document.look.code_padding
    format_ = first[0].blockFormat()
    left, right = _edges(document, format_.leftMargin() - padding, format_.rightMargin() - padding)
    top = first[1].top() - (BASE if _kind(document, first[0].previous()) is Kind.CODE else padding)
    bottom = last[1].bottom() + (BASE if _kind(document, last[0].next()) is Kind.CODE else padding)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(document.look.theme.code_ground))
    painter.drawRoundedRect(QRectF(left, top, right - left, bottom - top), TIGHT + 1, TIGHT + 1)


def _paint_bars(
    painter: QPainter, document: ArticleDocument, text_block: QTextBlock, place: QRectF, block: Block
) -> None:
    """A bar for each depth of quotation, joined to the bar of the next block where that is quoted too."""
    following = document.piece_of(text_block.next())
    shared = _depth(following.block) if following else 0
    left, right = _edges(document, 0, 0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(document.look.theme.bar))
    for level in range(_depth(block)):
        step = level * document.look.step
        x = right - step - BAR if _is_right_to_left(text_block) else left + step
        if level < shared:
            # A pixel more, or rounding shows where one bar ends and the next begins.
            bottom = document.documentLayout().blockBoundingRect(text_block.next()).top() + 1
        else:
            bottom = place.bottom() - _room_below(text_block)
        painter.drawRect(QRectF(x, place.top(), BAR, bottom - place.top()))


def _paint_marker(
    painter: QPainter, document: ArticleDocument, text_block: QTextBlock, place: QRectF, block: Block
) -> None:
    """An item's number or bullet, set against its text with a gap that does not grow with the number."""
    look = document.look
    layout = text_block.layout()
    if not layout.lineCount():
        return
    format_ = text_block.blockFormat()
    left, right = _edges(document, format_.leftMargin(), format_.rightMargin())
    is_rtl = _is_right_to_left(text_block)
    baseline = place.top() + layout.lineAt(0).y() + layout.lineAt(0).ascent()
    painter.setFont(look.font)
    if block.number is not None:
        painter.setPen(QColor(look.theme.muted))
        words = f"{block.number}."
        painter.setLayoutDirection(format_.layoutDirection())
        width = painter.fontMetrics().horizontalAdvance(words)
        gap = 0.36 * look.body
        painter.drawText(QPointF(right + gap if is_rtl else left - gap - width, baseline), words)
        return
    size, gap = 0.3 * look.body, 0.55 * look.body
    middle = baseline - 0.27 * look.body
    bullet = QRectF(right + gap if is_rtl else left - gap - size, middle - size / 2, size, size)
    painter.setPen(QPen(QColor(look.theme.muted), 1.2))
    painter.setBrush(QColor(look.theme.muted) if block.level % 3 != 2 else Qt.BrushStyle.NoBrush)
    if block.level % 3 == 0 and block.level:
        painter.drawRect(bullet)
    else:
        painter.drawEllipse(bullet)


def _paint_rule(painter: QPainter, document: ArticleDocument, block: QTextBlock, place: QRectF) -> None:
    left, right = _edges(document, 0, 0)
    width = (right - left) / 4
    is_rtl = _is_right_to_left(block)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(document.look.theme.strong_rule))
    painter.drawRect(QRectF(right - width if is_rtl else left, place.top() - document.look.body, width, 1))


def _edges(document: ArticleDocument, left: float, right: float) -> tuple[float, float]:
    """Left and right end of a block's room, whatever its lines are set in by."""
    frame = document.rootFrame().frameFormat()
    return frame.leftMargin() + left, document.textWidth() - frame.rightMargin() - right


def _is_right_to_left(block: QTextBlock) -> bool:
    return block.blockFormat().layoutDirection() == Qt.LayoutDirection.RightToLeft


def _room_below(block: QTextBlock) -> float:
    """The distance that Qt leaves below a block's last line, as below every other."""
    format_ = block.blockFormat()
    is_distance = format_.lineHeightType() == QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value
    return format_.lineHeight() if is_distance else 0.0


def _depth(block: Block) -> int:
    return block.quote_depth or int(block.kind is Kind.QUOTE)


def _kind(document: ArticleDocument, block: QTextBlock) -> Kind | None:
    piece = document.piece_of(block) if block.isValid() else None
    return piece.block.kind if piece and piece.block.cell is None else None
