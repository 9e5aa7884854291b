"""Pages saved from a web archive: whose copy it is, of what moment, and when it was fetched from there.

A capture in, the same capture with its true address and date out.  Separate from the readers because a page of the
Wayback Machine or of archive.today may be saved in every form there is.  What is believed, in this order: the address
in the archive's own script or field, the address under which the page was saved, the archive's bar over the page, and
the note at the page's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from archive_viewer import charset
from archive_viewer.mementos import Memento, plain, read_digits, read_memento
from archive_viewer.model import Capture, Fact, Source
from archive_viewer.readers.dates import read_moment

_MARKS = (b"archive.org", b"SHARE_LONGLINK", b"webpage capture", b"google-cache-hdr")
_HEAD, _TAIL = 65_536, 65_536
"""Characters at a page's beginning and end in which the Wayback Machine leaves its marks."""

_WOMBAT = re.compile(r"""<script\b[^>]{0,500}>[^<]{0,2000}?\b__wm\.wombat\(\s*"([^"\s]{1,8000})"\s*,\s*"(\d{14})\"""")
_WOMBAT_INIT = re.compile(r"""\bWB_wombat_Init\(\s*"[^"]{0,200}"\s*,\s*"(\d{14})\"""")
_ARCHIVED = re.compile(
    r"(?:<!--|/\*|//)\s*FILE ARCHIVED ON (?P<archived>[\w:, ]{10,40}?)\s+AND RETRIEVED FROM THE\s+(?://\s*)?"
    r"INTERNET ARCHIVE ON (?P<retrieved>[\w:, ]{10,40})\."
)
_CLOCK_FIRST = re.compile(r"(\d{1,2}:\d\d:\d\d) (\w{3}) (\d{1,2}), (\d{4})")
_BASE = re.compile(r"""<base\b[^>]{0,200}\bhref=["']?([^"'\s>]{1,8000})""", re.I)
_STUB = ".wstub.archive.org"
"""What the Wayback Machine of about 2006 hung on the host of a page's base."""

_FIELD = re.compile(r"<input\b[^>]{0,9000}>", re.I)
_BOOKMARK = re.compile(r"<link\b[^>]{0,200}\brel=[\"']?bookmark[\"']?[^>]{0,9000}>", re.I)
_VALUE = re.compile(r"""\b(?:value|href)=(?:"([^"\s]{1,8000})"|'([^'\s]{1,8000})'|([^"'\s>][^"\s>]{0,8000}))""", re.I)
_DATE_FIELD = re.compile(r"""<input\b[^>]{0,200}\bname=["']?date["']?[^>]{0,200}\bvalue=["']?(\d{14})\b""", re.I)
_CURRENT = re.compile(r"""\bwbCurrentUrl = "([^"\s]{1,8000})";""")
_QUESTION = re.compile(r"""\bname=["']?q["'\s>]""", re.I)
_TIME = re.compile(r"""<time\b[^>]{0,200}\bdatetime=["']?([\dTZ:.+-]{10,40})""", re.I)
_GOOGLE = re.compile(
    r"""google-cache-hdr["']?[^>]{0,500}>(?:\s*<(?:div|span|table|tr|td|b)\b[^>]{0,500}>){0,8}[^<]{0,200}"""
    r"""<a\b[^>]{0,200}\bhref=(?:"([^"\s]{1,8000})"|'([^'\s]{1,8000})'|([^"'\s>]{1,8000}))"""
)
_GOOGLE_DATE = re.compile(r"as it appeared on (\w{1,9} \w{1,9},? \d{4} \d\d:\d\d:\d\d GMT)")
_ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|#\d{1,7}|#x[0-9a-f]{1,6});", re.I)
_MOST_NAMED = 20
_NEAR = 20_000


@dataclass(frozen=True)
class _Witness:
    """The archived copy that a page is, what says so, and the address of the copy where that is known."""

    memento: Memento
    origin: str
    copy: str = ""


def restore(capture: Capture) -> Capture:
    """``capture`` as of the page that was archived; as it is, when it was not saved from an archive."""
    text = _text(capture)
    witness = next(_witnesses(capture, text), None)
    note = _ARCHIVED.search(text, max(0, len(text) - _TAIL)) if text else None
    init = _WOMBAT_INIT.search(text, 0, _HEAD) if text else None
    if witness is None and note is None:
        return capture
    dates = (
        (witness.memento.at if witness else "", witness.origin if witness else ""),
        (_moment(note["archived"]) if note else "", "note of the Wayback Machine"),
        (read_digits(init[1]) if init else "", "script of the Wayback Machine"),
    )
    archived = next((Fact(date, Source.STATED, by) for date, by in dates if date), None)
    facts = dict(capture.facts)
    if retrieved := _retrieved(capture, note):
        facts["retrieved_at"] = retrieved
    archive, by = (witness.memento.archive, witness.origin) if witness else ("Wayback Machine", dates[1][1])
    facts["archive"] = Fact(archive, Source.STATED, by)
    if witness and witness.copy:
        facts["archived_copy"] = Fact(witness.copy, Source.STATED, witness.origin)
    url = capture.url
    if witness:
        has_own = url is not None and read_memento(url.value) is not None
        url = (
            replace(url, value=witness.memento.url, doubt="")
            if url and has_own
            else Fact(witness.memento.url, Source.STATED, witness.origin)
        )
    elif url is None or url.source is Source.INFERRED:
        url = _base_of(text) or url
    return replace(capture, url=url, captured_at=archived or capture.captured_at, facts=facts)


def _text(capture: Capture) -> str:
    is_wide = capture.charset.value.startswith("utf-16")
    if capture.media_type == "text/plain" or not (is_wide or any(mark in capture.data for mark in _MARKS)):
        return ""
    return charset.decode_as(capture.data, capture.charset.value)


def _witnesses(capture: Capture, text: str) -> Iterator[_Witness]:
    """Who says of which page this is a copy, the surest first."""
    if script := _WOMBAT.search(text, 0, _HEAD):
        memento = Memento(plain(_written(script[1])), read_digits(script[2]), "Wayback Machine")
        copy = f"https://web.archive.org/web/{script[2]}/{_written(script[1])}"
        yield _Witness(memento, "script of the Wayback Machine", copy)
    if copy := _long_link(text):
        yield from _of_copy(copy, "link of archive.today")
    bookmark = _BOOKMARK.search(text, 0, _HEAD)
    if bookmark and (copy := _value(bookmark[0])) and "archive." in copy:
        yield from _of_copy(copy, "link rel=bookmark of archive.today")
    if capture.url is not None:
        yield from _of_copy(capture.url.value, f"address of an archived copy ({capture.url.origin})")
    yield from _bar_of_wayback(text)
    yield from _bar_of_today(text)
    yield from _bar_of_google(text)


def _of_copy(copy: str, origin: str) -> Iterator[_Witness]:
    if memento := read_memento(copy):
        yield _Witness(memento, origin, copy)


def _long_link(text: str) -> str:
    """What the field says in which archive.today shows the whole address of its copy."""
    for value in _fields(text, "SHARE_LONGLINK"):
        if read_memento(value):
            return value
    return ""


def _bar_of_wayback(text: str) -> Iterator[_Witness]:
    """What the toolbar over a page of about 2009 to 2018 says: the address, and the date in a hidden field."""
    place = text.find("wmtbURL")
    url = next(_fields(text, "wmtbURL"), "")
    if current := _CURRENT.search(text):
        url, place = url or current[1].replace("\\/", "/"), max(place, current.start())
    if url.startswith("http"):
        date = _DATE_FIELD.search(text, place, place + _NEAR)
        at = read_digits(date[1]) if date else ""
        copy = f"https://web.archive.org/web/{date[1]}/{url}" if date else ""
        yield _Witness(Memento(plain(url), at, "Wayback Machine"), "toolbar of the Wayback Machine", copy)


def _bar_of_today(text: str) -> Iterator[_Witness]:
    """What the head of archive.today says: the address in its search field, and the moment beside it."""
    place = text.find("webpage capture")
    head = text[place : place + _NEAR] if place >= 0 else ""
    field = next((found[0] for found in _FIELD.finditer(head) if _QUESTION.search(found[0])), "")
    url = _value(field)
    if url.startswith("http"):
        time = _TIME.search(head)
        moment = read_moment(time[1]) if time else None
        yield _Witness(Memento(plain(url), moment.at if moment else "", "archive.today"), "head of archive.today")


def _bar_of_google(text: str) -> Iterator[_Witness]:
    """What the bar over a page in Google's cache says; in another language than English its date is not read."""
    found = _GOOGLE.search(text)
    url = _written(found[1] or found[2] or found[3]) if found else ""
    if found and url.startswith("http"):
        date = _GOOGLE_DATE.search(text, found.end(), found.end() + _NEAR)
        moment = read_moment(date[1]) if date else None
        memento = Memento(url, moment.at if moment else "", "Google's cache")
        yield _Witness(memento, "bar of Google's cache")


def _fields(text: str, id: str) -> Iterator[str]:
    """The values of the fields in whose tags ``id`` stands."""
    place = -1
    for _ in range(_MOST_NAMED):
        place = text.find(id, place + 1)
        field = _FIELD.match(text, max(0, text.rfind("<", 0, place))) if place >= 0 else None
        if field and (value := _value(field[0])):
            yield value


def _value(tag: str) -> str:
    found = _VALUE.search(tag)
    return _written(found[1] or found[2] or found[3]) if found else ""


def _written(value: str) -> str:
    """An address as it is written in an attribute; ``&copy=`` in a query is no sign of copyright."""
    return _ENTITY.sub(lambda found: unescape(found[0]), value)


def _base_of(text: str) -> Fact[str] | None:
    """The page's own address, where the Wayback Machine had put it into a page that had no other base."""
    found = _BASE.search(text, 0, _HEAD)
    url = _written(found[1]).replace(_STUB, "") if found else ""
    if not re.match(r"https?://", url, re.I):
        return None
    return Fact(url, Source.INFERRED, "base of the page", "Only the page's folder may be meant.")


def _retrieved(capture: Capture, note: re.Match[str] | None) -> Fact[str] | None:
    """When the page was fetched from the archive: as that says, or else as the saving program or the file does."""
    if note and (moment := _moment(note["retrieved"])):
        return Fact(moment, Source.STATED, "note of the Wayback Machine")
    return capture.captured_at


def _moment(text: str) -> str:
    text = " ".join(text.split())
    if moment := read_digits(text):
        return moment
    found = _CLOCK_FIRST.fullmatch(text)
    read = read_moment(f"{found[3]} {found[2]} {found[4]} {found[1]} GMT") if found else None
    return read.at if read else ""
