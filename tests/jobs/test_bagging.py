"""Bags, copies and mergings in the worker: it says how far it is, stops when told, and loses nothing when killed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bagit
import pytest

from archive_viewer.errors import ExportFailed
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.processes import command
from archive_viewer.library import Library, Task
from pages import PAGE, PARAGRAPHS

PAGES = 40


def fill(library: Library, folder: Path, name: str, pages: int = PAGES) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(pages):
        body = "\n".join(f"<p>{paragraph} {name} {number}.</p>" for paragraph in PARAGRAPHS)
        (folder / f"{name}{number:03}.html").write_text(PAGE.format(title=f"{name} {number}", paragraphs=body), "utf-8")
    accession = library.begin_accession([folder])
    assert len(list(import_paths(library, accession.id, [folder], Job()))) == pages


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "Ärchive 😀", "owner") as library:
        fill(library, tmp_path / "in", "Tïtle")
        yield library


class Child:
    """A worker that is spoken to as the window speaks to it."""

    def __init__(self, library: Library) -> None:
        program = command("worker", library.folder)
        self.process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def hear(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        return (json.loads(line) for line in self.process.stdout)

    def end_of(self, task: Task) -> dict[str, Any]:
        return next(message for message in self.hear() if message["event"] == "finished" and message["task"] == task.id)

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=20)


def test_one_after_the_other(library: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        fill(other, tmp_path / "there", "Other", 3)
    tasks = [
        library.request_bag(tmp_path / "bag", organization="Tïtle"),
        library.request_copy(tmp_path / "copy"),
        library.request_merge(tmp_path / "other"),
    ]
    child = Child(library)
    ends = [child.end_of(task) for task in tasks]
    child.close()
    assert [end["state"] for end in ends] == ["done"] * 3
    assert "3 pages" in ends[2]["message"]
    bagit.Bag(str(tmp_path / "bag")).validate()
    with Library.open(tmp_path / "copy", "reader") as copy:
        assert len(copy.item_ids()) == PAGES
    assert len(library.item_ids()) == PAGES + 3
    assert library.undo() == "Merge Library"
    assert len(library.item_ids()) == PAGES


def test_killed_in_the_middle_it_is_done_at_the_next_start(library: Library, tmp_path: Path) -> None:
    tasks = [library.request_bag(tmp_path / "bag"), library.request_copy(tmp_path / "copy")]
    for task in tasks:
        child = Child(library)
        next(message for message in child.hear() if message["event"] == "progress")
        child.process.kill()
        child.close()
        if library.task(task.id).state != "done":
            child = Child(library)
            assert child.end_of(task)["state"] == "done"
            child.close()
    bagit.Bag(str(tmp_path / "bag")).validate()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_was_written_before_the_kill_is_not_written_again(library: Library, tmp_path: Path) -> None:
    task = library.request_copy(tmp_path / "copy")
    library.copy_library(tmp_path / "copy")
    with pytest.raises(ExportFailed, match="nothing was replaced"):
        library.request_bag(tmp_path / "copy")
    library.set_task_state(task.id, "running")
    child = Child(library)
    assert child.end_of(task)["state"] == "done"
    child.close()


def test_told_to_stop(library: Library, tmp_path: Path) -> None:
    task = library.request_bag(tmp_path / "bag")
    child = Child(library)
    next(message for message in child.hear() if message["event"] == "progress")
    assert child.process.stdin is not None
    child.process.stdin.write(json.dumps({"do": "cancel", "task": task.id}) + "\n")
    child.process.stdin.flush()
    end = child.end_of(task)
    child.close()
    is_written = (tmp_path / "bag").exists()
    assert end["state"] == ("done" if is_written else "cancelled")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_differs_is_told_by_the_task(library: Library, tmp_path: Path) -> None:
    (first, *_) = library.item_ids()
    library.copy_library(tmp_path / "copy")
    library.tag_items([first], ["ours"])
    with Library.open(tmp_path / "copy") as copy:
        copy.tag_items([first], ["theirs"])
    undecided = library.request_merge(tmp_path / "copy")
    decided = library.request_merge(tmp_path / "copy", choices={("item", first): "both"})
    child = Child(library)
    assert child.end_of(undecided)["state"] == "failed"
    assert child.end_of(decided)["state"] == "done"
    child.close()
    assert library.item(first).tags == ("ours", "theirs")
