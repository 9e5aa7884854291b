"""An article as a QTextDocument, built by cursor from its blocks.

In: an ``Article``, a ``Look``, the lines to stand over it, and where pictures come from.  Out: a document that knows,
for every code point of the article's text, its position, and back.  Separate because building by cursor is what keeps
positions exact: no HTML of a page, no address and no picture's name ever reaches Qt.

Two of Qt's habits shape the code.  The character format of a cell's first block holds the cell's spans, so in cells
only runs are formatted.  A document asked for a picture that it does not get opens a file of that name, so it always
gets one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from PySide6.QtCore import QCoreApplication, QObject, QSize, QUrl
from PySide6.QtGui import (
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
)

from archive_viewer.limits import SHOWN_CHARACTERS
from archive_viewer.model import PICTURE, Article, Block, Kind, Picture, Span, Style
from archive_viewer.ui import pictures
from archive_viewer.ui.block_look import Look, Setting
from archive_viewer.ui.breaks import pieces
from archive_viewer.ui.directions import directions_of
from archive_viewer.ui.position_map import Piece, PositionMap
from archive_viewer.ui.table_grid import Grid, grids
from archive_viewer.ui.theme import BASE, LARGE

PictureSource = Callable[[str], QImage | None]
"""A picture's source → the picture, or None while it is not at hand; must not block."""

LINK_NAME, PICTURE_NAME = "link:", "picture:"

TALLEST_PICTURE = 3
"""Column widths: what a page says of a picture's size is believed up to here."""

# What Qt drops on insertion, takes for the end of a block, or uses for its own frames (cleaning lets none of them
# through; a stand-in of the same length keeps every position should one come in another way).
_UNSAFE = re.compile("[\x00\n\r\u2029\ufeff\ufffe\ufdd0\ufdd1\ud800-\udfff]")
_STAND_IN = "\ufffd"
_GROUPED = (Kind.ITEM, Kind.CODE, Kind.FOOTNOTE)


@dataclass(frozen=True)
class HeaderLine:
    """A line over the article that belongs to no offset; ``target`` makes it a link, ``tone`` names a theme colour."""

    text: str
    kind: Kind = Kind.BYLINE
    tone: str = "muted"
    target: str = ""


@dataclass
class _PlacedPicture:
    source: str
    alt: str
    position: int
    width: int
    height: int
    is_inline: bool
    is_missing: bool = False


class ArticleDocument(QTextDocument):
    """A document of one article; ``map`` converts between its positions and offsets of ``article.text``.

    Blocks that begin after ``most`` characters are left out, and a last line says so; their offsets stand for the end.
    """

    def __init__(
        self,
        article: Article,
        look: Look,
        *,
        header: Sequence[HeaderLine] = (),
        picture_source: PictureSource | None = None,
        most: int = SHOWN_CHARACTERS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.article = article
        self.look = look
        self.map = PositionMap()
        self.is_right_to_left = False
        self._picture_source = picture_source
        self._targets: list[str] = []
        self._names: dict[str, str] = {}
        self._pictures: list[_PlacedPicture] = []
        self.setUndoRedoEnabled(False)
        # Qt measures a picture's share of the width by this margin, not by the frame's.
        self.setDocumentMargin(BASE)
        self.setDefaultFont(look.font)
        self.setIndentWidth(look.step)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)
        _Builder(self, most).build(header)
        frame = self.rootFrame()
        format_ = QTextFrameFormat(frame.frameFormat())
        format_.setTopMargin(LARGE + BASE)
        format_.setBottomMargin(4 * LARGE)
        frame.setFrameFormat(format_)

    def piece_of(self, block: QTextBlock) -> Piece | None:
        """What of the article stands in a block of the document; None for the header and Qt's own blocks."""
        number = block.userState()
        return self.map.pieces[number] if number >= 0 else None

    def is_first_piece(self, block: QTextBlock) -> bool:
        """Does a block of the article begin in this one?"""
        piece = self.piece_of(block)
        return piece is not None and piece.is_first

    def select(self, start: int, end: int) -> QTextCursor:
        """A cursor that holds ``article.text[start:end]``."""
        cursor = QTextCursor(self)
        cursor.setPosition(self.map.position(start))
        cursor.setPosition(
            self.map.end_position(end) if end > start else self.map.position(start), QTextCursor.MoveMode.KeepAnchor
        )
        return cursor

    def target_of(self, href: str) -> str:
        """The address behind the document's own name of a link."""
        number = href.removeprefix(LINK_NAME)
        return self._targets[int(number)] if href.startswith(LINK_NAME) and number.isdecimal() else ""

    def name_link(self, target: str) -> str:
        """A name for a link that says nothing of its address."""
        if target not in self._names:
            self._names[target] = f"{LINK_NAME}{len(self._targets)}"
            self._targets.append(target)
        return self._names[target]

    # -- pictures -----------------------------------------------------------------------------------------------

    def set_picture_source(self, source: PictureSource | None) -> None:
        self._picture_source = source

    def name_picture(self, picture: Picture, position: int, is_inline: bool) -> QTextImageFormat:
        """A format for a picture: as large as the page says, never wider than the column."""
        width, height = self._size_of(picture)
        self._pictures.append(_PlacedPicture(picture.source, picture.alt, position, width, height, is_inline))
        made = QTextImageFormat()
        made.setName(f"{PICTURE_NAME}{len(self._pictures) - 1}")
        made.setMaximumWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        if width and height:
            made.setWidth(width)
            made.setHeight(height)
        if is_inline and height <= 2 * self.look.body:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        if picture.alt:
            made.setToolTip(f"<p>{html.escape(picture.alt)}</p>")
        return made

    def picture_arrived(self, source: str, image: QImage | None) -> bool:
        """Show a picture that was asked for (None: it was never saved).  True where something changed."""
        has_changed = False
        for number, placed in enumerate(self._pictures):
            if placed.source != source:
                continue
            if image is None or image.isNull():
                placed.is_missing = True
            else:
                self._keep(number, image)
            self.markContentsDirty(placed.position, 1)
            has_changed = True
        return has_changed

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Pictures by their opaque name, or something in their place; never a file, never an address."""
        text = name.toString() if isinstance(name, QUrl) else name
        number = text.removeprefix(PICTURE_NAME)
        if not text.startswith(PICTURE_NAME) or not number.isdecimal() or int(number) >= len(self._pictures):
            return QImage(1, 1, QImage.Format.Format_ARGB32)
        placed = self._pictures[int(number)]
        image = None if placed.is_missing or self._picture_source is None else self._picture_source(placed.source)
        if image is not None and not image.isNull():
            return self._keep(int(number), image)
        size = QSize(placed.width, placed.height)
        if not placed.width:
            size = pictures.unknown_size(placed.alt, self.look, is_inline=placed.is_inline)
        return pictures.placeholder(size, placed.alt, self.look, is_missing=placed.is_missing)

    def _keep(self, number: int, image: QImage) -> QImage:
        widest = 2 * self.look.column
        if image.width() > widest:
            image = image.scaledToWidth(widest)
        self.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(f"{PICTURE_NAME}{number}"), image)
        return image

    def _size_of(self, picture: Picture) -> tuple[int, int]:
        if not picture.width or not picture.height or picture.width < 1 or picture.height < 1:
            return 0, 0
        column = self.look.column
        width = min(round(picture.width * self.look.zoom), column)
        height = min(round(width * picture.height / picture.width), TALLEST_PICTURE * column)
        return max(1, width), max(1, height)


class _Builder:
    """Writes an article's kept blocks into an empty document, one after another."""

    def __init__(self, document: ArticleDocument, most: int) -> None:
        self._document = document
        self._look = document.look
        self._cursor = QTextCursor(document)
        self._is_fresh = True
        self._starts = document.article.starts
        self._kept = [block for block in document.article.kept if self._starts[block.n] < most]
        self._left_out = len(document.article.kept) - len(self._kept)
        self._direction = dict(zip((block.n for block in self._kept), directions_of(self._kept), strict=True))

    def build(self, header: Sequence[HeaderLine]) -> None:
        rtl = sum(self._direction.values()) * 2 > len(self._direction)
        self._document.is_right_to_left = rtl
        self._cursor.beginEditBlock()
        for number, line in enumerate(header, start=1):
            self._write_header(line, rtl, number == len(header))
        groups = [list(group) for _, group in groupby(self._kept, lambda block: block.cell and block.cell.table)]
        for before, group, after in zip([None, *groups], groups, [*groups[1:], None], strict=False):
            parts = grids(group) if group[0].cell else []
            for part in parts:
                self._write_grid(part, before[-1] if before else None, after[0] if after else None)
            if not parts:
                self._write_flow(group)
        if self._left_out:
            self._write_header(HeaderLine(_left_out(self._left_out), tone="warning"), rtl, True)
        self._cursor.endEditBlock()

    def _write_header(self, line: HeaderLine, rtl: bool, is_last: bool) -> None:
        setting = Setting(line.kind, 1, 0, rtl, False, False, True, is_last)
        format_ = QTextCharFormat(self._look.run(setting))
        format_.setForeground(self._look.colour(line.tone))
        if line.target:
            format_.setAnchor(True)
            format_.setAnchorHref(self._document.name_link(line.target))
        block_format = self._look.header_block(setting)
        self._open(block_format, format_)
        self._cursor.insertText(_UNSAFE.sub(" ", line.text), format_)

    # -- flow ---------------------------------------------------------------------------------------------------

    def _write_flow(self, blocks: Sequence[Block]) -> None:
        digits = _list_digits(blocks)
        for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
            setting = self._setting(block, before, after, digits.get(block.n, 0))
            format_, run = self._look.block(setting), self._look.run(setting)
            for start, end in pieces(block.text):
                self._open(self._look.cut(format_, start > 0, end < len(block.text)), run)
                self._write(block, start, end, setting)

    def _open(self, format_: QTextBlockFormat, run: QTextCharFormat) -> None:
        """Use the empty block that Qt leaves at the start and after a table, else make one."""
        if self._is_fresh:
            self._cursor.setBlockFormat(format_)
            self._cursor.setBlockCharFormat(run)
        else:
            self._cursor.insertBlock(format_, run)
        self._is_fresh = False

    def _setting(self, block: Block, before: Block | None, after: Block | None, digits: int) -> Setting:
        is_grouped = block.kind in _GROUPED
        return Setting(
            kind=block.kind,
            level=block.level if block.kind in (Kind.HEADING, Kind.ITEM) else 0,
            quote_depth=block.quote_depth or int(block.kind is Kind.QUOTE),
            is_right_to_left=self._direction[block.n],
            is_picture=bool(block.pictures) and not block.text.replace(PICTURE, "").strip(),
            is_header=False,
            is_first=not (is_grouped and before is not None and before.kind is block.kind),
            is_last=not (is_grouped and after is not None and after.kind is block.kind),
            digits=digits,
        )

    # -- tables -------------------------------------------------------------------------------------------------

    def _write_grid(self, grid: Grid, before: Block | None, after: Block | None) -> None:
        rtl = sum(self._direction[block.n] for place in grid.places for block in place.blocks) * 2
        is_right_to_left = rtl > sum(len(place.blocks) for place in grid.places)
        above = self._look.room_above_table(before.kind if before else None) if grid.is_first else 0
        below = self._look.room_below_table(after.kind if after else None, after.level if after else 0)
        format_ = self._look.table(grid.shares, above, below if grid.is_last else 0, is_right_to_left)
        table = self._cursor.insertTable(grid.rows, grid.columns, format_)
        for place in grid.places:
            if place.row_span > 1 or place.column_span > 1:
                table.mergeCells(place.row, place.column, place.row_span, place.column_span)
        for place in grid.places:
            cell = table.cellAt(place.row, place.column)
            run = self._look.run(self._cell_setting(place.blocks[0], place.is_header, True))
            cell.setFormat(self._look.style_cell(cell.format().toTableCellFormat(), run, place.is_header))
            self._cursor = cell.firstCursorPosition()
            for number, block in enumerate(place.blocks, start=1):
                setting = self._cell_setting(block, place.is_header, number == len(place.blocks))
                self._write_cell(block, setting, number == 1)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._is_fresh = True

    def _cell_setting(self, block: Block, is_header: bool, is_last: bool) -> Setting:
        return Setting(Kind.CELL, 0, 0, self._direction[block.n], False, is_header, True, is_last)

    def _write_cell(self, block: Block, setting: Setting, is_first: bool) -> None:
        format_ = self._look.block(setting)
        for start, end in pieces(block.text):
            if is_first and start == 0:
                self._cursor.setBlockFormat(format_)
            else:
                self._cursor.insertBlock(format_, self._look.run(setting))
            self._write(block, start, end, setting)

    # -- runs ---------------------------------------------------------------------------------------------------

    def _write(self, block: Block, start: int, end: int, setting: Setting) -> None:
        text = _UNSAFE.sub(_STAND_IN, block.text[start:end])
        position = self._cursor.position()
        self._cursor.block().setUserState(len(self._document.map.pieces))
        self._document.map.add(
            Piece(self._starts[block.n] + start, text, position, block, start == 0, end == len(block.text))
        )
        if not block.spans and not block.pictures:
            self._cursor.insertText(text, self._look.run(setting))
            return
        for run_start, run_end, styles, target, picture in _runs(block, start, end):
            words = text[run_start - start : run_end - start]
            href = self._document.name_link(target) if target else ""
            format_ = self._look.run(setting, styles, href)
            if picture is not None and words == PICTURE:
                image = self._document.name_picture(picture, self._cursor.position(), not setting.is_picture)
                if href:
                    image.setAnchor(True)
                    image.setAnchorHref(href)
                self._cursor.insertImage(image)
            else:
                self._cursor.insertText(words, format_)


def _left_out(count: int) -> str:
    said = QCoreApplication.translate(
        "ArticleDocument",
        "This page is too long to be shown whole: {count} more paragraphs follow.  Searching covers all of it.",
    )
    return said.format(count=f"{count:,}")


def _list_digits(blocks: Sequence[Block]) -> dict[int, int]:
    """Paragraph number of each item → digits of the longest number among the items that stand together with it."""
    found: dict[int, int] = {}
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is Kind.ITEM:
            items = list(group)
            longest = max(len(str(block.number)) if block.number is not None else 0 for block in items)
            found.update((block.n, longest) for block in items)
    return found


def _runs(block: Block, start: int, end: int) -> Iterator[tuple[int, int, list[Style], str, Picture | None]]:
    """Parts of ``[start, end)`` that are set alike: range, styles, a link's target, the picture that it is."""
    here = {picture.offset: picture for picture in block.pictures if start <= picture.offset < end}
    spans = [span for span in block.spans if span.start < end and span.end > start and span.start < span.end]
    edges = {start, end, *here, *(offset + 1 for offset in here)}
    edges.update(edge for span in spans for edge in (span.start, span.end) if start < edge < end)
    spans.sort(key=lambda span: span.start)
    open_spans: list[Span] = []
    waiting = iter([*spans, None])
    following = next(waiting)
    for left, right in pairwise(sorted(edges)):
        open_spans = [span for span in open_spans if span.end > left]
        while following is not None and following.start <= left:
            open_spans.append(following)
            following = next(waiting)
        target = next((span.target for span in open_spans if span.style is Style.LINK), "")
        yield left, right, [span.style for span in open_spans], target, here.get(left)
