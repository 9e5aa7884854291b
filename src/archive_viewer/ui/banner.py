"""A line over the panes that says what is not as usual: a read-only library, a link being made, an unsafe place.

In: a sentence, an icon, perhaps an action.  Out: nothing.  Separate because it is never a dialog.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from archive_viewer.ui import icons, theme


class Banner(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, look: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(look)
        self._icon_name = "info"
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True)
        self._button = QToolButton()
        self._button.setObjectName("quietButton")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.BASE, theme.SMALL, theme.BASE, theme.SMALL)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        self.hide()

    def say(self, sentence: str, icon: str = "info", action: QAction | None = None) -> None:
        """Show a sentence; an empty one hides the banner."""
        self._icon_name = icon
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setVisible(action is not None)
        if action is not None:
            self._button.setDefaultAction(action)
        self.setVisible(bool(sentence))
        self._draw()

    @property
    def sentence(self) -> str:
        return self._text.text() if not self.isHidden() else ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        scale = self.devicePixelRatioF()
        picture = icons.pixmap(self._icon_name, self.palette().color(QPalette.ColorRole.WindowText), round(18 * scale))
        picture.setDevicePixelRatio(scale)
        self._icon.setPixmap(picture)
