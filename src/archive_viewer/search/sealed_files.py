"""Files that know whether they are still what was written: Whoosh's storage, every page of it under a checksum.

An index is a cache on the archivist's disk; disks and sync programs lose and change bytes.  Whoosh reads what it is
given: a flipped bit becomes a wrong answer, or any of a dozen exceptions, or (for its files are pickles) worse.  Here
each file carries the CRC-32 of each of its pages in a trailer; opening reads the trailer only, and no byte is handed
out before its page has been checked.  So a damaged index says ``IndexUnavailable`` or answers rightly, and opening
stays fast however large it is.  Nothing is fsynced: what a power cut leaves half written fails its check, and an
index is built again from the library.

The trailer: a CRC-32 of each page of ``PAGE`` bytes (little-endian, four bytes), then the length of the content
(eight bytes), the CRC-32 of all that (four bytes), and ``MAGIC``.
"""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast
from uuid import uuid4
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from archive_viewer.errors import IndexUnavailable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

PAGE = 4096
MAGIC = b"AVsealed"
_END = struct.Struct("<QI8s")


class TidyStorage(FileStorage):
    """A folder of files, for Whoosh's temporary ones.

    Whoosh does not close every file when it meets an error; ``close_files`` does.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))  # type: ignore[no-untyped-call]
        self._folder = folder
        self._open: set[StructFile] = set()
        self._temporary: list[TidyStorage] = []

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **kwargs: Any) -> StructFile:
        return self._keep((self._folder / name).open(mode), name)

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        return self._keep((self._folder / name).open("rb"), name)

    def file_exists(self, name: str) -> bool:
        return (self._folder / name).exists()

    def temp_storage(self, name: str | None = None) -> TidyStorage:
        folder = self._folder / (name or f"{uuid4().hex}.tmp")
        folder.mkdir(exist_ok=True)
        self._temporary.append(TidyStorage(folder))
        return self._temporary[-1]

    def close_files(self) -> None:
        """Close whatever is still open, here and in the temporary folders made from here."""
        for storage in self._temporary:
            storage.close_files()
        for file in list(self._open):
            with suppress(OSError):
                file.close()
        self._open.clear()
        self._temporary.clear()

    def _keep(self, file: IO[bytes], name: str) -> StructFile:
        kept = StructFile(cast(BinaryIO, file), name, self._open.discard)
        self._open.add(kept)
        return kept


class SealedStorage(TidyStorage):
    """A folder of sealed files."""

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **kwargs: Any) -> StructFile:
        return self._keep(io.BufferedWriter(_SealingFile(self._folder / name), 1 << 16), name)

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """
        :raises IndexUnavailable: the file is cut, or was not written here.
        :raises FileNotFoundError: there is no such file.
        """
        return self._keep(io.BufferedReader(_SealedFile(self._folder / name), PAGE), name)

    def file_length(self, name: str) -> int:
        with _SealedFile(self._folder / name) as file:
            return file.length


class _SealingFile(io.FileIO):
    """A file being written from its beginning to its end; the trailer is written when it is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "wb")
        self._sums: list[int] = []
        self._sum = 0
        self._length = 0

    def write(self, data: ReadableBuffer, /) -> int:
        written = super().write(data)
        rest = memoryview(data).cast("B")[:written]
        while rest:
            room = PAGE - self._length % PAGE
            part, rest = rest[:room], rest[room:]
            self._sum = crc32(part, self._sum)
            self._length += len(part)
            if self._length % PAGE == 0:
                self._end_page()
        return written

    def close(self) -> None:
        if not self.closed:
            try:
                if self._length % PAGE:
                    self._end_page()
                sums = struct.pack(f"<{len(self._sums)}I", *self._sums)
                whole = crc32(self._length.to_bytes(8, "little"), crc32(sums))
                super().write(sums + _END.pack(self._length, whole, MAGIC))
            finally:
                super().close()

    def _end_page(self) -> None:
        self._sums.append(self._sum)
        self._sum = 0


class _SealedFile(io.FileIO):
    """A finished file: reads like its content alone, one checked page at a time."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._place = 0
        try:
            self.length, self._sums = self._read_trailer()
        except BaseException:
            self.close()
            raise

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        wanted = min(len(view), self.length - self._place)
        if len(view) <= PAGE:
            # A small read from the middle of a page ends with it: one page is read and checked, not two.
            wanted = min(wanted, PAGE - self._place % PAGE)
        if wanted <= 0:
            return 0
        first = self._place // PAGE
        last = (self._place + wanted - 1) // PAGE
        super().seek(first * PAGE)
        pages = super().read(min((last + 1) * PAGE, self.length) - first * PAGE)
        for n in range(first, last + 1):
            at = (n - first) * PAGE
            if crc32(pages[at : at + PAGE]) != self._sums[n]:
                raise self._damaged()
        start = self._place - first * PAGE
        view[:wanted] = pages[start : start + wanted]
        self._place += wanted
        return wanted

    def readall(self) -> bytes:
        data = bytearray(max(0, self.length - self._place))
        self.readinto(data)
        return bytes(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._place = offset + (0, self._place, self.length)[whence]
        return self._place

    def tell(self) -> int:
        return self._place

    def _read_trailer(self) -> tuple[int, tuple[int, ...]]:
        size = super().seek(0, 2)
        super().seek(max(0, size - _END.size))
        end = super().read(_END.size)
        if len(end) < _END.size:
            raise self._damaged()
        length, whole, magic = _END.unpack(end)
        pages = -(-length // PAGE)
        if magic != MAGIC or length + 4 * pages + _END.size != size:
            raise self._damaged()
        super().seek(length)
        sums = super().read(4 * pages)
        if crc32(length.to_bytes(8, "little"), crc32(sums)) != whole:
            raise self._damaged()
        return length, struct.unpack(f"<{pages}I", sums)

    def _damaged(self) -> IndexUnavailable:
        return IndexUnavailable(f"The search index is damaged: “{Path(str(self.name)).name}” is not what was written.")
