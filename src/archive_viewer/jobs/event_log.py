"""The log of events handed over, as long work: hundreds of thousands of them take a while to write.

A library, a file and what is wanted in; how many were written out.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive_viewer.jobs.job import Job
from archive_viewer.library import Library


def export_events(library: Library, path: Path, wanted: Mapping[str, Any], job: Job) -> int:
    """Write events as PREMIS 3 XML; ``wanted`` says which, as the library is asked for them.

    :raises Cancelled: a person stopped it; an older file of that name is untouched.
    :raises ExportFailed: the file cannot be written.
    """
    job.report(0, 0, path.name)
    return library.export_events(path, **wanted, report=lambda done, total: job.report(done, total, path.name))
