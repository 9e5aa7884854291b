"""Files of pages spread in a folder, each under the name that it came by: which goes where, and all or none of them.

Names and digests in, paths out; and the files written there, which are gone again if the work ends badly.  Separate
from the library's own act, which knows whose files they are and what is damaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from archive_viewer.errors import DiskFull, ExportFailed
from archive_viewer.storage import drafts
from archive_viewer.storage.drafts import Copied, Pause

Files = tuple[tuple[str, str], ...]
"""Names, relative to the page's own folder, and digests; the page itself first."""


class Written:
    """The files written so far, and the folders made for them; ``done``: how many files have had their turn."""

    def __init__(self) -> None:
        self.done = 0
        self._files: dict[Path, None] = {}
        self._folders: list[Path] = []

    def copy(self, source: Path, target: Path, pause: Pause) -> Copied:
        """:raises FileRefused: the source cannot be read.

        :raises OSError: the target cannot be written.
        """
        missing = [place for place in (target.parent, *target.parent.parents) if not place.exists()]
        self._folders += missing[::-1]
        target.parent.mkdir(parents=True, exist_ok=True)
        self._files[target] = None
        return drafts.copy(source, target, pause)

    def take_back(self, paths: Iterable[Path] | None = None) -> None:
        """Remove these files, None: all of them, and the folders that were made and that nothing is in any more."""
        for path in list(self._files if paths is None else paths):
            if path in self._files:
                del self._files[path]
                path.unlink(missing_ok=True)
        for place in reversed(self._folders):
            with suppress(OSError):
                place.rmdir()


class Spread:
    """Which file goes where, so that no two with other bytes share a name; some disks do not tell capitals apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: dict[str, str] = {}
        self.wanted: dict[Path, str] = {}

    def place(self, files: Files) -> list[Path]:
        """Find places for the files of one page, whose names stay right among each other."""
        number = 1
        while not self._fits(inside := "" if number == 1 else f"{number}/", files):
            number += 1
        targets = []
        for name, sha256 in _apart(files):
            self._taken[f"{inside}{name}".casefold()] = sha256
            targets.append(self._folder / f"{inside}{name}")
            self.wanted[targets[-1]] = sha256
        return targets

    def require_free(self) -> None:
        """See to it, before anything is written, that nothing is in the way.

        :raises ExportFailed: a file of that name is there already, or a name leads out of the folder.
        """
        inside = self._folder.resolve()
        for target in self.wanted:
            if not target.resolve().is_relative_to(inside):
                raise ExportFailed(f"A file of a page is named “{target}”, which leads out of the folder chosen.")
            if target.exists() or target.is_symlink():
                raise ExportFailed(f"There is already a file {target}; nothing was replaced.")

    @contextmanager
    def writing(self) -> Iterator[Written]:
        """What is written inside stays if it ends well, and else is taken back.

        :raises ExportFailed: the folder cannot be written.
        :raises DiskFull: there is no room.
        """
        written = Written()
        try:
            yield written
        except BaseException as error:
            written.take_back()
            if isinstance(error, OSError):
                if DiskFull.is_cause(error):
                    raise DiskFull(self._folder) from error
                place = error.filename or self._folder
                raise ExportFailed(f"{place} could not be written: {error.strerror or error}.") from error
            raise

    def _fits(self, inside: str, files: Files) -> bool:
        names = {f"{inside}{name}".casefold(): sha256 for name, sha256 in _apart(files)}
        return all(self._taken.get(name, sha256) == sha256 for name, sha256 in names.items())


def _apart(files: Files) -> Iterator[tuple[str, str]]:
    """The files of one page, each by a name of its own: names that were not UTF-8 read alike, and are numbered."""
    taken: dict[str, str] = {}
    for name, sha256 in files:
        number, own = 1, name
        while taken.get(own.casefold(), sha256) != sha256:
            number += 1
            path = PurePosixPath(name)
            own = str(path.with_stem(f"{path.stem} ({number})"))
        taken[own.casefold()] = sha256
        yield own, sha256
