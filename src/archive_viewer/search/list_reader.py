"""Reading lists of postings: a place in a file in, arrays of pages, weights and places out (``lists`` has the form).

Separate from ``postings``, which writes them, because searching needs no more than this.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Format
from whoosh.matching.mcore import LeafMatcher, ReadTooFar

from archive_viewer.search.lists import HEAD, LENGTHS, STEPS, WEIGHED, WIDTHS, Lists, decoded, usual
from archive_viewer.search.vocabulary import Listed

_AT_ONCE = 1 << 16
"""Bytes of values that are read as one, however few are wanted."""

_FEW = 8
"""How many times more bytes there must be than are wanted to look up each value by itself."""


class ListReader(LeafMatcher):
    """A list of postings: whole for us, and one by one for those parts of Whoosh that read so."""

    def __init__(self, file: StructFile, start: int, format: Format, term: Any = None) -> None:
        self._file, self._start, self.format, self._term = file, start, format, term
        self.scorer = None
        self._at = 0
        self._lengths: NDArray[np.uint32] | None = None
        flags, self.count, self._first, self._size = np.frombuffer(file.get(start, HEAD.itemsize), HEAD)[0].tolist()
        self._is_weighed = bool(flags & WEIGHED)
        several = self.count > 1
        self._step_width, self._length_width = WIDTHS[flags & STEPS], WIDTHS[(flags & LENGTHS) >> 2] * several
        numbers = (self.count - 1) * self._step_width + self.count * (self._length_width + 4 * self._is_weighed)
        self._values_at = start + HEAD.itemsize + numbers
        self._numbers = numbers
        self._pages: NDArray[np.uint32] | None = None
        self._weights: NDArray[np.float32] | None = None

    # -- all at once

    @property
    def pages(self) -> NDArray[np.uint32]:
        """In ascending order."""
        if self._pages is None:
            self._read()
        assert self._pages is not None
        return self._pages

    @property
    def weights(self) -> NDArray[np.float32]:
        if self._weights is None:
            self._read()
        assert self._weights is not None
        return self._weights

    def values(self, wanted: NDArray[np.bool_]) -> tuple[NDArray[np.uint32], bytes]:
        """The lengths of the values of the ``wanted`` postings, and the values, one after the other."""
        self._read()
        assert self._lengths is not None
        lengths = self._lengths
        at = wanted.nonzero()[0]
        if not len(at):
            return lengths[:0], b""
        own = lengths[at]
        ends = np.cumsum(lengths, dtype=np.int64)[at]
        first, last = int(at[0]), int(at[-1]) + 1
        start, size = self._values_at + int(ends[0] - own[0]), int(ends[-1] - ends[0] + own[0])
        if len(at) == last - first:
            return own, self._file.get(start, size)
        if size < _AT_ONCE or int(own.sum(dtype=np.int64)) * _FEW > size:
            data = np.frombuffer(self._file.get(start, size), np.uint8)
            return own, data[np.repeat(wanted[first:last], lengths[first:last])].tobytes()
        spans = zip((ends - own + self._values_at).tolist(), own.tolist(), strict=True)
        return own, b"".join([self._file.get(start, length) for start, length in spans])

    def _read(self) -> None:
        if self._lengths is not None:
            return
        data = self._file.get(self._start + HEAD.itemsize, self._numbers)
        count, at = self.count, (self.count - 1) * self._step_width
        pages = np.empty(count, np.uint32)
        pages[0] = self._first
        if count > 1:
            pages[1:] = np.frombuffer(data, f"u{self._step_width}", count - 1)
            np.cumsum(pages, out=pages)
            lengths = np.frombuffer(data, f"u{self._length_width}", count, at).astype(np.uint32)
        else:
            lengths = np.array([self._size], np.uint32)
        at += count * self._length_width
        weights = np.frombuffer(data, np.float32, count, at) if self._is_weighed else usual(lengths)
        self._pages, self._weights, self._lengths = pages, weights, lengths

    # -- one by one

    def reset(self) -> None:
        self._at = 0

    def is_active(self) -> bool:
        return self._at < int(self.count)

    def id(self) -> int:
        return int(self.pages[self._at])

    def weight(self) -> float:
        return float(self.weights[self._at])

    def value(self) -> bytes:
        wanted = np.zeros(self.count, np.bool_)
        wanted[self._at] = True
        return self.values(wanted)[1]

    def next(self) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at = max(self._at, int(np.searchsorted(self.pages, id)))

    def copy(self) -> ListReader:
        found = ListReader(self._file, self._start, self.format, self._term)
        found._at = self._at
        return found


class SegmentLists:
    """The lists of one field of a segment, for merging."""

    def __init__(self, listed: Listed, file: StructFile) -> None:
        self.terms, self._file = listed.words, file
        self.counts = np.array(listed.counts, np.int64)
        self._starts = np.array(listed.starts, np.int64)

    def lists(self, first: int, last: int) -> Lists:
        start, end = int(self._starts[first]), int(self._starts[last])
        return decoded(self.terms[first:last], self._file.get(start, end - start), self._starts[first:last] - start)
