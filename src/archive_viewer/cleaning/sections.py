"""Sections: which neighbouring blocks a person means who says "this whole section".

An article and a paragraph number in, the numbers of the blocks that share its fate with it out.  Separate from mending,
which lays decisions over blocks and does not ask why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archive_viewer.errors import UnknownParagraph
from archive_viewer.model import Article, Block, Decider, Kind

_HEADINGS = (Kind.TITLE, Kind.HEADING)


def section_of(article: Article, n: int) -> range:
    """The paragraph numbers of the section that block ``n`` stands in; they follow each other, and ``n`` is among them.

    All blocks of it have the same fate, and stripped ones the same reason.  What was stripped is one section as far
    as the largest element goes that holds nothing else: a whole menu with its submenus.  What was kept is one as far
    as the smallest element goes that holds more than this block, and no further than its heading reaches: a list, a
    box, the paragraphs between two headings.  Neighbours that a person put back, or took out, go together again.

    :raises UnknownId: the article has no such block.
    """
    if not 1 <= n <= len(article.blocks):
        raise UnknownParagraph(n)
    blocks, here = article.blocks, n - 1
    run, mended = _run(blocks, here), _mended(blocks, here)
    if blocks[here].decided_by is Decider.PERSON and mended[1] - mended[0] > 1:
        first, last = _largest(blocks, here, mended)
    elif blocks[here].is_kept:
        first, last = _under_heading(blocks, _smallest(blocks, here, run), here)
    else:
        first, last = _largest(blocks, here, run)
    return range(first + 1, last + 1)


Stretch = tuple[int, int]
"""Positions ``[first, last)`` of blocks."""


def _run(blocks: Sequence[Block], here: int) -> Stretch:
    """The neighbours with the same fate for the same reason."""
    meant = (blocks[here].fate, blocks[here].reason)
    return _stretch(blocks, here, lambda block: (block.fate, block.reason) == meant)


def _mended(blocks: Sequence[Block], here: int) -> Stretch:
    """Those of them for which a person decided so, as for this one."""
    meant = (blocks[here].fate, blocks[here].reason, Decider.PERSON)
    return _stretch(blocks, here, lambda block: (block.fate, block.reason, block.decided_by) == meant)


def _stretch(blocks: Sequence[Block], here: int, belongs: Callable[[Block], bool]) -> Stretch:
    """This block, and those next to it and to each other that belong to it."""
    first, last = here, here + 1
    while first > 0 and belongs(blocks[first - 1]):
        first -= 1
    while last < len(blocks) and belongs(blocks[last]):
        last += 1
    return first, last


def _around(blocks: Sequence[Block], here: int, outer: str) -> Stretch:
    """The blocks next to each other that stand in the element with this path (empty: in the page)."""

    def is_inside(block: Block) -> bool:
        return not outer or block.path == outer or block.path.startswith(f"{outer}/")

    return _stretch(blocks, here, is_inside)


def _outwards(path: str) -> list[str]:
    """The path of an element and of those around it, the innermost first."""
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]


def _largest(blocks: Sequence[Block], here: int, run: Stretch) -> Stretch:
    found = (here, here + 1)
    for outer in _outwards(blocks[here].path):
        around = _around(blocks, here, outer)
        if around[0] < run[0] or around[1] > run[1]:
            # Alone in its element: what stands beside it there is as near to it as anything.
            return found if found != (here, here + 1) else _shared(around, run)
        found = around
    return found


def _smallest(blocks: Sequence[Block], here: int, run: Stretch) -> Stretch:
    for outer in _outwards(blocks[here].path):
        shared = _shared(_around(blocks, here, outer), run)
        if shared != (here, here + 1):
            return shared
    return run


def _shared(one: Stretch, other: Stretch) -> Stretch:
    return max(one[0], other[0]), min(one[1], other[1])


def _under_heading(blocks: Sequence[Block], within: Stretch, here: int) -> Stretch:
    """As far as the nearest heading reaches: to the next one of its rank or a higher one."""
    first, last = within
    headings = [position for position in range(first, last) if blocks[position].kind in _HEADINGS]
    own = max((position for position in headings if position <= here), default=None)
    if own is None:
        return first, min(headings, default=last)
    rank = blocks[own].level
    end = min((position for position in headings if position > own and blocks[position].level <= rank), default=last)
    return own, end
