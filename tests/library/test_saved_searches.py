"""Searches that a library keeps: what is done to them, what is undone, and that they go where the library goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer.errors import BadQuery, BadSearchName, UnknownId
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Item
from pages import MakePage, TakeIn

NAME, QUERY = "Häfen 😀", 'in:title,text("harbour master" OR tag:häfen)'


def named(library: Library) -> dict[str, str]:
    return {search.name: search.query for search in library.saved_searches()}


def test_a_search_is_saved_changed_renamed_and_deleted_by_steps(library: Library) -> None:
    search = library.save_search(f"  {NAME} ", QUERY)
    assert library.saved_searches() == [search]
    assert (search.name, search.query) == (NAME, QUERY)
    assert library.save_search("HÄFEN 😀", "ferry").id == search.id
    assert named(library) == {NAME: "ferry"}
    library.change_search(search.id, name="Ferries")
    library.change_search(search.id, query="ferr*")
    assert named(library) == {"Ferries": "ferr*"}
    assert library.saved_search("ferries") == library.saved_search(search.id)
    library.delete_search(search.id)
    assert library.saved_searches() == []
    assert [library.undo() for _ in range(5)] == [
        "Delete Search",
        "Change Search",
        "Rename Search",
        "Save Search",
        "Save Search",
    ]
    assert library.saved_searches() == []
    library.redo()
    assert library.saved_searches() == [search]


def test_what_cannot_be_kept_is_refused(library: Library) -> None:
    first, second = library.save_search("Ferries", "ferry"), library.save_search("Tolls", "toll*")
    with pytest.raises(BadQuery):
        library.save_search("Wrong", "title:")
    with pytest.raises(BadQuery):
        library.change_search(first.id, query="(")
    with pytest.raises(BadSearchName, match="needs a name"):
        library.save_search(" \n", "ferry")
    with pytest.raises(BadSearchName, match="already"):
        library.change_search(second.id, name="FERRIES")
    for act in (
        lambda: library.change_search("no such", name="x"),
        lambda: library.delete_search("no such"),
        lambda: library.saved_search("no such"),
    ):
        with pytest.raises(UnknownId, match="saved search"):
            act()
    assert named(library) == {"Ferries": "ferry", "Tolls": "toll*"}


def test_the_counts_are_those_of_now(library: Library, item: Item, make_page: MakePage, take_in: TakeIn) -> None:
    ferry, tagged = library.save_search("Ferries", "ferry"), library.save_search("Tagged", "tag:häfen -is:moved")
    assert library.search_counts() == {ferry.id: 1, tagged.id: 0}
    take_in(make_page("two.html", "Another", ("The ferry of the other town.",)))
    library.tag_items([item.id], ["Häfen"])
    update_index(library, Job())
    assert library.search_counts() == {ferry.id: 2, tagged.id: 1}
    library.delete_items([item.id])
    update_index(library, Job())
    assert library.search_counts() == {ferry.id: 1, tagged.id: 0}


def test_they_go_into_a_copy_and_a_bag(library: Library, item: Item, tmp_path: Path) -> None:
    search = library.save_search(NAME, QUERY)
    library.copy_library(tmp_path / "cöpy")
    library.bag(tmp_path / "bag")
    library.bag(tmp_path / "part", item_ids=[item.id])
    with Library.open(tmp_path / "cöpy") as copy:
        assert copy.saved_searches() == [search]
    for bag in ("bag", "part"):
        Library.unbag(Library.prove_bag(tmp_path / bag), tmp_path / f"again {bag}")
        with Library.open(tmp_path / f"again {bag}") as again:
            assert again.saved_searches() == [search]


def test_they_come_with_a_library_that_is_merged(library: Library, tmp_path: Path) -> None:
    mine = library.save_search("Ferries", "ferry")
    library.save_search("Same", "toll*")
    library.copy_library(tmp_path / "other")
    with Library.open(tmp_path / "other") as other:
        theirs = other.change_search(mine.id, query="ferr*")
        other.delete_search(other.saved_search("Same").id)
        other.save_search("Same", "toll*")
        new = other.save_search(NAME, QUERY)
    plan = library.merge_plan(tmp_path / "other")
    assert plan.new["search"] == 1
    assert [(one.noun, one.title, one.here, one.there) for one in plan.conflicts] == [
        ("search", "Ferries", {"query": "ferry"}, {"query": "ferr*"})
    ]
    library.merge(tmp_path / "other", choice="both")
    assert sorted((one.name, one.query) for one in library.saved_searches()) == sorted(
        [("Ferries", "ferry"), ("Ferries", theirs.query), ("Same", "toll*"), (new.name, new.query)]
    )
    with pytest.raises(UnknownId):
        library.saved_search("Ferries")
    library.undo()
    assert sorted(named(library)) == ["Ferries", "Same"]


def test_a_library_of_the_form_before_gets_a_place_for_them(library: Library) -> None:
    folder = library.folder
    with library._database.writing() as connection:
        connection.execute("DROP TABLE saved_search")
        connection.execute("PRAGMA user_version = 3")
    library.close()
    with Library.open(folder) as opened:
        search = opened.save_search(NAME, QUERY)
        assert opened.saved_searches() == [search]
