"""The line between the search box and the list: which part is shown, how much is in it, how it is arranged.

In: a part's name, a count in words.  Out: the part is left, another arrangement.  Separate from the list because its
three parts share a width that is never enough for all of them: the arrangement's name gives way first, then what is
said beside the count, then the part's name; the count is never cut.
"""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from archive_viewer.ui import icons, theme, wording
from archive_viewer.ui.arrangement_button import ArrangementButton

ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly
SHORTEST_NAME = 48
"""Pixels that a part's name keeps; with less of it nobody would know it again."""


class ListLine(QWidget):
    """``scope_left``: the chip of the part was closed."""

    scope_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._count = self._more = self._hint = ""
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
        self.concordance = QToolButton(autoRaise=True)
        self.concordance.setObjectName("quietButton")
        self.concordance.hide()
        self.sort = ArrangementButton()
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(theme.BASE, 0, theme.SMALL, 0)
        line.setSpacing(theme.SMALL)
        line.addWidget(self.chip)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.concordance)
        line.addWidget(self.sort)
        self._colour()

    def show_scope(self, name: str) -> None:
        """Name the part that is shown; everything has no name."""
        self._name = name
        self.chip.setVisible(bool(name))
        self.chip.setAccessibleName(self.tr("Only {name}.  Show everything again").format(name=name))
        self.chip.setToolTip(self.tr("{name}: show everything again").format(name=name))
        self.fit()

    def set_searching(self, is_searching: bool) -> None:
        """Hits have an order of their own, and their passages can be shown side by side."""
        self.sort.set_searching(is_searching)
        self.concordance.setVisible(is_searching)

    def say(self, count: str, more: str = "", hint: str = "") -> None:
        """Say how much there is; ``more`` where there is room for it, ``hint`` to those who ask."""
        self._count, self._more, self._hint = count, more, hint
        self.fit()

    def fit(self) -> None:
        """Share the width out."""
        attempts = itertools.product((self._more, ""), (Qt.ToolButtonStyle.ToolButtonTextBesideIcon, ICON_ONLY))
        furniture = self._chip_furniture() if self._name else 0
        for more, style in attempts:
            self.count.setText(wording.joined(self._count, more))
            self.sort.setToolButtonStyle(style)
            left = self._room_for_name()
            if left >= (furniture + SHORTEST_NAME if self._name else 0):
                break
        self.count.setToolTip(wording.joined(self._count, self._more, self._hint))
        if self._name:
            letters = max(left - furniture, theme.HUGE)
            self.chip.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, letters))

    def _room_for_name(self) -> int:
        margins = self._line.contentsMargins()
        others = self.count.sizeHint().width() + self.sort.sizeHint().width()
        if not self.concordance.isHidden():
            others += self.concordance.sizeHint().width() + theme.SMALL
        return self.width() - margins.left() - margins.right() - others - 3 * theme.SMALL

    def _chip_furniture(self) -> int:
        self.chip.setText("")
        return self.chip.sizeHint().width() + theme.SMALL

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
