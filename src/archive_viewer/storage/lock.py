"""Who owns a library: an operating-system lock on ``library.lock``.

A folder in, a held lock or None out.  The lock belongs to the process, so that a killed owner's is free at once;
the file itself stays and means nothing.
"""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout


def take(folder: Path) -> FileLock | None:
    """The library's lock, or None where another program holds it or the folder cannot be written."""
    # A library is closed by another thread than the one that opened it.
    lock = FileLock(folder / "library.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except (Timeout, OSError, NotImplementedError):
        return None
    return lock
