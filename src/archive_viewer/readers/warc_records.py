"""The records of a WARC or ARC file, one after another, whatever their lengths say.

A tape in, records out; the block of the one that was just given, when it is asked for.  WARC 0.18 to 1.1 (ISO 28500)
and ARC 1 and 2.  Our own, because neither library that there is copes with what is found in archives' cupboards:
warcio stops at a file packed as one member, at a record in two members, at zero bytes between members and at damage,
and prints to standard output; FastWARC stops at zero bytes, damage, wrong lengths and lines ended by LF, and reads no
ARC (``tests/benchmarks/warc_damage.py`` shows it).  Where all can read a file, the same records come out.

A length is believed when a record, or the end of the file, follows on it.  Where it does not, the block ends before
the next thing that looks like a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archive_viewer import limits
from archive_viewer.readers import arc
from archive_viewer.readers.http_message import parse_fields
from archive_viewer.readers.tape import Place, Tape

_WARC_START = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n(?=[A-Za-z])")
_WARC_SIGHT = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n(?=[A-Za-z][A-Za-z-]{0,40}[ \t]*:)")
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_BETWEEN = b"\r\n\0 \t"
_AFTER_BLOCK = re.compile(rb"(?:\r?\n){0,3}\Z")
_WINDOW = 64 * 1024
_LONGEST_START = 8 * 1024


@dataclass(frozen=True)
class Record:
    """What a record's header says: ``kind`` is WARC's own word, ``date`` as written; ``place`` is its beginning.

    A record of ARC is a ``response``, its first one ``warcinfo``, and has no ``fields``.
    """

    kind: str
    url: str
    date: str
    place: Place
    length: int
    is_arc: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)

    def field(self, name: str) -> str:
        """A field of the header by its lower-case name, ``""`` where it is missing."""
        return self.fields.get(name, "")


@dataclass(frozen=True)
class Block:
    """A record's block: its bytes, whether there were more than asked for, and whether its end is missing."""

    data: bytes
    is_long: bool = False
    is_cut: bool = False


class Records:
    """The records from where the tape stands, in order; ``read_block`` reads that of the last one given."""

    def __init__(self, tape: Tape, *, is_arc: bool = False) -> None:
        self._tape = tape
        self._is_arc = is_arc
        self._body = Place(0)
        self._left = self._given = 0
        self._is_passed = False
        """Whether the tape stands behind the last record: it was read to its end, and that is where it should be."""

    def __iter__(self) -> Iterator[Record]:
        while self._align():
            place = self._tape.place
            record = self._read_header(place)
            if record is None:
                continue
            self._body, self._left, self._given = self._tape.place, record.length, 0
            self._is_passed = False
            yield record
            self._pass_over()

    def read_block(self, most: int) -> Block:
        """Up to ``most`` bytes of the block of the record that was given last; asked again, the next of them."""
        pieces: list[bytes] = []
        room = most
        while self._left and room and not self._is_at_next():
            piece = self._tape.read(min(self._left, room))
            if not piece:
                break
            pieces.append(piece)
            room -= len(piece)
            self._left -= len(piece)
        given = self._given
        self._given += most - room
        if self._left and not room:
            return Block(b"".join(pieces), is_long=True)
        is_damaged = self._tape.is_damaged_here
        if self._is_framed():
            self._is_passed = True
            return Block(b"".join(pieces), is_cut=self._left > 0 or is_damaged)
        return self._read_misframed(b"".join(pieces), given, most)

    def count(self, unpacked: int) -> None:
        """Count bytes by which a block grew when it was unpacked, as ``Tape.count``."""
        self._tape.count(unpacked)

    # -- finding the next record -----------------------------------------------------------------------------------

    def _align(self) -> bool:
        """Go to the next record; False when there is none."""
        self._pass_padding()
        return self._starts_record() or (bool(self._tape.peek(1)) and self._find(None))

    def _pass_over(self) -> None:
        """Leave the record behind."""
        if self._is_passed:
            return
        while self._left and not self._is_at_next():
            passed = self._tape.skip(self._left)
            if not passed:
                break
            self._left -= passed
        if not self._is_framed() and self._tape.go_back(self._body):
            self._find(None)

    def _is_framed(self) -> bool:
        """Whether the block was as long as its header says, or ended with its member; else its length is wrong.

        The end of the file within a block may be that of a cut file, or a record in the middle may state too much.
        """
        if self._left and not self._is_at_next():
            return False
        self._pass_padding()
        return not self._tape.peek(1) or self._starts_record()

    def _is_at_next(self) -> bool:
        """Whether a member of the packed file begins here, and a record with it: then the one before is over."""
        return self._tape.is_packed and self._tape.is_at_member and self._starts_record()

    def _starts_record(self) -> bool:
        head = self._tape.peek(64)
        return _WARC_START.match(head) is not None or self._starts_arc(head)

    def _starts_arc(self, head: bytes) -> bool:
        if not (self._is_arc or head.startswith(b"filedesc://")) or b":" not in head[:24]:
            return False
        line = self._tape.peek(_LONGEST_START).split(b"\n", 1)[0].rstrip(b"\r")
        return arc.RECORD_START.match(line) is not None

    def _pass_padding(self) -> None:
        while head := self._tape.peek(64):
            rest = head.lstrip(_BETWEEN)
            if len(rest) < len(head):
                self._tape.read(len(head) - len(rest))
            if rest:
                return

    def _read_misframed(self, stated: bytes, given: int, most: int) -> Block:
        """The rest of a block whose length is wrong: up to what looks like the next record, else as it was stated."""
        is_cut, self._left = self._left > 0, 0
        if self._tape.go_back(self._body):
            pieces: list[bytes] = []
            if self._find(pieces, given + most):
                data = b"".join(pieces)
                rest = data[given : given + most]
                is_long = len(data) > given + most
                return Block(rest if is_long else rest.removesuffix(_ended_by(data)), is_long)
        return Block(stated, is_cut=is_cut)

    def _find(self, passed: list[bytes] | None, most: int = 0) -> bool:
        """Go to the next thing that looks like a record; gather what is passed over, up to ``most`` bytes and some."""
        start = arc.RECORD_START if self._is_arc else _WARC_SIGHT
        room = most
        is_at_line = True
        while window := self._tape.peek(_WINDOW):
            found = start.search(window) if is_at_line or self._tape.is_at_member else _search_on(start, window)
            is_last = len(window) < _WINDOW
            # A line may begin here and go on behind what is seen of it.
            end = found.start() if found else len(window) if is_last else len(window) - _LONGEST_START
            if passed is not None and room > 0 and end:
                passed.append(window[:end])
                room -= end
            if end:
                self._tape.read(end)
                is_at_line = window[end - 1 : end] == b"\n"
            if found:
                return True
        return False

    # -- headers ---------------------------------------------------------------------------------------------------

    def _read_header(self, place: Place) -> Record | None:
        if self._tape.peek(5) == b"WARC/":
            return self._read_warc_header(place)
        line = self._read_until(re.compile(rb"\n"), _LONGEST_START)
        parsed = arc.parse_line(line.decode("utf-8", "replace"))
        if parsed is None:
            return None
        self._is_arc = True
        url, date, length = parsed
        return Record("warcinfo" if url.startswith("filedesc:") else "response", url, date, place, length, is_arc=True)

    def _read_warc_header(self, place: Place) -> Record | None:
        fields = parse_fields(self._read_until(_BLANK_LINE, limits.WARC_HEADER_BYTES))
        length = fields.get("content-length", "")
        return Record(
            kind=fields.get("warc-type", "").lower(),
            # Old wget wrote the address in angle brackets, as the grammar of WARC 1.0 said by mistake.
            url=fields.get("warc-target-uri", "").strip("<>"),
            date=fields.get("warc-date", ""),
            place=place,
            length=int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0,
            fields=fields,
        )

    def _read_until(self, mark: re.Pattern[bytes], most: int) -> bytes:
        """All up to and with ``mark``, across members; the first line only when it does not come in ``most`` bytes."""
        read = b""
        while len(read) < most and (piece := self._tape.peek(2048)) and not (read and self._is_at_next()):
            found = mark.search(read + piece)
            self._tape.read(found.end() - len(read) if found else len(piece))
            read += piece
            if found:
                return read[: found.end()]
        return read


def _search_on(start: re.Pattern[bytes], window: bytes) -> re.Match[bytes] | None:
    """Search where the window begins in the middle of a line."""
    line = window.find(b"\n")
    return start.search(window, line) if line >= 0 else None


def _ended_by(data: bytes) -> bytes:
    """The line ends at the end of a block: two part it from the next record."""
    found = _AFTER_BLOCK.search(data)
    return found[0] if found else b""
