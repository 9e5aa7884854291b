"""Bags, copies and mergings as long work: a library packed, copied, taken out of a bag again, joined with another.

A library or a bag's folder in; what was written, or a line for each file that came in, out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Bag, Library, MergePlan, Packed, Task
from archive_viewer.model import ImportLine

WHOLE = {"bag": "bagit.txt", "copy": "library.db"}
"""What is in a folder that got its name; one that was there before, empty, makes way only at the end."""


def pack(
    library: Library,
    folder: Path,
    job: Job,
    *,
    item_ids: Sequence[str] | None = None,
    organization: str = "",
    leave_out_damaged: bool = False,
) -> Packed:
    """Write the library, or these items of it, as a bag.

    :raises Cancelled: a person stopped it; nothing is left behind.
    """
    return library.bag(
        folder, job.report, item_ids=item_ids, organization=organization, leave_out_damaged=leave_out_damaged
    )


def copy(library: Library, folder: Path, job: Job) -> Packed:
    """Copy the library into a new folder.

    :raises Cancelled: a person stopped it; nothing is left behind.
    """
    return library.copy_library(folder, job.report)


def import_bag(library: Library, bag: Bag, job: Job) -> Iterator[ImportLine]:
    """Take the files of a bag in, as one accession to which what the bag says of itself belongs.

    :raises Cancelled: a person stopped it; what came in until then is kept.
    """
    accession = library.begin_bag(bag)
    yield from import_paths(library, accession.id, [bag.folder / "data"], job)


def carry_out(library: Library, task: Task, job: Job) -> str:
    """Do what a task of the worker asks for, and say what came of it.

    One that was cut off after its folder had got its name was done.

    :raises Cancelled: a person stopped it; nothing is left behind, but what a merging took in until then.
    """
    folder = Path(task.arguments["folder"])
    if task.kind == "merge":
        choices = {(noun, id): choice for noun, id, choice in task.arguments["choices"]}
        plan = library.merge(
            folder,
            job.report,
            choice=task.arguments["choice"],
            choices=choices,
            with_duplicates=task.arguments["with_duplicates"],
            task_id=task.id,
        )
        return merged(plan)
    if task.state == "running" and (folder / WHOLE[task.kind]).is_file():
        return f"{folder} is written."
    if task.kind == "copy":
        return packed(copy(library, folder, job))
    wishes = task.arguments
    return packed(
        pack(
            library,
            folder,
            job,
            item_ids=wishes["items"],
            organization=wishes["organization"],
            leave_out_damaged=wishes["leave_out_damaged"],
        )
    )


NAMES = {
    "item": ("page", "pages"),
    "annotation": ("mark", "marks"),
    "accession": ("accession", "accessions"),
    "link": ("link", "links"),
    "override": ("mend", "mends"),
    "pair": ("pair of pages that both are right", "pairs of pages that both are right"),
    "rule": ("rule", "rules"),
    "unit": ("unit", "units"),
    "description": ("description", "descriptions"),
    "charset": ("character set", "character sets"),
    "setting": ("setting", "settings"),
    "level": ("level", "levels"),
    "note": ("note", "notes"),
}
"""What the things of a library are called when they are counted."""


def counted(noun: str, count: int) -> str:
    one, many = NAMES.get(noun, (noun, f"{noun}s"))
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


def merged(plan: MergePlan, *, is_look: bool = False) -> str:
    """What came with another library, in a sentence or two; ``is_look``: what would come."""
    new = ", ".join(counted(noun, count) for noun, count in plan.new.items())
    came = f"{new} {'would come' if is_look else 'merged'}." if new else "Nothing new is in that library."
    doubles = f"  {counted('item', len(plan.duplicates))} here already under another id." if plan.duplicates else ""
    given_up = f"  {counted('item', len(plan.given_up))} given up here, left out." if plan.given_up else ""
    names = list(plan.lost.values())
    lost = f"  Lost in the other library: “{'”, “'.join(names[:3])}”{' …' if names[3:] else ''}." if names else ""
    codes = f"  More than one unit bears “{'”, “'.join(plan.doubled[:3])}”{' …' if plan.doubled[3:] else ''}."
    return f"{came}{doubles}{given_up}{lost}{codes if plan.doubled else ''}"


def packed(result: Packed) -> str:
    """What was written, in a sentence or two."""
    files = "1 stored file" if result.files == 1 else f"{result.files:,} stored files"
    damaged = list(result.damaged.values())
    more = f" and {len(damaged) - 1:,} more" if len(damaged) > 1 else ""
    told = f"  “{damaged[0]}”{more}: lost or altered, and told under Needs Attention." if damaged else ""
    return f"{files} written to {result.folder}, {counted('byte', result.size)}, every checksum compared.{told}"
