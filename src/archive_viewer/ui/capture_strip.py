"""The strip over a page that says which of the captures of its address it is, and leads to the others.

In: the captures with their dates, the one that is shown.  Out: the one that is wanted.  Separate because it is there
only where an address was captured more than once, and says less where there is little room.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from archive_viewer.library import CaptureDate
from archive_viewer.ui import icons, theme, wording

ICON = 16
MOST_LISTED = 60
"""Captures in the menu: those next to the one that is shown.  A menu of thousands is longer than any screen."""


class CaptureStrip(QWidget):
    """``wanted``: the id of the capture that is to be shown."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._captures: Sequence[CaptureDate] = ()
        self._at = -1
        self.previous = self._arrow(self.tr("Previous capture of this address (Shift+F7)"), -1)
        self.next = self._arrow(self.tr("Next capture of this address (F7)"), +1)
        self.button = QToolButton()
        self.button.setObjectName("quietButton")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolTip(self.tr("The captures of this address"))
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.button.setMenu(self._menu)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for button in (self.previous, self.button, self.next):
            line.addWidget(button)
        self.hide()
        self._colour()

    def show_captures(self, captures: Sequence[CaptureDate], item_id: str) -> None:
        """Say which of these captures the item is; nothing is shown where there is no other."""
        self._captures = captures
        self._at = next((at for at, capture in enumerate(captures) if capture.item_id == item_id), -1)
        self.setVisible(self._at >= 0 and len(captures) > 1)
        self.previous.setEnabled(bool(self.beside(-1)))
        self.next.setEnabled(bool(self.beside(+1)))
        self.button.setAccessibleName(self._words())
        self.updateGeometry()
        self._fit()

    def beside(self, by: int) -> str:
        """The id of the capture so many steps later (before: negative); empty where there is none."""
        at = self._at + by
        return self._captures[at].item_id if self._at >= 0 and 0 <= at < len(self._captures) else ""

    @property
    def item_ids(self) -> set[str]:
        """All captures of the address."""
        return {capture.item_id for capture in self._captures}

    def sizeHint(self) -> QSize:
        return self._size_for(self._words())

    def minimumSizeHint(self) -> QSize:
        return self._size_for(self._few_words())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _words(self) -> str:
        said = self.tr("Capture {number} of {count}").format(
            number=wording.number(self._at + 1), count=wording.number(len(self._captures))
        )
        return wording.joined(said, wording.date(self._captures[self._at].captured_at) if self._at >= 0 else "")

    def _few_words(self) -> str:
        return f"{wording.number(self._at + 1)}/{wording.number(len(self._captures))}"

    def _size_for(self, words: str) -> QSize:
        shown, around = self.fontMetrics().horizontalAdvance, self.button.sizeHint()
        width = around.width() - shown(self.button.text()) + shown(words)
        return QSize(
            width + self.previous.sizeHint().width() + self.next.sizeHint().width() + theme.TIGHT, around.height()
        )

    def _fit(self) -> None:
        words = self._words()
        self.button.setText(words if self.width() >= self._size_for(words).width() else self._few_words())

    def _arrow(self, name: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName("iconButton")
        button.setIconSize(QSize(ICON, ICON))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.wanted.emit(self.beside(by)))
        return button

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        first = max(0, self._at - MOST_LISTED // 2)
        for at, capture in enumerate(self._captures[first : first + MOST_LISTED], first):
            title = self.fontMetrics().elidedText(capture.title, Qt.TextElideMode.ElideRight, 320)
            date = wording.moment(capture.captured_at) or self.tr("no date")
            action = group.addAction(self._menu.addAction(f"{date}   {title}".replace("&", "&&")))
            action.setCheckable(True)
            action.setChecked(at == self._at)
            action.triggered.connect(lambda _checked, item_id=capture.item_id: self.wanted.emit(item_id))

    def _colour(self) -> None:
        before, after = ("right", "left") if self.isRightToLeft() else ("left", "right")
        self.previous.setIcon(icons.icon(before, self.palette()))
        self.next.setIcon(icons.icon(after, self.palette()))
