"""Marks that came along: the marked stretches of a page's blocks become marks with two ends.

A page as it was walked, and its blocks with their fates, in; marks in page order, and sentences about what does not
stand as it did, out.  Separate from the walk because where a mark stands is known only when it is known what is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive_viewer import limits
from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.markers import CUT, Marker
from archive_viewer.model import STRIPPED_WORDS, STRIPPED_WORDS_OF_SEVERAL, Block, BlockPoint, ForeignMark, Kind

BESIDE = "beside this paragraph"
ON_THE_PAGE = "on the page as a whole"
"""What is said of a note that was on no words of the page; a mark needs some to stand on: a block, or the title."""


class _Part(NamedTuple):
    """Marked characters ``[start, end)`` of one block."""

    block: Block
    start: int
    end: int


def gather(page: Page, blocks: Sequence[Block]) -> tuple[tuple[ForeignMark, ...], tuple[str, ...]]:
    """The marks of a page by where they begin, and what is to be said of those that were not taken in as they were."""
    if not page.markers and not page.notes and not page.marks_left_out:
        return (), ()
    between = _Between(blocks)
    parts = _parts(page, blocks)
    marks: list[ForeignMark] = []
    cut_off = 0
    for number, marker in enumerate(page.markers):
        for run in _runs(marker, parts[number], between):
            kept = [part for part in run if part.block.is_kept]
            cut_off += 0 < len(kept) < len(run)
            marks.append(_mark(marker, marker.origin, kept or run))
        if not parts[number] and marker.note:  # its words are not shown, but it says something
            marks.append(_mark(marker, marker.origin, []))
    # Where nothing is kept, a note waits with what is stripped.
    shown = [block for block in blocks if block.is_kept and block.text] or [block for block in blocks if block.text]
    for marker, beside in page.notes:
        block = _nearest(shown, beside) if beside >= 0 else _beginning(shown)
        where = BESIDE if beside >= 0 else ON_THE_PAGE
        marks.append(_mark(marker, f"{marker.origin} {where}", [_Part(block, 0, len(block.text))] if block else []))
    left_out = page.marks_left_out + max(0, len(marks) - limits.MARKS)
    marks = sorted(marks[: limits.MARKS], key=_place)
    return tuple(marks), tuple(_warnings(marks, cut_off, left_out, blocks))


def _place(mark: ForeignMark) -> tuple[int, int]:
    return (mark.first.n, mark.first.offset) if mark.first is not None else (0, 0)


def _mark(marker: Marker, origin: str, parts: Sequence[_Part]) -> ForeignMark:
    first, last = (parts[0], parts[-1]) if parts else (None, None)
    return ForeignMark(
        creator=marker.creator,
        origin=origin,
        colour=marker.colour,
        note=marker.note,
        created_at=marker.created_at,
        first=BlockPoint(first.block.n, first.start) if first is not None else None,
        last=BlockPoint(last.block.n, last.end) if last is not None else None,
    )


# -- marks on words ------------------------------------------------------------------------------------------------


def _parts(page: Page, blocks: Sequence[Block]) -> defaultdict[int, list[_Part]]:
    """The parts of each mark in page order, without the blanks at their ends."""
    parts: defaultdict[int, list[_Part]] = defaultdict(list)
    for draft, block in zip(page.drafts, blocks, strict=True):
        for start, end, number in draft.stretches:
            words = block.text[start:end]
            start += len(words) - len(words.lstrip())
            end -= len(words) - len(words.rstrip())
            if start < end:
                parts[number].append(_Part(block, start, end))
    return parts


def _runs(marker: Marker, parts: Sequence[_Part], between: _Between) -> Iterator[list[_Part]]:
    """Parts that adjoin, together: one mark.  An id that comes again elsewhere in the page is another."""
    if marker.covers_block and parts:
        block = next((part.block for part in parts if part.block.is_kept), parts[0].block)
        yield [part for part in parts if part.block is block]
        return
    run: list[_Part] = []
    for part in parts:
        if run and between.has_words(run[-1], part):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


class _Between:
    """Whether words stand between two parts: pictures and signs that only a reader sees do not divide a mark."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._next_with_words = [len(blocks)] * (len(blocks) + 1)
        for i in range(len(blocks) - 1, -1, -1):
            self._next_with_words[i] = i if _has_words(blocks[i].text) else self._next_with_words[i + 1]

    def has_words(self, one: _Part, other: _Part) -> bool:
        if one.block is other.block:
            return _has_words(one.block.text[one.end : other.start])
        if self._next_with_words[one.block.n] < other.block.n - 1:  # n counts from 1: the block after, and before
            return True
        return _has_words(one.block.text[one.end :]) or _has_words(other.block.text[: other.start])


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


# -- notes on no words ---------------------------------------------------------------------------------------------


def _nearest(shown: Sequence[Block], index: int) -> Block | None:
    """The block at an index of the page, or the last before it, or else the first, of those that are ``shown``."""
    before = bisect_right(shown, index + 1, key=lambda block: block.n)  # n counts from 1
    return shown[max(0, before - 1)] if shown else None


def _beginning(shown: Sequence[Block]) -> Block | None:
    return next((block for block in shown if block.kind is Kind.TITLE), next(iter(shown), None))


# -- what is said of them ------------------------------------------------------------------------------------------


def _warnings(marks: Sequence[ForeignMark], cut_off: int, left_out: int, blocks: Sequence[Block]) -> Iterator[str]:
    kept = {block.n for block in blocks if block.is_kept}
    unplaced = sum(mark.first is None for mark in marks)
    stripped = sum(mark.first is not None and mark.first.n not in kept for mark in marks)
    long = sum(mark.note.endswith(CUT) and len(mark.note) > limits.MARK_NOTE_CHARACTERS for mark in marks)
    if stripped:
        what_to_do = STRIPPED_WORDS if stripped == 1 else STRIPPED_WORDS_OF_SEVERAL
        yield f"{_marks(stripped)} came along on stripped words.  {what_to_do}"
    if unplaced:
        yield f"{_marks(unplaced)} came along on words that are not in the text: without a place for now, and kept."
    if cut_off:
        yield f"{_marks(cut_off)} came along on words of which a part was stripped: it stands on those that were kept."
    if long:
        yield f"{_marks(long)} came along with a note too long to be kept whole: the stored file has all of it."
    if left_out:
        yield f"This page brings more marks than are taken in: {left_out:,} are in the stored file only."


def _marks(count: int) -> str:
    return f"{count:,} mark{'' if count == 1 else 's'}"
