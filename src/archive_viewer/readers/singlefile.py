"""Pages saved with SingleFile: one HTML file with everything in it, and a comment that says where it comes from.

A saved file in, one capture out.  Separate from plain HTML because the comment is a witness of its own and the file
needs no folder.  The form: github.com/gildas-lormeau/SingleFile, the first child of ``<html>``.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive_viewer.model import Capture, Format, SavedFile
from archive_viewer.readers import html_page, provenance
from archive_viewer.readers.markup import outline
from archive_viewer.readers.opening import Head, decode_page, read_page


def recognises(head: Head) -> bool:
    if b"SingleFile" not in head.data or not html_page.recognises(head):
        return False
    return any(map(provenance.is_singlefile_comment, outline(head.text).comments))


def read(saved: SavedFile) -> Iterator[Capture]:
    """The page; address and date are those of SingleFile's comment.

    :raises FileRefused: the file cannot be read.
    """
    data, warnings = read_page(saved)
    text, decoded_from = decode_page(saved, data)
    origin = provenance.of_page(outline(text), saved)
    yield Capture(
        format=Format.SINGLEFILE,
        data=data,
        media_type=html_page.media_type_of(text),
        charset=decoded_from,
        url=origin.url,
        captured_at=origin.captured_at,
        facts=origin.facts,
        warnings=warnings,
    )
