"""A person's acts: marks, notes, tags, links, the bin, mends."""

from __future__ import annotations

import pytest

from archive_viewer.errors import BadPassage, QuoteAmbiguous, QuoteNotFound, UnknownId
from archive_viewer.library import Changes, Library, Scope
from archive_viewer.model import AnchorState, Colour, Fate, Item


def test_a_mark_stands_on_its_words(library: Library, item: Item) -> None:
    text = library.article(item.id).text
    start = text.index("😀 harbour")
    mark = library.annotate(item.id, start, start + 16, Colour.GREEN, "Who is he?", [" people ", "people", ""])
    assert mark.quote == "😀 harbour master"
    assert (mark.start, mark.end, mark.state) == (start, start + 16, AnchorState.PLACED)
    assert mark.tags == ("people",)
    assert library.annotations(item.id) == [mark] == library.annotations()


def test_a_quote_is_found_through_typography(library: Library, item: Item) -> None:
    mark = library.annotate_quote(item.id, 'the "old treaty" still')
    assert mark.quote == "the “old treaty” still"


def test_a_quote_that_is_not_there_or_is_there_twice(library: Library, item: Item) -> None:
    with pytest.raises(QuoteNotFound):
        library.annotate_quote(item.id, "no such words")
    with pytest.raises(QuoteAmbiguous, match="occurrence"):
        library.annotate_quote(item.id, "the ")
    second = library.annotate_quote(item.id, "the ", occurrence=2)
    first = library.annotate_quote(item.id, "the ", occurrence=1)
    assert first.start is not None
    assert second.start is not None
    assert first.start < second.start
    with pytest.raises(QuoteNotFound):
        library.annotate_quote(item.id, "the ", occurrence=99)


def test_an_empty_or_outlying_range_is_refused(library: Library, item: Item) -> None:
    length = len(library.article(item.id).text)
    for start, end in ((3, 3), (5, 2), (-1, 4), (0, length + 1)):
        with pytest.raises(BadPassage):
            library.annotate(item.id, start, end)
    assert library.annotations() == []
    assert library.undo_label.startswith("Import")


def test_changing_a_mark_changes_only_what_is_said(library: Library, item: Item) -> None:
    mark = library.annotate_quote(item.id, "winter road", tags=["roads"])
    changed = library.change_annotation(mark.id, note="in snow")
    assert (changed.note, changed.tags, changed.colour) == ("in snow", ("roads",), Colour.YELLOW)
    assert library.change_annotation(mark.id, colour=Colour.RED).note == "in snow"
    assert library.undo() == "Change Colour"
    assert library.undo() == "Change Note"
    assert library.annotation(mark.id) == mark


def test_deleting_a_mark_takes_its_links_along_and_undo_brings_both_back(library: Library, item: Item) -> None:
    one = library.annotate_quote(item.id, "winter road")
    two = library.annotate_quote(item.id, "old treaty")
    link = library.link(one.id, two.id, "contradicts", "see the treaty")
    library.delete_annotation(one.id)
    assert library.annotations() == [two]
    assert library.links() == []
    assert library.undo() == "Delete Mark"
    assert library.links() == [link]
    assert library.annotations() == [one, two]


def test_a_link_is_seen_from_both_ends(library: Library, item: Item) -> None:
    mark = library.annotate_quote(item.id, "winter road")
    link = library.link(item.id, mark.id, "my own relation")
    outgoing, incoming = library.link_ends(item.id)
    assert (outgoing.is_outgoing, outgoing.quote, outgoing.item_id) == (True, "winter road", item.id)
    assert (incoming.is_outgoing, incoming.quote, incoming.title) == (False, "", item.title)
    assert library.change_link(link.id, relation="cites").relation == "cites"
    library.delete_link(link.id)
    assert library.link_ends(item.id) == []


def test_bad_links_are_refused(library: Library, item: Item) -> None:
    with pytest.raises(UnknownId):
        library.link(item.id, "nowhere", "cites")
    with pytest.raises(BadPassage):
        library.link(item.id, item.id, "cites")
    mark = library.annotate_quote(item.id, "winter road")
    with pytest.raises(BadPassage):
        library.link(item.id, mark.id, "  ")


def test_tags_and_the_bin(library: Library, item: Item) -> None:
    library.tag_items([item.id], add=["Ferry", "Tölls"])
    library.tag_items([item.id], remove=["Ferry"])
    assert library.item(item.id).tags == ("Tölls",)
    assert library.overview().tags == [("Tölls", 1)]
    assert library.item_ids(Scope("tag", "Tölls")) == [item.id]
    library.delete_items([item.id])
    assert library.item_ids() == []
    assert library.item_ids(Scope("bin")) == [item.id]
    library.restore_items([item.id])
    assert library.item_ids() == [item.id]
    with pytest.raises(UnknownId):
        library.delete_items([item.id, "nobody"])
    assert library.item_ids() == [item.id]


def test_a_tag_leads_to_the_pages_whose_marks_have_it(library: Library, item: Item) -> None:
    library.annotate_quote(item.id, "winter road", tags=["Snow"])
    assert library.overview().tags == [("Snow", 1)]
    assert library.item_ids(Scope("tag", "Snow")) == [item.id]


def test_mending_moves_marks_exactly(library: Library, item: Item) -> None:
    before = library.article(item.id)
    mark = library.annotate_quote(item.id, "the bridge is open")
    first = next(block for block in before.kept if "envoys" in block.text)
    library.mend(item.id, first.n, Fate.STRIPPED)
    after = library.article(item.id)
    moved = library.annotation(mark.id)
    assert "envoys" not in after.text
    assert moved.state is AnchorState.PLACED
    assert after.text[slice(moved.start, moved.end)] == "the bridge is open"
    assert [block.n for block in after.blocks] == [block.n for block in before.blocks]
    library.mend(item.id, first.n, Fate.KEPT)
    assert library.article(item.id) == before
    assert library.annotation(mark.id) == mark
    assert library.reading(item.id).overrides == ()


def test_a_mark_whose_block_is_stripped_waits_in_the_tray(library: Library, item: Item) -> None:
    mark = library.annotate_quote(item.id, "the bridge is open")
    n = library.article(item.id).block_at(mark.start or 0).n
    library.mend(item.id, n, Fate.STRIPPED)
    assert library.annotation(mark.id).state is AnchorState.UNPLACED
    assert [need.kind for need in library.attention()] == ["unplaced"]
    assert library.undo() == "Strip Block"
    assert library.annotation(mark.id) == mark
    assert library.attention() == []


def test_several_acts_can_be_one_step(library: Library, item: Item) -> None:
    heard: list[Changes] = []
    library.listen(heard.append)
    with library.step("Link Two Passages"):
        one = library.annotate_quote(item.id, "winter road")
        two = library.annotate_quote(item.id, "old treaty")
        library.link(one.id, two.id, "cites")
    assert len(heard) == 1
    assert heard[0].annotations == {one.id, two.id}
    assert heard[0].links
    assert library.undo() == "Link Two Passages"
    assert (library.annotations(), library.links()) == ([], [])


def test_a_failed_step_leaves_nothing(library: Library, item: Item) -> None:
    def mark_two() -> None:
        with library.step("Mark Two"):
            library.annotate_quote(item.id, "winter road")
            library.annotate_quote(item.id, "no such words")

    with pytest.raises(QuoteNotFound):
        mark_two()
    assert library.annotations() == []
    assert library.undo_label.startswith("Import")
