"""Some pages of a library, as a library of their own: what a bag of a part of the holdings has in it.

A whole database and the ids of items in, a smaller database out.  Everything that belongs to these pages comes along by
its ids; the undo history does not, since most of it is about other pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from archive_viewer import resemblance
from archive_viewer.library.core import now
from archive_viewer.storage import accessions, sketches, strangers, transfers
from archive_viewer.storage.database import Connection, Database
from archive_viewer.storage.drafts import Pause

PORTION = 100
"""Pages that are copied at a time: their blocks take some megabytes."""


def extract(whole: Path, part: Path, ids: Sequence[str], pause: Pause) -> None:
    """Write the database ``part`` with these items of ``whole``, which nobody has open."""
    with (
        strangers.resting(whole) as there,
        closing(Database(part, is_writable=True)) as database,
        database.writing() as here,
    ):
        accessions.library_id(here, now())
        for accession_id in transfers.accessions_of(there, ids):
            transfers.copy_accession(here, there, accession_id, transfers.numbers(there)[accession_id])
        transfers.keep_numbers_free(here)
        for original in transfers.files_of(there, ids):
            transfers.copy_original(here, there, original.sha256)
        for begin in range(0, len(ids), PORTION):
            pause()
            copy_pages(here, there, ids[begin : begin + PORTION])
        transfers.copy_belonging(here, there)


def copy_pages(here: Connection, there: Connection, ids: Sequence[str]) -> None:
    """Copy items with all that belongs to them; their accessions and originals are here already."""
    transfers.copy_with_items(here, there, ids)
    for id in ids:
        sketch = transfers.sketch_of(there, id)
        sketches.put(here, id, sketch, resemblance.bands(resemblance.unpacked(sketch)))
