"""Pages of our own, one for each way in which pages mislead a cleaner: what must and must not survive of each.

``pages/pages.toml`` says of the pages beside it what they are, which traps they hold and what a reader wants of them.
They guard the weights that are shipped: a change of the choice that loses a sentence here is seen.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from archive_viewer.cleaning import clean_html
from archive_viewer.model import LINE_BREAK, PICTURE, Article, Block

FOLDER = Path(__file__).parent / "pages"
DESCRIPTION = tomllib.loads((FOLDER / "pages.toml").read_text(encoding="utf-8"))
TYPES = frozenset({"article", "documentation", "service", "forum", "listing", "collection", "product"})
UNSEEN = frozenset({"script", "style", "noscript", "title", "rp"})


@dataclass(frozen=True)
class OwnPage:
    """A page and what is expected of it; ``authors`` and ``published`` are None where nothing is expected."""

    name: str
    language: str
    type: str
    url: str
    must: list[str]
    must_not: list[str]
    title: str = ""
    authors: list[str] | None = None
    published: str | None = None
    keeps_nothing: bool = False
    is_dateless: bool = False
    is_unsigned: bool = False

    @property
    def data(self) -> bytes:
        return (FOLDER / f"{self.name}.html").read_bytes()


PAGES = [OwnPage(**page) for page in DESCRIPTION["page"]]
TRAPS: list[dict[str, Any]] = DESCRIPTION["trap"]

every_page = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {page.name: clean_html(page.data, page.url) for page in PAGES}


def lines(blocks: tuple[Block, ...]) -> list[str]:
    """The text of each block on one line, without its pictures."""
    return [" ".join(block.text.replace(LINE_BREAK, " ").replace(PICTURE, " ").split()) for block in blocks]


@every_page
def test_what_a_reader_wants_survives(page: OwnPage, articles: dict[str, Article]) -> None:
    article = articles[page.name]
    kept = lines(article.kept)
    assert lines_of_text(article) == kept
    assert [sentence for sentence in page.must if not any(sentence in line for line in kept)] == []
    if page.keeps_nothing:
        assert article.text == ""


def lines_of_text(article: Article) -> list[str]:
    """The same, of the text that everything else counts in."""
    parts = article.text.split("\n") if article.kept else []
    return [" ".join(part.replace(LINE_BREAK, " ").replace(PICTURE, " ").split()) for part in parts]


@every_page
def test_what_only_surrounds_it_is_stripped_and_there(page: OwnPage, articles: dict[str, Article]) -> None:
    article = articles[page.name]
    kept = lines(article.kept)
    stripped = lines(tuple(block for block in article.blocks if not block.is_kept))
    assert [sentence for sentence in page.must_not if any(sentence in line for line in kept)] == []
    assert [sentence for sentence in page.must_not if not any(sentence in line for line in stripped)] == []


class Seen(HTMLParser):
    """The characters of a page that a reader may see, read without any of our code."""

    def __init__(self, unseen: frozenset[str]) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = unseen
        self._hidden_in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._unseen:
            self._hidden_in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden_in and self._hidden_in[-1] == tag:
            self._hidden_in.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden_in:
            self.parts.append(data)


@every_page
def test_kept_and_stripped_are_the_whole_page(page: OwnPage, articles: dict[str, Article]) -> None:
    is_read_without_scripts = page.name in pages_with("posts in noscript")
    seen = Seen(UNSEEN - {"noscript"} if is_read_without_scripts else UNSEEN)
    seen.feed(text_of(page))
    wanted = characters("".join(seen.parts))
    assert wanted.total() > 150
    found = characters("".join(block.text for block in articles[page.name].blocks))
    assert wanted - found == Counter()


def characters(text: str) -> Counter[str]:
    return Counter(c for c in unicodedata.normalize("NFC", text) if not c.isspace() and c not in {"\0", PICTURE})


def text_of(page: OwnPage) -> str:
    declared = re.search(rb"charset=\"?([\w-]+)", page.data)
    is_wrong = page.name in pages_with("wrongly declared charset")
    return page.data.decode("utf-8" if declared is None or is_wrong else declared[1].decode())


@every_page
def test_the_facts_are_those_that_the_page_states(page: OwnPage, articles: dict[str, Article]) -> None:
    article = articles[page.name]
    assert article.language is not None
    assert article.language.value.split("-")[0] == page.language
    if page.title:
        assert article.title is not None
        assert article.title.value == page.title
    if page.authors is not None:
        assert article.authors is not None
        assert article.authors.value == page.authors
    if page.published is not None:
        assert article.published is not None
        assert article.published.value[:10] == page.published
    if page.is_dateless:
        assert article.published is None
    if page.is_unsigned:
        assert article.authors is None


# -- the set itself -----------------------------------------------------------------------------------------------


def pages_with(trap: str) -> list[str]:
    return next(each["pages"] for each in TRAPS if each["name"] == trap)


def script_of(sentence: str) -> str:
    """The script of most letters, by the first word of their names in Unicode."""
    return Counter(unicodedata.name(c).split()[0] for c in sentence if c.isalpha()).most_common(1)[0][0]


def test_the_set_is_every_page_in_the_folder() -> None:
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names)) == 40
    assert sorted(names) == sorted(path.stem for path in FOLDER.glob("*.html"))


def test_the_set_holds_every_type_of_page() -> None:
    types = Counter(page.type for page in PAGES)
    assert set(types) == TYPES
    assert min(types.values()) >= 3


def test_the_set_speaks_many_languages_in_many_scripts() -> None:
    assert len({page.language for page in PAGES}) >= 14
    scripts = {script_of(sentence) for page in PAGES for sentence in page.must}
    assert len(scripts) >= 10
    assert {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DEVANAGARI", "THAI", "CJK", "HANGUL"} <= scripts


@pytest.mark.parametrize("trap", TRAPS, ids=[trap["name"] for trap in TRAPS])
def test_each_trap_is_in_the_pages_that_are_said_to_hold_it(trap: dict[str, Any]) -> None:
    holders = [page for page in PAGES if page.name in trap["pages"]]
    assert holders
    assert len(holders) == len(trap["pages"])
    for page in holders:
        assert re.search(trap.get("mark", ""), page.data.decode("latin-1")), page.name


def test_every_page_says_what_must_become_of_it() -> None:
    for page in PAGES:
        assert page.must or page.keeps_nothing or page.must_not, page.name
        assert all(len(sentence) > 3 for sentence in page.must + page.must_not)
        assert not set(page.must) & set(page.must_not)
