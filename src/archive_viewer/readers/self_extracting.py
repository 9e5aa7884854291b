"""SingleFile's self-extracting archives: an HTML file that unpacks itself in a browser, and is a ZIP archive too.

A saved file in, one capture out: the page inside.  Separate from plain archives because the wrapper is a page that
says nothing but where the real one comes from.  The form: github.com/gildas-lormeau/SingleFile, ``<html data-sfz>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archive_viewer import charset, limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Fact, Format, SavedFile, Source
from archive_viewer.readers import html_page, provenance
from archive_viewer.readers.markup import outline
from archive_viewer.readers.opening import Head, Unpacked, opened
from archive_viewer.readers.zip_folder import Tree, ZipFolder
from archive_viewer.readers.zip_safety import is_archive, open_archive

_WRAPPER = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<!doctype[^>]{0,200}>\s*)?<html[^>]{0,4000}\sdata-sfz\b")
_PAGE = "index.html"


def recognises(head: Head) -> bool:
    return _WRAPPER.match(head.data) is not None


def read(saved: SavedFile) -> Iterator[Capture]:
    """The page inside; address and date are those of SingleFile's comment, inside or on the wrapper.

    :raises FileRefused: the archive is missing, locked by a password, damaged, or holds no page.
    """
    if not is_archive(saved.path):
        raise FileRefused("This self-extracting SingleFile archive was cut off: the page packed in it is missing.")
    archive = open_archive(saved.path)
    member = archive.by_name.get(_PAGE)
    if member is None:
        raise FileRefused("This self-extracting SingleFile archive holds no page.")
    data, _ = archive.read(member, limits.PAGE_BYTES + 1)
    around = ZipFolder(Tree(archive), "")
    page = Unpacked(saved.path, saved.name, saved.modified_at, charset=saved.charset, data=data)
    capture = html_page.capture_of(page, around, lambda name: around[name].data)
    if "saved_with" not in capture.facts:
        capture = _as_the_wrapper_says(capture, saved)
    saved_with = Fact("SingleFile", Source.STATED, "data-sfz")
    yield replace(
        capture,
        format=Format.SINGLEFILE,
        companions=(),
        inside=around,
        facts={"saved_with": saved_with, **capture.facts},
        warnings=capture.warnings + archive.warnings,
    )


def _as_the_wrapper_says(capture: Capture, saved: SavedFile) -> Capture:
    with opened(saved) as stream:
        wrapper = charset.decode(stream.read(limits.HEAD_BYTES))[0]
    origin = provenance.of_page(outline(wrapper), saved)
    if origin.saved_with is None:
        return capture
    return replace(capture, url=origin.url or capture.url, captured_at=origin.captured_at, facts=origin.facts)
