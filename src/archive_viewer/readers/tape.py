"""The bytes of a web archive in a row, whatever they are packed in, and places in them to which one can go back.

A file in, its unpacked bytes out, some at a time.  WARC and ARC files are plain, or packed with gzip (RFC 1952) one
member for each record, which may then be found without all before it, or as one member.  Seen besides: zero bytes
between members, members damaged or cut off.  Separate from the records, which may begin and end anywhere in it.

``zlib`` inflates; the member's frame is read here, because ``gzip`` and ``zlib`` throw away all that they have
inflated when the checksum behind it is wrong or missing, and name no places.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from archive_viewer import limits
from archive_viewer.errors import FileRefused

_MAGIC = b"\x1f\x8b\x08"
_HAS_CHECKSUM, _HAS_EXTRA, _HAS_NAME, _HAS_COMMENT = 2, 4, 8, 16
_SHORTEST_FRAME, _LONGEST_FRAME = 10, 66_000
_TRAILER = 8
_LEAST_FED, _MOST_FED = 2 * 1024, 64 * 1024
"""Bytes that a member is fed with: few at first, because what is left over of them is copied at each member's end."""

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
        self._buffer, self._at = b"", 0
        self._member = self._skip = self._fed = 0
        self._is_done = False
        self.is_packed = self._raw(0, len(_MAGIC)) == _MAGIC
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
        return self._fed if self.is_packed else self._skip + self._at

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
        self._buffer, self._at = b"", 0
        self._member, self._skip = place.member, place.skip
        self._fed = min(place.member, self.size)
        self._most_fed = _LEAST_FED
        self._checksum = 0
        self._is_done = self.is_damaged_here = False
        if self.is_packed:
            self._is_done = not self._begin()

    def _begin(self) -> bool:
        """Read the frame of the member at ``_fed``; whether there is one."""
        length = self._frame_at(self._fed)
        self._fed += length
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        return length > 0

    def _frame_at(self, offset: int) -> int:
        head = self._raw(offset, _SHORTEST_FRAME)
        if not head.startswith(_MAGIC) or len(head) < _SHORTEST_FRAME:
            return 0
        return gzip_header_length(self._raw(offset, _LONGEST_FRAME) if head[3] else head)

    def _open_next(self) -> bool:
        if not self.is_packed:
            return False
        place = self._next_member(self._fed)
        if place >= self.size:
            return False
        self._go(Place(place))
        return True

    def _next_member(self, offset: int) -> int:
        """Where the first member from ``offset`` on begins; what lies before it (zero bytes, damage) is passed over."""
        while offset < self.size:
            if self._frame_at(offset):
                return offset
            found = self._raw(offset + 1, _PIECE).find(_MAGIC)
            offset += 1 + found if found >= 0 else _PIECE - len(_MAGIC)
        return self.size

    def _more(self) -> bytes:
        if not self.is_packed:
            data = self._raw(self._skip + len(self._buffer), _PIECE)
            self._is_done = not data
            return data
        fed = self._inflater.unconsumed_tail or self._raw(self._fed, self._most_fed)
        if not fed:
            self._end(is_sound=False)
            return b""
        if not self._inflater.unconsumed_tail:
            self._fed += len(fed)
            self._most_fed = min(2 * self._most_fed, _MOST_FED)
        try:
            data = self._inflater.decompress(fed, _PIECE)
        except zlib.error:
            self._end(is_sound=False)
            return b""
        self._checksum = zlib.crc32(data, self._checksum)
        self._count(len(data))
        if self._inflater.eof:
            self._fed -= len(self._inflater.unused_data)
            trailer = self._raw(self._fed, _TRAILER)
            is_sound = trailer[:4] == self._checksum.to_bytes(4, "little")
            self._fed += _TRAILER
            self._end(is_sound)
        return data

    def _end(self, is_sound: bool) -> None:
        self._is_done = True
        if not is_sound:
            # Damage may be read on into the next members, so these are looked for from the beginning of this one.
            self._fed = self._member + 1
            self.is_damaged_here = True
            self.faults += 1

    def _count(self, unpacked: int) -> None:
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


def gzip_header_length(raw: bytes) -> int:
    """The length of the header that a member of gzip begins with (RFC 1952, section 2.3), or 0 when there is none."""
    if len(raw) < _SHORTEST_FRAME or not raw.startswith(_MAGIC) or raw[3] & 0xE0:
        return 0
    flags, place = raw[3], _SHORTEST_FRAME
    if flags & _HAS_EXTRA:
        place += 2 + int.from_bytes(raw[place : place + 2], "little")
    for flag in (_HAS_NAME, _HAS_COMMENT):
        if flags & flag:
            place = raw.find(b"\0", place) + 1
            if place == 0:
                return 0
    place += 2 if flags & _HAS_CHECKSUM else 0
    return place if place <= len(raw) else 0
