"""What a reference text says of a page's blocks."""

from __future__ import annotations

from collections import Counter

import pytest

from archive_viewer.cleaning import truth

STORY = "The harbour wall of Sæltby is to be rebuilt before the winter comes"


def labels(*blocks: str, reference: str) -> list[bool]:
    return truth.labels([truth.words_of(block) for block in blocks], reference)


def test_blocks_of_the_reference_are_of_the_article() -> None:
    assert labels("Home", STORY, "All rights reserved by the paper", reference=STORY) == [False, True, False]


def test_most_of_a_block_is_enough() -> None:
    assert labels(f"{STORY} and so", reference=STORY) == [True]
    assert labels(f"{STORY} {'other words ' * 20}", reference=STORY) == [False]


def test_a_short_text_counts_where_it_has_company() -> None:
    far = ["Nothing of this is in the story at all"] * 8
    found = labels(STORY, "Sæltby", STORY + " again", *far, "Sæltby", *far, reference=f"{STORY}\nSæltby\n{STORY} again")
    assert found[:3] == [True, True, True]
    assert not any(found[3:])


def test_no_more_copies_than_the_reference_has() -> None:
    assert labels(STORY, "Menu of the day and more", STORY, reference=STORY).count(True) == 1


def test_copies_that_stand_in_a_row_in_the_reference_all_count() -> None:
    assert labels(STORY, STORY, STORY, reference=f"{STORY}\n{STORY}").count(True) == 2


def test_an_empty_reference_wants_nothing() -> None:
    assert labels(STORY, reference="") == [False]
    assert truth.overlap(Counter(), Counter()) == (1.0, 1.0, 1.0)
    assert truth.overlap(Counter("a"), Counter()) == (0.0, 0.0, 0.0)


def test_overlap_counts_each_word_as_often_as_it_stands() -> None:
    assert truth.overlap(Counter("aab"), Counter("abb")) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert truth.overlap(Counter("a"), Counter("b")) == (0.0, 0.0, 0.0)
