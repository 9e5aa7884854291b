"""Which segments of the index are merged, and how: Whoosh's list of segments in, those to keep beside the new one out.

Every commit leaves a segment, and every segment is looked into for every word of a query.  Merging all of them each
time they are too many would write the whole index again and again; merging the small ones, and a larger one only when
the small ones together outweigh it, writes each page a number of times that grows with the logarithm of their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from archive_viewer.search import forms, stems
from archive_viewer.search.dictionary import opened
from archive_viewer.search.gathering import MANY, Gathering
from archive_viewer.search.languages import algorithm
from archive_viewer.search.list_reader import SegmentLists
from archive_viewer.search.lists import Lists, Source, Whole, chosen
from archive_viewer.search.postings import Codec, FieldWriter
from archive_viewer.search.schema import Document, row, words


class Writer(SegmentWriter):
    """Whoosh's writer, which gathers words by the batch, and merges the sorted lists of segments instead of sorting
    all postings anew."""

    fieldwriter: FieldWriter

    def __init__(self, index: FileIndex) -> None:
        """
        :raises LockError: another process has been writing for ten seconds.
        """
        # Segments of one file ("compound") are copied into memory each time they are opened.
        super().__init__(index, timeout=10.0, limitmb=512, compound=False, codec=Codec())  # type: ignore[no-untyped-call]
        self._gathering: Gathering | None = None
        self._rows: list[dict[str, Any]] = []

    def take(self, document: Document) -> None:
        """Add a page; ``hand_over`` must follow before anything else is done."""
        gathering = self._gathering = self._gathering or Gathering()
        page = self.docnum + len(self._rows)
        name = algorithm(document.language)
        for field, parts in words(document).items():
            gathering.add(field, page, parts, name if field in forms.FIELDS else "")
        self._rows.append(row(document))
        if gathering.held >= MANY:
            self.hand_over()

    def hand_over(self) -> None:
        """Write what was taken."""
        if self._gathering is None:
            return
        for name, lines in self._gathering.stems().items():
            self.fieldwriter.stems.add(name, lines)
        lists, lengths = self._gathering.lists()
        texts, abouts = lengths.get("text", {}), lengths.get("about", {})
        for own in self._rows:
            page = self.docnum
            self.add_document(**own, text_length=texts.get(page, 0), about_length=abouts.get(page, 0))  # type: ignore[no-untyped-call]
        for field, found in lists.items():
            self.fieldwriter.join(field, Whole(found))
        self._gathering, self._rows = None, []

    def finish(self, most: int) -> None:
        """Commit; merge segments if there are more than ``most``."""
        self.commit(mergetype=lambda writer, found: merge(writer, found, most))  # type: ignore[no-untyped-call]

    def add_postings_to_pool(self, reader: SegmentReader, startdoc: int, docmap: Mapping[int, int] | None) -> None:
        """``docmap``: the new numbers of the pages that stay; None: all do, from ``startdoc`` on."""
        segment = reader.segment()
        if segment is None:
            return
        count = segment.doc_count_all()
        pages = np.full(count, -1)
        if docmap is None:
            pages[:] = np.arange(startdoc, startdoc + count)
        else:
            pages[list(docmap)] = list(docmap.values())
        listed, file = opened(self.storage, segment)
        for field in listed.fields():
            self.fieldwriter.join(field, _Renumbered(SegmentLists(listed.all(field), file), pages))
        self.fieldwriter.stems.join(stems.opened(self.storage, segment))


class _Renumbered:
    """Lists in which the pages have other numbers, or have gone."""

    def __init__(self, source: Source, pages: NDArray[np.int64]) -> None:
        self._source, self._pages = source, pages
        self.terms: Sequence[bytes] = source.terms
        self.counts = source.counts

    def lists(self, first: int, last: int) -> Lists:
        return chosen(self._source.lists(first, last), self._pages)


def merge(writer: SegmentWriter, segments: list[Segment], most: int) -> list[Segment]:
    """Hand to ``writer`` what is to be merged, if there are more than ``most`` segments; gives those that stay.

    Of these, half are then left, or fewer.  A segment without a page left in it goes without being read.
    """
    full = sorted((segment for segment in segments if segment.doc_count()), key=Segment.doc_count)
    if len(full) <= most and not (most == 1 and any(segment.has_deletions() for segment in full)):
        return full
    taken = len(full) - most // 2
    pages = sum(segment.doc_count() for segment in full[:taken])
    while taken < len(full) and full[taken].doc_count() <= pages:
        pages += full[taken].doc_count()
        taken += 1
    for segment in full[:taken]:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return full[taken:]
