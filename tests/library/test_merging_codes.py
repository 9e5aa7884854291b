"""Merging where ids differ and what they stand for does not: reference codes borne twice, names of levels, pages that
both libraries have by ids of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_viewer.errors import MergeUndecided
from archive_viewer.jobs import bagging
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Choice, Library
from archive_viewer.model import Colour, Item
from pages import MakePage
from stored_rows import rows_of


def take(library: Library, path: Path) -> Item:
    accession = library.begin_accession([path])
    (line,) = import_paths(library, accession.id, [path], Job())
    return library.item(line.item_ids[0])


@pytest.fixture
def theirs(tmp_path: Path, make_page: MakePage) -> Iterator[Library]:
    """Another library: a fonds by the code that the fonds here has, with a series and a page."""
    with Library.open(tmp_path / "Öther") as other:
        page = take(other, make_page("theirs.html", "Their page"))
        fonds = other.add_unit("", "fonds", "Their fonds 😀", code="F")
        series = other.add_unit(fonds.id, "series", "Their series")
        other.move_items([page.id], series.id)
        yield other


@pytest.fixture
def ours(library: Library, item: Item) -> Library:
    fonds = library.add_unit("", "fonds", "Our fonds ä", code="F")
    series = library.add_unit(fonds.id, "series", "Our series")
    library.move_items([item.id], series.id)
    return library


def codes(library: Library) -> dict[str, str]:
    found = {unit.title: unit.reference_code for unit in library.units()}
    return found | {item.title: item.reference_code for item in library.items(library.item_ids())}


# -- reference codes --------------------------------------------------------------------------------------------------


def test_a_code_that_two_units_would_bear_is_shown_and_both_keep_it(ours: Library, theirs: Library) -> None:
    plan = ours.merge_plan(theirs.folder)
    told = [(one.noun, one.title, one.here["title"], one.there["title"], one.default) for one in plan.conflicts]
    assert told == [
        ("code", "F", "Our fonds ä", "Their fonds 😀", "both"),
        ("code", "F/1", "Our series", "Their series", "both"),
    ]
    assert ours.attention() == []
    done = ours.merge(theirs.folder)
    assert done.doubled == ("F", "F/1")
    assert "More than one unit bears “F”, “F/1”." in bagging.merged(done)
    assert [one.kind for one in ours.attention()] == ["double-code"] * 3
    assert ours.overview().attention == 3
    assert "“Our fonds ä”, “Their fonds 😀”" in ours.attention()[0].sentence
    assert "2 pages bear" in ours.attention()[2].sentence
    ours.undo()
    assert ours.attention() == []


@pytest.mark.parametrize(
    ("choice", "numbered", "staying"), [("ours", "Their", "Our"), ("theirs", "Our", "Their")], ids=["ours", "theirs"]
)
def test_one_of_the_two_is_numbered_anew_with_all_in_it(
    ours: Library, item: Item, theirs: Library, choice: Choice, numbered: str, staying: str
) -> None:
    before = rows_of(ours)
    fonds = next(unit for unit in theirs.units() if unit.code == "F")
    done = ours.merge(theirs.folder, choices={("code", fonds.id): choice})
    assert done.doubled == ()
    assert ours.attention() == []
    page = {"Our": item.title, "Their": "Their page"}
    found = {
        title: code for title, code in codes(ours).items() if title.startswith(numbered) or title == page[numbered]
    }
    assert set(found.values()) == {"1", "1/1", "1/1/001"}
    assert codes(ours)[page[staying]] == "F/1/001"
    ours.undo()
    after = rows_of(ours)
    assert (after["unit"], after["description"]) == (before["unit"], before["description"])
    assert codes(ours)[item.title] == "F/1/001"
    ours.redo()
    assert ours.attention() == []


def test_a_unit_in_both_is_no_clash_and_a_free_number_is_found(
    ours: Library, tmp_path: Path, make_page: MakePage
) -> None:
    ours.copy_library(tmp_path / "copy")
    fonds = next(unit for unit in ours.units() if unit.code == "F")
    ours.add_unit(fonds.id, "series", "Second here")
    with Library.open(tmp_path / "copy") as copy:
        page = take(copy, make_page("zwei.html", "Zwei"))
        copy.move_items([page.id], copy.add_unit(fonds.id, "series", "Second there").id)
    (conflict,) = ours.merge_plan(tmp_path / "copy").conflicts
    assert (conflict.noun, conflict.title) == ("code", "F/2")
    ours.merge(tmp_path / "copy", choice="ours")
    assert codes(ours)["Second here"] == "F/2"
    assert codes(ours)["Second there"] == "F/3"
    assert codes(ours)["Zwei"] == "F/3/001"
    (event,) = [one for one in ours.events(page.id) if "F/3/001" in one.detail]
    assert event.detail == "“Merge Library”: reference code F/3/001"


# -- levels -----------------------------------------------------------------------------------------------------------


def test_names_of_levels_are_brought_together_one_by_one(library: Library, item: Item, tmp_path: Path) -> None:
    library.copy_library(tmp_path / "copy")
    library.rename_level("fonds", "Bestand")
    library.rename_level("series", "Serie, ours")
    library.add_level("Box", after="fonds")
    with Library.open(tmp_path / "copy") as copy:
        copy.rename_level("file", "Akte 😀")
        copy.rename_level("series", "Serie, theirs")
        copy.add_level("Karton", after="file")
    before = library.levels()
    plan = library.merge_plan(tmp_path / "copy")
    told = [(one.noun, one.id, dict(one.here), dict(one.there)) for one in plan.conflicts]
    assert told == [("level", "series", {"value": "Serie, ours"}, {"value": "Serie, theirs"})]
    assert plan.new == {"level": 2}
    with pytest.raises(MergeUndecided):
        library.merge(tmp_path / "copy")
    assert library.levels() == before
    library.merge(tmp_path / "copy", choices={("level", "series"): "theirs"})
    expected = {**before, "file": "Akte 😀", "series": "Serie, theirs"}
    order = list(before)
    order.insert(order.index("file") + 1, "karton")
    assert list(library.levels()) == order
    assert library.levels() == {**expected, "karton": "Karton"}
    assert library.merge_plan(tmp_path / "copy").conflicts == ()
    library.undo()
    assert library.levels() == before
    library.merge(tmp_path / "copy", choice="ours")
    assert library.levels()["series"] == "Serie, ours"
    assert library.levels()["file"] == "Akte 😀"


def test_a_level_that_is_renamed_meanwhile_is_not_overwritten(library: Library, item: Item, tmp_path: Path) -> None:
    library.copy_library(tmp_path / "copy")
    library.rename_level("series", "Ours")
    with Library.open(tmp_path / "copy") as copy:
        copy.rename_level("series", "Theirs")

    def rename(_done: int, total: int, _what: str, _size: int) -> None:
        if total:  # The two have been compared by then.
            library.rename_level("series", "Typed meanwhile")

    with pytest.raises(MergeUndecided):
        library.merge(tmp_path / "copy", rename, choice="theirs")
    assert library.levels()["series"] == "Typed meanwhile"


# -- pages with ids of their own --------------------------------------------------------------------------------------


@pytest.fixture
def twin(theirs: Library, item: Item, tmp_path: Path) -> Item:
    """The page that is here, by an id of its own, in the other library."""
    twin = take(theirs, tmp_path / "saved" / "Tïtle 😀.html")
    assert twin.id != item.id
    assert twin.sha256 == item.sha256
    return twin


def test_all_that_was_made_of_a_twin_comes_to_the_page_here(
    library: Library, item: Item, theirs: Library, twin: Item
) -> None:
    series = next(unit for unit in theirs.units() if unit.level == "series")
    theirs.move_items([twin.id], series.id)
    theirs.describe(twin.id, {"title": "Typed there", "subject": ["ferry 😀"]})
    theirs.tag_items([twin.id], ["tag ö"])
    mark = theirs.annotate_quote(twin.id, "winter road", note="Nöte")
    plan = library.merge_plan(theirs.folder)
    assert plan.duplicates == {twin.id: item.id}
    assert plan.conflicts == ()
    library.merge(theirs.folder)
    here = library.item(item.id)
    assert (here.title, here.tags, here.unit_id) == ("Typed there", ("tag ö",), series.id)
    assert here.reference_code == theirs.item(twin.id).reference_code
    assert library.annotation(mark.id).item_id == item.id
    assert library.merge(theirs.folder).new == {}
    library.undo()
    assert library.item(item.id) == item


def test_what_differs_between_twins_is_for_a_person_to_say(
    library: Library, item: Item, theirs: Library, twin: Item
) -> None:
    series = next(unit for unit in theirs.units() if unit.level == "series")
    theirs.move_items([twin.id], series.id)
    theirs.describe(twin.id, {"title": "Theirs"})
    theirs.tag_items([twin.id], ["theirs"])
    theirs.annotate_quote(twin.id, "winter road", note="Same", colour=Colour.RED)
    fonds = library.add_unit("", "fonds", "Öurs", code="O")
    library.move_items([item.id], fonds.id)
    library.describe(item.id, {"title": "Ours"})
    library.tag_items([item.id], ["ours"])
    library.annotate_quote(item.id, "winter road", note="Same", colour=Colour.BLUE)
    conflicts = {one.noun: one for one in library.merge_plan(theirs.folder).conflicts}
    assert set(conflicts) == {"item", "description", "annotation"}
    assert {"unit_id", "reference_code"} <= set(conflicts["item"].here)
    assert conflicts["item"].there["unit_id"] == series.id
    with pytest.raises(MergeUndecided):
        library.merge(theirs.folder)
    library.merge(theirs.folder, choice="ours")
    here = library.item(item.id)
    assert (here.title, here.unit_id, here.reference_code) == ("Ours", fonds.id, "O/001")
    assert here.tags == ("ours", "theirs")
    library.merge(theirs.folder, choice="theirs")
    here = library.item(item.id)
    assert (here.title, here.unit_id, here.reference_code) == ("Theirs", series.id, "F/1/002")
    assert [mark.colour for mark in library.annotations(item.id)] == [Colour.RED]


def test_a_twin_in_the_bin_is_told(library: Library, item: Item, theirs: Library, twin: Item) -> None:
    theirs.delete_items([twin.id])
    (conflict,) = library.merge_plan(theirs.folder).conflicts
    assert set(conflict.there) == {"deleted_at"}
    library.merge(theirs.folder, choice="ours")
    assert item.id in library.item_ids()
    library.merge(theirs.folder, choice="theirs")
    assert item.id not in library.item_ids()
    assert library.events(item.id)[-1].detail == "“Merge Library”: moved to the bin"


def test_of_two_twins_neither_is_passed_over(library: Library, item: Item, theirs: Library, twin: Item) -> None:
    with Library.open(theirs.folder.parent / "third") as third:
        second = take(third, theirs.folder.parent / "saved" / "Tïtle 😀.html")
        third.describe(second.id, {"title": "Second"})
    theirs.describe(twin.id, {"title": "First"})
    theirs.merge(theirs.folder.parent / "third", with_duplicates=True)
    library.merge(theirs.folder)
    titles = {one.title for one in library.items(library.item_ids()) if one.sha256 == item.sha256}
    assert titles == {"First", "Second"}
    assert library.merge(theirs.folder).new == {}


def test_undoing_a_merging_is_told_of_the_library(ours: Library, theirs: Library) -> None:
    ours.merge(theirs.folder)
    page = next(one for one in ours.items(ours.item_ids()) if one.title == "Their page")
    ours.undo()
    ours.redo()
    of_library = [(one.type, one.detail) for one in ours.events(ours.library_id)][-3:]
    assert [type for type, _ in of_library] == ["ingestion", "metadata modification", "ingestion"]
    assert of_library[1][1].startswith("Undone: “Merge Library”: ")
    assert "1 item" in of_library[1][1]
    assert of_library[2][1].startswith("Done again: “Merge Library”: ")
    said = [(one.type, one.detail) for one in ours.events(page.id)][-2:]
    assert said == [
        ("deletion", "Undone: “Merge Library”: moved to the bin"),
        ("metadata modification", "Done again: “Merge Library”: taken out of the bin"),
    ]
