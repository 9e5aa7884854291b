"""Safari's .webarchive: a page and all it loads as one property list, binary or XML (PRONOM fmt/866).

A saved file in, one capture out: ``WebMainResource`` is the page, ``WebSubresources`` are what it loads, and
``WebSubframeArchives`` its frames, each an archive of the same form.
"""

from __future__ import annotations

import io
import plistlib
import re
from collections.abc import Iterator, Mapping
from typing import cast
from xml.parsers.expat import ExpatError

from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Fact, Format, Resource, SavedFile, Source
from archive_viewer.readers import frames, html_page, provenance
from archive_viewer.readers.dates import read_moment
from archive_viewer.readers.markup import is_html
from archive_viewer.readers.opening import Head, cut_short, decode_page, opened
from archive_viewer.readers.recognition import BEFORE_ROOT

_FORM = re.compile(rb"bplist00.*WebMainResource|" + BEFORE_ROOT + rb"<plist\b.*WebMainResource", re.DOTALL)
_DAMAGE = (
    plistlib.InvalidFileException,
    ExpatError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""All that ``plistlib`` raises over a property list that is not as it should be."""

_DAMAGED = "This Safari web archive is damaged or was cut off: nothing in it can be found."
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d}" % limits.TAG_CHARACTERS)

_PAGES = ("text/html", "application/xhtml+xml", "")

_List = Mapping[str, object]


def recognises(head: Head) -> bool:
    return _FORM.match(head.data) is not None


def read(saved: SavedFile) -> Iterator[Capture]:
    """The page with its parts; nobody states its date, its servers' clocks come nearest.

    :raises FileRefused: the file cannot be read, was cut off, or its main part is no page.
    """
    archive = _load(saved)
    main = _mapping(archive.get("WebMainResource"))
    page = _bytes(main)
    if not page.strip():
        raise FileRefused("This Safari web archive holds no page.")
    parts, left_out = _resources(archive)
    media_type = _text(main, "WebResourceMIMEType").lower()
    stated = _text(main, "WebResourceTextEncodingName")
    text, decoded_from = decode_page(saved, page[: limits.PAGE_BYTES], stated, "WebResourceTextEncodingName")
    is_text = media_type == "text/plain" and not is_html(text)
    if media_type not in _PAGES and not is_text and not is_html(text):
        raise FileRefused(f"This Safari web archive holds no page but a file of the type {media_type[:80]}.")
    address = provenance.address(_text(main, "WebResourceURL"), "WebResourceURL")
    joined = frames.join(text, frames.among(parts, address.value if address else "", saved))
    warnings = (
        (len(page) > limits.PAGE_BYTES, cut_short()),
        (left_out, f"This web archive holds more than can be shown; files left out: {left_out}."),
    )
    yield Capture(
        format=Format.WEBARCHIVE,
        data=frames.encoded(joined.text, decoded_from) if joined else page[: limits.PAGE_BYTES],
        media_type=media_type if is_text else html_page.media_type_of(text) if media_type in _PAGES else "text/html",
        charset=frames.charset_of(decoded_from) if joined else decoded_from,
        url=address,
        captured_at=_date_of_parts(archive) or provenance.capture_date("", "", saved),
        resources=parts,
        facts={"saved_with": Fact("Safari", Source.INFERRED, "the form of the file")},
        warnings=tuple(warning for is_so, warning in warnings if is_so) + (joined.warnings if joined else ()),
    )


def _load(saved: SavedFile) -> _List:
    with opened(saved) as stream:
        data = stream.read(limits.WEBARCHIVE_BYTES + 1)
    if len(data) > limits.WEBARCHIVE_BYTES:
        raise FileRefused(f"This Safari web archive is larger than {limits.WEBARCHIVE_BYTES // limits.MIB:,} MB.")
    # No element of a property list needs attributes, and many of them in one tag take expat quadratic time.
    if not data.startswith(b"bplist") and _LONG_TAG.search(data):
        raise FileRefused(_DAMAGED)
    try:
        return _mapping(plistlib.load(io.BytesIO(data)))
    except _DAMAGE as error:
        raise FileRefused(_DAMAGED) from error


def _resources(archive: _List) -> tuple[tuple[Resource, ...], str]:
    """All that the page and its frames load, the frames too, and how many were left out: a number, ``""`` for none.

    Frames may be the same ones over and over, a few bytes that count as billions, so that nobody counts to the end.
    """
    resources: list[Resource] = []
    left_out = 0
    room = limits.PARTS_BYTES
    for number, part in enumerate(_parts(archive)):
        url, data = _text(part, "WebResourceURL"), _bytes(part)
        if number == limits.PARTS:
            return tuple(resources), f"{left_out + 1} or more"
        if len(data) > min(room, limits.RESOURCE_BYTES):
            left_out += 1
        elif url:
            room -= len(data)
            resources.append(Resource(url, _text(part, "WebResourceMIMEType").lower(), data))
    return tuple(resources), str(left_out or "")


def _parts(archive: _List, depth: int = 0) -> Iterator[_List]:
    yield from map(_mapping, _sequence(archive.get("WebSubresources")))
    for frame in map(_mapping, _sequence(archive.get("WebSubframeArchives"))):
        yield _mapping(frame.get("WebMainResource"))
        if depth < limits.FRAME_NESTING:
            yield from _parts(frame, depth + 1)


def _date_of_parts(archive: _List) -> Fact[str] | None:
    """The latest time at which a server sent a part: nearer to the save than the file's time, which copying changes."""
    dates = []
    for number, part in enumerate(map(_mapping, _sequence(archive.get("WebSubresources")))):
        response = part.get("WebResourceResponse")
        if number < limits.KEYED_OBJECTS and isinstance(response, bytes) and (date := _header_date(response)):
            dates.append(date)
    if not dates:
        return None
    return Fact(max(dates), Source.INFERRED, "Date header of its parts", "The page was saved at this time or later.")


def _header_date(response: bytes) -> str:
    """The ``Date`` header in a keyed archive of an NSHTTPURLResponse, as a moment, or ``""``.

    NSKeyedArchiver refers to values by their place in ``$objects``; a dictionary is two lists of such places.
    """
    try:
        objects = _sequence(_mapping(plistlib.loads(response[: limits.MIB])).get("$objects"))
    except _DAMAGE:
        return ""
    for headers in map(_mapping, objects[: limits.KEYED_OBJECTS]):
        keys, values = _sequence(headers.get("NS.keys")), _sequence(headers.get("NS.objects"))
        for key, value in zip(keys, values, strict=False):
            if _at(objects, key) == "Date":
                moment = read_moment(str(_at(objects, value)))
                return moment.at if moment and not moment.doubt else ""
    return ""


def _at(objects: list[object], reference: object) -> object:
    place = reference.data if isinstance(reference, plistlib.UID) else -1
    return objects[place] if 0 <= place < len(objects) else None


# A property list from a stranger may hold anything in any place.


def _mapping(value: object) -> _List:
    return cast("_List", value) if isinstance(value, dict) else {}


def _sequence(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(resource: _List, key: str) -> str:
    value = resource.get(key)
    return value if isinstance(value, str) else ""


def _bytes(resource: _List) -> bytes:
    value = resource.get("WebResourceData")
    return value if isinstance(value, bytes) else b""
