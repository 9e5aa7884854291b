"""The library pane's two trees, one above the other: the parts of the collection, and its arrangement.

In: the trees.  Out: how much of the height each has.  Separate because a library that is not arranged yet gives the
arrangement two lines and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSplitter, QToolButton, QVBoxLayout, QWidget

from archive_viewer.ui import theme
from archive_viewer.ui.arrangement_tree import ArrangementTree

LEAST_ROWS = 3
NO_LIMIT = 16_777_215
"""Qt's own largest height of a widget."""


class ArrangementPane(QWidget):
    """The arrangement under its heading; ``actions`` are its buttons."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = ArrangementTree()
        self.tree.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        heading = QLabel(self.tr("Arrangement"))
        heading.setObjectName("fieldName")
        line = QHBoxLayout()
        line.setContentsMargins(theme.WIDE, 0, theme.SMALL, 0)
        line.setSpacing(theme.HAIR)
        line.addWidget(heading, 1)
        for action in actions:
            button = QToolButton()
            button.setObjectName("iconButton")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.TIGHT, 0, 0)
        layout.setSpacing(theme.TIGHT)
        layout.addLayout(line)
        layout.addWidget(self.tree, 1)
        self._head = line

    def fit(self, *, is_empty: bool) -> None:
        """Take the height of one row, or of as many as there is room for."""
        row = self.tree.sizeHintForRow(0) if self.tree.model().rowCount() else self.tree.fontMetrics().height()
        self.tree.setMinimumHeight(row * (1 if is_empty else LEAST_ROWS))
        least = self._head.sizeHint().height() + 2 * theme.TIGHT + row
        self.setMaximumHeight(least if is_empty else NO_LIMIT)


class LibraryParts(QSplitter):
    """The collection's parts above, the arrangement below."""

    def __init__(self, parts: QWidget, arrangement: ArrangementPane) -> None:
        super().__init__(Qt.Orientation.Vertical, childrenCollapsible=False)
        self.setHandleWidth(1)
        self._arrangement = arrangement
        self._is_empty = True
        self._wanted: list[int] = []
        for part in (parts, arrangement):
            self.addWidget(part)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        arrangement.fit(is_empty=True)
        arrangement.tree.shown.connect(self._share)

    def keep(self, sizes: list[int]) -> None:
        """Share the height like this as soon as there is an arrangement."""
        self._wanted = sizes
        if not self._is_empty:
            self.setSizes(sizes)

    def kept(self) -> list[int]:
        """How the height is shared; nothing while there is no arrangement to share it with."""
        return [] if self._is_empty else self.sizes()

    @Slot()
    def _share(self) -> None:
        """Give the arrangement its part of the height once there is one: half, if nothing else is wanted."""
        is_empty = not self._arrangement.tree.units.units
        self._arrangement.fit(is_empty=is_empty)
        if self._is_empty and not is_empty:
            self.setSizes(self._wanted or [self.height() // 2, self.height() // 2])
        elif is_empty and not self._is_empty:
            self._wanted = self.sizes()
        self._is_empty = is_empty
