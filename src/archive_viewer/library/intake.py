"""Taking pages in: captures and their articles become originals, items and a line of the report.

A saved file with what reader and cleaner made of it in, an import line out.  Each file is one transaction, after
its bytes are safely stored: a crash leaves at the worst an original that nothing names yet, which the next attempt
finds and uses.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archive_viewer import damage
from archive_viewer.errors import Cancelled, FileRefused
from archive_viewer.history import Change
from archive_viewer.library import foreign_marks
from archive_viewer.library.addresses import address_key, last_part, site_of
from archive_viewer.library.core import Recorder, new_id, now
from archive_viewer.library.mends import Mends
from archive_viewer.library.resemblances import keep_text
from archive_viewer.library.values import Changes
from archive_viewer.model import Accession, Article, Capture, Fact, ImportLine, Item, Original, SavedFile, Source
from archive_viewer.storage import accessions, articles, events, fixity, items, rows, stored_files
from archive_viewer.storage.database import Connection
from archive_viewer.storage.originals import sha256_of
from archive_viewer.text import one_line, printable

BATCH = 48
"""Pages kept in one transaction: the blocks of so many pages take some tens of megabytes."""

_FILE_NAME = "the file's name"

TITLE_CHARACTERS = 300
"""A title longer than this is a paragraph that a page calls its title."""


class Intake(Mends):
    """The half of a library that grows."""

    # -- accessions ---------------------------------------------------------------------------------------------

    def begin_accession(self, source: Sequence[Path], accrues_to: str = "") -> Accession:
        """A new accession for files from these places, waiting to be filled; ``accrues_to``: the id of an earlier one
        that it adds to."""
        with self._database.writing() as connection:
            id = new_id()
            accessions.add(connection, id, [printable(str(path)) for path in source], now(), accrues_to)
            return accessions.get(connection, id)

    def set_accession_state(self, id: str, state: str) -> None:
        """``running``, ``done`` or ``cancelled``."""
        with self._database.writing() as connection:
            accessions.set_state(connection, id, state, now() if state in ("done", "cancelled") else "")

    def bytes_taken_in(self, accession_id: str) -> int:
        """The size of the stored files of an accession: room that going on with it no longer needs."""
        with self._database.reading() as connection:
            return stored_files.bytes_of_accession(connection, accession_id)

    # -- duplicates ---------------------------------------------------------------------------------------------

    @staticmethod
    def digest_of(path: Path) -> str:
        """The SHA-256 of a file's bytes, by which the library knows it.

        :raises FileRefused: the file cannot be read.
        """
        return sha256_of(path)

    def items_of_file(self, sha256: str) -> list[Item]:
        """Items made of a file with this digest, those in the bin included."""
        with self._database.reading() as connection:
            return items.get_many(connection, items.ids_of_original(connection, sha256))

    def unfinished_items(self, sha256: str) -> list[Item]:
        """Items of this file that came in before a crash, a full disk or a stop which left its line unwritten."""
        with self._database.reading() as connection:
            return items.get_many(connection, items.unfinished_ids(connection, sha256))

    def has_companions(self, item_id: str, saved: SavedFile, names: Sequence[str]) -> bool:
        """Whether every one of the named companions is stored with the item already, byte for byte."""
        # Names that are not UTF-8 may read alike.
        held: defaultdict[str, list[Original]] = defaultdict(list)
        for name, original in self.files(item_id):
            held[name].append(original)

        def is_held(name: str) -> bool:
            file = saved.companions[name]
            size = file.stat().st_size
            digests = {original.sha256 for original in held[printable(name)] if original.size == size}
            return bool(digests) and sha256_of(file) in digests

        return all(is_held(name) for name in names)

    def store_again(self, item_id: str, saved: SavedFile) -> bool:
        """Store those files of a known item anew that the library has lost; gives whether there were any.

        :raises FileRefused: a file cannot be read or stored.
        :raises DiskFull: there is no room.
        """
        restored = False
        for position, (name, original) in enumerate(self.files(item_id)):
            file = saved.path if position == 0 else saved.companions.get(name)
            outcome = self._originals.check(original.sha256) if file is not None else "ok"
            if file is not None and outcome != "ok" and self._originals.store(file)[0] == original.sha256:
                restored = True
                with self._database.writing() as connection:
                    self._put_back(connection, original.sha256, outcome, printable(str(file)))
        if restored:
            self._tell(Changes(fixity=True, history=False))
        return restored

    def _put_back(self, connection: Connection, sha256: str, outcome: str, origin: str) -> None:
        """Keep that a stored file was lost or altered, and was stored again."""
        fixity.put(connection, sha256, "ok", now())
        self._happened(connection, "fixity check", sha256, "failure", outcome)
        self._happened(connection, "replication", sha256, detail=f"was {outcome}; stored again from {origin}")

    # -- lines --------------------------------------------------------------------------------------------------

    def note_line(self, accession_id: str, line: ImportLine) -> ImportLine:
        """Keep what became of a file that gave no new item."""
        with self._database.writing() as connection:
            accessions.add_line(connection, accession_id, line)
        return line

    def note_refused_again(self, accession_id: str, path: str, reason: str) -> None:
        """Keep that a refused file was tried again in vain: its line says why it is refused now."""
        with self._database.writing() as connection:
            accessions.set_refusal(connection, accession_id, path, reason)
            detail = f"{path}, tried again: {reason}"
            self._happened(connection, "ingestion", accession_id, "failure", detail)
        self._tell(Changes(accessions=True, history=False))

    def note_cut_off(self, accession_id: str, path: str) -> int:
        """Keep that the program ended while this file was being read; gives how often it has."""
        with self._database.writing() as connection:
            detail = f"cut off at {path}"
            self._happened(connection, "ingestion", accession_id, "failure", detail)
            told = events.selected(connection, events.Selection([accession_id], "ingestion", outcome="failure"))
            return sum(event.detail == detail for event in told)

    def take_back_from_bin(self, accession_id: str, line: ImportLine) -> ImportLine:
        """The file is known, but its items are in the bin: put them back, as part of this accession's step.

        :raises Cancelled: the accession was stopped.
        """
        with self._receiving(accession_id) as (act, _):
            self._take_out_of_bin(act, self.items(line.item_ids))
            accessions.add_line(act.connection, accession_id, line)
        return line

    def _take_out_of_bin(self, act: Recorder, found: Sequence[Item]) -> None:
        for item in found:
            row = rows.get(act.connection, "item", item.id) or {}
            act.put("item", item.id, {**row, "deleted_at": ""})

    def take_in(
        self,
        accession_id: str,
        path: str,
        saved: SavedFile,
        sha256: str,
        pages: Iterable[tuple[Capture, Article]],
        order: int,
    ) -> ImportLine:
        """Store a file with all that belongs to it, and make an item of each of its pages.

        Pages are taken as they come and kept some dozens at a time, so that a container of any size passes through
        little memory; the line is written with the last of them.  A file that turns out to be damaged half way keeps
        the pages until there, and its line says so.

        :raises FileRefused: there is no page, or a file cannot be read or stored, or it changed meanwhile.
        :raises DiskFull: there is no room; the pages of earlier dozens are kept, and the file has no line yet.
        :raises Cancelled: the accession was stopped meanwhile.
        """
        reading = _Pages(pages)
        made = self.unfinished_items(sha256)
        if reading.is_at_end and not made:
            raise FileRefused("There is no page in this file.")
        main = self._stored(saved.path, saved.name, reading.media_type)
        if main.sha256 != sha256:
            raise FileRefused("This file was changed by another program while it was being read.")
        ids, warnings = [item.id for item in made], [warning for item in made for warning in item.warnings]
        file_warnings = list(made[0].file_warnings) if made else []
        while True:
            batch = reading.next_batch()
            names = dict.fromkeys(name for capture, _ in batch for name in capture.companions)
            companions = {name: self._stored(saved.companions[name], printable(name), "") for name in names}
            places = {one.sha256: saved.companions[name] for name, one in companions.items()}
            places[main.sha256] = saved.path
            with self._receiving(accession_id) as (act, number):
                for original in (main, *companions.values()):
                    self._hold(act.connection, original, places[original.sha256])
                self._take_out_of_bin(act, made)
                made = []
                for capture, article in batch:
                    item = describe(capture, article, saved, main.sha256, order, accession_id, number)
                    files = [main, *(companions[name] for name in capture.companions)]
                    self._add(act, item, article, files, saved.modified_at, f"accession {number}, from {path}")
                    ids.append(item.id)
                    warnings.extend(item.warnings)
                    file_warnings.extend(item.file_warnings)
                if reading.is_at_end:
                    file_warnings.extend(reading.trouble)
                    line = _imported(path, ids, [*file_warnings, *warnings])
                    stored_files.set_file_warnings(act.connection, main.sha256, list(dict.fromkeys(file_warnings)))
                    items.finish_many(act.connection, ids)
                    accessions.add_line(act.connection, accession_id, line)
                    self._told_of_damage(act.connection, main.sha256, file_warnings)
                    if len(ids) > 1:
                        detail = f"{len(ids):,} pages taken out of “{main.file_name}”"
                        self._happened(act.connection, "unpacking", main.sha256, detail=detail)
                    return line
                items.begin_many(act.connection, ids[-len(batch) :])

    def _hold(self, connection: Connection, original: Original, place: Path) -> None:
        """Keep what a stored file is.  One that was given up meanwhile, with the last item that had it, is stored anew;
        one that was lost or altered is whole again."""
        if not self._originals.has(original.sha256):
            self._originals.store(place)
        if stored_files.add_original(connection, original):
            detail = f"SHA-256 {original.sha256}"
            self._happened(connection, "message digest calculation", original.sha256, detail=detail)
        elif (outcome := fixity.known(connection, original.sha256)) != "ok":
            self._put_back(connection, original.sha256, outcome, printable(str(place)))

    def _add(
        self, act: Recorder, item: Item, article: Article, files: Sequence[Original], modified_at: str, origin: str
    ) -> None:
        moment = now()
        items.add(act.connection, item, modified_at, address_key(item.url), moment)
        stored_files.add_files(act.connection, item.id, [(one.file_name, one.sha256) for one in files])
        articles.put(act.connection, item.id, article)
        read = self._ruled(act.connection, item.id, article)
        keep_text(act.connection, item.id, read)
        foreign_marks.keep(act.connection, item.id, read, moment)
        self._told_of_reading(act.connection, item, origin)
        # Taken back, an import puts its items into the bin: nothing is ever removed by undo.
        here = rows.get(act.connection, "item", item.id) or {}
        act.note(Change("item", item.id, {**here, "deleted_at": moment}, here))

    def _told_of_reading(self, connection: Connection, item: Item, origin: str) -> None:
        """What happened to a page as it came in, one event for each thing that was done."""
        self._happened(connection, "ingestion", item.id, detail=origin)
        detail = f"{item.format.value} ({item.media_type}), told by {item.facts['format'].origin}"
        self._happened(connection, "format identification", item.id, detail=detail)
        stated = [name for name, fact in item.facts.items() if fact.source is Source.STATED]
        detail = f"stated by the file: {', '.join(stated) or 'nothing'}"
        self._happened(connection, "metadata extraction", item.id, detail=detail)
        self._told_of_damage(connection, item.id, item.warnings)

    def _told_of_damage(self, connection: Connection, object_id: str, warnings: Iterable[str]) -> None:
        if lost := [warning for warning in dict.fromkeys(warnings) if damage.is_told_by(warning)]:
            self._happened(connection, "validation", object_id, "failure", "  ".join(lost))

    @staticmethod
    def prospect(capture: Capture, article: Article, saved: SavedFile, sha256: str, order: int) -> Item:
        """The item that would be made of a page, with nothing stored."""
        return describe(capture, article, saved, sha256, order)

    @contextmanager
    def _receiving(self, accession_id: str) -> Iterator[tuple[Recorder, str]]:
        """The step of an accession, which grows with every file that comes in, and the accession's number.

        :raises Cancelled: the accession was stopped: its step may have been taken back already.
        """
        with self._database.reading() as connection:
            number = accessions.number(connection, accession_id)
        with self._recording(f"Import {number}") as act:
            if accessions.state(act.connection, accession_id) == "cancelled":
                raise Cancelled
            known = accessions.step_id(act.connection, accession_id)
            act.step_id = act.step_id or known
            yield act, number
            if known is None and act.step_id is not None:
                accessions.set_step(act.connection, accession_id, act.step_id)

    def _stored(self, path: Path, name: str, media_type: str) -> Original:
        sha256, size = self._originals.store(path)
        return Original(sha256, size, media_type, name, now())


class _Pages:
    """Pages taken from a reader some dozens at a time, always one ahead, so that the last batch is known for it."""

    def __init__(self, pages: Iterable[tuple[Capture, Article]]) -> None:
        self._pages = iter(pages)
        self.trouble: list[str] = []
        self._ahead = next(self._pages, None)
        self.is_at_end = self._ahead is None
        self.media_type = self._ahead[0].media_type if self._ahead is not None else ""

    def next_batch(self) -> list[tuple[Capture, Article]]:
        """At most ``BATCH`` pages; none at the end."""
        batch: list[tuple[Capture, Article]] = []
        while self._ahead is not None and len(batch) < BATCH:
            batch.append(self._ahead)
            try:
                self._ahead = next(self._pages, None)
            except FileRefused as refusal:
                # What was read until here is good; that the rest is not goes into the report.
                self._ahead = None
                self.trouble.append(f"{damage.PARTLY_READ}  {refusal}")
        self.is_at_end = self._ahead is None
        return batch


def _imported(path: str, ids: Sequence[str], warnings: Sequence[str]) -> ImportLine:
    return ImportLine(path, "imported", "", tuple(ids), tuple(dict.fromkeys(warnings)))


def describe(
    capture: Capture,
    article: Article,
    saved: SavedFile,
    sha256: str,
    order: int,
    accession_id: str = "",
    accession: str = "",
) -> Item:
    """The item that a capture and its article make: each fact by the best witness, with its provenance."""
    facts: dict[str, Fact[str] | Fact[list[str]]] = {
        "format": Fact(capture.format.value, Source.SYSTEM, "the file's bytes"),
        "charset": capture.charset,
        "title": _title(capture, article, saved),
    }
    url = capture.url or article.canonical_url
    stated: dict[str, Fact[str] | Fact[list[str]] | None] = {
        "url": url,
        "captured_at": capture.captured_at,
        "published": article.published,
        "modified": article.modified,
        "author": article.authors,
        "site": article.site_name or _site(url),
        "language": article.language,
        "canonical_url": article.canonical_url,
        "marks": foreign_marks.fact_of(article),
    }
    facts.update((name, fact) for name, fact in stated.items() if fact is not None)
    facts.update(capture.facts)

    def value(name: str) -> str:
        return str(facts[name].value) if name in facts else ""

    return Item(
        id=new_id(),
        accession_id=accession_id,
        accession=accession,
        sha256=sha256,
        payload_sha256=hashlib.sha256(capture.data).hexdigest(),
        locator=capture.locator,
        format=capture.format,
        media_type=capture.media_type,
        charset=capture.charset.value,
        file_name=saved.name,
        original_order=order,
        title=value("title"),
        url=value("url"),
        site=value("site"),
        authors=tuple(article.authors.value) if article.authors is not None else (),
        published=value("published"),
        captured_at=value("captured_at"),
        language=value("language"),
        facts=facts,
        warnings=(*capture.warnings, *article.warnings),
        file_warnings=capture.file_warnings,
    )


def _title(capture: Capture, article: Article, saved: SavedFile) -> Fact[str]:
    for fact in (article.title, capture.title):
        if fact is not None and one_line(fact.value):
            return replace(fact, value=one_line(fact.value)[:TITLE_CHARACTERS])
    lines = (one_line(block.text) for block in article.kept)
    first = next((line for line in lines if any(map(str.isalnum, line))), "")
    if first:
        return Fact(first[:80], Source.INFERRED, "the first words of the page")
    # A picture that was opened by itself and saved has no words at all.
    name = last_part(capture.url.value) if capture.url else ""
    return Fact(name, Source.INFERRED, "the page's address") if name else Fact(saved.name, Source.SYSTEM, _FILE_NAME)


def _site(url: Fact[str] | None) -> Fact[str] | None:
    if url is None or not (site := site_of(url.value)):
        return None
    return Fact(site, Source.INFERRED, "the page's address")
