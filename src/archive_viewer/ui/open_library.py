"""A library while its window is open: the bridge to it and its two children, started and ended together.

In: a library.  Out: what its parts have to say, as signals.  Separate from the window, which shows one library after
another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from archive_viewer.library import Changes, IndexState, Library, Task
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.children import Child, Searcher
from archive_viewer.ui.rereader import Rereader
from archive_viewer.ui.scout import Scout
from archive_viewer.ui.timers import Throttle, debounced

INDEX_AFTER_MS = 500
"""Quiet after a person's last write before the worker is asked to bring the index up to date."""

STATE_AFTER_MS = 600


class OpenLibrary(QObject):
    """Signals: ``heard`` – a worker's message about a task; ``state_changed`` – an ``IndexState``; ``failed`` – a
    sentence; ``closed`` – everything has ended."""

    heard = Signal(object)
    state_changed = Signal(object)
    failed = Signal(str)
    closed = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path = library.folder
        self.name = library.name
        self.is_writable = library.is_writable
        self.why_read_only = library.why_read_only
        self.place_warning = library.place_warning
        self.bridge = Bridge(library, self)
        self.searcher = Searcher(library.folder, self)
        self._worker = Child("worker", library.folder, self) if library.is_writable else None
        self._passing: set[Scout | Rereader] = set()
        self._open_parts = 2 + (self._worker is not None)
        self._indexing = debounced(self, INDEX_AFTER_MS, self._ask_for_indexing)
        self._asking_state = Throttle(self, STATE_AFTER_MS, self._ask_for_state)
        self.bridge.failed.connect(self.failed)
        self.bridge.changed.connect(self._follow_changes)
        self.bridge.changed_elsewhere.connect(self._asking_state.ask)
        self.bridge.closed.connect(self._count_down)
        self.searcher.child.gave_up.connect(self.failed)
        self.searcher.child.ended.connect(self._count_down)
        if self._worker is not None:
            self._worker.said.connect(self._hear)
            self._worker.gave_up.connect(self.failed)
            self._worker.ended.connect(self._count_down)
            self._worker.start()
        self.searcher.child.start()
        self._asking_state.ask()

    # -- long work ----------------------------------------------------------------------------------------------

    def scout(self, paths: Sequence[Path]) -> Scout:
        """Someone to look at files before they are imported; to be started, and closed."""
        scout = Scout(self.folder, paths, self)
        self._keep_until_ended(scout)
        return scout

    def rereader(self, item_id: str) -> Rereader:
        """Someone to look at a page in other character sets, and to read it again; to be closed."""
        rereader = Rereader(self.folder, item_id, self)
        self._keep_until_ended(rereader)
        return rereader

    def _keep_until_ended(self, child: Scout | Rereader) -> None:
        self._passing.add(child)
        self._open_parts += 1

        def gone() -> None:
            self._passing.discard(child)
            child.deleteLater()
            self._count_down()

        child.ended.connect(gone)

    def import_paths(self, paths: Sequence[Path], then: Callable[[Task], None], left_out: Sequence[str] = ()) -> None:
        """Ask for files and folders to be copied in, but for those left out; ``then`` gets the task."""
        self.request(lambda library: library.request_import(list(paths), left_out), then)

    def request(self, ask: Callable[[Library], Task], then: Callable[[Task], None]) -> None:
        """Ask for a long task and wake the worker."""

        def asked(task: Task) -> None:
            then(task)
            self._tell({"do": "wake"})

        self.bridge.do(ask, asked, owner=self)

    def cancel(self, task_id: str, then: Callable[[], None]) -> None:
        """Stop a task, whether it waits or runs."""
        self._tell({"do": "cancel", "task": task_id})
        self.bridge.do(lambda library: library.cancel_task(task_id), lambda _: then(), owner=self)

    # -- the end ------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Let everything end; ``closed`` follows."""
        self._indexing.stop()
        self._asking_state.stop()
        if self._worker is not None:
            self._worker.close()
        self.searcher.child.close()
        for child in tuple(self._passing):
            child.close()
        self.bridge.close()

    @Slot()
    def _count_down(self) -> None:
        self._open_parts -= 1
        if not self._open_parts:
            self.closed.emit()

    # -- news ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("event") == "changed":
            if items := message.get("items"):
                # Pages that were here already, and may be open; what comes in new is news like any other.
                self.bridge.changed.emit(Changes(items=frozenset(items)))
            self.bridge.look_for_news()
        else:
            self.heard.emit(message)

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if changes.items or changes.annotations or changes.rules:
            self._indexing.start()

    def _ask_for_indexing(self) -> None:
        self._tell({"do": "index"})
        self._asking_state.ask()

    def _ask_for_state(self) -> None:
        self.bridge.ask(Library.index_state, self._show_state, owner=self, newest="index state")

    def _show_state(self, state: IndexState) -> None:
        self.state_changed.emit(state)

    def _tell(self, message: dict[str, Any]) -> None:
        if self._worker is not None:
            self._worker.tell(message)
