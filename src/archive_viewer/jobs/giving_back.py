"""The original files of many pages given back: all that can be, with the reason for each page that cannot.

Ids and a folder in; what was written, and what was not, out.  A page whose stored file is lost or altered keeps nobody
from the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive_viewer.jobs.job import Job
from archive_viewer.library import GivenBack, Library


@dataclass(frozen=True)
class Given:
    """``written``: the pages with their files; ``refused``: the title of each page that was not → why, in a sentence,
    by the page's id."""

    folder: Path
    written: tuple[GivenBack, ...]
    refused: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def files(self) -> int:
        """How many files were written; pages may share one."""
        return len({path for one in self.written for path in one.paths})

    @property
    def pages(self) -> int:
        return sum(len(one.item_ids) for one in self.written)


def give_back(library: Library, item_ids: Sequence[str], folder: Path, job: Job) -> Given:
    """Write the files of these items into ``folder`` as they came, but for items whose stored files are damaged.

    :raises Cancelled: a person stopped it; nothing is left behind.
    :raises: as ``Library.give_back_all``, for what concerns the folder.
    """
    answers = library.give_back_all(item_ids, folder, job.report, leave_out_damaged=True)
    damage = {id: one.damage for one in answers if one.damage for id in one.item_ids}
    refused = {item.id: (item.title, damage[item.id]) for item in library.items(list(damage))}
    return Given(folder, tuple(one for one in answers if not one.damage), refused)
