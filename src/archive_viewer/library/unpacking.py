"""A bag of ours, in: a library made again from it, as it was when it was packed.

A proved bag and the path of a new folder in, that folder, whole, out.  Separate from the packing because there is no
library yet; what the bag's database says is looked through before any of it is used, since it may come from anybody.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

from archive_viewer.errors import BagRefused, ExportFailed, FileRefused, LibraryDamaged, LibraryThere
from archive_viewer.library import places
from archive_viewer.library.accounts import Packed
from archive_viewer.library.agents import AGENT
from archive_viewer.library.core import new_id, now
from archive_viewer.model import Event
from archive_viewer.storage import accessions, contents, drafts, events, fixity, stale, strangers, tasks
from archive_viewer.storage.bag_reading import Bag, said
from archive_viewer.storage.database import Connection, Database
from archive_viewer.storage.drafts import Report

DATABASE = "library.db"

ENDED = "This was asked for in the library that was packed."


def is_of_library(bag: Bag) -> bool:
    """Whether a bag was made of a library; it may still be refused."""
    if DATABASE not in bag.payload:
        return False
    return strangers.is_ours(bag.path(DATABASE)) or said(bag.info, "Bag-Software-Agent").startswith("Archive Viewer ")


def make_library(bag: Bag, folder: Path, report: Report) -> Packed:
    """Make the library again that a bag was made of; its index is built when it is opened.

    :raises LibraryThere: there is a library in ``folder``.
    :raises BagRefused: what is in the bag is no library of ours, or somebody has changed it.
    :raises LibraryTooNew: a newer program wrote it.
    :raises ExportFailed: there is something else at ``folder``, or it cannot be written.
    :raises DiskFull: there is no room for it.  In each of these cases nothing is left behind.
    """
    if places.is_library(folder):
        raise LibraryThere(folder)
    if places.is_within(folder, bag.folder):
        raise ExportFailed(
            f"{folder} lies in the bag itself.  Please choose a place outside of it; nothing was written."
        )
    with drafts.whole_folder(folder, report) as draft:
        drafts.require_room(folder, bag.size)
        try:
            drafts.copy(bag.path(DATABASE), draft / DATABASE, partial(report, 0, 0, DATABASE, bag.payload[DATABASE]))
            with strangers.resting(draft / DATABASE) as connection:
                strangers.require_sound(connection, bag.path(DATABASE))
                named = contents.stored(connection)
        except (LibraryDamaged, FileRefused) as error:
            raise BagRefused([str(error)]) from error
        absent = {}
        for done, one in enumerate(named):
            tell = partial(report, done, len(named), one.name, one.size)
            tell()
            name = f"originals/{one.sha256[:2]}/{one.sha256}"
            if name not in bag.payload:
                absent[one.sha256] = one.name
                continue
            try:
                copied = drafts.copy(bag.path(name), draft / name, tell, is_read_only=True)
            except FileRefused as error:
                raise BagRefused([f"“data/{name}”: {error}"]) from error
            if copied.sha256 != one.sha256:
                raise BagRefused([f"“data/{name}” is not the file that it is named after: its SHA-256 is another."])
        places.found(draft)
        with closing(Database(draft / DATABASE, is_writable=True)) as database, database.writing() as connection:
            _settle(connection, absent, bag)
        report(len(named), len(named), "", 0)
    return Packed(folder, len(named) - len(absent), sum(one.size for one in named if one.sha256 not in absent), absent)


def _settle(connection: Connection, absent: dict[str, str], bag: Bag) -> None:
    """What a library needs to know of having been unpacked: which stored files are not there, and that it was."""
    moment = now()
    tasks.end_all(connection, ENDED, moment)
    stale.add_all(connection)
    for sha256 in absent:
        fixity.put(connection, sha256, "missing", moment)
    whole = accessions.library_id(connection, moment)
    detail = f"unpacked from the bag {bag.folder.name}, whose checksums agree"
    events.add(connection, Event(new_id(), "unpacking", moment, whole, AGENT, "success", detail))
