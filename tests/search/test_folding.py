"""Letters that count as the same, and letters that do not."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.search.folding import fold

ALIKE = [
    ("Güzel", "guzel"),
    ("GU\u0308ZEL", "guzel"),
    ("Straße", "STRASSE"),
    ("Łódź", "lodz"),
    ("Đặng", "dang"),
    ("Ærø", "aero"),
    ("İstanbul", "istanbul"),
    ("ısı", "isi"),
    ("ΟΔΥΣΣΕΎΣ", "οδυσσευς"),
    ("ёлка", "ЕЛКА"),
    ("соба\u0301ка", "собака"),
    ("मुहम्‍मद", "मुहम्मद"),
    ("ज़िंदगी", "जिंदगी"),
    ("क\u093cलम", "\u0958लम"),
    ("مُحَمَّد", "محمد"),
    ("مـــحمد", "محمد"),
    ("أحمد", "احمد"),
    ("إيران", "ایران"),
    ("آب", "اب"),
    ("مدرسة", "مدرسه"),
    ("کتاب", "كتاب"),
    ("خلیل‌زاد", "خلیلزاد"),
    ("\ufee3\ufea4\ufee4\ufeaa", "محمد"),
    ("שָׁלוֹם", "שלום"),
    ("\u1112\u1161\u11ab국", "한국"),
    ("ｶﾞﾗｽ", "ガラス"),
    ("が", "か\u3099"),
    ("ＮＡＴＯ", "nato"),
    ("ﬁn", "fin"),
    ("٢٠٢١", "2021"),
    ("१२३", "123"),
    ("co\u00adope\u200brate", "cooperate"),
    ("Qurʾān", "quran"),
    ("H₂O", "h2o"),
    ("葛\U000e0100城", "葛城"),
]
DIFFERENT = [
    ("мой", "мои"),
    ("їжа", "іжа"),
    ("か", "が"),
    ("バス", "パス"),
    ("बाल", "बल"),
    ("ड़ोम".replace("़", ""), "ढोम"),
    ("தமிழ்", "தமழ"),
    ("ไป", "ไม"),
    ("ק", "כ"),
    ("北", "背"),
    ("한국", "한글"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_word_written_otherwise(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_that_only_look_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "mark", ["\u00ad", "\u200b", "\u200d", "\ufeff", "\u2060", "ـ", "\ufe0f", "\u0301", "ʼ", "—", "҂"]
)
def test_what_is_no_letter_leaves_nothing(mark: str) -> None:
    assert fold(mark) == ""


def test_every_character_folds_to_letters_and_digits_once_and_for_all() -> None:
    for code in range(0x33480):
        if not 0xD800 <= code <= 0xDFFF:
            folded = fold(chr(code)) if code > 127 else ""
            assert fold(folded) == folded, hex(code)
            assert all(unicodedata.category(c)[0] in "LMN" or unicodedata.category(c) == "Cn" for c in folded), hex(
                code
            )


@given(st.text(st.characters(max_codepoint=sys.maxunicode, categories=["L", "M", "N"])))
def test_composed_or_not_is_the_same(word: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)
    if not word.isascii():
        assert fold(composed) == fold(decomposed) == fold(word)
        assert fold(fold(word)) == fold(word)
