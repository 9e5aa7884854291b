"""The files beside a page that belong to it: the folder of a "web page, complete", and what lies around it.

A page's outline and the files beside it in, names out.  Separate because here hostile pages name files: a name never
leads out of the page's own folder, no link of the file system is followed, and no page claims files without end.

The folder's name is in the language of whoever saved the page (``Page_files``, ``Page-Dateien``, ``Page_fichiers`` …),
so it is not the suffix that tells it but what the page loads.
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePath
from typing import Protocol, runtime_checkable
from urllib.parse import unquote

from archive_viewer import damage, limits
from archive_viewer.readers.markup import Outline

_SUFFIXES = (
    "_files .files -Dateien _fichiers _bestanden _file _archivos -filer _tiedostot _pliki _soubory _elemei _ficheiros "
    "_arquivos _dosyalar _datoteke _fitxers _failid _fails _bylos _fajlovi _fitxategiak"
).split()
"""What Windows and browsers put behind the page's name; used where page and folder were renamed apart."""

_PATH_ENDS = re.compile(r"[?#]")
_JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT: the link to a folder that Windows does not call a link."""


SCRAPBOOK_NOTE = "index.dat"
"""The file in which ScrapBook for Firefox notes where the page beside it comes from."""


@runtime_checkable
class Listed(Protocol):
    """What knows its names folder by folder, so that nobody has to look through all of them."""

    def names_in(self, folder: str, *, is_deep: bool = True) -> Iterator[str]:
        """The names of all files of ``folder`` (``""``: the page's own) and, unless told otherwise, of its folders."""

    def spelled(self, name: str) -> str:
        """How a file or folder is written here that elsewhere has ``name``; ``""`` where there is none."""


class FolderCompanions(Mapping[str, Path]):
    """The files beside and below a page on the disk, by name, looked at only when asked for.

    Names are relative to the page's folder, with slashes.  A name that leads elsewhere, by ``..``, a drive, a link or
    a junction, is no key.
    """

    def __init__(self, page: Path) -> None:
        self._page = page
        self._folder = page.parent
        self._written: dict[str, dict[str, str]] = {}

    def __getitem__(self, name: str) -> Path:
        path = self._place(name)
        if path is None or path == self._page or not stat.S_ISREG(path.lstat().st_mode):
            raise KeyError(name)
        return path

    def __iter__(self) -> Iterator[str]:
        return self.names_in("")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def names_in(self, folder: str, *, is_deep: bool = True) -> Iterator[str]:
        """The names of all files of ``folder`` (``""``: the page's own), then of its folders, each in order of name."""
        waiting = [folder]
        while waiting:
            inner = []
            for name, mode in self._list(waiting.pop()):
                if stat.S_ISDIR(mode) and is_deep and name.count("/") < limits.COMPANION_DEPTH:
                    inner.append(name)
                elif stat.S_ISREG(mode) and self._folder / name != self._page:
                    yield name
            waiting.extend(reversed(inner))

    def spelled(self, name: str) -> str:
        """How a file or folder is written on this disk: other systems take small letters and capitals for the same."""
        place = ""
        for part in name.split("/") if is_safe(name) else ():
            beneath = f"{place}/" if place else ""
            found = self._written_in(place).get(spelling(part), "")
            if not found and self._place(beneath + part) is None:
                return ""
            place = beneath + (found or part)
        return place

    def count_outside(self, references: Iterable[str]) -> int:
        """How many of these files are there, but not below the page's folder; none of them is opened."""
        names = {
            os.path.normpath(unquote(_PATH_ENDS.split(reference.strip(), maxsplit=1)[0])) for reference in references
        }
        outside = (name for name in names if name.startswith(f"..{os.sep}"))
        return sum(_is_file(self._folder / name) for name in outside)

    def _written_in(self, folder: str) -> Mapping[str, str]:
        if folder not in self._written:
            path = self._place(folder) if folder else self._folder
            names: list[str] = []
            if path is not None:
                with suppress(OSError), os.scandir(path) as entries:
                    names = [entry.name for entry in islice(entries, limits.SPELLINGS + 1)]
            is_small = len(names) <= limits.SPELLINGS
            self._written[folder] = {spelling(name): name for name in sorted(names)} if is_small else {}
        return self._written[folder]

    def _list(self, folder: str) -> list[tuple[str, int]]:
        path = self._place(folder) if folder else self._folder
        if path is None:
            return []
        try:
            with os.scandir(path) as entries:
                found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
        except OSError:
            return []
        prefix = f"{folder}/" if folder else ""
        return sorted(
            (prefix + name, status.st_mode) for name, status in found if is_safe(name) and not _is_link(status)
        )

    def _place(self, name: str) -> Path | None:
        """Where the file or folder of that name is, when it is there and no link leads to it."""
        path = self._folder
        for part in name.split("/") if is_safe(name) else ():
            path = path / part
            try:
                if _is_link(path.lstat()):
                    return None
            except OSError:
                return None
        return None if path == self._folder else path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # A name may be too long, or none that a disk can have.
        return False


def is_safe(name: str) -> bool:
    """Whether a name stays inside its folder on every operating system (Windows drops dots and blanks at the end)."""
    if "\\" in name or "\0" in name:
        return False
    return all(part.strip(" .") and not re.match("[a-zA-Z]:", part) for part in name.split("/"))


def _is_link(status: os.stat_result) -> bool:
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


# -- which of them belong to a page --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gathering:
    """The companions of a page; ``is_folder_save``: the page was saved with a folder, found or not."""

    names: tuple[str, ...]
    is_folder_save: bool
    warnings: tuple[str, ...] = ()


def gather(page_name: str, around: Mapping[str, object], page: Outline) -> Gathering:
    """What belongs to a page: every file of its own folder, and of other folders what it loads.

    ``around`` has the names of all files beside the page and below, as keys; in an archive they lie beside it there.

    A folder that is not named like the page may be shared by a thousand pages of a copied site.  All its files count
    while they are few and no hyperlink leads into it, else only those that the page loads.
    """
    here = around if isinstance(around, Listed) else _Names(around)
    found = {reference: _present(around, here, reference) for reference in dict.fromkeys(page.loads)}
    loads = list(dict.fromkeys(filter(None, (name or relative_name(reference) for reference, name in found.items()))))
    own = list(
        dict.fromkeys(name.split("/")[0] for name in loads if "/" in name and _is_own(name.split("/")[0], page_name))
    )
    named_alike = [folder for folder in map(here.spelled, _own_folders(page_name)) if folder and folder not in own]
    names: set[str] = set()
    for folder in named_alike:
        names.update(_names_in(here, folder))
    is_folder_save = bool(own or names)
    warnings = []
    for folder in own:
        inside = _names_in(here, folder)
        wanted = [name for name in loads if name.startswith(f"{folder}/")]
        if inside:
            names.update(inside)
        elif other := _renamed(wanted, names):
            warnings.append(f"The folder “{folder}” of this page is called “{other}” now; its files were found there.")
        else:
            warnings.append(f"The folder “{folder}”, saved with this page, {damage.PICTURES_MISSING}.")
    if _is_scrapbook_folder(page_name, around, page):
        names.update(_names_in(here, ""))
    led_to = {posixpath.dirname(name) for name in map(relative_name, page.links)}
    others = [name for name in found.values() if name and name.split("/")[0] not in own]
    names.update(others)
    for folder in {posixpath.dirname(name) for name in others} - led_to - {""}:
        inside = _names_in(here, folder, is_deep=False)
        if len(inside) <= limits.SHARED_FOLDER:
            names.update(inside)
    if isinstance(around, FolderCompanions) and (outside := around.count_outside(page.loads)):
        warnings.append(f"Files that this page loads lie outside of its folder, and are not shown with it: {outside}.")
    chosen = tuple(sorted(names)[: limits.COMPANIONS])
    if len(chosen) < len(names):
        warnings.append(f"More than {limits.COMPANIONS:,} files lie beside this page; the first of them were taken.")
    return Gathering(chosen, is_folder_save or bool(names), tuple(warnings))


def relative_name(reference: str) -> str:
    """The file that a relative address means, from the page's folder, or ``""`` when it leads out of it."""
    return _safe(unquote(_PATH_ENDS.split(reference.strip(), maxsplit=1)[0]))


def relative_names(reference: str) -> Iterator[str]:
    """The files that a relative address may mean: as browsers read it, then as savers forgot to write it.

    The name on the disk may itself have per cent signs, or the question mark of the address that it was saved from.
    """
    reference = reference.strip()
    path = _PATH_ENDS.split(reference, maxsplit=1)[0]
    yield from filter(None, dict.fromkeys(map(_safe, (unquote(path), path, unquote(reference), reference))))


def spelling(name: str) -> str:
    """One form for a name that disks and pages compose differently, or write in capitals."""
    return unicodedata.normalize("NFC", name).casefold()


def _safe(path: str) -> str:
    name = posixpath.normpath(path.replace("\\", "/")) if path else ""
    return name if is_safe(name) else ""


def _own_folders(page_name: str) -> Iterator[str]:
    stem = PurePath(page_name).stem
    return (stem + suffix for suffix in _SUFFIXES)


def _renamed(wanted: list[str], names: set[str]) -> str:
    """The folder, named like the page now, that holds what the page looks for in one that is not there."""
    tails = {name.partition("/")[2] for name in wanted}
    return next((name.partition("/")[0] for name in sorted(names) if name.partition("/")[2] in tails), "")


def _is_own(folder: str, page_name: str) -> bool:
    stem = unicodedata.normalize("NFC", PurePath(page_name).stem).casefold()
    name = unicodedata.normalize("NFC", folder).casefold()
    is_named_alike = name.startswith(stem) and name[len(stem) : len(stem) + 1] in ("_", "-", ".")
    return is_named_alike or name.endswith(tuple(suffix.casefold() for suffix in _SUFFIXES))


def _is_scrapbook_folder(page_name: str, around: Mapping[str, object], page: Outline) -> bool:
    """Whether all that lies around a page is its own: so ScrapBook and WebScrapBook keep pages in their libraries."""
    is_marked = "data-scrapbook-source" in page.root or SCRAPBOOK_NOTE in around
    return is_marked and PurePath(page_name).stem.lower() == "index"


def _present(around: Mapping[str, object], here: Listed, reference: str) -> str:
    """The name of the file that a page loads, as it is written here; ``""`` where it is not there."""
    forms = list(relative_names(reference))
    exact = next((form for form in forms if form in around), "")
    if exact:
        return exact
    spelled = (here.spelled(form) for form in forms)
    return next((name for name in spelled if name in around), "")


def _names_in(here: Listed, folder: str, *, is_deep: bool = True) -> list[str]:
    names = list(islice(here.names_in(folder, is_deep=is_deep), limits.COMPANIONS + 1))
    if names or not folder:
        return names
    written = here.spelled(folder)
    return list(islice(here.names_in(written, is_deep=is_deep), limits.COMPANIONS + 1)) if written else []


class _Names:
    """Names that are known all together, as of a page in the library's own store, folder by folder."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)

    def names_in(self, folder: str, *, is_deep: bool = True) -> Iterator[str]:
        below = (name for name in self._names if not folder or name.startswith(f"{folder}/"))
        return (name for name in below if is_deep or posixpath.dirname(name) == folder)

    def spelled(self, name: str) -> str:
        return self._written.get(spelling(name), "")

    @cached_property
    def _written(self) -> Mapping[str, str]:
        written: dict[str, str] = {}
        for name in self._names:
            parts = name.split("/")
            for depth in range(1, len(parts) + 1):
                whole = "/".join(parts[:depth])
                written.setdefault(spelling(whole), whole)
        return written
