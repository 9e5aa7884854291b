"""Files given back as they came, for many pages; and what going back to an earlier copy of the database would change.

Ids and a folder in, files out; a copy in, numbers out.  Separate from the packing because neither hands over the whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from archive_viewer.errors import BackupMissing, DiskFull, ExportFailed, FileRefused, OriginalAltered, OriginalMissing
from archive_viewer.library.accounts import Difference, GivenBack
from archive_viewer.library.merging import Merging
from archive_viewer.library.packing import unheard
from archive_viewer.model import Original
from archive_viewer.storage import comparisons, drafts, strangers
from archive_viewer.storage.database import Connection, Database
from archive_viewer.storage.drafts import Report

Files = tuple[tuple[str, str], ...]
"""Names, relative to the page's own folder, and digests; the page itself first."""


class Returning(Merging):
    """The part of a library that gives back what came, and looks back at what was."""

    def give_back_all(self, ids: Sequence[str], folder: Path, report: Report = unheard) -> list[GivenBack]:
        """Write the files of many items into ``folder`` as they came, each page with its folder and its names.

        Pages of one saved file are one, and files that pages share are written once.  Where another page has a name
        already, the files go into a numbered folder of their own, in which the names are right again.

        :raises UnknownId: one of the items does not exist; nothing was written.
        :raises OriginalMissing: a stored file is gone; nothing is left behind.
        :raises OriginalAltered: a stored file is not as it came in; nothing is left behind.
        :raises ExportFailed: a file of that name is there already, a name leads out of the folder, or the folder
            cannot be written; nothing is left behind.
        :raises DiskFull: there is no room; nothing is left behind.
        """
        found = [(item.id, self.files(item.id)) for item in self._known(list(dict.fromkeys(ids)))]
        originals = {one.sha256: (name, one) for _, files in found for name, one in files}
        together: dict[Files, list[str]] = {}
        for item_id, files in found:
            together.setdefault(tuple((name, one.sha256) for name, one in files), []).append(item_id)
        places, answers = _Places(folder), []
        for names, item_ids in together.items():
            answers.append(GivenBack(tuple(item_ids), tuple(places.place(names))))
        self._require_given(folder, places.wanted, originals)
        self._write_all(places.wanted, originals, folder, report)
        if self.is_writable:
            with self._database.writing() as connection:
                for item_id, _ in found:
                    self._happened(connection, "dissemination", item_id, detail=f"given back to {folder.name}")
        return answers

    def _require_given(
        self, folder: Path, wanted: Mapping[Path, str], originals: Mapping[str, tuple[str, Original]]
    ) -> None:
        """See to it, before anything is written, that all is there and nothing is in the way."""
        inside = folder.resolve()
        for target, sha256 in wanted.items():
            if not self._originals.has(sha256):
                raise OriginalMissing(sha256, originals[sha256][0])
            if not target.resolve().is_relative_to(inside):
                raise ExportFailed(f"A file of a page is named “{target}”, which leads out of the folder chosen.")
            if target.exists() or target.is_symlink():
                raise ExportFailed(f"There is already a file {target}; nothing was replaced.")

    def _write_all(
        self, wanted: Mapping[Path, str], originals: Mapping[str, tuple[str, Original]], folder: Path, report: Report
    ) -> None:
        written: list[Path] = []
        made: list[Path] = []
        try:
            for done, (target, sha256) in enumerate(wanted.items()):
                name, original = originals[sha256]
                tell = partial(report, done, len(wanted), name, original.size)
                tell()
                made += _make_folders(target.parent)
                written.append(target)
                if drafts.copy(self._originals.path(sha256), target, tell).sha256 != sha256:
                    raise OriginalAltered(sha256, name)
            report(len(wanted), len(wanted), "", 0)
        except BaseException as error:
            for path in written:
                path.unlink(missing_ok=True)
            for place in reversed(made):
                with suppress(OSError):
                    place.rmdir()
            if isinstance(error, FileRefused):
                raise OriginalMissing(sha256, originals[sha256][0]) from error
            if isinstance(error, OSError):
                if DiskFull.is_cause(error):
                    raise DiskFull(folder) from error
                raise ExportFailed(f"The file {target} could not be written: {error.strerror or error}.") from error
            raise

    # -- going back ---------------------------------------------------------------------------------------------

    def compare_backup(self, backup: Path, report: Report = unheard) -> list[Difference]:
        """What going back to a copy of the database would change, kind by kind; kinds that stay are left out.

        :raises Cancelled: a person stopped it.
        :raises BackupMissing: there is no such copy.
        :raises LibraryDamaged: it is not whole.
        :raises LibraryTooNew: a newer program wrote it.
        """
        with _earlier(backup) as then, self._database.reading() as present:
            compared = comparisons.differences(present, then, lambda done, total: report(done, total, "", 0))
            found = [Difference(kind, *counts) for kind, counts in compared.items()]
        return [one for one in found if one.lost or one.regained or one.changed]


class _Places:
    """Which file goes where, so that no two with other bytes share a name; some disks do not tell capitals apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: dict[str, str] = {}
        self.wanted: dict[Path, str] = {}

    def place(self, files: Files) -> Iterator[Path]:
        number = 1
        while not self._fits(inside := "" if number == 1 else f"{number}/", files):
            number += 1
        for name, sha256 in _apart(files):
            self._taken[f"{inside}{name}".casefold()] = sha256
            target = self._folder / f"{inside}{name}"
            self.wanted[target] = sha256
            yield target

    def _fits(self, inside: str, files: Files) -> bool:
        names = {f"{inside}{name}".casefold(): sha256 for name, sha256 in _apart(files)}
        return all(self._taken.get(name, sha256) == sha256 for name, sha256 in names.items())


def _apart(files: Files) -> Iterator[tuple[str, str]]:
    """The files of one page, each by a name of its own: names that were not UTF-8 read alike, and are numbered."""
    taken: dict[str, str] = {}
    for name, sha256 in files:
        number, own = 1, name
        while taken.get(own.casefold(), sha256) != sha256:
            number += 1
            path = PurePosixPath(name)
            own = str(path.with_stem(f"{path.stem} ({number})"))
        taken[own.casefold()] = sha256
        yield own, sha256


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder with those around it; gives the ones that were made, the outermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


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
