"""The words of a segment as one list: where the postings of a word are, and which words begin with a stem.

Whoosh finds a term by its hash, and walks through its dictionary entry by entry: two thousand words that begin alike
took it a tenth of a second.  A sorted list of words is read at once and searched as one string of bytes.

The file, ``.words``: for each field five strings as Whoosh writes them (length, then bytes): its name, the numbers of
pages (four bytes each), the places of the postings in their file (eight bytes each, and one where the last list ends),
where every ``STRIDE``\\ th word begins (four bytes each), and the words in ascending order, a line end before each.
Numbers are in the byte order of the machine.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from whoosh.filedb.structfile import StructFile

EXTENSION = ".words"
STRIDE = 32


class Entry(NamedTuple):
    """A word, in how many pages it stands, and where its postings begin."""

    word: bytes
    pages: int
    start: int


class Listed(NamedTuple):
    """The words of a field in ascending order, in how many pages each stands, and where its postings begin; the
    last of ``starts`` is where those of the last word end."""

    words: Sequence[bytes]
    counts: array[int]
    starts: array[int]


class _Field(NamedTuple):
    counts: array[int]
    starts: array[int]
    samples: array[int]
    words: bytes


def write(file: StructFile, name: str, listed: Listed) -> None:
    """Add a field to the file."""
    begins = array("I", accumulate(map(len, listed.words), lambda at, length: at + length + 1, initial=0))
    file.write_string(name.encode("utf-8"))
    file.write_string(listed.counts.tobytes())
    file.write_string(listed.starts.tobytes())
    file.write_string(begins[: len(listed.words) : STRIDE].tobytes())
    file.write_string(b"\n".join(chain((b"",), listed.words)) if listed.words else b"")


class Vocabulary:
    """Reads the file; a field is read when it is first asked for, and kept.

    :raises IndexUnavailable: from every method: the file is damaged.
    """

    def __init__(self, file: StructFile, length: int) -> None:
        self._file, self._length = file, length
        self._fields: dict[str, _Field] = {}

    def fields(self) -> list[str]:
        """The fields that have words, in order."""
        found = []
        self._file.seek(0)
        while self._file.tell() < self._length:
            found.append(self._file.read_string().decode("utf-8"))
            for _ in range(4):
                self._file.skip_string()
        return found

    def all(self, field: str) -> Listed:
        """Every word of ``field``."""
        own = self._field(field)
        return Listed(own.words.split(b"\n")[1:], own.counts, own.starts)

    def find(self, field: str, word: bytes) -> Entry | None:
        """A word as it is."""
        own = self._field(field)
        n, at = self._lower(own, word)
        if not own.words.startswith(word, at + 1) or own.words[at + 1 + len(word) : at + 2 + len(word)] not in b"\n":
            return None
        return Entry(word, own.counts[n], own.starts[n]) if n < len(own.counts) else None

    def beginning(self, field: str, stem: str) -> Iterator[Entry]:
        """The words of ``field`` that begin with ``stem``, in order."""
        own = self._field(field)
        n, begin, last, end = self._stretch(own, stem)
        if begin < end:
            found = own.words[begin + 1 : end].split(b"\n")
            for word, count, start in zip(found, own.counts[n:last], own.starts[n:last], strict=True):
                yield Entry(word, count, start)

    def listed(self, field: str) -> bytes:
        """The words of ``field`` in ascending order, a line end before each."""
        return self._field(field).words

    def sought(self, field: str, lead: str, find: Callable[[bytes, int, int], Iterable[int]]) -> Iterator[Entry]:
        """Those words of ``field`` beginning with ``lead`` that ``find`` finds in the list, see ``spelling.finder``."""
        own = self._field(field)
        n, counted, _, end = self._stretch(own, lead)
        for at in find(own.words, counted, end):
            n += own.words.count(b"\n", counted, at)
            counted = at
            stop = own.words.find(b"\n", at + 1)
            yield Entry(own.words[at + 1 : stop if stop >= 0 else len(own.words)], own.counts[n], own.starts[n])

    def close(self) -> None:
        self._file.close()

    def _stretch(self, own: _Field, stem: str) -> tuple[int, int, int, int]:
        """The number and the place of the first word that begins with ``stem``, and those after the last."""
        sought = stem.encode("utf-8", "surrogatepass")
        n, begin = self._lower(own, sought)
        # No byte of UTF-8 is as large as this.
        return n, begin, *self._lower(own, sought + b"\xff")

    def _lower(self, own: _Field, word: bytes) -> tuple[int, int]:
        """How many words come before ``word``, and where they end."""
        low, high = 0, len(own.samples)
        while low < high:
            middle = (low + high) // 2
            at = own.samples[middle] + 1
            stop = own.words.find(b"\n", at)
            if own.words[at : stop if stop >= 0 else len(own.words)] < word:
                low = middle + 1
            else:
                high = middle
        if not low:
            return 0, 0
        n = (low - 1) * STRIDE
        begin = own.samples[low - 1]
        end = own.samples[low] if low < len(own.samples) else len(own.words)
        for one in own.words[begin + 1 : end].split(b"\n"):
            if one >= word:
                break
            n += 1
            begin += len(one) + 1
        return n, begin

    def _field(self, field: str) -> _Field:
        if field not in self._fields:
            self._fields[field] = self._read(field)
        return self._fields[field]

    def _read(self, field: str) -> _Field:
        counts, starts, samples = array("I"), array("Q"), array("I")
        self._file.seek(0)
        while self._file.tell() < self._length:
            if self._file.read_string() == field.encode("utf-8"):
                for numbers in (counts, starts, samples):
                    numbers.frombytes(self._file.read_string())
                return _Field(counts, starts, samples, self._file.read_string())
            for _ in range(4):
                self._file.skip_string()
        return _Field(counts, starts, samples, b"")
