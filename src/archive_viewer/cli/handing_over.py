"""``export``, ``verify``, and the upkeep: ``rebuild-index``, ``backup``, ``restore-backup``."""

from __future__ import annotations

import argparse

from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands, place
from archive_viewer.cli.progress import Shown
from archive_viewer.errors import NotAnExport
from archive_viewer.exporting import EXPORTERS
from archive_viewer.jobs.bagging import counted
from archive_viewer.jobs.indexing import rebuild_index
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.upkeep import check_fixity
from archive_viewer.library import Library
from archive_viewer.library.engine_choice import ENGINES

DONE, FAILED_CHECK = 0, 3


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    export = commands.add_parser("export", parents=[common], help="write marked passages that cite themselves")
    export.add_argument("out", type=place, metavar="OUT")
    export.add_argument("--format", required=True, metavar="F", help=", ".join(one.format for one in EXPORTERS))
    export.add_argument("--search", metavar="Q", help="only from pages that answer this query")
    export.add_argument("--tag", metavar="T", help="only marks or pages with this tag")
    export.add_argument("--item", action="append", metavar="ID", help="only from this page; may be given often")
    export.set_defaults(run=_export)

    verify = commands.add_parser("verify", parents=[common], help="prove stored files, or the quotes of an export")
    verify.add_argument("file", nargs="?", type=place, metavar="FILE")
    verify.set_defaults(run=_verify)

    rebuild = commands.add_parser("rebuild-index", parents=[common], help="make the search index anew")
    rebuild.add_argument("--engine", choices=ENGINES, help="and search the library with this engine from now on")
    rebuild.set_defaults(run=_rebuild)

    backup = commands.add_parser("backup", parents=[common], help="copy the library's database, and list the copies")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore-backup", parents=[common], help="go back to a copy of the database")
    restore.add_argument("file", type=place, metavar="FILE")
    restore.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    restore.set_defaults(run=_restore)


def _export(options: argparse.Namespace) -> int:
    with opening.to_write(options, "owner-if-free") as library:
        excerpts = library.excerpts(options.item, options.tag, options.search)
        if not excerpts:
            raise NotAnExport("There is no marked passage of that kind, so nothing was written.")
        failed = library.export(options.out, options.format, excerpts)
    for result in failed:
        what = f"The stored file “{result.file_name}” is {result.result}"
        printing.say(f"{what}: what is quoted from it cannot be proved.")
    if options.json:
        printing.json_line({"path": str(options.out), "format": options.format, "excerpts": len(excerpts)})
    else:
        printing.say(f"{printing.counted(len(excerpts), 'excerpt')} written to {options.out}.")
    return FAILED_CHECK if failed else DONE


def _verify(options: argparse.Namespace) -> int:
    return _verify_originals(options) if options.file is None else _verify_export(options)


def _verify_originals(options: argparse.Namespace) -> int:
    failed = total = 0
    with opening.to_write(options, "owner-if-free") as library:
        for result in check_fixity(library, Job()):
            total += 1
            failed += result.result != "ok"
            if options.json:
                printing.json_line(printing.fixity_values(result))
            elif result.result != "ok":
                printing.line(f"{result.result}: {result.file_name} ({result.sha256})")
    printing.say(f"{printing.counted(total, 'stored file')} checked, {failed:,} failed.")
    return FAILED_CHECK if failed else DONE


def _verify_export(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library:
        verdicts = library.verify_export(options.file)
    for verdict in verdicts:
        if options.json:
            printing.json_line(printing.verdict_values(verdict))
        else:
            printing.line(f"{verdict.result:12} “{verdict.quote}”".replace("\u2028", " "))
    good = sum(verdict.result in ("exact", "typographic") for verdict in verdicts)
    stand = "stands in its original" if len(verdicts) == 1 else "stand in their originals"
    printing.say(f"{good:,} of {printing.counted(len(verdicts), 'excerpt')} {stand}.")
    return DONE if good == len(verdicts) else FAILED_CHECK


def _rebuild(options: argparse.Namespace) -> int:
    with opening.to_write(options) as library:
        if options.engine is not None:
            library.choose_engine(options.engine)
        count = rebuild_index(library, Job())
    printing.say(f"{printing.counted(count, 'page')} {'is' if count == 1 else 'are'} in the index.")
    return DONE


def _backup(options: argparse.Namespace) -> int:
    with opening.to_write(options) as library:
        library.backup()
        for copy in library.backups():
            if options.json:
                printing.json_line({"path": str(copy), "size": copy.stat().st_size})
            else:
                printing.line(str(copy))
    return DONE


def _restore(options: argparse.Namespace) -> int:
    if options.dry_run:
        return _look_back(options)
    replaced = Library.restore_backup(options.library, options.file)
    if options.json:
        printing.json_line({"path": str(options.library), "backup": str(options.file), "replaced": str(replaced)})
    printing.say(f"The library is as it was in that copy.  What it replaced lies in {replaced}.")
    return DONE


def _look_back(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library, Shown() as job:
        found = library.compare_backup(options.file, job.report)
    for one in found:
        if options.json:
            values = {"kind": one.kind, "lost": one.lost, "regained": one.regained, "changed": one.changed}
            printing.json_line(values)
        else:
            parts = ((one.lost, "would go"), (one.regained, "would come back"), (one.changed, "would be as before"))
            printing.line("; ".join(f"{counted(one.kind, count)} {what}" for count, what in parts if count))
    printing.say("Nothing was changed." if found else "Going back to that copy would change nothing that people made.")
    return DONE
