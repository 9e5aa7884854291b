"""A look ahead of an import: what would become of every file, with nothing stored anywhere.

Paths in, a prospect a file out.  Separate from the import, which it follows step by step: here alone it is told what
looks like a page that is there already, so that a person can leave it out.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from archive_viewer import damage, limits, readers, resemblance
from archive_viewer.errors import FileRefused
from archive_viewer.jobs import files, planning
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.planning import Claims, Found
from archive_viewer.library import Library
from archive_viewer.model import Article, ImportLine, Item, NearDuplicate, SavedFile
from archive_viewer.resemblance import Sketch

CUT_OFF = "Archive Viewer ended while it looked at this file.  The import tries it again."


@dataclass(frozen=True)
class Prospect:
    """What an import would make of a file: its line, and its items as they are, or as they would be.

    ``file`` is the path as the system knows it, by which the file can be left out; ``near`` are pages that its pages
    look like, those of other files of the same look among them.
    """

    line: ImportLine
    file: str
    items: tuple[Item, ...] = ()
    near: tuple[NearDuplicate, ...] = ()
    is_known: bool = False


def look_at_paths(
    library: Library | None, paths: Sequence[Path], job: Job, troublesome: Container[int] = ()
) -> Iterator[Prospect]:
    """What ``import_paths`` would do, with nothing stored anywhere (a dry run).

    ``troublesome``: the numbers of files, counted from 0, at which the program has ended before; they are not read.

    :raises Cancelled: a person stopped it.
    """
    total, _ = planning.count(paths)
    claims = Claims()
    look = _Look(library, claims)
    for order, found in enumerate(planning.walk(paths, claims)):
        report = partial(job.report, min(order, total), total, found.path.name, found.size)
        report()
        if order in troublesome:
            yield Prospect(ImportLine(found.name, "refused", CUT_OFF), str(found.path))
        else:
            yield look.at(found, order, report)
    job.report(total, total)


@dataclass(frozen=True)
class _Page:
    """A page that was looked at, as it is kept for those that come after it."""

    item: Item
    path: str
    sketch: bytes
    text_sha256: str


class _Look:
    """What is remembered from file to file."""

    def __init__(self, library: Library | None, claims: Claims) -> None:
        self._library = library
        self._claims = claims
        self._files: dict[str, list[tuple[str, SavedFile]]] = {}
        self._pages: list[_Page] = []
        self._bands: dict[int, int] = {}

    def at(self, found: Found, order: int, report: Callable[[], None]) -> Prospect:
        return files.guarded(
            found,
            lambda: self._attempt(found, order, report),
            lambda line: Prospect(line, str(found.path)),
        )

    def _attempt(self, found: Found, order: int, report: Callable[[], None]) -> Prospect:
        file = str(found.path)
        if files.is_page_part(found):
            return Prospect(files.skipped(found), file)
        saved = files.saved(found)
        sha256 = Library.digest_of(found.path)
        known = files.known_items(self._library, saved, sha256) if self._library is not None else []
        if known:
            self._claims.add(found.path, readers.companion_names(saved))
            is_in_bin = all(item.deleted_at for item in known)
            line = files.from_bin(found, known) if is_in_bin else files.duplicate(found, known, files.HELD)
            return Prospect(line, file, tuple(known), is_known=True)
        if twin := self._twin(saved, sha256):
            self._claims.add(found.path, readers.companion_names(saved))
            return Prospect(files.duplicate(found, (), files.same_as(twin)), file)
        prospect = self._read(found, saved, sha256, order, report)
        self._files.setdefault(sha256, []).append((found.name, saved))
        return prospect

    def _read(self, found: Found, saved: SavedFile, sha256: str, order: int, report: Callable[[], None]) -> Prospect:
        items: list[Item] = []
        own: list[_Page] = []
        near: dict[str, NearDuplicate] = {}
        trouble: list[str] = []
        try:
            for capture, article in files.pages(found, saved, self._claims, report):
                item = Library.prospect(capture, article, saved, sha256, order)
                sketch = resemblance.sketch(article.text)
                items.append(item)
                if len(near) < limits.LIKE_SHOWN:
                    near.update((one.item.id, one) for one in self._near(article, sketch))
                own.append(_Page(item, found.name, resemblance.packed(sketch), article.text_sha256))
        except FileRefused as refusal:
            if not items:
                raise
            trouble.append(f"{damage.PARTLY_READ}  {refusal}")
        if not items:
            raise FileRefused("There is no page in this file.")
        for page in own:
            self._remember(page)
        of_file = tuple(dict.fromkeys([*(warning for item in items for warning in item.file_warnings), *trouble]))
        of_pages = dict.fromkeys(warning for item in items for warning in item.warnings)
        line = ImportLine(found.name, "imported", warnings=(*of_file, *of_pages))
        whole = tuple(replace(item, file_warnings=of_file) for item in items)
        return Prospect(line, str(found.path), whole, tuple(near.values())[: limits.LIKE_SHOWN])

    def _twin(self, saved: SavedFile, sha256: str) -> str:
        """The name of a file before this one that is the same, with every file that came beside it; or nothing."""
        if sha256 not in self._files:
            return ""
        names = readers.companion_names(saved)

        def is_same(other: SavedFile, name: str) -> bool:
            one, two = saved.companions.get(name), other.companions.get(name)
            return one is not None and two is not None and Library.digest_of(one) == Library.digest_of(two)

        twins = (name for name, other in self._files[sha256] if all(is_same(other, name) for name in names))
        return next(twins, "")

    def _near(self, article: Article, sketch: Sketch) -> list[NearDuplicate]:
        found = self._library.near_to(sketch, article.text_sha256) if self._library is not None else []
        for number in dict.fromkeys(self._bands[band] for band in resemblance.bands(sketch) if band in self._bands):
            page = self._pages[number]
            share = resemblance.resemblance(sketch, resemblance.unpacked(page.sketch))
            if share >= resemblance.NEAR:
                is_same = page.text_sha256 == article.text_sha256
                found.append(NearDuplicate(page.item, share, is_same, page.path))
        return found

    def _remember(self, page: _Page) -> None:
        """Keep a page for those that come after it: of pages that are alike, they are compared with the first."""
        if page.sketch and len(self._pages) < limits.PAGES_COMPARED:
            for band in resemblance.bands(resemblance.unpacked(page.sketch)):
                self._bands.setdefault(band, len(self._pages))
            self._pages.append(page)
