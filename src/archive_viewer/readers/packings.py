"""How web archives are packed: gzip or Zstandard, and in either one member after another.

Bytes of a file by their place in, members out; a member gives its unpacked bytes some at a time, and says where in
the file it ended and whether it was sound.  Separate from the tape because the two packings share nothing: gzip
(RFC 1952), whose frame is read here because ``gzip`` and ``zlib`` throw away all that they have inflated when the
checksum behind it is wrong or missing; Zstandard (RFC 8878) as “Zstandard Compression for WARC Files 1.0” (IIPC) has
it, with a dictionary in the file's first frame, itself packed or not.

Both libraries name no places, so the blocks of a Zstandard frame are counted here while they are fed to it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

import zstandard

from archive_viewer import limits
from archive_viewer.errors import FileRefused

Raw = Callable[[int, int], bytes]
"""A place in the file and a number of bytes in, so many bytes out, fewer at its end; best asked in order."""

_PIECE = 256 * 1024
_LEAST_FED, _MOST_FED = 16 * 1024, 64 * 1024
"""Bytes that a member of gzip is fed with: few at first, because what is left over is copied at each member's end."""


class Member(Protocol):
    """One member that is being unpacked."""

    is_done: bool
    is_sound: bool
    """Whether it was whole; known when it is done."""

    @property
    def end(self) -> int:
        """How far it was read, a place in the file; once ``is_done``, where it ended."""

    def more(self) -> bytes:
        """Some of its bytes; may be none before the end, too."""


class Packing(Protocol):
    """A way in which a file is packed: its ``name`` in a sentence, and ``magic``, with which each member begins."""

    name: str
    magic: bytes

    def open(self, offset: int) -> Member | None:
        """The member at a place in the file, or None when none begins there."""

    def passed(self, offset: int) -> int:
        """Where what is at ``offset`` ends when it belongs to the packing but holds no data; else ``offset``."""


def packing_of(raw: Raw) -> Packing | None:
    """How a file is packed, by its first bytes; None for one that is not.

    :raises FileRefused: its dictionary cannot be used.
    """
    head = raw(0, _SKIPPED_HEADER)
    if head.startswith(Gzip.magic):
        return Gzip(raw)
    if head.startswith(Zstandard.magic) or is_skippable(head):
        return Zstandard(raw)
    return None


# -- gzip ----------------------------------------------------------------------------------------------------------

_HAS_CHECKSUM, _HAS_EXTRA, _HAS_NAME, _HAS_COMMENT = 2, 4, 8, 16
_SHORTEST_FRAME, _LONGEST_FRAME = 10, 66_000
_TRAILER = 8


class Gzip:
    """RFC 1952."""

    name = "gzip"
    magic = b"\x1f\x8b\x08"

    def __init__(self, raw: Raw) -> None:
        self._raw = raw

    def open(self, offset: int) -> Member | None:
        head = self._raw(offset, _SHORTEST_FRAME)
        length = gzip_header_length(self._raw(offset, _LONGEST_FRAME) if head[3:4] > b"\0" else head)
        return _GzipMember(self._raw, offset + length) if length else None

    def passed(self, offset: int) -> int:
        return offset


class _GzipMember:
    def __init__(self, raw: Raw, start: int) -> None:
        self.end = start
        self.is_done = self.is_sound = False
        self._raw = raw
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._most_fed = _LEAST_FED
        self._checksum = 0

    def more(self) -> bytes:
        inflater = self._inflater
        fed = inflater.unconsumed_tail
        if not fed:
            fed = self._raw(self.end, self._most_fed)
            self.end += len(fed)
            self._most_fed = min(2 * self._most_fed, _MOST_FED)
        try:
            data = inflater.decompress(fed, _PIECE)
        except zlib.error:
            self.is_done = True
            return b""
        self._checksum = zlib.crc32(data, self._checksum)
        if inflater.eof:
            self.end -= len(inflater.unused_data)
            self.is_sound = self._raw(self.end, _TRAILER)[:4] == self._checksum.to_bytes(4, "little")
            self.end += _TRAILER
        self.is_done = inflater.eof or not fed
        return data


def gzip_header_length(raw: bytes) -> int:
    """The length of the header that a member of gzip begins with (RFC 1952, section 2.3), or 0 when there is none."""
    if len(raw) < _SHORTEST_FRAME or not raw.startswith(Gzip.magic) or raw[3] & 0xE0:
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


# -- Zstandard -----------------------------------------------------------------------------------------------------

DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
"""The skippable frame that holds the dictionary; only a web archive begins with it."""

_DICTIONARY = "The dictionary with which this web archive was packed"
_SKIPPED_HEADER = 8
_BLOCK_HEADER = 3
_CHECKSUM = 4
_ONE_BYTE_REPEATED, _RESERVED = 1, 3
_LONGEST_HEADER = 18


class Zstandard:
    """RFC 8878, each record in a frame of its own.

    :raises FileRefused: its dictionary is damaged.
    """

    name = "Zstandard"
    magic = b"\x28\xb5\x2f\xfd"

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        head = raw(0, _SKIPPED_HEADER)
        self._decompressor = _decompressor(_dictionary(raw, head) if head.startswith(DICTIONARY_MAGIC) else None)

    def open(self, offset: int) -> Member | None:
        head = self._raw(offset, _LONGEST_HEADER)
        return _ZstdMember(_Frame(self._raw, offset, head), self._decompressor) if _is_frame(head) else None

    def passed(self, offset: int) -> int:
        head = self._raw(offset, _SKIPPED_HEADER)
        return offset + _SKIPPED_HEADER + int.from_bytes(head[4:], "little") if is_skippable(head) else offset


def _dictionary(raw: Raw, head: bytes) -> bytes:
    """The dictionary of a file, unpacked if it is packed itself.

    :raises FileRefused: it is damaged or too large.
    """
    length = int.from_bytes(head[4:], "little")
    if length > limits.ZSTD_DICTIONARY:
        raise FileRefused(f"{_DICTIONARY} has more than {limits.ZSTD_DICTIONARY // limits.MIB} MB.")
    data = raw(_SKIPPED_HEADER, length)
    if not data.startswith(Zstandard.magic):
        return data
    if not _is_frame(data):
        raise FileRefused(f"{_DICTIONARY} is damaged.")
    member = _ZstdMember(_Frame(lambda offset, count: data[offset : offset + count], 0, data), _decompressor(None))
    unpacked = b""
    while not member.is_done and len(unpacked) <= limits.ZSTD_DICTIONARY:
        unpacked += member.more()
    if not member.is_sound:
        raise FileRefused(f"{_DICTIONARY} is damaged.")
    return unpacked


def _decompressor(dictionary: bytes | None) -> zstandard.ZstdDecompressor:
    """What unpacks frames that were packed with a dictionary, or without one.

    :raises FileRefused: the dictionary is none.
    """
    used = None if dictionary is None else zstandard.ZstdCompressionDict(dictionary)
    try:
        decompressor = zstandard.ZstdDecompressor(dict_data=used, max_window_size=limits.ZSTD_WINDOW)
        decompressor.stream_reader(b"")
    except (zstandard.ZstdError, ValueError, MemoryError) as error:
        raise FileRefused(f"{_DICTIONARY} is damaged.") from error
    return decompressor


def is_skippable(head: bytes) -> bool:
    """Whether a frame begins here that holds no data (RFC 8878, section 3.1.2)."""
    return len(head) >= _SKIPPED_HEADER and head[0] & 0xF0 == 0x50 and head[1:4] == b"\x2a\x4d\x18"


def _is_frame(head: bytes) -> bool:
    return head.startswith(Zstandard.magic) and len(head) > len(Zstandard.magic) and not head[4] & 0x08


class _ZstdMember:
    def __init__(self, frame: _Frame, decompressor: zstandard.ZstdDecompressor) -> None:
        self.is_done = self.is_sound = False
        self._frame = frame
        self._stream = decompressor.stream_reader(cast("BinaryIO", frame), read_size=_LEAST_FED)

    @property
    def end(self) -> int:
        return self._frame.offset

    def more(self) -> bytes:
        try:
            data = self._stream.read1(_PIECE)
        except zstandard.ZstdError:
            self.is_done = True
            return b""
        if not data:
            self.is_done, self.is_sound = True, self._frame.is_whole
        return data


class _Frame(io.RawIOBase):
    """The bytes of a frame and nothing behind it: header, blocks, checksum (RFC 8878, section 3.1.1)."""

    def __init__(self, raw: Raw, offset: int, head: bytes) -> None:
        super().__init__()
        self.offset = offset
        self.is_whole = False
        self._raw = raw
        descriptor = head[4]
        is_single = bool(descriptor & 0x20)
        size_of_content = (int(is_single), 2, 4, 8)[descriptor >> 6]
        self._left = 5 + (not is_single) + (0, 1, 2, 4)[descriptor & 3] + size_of_content
        self._checksum = _CHECKSUM if descriptor & 0x04 else 0
        self._is_last = False

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, none at the frame's end."""
        pieces = []
        while size > 0 and (self._left or self._begin_block()):
            piece = self._raw(self.offset, min(size, self._left))
            if not piece:
                break
            pieces.append(piece)
            size -= len(piece)
            self.offset += len(piece)
            self._left -= len(piece)
            self.is_whole = self._is_last and not self._left
        return b"".join(pieces)

    def _begin_block(self) -> bool:
        if self._is_last:
            return False
        header = int.from_bytes(self._raw(self.offset, _BLOCK_HEADER), "little")
        kind, size = header >> 1 & 3, header >> 3
        self._left = _BLOCK_HEADER + (1 if kind == _ONE_BYTE_REPEATED else size)
        self._is_last = bool(header & 1) or kind == _RESERVED
        if self._is_last:
            self._left += self._checksum
        return True
