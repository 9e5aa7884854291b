"""What was typed, and what it means; what is refused, where, and how it is said."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.errors import BadQuery
from archive_viewer.search.dates import day_number
from archive_viewer.search.query import parse
from archive_viewer.search.query_text import written
from archive_viewer.search.query_tree import (
    DATE_FIELDS,
    FIELDS,
    HAS,
    IS,
    WORD_FIELDS,
    And,
    Fuzzy,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Value,
    open_words,
    wanted,
)

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
    ('"a"', Term("a", is_exact=True)),
    ("=a", Term("a", is_exact=True)),
    ("title:=a", Term("a", "title", is_exact=True)),
    ("a=b", Phrase(("a", "b"))),
    ("“a b” „c”", And((Phrase(("a", "b")), Term("c", is_exact=True)))),
    ("«a b»", Phrase(("a", "b"))),
    ('a"b c"', And((A, Phrase(("b", "c"))))),
    ('"a OR b"', Phrase(("a", "or", "b"))),
    ('"OR"', Term("or", is_exact=True)),
    ("a NEAR/5 b", Near((A, B), (5,))),
    ("a NEAR b", Near((A, B), (10,))),
    ("a NEAR/5 b NEAR/3 c", Near((A, B, C), (5, 3))),
    ("a NEAR/5 b c", And((Near((A, B), (5,)), C))),
    ("c -(a NEAR/5 b)", And((C, Not(Near((A, B), (5,)))))),
    ("a OR b NEAR/1 c", Or((A, Near((B, C), (1,))))),
    ('(a OR "b c") NEAR/2 pre*', Near((Or((A, Phrase(("b", "c")))), Prefix("pre")), (2,))),
    ("title:(a NEAR/2 b)", Near((Term("a", "title"), Term("b", "title")), (2,))),
    ("a near/5 b", And((A, Phrase(("near", "5")), B))),
    ("w?ld*", Pattern("w?ld*")),
    ("Organi?ation", Pattern("organi?ation")),
    ("a*b", Pattern("a*b")),
    ("g***z**", Pattern("g*z*")),
    ("G?zél*", Pattern("g?zel*")),
    ("title:m?n", Pattern("m?n", "title")),
    ("really? why?!", And((Term("really"), Term("why")))),
    ("http://a.b/c?id=3", Phrase(("http", "a", "b", "c", "id", "3"))),
    ("fuzz~", Fuzzy("fuzz", 1)),
    ("Khalilzad~", Fuzzy("khalilzad", 2)),
    ("Khalilzad~1", Fuzzy("khalilzad", 1)),
    ("al-jazeera~", Fuzzy("aljazeera", 2)),
    ("title:fuzz~1", Fuzzy("fuzz", 1, "title")),
    ("~ a ~500 b", And((A, Term("500"), B))),
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
    ("language:EN-US", Value("en-us", "language")),
    ("format:html-folder", Value("html-folder", "format")),
    ("has:Mark", Value("mark", "has")),
    ("-is:(unplaced OR moved)", Not(Or((Value("unplaced", "is"), Value("moved", "is"))))),
    ("series:papers", Term("papers", "series")),
    ("accession:2026-001", Or((Phrase(("2026", "001"), "accession"), Term("2026-001", "accession")))),
    ('stripped:"all rights"', Phrase(("all", "rights"), "stripped")),
    ("a,b;c", And((A, B, C))),
    ("10,000", Or((Phrase(("10", "000")), Term("10,000")))),
    ("http://a.b/c", Phrase(("http", "a", "b", "c"))),
    ("a:b", Phrase(("a", "b"))),
    ("10:30", Or((Phrase(("10", "30")), Term("10:30")))),
    ("b? [c]", And((B, C))),
    ("foo: a", And((Term("foo"), A))),
    ("C:\\a", Phrase(("c", "a"))),
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
    ("body:*", 0, "no field “body”"),
    ("*a*", 0, "may not begin with \\*"),
    ("?ord", 0, "may not begin with \\?"),
    ("**", 0, "only in a word"),
    ("a/*/b", 2, "only in a word"),
    ("a b*a*c*a*c*a*c*a*c*a", 2, "8 times \\*"),
    ("a?? b?*?*", 6, "only in a word"),
    ("foo:bar", 0, "no field “foo”"),
    ("a (doi:10.1)", 3, "put them in quotes"),
    ('foo:"a b"', 0, "fields are title, author"),
    ("autor:x", 0, "did you mean “author:”"),
    ("language:, a", 9, "nothing after “language:”"),
    ('a has:""', 6, "nothing after “has:”"),
    ("has:marks", 4, "did you mean “has:mark”"),
    ("has:xyzzy", 4, "it takes mark, note"),
    ("is:unplacd", 3, "did you mean “is:unplaced”"),
    ("format:pdf", 7, "html-folder"),
    ("NEAR a", 0, "nothing before “NEAR”"),
    ("a NEAR", 2, "nothing after “NEAR”"),
    ("a NEAR/5 OR b", 2, "nothing after “NEAR”"),
    ("a NEAR/0 b", 7, "from 1 to 100"),
    ("a NEAR/x b", 7, "from 1 to 100"),
    ("a NEAR/101 b", 7, "from 1 to 100"),
    ("a NEAR/3 -b", 2, "stand words"),
    ("a NEAR/3 (b c)", 2, "stand words"),
    ("a NEAR/3 has:mark", 2, "stand words"),
    ("a NEAR/3 title:b", 2, "same field"),
    ("a NEAR b " * 5, 38, "4 times “NEAR”"),
    ("abcd~ " * 5, 28, "4 words with ~"),
    ("abc~", 3, "at least 4 letters"),
    ("abcd~2", 5, "8 letters"),
    ("a abcdefgh~3", 11, "8 letters"),
    ("army.mil~", 8, "behind one word"),
    ("北京~", 2, "behind one word"),
    ("ab*cd~", 5, "behind one word"),
    ("???*", 3, "two letters"),
    ("s* p* c*", 1, "two letters"),
    ("published:soon", 10, "takes a date"),
    ("published:2021-13", 10, "takes a date"),
    ("published:>2019..2020", 10, "takes a date"),
    ("published:..", 10, "takes a date"),
    ("published:-0044", 10, "years from 0 to 9999"),
    ("published:1984..Y17000", 10, "years from 0 to 9999"),
    ("published:>12021", 10, "years from 0 to 9999"),
    ("published:(2021)", 10, "takes a date"),
    ("a published:2021..2020", 12, "ends before it begins"),
    ("a" * 1001, 1000, "1,000 characters"),
    ("(" * 30 + "a", 20, "20 deep"),
    ("NOT " * 30 + "a", 20, "20 deep"),
    ("a " * 65, 128, "64 words"),
    ("ab* " * 17, 64, "16 words with"),
    ('"' + "a " * 300 + '"', 1, "256 words"),
]


@pytest.mark.parametrize(("text", "position", "sentence"), REFUSALS)
def test_refusal_says_where_and_why(text: str, position: int, sentence: str) -> None:
    with pytest.raises(BadQuery, match=sentence) as refused:
        parse(text)
    if "deep" not in sentence:
        assert refused.value.position == position
    assert str(refused.value).endswith(".")


def size(query: Query) -> int:
    match query:
        case And(parts) | Or(parts) | Near(parts):
            return 1 + sum(map(size, parts))
        case Not(part):
            return 1 + size(part)
    return 1


def depth(query: Query) -> int:
    match query:
        case And(parts) | Or(parts) | Near(parts):
            return 1 + max(map(depth, parts))
        case Not(part):
            return 1 + depth(part)
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
    assert depth(query) <= 3 * limits.QUERY_DEPTH + 4
    assert sum(1 for _ in open_words(query)) <= 2 * limits.QUERY_OPEN_WORDS
    again = written(query)
    if len(again) <= limits.QUERY_CHARACTERS:
        assert parse(again) == query, again
        assert written(parse(again)) == again


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


PIECES = [
    *("a", "word", "IS-K", "10,000", "京都", "צה", '"a b"', '"', "(", ")", " ", " ", " ", "-", "OR", "AND", "NOT"),
    *("NEAR", "NEAR/3", "/", "=", "~", "~2", "abcdefgh", "*", "?", ":", ",", ";", ".", "'", "\n", "title:", "tag:"),
    *("has:", "mark", "is:", "moved", "published:", "2021", "..", ">", "language:", "foo:", "http://"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_any_text_of_the_language_itself(text: str) -> None:
    check_bounds(text)


WORDS = st.one_of(
    st.sampled_from(
        ["a", "IS-K", "=exact", '"a b"', '"prä fi*"', "pre*", "w?ld*", "fuzzy~", "京都大学", "U.S.", "10,000"]
    ),
    st.text("abcé", min_size=1, max_size=5),
)
LEAVES = st.one_of(
    WORDS,
    st.builds("{}:{}".format, st.sampled_from(WORD_FIELDS), WORDS),
    st.builds("has:{}".format, st.sampled_from(HAS)),
    st.builds("is:{}".format, st.sampled_from(IS)),
    st.builds("{}:{}".format, st.sampled_from(DATE_FIELDS), st.sampled_from(["2021", "2021-10..2021-11", ">2019"])),
    st.builds("{} NEAR/{} {}".format, WORDS, st.integers(1, 100), WORDS),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("NOT ({})".format, inner),
        st.builds("-({})".format, inner),
    ),
    max_leaves=8,
)


@given(QUERIES)
def test_what_is_written_of_a_query_means_the_same(text: str) -> None:
    query, _ = understood(text)
    assume(query is not None)
    assert query is not None
    assert parse(written(query)) == query


def test_a_query_that_nobody_typed_can_be_written() -> None:
    made = And(
        (
            Or((Term("a"), Term("b", "title", is_exact=True), Phrase(("c", "d"), "tag"))),
            Not(And((Prefix("pre"), Pattern("w?ld*"), Fuzzy("fuzzy", 1)))),
            Phrase(("e", "foo"), is_open=True),
            Value("mark", "has"),
            Range("published", 20211000, 20211199),
            Range("captured", 20200000, 99999999),
            Range("captured", 20200102, 20200103),
            Near((A, Or((B, C))), (3,)),
        )
    )
    assert parse(written(made)) == made


def test_pieces_of_the_language_over_and_over() -> None:
    for piece in PIECES:
        check_bounds(piece * (limits.QUERY_CHARACTERS // len(piece)))
        check_bounds(f"({piece} " * (limits.QUERY_CHARACTERS // (len(piece) + 2)))


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
    values = {"has": "mark", "is": "moved", "format": "mhtml"}
    for field in FIELDS:
        value = values.get(field, "2021")
        assert parse(f"{field}:{value}") == parse(f"{field.upper()}: {value}")
