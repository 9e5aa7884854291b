"""A concordance: every place of an answer as one line of one table, gathered, filtered, put in order.

Pages with their passages in; lines out, by their number in the order that is wished.  It is separate from what gathers
them, because here is decided what comes before what: two lines are compared by the word nearest the match, then by the
next one, and so on, each under the form by which it is searched, so that case, accents and vowel points do not part
what belongs together.  Before and after are meant as the text is read, whichever way it is written; scripts without
spaces are compared character by character.

A hundred thousand lines are kept in some twenty bytes each beside their words; what they are ordered by is made when
it is wanted, and dropped again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias, get_args

from archive_viewer import limits
from archive_viewer.edtf_dates import earliest_day
from archive_viewer.model import ConcordanceLine, ConcordancePage, Passage
from archive_viewer.search.chunks import chunks
from archive_viewer.search.clusters import clusters
from archive_viewer.search.compounds import MEMO
from archive_viewer.text import fold

Sort: TypeAlias = Literal["page", "before", "match", "after", "date"]
"""By the pages as they answer best and the places in them; by the words before, of, or after the match; by publication
date, or capture date where that is not known.  What is the same stays in the order of the pages."""

SORTS: tuple[Sort, ...] = get_args(Sort)

STEP = 500
"""Lines that are gone through at once: ten milliseconds, after which something else may be more urgent."""

_NEXT = "\x01"
"""Between words that are compared one after the other: before every letter, so that “sea” comes before “seal”."""

_UNDATED = "~"
"""Behind every date."""


def words(text: str) -> Iterator[str]:
    """The words of a text as they are compared; compounds are one, of scripts without spaces each character is."""
    for _, chunk, is_run in chunks(text, 0, len(text)):
        if is_run:
            yield from filter(None, map(fold, clusters(chunk)))
            continue
        known = MEMO[chunk]
        if isinstance(known, str):
            yield known
            continue
        reached = 0
        for token in sorted(known, key=lambda token: (token.position, -token.width)):
            if token.position >= reached:
                yield token.term
                reached = token.position + token.width


def sort_key(before: str, match: str, after: str, sort: Sort) -> str:
    """By what a line is compared with others in one of the three orders by words."""
    match sort:
        case "before":
            return _NEXT.join(reversed(list(words(before))))
        case "after":
            return _NEXT.join(words(after))
        case "match":
            return _NEXT.join((*words(match), "", *words(after)))
    raise ValueError(f"“{sort}” is no order by words.")


def date_key(page: ConcordancePage) -> str:
    """By what a page is compared with others in the order of time."""
    return earliest_day(page.published) or page.captured_at or _UNDATED


class Concordance:
    """Lines, and the order in which they are shown.

    ``add`` takes a page's passages as long as there is room; ``arrange`` filters and orders what there is by then.
    ``pages_found``: how many pages answer; ``pages_read``: how many of them were gone through.
    """

    def __init__(self, most: int = limits.CONCORDANCE_LINES) -> None:
        self.pages_found = self.pages_read = 0
        self.is_cut = False
        """There are more passages than there was room for."""
        self._most = min(most, limits.CONCORDANCE_LINES)
        self._characters = limits.CONCORDANCE_CHARACTERS
        self._pages: list[ConcordancePage] = []
        self._texts: list[str] = []
        self._page_of, self._starts = array("I"), array("I")
        self._match_at, self._match_length = array("I"), array("I")
        self._order = array("I")

    # -- gathering ----------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """For how many more lines there is room."""
        return self._most - len(self._texts) if self._characters > 0 else 0

    @property
    def gathered(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._texts)

    @property
    def pages(self) -> int:
        """How many pages they stand in."""
        return len(self._pages)

    def add(self, page: ConcordancePage, passages: Sequence[Passage]) -> None:
        """Take a page's passages, in the order of its text, as many as there is room for."""
        for count, passage in enumerate(passages):
            if not self.room:
                self.is_cut = True
                break
            if not count:
                self._pages.append(page)
            text = passage.before + passage.match + passage.after
            self._texts.append(text)
            self._page_of.append(len(self._pages) - 1)
            self._starts.append(passage.start)
            self._match_at.append(len(passage.before))
            self._match_length.append(len(passage.match))
            self._characters -= len(text)

    # -- order --------------------------------------------------------------------------------------------------

    def arrange(self, sort: Sort = "page", filter: str = "") -> Iterator[None]:
        """Show the lines that hold each word of ``filter`` (in them, or in title or site), in an order.

        Goes on a little with each step; until the last, what was shown before is shown.
        """
        chosen: Iterable[int] = range(len(self._texts))
        if wanted := fold(filter).split():
            kept = array("I")
            for first in range(0, len(self._texts), STEP):
                kept.extend(self._holding(wanted, range(first, min(first + STEP, len(self._texts)))))
                yield
            chosen = kept
        order = array("I", chosen)
        if sort == "date":
            dates = [date_key(page) for page in self._pages]
            order = array("I", sorted(order, key=lambda number: dates[self._page_of[number]]))
        elif sort != "page":
            keys: list[str] = []
            for first in range(0, len(order), STEP):
                keys += [sort_key(*self._parts(number), sort) for number in order[first : first + STEP]]
                yield
            order = array("I", (order[place] for place in sorted(range(len(order)), key=keys.__getitem__)))
        self._order = order

    def _holding(self, wanted: Sequence[str], numbers: Iterable[int]) -> Iterator[int]:
        page_number, about = -1, ""
        for number in numbers:
            if self._page_of[number] != page_number:
                page_number = self._page_of[number]
                page = self._pages[page_number]
                about = fold(f"{page.title} {page.site}")
            text = fold(self._texts[number])
            if all(word in text or word in about for word in wanted):
                yield number

    # -- what is shown ------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[ConcordanceLine]:
        return map(self._line, self._order)

    def lines(self, ranges: Iterable[tuple[int, int]]) -> Iterator[ConcordanceLine]:
        """The lines in places ``[first, last)`` of the order, range by range; places that there are not, are none.

        They are chosen at once and made one by one: an order that is made meanwhile changes nothing of what follows.
        """
        chosen = array("I")
        for first, last in ranges:
            chosen.extend(self._order[max(first, 0) : max(last, 0)])
        return map(self._line, chosen)

    def _parts(self, number: int) -> tuple[str, str, str]:
        text, at, length = self._texts[number], self._match_at[number], self._match_length[number]
        return text[:at], text[at : at + length], text[at + length :]

    def _line(self, number: int) -> ConcordanceLine:
        before, match, after = self._parts(number)
        start = self._starts[number]
        page = self._pages[self._page_of[number]]
        return ConcordanceLine(page, Passage(start, start + len(match), before, match, after))
