"""Which segments of the index are merged, and how: Whoosh's list of segments in, those to keep beside the new one out.

Every commit leaves a segment, and every segment is looked into for every word of a query.  Merging all of them each
time they are too many would write the whole index again and again; merging the small ones, and a larger one only when
the small ones together outweigh it, writes each page a number of times that grows with the logarithm of their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import Storage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from archive_viewer.search import stems, vocabulary
from archive_viewer.search.languages import algorithm
from archive_viewer.search.postings import Codec, FieldWriter, ListReader, TermPostings
from archive_viewer.search.schema import Document, Places, row
from archive_viewer.search.stems import StemFile
from archive_viewer.search.vocabulary import Vocabulary


class Writer(SegmentWriter):
    """Whoosh's writer, which merges the sorted lists of segments instead of sorting all postings anew."""

    fieldwriter: FieldWriter

    def __init__(self, index: FileIndex) -> None:
        """
        :raises LockError: another process has been writing for ten seconds.
        """
        # A batch of two thousand pages takes up to 400 MB; what is more is sorted on the disk, ten times as slowly.
        # Segments of one file ("compound") are copied into memory each time they are opened.
        super().__init__(index, timeout=10.0, limitmb=512, compound=False, codec=Codec())  # type: ignore[no-untyped-call]

    def add_page(self, document: Document) -> None:
        name = algorithm(document.language)
        seen = self.fieldwriter.stems.chunks(name) if name else None
        self.add_document(**row(document, seen))  # type: ignore[no-untyped-call]

    def add_postings_to_pool(self, reader: SegmentReader, startdoc: int, docmap: Mapping[int, int] | None) -> None:
        """``docmap``: the new numbers of the pages that stay; None: all do, from ``startdoc`` on."""
        segment = reader.segment()
        if segment is not None:
            pages = docmap if docmap is not None else range(startdoc, startdoc + segment.doc_count_all())
            self.fieldwriter.join(_lists(self.storage, segment, pages))
            name = segment.make_filename(stems.EXTENSION)
            self.fieldwriter.stems.join(StemFile(self.storage.open_file(name), self.storage.file_length(name)))


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


def _lists(storage: Storage, segment: Segment, moved: Mapping[int, int] | range) -> Iterator[TermPostings]:
    """The postings of a segment in the order of fields and terms, with the new numbers of their pages."""
    name = segment.make_filename(vocabulary.EXTENSION)
    words = Vocabulary(storage.open_file(name), storage.file_length(name))
    file = storage.open_file(segment.make_filename(Codec.POSTS_EXT))
    for field in words.fields():
        for entry in words.beginning(field, ""):
            pages, weights, values = ListReader(file, entry.start, Places()).everything()
            if isinstance(moved, range):
                yield field, entry.word, [moved[page] for page in pages], weights, values
            elif kept := [n for n, page in enumerate(pages) if page in moved]:
                yield (
                    field,
                    entry.word,
                    [moved[pages[n]] for n in kept],
                    [weights[n] for n in kept],
                    [values[n] for n in kept],
                )
