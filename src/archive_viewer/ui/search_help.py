"""The card under F1 in the search box: all that can be asked, each with an example that can be tried.

In: nothing.  Out: the example that was chosen.  Separate from the guide, which explains; this is to be looked at while
a query is typed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from archive_viewer.ui import search_words, theme

SIZE = (500, 600)
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
"""Isolates of the bidirectional algorithm (UAX 9)."""


class SearchHelp(QDialog):
    """``chosen`` – an example, for the box; the card goes with it.  Arrow keys go from example to example."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What Can Be Asked"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.examples: list[QPushButton] = []
        page = QWidget()
        page.setObjectName("searchHelp")
        grid = QGridLayout(page)
        grid.setContentsMargins(theme.WIDE, theme.BASE, theme.WIDE, theme.WIDE)
        grid.setHorizontalSpacing(theme.BASE)
        grid.setVerticalSpacing(theme.HAIR)
        grid.setColumnStretch(1, 1)
        for title, lines in search_words.CARD:
            heading = QLabel(search_words.tr(title))
            heading.setObjectName("fieldSection")
            heading.setContentsMargins(0, theme.SMALL if grid.count() else 0, 0, 0)
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            for example, meaning in lines:
                self._add(grid, example, search_words.tr(meaning))
        hint = QLabel(self.tr("A click on an example puts it into the search box, to be changed."), wordWrap=True)
        hint.setObjectName("caption")
        hint.setContentsMargins(0, theme.SMALL, 0, 0)
        grid.addWidget(hint, grid.rowCount(), 0, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self.examples[0].setFocus()

    def _add(self, grid: QGridLayout, example: str, meaning: str) -> None:
        # A query reads from left to right, wherever its words are explained.
        button = QPushButton(f"{LEFT_TO_RIGHT}{example.replace('&', '&&')}{END}")
        button.setObjectName("example")
        button.setAutoDefault(False)
        button.setAccessibleName(f"{example}: {meaning}")
        button.clicked.connect(lambda: self._choose(example))
        button.installEventFilter(self)
        said = QLabel(meaning, wordWrap=True)
        said.setObjectName("caption")
        row = grid.rowCount()
        grid.addWidget(button, row, 0)
        grid.addWidget(said, row, 1)
        self.examples.append(button)

    def _choose(self, example: str) -> None:
        self.chosen.emit(example)
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QPushButton):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            key = Qt.Key(event.key())
            if key in steps:
                at = min(max(self.examples.index(watched) + steps[key], 0), len(self.examples) - 1)
                self.examples[at].setFocus(Qt.FocusReason.TabFocusReason)
                self._area.ensureWidgetVisible(self.examples[at])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)
