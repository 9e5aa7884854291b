"""The worker as a process: it imports, says how far it is, stops when told, and loses nothing when killed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive_viewer.jobs.importing import CUT_OFF, CUT_OFFS, import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.processes import command
from archive_viewer.library import Library, Task
from older_cleaning import made_by_older_cleaner, with_more
from pages import PAGE, PARAGRAPHS

PAGES = 60


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "Ärchive 😀", "owner") as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(PAGES):
        body = "\n".join(f"<p>{paragraph} Number {number}.</p>" for paragraph in PARAGRAPHS)
        (folder / f"{number:03}.html").write_text(PAGE.format(title=f"Tïtle {number}", paragraphs=body), "utf-8")
    return folder


class Child:
    """A worker that is spoken to as the window speaks to it."""

    def __init__(self, library: Library, program: Sequence[str] = ()) -> None:
        program = program or command("worker", library.folder)
        self.process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, **message: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        return (json.loads(line) for line in self.process.stdout)

    def wait_for_end(self, task: Task) -> dict[str, Any]:
        return next(message for message in self.hear() if message["event"] == "finished" and message["task"] == task.id)

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(timeout=20)


def test_it_imports_reports_and_indexes(library: Library, folder: Path) -> None:
    task = library.request_import([folder])
    child = Child(library)
    progress = []
    for message in child.hear():
        if message["event"] == "progress":
            progress.append(message)
        elif message["event"] == "finished":
            break
    assert message["state"] == "done"
    assert "60 pages imported" in message["message"]
    assert progress[-1]["done"] == progress[-1]["total"] == PAGES
    next(message for message in child.hear() if message["event"] == "changed" and not library.count_unindexed())
    assert child.close() == 0
    assert library.poll()
    assert len(library.item_ids()) == PAGES
    assert len(library.search("harbour", limit=100)) == PAGES
    assert [one.state for one in library.tasks(unfinished=False)] == ["done"]
    assert library.accessions()[0].id == task.accession_id


def test_killed_in_the_middle_it_goes_on_and_loses_nothing(library: Library, folder: Path) -> None:
    task = library.request_import([folder])
    kills = 0
    while library.tasks():
        child = Child(library)
        seen = 0
        for message in child.hear():
            seen += message["event"] == "progress"
            if kills < 3 and seen == 2:
                child.process.kill()
                kills += 1
                break
            if message["event"] == "finished":
                break
        child.close()
    assert kills == 3
    lines = library.report(task.accession_id)
    assert len(lines) == len({line.path for line in lines}) == PAGES
    assert {line.outcome for line in lines} == {"imported"}
    assert len(library.item_ids()) == PAGES
    assert all(result.result == "ok" for result in library.verify_originals())


def test_what_is_left_out_is_left_out_after_a_kill_too(library: Library, folder: Path) -> None:
    left_out = [str(folder / f"{number:03}.html") for number in range(0, PAGES, 3)]
    task = library.request_import([folder], left_out)
    child = Child(library)
    next(message for message in child.hear() if message["event"] == "progress" and message["done"])
    child.process.kill()
    child.close()
    child = Child(library)
    assert child.wait_for_end(task)["state"] == "done"
    child.close()
    assert len(library.report(task.accession_id)) == PAGES
    names = {item.file_name for item in library.items(library.item_ids())}
    assert names == {path.name for path in folder.iterdir() if str(path) not in left_out}


def test_a_window_that_no_longer_listens_fails_no_task(library: Library, folder: Path) -> None:
    task = library.request_import([folder])
    child = Child(library)
    next(message for message in child.hear() if message["event"] == "progress")
    assert child.process.stdout is not None
    child.process.stdout.close()
    assert child.process.wait(timeout=20) == 0
    assert child.process.stdin is not None
    child.process.stdin.close()
    assert [one.state for one in library.tasks()] == ["running"]
    again = Child(library)
    assert again.wait_for_end(task)["state"] == "done"
    again.close()
    assert len(library.item_ids()) == PAGES


def test_stopped_it_keeps_what_came_in_and_takes_the_next_task(library: Library, folder: Path) -> None:
    task = library.request_import([folder])
    child = Child(library)
    next(message for message in child.hear() if message["event"] == "progress")
    child.say(do="cancel", task=task.id)
    end = child.wait_for_end(task)
    assert end["state"] == "cancelled"
    came_in = len(library.item_ids())
    assert came_in < PAGES
    again = library.request_import([folder])
    child.say(do="wake")
    assert child.wait_for_end(again)["state"] == "done"
    child.close()
    assert len(library.item_ids()) == PAGES
    outcomes = [line.outcome for line in library.report(again.accession_id)]
    assert outcomes.count("duplicate") == came_in


def test_a_task_that_was_cancelled_while_it_waited_is_not_done(library: Library, folder: Path) -> None:
    library.cancel_task(library.request_import([folder]).id)
    fixity = library.request_fixity()
    child = Child(library)
    assert child.wait_for_end(fixity)["state"] == "done"
    child.close()
    assert library.item_ids() == []


def test_a_rebuild_and_a_fixity_check_say_what_they_found(library: Library, folder: Path) -> None:
    first = library.request_import([folder])
    rebuild, fixity = library.request_rebuild(), library.request_fixity()
    child = Child(library)
    assert child.wait_for_end(first)["state"] == "done"
    assert "60 pages" in child.wait_for_end(rebuild)["message"]
    assert "all are as they came" in child.wait_for_end(fixity)["message"]
    child.close()


def test_the_files_of_one_page_are_checked_and_get_a_second_checksum(library: Library, folder: Path) -> None:
    library.request_import([folder])
    child = Child(library)
    next(message for message in child.hear() if message["event"] == "finished")
    first, second, *_ = library.items(library.item_ids())
    library.original_path(first.sha256).unlink()
    checks = [library.request_fixity([first.id]), library.request_fixity([second.id], with_sha512=True)]
    child.say(do="wake")
    assert "1 stored file checked; 1 failed" in child.wait_for_end(checks[0])["message"]
    assert "1 stored file checked; all" in child.wait_for_end(checks[1])["message"]
    child.close()
    assert library.fixity_state().without_sha512 == PAGES - 1
    assert [need.sha256 for need in library.attention()] == [first.sha256]


QUIET = """
import sys
from pathlib import Path
from archive_viewer.jobs.worker import Worker
Worker(Path(sys.argv[1]), sys.stdin, sys.stdout, quiet_seconds=0.05).run()
"""
"""A worker that takes a moment for quiet."""


def test_what_is_due_is_checked_while_nobody_waits(library: Library, folder: Path) -> None:
    accession = library.begin_accession([folder])
    list(import_paths(library, accession.id, [folder], Job()))
    list(library.verify_originals())
    hurt = library.item(library.item_ids()[0])
    library.original_path(hurt.sha256).unlink()
    with closing(sqlite3.connect(library.folder / "library.db")) as connection, connection:
        connection.execute("UPDATE original SET verified_at = '2001-01-01', accessioned_at = '2001-01-01'")
    child = Child(library, [sys.executable, "-c", QUIET, str(library.folder)])
    next(message for message in child.hear() if library.failed_originals())
    # What somebody asks for is done at once, however much is still to be checked.
    task = library.request_rebuild()
    child.say(do="wake")
    assert child.wait_for_end(task)["state"] == "done"
    child.close()
    assert [one.sha256 for one in library.failed_originals()] == [hurt.sha256]


def test_it_ends_with_its_window(library: Library) -> None:
    child = Child(library)
    assert child.close() == 0


SLOW = """
import sys
from archive_viewer import limits
from archive_viewer.__main__ import main
limits.SECONDS_PER_FILE, limits.BYTES_A_SECOND = 2, limits.CONTAINER_BYTES
main(["--worker", sys.argv[1]])
"""
"""A worker for which a page is slow after two seconds."""


def test_a_page_that_takes_too_long_ends_the_worker_and_is_refused_at_last(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format(title="Before", paragraphs=""), "utf-8")
    (folder / "b.html").write_bytes(b"<!doctype html><title>Slow</title>" + b"<p>x</p>" * 900_000)
    (folder / "c.html").write_text(PAGE.format(title="Behind", paragraphs=""), "utf-8")
    task = library.request_import([folder])
    ends = []
    while library.tasks() and len(ends) < 6:
        worker = subprocess.Popen(
            [sys.executable, "-c", SLOW, str(library.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        while (line := worker.stdout.readline()) and json.loads(line)["event"] != "finished":
            pass
        _, said = worker.communicate(timeout=60)
        # How a process ends that is stopped in the midst of C code is for the system to say: 1, or a signal.
        ends.append((worker.returncode != 0, "Timeout" in said))
    assert ends == [(True, True)] * CUT_OFFS + [(False, False)]
    outcomes = {Path(line.path).name: (line.outcome, line.reason) for line in library.report(task.accession_id)}
    assert outcomes == {"a.html": ("imported", ""), "b.html": ("refused", CUT_OFF), "c.html": ("imported", "")}


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the stream here")
def test_a_worker_without_standard_error_works(library: Library, folder: Path) -> None:
    task = library.request_import([folder])
    closed = ["sh", "-c", 'exec "$@" 2>&-', "sh", *command("worker", library.folder)]
    child = Child(library, closed)
    assert child.wait_for_end(task)["state"] == "done"
    assert child.close() == 0


def test_it_cleans_again_and_goes_on_after_a_kill(library: Library, folder: Path) -> None:
    child = Child(library)
    imported = library.request_import([folder])
    child.say(do="wake")
    child.wait_for_end(imported)
    child.close()
    ids = library.item_ids()
    for id in ids:
        made_by_older_cleaner(library.folder, id, with_more("Sponsored 😀 words"))
    task = library.request_clean_again()
    child = Child(library)
    changed: list[str] = []
    for message in child.hear():
        changed += message.get("items", [])
        if changed:
            break
    child.process.kill()
    child.close()
    assert library.recleanings(task.id)
    again = Child(library)
    end = again.wait_for_end(task)
    assert (end["state"], end["message"]) == ("done", f"{PAGES} pages cleaned again, {PAGES} changed.")
    assert again.close() == 0
    assert len(library.recleanings(task.id)) == PAGES
    assert library.undo() == "Clean Again"
    assert library.count_older() == PAGES, "one step, though it was cut off"
