"""The folder that a library lives in: making it, telling what it is, and whether its disk can be trusted.

Paths in, sentences and folders out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from archive_viewer.errors import DiskFull, ExportFailed, LibraryReadOnly

README = """\
This folder is a library of Archive Viewer, a program for reading, searching and citing saved web pages.

  library.db   the descriptions, the texts, and all marks, notes and links: an SQLite 3 database
  originals/   the saved files themselves, byte for byte; each is named by the SHA-256 checksum of its bytes,
               and the tables "original" and "item_file" of library.db say what it was called
  index/       made from library.db for fast searching; it may be deleted, and comes back
  backups/     copies of library.db

The folder may be moved or copied as a whole while the program is closed.  Please do not edit the files in it.
Without the program, any SQLite reader opens library.db: the table "article" holds the text of each page, the table
"annotation" each mark with its words.
"""

NETWORK_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "ceph"}
SYNCED_FOLDERS = ("Dropbox", "OneDrive", "Google Drive", "GoogleDrive", "iCloud", "Nextcloud", "ownCloud", "Syncthing")

SPARE_BYTES = 100 * 1024 * 1024
"""Room that an import leaves on the disk, so that marks can still be written afterwards."""


def is_library(folder: Path) -> bool:
    """Whether there is a database in the folder; an empty file is none, it is what a crash leaves."""
    try:
        return (folder / "library.db").stat().st_size > 0
    except OSError:
        return False


def found(folder: Path) -> None:
    """Make the folder of a new library.

    :raises LibraryReadOnly: there is no right to make it there.
    """
    try:
        for part in ("originals", "backups"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        readme = folder / "README.txt"
        if not readme.exists():
            readme.write_text(README, "utf-8")
    except OSError as error:
        raise LibraryReadOnly(folder, f"its folder cannot be made or written ({error.strerror or error}).") from error


def require_outside(library: Path, target: Path) -> None:
    """See to it that what is written out does not go into the library's own folder, by a symbolic link either.

    :raises ExportFailed: it would.
    """
    if is_within(target, library):
        raise ExportFailed(
            f"{target} lies in the folder of the library itself.  Please choose a place outside of it; nothing was "
            "written."
        )


def require_apart(library: Path, target: Path) -> None:
    """The same for a folder that is to be new: the library does not lie in it either.

    :raises ExportFailed: one of them lies in the other.
    """
    require_outside(library, target)
    inner = _real(target)
    if any(place == inner for place in _real(library).parents):
        raise ExportFailed(
            f"The library itself lies in {target}.  Please choose a new folder beside it; nothing was written."
        )


def is_within(target: Path, folder: Path) -> bool:
    """Whether a place is a folder or lies in it, whatever links lead there.

    :raises ExportFailed: it is no place at all.
    """
    inner, outer = _real(target), _real(folder)
    # Some disks do not tell capitals apart, so that names alone say too little.
    return any(place == outer or (place.exists() and place.samefile(outer)) for place in (inner, *inner.parents))


def _real(place: Path) -> Path:
    """Where a place really is.

    :raises ExportFailed: its symbolic links lead round in a circle, or its name is none.
    """
    try:
        return place.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise ExportFailed(f"{place} is no place where anything can be written.") from error


def warning(folder: Path) -> str:
    """A sentence where the folder is on a network or is synced, where SQLite's log can be torn; else empty.

    (sqlite.org/wal.html, section 1: all processes must be on the same host.)
    """
    for part in folder.absolute().parts:
        if any(part.startswith(name) for name in SYNCED_FOLDERS):
            return (
                f"This library lies in the synced folder “{part}”.  Close the program before it syncs, "
                "and never open the library on two machines at once."
            )
    if _file_system(folder) in NETWORK_SYSTEMS:
        return "This library lies on a network drive.  Only one machine at a time may open it."
    return ""


def _file_system(folder: Path) -> str:
    """The kind of file system, where the operating system says it plainly (Linux)."""
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    place, best, kind = folder.absolute(), -1, ""
    for line in mounts:
        fields = line.split()
        if len(fields) > 2 and len(fields[1]) > best and place.is_relative_to(fields[1].replace("\\040", " ")):
            best, kind = len(fields[1]), fields[2]
    return kind


def require_room(folder: Path, needed: int) -> None:
    """See to it that so many bytes fit beside what is there, before a long import begins.

    :raises DiskFull: they do not.
    """
    free = shutil.disk_usage(folder).free
    if needed + SPARE_BYTES > free:
        raise DiskFull(folder, needed + SPARE_BYTES, free)
