"""The library pane's two trees, one above the other: the parts of the collection, and its arrangement.

In: the trees.  Out: how much of the height each has.  Separate because the arrangement begins where the parts of the
collection end, until a person wants it elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSplitter, QToolButton, QTreeView, QVBoxLayout, QWidget

from archive_viewer.ui import theme
from archive_viewer.ui.arrangement_tree import ArrangementTree
from archive_viewer.ui.timers import debounced

LEAST_ROWS = 3


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

    def fit(self) -> None:
        """Let a few rows be seen, however little room there is."""
        row = self.tree.sizeHintForRow(0) if self.tree.model().rowCount() else self.tree.fontMetrics().height()
        self.tree.setMinimumHeight(row * min(LEAST_ROWS, max(1, len(self.tree.units.units) + 1)))


class LibraryParts(QSplitter):
    """The collection's parts above, the arrangement below."""

    def __init__(self, parts: QTreeView, arrangement: ArrangementPane) -> None:
        super().__init__(Qt.Orientation.Vertical, childrenCollapsible=False)
        self.setHandleWidth(1)
        self._parts, self._arrangement = parts, arrangement
        self._wanted: list[int] = []
        for part in (parts, arrangement):
            self.addWidget(part)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        # Not at once: a tree has its rows in place only when it is laid out.
        self._sharing = debounced(self, 0, self._share)
        self.splitterMoved.connect(self._take_wish)
        arrangement.tree.shown.connect(self._sharing.start)
        for signal in (parts.expanded, parts.collapsed):
            signal.connect(lambda _: self._sharing.start())
        for change in (parts.model().rowsInserted, parts.model().rowsRemoved, parts.model().modelReset):
            change.connect(lambda *_: self._sharing.start())

    def keep(self, sizes: list[int]) -> None:
        """Share the height like this: a person wished it."""
        self._wanted = sizes
        self.setSizes(sizes)

    def kept(self) -> list[int]:
        """How a person wished the height to be shared; nothing where nobody did."""
        return list(self._wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sharing.start()

    @Slot()
    def _take_wish(self) -> None:
        self._wanted = self.sizes()

    @Slot()
    def _share(self) -> None:
        """Give the collection's parts what their rows need, and the arrangement the rest: half of it, or where nothing
        is arranged yet a few rows, at the least."""
        self._arrangement.fit()
        if self._wanted:
            return
        is_arranged = bool(self._arrangement.tree.units.units)
        least = self.height() // 2 if is_arranged else self._arrangement.minimumSizeHint().height()
        above = min(_height_of_rows(self._parts, self.height()), self.height() - least)
        self.setSizes([above, self.height() - above])


def _height_of_rows(tree: QTreeView, most: int) -> int:
    """The height of all rows that are unfolded, in pixels; no more than ``most``."""
    height, index = 0, tree.model().index(0, 0)
    while index.isValid() and height < most:
        height += tree.sizeHintForIndex(index).height()
        index = tree.indexBelow(index)
    return min(height + theme.SMALL, most)
