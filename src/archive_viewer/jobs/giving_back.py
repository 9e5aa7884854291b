"""The original files of many pages given back: all that can be, with the reason for each page that cannot.

Ids and a folder in; what was written, and what was not, out.  The library itself gives back all or nothing; here a page
whose stored file is lost or altered keeps nobody from the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive_viewer.errors import OriginalAltered, OriginalMissing
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
    wanted = list(dict.fromkeys(item_ids))
    refused: dict[str, tuple[str, str]] = {}
    needed: dict[str, set[str]] = {}
    while wanted:
        try:
            return Given(folder, tuple(library.give_back_all(wanted, folder, job.report)), refused)
        except (OriginalMissing, OriginalAltered) as error:
            # Looked up once: of a disk that lost many files each is met in its turn.
            needed = needed or {id: {original.sha256 for _, original in library.files(id)} for id in wanted}
            concerned = {id for id in wanted if error.sha256 in needed[id]}
            if not concerned:
                raise
            refused |= {item.id: (item.title, str(error)) for item in library.items(sorted(concerned))}
            wanted = [id for id in wanted if id not in concerned]
    return Given(folder, (), refused)
