"""How each kind of block is set: sizes, margins, line height, weight and colour, as Qt formats.

A theme, a face and a zoom come in; formats for blocks, runs, lists and tables go out, each made once and kept.
Separate from the building of the document so that typography can be changed without touching positions.

Line height is given as a distance between lines, not as a factor: a factor would also stretch the line of a picture,
and fonts of tall scripts already bring the height that they need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

from archive_viewer.model import Kind, Style
from archive_viewer.ui.fonts import BODY_PIXELS, MONO, Face, column_width, families, reading_font
from archive_viewer.ui.theme import Theme

MEASURE = 68
"""Characters of a line: between 60 and 75 the eye finds the next line without effort."""


class Type(NamedTuple):
    """The setting of one kind of block, in parts of the body size: ``leading`` is line height over font size."""

    size: float = 1.0
    leading: float = 1.55
    above: float = 0.0
    below: float = 0.85
    is_bold: bool = False
    tone: str = "ink"
    face: Face | None = None


_HEADINGS: Mapping[int, Type] = {
    1: Type(1.5, 1.25, 1.6, 0.6, True),
    2: Type(1.3, 1.3, 1.6, 0.5, True),
    3: Type(1.13, 1.35, 1.4, 0.4, True),
    4: Type(1.0, 1.4, 1.3, 0.35, True),
    5: Type(0.92, 1.4, 1.2, 0.3, True, "muted"),
    6: Type(0.92, 1.4, 1.2, 0.3, False, "muted"),
}
_KINDS: Mapping[Kind, Type] = {
    Kind.TITLE: Type(1.85, 1.2, 0.2, 0.5, True),
    Kind.BYLINE: Type(0.86, 1.45, 0.0, 1.4, False, "muted", "sans"),
    Kind.PARAGRAPH: Type(),
    Kind.ITEM: Type(below=0.3),
    Kind.QUOTE: Type(below=0.7),
    Kind.CODE: Type(0.84, 1.5, 0.0, 0.0),
    Kind.CELL: Type(0.86, 1.4, 0.0, 0.2, face="sans"),
    Kind.CAPTION: Type(0.8, 1.4, 0.5, 1.5, False, "muted", "sans"),
    Kind.FIGURE: Type(below=0.5, above=0.5),
    Kind.FOOTNOTE: Type(0.86, 1.5, 0.0, 0.4),
    Kind.TERM: Type(above=0.6, below=0.1, is_bold=True),
    Kind.DEFINITION: Type(below=0.5),
}
ARABIC = 1.12
"""Arabic faces draw their letters smaller than Latin ones of the same size."""


class Setting(NamedTuple):
    """All that decides a block's format; equal settings share one format.

    ``is_first`` and ``is_last`` are of its group: items, code lines, footnotes; ``digits`` are those of the longest
    number of its list.
    """

    kind: Kind
    level: int
    quote_depth: int
    is_right_to_left: bool
    is_picture: bool
    is_header: bool
    is_first: bool
    is_last: bool
    digits: int = 0


@dataclass(frozen=True)
class Look:
    """A theme, a face and a zoom, and every format that follows from them."""

    theme: Theme
    face: Face = "serif"
    zoom: float = 1.0
    language: str = ""
    measure: int = MEASURE

    @property
    def body(self) -> int:
        """Size of running text, in pixels."""
        return max(6, round(BODY_PIXELS * self.zoom))

    @cached_property
    def font(self) -> QFont:
        return reading_font(self.face, self.body, self.language)

    @cached_property
    def column(self) -> int:
        """Width of a line of text, in pixels."""
        return column_width(self.font, self.measure)

    @cached_property
    def step(self) -> int:
        """By how much a list, a quotation or a definition is set in, in pixels."""
        return round(1.6 * self.body)

    @cached_property
    def code_padding(self) -> int:
        return round(0.7 * self.body)

    @cached_property
    def _blocks(self) -> dict[Setting, QTextBlockFormat]:
        return {}

    @cached_property
    def _runs(self) -> dict[tuple[Setting, frozenset[Style]], QTextCharFormat]:
        return {}

    def block(self, setting: Setting) -> QTextBlockFormat:
        """The format of a block."""
        if setting not in self._blocks:
            self._blocks[setting] = self._make_block(setting)
        return self._blocks[setting]

    def header_block(self, setting: Setting) -> QTextBlockFormat:
        """The format of a line over the article: as in the text, but closer together, and apart from the text."""
        made = QTextBlockFormat(self.block(setting))
        made.setBottomMargin(round((1.3 if setting.is_last else 0.3) * self.body))
        return made

    def cut(self, whole: QTextBlockFormat, starts_inside: bool, ends_inside: bool) -> QTextBlockFormat:
        """The format of a part of a block that was broken for presentation: no gap where it was broken."""
        if not starts_inside and not ends_inside:
            return whole
        made = QTextBlockFormat(whole)
        if starts_inside:
            made.setTopMargin(0)
        if ends_inside:
            made.setBottomMargin(0)
        return made

    def colour(self, tone: str) -> QColor:
        """A colour of the theme by its name in the table."""
        return QColor(getattr(self.theme, tone))

    def run(self, setting: Setting, styles: Sequence[Style] = (), href: str = "") -> QTextCharFormat:
        """The format of a run of characters in such a block; ``href`` is the document's own name of a link."""
        key = (setting, frozenset(styles))
        if key not in self._runs:
            self._runs[key] = self._make_run(*key)
        if not href:
            return self._runs[key]
        made = QTextCharFormat(self._runs[key])
        made.setAnchor(True)
        made.setAnchorHref(href)
        made.setForeground(QColor(self.theme.link))
        made.setFontUnderline(Style.SUPERSCRIPT not in styles)
        made.setUnderlineColor(QColor(self.theme.link))
        return made

    def room_above_table(self, before: Kind | None) -> int:
        """Qt leaves out the margins of a table's neighbours, so the table brings them; a caption stays close to it."""
        return round((0.4 if before is Kind.CAPTION else 0.85) * self.body)

    def room_below_table(self, after: Kind | None, level: int) -> int:
        above = self._type(after, level).above if after is not None else 0.0
        return round(max(above, 0.5 if after is Kind.CAPTION else 1.0) * self.body)

    def table(self, shares: Sequence[float], above: int, below: int, is_right_to_left: bool) -> QTextTableFormat:
        """The format of a table, or of a part of one; ``above`` and ``below`` in pixels."""
        made = QTextTableFormat()
        made.setBorder(0)
        made.setBorderCollapse(True)
        made.setBorderBrush(QBrush(QColor(self.theme.rule)))
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        made.setCellSpacing(0)
        made.setCellPadding(round(0.4 * self.body))
        made.setTopMargin(above)
        made.setBottomMargin(below)
        made.setLayoutDirection(_direction(is_right_to_left))
        if shares:
            made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
        return made

    def style_cell(self, cell: QTextTableCellFormat, run: QTextCharFormat, is_header: bool) -> QTextTableCellFormat:
        """A cell's format, which holds its spans, with the rule below it added, and the font that an empty one has."""
        cell.merge(run)
        cell.setBottomBorder(1)
        cell.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        colour = self.theme.strong_rule if is_header else self.theme.rule
        cell.setBottomBorderBrush(QBrush(QColor(colour)))
        cell.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignTop)
        return cell

    def _type(self, kind: Kind, level: int) -> Type:
        return _HEADINGS[min(max(level or 2, 1), 6)] if kind is Kind.HEADING else _KINDS[kind]

    def _pixels(self, kind: Kind, level: int) -> int:
        return max(6, round(self._type(kind, level).size * self.body))

    def _make_block(self, setting: Setting) -> QTextBlockFormat:
        kind, body = setting.kind, self.body
        type_ = self._type(kind, setting.level)
        made = QTextBlockFormat()
        made.setLayoutDirection(_direction(setting.is_right_to_left))
        made.setTopMargin(round(type_.above * body))
        made.setBottomMargin(round(type_.below * body))
        self._space_lines(made, setting, type_)
        start = setting.quote_depth * self.step
        if kind is Kind.DEFINITION:
            start += self.step
        if kind is Kind.ITEM:
            start += max(1, setting.level) * self.step + max(0, setting.digits - 2) * round(0.55 * body)
        if kind is Kind.HEADING or kind is Kind.TITLE:
            made.setHeadingLevel(1 if kind is Kind.TITLE else min(max(setting.level or 2, 1), 6))
        if kind is Kind.ITEM and setting.is_last:
            made.setBottomMargin(round(0.85 * body))
        if kind is Kind.FOOTNOTE and setting.is_first:
            made.setTopMargin(round(2.2 * body))
        if kind is Kind.CODE:
            start += self.code_padding
            made.setRightMargin(self.code_padding)
            made.setTopMargin(round(0.5 * body) + self.code_padding if setting.is_first else 0)
            made.setBottomMargin(round(0.9 * body) + self.code_padding if setting.is_last else 0)
        if kind is Kind.CELL and setting.is_last:
            made.setBottomMargin(0)
        if setting.is_right_to_left:
            made.setRightMargin(start)
            made.setLeftMargin(self.code_padding if kind is Kind.CODE else 0)
        else:
            made.setLeftMargin(start)
        return made

    def _space_lines(self, made: QTextBlockFormat, setting: Setting, type_: Type) -> None:
        if setting.is_picture:
            return
        pixels = self._pixels(setting.kind, setting.level)
        height = QFontMetricsF(self._sized(self._face_of(setting.kind, type_), pixels)).height()
        distance = type_.leading * pixels - height
        if distance >= 0:
            made.setLineHeight(distance, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
        else:
            share = 100 * type_.leading * pixels / height
            made.setLineHeight(share, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)

    def _face_of(self, kind: Kind, type_: Type) -> list[str]:
        return [*MONO] if kind is Kind.CODE else families(type_.face or self.face, self.language)

    def _sized(self, names: list[str], pixels: int) -> QFont:
        font = QFont(self.font)
        font.setFamilies(names)
        font.setPixelSize(pixels)
        return font

    def _make_run(self, setting: Setting, styles: frozenset[Style]) -> QTextCharFormat:
        kind = setting.kind
        type_ = self._type(kind, setting.level)
        made = QTextCharFormat()
        pixels = self._pixels(kind, setting.level)
        if setting.is_right_to_left and kind is not Kind.CODE:
            pixels = round(pixels * ARABIC)
        made.setFontFamilies(self._face_of(kind, type_))
        if Style.CODE in styles and kind is not Kind.CODE:
            made.setFontFamilies([*MONO])
            pixels = max(6, round(pixels * 0.88))
        made.setProperty(QTextFormat.Property.FontPixelSize.value, pixels)
        made.setForeground(self.colour(type_.tone))
        if type_.is_bold or setting.is_header or Style.BOLD in styles:
            made.setFontWeight(QFont.Weight.Bold if Style.BOLD in styles else QFont.Weight.DemiBold)
        if Style.ITALIC in styles:
            made.setFontItalic(True)
        if Style.STRIKE in styles:
            made.setFontStrikeOut(True)
        if Style.UNDERLINE in styles:
            made.setFontUnderline(True)
        if Style.SUPERSCRIPT in styles:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if Style.SUBSCRIPT in styles:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        if Style.HIGHLIGHT in styles:
            made.setBackground(QColor(self.theme.page_highlight))
        return made


def _direction(is_right_to_left: bool) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight
