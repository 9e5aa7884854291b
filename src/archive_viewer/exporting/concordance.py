"""A concordance handed over: as a table that a spreadsheet sorts again, or line by line as text that cites its page.

Lines in, one file or a string out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from archive_viewer.exporting import csv_table
from archive_viewer.exporting.citation import cite
from archive_viewer.model import ConcordanceLine, Item
from archive_viewer.text import one_line

HEADER = (
    *("Before", "Match", "After", "Title", "Site", "Publication date", "Capture date", "Address", "Page"),
    *("Begins at", "Ends at"),
)
"""Where a match begins and ends counts code points of the page's text."""


def written(lines: Iterable[ConcordanceLine], stream: BinaryIO) -> Iterator[int]:
    """Write lines as CSV, in their order; after each, how many there are by then."""
    return csv_table.written(HEADER, rows(lines), stream)


def rows(lines: Iterable[ConcordanceLine]) -> Iterator[tuple[str, ...]]:
    """Cells in the order of ``HEADER``; each line's words stand in one line of their cell."""
    for line in lines:
        page, passage = line.page, line.passage
        yield (
            *map(one_line, (passage.before, passage.match, passage.after)),
            *(page.title, page.site, page.published, page.captured_at, page.url, page.item_id),
            *(str(passage.start), str(passage.end)),
        )


def quoted_line(line: ConcordanceLine, item: Item | None) -> str:
    """A line with the match in brackets, and under it where it stands."""
    passage = line.passage
    words = one_line(f"{passage.before}[{passage.match}]{passage.after}")
    source = cite(item) if item is not None else one_line(line.page.title)
    return f"… {words} …\n{source}"
