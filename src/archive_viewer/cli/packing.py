"""``bag``, ``unbag``, ``copy-library``: a library as a whole, out and in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands
from archive_viewer.cli.progress import Shown
from archive_viewer.errors import BagRefused
from archive_viewer.jobs import bagging
from archive_viewer.jobs.importing import summary
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Packed

DONE, REFUSED = 0, 3


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    bag = commands.add_parser("bag", parents=[common], help="write the whole library as a bag (BagIt 1.0)")
    bag.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    bag.add_argument("--organization", default="", metavar="NAME", help="whose it is, as the bag shall say")
    bag.add_argument("--leave-out-damaged", action="store_true", help="without stored files that are lost or altered")
    bag.set_defaults(run=_bag)

    unbag = commands.add_parser(
        "unbag", parents=[common], help="prove a bag, and make its library again, or import its files"
    )
    unbag.add_argument("folder", type=Path, metavar="BAG")
    unbag.add_argument("--dry-run", action="store_true", help="prove it, say what it is, and take nothing")
    unbag.set_defaults(run=_unbag)

    copy = commands.add_parser("copy-library", parents=[common], help="copy the library, which may be in use meanwhile")
    copy.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    copy.set_defaults(run=_copy)


def _bag(options: argparse.Namespace) -> int:
    with opening.to_write(options, "owner-if-free") as library, Shown() as job:
        result = bagging.pack(
            library,
            options.folder,
            job,
            organization=options.organization,
            leave_out_damaged=options.leave_out_damaged,
        )
    return _told(options, result)


def _copy(options: argparse.Namespace) -> int:
    with opening.to_write(options, "owner-if-free") as library, Shown() as job:
        result = bagging.copy(library, options.folder, job)
    return _told(options, result)


def _told(options: argparse.Namespace, result: Packed) -> int:
    if options.json:
        printing.json_line(packed_values(result))
    printing.say(bagging.packed(result))
    return REFUSED if result.damaged else DONE


def packed_values(result: Packed) -> dict[str, Any]:
    damaged = [{"sha256": sha256, "file": name} for sha256, name in result.damaged.items()]
    return {"path": str(result.folder), "files": result.files, "bytes": result.size, "damaged": damaged}


def _unbag(options: argparse.Namespace) -> int:
    try:
        with Shown() as job:
            bag = Library.prove_bag(options.folder, job.report)
            is_library = Library.is_in_bag(bag)
            if is_library and not options.dry_run:
                return _told(options, Library.unbag(bag, options.library, job.report))
    except BagRefused as refusal:
        for trouble in refusal.troubles:
            if options.json:
                printing.json_line({"path": str(options.folder), "outcome": "refused", "reason": trouble})
            elif len(refusal.troubles) > 1:
                printing.line(trouble)
        raise
    if options.dry_run:
        values = {"path": str(options.folder), "outcome": "whole", "library": is_library, "files": len(bag.payload)}
        if options.json:
            printing.json_line({**values, "bytes": bag.size, "info": [list(pair) for pair in bag.info]})
        kind = "It holds a library of Archive Viewer" if is_library else "Its files can be imported"
        printing.say(f"This bag is whole: {len(bag.payload):,} files, {bag.size:,} bytes.  {kind}.  Nothing was taken.")
        return DONE
    lines = []
    with Library.open(options.library, "owner") as library:
        try:
            with Shown() as job:
                for line in bagging.import_bag(library, bag, job):
                    lines.append(line)
                    items = library.items(line.item_ids)
                    if options.json:
                        printing.json_line(printing.import_values(line, [printing.item_values(one) for one in items]))
                    else:
                        printing.import_lines(line, items)
        finally:
            update_index(library, Job())
    printing.say(summary(lines))
    return REFUSED if any(line.outcome == "refused" for line in lines) else DONE
