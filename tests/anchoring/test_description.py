"""A passage is described by everything that can find it again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive_viewer import limits
from archive_viewer.anchoring import describe, describe_blocks, resolve
from archive_viewer.errors import BadPassage
from archive_viewer.model import (
    AnchorState,
    Article,
    Block,
    BlockPoint,
    Fate,
    Kind,
    TextPositionSelector,
    TextQuoteSelector,
)

ARTICLE = Article(
    (
        Block(1, Kind.TITLE, "Tïtle 😀"),
        Block(2, Kind.PARAGRAPH, "Home | About", fate=Fate.STRIPPED),
        Block(3, Kind.PARAGRAPH, "The 𠮷野 harbour was closed."),
        Block(4, Kind.PARAGRAPH, "x" * 100),
    ),
    "test",
)


def test_quote_context_position_and_block_points() -> None:
    start = ARTICLE.text.index("harbour")
    target = describe(ARTICLE, start, start + 18)
    assert target.quote == TextQuoteSelector("harbour was closed", "Tïtle 😀\nThe 𠮷野 ", ".\n" + "x" * 46)
    assert target.position == TextPositionSelector(15, 33)
    assert (target.first, target.last) == (BlockPoint(3, 7), BlockPoint(3, 25))
    assert (target.text_sha256, target.blocks_sha256) == (ARTICLE.text_sha256, ARTICLE.blocks_sha256)
    assert len(target.quote.suffix) == limits.ANCHOR_CONTEXT >= 32


def test_a_passage_may_cross_blocks_and_end_with_the_newline() -> None:
    target = describe(ARTICLE, 0, 9)
    assert target.quote.exact == "Tïtle 😀\nT"
    assert (target.first, target.last) == (BlockPoint(1, 0), BlockPoint(3, 1))
    assert describe(ARTICLE, 0, 8).last == BlockPoint(1, 8)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (-1, 3), (0, 10_000), (134, 136)])
def test_a_range_outside_of_the_text_is_refused_with_a_sentence(start: int, end: int) -> None:
    with pytest.raises(BadPassage, match=r"The text has 135 characters; .*\.$"):
        describe(ARTICLE, start, end)


def test_an_article_without_text_has_no_passage() -> None:
    with pytest.raises(BadPassage):
        describe(Article((), "test"), 0, 1)


def test_places_in_kept_blocks_are_those_of_the_text() -> None:
    target = describe_blocks(ARTICLE, BlockPoint(1, 6), BlockPoint(3, 5))
    assert target == describe(ARTICLE, 6, 13)
    assert target.quote.exact == "😀\nThe 𠮷"


def test_places_in_stripped_blocks_wait_for_these_with_quote_and_context() -> None:
    target = describe_blocks(ARTICLE, BlockPoint(2, 0), BlockPoint(2, 4))
    assert target.quote == TextQuoteSelector(
        "Home", "Tïtle 😀\n", " | About\nThe 𠮷野 harbour was closed.\n" + "x" * 12
    )
    assert target.position == TextPositionSelector(8, 12)
    assert resolve(target, ARTICLE).state is AnchorState.UNPLACED
    mended = Article(tuple(replace(block, fate=Fate.KEPT) for block in ARTICLE.blocks), "test")
    found = resolve(target, mended)
    assert (found.state, mended.text[found.start : found.end]) == (AnchorState.PLACED, "Home")


def test_a_passage_of_which_one_end_is_stripped_has_no_place() -> None:
    target = describe_blocks(ARTICLE, BlockPoint(2, 7), BlockPoint(3, 3))
    assert target.quote.exact == "About\nThe"
    assert resolve(target, ARTICLE).state is AnchorState.UNPLACED
    at_the_end = Article((*ARTICLE.blocks, Block(5, Kind.PARAGRAPH, "Legal", fate=Fate.STRIPPED)), "test")
    assert describe_blocks(at_the_end, BlockPoint(5, 0), BlockPoint(5, 5)).position.start == len(at_the_end.text)


def test_no_place_at_all_is_nowhere_in_any_text() -> None:
    target = describe_blocks(ARTICLE, None, None)
    assert target.quote.exact == ""
    for article in (ARTICLE, Article((Block(1, Kind.PARAGRAPH, "Another text"),), "test"), Article((), "test")):
        assert resolve(target, article).state is AnchorState.UNPLACED
