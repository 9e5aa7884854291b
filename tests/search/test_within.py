"""Where words are sought that name no field, and how that is said in a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.errors import BadQuery
from archive_viewer.search.asked import Asked
from archive_viewer.search.query import parse
from archive_viewer.search.query_text import written
from archive_viewer.search.within import ANY, PLACES, within


@pytest.mark.parametrize(
    ("query", "places", "meant"),
    [
        ("ferry", ["title", "note"], "title:ferry OR note:ferry"),
        ("ferry toll", ["title", "note"], "(title:ferry OR note:ferry) (title:toll OR note:toll)"),
        ("ferry -toll", ["title", "note"], "(title:ferry OR note:ferry) NOT (title:toll OR note:toll)"),
        ("ferry OR site:x.example", ["tag"], "tag:ferry OR site:x.example"),
        ('"old road" f?rry ferr* fery~', ["title"], 'title:"old road" title:f?rry title:ferr* title:fery~'),
        ("IS-K", ["title", "text"], "title:IS-K OR text:IS-K"),
        ("a NEAR/3 b", ["title", "text"], "title:a NEAR/3 title:b OR text:a NEAR/3 text:b"),
        ('sounds:"Khalil Zad"', ["author"], 'author:sounds:"Khalil Zad"'),
        ("ferry published:2021 has:mark", ["title"], "title:ferry published:2021 has:mark"),
        ("ferry", [ANY, "stripped"], "ferry OR stripped:ferry"),
        ("ferry title:toll", [ANY], "ferry title:toll"),
        ("ferry title:toll", [], "ferry title:toll"),
        ("ferry ferry", ["note", "note"], "note:ferry note:ferry"),
    ],
)
def test_a_query_within_fields(query: str, places: list[str], meant: str) -> None:
    tree = within(parse(query), places)
    assert tree == parse(meant)
    assert parse(written(tree)) == tree
    if places:
        assert parse(f"in:{','.join(places)}({query})") == tree


def test_places_are_named_in_a_query_like_fields() -> None:
    assert parse("IN:Title,NOTE(ferry toll) text:road") == parse("in:title,note(ferry toll) text:road")
    assert parse("-in:title(ferry)") == parse("NOT title:ferry")
    assert parse("title:(in:note(ferry))") == parse("title:ferry")
    assert parse("he said in: a") == parse("he said in a")


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("ferry in:title toll", 6, "words in brackets"),
        ("ferry in:titel(toll)", 9, "“titel”"),
        ("in:title(toll AND)", 14, "nothing after “AND”"),
    ],
)
def test_a_fault_is_said_at_its_place(query: str, place: int, said: str) -> None:
    with pytest.raises(BadQuery, match=said) as refused:
        parse(query)
    assert refused.value.position == place


TYPED = st.text('ab 😀ü"-:*', min_size=1, max_size=12).map(str.strip).filter(bool)


@given(TYPED, st.lists(st.sampled_from(PLACES), unique=True).map(tuple), st.booleans())
def test_what_is_asked_is_taken_apart_again(typed: str, places: tuple[str, ...], is_any_spelling: bool) -> None:
    asked = Asked(typed, places, is_any_spelling)
    assert Asked.of(asked.query) == asked
    begins = asked.query.index(typed, len(asked.query) - len(typed) - is_any_spelling - bool(places))
    for place in range(len(typed) + 1):
        assert asked.place_in_typed(begins + place) == place
    assert asked.place_in_typed(0) == 0
    assert asked.place_in_typed(len(asked.query)) == len(typed)


def test_nothing_typed_asks_nothing() -> None:
    assert Asked("", ("title",), True).query == ""
    assert Asked.of("in:title(a) OR in:title(b)").places == ()
    assert Asked.of("in:nowhere(a)").typed == "in:nowhere(a)"
