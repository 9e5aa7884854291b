"""A line over the panes that says what is not as usual: a read-only library, a link being made, an unsafe place.

In: a sentence, an icon, perhaps actions.  Out: nothing.  Separate because it is never a dialog.
"""

from __future__ import annotations

from itertools import zip_longest

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
        self.buttons = (QToolButton(), QToolButton())
        self.put_away = QAction(self.tr("Put Away"), self)
        self.put_away.triggered.connect(lambda: self.say(""))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.BASE, theme.SMALL, theme.BASE, theme.SMALL)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        for button in self.buttons:
            button.setObjectName("quietButton")
            layout.addWidget(button)
        self.hide()

    def say(self, sentence: str, icon: str = "info", *actions: QAction) -> None:
        """Show a sentence and up to two buttons; an empty sentence hides the banner."""
        self._icon_name = icon
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        for button, action in zip_longest(self.buttons, actions):
            button.setVisible(action is not None)
            if action is not None:
                button.setDefaultAction(action)
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
