"""Folding keeps the words, and knows the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.anchoring.typography import fold

awkward = st.text(
    st.sampled_from("ab ’'“\"—–-…ﬁﬀ\u00ad\u200b\u2066\u00a0\u2028\n\t😀𠮷e\u0301\u0627\ufeff"), max_size=40
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“It’s” – ‘so’ — she…", "\"It's\" - 'so' - she..."),
        ("«oui» „ja“", '"oui" "ja"'),
        ("co\u00adop\u00aderate", "cooperate"),
        ("a\u00a0b\u2028c\nd \t e", "a b c d e"),
        ("a \u200b\u00ad b", "a b"),
        ("oﬃce ﬁre", "office fire"),
        ("a--b --- c", "a-b - c"),
        ("Café x² № １２", "Café x² № １２"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("STRASSE straße", "STRASSE straße"),
        ("\ufeffbom", "bom"),
    ],
)
def test_only_typography_is_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(awkward)
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(awkward)
def test_every_range_comes_from_words_that_fold_to_it(text: str) -> None:
    folded = fold(text)
    for start in range(len(folded.text)):
        for end in range(start + 1, len(folded.text) + 1):
            source = folded.source(start, end)
            if source is not None:
                assert 0 <= source[0] < source[1] <= len(text)
                assert fold(text[source[0] : source[1]]).text == folded.text[start:end]


@given(awkward)
def test_a_place_is_found_again_from_either_side(text: str) -> None:
    folded = fold(text)
    for offset in range(len(folded.text)):
        source = folded.source(offset, offset + 1)
        if source is not None:
            assert folded.offset(source[0]) == offset


def test_a_range_that_cuts_a_character_comes_from_nowhere() -> None:
    folded = fold("so…")
    assert folded.source(2, 4) is None
    assert folded.source(3, 5) is None
    assert folded.source(2, 5) == (2, 3)
    assert folded.source(1, 1) is None
