"""Two ways of not doing a thing too often: after it has become quiet, or at most so often.

In: what to do and how many milliseconds.  Out: a timer to be started or asked.  Separate because each has its place: a
person's typing is waited out, an import's news must be shown while it goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

HURRY_MS = 40


def debounced(parent: QObject, milliseconds: int, act: Callable[[], None]) -> QTimer:
    """A timer that calls ``act`` once, ``milliseconds`` after it was started last."""
    timer = QTimer(parent, singleShot=True, interval=milliseconds)
    timer.timeout.connect(act)
    return timer


class Throttle(QTimer):
    """Calls ``act`` some time after it is asked to, once for all who asked meanwhile."""

    def __init__(self, parent: QObject, milliseconds: int, act: Callable[[], None]) -> None:
        super().__init__(parent, singleShot=True)
        self._usual = milliseconds
        self.timeout.connect(act)

    @Slot()
    def ask(self) -> None:
        """Something has changed, and more will: another process is at work."""
        if not self.isActive():
            self.start(self._usual)

    @Slot()
    def hurry(self) -> None:
        """A person has done something and waits to see it."""
        self.start(HURRY_MS)
