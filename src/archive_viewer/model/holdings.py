"""What is kept: stored files, items, accessions with their reports, events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote

from archive_viewer import damage
from archive_viewer.model.captures import Fact
from archive_viewer.model.terms import Format


@dataclass(frozen=True)
class Original:
    """A stored file, known by the SHA-256 of its bytes."""

    sha256: str
    size: int
    media_type: str
    file_name: str
    accessioned_at: str
    verified_at: str = ""
    sha512: str = ""
    """Empty until somebody asks for it."""


@dataclass(frozen=True)
class Item:
    """One capture of one page, as the library describes it.

    ``warnings`` are about this page; ``file_warnings`` about the whole stored file, the same for each of its pages.
    ``unit_id`` is the unit of arrangement that it stands in, ``series`` what that gives it for a series (the title of
    the nearest unit of that level, or of the unit at the top), ``reference_code`` whole; empty until it is arranged.
    ``facts`` are what the file states or the program found; ``typed`` what a person said of an element, and where that
    is of title, author, published or language, those show it.
    """

    id: str
    accession_id: str
    accession: str
    sha256: str
    payload_sha256: str
    locator: str
    format: Format
    media_type: str
    charset: str
    file_name: str
    original_order: int
    title: str
    url: str
    site: str
    authors: tuple[str, ...]
    published: str
    captured_at: str
    language: str
    facts: Mapping[str, Fact[str] | Fact[list[str]]]
    warnings: tuple[str, ...] = ()
    file_warnings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    deleted_at: str = ""
    unit_id: str = ""
    reference_code: str = ""
    typed: Mapping[str, Fact[str] | Fact[list[str]]] = field(default_factory=dict)

    @property
    def member(self) -> str:
        """The file within the stored one in which the page is; empty where the stored file has no others in it."""
        if not self._is_of_records:
            return self.locator
        return unquote(self.locator.partition("=")[0].rpartition(":")[0])

    @property
    def record(self) -> str:
        """Where the page's record of WARC or ARC begins, in bytes: ``1024``, or ``0+99311`` (within what is packed at
        0, behind 99,311 unpacked bytes); empty where there are no records."""
        return self.locator.partition("=")[0].rpartition(":")[2] if self._is_of_records else ""

    @property
    def place(self) -> str:
        """Which page of its file it is: “pages/a.html”, record at byte 1024; empty for the only one."""
        member = f"“{self.member}”" if self.member else ""
        record = f"record at byte {self.record}" if self.record else ""
        return ", ".join(part for part in (member, record) if part)

    @property
    def _is_of_records(self) -> bool:
        return self.format in (Format.WARC, Format.ARC, Format.WACZ)

    @property
    def damage(self) -> tuple[str, ...]:
        """The warnings, about the file and the page, that tell of lost or changed bytes."""
        return tuple(warning for warning in (*self.file_warnings, *self.warnings) if damage.is_told_by(warning))

    @property
    def marks_brought(self) -> str:
        """“3 marks made with SingleFile”: what somebody had marked in the page; empty where nobody had."""
        fact = self.facts.get("marks")
        return str(fact.value) if fact is not None else ""


@dataclass(frozen=True)
class Accession:
    """Material taken in at one time: an import batch.  ``state``: waiting, running, done, cancelled.

    ``source`` is where the files lay; ``acquired_from`` who gave them, ``custodial_history`` who had them before, in a
    person's words (ISAD(G) 3.2.4 and 3.2.3).  ``accrues_to`` is the id of an earlier accession that this one adds to.
    """

    id: str
    number: str
    source: tuple[str, ...]
    state: str
    created_at: str
    finished_at: str
    item_count: int = 0
    refused_count: int = 0
    acquired_from: str = ""
    custodial_history: str = ""
    note: str = ""
    accrues_to: str = ""


@dataclass(frozen=True)
class ImportLine:
    """What became of one file of an import; ``outcome``: imported, duplicate, refused, skipped."""

    path: str
    outcome: Literal["imported", "duplicate", "refused", "skipped"]
    reason: str = ""
    item_ids: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recleaning:
    """What became of one page that was cleaned again; ``outcome``: changed, unchanged, refused.

    ``put_back`` and ``taken_out`` count the paragraphs of the text that came and went; ``carried`` the marks that were
    brought to where their words stand now; ``moved`` and ``unplaced`` name those that a person has to look at and did
    not have to before.
    """

    item_id: str
    outcome: Literal["changed", "unchanged", "refused"]
    reason: str = ""
    put_back: int = 0
    taken_out: int = 0
    carried: int = 0
    moved: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something that happened to an object, in the words of PREMIS 3 (section 2: Events).

    ``agent`` is the program that did it, ``person`` the one who had it done; empty where the program did it by itself.
    """

    id: str
    type: str
    at: str
    object_id: str
    agent: str
    outcome: str
    detail: str
    person: str = ""


EVENT_TYPES = (
    *("ingestion", "unpacking", "message digest calculation", "format identification", "metadata extraction"),
    *("fixity check", "validation", "metadata modification", "replication", "packing", "dissemination"),
    *("deaccession", "deletion"),
)
"""The words for what happens, from the Library of Congress's list of preservation events
(id.loc.gov/vocabulary/preservation/eventType)."""


@dataclass(frozen=True)
class Deaccession:
    """The record of an item that was given up; the item itself is gone.

    ``files`` are its stored files as they were: name, size in bytes, SHA-256, and SHA-512 where it was known.
    ``accession`` is the number of the accession in which it came; ``by`` is who gave it up.
    """

    id: str
    item_id: str
    title: str
    url: str
    captured_at: str
    accession: str
    files: tuple[tuple[str, int, str, str], ...]
    reason: str
    at: str
    by: str
