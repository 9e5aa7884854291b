"""A library as a whole, out: as a bag for another archive, or as a copy that can be opened at once.

A target's path in, a folder that is whole out, or nothing.  The database is copied as it is at one moment while others
read and write; the stored files, which never change, follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from archive_viewer.errors import BagIncomplete, FileRefused, GivenUpMeanwhile
from archive_viewer.exporting import csv_table
from archive_viewer.library import places
from archive_viewer.library.accounts import Packed
from archive_viewer.library.agents import AGENT
from archive_viewer.library.core import now
from archive_viewer.library.extracting import extract
from archive_viewer.library.keeping import Keeping
from archive_viewer.model import Accession
from archive_viewer.storage import accessions, contents, drafts, fixity, stale, strangers, tasks
from archive_viewer.storage.bag_reading import Bag
from archive_viewer.storage.bag_writing import BagWriter
from archive_viewer.storage.contents import Stored
from archive_viewer.storage.database import Connection, Database
from archive_viewer.storage.drafts import Report
from archive_viewer.text import printable

NOT_HERE = "This was asked for in the library of which this is a copy."

README = """\
This folder is a bag: files together with lists by which anybody can prove that none was lost or changed
(BagIt 1.0, RFC 8493).  It holds the library “{name}” of Archive Viewer, a program for reading, searching and citing
saved web pages, as it was on {date}: {items}, {files}.

  data/library.db    the descriptions, the texts, and all marks, notes and links: an SQLite 3 database
  data/originals/    the saved files themselves, byte for byte; each is named by the SHA-256 checksum of its bytes
  data/files.csv     what each of them was called, of which page it is a part, and when and from where that was saved
  manifest-*.txt     the checksum of every file in data/
  tagmanifest-*.txt  the checksums of these lists, of this text and of bag-info.txt

To use it again: archive-viewer unbag THIS-FOLDER --library NEW-FOLDER.  Without the program, any SQLite reader opens
library.db: the table "article" holds the text of each page, the table "annotation" each mark with its words.
{left_out}"""


def unheard(done: int, total: int, what: str, size: int) -> None:
    """Nobody asks how far it is."""


class Packing(Keeping):
    """The part of a library that hands over all of it."""

    @property
    def library_id(self) -> str:
        """The library's own id, which its copies and bags share."""
        with self._database.reading() as connection:
            return accessions.known_library_id(connection)

    # -- bags ---------------------------------------------------------------------------------------------------

    def bag(
        self,
        folder: Path,
        report: Report = unheard,
        *,
        item_ids: Sequence[str] | None = None,
        organization: str = "",
        leave_out_damaged: bool = False,
    ) -> Packed:
        """Write the whole library as a bag, from which ``unbag`` makes it again with its ids, marks and undo history.

        Every stored file's checksum is compared on the way.  ``item_ids``: only these pages, with what belongs to
        them, as a library of its own without a history; ``organization``: whose the bag is, as it shall say.

        :raises UnknownId: there is no item of one of these ids.
        :raises BagIncomplete: stored files are lost or altered, and nobody has said to leave them out.
        :raises GivenUpMeanwhile: pages were deleted for good while it was written, and their files with them.
        :raises ExportFailed: there is something at ``folder`` already, it is the library's own, or cannot be written.
        :raises DiskFull: there is no room for it.  In each of these cases nothing is left behind.
        """
        if item_ids is not None:
            item_ids = [item.id for item in self._known(list(dict.fromkeys(item_ids)))]
        places.require_apart(self.folder, folder)
        with drafts.whole_folder(folder, report) as draft:
            writer = BagWriter(draft)
            copy = writer.path("library.db")
            with self._copied(copy, folder, report, item_ids) as (connection, stored):
                library_id = accessions.known_library_id(connection)
                left_out = self._pack_originals(writer, stored, report)
                if left_out and not leave_out_damaged:
                    raise BagIncomplete(list(left_out.values()))
                pages = _counted(contents.count_items(connection), "page")
                files = _counted(len(stored) - len(left_out), "stored file")
                with writer.filling("files.csv") as stream:
                    csv_table.write(contents.HEADER, contents.lines(connection), stream)
            _settle(copy, dict.fromkeys(left_out, "missing"))
            tell = partial(report, len(stored), len(stored), "library.db", copy.stat().st_size)
            for name in ("library.db", "files.csv"):
                writer.note(name, tell)
            of = "Pages of the library" if item_ids is not None else "The library"
            whose = organization or self.repository().name
            about = [
                *([("Source-Organization", whose)] if whose.strip() else []),
                (
                    "External-Description",
                    f"{of} “{self.name}” of Archive Viewer: {pages.replace('page', 'saved web page')}",
                ),
                ("External-Identifier", f"urn:uuid:{library_id}"),
                ("Bagging-Date", now()[:10]),
                ("Bag-Software-Agent", AGENT),
                *(("Left-Out", f"{sha256} {stored_name}") for sha256, stored_name in left_out.items()),
            ]
            readme = README.format(
                name=self.name, date=now()[:10], items=pages, files=files, left_out=_told_of(list(left_out.items()))
            )
            writer.finish(about, readme)
            size = sum(one.size for one in stored if one.sha256 not in left_out)
        self._went_out("packing", f"bagged as {folder.name}: {files}, {pages}")
        return Packed(folder, len(stored) - len(left_out), size, left_out)

    def _pack_originals(self, writer: BagWriter, stored: list[Stored], report: Report) -> dict[str, str]:
        """Copy the stored files; gives those that are not as they came in, digest → name."""
        damaged: dict[str, str] = {}
        for done, one in enumerate(stored):
            tell = partial(report, done, len(stored), one.name, one.size)
            tell()
            name = f"originals/{one.sha256[:2]}/{one.sha256}"
            try:
                is_good = writer.copy(self._originals.path(one.sha256), name, tell).sha256 == one.sha256
            except FileRefused:
                is_good = False
            else:
                if not is_good:
                    writer.drop(name)
            if not is_good:
                self._require_held(one)
                damaged[one.sha256] = one.name
                self._note_damage(one)
        return damaged

    def begin_bag(self, bag: Bag) -> Accession:
        """A new accession for the files of a proved bag that is none of ours, waiting to be filled.

        What the bag says of itself is kept with it.
        """
        with self._database.writing() as connection:
            accession = self.begin_accession([bag.folder.absolute()])
            said = "; ".join(f"{label}: {value}" for label, value in bag.info)
            detail = f"unpacked from the bag {bag.folder.name}, whose checksums agree{f'.  {said}' if said else ''}"
            self._happened(connection, "unpacking", accession.id, detail=printable(detail))
            history = "\n".join(f"{label}: {value}" for label, value in bag.info)
            return self.change_accession(accession.id, custodial_history=printable(history))

    # -- copies -------------------------------------------------------------------------------------------------

    def copy_library(self, folder: Path, report: Report = unheard) -> Packed:
        """Copy the library into a new folder, where it can be opened; this one may be read and written meanwhile.

        A stored file that is altered is copied as it is, one that is lost is lost there, too; both are named.

        :raises GivenUpMeanwhile: pages were deleted for good while it was written, and their files with them.
        :raises ExportFailed: there is something at ``folder`` already, it is the library's own, or cannot be written.
        :raises DiskFull: there is no room for it.  In each of these cases nothing is left behind.
        """
        places.require_apart(self.folder, folder)
        with drafts.whole_folder(folder, report) as draft:
            damaged: dict[str, str] = {}
            results: dict[str, str] = {}
            with self._copied(draft / "library.db", folder, report) as (_, stored):
                for done, one in enumerate(stored):
                    tell = partial(report, done, len(stored), one.name, one.size)
                    tell()
                    target = draft / "originals" / one.sha256[:2] / one.sha256
                    try:
                        copied = drafts.copy(self._originals.path(one.sha256), target, tell, is_read_only=True)
                        result = "ok" if copied.sha256 == one.sha256 else "altered"
                    except FileRefused:
                        target.unlink(missing_ok=True)
                        result = "missing"
                    if result != "ok":
                        self._require_held(one)
                        damaged[one.sha256], results[one.sha256] = one.name, result
                        self._note_damage(one)
            _settle(draft / "library.db", results)
            places.found(draft)
            report(len(stored), len(stored), "", 0)
        self._went_out("replication", f"copied to {folder.name}: {_counted(len(stored) - len(damaged), 'stored file')}")
        return Packed(folder, len(stored), sum(one.size for one in stored), damaged)

    # -- what both do -------------------------------------------------------------------------------------------

    @contextmanager
    def _copied(
        self, copy: Path, target: Path, report: Report, item_ids: Sequence[str] | None = None
    ) -> Iterator[tuple[Connection, list[Stored]]]:
        """The database copied as it is now, or these items of it: to be read, with the stored files that it names."""
        size = self._database.size
        drafts.require_room(target, size)
        tell = partial(report, 0, 0, "library.db", size)
        if item_ids is None:
            self._database.write_copy(copy, tell)
        else:
            whole = copy.with_name("whole.db")
            self._database.write_copy(whole, tell)
            extract(whole, copy, item_ids, tell)
            whole.unlink()
        with strangers.resting(copy) as connection:
            stored = contents.stored(connection)
            drafts.require_room(target, sum(one.size for one in stored))
            yield connection, stored

    def _require_held(self, one: Stored) -> None:
        """See to it that a stored file which could not be copied is damaged, and was not given up by a person since
        the database was copied: what is deleted for good goes into no bag, and its absence is no damage.

        :raises GivenUpMeanwhile: it was.
        """
        if not self._is_held(one.sha256):
            raise GivenUpMeanwhile

    def _note_damage(self, one: Stored) -> None:
        """A stored file is not as it came in: that is told at once, whatever becomes of the copy."""
        if self.is_writable and self._is_held(one.sha256):
            result = self._originals.check(one.sha256)
            with self._database.writing() as connection:
                fixity.put(connection, one.sha256, result, now())
                outcome = "success" if result == "ok" else "failure"
                self._happened(connection, "fixity check", one.sha256, outcome, result)

    def _went_out(self, type: str, detail: str) -> None:
        if self.is_writable:
            with self._database.writing() as connection:
                self._happened(connection, type, accessions.known_library_id(connection), detail=detail)


def _settle(copy: Path, damaged: dict[str, str]) -> None:
    """Let a copied database be one of its own: the work that was waiting is not its, and it has no index yet.

    ``damaged``: digest → what was found of the stored files just now.
    """
    with closing(Database(copy, is_writable=True)) as database, database.writing() as connection:
        for sha256, result in damaged.items():
            fixity.put(connection, sha256, result, now())
        tasks.end_all(connection, NOT_HERE, now())
        stale.add_all(connection)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _told_of(left_out: list[tuple[str, str]]) -> str:
    if not left_out:
        return ""
    names = "".join(f"\n  {sha256}  {name}" for sha256, name in left_out)
    return f"\nThese stored files were lost or altered in the library before, and are not in the bag:{names}\n"
