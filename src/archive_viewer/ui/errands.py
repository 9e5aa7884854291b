"""Long work that the window does itself, because it is none of the library's: proving a bag, writing files elsewhere.

In: a function that reports how far it is, and what to say when it is done.  Out: the same messages as the worker's, so
that the activity strip shows both alike.  Separate from the worker, which keeps its tasks in a library: these need no
library, change none, and are forgotten when they are cut off.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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


class Errands(QObject):
    """Signals: ``begun`` – a ``Task`` to be shown; ``heard`` – a message about one, as the worker's are."""

    begun = Signal(object)
    heard = Signal(object)
    _reported = Signal(object)
    _ended = Signal(str, object)
    _broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._going: dict[str, _Going] = {}
        self._reported.connect(self.heard, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._broke.connect(self._break, Qt.ConnectionType.QueuedConnection)

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
        thread = ThreadPoolExecutor(1, thread_name_prefix=f"errand-{kind}")
        thread.submit(work, job).add_done_callback(lambda future: tell(self, self._ended, id, future))
        thread.shutdown(wait=False)
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

        def question(library: Library) -> T:
            is_fault = True
            try:
                result = work(library, job)
                is_fault = False
            except ArchiveViewerError:
                is_fault = False
                raise
            finally:
                if is_fault:
                    # The bridge tells of the fault; here only its line must not go on for ever.
                    tell(self, self._broke, id)
            return result

        bridge.ask(
            question, lambda result: self._finish(id, result), owner=self, failed=lambda error: self._fail(id, error)
        )
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

    @Slot(str, object)
    def _end(self, id: str, future: Future[Any]) -> None:
        error = future.exception()
        if error is None:
            self._finish(id, future.result())
        elif isinstance(error, ArchiveViewerError):
            self._fail(id, error)
        else:
            self._break(id)
            raise error

    def _finish(self, id: str, result: Any) -> None:
        going = self._going.pop(id, None)
        if going is not None:
            self._say(id, "done", going.done(result))

    def _fail(self, id: str, error: ArchiveViewerError) -> None:
        going = self._going.pop(id, None)
        if going is None:
            return
        if isinstance(error, Cancelled):
            self._say(id, "cancelled", self.tr("Stopped.  Nothing of it was kept."))
        else:
            going.failed(error)
            self._say(id, "failed", str(error))

    @Slot(str)
    def _break(self, id: str) -> None:
        if self._going.pop(id, None) is not None:
            said = self.tr("This stopped because of a fault in Archive Viewer; the log says more.")
            self._say(id, "failed", said)

    def _say(self, id: str, state: str, sentence: str) -> None:
        self.heard.emit({"event": "finished", "task": id, "state": state, "message": sentence})


def _message(id: str, progress: Progress) -> dict[str, Any]:
    return {
        "event": "progress",
        "task": id,
        "done": progress.done,
        "total": progress.total,
        "what": progress.what,
        "seconds_left": progress.seconds_left,
    }
