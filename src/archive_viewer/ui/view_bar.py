"""The bar over a page: what is shown of it, which capture it is, and the way to find in it.

In: how much was stripped, the captures of its address.  Out: what is wanted.  Separate from the page's tab because it
knows no page: it is a row of buttons that shares out its width.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from archive_viewer.ui import icons, theme, wording
from archive_viewer.ui.capture_strip import CaptureStrip


class ViewBar(QFrame):
    """Signals: ``clean_wanted`` – the clean text (true), or what was stripped; ``find_wanted``."""

    clean_wanted = Signal(bool)
    find_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self._choices = QButtonGroup(self)
        self._clean = self._choice(self.tr("Clean"), lambda: self.clean_wanted.emit(True))
        self._stripped = self._choice(self.tr("What was stripped"), lambda: self.clean_wanted.emit(False))
        self._clean.setChecked(True)
        self.captures = CaptureStrip()
        self._find = QToolButton()
        self._find.setObjectName("iconButton")
        self._find.setIconSize(QSize(18, 18))
        self._find.setToolTip(self.tr("Find in the page (Ctrl+F)"))
        self._find.setAccessibleName(self._find.toolTip())
        self._find.clicked.connect(self.find_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.BASE, 0, theme.SMALL, 0)
        line.setSpacing(theme.TIGHT)
        line.addWidget(self._clean)
        line.addWidget(self._stripped)
        line.addStretch(1)
        line.addWidget(self.captures)
        line.addWidget(self._find)
        self._colour()

    def show_clean(self, is_clean: bool) -> None:
        """Show which of the two is shown."""
        self._clean.setChecked(is_clean)
        self._stripped.setChecked(not is_clean)

    def show_stripped(self, count: int) -> None:
        """Say how many blocks were stripped."""
        name = self.tr("What was stripped")
        self._stripped.setText(f"{name}  {wording.number(count)}" if count else name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _choice(self, text: str, chosen: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setObjectName("viewChoice")
        self._choices.addButton(button)
        button.clicked.connect(chosen)
        return button

    def _colour(self) -> None:
        self._find.setIcon(icons.icon("search", self.palette()))
