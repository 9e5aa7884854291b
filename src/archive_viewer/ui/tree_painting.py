"""What the trees of the library pane share: how they are set up, the ground of a row, and the arrow that folds it.

In: a tree; a painter, a row and its state.  Out: strokes.  Separate because the parts of the collection and the
arrangement stand one above the other and must look like one pane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTreeView

from archive_viewer.ui import icons, theme
from archive_viewer.ui.rows import faded

ARROW = 12

# One of the trees is a QTreeWidget, which cannot be given another view for a base.
if TYPE_CHECKING:
    Tree = QTreeView
else:
    Tree = object


class PaneTree(Tree):
    """Set before the tree's own class: arrows of the theme, and what the two trees have in common otherwise."""

    def set_up(self, name: str) -> None:
        """``name`` is what a screen reader calls the tree."""
        self.setObjectName("libraryTree")
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setIndentation(theme.WIDE)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setMouseTracking(True)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        paint_arrow(self, painter, rect, index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()


def paint_ground(tree: QTreeView, painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of a row over the whole width of its tree: chosen, pointed at, in focus."""
    accent = option.palette.color(QPalette.ColorRole.Accent)
    rect = QRect(0, option.rect.top(), tree.viewport().width(), option.rect.height())
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, faded(accent, 0.18 if tree.hasFocus() else 0.12))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, faded(option.palette.color(QPalette.ColorRole.Text), 0.04))
    if option.state & QStyle.StateFlag.State_HasFocus and tree.hasFocus():
        painter.setPen(accent)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))


def paint_name_and_count(
    painter: QPainter, option: QStyleOptionViewItem, area: QRect, name: str, count: str, pens: tuple[QColor, QColor]
) -> None:
    """A row's name, cut where it must be, and its count at the far end, which never is; ``pens`` are theirs."""
    is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
    room = option.fontMetrics.horizontalAdvance(count) + theme.SMALL
    aligned = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    painter.setPen(pens[1])
    painter.drawText(area, aligned, count)
    painter.setPen(pens[0])
    area = area.adjusted(room if is_mirrored else 0, 0, 0 if is_mirrored else -room, 0)
    aligned = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(area, aligned, option.fontMetrics.elidedText(name, Qt.TextElideMode.ElideRight, area.width()))


def paint_arrow(tree: QTreeView, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
    """The arrow before a row that has others below it."""
    if tree.model().hasChildren(index):
        place = QRect(0, rect.center().y() - ARROW // 2 + 1, ARROW, ARROW)
        if tree.isRightToLeft():
            place.moveLeft(rect.left() + 1)
        else:
            place.moveRight(rect.right() - 1)
        folded = "left" if tree.isRightToLeft() else "right"
        colour = tree.palette().color(QPalette.ColorRole.PlaceholderText)
        icons.paint(painter, place, "down" if tree.isExpanded(index) else folded, colour)
