"""``import`` and ``clean``: pages in.  Options in; a line a file or page, and an exit code, out."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from archive_viewer import cleaning, limits, readers
from archive_viewer.cli import printing, progress
from archive_viewer.cli.options import Commands, place
from archive_viewer.jobs.files import saved_file
from archive_viewer.jobs.importing import import_paths, summary
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.previewing import Prospect, look_at_paths
from archive_viewer.library import Library, is_library
from archive_viewer.model import ImportLine, Item, NearDuplicate

DONE, REFUSED = 0, 3
STORED = ("id", "accession", "series", "tags")


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    taking_in = commands.add_parser("import", parents=[common], help="take files and folders into the library")
    taking_in.add_argument("paths", nargs="+", type=place, metavar="PATH")
    taking_in.add_argument("--dry-run", action="store_true", help="say what would come in, and store nothing")
    taking_in.set_defaults(run=_import)
    clean = commands.add_parser("clean", parents=[common], help="strip one saved page, without any library")
    clean.add_argument("file", type=place, metavar="FILE")
    clean.set_defaults(run=_clean)


def _import(options: argparse.Namespace) -> int:
    if options.dry_run:
        return _look(options)
    with Library.open(options.library, "owner") as library:
        accession = library.begin_accession([path.absolute() for path in options.paths])
        lines: list[ImportLine] = []
        try:
            for line in import_paths(library, accession.id, options.paths, Job(progress.show)):
                lines.append(line)
                try:
                    _print_line(options, line, library)
                except BrokenPipeError:
                    # Whoever read along has read enough (``| head``); what they asked for is done all the same.
                    printing.speak_to_nobody()
        except BaseException:
            library.set_accession_state(accession.id, "cancelled")
            raise
        finally:
            progress.end()
            update_index(library, Job())
        printing.say(summary(lines))
    return _code(lines)


def _look(options: argparse.Namespace) -> int:
    library = Library.open(options.library, "reader") if is_library(options.library) else None
    lines: list[ImportLine] = []
    try:
        for prospect in look_at_paths(library, options.paths, Job(progress.show)):
            lines.append(prospect.line)
            _print_prospect(options, prospect)
    finally:
        progress.end()
        if library is not None:
            library.close()
    printing.say("Nothing was stored.")
    return _code(lines)


def _print_prospect(options: argparse.Namespace, prospect: Prospect) -> None:
    if options.json:
        left_out = () if prospect.is_known else STORED
        items = [{**_without(item, left_out), "marks": item.marks_brought or None} for item in prospect.items]
        near = [printing.near_values(one) for one in prospect.near]
        printing.json_line({**printing.import_values(prospect.line, items), "near": near})
    else:
        progress.end()
        printing.import_lines(prospect.line, prospect.items, prospect.near)


def _print_line(options: argparse.Namespace, line: ImportLine, library: Library) -> None:
    items = library.items(line.item_ids)
    alike: dict[str, NearDuplicate] = {}
    if line.outcome == "imported":
        found = library.near_in_import(line.item_ids[: limits.PAGES_TOLD], items[0].accession_id if items else "")
        alike = {one.item.id: one for near in found.values() for one in near}
    near = list(alike.values())[: limits.LIKE_SHOWN]
    if options.json:
        values = printing.import_values(line, [printing.item_values(item) for item in items])
        printing.json_line({**values, "near": [printing.near_values(one) for one in near]})
    else:
        progress.end()
        printing.import_lines(line, items, near)


def _without(item: Item, left_out: Iterable[str]) -> dict[str, Any]:
    """An item's values; what only a stored item has is null where nothing was stored."""
    return {**printing.item_values(item), **dict.fromkeys(left_out)}


def _code(lines: Iterable[ImportLine]) -> int:
    return REFUSED if any(line.outcome == "refused" for line in lines) else DONE


def _clean(options: argparse.Namespace) -> int:
    saved, sha256 = saved_file(options.file), Library.digest_of(options.file)
    for order, capture in enumerate(readers.read(saved)):
        article = cleaning.clean(capture)
        item = Library.prospect(capture, article, saved, sha256, order)
        if options.json:
            values = {name: value for name, value in printing.item_values(item).items() if name not in STORED}
            blocks = printing.block_values(article)
            facts = printing.fact_values(item.facts)
            printing.json_line({**values, "text": article.text, "facts": facts, "blocks": blocks})
        else:
            printing.line(printing.summary(item))
            printing.line()
            printing.line(article.text.replace("\u2028", "\n"))
    return DONE
