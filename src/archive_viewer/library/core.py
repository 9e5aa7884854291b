"""The frame of the door: opening, steps, undo, news.

A folder in, a library that can be read and written by steps out.  Separate from what the steps do: every write of
every other file of this room goes through ``step`` here, so that each is one transaction, one entry in the journal
and one message to the listeners.
"""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from archive_viewer import limits
from archive_viewer.errors import NothingToUndo, StepConflict
from archive_viewer.history import Change, Row, Step
from archive_viewer.library import step_events
from archive_viewer.library.agents import event
from archive_viewer.library.step_events import Saying
from archive_viewer.library.values import Changes
from archive_viewer.storage import (
    accessions,
    descriptions,
    dismissals,
    events,
    items,
    journal,
    marks,
    outdated,
    rows,
    stale,
    tasks,
    units,
)
from archive_viewer.storage.database import Connection, Database
from archive_viewer.storage.originals import Originals
from archive_viewer.storage.readings import Version

NO_ITEM = ("link", "rule", "unit", "setting", "accession", "pair", "search")
"""Nouns whose rows belong to no single item."""

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
"""ISO 8601, UTC, to the second."""


def now() -> str:
    """The present moment, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime(MOMENT)


def new_id() -> str:
    return str(uuid.uuid4())


class Recorder:
    """The act that is going on: makes each change and keeps it, so that the journal can take it back."""

    def __init__(
        self,
        connection: Connection,
        label: str,
        settle: Callable[[Connection, Sequence[Change]], None],
    ) -> None:
        self.connection = connection
        self.step_id: int | None = None
        self.changes: list[Change] = []
        self.acts: list[Change] = []
        """Those of the changes that are a person's word; the others were made by other means, which tell of them."""
        self._label = label
        self._settle = settle

    def put(self, noun: str, id: str, row: Row | None) -> None:
        """Make a row as given (None: gone).  What is so already leaves no trace."""
        self.put_all([(noun, id, row)])

    def put_all(self, wanted: Iterable[tuple[str, str, Row | None]]) -> None:
        """Make several rows as given, each by its noun and id; what follows from them is derived once, at the end."""
        asked = list(wanted)
        present = {
            noun: rows.get_many(self.connection, noun, [id for other, id, _ in asked if other == noun])
            for noun in dict.fromkeys(noun for noun, _, _ in asked)
        }
        made: list[Change] = []
        for noun, id, row in asked:
            before = present[noun].get(id)
            if before != row:
                made.append(Change(noun, id, before, row))
                if row is not None:
                    present[noun][id] = row
                else:
                    del present[noun][id]
        rows.put_many(self.connection, map(_row_change, made))
        self.acts.extend(made)
        self._note(made)

    def note(self, change: Change) -> None:
        """Keep a change that was made by other means, as an import makes an item."""
        self._note([change])

    def note_all(self, changes: Sequence[Change]) -> None:
        """The same for several; what follows from them is derived once."""
        self._note(changes)

    def _note(self, changes: Sequence[Change]) -> None:
        if changes and self.step_id is None:
            self.step_id = journal.begin(self.connection, self._label, now())
        if self.step_id is not None:
            journal.add(self.connection, self.step_id, map(_row_change, changes))
        self.changes.extend(changes)
        self._settle(self.connection, changes)


class Core:
    """An open library: what all its parts share."""

    def __init__(self, folder: Path, database: Database, lock: FileLock | None, why_read_only: str) -> None:
        self.folder = folder
        self.why_read_only = why_read_only
        self._database = database
        self._lock = lock
        self._originals = Originals(folder / "originals")
        self._recorder: Recorder | None = None
        self._listeners: list[Callable[[Changes], None]] = []
        self._guard = threading.Lock()

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def is_writable(self) -> bool:
        return self._database.is_writable

    # -- news ---------------------------------------------------------------------------------------------------

    def listen(self, callback: Callable[[Changes], None]) -> None:
        """Call ``callback`` after every write of this process, in the thread that wrote."""
        with self._guard:
            self._listeners.append(callback)

    def poll(self) -> bool:
        """Whether another process has committed since the last call (SQLite's ``data_version``)."""
        return self._database.has_news()

    def _tell(self, changes: Changes) -> None:
        with self._guard:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)

    # -- steps --------------------------------------------------------------------------------------------------

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """One act by the name that the menu will show; acts begun inside it become part of it."""
        with self._recording(label):
            yield

    @contextmanager
    def _recording(self, label: str) -> Iterator[Recorder]:
        with self._database.writing() as connection:
            if self._recorder is not None:
                # The database's lock is held, so the act that is going on is this thread's own.
                yield self._recorder
                return
            recorder = Recorder(connection, label, self._settle)
            self._recorder = recorder
            try:
                yield recorder
                self._account(
                    connection, step_events.of_act(label, recorder.acts, self._named(connection, recorder.acts))
                )
            finally:
                self._recorder = None
        if recorder.changes:
            self._tell(_told(recorder.changes))

    def _settle(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Bring what is derived into line: the text after a mend, a mark's place, the queue of the index.

        A page whose text is another, or that has several marks among the changes, is gone through once for all.  Where
        there are many such pages, as after a rule for a whole site, they are queued for ``renew_texts``.
        """
        for item_id, (before, after) in _versions(changes).items():
            self._switch_reading(connection, item_id, before, after)
        described = {_item_of(change) for change in changes if change.noun in ("description", "charset", "cleaning")}
        for item_id in filter(None, described):
            descriptions.derive(connection, item_id)
        placed = [change for change in changes if change.noun == "annotation" and change.after is not None]
        marked = Counter(_item_of(change) for change in placed)
        renewed = {_item_of(change) for change in changes if change.noun in ("charset", "cleaning", "override")}
        renewed |= {item_id for item_id, count in marked.items() if count > 1}
        ruled = {(change.after or change.before or {})["site"] for change in changes if change.noun == "rule"}
        touched = renewed.union(*(items.ids_of_site(connection, site) for site in ruled))
        if len(touched) > limits.TEXTS_AT_ONCE:
            outdated.add(connection, touched)
        else:
            stale.add(connection, [item_id for item_id in touched if self._retext(connection, item_id)])
        for change in placed:
            if _item_of(change) not in touched:
                self._place(connection, change.id)
        stale.add(connection, _items_of([change for change in changes if _is_searched(change)]))
        stale.add(connection, _linked(connection, changes))
        moved = [change.id for change in changes if change.noun == "unit" and change.after is not None]
        if moved and (renamed := units.derive(connection, moved)):
            stale.add(connection, units.items_in(connection, renamed))

    def _switch_reading(self, connection: Connection, item_id: str, before: Version, after: Version) -> None:
        raise AssertionError("a part of the library supplies this")

    def _retext(self, connection: Connection, item_id: str) -> bool:
        raise AssertionError("a part of the library supplies this")

    def _place(self, connection: Connection, annotation_id: str) -> None:
        raise AssertionError("a part of the library supplies this")

    # -- undo ---------------------------------------------------------------------------------------------------

    @property
    def undo_label(self) -> str:
        with self._database.reading() as connection:
            return journal.label(connection, journal.last_done(connection))

    @property
    def redo_label(self) -> str:
        with self._database.reading() as connection:
            return journal.label(connection, journal.first_undone(connection))

    def undo(self) -> str:
        """Take back the last act; gives its name.

        :raises NothingToUndo: nothing has been done.
        :raises StepConflict: something it changed has changed since, or it is still going on; nothing was undone.
        """
        with self._database.writing() as connection:
            step_id = journal.last_done(connection)
            if step_id is None:
                raise NothingToUndo("There is nothing to undo.")
            if accessions.running_step(connection, step_id) or tasks.running_step(connection, step_id):
                label = journal.label(connection, step_id)
                raise StepConflict(f"“{label}” is still going on; stop it first, then undo it.")
            step = _step(connection, step_id).inverse()
            self._take(connection, step, is_redone=False)
            journal.set_undone(connection, step_id, True)
        self._tell(_told(step.changes))
        return step.label

    def redo(self) -> str:
        """Do again what was undone last; gives its name.

        :raises NothingToUndo: nothing was undone, or something else was done since.
        :raises StepConflict: something it would change has changed since; nothing was done.
        """
        with self._database.writing() as connection:
            step_id = journal.first_undone(connection)
            if step_id is None:
                raise NothingToUndo("There is nothing to do again.")
            step = _step(connection, step_id)
            self._take(connection, step, is_redone=True)
            journal.set_undone(connection, step_id, False)
        self._tell(_told(step.changes))
        return step.label

    def _take(self, connection: Connection, step: Step, *, is_redone: bool) -> None:
        by_noun: dict[str, list[str]] = {}
        for change in step.changes:
            by_noun.setdefault(change.noun, []).append(change.id)
        present = {noun: rows.get_many(connection, noun, ids) for noun, ids in by_noun.items()}
        for change in step.changes:
            if present[change.noun].get(change.id) != change.before:
                raise StepConflict(
                    f"“{step.label}” cannot be taken back or done again: what it changed has been changed since."
                )
            if change.after is not None:
                present[change.noun][change.id] = change.after
            else:
                present[change.noun].pop(change.id, None)
        rows.put_many(connection, map(_row_change, step.changes))
        named = self._named(connection, step.changes)
        self._account(connection, step_events.of_undoing(step.label, step.changes, named, is_redone=is_redone))
        self._settle(connection, step.changes)

    # -- events -------------------------------------------------------------------------------------------------

    def _account(self, connection: Connection, said: Sequence[Saying]) -> None:
        """Add to the log what a step has made so, in the step's own transaction; there may be as many as pages."""
        if said:
            at, library_id = now(), accessions.known_library_id(connection)
            events.add_many(
                connection,
                (event(new_id(), one.type, at, one.object_id or library_id, "success", one.detail) for one in said),
            )

    def _named(self, connection: Connection, changes: Sequence[Change]) -> dict[str, Row]:
        """The units that are named where changes are told, as they are now."""
        return rows.get_many(connection, "unit", step_events.unit_ids(changes))

    def _happened(
        self, connection: Connection, type: str, object_id: str, outcome: str = "success", detail: str = ""
    ) -> None:
        events.add(connection, event(new_id(), type, now(), object_id, outcome, detail))

    def _happened_to_library(
        self, connection: Connection, type: str, outcome: str = "success", detail: str = ""
    ) -> None:
        self._happened(connection, type, accessions.known_library_id(connection), outcome, detail)


def _versions(changes: Sequence[Change]) -> dict[str, tuple[Version, Version]]:
    """For each item that is read otherwise by these changes, what reading of it there was, and what there is to be."""
    found: dict[str, tuple[Version, Version]] = {}
    for change in changes:
        if change.noun in ("charset", "cleaning"):
            column = "charset" if change.noun == "charset" else "cleaner_version"
            was, is_now = ({column: (row or {}).get(column, "")} for row in (change.before, change.after))
            before, after = found.get(_item_of(change), (Version(), Version()))
            found[_item_of(change)] = before._replace(**was), after._replace(**is_now)
    return found


def _row_change(change: Change) -> tuple[str, str, Row | None, Row | None]:
    return change.noun, change.id, change.before, change.after


def _item_of(change: Change) -> str:
    """The item that a change is about, if it is not one of a link or a rule."""
    return change.id if change.noun in ("item", "cleaning") else str((change.after or change.before or {})["item_id"])


def _items_of(changes: Sequence[Change]) -> list[str]:
    """The items that changes are about; the description of a unit is about none."""
    return [id for id in dict.fromkeys(_item_of(one) for one in changes if one.noun not in NO_ITEM) if id]


def _linked(connection: Connection, changes: Sequence[Change]) -> set[str]:
    """The items at the ends of links that changed, by themselves or by a mark."""
    ties = [row for change in changes if change.noun == "link" for row in (change.before, change.after) if row]
    ends = {row[end] for row in ties for end in ("from_id", "to_id")}
    of_marks = {mark.item_id for id in ends if (mark := marks.get(connection, id)) is not None}
    return units.known_ids(connection, [*ends]) | of_marks


def _paired(changes: Sequence[Change]) -> set[str]:
    """The items of pairs of which it was said that both are right; search need not know."""
    pairs = [row for change in changes if change.noun == "pair" for row in (change.before, change.after) if row]
    return {str(row[end]) for row in pairs for end in ("item_id", "other_id")}


def _is_searched(change: Change) -> bool:
    """Whether search has to learn of a change: of an item, not its number or its place among its neighbours."""
    if change.noun != "item" or change.before is None or change.after is None:
        return True
    return any(change.before[name] != change.after[name] for name in ("tags", "deleted_at", "unit_id"))


def _is_placed(change: Change) -> bool:
    """Whether an item stands elsewhere in the arrangement, or went to the bin or out of it; or a unit is other."""
    if change.noun == "description":
        return not _item_of(change)
    if change.noun != "item":
        return False
    before, after = (dict(row or {}, tags="") for row in (change.before, change.after))
    return before != after


def _is_dismissal(change: Change) -> bool:
    return change.noun == "setting" and dismissals.is_one(change.id)


def _is_settled(change: Change) -> bool:
    """Whether it is settled anew how units are called or numbered."""
    return change.noun == "setting" and not dismissals.is_one(change.id)


def _step(connection: Connection, step_id: int) -> Step:
    changes = journal.changes(connection, step_id)
    return Step(journal.label(connection, step_id), tuple(Change(*change) for change in changes))


def _told(changes: Sequence[Change]) -> Changes:
    return Changes(
        items=frozenset([*_items_of(changes), *_paired(changes)]),
        annotations=frozenset(change.id for change in changes if change.noun == "annotation"),
        links=any(change.noun == "link" for change in changes),
        rules=any(change.noun == "rule" for change in changes),
        units=any(change.noun == "unit" or _is_settled(change) or _is_placed(change) for change in changes),
        searches=any(change.noun == "search" for change in changes),
        accessions=any(change.noun == "accession" or _is_dismissal(change) for change in changes),
    )
