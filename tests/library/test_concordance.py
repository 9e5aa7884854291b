"""The concordance through the door: every passage of every page, in an order, bounded, written out and cited."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from archive_viewer.errors import BadQuery, ExportFailed
from archive_viewer.library import Library, Scope
from archive_viewer.model import ImportLine
from pages import MakePage, TakeIn

SEA = tuple(
    f"The {kind} sea lay before the {town} harbour, and nobody in the town had ever sailed so far out on it in winter."
    for kind, town in (("cold", "upper"), ("Black", "lower"), ("açure", "other"))
)
SKY = ("Nobody had seen the sea so calm; =1+1 stood on the wall of the harbour, where the boats are kept all winter.",)


@pytest.fixture
def lines(make_page: MakePage, take_in: TakeIn) -> list[ImportLine]:
    return take_in(make_page("sea.html", "The sea", SEA), make_page("sky.html", "=Sky, “über” alles", SKY))


def test_every_passage_of_every_page_in_the_wished_order(library: Library, lines: list[ImportLine]) -> None:
    found = library.concordance('"sea lay" OR "seen the sea"', "before")
    assert [(line.passage.before.split()[-1], line.passage.match) for line in found] == [
        ("açure", "sea lay"),
        ("Black", "sea lay"),
        ("cold", "sea lay"),
        ("had", "seen the sea"),
    ]
    assert (found.is_cut, found.pages, found.pages_found, found.pages_read) == (False, 2, 2, 2)
    for line in found:
        text = library.article(line.page.item_id).text
        assert text[line.passage.start : line.passage.end] == line.passage.match


def test_it_has_each_passage_that_the_search_shows(library: Library, lines: list[ImportLine]) -> None:
    for query in ("sea OR harbour", '"nobody had"', "sea NEAR/9 harbour", "win*"):
        shown = [(hit.item.id, passage) for hit in library.search(query) for passage in hit.passages]
        assert [(line.page.item_id, line.passage) for line in library.concordance(query)] == shown
        assert shown


def test_what_there_is_no_room_for_is_said(library: Library, lines: list[ImportLine]) -> None:
    whole = library.concordance("winter")
    few = library.concordance("winter", limit=2)
    assert few.is_cut
    assert list(few) == list(whole)[:2]
    just = library.concordance("winter", limit=len(whole))
    assert not just.is_cut


def test_a_part_of_the_library_the_bin_and_titles_alone(library: Library, lines: list[ImportLine]) -> None:
    sea, sky = (line.item_ids[0] for line in lines)
    library.tag_items([sky], add=["calm"])
    assert {line.page.item_id for line in library.concordance("harbour", scope=Scope("tag", "calm"))} == {sky}
    library.delete_items([sea])
    assert {line.page.item_id for line in library.concordance("harbour")} == {sky}
    assert {line.page.item_id for line in library.concordance("harbour is:binned")} <= {sea}
    found = library.concordance("title:über")
    assert (len(found), found.pages, found.pages_found) == (0, 0, 1)


def test_a_query_that_cannot_be_understood_is_refused_at_once(library: Library) -> None:
    with pytest.raises(BadQuery):
        library.concordance_in_portions("published:banana")


def test_it_is_written_as_a_table_that_runs_nothing(library: Library, lines: list[ImportLine], tmp_path: Path) -> None:
    file = tmp_path / "Tïble 😀.csv"
    found = library.concordance("sea OR harbour", "after")
    assert list(library.export_concordance(file, found))[-1] == len(found)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(file.read_text("utf-8-sig").splitlines())
    assert header[:3] == ["Before", "Match", "After"]
    assert [row[1] for row in rows] == [line.passage.match for line in found]
    assert {row[3] for row in rows} == {"The sea", "'=Sky, “über” alles"}
    assert [row[8] for row in rows] == [line.page.item_id for line in found]


def test_who_stops_the_writing_leaves_what_was_there(library: Library, lines: list[ImportLine], tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("older", "utf-8")
    writing = library.export_concordance(file, library.concordance("sea"))
    assert next(writing) == 1
    writing.close()
    assert file.read_text("utf-8") == "older"
    assert list(tmp_path.glob(".*.part")) == []
    with pytest.raises(ExportFailed):
        list(library.export_concordance(tmp_path / "no" / "such.csv", library.concordance("sea")))


def test_lines_are_copied_with_their_source(library: Library, lines: list[ImportLine]) -> None:
    found = library.concordance("Black")
    text = library.concordance_text(found)
    assert "The [Black] sea lay before" in text
    assert "“The sea.”" in text
    assert library.item(lines[0].item_ids[0]).sha256 in text
