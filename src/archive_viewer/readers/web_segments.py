"""Records in several segments: the block of the first, and of its continuations behind it.

A record and what follows it in, one block out.  ISO 28500, section 7: a record may be split where a file would grow
too large; its continuations name the first by its id, and the last states the length of all.  Separate because most
programs never do it, and nothing else needs to know.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive_viewer import limits
from archive_viewer.readers.warc_records import Block, Record, Records


def join_segments(first: Record, block: Block, following: Iterable[tuple[Record, Records]], most: int) -> Block:
    """``block`` with what its continuations hold, up to ``most`` bytes; as it is when it has none.

    ``following`` are the records behind it, each with what reads its block; no more than a page's surroundings are
    looked through.  A block of which a segment is missing is cut.
    """
    if first.field("warc-segment-number") != "1" or block.is_long or block.is_cut:
        return block
    pieces, length, wanted, passed = [block.data], len(block.data), 2, 0
    for record, records in following:
        passed += record.length
        is_next = (
            record.kind == "continuation"
            and record.field("warc-segment-origin-id") == first.field("warc-record-id")
            and record.field("warc-segment-number") == str(wanted)
        )
        if is_next:
            piece = records.read_block(most - length)
            pieces.append(piece.data)
            length += len(piece.data)
            wanted += 1
            if piece.is_long or piece.is_cut or record.field("warc-segment-total-length"):
                return Block(b"".join(pieces), piece.is_long, piece.is_cut)
        elif passed > limits.WARC_NEIGHBOURHOOD:
            break
    return Block(b"".join(pieces), is_cut=True)
