"""The same bytes in two readings of one page: where a passage stands once its letters are others.

Two articles of the same bytes, each with its character set, and a passage of the one in; the passage of the other
out, or None where it is not certain.  Separate because quotes are of no use here: when a page is read in another
character set, every word that mattered is spelled otherwise, and only the bytes have stayed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from archive_viewer.charset import encode_as
from archive_viewer.model import Article, Block

LOST = "\ufffd"


class BytePlaces:
    """Places of ``former`` in ``present``: the articles as they were cleaned, of the same page."""

    def __init__(self, former: Article, former_charset: str, present: Article, present_charset: str) -> None:
        self._former = {block.n: block for block in former.blocks}
        self._present = {block.n: block for block in present.blocks}
        self._charsets = former_charset, present_charset
        # A page of one endless paragraph may have thousands of marks, and each asks for its block twice.
        self._same: dict[int, Block | None] = {}
        self._ends: dict[int, tuple[list[int], list[int]]] = {}

    def same_block(self, n: int) -> Block | None:
        """The block of the present reading that has the bytes of the former one's block ``n``."""
        if n not in self._same:
            self._same[n] = self._compared(n)
        return self._same[n]

    def _compared(self, n: int) -> Block | None:
        former, present = self._former.get(n), self._present.get(n)
        if former is None or present is None or former.path != present.path:
            return None
        before, after = self._charsets
        return present if _have_same_bytes(former.text, before, present.text, after) else None

    def passage(self, read: Article, start: int, end: int, present: Article) -> tuple[int, int] | None:
        """Where the passage ``[start, end)`` of the former text, ``read``, stands in the text of ``present``.

        Both articles may be mended: their blocks are the same, and their fates are not looked at.
        """
        first = self._place(read, start, present)
        last = self._place(read, end - 1, present, behind=1)
        return (first, last) if first is not None and last is not None and first < last else None

    def _place(self, read: Article, offset: int, present: Article, behind: int = 0) -> int | None:
        block = read.block_at(offset)
        there = self.same_block(block.n)
        if there is None or there.n not in present.starts:
            return None
        if block.n not in self._ends:
            before, after = self._charsets
            self._ends[block.n] = _ends(block.text, before), _ends(there.text, after)
        ends_before, ends_now = self._ends[block.n]
        passed = ends_before[offset - read.starts[block.n] + behind]
        place = bisect_left(ends_now, passed)
        is_between_letters = place < len(ends_now) and ends_now[place] == passed
        return present.starts[there.n] + place if is_between_letters else None


def _ends(text: str, charset: str) -> list[int]:
    """How many bytes were read before each letter of a text, and in all."""
    return list(accumulate((len(_bytes(letter, charset)) for letter in text), initial=0))


def _have_same_bytes(one: str, one_charset: str, other: str, other_charset: str) -> bool:
    """Whether two texts were read from the same bytes, as far as they tell."""
    pairs = zip(_bytes(one, one_charset), _bytes(other, other_charset), strict=False)
    unknown = {at for text, charset in ((one, one_charset), (other, other_charset)) for at in _lost(text, charset)}
    is_same = all(a == b or at in unknown for at, (a, b) in enumerate(pairs))
    return is_same and len(_bytes(one, one_charset)) == len(_bytes(other, other_charset))


def _lost(text: str, charset: str) -> Iterator[int]:
    """The places of the bytes that a reading has lost."""
    place = 0
    for known in text.split(LOST)[:-1]:
        place += len(_bytes(known, charset))
        yield place
        place += 1


def _bytes(text: str, charset: str) -> bytes:
    """The bytes that a text was read from; what the set does not have was one byte."""
    return encode_as(text.replace(LOST, "?"), charset)
