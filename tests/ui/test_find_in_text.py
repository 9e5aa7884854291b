"""Finding words in a page as a person would find them."""

from __future__ import annotations

import pytest

from archive_viewer import limits
from archive_viewer.ui.find_in_text import find_all


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The river. the RIVER", "river", ["river", "RIVER"]),
        ("countries’ relations", "countries' relations", ["countries’ relations"]),
        ("“normal” relations", '"normal"', ["“normal”"]),
        ("a well‑known – fact", "well-known - fact", ["well‑known – fact"]),
        ("end of one\nstart of two", "one start", ["one\nstart"]),
        ("no\u00a0break\u2028line", "no break line", ["no\u00a0break\u2028line"]),
        ("Bundes\u00adtag 😀", "bundestag", ["Bundes\u00adtag"]),
        ("अनुभा जैन, 𠮷", "अनुभा जैन", ["अनुभा जैन"]),
        ("a.b (c) [d]", "(c)", ["(c)"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("text", "", []),
        ("text", "  ", []),
        ("text", "\\", []),
    ],
)
def test_words_are_found(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_all(text, words)] == found


def test_case_and_whole_words_can_matter() -> None:
    assert len(find_all("Rivers river River", "River")) == 3
    assert len(find_all("Rivers river River", "River", match_case=True)) == 2
    assert len(find_all("Rivers river River", "River", whole_words=True)) == 2
    assert len(find_all("Rivers river River", "River", match_case=True, whole_words=True)) == 1


def test_a_letter_that_stands_everywhere_is_counted_up_to_a_bound() -> None:
    assert len(find_all("e" * 200_000, "e")) == limits.FOUND_IN_PAGE


def test_what_was_typed_may_be_as_long_as_it_likes() -> None:
    assert find_all("short", "x" * 100_000) == []
