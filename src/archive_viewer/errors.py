"""What can go wrong and be told to an archivist.

Every error carries its facts as attributes and prints one sentence.  ``exit_code`` is what the command line ends
with: 2 wrong usage or nothing found, 3 something was refused, 4 another program holds the library.  An exception
that is not an ``ArchiveViewerError`` is a bug of ours.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path


class ArchiveViewerError(Exception):
    """The root; never raised itself."""

    exit_code = 2


class UnknownId(ArchiveViewerError):
    def __init__(self, noun: str, id: str) -> None:
        super().__init__(f"There is no {noun} with the id “{id}” in this library.")
        self.noun, self.id = noun, id


class UnknownParagraph(UnknownId):
    def __init__(self, *ns: int) -> None:
        numbers = ", ".join(map(str, ns))
        ArchiveViewerError.__init__(self, f"The page has no paragraph {numbers}.")
        self.noun, self.id = "paragraph", numbers


class UnknownAccession(UnknownId):
    def __init__(self, name: str) -> None:
        ArchiveViewerError.__init__(
            self,
            f"There is no accession “{name}” in this library; name it by its number, such as 2026-001, or by its id.",
        )
        self.noun, self.id = "accession", name


class QuoteNotFound(ArchiveViewerError):
    def __init__(self, quote: str) -> None:
        super().__init__(f"The words “{_shorten(quote)}” do not stand in the text of this page.")
        self.quote = quote


class OccurrenceMissing(QuoteNotFound):
    def __init__(self, quote: str, count: int) -> None:
        ArchiveViewerError.__init__(
            self, f"The words “{_shorten(quote)}” stand {count} times in this page; choose one from 1 to {count}."
        )
        self.quote, self.count = quote, count


class QuoteAmbiguous(ArchiveViewerError):
    def __init__(self, quote: str, count: int) -> None:
        super().__init__(
            f"The words “{_shorten(quote)}” stand {count} times in this page; say which with --occurrence 1 to {count}."
        )
        self.quote, self.count = quote, count


class BadPassage(ArchiveViewerError):
    """A range that does not lie within a text, or a value that a mark or link cannot have."""


class BadArrangement(ArchiveViewerError):
    """A place, a level or a code that a unit of arrangement cannot have; the sentence says why."""


class BadDescription(ArchiveViewerError):
    """An element that cannot be said of a unit or page, or a value that it cannot have; the sentence says why."""


class BadQuery(ArchiveViewerError):
    """A query that cannot be understood; ``position`` is the offset in the query, in code points."""

    def __init__(self, sentence: str, position: int = 0) -> None:
        super().__init__(sentence)
        self.position = position


class FileRefused(ArchiveViewerError):
    """A file that is not taken in; the sentence is the reason shown in the import report."""

    exit_code = 3

    @classmethod
    def unreadable(cls, error: OSError) -> FileRefused:
        """The operating system does not let us read it."""
        if isinstance(error, PermissionError):
            return cls("You have no right to read this file or folder.")
        if isinstance(error, FileNotFoundError):
            return cls("There is no such file or folder.")
        return cls(f"This file cannot be read: {error.strerror or error}.")


class CharsetUnread(FileRefused):
    """A page in a character set that is known by name and that nothing here reads."""

    def __init__(self, name: str) -> None:
        super().__init__(f"This page is in the character set {name.upper()}, which is not read.")
        self.name = name


class CharsetRefused(ArchiveViewerError):
    """A character set that a person chose and in which a page cannot be read; the sentence says why."""


class LibraryMissing(ArchiveViewerError):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no library in {folder}.")
        self.folder = folder


class BackupMissing(ArchiveViewerError):
    def __init__(self, file: Path, *, is_itself: bool = False) -> None:
        none = f"There is no copy of a library’s database named {file}."
        itself = f"{file} is the library’s database as it is now; choose a copy of it.  Nothing was changed."
        super().__init__(itself if is_itself else none)
        self.file = file


class LibraryBusy(ArchiveViewerError):
    exit_code = 4

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another program has the library in {folder} open; close it there, or look without changing anything."
        )
        self.folder = folder


class LibraryReadOnly(ArchiveViewerError):
    exit_code = 4

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"The library in {folder} is open for reading only: {why}")
        self.folder = folder


class LibraryClosed(ArchiveViewerError):
    """What was asked for came when the library was closed already, or being closed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The library “{name}” is closed; this was not done in it.")
        self.name = name


class LibraryTooNew(ArchiveViewerError):
    def __init__(self, folder: Path, found: int, known: int) -> None:
        super().__init__(
            f"The library in {folder} was written by a newer Archive Viewer (its form is {found}, this program knows "
            f"{known}).  Nothing was changed; please open it with the newer program."
        )


class LibraryTooOld(ArchiveViewerError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The library in {folder} has the form of an older Archive Viewer.  Please open it once for writing, "
            "so that it is brought to the present form; a copy of it is kept."
        )


class LibraryDamaged(ArchiveViewerError):
    """The library's database cannot be read; the sentence names the newest backup where there is one."""


class DiskFull(ArchiveViewerError):
    exit_code = 3

    def __init__(self, place: Path, needed: int | None = None, free: int | None = None) -> None:
        figures = f"  {needed:,} bytes are needed and {free:,} are free." if needed and free is not None else ""
        super().__init__(f"The disk that holds {place} is full.{figures}  Nothing that was stored is lost.")
        self.place, self.needed, self.free = place, needed, free

    @staticmethod
    def is_cause(error: OSError) -> bool:
        """Whether an error of the operating system means that there is no room, or none that this person may use."""
        return error.errno in (errno.ENOSPC, errno.EDQUOT)


class OriginalMissing(ArchiveViewerError):
    exit_code = 3

    def __init__(self, sha256: str, name: str) -> None:
        super().__init__(f"The stored file “{name}” ({sha256[:12]}…) is missing from the library.")
        self.sha256, self.name = sha256, name


class OriginalAltered(ArchiveViewerError):
    exit_code = 3

    def __init__(self, sha256: str, name: str) -> None:
        super().__init__(f"The stored file “{name}” ({sha256[:12]}…) is not as it came in: its checksum differs.")
        self.sha256, self.name = sha256, name


class RepairRefused(ArchiveViewerError):
    exit_code = 3

    def __init__(self, name: str, candidate: Path) -> None:
        super().__init__(
            f"The file {candidate} does not have the bytes of “{name}” as it came in.  Nothing was changed."
        )
        self.name, self.candidate = name, candidate


class NotInBin(ArchiveViewerError):
    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” is not in the bin; only what is in the bin can be deleted for good.")
        self.title = title


class NotAlike(ArchiveViewerError):
    def __init__(self, title: str, other: str) -> None:
        super().__init__(f"The texts of “{title}” and “{other}” are not nearly the same, so nothing was noted of them.")
        self.title, self.other = title, other


class BadAccount(ArchiveViewerError):
    """Something that an accession, a record or the schedule of checks cannot say."""


class BadSearchName(ArchiveViewerError):
    """A saved search cannot be called so."""


class NothingToUndo(ArchiveViewerError):
    """There is no step to take back, or none to do again."""


class StepConflict(ArchiveViewerError):
    """A step cannot be undone because what it changed has been changed again since."""


class IndexUnavailable(ArchiveViewerError):
    """The index is missing, damaged, or was written by another version; it is rebuilt from the library."""


class UnknownForm(ArchiveViewerError):
    def __init__(self, form: str, known: list[str]) -> None:
        super().__init__(f"“{_shorten(form)}” is no form of export; there are {', '.join(known)}.")
        self.form, self.known = form, known


class NotAnExport(ArchiveViewerError):
    """A file that holds no excerpt that can be verified."""


class ExportFailed(ArchiveViewerError):
    """A file that could not be written; an older file of that name is untouched."""

    exit_code = 3


class BagIncomplete(ArchiveViewerError):
    """A library that is not packed, because stored files of it, which are called ``names``, are lost or altered."""

    exit_code = 3

    def __init__(self, names: Sequence[str]) -> None:
        more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        super().__init__(
            f"No bag was made: the stored file “{names[0]}”{more} is not as it came in.  Repair it first, or say that "
            "what is damaged shall be left out."
        )
        self.names = tuple(names)


class GivenUpMeanwhile(ArchiveViewerError):
    """A bag or a copy of which a part was deleted for good while it was written; nothing is left behind."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            "Pages were deleted for good while this was being written, so that it would not have been whole.  Nothing "
            "was written, and no stored file is damaged; please do it again."
        )


class BagRefused(ArchiveViewerError):
    """A bag that is not whole, or not safe to open; nothing of it was taken.  ``troubles`` are sentences, the first
    ones of perhaps more."""

    exit_code = 3

    def __init__(self, troubles: Sequence[str]) -> None:
        rest = len(troubles) - 1
        more = "" if not rest else "  There is 1 trouble more." if rest == 1 else f"  There are {rest:,} troubles more."
        super().__init__(f"This bag was refused, and nothing of it was taken.  {troubles[0]}{more}")
        self.troubles = tuple(troubles)


class LibraryThere(ArchiveViewerError):
    """There is a library already where another one was to be made."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is already a library in {folder}.  Unpack into a new folder; two libraries can then be merged."
        )
        self.folder = folder


class MergeUndecided(ArchiveViewerError):
    """Two libraries say different things of the same, and nobody has said which is to hold: nothing was merged, or,
    where a person changed them meanwhile (``has_begun``), nothing but what is new."""

    exit_code = 3

    def __init__(self, count: int, *, has_begun: bool = False) -> None:
        what = "1 thing is" if count == 1 else f"{count:,} things are"
        left = "They were changed meanwhile; only what is new was merged." if has_begun else "Nothing was merged."
        super().__init__(f"{what} different in the two libraries; say which is to hold.  {left}")
        self.count = count


class Cancelled(ArchiveViewerError):
    """A person stopped a long task; what was done until then is kept."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__("Stopped.  What was done until then is kept.")


def _shorten(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
