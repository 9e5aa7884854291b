"""Words that somebody typed or exported, found where they stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.anchoring import compare, find_quote

TEXT = "He said: “We won’t—ever—sign.”\nThe co\u00adop\u00aderation ended…\u2028So it did. We won't."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("We won't.", ["We won't."]),
        ("won't", ["won't"]),
        ("won’t—ever", ["won’t—ever"]),
        ("won't-ever-sign", ["won’t—ever—sign"]),
        ("\"We won't - ever", []),
        ("cooperation", ["co\u00adop\u00aderation"]),
        ("sign.” The", ["sign.”\nThe"]),
        ("ended... So", ["ended…\u2028So"]),
        ("ended..", []),
        ("  the   cooperation ", []),
        ("  The   cooperation ", ["The co\u00adop\u00aderation"]),
        ("we won't", []),
        ("", []),
        ("\u00ad\u00ad", []),
    ],
)
def test_the_letter_first_then_typography(quote: str, found: list[str]) -> None:
    assert [TEXT[start:end] for start, end in find_quote(TEXT, quote)] == found


def test_every_place_in_text_order_none_overlapping() -> None:
    assert find_quote("aaaa a", "aa") == [(0, 2), (2, 4)]
    assert find_quote("it’s, it’s", "it's") == [(0, 4), (6, 10)]


def test_offsets_count_code_points() -> None:
    assert find_quote("😀𠮷 “x” 😀", '"x"') == [(3, 6)]


@given(st.text(max_size=30), st.text(min_size=1, max_size=10), st.text(max_size=30))
def test_a_quote_of_the_text_is_always_found(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    assert find_quote(text, quote)
    assert all(text[start:end] == quote for start, end in find_quote(text, quote))


@pytest.mark.parametrize(
    ("quote", "text", "verdict"),
    [
        ("“a”", "“a”", "exact"),
        ('"a"', "“a”", "typographic"),
        ("a b", "a\nb", "typographic"),
        (unicodedata.normalize("NFD", "café"), "café", "typographic"),
        ("a", "A", ""),
        ("cafe", "café", ""),
        ("not signed", "signed", ""),
        ("", "", "exact"),
    ],
)
def test_compare_tells_the_letter_from_typography_from_other_words(quote: str, text: str, verdict: str) -> None:
    assert compare(quote, text) == verdict
