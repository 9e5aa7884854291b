"""What is a word, and where it stands."""

from __future__ import annotations

import random

import numpy as np
import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from archive_viewer.search.chunks import NOT_PLAIN
from archive_viewer.search.clusters import THAI, THAI_CLUSTERS, UNCHANGED
from archive_viewer.search.folding import fold
from archive_viewer.search.gathering import Gathering
from archive_viewer.search.schema import Places
from archive_viewer.search.token import LONGEST, WIDTH_BITS
from archive_viewer.search.tokenizer import (
    begins,
    distinct,
    is_solid,
    sightings,
    terms,
    tokens,
    tokens_from,
)

WORDS = [
    ("Tïtle 😀 of it", ["title", "of", "it"]),
    ("IS-K", ["is", "isk", "k"]),
    ("Al\u2011Jazeera’s", ["al", "aljazeera", "aljazeeras", "jazeera", "jazeeras", "s"]),
    ("Zoë O'Brien-Smith", ["zoe", "o", "obrien", "obriensmith", "brien", "briensmith", "smith"]),
    ("countries’ relations", ["countries", "relations"]),
    ("'quoted' ‘quoted’", ["quoted", "quoted"]),
    ("l'homme l’homme lʼhomme", ["l", "lhomme", "homme"] * 3),
    ("п’ять", ["п", "пять", "ять"]),
    ("U.S. envoy, e.g. J.K. Rowling", ["us", "envoy", "eg", "jk", "rowling"]),
    ("10,000 on 2021-11-21", ["10", "10,000", "000", "on", "2021", "2021-11-21", "11", "21"]),
    ("(9/11), 3.5-inch", ["9", "9/11", "11", "3", "3.5", "3.5inch", "5", "5inch", "inch"]),
    ("COVID-19 9th H₂O m²", ["covid", "covid19", "19", "9th", "h2o", "m"]),
    ("https://www.army.mil/a_b", ["https", "www", "army", "mil", "a", "ab", "b"]),
    ("well—then – and/or", ["well", "then", "and", "or"]),
    ("end.Next one,two", ["end", "next", "one", "two"]),
    ("अनुभा जैन, लेखिका पत्रकार।", ["अनुभा", "जैन", "लेखिका", "पत्रकार"]),
    ("தமிழ் மொழி", ["தமிழ்", "மொழி"]),
    ("مُحَمَّد، خلیل‌زاد", ["محمد", "خليلزاد"]),
    ("צה\"ל צה״ל בית־ספר", ["צה", "צהל", "ל"] * 2 + ["בית", "ביתספר", "ספר"]),
    ("한국어 사용자", ["한국어", "사용자"]),
    ("北京大学2021年", ["北京", "京大", "大学", "学", "2021", "年"]),
    ("バラク・オバマ", ["バラ", "ラク", "ク", "オバ", "バマ", "マ"]),
    ("ｶﾞﾗｽ", ["ガラ", "ラス", "ス"]),
    ("ภาษา", ["ภา", "าษ", "ษา", "า"]),
    ("ជា\u200bភាសា", ["ជាភា", "ភាសា", "សា"]),
    ("ـ \u00ad\u200b — !", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_parts_take_a_place_each_and_the_joined_form_spans_them() -> None:
    found = {token.term: (token.position, token.width) for token in tokens("They co-operate with IS-K now")}
    assert found == {
        "they": (0, 1), "co": (1, 1), "operate": (2, 1), "cooperate": (1, 2), "with": (3, 1),
        "is": (4, 1), "k": (5, 1), "isk": (4, 2), "now": (6, 1),
    }  # fmt: skip


def test_offsets_count_code_points_of_the_text_as_it_is() -> None:
    text = "ﬃ Straße 𝐁old e\u0301te\u0301 co\u00adoperate\u00ad 😀 IS-K"
    assert [(token.term, text[token.start : token.end]) for token in tokens(text)] == [
        ("ffi", "ﬃ"), ("strasse", "Straße"), ("bold", "𝐁old"), ("ete", "e\u0301te\u0301"),
        ("cooperate", "co\u00adoperate"), ("is", "IS"), ("isk", "IS-K"), ("k", "K"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "unit", ["a", "a-", "１", "अ", "a.", "ক্", "\u00ada", "京", "ก", "\u0301", "'", "1,", "e\u0301"]
)
def test_endless_text_without_a_space_is_cut_into_bounded_terms(unit: str) -> None:
    text = unit * 50_000
    found = list(tokens(text))
    assert all(0 < len(token.term) <= 2 * LONGEST for token in found)
    assert len(found) <= 2 * len(text)
    assert gathered(text)[1] == sum(token.width == 1 for token in found)


def test_scripts_without_spaces_are_known_and_a_stem_is_a_whole_character() -> None:
    assert [is_solid(text) for text in ("京", "ไทย", "ខ្មែរ", "한", "अ", "a", "", "!京")] == [True] * 3 + [False] * 5
    assert begins("京都", "京")
    assert begins("talks", "talk")
    assert not begins("กำลัง", "ก")
    assert not begins("talks", "walk")


def gathered(text: str) -> tuple[dict[str, list[int]], int]:
    """What the index takes in: the places of each term, packed, and the number of positions."""
    gathering = Gathering()
    gathering.add("text", 0, [(text, 1.0)])
    lists, lengths = gathering.lists()
    if "text" not in lists:
        return {}, lengths.get("text", {}).get(0, 0)
    found = lists["text"]
    ends = np.cumsum(found.lengths)
    values = [found.values[end - size : end] for end, size in zip(ends, found.lengths, strict=True)]
    terms = [term.decode() for term in found.terms]
    return dict(zip(terms, map(Places().decode_places, values), strict=True)), lengths["text"][0]


MANY_SCRIPTS = st.one_of(
    st.text(),
    st.text("aB9 -'’.,/:_éßIİ\u0301\u00ad\u200b\n😀京ｶﾞกำा"),
    st.text(st.sampled_from('अनुभाजैन مُحَمّד"לІS-K北京ไทย한국 ')),
)


def test_of_some_runs_the_clusters_are_known_without_looking() -> None:
    characters = [chr(code) for code in range(0x3000, 0xA000)]
    unchanged = [one for one in characters if UNCHANGED.fullmatch(one)]
    assert len(unchanged) > 25_000
    assert "".join(unchanged) == fold("".join(unchanged))
    chance = random.Random(1)
    thai = [chr(code) for code in range(0x0E00, 0x0E80)]
    for _ in range(5_000):
        run = "".join(chance.choices(thai, k=chance.randrange(1, 9)))
        if THAI.fullmatch(run):
            assert THAI_CLUSTERS.findall(run) == regex.findall(r"\X", run)


@given(MANY_SCRIPTS)
@example("\u3400\xad\u0e31")
def test_a_token_read_alone_is_the_same_token(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        alone = list(tokens(text[token.start : token.end]))
        assert (token.term, 0, token.end - token.start) in [(other.term, other.start, other.end) for other in alone]


@given(MANY_SCRIPTS)
def test_the_index_keeps_the_places_of_the_same_tokens(text: str) -> None:
    expected: dict[str, list[int]] = {}
    count = 0
    for token in tokens(text):
        expected.setdefault(token.term, []).append(token.position << WIDTH_BITS | token.width - 1)
        count += token.width == 1
    assert gathered(text) == ({term: sorted(own) for term, own in expected.items()}, count)


@given(MANY_SCRIPTS, st.data())
def test_reading_on_from_any_word_gives_the_rest(text: str, data: st.DataObject) -> None:
    found = [token for token in tokens(text) if token.width == 1]
    starts = [token.start for token in found if text[token.start - 1 : token.start].isspace() or token.start == 0]
    if starts:
        start = data.draw(st.sampled_from(starts))
        rest = [(token.term, token.start, token.end) for token in tokens(text) if token.start >= start]
        assert [(token.term, token.start, token.end) for token in tokens_from(text, start)] == rest


@given(MANY_SCRIPTS, st.data())
def test_sightings_are_where_the_sought_terms_are(text: str, data: st.DataObject) -> None:
    found = list(tokens(text))
    if found:
        term = data.draw(st.sampled_from([token.term for token in found]))
        spans = list(sightings(text, {term}, ()))
        stems = list(sightings(text, set(), (term[:1],)))
        for token in found:
            if token.term == term:
                assert any(start <= token.start and token.end <= end for start, end in spans)
            if token.term.startswith(term[:1]):
                assert any(start <= token.start and token.end <= end for start, end in stems)


def test_the_quick_way_and_the_careful_way_agree_on_every_plain_character() -> None:
    for code in range(0x10000):
        character = chr(code)
        if NOT_PLAIN.match(character) is None:
            text = f"a{character}b 1{character}2 {character}"
            careful = [(t.term, t.start, t.end) for t in tokens(text + "京")][:-1]
            assert [(t.term, t.start, t.end) for t in tokens(text)] == careful, hex(code)


def test_an_invisible_sign_in_a_run_hides_nothing_from_sight() -> None:
    text = "カ\u200b\u3099"
    first = next(tokens(text)).term
    assert list(sightings(text, [first], ())) == [(0, 3)]
    assert list(sightings(text, [], (first[0],))) == [(0, 3)]


@pytest.mark.parametrize(
    "text", ["IS-K and the Taliban’s 10,000 men", "北京の東京 in 2021", "", "l'homme et l'homme ภาษาไทย"]
)
def test_the_distinct_terms_are_those_of_the_tokens(text: str) -> None:
    assert distinct(text) == {token.term for token in tokens(text)}
