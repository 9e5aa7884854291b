"""HTTP responses as web archives keep them: status, fields, and the body as the browser saw it.

A record's block in, a message out; the body with its codings undone up to a limit.  RFC 9110 (fields, content codings)
and RFC 9112 (chunks).  Separate because archives do not keep messages as they were sent: a coding is stated that was
undone already, chunks are broken off, and a small body may unpack to any size.

Brotli and Zstandard are not in the standard library; ``brotli`` and ``zstandard`` are the reference libraries' own.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message

import brotli
import zstandard

from archive_viewer import limits
from archive_viewer.readers.packings import gzip_header_length

_STATUS = re.compile(rb"\s{0,8}(?:HTTP(?:/\d(?:\.\d{1,2})?)?|ICY)[ \t]+(\d{3})\b", re.I)
"""Without a version, as HTTP/2, and of SHOUTcast: all are seen."""

_INTERIM = 5
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:[^\r\n<>]*\r?\n")
_CONTENT_TYPE = re.compile(rb"^content-type[ \t]*:", re.I | re.M)
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_LONGEST_MARK = 1_000
_FED = 16 * 1024


@dataclass(frozen=True)
class HttpMessage:
    """A response: its status (0 where none is stated), its fields by lower-case name, and its body as archived."""

    status: int
    fields: Mapping[str, str]
    raw_body: bytes

    @property
    def media_type(self) -> str:
        """In lower case, without parameters; ``""`` where none is stated."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        header = Message()
        header["Content-Type"] = self.fields.get("content-type", "")
        return header.get_content_charset("") or ""

    def body(self, most: int) -> tuple[bytes, bool]:
        """The body with its codings undone, and whether it has more than ``most`` bytes and was cut there."""
        data = self.raw_body
        is_long = False
        for coding in reversed(self._codings()):
            undone = _UNDO[coding](data, most + 1)
            if undone is None and coding != "chunked" and (other := _coding_of(data)):
                # Another coding is stated than the one that was laid on.
                undone = _UNDO[other](data, most + 1)
            if undone is not None:
                data, is_long = undone[:most], is_long or len(undone) > most
        return data[:most], is_long or len(data) > most

    def payloads(self, most: int) -> Iterator[bytes]:
        """What may be called the payload, up to ``most`` bytes: the body as archived, unchunked, and undone."""
        yield self.raw_body
        if (unchunked := _dechunk(self.raw_body, most)) is not None:
            yield unchunked
        yield self.body(most)[0]

    def _codings(self) -> list[str]:
        """Content codings, then transfer codings: the order in which they were laid on."""
        stated = f"{self.fields.get('content-encoding', '')},{self.fields.get('transfer-encoding', '')}"
        names = [name.strip().lower() for name in stated.split(",")]
        return [name for name in names if name in _UNDO][-limits.CODINGS :]


def read_message(block: bytes) -> HttpMessage:
    """The message of a block; a block without a status line is a body alone, unless fields of a header are there.

    Answers that only announce another one (100 Continue, a proxy's Connection established) are passed over.
    """
    for _ in range(_INTERIM):
        end = _BLANK_LINE.search(block, 0, limits.WARC_HEADER_BYTES)
        header, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
        found = _STATUS.match(header)
        is_interim = found is not None and (found[1].startswith(b"1") or b":" not in header[found.end() :])
        if not is_interim or not _STATUS.match(body):
            break
        block = body
    if found:
        return HttpMessage(int(found[1]), parse_fields(header), body)
    if end and _FIELD.match(header) and _CONTENT_TYPE.search(header):
        return HttpMessage(200, parse_fields(header), body)
    return HttpMessage(0, {}, block)


def parse_fields(header: bytes) -> dict[str, str]:
    """The fields of a header, by lower-case name; the first of those with one name, continued lines joined."""
    try:
        text = header.decode("utf-8")
    except UnicodeDecodeError:
        text = header.decode("latin-1")
    fields: dict[str, str] = {}
    last = ""
    for line in text.split("\n"):
        if line.startswith((" ", "\t")):
            if last:
                fields[last] = f"{fields[last]} {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        if colon:
            name = name.strip().lower()
            last = name if name not in fields else ""
            fields.setdefault(name, value.strip())
    return fields


def _coding_of(data: bytes) -> str:
    """The content coding that a body shows by its first bytes, ``""`` for none."""
    if gzip_header_length(data[:_LONGEST_MARK]):
        return "gzip"
    return "zstd" if data.startswith(_ZSTD_MAGIC) else ""


# -- codings -------------------------------------------------------------------------------------------------------

_Undo = Callable[[bytes, int], bytes | None]
"""A coded body and how many bytes are wanted at the most in, those bytes out; None: the body is not coded so."""


def _dechunk(data: bytes, most: int) -> bytes | None:
    """RFC 9112, section 7.1; trailer fields are passed over, broken chunks are taken as far as they go."""
    pieces: list[bytes] = []
    place = length = 0
    while found := _CHUNK_SIZE.match(data, place):
        size = int(found[1], 16)
        piece = data[found.end() : found.end() + size]
        pieces.append(piece)
        length += len(piece)
        place = found.end() + size
        line_end = _LINE_END.match(data, place)
        if size == 0 or length >= most or place >= len(data):
            break
        if line_end is None:
            # A chunk that does not end where it says: after the first of them this is no longer a chunked body.
            return b"".join(pieces) + data[place:] if len(pieces) > 1 else None
        place = line_end.end()
    return b"".join(pieces) if pieces else None


def _ungzip(data: bytes, most: int) -> bytes | None:
    header = gzip_header_length(data)
    return _inflate(data[header:], most, -zlib.MAX_WBITS)[0] if header else None


def _undeflate(data: bytes, most: int) -> bytes | None:
    """RFC 9110, section 8.4.1.2: zlib's frame is meant, some servers send none."""
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        undone, is_sound = _inflate(data, most, wbits)
        if is_sound or (undone and wbits > 0):
            return undone
    return None


def _inflate(data: bytes, most: int, wbits: int) -> tuple[bytes, bool]:
    """What comes out until the end, the limit or damage, and whether there was none."""
    inflater = zlib.decompressobj(wbits)
    pieces: list[bytes] = []
    length = 0
    try:
        # Fed in pieces, so that what comes before the damage is kept.
        for start in range(0, len(data), _FED):
            rest = data[start : start + _FED]
            while rest and length < most and not inflater.eof:
                pieces.append(inflater.decompress(rest, most - length))
                length += len(pieces[-1])
                rest = inflater.unconsumed_tail
    except zlib.error:
        return b"".join(pieces), False
    return b"".join(pieces), inflater.eof or length >= most


def _unbrotli(data: bytes, most: int) -> bytes | None:
    decompressor = brotli.Decompressor()
    pieces: list[bytes] = []
    length = 0
    try:
        while length < most and not decompressor.is_finished():
            piece = decompressor.process(b"" if pieces else data, output_buffer_limit=most - length)
            pieces.append(piece)
            length += len(piece)
            if not piece and decompressor.can_accept_more_data():
                break
    except brotli.error:
        # Text that never was in Brotli may give some bytes before that is noticed.
        return None if data.startswith(b"<") or not length else b"".join(pieces)
    return b"".join(pieces) if length else None


def _unzstd(data: bytes, most: int) -> bytes | None:
    if not data.startswith(_ZSTD_MAGIC):
        return None
    decompressor = zstandard.ZstdDecompressor(max_window_size=limits.ZSTD_WINDOW)
    pieces: list[bytes] = []
    length = 0
    try:
        with decompressor.stream_reader(io.BytesIO(data), read_across_frames=True) as stream:
            while length < most and (piece := stream.read(min(limits.MIB, most - length))):
                pieces.append(piece)
                length += len(piece)
    except zstandard.ZstdError:
        pass
    return b"".join(pieces)


_UNDO: Mapping[str, _Undo] = {
    "chunked": _dechunk,
    "gzip": _ungzip,
    "x-gzip": _ungzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
