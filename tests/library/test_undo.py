"""Undo of everything: any series of acts, taken back, leaves the library row for row as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_viewer.errors import ArchiveViewerError, NothingToUndo, StepConflict
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Colour, Fate, Item, Likeness
from older_cleaning import made_by_older_cleaner, with_more
from pages import MakePage, TakeIn
from stored_rows import rows_of

Act = tuple[str, int, int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("mark", "note", "colour", "tag", "link", "unlink", "unmark", "bin", "restore", "place", "charset"),
                *("mend", "section", "rule", "switch", "unrule", "clean"),
            ]
        ),
        st.integers(0, 10_000),
        st.integers(1, 40),
    ),
    max_size=14,
)


def perform(library: Library, item: Item, act: Act) -> None:
    """One act on whatever there is; one that makes no sense just now is refused, as it would be for a person."""
    verb, number, length = act
    marks, links = library.annotations(item.id), library.links()
    text = library.article(item.id).text
    start = number % max(1, len(text) - length)
    if verb == "mark":
        library.annotate(item.id, start, start + length, list(Colour)[number % 6], tags=["tâg"])
    elif verb == "mend":
        blocks = library.article(item.id).blocks
        library.mend(item.id, number % len(blocks) + 1, Fate.KEPT if length % 2 else Fate.STRIPPED)
    elif verb == "section":
        library.mend(item.id, number % 9 + 1, Fate.KEPT if length % 2 else Fate.STRIPPED, whole_section=True)
    elif verb == "rule":
        fate, likeness = list(Fate)[length % 2], list(Likeness)[number % 2]
        library.add_rule(library.draft_rule(item.id, [number % 9 + 1], fate, likeness))
    elif verb in ("switch", "unrule") and (rules := library.rules()):
        id = rules[number % len(rules)].id
        library.switch_rule(id, bool(length % 2)) if verb == "switch" else library.delete_rule(id)
    elif verb == "clean":
        library.clean_again(item.id)
    elif verb == "charset":
        library.reread(item.id, ("", "utf-8", "windows-1252", "gbk", "koi8-r")[number % 5])
    elif verb == "tag":
        library.tag_items([item.id], add=[f"t{number % 3}"], remove=[f"t{length % 3}"])
    elif verb in ("bin", "restore"):
        (library.delete_items if verb == "bin" else library.restore_items)([item.id])
    elif verb == "unlink" and links:
        library.delete_link(links[number % len(links)].id)
    elif marks:
        mark = marks[number % len(marks)]
        if verb == "note":
            library.change_annotation(mark.id, note=f"nöte {number}")
        elif verb == "colour":
            library.change_annotation(mark.id, colour=list(Colour)[number % 6])
        elif verb == "link":
            library.link(mark.id, marks[length % len(marks)].id, "cites")
        elif verb == "unmark":
            library.delete_annotation(mark.id)
        elif verb == "place":
            library.place_annotation(mark.id, start, start + length)


@pytest.fixture
def item(library: Library, tmp_path: Path, make_page: MakePage, take_in: TakeIn) -> Item:
    """A page with an address, which an older cleaner cleaned."""
    file = make_page()
    file.write_text(f"<!-- saved from url=(0026)https://gazette.test/ferry -->\n{file.read_text('utf-8')}", "utf-8")
    (line,) = take_in(file)
    made_by_older_cleaner(library.folder, line.item_ids[0], with_more("Sponsored 😀 words"))
    update_index(library, Job())
    return library.item(line.item_ids[0])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_undone_wholly_then_redone_wholly(library: Library, item: Item, acts: list[Act]) -> None:
    before = rows_of(library)
    for act in acts:
        with suppress(ArchiveViewerError):
            perform(library, item, act)
    after = rows_of(library)
    steps = 0
    while not library.undo_label.startswith("Import"):
        library.undo()
        steps += 1
    assert rows_of(library) == before
    for _ in range(steps):
        library.redo()
    assert rows_of(library) == after
    for _ in range(steps):
        library.undo()


def test_undo_survives_a_restart_and_is_named(library: Library, item: Item) -> None:
    library.annotate_quote(item.id, "winter road")
    library.close()
    with Library.open(library.folder) as again:
        assert again.undo_label == "Mark Passage"
        assert again.undo() == "Mark Passage"
        assert again.redo_label == "Mark Passage"
        assert again.annotations() == []
        assert again.redo() == "Mark Passage"
        assert len(again.annotations()) == 1


def test_a_new_act_ends_redo(library: Library, item: Item) -> None:
    library.annotate_quote(item.id, "winter road")
    library.undo()
    library.tag_items([item.id], add=["x"])
    assert library.redo_label == ""
    with pytest.raises(NothingToUndo):
        library.redo()


def test_undoing_an_import_bins_its_items_and_redo_brings_them_back(library: Library, item: Item) -> None:
    assert library.undo().startswith("Import")
    assert library.item_ids() == []
    assert library.overview().bin == 1
    assert library.redo().startswith("Import")
    assert library.item_ids() == [item.id]


def test_a_changed_row_is_not_undone_over(library: Library, item: Item) -> None:
    mark = library.annotate_quote(item.id, "winter road")
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        connection.execute("UPDATE annotation SET note = 'by somebody else' WHERE id = ?", (mark.id,))
        connection.commit()
    with pytest.raises(StepConflict, match="Mark Passage"):
        library.undo()
    assert library.annotation(mark.id).note == "by somebody else"


def test_an_empty_library_has_nothing_to_undo(library: Library) -> None:
    assert (library.undo_label, library.redo_label) == ("", "")
    with pytest.raises(NothingToUndo):
        library.undo()


def test_steps_beyond_a_thousand_are_let_go(library: Library, item: Item) -> None:
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        connection.executemany("INSERT INTO step (label, at) VALUES (?, '')", [(f"step {n}",) for n in range(1_200)])
        connection.commit()
    library.tag_items([item.id], add=["x"])
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        assert connection.execute("SELECT count(*) FROM step").fetchone()[0] == 1_000
    assert library.undo() == "Tag Page"


def test_a_page_by_an_older_cleaner_read_again_twice_comes_back_as_it_was(library: Library, item: Item) -> None:
    before = rows_of(library)
    library.reread(item.id, "utf-8")
    library.reread(item.id)
    after = rows_of(library)
    library.undo()
    library.undo()
    assert rows_of(library) == before
    library.redo()
    library.redo()
    assert rows_of(library) == after
