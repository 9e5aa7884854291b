"""``find-source`` as a program: a text, standard input or a file in; passages out, and 2 where nobody said it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import command_processes
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from pages import PAGE, PARAGRAPHS

Run = Callable[..., subprocess.CompletedProcess[str]]

QUOTE = "a second meeting was planned … when the snow on the pass has [finally] melted"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    folder = tmp_path / "Lïbrary"
    page = tmp_path / "Tïtle 😀.html"
    page.write_text(PAGE.format(title="Tïtle 😀", paragraphs="".join(f"<p>{one}</p>" for one in PARAGRAPHS)), "utf-8")
    with Library.open(folder) as library:
        assert list(import_paths(library, library.begin_accession([page]).id, [page], Job()))
        update_index(library, Job())

    def run(*arguments: str | Path, code: int = 0, said: str = "") -> subprocess.CompletedProcess[str]:
        return command_processes.run("find-source", *arguments, "--library", folder, said=said, code=code)

    return run


def test_the_passage_is_told_with_what_differs(run: Run, tmp_path: Path) -> None:
    (line,) = run(QUOTE, "--json").stdout.splitlines()
    told = json.loads(line)
    assert told["held"]
    assert 0.8 < told["share"] < 1
    assert told["match"].startswith("A second meeting is planned")
    assert told["end"] - told["start"] == len(told["match"])
    assert {"agreement": "changed", "quoted": "was"}.items() <= told["stretches"][1].items()
    file = tmp_path / "quote.txt"
    file.write_text(QUOTE, "utf-16")
    for answer in (run("--file", file), run("-", said=QUOTE)):
        assert "“is” where the quote has “was”" in answer.stdout
        assert "[A second meeting is planned" in answer.stdout


def test_what_nobody_said_and_what_cannot_be_read(run: Run, tmp_path: Path) -> None:
    answer = run("Zebras play the violin in quartets of seven.", code=2)
    assert answer.stdout == ""
    assert "No page of the library holds this quote." in answer.stderr
    assert "There is no such file or folder." in run("--file", tmp_path / "nowhere.txt", code=3).stderr
    run(code=2)
    run(QUOTE, "--file", tmp_path, code=2)
