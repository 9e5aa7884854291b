"""A line over the panes that says what is not as usual: a read-only library, a link being made, an unsafe place.

In: a sentence, an icon, perhaps actions.  Out: nothing.  Separate because it is never a dialog.  What went well is said
in another colour, and leaves by itself.
"""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from archive_viewer.ui import icons, theme
from archive_viewer.ui.timers import debounced

GOOD_MS = 12_000
"""How long it is said that something went well; the status line and the activity say it, too."""


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
        self._leaving = debounced(self, GOOD_MS, self._leave)
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
        self._show(sentence, icon, actions, is_good=False)

    def tell(self, sentence: str) -> None:
        """Say for a while that something went well."""
        self._show(sentence, "check", (self.put_away,), is_good=True)
        self._leaving.start()

    def _show(self, sentence: str, icon: str, actions: tuple[QAction, ...], *, is_good: bool) -> None:
        self._leaving.stop()
        if bool(self.property("isGood")) is not is_good:
            self.setProperty("isGood", is_good)
            # A style sheet looks at properties only when it is asked to.
            self.style().unpolish(self)
            self.style().polish(self)
        self._icon_name = icon
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        for button, action in zip_longest(self.buttons, actions):
            button.setVisible(action is not None)
            if action is not None:
                button.setDefaultAction(action)
        self.setVisible(bool(sentence))
        self._draw()

    def _leave(self) -> None:
        focus = self.focusWidget()
        if self.underMouse() or (focus is not None and focus.hasFocus()):
            # It is being read, or about to be answered.
            self._leaving.start()
        else:
            self.say("")

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
