"""Giving up: items deleted for good, with or without a record of why.

Ids in, records out.  Separate from the bin, which is a step like any other: nothing here can be undone, so that
whoever calls it asks first.  The copies of the database in ``backups/`` hold what was deleted until newer ones take
their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from archive_viewer import settings
from archive_viewer.errors import BadAccount, NotInBin
from archive_viewer.library.chronicle import Chronicle
from archive_viewer.library.core import new_id, now
from archive_viewer.library.values import Changes
from archive_viewer.model import Deaccession, Item
from archive_viewer.storage import deaccessions, removal, stale, stored_files
from archive_viewer.storage.database import Connection


class Deaccessioning(Chronicle):
    """The part of a library that lets go."""

    def delete_for_good(self, ids: Sequence[str]) -> None:
        """Delete items that are in the bin, with their marks, links and mends, and the stored files that no other item
        needs.  Cannot be undone; the log of events keeps what it was.

        :raises UnknownId: one of the items does not exist; nothing was changed.
        :raises NotInBin: one of them is not in the bin; nothing was changed.
        """
        with self._database.writing() as connection:
            found = self._known(list(dict.fromkeys(ids)))
            if outside := next((item for item in found if not item.deleted_at), None):
                raise NotInBin(outside.title)
            self._remove(connection, found)
        self._told_of_removal(found)

    def deaccession(self, ids: Sequence[str], reason: str, by: str = "") -> list[Deaccession]:
        """Give items up, in the bin or not: a record of each stays, with why, when and by whom; the rest is deleted.

        Cannot be undone.  ``by``: who decides; an empty one is whoever uses this computer.

        :raises UnknownId: one of the items does not exist; nothing was changed.
        :raises BadAccount: there is no reason given.
        """
        if not reason.strip():
            raise BadAccount("A page is given up for a reason; please say which.")
        with self._database.writing() as connection:
            found = self._known(list(dict.fromkeys(ids)))
            records = [self._record(connection, item, reason.strip(), by or settings.account_name()) for item in found]
            for record in records:
                deaccessions.add(connection, record)
                detail = f"“{record.title}”, by {record.by or 'an unknown person'}: {record.reason}"
                self._happened(connection, "deaccession", record.item_id, detail=detail)
            self._remove(connection, found)
        self._told_of_removal(found)
        return records

    def deaccessions(self) -> list[Deaccession]:
        """The records of all that was given up, oldest first."""
        with self._database.reading() as connection:
            return deaccessions.listed(connection)

    def _record(self, connection: Connection, item: Item, reason: str, by: str) -> Deaccession:
        files = tuple((name, one.size, one.sha256, one.sha512) for name, one in stored_files.files(connection, item.id))
        return Deaccession(
            new_id(), item.id, item.title, item.url, item.captured_at, item.accession, files, reason, now(), by
        )

    def _remove(self, connection: Connection, found: Sequence[Item]) -> None:
        assert self._recorder is None, "what cannot be undone is no part of a step"
        for item in found:
            marks, links = removal.count_belongings(connection, item.id)
            address = f", {item.url}" if item.url else ""
            detail = f"“{item.title}”{address}, SHA-256 {item.sha256}: deleted for good; marks {marks}, links {links}"
            self._happened(connection, "deletion", item.id, detail=detail)
        ids = [item.id for item in found]
        for sha256 in removal.remove(connection, ids):
            self._happened(connection, "deletion", sha256, detail="no page needs this stored file any more")
        # The index still knows them; it lets go of whatever in its queue is not there.
        stale.add(connection, ids)

    def _told_of_removal(self, found: Sequence[Item]) -> None:
        self.remove_discarded()
        self._tell(Changes(items=frozenset(item.id for item in found), links=True))

    def remove_discarded(self) -> None:
        """Remove the bytes of stored files that were given up, those among them at which a crash came in between.

        A file that another program holds open stays until the library is opened again.
        """
        with self._database.writing() as connection:
            removed = []
            for sha256 in removal.discarded(connection):
                with suppress(OSError):
                    self._originals.discard(sha256)
                    removed.append(sha256)
            removal.settle(connection, removed)
