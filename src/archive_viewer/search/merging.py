"""Which segments of the index are merged: Whoosh's list of segments in, those to keep beside the new one out.

Every commit leaves a segment, and every segment is looked into for every word of a query.  Merging all of them each
time they are too many would write the whole index again and again; merging the small ones, and a larger one only when
the small ones together outweigh it, writes each page a number of times that grows with the logarithm of their number.
"""

from __future__ import annotations

from whoosh.codec.base import Segment
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter


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
