"""The log of events: what happened to anything that the library holds, chosen and handed over.

Conditions in, events out, oldest first.  Separate from the acts, each of which adds its own events where it is done;
here nothing is added, and nowhere is an event changed or removed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive_viewer.errors import BadAccount
from archive_viewer.library.reports import Reports
from archive_viewer.model import Event
from archive_viewer.storage import events, items
from archive_viewer.storage.database import Connection
from archive_viewer.storage.events import Selection

MOMENT_BEGUN = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\dZ?)?)?)?)?)?", re.ASCII)
"""ISO 8601 as far as somebody cares to say it."""


class Chronicle(Reports):
    """The part of a library that remembers what was done."""

    def events(
        self,
        object_id: str | None = None,
        *,
        with_files: bool = False,
        type: str = "",
        since: str = "",
        until: str = "",
        outcome: str = "",
        limit: int | None = None,
        offset: int = 0,
        newest_first: bool = False,
    ) -> list[Event]:
        """What happened to an item, a stored file, an accession or the library (None: to anything).

        ``with_files``: to the stored files of the item as well.  ``since`` and ``until`` are days or moments, or
        beginnings of such (``2026-11``), both included; ``outcome`` is success or failure.

        :raises BadAccount: ``since`` or ``until`` is no day or moment.
        """
        with self._database.reading() as connection:
            selection = self._selection(connection, object_id, with_files, type, since, until, outcome)
            return list(events.selected(connection, selection, limit, offset, newest_first))

    def count_events(
        self,
        object_id: str | None = None,
        *,
        with_files: bool = False,
        type: str = "",
        since: str = "",
        until: str = "",
        outcome: str = "",
    ) -> int:
        """How many that would be without a limit.

        :raises BadAccount: ``since`` or ``until`` is no day or moment.
        """
        with self._database.reading() as connection:
            return events.count(
                connection, self._selection(connection, object_id, with_files, type, since, until, outcome)
            )

    def _selection(
        self,
        connection: Connection,
        object_id: str | None,
        with_files: bool,
        type: str,
        since: str,
        until: str,
        outcome: str,
    ) -> Selection:
        for moment in (since, until):
            if moment and not MOMENT_BEGUN.fullmatch(moment):
                raise BadAccount(f"“{moment}” is no day or moment; write it as 2026-11-30 or 2026-11-30T18:00.")
        objects: Sequence[str] | None = None
        if object_id is not None:
            files = [original.sha256 for _, original in items.files(connection, object_id)] if with_files else []
            objects = [object_id, *files]
        return Selection(objects, type, since, until, outcome)
