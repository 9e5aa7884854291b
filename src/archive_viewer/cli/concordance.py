"""``search --concordance``: every passage of every page that answers, line by line, in an order, or as a table.

Separate from the search for pages, whose answer is another: a line here is a passage.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from archive_viewer import limits
from archive_viewer.cli import printing
from archive_viewer.edtf_dates import year
from archive_viewer.library import Library
from archive_viewer.model import ConcordanceLine, ConcordancePage
from archive_viewer.search.concordance import SORTS, Concordance

DONE = 0
SIDE = 44
"""Characters of each side that are shown to people; in JSON and in tables there are all."""


def add_options(search: argparse.ArgumentParser) -> None:
    search.add_argument("--concordance", action="store_true", help="every passage of every page, a line each")
    search.add_argument(
        "--sort",
        choices=SORTS,
        help="with --concordance: by page (unless told), the words before, of or after the match, or date",
    )
    search.add_argument("--csv", type=Path, metavar="FILE", help="with --concordance: write the lines as a table")


def why_not(options: argparse.Namespace) -> str | None:
    """A sentence where the options do not go together."""
    if options.concordance or not (options.sort or options.csv):
        return None
    return "--sort and --csv go with --concordance."


def show(library: Library, options: argparse.Namespace) -> int:
    """Print the concordance, or write it into a file.

    :raises BadQuery: the query cannot be understood.
    :raises ExportFailed: the file cannot be written.
    """
    limit = options.limit or limits.CONCORDANCE_LINES
    found = library.concordance(options.query, options.sort or "page", limit=limit)
    for sentence in filter(None, [library.index_state().sentence, *library.remarks(options.query)]):
        printing.say(sentence)
    printing.say(extent(found))
    if options.csv is not None:
        for _ in library.export_concordance(options.csv, found):
            pass
        printing.say(f"Written to {options.csv}.")
        if options.json:
            printing.json_line({"path": str(options.csv), "lines": len(found), "is_cut": found.is_cut})
        return DONE
    for line in found:
        if options.json:
            printing.json_line(values(line))
        else:
            printing.line(for_people(line))
    return DONE


def extent(found: Concordance) -> str:
    """How much there is, and whether that is all."""
    lines = printing.counted(len(found), "passage")
    where = f"from {found.pages:,} of {found.pages_found:,} answering pages"
    return f"These are the first {lines}, {where}; there are more." if found.is_cut else f"{lines} {where}."


def values(line: ConcordanceLine) -> dict[str, object]:
    page, passage = line.page, line.passage
    return {
        "id": page.item_id,
        "title": page.title,
        "url": page.url or None,
        "site": page.site or None,
        "published": page.published or None,
        "captured_at": page.captured_at or None,
        "start": passage.start,
        "end": passage.end,
        "before": passage.before,
        "match": passage.match,
        "after": passage.after,
    }


def for_people(line: ConcordanceLine) -> str:
    """A line for people, the match in the middle."""
    passage = line.passage
    before, after = passage.before[-SIDE:], passage.after[:SIDE]
    said = f"{before:>{SIDE}}[{passage.match}]{after:<{SIDE}}  {line.page.title}{_year(line.page)}"
    return " ".join(said.splitlines())


def _year(page: ConcordancePage) -> str:
    if written := year(page.published):
        return f", published {written}"
    return f", captured {page.captured_at[:4]}" if page.captured_at else ""
