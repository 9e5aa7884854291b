"""Description: typed beside stated, inherited shown as such, defaults with their reasons, many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from archive_viewer import __version__, settings
from archive_viewer.errors import BadDescription, UnknownId
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Changes, Library, Order, Scope
from archive_viewer.model import Item, Repository, Source, Unit, Value
from older_cleaning import made_by_older_cleaner, with_more
from pages import MakePage, TakeIn, text_of, web_page_complete
from stored_rows import rows_of

PAGE = """<!-- saved from url=(0027)https://gazette.test/{n}.html -->
<html lang="en"><head><title>Tïtle {n} 😀</title>{head}</head><body><article><h1>Tïtle {n} 😀</h1>
<p>{text}</p></article></body></html>"""
HEAD = """<meta name="author" content="Ada Quill"><meta property="article:published_time" content="20{n}1-03-04">"""


@pytest.fixture
def ids(library: Library, tmp_path: Path, take_in: TakeIn) -> list[str]:
    """Three pages by Ada Quill of 2001, 2011 and 2021, and one that names neither author nor date."""
    folder = tmp_path / "cüttings"
    folder.mkdir()
    for n in range(4):
        head = HEAD.format(n=n) if n < 3 else ""
        (folder / f"{n}.html").write_text(PAGE.format(n=n, head=head, text=text_of(n)), "utf-8")
    return [line.item_ids[0] for line in take_in(folder)]


@pytest.fixture
def series(library: Library, ids: list[str]) -> Unit:
    fonds = library.add_unit("", "fonds", "Papers 😀", "G")
    unit = library.add_unit(fonds.id, "series", "Cuttings")
    library.move_items(ids[:2], unit.id)
    return unit


def found(library: Library, query: str) -> list[str]:
    update_index(library, Job())
    return [hit.item.id for hit in library.search(query)]


# -- typed beside stated ------------------------------------------------------------------------------------------


def test_a_typed_value_stands_beside_what_the_file_states(library: Library, ids: list[str]) -> None:
    before, stated = rows_of(library), library.item(ids[0])
    library.describe(
        ids[0], {"title": " The\nfog ", "author": ["Bo Ink", "Cy"], "published": "1984?", "language": "de"}
    )
    item = library.item(ids[0])
    assert (item.title, item.authors, item.published, item.language) == ("The fog", ("Bo Ink", "Cy"), "1984?", "de")
    assert item.facts == stated.facts
    said = library.description(ids[0])["author"]
    assert said.stated is not None
    assert said.typed is not None
    assert (said.stated.value, said.typed.value, said.standing, said.text) == (
        ["Ada Quill"],
        ["Bo Ink", "Cy"],
        "typed",
        "Bo Ink; Cy",
    )
    assert item.typed["author"] == said.typed
    assert said.typed.source is Source.TYPED
    assert settings.account_name() in said.typed.origin
    event = library.events(ids[0])[-1]
    assert event.detail == (
        "described: title – → “The fog”, publication date – → “1984?”, author – → “Bo Ink; Cy”, language – → “de”"
    )
    assert (event.agent, event.person) == (f"Archive Viewer {__version__}", settings.account_name())
    library.describe(ids[0], {"author": None, "title": "", "published": None, "language": None})
    assert library.item(ids[0]) == stated
    library.undo()
    assert library.item(ids[0]) == item
    library.undo()
    assert rows_of(library) == before
    library.redo()
    assert library.item(ids[0]) == item


def test_lists_and_search_go_by_what_was_typed(library: Library, ids: list[str]) -> None:
    by_date = Order("published", False)
    assert library.item_ids(Scope(), by_date) == ids
    library.describe(ids[2], {"published": "199X/2003", "author": "Zoë Inkwell", "title": "Aardvark"})
    library.describe(ids[3], {"published": "2005~"})
    assert library.item_ids(Scope(), by_date) == [ids[2], ids[0], ids[3], ids[1]]
    assert library.item_ids(Scope(), Order("title", False))[0] == ids[2]
    assert library.item_ids(Scope(), Order("author", True))[0] == ids[2]
    assert found(library, "author:inkwell") == [ids[2]]
    assert set(found(library, "author:quill")) == set(ids[:2])
    assert found(library, "published:1990") == [ids[2]]
    library.undo()
    library.undo()
    assert found(library, "author:inkwell") == []


def test_reading_anew_and_cleaning_again_keep_what_was_typed(library: Library, ids: list[str]) -> None:
    library.describe(ids[0], {"title": "Mine", "author": "Me"})
    made_by_older_cleaner(library.folder, ids[0], with_more("Sponsored 😀 words"))
    library.clean_again(ids[0])
    library.reread(ids[0], "windows-1252")
    item = library.item(ids[0])
    assert (item.title, item.authors) == ("Mine", ("Me",))
    assert "Ã¯" in str(item.facts["title"].value)
    library.describe(ids[0], {"title": None})
    assert library.item(ids[0]).title == item.facts["title"].value
    for _ in range(3):
        library.undo()
    item = library.item(ids[0])
    assert (item.title, item.facts["title"].value) == ("Mine", "Tïtle 0 😀")


def test_a_doubt_is_settled_by_what_a_person_says(library: Library, tmp_path: Path, take_in: TakeIn) -> None:
    page = tmp_path / "seed.html"
    text = "<p>Tuesday, November 21, 2021</p><p>" + text_of(1) + "</p>"
    page.write_text(f"<html><head><title>Tälks</title></head><body><article><h1>Tälks</h1>{text}", "utf-8")
    (line,) = take_in(page)
    id = line.item_ids[0]
    doubted = {one.fact for one in library.attention() if one.item_id == id}
    assert "published" in doubted, "the page's weekday is not that of its date"
    count = library.overview().attention
    library.describe(id, {"published": "2021-11-21"})
    assert {one.fact for one in library.attention() if one.item_id == id} == doubted - {"published"}
    assert library.overview().attention == count - 1
    library.undo()
    assert library.overview().attention == count


# -- inherited and by default -------------------------------------------------------------------------------------


def test_what_is_said_of_a_unit_holds_below(library: Library, ids: list[str], series: Unit) -> None:
    library.describe(series.parent_id, {"access": "Closed until 2040", "creator": "The Gazette", "scope": "Cuttings."})
    said = library.description(ids[0])["access"]
    assert (said.text, said.standing, said.inherited_from) == ("Closed until 2040", "inherited", series.parent_id)
    library.describe(series.id, {"access": "Open to readers"})
    assert library.description(ids[0])["access"].inherited_from == series.id
    library.describe(ids[0], {"access": "Shut"})
    assert library.description(ids[0])["access"].standing == "typed"
    assert library.description(ids[1])["access"].text == "Open to readers"
    assert library.description(ids[2])["access"].standing == "default", "it stands in no unit"
    below = library.description(series.id)
    assert (below["creator"].text, below["creator"].standing) == ("The Gazette", "inherited")
    assert below["scope"].standing == "", "what a whole holds is not what its part holds"
    library.remove_unit(series.id)
    assert library.description(ids[1])["access"].text == "Closed until 2040"
    library.undo()
    assert library.description(series.id)["access"].text == "Open to readers"


def test_a_page_says_much_by_itself(library: Library, ids: list[str], series: Unit) -> None:
    said = library.description(ids[0])
    assert {
        key: (one.text, one.standing) for key, one in said.elements.items() if key in ("title", "author", "level")
    } == {
        "title": ("Tïtle 0 😀", "stated"),
        "author": ("Ada Quill", "stated"),
        "level": ("Item", "default"),
    }
    assert said["reference_code"].text == "G/1/001"
    assert said["access"].text == "Open"
    assert said["source"].text == "https://gazette.test/0.html"
    size = library.files(ids[0])[0][1].size
    words = len(library.article(ids[0]).text.split())
    assert said["extent"].text == f"{size:,} bytes, {words:,} words; text/html"
    assert said["acquisition"].text.startswith(f"Accession {library.item(ids[0]).accession}, ")
    alone = library.description(ids[3])
    assert (alone["author"].text, alone["author"].standing) == ("gazette.test", "default")
    assert "creator" not in said.elements
    assert all(one.element.of_items for one in said.elements.values())


def test_a_unit_says_what_stands_in_it(library: Library, ids: list[str], series: Unit) -> None:
    library.set_repository(Repository("gb", "74", "River Archive"))
    said = library.description(series.parent_id)
    assert said.is_of_unit
    assert (said["title"].text, said["level"].text, said["reference_code"].text) == ("Papers 😀", "Fonds", "GB 74 G")
    size = sum(library.files(id)[0][1].size for id in ids[:2])
    assert said["extent"].text == f"2 pages, {size:,} bytes"
    days = sorted(library.item(id).captured_at[:10] for id in ids[:2])
    assert said["dates"].text in (days[0], f"{days[0]}/{days[1]}")
    assert "author" not in said.elements
    library.describe(series.parent_id, {"title": "Pápers", "history": "Founded in 1884.\n\nSold in 1990."})
    assert library.unit(series.parent_id).title == "Pápers"
    assert library.description(series.parent_id)["history"].text.count("\n\n") == 1
    assert library.undo() == "Describe “Papers 😀”: Title, Administrative or biographical history"
    assert library.unit(series.parent_id).title == "Papers 😀"


def test_what_cannot_be_said_is_refused_and_nothing_is_changed(library: Library, ids: list[str], series: Unit) -> None:
    before = rows_of(library)
    refused: list[tuple[str, Mapping[str, Value | None]]] = [
        (ids[0], {"title": "Good", "published": "around 1984"}),
        (ids[0], {"nobody": "x"}),
        (ids[0], {"creator": "x"}),
        (series.id, {"author": "x"}),
        (series.id, {"title": None}),
        (ids[0], {"level": "Fonds"}),
        (ids[0], {"reference_code": "X"}),
        (ids[0], {"language": "not a code"}),
        (ids[0], {"note": ["one", "two"]}),
        (series.id, {"scope": "Good", "dates": "1985/1984"}),
    ]
    for id, values in refused:
        with pytest.raises(BadDescription):
            library.describe(id, values)
    with pytest.raises(UnknownId):
        library.describe("nobody", {"title": "x"})
    with pytest.raises(UnknownId):
        library.description("nobody")
    assert rows_of(library) == before


# -- many at once -------------------------------------------------------------------------------------------------


def test_many_are_described_in_one_step_after_a_look(library: Library, ids: list[str], series: Unit) -> None:
    told: list[Changes] = []
    library.describe(ids[1], {"author": ["Ada Quill", "Bo"]})
    library.listen(told.append)
    plan = library.describe_many([*ids, ids[0]], "author", "Bo", "add")
    assert [(change.id, change.before, change.after) for change in plan.changes] == [
        (ids[0], ["Ada Quill"], ["Ada Quill", "Bo"]),
        (ids[2], ["Ada Quill"], ["Ada Quill", "Bo"]),
        (ids[3], None, ["Bo"]),
    ]
    assert (plan.unchanged, told) == (1, [])
    assert library.carry_out(plan) == 3
    assert [library.item(id).authors for id in ids] == [("Ada Quill", "Bo")] * 3 + [("Bo",)]
    assert told[0].items == {ids[0], ids[2], ids[3]}
    clear = library.describe_many(ids, "author", how="clear")
    library.carry_out(clear)
    assert [library.item(id).authors for id in ids] == [("Ada Quill",)] * 3 + [()]
    library.undo()
    assert library.undo() == "Describe 3: Author"
    assert library.item(ids[3]).authors == ()


def test_units_and_pages_are_described_together(library: Library, ids: list[str], series: Unit) -> None:
    library.describe(ids[0], {"reproduction": "Ask the Gazette."})
    plan = library.describe_many([series.id, *ids[:2]], "reproduction", "CC BY 4.0", "add")
    library.carry_out(plan)
    said = [library.description(id)["reproduction"].text for id in (series.id, *ids[:2])]
    assert said == ["CC BY 4.0", "Ask the Gazette.\n\nCC BY 4.0", "CC BY 4.0"]
    assert library.describe_many([ids[0]], "reproduction", "CC BY 4.0", "add").changes == ()
    library.carry_out(library.describe_many([series.id, ids[0]], "title", "Tolls"))
    assert (library.unit(series.id).title, library.item(ids[0]).title) == ("Tolls", "Tolls")
    refused: list[tuple[type[Exception], Callable[[], object]]] = [
        (UnknownId, lambda: library.describe_many([ids[0], "nobody"], "note", "x")),
        (BadDescription, lambda: library.describe_many([ids[0], series.id], "author", "x")),
        (BadDescription, lambda: library.describe_many([ids[0]], "published", "soon")),
        (BadDescription, lambda: library.describe_many([ids[0]], "nobody", "x")),
    ]
    for error, act in refused:
        with pytest.raises(error):
            act()
    gone = library.describe_many([series.id, *ids[:2]], "note", "x")
    library.remove_unit(series.id)
    with pytest.raises(UnknownId):
        library.carry_out(gone)
    assert library.description(ids[0])["note"].standing == ""


def test_the_extent_of_a_unit_counts_every_file_of_its_pages(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    (line,) = take_in(web_page_complete(tmp_path / "complete"))
    unit = library.add_unit("", "fonds", "Fonds")
    library.move_items(line.item_ids, unit.id)
    size = sum(original.size for _, original in library.files(line.item_ids[0]))
    default = library.description(unit.id).elements["extent"].default
    assert default is not None
    assert default.value == f"1 page, {size:,} bytes"


@pytest.mark.parametrize(("element", "other"), [("title", "B"), ("published", "1985")])
def test_nothing_is_added_to_what_has_one_value(library: Library, item: Item, element: str, other: str) -> None:
    library.carry_out(library.describe_many([item.id], element, {"published": "1984"}.get(element, "en"), "set"))
    with pytest.raises(BadDescription, match="one value"):
        library.describe_many([item.id], element, other, "add")
    library.carry_out(library.describe_many([item.id], element, how="clear"))


def test_creators_and_languages_can_be_several(library: Library, ids: list[str], series: Unit) -> None:
    library.describe(series.parent_id, {"creator": ["Roth, Hanna", " Roth,\nPeter", "Roth, Hanna"], "language": ["de"]})
    said = library.description(series.id)
    assert said["creator"].shown is not None
    assert (said["creator"].shown.value, said["creator"].standing) == (["Roth, Hanna", "Roth, Peter"], "inherited")
    library.describe(ids[0], {"language": ["de", "fr-CA"]})
    assert library.item(ids[0]).language == "de"
    update_index(library, Job())
    for query in ("language:de", "language:fr", "language:fr-CA"):
        assert [hit.item.id for hit in library.search(query)] == [ids[0]]
    stated = library.description(ids[1])["language"].stated
    assert stated is not None
    assert stated.value == ["en"]
    with pytest.raises(BadDescription, match="no code"):
        library.describe(ids[0], {"language": ["de", "not a code"]})
    plan = library.describe_many([ids[1]], "language", "de", "add")
    assert (plan.changes[0].before, plan.changes[0].after) == (["en"], ["en", "de"])


def test_a_list_that_was_kept_as_one_string_is_read_as_a_list(library: Library, ids: list[str], series: Unit) -> None:
    library.describe(series.id, {"creator": ["Roth, Hanna"]})
    with library._database.writing() as connection:
        said = connection.execute("SELECT elements FROM description WHERE id = ?", (series.id,)).fetchone()["elements"]
        older = said.replace('["Roth, Hanna"]', '"Roth, Hanna; Roth, Peter"')
        assert older != said
        connection.execute("UPDATE description SET elements = ? WHERE id = ?", (older, series.id))
    typed = library.description(series.id)["creator"].typed
    assert typed is not None
    assert typed.value == ["Roth, Hanna", "Roth, Peter"]


def test_an_event_tells_long_values_in_short(library: Library, ids: list[str]) -> None:
    library.describe(ids[0], {"scope": "First.\n\n" + "long " * 50})
    library.describe(ids[0], {"scope": None})
    told = library.events(ids[0])[-1].detail
    assert told.startswith("described: scope and content “First. long long")
    assert told.endswith("…” → –")
    assert len(told) < 120


def test_pages_are_sorted_by_years_of_any_length(library: Library, make_page: MakePage, take_in: TakeIn) -> None:
    typed = ["2021-03-02", "Y17000", "-0044-03-15", "", "0014~", "Y-17000", "-0044-03-14"]
    lines = take_in(*(make_page(f"{n}.html", title=f"Tïtle {n}") for n in range(len(typed))))
    for line, date in zip(lines, typed, strict=True):
        library.describe(line.item_ids[0], {"published": date or None})
    order = Order("published", is_descending=False)
    found = [one.published for one in library.items(library.item_ids(order=order))]
    assert [date for date in found if date] == [
        *("Y-17000", "-0044-03-14", "-0044-03-15", "0014~", "2021-03-02", "Y17000"),
    ]
    # Search knows no other years than those of four digits, and offers none.
    assert {one.name for one in library.completions("published:", 10)} == {"0014", "2021"}
