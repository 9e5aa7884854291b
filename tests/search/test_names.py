"""Names in any spelling and script: sought in an index, and shown in a text."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.errors import BadQuery
from archive_viewer.search import passages, sounds
from archive_viewer.search.any_spelling import in_any_spelling, taken_apart
from archive_viewer.search.folding import fold
from archive_viewer.search.index import Document, Index
from archive_viewer.search.known_names import KnownNames
from archive_viewer.search.query import parse
from archive_viewer.search.query_text import written
from archive_viewer.search.query_tree import Sounds, Term

Ask = Callable[..., list[str]]

KNOWN = tomllib.loads((Path(__file__).parents[1] / "benchmarks" / "names.toml").read_text("utf-8"))

FOUND = [
    ("Muttaqi", "Minister Mottaki agreed.", "Mottaki"),
    ("Muttaqī", "Minister Muttaqi agreed.", "Muttaqi"),
    ("Muttaqi", "وزیر متقی آمد", "متقی"),
    ("متقي", "Minister Mottaki agreed.", "Mottaki"),
    ("Khalilzad", "It was Khalil Zad who said so.", "Khalil Zad"),
    ("Khalilzad", "زلمی خلیل‌زاد در کابل بود", "خلیل‌زاد"),
    ("خلیل‌زاد", "Envoy Zalmay Khalilzad left.", "Khalilzad"),
    ('"Khalil Zad"', "Envoy Zalmay Khalilzad left.", "Khalilzad"),
    ('"Zalmay Khalilzad"', "Envoy Zalmai Khalil Zad left.", "Zalmai Khalil Zad"),
    ('"Anubha Jain"', "लेखिका अनुभा जैन ने कहा", "अनुभा जैन"),
    ('"अनुभा जैन"', "By Anubha Jain, writer", "Anubha Jain"),
    ("Khabarov", "Сказал Хабаров.", "Хабаров"),
    ("Хабаров", "said Chabarow", "Chabarow"),
    ("Tchaikovsky", "Musik von Tschaikowski", "Tschaikowski"),
    ("Gaddafi", "قال القذافي اليوم", "القذافي"),
    ("Al-Qadhafi", "Colonel Gaddafi spoke", "Gaddafi"),
    ("Hezbollah", "قال حزب الله", "حزب الله"),
    ('"Xi Jinping"', "国家主席习近平在北京", "习近平"),
    ("習近平", "国家主席习近平在北京", "习近平"),
    ("習近平", "President Xi Jinping spoke", "Xi Jinping"),
    ('"Kim Jong-un"', "김정은은 말했다", "김정은은"),
    ("Netanyahu", "אמר נתניהו", "נתניהו"),
    ("Papandreou", "ο Παπανδρέου είπε", "Παπανδρέου"),
    ("Stalin", "სტალინი და სხვები", "სტალინი"),
    ("Obama", "Նախագահ Օբամա", "Օբամա"),
]


@pytest.mark.parametrize(("name", "text", "shown"), FOUND)
def test_a_spelling_is_found_and_shown(index: Index, ask: Ask, name: str, text: str, shown: str) -> None:
    index.apply([Document(id="meant", text=text), Document(id="other", text="The ferry left the harbour.")])
    query = f"sounds:{name}"
    assert ask(query) == ["meant"]
    assert [passage.match for passage in passages.find(parse(query), text)] == [shown]


@pytest.mark.parametrize(
    ("name", "other"),
    [("Mohammad", "Mahdi"), ("Karzai", "Karami"), ("Zhukov", "Zubkov"), ("Obama", "Osama"), ("Haifa", "Hofer")],
)
def test_another_name_is_not(index: Index, ask: Ask, name: str, other: str) -> None:
    index.apply([Document(id="meant", text=name), Document(id="other", text=other)])
    assert ask(f"sounds:{name}") == ["meant"]
    assert ask(f"sounds:{other}") == ["other"]


def test_what_the_index_finds_the_text_shows(index: Index, ask: Ask) -> None:
    """Every spelling of the benchmark's names, a page each."""
    spellings = sorted(set(chain.from_iterable(KNOWN["same"] + KNOWN["different"])))
    index.apply(Document(id=one, text=one) for one in spellings)
    for asked in spellings[::9]:
        query = parse(f'sounds:"{asked}"')
        found = ask(f'sounds:"{asked}"', len(spellings))
        assert set(found) == {one for one in spellings if passages.matches(query, one)}
        assert asked in found


def test_the_spelling_that_was_asked_for_comes_first(index: Index, ask: Ask) -> None:
    index.apply(Document(id=one, text=f"{one} spoke") for one in ("Mottaki", "Mutaqi", "Muttaqi", "متقي"))
    assert ask("sounds:Mottaki")[0] == "Mottaki"
    assert ask("sounds:Muttaqi")[:2] == ["Muttaqi", "Mutaqi"]


def test_a_name_is_sought_in_the_field_that_is_named(index: Index, ask: Ask) -> None:
    index.apply([Document(id="title", title="Mottaki in Doha"), Document(id="author", authors=("Mutaqi",))])
    assert set(ask("sounds:Muttaqi")) == {"title", "author"}
    assert ask("title:sounds:Muttaqi") == ask("sounds:title:Muttaqi") == ["title"]
    assert ask("author:(sounds:Muttaqi OR whale)") == ["author"]
    assert ask("text:sounds:Muttaqi") == []


def test_all_plain_words_of_brackets_are_names(index: Index, ask: Ask) -> None:
    index.apply(
        [
            Document(id="joined", text="Khalilzad met Mottaki in Doha on Monday."),
            Document(id="apart", text="Khalil Zad met Muttaqi there."),
            Document(id="far", text="Khalil came late, Muttaqi had gone; " + "so it went, " * 30 + "at Zad he left."),
        ]
    )
    assert set(ask("sounds:(khalil zad muttaqi)")) == {"joined", "apart", "far"}
    assert set(ask("sounds:(khalilzad mottaki)")) == {"joined", "apart"}
    assert ask("sounds:(muttaqi -khalilzad)") == ["far"]
    assert ask('sounds:(khalilzad "met Muttaqi")') == ["apart"]
    assert ask("sounds:(=khalilzad Muttaqi)") == ["joined"]
    assert ask("sounds:(khalilzad muta*)") == []
    assert set(ask("sounds:(muttaqi NEAR/2 khalilzad)")) == {"joined", "apart"}


def test_a_near_name_is_shown_with_what_is_near(index: Index) -> None:
    text = "Khalil Zad met Mottaki there."
    assert [one.match for one in passages.find(parse("sounds:(khalilzad NEAR/3 muttaqi)"), text)] == [text[:22]]


def test_names_follow_what_is_written_to_the_index(index: Index, ask: Ask) -> None:
    index.apply([Document(id="a", text="Mottaki")])
    assert ask("sounds:Muttaqi") == ["a"]
    index.apply([Document(id="b", text="Mutaqi")], [])
    assert set(ask("sounds:Muttaqi")) == {"a", "b"}
    index.apply([Document(id="a", text="nobody")])
    assert ask("sounds:Muttaqi") == ["b"]
    index.optimise()
    assert ask("sounds:Muttaqi") == ["b"]


def test_keys_are_forgotten_with_their_segments_and_beyond_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NAME_KEYS_KEPT", 100)
    known = KnownNames()
    keys = sounds.readings("mutaqi")
    lists = [(f"segment {n}", b"\nmottaki\nmuttaqi\nwhale") for n in range(5)]
    assert known.with_keys("text", lists, keys) == {"mottaki", "muttaqi"}
    assert known.size <= 100
    known.forget_but({"segment 4"})
    assert known.size > 0
    known.forget_but(set())
    assert known.size == 0
    assert known.with_keys("text", [("empty", b"")], keys) == set()


@pytest.mark.parametrize(
    "typed",
    [
        "sounds:Muttaqi",
        'sounds:"Khalil Zad"',
        "title:sounds:Muttaqi",
        "-sounds:kabul",
        "sounds:(khalil zad)",
        "sounds:習近平",
    ],
)
def test_a_query_for_a_name_is_written_as_it_is_read(typed: str) -> None:
    query = parse(typed)
    assert parse(written(query)) == query


def test_what_is_no_name_stays_what_it_is() -> None:
    assert parse("sounds:2021") == Term("2021")
    assert parse("sounds:(=word)") == Term("word", is_exact=True)
    assert parse("sounds:x") == Sounds(("x",), Term("x"))


@pytest.mark.parametrize(
    ("typed", "position"), [("sounds:", 0), ("sounds: ", 0), ("whale sounds:", 6), ("soundz:Muttaqi", 0)]
)
def test_a_name_that_is_missing_is_said(typed: str, position: int) -> None:
    if typed.strip().endswith("sounds:"):
        with pytest.raises(BadQuery, match="nothing after “sounds:”") as fault:
            parse(typed)
    else:
        with pytest.raises(BadQuery, match="did you mean “sounds:”") as fault:
            parse(typed)
    assert fault.value.position == position


def test_a_query_may_have_so_many_names() -> None:
    parse(" ".join(["sounds:Muttaqi"] * limits.QUERY_NAMES))
    with pytest.raises(BadQuery, match="8 names"):
        parse(" ".join(["sounds:Muttaqi"] * (limits.QUERY_NAMES + 1)))


@pytest.mark.parametrize("typed", ["Muttaqi", '"normal relations" OR (whale -x)', "a) b", "(a) OR (b)"])
def test_the_switch_is_a_part_of_the_query(typed: str) -> None:
    assert parse(in_any_spelling(typed))
    if typed != "a) b":
        assert taken_apart(in_any_spelling(typed)) == (typed, True)
    assert taken_apart(typed) == (typed, False)


def test_a_query_that_only_begins_with_the_switch_is_left_as_it_is() -> None:
    assert taken_apart("sounds:(a) OR (b)") == ("sounds:(a) OR (b)", False)
    assert in_any_spelling("") == ""


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), max_size=6))
def test_words_sound_alone_as_they_do_together(words: list[str]) -> None:
    folded = [fold(word) for word in words]
    together = sounds.sounds(folded)
    assert together == [sounds.sounds([word])[0] for word in folded]
    assert set("".join(together)) <= set(sounds.SOUNDS)
    assert sounds.keys(together) == [sounds.keys([one])[0] for one in together]
    assert all(key in sounds.readings(one) for one, key in zip(together, sounds.keys(together), strict=True) if key)
