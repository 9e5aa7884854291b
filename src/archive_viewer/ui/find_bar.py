"""The bar under the page that finds words in it.

A text comes in with each page; all places where the words stand, and the one that is meant, go out.  Separate because
it owns nothing but the words: the page draws the places and scrolls to them.
"""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from archive_viewer.limits import FOUND_IN_PAGE
from archive_viewer.ui import icons, wording
from archive_viewer.ui.find_in_text import find_all
from archive_viewer.ui.theme import LIGHT, SMALL, TIGHT, Theme, palette

ICON = "iconName"
TYPING_MS = 120
"""Words are looked for when typing has paused for so long."""


class FindBar(QFrame):
    """Signals: ``found`` (all ranges), ``chosen`` (the range that is meant), ``closed``."""

    found = Signal(object)
    chosen = Signal(int, int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Find in page"))
        self.setObjectName("findBar")
        self.setAutoFillBackground(True)
        self._text = ""
        self._places: list[tuple[int, int]] = []
        self._current = -1
        self._origin = 0
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("Find in page"))
        self.words.setAccessibleName(self.tr("Words to find in the page"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(160)
        self.words.setMaximumWidth(360)
        self.count = QLabel(self)
        self.count.setAccessibleName(self.tr("Places found"))
        self._back = self._button("up", self.tr("Previous place"), "Shift+F3")
        self._on = self._button("down", self.tr("Next place"), "F3")
        self.match_case = self._switch("Aa", self.tr("Match case"))
        self.whole_words = self._switch(self.tr("Words"), self.tr("Whole words"))
        self._close = self._button("close", self.tr("Close"), "Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(SMALL + TIGHT, TIGHT, SMALL, TIGHT)
        row.setSpacing(TIGHT)
        row.addWidget(self.words, 2)
        for widget in (self._back, self._on, self.count):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.match_case, self.whole_words, self._close):
            row.addWidget(widget)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.search)
        self.words.textChanged.connect(lambda: self._typing.start())
        self.words.installEventFilter(self)
        self._back.clicked.connect(lambda: self.step(-1))
        self._on.clicked.connect(lambda: self.step(1))
        self.match_case.toggled.connect(self.search)
        self.whole_words.toggled.connect(self.search)
        self._close.clicked.connect(self.close_bar)
        self.set_theme(LIGHT)
        self.hide()

    def _button(self, name: str, text: str, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("iconButton")
        button.setProperty(ICON, name)
        button.setAutoRaise(True)
        button.setAccessibleName(text)
        button.setToolTip(f"{text}  ({key})")
        button.setIconSize(QSize(16, 16))
        return button

    def _switch(self, sign: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setText(sign)
        button.setAccessibleName(text)
        button.setToolTip(text)
        return button

    def set_theme(self, theme: Theme) -> None:
        self.setPalette(palette(theme))
        for button in (self._back, self._on, self._close):
            button.setIcon(icons.icon(button.property(ICON), self.palette()))

    def set_text(self, text: str) -> None:
        """Look in another page; the words stay."""
        self._text = text
        self._origin = 0
        if self.isVisible():
            self.search()
        else:
            self._places, self._current = [], -1

    def open(self, origin: int, words: str = "") -> None:
        """Show the bar; the first place after ``origin`` is meant first.  ``words``: what was selected."""
        self._origin = origin
        self.show()
        if words:
            self.words.setText(words)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self.search()

    def close_bar(self) -> None:
        self._typing.stop()
        self.hide()
        self.closed.emit()

    def search(self) -> None:
        """Find the words anew and mean the first place after where the reader was."""
        self._typing.stop()
        self._places = find_all(
            self._text,
            self.words.text(),
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
        )
        self.found.emit(self._places)
        self._current = -1
        if self._places:
            self._mean(bisect_left(self._places, (self._origin, 0)) % len(self._places))
        self._tell()

    def step(self, by: int) -> None:
        """The next place, or the one before; past an end it goes on at the other."""
        if self._typing.isActive():
            self.search()
        elif self._places:
            self._mean((self._current + by) % len(self._places))
            self._tell()

    def _mean(self, number: int) -> None:
        self._current = number
        start, end = self._places[number]
        self._origin = start
        self.chosen.emit(start, end)

    def _tell(self) -> None:
        if not self.words.text().strip():
            self.count.clear()
        elif not self._places:
            self.count.setText(self.tr("Not in this page"))
        else:
            all_ = wording.number(len(self._places)) + ("+" if len(self._places) == FOUND_IN_PAGE else "")
            self.count.setText(self.tr("{n} of {m}").format(n=wording.number(self._current + 1), m=all_))
        for button in (self._back, self._on):
            button.setEnabled(bool(self._places))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)
