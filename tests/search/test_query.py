"""What was typed, and what it means; what is refused, where, and how it is said."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.errors import BadQuery
from archive_viewer.search.dates import day_number
from archive_viewer.search.query import parse
from archive_viewer.search.query_tree import FIELDS, And, Not, Or, Phrase, Prefix, Query, Range, Term, wanted

A, B, C = Term("a"), Term("b"), Term("c")

MEANINGS: list[tuple[str, Query]] = [
    ("a", A),
    ("  A\n", A),
    ("a b", And((A, B))),
    ("a AND b", And((A, B))),
    ("a and b", And((A, Term("and"), B))),
    ("a OR b", Or((A, B))),
    ("a OR b OR c", Or((A, B, C))),
    ("a OR b c", Or((A, And((B, C))))),
    ("(a OR b) c", And((Or((A, B)), C))),
    ("(a b) c", And((A, B, C))),
    ("-a", Not(A)),
    ("NOT a", Not(A)),
    ("NOT (a OR b) c", And((Not(Or((A, B))), C))),
    ("a -b", And((A, Not(B)))),
    ("a - b", And((A, B))),
    ("a -- --b", And((A, B))),
    ("-(-a)", Not(Not(A))),
    ('"a b"', Phrase(("a", "b"))),
    ('"a b', Phrase(("a", "b"))),
    ('"a"', A),
    ("“a b” „c”", And((Phrase(("a", "b")), C))),
    ("«a b»", Phrase(("a", "b"))),
    ('a"b c"', And((A, Phrase(("b", "c"))))),
    ('"a OR b"', Phrase(("a", "or", "b"))),
    ('"OR"', Term("or")),
    ("((a", A),
    ("a) b", And((A, B))),
    ("() a ( )", A),
    ("pref*", Prefix("pref")),
    ('"normal rel*"', Phrase(("normal", "rel"), is_open=True)),
    ("IS-K", Or((Phrase(("is", "k")), Term("isk")))),
    ("al-jaz*", Or((Phrase(("al", "jaz"), is_open=True), Prefix("aljaz")))),
    ('"the IS-K men"', Or((Phrase(("the", "is", "k", "men")), Phrase(("the", "isk", "men"))))),
    ("countries' relations", And((Term("countries"), Term("relations")))),
    ("countries’ relations", And((Term("countries"), Term("relations")))),
    ("U.S. envoy", And((Term("us"), Term("envoy")))),
    ("अनुभा", Term("अनुभा")),
    ('צה"ל "בית ספר"', And((Or((Phrase(("צה", "ל")), Term("צהל"))), Phrase(("בית", "ספר"))))),
    ("北京", Term("北京")),
    ("北京大学", Phrase(("北京", "京大", "大学"))),
    ("京", Prefix("京")),
    ("2021年", Phrase(("2021", "年"), is_open=True)),
    ('"京 2021"', Phrase(("京", "2021"))),
    ("title：北京", Term("北京", "title")),
    ("（a　OR　b）", Or((A, B))),
    ("한*", Prefix("한")),
    ("author:अनुभा", Term("अनुभा", "author")),
    ("Title: a", Term("a", "title")),
    ("title:(a b)", And((Term("a", "title"), Term("b", "title")))),
    ("title:(a text:b)", And((Term("a", "title"), Term("b", "text")))),
    ('tag:"a b"', Phrase(("a", "b"), "tag")),
    ("-site:army.mil", Not(Phrase(("army", "mil"), "site"))),
    ("note:pref*", Prefix("pref", "note")),
    ("language:EN-US", Term("en-us", "language")),
    ("format:html-folder", Term("html-folder", "format")),
    ("a,b;c", And((A, B, C))),
    ("10,000", Or((Phrase(("10", "000")), Term("10,000")))),
    ("http://a.b/c", Phrase(("http", "a", "b", "c"))),
    ("a:b", Phrase(("a", "b"))),
    ("10:30", Or((Phrase(("10", "30")), Term("10:30")))),
    ("a~9 b? [c]", And((Phrase(("a", "9")), B, C))),
    ("a\0b", Phrase(("a", "b"))),
    ("published:2021", Range("published", 20210000, 20219999)),
    ("published:2021-11", Range("published", 20211100, 20211199)),
    ("published:2021/3/7", Range("published", 20210307, 20210307)),
    ("published:2021-10..2021-11", Range("published", 20211000, 20211199)),
    ("captured:>2019", Range("captured", 20200000, 99999999)),
    ("captured:>=2019-05", Range("captured", 20190500, 99999999)),
    ("captured:<2020-05", Range("captured", 1, 20200499)),
    ("captured:<=2020-05", Range("captured", 1, 20200599)),
    ("captured:..2019", Range("captured", 1, 20199999)),
    ("captured:2019..", Range("captured", 20190000, 99999999)),
    ('captured:"2019"', Range("captured", 20190000, 20199999)),
]


@pytest.mark.parametrize(("text", "meaning"), MEANINGS)
def test_meaning(text: str, meaning: Query) -> None:
    assert parse(text) == meaning


REFUSALS = [
    ("", 0, "no word"),
    ("   ", 0, "no word"),
    ("—!", 0, "no word"),
    ("😀", 0, "no word"),
    ("\0", 0, "no word"),
    ('""', 0, "no word"),
    ("a OR", 2, "nothing after “OR”"),
    ("OR a", 0, "nothing before “OR”"),
    ("(a OR) b", 3, "nothing after “OR”"),
    ("AND a", 0, "nothing before “AND”"),
    ("a AND", 2, "nothing after “AND”"),
    ("a AND OR b", 2, "nothing after “AND”"),
    ("a NOT", 2, "nothing after “NOT”"),
    ("title:", 0, "nothing after “title:”"),
    ("a (title: ) b", 3, "nothing after “title:”"),
    ("a titel:b", 2, "did you mean “title:”"),
    ("publishd:2021", 0, "published, captured"),
    ("*", 0, "two letters"),
    ("a b*", 3, "two letters"),
    ("'*", 1, "two letters"),
    ("body:*", 5, "two letters"),
    ("a*b", 1, "only at the end"),
    ("*a*", 0, "only at the end"),
    ("**", 0, "only at the end"),
    ("???*", 3, "two letters"),
    ("s* p* c*", 1, "two letters"),
    ("published:soon", 10, "takes a date"),
    ("published:2021-13", 10, "takes a date"),
    ("published:>2019..2020", 10, "takes a date"),
    ("published:..", 10, "takes a date"),
    ("published:(2021)", 10, "takes a date"),
    ("a published:2021..2020", 12, "ends before it begins"),
    ("a" * 1001, 1000, "1,000 characters"),
    ("(" * 30 + "a", 20, "20 deep"),
    ("NOT " * 30 + "a", 20, "20 deep"),
    ("a " * 65, 128, "64 words"),
    ("ab* " * 17, 64, "16 words that end in *"),
    ('"' + "a " * 300 + '"', 1, "256 words"),
]


@pytest.mark.parametrize(("text", "position", "sentence"), REFUSALS)
def test_refusal_says_where_and_why(text: str, position: int, sentence: str) -> None:
    with pytest.raises(BadQuery, match=sentence.replace("*", r"\*")) as refused:
        parse(text)
    if "deep" not in sentence:
        assert refused.value.position == position
    assert str(refused.value).endswith(".")


def size(query: Query) -> int:
    match query:
        case And(parts) | Or(parts):
            return 1 + sum(map(size, parts))
        case Not(part):
            return 1 + size(part)
    return 1


def understood(text: str) -> tuple[Query | None, int]:
    try:
        return parse(text), 0
    except BadQuery as refused:
        return None, refused.position


def check_bounds(text: str) -> None:
    """Whatever is typed is understood, within bounds, or refused with a place in it."""
    query, position = understood(text)
    assert 0 <= position <= len(text)
    if query is None:
        return
    assert size(query) <= 8 * limits.QUERY_CLAUSES
    open_ends = [
        words for words in wanted(query) if isinstance(words, Prefix) or (isinstance(words, Phrase) and words.is_open)
    ]
    assert len(open_ends) <= 2 * limits.QUERY_PREFIXES


def test_two_thousand_hostile_strings() -> None:
    chance = random.Random(7)
    pieces = [
        *(
            "(",
            ")",
            '"',
            "*",
            "?",
            "~9",
            "-",
            "NOT ",
            "OR ",
            "AND ",
            "a",
            "s*",
            "京",
            "\0",
            "😀",
            ":",
            "title:",
            "body:",
        ),
        *("published:", "..", "\\", "[a TO b]", "^2", "\ud800", "\u202e", "\u0301", "'", "’", "é", " ", "\n", "{"),
    ]
    fixed = [
        "(" * 2000,
        ")" * 2000,
        '"' * 2000,
        "NOT" * 1000,
        "NOT " * 1000,
        "-" * 2000,
        "*" * 900,
        "a" * 100_000,
        "a " * 50_000,
    ]
    for text in [*fixed, *("".join(chance.choices(pieces, k=chance.randrange(1, 60))) for _ in range(2000))]:
        check_bounds(text)


@given(st.text(max_size=1200))
def test_any_text(text: str) -> None:
    check_bounds(text)


@given(st.text('ab "()-*:ORANDNT京\n', max_size=80))
def test_any_text_of_signs(text: str) -> None:
    check_bounds(text)


def test_only_what_is_wanted_can_be_shown() -> None:
    query = parse('a OR (b -c) NOT "d e" title:f published:2021 gg*')
    assert list(wanted(query)) == [A, B, Term("f", "title"), Prefix("gg")]


@pytest.mark.parametrize(
    ("date", "number"),
    [
        ("2021-11-21", 20211121),
        ("2021-11-21T10:00:00Z", 20211121),
        ("2021-11", 20211100),
        ("2021", 20210000),
        ("", 0),
        ("?", 0),
    ],
)
def test_days_as_numbers(date: str, number: int) -> None:
    assert day_number(date) == number


def test_every_field_is_understood() -> None:
    for field in FIELDS:
        assert parse(f"{field}:2021") == parse(f"{field.upper()}: 2021")
