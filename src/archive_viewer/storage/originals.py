"""The saved files themselves, under the SHA-256 of their bytes, never opened for writing again.

A file's path or bytes in, its digest out, and a digest in, its path out.  Separate because this is the one room
where losing a byte cannot be mended: a file is copied to a temporary name, checked, made read-only, fsynced and
renamed, so that a crash at any moment leaves either nothing or the whole.
"""

from __future__ import annotations

import hashlib
import os
import stat
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archive_viewer.errors import DiskFull, FileRefused

CHUNK = 1024 * 1024

Outcome = Literal["ok", "missing", "altered", "unreadable"]
"""What a stored file is found to be: as it came, gone, other bytes, or not to be read."""


@dataclass(frozen=True)
class Examination:
    """``found`` is the SHA-256 of altered bytes, or what the operating system says of unreadable ones."""

    outcome: Outcome
    found: str = ""
    sha512: str = ""


def sha256_of(file: Path) -> str:
    """The digest of a file's bytes, read in pieces.

    :raises FileRefused: the file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while piece := stream.read(CHUNK):
                digest.update(piece)
    except OSError as error:
        raise FileRefused.unreadable(error) from error
    return digest.hexdigest()


class Originals:
    """The folder ``originals/`` of a library."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def store(self, file: Path) -> tuple[str, int]:
        """Copy a file in; gives its digest and its size in bytes.  What is there whole is left as it is.

        :raises FileRefused: the file cannot be read.
        :raises DiskFull: there is no room; nothing was left behind.
        """
        known = sha256_of(file)
        if self.check(known) == "ok":
            return known, self.path(known).stat().st_size
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".{uuid.uuid4().hex}.part"
        digest, size = hashlib.sha256(), 0
        try:
            source = file.open("rb")
        except OSError as error:
            raise FileRefused.unreadable(error) from error
        try:
            with source, draft.open("xb") as target:
                while True:
                    try:
                        piece = source.read(CHUNK)
                    except OSError as error:
                        raise FileRefused.unreadable(error) from error
                    if not piece:
                        break
                    digest.update(piece)
                    size += len(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            sha256 = digest.hexdigest()
            self._settle(draft, sha256)
        except OSError as error:
            raise self._told(error, size) from error
        finally:
            _remove(draft)
        return sha256, size

    def _settle(self, draft: Path, sha256: str) -> None:
        place = self.path(sha256)
        place.parent.mkdir(exist_ok=True)
        if place.exists():
            # Altered bytes make way; Windows replaces no file that is read-only.
            place.chmod(stat.S_IRUSR | stat.S_IWUSR)
        draft.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        draft.replace(place)
        if os.name == "posix":
            # The rename itself must reach the disk, and the new folder, too.
            for folder in (place.parent, self.folder):
                handle = os.open(folder, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)

    def _told(self, error: OSError, size: int) -> Exception:
        if DiskFull.is_cause(error):
            return DiskFull(self.folder)
        return FileRefused(f"This file cannot be stored in the library: {error.strerror or error}.")

    def check(self, sha256: str) -> Outcome:
        """Read a stored file anew; whether it is as it came."""
        return self.examine(sha256).outcome

    def examine(
        self, sha256: str, *, with_sha512: bool = False, at_each_piece: Callable[[], None] = lambda: None
    ) -> Examination:
        """The same, with what was found; its SHA-512, too, where that is asked for.

        ``at_each_piece`` is called at the beginning and for each megabyte; what it raises ends the reading.
        """
        at_each_piece()
        digests = [hashlib.sha256(), *([hashlib.sha512()] if with_sha512 else [])]
        try:
            with self.path(sha256).open("rb", buffering=0) as stream:
                # One piece of memory, no larger than the file: most files are small, and there are many.
                piece = memoryview(bytearray(min(CHUNK, max(1, os.fstat(stream.fileno()).st_size))))
                while count := stream.readinto(piece):
                    for digest in digests:
                        digest.update(piece[:count])
                    if count == CHUNK:
                        at_each_piece()
        except FileNotFoundError:
            return Examination("missing")
        except OSError as error:
            return Examination("unreadable", error.strerror or str(error))
        found, *others = (digest.hexdigest() for digest in digests)
        if found != sha256:
            return Examination("altered", found)
        return Examination("ok", sha512=others[0] if others else "")

    def discard(self, sha256: str) -> None:
        """Remove a stored file that nothing names any more; one that is not there is as good as removed."""
        place = self.path(sha256)
        with suppress(FileNotFoundError):
            place.chmod(stat.S_IRUSR | stat.S_IWUSR)
            place.unlink()
        with suppress(OSError):
            place.parent.rmdir()

    def sweep(self) -> None:
        """Remove what a crash left half copied."""
        if self.folder.is_dir():
            for draft in self.folder.glob(".*.part"):
                _remove(draft)


def _remove(draft: Path) -> None:
    """Remove what was half copied, if it is there; Windows removes no file that is read-only."""
    with suppress(FileNotFoundError):
        draft.chmod(stat.S_IRUSR | stat.S_IWUSR)
        draft.unlink()
