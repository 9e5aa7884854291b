"""Pages saved from a web archive: whose copy it is, of what moment, and when it was fetched from there.

A capture in, the same capture with its true address and date out.  Separate from the readers because a page of the
Wayback Machine or of archive.today may be saved in every form there is.  What is believed, in this order: the address
in the archive's own script or field, the address under which the page was saved, and the note at the page's end.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from archive_viewer import charset
from archive_viewer.mementos import Memento, plain, read_digits, read_memento
from archive_viewer.model import Capture, Fact, Source
from archive_viewer.readers.dates import read_moment

_MARKS = (b"archive.org", b"SHARE_LONGLINK")
_HEAD, _TAIL = 65_536, 65_536
"""Characters at a page's beginning and end in which the Wayback Machine leaves its marks."""

_WOMBAT = re.compile(r"""<script\b[^>]{0,500}>[^<]{0,2000}?\b__wm\.wombat\(\s*"([^"\s]{1,8000})"\s*,\s*"(\d{14})\"""")
_WOMBAT_INIT = re.compile(r"""\bWB_wombat_Init\(\s*"[^"]{0,200}"\s*,\s*"(\d{14})\"""")
_ARCHIVED = re.compile(
    r"<!--\s*FILE ARCHIVED ON (?P<archived>[\w:, ]{15,40}?)\s+AND RETRIEVED FROM THE\s+INTERNET ARCHIVE ON "
    r"(?P<retrieved>[\w:, ]{15,40})\."
)
_CLOCK_FIRST = re.compile(r"(\d\d:\d\d:\d\d) (\w{3}) (\d\d), (\d{4})")
_LONG_LINK = "SHARE_LONGLINK"
_INPUT = re.compile(r"<input\b[^>]{0,9000}>", re.I)
_MOST_NAMED = 20
_VALUE = re.compile(r"""\bvalue=["']([^"'\s]{1,8000})["']""", re.I)


def restore(capture: Capture) -> Capture:
    """``capture`` as of the page that was archived; as it is, when it was not saved from an archive."""
    text = _text(capture)
    memento, origin = _memento(capture, text)
    note = _ARCHIVED.search(text, max(0, len(text) - _TAIL)) if text else None
    init = _WOMBAT_INIT.search(text, 0, _HEAD) if text else None
    if memento is None and note is None:
        return capture
    dates = (
        (memento.at if memento else "", origin),
        (_moment(note["archived"]) if note else "", "note of the Wayback Machine"),
        (read_digits(init[1]) if init else "", "script of the Wayback Machine"),
    )
    archived = next((Fact(date, Source.STATED, by) for date, by in dates if date), None)
    facts = dict(capture.facts)
    if retrieved := _retrieved(capture, note):
        facts["retrieved_at"] = retrieved
    facts["archive"] = Fact(memento.archive if memento else "Wayback Machine", Source.STATED, origin or dates[1][1])
    url = capture.url
    if memento:
        has_own = url is not None and read_memento(url.value) is not None
        url = replace(url, value=memento.url, doubt="") if url and has_own else Fact(memento.url, Source.STATED, origin)
    return replace(capture, url=url, captured_at=archived or capture.captured_at, facts=facts)


def _text(capture: Capture) -> str:
    if capture.media_type == "text/plain" or not any(mark in capture.data for mark in _MARKS):
        return ""
    return charset.decode_as(capture.data, capture.charset.value)


def _memento(capture: Capture, text: str) -> tuple[Memento | None, str]:
    """The archived copy that a page is, and what says so."""
    if script := _WOMBAT.search(text, 0, _HEAD):
        return Memento(plain(unescape(script[1])), read_digits(script[2]), "Wayback Machine"), (
            "script of the Wayback Machine"
        )
    if memento := _long_link(text):
        return memento, "link of archive.today"
    if capture.url is not None and (memento := read_memento(capture.url.value)):
        return memento, f"address of an archived copy ({capture.url.origin})"
    return None, ""


def _long_link(text: str) -> Memento | None:
    """What the field says in which archive.today shows the whole address of its copy."""
    place = -1
    for _ in range(_MOST_NAMED):
        place = text.find(_LONG_LINK, place + 1)
        field = _INPUT.match(text, max(0, text.rfind("<", 0, place))) if place >= 0 else None
        value = _VALUE.search(field[0]) if field else None
        if value and (memento := read_memento(unescape(value[1]))):
            return memento
    return None


def _retrieved(capture: Capture, note: re.Match[str] | None) -> Fact[str] | None:
    """When the page was fetched from the archive: as that says, or else as the saving program or the file does."""
    if note and (moment := _moment(note["retrieved"])):
        return Fact(moment, Source.STATED, "note of the Wayback Machine")
    return capture.captured_at


def _moment(text: str) -> str:
    found = _CLOCK_FIRST.fullmatch(" ".join(text.split()))
    moment = read_moment(f"{found[3]} {found[2]} {found[4]} {found[1]} GMT") if found else None
    return moment.at if moment else ""
