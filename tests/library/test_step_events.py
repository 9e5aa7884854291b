"""Every act on the archival record is told in the log as it is done, taken back and done again, and only then."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_viewer.errors import ArchiveViewerError, BadArrangement, StepConflict
from archive_viewer.library import Library
from archive_viewer.model import Event, Fate, Item, Likeness, Repository, Unit
from pages import TakeIn, web_page_complete
from premis_rules import NS, require_valid


@dataclass(frozen=True)
class Holdings:
    """Two pages, the first in a series of a fonds, and a second fonds."""

    library: Library
    first: Item
    second: Item
    fonds: Unit
    series: Unit
    other: Unit

    @property
    def accession_id(self) -> str:
        return self.first.accession_id


@pytest.fixture
def holdings(library: Library, item: Item, take_in: TakeIn, tmp_path: Path) -> Holdings:
    (line,) = take_in(web_page_complete(tmp_path / "complete"))
    fonds = library.add_unit("", "fonds", "Fonds ä 😀", code="F")
    series = library.add_unit(fonds.id, "series", "Series ö", code="S")
    other = library.add_unit("", "fonds", "Other", code="O")
    library.move_items([item.id], series.id)
    return Holdings(library, item, library.item(line.item_ids[0]), fonds, series, other)


def told_since(library: Library, before: int) -> dict[str, tuple[str, str]]:
    """Object → type and detail of the events since; each object is told of once."""
    found: list[Event] = library.events()[before:]
    told = {event.object_id: (event.type, event.detail) for event in found}
    assert len(told) == len(found)
    assert all(event.agent and event.outcome == "success" for event in found)
    return told


Act = Callable[[Holdings], object]
Objects = Callable[[Holdings], set[str]]
MODIFIED = "metadata modification"

ACTS: dict[str, tuple[Act, Objects, str, str]] = {
    # The act; what it is about; the words of doing it; those of taking it back.
    "arrange": (
        lambda h: h.library.move_items([h.second.id], h.series.id),
        lambda h: {h.second.id},
        "arranged in series F/S “Series ö”; reference code F/S/002",
        "taken out of the arrangement; no reference code",
    ),
    "take out": (
        lambda h: h.library.move_items([h.first.id], ""),
        lambda h: {h.first.id},
        "taken out of the arrangement",
        "arranged in series F/S “Series ö”",
    ),
    "move unit": (
        lambda h: h.library.move_units([h.series.id], h.other.id),
        lambda h: {h.series.id},
        "moved into fonds O “Other”",
        "moved into fonds F “Fonds ä 😀”",
    ),
    "rename unit": (
        lambda h: h.library.change_unit(h.series.id, title="Another", code="T"),
        lambda h: {h.series.id},
        "title “Series ö” → “Another”; reference code F/T",
        "title “Another” → “Series ö”; reference code F/S",
    ),
    "retitle": (
        lambda h: h.library.describe(h.series.id, {"title": "Another"}),
        lambda h: {h.series.id},
        "title “Series ö” → “Another”",
        "title “Another” → “Series ö”",
    ),
    "remove unit": (
        lambda h: h.library.remove_unit(h.series.id),
        lambda h: {h.series.id, h.first.id},
        "unit taken away: series F/S “Series ö”",
        "unit made: series F/S “Series ö”, in fonds F “Fonds ä 😀”",
    ),
    "arrange by rule": (
        lambda h: h.library.carry_out(h.library.arrange_by("year", h.other.id, [h.first.id, h.second.id])),
        lambda h: {h.first.id, h.second.id, next(u.id for u in h.library.units() if u.parent_id == h.other.id)},
        "unit made: series O/1 “",
        "taken out of the arrangement",
    ),
    "renumber": (
        lambda h: h.library.renumber(h.series.id),
        lambda h: {h.first.id, h.second.id},
        "reference code F/S/001",
        "reference code F/S/002",
    ),
    "describe": (
        lambda h: h.library.describe(h.first.id, {"title": "Typed", "author": "Åsa"}),
        lambda h: {h.first.id},
        "described: title – → “Typed”, author – → “Åsa”",
        "described: title “Typed” → –, author “Åsa” → –",
    ),
    "bulk edit": (
        lambda h: h.library.carry_out(h.library.describe_many([h.first.id, h.second.id], "subject", "ferry 😀")),
        lambda h: {h.first.id, h.second.id},
        "described: subject – → “ferry 😀”",
        "described: subject “ferry 😀” → –",
    ),
    "accession": (
        lambda h: h.library.change_accession(h.accession_id, custodial_history="From the attic", note="Two disks"),
        lambda h: {h.accession_id},
        "custodial history – → “From the attic”, note – → “Two disks”",
        "custodial history “From the attic” → –, note “Two disks” → –",
    ),
    "bin": (
        lambda h: h.library.delete_items([h.first.id, h.second.id]),
        lambda h: {h.first.id, h.second.id},
        "moved to the bin",
        "taken out of the bin",
    ),
    "level": (
        lambda h: h.library.rename_level("fonds", "Bestand"),
        lambda h: {h.library.library_id},
        "levels of description changed",
        "levels of description as at first",
    ),
    "repository": (
        lambda h: h.library.set_repository(Repository("DE", "1", "Archiv")),
        lambda h: {h.library.library_id},
        "repository changed",
        "repository as at first",
    ),
    "mend": (
        lambda h: h.library.mend(h.first.id, 1, _other_fate(h)),
        lambda h: {h.first.id},
        "block 1 is now",
        "a block is as it was found",
    ),
    "character set": (
        lambda h: h.library.reread(h.first.id, "windows-1252"),
        lambda h: {h.first.id},
        "read again as windows-1252",
        "read as the program finds it",
    ),
    "rule": (
        lambda h: h.library.add_rule(h.library.draft_rule(h.second.id, [1], Fate.STRIPPED, Likeness.WORDS)),
        lambda h: {h.library.library_id},
        "rule for ",
        "taken away",
    ),
}


def _other_fate(h: Holdings) -> Fate:
    return Fate.STRIPPED if h.library.article(h.first.id).blocks[0].is_kept else Fate.KEPT


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_told_as_it_is_done_undone_and_done_again(holdings: Holdings, name: str, tmp_path: Path) -> None:
    act, objects, done, undone = ACTS[name]
    library = holdings.library
    if name == "renumber":
        library.move_items([holdings.second.id], holdings.series.id, holdings.first.id)
    before = library.count_events()
    act(holdings)
    concerned, told = objects(holdings), told_since(library, before)
    assert set(told) == concerned
    assert any(done in detail for _, detail in told.values()), told
    label = library.undo_label

    before = library.count_events()
    library.undo()
    told = told_since(library, before)
    assert set(told) == concerned
    assert all(detail.startswith(f"Undone: “{label}”: ") for _, detail in told.values())
    assert any(undone in detail for _, detail in told.values())

    before = library.count_events()
    library.redo()
    told = told_since(library, before)
    assert set(told) == concerned
    assert all(detail.startswith(f"Done again: “{label}”: ") for _, detail in told.values())
    assert {type for type, _ in told.values()} == ({"deletion"} if name == "bin" else {MODIFIED})

    library.export_events(tmp_path / "events.xml")
    root = require_valid((tmp_path / "events.xml").read_bytes())
    assert len(root.findall(f"{{{NS}}}event")) == library.count_events()


def test_what_a_reader_does_is_no_part_of_the_record(holdings: Holdings) -> None:
    library, id = holdings.library, holdings.first.id
    before = library.count_events()
    mark = library.annotate_quote(id, "winter road", note="Nöte")
    library.link(mark.id, holdings.second.id, "supports")
    library.tag_items([id], ["tâg"])
    for _ in range(3):
        library.undo()
    for _ in range(3):
        library.redo()
    assert library.count_events() == before


def test_what_comes_to_nothing_is_not_told(holdings: Holdings) -> None:
    library = holdings.library
    before = library.events()
    with library.step("Forth and Back"):
        library.move_units([holdings.series.id], holdings.other.id)
        library.move_units([holdings.series.id], holdings.fonds.id)
    library.change_accession(holdings.accession_id, note="")
    library.describe(holdings.first.id, {"title": None})
    told = {(event.object_id, event.detail) for event in library.events()[len(before) :]}
    assert told <= {(holdings.fonds.id, "the order within it changed")}


def test_an_order_is_told_of_the_unit_and_not_of_each_page(holdings: Holdings) -> None:
    library = holdings.library
    library.move_items([holdings.second.id], holdings.series.id)
    before = library.count_events()
    library.move_items([holdings.second.id], holdings.series.id, holdings.first.id)
    assert told_since(library, before) == {holdings.series.id: (MODIFIED, "the order within it changed")}


def test_what_fails_leaves_neither_change_nor_event(holdings: Holdings) -> None:
    library = holdings.library
    before = library.events()

    def move_into_itself() -> None:
        with library.step("Broken"):
            library.move_items([holdings.second.id], holdings.series.id)
            library.move_units([holdings.fonds.id], holdings.series.id)

    with pytest.raises(BadArrangement):
        move_into_itself()
    assert library.events() == before
    assert library.item(holdings.second.id).unit_id == ""
    library.move_items([holdings.second.id], holdings.series.id)
    with closing(sqlite3.connect(library.folder / "library.db")) as database, database:
        database.execute("UPDATE item SET unit_position = 7 WHERE id = ?", (holdings.second.id,))
    before = library.events()
    with pytest.raises(StepConflict):
        library.undo()
    assert library.events() == before


WORDS = ("move", "out", "describe", "retitle", "bin", "restore", "renumber", "undo", "redo", "unit", "remove")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 9)), max_size=12))
def test_the_last_event_of_a_page_says_where_it_is(holdings: Holdings, acts: list[tuple[str, int]]) -> None:
    library = holdings.library
    for word, number in acts:
        try:
            _perform(holdings, word, number)
        except ArchiveViewerError:
            continue
    for item in library.items([holdings.first.id, holdings.second.id]):
        details = [event.detail for event in library.events(item.id)]
        placed = [one for one in details if "arranged in " in one or "out of the arrangement" in one]
        assert bool(item.unit_id) == bool(placed and "arranged in " in placed[-1])
        binned = [one for one in details if "the bin" in one]
        assert bool(item.deleted_at) == bool(binned and "moved to the bin" in binned[-1])
        coded = [one for one in details if "reference code" in one]
        if item.reference_code:
            assert coded[-1].endswith(f"reference code {item.reference_code}") or (
                f"reference code {item.reference_code};" in coded[-1]
            )


def _perform(h: Holdings, word: str, number: int) -> None:
    library, id = h.library, (h.first, h.second)[number % 2].id
    # All of them may have been removed.
    units = library.units() or [library.add_unit("", "fonds", "Once more")]
    match word:
        case "move":
            library.move_items([id], units[number % len(units)].id)
        case "out":
            library.move_items([id], "")
        case "describe":
            library.describe(id, {"title": f"Title {number}"})
        case "retitle":
            library.change_unit(units[number % len(units)].id, title=f"Title {number}")
        case "bin":
            library.delete_items([id])
        case "restore":
            library.restore_items([id])
        case "renumber":
            library.renumber()
        case "undo":
            library.undo()
        case "redo":
            library.redo()
        case "unit":
            library.add_unit(units[number % len(units)].id, "file", f"Unit {number}")
        case "remove":
            library.remove_unit(units[number % len(units)].id)
