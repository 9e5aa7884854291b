"""Fixity: every stored file read anew and its checksum compared.  A library in, results out."""

from __future__ import annotations

from collections.abc import Iterator

from archive_viewer.jobs.job import Job
from archive_viewer.library import FixityResult, Library


def check_fixity(library: Library, job: Job) -> Iterator[FixityResult]:
    """Check all originals, the one checked longest ago first.

    :raises Cancelled: a person stopped it; what was checked is kept.
    """
    total = library.count_originals()
    for done, result in enumerate(library.verify_originals()):
        job.report(done, total, result.file_name)
        yield result
    job.report(total, total)
