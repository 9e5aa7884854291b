"""What is drawn around blocks: the ground of code, the bar beside a quotation, the rule over footnotes.

A document, a painter in document coordinates and the part that is seen come in; strokes go out.  Separate because Qt's
rich text has none of these, and because they lie under the text, under marks even.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextBlock

from archive_viewer.model import Block, Kind
from archive_viewer.ui.article_document import ArticleDocument
from archive_viewer.ui.text_places import blocks_in
from archive_viewer.ui.theme import BASE, TIGHT

BAR = 3
"""Width of a quotation's bar, in pixels."""


def paint_blocks(painter: QPainter, document: ArticleDocument, area: QRectF) -> None:
    """Draw the furniture of every block that ``area`` touches."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # Grounds and bars reach into the margins between blocks, so the neighbours of what is seen are drawn too.
    reach = 2.0 * document.look.step
    for text_block, place in blocks_in(document, area.adjusted(0, -reach, 0, reach)):
        piece = document.piece_of(text_block)
        if piece is None or piece.block.cell is not None:
            continue
        if piece.block.kind is Kind.CODE:
            _paint_ground(painter, document, text_block, place)
        depth = _depth(piece.block)
        if depth:
            _paint_bars(painter, document, text_block, place, depth)
        if piece.block.kind is Kind.FOOTNOTE and _kind(document, text_block.previous()) is not Kind.FOOTNOTE:
            _paint_rule(painter, document, text_block, place)
    painter.restore()


def _paint_ground(painter: QPainter, document: ArticleDocument, block: QTextBlock, place: QRectF) -> None:
    padding = document.look.code_padding
    format_ = block.blockFormat()
    is_first = _kind(document, block.previous()) is not Kind.CODE
    is_last = _kind(document, block.next()) is not Kind.CODE
    left, right = _edges(document, format_.leftMargin() - padding, format_.rightMargin() - padding)
    top = place.top() - (padding if is_first else 0)
    bottom = place.bottom() + (padding if is_last else 1)
    painter.setBrush(QColor(document.look.theme.code_ground))
    ground = QRectF(left, top, right - left, bottom - top)
    painter.save()
    painter.setClipRect(ground)
    # Corners are rounded where the code begins and ends; between lines they lie outside of what is drawn.
    painter.drawRoundedRect(
        ground.adjusted(0, 0 if is_first else -BASE, 0, 0 if is_last else BASE), TIGHT + 1, TIGHT + 1
    )
    painter.restore()


def _paint_bars(painter: QPainter, document: ArticleDocument, block: QTextBlock, place: QRectF, depth: int) -> None:
    step = document.look.step
    following = document.piece_of(block.next())
    shared = min(depth, _depth(following.block)) if following else 0
    below = max(block.blockFormat().bottomMargin(), block.next().blockFormat().topMargin())
    left, right = _edges(document, 0, 0)
    is_rtl = block.blockFormat().layoutDirection() == Qt.LayoutDirection.RightToLeft
    painter.setBrush(QColor(document.look.theme.strong_rule))
    for level in range(depth):
        x = right - level * step - BAR if is_rtl else left + level * step
        bottom = place.bottom() + (below if level < shared else 0)
        painter.drawRoundedRect(QRectF(x, place.top(), BAR, bottom - place.top()), 1, 1)


def _paint_rule(painter: QPainter, document: ArticleDocument, block: QTextBlock, place: QRectF) -> None:
    left, right = _edges(document, 0, 0)
    width = (right - left) / 4
    is_rtl = block.blockFormat().layoutDirection() == Qt.LayoutDirection.RightToLeft
    painter.setBrush(QColor(document.look.theme.strong_rule))
    painter.drawRect(QRectF(right - width if is_rtl else left, place.top() - document.look.body, width, 1))


def _edges(document: ArticleDocument, left: float, right: float) -> tuple[float, float]:
    """Left and right end of a block's room, whatever its lines are set in by."""
    frame = document.rootFrame().frameFormat()
    return frame.leftMargin() + left, document.textWidth() - frame.rightMargin() - right


def _depth(block: Block) -> int:
    return block.quote_depth or int(block.kind is Kind.QUOTE)


def _kind(document: ArticleDocument, block: QTextBlock) -> Kind | None:
    piece = document.piece_of(block) if block.isValid() else None
    return piece.block.kind if piece and piece.block.cell is None else None
