"""A look ahead of an import comes to the same end as the import, and what is left out stays out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_viewer.jobs.importing import import_paths, summary
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.previewing import look_at_paths
from archive_viewer.library import Library
from archive_viewer.model import ImportLine
from pages import PAGE, PARAGRAPHS, web_page_complete


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "Ärchive 😀", "owner") as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    web_page_complete(folder)
    page = PAGE.format(title="Tïtle 😀", paragraphs="".join(f"<p>{text}</p>" for text in PARAGRAPHS))
    (folder / "a first.html").write_text(page, "utf-8")
    (folder / "b twin.html").write_text(page, "utf-8")
    (folder / "c alike.html").write_text(page.replace("<body>", "<body><!-- again -->"), "utf-8")
    (folder / "d empty.html").write_bytes(b"")
    (folder / "e style.css").write_text("p { color: red }", "utf-8")
    return folder


def imported(library: Library, paths: list[Path], left_out: frozenset[str] = frozenset()) -> list[ImportLine]:
    accession = library.begin_accession(paths)
    return list(import_paths(library, accession.id, paths, Job(), left_out=left_out))


@pytest.mark.parametrize("times", [0, 1])
def test_it_says_what_the_import_then_does(library: Library, folder: Path, times: int) -> None:
    for _ in range(times):
        imported(library, [folder])
    ahead = list(look_at_paths(library, [folder], Job()))
    done = imported(library, [folder])
    assert [(one.line.path, one.line.outcome) for one in ahead] == [(line.path, line.outcome) for line in done]


def test_it_names_twins_and_pages_that_look_alike(folder: Path) -> None:
    first, twin, alike, *_ = (one for one in look_at_paths(None, [folder], Job()) if "Ferry" not in one.line.path)
    assert (first.line.outcome, first.near) == ("imported", ())
    assert twin.line.outcome == "duplicate"
    assert "a first.html" in twin.line.reason
    (near,) = alike.near
    assert (near.path, near.is_same_text) == (str(folder / "a first.html"), True)


def test_pages_that_the_library_holds_are_named(library: Library, folder: Path) -> None:
    (line,) = imported(library, [folder / "a first.html"])
    (prospect,) = look_at_paths(library, [folder / "c alike.html"], Job())
    assert [(near.item.id, near.path) for near in prospect.near] == [(line.item_ids[0], "")]


def test_what_is_left_out_stays_out_with_what_belongs_to_it(library: Library, folder: Path) -> None:
    left_out = frozenset({str(folder / "Ferry.html"), str(folder / "c alike.html")})
    lines = {Path(line.path).name: line for line in imported(library, [folder], left_out)}
    assert lines["Ferry.html"].reason == lines["c alike.html"].reason == "You left this file out."
    assert "saved_resource.html" not in lines
    assert [library.item(id).file_name for id in library.item_ids()] == ["a first.html"]
    said = "1 page imported, 1 already in the library, 1 refused, 1 passed over as parts of pages, 2 left out."
    assert summary(list(lines.values())) == said


def test_it_goes_on_after_a_kill_without_what_was_left_out(library: Library, folder: Path) -> None:
    accession = library.begin_accession([folder])
    left_out = frozenset({str(folder / "a first.html")})
    going_on = import_paths(library, accession.id, [folder], Job(), left_out=left_out)
    next(going_on)
    going_on.close()
    rest = list(import_paths(library, accession.id, [folder], Job(), was_cut_off=True, left_out=left_out))
    lines = [Path(line.path).name for line in library.report(accession.id)]
    assert len(lines) == len(set(lines)) == 1 + len(rest)
    assert "a first.html" not in {library.item(id).file_name for id in library.item_ids()}


def test_a_file_that_ended_a_look_is_not_read_again(folder: Path) -> None:
    files = [folder / "a first.html", folder / "c alike.html"]
    one, two = look_at_paths(None, files, Job(), {0})
    assert one.line.outcome == "refused"
    assert "ended while it looked" in one.line.reason
    assert (two.line.outcome, two.near) == ("imported", ())
