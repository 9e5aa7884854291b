"""The program's own line icons, drawn once as SVG strokes and coloured for the theme at hand.

In: an icon's name (a file of ``resources/icons``) and a colour.  Out: a QIcon, or strokes on a painter.  Separate
because Qt does not recolour an SVG, and dark and light must not need two sets of files.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from archive_viewer import settings
from archive_viewer.model import Colour
from archive_viewer.ui.theme import mark_colour

SIZES = (16, 20, 24, 32, 40, 48)
SWATCH = "colour-"


def application_icon() -> QIcon:
    return QIcon(str(settings.resource("icons/application.svg")))


def icon(name: str, palette: QPalette) -> QIcon:
    """The icon in the text's colour, and faint where its action is off; ``colour-yellow`` and so on are swatches."""
    made = QIcon()
    groups = {QIcon.Mode.Normal: QPalette.ColorGroup.Active, QIcon.Mode.Disabled: QPalette.ColorGroup.Disabled}
    for mode, group in groups.items():
        colour = palette.color(group, QPalette.ColorRole.WindowText)
        for size in SIZES:
            made.addPixmap(_pixmap(name, colour.name(QColor.NameFormat.HexArgb), size), mode)
    return made


def paint(painter: QPainter, place: QRect, name: str, colour: QColor) -> None:
    """Draw an icon in ``place``, sharp on every screen."""
    scale = painter.device().devicePixelRatioF()
    painter.drawPixmap(place, _pixmap(name, colour.name(QColor.NameFormat.HexArgb), round(place.width() * scale)))


def pixmap(name: str, colour: QColor, size: int) -> QPixmap:
    """The icon as a picture of ``size`` pixels a side."""
    return _pixmap(name, colour.name(QColor.NameFormat.HexArgb), size)


def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    key = f"{name} {colour} {size}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = _draw(name, QColor(colour), size)
        QPixmapCache.insert(key, found)
    return found


def _draw(name: str, colour: QColor, size: int) -> QPixmap:
    drawn = QPixmap(QSize(size, size))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(colour.alphaF())
    if name.startswith(SWATCH):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mark_colour(Colour(name.removeprefix(SWATCH)))))
        painter.drawRoundedRect(QRectF(size * 0.18, size * 0.18, size * 0.64, size * 0.64), size * 0.14, size * 0.14)
    else:
        drawing = settings.resource(f"icons/{name}.svg").read_bytes()
        strokes = drawing.replace(b"currentColor", colour.name(QColor.NameFormat.HexRgb).encode("ascii"))
        QSvgRenderer(QByteArray(strokes)).render(painter)
    painter.end()
    return drawn
