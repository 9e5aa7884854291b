"""Taking pages in: captures and their articles become originals, items and a line of the report.

A saved file with what reader and cleaner made of it in, an import line out.  Each file is one transaction, after
its bytes are safely stored: a crash leaves at the worst an original that nothing names yet, which the next attempt
finds and uses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archive_viewer.history import Change
from archive_viewer.library.addresses import address_key, site_of
from archive_viewer.library.core import Recorder, new_id, now
from archive_viewer.library.marks import Marks
from archive_viewer.model import Accession, Article, Capture, Fact, ImportLine, Item, Original, SavedFile, Source
from archive_viewer.storage import accessions, articles, items, rows
from archive_viewer.storage.database import Connection
from archive_viewer.storage.originals import sha256_of
from archive_viewer.text import one_line, printable

TITLE_CHARACTERS = 300
"""A title longer than this is a paragraph that a page calls its title."""


class Intake(Marks):
    """The half of a library that grows."""

    # -- accessions ---------------------------------------------------------------------------------------------

    def begin_accession(self, source: Sequence[Path]) -> Accession:
        """A new accession for files from these places, waiting to be filled."""
        with self._database.writing() as connection:
            id = new_id()
            accessions.add(connection, id, [printable(str(path)) for path in source], now())
            return accessions.get(connection, id)

    def set_accession_state(self, id: str, state: str) -> None:
        """``running``, ``done`` or ``cancelled``."""
        with self._database.writing() as connection:
            accessions.set_state(connection, id, state, now() if state in ("done", "cancelled") else "")

    # -- duplicates ---------------------------------------------------------------------------------------------

    def items_of_file(self, path: Path) -> list[Item]:
        """Items made of a file with the same bytes as this one, those in the bin included.

        :raises FileRefused: the file cannot be read.
        """
        sha256 = sha256_of(path)
        with self._database.reading() as connection:
            return items.get_many(connection, items.ids_of_original(connection, sha256))

    def has_companions(self, item_id: str, saved: SavedFile, names: Sequence[str]) -> bool:
        """Whether every one of the named companions is stored with the item already, byte for byte."""
        held = dict(self.files(item_id))
        return all(
            name in held
            and held[name].size == saved.companions[name].stat().st_size
            and held[name].sha256 == sha256_of(saved.companions[name])
            for name in names
        )

    # -- lines --------------------------------------------------------------------------------------------------

    def note_line(self, accession_id: str, line: ImportLine) -> ImportLine:
        """Keep what became of a file that gave no new item."""
        with self._database.writing() as connection:
            accessions.add_line(connection, accession_id, line)
        return line

    def take_back_from_bin(self, accession_id: str, path: str, found: Sequence[Item]) -> ImportLine:
        """The file is known, but its items are in the bin: put them back, as part of this accession's step."""
        line = ImportLine(
            path, "imported", "It was in the bin, with its marks, and was put back.", tuple(item.id for item in found)
        )
        with self._database.writing() as connection:
            with self._receiving(connection, accessions.get(connection, accession_id)) as act:
                for item in found:
                    row = rows.get(connection, "item", item.id) or {}
                    act.put("item", item.id, {**row, "deleted_at": ""})
            accessions.add_line(connection, accession_id, line)
        return line

    def take_in(
        self, accession_id: str, path: str, saved: SavedFile, pages: Sequence[tuple[Capture, Article]], order: int
    ) -> ImportLine:
        """Store a file with all that belongs to it, and make an item of each of its pages.

        :raises FileRefused: a file cannot be read or stored.
        :raises DiskFull: there is no room; nothing of this file was kept.
        """
        moment = now()
        names = list(dict.fromkeys(name for capture, _ in pages for name in capture.companions))
        main = self._stored(saved.path, saved.name, pages[0][0].media_type, moment)
        companions = {name: self._stored(saved.companions[name], printable(name), "", moment) for name in names}
        made: list[Item] = []
        with self._database.writing() as connection:
            for original in (main, *companions.values()):
                items.add_original(connection, original)
            accession = accessions.get(connection, accession_id)
            with self._receiving(connection, accession) as act:
                for capture, article in pages:
                    item = describe(capture, article, saved, main.sha256, order, accession.id, accession.number)
                    items.add(connection, item, saved.modified_at, address_key(item.url), moment)
                    files = [main, *(companions[name] for name in capture.companions)]
                    items.add_files(connection, item.id, [(one.file_name, one.sha256) for one in files])
                    articles.put(connection, item.id, article)
                    articles.set_text(connection, item.id, article.text, article.text_sha256)
                    self._happened(
                        connection, "ingestion", item.id, detail=f"accession {accession.number}, from {path}"
                    )
                    self._happened(connection, "message digest calculation", item.id, detail=f"SHA-256 {main.sha256}")
                    # Taken back, an import puts its items into the bin: nothing is ever removed by undo.
                    here = rows.get(connection, "item", item.id) or {}
                    act.note(Change("item", item.id, {**here, "deleted_at": moment}, here))
                    made.append(item)
            warnings = tuple(dict.fromkeys(warning for item in made for warning in item.warnings))
            line = ImportLine(path, "imported", "", tuple(item.id for item in made), warnings)
            accessions.add_line(connection, accession_id, line)
        return line

    @staticmethod
    def prospect(capture: Capture, article: Article, saved: SavedFile, order: int) -> Item:
        """The item that would be made of a page, with nothing stored.

        :raises FileRefused: the file cannot be read.
        """
        return describe(capture, article, saved, sha256_of(saved.path), order)

    @contextmanager
    def _receiving(self, connection: Connection, accession: Accession) -> Iterator[Recorder]:
        """The step of an accession, which grows with every file that comes in."""
        known = accessions.step_id(connection, accession.id)
        with self._recording(f"Import {accession.number}", known) as act:
            yield act
            if known is None and act.step_id is not None:
                accessions.set_step(connection, accession.id, act.step_id)

    def _stored(self, path: Path, name: str, media_type: str, moment: str) -> Original:
        sha256, size = self._originals.store(path)
        return Original(sha256, size, media_type, name, moment)


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
        warnings=capture.warnings,
    )


def _title(capture: Capture, article: Article, saved: SavedFile) -> Fact[str]:
    for fact in (article.title, capture.title):
        if fact is not None and one_line(fact.value):
            return replace(fact, value=one_line(fact.value)[:TITLE_CHARACTERS])
    first = next((line for block in article.kept if (line := one_line(block.text))), "")
    if first:
        return Fact(first[:80], Source.INFERRED, "the first words of the page")
    return Fact(saved.name, Source.SYSTEM, "the file's name")


def _site(url: Fact[str] | None) -> Fact[str] | None:
    if url is None or not (site := site_of(url.value)):
        return None
    return Fact(site, Source.INFERRED, "the page's address")
