"""The same bytes in two readings of one page: where a passage stands once its letters are others.

Two articles of the same bytes, each with its character set, and a passage of the one in; the passage of the other
out, or None where it is not certain.  Separate because quotes are of no use here: when a page is read in another
character set, every word that mattered is spelled otherwise, and only the bytes have stayed.
"""

from __future__ import annotations

from collections.abc import Mapping

from archive_viewer.charset import encode_as
from archive_viewer.model import Article, Block

LOST = "\ufffd"
LOST_BYTE = -1


class BytePlaces:
    """Places of ``former`` in ``present``: the articles as they were cleaned, of the same page."""

    def __init__(self, former: Article, former_charset: str, present: Article, present_charset: str) -> None:
        self._former = {block.n: block for block in former.blocks}
        self._present = {block.n: block for block in present.blocks}
        self._charsets = former_charset, present_charset
        # A page of one endless paragraph may have thousands of marks, and each asks for its block twice.
        self._places: dict[int, Mapping[int, int]] = {}

    def same_block(self, n: int) -> Block | None:
        """The block of the present reading that has the bytes of the former one's block ``n``."""
        return self._present[n] if self._places_in(n) else None

    def _places_in(self, n: int) -> Mapping[int, int]:
        """The places of block ``n`` that are between letters in both readings; none where it is not the same block."""
        if n not in self._places:
            former, present = self._former.get(n), self._present.get(n)
            if former is None or present is None or former.path != present.path:
                self._places[n] = {}
            else:
                self._places[n] = _aligned(former.text, present.text, self._charsets)
        return self._places[n]

    def passage(self, read: Article, start: int, end: int, present: Article) -> tuple[int, int] | None:
        """Where the passage ``[start, end)`` of the former text, ``read``, stands in the text of ``present``.

        Both articles may be mended: their blocks are the same, and their fates are not looked at.
        """
        first = self._place(read, start, present)
        last = self._place(read, end - 1, present, behind=1)
        return (first, last) if first is not None and last is not None and first < last else None

    def _place(self, read: Article, offset: int, present: Article, behind: int = 0) -> int | None:
        block = read.block_at(offset)
        place = self._places_in(block.n).get(offset - read.starts[block.n] + behind)
        return present.starts[block.n] + place if place is not None and block.n in present.starts else None


def _aligned(one: str, other: str, charsets: tuple[str, str]) -> Mapping[int, int]:
    """Places between the letters of a text, and where the same bytes end in the other; none where bytes differ.

    A letter that is the same in both, whatever its bytes would be, was written as a character reference.
    """
    one_charset, other_charset = charsets
    places, here, there = {0: 0}, 0, 0
    while here < len(one) and there < len(other):
        if one[here] == other[there]:
            here, there = here + 1, there + 1
        else:
            mine, theirs = _bytes(one[here], one_charset), _bytes(other[there], other_charset)
            here, there = here + 1, there + 1
            while len(mine) != len(theirs):
                if len(mine) < len(theirs) and here < len(one):
                    mine, here = mine + _bytes(one[here], one_charset), here + 1
                elif len(theirs) < len(mine) and there < len(other):
                    theirs, there = theirs + _bytes(other[there], other_charset), there + 1
                else:
                    return {}
            if any(a != b and LOST_BYTE not in (a, b) for a, b in zip(mine, theirs, strict=True)):
                return {}
        places[here] = there
    return places if (here, there) == (len(one), len(other)) else {}


def _bytes(letter: str, charset: str) -> list[int]:
    """The bytes that a letter was read from; what the set does not have was one byte."""
    return [LOST_BYTE] if letter == LOST else list(encode_as(letter, charset))
