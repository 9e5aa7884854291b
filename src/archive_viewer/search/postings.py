"""How the postings of a term lie on disk: Whoosh's codec, with blocks of our own that are read at once.

Whoosh writes its blocks as pickles and reads a posting at a time, through four method calls each.  Here a block is a
few packed numbers: a list of ten thousand pages is read in two milliseconds instead of twenty, and nothing is
unpickled.  Segments are merged list by list, where Whoosh takes each posting out, sorts all of them, on the disk if
they are many, and puts each in again.  Only the hooks that a codec offers are used; the dictionary of terms and the
columns are Whoosh's.

A list is a chain of blocks of up to ``BLOCK`` postings.  A block: ``_HEAD`` (flags, how many postings, the last page,
the bytes of the two sections), then

1. the pages as differences, the weights, the lengths of the values: four bytes each, the weights as floats;
2. the values (places, see ``schema.Places``), one after the other.

A section is compressed if that makes it smaller.  Numbers are in the byte order of the machine: an index never leaves
it, and its fingerprint says so.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import accumulate, groupby
from operator import itemgetter, sub
from struct import Struct
from typing import Any, NamedTuple
from zlib import compress, decompress

from whoosh.codec.base import PostingsWriter, Segment
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.fields import Schema
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Format
from whoosh.matching.mcore import LeafMatcher, ReadTooFar

from archive_viewer.search import stems, vocabulary

BLOCK = 512
"""Postings of one block: what is passed over at a time when a few pages of a long list are sought."""

_HEAD = Struct("=BHIII")
_ONE = Struct("=IfI")
_LAST, _FIRST_COMPRESSED, _SECOND_COMPRESSED = 1, 2, 4
_WORTHWHILE = 64
"""Bytes below which compression makes nothing smaller; most terms stand in one page and stay below."""

Posting = tuple[str, bytes, int, float, bytes]
"""Field, term, page, weight, value: as Whoosh hands them over, in this order."""

TermPostings = tuple[str, bytes, Sequence[int], Sequence[float], Sequence[bytes]]
"""Field, term, and the pages, weights and values of its postings, in the order of the pages."""


class Codec(W3Codec):
    """Whoosh's codec with other lists of postings."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def field_writer(self, storage: Storage, segment: Segment) -> FieldWriter:
        return FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: StructFile, byteids: bool = False) -> ListWriter:
        return ListWriter(dbfile)

    def postings_reader(
        self, dbfile: StructFile, terminfo: W3TermInfo, format_: Format, term: Any = None, scorer: Any = None
    ) -> ListReader:
        return ListReader(dbfile, terminfo.extent()[0], format_, term)


class FieldWriter(W3FieldWriter):
    """Writes the sorted postings of a segment, a term at a time."""

    _postwriter: ListWriter

    def __init__(self, codec: Codec, storage: Storage, segment: Segment) -> None:
        super().__init__(codec, storage, segment)  # type: ignore[no-untyped-call]
        self._words = segment.create_file(storage, vocabulary.EXTENSION)
        self._stems = segment.create_file(storage, stems.EXTENSION)
        self.stems = stems.Record()
        self._joined: list[Iterable[TermPostings]] = []

    def join(self, postings: Iterable[TermPostings]) -> None:
        """Write these, too, which are in order; their pages come after those of all that was there before."""
        self._joined.append(postings)

    def add_postings(self, schema: Schema, lengths: object, items: Iterable[Posting]) -> None:
        words: dict[str, list[vocabulary.Entry]] = {}
        merged = merge(_by_term(items), *self._joined, key=itemgetter(0, 1))
        for name, of_field in groupby(merged, itemgetter(0)):
            entries = words[name] = []
            self.start_field(name, schema[name])  # type: ignore[no-untyped-call]
            for term, of_term in groupby(of_field, itemgetter(1)):
                self.start_term(term)  # type: ignore[no-untyped-call]
                for _, _, pages, weights, values in of_term:
                    self._postwriter.add_all(pages, weights, values)
                entries.append(vocabulary.Entry(term, self._postwriter.count, self._postwriter.start))
                self.finish_term()  # type: ignore[no-untyped-call]
            self.finish_field()  # type: ignore[no-untyped-call]
        vocabulary.write(self._words, words)
        self.stems.write(self._stems)


def _by_term(postings: Iterable[Posting]) -> Iterator[TermPostings]:
    for (field, term), of_term in groupby(postings, itemgetter(0, 1)):
        _, _, pages, weights, values = zip(*of_term, strict=True)
        yield field, term, pages, weights, values


class ListWriter(PostingsWriter):
    """Writes lists of postings, one after the other."""

    def __init__(self, file: StructFile) -> None:
        self._file = file
        self._pages: list[int] = []
        self._weights: list[float] = []
        self._values: list[bytes] = []

    def start_postings(self, format_: Format, terminfo: W3TermInfo) -> None:
        self._pages, self._weights, self._values = [], [], []

    def written(self) -> bool:
        return bool(self._pages)

    def add_posting(self, id_: int, weight: float, vbytes: bytes, length: int | None = None) -> None:
        self._pages.append(id_)
        self._weights.append(weight)
        self._values.append(vbytes)

    def add_all(self, pages: Iterable[int], weights: Iterable[float], values: Iterable[bytes]) -> None:
        self._pages += pages
        self._weights += weights
        self._values += values

    @property
    def start(self) -> int:
        """Where in the file the list begins."""
        return int(self._file.tell())

    @property
    def count(self) -> int:
        """How many postings it has so far."""
        return len(self._pages)

    def finish_postings(self) -> W3TermInfo:
        start = self._file.tell()
        pages, weights = self._pages, self._weights
        for at in range(0, len(pages), BLOCK):
            end = at + BLOCK
            self._file.write(_block(pages[at:end], weights[at:end], self._values[at:end], end >= len(pages)))
        info = W3TermInfo(weight=sum(weights), df=len(pages), maxweight=max(weights), minid=pages[0], maxid=pages[-1])
        info.set_extent(start, self._file.tell() - start)
        return info


def _block(pages: list[int], weights: list[float], values: list[bytes], is_last: bool) -> bytes:
    if len(pages) == 1 and is_last and len(values[0]) <= _WORTHWHILE:
        # Most terms stand in one page.
        page, value = pages[0], values[0]
        return _HEAD.pack(_LAST, 1, page, _ONE.size, len(value)) + _ONE.pack(page, weights[0], len(value)) + value
    steps = [pages[0], *map(sub, pages[1:], pages)]
    first = b"".join((array("I", steps), array("f", weights), array("I", map(len, values))))
    second = b"".join(values)
    flags = _LAST if is_last else 0
    if len(first) > _WORTHWHILE:
        first, flags = compress(first, 1), flags | _FIRST_COMPRESSED
    if len(second) > _WORTHWHILE and len(smaller := compress(second, 1)) < len(second):
        second, flags = smaller, flags | _SECOND_COMPRESSED
    return _HEAD.pack(flags, len(pages), pages[-1], len(first), len(second)) + first + second


class Block(NamedTuple):
    """The pages of a block in ascending order, their weights, and where each one's value lies in the second section."""

    pages: list[int]
    weights: array[float]
    ends: list[int]


class ListReader(LeafMatcher):
    """A list of postings, block by block for us, and one by one as Whoosh reads it when it merges."""

    def __init__(self, file: StructFile, start: int, format: Format, term: Any = None) -> None:
        self._file, self._start, self.format, self._term = file, start, format, term
        self.scorer = None
        self._is_over = False
        self._at = 0
        self._open(start)

    # -- block by block

    def blocks(self) -> Iterator[Block]:
        """Every block, without the values."""
        self.reset()
        while True:
            yield self._read()
            if self._is_last:
                return
            self._open(self._next)

    def everything(self) -> tuple[list[int], list[float], list[bytes]]:
        """Pages, weights and values of the whole list."""
        pages: list[int] = []
        weights: list[float] = []
        values: list[bytes] = []
        for block in self.blocks():
            pages += block.pages
            weights += block.weights
            values += map(self._value, range(self._count))
        return pages, weights, values

    def values(self, pages: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """The values of those of ``pages`` (ascending) that are in the list; blocks without any are passed over."""
        self.reset()
        for page in pages:
            while page > self._last_page:
                if self._is_last:
                    return
                self._open(self._next)
            found = self._read()
            at = bisect_left(found.pages, page)
            if found.pages[at] == page:
                yield page, self._value(at)

    # -- one by one

    def reset(self) -> None:
        self._is_over = False
        self._open(self._start)

    def is_active(self) -> bool:
        return not self._is_over

    def id(self) -> int:
        page: int = self._read().pages[self._at]
        return page

    def weight(self) -> float:
        weight: float = self._read().weights[self._at]
        return weight

    def value(self) -> bytes:
        self._read()
        return self._value(self._at)

    def next(self) -> None:
        if self._is_over:
            raise ReadTooFar
        self._at += 1
        if self._at == self._count:
            if self._is_last:
                self._is_over = True
            else:
                self._open(self._next)

    def skip_to(self, id: int) -> None:
        if self._is_over:
            raise ReadTooFar
        while id > self._last_page:
            if self._is_last:
                self._is_over = True
                return
            self._open(self._next)
        self._at = max(self._at, bisect_left(self._read().pages, id))

    def copy(self) -> ListReader:
        return ListReader(self._file, self._start, self.format, self._term)

    # -- bytes

    def _open(self, start: int) -> None:
        head = self._file.get(start, _HEAD.size)
        self._flags, self._count, self._last_page, self._first_size, self._second_size = _HEAD.unpack(head)
        self._is_last = bool(self._flags & _LAST)
        self._sections = start + _HEAD.size
        self._next = self._sections + self._first_size + self._second_size
        self._at = 0
        self._block: Block | None = None
        self._second: bytes | None = None

    def _read(self) -> Block:
        if self._block is None:
            data = self._file.get(self._sections, self._first_size)
            if self._flags & _FIRST_COMPRESSED:
                data = decompress(data)
            size = 4 * self._count
            weights = array("f", data[size : 2 * size])
            pages, ends = (accumulate(array("I", part)) for part in (data[:size], data[2 * size :]))
            self._block = Block(list(pages), weights, list(ends))
        return self._block

    def _value(self, at: int) -> bytes:
        if self._second is None:
            data = self._file.get(self._sections + self._first_size, self._second_size)
            self._second = decompress(data) if self._flags & _SECOND_COMPRESSED else data
        ends = self._read().ends
        return self._second[ends[at - 1] if at else 0 : ends[at]]
