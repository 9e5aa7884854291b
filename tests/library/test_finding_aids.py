"""The finding aid of a unit: what is told of it and of all below, in the order of the tree."""

from __future__ import annotations

from datetime import date

import pytest

from archive_viewer.errors import UnknownId
from archive_viewer.exporting.fact_sheet import FactSheet
from archive_viewer.library import Library
from archive_viewer.library.finding_aids import finding_aid
from archive_viewer.model import Repository, Unit
from pages import MakePage, TakeIn


@pytest.fixture
def tree(library: Library, make_page: MakePage, take_in: TakeIn) -> tuple[Unit, Unit, Unit, list[str]]:
    """A fonds with two series, three pages in the first, one in the fonds itself; another fonds beside it."""
    paths = [
        make_page(f"{n}.html", f"Tïtle {n}", (f"The ferry {n} left the town at noon on a Tuesday.",)) for n in range(4)
    ]
    ids = [id for line in take_in(*paths) for id in line.item_ids]
    fonds = library.add_unit("", "fonds", "Férry 😀 papers")
    tides = library.add_unit(fonds.id, "series", "Tïdes")
    tolls = library.add_unit(fonds.id, "series", "Tolls")
    library.add_unit("", "fonds", "Of others")
    library.move_items([ids[2], ids[0], ids[1]], tides.id)
    library.move_items([ids[3]], fonds.id)
    library.describe(fonds.id, {"creator": "The ferry board"})
    library.describe(tides.id, {"scope": "Tables"})
    library.set_repository(Repository("DE", "0074", "Stadtarchiv"))
    return fonds, tides, tolls, ids


def said(sheet: FactSheet, number: int) -> dict[str, str]:
    return {entry.name: entry.value for entry in sheet.parts[number].entries}


def test_it_tells_the_tree_in_its_order(library: Library, tree: tuple[Unit, Unit, Unit, list[str]]) -> None:
    fonds, tides, tolls, ids = tree
    sheet = finding_aid(library, fonds.id, today=date(2026, 11, 30))
    assert sheet.title == "Fonds: Férry 😀 papers"
    assert sheet.subtitle == "Finding aid, as of 2026-11-30 · Stadtarchiv (DE 0074)"
    assert [part.title for part in sheet.parts] == ["", "Series: Tïdes", "Series: Tolls"]
    assert [(one.code, one.title) for one in sheet.parts[0].held] == [
        ("DE 0074 1/1", "Series: Tïdes"),
        ("DE 0074 1/2", "Series: Tolls"),
        (library.reference_code(ids[3]), "Tïtle 3"),
    ]
    assert [one.target for one in sheet.parts[0].held] == [f"#unit-{tides.id}", f"#unit-{tolls.id}", ids[3]]
    assert [one.title for one in sheet.parts[1].held] == ["Tïtle 2", "Tïtle 0", "Tïtle 1"]
    assert sheet.parts[2].held == ()
    assert said(sheet, 0)["Creator"] == "The ferry board"
    assert said(sheet, 1)["Scope and content"] == "Tables"


def test_what_is_inherited_is_told_once(library: Library, tree: tuple[Unit, Unit, Unit, list[str]]) -> None:
    fonds, tides, _tolls, _ids = tree
    assert "Creator" not in said(finding_aid(library, fonds.id), 1)
    alone = finding_aid(library, tides.id)
    creator = next(entry for entry in alone.parts[0].entries if entry.name == "Creator")
    assert (creator.value, creator.source) == ("The ferry board", "inherited from Férry 😀 papers")


def test_pages_that_are_not_named_are_counted(library: Library, tree: tuple[Unit, Unit, Unit, list[str]]) -> None:
    fonds, _tides, _tolls, ids = tree
    sheet = finding_aid(library, fonds.id, most_pages=2)
    assert [one.title for one in sheet.parts[1].held] == ["Tïtle 2"]
    assert sheet.parts[1].note.startswith("and 2 more")
    assert sheet.parts[0].note == ""
    # What lies in the bin is neither named nor counted.
    library.delete_items([ids[1]])
    assert finding_aid(library, fonds.id, most_pages=2).parts[1].note.startswith("and 1 more")
    assert all(one.title != "Tïtle 1" for part in finding_aid(library, fonds.id).parts for one in part.held)


def test_every_word_of_it_can_be_translated(library: Library, tree: tuple[Unit, Unit, Unit, list[str]]) -> None:
    sheet = finding_aid(library, tree[0].id, say=str.upper, show=lambda _element, value: f"<{value}>")
    assert sheet.subtitle.startswith("FINDING AID")
    assert all(entry.name.isupper() and entry.value.startswith("<") for part in sheet.parts for entry in part.entries)
    assert sheet.parts[0].held[0].told == "3 PAGES"


def test_a_unit_that_is_not_there_is_told(library: Library) -> None:
    with pytest.raises(UnknownId):
        finding_aid(library, "nothing")
