"""Mends of blocks and sections, and rules for a site: what the text becomes, and the marks, and the index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.cleaning import sections
from archive_viewer.errors import BadPassage, UnknownId
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Changes, Library
from archive_viewer.model import AnchorState, Block, Decider, Fate, Item, Likeness
from pages import TakeIn
from stored_rows import rows_of

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0031)https://www.gazette.test/{number}.html -->
<html><head><title>Tïtle {number} 😀</title></head><body>
<nav class="menu"><ul><li><a href="/">Home</a><li><a href="/a">Imprïnt</a></ul></nav>
<article class="story"><h1>Tïtle {number} 😀</h1>
<p>The envoys of both river towns met on Tuesday to speak about ferry {number}, the tolls and the winter road.</p>
<p class="plea">Dear reader, the Gazette lives on what its readers give, so give what you can, and give it today.</p>
<p>Nobody had expected the 😀 harbour master to agree, but he said that the “old treaty” of {number} still held.</p>
</article><footer>© The Gazette of the river towns</footer></body></html>"""

PLEA = "Dear reader"
TakeSite = Callable[[int], list[Item]]


@pytest.fixture
def take_site(library: Library, tmp_path: Path, take_in: TakeIn) -> TakeSite:
    """Take in so many pages of one site, numbered on from those that are there."""
    written = 0

    def take(count: int) -> list[Item]:
        nonlocal written
        files = []
        for number in range(written, written + count):
            file = tmp_path / "saved" / f"Tïtle {number} 😀.html"
            file.parent.mkdir(exist_ok=True)
            file.write_text(PAGE.format(number=number), "utf-8")
            files.append(file)
        written += count
        return [library.item(line.item_ids[0]) for line in take_in(*files)]

    return take


@pytest.fixture
def page(take_site: TakeSite) -> Item:
    return take_site(1)[0]


def block(library: Library, item: Item, words: str) -> Block:
    return next(block for block in library.article(item.id).blocks if words in block.text)


def found(library: Library, query: str) -> list[str]:
    update_index(library, Job())
    return sorted(hit.item.title for hit in library.search(query))


# -- one page -----------------------------------------------------------------------------------------------------


def test_a_whole_section_is_put_back_as_one_step(library: Library, page: Item) -> None:
    before = library.article(page.id)
    menu = block(library, page, "Imprïnt")
    heard: list[Changes] = []
    library.listen(heard.append)
    assert library.mend(page.id, menu.n, Fate.KEPT, whole_section=True) == 2
    assert len(heard) == 1
    assert library.article(page.id).text.startswith("Home\nImprïnt\n")
    assert {block.decided_by for block in library.article(page.id).blocks[:2]} == {Decider.PERSON}
    assert library.undo() == "Keep 2 Blocks"
    assert library.article(page.id) == before
    assert library.redo() == "Keep 2 Blocks"
    assert library.mend(page.id, menu.n, Fate.STRIPPED, whole_section=False) == 1
    assert library.mend(page.id, 1, Fate.STRIPPED) == 1
    assert library.article(page.id) == before
    assert library.reading(page.id).overrides == ()


def test_what_is_so_already_is_no_step(library: Library, page: Item) -> None:
    assert library.mend(page.id, 1, Fate.STRIPPED) == 0
    assert library.undo_label.startswith("Import")
    with pytest.raises(UnknownId):
        library.mend_all(page.id, [1, 99], Fate.KEPT)
    with pytest.raises(UnknownId):
        library.mend(page.id, 0, Fate.KEPT, whole_section=True)


def test_search_finds_what_was_put_back_and_not_what_was_taken_out(library: Library, page: Item) -> None:
    assert found(library, "imprïnt") == []
    assert found(library, "envoys") == [page.title]
    library.mend(page.id, block(library, page, "Imprïnt").n, Fate.KEPT)
    library.mend(page.id, block(library, page, "envoys").n, Fate.STRIPPED)
    assert found(library, "imprïnt") == [page.title]
    assert found(library, "envoys") == []
    library.undo()
    assert found(library, "envoys") == [page.title]
    passages = library.search("harbour")[0].passages
    assert [library.article(page.id).text[p.start : p.end] for p in passages] == ["harbour"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, 10_000),
    length=st.integers(1, 150),
    acts=st.lists(st.tuples(st.integers(0, 1_000), st.sampled_from(Fate), st.booleans()), min_size=1, max_size=4),
)
def test_marks_move_exactly_whatever_is_mended(
    library: Library, page: Item, place: int, length: int, acts: list[tuple[int, Fate, bool]]
) -> None:
    article = library.article(page.id)
    start = place % (len(article.text) - 1)
    end = min(len(article.text), start + length)
    mark = library.annotate(page.id, start, end)
    first, last = article.block_at(start), article.block_at(end - 1)
    steps = 1
    for number, fate, whole_section in acts:
        n = number % len(article.blocks) + 1
        steps += bool(library.mend(page.id, n, fate, whole_section=whole_section))
    now, moved = library.article(page.id), library.annotation(mark.id)
    assert [b.text for b in now.blocks] == [b.text for b in article.blocks]
    if now.blocks[first.n - 1].is_kept and now.blocks[last.n - 1].is_kept:
        assert moved.state is AnchorState.PLACED
        assert moved.start == now.starts[first.n] + start - article.starts[first.n]
        assert moved.end == now.starts[last.n] + end - article.starts[last.n]
    else:
        assert moved.state is AnchorState.UNPLACED
    for _ in range(steps):
        library.undo()
    assert library.article(page.id) == article


# -- a whole site -------------------------------------------------------------------------------------------------


def draft(library: Library, item: Item, words: str, fate: Fate, likeness: Likeness = Likeness.PLACE) -> str:
    rule = library.draft_rule(item.id, [block(library, item, words).n], fate, likeness)
    library.add_rule(rule)
    return rule.id


def test_a_rule_says_first_what_it_would_do(library: Library, take_site: TakeSite) -> None:
    pages = take_site(5)
    library.mend(pages[0].id, block(library, pages[0], PLEA).n, Fate.STRIPPED)
    before = rows_of(library)
    rule = library.draft_rule(pages[1].id, [block(library, pages[1], PLEA).n], Fate.STRIPPED, Likeness.PLACE)
    assert (rule.site, rule.sample[:11]) == ("gazette.test", PLEA)
    effect = library.rule_effect(rule)
    assert (effect.pages, effect.looked_at, effect.changed) == (5, 5, 4)
    assert (effect.put_back, effect.taken_out) == (0, 4)
    assert library.rule_effect(rule, lambda: False).looked_at == 0
    assert rows_of(library) == before
    assert library.rules() == []


@pytest.mark.parametrize("likeness", Likeness)
def test_a_rule_holds_for_what_is_there_and_for_what_comes(
    library: Library, take_site: TakeSite, likeness: Likeness
) -> None:
    early = take_site(2)
    mark = library.annotate_quote(early[1].id, "harbour master")
    draft(library, early[0], PLEA, Fate.STRIPPED, likeness)
    late = take_site(2)
    for item in (*early, *late):
        plea = block(library, item, PLEA)
        assert (plea.fate, plea.decided_by) == (Fate.STRIPPED, Decider.RULE)
        assert PLEA not in library.article(item.id).text
    assert found(library, "gazette lives") == []
    moved = library.annotation(mark.id)
    assert moved.state is AnchorState.PLACED
    assert library.article(early[1].id).text[slice(moved.start, moved.end)] == "harbour master"


def test_a_rule_is_one_step_that_is_undone_and_done_again(library: Library, take_site: TakeSite) -> None:
    pages = take_site(3)
    before = rows_of(library)
    draft(library, pages[0], PLEA, Fate.STRIPPED)
    after = rows_of(library)
    assert library.undo() == "Always Strip on gazette.test"
    assert rows_of(library) == before
    assert len(found(library, "gazette lives")) == 3
    assert library.redo() == "Always Strip on gazette.test"
    assert rows_of(library) == after
    assert found(library, "gazette lives") == []


def test_a_mend_outranks_a_rule_whenever_it_was_made(library: Library, take_site: TakeSite) -> None:
    first, second, third = take_site(3)
    library.mend(first.id, block(library, first, "Imprïnt").n, Fate.KEPT)
    draft(library, third, "Imprïnt", Fate.STRIPPED)
    assert block(library, first, "Imprïnt").is_kept
    draft(library, third, PLEA, Fate.STRIPPED)
    library.mend(second.id, block(library, second, PLEA).n, Fate.KEPT)
    assert block(library, second, PLEA).decided_by is Decider.PERSON
    assert block(library, second, PLEA).is_kept
    library.mend(second.id, block(library, second, PLEA).n, Fate.STRIPPED)
    assert block(library, second, PLEA).decided_by is Decider.RULE
    assert library.reading(second.id).overrides == ()


def test_a_rule_can_rest_and_go(library: Library, take_site: TakeSite) -> None:
    (page,) = take_site(1)
    id = draft(library, page, "Imprïnt", Fate.KEPT)
    assert block(library, page, "Home").is_kept, "entries of one menu are alike"
    library.switch_rule(id, False)
    assert [rule.is_on for rule in library.rules()] == [False]
    assert not block(library, page, "Home").is_kept
    assert library.undo() == "Switch Rule Off"
    assert block(library, page, "Home").is_kept
    library.delete_rule(id)
    assert library.rules() == []
    assert not block(library, page, "Home").is_kept
    assert library.undo() == "Delete Rule"
    assert block(library, page, "Home").is_kept
    for act in (library.delete_rule, lambda id: library.switch_rule(id, True)):
        with pytest.raises(UnknownId):
            act("nobody")


def test_the_opposite_rule_takes_the_place_of_the_first(library: Library, page: Item) -> None:
    draft(library, page, PLEA, Fate.STRIPPED)
    draft(library, page, PLEA, Fate.KEPT)
    assert [rule.fate for rule in library.rules()] == [Fate.KEPT]
    assert block(library, page, PLEA).is_kept
    library.undo()
    assert [rule.fate for rule in library.rules()] == [Fate.STRIPPED]


def test_a_rule_keeps_to_its_site(
    library: Library, take_site: TakeSite, item: Item, tmp_path: Path, take_in: TakeIn
) -> None:
    pages = take_site(1)
    other = tmp_path / "saved" / "other.html"
    other.write_text(PAGE.format(number=7).replace("www.gazette.test", "gazette.test.example"), "utf-8")
    (line,) = take_in(other)
    draft(library, pages[0], PLEA, Fate.STRIPPED)
    assert block(library, library.item(line.item_ids[0]), PLEA).is_kept
    with pytest.raises(BadPassage, match="no web address"):
        library.draft_rule(item.id, [1], Fate.KEPT, Likeness.PLACE)


def test_a_section_makes_one_rule(library: Library, take_site: TakeSite) -> None:
    first, second = take_site(2)
    article = library.article(first.id)
    story = sections.section_of(article, block(library, first, "envoys").n)
    library.add_rule(library.draft_rule(first.id, story, Fate.STRIPPED, Likeness.PLACE))
    assert library.article(second.id).text == ""


def test_texts_of_many_pages_follow_some_at_a_time(
    library: Library, take_site: TakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TEXTS_AT_ONCE", 2)
    pages = take_site(5)
    mark = library.annotate_quote(pages[4].id, "harbour master")
    before = rows_of(library)
    draft(library, pages[0], PLEA, Fate.STRIPPED)
    assert library.count_outdated() == 5
    assert PLEA not in library.article(pages[4].id).text, "who reads a page sees the rule at once"
    assert library.reading(pages[4].id).annotations[0].state is AnchorState.PLACED
    assert library.renew_texts(2) == 2
    library.close()
    with Library.open(library.folder) as again:
        assert again.index_state().waiting >= 3
        assert found(again, "gazette lives") == []
        assert again.count_outdated() == 0
        moved = again.annotation(mark.id)
        assert again.article(pages[4].id).text[slice(moved.start, moved.end)] == "harbour master"
        again.undo()
        update_index(again, Job())
        assert rows_of(again) == before
