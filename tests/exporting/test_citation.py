"""The plain citation says what is known, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archive_viewer.exporting import cite
from archive_viewer.exporting.citation import reference_code
from archive_viewer.model import Excerpt, Fact, Item, Source


@pytest.fixture
def item(excerpt_of: Callable[..., Excerpt]) -> Item:
    return replace(excerpt_of("x").item, title="The Harbour", facts={}, sha256="9f86")


def test_says_everything_that_is_known(item: Item) -> None:
    assert cite(item, (12, 12)) == (
        "Ana Wëiß, Bo O’Leary. “The Harbour.” Evening Post. Published 2021-11-21. Captured 2021-12-05 10:00:00 UTC "
        "from https://post.example/harbour_strike?a=1&b=2 (paragraph 12, accession 2026-1, SHA-256 9f86)."
    )


def test_invents_nothing(item: Item) -> None:
    unknown = replace(
        item, title=" ", authors=("", " "), site="", published="", captured_at="", url="", accession="", facts={}
    )
    assert cite(unknown) == "[no title]. Published n.d. Captured n.d. (SHA-256 9f86)."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "Who was it?"}, "“Who was it?” Evening Post."),
        ({"title": "A\nB\u2028 C"}, "“A B C.”"),
        ({"authors": ("अनुभा जैन",)}, "अनुभा जैन. “The Harbour.”"),
        ({"published": "2021"}, "Published 2021."),
        ({"captured_at": "2021-12-05T10:00:00.123Z"}, "Captured 2021-12-05 10:00:00 UTC from"),
        ({"captured_at": "2021-12"}, "Captured 2021-12 from"),
    ],
)
def test_words_and_stops(item: Item, changes: dict[str, object], words: str) -> None:
    assert words in cite(replace(item, **changes))


def test_says_what_is_in_doubt_and_what_is_inferred(item: Item) -> None:
    facts = {
        "published": Fact("2021-11-21", Source.STATED, "meta", doubt="The day of the week does not agree."),
        "captured_at": Fact("2021-12-05T10:00:00Z", Source.INFERRED, "file time"),
    }
    citation = cite(replace(item, facts=facts))
    assert "Published 2021-11-21 [?]." in citation
    assert "Captured 2021-12-05 10:00:00 UTC [inferred] from" in citation


def test_names_several_paragraphs_and_the_archivists_own_code(item: Item) -> None:
    coded = replace(item, facts={"reference_code": Fact("XY/12/3", Source.TYPED, "description")})
    assert "(paragraphs 3–5, XY/12/3, SHA-256 9f86)" in cite(coded, (3, 5))
    assert reference_code(replace(item, accession="")) == ""
