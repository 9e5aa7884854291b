"""Readers: a saved file becomes captures, one for each page at each moment that the file holds.

A ``SavedFile`` in, ``Capture``s out, or a sentence why not.  A reader is a module with the two functions of
``Reader``; to read another form, write one and put it into ``READERS``.  The bytes decide which reader it is, never
the suffix.  Nothing here knows the cleaner, the library or the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, SavedFile
from archive_viewer.readers import (
    download_marks,
    html_page,
    mhtml,
    plain_text,
    recognition,
    self_extracting,
    singlefile,
    wacz,
    warc,
    web_archives,
    webarchive,
    zipped,
)
from archive_viewer.readers.companions import FolderCompanions
from archive_viewer.readers.download_marks import read as read_download
from archive_viewer.readers.opening import Head, beginning_of, read_head
from archive_viewer.readers.page_parts import is_in_books, is_page_part
from archive_viewer.readers.scrapbook_tree import LIBRARY_LISTS

__all__ = [
    "LIBRARY_LISTS",
    "READERS",
    "FolderCompanions",
    "Reader",
    "beginning_of",
    "companion_names",
    "find_capture",
    "is_in_books",
    "is_page_part",
    "read",
    "read_download",
    "reader_of",
]


class Reader(Protocol):
    """What reads one form of saved page."""

    def recognises(self, head: Head) -> bool:
        """Whether a file that begins so is of this form; quick, and without error whatever the bytes."""

    def read(self, saved: SavedFile) -> Iterator[Capture]:
        """The captures of a file that was recognised, one at a time, so that a container may hold thousands.

        :raises FileRefused: nothing in it can be read.
        """


class Container(Reader, Protocol):
    """What reads a form that may hold thousands of pages, and finds one of them without reading the others."""

    def find(self, saved: SavedFile, locator: str) -> Capture:
        """The capture with this locator; remarks about the container as a whole are not repeated.

        :raises FileRefused: the file cannot be read, or holds no such capture.
        """


READERS: list[Reader] = [warc, wacz, webarchive, zipped, mhtml, self_extracting, singlefile, html_page, plain_text]
"""Asked in this order; the first that recognises a file reads it."""

CONTAINERS: list[Container] = [warc, wacz, zipped]
"""Those of ``READERS`` that can find one page among many."""


def reader_of(saved: SavedFile) -> Reader:
    """The reader of a file.

    :raises FileRefused: it is empty, cannot be read, or is in no form that is read; the sentence says what it is.
    """
    head = read_head(saved)
    for reader in READERS:
        if reader.recognises(head):
            return reader
    raise FileRefused(recognition.refusal(head, recognition.identify(head)))


def read(saved: SavedFile) -> Iterator[Capture]:
    """The captures of a file.

    :raises FileRefused: at once or while they are read: the file is not, or no longer, one that can be read.
    """
    return (_restored(capture, saved) for capture in reader_of(saved).read(saved))


def find_capture(saved: SavedFile, locator: str) -> Capture:
    """The capture that has this locator.

    :raises FileRefused: the file cannot be read, or holds no such capture.
    """
    reader = reader_of(saved)
    for container in CONTAINERS:
        if container is reader:
            return _restored(container.find(saved, locator), saved)
    for capture in reader.read(saved):
        if capture.locator == locator:
            return _restored(capture, saved)
    raise FileRefused("This file no longer holds the page that was read from it.")


def _restored(capture: Capture, saved: SavedFile) -> Capture:
    """A capture with what is known of it beyond its file: from where it was got, and of which page it is a copy."""
    if capture.media_type != "text/plain" and capture.data.count(b"<") > limits.TAGS:
        warning = f"This page has more than {limits.TAGS:,} tags; what follows on them was not read."
        capture = replace(capture, warnings=(*capture.warnings, warning))
    return web_archives.restore(download_marks.apply(capture, saved))


def companion_names(saved: SavedFile) -> tuple[str, ...]:
    """The names of the files beside a page that belong to it, in order; none for a file that needs no others.

    :raises FileRefused: the file cannot be read.
    """
    return html_page.companion_names(saved) if reader_of(saved) is html_page else ()
