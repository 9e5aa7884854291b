"""Cleaning again what an older cleaner cleaned: the text may become better, and nothing that a person made is lost.

Ids of items in, an account of what changed out.  As with another character set the journal holds the choice alone, here
of the cleaner; the former reading is kept, for only it can bring back what another program made.  Separate from that
other rereading because here many pages belong to one act, which goes on for long and may be cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from archive_viewer import anchoring
from archive_viewer.cleaning import CLEANER_VERSION, mending
from archive_viewer.errors import (
    Cancelled,
    FileRefused,
    OriginalAltered,
    OriginalMissing,
)
from archive_viewer.history import Row
from archive_viewer.library import foreign_marks
from archive_viewer.library.addresses import address_key
from archive_viewer.library.block_places import BlockPlaces
from archive_viewer.library.core import Recorder
from archive_viewer.library.rereading import Rereading
from archive_viewer.model import AnchorState, Annotation, Article, Recleaning
from archive_viewer.storage import articles, journal, marks, readings, recleanings, tasks
from archive_viewer.storage.database import Connection
from archive_viewer.text import digest

ACT = "Clean Again"
TO_LOOK_AT = (AnchorState.MOVED, AnchorState.APPROXIMATE)


class CleaningAgain(Rereading):
    """The part of a library that lets a newer cleaner look at what it holds."""

    def count_older(self) -> int:
        """Pages outside the bin that another cleaner cleaned than that of this program."""
        with self._database.reading() as connection:
            return recleanings.count_older(connection, CLEANER_VERSION)

    def older_ids(self) -> list[str]:
        """The ids of these pages, in the order in which they came in."""
        with self._database.reading() as connection:
            return recleanings.older(connection, CLEANER_VERSION)

    def recleanings(self, task_id: str) -> list[Recleaning]:
        """What a task of cleaning again has done until now, page by page."""
        with self._database.reading() as connection:
            return recleanings.lines(connection, task_id)

    def note_recleaning(self, task_id: str, line: Recleaning) -> Recleaning:
        """Keep what became of a page that was not cleaned."""
        with self._database.writing() as connection:
            recleanings.add(connection, task_id, line)
        return line

    def clean_again(self, item_id: str, task_id: str = "") -> Recleaning:
        """Let the cleaner look at an item's stored file again: as it was read before, in the character set chosen.

        Mends, the rules for its site and marks stay; a mark goes to where its words stand now.  A page whose stored
        file is lost or altered is refused and stays as it is.  ``task_id``: what is done for one task is one step, as
        long as a person does nothing else meanwhile, and each page is a line of its account.

        :raises UnknownId: there is no such item.
        :raises Cancelled: the task was stopped.
        """
        item = self.item(item_id)
        try:
            fresh, article = self._read(item, self.charset_chosen(item_id))
        except (FileRefused, OriginalMissing, OriginalAltered) as error:
            line = Recleaning(item_id, "refused", str(error))
            return self.note_recleaning(task_id, line) if task_id else line
        reading = readings.pack(fresh, address_key(fresh.url), article)
        with self._cleaning(task_id) as act:
            connection = act.connection
            before, states = self.article(item_id), self._states(connection, item_id)
            charset = readings.charset_chosen(connection, item_id)
            rows = self._brought(connection, item_id, article)
            if readings.cleaner_version(connection, item_id) != article.cleaner_version:
                readings.keep(connection, item_id, charset, reading)
                act.put_all([("cleaning", item_id, {"cleaner_version": article.cleaner_version}), *rows])
            line = _account(item_id, before, self.article(item_id), states, self._states(connection, item_id))
            if line.outcome == "changed":
                detail = f"cleaned again: {line.put_back} paragraphs put back, {line.taken_out} taken out"
                self._happened(connection, "metadata modification", item_id, detail=detail)
            if task_id:
                recleanings.add(connection, task_id, line)
            return line

    @contextmanager
    def _cleaning(self, task_id: str) -> Iterator[Recorder]:
        with self._recording(ACT) as act:
            if task_id:
                if tasks.state(act.connection, task_id) == "cancelled":
                    raise Cancelled
                known = tasks.step_id(act.connection, task_id)
                # Behind another act the step must not grow: undo goes back from the newest, and would find rows of
                # this one changed again by an older.
                if act.step_id is None and known is not None and known == journal.newest(act.connection):
                    act.step_id = known
            yield act
            if task_id and act.step_id is not None:
                tasks.set_step(act.connection, task_id, act.step_id)

    def _states(self, connection: Connection, item_id: str) -> dict[str, Annotation]:
        return {mark.id: mark for mark in marks.of_item(connection, item_id)}

    def _brought(self, connection: Connection, item_id: str, present: Article) -> list[tuple[str, str, Row | None]]:
        """The rows of mends and marks, brought to the same blocks of the present article wherever that is certain."""
        made, overrides = marks.of_item(connection, item_id), articles.overrides(connection, item_id)
        former = articles.get(connection, item_id) if made or overrides else None
        if former is None:
            return []
        places = BlockPlaces(former, present)
        mends = dict(overrides)
        for (id, override), n in zip(overrides.items(), mending.find_all(former, overrides.values()), strict=True):
            there = places.same_block(n) if n is not None else None
            if there is not None:
                mends[id] = mending.describe(present, there, override.fate)
        read_before = mending.apply(self._ruled(connection, item_id, former), overrides.values())
        read_now = mending.apply(self._ruled(connection, item_id, present), mends.values())
        found = anchoring.resolve_all([mark.target for mark in made], read_before)
        moved = [places.carry(mark, one, read_before, read_now) for mark, one in zip(made, found, strict=True)]
        brought = {mark.id: mark for mark in moved}
        brought |= {mark.id: mark for mark in foreign_marks.read_anew(moved, item_id, read_now)}
        return [
            *(("override", id, articles.override_row(item_id, override)) for id, override in mends.items()),
            *(("annotation", mark.id, marks.row_of(mark)) for mark in brought.values()),
        ]


def _account(
    item_id: str,
    before: Article,
    after: Article,
    former: dict[str, Annotation],
    present: dict[str, Annotation],
) -> Recleaning:
    old, new = (Counter(digest(block.text) for block in article.kept) for article in (before, after))
    new_in = {id: mark.state for id, mark in present.items() if mark.state is not former[id].state}
    carried = [
        id
        for id, mark in present.items()
        if mark.state is AnchorState.PLACED and (mark.start, mark.end) != (former[id].start, former[id].end)
    ]
    is_changed = before.blocks != after.blocks
    return Recleaning(
        item_id,
        "changed" if is_changed else "unchanged",
        put_back=(new - old).total(),
        taken_out=(old - new).total(),
        carried=len(carried),
        moved=tuple(id for id, state in new_in.items() if state in TO_LOOK_AT),
        unplaced=tuple(id for id, state in new_in.items() if state is AnchorState.UNPLACED),
    )
