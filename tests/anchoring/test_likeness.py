"""Distances are Levenshtein's, whatever the bits do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.anchoring.likeness import (
    edits_between,
    likely_starts,
    nearest_end,
    nearest_range,
    similarity_after,
    similarity_before,
)

words = st.text(st.sampled_from("ab😀"), max_size=12)


def plain_edits(one: str, other: str) -> int:
    """Wagner and Fischer's table, row by row."""
    row = list(range(len(other) + 1))
    for i, ours in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, theirs in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (ours != theirs))
    return row[-1]


@given(words, words)
def test_edits_between_two_strings(one: str, other: str) -> None:
    assert edits_between(one, other) == plain_edits(one, other)


@given(words, words)
def test_the_nearest_part_of_a_text(pattern: str, text: str) -> None:
    parts = [(text[i:j]) for i in range(len(text) + 1) for j in range(i, len(text) + 1)]
    fewest = min(plain_edits(pattern, part) for part in parts)
    start, end, edits = nearest_range(pattern, text)
    assert edits == fewest
    assert plain_edits(pattern, text[start:end]) == fewest


@given(words, words)
def test_the_nearest_beginning_of_a_text(pattern: str, text: str) -> None:
    edits, end = nearest_end(pattern, text, is_anchored=True)
    assert (
        edits == plain_edits(pattern, text[:end]) == min(plain_edits(pattern, text[:i]) for i in range(len(text) + 1))
    )


def test_similarity_of_what_is_before_and_after() -> None:
    text = "the old harbour was closed in winter"
    assert similarity_before("the old ", text, 8) == 1
    assert similarity_after(" was closed", text, 15) == 1
    assert 0.8 < similarity_before("the olde ", text, 8) < 1
    assert similarity_after("zzzzzz", text, 15) < 0.2
    assert similarity_after("", text, 15) == 1


def test_a_likely_place_is_found_by_what_is_rare() -> None:
    noise = "the same words again and again. " * 200
    text = noise + "In the harbour of Ras Miqlad no ship was loaded. " + noise
    wanted = "in the harbour of Ras Miqlad, no ships were loaded"
    start = text.index("In the harbour")
    assert any(abs(place - start) <= len(wanted) // 5 for place in likely_starts(wanted, text, 3))
    assert likely_starts("日本語の文章", text, 3) == []
