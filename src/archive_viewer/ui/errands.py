"""Long work that the window does itself, because it is none of the library's: proving a bag, writing files elsewhere.

In: a function that reports how far it is, and what to say when it is done.  Out: the same messages as the worker's, so
that the activity strip shows both alike.  Separate from the worker, which keeps its tasks in a library: these need no
library, change none, and are forgotten when they are cut off.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from archive_viewer.errors import ArchiveViewerError, Cancelled
from archive_viewer.jobs.job import Job, Progress
from archive_viewer.library import Library, Task
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.crossing import tell

T = TypeVar("T")


@dataclass(frozen=True)
class _Going:
    job: Job
    done: Callable[[Any], str]
    failed: Callable[[ArchiveViewerError], None]


@dataclass(frozen=True)
class _End:
    """``error`` and ``result`` are both None after a fault of ours, which is told where it happened."""

    id: str
    result: Any = None
    error: ArchiveViewerError | None = None
    is_broken: bool = False


class Errands(QObject):
    """Signals: ``begun`` – a ``Task`` to be shown; ``heard`` – a message about one, as the worker's are."""

    begun = Signal(object)
    heard = Signal(object)
    _reported = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._going: dict[str, _Going] = {}
        self._reported.connect(self.heard, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        kind: str,
        label: str,
        work: Callable[[Job], T],
        done: Callable[[T], str],
        *,
        failed: Callable[[ArchiveViewerError], None] | None = None,
        folder: str = "",
    ) -> str:
        """Begin ``work`` on a thread of its own; gives the errand's id.

        ``done`` gets what came of it, on the main thread, and gives the sentence that the strip says; ``failed`` gets
        the trouble, unless a person stopped it.  ``folder``: where what is written can be looked at.
        """
        id, job = self._begin(kind, label, done, failed, folder)
        threading.Thread(target=self._carry_out, args=(id, lambda: work(job)), name=f"errand-{kind}").start()
        return id

    def run_with(
        self,
        bridge: Bridge,
        kind: str,
        label: str,
        work: Callable[[Library, Job], T],
        done: Callable[[T], str],
        *,
        failed: Callable[[ArchiveViewerError], None] | None = None,
        folder: str = "",
    ) -> str:
        """As ``run``, with the library behind ``bridge``, which waits for it when it is closed."""
        id, job = self._begin(kind, label, done, failed, folder)
        bridge.ask(lambda library: self._carry_out(id, lambda: work(library, job)), lambda _: None)
        return id

    def cancel(self, id: str) -> bool:
        """Stop an errand; False: it is none of these, or is over."""
        going = self._going.get(id)
        if going is not None:
            going.job.cancel()
        return going is not None

    def stop_all(self) -> None:
        """Another library is shown, or none: whoever waited for these is gone."""
        for going in self._going.values():
            going.job.cancel()
        self._going.clear()

    def _begin(
        self,
        kind: str,
        label: str,
        done: Callable[[Any], str],
        failed: Callable[[ArchiveViewerError], None] | None,
        folder: str,
    ) -> tuple[str, Job]:
        id = str(uuid.uuid4())
        job = Job(lambda progress: tell(self, self._reported, _message(id, progress)))
        self._going[id] = _Going(job, done, failed or (lambda error: None))
        self.begun.emit(Task(id, kind, label, "waiting", "", "", "", "", {"folder": folder}))
        return id, job

    def _carry_out(self, id: str, work: Callable[[], Any]) -> None:
        end = _End(id, is_broken=True)
        try:
            end = _End(id, work())
        except ArchiveViewerError as error:
            end = _End(id, error=error)
        finally:
            tell(self, self._ended, end)

    @Slot(object)
    def _end(self, end: _End) -> None:
        going = self._going.pop(end.id, None)
        if going is None:
            return
        if end.is_broken:
            state, said = "failed", self.tr("This stopped because of a fault in Archive Viewer; the log says more.")
        elif isinstance(end.error, Cancelled):
            state, said = "cancelled", self.tr("Stopped.  Nothing of it was kept.")
        elif end.error is not None:
            state, said = "failed", str(end.error)
            going.failed(end.error)
        else:
            state, said = "done", going.done(end.result)
        self.heard.emit({"event": "finished", "task": end.id, "state": state, "message": said})


def _message(id: str, progress: Progress) -> dict[str, Any]:
    return {
        "event": "progress",
        "task": id,
        "done": progress.done,
        "total": progress.total,
        "what": progress.what,
        "seconds_left": progress.seconds_left,
    }
