"""Importing: every file of the chosen places is read, cleaned and kept, or refused with a sentence.

Paths in, a line a file out.  A bad file is a line like any other and the import goes on; what stops it is a full
disk or a person.  A file for which the accession has a line already was dealt with before a crash; it is passed over.
"""

from __future__ import annotations

import logging
import stat
from collections import defaultdict, deque
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from archive_viewer import cleaning, limits, readers
from archive_viewer.errors import ArchiveViewerError, FileRefused
from archive_viewer.jobs import planning
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.planning import Claims, Found
from archive_viewer.library import Library
from archive_viewer.model import Article, Capture, ImportLine, Item, SavedFile
from archive_viewer.text import printable

LOG = logging.getLogger(__name__)

OUTCOMES = {
    "imported": "",
    "duplicate": "already in the library",
    "refused": "refused",
    "skipped": "passed over as parts of pages",
}

HELD = "The library holds this very file already."
RESTORED = "The library knows this very file; its stored bytes had been lost or altered and were stored again."

CUT_OFFS = 3
"""A person may quit while a file is read, and again; three times at one file is the file's doing."""

CUT_OFF = "Archive Viewer ended several times while it read this file.  Import it once more, and it is tried again."

TOO_LARGE = "This file needs more memory than this machine has to spare."

OUR_FAULT = "This file could not be read because of a fault in Archive Viewer; the log says more."


def import_paths(
    library: Library, accession_id: str, paths: Sequence[Path], job: Job, *, was_cut_off: bool = False
) -> Iterator[ImportLine]:
    """Take in all that these files and folders hold, as one accession; gives each line once it is written.

    ``was_cut_off``: the program ended while it did this.  The first file without a line is the one that it was at; one
    at which it has ended too often is refused, so that a file that brings the program down does not keep out the rest.

    :raises DiskFull: there is not room for it all, or the disk filled up; what came in until then is kept.
    :raises Cancelled: a person stopped it; what came in until then is kept.
    """
    total, size = planning.count(paths)
    library.require_room(size - library.bytes_taken_in(accession_id))
    library.set_accession_state(accession_id, "running")
    # By name and in order: names that are not UTF-8 are told apart on the disk, but may read alike in the report.
    earlier: defaultdict[str, deque[ImportLine]] = defaultdict(deque)
    for line in library.report(accession_id):
        earlier[line.path].append(line)
    claims = Claims()
    for order, found in enumerate(planning.walk(paths, claims)):
        report = partial(job.report, min(order, total), total, found.path.name, found.size)
        report()
        if earlier[found.name]:
            for item_id in earlier[found.name].popleft().item_ids:
                claims.add(found.path, [name for name, _ in library.files(item_id)[1:]])
        elif was_cut_off and library.note_cut_off(accession_id, found.name) >= CUT_OFFS:
            was_cut_off = False
            yield library.note_line(accession_id, ImportLine(found.name, "refused", CUT_OFF))
        else:
            was_cut_off = False
            yield _import_file(library, accession_id, found, claims, order, report)
    job.report(total, total)
    library.set_accession_state(accession_id, "done")


def _import_file(
    library: Library, accession_id: str, found: Found, claims: Claims, order: int, report: Callable[[], None]
) -> ImportLine:
    try:
        if _is_page_part(found):
            return library.note_line(accession_id, _skipped(found))
        saved = _saved(found)
        sha256 = library.digest_of(found.path)
        unfinished = library.unfinished_items(sha256)
        known = _known(library, saved, sha256) if not unfinished else []
        if known:
            claims.add(found.path, readers.companion_names(saved))
            is_restored = library.store_again(known[0].id, saved)
            if all(item.deleted_at for item in known):
                return library.take_back_from_bin(accession_id, _from_bin(found, known))
            return library.note_line(accession_id, _duplicate(found, known, RESTORED if is_restored else HELD))
        done = {item.locator for item in unfinished}
        pages = _read(found, saved, claims, report, done)
        return library.take_in(accession_id, found.name, saved, sha256, pages, order)
    except FileRefused as refusal:
        return library.note_line(accession_id, ImportLine(found.name, "refused", str(refusal)))
    except MemoryError:
        return library.note_line(accession_id, ImportLine(found.name, "refused", TOO_LARGE))
    except ArchiveViewerError:
        raise
    except Exception:
        # One of the two places where a bug of ours is caught: a thousand other files must not be lost for its sake.
        LOG.exception("importing %s failed", found.path)
        return library.note_line(accession_id, ImportLine(found.name, "refused", OUR_FAULT))


# -- a look without writing -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Prospect:
    """What an import would make of a file: its line, and its items as they are, or as they would be."""

    line: ImportLine
    items: tuple[Item, ...] = ()
    is_known: bool = False


def look_at_paths(library: Library | None, paths: Sequence[Path], job: Job) -> Iterator[Prospect]:
    """What ``import_paths`` would do, with nothing stored anywhere (a dry run).

    :raises Cancelled: a person stopped it.
    """
    total, _ = planning.count(paths)
    claims = Claims()
    for order, found in enumerate(planning.walk(paths, claims)):
        report = partial(job.report, min(order, total), total, found.path.name, found.size)
        report()
        yield _look_at(library, found, claims, order, report)


def _look_at(library: Library | None, found: Found, claims: Claims, order: int, report: Callable[[], None]) -> Prospect:
    try:
        if _is_page_part(found):
            return Prospect(_skipped(found))
        saved = _saved(found)
        sha256 = Library.digest_of(found.path)
        known = _known(library, saved, sha256) if library is not None else []
        if known:
            claims.add(found.path, readers.companion_names(saved))
            is_in_bin = all(item.deleted_at for item in known)
            line = _from_bin(found, known) if is_in_bin else _duplicate(found, known, HELD)
            return Prospect(line, tuple(known), is_known=True)
        pages = _read(found, saved, claims, report)
        items = tuple(Library.prospect(capture, article, saved, sha256, order) for capture, article in pages)
        if not items:
            raise FileRefused("There is no page in this file.")
        warnings = tuple(dict.fromkeys(warning for item in items for warning in item.warnings))
        return Prospect(ImportLine(found.name, "imported", warnings=warnings), items)
    except FileRefused as refusal:
        return Prospect(ImportLine(found.name, "refused", str(refusal)))


# -- the steps of both ------------------------------------------------------------------------------------------


def saved_file(path: Path) -> SavedFile:
    """A file on the person's disk as a reader wants it.

    :raises FileRefused: it cannot be read, or is no file at all.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise FileRefused.unreadable(error) from error
    if not stat.S_ISREG(status.st_mode):
        raise FileRefused("This is not a file but a device, a pipe or a socket.")
    modified = datetime.fromtimestamp(status.st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return SavedFile(path, printable(path.name), modified, readers.FolderCompanions(path))


def _saved(found: Found) -> SavedFile:
    if found.error is not None:
        raise FileRefused.unreadable(found.error)
    return saved_file(found.path)


def _known(library: Library, saved: SavedFile, sha256: str) -> list[Item]:
    """Items that hold this very file, with every file that came beside it."""
    items = library.items_of_file(sha256)
    if not items:
        return []
    names = readers.companion_names(saved)
    known = [item for item in items if library.has_companions(item.id, saved, names)]
    here = [item for item in known if not item.deleted_at]
    return here or known


def _read(
    found: Found, saved: SavedFile, claims: Claims, report: Callable[[], None], done: Container[str] = ()
) -> Iterator[tuple[Capture, Article]]:
    """The pages of a file one by one, each with its article; those whose locator is in ``done`` are left out.

    ``report`` is called after each page, so that a container of many can be stopped, and is seen to go on.

    :raises FileRefused: it is no saved page, or none that can be read.
    """
    for capture in readers.read(saved):
        claims.add(found.path, capture.companions)
        if capture.locator not in done:
            yield capture, cleaning.clean(capture)
        report()


def _skipped(found: Found) -> ImportLine:
    return ImportLine(found.name, "skipped", "This is a part of a page, not a page.")


def _duplicate(found: Found, known: Sequence[Item], reason: str) -> ImportLine:
    return ImportLine(found.name, "duplicate", reason, tuple(item.id for item in known))


def _from_bin(found: Found, known: Sequence[Item]) -> ImportLine:
    reason = "It was in the bin, with its marks, and was put back."
    return ImportLine(found.name, "imported", reason, tuple(item.id for item in known))


def _is_page_part(found: Found) -> bool:
    """Whether a file of a folder only dresses pages: it is counted, and nobody needs to be told why it is no page.

    A file that a person names is a page to them; it is read or refused.
    """
    if found.is_alone:
        return False
    try:
        if not found.path.is_file():
            return False
        with found.path.open("rb") as stream:
            return readers.is_page_part(found.path.name, stream.read(limits.HEAD_BYTES))
    except OSError:
        return False


def summary(lines: Sequence[ImportLine]) -> str:
    """What became of the files of an import, in a sentence."""
    count = {outcome: sum(line.outcome == outcome for line in lines) for outcome in OUTCOMES}
    pages = sum(len(line.item_ids) for line in lines if line.outcome == "imported")
    said = [f"{pages:,} page{'' if pages == 1 else 's'} imported"]
    said += [f"{count[outcome]:,} {words}" for outcome, words in OUTCOMES.items() if count[outcome] and words]
    return ", ".join(said) + "."
