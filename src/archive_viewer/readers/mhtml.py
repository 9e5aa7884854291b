"""MHTML (RFC 2557): a page and all it loads as one MIME message; also MHT from Internet Explorer, Word and Firefox.

A saved file in, one capture out: the first HTML part is the page, the others are its resources, frames among them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from archive_viewer import charset, damage, limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Fact, Format, Resource, SavedFile, Source
from archive_viewer.readers import frames, provenance
from archive_viewer.readers.markup import is_html
from archive_viewer.readers.mime import Part, Parts, beginning, read_body, read_parts
from archive_viewer.readers.opening import Head, cut_short, decode_page, opened, size_of

_HTML = ("text/html", "application/xhtml+xml")
_FIRST_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:(?!//)")
_OF_A_PAGE = re.compile(
    rb"^(?:Content-Type:\s*(?:multipart/|text/html|application/xhtml\+xml)|Snapshot-Content-Location:|MIME-Version:)",
    re.I | re.M,
)
_SAVED_BY = re.compile(r"Saved by ([^<>\"]+)|((?:Microsoft|Windows) Internet Explorer(?: \d+)?)")
"""In other languages than English only the program's own name is the same."""


def recognises(head: Head) -> bool:
    """A header of fields, before any blank line, that speaks of MIME."""
    data = head.data if b"\n" in head.data else head.data.replace(b"\r", b"\n")
    data = data[beginning(data) :]
    if not _FIRST_FIELD.match(data):
        return False
    header = re.split(rb"\r?\n[ \t]*\r?\n", data, maxsplit=1)[0]
    return _OF_A_PAGE.search(header) is not None


def read(saved: SavedFile) -> Iterator[Capture]:
    """The page, with its resources and what the message's header says of it.

    :raises FileRefused: the file cannot be read, or no part of it is a page.
    """
    with opened(saved) as file:
        stream = _with_line_feeds(file)
        size = size_of(stream)
        if size > limits.CONTAINER_BYTES:
            raise FileRefused(f"This file is larger than {limits.CONTAINER_BYTES // limits.MIB:,} MB.")
        parts = read_parts(stream, size)
        page = _page(stream, parts)
        data, is_long = read_body(stream, page, limits.PAGE_BYTES)
        if not data.strip():
            raise FileRefused("This web archive (MHTML) was cut off before its page begins.")
        resources, left_out = _resources(stream, parts, page)
    text, decoded_from = decode_page(saved, data, page.charset, "the part's Content-Type")
    url = _address(parts.top, page)
    joined = frames.join(text, frames.among(resources, url.value if url else "", saved))
    warnings = (
        (is_long, cut_short()),
        (parts.is_cut, damage.WITHOUT_END),
        (left_out, f"This web archive holds more than can be shown; files left out: {left_out}."),
    )
    yield Capture(
        format=Format.MHTML,
        data=frames.encoded(joined.text, decoded_from) if joined else data,
        media_type=page.media_type if page.media_type in _HTML and not joined else "text/html",
        charset=frames.charset_of(decoded_from) if joined else decoded_from,
        url=url,
        captured_at=provenance.capture_date(parts.top.field("Date"), "Date", saved),
        title=_title(parts.top),
        resources=resources,
        facts=_facts(parts.top),
        warnings=tuple(warning for is_so, warning in warnings if is_so) + (joined.warnings if joined else ()),
    )


def _with_line_feeds(file: BinaryIO) -> BinaryIO:
    """The file, its lines ended as elsewhere where it comes from an old Macintosh, which ended them by CR alone."""
    head = file.read(limits.HEAD_BYTES)
    if b"\n" in head or b"\r" not in head:
        return file
    return io.BytesIO((head + file.read(limits.PARTS_BYTES)).replace(b"\r", b"\n"))


def _page(stream: BinaryIO, parts: Parts) -> Part:
    """The part that the message names as its root, the first that says it is HTML, or the first that looks like it."""
    root = str(parts.top.header.get_param("start") or "").strip("<> ")
    for part in sorted(parts.leaves, key=lambda part: not root or part.id != root):
        if part.media_type in _HTML:
            return part
    for part in parts.leaves:
        if part.media_type in ("", "text/plain", "application/octet-stream") or part is parts.top:
            beginning, _ = read_body(stream, part, limits.HEAD_BYTES)
            if is_html(charset.decode(beginning)[0], ".html"):
                return part
    raise FileRefused("This is a MIME message (MHTML or e-mail) that holds no page.")


def _resources(stream: BinaryIO, parts: Parts, page: Part) -> tuple[tuple[Resource, ...], int]:
    """What the page loads, each under every address by which the page may know it, and how many were left out."""
    resources: list[Resource] = []
    left_out = 0
    room = limits.PARTS_BYTES
    around = _around(parts.top)
    place = page.location(around)
    for part in parts.leaves:
        written = (part.location(), part.location(around), part.location(place), f"cid:{part.id}" if part.id else "")
        names = list(dict.fromkeys(filter(None, written)))
        if part is page or not names:
            continue
        most = min(room, limits.RESOURCE_BYTES)
        data, is_long = read_body(stream, part, most) if part.least_size <= most else (b"", True)
        if is_long:
            left_out += 1
            continue
        room -= len(data)
        resources.extend(Resource(name, part.media_type, data) for name in names)
    return tuple(resources), left_out


def _address(top: Part, page: Part) -> Fact[str] | None:
    places = (
        (top.field("Snapshot-Content-Location"), "Snapshot-Content-Location"),
        (page.location(_around(top)), "Content-Location of the page"),
        (top.location(), "Content-Location"),
    )
    return next(filter(None, (provenance.address(place, origin) for place, origin in places)), None)


def _around(top: Part) -> str:
    """From where the locations of the parts count, where they are relative."""
    return top.field("Content-Base").replace(" ", "") or top.location()


def _title(top: Part) -> Fact[str] | None:
    subject = top.field("Subject")
    return Fact(subject, Source.STATED, "Subject") if subject else None


def _facts(top: Part) -> dict[str, Fact[str]]:
    program = _SAVED_BY.search(top.field("From"))
    return {"saved_with": Fact((program[1] or program[2]).strip(), Source.STATED, "From")} if program else {}
