"""What stands in a picture's place while it is fetched, and where it was never saved.

A size, the alt text and a look in, a QImage out; never null, because Qt takes a missing picture as a reason to open a
file of that name.  Separate because the screen and the printer both need it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QTextOption

from archive_viewer.ui.block_look import Look
from archive_viewer.ui.fonts import reading_font
from archive_viewer.ui.theme import BASE

UNKNOWN_WIDTH, UNKNOWN_HEIGHT = 320, 72
"""Pixels, for a picture in a paragraph of its own whose size the page does not state."""

SMALLEST_CAPTIONED = 40
"""Pixels of width below which the alt text would not be legible."""


def unknown_size(alt: str, look: Look, *, is_inline: bool) -> QSize:
    """The size of a frame whose picture may have any: in a line of text no taller than the line."""
    if not is_inline:
        return QSize(min(UNKNOWN_WIDTH, look.column), UNKNOWN_HEIGHT)
    height = round(1.3 * look.body)
    words = QFontMetrics(_font(height)).horizontalAdvance(alt)
    return QSize(min(max(words + BASE, height), look.column // 2), height)


def placeholder(size: QSize, alt: str, look: Look, *, is_missing: bool) -> QImage:
    """A calm frame of this size, in logical pixels, that says what the picture shows."""
    image = QImage(max(1, size.width()), max(1, size.height()), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(look.theme.code_ground))
    painter = QPainter(image)
    frame = QRectF(image.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(look.theme.strong_rule if is_missing else look.theme.rule), 1, _line(is_missing)))
    painter.drawRect(frame)
    if size.width() >= SMALLEST_CAPTIONED:
        painter.setFont(_font(size.height()))
        painter.setPen(QColor(look.theme.muted))
        option = QTextOption(Qt.AlignmentFlag.AlignCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(frame, _words(alt, is_missing and size.height() >= UNKNOWN_HEIGHT), option)
    painter.end()
    return image


def _words(alt: str, tells_why: bool) -> str:
    if not tells_why:
        return alt
    said = QCoreApplication.translate("Pictures", "Picture not saved")
    return f"{said}: {alt}" if alt else said


def _line(is_missing: bool) -> Qt.PenStyle:
    return Qt.PenStyle.DashLine if is_missing else Qt.PenStyle.SolidLine


def _font(height: int) -> QFont:
    return reading_font("sans", min(13, max(8, round(0.6 * height))))
