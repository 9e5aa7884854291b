"""The part of a query at the cursor, and values as they stand behind a field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.search.completion import Part, part_at, quoted
from archive_viewer.search.query import parse
from archive_viewer.search.query_tree import wanted


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("|", Part(0, 0, "")),
        ("fer|ry", Part(0, 5, "fer")),
        ("a -ti|", Part(3, 5, "ti")),
        ("a ti|:b", Part(2, 5, "ti")),
        ("title:fe|", Part(6, 8, "fe", "title")),
        ("Title: fe|", Part(7, 9, "fe", "title")),
        ("-tag:|", Part(5, 5, "", "tag")),
        ('tag:"two wo|rds" b', Part(4, 15, "two wo", "tag")),
        ("tag:(a OR |", Part(10, 10, "", "tag")),
        ("tag:(a OR (b|", Part(11, 12, "b", "tag")),
        ("tag:(a) b|", Part(8, 9, "b")),
        ("tag:(a title:b c|", Part(15, 16, "c", "tag")),
        ("foo:ba|r", Part(0, 7, "foo:ba")),
        ('"a tag:b|', Part(0, 8, "a tag:b")),
    ],
)
def test_the_part_at_the_cursor(text: str, part: Part) -> None:
    assert part_at(text.replace("|", ""), text.index("|")) == part


@given(st.text('ab tag:"()-“”,', max_size=60), st.integers(-1, 70))
def test_any_text_has_a_part_at_any_cursor(text: str, cursor: int) -> None:
    part = part_at(text, cursor)
    assert 0 <= part.start <= part.end <= len(text)


@given(
    st.text(st.sampled_from('ab é"-.:京OR()\n'), min_size=1, max_size=12).filter(
        lambda text: any(map(str.isalnum, text))
    )
)
def test_a_quoted_value_is_one_word_or_phrase_of_its_field(value: str) -> None:
    found = list(wanted(parse(f"tag:{quoted(value)}")))
    assert {words.field for words in found} == {"tag"}
