"""Why nothing stands in an accession: its pages lie in the bin, are gone for good, or none came in with it.

In: an accession's id.  Out: a title and a sentence for the list that is empty.  Separate from the list, which knows
only the pages that are there.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archive_viewer.library import Library
from archive_viewer.ui import wording


@dataclass(frozen=True)
class Whereabouts:
    """How many pages of an accession lie in the bin, and how many are there no more."""

    in_bin: int
    gone: int

    @property
    def sentence(self) -> str:
        tr = QCoreApplication.translate
        said = []
        if self.in_bin:
            pages = wording.counted(self.in_bin, tr("Emptied", "page lies"), tr("Emptied", "pages lie"))
            why = tr("Emptied", "{pages} in the bin: the import or the merging was undone, or they were put there.")
            said.append(why.format(pages=pages))
        if self.gone:
            pages = wording.counted(self.gone, tr("Emptied", "page was"), tr("Emptied", "pages were"))
            said.append(tr("Emptied", "{pages} deleted for good or given up.").format(pages=pages))
        none = tr("Emptied", "No page came in with it; its import report says what became of each file.")
        return "  ".join(said) or none


def whereabouts(library: Library, accession_id: str) -> Whereabouts:
    """Where the pages of an accession are that are not in the list."""
    ids = list(
        dict.fromkeys(id for line in library.report(accession_id) for id in line.item_ids if _came(line.outcome))
    )
    found = library.items(ids)
    mine = [item for item in found if item.accession_id == accession_id]
    return Whereabouts(sum(bool(item.deleted_at) for item in mine), len(ids) - len(found))


def _came(outcome: str) -> bool:
    # A duplicate names the page that was there before.
    return outcome == "imported"
