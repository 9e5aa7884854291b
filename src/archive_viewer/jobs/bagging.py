"""Bags and copies as long work: a library packed, copied, and taken out of a bag again.

A library or a bag's folder in; what was written, or a line for each file that came in, out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Bag, Library, Packed
from archive_viewer.model import ImportLine


def pack(
    library: Library, folder: Path, job: Job, *, organization: str = "", leave_out_damaged: bool = False
) -> Packed:
    """Write the library as a bag.

    :raises Cancelled: a person stopped it; nothing is left behind.
    """
    return library.bag(folder, job.report, organization=organization, leave_out_damaged=leave_out_damaged)


def copy(library: Library, folder: Path, job: Job) -> Packed:
    """Copy the library into a new folder.

    :raises Cancelled: a person stopped it; nothing is left behind.
    """
    return library.copy_library(folder, job.report)


def import_bag(library: Library, bag: Bag, job: Job) -> Iterator[ImportLine]:
    """Take the files of a bag in, as one accession to which what the bag says of itself belongs.

    :raises Cancelled: a person stopped it; what came in until then is kept.
    """
    accession = library.begin_bag(bag)
    yield from import_paths(library, accession.id, [bag.folder / "data"], job)


def packed(result: Packed) -> str:
    """What was written, in a sentence or two."""
    files = "1 stored file" if result.files == 1 else f"{result.files:,} stored files"
    damaged = list(result.damaged.values())
    more = f" and {len(damaged) - 1:,} more" if len(damaged) > 1 else ""
    told = f"  “{damaged[0]}”{more}: lost or altered, and told under Needs Attention." if damaged else ""
    return f"{files} written to {result.folder}, {result.size:,} bytes, every checksum compared.{told}"
