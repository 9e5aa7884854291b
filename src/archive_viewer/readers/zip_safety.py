"""ZIP archives from strangers: which files they hold, and their bytes up to a limit.

A path in, members out, each with a name that stays inside the archive and is decoded as its writer meant it; bytes of
a member when they are asked for.  Separate because MAFF, HTZ, WACZ, self-extracting pages and plain ZIP files all
are ZIP archives, and every one of them can lie about names, sizes and places.  The form: PKWARE's APPNOTE.TXT 6.3.10;
the standard library's ``zipfile`` reads it, here is what that does not do: it follows no limit, decodes every name
without the UTF-8 flag as cp437, and lets members lie within one another.

No handle stays open between two readings, so that an archive may be kept for as long as a page is shown.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import threading
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Self, cast

from archive_viewer import charset, damage, limits
from archive_viewer.errors import FileRefused
from archive_viewer.readers.companions import is_safe

_IS_ENCRYPTED = 0x1
_IS_UTF8 = 0x800
_LOCAL_HEADER = 30
_UNICODE_PATH = 0x7075
_UNIX_TIME = 0x5455
_UNIX = 3
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The only ones that saving programs use; the standard library inflates the others without a bound."""

_EAST_ASIAN = {"gbk", "gb18030", "shift_jis", "big5", "euc-kr", "euc-jp"}
_CYRILLIC = {"ibm866", "windows-1251"}
_KANA = re.compile("[ぁ-ゖァ-ヶー]{2}")
_LITTER = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, NotImplementedError)
"""All that ``zipfile`` raises over a file that is not as it should be."""


@dataclass(frozen=True)
class Member:
    """A file of an archive: its safe name with slashes, its size in bytes as stated, and whether it is locked.

    ``modified_at`` is ISO 8601, with ``Z`` where it is known to be UTC; there may be no such day.
    """

    name: str
    size: int
    is_encrypted: bool
    is_stored: bool
    modified_at: str
    info: zipfile.ZipInfo


@dataclass(frozen=True)
class Archive:
    """A ZIP archive whose list of members was looked through; ``warnings`` say what was left out of it."""

    path: Path
    members: tuple[Member, ...] = field(compare=False)
    warnings: tuple[str, ...] = field(compare=False)
    _handle: _Handle = field(compare=False, repr=False)
    _zip: zipfile.ZipFile = field(compare=False, repr=False)

    @cached_property
    def by_name(self) -> Mapping[str, Member]:
        return {member.name: member for member in self.members}

    def read(self, member: Member, most: int) -> tuple[bytes, bool]:
        """A member's bytes, and whether it has more than ``most`` and was cut there.

        :raises FileRefused: it is locked by a password, damaged, or the archive cannot be read.
        """
        with self.opened(member) as stream:
            data = stream.read(most + 1)
        return data[:most], len(data) > most

    @contextmanager
    def opened(self, member: Member) -> Iterator[BinaryIO]:
        """A member as a stream of bytes that never gives more than its stated size; seeking back starts it anew.

        :raises FileRefused: at once or while it is read, as of ``read``.
        """
        if member.is_encrypted:
            raise FileRefused(f"“{member.name}” in this archive is locked by a password.")
        if member.info.compress_type not in _METHODS:
            raise FileRefused(f"“{member.name}” in this archive is packed in a way that is not read.")
        try:
            with self._handle, self._zip.open(member.info) as stream:
                yield cast("BinaryIO", stream)
        except _DAMAGE as error:
            raise FileRefused(f"“{member.name}” {damage.MEMBER_DAMAGED}.") from error


def open_archive(path: Path) -> Archive:
    """The archive at ``path``, in the order of its directory, without folders and what systems leave in them.

    :raises FileRefused: it cannot be read, is no ZIP archive, is damaged, or is built to do harm.
    """
    handle = _Handle(path)
    try:
        with handle:
            archive = zipfile.ZipFile(cast("BinaryIO", handle))
    except _DAMAGE as error:
        raise FileRefused("This ZIP archive is damaged or was cut off: its list of files is missing.") from error
    infos = archive.infolist()
    if len(infos) > limits.ZIP_MEMBERS:
        raise FileRefused(f"This ZIP archive holds more than {limits.ZIP_MEMBERS:,} files.")
    _refuse_bomb(infos, archive.start_dir, handle.size)
    members, warnings = _members(infos)
    return Archive(path, members, warnings, handle, archive)


def is_archive(path: Path) -> bool:
    """Whether a file ends with the directory of a ZIP archive, whatever it begins with."""
    handle = _Handle(path)
    try:
        with handle, zipfile.ZipFile(cast("BinaryIO", handle)):
            return True
    except (FileRefused, *_DAMAGE):
        return False


class _Handle(io.RawIOBase):
    """The archive's file as ``zipfile`` is given it: open only while something is read, in no more than one thread.

    It gives no more at once than a list of files may have: ``zipfile`` reads that list whole.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.size = 0
        self._path = path
        self._lock = threading.RLock()
        self._readings = 0
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Self:
        self._lock.acquire()
        try:
            if self._stream is None:
                self._stream = self._path.open("rb")
                self.size = os.fstat(self._stream.fileno()).st_size
        except OSError as error:
            self._lock.release()
            raise FileRefused.unreadable(error) from error
        self._readings += 1
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._readings -= 1
        if not self._readings and self._stream is not None:
            self._stream.close()
            self._stream = None
        self._lock.release()
        if isinstance(error, OSError):
            raise FileRefused.unreadable(error) from error

    @property
    def _opened(self) -> BinaryIO:
        if self._stream is None:
            raise ValueError("nothing is being read")
        return self._stream

    def read(self, size: int = -1) -> bytes:
        most = limits.ZIP_DIRECTORY_BYTES
        if size > most:
            raise FileRefused(f"The list of files of this ZIP archive has more than {most:,} bytes.")
        return self._opened.read(most if size < 0 else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._opened.seek(offset, whence)

    def tell(self) -> int:
        return self._opened.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def _refuse_bomb(infos: list[zipfile.ZipInfo], end: int, size: int) -> None:
    """Stated sizes are enough to look at, for no more than a stated size is ever inflated."""
    grown = sum(info.file_size for info in infos)
    if grown > max(limits.ZIP_EXPANSION_FREE, limits.ZIP_EXPANSION * size):
        raise FileRefused(
            f"This ZIP archive would grow from {size:,} to {grown:,} bytes when it is unpacked; it was left alone."
        )
    place = 0
    # Members that share their bytes make a bomb of any size: Fifield, “A better zip bomb”, WOOT 2019.
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < place or info.header_offset + _LOCAL_HEADER + info.compress_size > end:
            raise FileRefused(
                "The files in this ZIP archive lie within one another; it is damaged or meant to do harm."
            )
        place = info.header_offset + _LOCAL_HEADER + len(_raw_name(info)) + info.compress_size


def _members(infos: list[zipfile.ZipInfo]) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    members: dict[str, Member] = {}
    leading_out = links = 0
    encoding = _encoding_of_names(infos)
    for info in infos:
        name = _name(info, encoding)
        if name.endswith("/") or not _LITTER.isdisjoint(name.lower().split("/")):
            continue
        name = name.removeprefix("./")
        if info.create_system == _UNIX and stat.S_ISLNK(info.external_attr >> 16):
            links += 1
        elif not is_safe(name) or name.count("/") > limits.COMPANION_DEPTH:
            leading_out += 1
        else:
            is_encrypted = bool(info.flag_bits & _IS_ENCRYPTED)
            is_stored = info.compress_type == zipfile.ZIP_STORED
            # Of two with one name the later is the newer, as archives are added to.
            members[name] = Member(name, info.file_size, is_encrypted, is_stored, _time(info), info)
    warnings = []
    if leading_out:
        warnings.append(f"Files of this archive whose names lead out of it were left out: {leading_out}.")
    if links:
        warnings.append(f"Links of this archive to other files were left out: {links}.")
    return tuple(members.values()), tuple(warnings)


def _time(info: zipfile.ZipInfo) -> str:
    """The member's time: in UTC (with ``Z``) where Unix programs wrote it so, else as the packer's clock had it.

    The extra field is Info-ZIP's "extended timestamp": flags, then seconds since 1970.
    """
    field = _extra(info.extra, _UNIX_TIME)
    if len(field) >= 5 and field[0] & 1:
        moment = datetime.fromtimestamp(int.from_bytes(field[1:5], "little", signed=True), UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    year, month, day, hour, minute, second = info.date_time
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"


def _extra(extra: bytes, wanted: int) -> bytes:
    """The content of one extra field (APPNOTE.TXT, section 4.5), or nothing."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == wanted:
            return extra[place + 4 : place + 4 + length]
        place += 4 + length
    return b""


# -- names ---------------------------------------------------------------------------------------------------------


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _IS_UTF8 else "cp437", "surrogateescape")


def _name(info: zipfile.ZipInfo, encoding: str) -> str:
    if info.flag_bits & _IS_UTF8:
        name = info.orig_filename
    else:
        raw = _raw_name(info)
        name = _unicode_path(info.extra, raw) or raw.decode(encoding, "replace")
    # Windows programs have written their own separator, against the specification (4.4.17.1).
    return name.replace("\\", "/")


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Info-ZIP's extra field with the name in UTF-8 (APPNOTE.TXT, section 4.6.9), while it is of this name."""
    field = _extra(extra, _UNICODE_PATH)
    is_of_this_name = len(field) > 5 and int.from_bytes(field[1:5], "little") == zlib.crc32(raw)
    return field[5:].decode("utf-8", "replace") if is_of_this_name else ""


def _encoding_of_names(infos: list[zipfile.ZipInfo]) -> str:
    """The codec of the names without the UTF-8 flag, all together, for one alone says too little.

    East Asian and Cyrillic names have their bytes beyond ASCII side by side, names of Western Europe between ASCII
    letters; kana have ASCII as their second bytes but come in rows.  Of Western names, cp437 gives signs and lines for
    the letters of cp850.
    """
    raw = b"\n".join(_raw_name(info) for info in infos if not info.flag_bits & _IS_UTF8)
    if raw.isascii():
        return "ascii"
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if _KANA.search(raw.decode("cp932", "replace")):
        return "cp932"
    beyond = [byte > 0x7F for byte in raw]
    runs = sum(is_beyond and not before for before, is_beyond in zip([False, *beyond], beyond, strict=False))
    if sum(beyond) >= 2 * runs:
        guess = charset.decode(raw, media_type="text/plain")[1].value
        codec = {
            "shift_jis": "cp932",
            "gbk": "gb18030",
            "ibm866": "cp866",
            "windows-1251": "cp1251",
            "euc-kr": "cp949",
        }.get(guess, guess)
        if (guess in _EAST_ASIAN or guess in _CYRILLIC) and "\ufffd" not in raw.decode(codec, "replace"):
            return codec
    return min(("cp437", "cp850"), key=lambda codec: _signs(raw.decode(codec)))


def _signs(text: str) -> int:
    return sum(unicodedata.category(character)[0] in "SC" for character in text)
