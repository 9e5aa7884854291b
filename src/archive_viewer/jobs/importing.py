"""Importing: every file of the chosen places is read, cleaned and kept, or refused with a sentence.

Paths in, a line a file out.  A bad file is a line like any other and the import goes on; what stops it is a full
disk or a person.  A file for which the accession has a line already was dealt with before a crash; it is passed over.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from archive_viewer import cleaning, readers
from archive_viewer.jobs import files, planning
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.planning import Claims, Found
from archive_viewer.library import Library
from archive_viewer.model import ImportLine

OUTCOMES = {
    "imported": "",
    "duplicate": "already in the library",
    "refused": "refused",
    "skipped": "passed over as parts of pages",
}

RESTORED = "The library knows this very file; its stored bytes had been lost or altered and were stored again."

CUT_OFFS = 3
"""A person may quit while a file is read, and again; three times at one file is the file's doing."""

CUT_OFF = "Archive Viewer ended several times while it read this file.  Import it once more, and it is tried again."


def import_paths(
    library: Library,
    accession_id: str,
    paths: Sequence[Path],
    job: Job,
    *,
    was_cut_off: bool = False,
    left_out: Collection[str] = (),
) -> Iterator[ImportLine]:
    """Take in all that these files and folders hold, as one accession; gives each line once it is written.

    ``was_cut_off``: the program ended while it did this.  The first file without a line is the one that it was at; one
    at which it has ended too often is refused, so that a file that brings the program down does not keep out the rest.

    ``left_out``: paths of files that a person has looked at and does not want; what belongs to them stays out, too.

    :raises DiskFull: there is not room for it all, or the disk filled up; what came in until then is kept.
    :raises Cancelled: a person stopped it; what came in until then is kept.
    """
    total, size = planning.count(paths, left_out)
    library.require_room(size - library.bytes_taken_in(accession_id))
    library.set_accession_state(accession_id, "running")
    # By name and in order: names that are not UTF-8 are told apart on the disk, but may read alike in the report.
    earlier: defaultdict[str, deque[ImportLine]] = defaultdict(deque)
    for line in library.report(accession_id):
        earlier[line.path].append(line)
    cleaning.prepare()
    claims = Claims()
    for order, found in enumerate(planning.walk(paths, claims)):
        report = partial(job.report, min(order, total), total, found.path.name, found.size)
        report()
        is_wanted = str(found.path) not in left_out
        if not is_wanted:
            files.claim_companions(found, claims)
        if earlier[found.name]:
            for item_id in earlier[found.name].popleft().item_ids:
                claims.add(found.path, [name for name, _ in library.files(item_id)[1:]])
        elif not is_wanted:
            yield library.note_line(accession_id, files.left_out(found))
        elif was_cut_off and library.note_cut_off(accession_id, found.name) >= CUT_OFFS:
            was_cut_off = False
            yield library.note_line(accession_id, ImportLine(found.name, "refused", CUT_OFF))
        else:
            was_cut_off = False
            yield _import_file(library, accession_id, found, claims, order, report)
    job.report(total, total)
    library.set_accession_state(accession_id, "done")


def _import_file(
    library: Library, accession_id: str, found: Found, claims: Claims, order: int, report: Callable[[], None]
) -> ImportLine:
    def attempt() -> ImportLine:
        if files.is_page_part(found):
            return library.note_line(accession_id, files.skipped(found))
        saved = files.saved(found)
        sha256 = library.digest_of(found.path)
        unfinished = library.unfinished_items(sha256)
        known = files.known_items(library, saved, sha256) if not unfinished else []
        if known:
            claims.add(found.path, readers.companion_names(saved))
            is_restored = library.store_again(known[0].id, saved)
            if all(item.deleted_at for item in known):
                return library.take_back_from_bin(accession_id, files.from_bin(found, known))
            is_of_this = known[0].accession_id == accession_id
            held = files.same_as(known[0].file_name) if is_of_this else files.HELD
            return library.note_line(accession_id, files.duplicate(found, known, RESTORED if is_restored else held))
        done = {item.locator for item in unfinished}
        pages = files.pages(found, saved, claims, report, done)
        return library.take_in(accession_id, found.name, saved, sha256, pages, order)

    return files.guarded(found, attempt, lambda line: library.note_line(accession_id, line))


def summary(lines: Sequence[ImportLine]) -> str:
    """What became of the files of an import, in a sentence."""
    left_out = sum(line.reason == files.LEFT_OUT for line in lines)
    count = {outcome: sum(line.outcome == outcome for line in lines) for outcome in OUTCOMES}
    count["skipped"] -= left_out
    pages = sum(len(line.item_ids) for line in lines if line.outcome == "imported")
    said = [f"{pages:,} page{'' if pages == 1 else 's'} imported"]
    said += [f"{count[outcome]:,} {words}" for outcome, words in OUTCOMES.items() if count[outcome] and words]
    said += [f"{left_out:,} left out"] if left_out else []
    return ", ".join(said) + "."
