"""HTML alone, and "web page, complete": HTML with the folder that the browser wrote beside it.

A saved file in, one capture out.  The two, and the pages of ScrapBook and WebScrapBook, are one reader because only
the files beside the page and its own marks tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from archive_viewer import charset
from archive_viewer.model import Capture, Format, SavedFile
from archive_viewer.readers import frames, provenance, scrapbook, scrapbook_tree
from archive_viewer.readers.companions import Gathering, gather, relative_name
from archive_viewer.readers.markup import Outline, is_html, outline
from archive_viewer.readers.opening import Head, decode_page, read_page
from archive_viewer.readers.recognition import identify


def recognises(head: Head) -> bool:
    return identify(head) is None and is_html(head.text, head.suffix)


def read(saved: SavedFile) -> Iterator[Capture]:
    """The page; its address, date and title are what saving programs and, weaker, the page itself state.

    :raises FileRefused: the file cannot be read.
    """
    yield capture_of(saved, saved.companions, lambda name: _read_companion(saved, name))


def capture_of(
    saved: SavedFile, around: Mapping[str, object], read_frame: Callable[[str], bytes], stated: str = "", by: str = ""
) -> Capture:
    """The page, with the files whose names are in ``around`` beside it, on the disk or in an archive.

    ``read_frame`` gives the bytes of one of them; ``stated`` is the character set that a container states.

    :raises FileRefused: the file cannot be read.
    """
    data, warnings = read_page(saved)
    text, decoded_from = decode_page(saved, data, stated, by)
    page = outline(text)
    note = scrapbook.note_of(page, saved, around, read_frame)
    origin = note or provenance.of_page(page, saved)
    gathering = gather(saved.name, around, page)
    joined = frames.join(text, _frames(saved, around, read_frame))
    capture = Capture(
        format=_format(page, note, gathering),
        data=frames.encoded(joined.text, decoded_from) if joined else data,
        media_type="text/html" if joined else media_type_of(text),
        charset=frames.charset_of(decoded_from) if joined else decoded_from,
        url=origin.url,
        captured_at=origin.captured_at,
        title=origin.title,
        companions=gathering.names,
        facts=origin.facts,
        warnings=(*warnings, *gathering.warnings, *(joined.warnings if joined else ())),
    )
    return scrapbook_tree.placed(capture, scrapbook_tree.entry_of(saved), saved)


def _format(page: Outline, note: provenance.Provenance | None, gathering: Gathering) -> Format:
    if note:
        return Format.SCRAPBOOK
    if "data-scrapbook-source" in page.root:
        return Format.WEBSCRAPBOOK
    return Format.HTML_FOLDER if gathering.is_folder_save else Format.HTML


def _frames(saved: SavedFile, around: Mapping[str, object], read_frame: Callable[[str], bytes]) -> frames.FindFrame:
    def find(address: str) -> tuple[str, str] | None:
        name = relative_name(address)
        return (address, frames.decode(read_frame(name), saved)) if name and name in around else None

    return find


def _read_companion(saved: SavedFile, name: str) -> bytes:
    return read_page(SavedFile(saved.companions[name], name))[0]


def media_type_of(text: str) -> str:
    """``application/xhtml+xml`` for a page with an XML declaration, else ``text/html``."""
    return "application/xhtml+xml" if text.lstrip().startswith("<?xml") else "text/html"


def companion_names(saved: SavedFile) -> tuple[str, ...]:
    """The names of the files beside a page that belong to it, in order.

    :raises FileRefused: the file cannot be read.
    """
    data, _ = read_page(saved)
    return gather(saved.name, saved.companions, outline(charset.decode(data)[0])).names
