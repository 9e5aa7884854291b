"""What lies in the places that are to be imported: files in order, and which of them are parts of pages.

Paths in, planned files out, one folder at a time.  Separate from the import so that a dry run, the count for the
progress bar and the import itself all see the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive_viewer.text import printable

LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"}
"""What operating systems leave in folders; nobody saved it."""


@dataclass(frozen=True)
class Found:
    """A file to look at.  ``name`` is the path as it is reported; ``is_alone``: the person named this very file."""

    path: Path
    name: str
    is_alone: bool
    error: OSError | None = None

    @property
    def size(self) -> int:
        """Its bytes; 0 where the operating system does not say."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def count(paths: Iterable[Path], left_out: Container[str] = ()) -> tuple[int, int]:
    """How many files there are, and how many bytes: an upper bound, since parts of pages count here.

    The bytes of files that are left out do not count: they need no room.
    """
    files = size = 0
    for path in paths:
        for found in walk([path], lambda file: False):
            files += 1
            size += found.size if str(found.path) not in left_out else 0
    return files, size


class Claims:
    """The files that belong to a page which has been looked at already."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()

    def add(self, page: Path, names: Iterable[str]) -> None:
        self._paths.update(page.parent / name for name in names)

    def __call__(self, path: Path) -> bool:
        return path in self._paths


_INDEX = ("index.htm", "index.xht")


def walk(paths: Iterable[Path], is_claimed: Callable[[Path], bool]) -> Iterator[Found]:
    """Every file of these places: a folder's own files first, by name, then its folders.

    ``index.html`` comes before all: savers that put a page and its frames into one folder give the page that name.

    ``is_claimed`` is asked when a file's turn comes, so that a page may claim the files that follow it.  Links to
    folders are not followed: they may lead out of what the person chose, or round in a circle.  What cannot even be
    looked at (a link to itself, a name too long) is given as a file, so that it is refused with a sentence.
    """
    for path in paths:
        if not is_folder(path):
            if not is_claimed(path):
                yield Found(path, printable(str(path)), is_alone=True)
            continue
        folders = [path]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder) as entries:
                    listed = sorted(entries, key=lambda entry: (not entry.name.startswith(_INDEX), entry.name))
            except OSError as error:
                yield Found(folder, printable(str(folder)), is_alone=False, error=error)
                continue
            inner = []
            for entry in listed:
                if entry.name in LITTER:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inner.append(Path(entry.path))
                elif not is_folder(file := Path(entry.path)) and not is_claimed(file):
                    yield Found(file, printable(entry.path), is_alone=False)
            folders.extend(reversed(inner))


def is_folder(path: Path) -> bool:
    """Whether this is a folder; what cannot be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False
