"""WARC and ARC: web archives that crawlers and recorders write, of one page or of a million.

A saved file in, its pages out, one at a time; whatever their number, no more than one is in memory.  The file is gone
through twice: once for what its records say of one another (``web_pages``), once for the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from archive_viewer.model import Capture, SavedFile
from archive_viewer.readers import web_captures
from archive_viewer.readers.opening import Head, opened, size_of
from archive_viewer.readers.recognition import WACZ, Family, identify
from archive_viewer.readers.tape import Tape
from archive_viewer.readers.web_captures import Volume
from archive_viewer.readers.web_pages import PageList


def recognises(head: Head) -> bool:
    """The first line of a record, packed with gzip or not."""
    signature = identify(head)
    return signature is not None and signature.family is Family.CRAWL and signature.name != WACZ


def read(saved: SavedFile) -> Iterator[Capture]:
    """The pages, in the file's order.

    :raises FileRefused: the file cannot be read, or holds no page.
    """
    return web_captures.read([_volume(saved)], saved, PageList())


def find(saved: SavedFile, locator: str) -> Capture:
    """The page that a locator names.

    :raises FileRefused: the file cannot be read, or holds no such page.
    """
    return web_captures.find([_volume(saved)], saved, locator)


def _volume(saved: SavedFile) -> Volume:
    @contextmanager
    def open_tape() -> Iterator[Tape]:
        with opened(saved) as stream:
            yield Tape(stream, size_of(stream))

    return Volume("", open_tape)
