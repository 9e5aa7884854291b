"""Another library, in: its pages with all that was made of them, by their ids.

The other library's folder and a person's choices in, an account out.  What both have under one id and in one form is
there once; what differs is shown, and nothing is merged until it is said which is to hold.  Pages come in portions, as
with an import, so that nobody who works in this library meanwhile is kept waiting; all of it is one step.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from archive_viewer.errors import BadAccount, Cancelled, FileRefused, LibraryMissing, MergeUndecided
from archive_viewer.history import Change, Row
from archive_viewer.library import double_codes, merged_units, places, twins
from archive_viewer.library.accounts import Choice, Conflict, MergePlan
from archive_viewer.library.core import Recorder, new_id, now
from archive_viewer.library.double_codes import Clash
from archive_viewer.library.extracting import PORTION, copy_pages
from archive_viewer.library.merged_levels import LevelNames
from archive_viewer.library.packing import Packing, unheard
from archive_viewer.library.step_events import MERGING
from archive_viewer.library.values import Changes
from archive_viewer.storage import (
    accessions,
    contents,
    fixity,
    items,
    journal,
    library_settings,
    outdated,
    rows,
    site_rules,
    stale,
    stored_files,
    strangers,
    tasks,
    transfers,
)
from archive_viewer.storage import double_codes as stored_codes
from archive_viewer.storage.contents import Stored
from archive_viewer.storage.database import Connection, Database
from archive_viewer.storage.drafts import Report
from archive_viewer.storage.originals import sha256_of
from archive_viewer.storage.rows import NOUNS
from archive_viewer.storage.transfers import Seen

ACT = MERGING
ROWS_BETWEEN_REPORTS = 500
"""Rows compared between two words about it: some hundredths of a second."""

TWICE = ("annotation", "link", "rule", "search")
"""Nouns of which both forms can be there."""


@dataclass
class _Comparison:
    """What is to be done: items that come, rows that come, rows that differ."""

    items: transfers.Items
    coming: list[Seen] = field(default_factory=list)
    differing: list[Seen] = field(default_factory=list)
    new: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, str] = field(default_factory=dict)
    files: list[Stored] = field(default_factory=list)
    levels: LevelNames | None = None
    clashes: list[Clash] = field(default_factory=list)

    def chosen(self, choices: Mapping[tuple[str, str], Choice], choice: Choice | None) -> dict[str, Choice]:
        """Which name or code holds, by the key of a level or the id of a clash, as far as it was said."""
        keys = [("level", key) for key in (self.levels.differing if self.levels else ())]
        keys += [(double_codes.NOUN, clash.id) for clash in self.clashes]
        said = {key[1]: choices.get(key, choice) for key in keys}
        return {id: one for id, one in said.items() if one is not None}


class Merging(Packing):
    """The part of a library that takes another one in."""

    def merge_plan(self, other: Path, report: Report = unheard, *, with_duplicates: bool = False) -> MergePlan:
        """What merging the library in ``other`` would bring; nothing is changed.

        :raises Cancelled: a person stopped it.
        :raises LibraryMissing: there is none.
        :raises BadAccount: it is this very library.
        :raises LibraryDamaged: its database cannot be read, or somebody has changed how it is built.
        :raises LibraryTooNew, LibraryTooOld: it has another form than this program's.
        """
        with self._other(other) as there, self._database.reading() as here:
            return self._planned(other, here, there, self._compare(here, there, with_duplicates, report))

    def merge(
        self,
        other: Path,
        report: Report = unheard,
        *,
        choice: Choice | None = None,
        choices: Mapping[tuple[str, str], Choice] | None = None,
        with_duplicates: bool = False,
        task_id: str = "",
    ) -> MergePlan:
        """Take the library in ``other`` in, which is only read; gives what came.

        ``choices``: which form holds, by a conflict's noun and id; ``choice``: the same for those not named there.
        ``with_duplicates``: pages whose very files are here come nevertheless; else what was made of them there goes
        to the pages here.  Stopped or cut off, it can be begun again: what came is known by its ids.

        :raises BadAccount: something was chosen that is no conflict; nothing was merged.
        :raises MergeUndecided: things differ, and nobody has said which is to hold: nothing was merged; or were changed
            while the pages came: those are kept, and what differs stays as it is here.
        :raises Cancelled: a person stopped it; what came until then is kept, and is one step to be undone.
        :raises DiskFull: there is no room; what came until then is kept.
        :raises: as ``merge_plan``.
        """
        with self._other(other) as there:
            with self._database.reading() as here:
                # How long the whole takes is not known before this has been compared.
                found = self._compare(here, there, with_duplicates, lambda *_: report(0, 0, "", 0))
                plan = self._planned(other, here, there, found)
            if not task_id:
                # A task that is begun again may have settled some already.
                plan.require_known(choices or {})
            decided = {(one.noun, one.id): (choices or {}).get((one.noun, one.id), choice) for one in found.differing}
            names = found.chosen(choices or {}, choice)
            undecided = sum(chosen is None for chosen in decided.values())
            undecided += sum(key not in names for key in (found.levels.differing if found.levels else ()))
            if undecided:
                raise MergeUndecided(undecided)
            wanted = _wanted(found, {key: chosen for key, chosen in decided.items() if chosen is not None})
            with self._database.reading() as here:
                merged_units.require_tree(here, wanted)
            places.require_room(self.folder, plan.size)
            total = len(found.files) + len(found.items.new) + 1
            fixity = self._take_files(other, found, report, total)
            step: list[int] = []
            with self._growing(step, task_id) as act:
                self._take_accounts(act, there, found, fixity, other)
                # Pages that come are in them; a person may stop this before all of them are here.
                act.put_all((one.noun, one.id, one.there) for one in found.coming if one.noun == "unit")
            for begin in range(0, len(found.items.new), PORTION):
                report(len(found.files) + begin, total, "", 0)
                with self._growing(step, task_id) as act:
                    self._take_items(act, there, found.items.new[begin : begin + PORTION], other)
            report(total - 1, total, "", 0)
            with self._growing(step, task_id) as act:
                if changed := _changed_since(act.connection, found):
                    raise MergeUndecided(changed, has_begun=True)
                merged_units.require_tree(act.connection, wanted)
                act.put_all(wanted)
                if found.levels is not None:
                    present = LevelNames(library_settings.levels(act.connection), found.levels.theirs)
                    act.put("setting", "levels", library_settings.row_of(present.joined(names)))
                self._take_of_twins(act, there, found)
                double_codes.part(act, found.clashes, names)
                outdated.add(act.connection, self._ruled_here(act.connection, found.items.new))
                transfers.copy_accounts(act.connection, there)
                detail = f"merged with the library {other.name} ({accessions.known_library_id(there)}): " + ", ".join(
                    f"{count:,} {noun}" for noun, count in plan.new.items()
                )
                self._happened(act.connection, "ingestion", accessions.known_library_id(act.connection), detail=detail)
        self._tell(Changes(accessions=True, history=False))
        report(total, total, "", 0)
        lost = {one.sha256: one.name for one in found.files if fixity.get(one.sha256, "ok") != "ok"}
        with self._database.reading() as here:
            return replace(plan, lost=lost, doubled=tuple(stored_codes.of_units(here)))

    @contextmanager
    def _other(self, folder: Path) -> Iterator[Connection]:
        """The other library at one moment, whoever goes on writing in it."""
        if not places.is_library(folder):
            raise LibraryMissing(folder)
        if folder.samefile(self.folder):
            raise BadAccount(f"{folder} is this very library; choose another one.  Nothing was merged.")
        file = folder / "library.db"
        with closing(Database(file, is_writable=False)) as database, database.reading() as connection:
            connection.execute("BEGIN")
            strangers.require_sound(connection, file)
            yield connection

    @contextmanager
    def _growing(self, step: list[int], task_id: str) -> Iterator[Recorder]:
        """The step of the merging, which grows as long as a person does nothing else meanwhile."""
        with self._recording(ACT) as act:
            if task_id and tasks.state(act.connection, task_id) == "cancelled":
                raise Cancelled
            known = step[-1] if step else tasks.step_id(act.connection, task_id) if task_id else None
            newest = journal.newest(act.connection)
            if act.step_id is None and known == newest == journal.last_done(act.connection):
                act.step_id = known
            yield act
            if act.step_id is not None:
                step.append(act.step_id)
                if task_id:
                    tasks.set_step(act.connection, task_id, act.step_id)

    # -- comparing ----------------------------------------------------------------------------------------------

    def _compare(self, here: Connection, there: Connection, with_duplicates: bool, report: Report) -> _Comparison:
        compared, total = count(1), transfers.count_rows(there)

        def tell() -> None:
            if not (done := next(compared)) % ROWS_BETWEEN_REPORTS:
                report(min(done, total), total, "", 0)

        report(0, total, "", 0)
        found = transfers.items(here, there, tell)
        if with_duplicates:
            found = transfers.Items((*found.new, *found.twins), {}, found.given_up)
        result = _Comparison(found, numbers=_numbers(here, there))
        result.new["item"] = len(found.new)
        there_ids = set(found.twins.values())
        for noun in NOUNS:
            if noun == "cleaning":
                continue
            for one in transfers.seen(here, there, noun, found, tell):
                if noun == "accession" and one.is_new:
                    continue
                if noun == "item" and one.id in there_ids and one.here is not None:
                    joined = twins.joined(one.here, one.there)
                    if twins.is_for_a_person(one.here, joined):
                        result.differing.append(replace(one, there=joined))
                elif noun == "setting" and one.id == "levels":
                    result.levels = LevelNames(library_settings.levels(here), dict(json.loads(one.there["value"])))
                    result.new["level"] = len(result.levels.coming)
                elif one.is_same:
                    result.same[noun] += 1
                elif one.is_new and noun != "charset":
                    result.new[noun] += 1
                    result.coming.append(one)
                else:
                    # Another character set makes another text, of pages that are here: that is for a person to say.
                    result.differing.append(one)
        # The pages bring what was made of them along.
        result.new.update(transfers.counts_with_items(there, found.new))
        result.new["accession"] = len(result.numbers)
        result.clashes = double_codes.clashes(here, [*result.coming, *result.differing])
        held, failed = contents.digests(here), contents.failed_digests(here)
        result.files = [one for one in transfers.files_of(there, found.new) if one.sha256 not in held]
        # What is lost here, and whole there, comes back with it.
        result.files += [one for one in contents.stored(there) if one.sha256 in failed]
        report(total, total, "", 0)
        return result

    def _planned(self, other: Path, here: Connection, there: Connection, found: _Comparison) -> MergePlan:
        conflicts = [
            Conflict(one.noun, one.id, transfers.title_of(here, one.noun, one.there, one.id), *_difference(one))
            for one in found.differing
        ]
        names = found.levels.differing if found.levels else {}
        conflicts += [
            Conflict("level", key, both[0], {"value": both[0]}, {"value": both[1]}) for key, both in names.items()
        ]
        conflicts += [clash.conflict for clash in found.clashes]
        before = transfers.numbers(there)
        return MergePlan(
            other,
            {noun: count for noun, count in found.new.items() if count},
            {noun: count for noun, count in found.same.items() if count},
            tuple(conflicts),
            found.items.twins,
            {before[id]: number for id, number in found.numbers.items() if before[id] != number},
            {one.sha256: one.name for one in found.files if not _original(other, one.sha256).is_file()},
            sum(one.size for one in found.files),
            found.items.given_up,
            titles={one.id: one.title for one in items.get_many(there, list(found.items.twins))},
        )

    # -- taking -------------------------------------------------------------------------------------------------

    def _take_files(self, other: Path, found: _Comparison, report: Report, total: int) -> dict[str, str]:
        """Store the files that are not here; gives what was found of each: ok, missing or altered."""
        results = {}
        for done, one in enumerate(found.files):
            report(done, total, one.name, one.size)
            results[one.sha256] = self._take_file(other, one.sha256)
        return results

    def _take_file(self, other: Path, sha256: str) -> str:
        """Store one file; what is altered there does not come, and so is missing here."""
        source = _original(other, sha256)
        try:
            is_good = sha256_of(source) == sha256 and self._originals.store(source)[0] == sha256
        except FileRefused:
            return "missing"
        return "ok" if is_good else "missing"

    def _take_accounts(
        self, act: Recorder, there: Connection, found: _Comparison, results: Mapping[str, str], other: Path
    ) -> None:
        for id, number in found.numbers.items():
            transfers.copy_accession(act.connection, there, id, number)
        transfers.keep_numbers_free(act.connection)
        failed = contents.failed_digests(act.connection)
        for sha256, result in results.items():
            if result == "ok" and not self._originals.has(sha256):
                # Given up here since it was stored, with the last page that had it.
                self._take_file(other, sha256)
            if sha256 in failed and result == "ok":
                fixity.put(act.connection, sha256, "ok", now())
                self._happened(act.connection, "replication", sha256, detail="stored again from the library merged")
            elif sha256 not in failed:
                transfers.copy_original(act.connection, there, sha256, result)
                if result != "ok":
                    self._happened(act.connection, "fixity check", sha256, "failure", result)

    def _take_items(self, act: Recorder, there: Connection, ids: tuple[str, ...], other: Path) -> None:
        for one in transfers.files_of(there, ids):
            if stored_files.original(act.connection, one.sha256) is None:
                # It was here when the two were compared, and was given up since.
                transfers.copy_original(act.connection, there, one.sha256, self._take_file(other, one.sha256))
        copy_pages(act.connection, there, ids)
        moment, changes = now(), []
        for id in ids:
            row = rows.get(act.connection, "item", id) or {}
            # Taken back, a merging puts its pages into the bin, as an import does.
            if not row["deleted_at"]:
                changes.append(Change("item", id, {**row, "deleted_at": moment}, row))
        act.note_all(changes)
        stale.add(act.connection, ids)

    @staticmethod
    def _ruled_here(connection: Connection, new: tuple[str, ...]) -> list[str]:
        """Those of the new pages to which rules of this library apply that the other one may not have."""
        sites = {rule.site for rule in site_rules.of_library(connection)}
        coming = set(new)
        return [id for site in sites for id in items.ids_of_site(connection, site) if id in coming]

    def _take_of_twins(self, act: Recorder, there: Connection, found: _Comparison) -> None:
        """Pages that are here by another id get the tags that they have there, and the place where they have none."""
        for their_id, our_id in found.items.twins.items():
            theirs, ours = rows.get(there, "item", their_id), rows.get(act.connection, "item", our_id)
            if theirs is not None and ours is not None:
                act.put("item", our_id, twins.carried(ours, theirs))


def _changed_since(here: Connection, found: _Comparison) -> int:
    """How many of the things that differ a person has changed while the pages came: that choice was of another form."""
    changed = sum(rows.get(here, one.noun, one.id) != one.here for one in found.differing)
    names = found.levels.differing if found.levels else {}
    present = library_settings.levels(here) if names else {}
    return changed + sum(present.get(key) != ours for key, (ours, _) in names.items())


def _wanted(found: _Comparison, decided: Mapping[tuple[str, str], Choice]) -> list[tuple[str, str, Row | None]]:
    """The rows as they shall be."""
    wanted: list[tuple[str, str, Row | None]] = [(one.noun, one.id, one.there) for one in found.coming]
    for one in found.differing:
        choice = decided[one.noun, one.id]
        if choice == "theirs":
            wanted.append((one.noun, one.id, one.there))
        elif choice == "both" and one.noun in TWICE:
            wanted.append((one.noun, new_id(), one.there))
        elif choice == "both" and one.noun == "item" and one.here is not None:
            tags = twins.tags(one.here["tags"], one.there["tags"])
            wanted.append((one.noun, one.id, {**one.here, "tags": tags}))
    return wanted


def _difference(one: Seen) -> tuple[Row, Row]:
    """Only what differs, of what is here and of what is there."""
    here = one.here or {}
    names = [name for name in one.there if here.get(name) != one.there[name]]
    return {name: here.get(name) for name in names}, {name: one.there[name] for name in names}


def _numbers(here: Connection, there: Connection) -> dict[str, str]:
    """The accessions that come, each by its own number where that is free, else by the next one of its year."""
    known = transfers.numbers(here)
    theirs = {id: number for id, number in transfers.numbers(there).items() if id not in known}
    taken = set(known.values())
    last = transfers.last_number([*taken, *theirs.values()])
    for id, number in theirs.items():
        if number in taken:
            last += 1
            theirs[id] = f"{number[:4]}-{last:03}"
        taken.add(theirs[id])
    return theirs


def _original(folder: Path, sha256: str) -> Path:
    return folder / "originals" / sha256[:2] / sha256
