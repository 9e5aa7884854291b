"""The arrangement, the descriptions and the account of accessions go with a library that is merged or bagged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import bagit
import pytest

from archive_viewer.errors import BadArrangement, Cancelled, LibraryDamaged, MergeUndecided
from archive_viewer.library import Library, Scope
from archive_viewer.model import Item
from pages import MakePage, TakeIn


@pytest.fixture
def arranged(library: Library, item: Item, make_page: MakePage, take_in: TakeIn) -> Library:
    """A library with a fonds, a series in it with one of two pages, and descriptions of all three."""
    take_in(make_page("zwei.html", "Zwei"))
    fonds = library.add_unit("", "fonds", "Fonds ä 😀", code="F")
    series = library.add_unit(fonds.id, "series", "Series ö", code="S")
    library.move_items([item.id], series.id)
    library.describe(fonds.id, {"scope": "What it is about 😀"})
    library.describe(item.id, {"title": "A typed title"})
    library.change_accession(library.item(item.id).accession, custodial_history="From the attic")
    return library


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "empty") as empty:
        yield empty


def shape(library: Library) -> list[tuple[object, ...]]:
    return [
        (unit.id, unit.parent_id, unit.level, unit.title, library.item_ids(Scope("unit", unit.id)))
        for unit in library.units()
    ]


def test_they_are_merged_and_taken_back(arranged: Library, item: Item, empty: Library) -> None:
    plan = empty.merge(arranged.folder)
    assert plan.new["unit"] == 2
    assert shape(empty) == shape(arranged)
    assert empty.item(item.id) == arranged.item(item.id)
    assert empty.item(item.id).title == "A typed title"
    for id in (item.id, *(unit.id for unit in arranged.units())):
        assert empty.description(id) == arranged.description(id)
    assert [one.custodial_history for one in empty.accessions()] == [
        one.custodial_history for one in arranged.accessions()
    ]
    assert empty.merge(arranged.folder).new == {}
    assert empty.undo() == "Merge Library"
    assert (empty.units(), empty.item_ids()) == ([], [])
    empty.redo()
    assert shape(empty) == shape(arranged)


def test_what_differs_is_a_conflict(arranged: Library, item: Item, tmp_path: Path) -> None:
    arranged.copy_library(tmp_path / "copy")
    (fonds, _) = arranged.units()
    with Library.open(tmp_path / "copy") as copy:
        assert shape(copy) == shape(arranged)
        copy.describe(item.id, {"title": "Another title"})
        copy.change_unit(fonds.id, level="fonds", title="Another fonds", code="F")
        copy.change_accession(copy.item(item.id).accession, note="theirs")
        arranged.change_accession(arranged.item(item.id).accession, note="ours")
    found = {one.noun: one.title for one in arranged.merge_plan(tmp_path / "copy").conflicts}
    assert set(found) == {"description", "unit", "accession"}
    arranged.merge(tmp_path / "copy", choice="theirs")
    assert arranged.item(item.id).title == "Another title"
    assert arranged.units()[0].title == "Another fonds"
    assert arranged.accession(arranged.item(item.id).accession).note == "theirs"


def test_they_come_back_from_a_bag(arranged: Library, item: Item, tmp_path: Path) -> None:
    for name, ids in (("whole", None), ("part", [item.id])):
        arranged.bag(tmp_path / name, item_ids=ids)
        bagit.Bag(str(tmp_path / name)).validate()
        Library.unbag(Library.prove_bag(tmp_path / name), tmp_path / f"{name} again")
        with Library.open(tmp_path / f"{name} again") as again:
            assert [unit[:4] for unit in shape(again)] == [unit[:4] for unit in shape(arranged)]
            assert again.item(item.id) == arranged.item(item.id)
            for id in (item.id, *(unit.id for unit in arranged.units())):
                assert again.description(id) == arranged.description(id)


def test_what_was_given_up_does_not_come_back(arranged: Library, item: Item, tmp_path: Path) -> None:
    mark = arranged.annotate_quote(item.id, "winter road")
    other_id = next(id for id in arranged.item_ids() if id != item.id)
    arranged.link(mark.id, other_id, "supports")
    arranged.copy_library(tmp_path / "copy")
    arranged.delete_items([item.id])
    arranged.deaccession([item.id], "It was never ours.")
    plan = arranged.merge(tmp_path / "copy", choice="ours")
    assert plan.given_up == {item.id: "A typed title"}
    assert arranged.item_ids() == [other_id]
    assert arranged.annotations() == []
    assert arranged.links() == []


def test_no_unit_comes_to_stand_in_itself(library: Library, tmp_path: Path) -> None:
    a, b = library.add_unit("", "fonds", "A"), library.add_unit("", "fonds", "B")
    library.copy_library(tmp_path / "copy")
    with Library.open(tmp_path / "copy") as copy:
        copy.move_units([b.id], a.id)
    library.move_units([a.id], b.id)
    before = shape(library)
    with pytest.raises(BadArrangement, match="in itself"):
        library.merge(tmp_path / "copy", choices={("unit", a.id): "ours", ("unit", b.id): "theirs"})
    assert shape(library) == before
    library.merge(tmp_path / "copy", choice="theirs")
    assert [unit[:2] for unit in shape(library)] == [(a.id, ""), (b.id, a.id)]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE unit SET parent_id = (SELECT id FROM unit WHERE code = 'S') WHERE code = 'F'",
        "INSERT INTO setting VALUES ('levels', '7')",
        """INSERT INTO setting VALUES ('levels', '[["a", 7]]')""",
        """INSERT INTO setting VALUES ('repository', '{"x": "y"}')""",
        """INSERT INTO setting VALUES ('repository', '{"name": 7}')""",
        "INSERT INTO setting VALUES ('repository', 'no JSON')",
        "UPDATE item SET tags = 'no JSON'",
        "UPDATE item SET facts = '[]'",
        "UPDATE description SET elements = '[]'",
    ],
)
def test_an_arrangement_that_would_lead_nowhere_is_refused(
    arranged: Library, empty: Library, tmp_path: Path, harm: str
) -> None:
    arranged.copy_library(tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy" / "library.db")) as connection, connection:
        connection.execute(harm)
    with pytest.raises(LibraryDamaged):
        empty.merge(tmp_path / "copy")
    assert empty.item_ids() == []


def test_a_page_that_came_before_a_stop_stands_in_its_unit(arranged: Library, item: Item, empty: Library) -> None:
    def stop(done: int, total: int, _what: str, _size: int) -> None:
        if done == total - 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        empty.merge(arranged.folder, stop)
    assert set(empty.item_ids()) == set(arranged.item_ids())
    assert shape(empty) == shape(arranged)


def test_a_page_out_of_the_bin_stands_in_no_unit_that_is_gone(arranged: Library, item: Item, empty: Library) -> None:
    empty.merge(arranged.folder)
    empty.undo()
    empty.restore_items([item.id])
    assert (empty.item(item.id).unit_id, empty.count_unarranged()) == ("", 1)
    empty.undo()
    empty.redo()
    assert empty.count_unarranged() == 1


def test_what_is_typed_meanwhile_is_not_overwritten(arranged: Library, item: Item, tmp_path: Path) -> None:
    arranged.copy_library(tmp_path / "copy")
    with Library.open(tmp_path / "copy") as copy:
        copy.describe(item.id, {"title": "Theirs"})

    def describe(_done: int, total: int, _what: str, _size: int) -> None:
        if total:  # The two have been compared by then.
            arranged.describe(item.id, {"title": "Typed meanwhile"})

    with pytest.raises(MergeUndecided, match="only what is new was merged"):
        arranged.merge(tmp_path / "copy", describe, choice="theirs")
    assert arranged.item(item.id).title == "Typed meanwhile"
    arranged.merge(tmp_path / "copy", choice="theirs")
    assert arranged.item(item.id).title == "Theirs"
