"""Between the window and the library: calls go out to other threads, answers come back on the main thread.

In: a function of the library and what to do with its answer.  Out: that continuation, called on the main thread.
Separate because the main thread never waits: no widget calls the library itself, so the rule has one place to be
kept.  Reads run side by side; writes run one after another in the order in which they were asked for, so that two
quick acts of a person are undone in their true order.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from archive_viewer.errors import ArchiveViewerError, LibraryClosed
from archive_viewer.library import Changes, Library
from archive_viewer.ui.crossing import tell

T = TypeVar("T")

READERS = 3
"""Threads for reading: one slow question must not hold up the list that is being scrolled."""

POLL_MS = 700
"""How often another process's commits are looked for; the worker's own news arrives sooner, by its pipe."""


class Bridge(QObject):
    """Runs functions of one ``Library`` off the main thread.

    Signals: ``changed`` – a write of this process is stored; ``changed_elsewhere`` – another process has written,
    anything may be different; ``failed`` – a sentence for the archivist, from a call that named no ``failed`` of its
    own; ``closed`` – the library is closed and every thread has ended.
    """

    changed = Signal(object)
    changed_elsewhere = Signal()
    failed = Signal(str)
    closed = Signal()
    _answered = Signal(object)
    _library_closed = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="library-read")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="library-write")
        self._newest: dict[object, int] = {}
        self._asked = 0
        self._is_closing = False
        self._is_polling = False
        # Queued, always: work that is done before its answer is asked for would else be delivered in mid-call.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._library_closed.connect(self._confirm_closed, Qt.ConnectionType.QueuedConnection)
        library.listen(self._announce)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.look_for_news)
        self._timer.start()

    def ask(
        self,
        question: Callable[[Library], T],
        then: Callable[[T], None],
        *,
        owner: QObject | None = None,
        newest: object = None,
        failed: Callable[[ArchiveViewerError], None] | None = None,
    ) -> None:
        """Call ``question`` on a reading thread and ``then`` with its answer on the main thread.

        ``owner``: drop the answer when this widget has gone.  ``newest``: drop it when a later question with the
        same key was asked meanwhile.
        """
        self._submit(self._reading, question, then, owner, newest, failed)

    def do(
        self,
        act: Callable[[Library], T],
        then: Callable[[T], None] | None = None,
        *,
        owner: QObject | None = None,
        failed: Callable[[ArchiveViewerError], None] | None = None,
    ) -> None:
        """Call ``act``, which writes, after every earlier act; then ``then`` on the main thread.

        An act that comes while the library is closed is not done, and that is told as any other failure.
        """
        if self._is_closing:
            error = LibraryClosed(self.library.name)
            failed(error) if failed else self.failed.emit(str(error))
            return
        self._submit(self._writing, act, then or _nothing, owner, None, failed)

    @Slot()
    def look_for_news(self) -> None:
        """Ask whether another process has written; ``changed_elsewhere`` tells."""
        if self._is_polling or self._is_closing:
            return
        self._is_polling = True
        self.ask(Library.poll, self._polled)

    def close(self) -> None:
        """Let what was asked for end, close the library, then emit ``closed``; returns at once."""
        if self._is_closing:
            return
        self._is_closing = True
        self._timer.stop()
        self._reading.shutdown(wait=False, cancel_futures=True)
        self._writing.submit(self._close_library).add_done_callback(self._when_closed)
        self._writing.shutdown(wait=False)

    def _close_library(self) -> None:
        self._reading.shutdown(wait=True)
        self.library.close()

    def _when_closed(self, future: Future[None]) -> None:
        tell(self, self._library_closed, future)

    @Slot(object)
    def _confirm_closed(self, future: Future[None]) -> None:
        self.closed.emit()
        future.result()

    def _submit(
        self,
        executor: ThreadPoolExecutor,
        work: Callable[[Library], Any],
        then: Callable[[Any], None],
        owner: QObject | None,
        newest: object,
        failed: Callable[[ArchiveViewerError], None] | None,
    ) -> None:
        if self._is_closing:
            return
        self._asked += 1
        number = self._asked
        if newest is not None:
            self._newest[newest] = number

        def answer(future: Future[Any]) -> None:
            if (owner is not None and not shiboken6.isValid(owner)) or (
                newest is not None and self._newest[newest] != number
            ):
                return
            error = future.exception()
            if error is None:
                then(future.result())
            elif isinstance(error, ArchiveViewerError):
                failed(error) if failed else self.failed.emit(str(error))
            else:
                raise error

        def deliver(future: Future[Any]) -> None:
            if not future.cancelled():
                tell(self, self._answered, lambda: answer(future))

        executor.submit(work, self.library).add_done_callback(deliver)

    def _announce(self, changes: Changes) -> None:
        tell(self, self._answered, lambda: self.changed.emit(changes))

    @Slot(object)
    def _deliver(self, answer: Callable[[], object]) -> None:
        if not self._is_closing:
            answer()

    def _polled(self, has_changed: bool) -> None:
        self._is_polling = False
        if has_changed:
            self.changed_elsewhere.emit()


def _nothing(_answer: object) -> None:
    pass
