"""Two libraries become one: what both have is there once, what differs is for a person to say, nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive_viewer.errors import Cancelled, LibraryDamaged, LibraryMissing, MergeUndecided
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Colour, Fate, Item, Likeness
from archive_viewer.storage import transfers
from archive_viewer.storage.migrations import FIRST
from archive_viewer.storage.rows import NOUNS
from pages import MakePage, TakeIn, web_page_complete
from stored_rows import rows_of


def take(library: Library, *paths: Path) -> list[Item]:
    accession = library.begin_accession(paths)
    lines = list(import_paths(library, accession.id, paths, Job()))
    update_index(library, Job())
    return [item for line in lines for item in library.items(line.item_ids)]


@pytest.fixture
def other(tmp_path: Path, make_page: MakePage) -> Iterator[Library]:
    """Another library, with a page, a mark, a link, a mend and a page in the bin."""
    with Library.open(tmp_path / "Öther") as other:
        (page,) = take(other, make_page("theirs.html", "Their page"))
        (complete,) = take(other, web_page_complete(tmp_path / "complete"))
        (gone,) = take(other, make_page("gone.html", "Gone"))
        mark = other.annotate_quote(page.id, "winter road", note="Nöte 😀", tags=["tag ä"])
        other.link(mark.id, complete.id, "supports")
        stripped = next(block for block in other.article(page.id).blocks if not block.is_kept)
        other.mend(page.id, stripped.n, Fate.KEPT)
        other.tag_items([complete.id], ["tag ö"])
        other.delete_items([gone.id])
        yield other


def test_every_table_has_its_way() -> None:
    with closing(sqlite3.connect(":memory:")) as model:
        model.row_factory = sqlite3.Row
        for statement in FIRST:
            model.execute(statement)
        there = transfers.tables(model)
    by_noun = {noun.table for noun in NOUNS.values()}
    known = {*transfers.WITH_ITEM, *transfers.ACCOUNTS, *transfers.BY_OTHER_MEANS, *transfers.STAYING, *by_noun}
    assert there <= known
    assert not by_noun & {*transfers.STAYING, *transfers.ACCOUNTS}


def test_everything_comes_by_its_ids(library: Library, item: Item, other: Library) -> None:
    before, theirs = rows_of(library), rows_of(other)
    plan = library.merge_plan(other.folder)
    assert rows_of(library) == before
    # What was made of the pages comes with them, and is counted.
    assert plan.new == {"item": 3, "accession": 3, "link": 1, "annotation": 1, "override": 1}
    assert not plan.conflicts
    assert library.merge(other.folder).new == plan.new
    after = rows_of(library)
    for table, rows in theirs.items():
        if table != "accession":
            assert set(map(repr, rows)) | set(map(repr, before[table])) == set(map(repr, after[table])), table
    assert all(result.result == "ok" for result in library.verify_originals())
    update_index(library, Job())
    assert {hit.item.title for hit in library.search("winter road")} == {item.title, "Their page"}
    assert {event.id for event in other.events()} <= {event.id for event in library.events()}
    (event,) = [event for event in library.events(library.library_id) if event.type == "ingestion"]
    assert "Öther" in event.detail
    assert len(library.near_duplicates(item.id)) == 1


def test_once_more_brings_nothing(library: Library, item: Item, other: Library) -> None:
    library.merge(other.folder)
    before = rows_of(library)
    label = library.undo_label
    plan = library.merge(other.folder)
    assert (plan.new, plan.conflicts) == ({}, ())
    assert rows_of(library) == before
    library.undo()
    assert label == "Merge Library" != library.undo_label


def test_it_is_one_step(library: Library, item: Item, other: Library) -> None:
    library.merge(other.folder)
    merged = rows_of(library)
    assert library.undo() == "Merge Library"
    assert library.item_ids() == [item.id]
    assert library.links() == []
    assert library.redo() == "Merge Library"
    assert rows_of(library) == merged


def test_numbers_of_accessions_stay_apart(library: Library, item: Item, other: Library, make_page: MakePage) -> None:
    plan = library.merge(other.folder)
    number = library.accessions()[-1].number
    assert set(plan.renumbered) == {number}
    numbers = [one.number for one in library.accessions()]
    assert len(set(numbers)) == len(numbers) == 4
    (last,) = take(library, make_page("last.html", "Last"))
    assert last.accession not in numbers
    renumbered = library.accession(plan.renumbered[number])
    assert [line.outcome for line in library.report(renumbered.id)] == ["imported"]


@pytest.fixture
def copy(library: Library, item: Item, tmp_path: Path) -> Iterator[Library]:
    """A copy of the library, with a mark in it, that goes its own way."""
    library.annotate_quote(item.id, "winter road", note="first")
    library.copy_library(tmp_path / "copy")
    with Library.open(tmp_path / "copy") as copy:
        yield copy


def test_what_both_have_is_there_once(library: Library, item: Item, copy: Library, make_page: MakePage) -> None:
    added = copy.annotate_quote(item.id, "old treaty")
    take(copy, make_page("more.html", "More"))
    plan = library.merge(copy.folder)
    assert plan.new == {"item": 1, "annotation": 1, "accession": 1}
    assert (plan.same["item"], plan.same["annotation"]) == (1, 1)
    assert {mark.quote for mark in library.annotations(item.id)} == {"winter road", "old treaty"}
    assert library.annotation(added.id).start is not None
    library.undo()
    assert [mark.quote for mark in library.annotations(item.id)] == ["winter road"]


def test_what_differs_is_for_a_person_to_say(library: Library, item: Item, copy: Library) -> None:
    (mark,) = library.annotations()
    library.change_annotation(mark.id, note="ours")
    copy.change_annotation(mark.id, note="theirs", colour=Colour.RED)
    library.tag_items([item.id], ["ours"])
    copy.tag_items([item.id], ["theirs"])
    plan = library.merge_plan(copy.folder)
    by_noun = {one.noun: one for one in plan.conflicts}
    assert set(by_noun) == {"annotation", "item"}
    assert by_noun["annotation"].title == item.title
    assert (by_noun["annotation"].here["note"], by_noun["annotation"].there["note"]) == ("ours", "theirs")
    assert set(by_noun["item"].here) == {"tags"}
    before = rows_of(library)
    with pytest.raises(MergeUndecided):
        library.merge(copy.folder, choices={("item", item.id): "both"})
    assert rows_of(library) == before
    library.merge(copy.folder, choice="ours")
    assert rows_of(library) == before
    library.merge(copy.folder, choice="ours", choices={("item", item.id): "both"})
    assert library.item(item.id).tags == ("ours", "theirs")
    library.merge(copy.folder, choice="both")
    assert sorted(one.note for one in library.annotations()) == ["ours", "theirs"]
    library.undo()
    library.merge(copy.folder, choice="theirs")
    assert [one.note for one in library.annotations()] == ["theirs"]
    assert library.item(item.id).tags == ("theirs",)


def test_a_page_that_was_put_into_the_bin_here_stays_there_if_so_said(
    library: Library, item: Item, copy: Library
) -> None:
    library.delete_items([item.id])
    (conflict,) = library.merge_plan(copy.folder).conflicts
    assert set(conflict.there) == {"deleted_at"}
    library.merge(copy.folder, choice="ours")
    assert library.item_ids() == []
    library.merge(copy.folder, choice="theirs")
    assert library.item_ids() == [item.id]


def test_opposite_mends_of_one_block_are_a_conflict(library: Library, item: Item, copy: Library) -> None:
    n = next(block.n for block in library.article(item.id).blocks if block.is_kept)
    library.mend(item.id, n, Fate.STRIPPED)
    copy.mend(item.id, n, Fate.STRIPPED)
    assert library.merge_plan(copy.folder).same["override"] == 1
    library.undo()
    stripped = next(block.n for block in library.article(item.id).blocks if not block.is_kept)
    copy.undo()
    library.mend(item.id, stripped, Fate.KEPT)
    copy.mend(item.id, stripped, Fate.KEPT)
    with closing(sqlite3.connect(copy.folder / "library.db")) as database:
        database.execute("UPDATE override SET fate = 'stripped'")
        database.commit()
    (conflict,) = library.merge_plan(copy.folder).conflicts
    assert (conflict.noun, conflict.here, conflict.there) == ("override", {"fate": "kept"}, {"fate": "stripped"})
    text = library.article(item.id).text
    library.merge(copy.folder, choice="theirs")
    assert library.article(item.id).text != text


def test_another_character_set_is_a_conflict(library: Library, item: Item, copy: Library) -> None:
    copy.reread(item.id, "windows-1252")
    assert {one.noun for one in library.merge_plan(copy.folder).conflicts} == {"charset", "annotation"}
    library.merge(copy.folder, choice="theirs")
    assert library.charset_chosen(item.id) == copy.charset_chosen(item.id)
    assert library.article(item.id).text == copy.article(item.id).text


def test_rules_come_and_hold_for_the_pages_that_are_here(
    library: Library, take_in: TakeIn, other: Library, tmp_path: Path
) -> None:
    (line,) = take_in(web_page_complete(tmp_path / "again"))
    ours = line.item_ids[0]
    theirs = next(item.id for item in other.items(other.item_ids()) if item.title == "Ferry")
    n = next(block.n for block in other.article(theirs).blocks if block.is_kept and "sails at noon" in block.text)
    other.add_rule(other.draft_rule(theirs, [n], Fate.STRIPPED, Likeness.WORDS))
    library.merge(other.folder)
    assert "sails at noon" not in library.article(ours).text
    assert len(library.rules()) == 1


def test_the_same_files_under_another_id_are_told_and_not_doubled(
    library: Library, take_in: TakeIn, other: Library, tmp_path: Path
) -> None:
    (line,) = take_in(web_page_complete(tmp_path / "again"))
    ours = line.item_ids[0]
    theirs = next(item.id for item in other.items(other.item_ids()) if item.title == "Ferry")
    mark = other.annotate_quote(theirs, "The ferry sails at noon", occurrence=1)
    plan = library.merge_plan(other.folder)
    assert plan.duplicates == {theirs: ours}
    library.merge(other.folder)
    assert len([item for item in library.items(library.item_ids()) if item.title == "Ferry"]) == 1
    assert library.annotation(mark.id).item_id == ours
    assert library.annotation(mark.id).start is not None
    assert library.item(ours).tags == ("tag ö",)
    assert [link.to_id for link in library.links()] == [ours]
    library.undo()
    assert library.item_ids() == [ours]
    assert library.item(ours).tags == ()
    library.merge(other.folder, with_duplicates=True, choice="theirs")
    assert len([item for item in library.items(library.item_ids()) if item.title == "Ferry"]) == 2


def test_what_is_lost_there_is_told_and_what_is_lost_here_comes_back(
    library: Library, item: Item, copy: Library, make_page: MakePage
) -> None:
    (more,) = take(copy, make_page("more.html", "More"))
    copy.original_path(more.sha256).unlink()
    ours = library.original_path(item.sha256)
    ours.chmod(0o644)
    ours.write_bytes(b"something else")
    assert [one.result for one in library.verify_originals()] == ["altered"]
    assert library.merge_plan(copy.folder).lost == {more.sha256: "more.html"}
    assert library.merge(copy.folder).lost == {more.sha256: "more.html"}
    assert ours.read_bytes() == copy.original_path(item.sha256).read_bytes()
    assert [(one.file_name, one.result) for one in library.verify_originals() if one.result != "ok"] == [
        ("more.html", "missing")
    ]


def test_an_altered_file_does_not_come(library: Library, other: Library) -> None:
    page = next(item for item in other.items(other.item_ids()) if item.title == "Their page")
    file = other.original_path(page.sha256)
    file.chmod(0o644)
    file.write_bytes(b"something else")
    assert library.merge(other.folder).lost == {page.sha256: "theirs.html"}
    assert not library.original_path(page.sha256).exists()
    assert [one.kind for one in library.attention()] == ["fixity"]


def test_stopped_on_the_way_it_can_be_begun_again(library: Library, item: Item, other: Library) -> None:
    for most in range(1, 6):
        calls: list[int] = []

        def report(done: int, total: int, what: str, size: int, calls: list[int] = calls, most: int = most) -> None:
            calls.append(done)
            if len(calls) > most:
                raise Cancelled

        with pytest.raises(Cancelled):
            library.merge(other.folder, report)
        assert len({item.id for item in library.items(library.item_ids())}) == len(library.item_ids())
    library.merge(other.folder)
    assert len(library.item_ids()) == 3
    assert len(library.links()) == 1


def test_a_library_that_is_open_elsewhere_is_merged_as_it_is_now(library: Library, other: Library) -> None:
    reached = []

    def report(done: int, total: int, what: str, size: int) -> None:
        other.tag_items(other.item_ids(), [f"later {done}"])
        reached.append(done)

    library.merge(other.folder, report)
    assert reached
    assert not [tag for item in library.items(library.item_ids()) for tag in item.tags if tag.startswith("later")]


def test_what_is_no_library_or_was_changed_to_do_harm(library: Library, item: Item, other: Library) -> None:
    with pytest.raises(LibraryMissing):
        library.merge_plan(other.folder / "nowhere")
    other.close()
    with closing(sqlite3.connect(other.folder / "library.db")) as database:
        database.execute("CREATE TRIGGER t AFTER INSERT ON item BEGIN DELETE FROM annotation; END")
        database.commit()
    before = rows_of(library)
    with pytest.raises(LibraryDamaged, match="not built as"):
        library.merge(other.folder)
    assert rows_of(library) == before
    shutil.rmtree(other.folder)


def test_a_file_that_is_given_up_meanwhile_comes_all_the_same(library: Library, item: Item, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        (twin,) = take(other, tmp_path / "saved" / "Tïtle 😀.html")
        library.delete_items([item.id])
        assert twin.sha256 == item.sha256

    def give_up(_done: int, _total: int, _what: str, _size: int) -> None:
        if library.items([item.id]):
            library.delete_for_good([item.id])

    library.merge(tmp_path / "other", give_up, with_duplicates=True)
    assert [one.result for one in library.verify_originals([twin.id])] == ["ok"]
    assert library.article(twin.id).text


def test_a_look_at_a_merging_says_how_far_it_is_and_can_be_stopped(
    library: Library, item: Item, tmp_path: Path
) -> None:
    copy = library.copy_library(tmp_path / "copy").folder
    reports: list[tuple[int, int]] = []
    library.merge_plan(copy, Job(lambda progress: reports.append((progress.done, progress.total))).report)
    assert reports[0][0] == 0
    assert reports[-1][0] == reports[-1][1] > 0
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        library.merge_plan(copy, stopped.report)
