"""The log of events handed over, as long work: hundreds of thousands of them take a while to write.

A library, a file and what is wanted in; how many were written out.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from archive_viewer.jobs.job import Job
from archive_viewer.library import Library


def export_events(library: Library, path: Path, wanted: Mapping[str, Any], job: Job) -> int:
    """Write events as PREMIS 3 XML; ``wanted`` says which, as the library is asked for them.

    :raises Cancelled: a person stopped it; an older file of that name is untouched.
    :raises ExportFailed: the file cannot be written.
    """
    total = library.count_events(**wanted)
    numbers = count(1)
    job.report(0, total, path.name)
    written = library.export_events(path, **wanted, at_each=lambda: job.report(next(numbers), total, path.name))
    job.report(total, total)
    return written
