"""Fixity: stored files read anew and their checksums compared, all at once or little by little while nobody waits.

A library in, results out.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from archive_viewer.errors import ArchiveViewerError, Cancelled
from archive_viewer.jobs.job import Job
from archive_viewer.library import FixityResult, Library
from archive_viewer.text import printable

LOG = logging.getLogger(__name__)

REST = 1.0
"""A check that nobody asked for rests as long as it worked, so that a disk is never its own for more than half."""

LONGEST_REST_SECONDS = 5.0

TOLD_SECONDS = 0.5


def check_fixity(
    library: Library,
    job: Job,
    item_ids: Sequence[str] | None = None,
    *,
    only_due: bool = False,
    with_sha512: bool = False,
) -> Iterator[FixityResult]:
    """Check stored files, the one seen longest ago first: all, those of some items, or those that are due.

    ``with_sha512``: those that have no SHA-512 yet, which get one.

    :raises Cancelled: a person stopped it; what was checked is kept.
    """
    done, name = 0, ""
    total = library.count_to_verify(item_ids, only_due=only_due, without_sha512=with_sha512)

    def look_up() -> None:
        job.report(done, total, name)

    if with_sha512:
        results = library.add_sha512(item_ids, at_each_piece=look_up)
    else:
        results = library.verify_originals(item_ids, only_due=only_due, at_each_piece=look_up)
    for done, result in enumerate(results, start=1):
        name = result.file_name
        job.report(done, total, name)
        yield result
    job.report(total, total)


def repair(library: Library, place: Path, job: Job) -> str:
    """Put lost and altered stored files back from a file or a folder, and say how many.

    :raises FileRefused: there is no such place.
    :raises Cancelled: a person stopped it; what was put back is kept.
    """
    looked_at, total, done = 0, len(library.failed_originals()), 0

    def look_up() -> None:
        nonlocal looked_at
        job.report(done, total, f"{looked_at:,} files looked at")
        looked_at += 1

    for done, _ in enumerate(library.repair_from(place, at_each_file=look_up), start=1):
        job.report(done, total)
    lacking = library.fixity_state().failed
    left = "  Nothing is lacking any more." if not lacking else f"  {lacking:,} still lost or altered."
    if done:
        put_back = "1 stored file was" if done == 1 else f"{done:,} stored files were"
        return f"{put_back} put back.{left}"
    return f"No stored file was put back{_why_not(place, total, looked_at)}.{left}"


def _why_not(place: Path, lacking: int, looked_at: int) -> str:
    """Why a repair put nothing back."""
    if not lacking:
        return ": none was lost or altered"
    stored = "the stored file that is" if lacking == 1 else "any stored file that is"
    if not place.is_dir():
        return f": the bytes of “{printable(place.name)}” are not those of {stored} lost or altered"
    if not looked_at:
        return f": there is no file in “{printable(place.name)}”"
    files = "1 file" if looked_at == 1 else f"{looked_at:,} files"
    return f": of {files} in “{printable(place.name)}” none has the bytes of {stored} lost or altered"


class QuietCheck:
    """The check of what is due, in a thread of its own that gives way to everything else.

    Guarantees: ``stop`` returns within a megabyte's reading; what was checked until then is kept.
    """

    def __init__(self, library: Library, failed: Callable[[int], None]) -> None:
        """``failed`` is told how many files failed since it was told last: of the first at once, of many together."""
        self._library = library
        self._failed = failed
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        self._stopped.set()
        self.wait()

    def wait(self) -> None:
        """Until all that is due was checked."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        give_way()
        begun = time.monotonic()

        def look_up() -> None:
            nonlocal begun
            worked = time.monotonic() - begun
            if self._stopped.wait(min(worked * REST, LONGEST_REST_SECONDS)):
                raise Cancelled
            begun = time.monotonic()

        untold, told_at = 0, 0.0
        try:
            for result in self._library.verify_originals(only_due=True, at_each_piece=look_up):
                untold += result.result != "ok"
                if untold and time.monotonic() - told_at > TOLD_SECONDS:
                    self._failed(untold)
                    untold, told_at = 0, time.monotonic()
        except Cancelled:
            pass
        except ArchiveViewerError:
            LOG.exception("the stored files that are due could not be checked")
        if untold:
            self._failed(untold)


def give_way() -> None:
    """Let this thread have the processor and the disk only when nobody else wants them, where the system can say so.

    Linux lets the class of the disk follow that of the processor (ioprio_set(2): without a class of its own a thread
    of SCHED_IDLE reads as an idle one).
    """
    if hasattr(os, "SCHED_IDLE"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
