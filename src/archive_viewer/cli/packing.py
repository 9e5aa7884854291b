"""``bag``, ``unbag``, ``copy-library``, ``merge``, ``give-back``: what a library holds, out and in as it is."""

from __future__ import annotations

import argparse
from typing import Any

from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands, place
from archive_viewer.cli.progress import Shown
from archive_viewer.errors import BagRefused, MergeUndecided, NotAnExport
from archive_viewer.jobs import bagging
from archive_viewer.jobs.importing import summary
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, MergePlan, Packed, Scope

DONE, REFUSED = 0, 3


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    bag = commands.add_parser("bag", parents=[common], help="write the library, or some pages, as a bag (BagIt 1.0)")
    bag.add_argument("folder", type=place, metavar="DIR", help="a new folder")
    bag.add_argument("--item", action="append", metavar="ID", help="only this page; may be given often")
    bag.add_argument("--tag", metavar="T", help="only pages that have this tag, or a mark that has it")
    bag.add_argument("--accession", metavar="NUMBER", help="only the pages of this accession")
    bag.add_argument("--organization", default="", metavar="NAME", help="whose it is, as the bag shall say")
    bag.add_argument("--leave-out-damaged", action="store_true", help="without stored files that are lost or altered")
    bag.set_defaults(run=_bag)

    unbag = commands.add_parser(
        "unbag", parents=[common], help="prove a bag, and make its library again, or import its files"
    )
    unbag.add_argument("folder", type=place, metavar="BAG")
    unbag.add_argument("--dry-run", action="store_true", help="prove it, say what it is, and take nothing")
    unbag.set_defaults(run=_unbag)

    copy = commands.add_parser("copy-library", parents=[common], help="copy the library, which may be in use meanwhile")
    copy.add_argument("folder", type=place, metavar="DIR", help="a new folder")
    copy.set_defaults(run=_copy)

    merge = commands.add_parser("merge", parents=[common], help="take another library in")
    merge.add_argument("other", type=place, metavar="OTHER", help="the other library's folder; it is only read")
    merge.add_argument("--dry-run", action="store_true", help="say what would come and what differs; change nothing")
    merge.add_argument(
        "--conflicts", choices=["ours", "theirs", "both"], help="which holds where the two say different things"
    )
    merge.add_argument(
        "--choose",
        action="append",
        default=[],
        type=_choice,
        metavar="NOUN:ID=WHICH",
        help="the same for one conflict (annotation:ID=theirs); may be given often",
    )
    merge.add_argument("--with-duplicates", action="store_true", help="pages whose very files are here, too")
    merge.set_defaults(run=_merge)

    back = commands.add_parser("give-back", parents=[common], help="write the files of pages as they came")
    back.add_argument("ids", nargs="+", metavar="ID")
    back.add_argument("--to", type=place, required=True, metavar="DIR")
    back.set_defaults(run=_give_back)


def _bag(options: argparse.Namespace) -> int:
    with opening.to_write(options, "owner-if-free") as library, Shown() as job:
        result = bagging.pack(
            library,
            options.folder,
            job,
            item_ids=_chosen(options, library),
            organization=options.organization,
            leave_out_damaged=options.leave_out_damaged,
        )
    return _told(options, result)


def _chosen(options: argparse.Namespace, library: Library) -> list[str] | None:
    """The pages that are wanted, if not all: every condition that is given must hold."""
    chosen: list[list[str]] = [options.item] if options.item else []
    if options.tag is not None:
        chosen.append(library.item_ids(Scope("tag", options.tag)))
    if options.accession is not None:
        chosen.append(library.item_ids(Scope("accession", library.accession(options.accession).id)))
    if not chosen:
        return None
    others = [set(ids) for ids in chosen[1:]]
    wanted = [id for id in chosen[0] if all(id in some for some in others)]
    if not wanted:
        raise NotAnExport("There is no page of that kind, so nothing was written.")
    return wanted


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
        files, size = printing.counted(len(bag.payload), "file"), printing.counted(bag.size, "byte")
        printing.say(f"This bag is whole: {files}, {size}.  {kind}.  Nothing was taken.")
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


def _choice(text: str) -> tuple[tuple[str, str], str]:
    """``annotation:ID=theirs`` taken apart."""
    key, _, which = text.rpartition("=")
    noun, _, id = key.partition(":")
    if not noun or not id or which not in ("ours", "theirs", "both"):
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form NOUN:ID=ours, =theirs or =both")
    return (noun, id), which


def _merge(options: argparse.Namespace) -> int:
    if options.dry_run:
        with opening.to_read(options) as library, Shown() as job:
            plan = library.merge_plan(options.other, job.report, with_duplicates=options.with_duplicates)
        plan.require_known(key for key, _ in options.choose)
        _print_plan(options, plan)
        conflicts = printing.counted(len(plan.conflicts), "conflict")
        printing.say(f"{bagging.merged(plan, is_look=True)}  {conflicts}.  This was a look; nothing was changed.")
        return DONE
    with opening.to_write(options) as library:
        try:
            with Shown() as job:
                plan = library.merge(
                    options.other,
                    job.report,
                    choice=options.conflicts,
                    choices=dict(options.choose),
                    with_duplicates=options.with_duplicates,
                )
        except MergeUndecided:
            plan = library.merge_plan(options.other, with_duplicates=options.with_duplicates)
            _print_plan(options, plan)
            raise
        finally:
            opening.keep_index(library)
    _print_plan(options, plan)
    printing.say(bagging.merged(plan))
    return REFUSED if plan.lost else DONE


def _print_plan(options: argparse.Namespace, plan: MergePlan) -> None:
    if options.json:
        printing.json_line(plan_values(plan))
        return
    for conflict in plan.conflicts:
        default = f"  ({conflict.default}, unless it is said otherwise)" if conflict.default else ""
        printing.line(f"{conflict.noun}:{conflict.id}  “{conflict.title}”{default}")
        for name, here in conflict.here.items():
            printing.line(f"    {name}: ours {here!s:.60}, theirs {conflict.there[name]!s:.60}".replace("\u2028", " "))
    for theirs, ours in plan.duplicates.items():
        printing.line(f"here already: “{plan.titles.get(theirs, '')}”, there {theirs}, here {ours}")
    for id, title in plan.given_up.items():
        printing.line(f"given up here, and left out: {id}  “{title}”")
    for before, after in plan.renumbered.items():
        printing.line(f"accession {before} there is {after} here")


def plan_values(plan: MergePlan) -> dict[str, Any]:
    return {
        "path": str(plan.folder),
        "new": dict(plan.new),
        "same": dict(plan.same),
        "conflicts": [
            {
                "noun": one.noun,
                "id": one.id,
                "title": one.title,
                "ours": dict(one.here),
                "theirs": dict(one.there),
                "default": one.default,
            }
            for one in plan.conflicts
        ],
        "duplicates": dict(plan.duplicates),
        "renumbered": dict(plan.renumbered),
        "given_up": dict(plan.given_up),
        "doubled": list(plan.doubled),
        "lost": [{"sha256": sha256, "file": name} for sha256, name in plan.lost.items()],
    }


def _give_back(options: argparse.Namespace) -> int:
    with opening.to_write(options, "owner-if-free") as library, Shown() as job:
        answers = library.give_back_all(options.ids, options.to, job.report)
    for answer in answers:
        if options.json:
            printing.json_line({"items": list(answer.item_ids), "paths": [str(path) for path in answer.paths]})
        else:
            printing.line(str(answer.paths[0]))
    return DONE
