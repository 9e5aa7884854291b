"""A refused or partly read file tried again.

A path and the accession in whose report it stands in, a sentence of what came of it out.  Separate from the import,
because a file that fails again must leave nothing but a word: it is looked at before there is an accession for it, and
what comes in then adds to the one where it was refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.jobs.importing import import_paths, summary
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.previewing import look_at_paths
from archive_viewer.library import Library
from archive_viewer.model import ImportLine

NOTHING = "Nothing was found there."


def try_again(library: Library, path: str, accession_id: str, job: Job, *, was_cut_off: bool = False) -> str:
    """Import a file once more, as an accession of its own that adds to the one which could not take it.

    ``was_cut_off``: the program ended while it did this; the accession that was begun is gone on with.

    :raises DiskFull: there is no room for it.
    :raises Cancelled: a person stopped it.
    """
    place = Path(path)
    begun = None
    if was_cut_off:
        accruals = library.accruals(accession_id)
        begun = next((one for one in reversed(accruals) if one.source == (path,) and one.state != "done"), None)
    if begun is None:
        lines = [prospect.line for prospect in look_at_paths(library, [place], job)]
        if all(line.outcome != "imported" for line in lines):
            return _in_vain(library, accession_id, lines)
        begun = library.begin_accession([place], accrues_to=accession_id)
    try:
        came = list(import_paths(library, begun.id, [place], job))
    except ArchiveViewerError:
        library.set_accession_state(begun.id, "cancelled")
        raise
    return summary(came)


def _in_vain(library: Library, accession_id: str, lines: Sequence[ImportLine]) -> str:
    """Keep why nothing comes in, with the report in which the file stands already."""
    refused = {line.path for line in library.report(accession_id) if line.outcome == "refused"}
    for line in lines:
        if line.outcome == "refused":
            library.note_refused_again(accession_id, line.path, line.reason)
        elif line.path in refused:
            # It has come in by another way meanwhile: the newest line of a file is the one that counts.
            library.note_line(accession_id, line)
    return "  ".join(dict.fromkeys(line.reason for line in lines)) or NOTHING
