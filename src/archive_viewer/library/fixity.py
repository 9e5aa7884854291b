"""Fixity: whether the stored files are as they came, found out, told, and put right again.

Ids in, what each stored file was found to be out.  Separate from what hands things over, because checking goes on for
long, is cut off and taken up again, and is no act of a person: nothing of it can be undone.

A file that fails its check has an event of its own, and so has each that was asked for by its item.  What a long check
found to be well is told together, some thousands of files at a time, for the log would outgrow the library else.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive_viewer.errors import BadAccount, FileRefused, LibraryReadOnly, RepairRefused, UnknownId
from archive_viewer.library.core import MOMENT, now
from archive_viewer.library.facets import Faceting
from archive_viewer.library.values import Changes, FixityResult, FixityState
from archive_viewer.storage import fixity, stored_files
from archive_viewer.storage.fixity import Checked
from archive_viewer.storage.originals import Examination, sha256_of
from archive_viewer.text import printable

PORTION = 5_000
PORTION_SECONDS = 30.0
"""Files that a long check keeps together, and for how long at most: so much is read again after a kill."""

NEWS_SECONDS = 0.5
"""A file that fails is told at once; of a disk that lost them all, so many at a time."""

MOST_DAYS = 36_500


def _nothing() -> None:
    """What is done for each megabyte where nobody asks for anything."""


class Fixity(Faceting):
    """The part of a library that answers for its bytes."""

    # -- how they stand -----------------------------------------------------------------------------------------

    def count_originals(self) -> int:
        with self._database.reading() as connection:
            return stored_files.count_originals(connection)

    def fixity_state(self) -> FixityState:
        """How the stored files stand, without reading any."""
        with self._database.reading() as connection:
            days = fixity.days(connection)
            return FixityState(
                files=stored_files.count_originals(connection),
                failed=fixity.count_failed(connection),
                due=fixity.count_unseen(connection, _before(days)) if days else 0,
                without_sha512=fixity.count_without_sha512(connection),
                days=days,
                oldest=fixity.seen_longest_ago(connection),
            )

    def failed_originals(self) -> list[FixityResult]:
        """The stored files that failed their last check, by name."""
        with self._database.reading() as connection:
            failed = fixity.failed(connection)
        return [FixityResult(one.sha256, one.file_name, result) for one, result, _ in failed]

    def set_fixity_days(self, days: int) -> None:
        """After how many days a stored file is read again by itself, whenever nothing else is to be done; 0: never.

        :raises BadAccount: it is no number of days.
        """
        if not 0 <= days <= MOST_DAYS:
            raise BadAccount(f"Files are checked every 1 to {MOST_DAYS:,} days, or never (0).")
        with self._database.writing() as connection:
            fixity.set_days(connection, days)
        self._tell(Changes(fixity=True, history=False))

    # -- checking -----------------------------------------------------------------------------------------------

    def verify_originals(
        self,
        item_ids: Sequence[str] | None = None,
        *,
        only_due: bool = False,
        at_each_piece: Callable[[], None] = _nothing,
    ) -> Iterator[FixityResult]:
        """Read stored files anew and compare their SHA-256, the one seen longest ago first.

        All of them, those of some items, or only those that nobody has read for the days that were set.  What fails
        is kept and told at once.  ``at_each_piece`` is called for each file and each megabyte, and may raise to stop.
        """
        return self._check(
            self._to_check(item_ids, only_due=only_due), item_ids is not None, at_each_piece=at_each_piece
        )

    def count_to_verify(
        self, item_ids: Sequence[str] | None = None, *, only_due: bool = False, without_sha512: bool = False
    ) -> int:
        """How many files that would be, or how many of them have no SHA-512."""
        return len(self._to_check(item_ids, only_due=only_due, without_sha512=without_sha512))

    def add_sha512(
        self, item_ids: Sequence[str] | None = None, *, at_each_piece: Callable[[], None] = _nothing
    ) -> Iterator[FixityResult]:
        """Calculate the SHA-512 of those stored files that have none, of all or of some items.

        Their SHA-256 is compared in the same reading: altered bytes get no other checksum.
        """
        wanted = self._to_check(item_ids, without_sha512=True)
        return self._check(wanted, item_ids is not None, with_sha512=True, at_each_piece=at_each_piece)

    def _to_check(
        self, item_ids: Sequence[str] | None, *, only_due: bool = False, without_sha512: bool = False
    ) -> list[Checked]:
        with self._database.reading() as connection:
            days = fixity.days(connection)
            if only_due and not days:
                return []
            return fixity.to_check(connection, item_ids, _before(days) if only_due else "", without_sha512)

    def _check(
        self,
        wanted: Sequence[Checked],
        is_asked_for: bool,
        *,
        with_sha512: bool = False,
        at_each_piece: Callable[[], None],
    ) -> Iterator[FixityResult]:
        portion: list[tuple[Checked, Examination]] = []
        has_news, kept_at = False, 0.0
        begun = time.monotonic()
        try:
            for file in wanted:
                found = self._originals.examine(file.sha256, with_sha512=with_sha512, at_each_piece=at_each_piece)
                if found.outcome != "ok" and not self._is_held(file.sha256):
                    # Given up by a person meanwhile: that it is gone is no failure.
                    continue
                portion.append((file, found))
                has_news |= found.outcome != "ok" or found.outcome != file.result
                moment = time.monotonic()
                is_time = moment - begun > PORTION_SECONDS or (has_news and moment - kept_at > NEWS_SECONDS)
                if is_time or len(portion) >= PORTION:
                    self._keep(portion, is_asked_for)
                    portion, has_news, begun, kept_at = [], False, moment, moment
                yield FixityResult(file.sha256, file.file_name, found.outcome, found.found)
        finally:
            try:
                self._keep(portion, is_asked_for)
            except LibraryReadOnly:
                # Whoever asked let go of the library before the end; what is not kept is checked again.
                portion.clear()

    def _is_held(self, sha256: str) -> bool:
        """Whether the library still knows a stored file."""
        with self._database.reading() as connection:
            return stored_files.original(connection, sha256) is not None

    def _keep(self, portion: Sequence[tuple[Checked, Examination]], is_asked_for: bool) -> None:
        if not portion or not self.is_writable:
            return
        moment, is_news = now(), False
        with self._database.writing() as connection:
            well = 0
            for file, found in portion:
                fixity.put(connection, file.sha256, found.outcome, moment)
                if found.sha512:
                    fixity.put_sha512(connection, file.sha256, found.sha512)
                    detail = f"SHA-512 {found.sha512}"
                    self._happened(connection, "message digest calculation", file.sha256, detail=detail)
                is_news |= found.outcome != file.result
                if is_asked_for or found.outcome != "ok" or file.result != "ok":
                    outcome = "success" if found.outcome == "ok" else "failure"
                    self._happened(connection, "fixity check", file.sha256, outcome, _sentence(file, found))
                else:
                    well += 1
            if well:
                files = "1 stored file" if well == 1 else f"{well:,} stored files"
                self._happened_to_library(connection, "fixity check", detail=f"SHA-256 compared: {files} as they came")
        if is_news:
            self._tell(Changes(fixity=True, history=False))

    # -- putting right ------------------------------------------------------------------------------------------

    def repair(self, sha256: str, candidate: Path) -> bool:
        """Put a lost or altered stored file back from a file with the same bytes; gives whether it needed that.

        :raises UnknownId: there is no such stored file.
        :raises RepairRefused: the candidate has other bytes; nothing was changed.
        :raises FileRefused: it cannot be read or stored.
        :raises DiskFull: there is no room.
        """
        with self._database.reading() as connection:
            original = stored_files.original(connection, sha256)
        if original is None:
            raise UnknownId("stored file", sha256)
        outcome = self._originals.check(sha256)
        if outcome == "ok":
            with self._database.reading() as connection:
                known = fixity.known(connection, sha256)
            self._keep([(Checked(sha256, original.file_name, known, True), Examination("ok"))], True)
            return False
        if sha256_of(candidate) != sha256 or self._originals.store(candidate)[0] != sha256:
            raise RepairRefused(original.file_name, candidate)
        with self._database.writing() as connection:
            self._put_back(connection, sha256, outcome, printable(str(candidate)))
        self._tell(Changes(fixity=True, history=False))
        return True

    def repair_from(self, place: Path, *, at_each_file: Callable[[], None] = _nothing) -> Iterator[FixityResult]:
        """Put back whatever a file, or any file of a folder, has the bytes of; gives what was put back.

        The folder may be a copy of the library, a bag of it, or where the files once came from: names do not matter.
        ``at_each_file`` is called for each file that is there, and may raise to stop.

        :raises FileRefused: the place cannot be read, or a file not stored.
        :raises DiskFull: there is no room.
        """
        with self._database.reading() as connection:
            lacking = {one.sha256: one for one, _, _ in fixity.failed(connection)}
        sizes = Counter(one.size for one in lacking.values())
        for candidate in _files(place):
            if not lacking:
                return
            at_each_file()
            try:
                if candidate.stat().st_size not in sizes:
                    continue
                sha256 = sha256_of(candidate)
            except (OSError, FileRefused):
                # Of a folder full of files one that cannot be read is none that helps.
                continue
            if sha256 in lacking:
                original = lacking.pop(sha256)
                sizes -= Counter((original.size,))
                if self.repair(sha256, candidate):
                    yield FixityResult(sha256, original.file_name, "ok", str(candidate))


def _before(days: int) -> str:
    """The moment so many days ago."""
    return (datetime.now(UTC) - timedelta(days=days)).strftime(MOMENT)


def _files(place: Path) -> Iterator[Path]:
    """A file, or all the files of a folder.

    :raises FileRefused: there is none.
    """
    if not place.is_dir():
        if not place.is_file():
            raise FileRefused("There is no such file or folder.")
        yield place
        return
    for folder, folders, names in os.walk(place):
        folders.sort()
        for name in sorted(names):
            yield Path(folder) / name


def _sentence(file: Checked, found: Examination) -> str:
    if found.outcome == "altered":
        return f"altered: SHA-256 is {found.found} now"
    if found.outcome == "unreadable":
        return f"unreadable: {found.found}"
    if found.outcome == "missing":
        return "missing"
    return "SHA-256 compared: as it came" if file.result == "ok" else f"was {file.result}, is as it came again"
