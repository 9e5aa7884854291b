"""What looks alike and what does not: real texts, scripts without spaces, texts too short to tell."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import resemblance
from archive_viewer.resemblance import NEAR, bands, packed, sketch, unpacked
from pages import text_of


def share(one: str, other: str) -> float:
    return resemblance.resemblance(sketch(one), sketch(other))


def test_the_same_text_is_the_same() -> None:
    assert share(text_of(1), text_of(1)) == 1
    assert share(text_of(1), text_of(2)) < 0.1


def test_case_punctuation_pictures_and_breaks_do_not_matter() -> None:
    text = text_of(3)
    dressed = text.upper().replace(" ", ",\n", 40).replace("KA", "K\u00adA") + " \ufffc …"
    assert share(text, dressed) == 1


def test_a_few_mended_words_leave_it_near_and_share_a_band() -> None:
    words = text_of(4).split()
    for place in (20, 130, 260, 333):
        words[place] = "mended"
    changed = " ".join(words)
    assert share(text_of(4), changed) >= NEAR
    assert set(bands(sketch(text_of(4)))) & set(bands(sketch(changed)))


def test_half_of_a_text_is_not_near() -> None:
    text = text_of(5)
    assert share(text, text[: len(text) // 2]) < NEAR


@pytest.mark.parametrize("first", [0x4E00, 0x0E01, 0x3042], ids=["Han", "Thai", "Hiragana"])
def test_scripts_without_spaces_are_compared_letter_by_letter(first: int) -> None:
    def text(seed: int) -> str:
        return "".join(random.Random(seed).choices([chr(first + n) for n in range(40)], k=400))

    changed = text(1)[:200] + chr(first) * 3 + text(1)[203:]
    assert share(text(1), changed) >= NEAR
    assert share(text(1), text(2)) < 0.2


@pytest.mark.parametrize("text", ["", "Not found", "404 " * 500, "Please enable JavaScript to read this page. " * 9])
def test_of_short_and_empty_texts_nothing_is_said(text: str) -> None:
    assert sketch(text) == ()
    assert bands(sketch(text)) == ()
    assert share(text, text) == 0


@given(st.text(max_size=600), st.text(max_size=60))
def test_a_sketch_survives_being_stored(text: str, more: str) -> None:
    made = sketch(text_of(6, 80) + text + more)
    assert unpacked(packed(made)) == made
    assert len(set(bands(made))) == resemblance.BINS // resemblance.ROWS
    assert all(-(2**63) <= band < 2**63 for band in bands(made))


def test_a_text_beyond_the_bound_is_compared_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive_viewer.limits.WORDS_COMPARED", 200)
    assert share(text_of(7), text_of(7)[:1] + text_of(7)[1:] + " " + text_of(8)) == 1
