"""The arrangement: a tree made by hand and by rule, codes that stay, and the original order beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_viewer.errors import BadArrangement, BadDescription, UnknownId
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Changes, Library, Order, Scope
from archive_viewer.model import Repository, Unit
from archive_viewer.storage import units as stored_units
from pages import MakePage, TakeIn, text_of
from stored_rows import rows_of

ARRANGED = Order("arranged", False)
ORIGINAL = Order("original", False)


@pytest.fixture
def ids(library: Library, make_page: MakePage, take_in: TakeIn) -> list[str]:
    """Five pages, in the order in which they came."""
    files = [make_page(f"{n}.html", f"Tïtle {n} 😀", (text_of(n), text_of(n + 50))) for n in range(5)]
    return [line.item_ids[0] for line in take_in(*files)]


@pytest.fixture
def series(library: Library) -> Unit:
    fonds = library.add_unit("", "fonds", "Papers of the Gazette", "G")
    return library.add_unit(fonds.id, "series", "Ferry cuttings 😀")


def titles(library: Library) -> list[str]:
    return [f"{'.' * unit.depth}{unit.title}" for unit in library.units()]


def arranged(library: Library, unit_id: str = "") -> list[str]:
    return library.item_ids(Scope("unit", unit_id) if unit_id else Scope(), ARRANGED)


# -- the tree -----------------------------------------------------------------------------------------------------


def test_units_stand_where_they_are_put(library: Library) -> None:
    a = library.add_unit("", "fonds", " A\n fonds ")
    b = library.add_unit("", "fonds", "B")
    c = library.add_unit(a.id, "series", "C")
    d = library.add_unit(a.id, "series", "D", before=c.id)
    assert titles(library) == ["A fonds", ".D", ".C", "B"]
    library.move_units([b.id], a.id, c.id)
    assert titles(library) == ["A fonds", ".D", ".B", ".C"]
    library.move_units([c.id, d.id], b.id)
    assert titles(library) == ["A fonds", ".B", "..C", "..D"]
    library.move_units([b.id], "", a.id)
    assert titles(library) == ["B", ".C", ".D", "A fonds"]
    assert library.undo() == "Move Unit"
    assert titles(library) == ["A fonds", ".B", "..C", "..D"]
    library.redo()
    assert titles(library) == ["B", ".C", ".D", "A fonds"]


def test_a_place_that_cannot_be_is_refused_and_nothing_is_changed(library: Library, ids: list[str]) -> None:
    a = library.add_unit("", "fonds", "A", "F")
    b = library.add_unit(a.id, "series", "B")
    before = rows_of(library)
    refused: list[tuple[type[Exception], Callable[[], object]]] = [
        (BadArrangement, lambda: library.move_units([a.id], b.id)),
        (BadArrangement, lambda: library.move_units([a.id], a.id)),
        (BadArrangement, lambda: library.move_units([a.id], "", a.id)),
        (BadArrangement, lambda: library.add_unit("", "nobody", "A")),
        (BadArrangement, lambda: library.add_unit("", "fonds", " \n")),
        (BadArrangement, lambda: library.add_unit("", "fonds", "A", "F")),
        (BadArrangement, lambda: library.add_unit("", "fonds", "A", "F/1")),
        (BadArrangement, lambda: library.change_unit(b.id, code=" ")),
        (UnknownId, lambda: library.move_units([b.id, "nobody"], "")),
        (UnknownId, lambda: library.move_units([b.id], "", b.parent_id + "x")),
        (UnknownId, lambda: library.add_unit("nobody", "fonds", "A")),
        (UnknownId, lambda: library.add_unit("", "fonds", "A", before=b.id)),
        (UnknownId, lambda: library.move_items([ids[0], "nobody"], a.id)),
        (UnknownId, lambda: library.move_items([ids[0]], "nobody")),
        (UnknownId, lambda: library.move_items([ids[0]], a.id, ids[1])),
        (UnknownId, lambda: library.remove_unit("nobody")),
        (UnknownId, lambda: library.renumber("nobody")),
        (UnknownId, lambda: library.unit("nobody")),
    ]
    for error, act in refused:
        with pytest.raises(error):
            act()
    assert rows_of(library) == before
    assert library.undo_label == "New Unit"


def test_items_have_one_place_and_their_order_there(library: Library, ids: list[str], series: Unit) -> None:
    library.move_items([ids[3], ids[1]], series.id)
    library.move_items([ids[4]], series.id, ids[1])
    assert arranged(library, series.id) == [ids[3], ids[4], ids[1]]
    assert arranged(library) == [ids[3], ids[4], ids[1], ids[0], ids[2]]
    assert library.item_ids(Scope(), Order("arranged", True)) == [ids[1], ids[4], ids[3], ids[2], ids[0]]
    assert library.item_ids(Scope("unarranged"), ARRANGED) == [ids[0], ids[2]]
    assert library.item_ids(Scope("unit", series.parent_id), ORIGINAL) == [ids[1], ids[3], ids[4]]
    assert library.count_unarranged() == 2
    library.move_items([ids[1], ids[3]], series.id, ids[4])
    assert arranged(library, series.id) == [ids[1], ids[3], ids[4]]
    library.move_items([ids[3]], "")
    assert arranged(library, series.id) == [ids[1], ids[4]]
    assert library.item_ids(Scope(), ORIGINAL) == ids


def test_a_place_in_between_is_found_however_often(
    library: Library, ids: list[str], series: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_units, "STEP", 2)
    library.move_items(ids, series.id)
    order = list(ids)
    for _ in range(6):
        order.insert(1, order.pop())
        library.move_items(order[1:2], series.id, order[2])
        assert arranged(library, series.id) == order
    library.move_items(order[:3], series.id, order[4])
    assert arranged(library, series.id) == [order[3], *order[:3], order[4]]


def test_counts_are_of_what_is_outside_the_bin(library: Library, ids: list[str], series: Unit) -> None:
    library.move_items(ids[:2], series.id)
    library.move_items(ids[2:3], series.parent_id)
    library.delete_items(ids[:1])
    assert [(unit.item_count, unit.total_count) for unit in library.units()] == [(1, 2), (1, 1)]
    for unit in library.units():
        assert library.unit(unit.id) == unit


def test_what_stands_in_a_removed_unit_stands_in_its_parent(library: Library, ids: list[str], series: Unit) -> None:
    first = library.add_unit(series.id, "file", "One")
    library.add_unit(series.id, "file", "Two")
    library.add_unit(series.parent_id, "series", "Last")
    library.move_items(ids[:2], series.id)
    library.move_items(ids[2:3], series.parent_id)
    library.move_items(ids[3:], first.id)
    library.delete_items(ids[1:2])
    before = rows_of(library)
    library.remove_unit(series.id)
    assert titles(library) == ["Papers of the Gazette", ".One", ".Two", ".Last"]
    assert arranged(library, series.parent_id) == [ids[2], ids[0], *ids[3:]]
    library.restore_items(ids[1:2])
    assert library.item(ids[1]).unit_id == series.parent_id
    library.undo()
    assert library.undo() == "Remove Unit"
    assert rows_of(library) == before


# -- what an item shows of it -------------------------------------------------------------------------------------


def test_an_item_shows_the_nearest_series_or_the_top(library: Library, ids: list[str], series: Unit) -> None:
    within = library.add_unit(library.add_unit(series.id, "subseries", "Sub").id, "file", "Low")
    for id, unit in zip(ids, (within.id, series.id, series.parent_id, ""), strict=False):
        library.move_items([id], unit)
    assert [library.item(id).series for id in ids] == [series.title, series.title, "Papers of the Gazette", "", ""]
    update_index(library, Job())
    library.move_items(ids[2:3], series.parent_id)
    library.renumber()
    assert library.count_unindexed() == 0, "search knows nothing of numbers"
    library.change_unit(series.id, title="Tolls")
    assert library.item(ids[0]).series == "Tolls"
    assert library.count_unindexed() == 2, "the search has to learn what these pages show now"
    library.move_units([within.id], "")
    assert library.item(ids[0]).series == "Low"
    library.undo()
    library.undo()
    assert library.item(ids[0]).series == series.title
    library.change_unit(series.id, level="file")
    assert library.item(ids[0]).series == "Papers of the Gazette"


def test_codes_are_built_from_the_tree_and_stay(library: Library, ids: list[str], series: Unit) -> None:
    assert (series.code, series.reference_code) == ("1", "G/1")
    library.move_items(ids[:3], series.id)
    assert [library.item(id).reference_code for id in ids] == ["G/1/001", "G/1/002", "G/1/003", "", ""]
    other = library.add_unit(series.parent_id, "series", "Other")
    library.move_items(ids[2:4], other.id)
    assert [library.item(id).reference_code for id in ids[2:4]] == ["G/1/003", "G/2/001"]
    library.move_items(ids[4:], series.id)
    assert library.item(ids[4]).reference_code == "G/1/004", "a code that somebody may have cited is not given again"
    library.set_repository(Repository("gb", "0074", "The River Archive"))
    assert library.item(ids[4]).reference_code == "GB 0074 G/1/004"
    assert library.reference_code(series.id) == library.unit(series.id).reference_code == "GB 0074 G/1"
    assert library.reference_code(ids[4]) == "GB 0074 G/1/004"
    with pytest.raises(BadArrangement):
        library.set_repository(Repository("Great Britain"))


def test_numbers_are_built_anew_when_asked(library: Library, ids: list[str], series: Unit) -> None:
    other = library.add_unit(series.parent_id, "series", "Other")
    named = library.add_unit(series.parent_id, "series", "Named", "X")
    library.move_items(ids[:3], series.id)
    library.move_items(ids[2:3], other.id)
    library.move_items([ids[1]], series.id, ids[0])
    library.move_units([other.id], series.parent_id, series.id)
    before = rows_of(library)
    assert library.renumber(series.id) == 2, "two pages change places; one that left keeps its number"
    assert [library.item(id).reference_code for id in ids[:3]] == ["G/1/002", "G/1/001", "G/1/003"]
    assert library.renumber() == 5
    assert [unit.reference_code for unit in library.units()] == ["G", "G/1", "G/2", "G/X"]
    assert library.unit(named.id).code == "X"
    assert [library.item(id).reference_code for id in ids[:3]] == ["G/2/002", "G/2/001", "G/1/001"]
    assert library.renumber() == 0
    library.undo()
    assert library.undo() == "Renumber"
    assert rows_of(library) == before


def test_a_typed_code_is_the_units_alone(library: Library, ids: list[str], series: Unit) -> None:
    library.move_items(ids[:1], series.id)
    assert library.change_unit(series.id, code="F").reference_code == "G/F"
    assert library.item(ids[0]).reference_code == "G/1/001"
    library.renumber(series.id)
    assert library.item(ids[0]).reference_code == "G/F/001"


# -- by rule ------------------------------------------------------------------------------------------------------

SAVED = (
    "<!-- saved from url=(0027)https://{site}/{n}.html -->\n"
    "<html><head><title>T {n}</title>{date}</head><body><p>{text}"
)


def test_a_typed_year_of_any_length_is_a_year(library: Library, make_page: MakePage, take_in: TakeIn) -> None:
    typed = ["Y-17000", "-0044", "-0044-03-15", "Y12345", "1984~", "-0010/0020", "../-0300", "0044"]
    lines = take_in(*(make_page(f"{n}.html", title=f"Tïtle {n}") for n in range(len(typed))))
    for line, date in zip(lines, typed, strict=True):
        library.describe(line.item_ids[0], {"published": date})
    plan = library.arrange_by("year")
    assert [unit.titles[0] for unit in plan.units] == [
        *("Y-17000", "-0300", "-0044", "-0010", "0044", "1984", "Y12345"),
    ]
    assert plan.units[2].item_ids == tuple(lines[n].item_ids[0] for n in (1, 2))


def test_pages_are_arranged_by_site_and_year(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    folder = tmp_path / "cüttings"
    folder.mkdir()
    for n, (site, year) in enumerate([("b.test", 2001), ("a.test", 1999), ("b.test", 1999)]):
        date = f'<meta property="article:published_time" content="{year}-02-03">'
        page = SAVED.format(site=site, n=n, date=date, text=text_of(n))
        (folder / f"{n}.html").write_text(page, "utf-8")
    ids = [line.item_ids[0] for line in take_in(folder)]
    fonds = library.add_unit("", "fonds", "F", "F")
    plan = library.arrange_by("site", fonds.id)
    assert [(unit.titles, unit.levels, unit.unit_id) for unit in plan.units] == [
        (("a.test",), ("series",), ""),
        (("b.test",), ("series",), ""),
    ]
    assert (plan.item_count, plan.new_unit_count, plan.left_out) == (3, 2, ())
    assert titles(library) == ["F"], "a plan changes nothing"
    assert library.carry_out(plan) == 3
    assert titles(library) == ["F", ".a.test", ".b.test"]
    assert arranged(library, fonds.id) == [ids[1], ids[0], ids[2]]
    b = library.units()[2]
    library.carry_out(library.arrange_by("year", b.id))
    assert titles(library) == ["F", ".a.test", ".b.test", "..1999", "..2001"]
    again = library.arrange_by("site", fonds.id, ids)
    assert (again.new_unit_count, again.units[1].unit_id) == (0, b.id)
    library.undo()
    assert library.undo() == "Arrange by Site"
    assert titles(library) == ["F"]
    library.remove_unit(fonds.id)
    with pytest.raises(UnknownId):
        library.carry_out(plan)
    assert library.units() == []


def test_folders_become_units_within_units(library: Library, make_page: MakePage, take_in: TakeIn) -> None:
    alone = make_page("alone.html", paragraphs=(text_of(9),))
    within = [make_page(f"Top 😀/{name}.html", name, (text_of(n),)) for n, name in enumerate(("x", "sub/y", "sub/z"))]
    ids = [line.item_ids[0] for line in take_in(alone, within[0].parent)]
    plan = library.arrange_by("folder")
    assert [(unit.titles, unit.levels) for unit in plan.units] == [
        (("Top 😀",), ("fonds",)),
        (("Top 😀", "sub"), ("fonds", "series")),
    ]
    assert (plan.left_out, plan.new_unit_count) == (tuple(ids[:1]), 2)
    library.carry_out(plan)
    assert [(unit.title, unit.item_count) for unit in library.units()] == [("Top 😀", 1), ("sub", 2)]


# -- levels -------------------------------------------------------------------------------------------------------


def test_levels_have_names_that_can_be_changed(library: Library) -> None:
    assert list(library.levels()) == ["fonds", "series", "subseries", "file"]
    library.rename_level("fonds", "Record group")
    key = library.add_level("Sub fonds", "fonds")
    assert list(library.levels().items())[:3] == [("fonds", "Record group"), (key, "Sub fonds"), ("series", "Series")]
    unit = library.add_unit("", key, "A")
    refused: list[Callable[[], object]] = [
        lambda: library.remove_level(key),
        lambda: library.add_level("sub fonds"),
        lambda: library.add_level(" "),
        lambda: library.add_level("X", "nobody"),
        lambda: library.rename_level("nobody", "X"),
    ]
    for act in refused:
        with pytest.raises(BadArrangement):
            act()
    library.change_unit(unit.id, level="fonds")
    library.remove_level(key)
    assert key not in library.levels()
    for _ in range(5):
        library.undo()
    assert library.levels()["fonds"] == "Fonds"


# -- news, order, undo --------------------------------------------------------------------------------------------


def test_listeners_learn_that_the_tree_changed(library: Library, ids: list[str], series: Unit) -> None:
    told: list[Changes] = []
    library.listen(told.append)
    library.move_items(ids[:2], series.id)
    library.tag_items(ids[:1], ["tâg"])
    library.rename_level("file", "Folder")
    library.undo()
    assert [(changes.units, changes.items) for changes in told] == [
        (True, frozenset(ids[:2])),
        (False, frozenset(ids[:1])),
        (True, frozenset()),
        (True, frozenset()),
    ]


def test_a_list_of_units_is_answered_from_an_index(library: Library, ids: list[str], series: Unit) -> None:
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        asked: list[str] = []
        connection.row_factory = sqlite3.Row
        connection.set_trace_callback(asked.append)
        stored_units.listed(connection, "")
        stored_units.count_unarranged(connection)
        connection.set_trace_callback(None)
        about_items = [sql for sql in asked if "FROM item" in sql]
        assert len(about_items) == 2
        for sql in about_items:
            plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert all("COVERING INDEX item_unit" in step for step in plan), plan


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "move", "items", "out", "remove", "change", "renumber", "rule", "level", "describe"]),
        st.integers(0, 1000),
        st.integers(0, 1000),
    ),
    max_size=12,
)


def perform(library: Library, ids: list[str], verb: str, a: int, b: int) -> None:
    tree = [unit.id for unit in library.units()]
    one, other = (tree[n % len(tree)] if tree else "" for n in (a, b))
    try:
        match verb:
            case "add":
                library.add_unit(one if b % 3 else "", list(library.levels())[b % 4], f"Ü {a}", "" if a % 2 else str(b))
            case "move":
                library.move_units([one], other if b % 3 else "")
            case "items":
                library.move_items(ids[a % 5 : a % 5 + 2], one, ids[b % 5] if b % 2 else "")
            case "out":
                library.move_items(ids[a % 5 :], "")
            case "remove":
                library.remove_unit(one)
            case "change":
                library.change_unit(one, title=f"T {b}", level=list(library.levels())[b % 4])
            case "renumber":
                library.renumber(one if b % 2 else "")
            case "rule":
                library.carry_out(library.arrange_by("year" if a % 2 else "site", one if b % 2 else "", ids[a % 5 :]))
            case "describe":
                library.describe(ids[a % 5] if b % 2 else one, {"title": f"D {b}" if a % 3 else None, "dates": "19XX"})
            case "level":
                library.rename_level("file", f"File {a}")
    except (UnknownId, BadArrangement, BadDescription):
        pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_arranging_is_undone_row_for_row(
    library: Library, ids: list[str], acts: list[tuple[str, int, int]]
) -> None:
    before, begun = rows_of(library), library.undo_label
    for act in acts:
        perform(library, ids, *act)
    after = rows_of(library)
    done = 0
    while library.undo_label != begun:
        library.undo()
        done += 1
    assert rows_of(library) == before
    for _ in range(done):
        library.redo()
    assert rows_of(library) == after
    codes = [library.item(id).reference_code for id in ids] + [unit.reference_code for unit in library.units()]
    assert len(set(codes) - {""}) == len([code for code in codes if code])
    while library.undo_label != begun:
        library.undo()
