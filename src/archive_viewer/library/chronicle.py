"""The log of events: what happened to anything that the library holds, chosen and handed over.

Conditions in, events out, oldest first.  Separate from the acts, each of which adds its own events where it is done;
here nothing is added, and nowhere is an event changed or removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from difflib import get_close_matches
from itertools import count
from pathlib import Path

from archive_viewer.errors import BadAccount
from archive_viewer.exporting import premis
from archive_viewer.library.citing import whole_file
from archive_viewer.library.describing import Describing
from archive_viewer.model import EVENT_TYPES, Event, Original
from archive_viewer.storage import accessions, deaccessions, events, items, stored_files, units
from archive_viewer.storage.database import Connection
from archive_viewer.storage.events import Selection

MOMENT_BEGUN = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\dZ?)?)?)?)?)?", re.ASCII)
"""ISO 8601 as far as somebody cares to say it."""


PORTION = 500
"""Objects that are looked up at a time."""


def _unheard(done: int, total: int) -> None:
    """Where nobody asks how far it is."""


class Chronicle(Describing):
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

        :raises BadAccount: ``since`` or ``until`` is no day or moment, or there is no such type.
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

        :raises BadAccount: ``since`` or ``until`` is no day or moment, or there is no such type.
        """
        with self._database.reading() as connection:
            return events.count(
                connection, self._selection(connection, object_id, with_files, type, since, until, outcome)
            )

    def export_events(
        self,
        path: Path,
        object_id: str | None = None,
        *,
        with_files: bool = False,
        type: str = "",
        since: str = "",
        until: str = "",
        outcome: str = "",
        report: Callable[[int, int], None] = _unheard,
    ) -> int:
        """Write these events as PREMIS 3 XML, with the objects and agents that they name; gives how many.

        ``report`` is told for each event, and for each thing that events are about, how many of how many are written,
        and may raise to stop: then nothing is.

        :raises BadAccount: ``since`` or ``until`` is no day or moment, or there is no such type.
        :raises ExportFailed: the file cannot be written; an older one of that name is untouched.
        """
        with self._database.reading_one_moment() as connection:
            selection = self._selection(connection, object_id, with_files, type, since, until, outcome)
            named = events.object_ids(connection, selection)
            total = len(named) + events.count(connection, selection)
            numbers = count(1)

            def tell() -> None:
                report(next(numbers), total)

            with whole_file(path) as stream:
                premis.write(
                    self._objects(connection, named, tell),
                    _each(events.selected(connection, selection), tell),
                    events.agents(connection, selection),
                    events.persons(connection, selection),
                    stream,
                )
            return total - len(named)

    def object_names(self, ids: Sequence[str]) -> dict[str, str]:
        """What the objects of events are called, by their ids: a page's title, the name of a stored file, an
        accession's number, a unit's title, the library's name; what is gone and left no record has none."""
        named: dict[str, str] = {}
        with self._database.reading() as connection:
            for record in deaccessions.listed(connection, list(ids)):
                named[record.item_id] = record.title
            named.update(units.titles(connection, ids))
            named.update((item.id, item.title) for item in items.get_many(connection, ids))
            for id in ids:
                if (
                    premis.type_of(id) == premis.DIGEST
                    and (original := stored_files.original(connection, id)) is not None
                ):
                    named[id] = original.file_name
            library_id = accessions.known_library_id(connection)
        named.update((one.id, one.number) for one in self.accessions() if one.id in ids)
        return {**named, **({library_id: self.name} if library_id in ids else {})}

    def _objects(
        self, connection: Connection, ids: Sequence[str], at_each: Callable[[], None]
    ) -> Iterator[premis.File | premis.Entity]:
        """What the events are about, the files of each item among it, and the library itself before all."""
        library_id = accessions.known_library_id(connection)
        yield premis.Entity(library_id, "intellectualEntity", self.name)
        numbers = {one.id: one.number for one in self.accessions()}
        told = {library_id}
        for begin in range(0, len(ids), PORTION):
            for _ in ids[begin : begin + PORTION]:
                at_each()
            some = [id for id in ids[begin : begin + PORTION] if id not in told]
            present = {item.id: item for item in items.get_many(connection, some)}
            gone = {record.item_id: record.title for record in deaccessions.listed(connection, some)}
            titles = {**units.titles(connection, some), **gone}
            for id in some:
                if id in told:
                    continue
                told.add(id)
                if id in present:
                    files = [original for _, original in stored_files.files(connection, id)]
                    digests = tuple(dict.fromkeys(one.sha256 for one in files))
                    yield premis.Entity(id, "representation", present[id].file_name, digests)
                    yield from (_file(one) for one in _unlike(files, told))
                elif premis.type_of(id) == premis.DIGEST:
                    original = stored_files.original(connection, id)
                    yield _file(original) if original is not None else premis.File(id)
                else:
                    title = titles.get(id) or (f"Accession {numbers[id]}" if id in numbers else "")
                    yield premis.Entity(id, "intellectualEntity", title)

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
            if moment and not _is_moment(moment):
                raise BadAccount(f"“{moment}” is no day or moment; write it as 2026-11-30 or 2026-11-30T18:00.")
        if type:
            # A library that was merged may have brought others.
            known = [*EVENT_TYPES, *events.types(connection)]
            if type not in known:
                near = get_close_matches(type.casefold(), dict.fromkeys(known), 3, 0.4) or EVENT_TYPES
                raise BadAccount(
                    f"There is no type of event “{type}”; there is {', '.join(f'“{one}”' for one in near)}."
                )
        objects: Sequence[str] | None = None
        if object_id is not None:
            files = [original.sha256 for _, original in stored_files.files(connection, object_id)] if with_files else []
            objects = [object_id, *files]
        return Selection(objects, type, since, until, outcome)


def _is_moment(text: str) -> bool:
    """Whether this is a moment, or the beginning of one, that there is in a calendar and on a clock."""
    if not MOMENT_BEGUN.fullmatch(text):
        return False
    try:
        # What was left out is that with which a year begins.
        datetime.strptime(
            text.removesuffix("Z") + "0001-01-01T00:00:00"[len(text.removesuffix("Z")) :], "%Y-%m-%dT%H:%M:%S"
        )
    except ValueError:
        return False
    return True


def _each(chosen: Iterator[Event], at_each: Callable[[], None]) -> Iterator[Event]:
    for event in chosen:
        at_each()
        yield event


def _unlike(files: Sequence[Original], told: set[str]) -> Iterator[Original]:
    """Those files that were not told of before, each once."""
    for file in files:
        if file.sha256 not in told:
            told.add(file.sha256)
            yield file


def _file(original: Original) -> premis.File:
    return premis.File(original.sha256, original.file_name, original.size, original.media_type, original.sha512)
