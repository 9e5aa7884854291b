"""What stands in a picture's place while it is fetched, and where it was never saved.

A size, the alt text and a theme in, a QImage out; never null, because Qt takes a missing picture as a reason to open a
file of that name.  Separate because the screen and the printer both need it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QTextOption

from archive_viewer.ui.fonts import reading_font
from archive_viewer.ui.theme import BASE, Theme

UNKNOWN_WIDTH, UNKNOWN_HEIGHT = 360, 96
"""Pixels, for a picture whose size the page does not state."""

SMALLEST_CAPTIONED = 80
"""Pixels of width below which the alt text would not be legible."""


def placeholder(width: int, height: int, alt: str, theme: Theme, *, is_missing: bool) -> QImage:
    """A calm frame of this size, in logical pixels, that says what the picture shows."""
    image = QImage(max(1, width), max(1, height), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(theme.code_ground))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(image.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(theme.rule), 1, Qt.PenStyle.DashLine if is_missing else Qt.PenStyle.SolidLine))
    painter.drawRect(frame)
    if width >= SMALLEST_CAPTIONED:
        _write(painter, frame.adjusted(BASE, BASE / 2, -BASE, -BASE / 2), alt, theme, is_missing=is_missing)
    painter.end()
    return image


def _write(painter: QPainter, place: QRectF, alt: str, theme: Theme, *, is_missing: bool) -> None:
    words = alt
    if is_missing:
        said = QCoreApplication.translate("Pictures", "Picture not saved")
        words = f"{said}: {alt}" if alt else said
    font = reading_font("sans", 13)
    font.setStyle(QFont.Style.StyleNormal)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    option = QTextOption(Qt.AlignmentFlag.AlignCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    painter.drawText(place, words, option)
