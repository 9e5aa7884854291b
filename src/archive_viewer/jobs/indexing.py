"""Keeping texts and index in step with the library.

A library in, progress out; the library knows which texts are still to be derived, and what the index lacks.
"""

from __future__ import annotations

from archive_viewer.jobs.job import Job
from archive_viewer.library import Library


def update_index(library: Library, job: Job, is_idle: bool = True) -> int:
    """Bring every changed item into the index; gives how many there were.

    ``is_idle``: nobody waits for what comes after, so that small segments may be joined.

    :raises Cancelled: a person stopped it; the index is whole, and the rest stays queued.
    """
    renew_texts(library, job)
    done, total = 0, library.count_unindexed()
    while True:
        job.report(done, max(total, done), "Index")
        indexed = library.index_some(is_idle=is_idle)
        if not indexed:
            return done
        done += indexed


def renew_texts(library: Library, job: Job) -> None:
    """Derive the texts that an act has left to be derived, because it was about many pages.

    :raises Cancelled: a person stopped it; the rest stays queued.
    """
    done, total = 0, library.count_outdated()
    while count := library.renew_texts():
        done += count
        job.report(done, max(total, done), "Texts")


def rebuild_index(library: Library, job: Job) -> int:
    """Throw the index away and make it anew from the library.

    :raises Cancelled: a person stopped it; the rest stays queued.
    """
    library.drop_index()
    return update_index(library, job)
