"""Opening a saved file: its head, by which its form is told, and its bytes up to a limit.

A ``SavedFile`` in, bytes out, or a sentence.  Separate because it is the only place of this room that touches a file
on the disk: nothing else may read without a bound, or wait for a pipe that never ends.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import BinaryIO

from archive_viewer import charset, limits
from archive_viewer.errors import CharsetUnread, FileRefused
from archive_viewer.model import Fact, SavedFile


@dataclass(frozen=True)
class Head:
    """The beginning of a saved file: all that recognition looks at.  ``size`` is the whole file's, in bytes."""

    name: str
    data: bytes
    size: int

    @cached_property
    def text(self) -> str:
        return charset.decode(self.data)[0]

    @property
    def suffix(self) -> str:
        """The name's last suffix in lower case, with its dot, or ``""``."""
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True)
class Unpacked(SavedFile):
    """A saved file that came out of another one: ``path`` is that one's, ``data`` are its own bytes."""

    data: bytes = b""


@contextmanager
def opened(saved: SavedFile) -> Iterator[BinaryIO]:
    """The file, opened for reading bytes.

    :raises FileRefused: it cannot be read, at once or later on, or is no ordinary file.
    """
    if isinstance(saved, Unpacked):
        yield io.BytesIO(saved.data)
        return
    try:
        if not stat.S_ISREG(saved.path.stat().st_mode):
            raise FileRefused("This is a folder or a device, not a file.")
        with saved.path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise FileRefused.unreadable(error) from error


def read_head(saved: SavedFile) -> Head:
    """The first ``limits.HEAD_BYTES`` of a file.

    :raises FileRefused: it is empty or cannot be read.
    """
    with opened(saved) as stream:
        head = Head(saved.name, stream.read(limits.HEAD_BYTES), size_of(stream))
    if not head.data:
        raise FileRefused("This file is empty.")
    return head


def size_of(stream: BinaryIO) -> int:
    """The bytes of a whole file, wherever it is being read."""
    place = stream.tell()
    size = stream.seek(0, os.SEEK_END)
    stream.seek(place)
    return size


def read_page(saved: SavedFile) -> tuple[bytes, tuple[str, ...]]:
    """A page's bytes, up to ``limits.PAGE_BYTES``, and a warning where it is longer.

    :raises FileRefused: it cannot be read.
    """
    with opened(saved) as stream:
        data = stream.read(limits.PAGE_BYTES)
        is_whole = not stream.read(1)
    return data, () if is_whole else (cut_short(),)


def decode_page(
    saved: SavedFile, data: bytes, stated: str = "", stated_by: str = "", media_type: str = "text/html"
) -> tuple[str, Fact[str]]:
    """The text of a page's bytes and its character set: the one that a person chose, else what ``charset`` finds.

    ``stated`` is what the page's container says of it, and ``stated_by`` where.

    :raises CharsetUnread: it is in one that nothing here reads; the sentence names it.
    :raises CharsetRefused: the bytes are no text in the one that a person chose.
    """
    if saved.charset:
        return charset.decode_chosen(data, saved.charset)
    if media_type != "text/plain" and (name := charset.unreadable(data, stated)):
        raise CharsetUnread(name)
    return charset.decode(data, stated, stated_by, media_type)


def beginning_of(saved: SavedFile, size: int) -> SavedFile:
    """The first ``size`` bytes of a page that is a file of its own, as a saved file.

    :raises FileRefused: it cannot be read.
    """
    with opened(saved) as stream:
        data = stream.read(size)
    return Unpacked(saved.path, saved.name, saved.modified_at, saved.companions, saved.charset, data=data)


def cut_short() -> str:
    """The warning that a page is longer than what is read of it."""
    return f"This page is longer than {limits.PAGE_BYTES // limits.MIB} MB; what follows was not read."
