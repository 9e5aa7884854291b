"""A folder of a ZIP archive as a page in it sees it: the files beside it and below, by relative names.

An archive and a folder's name in, a mapping out whose values are read when they are asked for.  Separate because
pages in archives find their pictures, and claim their frames, as pages on a disk do.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Resource
from archive_viewer.readers.companions import spelling
from archive_viewer.readers.zip_safety import Archive, Member


@dataclass
class Listing:
    """What lies directly in a folder, in the archive's order: its files, and the whole names of its folders."""

    files: list[Member] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """The folders of an archive by name; ``""`` is the outermost."""

    archive: Archive

    @cached_property
    def listings(self) -> Mapping[str, Listing]:
        """:raises FileRefused: there are too many folders."""
        listings: dict[str, Listing] = {"": Listing()}
        for member in self.archive.members:
            folder = posixpath.dirname(member.name)
            parts = folder.split("/") if folder else []
            for depth in range(len(parts), 0, -1):
                inner = "/".join(parts[:depth])
                if inner in listings:
                    break
                listings[inner] = Listing()
            if len(listings) > limits.ZIP_FOLDERS:
                raise FileRefused(f"This ZIP archive holds more than {limits.ZIP_FOLDERS:,} folders.")
            listings[folder].files.append(member)
        for folder in listings:
            if folder:
                listings[posixpath.dirname(folder)].folders.append(folder)
        return listings

    @cached_property
    def written(self) -> Mapping[str, str]:
        """The names of members and folders by one form of names that disks and pages write differently."""
        names = (*(member.name for member in reversed(self.archive.members)), *self.listings)
        return {spelling(name): name for name in names}


@dataclass(frozen=True)
class ZipFolder(Mapping[str, Resource]):
    """The files of ``folder`` and below by their names relative to it; a name may lead up, but not out of the archive.

    A file that is locked, damaged or larger than any picture counts as missing.
    """

    tree: Tree
    folder: str

    def __getitem__(self, name: str) -> Resource:
        member = self.member(name)
        if member is None:
            raise KeyError(name)
        try:
            data, is_long = self.tree.archive.read(member, limits.RESOURCE_BYTES)
        except FileRefused as refusal:
            raise KeyError(name) from refusal
        if is_long:
            raise KeyError(name)
        return Resource(name, "", data)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.member(name) is not None

    def __iter__(self) -> Iterator[str]:
        return self.names_in("")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def member(self, name: str) -> Member | None:
        """The file that a relative name means."""
        whole = posixpath.normpath(posixpath.join(self.folder, name))
        by_name = self.tree.archive.by_name
        return by_name.get(whole) or by_name.get(self.tree.written.get(spelling(whole), ""))

    def spelled(self, name: str) -> str:
        """How a file or folder is written in the archive."""
        whole = self.tree.written.get(spelling(posixpath.normpath(posixpath.join(self.folder, name))), "")
        own = f"{self.folder}/" if self.folder else ""
        return whole.removeprefix(own) if whole.startswith(own) else ""

    def names_in(self, folder: str, *, is_deep: bool = True) -> Iterator[str]:
        """The names of all files of ``folder``, then of its folders, each in the archive's order."""
        own = len(self.folder) + 1 if self.folder else 0
        waiting = [posixpath.normpath(posixpath.join(self.folder, folder)) if folder else self.folder]
        while waiting:
            listing = self.tree.listings.get(waiting.pop())
            if listing is None:
                continue
            yield from (member.name[own:] for member in listing.files)
            if is_deep:
                waiting.extend(reversed(listing.folders))
