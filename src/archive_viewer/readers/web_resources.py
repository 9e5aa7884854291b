"""The pictures and other resources of an archived page: what the archive holds at an address, nearest in time.

An address in, a ``Resource`` out or None.  Separate because it happens long after the page was read, when somebody
looks at it: nothing is kept of the archive until then, and then a list of places, never the bytes.

Crawlers keep a page's resources near it, most of them right behind.  So the archive is listed from
``limits.WARC_NEXT_DOOR`` bytes before the page to as many behind it.  When something is not there, the same is done
with ``limits.WARC_NEIGHBOURHOOD``, and the other volumes are listed from their beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property

from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Resource
from archive_viewer.readers.tape import Tape
from archive_viewer.readers.warc_records import Record, Records
from archive_viewer.readers.web_dates import seconds
from archive_viewer.readers.web_pages import Spot, address_digest, join, payload_digest, read_answer
from archive_viewer.readers.web_segments import join_segments

_ARC_START = b"filedesc://"

OpenTape = Callable[[], AbstractContextManager[Tape]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is known of an answer before it is read; ``redirect`` is where it leads, ``digest`` that of its body."""

    at: Spot
    is_arc: bool
    date: str
    is_revisit: bool
    redirect: str
    digest: int


@dataclass
class _Listing:
    by_address: dict[int, list[_Answer]] = field(default_factory=dict)
    by_digest: dict[int, _Answer] = field(default_factory=dict)
    size: int = 0


class Neighbourhood:
    """What lies around a page in its archive; listed when it is first asked for."""

    def __init__(self, volumes: Sequence[OpenTape], page: Spot, date: str) -> None:
        self._volumes = volumes
        self._page = page
        self._date = date

    def find(self, url: str) -> Resource | None:
        """What the archive holds at an absolute address, or None."""
        try:
            return self._find(url)
        except FileRefused:
            # The archive was moved or damaged since its page was read: its pictures are gone, the page is not.
            return None

    def _find(self, url: str) -> Resource | None:
        address = url
        for _ in range(limits.REDIRECTS):
            answer = self._nearest(address)
            if answer is not None and answer.is_revisit:
                answer = next(filter(None, (one.by_digest.get(answer.digest) for one in self._listings())), None)
            if answer is None:
                return None
            if not answer.redirect:
                return self._read(url, answer)
            address = join(address, answer.redirect)
        return None

    def _nearest(self, url: str) -> _Answer | None:
        address, wanted = address_digest(url), seconds(self._date)
        for listing in self._listings():
            if answers := listing.by_address.get(address):
                return min(answers, key=lambda answer: abs(seconds(answer.date) - wanted))
        return None

    def _read(self, url: str, answer: _Answer) -> Resource | None:
        with self._volumes[answer.at.volume]() as tape:
            tape.seek(answer.at.place)
            records = Records(tape, is_arc=answer.is_arc)
            for record in records:
                most = limits.RESOURCE_BYTES + limits.WARC_HEADER_BYTES
                following = ((later, records) for later in records)
                block = join_segments(record, records.read_block(most), following, most)
                message = read_answer(record, block.data)
                data, is_long = message.body(limits.RESOURCE_BYTES)
                if block.is_long or is_long:
                    return None
                return Resource(url, message.media_type or "application/octet-stream", data)
        return None

    def _listings(self) -> Iterator[_Listing]:
        yield self._next_door
        yield self._neighbourhood

    @cached_property
    def _next_door(self) -> _Listing:
        listing = _Listing()
        self._list_around(limits.WARC_NEXT_DOOR, listing)
        return listing

    @cached_property
    def _neighbourhood(self) -> _Listing:
        listing = _Listing()
        self._list_around(limits.WARC_NEIGHBOURHOOD, listing)
        for number, volume in enumerate(self._volumes):
            if number != self._page.volume:
                with volume() as tape:
                    self._list(tape, number, limits.WARC_NEIGHBOURHOOD, listing, is_arc=_is_arc(tape))
        return listing

    def _list_around(self, distance: int, listing: _Listing) -> None:
        """List what is up to so many bytes of the file before and behind the page."""
        place = self._page.place
        with self._volumes[self._page.volume]() as tape:
            is_arc = _is_arc(tape)
            tape.seek(place)
            end = tape.offset + distance
            tape.seek_member(max(0, place.member - distance))
            self._list(tape, self._page.volume, end, listing, is_arc=is_arc)

    def _list(self, tape: Tape, volume: int, end: int, listing: _Listing, *, is_arc: bool) -> None:
        records = Records(tape, is_arc=is_arc)
        for record in records:
            if tape.offset > end or listing.size >= limits.WARC_PAGES:
                return
            if record.kind in ("response", "resource", "revisit"):
                answer = _answer(record, records, Spot(volume, record.place))
                if answer is not None:
                    listing.size += 1
                    listing.by_address.setdefault(address_digest(record.url), []).append(answer)
                    if not answer.is_revisit and answer.digest:
                        listing.by_digest.setdefault(answer.digest, answer)


def _is_arc(tape: Tape) -> bool:
    return tape.peek(len(_ARC_START)) == _ARC_START


def _answer(record: Record, records: Records, spot: Spot) -> _Answer | None:
    message = read_answer(record, records.read_block(limits.WARC_HEADER_BYTES).data)
    is_revisit = record.kind == "revisit"
    redirect = message.fields.get("location", "") if 300 <= message.status < 400 and message.status != 304 else ""
    if not (message.status == 200 or is_revisit or redirect):
        return None
    stated = record.field("warc-payload-digest")
    return _Answer(spot, record.is_arc, record.date, is_revisit, redirect, payload_digest(stated) if stated else 0)
