"""What became of an accession, with its pages: to be looked at, and to be handed over as a table.

An accession's id or number in; its report, or a file, out.  Separate from the intake, which writes the lines: what is
said of a page beside its line is always what the library knows of it now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from archive_viewer.errors import UnknownAccession, UnknownId
from archive_viewer.exporting import accession_report
from archive_viewer.library.citing import Citing, whole_file
from archive_viewer.model import Accession, ImportLine, ReportEntry
from archive_viewer.storage import dismissals

PORTION = 500
"""Pages of one line that are written at a time: a web archive of 250,000 pages is one line."""


class Reports(Citing):
    """The part of a library that gives account of what came in."""

    def accession(self, name: str) -> Accession:
        """An accession by its id or its number (``2026-001``).

        :raises UnknownId: there is no such accession.
        """
        found = next((one for one in self.accessions() if name in (one.id, one.number)), None)
        if found is None:
            raise UnknownAccession(name)
        return found

    def report_entries(self, accession_id: str) -> Iterator[ReportEntry]:
        """The lines of a report, each with its items, those in the bin among them, and what they look like."""
        for line in self.report(accession_id):
            yield self._entry(line, line.item_ids, accession_id)

    def dismiss_refusal(self, path: str) -> None:
        """Put a refused file aside: it needs no attention any more, until it is refused again.

        :raises UnknownId: it is not among the files that are refused now.
        """
        with self._recording("Dismiss Refused File") as act:
            row = dismissals.row_of(act.connection, path)
            if row is None:
                raise UnknownId("refused file", path)
            act.put("setting", dismissals.name_of(path), row)

    def export_report(self, accession_id: str, path: Path) -> int:
        """Write the report as CSV; gives the number of its rows, the header not counted.

        :raises UnknownId: there is no such accession.
        :raises ExportFailed: the file cannot be written; an older one of that name is untouched.
        """
        accession = self.accession(accession_id)
        lines = self.report(accession.id)
        entries = (
            self._entry(line, line.item_ids[begin : begin + PORTION], accession.id)
            for line in lines
            for begin in range(0, max(1, len(line.item_ids)), PORTION)
        )
        with whole_file(path) as stream:
            accession_report.write(accession, entries, stream)
        return sum(max(1, len(line.item_ids)) for line in lines)

    def _entry(self, line: ImportLine, item_ids: Sequence[str], accession_id: str) -> ReportEntry:
        """A line with these of its items."""
        return ReportEntry(line, tuple(self.items(item_ids)), self.near_in_import(item_ids, accession_id))
