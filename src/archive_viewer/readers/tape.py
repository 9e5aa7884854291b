"""The bytes of a web archive in a row, whatever they are packed in, and places in them to which one can go back.

A file in, its unpacked bytes out, some at a time.  WARC and ARC files are plain, or packed one member for each record,
which may then be found without all before it, or as one member.  Seen besides: zero bytes between members, members
damaged or cut off.  Separate from the records, which may begin and end anywhere in it, and from the packings.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.readers.packings import Member, packing_of

_PIECE = 256 * 1024
_PLACE = re.compile(r"(\d{1,18})(?:\+(\d{1,18}))?")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: where its member begins in the file, and how many unpacked bytes later it is, both in bytes."""

    member: int
    skip: int = 0

    def __str__(self) -> str:
        return f"{self.member}+{self.skip}" if self.skip else str(self.member)

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """The place that ``str`` of it gave."""
        found = _PLACE.fullmatch(text)
        return cls(int(found[1]), int(found[2] or 0)) if found else None


class Tape:
    """A stream of ``size`` bytes from ``start`` on, unpacked.  What is given at once never crosses a member's end."""

    def __init__(self, stream: BinaryIO, size: int, start: int = 0) -> None:
        self._stream = stream
        self._start = start
        self.size = size
        self.faults = 0
        """How often the packing was found damaged or cut off until now."""
        self.is_damaged_here = False
        """Whether that was so in the member that is being read."""
        self._unpacked = self._gone_back = 0
        self._window, self._window_at = b"", 0
        self._buffer, self._at, self._skip = b"", 0, 0
        self._is_done = False
        self._packing = packing_of(self._raw)
        self.is_packed = self._packing is not None
        self._go(Place(0))

    # -- places ----------------------------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """Where the next byte is."""
        self.peek(1)
        return Place(self._member, self._skip + self._at) if self.is_packed else Place(self._skip + self._at)

    @property
    def is_at_member(self) -> bool:
        """Whether the next byte is the first of a member of a packed file."""
        if self._at == len(self._buffer):
            self.peek(1)
        return self.is_packed and self._skip + self._at == 0

    def seek(self, place: Place) -> None:
        """Go to a place; to one that the file does not have: to its end."""
        if not self.is_packed:
            self._go(Place(0, place.member + place.skip))
            return
        ahead = place.skip - self._skip - self._at
        if place.member != self._member or ahead < -self._at:
            self._go(Place(place.member))
            ahead = place.skip
        if ahead < 0:
            self._at += ahead
        while ahead > 0 and self.peek(1) and self._member == place.member:
            ahead -= len(self.read(ahead))

    def go_back(self, place: Place) -> bool:
        """Go back to a place, unless too much was unpacked twice already; whether it was done."""
        here = self.place
        if self.is_packed:
            self._gone_back += here.skip + place.skip
            if self._gone_back > limits.WARC_BYTES_TWICE:
                return False
        self.seek(place)
        return True

    def seek_member(self, offset: int) -> None:
        """Go to the first member that begins at or after ``offset`` in the file; in a plain file to ``offset``."""
        self._go(Place(self._next_member(offset)) if self.is_packed else Place(0, offset))

    @property
    def offset(self) -> int:
        """How far in the file this is, packed bytes counted: a measure of the way."""
        return self._end if self.is_packed else self._skip + self._at

    # -- bytes -----------------------------------------------------------------------------------------------------

    def peek(self, count: int) -> bytes:
        """The next ``count`` bytes of this member, fewer at its end; none at the end of the file."""
        while len(self._buffer) - self._at < count:
            if self._is_done:
                if self._at < len(self._buffer) or not self._open_next():
                    break
            else:
                self._buffer, self._skip, self._at = self._buffer[self._at :], self._skip + self._at, 0
                self._buffer += self._more()
        return self._buffer[self._at : self._at + count]

    def read(self, most: int) -> bytes:
        """Up to ``most`` bytes, at least one, none of them beyond the member; ``b""`` at the end of the file."""
        if self._at == len(self._buffer):
            self.peek(1)
        data = self._buffer[self._at : self._at + most]
        self._at += len(data)
        return data

    def skip(self, count: int) -> int:
        """Pass over up to ``count`` bytes, as ``read``; how many they were."""
        if self.is_packed or count <= len(self._buffer) - self._at:
            return len(self.read(count))
        count = min(count, self.size - self.offset)
        self._go(Place(0, self.offset + count))
        return count

    # -- members ---------------------------------------------------------------------------------------------------

    def _go(self, place: Place) -> None:
        self._enter(place, self._packing.open(place.member) if self._packing else None)

    def _enter(self, place: Place, reading: Member | None) -> None:
        self._buffer, self._at = b"", 0
        self._member, self._skip = place.member, place.skip
        self._reading = reading
        self._end = min(place.member, self.size)
        self._is_done = self.is_packed and reading is None
        self.is_damaged_here = False

    def _open_next(self) -> bool:
        if self._packing is None:
            return False
        place, reading = self._end, self._packing.open(self._end)
        if reading is None:
            place = self._next_member(place)
            reading = self._packing.open(place)
        if reading is not None:
            self._enter(Place(place), reading)
            return True
        self._end = self.size
        return False

    def _next_member(self, offset: int) -> int:
        """Where the first member from ``offset`` on begins; what lies before it (zero bytes, damage) is passed over."""
        packing = self._packing
        while packing is not None and offset < self.size:
            if packing.open(offset):
                return offset
            passed = packing.passed(offset)
            if passed == offset:
                found = self._raw(offset + 1, _PIECE).find(packing.magic)
                passed += 1 + found if found >= 0 else _PIECE - len(packing.magic)
            offset = passed
        return self.size

    def _more(self) -> bytes:
        if self._reading is None:
            data = self._raw(self._skip + len(self._buffer), _PIECE)
            self._is_done = not data
            return data
        data = self._reading.more()
        self._end = self._reading.end
        self.count(len(data))
        if self._reading.is_done:
            self._is_done = True
            if not self._reading.is_sound:
                # Damage may be read on into the next members, so these are looked for from the beginning of this one.
                self._end = self._member + 1
                self.is_damaged_here = True
                self.faults += 1
                if self.faults > limits.WARC_FAULTS:
                    self.size = self._end
        return data

    def count(self, unpacked: int) -> None:
        """Count bytes that came out of this file, here or in what was packed once more in it.

        :raises FileRefused: they are more than any archive of this size has.
        """
        self._unpacked += unpacked
        if self._unpacked > limits.WARC_EXPANSION_FREE + limits.WARC_EXPANSION * self.size:
            raise FileRefused(
                f"This web archive grew to more than {limits.WARC_EXPANSION} times its size when it was unpacked; "
                "it is damaged or meant to do harm."
            )

    def _raw(self, offset: int, count: int) -> bytes:
        """Bytes of the file; read in order wherever that is possible, for a packed stream can only go on."""
        count = min(count, self.size - offset)
        if count <= 0:
            return b""
        end = self._window_at + len(self._window)
        if not self._window_at <= offset <= offset + count <= end:
            kept = self._window[offset - self._window_at :] if self._window_at <= offset <= end else b""
            self._window, self._window_at = kept + self._read_on(offset + len(kept), max(_PIECE, count)), offset
        return self._window[offset - self._window_at : offset - self._window_at + count]

    def _read_on(self, offset: int, count: int) -> bytes:
        try:
            self._stream.seek(self._start + offset)
            return self._stream.read(min(count, self.size - offset))
        except (zipfile.BadZipFile, zlib.error, EOFError):
            # A web archive packed again within a ZIP archive is read as far as that is sound.
            self.size = offset
            self.faults += 1
            return b""
