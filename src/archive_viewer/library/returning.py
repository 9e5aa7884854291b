"""Files given back as they came, for many pages; and what going back to an earlier copy of the database would change.

Ids and a folder in, files out; a copy in, numbers out.  Separate from the packing because neither hands over the whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from archive_viewer.errors import BackupMissing, FileRefused, OriginalAltered, OriginalMissing
from archive_viewer.library import backups, places
from archive_viewer.library.accounts import Difference, GivenBack
from archive_viewer.library.merging import Merging
from archive_viewer.library.packing import unheard
from archive_viewer.library.spreading import Files, Spread, Written
from archive_viewer.storage import comparisons, strangers
from archive_viewer.storage.contents import Stored
from archive_viewer.storage.database import Connection, Database
from archive_viewer.storage.drafts import Pause, Report


class Returning(Merging):
    """The part of a library that gives back what came, and looks back at what was."""

    def give_back_all(
        self, ids: Sequence[str], folder: Path, report: Report = unheard, *, leave_out_damaged: bool = False
    ) -> list[GivenBack]:
        """Write the files of many items into ``folder`` as they came, each page with its folder and its names.

        Pages of one saved file are one, and files that pages share are written once.  Where another page has a name
        already, the files go into a numbered folder of their own, in which the names are right again.

        ``leave_out_damaged``: pages whose stored files are lost or altered are left out, each told with its reason.

        :raises UnknownId: one of the items does not exist; nothing was written.
        :raises OriginalMissing: a stored file is gone, and is not to be left out; nothing is left behind.
        :raises OriginalAltered: a stored file is not as it came in, and is not to be left out; nothing is left behind.
        :raises ExportFailed: a file of that name is there already, a name leads out of the folder, or the folder
            cannot be written or is the library's own; nothing is left behind.
        :raises DiskFull: there is no room; nothing is left behind.
        """
        places.require_outside(self.folder, folder)
        found = [(item.id, self.files(item.id)) for item in self._known(list(dict.fromkeys(ids)))]
        originals = {one.sha256: Stored(one.sha256, name, one.size) for _, files in found for name, one in files}
        together: dict[Files, list[str]] = {}
        for item_id, files in found:
            together.setdefault(tuple((name, one.sha256) for name, one in files), []).append(item_id)
        damage: dict[str, str] = {}
        for one in originals.values():
            if not self._originals.has(one.sha256):
                if not leave_out_damaged:
                    raise OriginalMissing(one.sha256, one.name)
                self._note_damage(one)
                damage[one.sha256] = str(OriginalMissing(one.sha256, one.name))
        spread = Spread(folder)
        paths = {files: spread.place(files) for files in together if not _why(files, damage)}
        spread.require_free()
        with spread.writing() as written:
            for path, sha256 in spread.wanted.items():
                tell = partial(report, written.done, len(spread.wanted), originals[sha256].name, originals[sha256].size)
                tell()
                if sha256 not in damage and (trouble := self._write(written, path, originals[sha256], tell)):
                    self._note_damage(originals[sha256])
                    if not leave_out_damaged:
                        raise trouble
                    damage[sha256] = str(trouble)
                written.done += 1
            whole = {path for files, some in paths.items() if not _why(files, damage) for path in some}
            written.take_back(path for path in spread.wanted if path not in whole)
            report(len(spread.wanted), len(spread.wanted), "", 0)
        answers = [
            GivenBack(tuple(item_ids), () if (why := _why(files, damage)) else tuple(paths[files]), why)
            for files, item_ids in together.items()
        ]
        self._note_given([id for answer in answers if not answer.damage for id in answer.item_ids], folder)
        return answers

    def _write(
        self, written: Written, target: Path, one: Stored, tell: Pause
    ) -> OriginalMissing | OriginalAltered | None:
        """Write one file; gives what is wrong with it, if anything is."""
        try:
            is_whole = written.copy(self._originals.path(one.sha256), target, tell).sha256 == one.sha256
        except FileRefused:
            return OriginalMissing(one.sha256, one.name)
        return None if is_whole else OriginalAltered(one.sha256, one.name)

    def _note_given(self, ids: Sequence[str], folder: Path) -> None:
        if self.is_writable:
            with self._database.writing() as connection:
                for id in ids:
                    self._happened(connection, "dissemination", id, detail=f"given back to {folder.name}")

    # -- going back ---------------------------------------------------------------------------------------------

    def compare_backup(self, backup: Path, report: Report = unheard) -> list[Difference]:
        """What going back to a copy of the database would change, kind by kind; kinds that stay are left out.

        :raises Cancelled: a person stopped it.
        :raises BackupMissing: there is no such copy, or it is the library's database itself.
        :raises LibraryDamaged: it is not whole.
        :raises LibraryTooNew: a newer program wrote it.
        """
        backups.require_copy(self.folder, backup)
        with _earlier(backup) as then, self._database.reading() as present:
            compared = comparisons.differences(present, then, lambda done, total: report(done, total, "", 0))
            found = [Difference(kind, *counts) for kind, counts in compared.items()]
        return [one for one in found if one.lost or one.regained or one.changed]


def _why(files: Files, damage: Mapping[str, str]) -> str:
    """What is wrong with the first of these files that is damaged; empty where all are whole."""
    return next((damage[sha256] for _, sha256 in files if sha256 in damage), "")


@contextmanager
def _earlier(backup: Path) -> Iterator[Connection]:
    """A copy of the database to be read; one of an older form is brought to the present one in a place of its own."""
    if not backup.is_file():
        raise BackupMissing(backup)
    with strangers.resting(backup) as connection:
        if strangers.is_of_this_form(connection):
            yield connection
            return
    with TemporaryDirectory(prefix="archive-viewer-") as place:
        copy = Path(place) / "library.db"
        shutil.copyfile(backup, copy)
        with closing(Database(copy, is_writable=True)) as database, database.reading() as connection:
            yield connection
