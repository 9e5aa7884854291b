"""An article on paper or in a PDF file: the page as it is read, with its marks, and the notes numbered at the end.

An article, its facts, marks and pictures come in; pages on a paint device go out.  Separate from the view because paper
has its own measure, black ink, running lines and page breaks; the strokes are the same as on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QIODevice, QMarginsF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
)
from PySide6.QtPrintSupport import QPrinter

from archive_viewer.errors import ExportFailed
from archive_viewer.model import Annotation, Article, Block, Fact, Kind, Source
from archive_viewer.text import one_line
from archive_viewer.ui import wording
from archive_viewer.ui.article_document import ArticleDocument, PictureSource
from archive_viewer.ui.block_look import Look
from archive_viewer.ui.block_painting import paint_blocks
from archive_viewer.ui.fonts import reading_font
from archive_viewer.ui.mark_painting import paint_marks, painted_marks
from archive_viewer.ui.reading_header import ReadingHeader, lines
from archive_viewer.ui.text_places import blocks_in, rectangles
from archive_viewer.ui.theme import BASE, PRINT, palette

DOTS_PER_INCH = 96
"""A page is laid out in the logical pixels of the screen and scaled to the device."""

ZOOM = 0.83
"""Running text of 11 points."""

MEASURE = 78
STRIP = 34
"""Pixels beside the column: paragraph numbers on one side, numbers of notes on the other."""

BAND = 34
"""Pixels above and below the text for the running lines."""

PDF_RESOLUTION = 600
PDF_MARGIN_MM = 18.0
QUOTED_CHARACTERS = 240


def print_article(
    article: Article,
    device: QPagedPaintDevice,
    *,
    header: ReadingHeader | None = None,
    reference: str = "",
    annotations: Sequence[Annotation] = (),
    picture_source: PictureSource | None = None,
) -> int:
    """Print an article and return the number of pages.

    ``annotations``: the marks to show; their notes follow the text, numbered.  ``reference``: the reference code that
    every page carries.  A printer's own choice of pages is obeyed.

    :raises ExportFailed: the device cannot be written to.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise ExportFailed(QCoreApplication.translate("Printing", "The page could not be printed."))
    header = header or ReadingHeader()
    try:
        scale = device.logicalDpiX() / DOTS_PER_INCH
        painter.scale(scale, scale)
        paper = QSizeF(device.width() / scale, device.height() / scale)
        placed = sorted((mark for mark in annotations if mark.start is not None), key=lambda mark: mark.start or 0)
        parts = [_lay_out(article, header, picture_source, paper)]
        if placed:
            parts.append(_lay_out(_notes(article, placed), None, None, paper))
        total = sum(map(_page_count, parts))
        wanted = _wanted_pages(device, total)
        printed = number = 0
        for part in parts:
            for page in range(_page_count(part)):
                number += 1
                if number not in wanted:
                    continue
                if printed:
                    device.newPage()
                printed += 1
                _paint_page(painter, part, page, paper, placed if part is parts[0] else None)
                _paint_running_lines(painter, paper, header, reference, f"{number} / {total}")
        return printed
    finally:
        painter.end()


def write_pdf(
    path: Path,
    article: Article,
    *,
    header: ReadingHeader | None = None,
    reference: str = "",
    annotations: Sequence[Annotation] = (),
    picture_source: PictureSource | None = None,
) -> int:
    """Print to a PDF file on A4 and return the number of pages; an older file stays until the new one is whole.

    :raises ExportFailed: the file cannot be written.
    """
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise ExportFailed(f"{path} could not be written: {file.errorString()}.")
    writer = QPdfWriter(file)
    writer.setResolution(PDF_RESOLUTION)
    writer.setCreator("Archive Viewer")
    writer.setTitle(header.title if header else "")
    margins = QMarginsF(PDF_MARGIN_MM, PDF_MARGIN_MM, PDF_MARGIN_MM, PDF_MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    pages = print_article(
        article,
        writer,
        header=header,
        reference=reference,
        annotations=annotations,
        picture_source=picture_source,
    )
    if not file.commit():
        raise ExportFailed(f"{path} could not be written: {file.errorString()}.")
    return pages


def _lay_out(
    article: Article, header: ReadingHeader | None, picture_source: PictureSource | None, paper: QSizeF
) -> ArticleDocument:
    language = article.language.value if article.language else ""
    look = Look(PRINT, zoom=ZOOM, language=language, measure=MEASURE)
    over = lines(header, article) if header else []
    document = ArticleDocument(article, look, header=over, picture_source=picture_source)
    document.setUseDesignMetrics(True)
    frame = QTextFrameFormat(document.rootFrame().frameFormat())
    frame.setTopMargin(0)
    frame.setBottomMargin(0)
    document.rootFrame().setFrameFormat(frame)
    width = min(look.column + 2 * BASE, paper.width() - 2 * STRIP)
    document.setPageSize(QSizeF(width, paper.height() - 2 * BAND))
    _keep_headings(document)
    return document


def _keep_headings(document: ArticleDocument) -> None:
    """Begin a new page before a heading that would stand alone at the foot of one."""
    layout, height = document.documentLayout(), document.pageSize().height()
    cursor = QTextCursor(document)
    block = document.begin()
    while block.next().isValid():
        piece = document.piece_of(block)
        if piece is not None and piece.block.kind is Kind.HEADING:
            page = layout.blockBoundingRect(block).top() // height
            following = block.next()
            while following.next().isValid() and document.piece_of(following) is None:
                following = following.next()
            lines_below = following.layout()
            line = lines_below.lineAt(0).y() if lines_below.lineCount() else 0.0
            if (layout.blockBoundingRect(following).top() + line) // height > page:
                cursor.setPosition(block.position())
                format_ = cursor.blockFormat()
                format_.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                cursor.setBlockFormat(format_)
        block = block.next()


def _paint_page(
    painter: QPainter, document: ArticleDocument, page: int, paper: QSizeF, placed: Sequence[Annotation] | None
) -> None:
    """One page; ``placed`` None: it is of the notes, whose paragraphs nobody cites by number."""
    size = document.pageSize()
    area = QRectF(0, page * size.height(), size.width(), size.height())
    left = (paper.width() - size.width()) / 2
    painter.save()
    painter.translate(left, BAND - area.top())
    painter.save()
    painter.setClipRect(area)
    paint_blocks(painter, document, area)
    paint_marks(painter, document, area, painted_marks(placed or ()))
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = area
    context.palette = palette(document.look.theme)
    document.documentLayout().draw(painter, context)
    painter.restore()
    if placed is not None:
        _paint_numbers(painter, document, area, placed)
    painter.restore()


def _paint_numbers(painter: QPainter, document: ArticleDocument, area: QRectF, placed: Sequence[Annotation]) -> None:
    """Paragraph numbers before the column; behind it, by the line where a mark begins, the number of its note."""
    painter.setFont(reading_font("sans", 8))
    painter.setPen(QColor(document.look.theme.faint))
    free_from = area.top()
    notes: dict[float, list[str]] = {}
    for block, place in blocks_in(document, area):
        piece = document.piece_of(block)
        if piece is None or not block.layout().lineCount():
            continue
        line = block.layout().lineAt(0)
        baseline = place.top() + line.y() + min(line.ascent(), 2.2 * document.look.body)
        if piece.is_first and free_from <= baseline <= area.bottom():
            room = QRectF(-STRIP, baseline - 10, STRIP - 2, 14)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(piece.block.n))
            free_from = baseline + 8
        for number, mark in enumerate(placed, start=1):
            if mark.start is not None and piece.start <= mark.start < piece.end:
                first = document.map.position(mark.start)
                for where, _ in rectangles(block, place, first, first + 1):
                    notes.setdefault(where.center().y(), []).append(str(number))
    for y, numbers in notes.items():
        if area.top() <= y <= area.bottom():
            place = QRectF(area.width() + 2, y - 8, STRIP, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, ", ".join(numbers))


def _paint_running_lines(painter: QPainter, paper: QSizeF, header: ReadingHeader, reference: str, page: str) -> None:
    painter.setFont(reading_font("sans", 10))
    painter.setPen(QColor(PRINT.muted))
    metrics = painter.fontMetrics()
    right = wording.joined(reference, wording.captured(header.captured))
    free = paper.width() - metrics.horizontalAdvance(right) - BASE
    title = metrics.elidedText(one_line(header.title), Qt.TextElideMode.ElideRight, round(free))
    address = metrics.elidedText(header.url, Qt.TextElideMode.ElideMiddle, round(paper.width() * 0.85))
    top = QRectF(0, 0, paper.width(), BAND - BASE)
    bottom = QRectF(0, paper.height() - BAND + BASE, paper.width(), BAND - BASE)
    start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    for place, side, words in ((top, start, title), (top, end, right), (bottom, start, address), (bottom, end, page)):
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, words)
    painter.setPen(QPen(QColor(PRINT.rule), 0.5))
    painter.drawLine(top.bottomLeft(), top.bottomRight())


def _notes(article: Article, placed: Sequence[Annotation]) -> Article:
    """The marks as an article of their own: each quoted, with its note, tags and paragraph."""
    blocks = [Block(1, Kind.HEADING, QCoreApplication.translate("Printing", "Marks and notes"), level=2)]
    for number, mark in enumerate(placed, start=1):
        assert mark.start is not None
        quote = one_line(mark.quote)
        quote = quote if len(quote) <= QUOTED_CHARACTERS else quote[: QUOTED_CHARACTERS - 1] + "…"
        paragraph = QCoreApplication.translate("Printing", "paragraph {n}").format(n=article.block_at(mark.start).n)
        tags = " ".join(f"#{tag}" for tag in mark.tags)
        where = wording.joined(wording.word(mark.colour), paragraph, tags)
        text = "\u2028".join(part for part in (f"“{quote}”", one_line(mark.note), where) if part)
        blocks.append(Block(number + 1, Kind.ITEM, text, level=1, number=number))
    language = Fact(article.language.value if article.language else "", Source.INFERRED, "")
    return Article(tuple(blocks), "", language=language)


def _page_count(part: QTextDocument) -> int:
    """At least one: Qt counts none where a document holds nothing but a picture that was not saved."""
    return max(1, part.pageCount())


def _wanted_pages(device: QPagedPaintDevice, total: int) -> range:
    if isinstance(device, QPrinter) and device.fromPage():
        return range(device.fromPage(), min(device.toPage() or total, total) + 1)
    return range(1, total + 1)
