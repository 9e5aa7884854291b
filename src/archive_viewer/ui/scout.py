"""The scout as the window has it: files that are looked at before they are imported, told of as they come.

Paths in, prospects and progress out, as signals on the main thread.  Separate from the preview that shows them, because
the process behind it may end at a bad file: it is started anew here, passes over that file, and nobody has to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from archive_viewer.ui.children import Child
from archive_viewer.ui.prospects import Prospect, prospect_of
from archive_viewer.ui.timers import Throttle

TELL_MS = 120
"""How often the files that were found are handed on: each time the list is laid out anew."""


class Scout(QObject):
    """Signals: ``found`` – prospects, in the order of the import; ``progressed`` – done, total, the file at hand,
    seconds left or None; ``finished``; ``failed`` – a sentence; ``ended`` – the process is gone after ``close``."""

    found = Signal(object)
    progressed = Signal(int, int, str, object)
    finished = Signal()
    failed = Signal(str)
    ended = Signal()

    def __init__(self, folder: Path, paths: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths = tuple(paths)
        self.known = 0
        self._troublesome: list[int] = []
        self._untold: list[Prospect] = []
        self._is_over = False
        self._telling = Throttle(self, TELL_MS, self._tell)
        self.child = Child("scout", folder, self)
        self.child.said.connect(self._hear)
        self.child.restarted.connect(self._go_on)
        self.child.gave_up.connect(self._fail)
        self.child.ended.connect(self.ended)

    def start(self) -> None:
        self.child.start()
        self._ask()

    def close(self) -> None:
        """No more is wanted; ``ended`` follows."""
        self._is_over = True
        self._telling.stop()
        self.child.close()

    def _ask(self) -> None:
        self.child.tell(
            {"look": [str(path) for path in self.paths], "known": self.known, "troublesome": self._troublesome}
        )

    @Slot()
    def _go_on(self) -> None:
        """It ended at a file: at the one after those that it told of."""
        if not self._is_over:
            self._troublesome.append(self.known)
            self._ask()

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        if self._is_over:
            return
        if message["event"] == "file":
            self.known += 1
            self._untold.append(prospect_of(message))
            self._telling.ask()
        elif message["event"] == "progress":
            self.progressed.emit(message["done"], message["total"], message["what"], message["seconds_left"])
        elif message["event"] == "finished":
            self._is_over = True
            self._tell()
            self.finished.emit()
        else:
            self._fail(message["message"])

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._is_over = True
        self._tell()
        self.failed.emit(sentence)

    def _tell(self) -> None:
        self._telling.stop()
        untold, self._untold = self._untold, []
        if untold:
            self.found.emit(untold)
