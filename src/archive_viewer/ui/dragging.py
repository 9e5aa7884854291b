"""What is dragged inside the window: pages from the list, units of the arrangement.

In: ids.  Out: a drag with a word of what it carries, and the ids again where it is dropped.  Separate because the list
gives, the arrangement takes, and neither knows the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from archive_viewer.ui import theme
from archive_viewer.ui.rows import RowView

PAGES = "application/x-archive-viewer-pages"
UNITS = "application/x-archive-viewer-units"


def packed(kind: str, ids: Sequence[str]) -> QMimeData:
    """Ids to be dragged; ``kind`` is ``PAGES`` or ``UNITS``."""
    mime = QMimeData()
    mime.setData(kind, "\n".join(ids).encode("ascii"))
    return mime


def unpacked(kind: str, mime: QMimeData) -> list[str]:
    """The ids of a kind that are being dragged; none where something else is."""
    return bytes(mime.data(kind).data()).decode("ascii").split() if mime.hasFormat(kind) else []


def drag(view: QWidget, mime: QMimeData, words: str) -> None:
    """Let a person drag ``mime`` until it is dropped; ``words`` go along under the pointer."""
    dragged = QDrag(view)
    dragged.setMimeData(mime)
    dragged.setPixmap(_label(view, words))
    dragged.setHotSpot(QPoint(-theme.BASE, -theme.SMALL))
    dragged.exec(Qt.DropAction.MoveAction)


def _label(view: QWidget, words: str) -> QPixmap:
    metrics, palette = view.fontMetrics(), view.palette()
    scale = view.devicePixelRatioF()
    width = min(metrics.horizontalAdvance(words), 280)
    place = QRect(0, 0, width + 2 * theme.SMALL, metrics.height() + 2 * theme.TIGHT)
    picture = QPixmap(place.size() * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(palette.color(QPalette.ColorRole.Accent))
    painter = QPainter(picture)
    painter.setPen(palette.color(QPalette.ColorRole.Base))
    painter.setFont(view.font())
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
    painter.end()
    return picture


class DraggableRows(RowView):
    """A list whose chosen rows can be dragged; ``carried`` gives what goes along, and in words what that is."""

    def __init__(self, name: str, carried: Callable[[], tuple[QMimeData, str]], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._carried = carried
        self.setDragEnabled(True)

    def startDrag(self, actions: Qt.DropAction) -> None:
        # Not Qt's own: it would ask for each of a hundred thousand chosen rows, and paint those in view.
        drag(self, *self._carried())
