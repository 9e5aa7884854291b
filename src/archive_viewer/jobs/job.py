"""A piece of long work as it is going on: what it says of itself, and how it is told to stop.

Separate from the work itself, so that a job is a plain function that can be run by the command line, by the worker
process or by a test, with nothing but a ``Job`` to report to.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from archive_viewer.errors import Cancelled

REPORTS_A_SECOND = 10


@dataclass(frozen=True)
class Progress:
    """A snapshot: ``total`` is 0 while nobody knows it, ``seconds_left`` None while it cannot be said."""

    done: int = 0
    total: int = 0
    what: str = ""
    seconds_left: float | None = None


class Job:
    """Guarantees: ``progress`` is always a whole snapshot; ``report`` raises ``Cancelled`` once ``cancel`` was called.

    ``show`` is called at most ten times a second, and with the first and the last report; ``at_each_report`` always.
    """

    def __init__(
        self,
        show: Callable[[Progress], None] = lambda progress: None,
        at_each_report: Callable[[int], None] = lambda size: None,
    ) -> None:
        self.progress = Progress()
        self._show = show
        self._at_each_report = at_each_report
        self._cancelled = threading.Event()
        self._began = time.monotonic()
        self._shown = 0.0

    def cancel(self) -> None:
        self._cancelled.set()

    def report(self, done: int, total: int, what: str = "", size: int = 0) -> None:
        """Say how far the work is, and how many bytes the next step may have to read.

        :raises Cancelled: a person has stopped it.
        """
        if self._cancelled.is_set():
            raise Cancelled
        self._at_each_report(size)
        moment = time.monotonic()
        left = (moment - self._began) / done * (total - done) if done and total else None
        self.progress = Progress(done, total, what, left)
        if moment - self._shown >= 1 / REPORTS_A_SECOND or done == total:
            self._shown = moment
            self._show(self.progress)
