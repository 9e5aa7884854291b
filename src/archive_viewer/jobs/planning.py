"""What lies in the places that are to be imported: files in order, and which of them are parts of pages.

Paths in, planned files out, one folder at a time.  Separate from the import so that a dry run, the count for the
progress bar and the import itself all see the same.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive_viewer.text import printable

LITTER = {".ds_store", ".localized", ".directory", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir"}
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
        self._by_spelling: dict[str, Path] = {}

    def add(self, page: Path, names: Iterable[str]) -> None:
        for path in (page.parent / name for name in names):
            self._paths.add(path)
            self._by_spelling[_spelling(path)] = path

    def __call__(self, path: Path) -> bool:
        if path in self._paths:
            return True
        # A disk may give one file by names that are composed, or written in letters, in more than one way.
        other = self._by_spelling.get(_spelling(path))
        return other is not None and _is_same(path, other)


def _spelling(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


_INDEX = ("index.htm", "index.xht")
_NUMBER = re.compile(r"([0-9]{1,20})|([^0-9]+)")


def walk(paths: Iterable[Path], is_claimed: Callable[[Path], bool]) -> Iterator[Found]:
    """Every file of these places: a folder's own files first, by name and number (2 before 10), then its folders.

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
                    listed = sorted(entries, key=_place)
            except OSError as error:
                yield Found(folder, printable(str(folder)), is_alone=False, error=error)
                continue
            inner = []
            for entry in listed:
                if entry.name.lower() in LITTER:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inner.append(Path(entry.path))
                elif not is_folder(file := Path(entry.path)) and not is_claimed(file):
                    yield Found(file, printable(entry.path), is_alone=False)
            folders.extend(reversed(inner))


def _place(entry: os.DirEntry[str]) -> tuple[bool, list[tuple[int, int, str]], str]:
    """Where a file stands in its folder as the systems show it: numbers by their worth, capitals among the others."""
    parts = _NUMBER.findall(entry.name.casefold())
    return (
        not entry.name.startswith(_INDEX),
        [(0, int(number), "") if number else (1, 0, letters) for number, letters in parts],
        entry.name,
    )


def is_folder(path: Path) -> bool:
    """Whether this is a folder; what cannot be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False
