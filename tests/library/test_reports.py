"""The report of an accession: each line with its pages as they are now, and as a table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from archive_viewer.errors import ExportFailed, UnknownId
from archive_viewer.library import Library
from crawls import SITE, answer, page, record
from pages import MakePage, TakeIn


@pytest.fixture
def accession_id(library: Library, make_page: MakePage, take_in: TakeIn, tmp_path: Path) -> str:
    empty = tmp_path / "saved" / "empty.html"
    page = make_page("Tïtle 😀.html", title="=HYPERLINK(1)")
    empty.write_bytes(b"")
    take_in(page, make_page("twin.html", title="=HYPERLINK(1)"), empty)
    return library.accessions()[0].id


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_each_line_comes_with_its_pages(library: Library, accession_id: str) -> None:
    imported, duplicate, refused = library.report_entries(accession_id)
    assert [entry.line.outcome for entry in (imported, duplicate, refused)] == ["imported", "duplicate", "refused"]
    assert imported.items == duplicate.items
    assert imported.items[0].title == "=HYPERLINK(1)"
    assert refused.items == ()


def test_it_is_written_as_a_table(library: Library, accession_id: str, tmp_path: Path) -> None:
    assert library.export_report(accession_id, tmp_path / "repört.csv") == 3
    imported, duplicate, refused = read(tmp_path / "repört.csv")
    item = library.items(library.item_ids())[0]
    assert imported["Title"] == "'=HYPERLINK(1)"
    assert imported["Page"] == duplicate["Page"] == item.id
    assert imported["Capture date"] == item.captured_at
    assert imported["SHA-256 of the file"] == item.sha256
    assert imported["Accession"] == item.accession
    assert (refused["Outcome"], refused["Page"]) == ("refused", "")
    assert "empty" in refused["Reason"]


def test_a_table_names_what_a_page_looks_like(
    library: Library, accession_id: str, make_page: MakePage, take_in: TakeIn, tmp_path: Path
) -> None:
    take_in(make_page("again.html", title="Other title"))
    second = library.accessions()[0]
    library.export_report(second.id, tmp_path / "second.csv")
    (row,) = read(tmp_path / "second.csv")
    assert row["Looks like"].startswith("“=HYPERLINK(1)”, captured ")


def test_an_accession_is_known_by_number_and_id(library: Library, accession_id: str, tmp_path: Path) -> None:
    accession = library.accession(accession_id)
    assert library.accession(accession.number) == accession
    with pytest.raises(UnknownId):
        library.accession("1999-001")
    with pytest.raises(ExportFailed):
        library.export_report(accession_id, tmp_path / "nowhere" / "report.csv")


def test_rows_are_counted_not_lines(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    crawl = tmp_path / "ä.warc"
    crawl.write_bytes(b"".join(record(f"{SITE}/{name}", answer(page(f"Tïtle 😀 {name}"))) for name in "abc"))
    take_in(crawl)
    count = library.export_report(library.accessions()[0].id, tmp_path / "out.csv")
    assert count == len(read(tmp_path / "out.csv")) == 3


def test_an_unknown_accession_is_told_what_names_there_are(library: Library) -> None:
    with pytest.raises(UnknownId, match="by its number, such as 2026-001, or by its id"):
        library.accession("1")
