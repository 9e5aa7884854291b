"""The pictures and other resources of an archived page: what the archive holds at an address, nearest in time.

An address in, a ``Resource`` out or None.  Separate because it happens long after the page was read, when somebody
looks at it: nothing is kept of the archive until then, and then a list of places, never the bytes.

Crawlers keep a page's resources near it, most of them right behind.  So the archive is listed from
``limits.WARC_NEIGHBOURHOOD`` bytes before the page to as many behind it, and its other volumes from their beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

OpenTape = Callable[[], AbstractContextManager[Tape]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is known of an answer before it is read; ``redirect`` is where it leads, ``digest`` that of its body."""

    at: Spot
    date: str
    is_revisit: bool
    redirect: str
    digest: int


@dataclass
class _Listing:
    by_address: dict[int, list[_Answer]] = field(default_factory=dict)
    by_digest: dict[int, _Answer] = field(default_factory=dict)
    is_arc: dict[int, bool] = field(default_factory=dict)
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
                answer = self._listing.by_digest.get(answer.digest)
            if answer is None:
                return None
            if not answer.redirect:
                return self._read(url, answer)
            address = join(address, answer.redirect)
        return None

    def _nearest(self, url: str) -> _Answer | None:
        answers = self._listing.by_address.get(address_digest(url), ())
        wanted = seconds(self._date)
        return min(answers, key=lambda answer: abs(seconds(answer.date) - wanted), default=None)

    def _read(self, url: str, answer: _Answer) -> Resource | None:
        with self._volumes[answer.at.volume]() as tape:
            tape.seek(answer.at.place)
            records = Records(tape, is_arc=self._listing.is_arc[answer.at.volume])
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

    @cached_property
    def _listing(self) -> _Listing:
        listing = _Listing()
        numbers = sorted(range(len(self._volumes)), key=lambda number: number != self._page.volume)
        for number in numbers:
            with self._volumes[number]() as tape:
                listing.is_arc[number] = tape.peek(11) == b"filedesc://"
                end = limits.WARC_NEIGHBOURHOOD
                if number == self._page.volume:
                    tape.seek(self._page.place)
                    end += tape.offset
                    tape.seek_member(max(0, self._page.place.member - limits.WARC_NEIGHBOURHOOD))
                self._list(tape, number, end, listing)
        return listing

    def _list(self, tape: Tape, volume: int, end: int, listing: _Listing) -> None:
        records = Records(tape, is_arc=listing.is_arc[volume])
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


def _answer(record: Record, records: Records, spot: Spot) -> _Answer | None:
    message = read_answer(record, records.read_block(limits.WARC_HEADER_BYTES).data)
    is_revisit = record.kind == "revisit"
    redirect = message.fields.get("location", "") if 300 <= message.status < 400 and message.status != 304 else ""
    if not (message.status == 200 or is_revisit or redirect):
        return None
    stated = record.field("warc-payload-digest")
    return _Answer(spot, record.date, is_revisit, redirect, payload_digest(stated) if stated else 0)
