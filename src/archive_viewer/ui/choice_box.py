"""A combo box that draws its own arrow.

Separate because a style sheet takes the arrow away with the frame, and can give back only a picture of one colour.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox

from archive_viewer.ui import icons, theme

ARROW = 14


class ChoiceBox(QComboBox):
    """As ``QComboBox``."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = QRect(0, (self.height() - ARROW) // 2, ARROW, ARROW)
        if self.isRightToLeft():
            place.moveLeft(theme.SMALL)
        else:
            place.moveRight(self.width() - theme.SMALL)
        painter = QPainter(self)
        icons.paint(painter, place, "down", self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.end()
