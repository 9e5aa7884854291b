"""Where the blocks of an article stand in another cleaning of the same page, and the marks with them.

Two articles in; for a block or a mark of the former the same in the present one out, or nothing where that is not
certain.  Separate from the search for a mark's words, which finds the likeliest place: here nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from archive_viewer import anchoring
from archive_viewer.model import AnchorState, Annotation, Article, Block, BlockPoint, Target
from archive_viewer.text import digest


class BlockPlaces:
    """A text is the same block where both articles have it equally often: the first is the first, and so on."""

    def __init__(self, former: Article, present: Article) -> None:
        self._former_sha256 = former.blocks_sha256
        there = _positions(present.blocks)
        self._same: dict[int, int] = {}
        for text, positions in _positions(former.blocks).items():
            if len(there[text]) == len(positions):
                self._same.update(zip(positions, there[text], strict=True))

    def same_block(self, n: int) -> int | None:
        """The paragraph number that the former article's block ``n`` has in the present one."""
        return self._same.get(n)

    def carry(self, mark: Annotation, found: anchoring.Resolution, read: Article, present: Article) -> Annotation:
        """A mark with its place in ``present``; as it was, where its place was not certain or its blocks are no more.

        ``found`` is where it stood in ``read``, the former article as it was read, mends and all.  A mark whose ends
        are stripped now is carried too: it waits, and stands where it stood as soon as they are put back.
        """
        points = self._points(mark.target, found, read)
        if points is None:
            return mark
        first, last = (self._same.get(point.n) for point in points)
        if first is None or last is None or first > last:
            return mark
        ends = BlockPoint(first, points[0].offset), BlockPoint(last, points[1].offset)
        exact = anchoring.describe_blocks(present, *ends)
        if exact.quote.exact == mark.target.quote.exact:
            return replace(mark, target=exact)
        # What lies between its ends is not what it was: its words stay those that the person marked.
        kept = replace(mark.target, first=ends[0], last=ends[1], blocks_sha256=present.blocks_sha256, text_sha256="")
        return replace(mark, target=kept)

    def _points(
        self, target: Target, found: anchoring.Resolution, read: Article
    ) -> tuple[BlockPoint, BlockPoint] | None:
        if target.blocks_sha256 == self._former_sha256:
            return (target.first, target.last) if target.first.n else None
        if found.state is not AnchorState.PLACED or found.start is None or found.end is None:
            return None
        first, last = read.block_at(found.start), read.block_at(found.end - 1)
        return (
            BlockPoint(first.n, found.start - read.starts[first.n]),
            BlockPoint(last.n, found.end - read.starts[last.n]),
        )


def _positions(blocks: Sequence[Block]) -> defaultdict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for block in blocks:
        found[digest(block.text)].append(block.n)
    return found
