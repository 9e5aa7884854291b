"""Files and folders dropped anywhere on the window.

In: what is dragged over it.  Out: the paths that were dropped, always to be copied, whatever the other program asked
for: a move would let it delete the archivist's files.  Separate because every pane lies under it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from archive_viewer.ui.empty_state import EmptyState


class DropTarget(QObject):
    """``dropped``: a list of paths.  ``is_open`` tells whether anything may be dropped now."""

    dropped = Signal(object)

    def __init__(self, window: QWidget, ground: QWidget, is_open: Callable[[], bool]) -> None:
        super().__init__(window)
        self._is_open = is_open
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.hint = EmptyState(ground)
        self.hint.setObjectName("dropHint")
        self.hint.say(
            self.tr("Drop to import"), self.tr("Files and folders are copied into the library, never moved."), "import"
        )
        self.hint.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if paths_of(event) and self._is_open():
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.hint.show()
                self.hint.raise_()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.hint.hide()
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.hint.hide()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths_of(event))
            return True
        return super().eventFilter(watched, event)


def paths_of(event: QDropEvent) -> list[Path]:
    """The files and folders of this machine that are being dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
