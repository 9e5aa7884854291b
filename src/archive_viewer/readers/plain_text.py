"""Pages saved as plain text.

A saved file in, one capture out.  The last reader that is asked: what no other knows and reads as text is text.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive_viewer import charset
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format, SavedFile
from archive_viewer.readers import provenance
from archive_viewer.readers.opening import Head, decode_page, read_page
from archive_viewer.readers.recognition import identify

_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))
"""Bytes that no text has in any character set; the end mark of DOS and the escapes of ISO 2022 are left out."""


def recognises(head: Head) -> bool:
    return identify(head) is None and _is_text(head.data)


def read(saved: SavedFile) -> Iterator[Capture]:
    """The text; nobody states its address, its date is the file's, and its title is the cleaner's to find.

    :raises FileRefused: the file cannot be read, or holds white space only.
    """
    data, warnings = read_page(saved)
    text, decoded_from = decode_page(saved, data, media_type="text/plain")
    if not text or text.isspace():
        raise FileRefused("This file holds nothing but white space.")
    yield Capture(
        format=Format.TEXT,
        data=data,
        media_type="text/plain",
        charset=decoded_from,
        captured_at=provenance.capture_date("", "", saved),
        warnings=warnings,
    )


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or charset.utf16_without_mark(data):
        return True
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return b"\0" not in data and controls * 100 <= len(data)
