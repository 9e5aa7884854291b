"""The tabs over the reader: none so narrow that its title cannot be read, none so wide that it hides the others.

In: titles.  Out: widths.  Separate from the reader, which knows places: where there are more tabs than room, Qt would
make each as narrow as a letter before it offered to scroll.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from archive_viewer.ui import icons

LEAST_LETTERS = 16
MOST_LETTERS = 30
"""Of middling width; to them comes the room for the button that closes the tab."""

ARROW = 14
SCROLLERS = ("ScrollLeftButton", "ScrollRightButton")
ARROWS = {Qt.ArrowType.LeftArrow: "left", Qt.ArrowType.RightArrow: "right"}


class ReaderTabBar(QTabBar):
    """Titles are cut in the middle: the end is what tells the captures and parts of one page apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self._scrollers = [button for name in SCROLLERS for button in self.findChildren(QToolButton, name)]
        for button in self._scrollers:
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw the buttons that scroll: a style sheet takes their arrows away."""
        if event.type() == QEvent.Type.Paint and watched in self._scrollers and isinstance(watched, QToolButton):
            group = QPalette.ColorGroup.Active if watched.isEnabled() else QPalette.ColorGroup.Disabled
            colour = self.palette().color(group, QPalette.ColorRole.WindowText)
            place = QRect(0, 0, ARROW, ARROW)
            place.moveCenter(watched.rect().center())
            painter = QPainter(watched)
            painter.fillRect(watched.rect(), self.palette().color(QPalette.ColorRole.Window))
            icons.paint(painter, place, ARROWS.get(watched.arrowType(), "right"), colour)
            painter.end()
            return True
        return super().eventFilter(watched, event)

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        return QSize(min(size.width(), self._width_of(index, MOST_LETTERS)), size.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        size = self.tabSizeHint(index)
        return QSize(min(size.width(), self._width_of(index, LEAST_LETTERS)), size.height())

    def _width_of(self, index: int, letters: int) -> int:
        """So many letters, and all that is in a tab beside its title."""
        furniture = super().tabSizeHint(index).width() - self.fontMetrics().horizontalAdvance(self.tabText(index))
        return self.fontMetrics().averageCharWidth() * letters + max(0, furniture)
