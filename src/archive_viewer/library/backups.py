"""Copies of the database: one a day, one before each change of its form, and the way back.

A library's folder in, paths of copies out.  The originals need none: they are never changed.
"""

from __future__ import annotations

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from archive_viewer.errors import BackupMissing, DiskFull, LibraryBusy, LibraryReadOnly
from archive_viewer.storage import lock
from archive_viewer.storage.database import Database, fold_log, require_whole

KEPT = 7
DAY_SECONDS = 24 * 60 * 60


def listed(folder: Path) -> list[Path]:
    """The copies that there are, newest first."""
    try:
        copies = [path for path in (folder / "backups").glob("library-*.db") if path.is_file()]
    except OSError:
        return []
    return sorted(copies, key=lambda path: path.stat().st_mtime, reverse=True)


def make(database: Database, folder: Path) -> Path:
    """A copy named by its moment; the oldest beyond the last few are let go."""
    (folder / "backups").mkdir(exist_ok=True)
    target = folder / "backups" / f"library-{_moment()}.db"
    database.copy_to(target)
    daily = [path for path in listed(folder) if not path.stem.startswith("library-before-form")]
    for old in daily[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def is_due(folder: Path) -> bool:
    """Whether the newest copy is older than a day."""
    copies = listed(folder)
    return not copies or time.time() - copies[0].stat().st_mtime > DAY_SECONDS


def restore(folder: Path, backup: Path) -> Path:
    """Put a copy in the place of the database; gives where the database that it replaced was laid.

    :raises BackupMissing: there is no such copy, or it is the library's database itself.
    :raises LibraryDamaged: the copy is not a whole database of ours; nothing was changed.
    :raises LibraryTooNew: the copy is a newer program's; nothing was changed.
    :raises LibraryBusy: another program holds the library.
    :raises DiskFull: there is no room for it; nothing was changed.
    """
    require_copy(folder, backup)
    held = lock.take(folder)
    if held is None:
        raise LibraryBusy(folder)
    current = folder / "library.db"
    draft = folder / "library.db.part"
    try:
        require_whole(backup)
        _copy(backup, draft)
        replaced = folder / "backups" / f"library-{_moment()}-replaced.db"
        if current.exists():
            fold_log(current)
            for leftover in ("-wal", "-shm"):
                # The log belongs to the database that is being laid aside.
                file = current.with_name(current.name + leftover)
                if file.exists():
                    file.replace(replaced.with_name(replaced.name + leftover))
            current.replace(replaced)
        draft.replace(current)
        shutil.rmtree(folder / "index", ignore_errors=True)
        return replaced
    except OSError as error:
        if DiskFull.is_cause(error):
            raise DiskFull(folder) from error
        raise LibraryReadOnly(folder, f"the copy cannot be put there ({error.strerror or error}).") from error
    finally:
        draft.unlink(missing_ok=True)
        held.release()


def require_copy(folder: Path, backup: Path) -> None:
    """See to it that there is such a copy, and that it is one.

    :raises BackupMissing: there is none, or it is the library's database itself.
    """
    if not _is_file(backup):
        raise BackupMissing(backup)
    current = folder / "library.db"
    if current.exists() and current.samefile(backup):
        raise BackupMissing(backup, is_itself=True)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _moment() -> str:
    """Now, as a part of a name that sorts, to the microsecond: two copies of one second are two."""
    return datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S-%f")
