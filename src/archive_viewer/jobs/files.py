"""One file of an import: whether it is a page at all, whether it is known, what pages it has, what is said of it.

A planned file in; its pages, or the line that a report has for it, out.  Separate so that an import and a look ahead of
it take the same steps, and cannot come to different ends.
"""

from __future__ import annotations

import logging
import stat
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from archive_viewer import cleaning, limits, readers
from archive_viewer.errors import ArchiveViewerError, FileRefused
from archive_viewer.jobs.planning import Claims, Found
from archive_viewer.library import Library
from archive_viewer.model import Article, Capture, ImportLine, Item, SavedFile
from archive_viewer.text import printable

LOG = logging.getLogger(__name__)

T = TypeVar("T")

HELD = "The library holds this very file already."
LEFT_OUT = "You left this file out."
TOO_LARGE = "This file needs more memory than this machine has to spare."
OUR_FAULT = "This file could not be read because of a fault in Archive Viewer; the log says more."


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
    companions, download = readers.FolderCompanions(path), readers.read_download(path)
    return SavedFile(path, printable(path.name), modified, companions, download=download)


def saved(found: Found) -> SavedFile:
    """:raises FileRefused: it could not even be looked at, or cannot be read."""
    if found.error is not None:
        raise FileRefused.unreadable(found.error)
    return saved_file(found.path)


def known_items(library: Library, saved: SavedFile, sha256: str) -> list[Item]:
    """Items that hold this very file, with every file that came beside it."""
    items = library.items_of_file(sha256)
    if not items:
        return []
    names = readers.companion_names(saved)
    known = [item for item in items if library.has_companions(item.id, saved, names)]
    here = [item for item in known if not item.deleted_at]
    return here or known


def pages(
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


def is_page_part(found: Found) -> bool:
    """Whether a file of a folder only dresses pages: it is counted, and nobody needs to be told why it is no page.

    A file that a person names is a page to them; it is read or refused.
    """
    if found.is_alone:
        return False
    if readers.is_in_books(found.path.parent.parts):
        return True
    try:
        if not found.path.is_file():
            return False
        with found.path.open("rb") as stream:
            return readers.is_page_part(found.path.name, stream.read(limits.HEAD_BYTES))
    except OSError:
        return False


def claim_companions(found: Found, claims: Claims) -> None:
    """See to it that what belongs to a page is not taken for a page of its own, though the page is not read."""
    try:
        claims.add(found.path, readers.companion_names(saved(found)))
    except FileRefused:
        # What cannot be read claims nothing.
        return


def guarded(found: Found, attempt: Callable[[], T], refused: Callable[[ImportLine], T]) -> T:
    """Try something with a file; what goes wrong with it is a line like any other, for the sake of all the others.

    :raises ArchiveViewerError: it is not the file's doing: a full disk, a person.
    """
    try:
        return attempt()
    except FileRefused as refusal:
        return refused(ImportLine(found.name, "refused", str(refusal)))
    except MemoryError:
        return refused(ImportLine(found.name, "refused", TOO_LARGE))
    except ArchiveViewerError:
        raise
    except Exception:
        # One of the two places where a bug of ours is caught: a thousand other files must not be lost for its sake.
        LOG.exception("reading %s failed", found.path)
        return refused(ImportLine(found.name, "refused", OUR_FAULT))


def same_as(name: str) -> str:
    """That a file is the same, byte for byte, as one of this import, by that one's path or name."""
    short = name.replace("\\", "/").rsplit("/", 1)[-1]
    return f"It is the same file as “{short}”, which comes in with this import."


# -- lines ------------------------------------------------------------------------------------------------------


def skipped(found: Found) -> ImportLine:
    return ImportLine(found.name, "skipped", "This is a part of a page, not a page.")


def left_out(found: Found) -> ImportLine:
    return ImportLine(found.name, "skipped", LEFT_OUT)


def duplicate(found: Found, known: Sequence[Item], reason: str) -> ImportLine:
    return ImportLine(found.name, "duplicate", reason, tuple(item.id for item in known))


def from_bin(found: Found, known: Sequence[Item]) -> ImportLine:
    reason = "It was in the bin, with its marks, and was put back."
    return ImportLine(found.name, "imported", reason, tuple(item.id for item in known))
