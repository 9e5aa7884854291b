"""How the postings of a term lie on disk: Whoosh's codec, with lists of our own that are read at once.

Whoosh writes its lists as pickles and reads a posting at a time, through four method calls each.  Here a list is a few
packed numbers (``lists``): one of ten thousand pages is read in less than a millisecond instead of twenty, and nothing
is unpickled.  Segments are merged by whole stretches of their terms, where Whoosh takes each posting out, sorts all of
them, on the disk if they are many, and puts each in again.  Only the hooks that a codec offers are used; the
dictionary of terms is ``vocabulary``, the columns are Whoosh's.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate, groupby
from operator import itemgetter

import numpy as np
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import Schema
from whoosh.filedb.filestore import Storage

from archive_viewer.search import stems, vocabulary
from archive_viewer.search.dictionary import TermsReader
from archive_viewer.search.lists import Lists, Source, Whole, encoded, merged
from archive_viewer.search.vocabulary import Listed

Posting = tuple[str, bytes, int, float, bytes]
"""Field, term, page, weight, value: as Whoosh hands them over, in this order."""


class Codec(W3Codec):
    """Whoosh's codec with other lists of postings and another dictionary."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def field_writer(self, storage: Storage, segment: Segment) -> FieldWriter:
        return FieldWriter(storage, segment)

    def terms_reader(self, storage: Storage, segment: Segment) -> TermsReader:
        return TermsReader(storage, segment)


class FieldWriter:
    """Writes the postings of a segment, as Whoosh's writer hands them over, and what was joined to them."""

    def __init__(self, storage: Storage, segment: Segment) -> None:
        self._words = segment.create_file(storage, vocabulary.EXTENSION)
        self._file = segment.create_file(storage, Codec.POSTS_EXT)
        self._stems = segment.create_file(storage, stems.EXTENSION)
        self.stems = stems.Record()
        self._sources: dict[str, list[Source]] = {}
        self.is_closed = False

    def join(self, field: str, source: Source) -> None:
        """Write these, too; their pages come after those of all that was there before."""
        self._sources.setdefault(field, []).append(source)

    def add_postings(self, schema: Schema, lengths: object, items: Iterable[Posting]) -> None:
        for field, of_field in groupby(items, itemgetter(0)):
            self._sources.setdefault(field, []).insert(0, Whole(_gathered(of_field)))
        for field in sorted(self._sources):
            vocabulary.write(self._words, field, self._written(self._sources[field]))
        self.stems.write(self._stems)

    def _written(self, sources: list[Source]) -> Listed:
        words: list[bytes] = []
        counts, starts = array("I"), array("Q", [self._file.tell()])
        for some in merged(sources):
            written = encoded(some)
            self._file.write(b"".join(written))
            words += some.terms
            counts.frombytes(some.counts.astype(np.uint32).tobytes())
            starts.extend(accumulate(map(len, written), initial=starts.pop()))
        return Listed(words, counts, starts)

    def close(self) -> None:
        self._words.close()
        self._file.close()
        self._stems.close()
        self.is_closed = True


def _gathered(postings: Iterable[Posting]) -> Lists:
    terms: list[bytes] = []
    counts: list[int] = []
    found: list[Posting] = []
    for term, of_term in groupby(postings, itemgetter(1)):
        terms.append(term)
        before = len(found)
        found += of_term
        counts.append(len(found) - before)
    return Lists(
        terms,
        np.array(counts, np.int64),
        np.array([posting[2] for posting in found], np.uint32),
        np.array([posting[3] for posting in found], np.float32),
        np.array([len(posting[4]) for posting in found], np.uint32),
        b"".join([posting[4] for posting in found]),
    )
