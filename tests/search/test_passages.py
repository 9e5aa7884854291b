"""Every place of an answer, exactly, with the words around it."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.errors import BadQuery
from archive_viewer.model import Passage
from archive_viewer.search import passages
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import Query, parse
from archive_viewer.search.tokenizer import tokens

TEXT = (
    "Tïtle 😀 of the Ferry\n"
    "The ferry left the harbour at noon; co-operation with the Al-Jazeera crew had ended.\n"
    "Nobody saw the ferry’s lights again, and the FERRIES that came later found the\u2028harbour\ufffc closed."
)


def shown(query: str, text: str = TEXT) -> list[str]:
    return [passage.match for passage in passages.find(parse(query), text)]


MATCHES = [
    ("ferry", ["Ferry", "ferry", "ferry"]),
    ("ferr*", ["Ferry", "ferry", "ferry’s", "FERRIES"]),
    ("fer*", ["Ferry", "ferry", "ferry’s", "FERRIES"]),
    ("title", ["Tïtle"]),
    ('"the ferry"', ["the Ferry", "The ferry", "the ferry"]),
    ('"the ferry left"', ["The ferry left"]),
    ('"the har*"', ["the harbour", "the\u2028harbour"]),
    ('"Ferry the"', ["Ferry\nThe"]),
    ("cooperation", ["co-operation"]),
    ("co-operation", ["co-operation"]),
    ('"cooperation with the AlJazeera crew"', ["co-operation with the Al-Jazeera crew"]),
    ("aljaz*", ["Al-Jazeera"]),
    ("jazeera", ["Jazeera"]),
    ("ferry’s", ["ferry’s"]),
    ("harbour noon", ["harbour", "noon", "harbour"]),
    ("noon OR crew OR whale", ["noon", "crew"]),
    ('ferry "the ferry"', ["the Ferry", "The ferry", "the ferry"]),
    ("noon -harbour", ["noon"]),
    ("-noon", []),
    ("NOT (noon OR harbour)", []),
    ("text:noon title:ferry tag:crew", ["noon"]),
    ("published:2021 noon", ["noon"]),
    ("whale", []),
]


@pytest.mark.parametrize(("query", "expected"), MATCHES)
def test_every_match(query: str, expected: list[str]) -> None:
    assert shown(query) == expected


def test_the_words_around() -> None:
    first, second, third = passages.find(parse("harbour OR later"), TEXT)
    assert first == Passage(
        TEXT.index("harbour"),
        TEXT.index("harbour") + 7,
        "Tïtle 😀 of the Ferry The ferry left the ",
        "harbour",
        " at noon; co-operation with the Al-Jazeera crew had ended. Nobody saw the",
    )
    assert second.before.endswith("and the FERRIES that came ")
    assert (third.before[-10:], third.after) == ("found the ", " closed.")


def test_around_ends_at_words_or_at_least_at_whole_characters() -> None:
    words = " ".join(f"word{n}" for n in range(200))
    (passage,) = passages.find(parse("word100"), words)
    assert passage.before.startswith("word89 ")
    assert set(passage.before.split()) | set(passage.after.split()) <= set(words.split())
    assert passage.after == passage.after.rstrip()
    assert 50 < len(passage.before) <= passages.AROUND
    solid = "กำ" * 100 + "ไป" + "น้ำ" * 100
    (passage,) = passages.find(parse("ไป"), solid)
    assert len(passage.before) <= passages.AROUND
    assert passage.before == "กำ" * (len(passage.before) // 2)
    assert passage.after in "น้ำ" * 100
    assert len(passage.after) % 3 == 0


def test_of_many_places_the_first_are_shown() -> None:
    text = "word other " * 5000
    assert len(passages.find(parse("word"), text)) == limits.PASSAGES_PER_HIT
    assert [passage.start for passage in passages.find(parse("word"), text, 3)] == [0, 11, 22]
    assert passages.matches(parse("word"), text, 0) == []


def test_matches_that_overlap_are_one() -> None:
    assert passages.matches(parse('"a b" OR "b c" OR c'), "x a b c d") == [(2, 7)]
    assert passages.matches(parse('"a b" OR c'), "a b c") == [(0, 3), (4, 5)]
    assert passages.matches(parse('"a a"'), "a a a a") == [(0, 7)]


@pytest.mark.parametrize("unit", ["京", "a", "a-", "the the ", "é ", "กา"])
@pytest.mark.parametrize("query", ["whale", "京", '"the the sea"', "th*", "aa*"])
def test_a_long_text_of_one_kind(unit: str, query: str) -> None:
    text = unit * (40_000 // len(unit)) + " the the sea 京"
    found = passages.matches(parse(query), text)
    assert len(found) <= limits.PASSAGES_PER_HIT
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    if query == '"the the sea"':
        assert text[found[-1][0] : found[-1][1]] == "the the sea"


def understood(text: str) -> Query | None:
    try:
        return parse(text)
    except BadQuery:
        return None


SOME_TEXT = st.text('abI -’\n"é京ｶﾞกำ\u00ad😀,.1')


@given(SOME_TEXT, st.text('ab I-’"é京*OR()ก1', max_size=12))
def test_places_are_in_order_apart_and_within(text: str, typed: str) -> None:
    query = understood(typed)
    if query is not None:
        end = 0
        for passage in passages.find(query, text):
            assert end <= passage.start < passage.end <= len(text)
            assert passage.match == text[passage.start : passage.end]
            assert "\n" not in passage.before + passage.after
            end = passage.end


@given(SOME_TEXT, st.data())
def test_any_run_of_words_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    words = [token for token in tokens(text) if token.width == 1]
    if words:
        first = data.draw(st.integers(0, len(words) - 1))
        last = data.draw(st.integers(first, min(first + 4, len(words) - 1)))
        start, end = words[first].start, words[last].end
        query = understood(f'"{text[start:end]}"'.replace("\n", " ")) if '"' not in text[start:end] else None
        if query is not None:
            found = passages.matches(query, text, len(text))
            assert any(low <= start and end <= high for low, high in found), (found, start, end)


@pytest.mark.parametrize("seed", range(20))
def test_words_near_each_other_are_shown_where_the_index_finds_them(index: Index, seed: int) -> None:
    chance = random.Random(seed)
    words = ["ferry", "harbour", "IS-K", "co-operate", "京都", "bridge", "10,000", "quay", "quays", "pass", "road"]
    pages = [Document(str(n), text=" ".join(chance.choices(words, k=12))) for n in range(30)]
    index.apply(pages)
    sides = [*words, "qua*", "b?idge", "harbuor~", '"ferry bridge"', "(quay OR road)"]
    for _ in range(20):
        left, right, last = chance.choices(sides, k=3)
        query = parse(f"text:({left} NEAR/{chance.randrange(1, 5)} {right} NEAR/{chance.randrange(1, 5)} {last})")
        shown = {page.id for page in pages if passages.find(query, page.text)}
        assert shown == {match.id for match in index.search(query, 100)}
