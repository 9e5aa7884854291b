"""The report of an accession as a table: a row for each page that came in, and for each file that did not.

An accession and its lines with their pages in, header and rows out.  Separate from the table's form, which other
exports share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from archive_viewer.exporting import csv_table
from archive_viewer.model import Accession, Item, NearDuplicate, ReportEntry

HEADER = (
    *("Accession", "File", "Outcome", "Reason", "Warnings", "Page", "Title", "Address", "Capture date"),
    *("Publication date", "Author", "Site", "Language", "Form", "Character set", "SHA-256 of the file"),
    *("SHA-256 of the page", "Doubts", "Looks like", "Place in the file"),
)


def write(accession: Accession, entries: Iterable[ReportEntry], stream: BinaryIO) -> None:
    """Write the report as CSV."""
    csv_table.write(HEADER, rows(accession, entries), stream)


def rows(accession: Accession, entries: Iterable[ReportEntry]) -> Iterator[tuple[str, ...]]:
    """Cells in the order of ``HEADER``; several warnings, authors or doubts stand in one cell, line by line."""
    for entry in entries:
        line = entry.line
        told = (accession.number, line.path, line.outcome, line.reason, "\n".join(line.warnings))
        for item in entry.items:
            yield (*told, *_cells(item), "\n".join(likeness(near) for near in entry.near.get(item.id, ())), item.place)
        if not entry.items:
            yield (*told, *[""] * (len(HEADER) - len(told)))


def likeness(near: NearDuplicate) -> str:
    """What a page looks like, in words."""
    how = "the same text" if near.is_same_text else f"{near.resemblance:.0%} the same"
    captured = f", captured {near.item.captured_at[:10]}" if near.item.captured_at else ""
    where = f", in {near.path}" if near.path else ""
    return f"“{near.item.title}”{captured}{where} ({how})"


def _cells(item: Item) -> tuple[str, ...]:
    return (
        item.id,
        item.title,
        item.url,
        item.captured_at,
        item.published,
        "\n".join(item.authors),
        item.site,
        item.language,
        item.format.value,
        item.charset,
        item.sha256,
        item.payload_sha256,
        "\n".join(fact.doubt for fact in item.facts.values() if fact.doubt),
    )
