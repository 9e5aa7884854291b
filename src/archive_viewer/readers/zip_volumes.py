"""WARC and ARC files that lie in a ZIP archive, as volumes of a web archive.

An archive and one of its members in, a volume out.  Separate because a WACZ file is made of such members, and any
other ZIP archive may hold some.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from archive_viewer.errors import FileRefused
from archive_viewer.readers.tape import Tape
from archive_viewer.readers.web_captures import Volume
from archive_viewer.readers.zip_safety import Archive, Member


def volume_of(archive: Archive, member: Member) -> Volume:
    """The member as a volume; its name there is the member's."""

    @contextmanager
    def open_tape() -> Iterator[Tape]:
        start = _start_of(archive, member)
        if start:
            try:
                with archive.path.open("rb") as stream:
                    yield Tape(stream, member.size, start)
            except OSError as error:
                raise FileRefused.unreadable(error) from error
        else:
            with archive.opened(member) as stream:
                yield Tape(stream, member.size)

    return Volume(member.name, open_tape)


def _start_of(archive: Archive, member: Member) -> int:
    """Where the bytes of a volume begin in the file, 0 when they are not stored as they are.

    Read where it lies, a volume of several GB has places that one can go to at once.
    """
    if member.is_encrypted or not member.is_stored:
        return 0
    try:
        with archive.path.open("rb") as stream:
            stream.seek(member.info.header_offset)
            header = stream.read(30)
    except OSError as error:
        raise FileRefused.unreadable(error) from error
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        return 0
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    return member.info.header_offset + 30 + name + extra
