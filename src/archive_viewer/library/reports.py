"""What became of an accession, with its pages: to be looked at, and to be handed over as a table.

An accession's id or number in; its report, or a file, out.  Separate from the intake, which writes the lines: what is
said of a page beside its line is always what the library knows of it now.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive_viewer.errors import UnknownId
from archive_viewer.exporting import accession_report
from archive_viewer.library.citing import Citing, whole_file
from archive_viewer.model import Accession, ReportEntry


class Reports(Citing):
    """The part of a library that gives account of what came in."""

    def accession(self, name: str) -> Accession:
        """An accession by its id or its number (``2026-001``).

        :raises UnknownId: there is no such accession.
        """
        found = next((one for one in self.accessions() if name in (one.id, one.number)), None)
        if found is None:
            raise UnknownId("accession", name)
        return found

    def report_entries(self, accession_id: str) -> Iterator[ReportEntry]:
        """The lines of a report, each with its items, those in the bin among them, and what they look like."""
        near = {id: tuple(found) for id, found in self.near_in_accession(accession_id).items()}
        for line in self.report(accession_id):
            alike = {id: near[id] for id in line.item_ids if id in near}
            yield ReportEntry(line, tuple(self.items(line.item_ids)), alike)

    def export_report(self, accession_id: str, path: Path) -> int:
        """Write the report as CSV; gives the number of its lines.

        :raises UnknownId: there is no such accession.
        :raises ExportFailed: the file cannot be written; an older one of that name is untouched.
        """
        accession = self.accession(accession_id)
        entries = list(self.report_entries(accession.id))
        with whole_file(path) as stream:
            accession_report.write(accession, entries, stream)
        return len(entries)
