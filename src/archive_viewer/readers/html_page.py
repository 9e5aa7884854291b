"""HTML alone, and "web page, complete": HTML with the folder that the browser wrote beside it.

A saved file in, one capture out.  The two are one reader because only the files beside the page tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive_viewer import charset
from archive_viewer.model import Capture, Format, SavedFile
from archive_viewer.readers import provenance
from archive_viewer.readers.companions import gather
from archive_viewer.readers.markup import is_html, outline
from archive_viewer.readers.opening import Head, read_page
from archive_viewer.readers.recognition import identify


def recognises(head: Head) -> bool:
    return identify(head) is None and is_html(head.text, head.suffix)


def read(saved: SavedFile) -> Iterator[Capture]:
    """The page; its address, date and title are what saving programs and, weaker, the page itself state.

    :raises FileRefused: the file cannot be read.
    """
    data, warnings = read_page(saved)
    text, decoded_from = charset.decode(data)
    page = outline(text)
    origin = provenance.of_page(page, saved)
    gathering = gather(saved, page)
    yield Capture(
        format=Format.HTML_FOLDER if gathering.is_folder_save else Format.HTML,
        data=data,
        media_type=media_type_of(text),
        charset=decoded_from,
        url=origin.url,
        captured_at=origin.captured_at,
        companions=gathering.names,
        facts={"saved_with": origin.saved_with} if origin.saved_with else {},
        warnings=warnings + gathering.warnings,
    )


def media_type_of(text: str) -> str:
    """``application/xhtml+xml`` for a page with an XML declaration, else ``text/html``."""
    return "application/xhtml+xml" if text.lstrip().startswith("<?xml") else "text/html"


def companion_names(saved: SavedFile) -> tuple[str, ...]:
    """The names of the files beside a page that belong to it, in order.

    :raises FileRefused: the file cannot be read.
    """
    data, _ = read_page(saved)
    return gather(saved, outline(charset.decode(data)[0])).names
