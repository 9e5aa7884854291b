"""``accessions``, ``report``, and what a dry run says of pages that look alike."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import command_processes
from pages import PAGE, PARAGRAPHS

Run = Callable[..., subprocess.CompletedProcess[str]]


def lines(answer: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.stdout.splitlines()]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        return command_processes.run(*arguments, "--library", tmp_path / "Lïbrary", code=code)

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "in" / "Tïtle 😀.html"
    file.parent.mkdir()
    file.write_text(PAGE.format(title="Tïtle 😀", paragraphs="".join(f"<p>{p}</p>" for p in PARAGRAPHS)), "utf-8")
    return file


def test_a_dry_run_names_twins_and_what_looks_alike(run: Run, page: Path) -> None:
    (page.parent / "twin.html").write_bytes(page.read_bytes())
    (page.parent / "alike.html").write_bytes(page.read_bytes() + b"<!-- again -->")
    alike, first, twin = lines(run("import", page.parent, "--dry-run", "--json"))
    assert [line["outcome"] for line in (alike, first, twin)] == ["imported", "imported", "duplicate"]
    assert (twin["items"], alike["near"]) == ([], [])
    (near,) = first["near"]
    assert (near["id"], near["title"], near["path"], near["same_text"]) == (None, "Tïtle 😀", alike["path"], True)
    said = run("import", page.parent, "--dry-run").stdout
    assert "The same text as “Tïtle 😀”" in said


def test_accessions_and_their_reports(run: Run, page: Path, tmp_path: Path) -> None:
    (page.parent / "empty.html").write_bytes(b"")
    imported = lines(run("import", page.parent, "--json", code=3))
    (accession,) = lines(run("accessions", "--json"))
    assert accession["source"] == [str(page.parent)]
    assert (accession["state"], accession["items"], accession["refused"]) == ("done", 1, 1)
    for name in (accession["id"], accession["number"]):
        assert lines(run("report", name, "--json")) == [{**line, "near": []} for line in imported]
    assert accession["number"] in run("accessions").stdout
    assert "refused" in run("report", accession["number"]).stdout
    out = tmp_path / "repört.csv"
    run("report", accession["number"], "--csv", out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbfAccession,File,")
    assert "no accession" in run("report", "1999-001", code=2).stderr


def test_show_names_the_pages_that_look_alike(run: Run, page: Path) -> None:
    (page.parent / "alike.html").write_bytes(page.read_bytes() + b"<!-- again -->")
    alike, first = (line["items"][0]["id"] for line in lines(run("import", page.parent, "--json")))
    (shown,) = lines(run("show", first, "--json"))
    assert [near["id"] for near in shown["near"]] == [alike]
    assert "The same text as" in run("show", first).stdout


def test_an_import_tells_by_name_what_looks_alike_or_is_the_same_in_it(run: Run, page: Path) -> None:
    (page.parent / "z twin.html").write_bytes(page.read_bytes())
    (page.parent / "a alike.html").write_bytes(page.read_bytes() + b"<!-- again -->")
    first, second, twin = lines(run("import", page.parent, "--json"))
    assert first["near"] == []
    (near,) = second["near"]
    assert (near["id"], near["path"], near["same_text"]) == (first["items"][0]["id"], "a alike.html", True)
    assert twin["reason"] == f"It is the same file as “{page.name}”, which comes in with this import."
    assert "in a alike.html." in run("report", first["items"][0]["accession"]).stdout
    (page.parent / "later.html").write_bytes(page.read_bytes() + b"<!-- later -->")
    said = run("import", page.parent / "later.html").stdout
    assert said.count("which the library holds already.") == 2
