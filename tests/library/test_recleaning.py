"""Cleaning again: what a person made stays, what moved is said, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from archive_viewer.cleaning import CLEANER_VERSION
from archive_viewer.errors import Cancelled, StepConflict, UnknownId
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.recleaning import clean_again, summary
from archive_viewer.library import Library
from archive_viewer.model import AnchorState, Fate, Item
from older_cleaning import OLDER, made_by_older_cleaner, with_more, without
from pages import MakePage, TakeIn
from stored_rows import rows_of


def older(library: Library, item: Item, *more: str, without_words: str = "") -> None:
    if more:
        made_by_older_cleaner(library.folder, item.id, with_more(*more))
    if without_words or not more:
        made_by_older_cleaner(library.folder, item.id, without(without_words or "no such words"))
    update_index(library, Job())


def test_the_text_becomes_better_and_search_finds_it(library: Library, item: Item) -> None:
    best = library.article(item.id)
    older(library, item, "Sponsored 😀 words", without_words="harbour master")
    assert library.article(item.id).cleaner_version == OLDER
    assert (library.count_older(), library.older_ids()) == (1, [item.id])
    before = rows_of(library)
    line = library.clean_again(item.id)
    assert (line.outcome, line.put_back, line.taken_out) == ("changed", 1, 1)
    assert library.article(item.id) == best
    assert library.article(item.id).cleaner_version == CLEANER_VERSION
    assert library.count_older() == 0
    update_index(library, Job())
    assert [len(library.search(query)) for query in ("harbour", "sponsored")] == [1, 0]
    after = rows_of(library)
    assert library.undo() == "Clean Again"
    assert rows_of(library) == before
    assert library.redo() == "Clean Again"
    assert rows_of(library) == after
    update_index(library, Job())
    assert [len(library.search(query)) for query in ("harbour", "sponsored")] == [1, 0]


def test_what_this_cleaner_cleaned_is_left_alone(library: Library, item: Item) -> None:
    before = rows_of(library)
    assert library.clean_again(item.id).outcome == "unchanged"
    assert rows_of(library) == before
    assert library.undo_label.startswith("Import")
    with pytest.raises(UnknownId):
        library.clean_again("nobody")


def test_mends_and_the_character_set_stay(library: Library, item: Item) -> None:
    library.reread(item.id, "utf-8")
    older(library, item, "Sponsored words", "More of them")
    blocks = library.article(item.id).blocks
    for words, fate in (("About us", Fate.KEPT), ("envoys", Fate.STRIPPED)):
        library.mend(item.id, next(block.n for block in blocks if words in block.text), fate)
    library.clean_again(item.id)
    text = library.article(item.id).text
    assert "About us" in text
    assert "envoys" not in text
    assert len(library.reading(item.id).overrides) == 2
    assert library.charset_chosen(item.id) == "utf-8"
    assert library.item(item.id).charset == "utf-8"
    for words, fate in (("About us", Fate.STRIPPED), ("envoys", Fate.KEPT)):
        n = next(block.n for block in library.article(item.id).blocks if words in block.text)
        assert library.mend(item.id, n, fate) == 1
    assert library.reading(item.id).overrides == ()


def test_marks_go_where_their_words_are_and_those_that_cannot_are_named(library: Library, item: Item) -> None:
    older(library, item, "Sponsored words of forty characters and some more", without_words="bridge is open")
    kept = library.annotate_quote(item.id, "old treaty")
    across = library.annotate_quote(item.id, "winter road, and the talks")
    lost = library.annotate_quote(item.id, "forty characters")
    line = library.clean_again(item.id)
    text = library.article(item.id).text
    for mark in (kept, across):
        now = library.annotation(mark.id)
        assert now.state is AnchorState.PLACED
        assert text[slice(now.start, now.end)] == mark.quote
    assert (line.carried, line.moved, line.unplaced) == (2, (), (lost.id,))
    assert [need.annotation_id for need in library.attention()] == [lost.id]
    library.undo()
    assert {mark.state for mark in library.annotations(item.id)} == {AnchorState.PLACED}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, 10_000),
    length=st.integers(1, 200),
    mended=st.integers(0, 1_000),
    fate=st.sampled_from(Fate),
    more=st.lists(st.sampled_from(["Sponsored", "Home", "Ä 😀"]), max_size=3),
)
def test_a_mark_on_what_both_cleaners_read_is_never_lost(
    library: Library, item: Item, place: int, length: int, mended: int, fate: Fate, more: list[str]
) -> None:
    made_by_older_cleaner(library.folder, item.id, with_more(*more))
    article = library.article(item.id)
    library.mend(item.id, mended % len(article.blocks) + 1, fate)
    article = library.article(item.id)
    assume(len(article.text) > 1)  # the mend may have taken out all that there was
    start = place % (len(article.text) - 1)
    mark = library.annotate(item.id, start, min(len(article.text), start + length))
    first = article.block_at(start)
    library.clean_again(item.id)
    now = library.annotation(mark.id)
    assert now.quote == mark.quote
    if now.state is AnchorState.PLACED:
        assert library.article(item.id).text[slice(now.start, now.end)] == mark.quote
    assert now.state is AnchorState.PLACED or first.n <= len(more) or first.text in more
    library.undo()
    again = library.annotation(mark.id)
    assert (again.start, again.end, again.state) == (mark.start, mark.end, mark.state)
    library.redo()
    library.delete_annotation(mark.id)


def test_a_page_whose_file_is_lost_stays_as_it_is(library: Library, item: Item) -> None:
    older(library, item)
    path = library.original_path(item.sha256)
    path.chmod(0o600)
    path.unlink()
    before = rows_of(library)
    line = library.clean_again(item.id)
    assert line.outcome == "refused"
    assert "gone" in line.reason or "missing" in line.reason
    assert rows_of(library) == before


# -- many pages ---------------------------------------------------------------------------------------------------


@pytest.fixture
def three(library: Library, make_page: MakePage, take_in: TakeIn) -> list[Item]:
    """Three pages that another cleaner cleaned, the second of them with a mark that this one loses."""
    lines = take_in(*(make_page(f"{n} 😀.html", title=f"Tïtle {n}") for n in range(3)))
    items = [library.item(line.item_ids[0]) for line in lines]
    for item in items:
        older(library, item, "Sponsored words of forty characters", without_words="harbour")
    library.annotate_quote(items[1].id, "forty characters")
    return items


def test_all_older_pages_are_one_step_with_an_account(library: Library, three: list[Item]) -> None:
    before = rows_of(library)
    (need,) = [need for need in library.attention() if need.kind == "older-cleaning"]
    assert need.sentence.startswith("3 pages were cleaned by another version")
    assert library.overview().attention == 1
    task = library.request_clean_again()
    lines = list(clean_again(library, task, Job()))
    assert [line.item_id for line in lines] == [item.id for item in three]
    assert library.recleanings(task.id) == lines
    assert summary(lines) == "3 pages cleaned again, 3 changed.  Marks: 1 lost their place."
    with pytest.raises(StepConflict, match=r"Clean Again.*still going on"):
        library.undo()
    library.set_task_state(task.id, "done")
    assert library.undo() == "Clean Again"
    assert rows_of(library) == before
    assert library.redo() == "Clean Again"
    assert library.count_older() == 0
    assert [need.kind for need in library.attention()] == ["unplaced"]


def test_what_a_person_does_meanwhile_is_undone_in_its_turn(library: Library, three: list[Item]) -> None:
    before = rows_of(library)
    task = library.request_clean_again()
    going_on = clean_again(library, task, Job())
    next(going_on)
    mark = library.annotate_quote(three[2].id, "winter road")
    for _ in going_on:
        pass
    library.set_task_state(task.id, "done")
    assert library.annotation(mark.id).state is AnchorState.PLACED
    assert [library.undo() for _ in range(3)] == ["Clean Again", "Mark Passage", "Clean Again"]
    assert rows_of(library) == before
    assert [library.redo() for _ in range(3)] == ["Clean Again", "Mark Passage", "Clean Again"]
    assert library.annotation(mark.id).state is AnchorState.PLACED


def test_it_is_taken_up_where_it_was_cut_off(library: Library, three: list[Item]) -> None:
    task = library.request_clean_again()
    library.set_task_state(task.id, "running")
    next(clean_again(library, task, Job()))
    library.close()
    with Library.open(library.folder) as again:
        (unfinished,) = again.tasks()
        lines = list(clean_again(again, unfinished, Job()))
        assert [line.item_id for line in lines] == [item.id for item in three[1:]]
        assert len(again.recleanings(task.id)) == 3


def test_a_page_that_ends_the_program_is_refused_in_the_end(library: Library, three: list[Item]) -> None:
    task = library.request_clean_again([three[0].id])
    library.set_task_state(task.id, "running")
    for _ in range(2):
        library.note_cut_off(task.id, three[0].id)
    (line,) = clean_again(library, library.task(task.id), Job())
    assert (line.outcome, line.item_id) == ("refused", three[0].id)
    assert library.count_older() == 3


def test_a_stopped_task_cleans_no_more(library: Library, three: list[Item]) -> None:
    task = library.request_clean_again()
    going_on = clean_again(library, task, Job())
    next(going_on)
    library.cancel_task(task.id)
    with pytest.raises(Cancelled):
        next(going_on)
    assert library.count_older() == 2
    assert library.undo() == "Clean Again"
    assert library.count_older() == 3


def test_named_pages_only(library: Library, three: list[Item]) -> None:
    task = library.request_clean_again([three[1].id, three[1].id])
    assert task.label == "Clean 2 pages again"
    assert [line.item_id for line in clean_again(library, task, Job())] == [three[1].id]
    assert library.older_ids() == [three[0].id, three[2].id]


def test_undoing_everything_ends_at_nothing(library: Library, three: list[Item]) -> None:
    for item in three:
        library.clean_again(item.id)
    while library.undo_label:
        library.undo()
    assert library.overview().bin == 3
    while library.redo_label:
        library.redo()
    assert library.count_older() == 0
