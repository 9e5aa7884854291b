"""The words of a segment as one list: which of them begin with a stem, and where their postings are.

Whoosh finds a term by its hash, and walks through its dictionary entry by entry: two thousand words that begin alike
took it a tenth of a second.  A sorted list of words is read at once and searched as one string of bytes.

The file, ``.words``: for each field four strings as Whoosh writes them (length, then bytes): its name, the numbers of
pages (four bytes each), the places of the postings in their file (eight bytes each; both in the byte order of the
machine), and the words in ascending order, a line end before each.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from whoosh.filedb.structfile import StructFile

EXTENSION = ".words"


class Entry(NamedTuple):
    """A word, in how many pages it stands, and where its postings begin."""

    word: bytes
    pages: int
    start: int


def write(file: StructFile, fields: Mapping[str, list[Entry]]) -> None:
    """Write and close the file; the entries of a field are in the order of their words."""
    for name, entries in fields.items():
        file.write_string(name.encode("utf-8"))
        file.write_string(array("I", [entry.pages for entry in entries]).tobytes())
        file.write_string(array("Q", [entry.start for entry in entries]).tobytes())
        file.write_string(b"".join(b"\n" + entry.word for entry in entries))
    file.close()


class Vocabulary:
    """Reads the file; a field is read when it is first asked for, and kept.

    :raises IndexUnavailable: from every method: the file is damaged.
    """

    def __init__(self, file: StructFile, length: int) -> None:
        self._file, self._length = file, length
        self._fields: dict[str, tuple[array[int], array[int], bytes]] = {}

    def fields(self) -> list[str]:
        """The fields that have words, in order."""
        found = []
        self._file.seek(0)
        while self._file.tell() < self._length:
            found.append(self._file.read_string().decode("utf-8"))
            for _ in range(3):
                self._file.skip_string()
        return found

    def beginning(self, field: str, stem: str) -> Iterator[Entry]:
        """The words of ``field`` that begin with ``stem``, in order."""
        counts, starts, words = self._field(field)
        begin, end = _stretch(words, stem)
        if begin < end:
            found = words[begin + 1 : end].split(b"\n")
            n = words.count(b"\n", 0, begin)
            for word, count, start in zip(found, counts[n : n + len(found)], starts[n : n + len(found)], strict=True):
                yield Entry(word, count, start)

    def listed(self, field: str) -> bytes:
        """The words of ``field`` in ascending order, a line end before each."""
        return self._field(field)[2]

    def sought(self, field: str, lead: str, find: Callable[[bytes, int, int], Iterable[int]]) -> Iterator[Entry]:
        """Those words of ``field`` beginning with ``lead`` that ``find`` finds in the list, see ``spelling.finder``."""
        counts, starts, words = self._field(field)
        begin, end = _stretch(words, lead)
        n, counted = 0, 0
        for at in find(words, begin, end):
            n += words.count(b"\n", counted, at)
            counted = at
            stop = words.find(b"\n", at + 1)
            yield Entry(words[at + 1 : stop if stop >= 0 else len(words)], counts[n], starts[n])

    def _field(self, field: str) -> tuple[array[int], array[int], bytes]:
        if field not in self._fields:
            self._fields[field] = self._read(field)
        return self._fields[field]

    def _read(self, field: str) -> tuple[array[int], array[int], bytes]:
        counts, starts = array("I"), array("Q")
        self._file.seek(0)
        while self._file.tell() < self._length:
            if self._file.read_string() == field.encode("utf-8"):
                counts.frombytes(self._file.read_string())
                starts.frombytes(self._file.read_string())
                return counts, starts, self._file.read_string()
            for _ in range(3):
                self._file.skip_string()
        return counts, starts, b""


def _stretch(words: bytes, stem: str) -> tuple[int, int]:
    """Where the words that begin with ``stem`` stand in the list: they are in order, so they stand together."""
    sought = b"\n" + stem.encode("utf-8", "surrogatepass")
    begin = words.find(sought)
    if begin < 0:
        return 0, 0
    end = words.find(b"\n", words.rfind(sought) + 1)
    return begin, end if end >= 0 else len(words)
