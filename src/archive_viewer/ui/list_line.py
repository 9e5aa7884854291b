"""The line between the search box and the list: which part is shown, how much is in it, how it is arranged.

In: a part's name, a count in words.  Out: the part is left, another arrangement.  Separate from the list because its
three parts share a width that is never enough for all of them: the name gives way first, then the arrangement's.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from archive_viewer.ui import icons, theme
from archive_viewer.ui.arrangement_button import ArrangementButton

SHORTEST_NAME = 72
"""Pixels that a part's name keeps; with less of it nobody would know it again."""


class ListLine(QWidget):
    """``scope_left``: the chip of the part was closed."""

    scope_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.chip = QToolButton()
        self.chip.setObjectName("chip")
        self.chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.chip.setLayoutDirection(
            Qt.LayoutDirection.LeftToRight if self.isRightToLeft() else Qt.LayoutDirection.RightToLeft
        )
        self.chip.clicked.connect(self.scope_left)
        self.chip.hide()
        self.count = QLabel()
        self.count.setObjectName("quiet")
        self.sort = ArrangementButton()
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.BASE, 0, theme.SMALL, 0)
        line.setSpacing(theme.SMALL)
        line.addWidget(self.chip)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.sort)
        self._colour()

    def show_scope(self, name: str) -> None:
        """Name the part that is shown; everything has no name."""
        self._name = name
        self.chip.setVisible(bool(name))
        self.chip.setAccessibleName(self.tr("Only {name}.  Show everything again").format(name=name))
        self.chip.setToolTip(self.tr("{name}: show everything again").format(name=name))
        self.fit()

    def say(self, count: str, hint: str = "") -> None:
        """Say how much there is; ``hint`` is for those who want to know more."""
        self.count.setText(count)
        self.count.setToolTip(hint)
        self.fit()

    def fit(self) -> None:
        """Share the width out: the count is never cut."""
        margins = self.contentsMargins() + self.layout().contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.count.sizeHint().width() - 2 * theme.SMALL
        beside, only = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        needed = SHORTEST_NAME if self._name else 0
        for style in (beside, only):
            self.sort.setToolButtonStyle(style)
            left = room - self.sort.sizeHint().width()
            if left >= needed:
                break
        if self._name:
            self.chip.setText("")
            letters = max(left - self.chip.sizeHint().width() - theme.SMALL, theme.HUGE)
            self.chip.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, letters))

    def minimumSizeHint(self) -> QSize:
        # What does not fit is shortened; a pane is as narrow as a person makes it.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def _colour(self) -> None:
        self.chip.setIcon(icons.icon("close", self.palette()))
