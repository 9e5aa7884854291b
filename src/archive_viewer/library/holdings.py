"""What the library holds, read: items, articles, marks, links, files, and what needs a look.

Ids and scopes in, nouns out; nothing here writes.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from archive_viewer import anchoring, damage, readers, serving
from archive_viewer.cleaning import CLEANER_VERSION, mending, site_rules
from archive_viewer.errors import ExportFailed, OriginalMissing, UnknownId
from archive_viewer.library import double_codes
from archive_viewer.library.addresses import site_of_key
from archive_viewer.library.captures import Captures
from archive_viewer.library.values import Attention, Order, Overview, Reading, Scope
from archive_viewer.model import (
    STRIPPED_WORDS,
    Accession,
    AnchorState,
    Annotation,
    Article,
    Capture,
    ImportLine,
    Item,
    Link,
    LinkEnd,
    Original,
    Resource,
    SavedFile,
)
from archive_viewer.storage import (
    accessions,
    articles,
    dismissals,
    fixity,
    items,
    links,
    marks,
    readings,
    recleanings,
    saved_searches,
    stored_files,
)
from archive_viewer.storage import site_rules as stored_rules
from archive_viewer.storage.database import Connection

NEIGHBOURS = 8
"""Paragraphs on either side that stand in for one which another capture does not have."""

PARAGRAPH_SOUGHT = 400
"""Characters of a paragraph by which it is known again: looking for pages of text would be felt."""

MENDING = "The bytes are kept as they came; compare with another copy of this page, if there is one."
"""What to do about a page whose bytes are damaged."""

FOUND = {
    "missing": "is missing from the library",
    "altered": "is not as it came in: its checksum differs",
    "unreadable": "cannot be read",
}
"""What is said of a stored file that failed its check."""

REPAIR = "Import the same file again, or put it back from a copy of the library."

EVERYTHING = Scope()
NEWEST_FIRST = Order()


class Holdings(Captures):
    """The reading half of a library."""

    # -- lists --------------------------------------------------------------------------------------------------

    def item_ids(self, scope: Scope = EVERYTHING, order: Order = NEWEST_FIRST) -> list[str]:
        """The ids of a part of the holdings, in order.  A list shows them page by page through ``items``."""
        with self._database.reading() as connection:
            return items.ids_in(connection, scope.kind, scope.value, order.field, order.is_descending)

    def items(self, ids: Sequence[str]) -> list[Item]:
        """The items with these ids, in the same order; unknown ids are left out."""
        with self._database.reading() as connection:
            return items.get_many(connection, ids)

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """Id → title of those of these items that there are; for thousands of them, which as items would take long."""
        with self._database.reading() as connection:
            return items.titles(connection, ids)

    def item(self, id: str) -> Item:
        """:raises UnknownId: there is no such item."""
        found = self.items([id])
        if not found:
            raise UnknownId("page", id)
        return found[0]

    def _known(self, ids: Sequence[str]) -> list[Item]:
        found = self.items(ids)
        if len(found) != len(ids):
            raise UnknownId("page", next(id for id in ids if id not in {item.id for item in found}))
        return found

    def overview(self) -> Overview:
        with self._database.reading() as connection:
            made, unsettled = marks.counts(connection)
            troubles = fixity.count_failed(connection) + accessions.count_refused(connection)
            troubles -= len(dismissals.held(connection))
            troubles += len(_damaged(connection)) + len(_without_pictures(connection))
            troubles += bool(recleanings.count_older(connection, CLEANER_VERSION))
            troubles += len(double_codes.troubles(connection))
            return Overview(
                items=items.count_in(connection, "all"),
                bin=items.count_in(connection, "bin"),
                attention=unsettled + items.count_doubts(connection) + troubles,
                marks=made,
                links=links.count(connection),
                accessions=accessions.all_accessions(connection),
                tags=items.tags(connection),
                sites=items.sites(connection),
                searches=saved_searches.all_searches(connection),
            )

    def accessions(self) -> list[Accession]:
        """Every accession, newest first."""
        with self._database.reading() as connection:
            return accessions.all_accessions(connection)

    def report(self, accession_id: str) -> list[ImportLine]:
        """What became of each file of an accession, in the order in which they were looked at."""
        with self._database.reading() as connection:
            return accessions.lines(connection, accession_id)

    def attention(self) -> list[Attention]:
        """What an archivist should look at: marks, files, dates, checksums."""
        with self._database.reading() as connection:
            unsettled = marks.unsettled(connection)
            put_aside = dismissals.held(connection)
            refused = [one for one in accessions.refused_lines(connection) if one[1].path not in put_aside]
            failed = fixity.failed(connection)
            damaged = _damaged(connection)
            without_pictures = _without_pictures(connection)
            doubts = items.doubts(connection)
            older = recleanings.count_older(connection, CLEANER_VERSION)
            doubled = double_codes.troubles(connection)
        found = [
            Attention(
                "unplaced" if mark.state is AnchorState.UNPLACED else "moved",
                f"A mark on “{mark.quote[:80]}”: {STRIPPED_WORDS}"
                if mark.is_on_stripped_words
                else f"A mark on “{mark.quote[:80]}” {STANDING[mark.state]}.",
                mark.item_id,
                mark.id,
            )
            for mark in unsettled
        ]
        found += [
            Attention("fixity", f"The stored file “{one.file_name}” {FOUND[result]}.  {REPAIR}", id, sha256=one.sha256)
            for one, result, id in failed
        ]
        found += [Attention("damaged", f"{warning}  {MENDING}", item_id) for item_id, warning in damaged]
        found += [Attention("missing-resources", warning, item_id) for item_id, warning in without_pictures]
        found += [
            Attention("doubtful-date" if name in ("published", "captured_at") else "doubt", doubt, item_id, fact=name)
            for item_id, name, doubt in doubts
        ]
        found += [
            Attention("refused", line.reason, path=line.path, accession_id=accession_id)
            for accession_id, line in refused
        ]
        found += doubled
        if older:
            pages = "1 page was" if older == 1 else f"{older:,} pages were"
            found.append(
                Attention(
                    "older-cleaning",
                    f"{pages} cleaned by another version of the program.  Cleaning again may choose better; mends, "
                    "rules and marks stay.",
                )
            )
        return found

    # -- one item -----------------------------------------------------------------------------------------------

    def article(self, item_id: str) -> Article:
        """The article with a person's rules and mends laid over what the cleaner chose.

        :raises UnknownId: there is no such item.
        """
        with self._database.reading() as connection:
            cleaned = articles.get(connection, item_id)
            if cleaned is None:
                raise UnknownId("page", item_id)
            return self._mended(connection, item_id, cleaned)

    def _mended(self, connection: Connection, item_id: str, cleaned: Article) -> Article:
        """The article of an item as it is read: the rules for its site, then the mends of this page laid over it."""
        return mending.apply(
            self._ruled(connection, item_id, cleaned), articles.overrides(connection, item_id).values()
        )

    def _ruled(self, connection: Connection, item_id: str, cleaned: Article) -> Article:
        """The article of an item with the rules for its site laid over it."""
        site = site_of_key(items.url_key(connection, item_id))
        return site_rules.apply(cleaned, stored_rules.of_site(connection, site)) if site else cleaned

    def reading(self, item_id: str) -> Reading:
        """The page to be read, each of its marks checked against the text.

        :raises UnknownId: there is no such item.
        """
        item, article = self.item(item_id), self.article(item_id)
        with self._database.reading() as connection:
            made = marks.of_item(connection, item_id)
            overrides = tuple(articles.overrides(connection, item_id).values())
            site = site_of_key(items.url_key(connection, item_id))
        found = anchoring.resolve_all([mark.target for mark in made], article)
        checked = [
            replace(mark, state=one.state, start=one.start, end=one.end) for mark, one in zip(made, found, strict=True)
        ]
        checked.sort(key=lambda mark: (mark.start is None, mark.start or 0, mark.end or 0))
        return Reading(item, article, tuple(checked), tuple(self.link_ends(item_id)), overrides, site)

    def passage_in(self, item_id: str, start: int, other_id: str) -> int | None:
        """Where the paragraph at ``start`` of an item's text stands in another item; None where it does not.

        Where that paragraph is not in the other, those that stand next to it are asked, the following ones first.

        :raises UnknownId: there is no such item.
        """
        here, there = self.article(item_id), self.article(other_id)
        if not here.kept or not there.kept:
            return None
        first = here.kept.index(here.block_at(start))
        following, before = here.kept[first : first + NEIGHBOURS], here.kept[max(0, first - NEIGHBOURS) : first][::-1]
        near = [here.starts[block.n] for block in (*following, *before) if block.text.strip()]
        ends = [min(begin + PARAGRAPH_SOUGHT, begin + len(here.block_at(begin).text)) for begin in near]
        found = anchoring.resolve_all(
            [anchoring.describe(here, begin, end) for begin, end in zip(near, ends, strict=True)], there
        )
        return next((place.start for place in found if place.start is not None), None)

    # -- marks and links ----------------------------------------------------------------------------------------

    def annotations(self, item_id: str | None = None) -> list[Annotation]:
        """The marks of one item in page order, or those of all items, page by page."""
        with self._database.reading() as connection:
            if item_id is None:
                return marks.of_library(connection)
            return marks.of_item(connection, self.item(item_id).id)

    def annotation(self, id: str) -> Annotation:
        """:raises UnknownId: there is no such mark."""
        with self._database.reading() as connection:
            found = marks.get(connection, id)
        if found is None:
            raise UnknownId("mark", id)
        return found

    def links(self, id: str | None = None) -> list[Link]:
        """All links, or those that begin or end at an item, one of its marks, or a mark."""
        with self._database.reading() as connection:
            if id is None:
                return links.of_library(connection)
            if marks.get(connection, id) is not None:
                return links.of_end(connection, id)
            return links.of_item(connection, self.item(id).id)

    def link_ends(self, item_id: str) -> list[LinkEnd]:
        """The links of an item and its marks, each with what stands at its other end.

        A link inside the page is there twice, once from each end.
        """
        with self._database.reading() as connection:
            here = {item_id} | {mark.id for mark in marks.of_item(connection, item_id)}
            ties = links.of_item(connection, item_id)
        outgoing = [self._other_end(link, True) for link in ties if link.from_id in here]
        return outgoing + [self._other_end(link, False) for link in ties if link.to_id in here]

    def _other_end(self, link: Link, is_outgoing: bool) -> LinkEnd:
        other = link.to_id if is_outgoing else link.from_id
        with self._database.reading() as connection:
            mark = marks.get(connection, other)
        item = self.item(mark.item_id if mark is not None else other)
        return LinkEnd(link, is_outgoing, item.id, item.title, item.url, mark.quote if mark is not None else "")

    # -- stored files -------------------------------------------------------------------------------------------

    def original_path(self, sha256: str) -> Path:
        """Where a stored file lies; to be read only."""
        return self._originals.path(sha256)

    def files(self, item_id: str) -> list[tuple[str, Original]]:
        """The stored files of an item by the names they came with, the page itself first."""
        with self._database.reading() as connection:
            return stored_files.files(connection, item_id)

    def saved_file(self, item_id: str) -> SavedFile:
        """The item's file as a reader wants it, taken from the store, with the character set that a person chose.

        :raises OriginalMissing: the stored file is gone.
        """
        item = self.item(item_id)
        (name, original), *others = self.files(item_id)
        path = self._originals.path(original.sha256)
        if not path.is_file():
            raise OriginalMissing(original.sha256, item.file_name)
        companions = {other: self._originals.path(stored.sha256) for other, stored in others}
        with self._database.reading() as connection:
            modified_at = items.modified_at(connection, item_id)
            charset = readings.charset_chosen(connection, item_id)
        return SavedFile(path, name, modified_at, companions, charset)

    def capture(self, item_id: str) -> Capture:
        """The page read anew from its stored bytes.

        :raises OriginalMissing: the stored file is gone.
        :raises FileRefused: it cannot be read any more.
        """
        return readers.find_capture(self.saved_file(item_id), self.item(item_id).locator)

    def resource(self, item_id: str, source: str) -> Resource | None:
        """A picture of an item, by the address that its block gives; None where it was not saved."""
        return self.resources(item_id)(source)

    def resources(self, item_id: str) -> Callable[[str], Resource | None]:
        """Look up many resources of one item while its stored file is read only once."""
        saved = self.saved_file(item_id)
        return serving.Resources(readers.find_capture(saved, self.item(item_id).locator), saved).find

    def give_back(self, item_id: str, folder: Path) -> list[Path]:
        """Write an item's files into ``folder`` as they came: the page, and its folder with its names.

        :raises OriginalMissing: a stored file is gone; nothing was written.
        :raises ExportFailed: a file of that name is there already, a name leads out of the folder (a library may come
            from anybody), and nothing was written; or the folder cannot be written.
        """
        copies = [(self._originals.path(stored.sha256), folder / name, stored) for name, stored in self.files(item_id)]
        for source, target, stored in copies:
            if not source.is_file():
                raise OriginalMissing(stored.sha256, target.name)
            if not target.resolve().is_relative_to(folder.resolve()):
                raise ExportFailed(f"A file of this page is named “{target}”, which leads out of the folder chosen.")
            if target.exists() or target.is_symlink():
                raise ExportFailed(f"There is already a file {target}; nothing was replaced.")
        written = []
        for source, name, _ in copies:
            target = _unused(name)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
            except OSError as error:
                target.unlink(missing_ok=True)
                raise ExportFailed(f"The file {target} could not be written: {error.strerror or error}.") from error
            written.append(target)
        return written


def _damaged(connection: Connection) -> list[tuple[str, str]]:
    """What is said of lost or changed bytes: the id of the item, or of a file's first item, and the sentence."""
    told = (*items.file_warnings(connection), *items.warnings(connection))
    return [(item_id, warning) for item_id, warning in told if damage.is_told_by(warning)]


def _without_pictures(connection: Connection) -> list[tuple[str, str]]:
    """The pages whose pictures were not saved with them: the id, and the sentence."""
    return [(item_id, warning) for item_id, warning in items.warnings(connection) if damage.is_of_pictures(warning)]


def _unused(target: Path) -> Path:
    """The name of a file, numbered where another file of the same page has it: names that were not UTF-8 read alike,
    and some disks take small letters and capitals for the same."""
    numbered = (target.with_stem(f"{target.stem} ({number})") for number in count(2))
    return next(name for name in chain([target], numbered) if not name.exists())


STANDING: Mapping[AnchorState, str] = {
    AnchorState.PLACED: "stands where it was made",
    AnchorState.MOVED: "was found at another place; please confirm it",
    AnchorState.APPROXIMATE: "was found only approximately; please confirm it",
    AnchorState.UNPLACED: "has lost its place",
}
