"""The worker: the window's child that imports, indexes and checks, one task after the other.

A library's folder, and messages on standard input (``wake``, ``cancel``, ``index``) in; messages about progress,
changes and ends out.  It takes its work from a table in the library, so that a kill at any moment loses nothing: a
task found running when the worker starts was cut off, and is taken up again.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import queue
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from archive_viewer.errors import ArchiveViewerError, Cancelled
from archive_viewer.jobs.bagging import carry_out
from archive_viewer.jobs.event_log import export_events
from archive_viewer.jobs.importing import import_paths, summary
from archive_viewer.jobs.indexing import rebuild_index, update_index
from archive_viewer.jobs.job import Job, Progress
from archive_viewer.jobs.processes import NICENESS, heard, say, watch
from archive_viewer.jobs.recleaning import clean_again
from archive_viewer.jobs.recleaning import summary as recleaned
from archive_viewer.jobs.retrying import try_again
from archive_viewer.jobs.upkeep import QuietCheck, check_fixity, repair
from archive_viewer.library import Library, Task

LOG = logging.getLogger(__name__)

SEARCHABLE_SECONDS = 5.0
"""While an import goes on, its pages are brought into the index so often: each commit costs a tenth of a second."""

CHANGES_A_SECOND = 4

QUIET_SECONDS = 30.0
"""So long nobody has wished for anything when the check of what is due begins: somebody at work is not disturbed."""

DUE_AGAIN_SECONDS = 3_600.0
"""A window may stay open for weeks: so often it is looked whether files have become due."""


class Worker:
    """One thread listens, the other works; only the working one touches the library."""

    def __init__(
        self, folder: Path, messages: TextIO, answers: TextIO, *, quiet_seconds: float = QUIET_SECONDS
    ) -> None:
        self._folder = folder
        self._quiet_seconds = quiet_seconds
        self._messages = messages
        self._answers = answers
        self._wishes: queue.Queue[str] = queue.Queue()
        self._job: Job | None = None
        self._task_id = ""
        self._told_at = 0.0
        self._failures = 0
        self._news: list[str] = []

    def run(self) -> None:
        """Work until standard input closes, after everything that a person waits for."""
        if hasattr(os, "nice"):
            os.nice(NICENESS)
        threading.Thread(target=self._listen, daemon=True).start()
        with Library.open(self._folder, "worker") as library:
            while True:
                while waiting := library.tasks():
                    self._do(library, waiting[0])
                self._index(library)
                self._wait(library)

    def _listen(self) -> None:
        for line in self._messages:
            message = heard(line)
            if message.get("do") == "cancel":
                if self._job is not None and message.get("task") == self._task_id:
                    self._job.cancel()
            else:
                self._wishes.put("look")
        # The window is gone: what is going on is cut off here and taken up at the next start.
        os._exit(0)

    def _do(self, library: Library, task: Task) -> None:
        self._task_id, self._job = task.id, Job(lambda progress: self._show(task.id, progress), watch)
        self._failures = 0
        library.set_task_state(task.id, "running")
        kind = ""
        try:
            message, state = self._carry_out(library, task, self._job), "done"
        except Cancelled as stop:
            message, state = str(stop), "cancelled"
        except ArchiveViewerError as error:
            message, state, kind = str(error), "failed", type(error).__name__
        except Exception:
            # The other place where a bug of ours is caught: the worker goes on with the next task.
            LOG.exception("the task “%s” failed", task.label)
            message, state = "This task stopped because of a fault in Archive Viewer; the log says more.", "failed"
        faulthandler.cancel_dump_traceback_later()
        self._job = None
        library.set_task_state(task.id, state, message)
        end = {"event": "finished", "task": task.id, "state": state, "message": message}
        # Done is not well: a check that found a loss has come to its end like any other.
        self._say({**end, "failures": self._failures, **({"error": kind} if kind else {})})
        self._changed()

    def _carry_out(self, library: Library, task: Task, job: Job) -> str:
        if task.kind == "rebuild":
            return f"{rebuild_index(library, job):,} pages are in the index."
        if task.kind == "fixity":
            return self._check(library, task, job)
        if task.kind == "repair":
            said = repair(library, Path(task.arguments["place"]), job)
            self._failures = library.fixity_state().failed
            return said
        if task.kind == "retry":
            wanted, was_begun = task.arguments, task.state == "running"
            return try_again(library, wanted["path"], wanted["accession"], job, was_cut_off=was_begun)
        if task.kind == "events":
            which = dict(task.arguments)
            path = Path(which.pop("path"))
            return f"{export_events(library, path, which, job):,} events written to {path}."
        if task.kind == "clean-again":
            for line in clean_again(library, task, job):
                self._news.append(line.item_id)
                if time.monotonic() - self._told_at > 1 / CHANGES_A_SECOND:
                    self._changed()
            return recleaned(library.recleanings(task.id))
        if task.kind in ("bag", "copy", "merge"):
            return carry_out(library, task, job)
        paths = [Path(path) for path in task.arguments["paths"]]
        left_out = frozenset(task.arguments.get("left_out", ()))
        was_cut_off = task.state == "running"
        indexed_at = time.monotonic()
        for _ in import_paths(library, task.accession_id, paths, job, was_cut_off=was_cut_off, left_out=left_out):
            if time.monotonic() - indexed_at > SEARCHABLE_SECONDS:
                self._index(library, is_idle=False)
                indexed_at = time.monotonic()
            if time.monotonic() - self._told_at > 1 / CHANGES_A_SECOND:
                self._changed()
        return summary(library.report(task.accession_id))

    def _check(self, library: Library, task: Task, job: Job) -> str:
        item_ids, with_sha512 = task.arguments.get("items"), bool(task.arguments.get("with_sha512"))
        total = 0
        for result in check_fixity(library, job, item_ids, with_sha512=with_sha512):
            total += 1
            if result.result != "ok":
                self._failures += 1
                # Told at once: the rest may take hours.
                if time.monotonic() - self._told_at > 1 / CHANGES_A_SECOND:
                    self._changed()
        files = "1 stored file" if total == 1 else f"{total:,} stored files"
        found = f"{self._failures:,} failed" if self._failures else "all are as they came"
        return f"{files} checked; {found}."

    def _wait(self, library: Library) -> None:
        """Until somebody wishes for something; after some quiet, stored files that are due are checked meanwhile."""
        with suppress(queue.Empty):
            self._wishes.get(timeout=self._quiet_seconds)
            return
        check = QuietCheck(library, lambda count: self._changed())
        check.start()
        try:
            with suppress(queue.Empty):
                self._wishes.get(timeout=DUE_AGAIN_SECONDS)
        finally:
            check.stop()

    def _index(self, library: Library, is_idle: bool = True) -> None:
        """Bring the index up to date; a trouble with it is no reason to stop working."""
        faulthandler.cancel_dump_traceback_later()
        try:
            if update_index(library, Job(), is_idle):
                self._changed()
        except ArchiveViewerError:
            LOG.exception("the index could not be brought up to date")

    def _show(self, task_id: str, progress: Progress) -> None:
        message = {
            "event": "progress",
            "task": task_id,
            "done": progress.done,
            "total": progress.total,
            "what": progress.what,
            "seconds_left": progress.seconds_left,
        }
        self._say(message)

    def _changed(self) -> None:
        self._told_at = time.monotonic()
        items, self._news = self._news, []
        self._say({"event": "changed", **({"items": items} if items else {})})

    def _say(self, message: dict[str, Any]) -> None:
        try:
            say(self._answers, message)
        except OSError:
            # Nobody listens any more: no fault of the task, which is cut off as when the input closes.
            os._exit(0)
