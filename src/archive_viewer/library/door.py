"""The door: opening and closing a library.  What it can be asked and told stands in the parts that it is made of."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from archive_viewer.errors import DiskFull, LibraryBusy, LibraryDamaged, LibraryMissing, LibraryReadOnly
from archive_viewer.library import backups, places, unpacking
from archive_viewer.library.accounts import Packed
from archive_viewer.library.core import now
from archive_viewer.library.packing import unheard
from archive_viewer.library.tasks import Tasks
from archive_viewer.library.values import Access
from archive_viewer.storage import accessions, bag_reading, lock, stale, tasks
from archive_viewer.storage.bag_reading import Bag
from archive_viewer.storage.database import Database
from archive_viewer.storage.drafts import Report

LOG = logging.getLogger(__name__)

HELD = "another program has it open."
CLOSED = "its folder cannot be written."
GONE_BACK = "The library went back to a copy that was made while this was going on."


class Library(Tasks):
    """One library: the only way to anything stored.

    Guarantees: any method may be called from any thread; a write is one transaction, is kept on disk when the method
    returns, and is one named step that ``undo`` takes back; reading never waits for writing.
    """

    @classmethod
    def open(cls, folder: Path | str, access: Access = "owner-if-free") -> Self:
        """Open the library in ``folder``; one that is not there is made, unless it is only to be read.

        :raises LibraryMissing: there is none, and it is only to be read.
        :raises LibraryBusy: another program owns it, and ``access`` is ``owner``.
        :raises LibraryTooNew: a newer program wrote it.
        :raises LibraryDamaged: its database cannot be read, or has gone while copies of it are there.
        :raises LibraryReadOnly: it cannot be made or written there.
        """
        folder = Path(folder)
        file = folder / "library.db"
        is_there = places.is_library(folder)
        if access in ("reader", "worker"):
            if not is_there:
                raise LibraryMissing(folder)
            return cls(folder, Database(file, is_writable=access == "worker"), None, "it was opened only to look.")
        if not is_there:
            if copies := backups.listed(folder):
                raise LibraryDamaged(f"The database of the library in {folder} is gone.  A copy of it is {copies[0]}.")
            places.found(folder)
        held = lock.take(folder)
        if held is None:
            may_write = os.access(folder, os.W_OK)
            if access == "owner" or not is_there:
                raise LibraryBusy(folder) if may_write else LibraryReadOnly(folder, CLOSED)
            return cls(folder, Database(file, is_writable=False), None, HELD if may_write else CLOSED)
        try:
            database = Database(file, is_writable=True)
        except BaseException:
            held.release()
            raise
        library = cls(folder, database, held, "")
        try:
            library._begin(is_there)
        except BaseException:
            library.close()
            raise
        return library

    def _begin(self, is_there: bool) -> None:
        """What an owner does first: sweep up after a crash, and make the day's copy."""
        places.found(self.folder)
        self._originals.sweep()
        with self._database.writing() as connection:
            accessions.library_id(connection, now())
        try:
            with self._database.writing() as connection:
                accessions.end_cut_off(connection, now())
            self.remove_discarded()
            if is_there and backups.is_due(self.folder):
                self.backup()
        except (DiskFull, LibraryReadOnly):
            # Nobody is kept from what they have because a copy of it finds no room; the next opening tries again.
            LOG.warning("the library in %s was opened without its daily copy", self.folder, exc_info=True)

    @property
    def place_warning(self) -> str:
        """A sentence where the folder is on a network or synced; else empty."""
        return places.warning(self.folder)

    def require_room(self, needed: int) -> None:
        """:raises DiskFull: so many bytes do not fit into the library."""
        places.require_room(self.folder, needed)

    # -- copies -------------------------------------------------------------------------------------------------

    def backup(self) -> Path:
        """A copy of the database, now.

        :raises DiskFull: there is no room for it.
        """
        copy = backups.make(self._database, self.folder)
        with self._database.writing() as connection:
            self._happened_to_library(connection, "replication", detail=f"copy of the database: {copy.name}")
        return copy

    def backups(self) -> list[Path]:
        """The copies that there are, newest first."""
        return backups.listed(self.folder)

    @staticmethod
    def restore_backup(folder: Path, backup: Path) -> Path:
        """Put a copy in the place of a closed library's database; gives where the replaced one was laid.

        :raises BackupMissing: there is no such copy.
        :raises LibraryDamaged: the copy is not whole; nothing was changed.
        :raises LibraryBusy: the library is open.
        """
        replaced = backups.restore(folder, backup)
        with Library.open(folder, "owner") as library, library._database.writing() as connection:
            stale.add_all(connection)
            tasks.end_all(connection, GONE_BACK, now())
            library._happened_to_library(connection, "replication", detail=f"database put back from {backup.name}")
        return replaced

    # -- bags ---------------------------------------------------------------------------------------------------

    @staticmethod
    def prove_bag(folder: Path, report: Report = unheard) -> Bag:
        """A bag that is whole and whose checksums all agree; nothing of it is taken yet.

        :raises BagRefused: it is not; the sentences say what is wrong.
        """
        return bag_reading.prove(folder, report)

    @staticmethod
    def is_in_bag(bag: Bag) -> bool:
        """Whether a library was packed into this bag; other bags hold files that can be imported."""
        return unpacking.is_of_library(bag)

    @staticmethod
    def unbag(bag: Bag, folder: Path, report: Report = unheard) -> Packed:
        """Make the library again that was packed into a proved bag: its ids, its marks, its undo history.

        :raises LibraryThere: there is a library in ``folder``.
        :raises BagRefused: what is in the bag is no library of ours, or somebody has changed it.
        :raises LibraryTooNew: a newer program wrote it.
        :raises ExportFailed: there is something else at ``folder``, or it cannot be written.
        :raises DiskFull: there is no room for it.  In each of these cases nothing is left behind.
        """
        return unpacking.make_library(bag, folder, report)

    # -- the end ------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Let go of the index, the database and the lock; safe to call twice."""
        self._forget_index()
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
