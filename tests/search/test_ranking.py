"""Which pages answer, against a reader that goes through every token of every page; and in what order."""

from __future__ import annotations

import random
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from urllib.parse import unquote

import pytest

from archive_viewer.search.dates import day_number
from archive_viewer.search.engine import Engine
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse
from archive_viewer.search.query_tree import (
    ANYWHERE,
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
)
from archive_viewer.search.token import Token
from archive_viewer.search.tokenizer import begins, tokens

Ask = Callable[..., list[str]]

VOCABULARY = [
    "harbour", "ferry", "the", "co-operate", "cooperate", "IS-K", "ISK", "is", "k", "Al-Jazeera’s", "al",
    "jazeera", "U.S.", "us", "अनुभा", "北京", "北京大学", "京", "ไทย", "10,000", "10", "café", "cafe", "q", "🙂",
]  # fmt: skip


def make_pages(chance: random.Random, count: int) -> list[Document]:
    def words(most: int) -> str:
        return " ".join(chance.choices(VOCABULARY, k=chance.randrange(most)))

    return [
        Document(
            id=str(n),
            title=words(4),
            authors=tuple(filter(None, [words(3), words(2)])),
            site=words(2),
            url=f"https://example.org/{n}",
            text=words(12) + chance.choice([" ", "\n", ", ", ""]) + words(8),
            tags=tuple(filter(None, [words(3)])),
            notes=tuple(filter(None, [words(3), words(3)])),
            marks=tuple(filter(None, [words(3)])),
            links=tuple(filter(None, [words(2)])),
            series=words(3),
            accession=chance.choice(["2026-001", "2026-012", "2025-001"]),
            stripped=words(5),
            has=tuple(chance.sample(["mark", "note", "table"], chance.randrange(3))),
            states=tuple(chance.sample(["moved", "unplaced"], chance.randrange(2))),
            language=chance.choice(["en", "en-us", ""]),
            published=chance.choice(["", "2020", "2021-05", "2021-05-03"]),
        )
        for n in range(count)
    ]


def texts(page: Document, field: str) -> list[str]:
    fields = {
        "title": [page.title],
        "author": list(page.authors),
        "site": [page.site],
        "url": [unquote(page.url)],
        "text": [page.text],
        "tag": list(page.tags),
        "note": list(page.notes),
        "link": list(page.links),
    }
    only_named = {
        "mark": list(page.marks),
        "series": [page.series],
        "accession": [page.accession],
        "stripped": [page.stripped],
    }
    return [text for own in fields.values() for text in own] if field == ANYWHERE else (fields | only_named)[field]


@cache
def read(text: str) -> list[Token]:
    return list(tokens(text))


def has_phrase(text: str, terms: tuple[str, ...], is_open: bool) -> bool:
    found = read(text)
    ends = {token.position for token in found}
    for n, term in enumerate(terms):
        matches = begins if is_open and n == len(terms) - 1 else str.__eq__
        ends = {token.position + token.width for token in found if token.position in ends and matches(token.term, term)}
    return bool(ends)


def distance(one: str, other: str) -> int:
    """Levenshtein's distance, as it is defined."""
    if not one or not other:
        return len(one) + len(other)
    return min(
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    )


@cache
def is_like(one: str, other: str, most: int) -> bool:
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return False
    swapped = {one[:n] + one[n + 1] + one[n] + one[n + 2 :] for n in range(len(one) - 1)}
    return other in swapped or distance(one, other) <= most


def spans(text: str, words: Query) -> set[tuple[int, int]]:
    """Where words stand: position of the first, and of the one after the last."""
    found = read(text)
    match words:
        case Or(parts):
            return {span for part in parts for span in spans(text, part)}
        case Phrase(terms, _, is_open):
            forms: list[Query] = [Term(term) for term in terms]
            forms[-1:] = [Prefix(terms[-1])] if is_open else forms[-1:]
            reached = spans(text, forms[0])
            for form in forms[1:]:
                own = spans(text, form)
                reached = {(start, last) for start, end in reached for first, last in own if first == end}
            return reached
        case Term(term):
            meant = [token for token in found if token.term == term]
        case Prefix(stem):
            meant = [token for token in found if begins(token.term, stem)]
        case Pattern(pattern):
            meant = [token for token in found if fnmatchcase(token.term, pattern)]
        case Fuzzy(term, most):
            meant = [token for token in found if is_like(term, token.term, most)]
        case _:
            raise AssertionError(words)
    return {(token.position, token.position + token.width) for token in meant}


def are_near(text: str, query: Near) -> bool:
    reached = spans(text, query.parts[0])
    for part, most in zip(query.parts[1:], query.distances, strict=True):
        reached = {
            (start, end)
            for start, end in spans(text, part)
            if any(end <= first < end + most or last <= start < last + most for first, last in reached)
        }
    return bool(reached)


def answers(query: Query, page: Document) -> bool:
    match query:
        case Value(value, "language"):
            return value in (page.language, page.language.partition("-")[0])
        case Value(value, field):
            return value in (page.has if field == "has" else page.states)
        case Term(term, field):
            return any(has_phrase(text, (term,), False) for text in texts(page, field))
        case Prefix(stem, field):
            return any(has_phrase(text, (stem,), True) for text in texts(page, field))
        case Phrase(terms, field, is_open):
            return any(has_phrase(text, terms, is_open) for text in texts(page, field))
        case Pattern() | Fuzzy():
            return any(spans(text, query) for text in texts(page, query.field))
        case Near():
            return any(are_near(text, query) for text in texts(page, query.field))
        case Range(_, first, last):
            return first <= day_number(page.published) <= last
        case And(parts):
            return all(answers(part, page) for part in parts)
        case Or(parts):
            return any(answers(part, page) for part in parts)
        case Not(part):
            return not answers(part, page)


FIELDS = ("title", "author", "text", "tag", "note", "site", "url", "mark", "link", "series", "stripped")
OPEN = (
    *("har*", "fer*", "jaz*", "co-op*", "अनु*", "caf*", '"the har*"', "10*"),
    *("h?rb*", "f*y", "coop?rat*", "j*z*r*", "c?fe", "अ?ुभा", "harbor~", "ferri~", "jazeear~", "co-oparate~", "ठनुभा~"),
)
VALUES = (
    *("published:2021", "published:<2021", "published:>2020", "language:en", "language:en-us", "has:mark", "has:table"),
    *("is:moved", "is:unplaced", "accession:2026", "accession:2026-001", "accession:2026-00*"),
)


def make_query(chance: random.Random, depth: int = 0) -> str:
    kind = chance.randrange(14 if depth < 3 else 9)
    word = chance.choice(VOCABULARY[:-1])
    match kind:
        case 0 | 1 | 2:
            return word
        case 3:
            return '"' + " ".join(chance.choices(VOCABULARY[:-1], k=chance.randrange(1, 4))) + '"'
        case 4:
            return chance.choice(OPEN)
        case 5:
            return f"{chance.choice(FIELDS)}:{chance.choice([word, word, chance.choice(OPEN)])}"
        case 6:
            return chance.choice(VALUES)
        case 7 | 8:
            sides = [chance.choice([*VOCABULARY[:-1], *OPEN, '"the harbour"', "(ferry OR IS-K)"]) for _ in range(3)]
            field = chance.choice(["", "", "text:", "note:"])
            near = [f"NEAR/{chance.randrange(1, 6)}" for _ in range(2)]
            third = chance.choice(["", "", f" {near[1]} {sides[2]}"])
            return f"{field}({sides[0]} {near[0]} {sides[1]}{third})"
        case 9 | 10:
            return f"({make_query(chance, depth + 1)} OR {make_query(chance, depth + 1)})"
        case 11:
            return f"-{make_query(chance, depth + 1)}"
        case _:
            return f"({make_query(chance, depth + 1)} {make_query(chance, depth + 1)})"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_engine_answers_as_a_reader_of_every_token_would(engine: Engine, asked: Ask, seed: int) -> None:
    chance = random.Random(seed)
    pages = make_pages(chance, 80)
    engine.apply(pages[:50])
    engine.apply(pages[50:], ["7", "8"])
    changed = [Document("9", text="harbour"), *make_pages(chance, 5)]
    changed = [changed[0], *changed[1:5]]
    engine.apply(changed)
    current = {page.id: page for page in pages if page.id not in ("7", "8")}
    current |= {page.id: page for page in changed}
    telling = 0
    for n in range(400):
        if n == 200:
            engine.apply([], merge=True)
        text = make_query(chance)
        query = parse(text)
        expected = {id for id, page in current.items() if answers(query, page)}
        assert set(asked(text, 1000)) == expected, text
        telling += 0 < len(expected) < len(current)
    assert telling > 200


def test_a_word_in_the_title_beats_one_in_the_text(index: Index, ask: Ask) -> None:
    filler = "and so on for quite a while "
    index.apply(
        [Document("text", title="Other", text=f"ferry {filler}"), Document("title", title="Ferry", text=filler * 3)]
    )
    assert ask("ferry") == ["title", "text"]


def test_a_page_about_it_beats_one_that_mentions_it(index: Index, ask: Ask) -> None:
    index.apply(
        [Document("mentions", text="ferry " + "word " * 500), Document("about", text="ferry and ferry again " * 3)]
    )
    assert ask("ferry") == ["about", "mentions"]


def test_the_rarer_word_decides(index: Index, ask: Ask) -> None:
    index.apply([Document(f"common{n}", text="harbour town") for n in range(20)])
    index.apply([Document("rare", text="lighthouse town")])
    assert ask("harbour OR lighthouse")[0] == "rare"


def test_both_words_beat_one_of_them_twice(index: Index, ask: Ask) -> None:
    index.apply(
        [Document("one", text="ferry ferry ferry ferry harbour-less"), Document("both", text="ferry and a pier here")]
    )
    assert ask("ferry OR pier") == ["both", "one"]


def test_equals_stand_in_the_order_in_which_they_came(index: Index, ask: Ask) -> None:
    index.apply([Document(str(n), text="same") for n in range(9)])
    assert ask("same") == ask("-other") == [str(n) for n in range(9)]
