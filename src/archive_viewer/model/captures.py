"""What a reader is given and gives, and the fact: a value with its provenance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from archive_viewer.model.terms import Format, Source

T = TypeVar("T")


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A value with its provenance: ``origin`` names the field or the inference, ``doubt`` is a sentence or empty."""

    value: T
    source: Source
    origin: str
    doubt: str = ""


@dataclass(frozen=True)
class Download:
    """Where the operating system says that a file was got: addresses as it keeps them, and when (ISO 8601 UTC).

    ``mark`` names the place where it keeps them; all is empty where it says nothing.
    """

    url: str = ""
    referrer: str = ""
    at: str = ""
    mark: str = ""


@dataclass(frozen=True)
class SavedFile:
    """One file as a reader sees it, on the archivist's disk or in the library's own store.

    ``name`` is the name it came with (``path`` may be a digest); ``companions`` maps the names of files that came
    beside it, POSIX and relative to the file's own folder (``Page_files/a.png``), to where their bytes are now.
    ``modified_at`` is the file system's time, ISO 8601 UTC, or ``""`` where nobody knows it.  ``charset`` is the
    character set that a person chose for the page, which goes before every other witness; ``""``: none did.
    ``download`` is what the operating system keeps about where it was got, known only where it was saved.
    """

    path: Path
    name: str
    modified_at: str = ""
    companions: Mapping[str, Path] = field(default_factory=dict)
    charset: str = ""
    download: Download = Download()


@dataclass(frozen=True)
class Resource:
    """A picture, style sheet or frame that came with a page; ``url`` is the address by which the page knows it."""

    url: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Capture:
    """One page at one moment, as a reader took it out of a saved file.

    ``data`` are the page's own bytes and ``charset`` a codec name that decodes them; ``locator`` finds this capture
    again among several of one file (empty: the only one); ``companions`` are the names, in the folder's order, of
    the files beside it that belong to it; ``inside`` are the files around it in its own container, by names as those
    are, read when they are asked for; ``title`` is what the container, not the page, calls it.  ``find_resource``
    asks a container that is too large to be listed for what it holds at an absolute address.  ``warnings`` are about
    this page; ``file_warnings`` about the whole file, and as much of them as is known when the page is read.
    """

    format: Format
    data: bytes
    media_type: str
    charset: Fact[str]
    url: Fact[str] | None = None
    captured_at: Fact[str] | None = None
    title: Fact[str] | None = None
    locator: str = ""
    resources: tuple[Resource, ...] = ()
    companions: tuple[str, ...] = ()
    inside: Mapping[str, Resource] = field(default_factory=dict)
    find_resource: Callable[[str], Resource | None] | None = field(default=None, compare=False, repr=False)
    facts: Mapping[str, Fact[str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    file_warnings: tuple[str, ...] = ()
