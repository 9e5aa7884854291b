"""Captures from the volumes of a web archive, and the pictures of their pages from wherever they lie in it.

Volumes in (one WARC or ARC file, or the several of a WACZ file), captures out, one at a time; or the one that a
locator names, without reading what is before it.  Separate from the forms themselves, which differ only in where the
volumes are and who lists the pages.

A locator is the place of the page's record, with its volume's name where there are several, and behind ``=`` the place
of its body where that is in another record: ``1024``, ``0+99311``, ``archive/a.warc.gz:1024=archive/a.warc.gz:77``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote, unquote

from archive_viewer import damage, limits
from archive_viewer.errors import CharsetUnread, FileRefused
from archive_viewer.model import Capture, Fact, Format, SavedFile, Source
from archive_viewer.readers import digests, frames, html_page, plain_text, provenance
from archive_viewer.readers.http_message import HttpMessage, parse_fields
from archive_viewer.readers.opening import Head, cut_short, decode_page
from archive_viewer.readers.tape import Place, Tape
from archive_viewer.readers.warc_records import Record, Records
from archive_viewer.readers.web_dates import captured_at
from archive_viewer.readers.web_pages import HTML_TYPES, Page, PageList, Spot, Survey, read_answer
from archive_viewer.readers.web_resources import Neighbourhood
from archive_viewer.readers.web_segments import join_segments

_GONE = "This file no longer holds the page that was read from it."


@dataclass(frozen=True)
class Volume:
    """One WARC or ARC file: its name in its container, ``""`` where it has none, and how it is opened."""

    name: str
    opened: Callable[[], AbstractContextManager[Tape]]


def read(volumes: Sequence[Volume], saved: SavedFile, listed: PageList) -> Iterator[Capture]:
    """The captures of all pages, each with the remarks about the archive as a whole, the last with all of them.

    :raises FileRefused: a volume cannot be read, or there is no page in any of them.
    """
    survey = Survey(listed)
    faults = 0
    for number, volume in enumerate(volumes):
        with volume.opened() as tape:
            survey.look_through(Records(tape), number)
            faults += tape.faults
    pages = survey.pages()
    remarks = _remarks(survey, faults)
    del survey
    unread: Counter[str] = Counter()
    newest: list[Capture] = []
    try:
        for capture in _readable(volumes, saved, pages, unread):
            yield from newest
            newest = [replace(capture, file_warnings=remarks)]
    except FileRefused:
        yield from newest
        raise
    if unread:
        named = ", ".join(f"{name} ({count:,})" for name, count in unread.items())
        remarks += (f"Pages in a character set that is not read were left out: {named}.",)
    if not newest:
        raise FileRefused(" ".join(("This web archive holds no page.", *remarks)))
    yield replace(newest[0], file_warnings=remarks)


def _readable(
    volumes: Sequence[Volume], saved: SavedFile, pages: Iterable[Page], unread: Counter[str]
) -> Iterator[Capture]:
    """The captures of these pages; those in a character set that nothing here reads are counted instead."""
    for number, group in groupby(pages, key=lambda page: page.at.volume):
        with _opened(volumes, number) as volume:
            for page in group:
                try:
                    capture = volume.capture(saved, page.at.place, page.body, page.asked)
                except CharsetUnread as refusal:
                    unread[refusal.name.upper()] += 1
                    continue
                if capture is not None:
                    yield capture


def find(volumes: Sequence[Volume], saved: SavedFile, locator: str) -> Capture:
    """The capture that a locator names.

    :raises FileRefused: a volume cannot be read, or there is no page at that place.
    """
    at, _, of_body = locator.partition("=")
    spot, body = _spot(at, volumes), _spot(of_body, volumes)
    if spot is None or (of_body and body is None):
        raise FileRefused(_GONE)
    with _opened(volumes, spot.volume) as volume:
        capture = volume.capture(saved, spot.place, body)
    if capture is None:
        raise FileRefused(_GONE)
    return capture


@contextmanager
def _opened(volumes: Sequence[Volume], number: int) -> Iterator[_Reading]:
    with volumes[number].opened() as tape:
        yield _Reading(volumes, number, tape)


class _Reading:
    """A volume that is being read, with what its first record says of all of it."""

    def __init__(self, volumes: Sequence[Volume], number: int, tape: Tape) -> None:
        self._volumes = volumes
        self._number = number
        self._tape = tape
        records = Records(tape)
        first = next(iter(records), None)
        about = records.read_block(limits.WARC_ABOUT_BYTES).data if first and first.kind == "warcinfo" else b""
        self._is_arc = first is not None and first.is_arc
        self._software = "" if self._is_arc else parse_fields(about).get("software", "")

    def answer(self, place: Place) -> tuple[Record, HttpMessage, tuple[str, ...]] | None:
        """The record at a place, the answer in it, and what is to be said of it; None when there is no record."""
        self._tape.seek(place)
        records = Records(self._tape, is_arc=self._is_arc)
        record = next(iter(records), None)
        if record is None or record.place != place:
            return None
        most = limits.PAGE_BYTES + limits.WARC_HEADER_BYTES
        first = records.read_block(most)
        block = join_segments(record, first, self._following(records), most)
        message = read_answer(record, block.data)
        reason = record.field("warc-truncated")
        is_whole = not (block.is_long or block.is_cut or reason)
        remarks = (
            (block.is_long, cut_short()),
            (block.is_cut, damage.RECORD_CUT_OFF),
            (bool(reason), f"Whoever archived this page kept only its beginning (“{reason[:40]}”)."),
            (is_whole and not _has_its_digests(record, first.data, message), damage.PAGE_ALTERED),
        )
        return record, message, tuple(remark for is_so, remark in remarks if is_so)

    def _following(self, records: Records) -> Iterator[tuple[Record, Records]]:
        """What comes behind a record, in its own volume and the later ones."""
        yield from ((record, records) for record in records)
        for volume in self._volumes[self._number + 1 :]:
            with volume.opened() as tape:
                others = Records(tape)
                yield from ((record, others) for record in others)

    def _facts(self, asked: str) -> dict[str, Fact[str]]:
        software = {"saved_with": Fact(self._software, Source.STATED, "warcinfo")} if self._software else {}
        return software | (
            {"requested_url": Fact(asked, Source.STATED, "the redirect in the archive")} if asked else {}
        )

    def capture(self, saved: SavedFile, place: Place, body: Spot | None, asked: str = "") -> Capture | None:
        """The page of the record at a place, or None when its bytes are not HTML, or not text where text is stated.

        ``asked`` is the address from which a redirect led to it.

        :raises CharsetUnread: it is in a character set that nothing here reads.
        """
        found = self.answer(place)
        if found is None:
            return None
        record, answer, warnings = found
        if body is not None:
            with _opened(self._volumes, body.volume) as volume:
                held = volume.answer(body.place)
            if held is None:
                return None
            answer, warnings = held[1], held[2]
        data, is_long = answer.body(limits.PAGE_BYTES)
        is_text = record.kind == "conversion"
        form = plain_text if is_text else html_page
        if not form.recognises(Head("page", data[: limits.HEAD_BYTES], len(data))):
            return None
        media_type = "text/plain" if is_text else answer.media_type if answer.media_type in HTML_TYPES else "text/html"
        is_arc = self._is_arc
        at = Spot(self._number, place)
        text, decoded_from = decode_page(saved, data, answer.charset, "the HTTP header", media_type)
        around = Neighbourhood([volume.opened for volume in self._volumes], at, record.date)
        joined = None if is_text else frames.join(text, _frames(around, record.url, saved))
        warnings = (*warnings, *((cut_short(),) if is_long else ()), *(joined.warnings if joined else ()))
        date = captured_at(record.date, answer.fields.get("date", ""), is_arc, saved)
        return Capture(
            format=Format.ARC if is_arc else Format.WARC,
            data=frames.encoded(joined.text, decoded_from) if joined else data,
            media_type="text/html" if joined else media_type,
            charset=frames.charset_of(decoded_from) if joined else decoded_from,
            url=provenance.address(record.url, "the ARC record's URL" if is_arc else "WARC-Target-URI"),
            captured_at=date,
            locator=_locator(at, self._volumes) + (f"={_locator(body, self._volumes)}" if body else ""),
            find_resource=around.find,
            facts=self._facts(asked),
            warnings=tuple(dict.fromkeys(warnings)),
        )


def _frames(around: Neighbourhood, base: str, saved: SavedFile) -> frames.FindFrame:
    """The frames of an archived page, as they were when it was archived."""

    def find(address: str) -> tuple[str, str] | None:
        place = frames.absolute(base, address)
        part = around.find(place)
        if part is None or part.media_type not in (*HTML_TYPES, "application/octet-stream"):
            return None
        return place, frames.decode(part.data, saved)

    return find


def _has_its_digests(record: Record, block: bytes, message: HttpMessage) -> bool:
    """Whether block and payload are those of which the record states digests; nothing stated is nothing wrong.

    Programs do not agree on what the payload is: as it was sent, without its chunks, or as the browser saw it.
    """
    of_block = digests.parse(record.field("warc-block-digest"))
    of_payload = digests.parse(record.field("warc-payload-digest"))
    return (of_block is None or of_block.agrees([block])) and (
        of_payload is None or of_payload.agrees(message.payloads(limits.PAGE_BYTES))
    )


def _remarks(survey: Survey, faults: int) -> tuple[str, ...]:
    remarks = (
        (faults, damage.FILE_CUT_OFF),
        (
            survey.missing,
            f"Pages that were archived again unchanged, and whose text is in another file, were left out: "
            f"{survey.missing}.",
        ),
        (
            survey.converted,
            f"Pages of which this file has only the text, taken out of them by a program: {survey.converted}.",
        ),
        (survey.left_out, f"This file holds more than {limits.WARC_PAGES:,} pages; left out: {survey.left_out:,}."),
    )
    return tuple(remark for count, remark in remarks if count)


def _locator(spot: Spot, volumes: Sequence[Volume]) -> str:
    name = quote(volumes[spot.volume].name, safe="/")
    return f"{name}:{spot.place}" if name else str(spot.place)


def volume_name(locator: str) -> str:
    """The name of the volume in which a page's record is, ``""`` where volumes have none."""
    return unquote(locator.partition("=")[0].rpartition(":")[0])


def _spot(locator: str, volumes: Sequence[Volume]) -> Spot | None:
    name, _, place = locator.rpartition(":")
    at = Place.parse(place)
    numbers = [number for number, volume in enumerate(volumes) if volume.name == unquote(name)]
    return Spot(numbers[0], at) if at and numbers else None
