"""Folders that are written as a whole or not at all, and the copying of files into them.

A target's path in; a folder beside it to be filled out, which takes the target's name when it is whole.  Separate from
what is written, because a bag and a copy of a library must both survive a full disk, a person's stop and a kill.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from archive_viewer.errors import DiskFull, ExportFailed, FileRefused
from archive_viewer.storage import lock

Pause: TypeAlias = Callable[[], None]
"""Called between pieces of a long copy; what it raises stops it."""

Report: TypeAlias = Callable[[int, int, str, int], None]
"""How far long work is: done, of how many, at what, and of how many bytes that is; what it raises stops the work."""

CHUNK = 1024 * 1024
PIECES = 16
"""Megabytes between two pauses: a slow disk writes them in a second or two."""

SUFFIX = ".archive-viewer-part"
LOCK = "library.lock"
READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True)
class Copied:
    """What was copied: its size in bytes and its digests, in hexadecimal."""

    size: int
    sha256: str
    sha512: str


def _unheard(done: int, total: int, what: str, size: int) -> None:
    """Where nobody asks how far it is."""


@contextmanager
def whole_folder(target: Path, report: Report = _unheard) -> Iterator[Path]:
    """A folder to be filled; it takes the name ``target`` when the block ends well, and else is gone.

    What a killed program left of an earlier attempt at the same target is cleared away first.  ``report`` is told of
    each file that is brought to the disk at the end, which takes minutes for a hundred thousand of them.

    :raises ExportFailed: something is there already, another program writes it just now, or it cannot be written.
    :raises DiskFull: there is no room for it.
    """
    target = target.absolute()
    if not target.name:
        raise ExportFailed(f"{target} is no name for a new folder; nothing was written.")
    draft = target.with_name(f".{target.name}{SUFFIX}")
    try:
        require_free(target)
        _require_ours(draft)
        draft.mkdir(exist_ok=True)
        held = lock.take(draft)
    except OSError as error:
        raise told(error, target) from error
    if held is None:
        raise ExportFailed(f"Another program is writing {target} just now, or its folder cannot be written.")
    is_whole = False
    try:
        _clear(draft, besides=LOCK)
        yield draft
        _settle(draft, report)
        held.release()
        (draft / LOCK).unlink(missing_ok=True)
        require_free(target)
        with suppress(FileNotFoundError):
            # An empty folder makes way; Windows renames onto none.
            target.rmdir()
        draft.rename(target)
        is_whole = True
        _sync(target.parent)
    except DiskFull as error:
        # The person chose the target, and does not know the draft.
        raise DiskFull(target.parent, error.needed, error.free) from error
    except OSError as error:
        raise told(error, target) from error
    finally:
        held.release()
        if not is_whole:
            remove(draft)


def require_free(target: Path) -> None:
    """See to it that nothing is replaced: the target is not there, or is an empty folder.

    :raises ExportFailed: something else is there.
    """
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise ExportFailed(f"There is already something at {target}; nothing was replaced.")


def _require_ours(draft: Path) -> None:
    """See to it that nothing is cleared away but what an earlier attempt left, which holds its lock's file."""
    is_ours = draft.is_dir() and not draft.is_symlink() and ((draft / LOCK).is_file() or not any(draft.iterdir()))
    if os.path.lexists(draft) and not is_ours:
        raise ExportFailed(f"There is already something at {draft}, where the work would be done; please remove it.")


def require_room(target: Path, needed: int) -> None:
    """:raises DiskFull: so many bytes do not fit beside the target."""
    free = shutil.disk_usage(target.parent).free
    if needed > free:
        raise DiskFull(target.parent, needed, free)


def told(error: OSError, target: Path) -> Exception:
    """What to say of a folder or file that could not be written."""
    if DiskFull.is_cause(error):
        return DiskFull(target.parent)
    return ExportFailed(f"{target} could not be written: {error.strerror or error}.")


def copy(source: Path, target: Path, pause: Pause, *, is_read_only: bool = False) -> Copied:
    """Copy a file, and take its digests on the way; a whole folder is brought to the disk itself at its end.

    :raises FileRefused: the source cannot be read.
    :raises OSError: the target cannot be written.
    """
    sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
    with opened(source) as stream:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as written:
            for piece in pieces(stream, pause):
                sha256.update(piece)
                sha512.update(piece)
                size += len(piece)
                written.write(piece)
            written.flush()
            if os.name == "nt":
                # There only a file that can be written is brought to the disk.
                os.fsync(written.fileno())
    if is_read_only:
        target.chmod(READ_ONLY)
    return Copied(size, sha256.hexdigest(), sha512.hexdigest())


def digests(file: Path, pause: Pause) -> Copied:
    """The size and the digests of a file where it lies.

    :raises FileRefused: it cannot be read.
    """
    sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
    with opened(file) as stream:
        for piece in pieces(stream, pause):
            sha256.update(piece)
            sha512.update(piece)
            size += len(piece)
    return Copied(size, sha256.hexdigest(), sha512.hexdigest())


class Source:
    """A file that is only read: what goes wrong with it is its own fault, never the disk's that is written to."""

    def __init__(self, file: Path) -> None:
        try:
            self._stream = file.open("rb")
        except OSError as error:
            raise FileRefused.unreadable(error) from error

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except OSError as error:
            raise FileRefused.unreadable(error) from error

    def close(self) -> None:
        self._stream.close()


@contextmanager
def opened(file: Path) -> Iterator[Source]:
    """:raises FileRefused: the file cannot be read."""
    source = Source(file)
    try:
        yield source
    finally:
        source.close()


def pieces(source: Source, pause: Pause) -> Iterator[bytes]:
    """The bytes of a file, with a pause now and then."""
    count = 0
    while piece := source.read(CHUNK):
        count += 1
        if count % PIECES == 0:
            pause()
        yield piece


def write(file: Path, data: bytes) -> None:
    """Write a small file.

    :raises OSError: it cannot be written.
    """
    with file.open("xb") as stream:
        stream.write(data)
        stream.flush()
        if os.name == "nt":
            os.fsync(stream.fileno())


def _settle(folder: Path, report: Report) -> None:
    """Bring all of a folder to the disk itself: its files, and their names, which are on it once their folders are.

    One by one while they are written, twenty thousand files take a disk minutes; at the end most of them are there.

    :raises OSError: the disk has not taken what it was given.
    """
    if sys.platform == "linux":
        os.sync()
    if os.name == "posix":
        total, done = sum(len(names) for _, _, names in os.walk(folder)), 0
        for inner, _, names in os.walk(folder):
            for name in names:
                report(done, total, name, 0)
                _sync(Path(inner, name))
                done += 1
            _sync(Path(inner))
        report(done, done, "", 0)


def _sync(place: Path) -> None:
    if os.name == "posix":
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(folder: Path) -> None:
    """Remove a draft with all that is in it; what cannot be removed stays, and the next attempt tries again."""
    _clear(folder)
    with suppress(OSError):
        folder.rmdir()


def _clear(folder: Path, besides: str = "") -> None:
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        if path.name == besides:
            continue
        if path.is_dir() and not path.is_symlink():
            _make_writable(path)
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _make_writable(folder: Path) -> None:
    """Windows removes no file that is read-only."""
    if os.name == "nt":
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(stat.S_IRUSR | stat.S_IWUSR)
