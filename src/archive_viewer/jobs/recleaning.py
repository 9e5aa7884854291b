"""Cleaning again: page after page, each a line of the account, until the task is done or somebody stops it.

A library and its task in, lines out.  A page that has a line was dealt with before the program was ended; one at which
it has ended too often is refused, so that it does not keep the others from their turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive_viewer.errors import UnknownId
from archive_viewer.jobs.importing import CUT_OFFS
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Task
from archive_viewer.model import Recleaning

CUT_OFF = "Archive Viewer ended several times while it cleaned this page."


def clean_again(library: Library, task: Task, job: Job) -> Iterator[Recleaning]:
    """Clean the pages of a task again: those that it names, or all that another cleaner cleaned; gives each line.

    :raises Cancelled: a person stopped it; what was cleaned until then stays so.
    """
    was_cut_off = task.state == "running"
    known = {line.item_id for line in library.recleanings(task.id)}
    ids = task.arguments["items"] if "items" in task.arguments else library.older_ids()
    waiting = [item_id for item_id in dict.fromkeys(ids) if item_id not in known]
    total = len(known) + len(waiting)
    for done, item_id in enumerate(waiting, len(known)):
        try:
            size = library.files(library.item(item_id).id)[0][1].size
        except UnknownId:
            continue
        job.report(done, total, library.item(item_id).title, size)
        if was_cut_off and library.note_cut_off(task.id, item_id) >= CUT_OFFS:
            yield library.note_recleaning(task.id, Recleaning(item_id, "refused", CUT_OFF))
        else:
            yield library.clean_again(item_id, task.id)
        was_cut_off = False
    job.report(total, total)


def summary(lines: Sequence[Recleaning]) -> str:
    """What became of the pages of a task, in a sentence or two."""
    refused = sum(line.outcome == "refused" for line in lines)
    changed = sum(line.outcome == "changed" for line in lines)
    said = [f"{_pages(len(lines) - refused)} cleaned again, {changed:,} changed"]
    said += [f"{refused:,} refused"] if refused else []
    counts = {
        "carried to where their words stand now": sum(line.carried for line in lines),
        "moved, please confirm": sum(len(line.moved) for line in lines),
        "lost their place": sum(len(line.unplaced) for line in lines),
    }
    marks = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"{', '.join(said)}.{f'  Marks: {marks}.' if marks else ''}"


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"
