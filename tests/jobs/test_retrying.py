"""A refused file tried again: what fails leaves a word, what comes in adds to where it was refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.retrying import try_again
from archive_viewer.library import Library

PAGE = "<!DOCTYPE html><title>Tïtle 😀</title><article><h1>Tïtle 😀</h1><p>The ferry sails in spring.</p></article>"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "bröken.html"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    return file


@pytest.fixture
def library(tmp_path: Path, broken: Path) -> Library:
    """A library that could not take the file in."""
    with Library.open(tmp_path / "library") as made:
        accession = made.begin_accession([broken])
        assert [line.outcome for line in import_paths(made, accession.id, [broken], Job())] == ["refused"]
        yield made


def test_what_fails_again_makes_no_accession(library: Library, broken: Path) -> None:
    (accession,) = library.accessions()
    (line,) = library.report(accession.id)
    assert try_again(library, line.path, accession.id, Job()) == line.reason
    assert library.accessions() == [accession]
    assert library.report(accession.id) == [line]
    (event,) = library.events(accession.id, outcome="failure")
    assert (event.type, line.reason in event.detail) == ("ingestion", True)


def test_its_line_says_why_it_is_refused_now(library: Library, broken: Path) -> None:
    (accession,) = library.accessions()
    (before,) = library.report(accession.id)
    broken.unlink()
    said = try_again(library, before.path, accession.id, Job())
    (after,) = library.report(accession.id)
    assert said == after.reason != before.reason
    assert [trouble.sentence for trouble in library.attention()] == [said]


def test_what_was_mended_comes_in_and_adds_to_the_earlier_one(library: Library, broken: Path) -> None:
    (first,) = library.accessions()
    broken.write_text(PAGE, "utf-8")
    assert try_again(library, str(broken), first.id, Job()) == "1 page imported."
    (second,) = library.accruals(first.id)
    assert (second.accrues_to, second.state, second.item_count) == (first.id, "done", 1)
    assert library.attention() == []


def test_what_has_come_in_by_another_way_needs_no_attention(library: Library, broken: Path, tmp_path: Path) -> None:
    (first,) = library.accessions()
    broken.write_text(PAGE, "utf-8")
    copy = tmp_path / "copy.html"
    copy.write_text(PAGE, "utf-8")
    other = library.begin_accession([copy])
    list(import_paths(library, other.id, [copy], Job()))
    try_again(library, str(broken), first.id, Job())
    assert len(library.accessions()) == 2
    assert library.attention() == []


def test_an_attempt_that_was_cut_off_is_gone_on_with(library: Library, broken: Path) -> None:
    (first,) = library.accessions()
    broken.write_text(PAGE, "utf-8")
    library.begin_accession([broken], accrues_to=first.id)
    assert try_again(library, str(broken), first.id, Job(), was_cut_off=True) == "1 page imported."
    assert len(library.accessions()) == 2
