"""MIME messages as saving programs write them: headers, parts and bodies, from a file that may be broken anywhere.

A file in, its parts as places in the file out; a part's body is read and decoded when asked for, so that no message
is ever held in memory whole.  RFC 2045 to 2047 and 2557, with what is seen instead: folded words continued without
a blank, boundaries missing, unused or cut off, 8-bit headers.  Separate from MHTML, which gives the parts a meaning.
"""

from __future__ import annotations

import binascii
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import BinaryIO
from urllib.parse import urljoin

from archive_viewer import charset, limits

_CHUNK = limits.MIB
_LONGEST_LINE_END = 80
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*:(?!//)[ \t]*(.*)")
_BLANK_LINE = re.compile(rb"\A\r?\n|\r?\n[ \t]*\r?\n")
_BEFORE_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]{1,1000}\r?\n)?")
_BLANKS_AT_BREAK = re.compile(rb"=[ \t]+(?=\r?\n)")
_A_BOUNDARY = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\nContent-", re.M | re.I)
_EXPANSION = {"base64": 1.5, "quoted-printable": 3.3}
"""How many bytes at the most stand for one, line ends included."""

_NOT_BASE64 = bytes(set(range(256)) - set((string.ascii_letters + string.digits + "+/").encode()))


@dataclass(frozen=True)
class Part:
    """A part's header, and where in the file its body lies, in bytes."""

    header: Message
    start: int
    end: int

    @property
    def media_type(self) -> str:
        """In lower case; ``""`` where the part states none."""
        return self.header.get_content_type() if "Content-Type" in self.header else ""

    @property
    def charset(self) -> str:
        return self.header.get_content_charset("") or ""

    @property
    def encoding(self) -> str:
        """The transfer encoding, in lower case."""
        return str(self.header.get("Content-Transfer-Encoding", "")).strip().lower()

    @property
    def least_size(self) -> int:
        """How many bytes the decoded body has at least."""
        return int((self.end - self.start) / _EXPANSION.get(self.encoding, 1))

    @property
    def id(self) -> str:
        return self.field("Content-ID").strip("<> ")

    def location(self, around: str = "") -> str:
        """The part's address: absolute where itself, its base, or the message ``around`` it says (RFC 2557, section 5).

        Blanks are of the folding of a long line.
        """
        location = self.field("Content-Location").replace(" ", "")
        base = self.field("Content-Base").replace(" ", "") or around
        try:
            return urljoin(base, location) if location else ""
        except ValueError:  # "http://[" is no address.
            return location

    def field(self, name: str) -> str:
        """A field with its encoded words decoded, on one line; ``""`` where it is missing."""
        return decode_words(str(self.header.get(name, "")))


@dataclass(frozen=True)
class Parts:
    """The parts of a message that hold no parts themselves, in order; ``is_cut``: its end is missing."""

    top: Part
    leaves: tuple[Part, ...]
    is_cut: bool


def read_parts(stream: BinaryIO, size: int) -> Parts:
    """Find the parts of the message that a file of ``size`` bytes holds; one without parts is its own only part."""
    top = _part(stream, beginning(_read(stream, 0, limits.PART_HEADER_BYTES)), size)
    leaves: list[Part] = []
    is_cut = _collect(stream, top, leaves, depth=0)
    return Parts(top, tuple(leaves), is_cut)


def read_body(stream: BinaryIO, part: Part, most: int) -> tuple[bytes, bool]:
    """A part's body, its transfer encoding undone, and whether it was longer than ``most`` bytes and cut there."""
    longest = int(most * _EXPANSION.get(part.encoding, 1)) + 1
    data = _undo(_read(stream, part.start, min(part.end, part.start + longest)), part.encoding)
    return data[:most], len(data) > most


def decode_words(value: str) -> str:
    """A header's value with its encoded words (RFC 2047) decoded and its white space single."""
    try:
        words = decode_header(value)
    except HeaderParseError:
        return " ".join(value.split())
    # Without any encoded word the value comes back as it was; else unencoded words come back as escaped bytes.
    decoded = [
        word
        if isinstance(word, str)
        else charset.decode(word, name, media_type="text/plain")[0]
        if name
        else word.decode("raw-unicode-escape", "replace")
        for word, name in words
    ]
    return " ".join("".join(decoded).split())


def parse_header(block: bytes) -> Message:
    """The fields of a header; a line that is none continues the one before, with or without a blank before it."""
    text = charset.decode(block, media_type="text/plain")[0]
    fields: list[tuple[str, list[str]]] = []
    for line in re.split(r"\r?\n", text):
        found = _FIELD.match(line)
        if found:
            fields.append((found[1], [found[2].strip()]))
        elif fields and line.strip():
            fields[-1][1].append(line.strip())
    header = Message()
    for name, lines in fields:
        header[name] = " ".join(lines)
    return header


# -- the way through a file ----------------------------------------------------------------------------------------


def _collect(stream: BinaryIO, part: Part, leaves: list[Part], depth: int) -> bool:
    if not part.media_type.startswith("multipart/") or depth == limits.PART_NESTING:
        leaves.append(part)
        return False
    places, is_closed = _between_boundaries(stream, part)
    if not places:
        leaves.append(part)
    is_cut = not is_closed
    for start, end in places:
        if len(leaves) >= limits.PARTS:
            return True
        is_cut |= _collect(stream, _part(stream, start, end), leaves, depth + 1)
    return is_cut


def _between_boundaries(stream: BinaryIO, part: Part) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts of a multipart lie, and whether the closing boundary is there."""
    stated = part.header.get_boundary()
    boundary = stated.encode("utf-8", "replace") if stated else b""
    lines = list(_boundary_lines(stream, part, boundary)) if boundary else []
    if not lines:
        # None is stated, or another one is used: the first line that looks like one, before a part's header.
        guess = _A_BOUNDARY.search(_read(stream, part.start, min(part.end, part.start + _CHUNK)))
        lines = list(_boundary_lines(stream, part, guess[1])) if guess else []
    ends = [before for before, _, _ in lines[1:]] + [part.end]
    places: list[tuple[int, int]] = []
    for (_, start, is_closing), end in zip(lines, ends, strict=False):
        if is_closing:
            return places, True
        places.append((start, end))
    return places, False


def _boundary_lines(stream: BinaryIO, part: Part, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """Each line of the boundary: where the line end before it begins, where the line ends, whether it closes.

    RFC 2046, section 5.1.1: the line end before a boundary is part of the boundary.
    """
    line = re.compile(rb"\n--%b(--)?[ \t]{0,%d}(?=(\r?\n)|\Z)" % (re.escape(boundary), _LONGEST_LINE_END))
    margin = len(boundary) + _LONGEST_LINE_END + 8
    count = 0
    # Two bytes are read again, and before the first line: a line end, of which the line feed is found.
    first = place = max(0, part.start - 2)
    while place < part.end:
        buffer = _read(stream, place, min(part.end, place + _CHUNK + margin))
        is_last = place + len(buffer) >= part.end
        for found in line.finditer(buffer, 0 if place == first else 1):
            at = found.start()
            if count > limits.PARTS or not (is_last or at < _CHUNK - 1):
                break
            count += 1
            before = at - 1 if buffer[max(0, at - 1) : at] == b"\r" else at
            yield max(part.start, place + before), place + found.end() + len(found[2] or b""), bool(found[1])
        place = part.end if is_last or count > limits.PARTS else place + _CHUNK - 2


def _part(stream: BinaryIO, start: int, end: int) -> Part:
    block = _read(stream, start, min(end, start + limits.PART_HEADER_BYTES))
    blank = _BLANK_LINE.search(block)
    if blank is None:
        return Part(parse_header(block), end, end)
    return Part(parse_header(block[: blank.start()]), start + blank.end(), end)


def beginning(data: bytes) -> int:
    """Where the header begins: behind a byte order mark, blank lines, and the line that mailboxes put before it."""
    found = _BEFORE_HEADER.match(data)
    return found.end() if found else 0


def _read(stream: BinaryIO, start: int, end: int) -> bytes:
    stream.seek(start)
    return stream.read(max(0, end - start))


def _undo(raw: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        # Blanks at a line's end come from the way; RFC 2045, section 6.7, rule 3, has them dropped.
        return binascii.a2b_qp(_BLANKS_AT_BREAK.sub(b"=", raw))
    if encoding == "base64":
        letters = raw.translate(None, _NOT_BASE64)
        # A cut may leave one letter over, which holds no whole byte.
        whole = letters[:-1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    return raw
