"""``accessions`` and ``report``: what came in when, and what became of each file.  Nothing here writes to a library."""

from __future__ import annotations

import argparse

from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands, place
from archive_viewer.cli.printing import counted

DONE = 0


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    accessions = commands.add_parser("accessions", parents=[common], help="list the imports, newest first")
    accessions.set_defaults(run=_accessions)
    report = commands.add_parser("report", parents=[common], help="say what became of each file of an import")
    report.add_argument("accession", metavar="ACCESSION", help="its number (2026-001) or its id; see “accessions”")
    report.add_argument("--csv", type=place, metavar="FILE", help="write it as a table that spreadsheets open")
    report.set_defaults(run=_report)


def _accessions(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library:
        for accession in library.accessions():
            if options.json:
                printing.json_line(printing.accession_values(accession))
            else:
                count = f"{counted(accession.item_count, 'page')}, {counted(accession.refused_count, 'file')} refused"
                source = ", ".join(accession.source)
                printing.line(f"{accession.number}  {accession.created_at}  {accession.state}  {count}  {source}")
    return DONE


def _report(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library:
        accession = library.accession(options.accession)
        if options.csv is not None:
            count = library.export_report(accession.id, options.csv)
            if options.json:
                printing.json_line({"path": str(options.csv), "accession": accession.number, "rows": count})
            else:
                printing.say(f"{counted(count, 'row')} written to {options.csv}.")
            return DONE
        for entry in library.report_entries(accession.id):
            near = [one for item in entry.items for one in entry.near.get(item.id, ())]
            if options.json:
                items = [printing.item_values(item) for item in entry.items]
                alike = [printing.near_values(one) for one in near]
                printing.json_line({**printing.import_values(entry.line, items), "near": alike})
            else:
                printing.import_lines(entry.line, entry.items, near)
    return DONE
