"""The source of a quote: passages of real pages, changed as people change them, are found where they stand; what no
page says is not claimed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.errors import IndexUnavailable
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Agreement, Item, QuoteSource
from pages import PARAGRAPHS, MakePage, TakeIn, text_of
from quote_changes import CHANGES, all_at_once


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample archive: six languages and four scripts."""
    with Library.open(tmp_path_factory.mktemp("sources") / "Ärchive 😀") as library:
        paths = [Path(__file__).parents[2] / "sample_archive"]
        for _ in import_paths(library, library.begin_accession(paths).id, paths, Job()):
            pass
        update_index(library, Job())
        yield library


class Texts(dict[str, str]):
    def __repr__(self) -> str:
        return f"{len(self)} texts"


@pytest.fixture(scope="module")
def texts(archive: Library) -> dict[str, str]:
    return Texts({id: archive.article(id).text for id in archive.item_ids()})


def paragraphs(texts: dict[str, str], shortest: int) -> list[tuple[str, int, str]]:
    """Item, offset and words of paragraphs that no other page has."""
    found = []
    for id, text in texts.items():
        at = 0
        for paragraph in text.split("\n"):
            if len(paragraph.split()) >= shortest and sum(paragraph in other for other in texts.values()) == 1:
                found.append((id, at, paragraph))
            at += len(paragraph) + 1
    return sorted(found, key=lambda one: one[2])


def covers(source: QuoteSource, start: int, end: int) -> bool:
    """Whether a source is this range, give or take a word that was changed beside its ends."""
    common = min(source.passage.end, end) - max(source.passage.start, start)
    return common >= 0.8 * (end - start) and source.passage.end - source.passage.start <= 1.4 * (end - start)


@pytest.mark.parametrize("kind", [*CHANGES, "all at once"])
# Always the same quotes: of thousands that are changed in six ways at once, one is no longer the passage it was.
@settings(max_examples=12, deadline=None, derandomize=True)
@given(seed=st.integers(0, 1 << 32))
def test_a_changed_passage_is_found_where_it_stands(
    kind: str, seed: int, archive: Library, texts: dict[str, str]
) -> None:
    chance = random.Random(seed)
    _, _, paragraph = chance.choice(paragraphs(texts, 18))
    words = paragraph.split(" ")
    first = chance.randint(0, len(words) - 18)
    last = chance.randint(first + 18, min(len(words), first + 120))
    said = " ".join(words[first:last])
    change = all_at_once if kind == "all at once" else CHANGES[kind]
    quote = change(said, chance)
    (best, *_) = archive.find_source(quote)
    assert best.is_held, quote
    # Other pages may say it as well: which of them it was taken from nobody can tell.
    starts = [found.start() for found in re.finditer(re.escape(said), texts[best.item.id])]
    assert any(covers(best, start, start + len(said)) for start in starts), (quote, best.passage.match)
    assert best.passage.match == texts[best.item.id][best.passage.start : best.passage.end]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1 << 32))
def test_what_no_page_says_is_not_claimed(seed: int, archive: Library, texts: dict[str, str]) -> None:
    known = sorted({word for text in texts.values() for word in text.split() if word.isascii()})
    chance = random.Random(seed)
    quote = " ".join(chance.sample(known, chance.randint(8, 40)))
    assert not any(source.is_held for source in archive.find_source(quote))


@pytest.mark.parametrize(
    "letters", ["[\u4e00-\u9fff]", "[\u0900-\u097f]", "[\u0620-\u064a]"], ids=["Han", "Devanagari", "Arabic"]
)
def test_other_scripts_are_quoted_too(letters: str, archive: Library, texts: dict[str, str]) -> None:
    id, _, paragraph = max(paragraphs(texts, 1), key=lambda one: len(re.findall(letters, one[2])))
    middle = len(paragraph) // 2
    quote = f"「{paragraph[:middle]}……{paragraph[middle + 2 :]}」"
    (best, *_) = archive.find_source(quote)
    assert best.is_held
    assert best.item.id == id
    assert best.share > 0.85


def test_what_differs_is_told(library: Library, make_page: MakePage, take_in: TakeIn) -> None:
    (line,) = take_in(make_page())
    quote = (
        "[N]obody had ever expected the harbor master to agree, [they knew,] but he said that the 'old treaty' … would "
        "sail soon in spring"
    )
    (source,) = library.find_source(quote)
    assert source.item.id == line.item_ids[0]
    text = library.article(source.item.id).text
    told = [
        (one.agreement, text[one.start : one.end], one.quoted)
        for one in source.stretches
        if one.agreement is not Agreement.SAME
    ]
    assert told == [
        (Agreement.MISSING, "", "ever"),
        (Agreement.SPELLED, "harbour", "harbor"),
        (Agreement.ASIDE, "", "they knew"),
        (Agreement.ELIDED, "still held and that the boats", ""),
        (Agreement.CHANGED, "again", "soon"),
    ]
    assert text[source.passage.start : source.passage.end].startswith("Nobody had")
    assert 0.8 < source.share < 1


def test_a_quote_from_two_pages_names_both(library: Library, make_page: MakePage, take_in: TakeIn) -> None:
    first, second = text_of(1, 60), text_of(2, 60)
    take_in(make_page("one.html", "One", (PARAGRAPHS[0], first)), make_page("two.html", "Two", (second,)))
    found = library.find_source(f"{first}\n\n{second}")
    assert {source.item.title for source in found if source.is_held} == {"One", "Two"}
    assert all(0.4 < source.share < 0.6 for source in found)


def test_the_page_it_was_taken_from_and_the_bin_do_not_answer(
    library: Library, make_page: MakePage, take_in: TakeIn
) -> None:
    lines = take_in(*(make_page(f"{n}.html", f"Page {n}", (*PARAGRAPHS, text_of(n, 80))) for n in range(3)))
    ids = [line.item_ids[0] for line in lines]
    assert {source.item.id for source in library.find_source(PARAGRAPHS[0])} == set(ids)
    library.delete_items([ids[1]])
    assert [source.item.id for source in library.find_source(PARAGRAPHS[0], apart_from=ids[0])] == [ids[2]]


def test_the_same_words_twice_in_a_page_are_two_passages(
    library: Library, make_page: MakePage, take_in: TakeIn
) -> None:
    take_in(make_page(paragraphs=(PARAGRAPHS[0], text_of(1, 100), text_of(2, 100), PARAGRAPHS[0])))
    found = library.find_source(PARAGRAPHS[0])
    assert [source.share for source in found] == [1, 1]
    assert found[0].passage.end < found[1].passage.start


@pytest.mark.parametrize(
    "quote",
    [
        "",
        " \n",
        "…",
        "[[[[",
        "[sic]",
        "- * ? ( ) ~",
        "\u00ad",
        "\x00",
        "😀",
        "\udc80 \ud800",
        "'\"'",
        "]" * 50,
        "a" * 5_000,
    ],
)
def test_what_says_nothing_has_no_source(quote: str, library: Library, item: Item) -> None:
    assert not any(source.is_held for source in library.find_source(quote))


@pytest.mark.parametrize(
    "quote",
    [
        " ".join(PARAGRAPHS) * 2_500,
        "the ferry " * 100_000,
        "ferry … " * 120_000,
        "[the ferry] " * 80_000,
        "渡" * 1_000_000,
        "fer-\n" * 200_000,
    ],
    ids=["page", "pair", "ellipses", "asides", "Han", "divided"],
)
def test_a_million_characters_are_answered(quote: str, library: Library, item: Item) -> None:
    assert len(quote) > limits.QUOTE_CHARACTERS
    assert len(library.find_source(quote)) <= 10


def test_without_an_index_nothing_is_denied(library: Library, item: Item, tmp_path: Path) -> None:
    for file in (library.folder / "index").iterdir():
        file.write_bytes(b"")
    with pytest.raises(IndexUnavailable):
        library.find_source(PARAGRAPHS[0])
