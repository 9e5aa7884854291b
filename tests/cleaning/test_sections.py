"""Sections: what a person means who puts back, or takes out, more than one block."""

from __future__ import annotations

import pytest
from hypothesis import given

from archive_viewer.cleaning import clean_html, mending, sections
from archive_viewer.errors import UnknownId
from archive_viewer.model import Article, Block, Fate, Kind, Reason
from articles import articles

PAGE = """<html><body><nav class="main"><ul><li><a href=a>Home</a><ul><li><a href=b>Sub</a></ul>
<li><a href=c>About</a></ul></nav>
<article><h1>Tïtle 😀</h1>
<p>One long paragraph of some words, here and there, for the reader to read with joy, and of a second clause.</p>
<h2>First part</h2>
<p>Another long paragraph, of some words here and there, for the reader to read with joy, and of a second clause.</p>
<h3>A smaller part</h3>
<p>And more of the same, which is good for the one who reads it, and it goes on for longer than anybody would.</p>
<h2>Second part</h2>
<p>The last of the lot, with many words in it to be kept by the cleaner, which keeps what looks like text.</p>
<ul><li>One of two items that are long enough, to be a sentence each<li>And the other one, which has as many words</ul>
</article><footer><div><p>One</div><div><p>Two<p>Three</div></footer>"""


@pytest.fixture(scope="module")
def page() -> Article:
    return clean_html(PAGE.encode())


def section(page: Article, words: str) -> list[str]:
    n = next(block.n for block in page.blocks if block.text.startswith(words))
    return [page.blocks[n - 1].text for n in sections.section_of(page, n)]


def test_a_menu_is_one_section_with_its_submenus(page: Article) -> None:
    for entry in ("Home", "Sub", "About"):
        assert section(page, entry) == ["Home", "Sub", "About"]


def test_a_footer_is_one_section_with_its_columns(page: Article) -> None:
    assert section(page, "Two") == ["One", "Two", "Three"]


def test_a_heading_takes_what_is_under_it_and_a_paragraph_what_its_heading_reaches(page: Article) -> None:
    texts = [block.text for block in page.kept]
    assert section(page, "First part") == texts[2:6]
    assert section(page, "Another long") == texts[2:6]
    assert section(page, "And more") == texts[4:6]
    assert section(page, "Second part") == texts[6:]


def test_an_item_takes_its_list(page: Article) -> None:
    assert len(section(page, "One of two items")) == 2


def test_what_was_taken_out_of_the_middle_parts_a_section(page: Article) -> None:
    n = next(block.n for block in page.blocks if block.text.startswith("A smaller"))
    parted = mending.apply(page, [mending.describe(page, n, Fate.STRIPPED)])
    assert section(parted, "A smaller") == ["A smaller part"]
    assert len(section(parted, "First part")) == 2


@pytest.mark.parametrize("words", ["Home", "Two", "First part", "One of two items"])
def test_what_was_mended_together_goes_back_together(page: Article, words: str) -> None:
    first = next(block for block in page.blocks if block.text.startswith(words))
    fate = Fate.STRIPPED if first.is_kept else Fate.KEPT
    together = sections.section_of(page, first.n)
    mended = mending.apply(page, [mending.describe(page, n, fate) for n in together])
    assert {n: sections.section_of(mended, n) for n in together} == dict.fromkeys(together, together)


def test_a_plain_text_has_no_elements_and_goes_by_its_fates() -> None:
    blocks = [Block(n, Kind.ITEM, f"Mënu {n}", fate=Fate.STRIPPED, reason=Reason.NAVIGATION) for n in range(1, 4)]
    page = Article((*blocks, Block(4, Kind.PARAGRAPH, "Text"), Block(5, Kind.PARAGRAPH, "More")), "")
    assert sections.section_of(page, 2) == range(1, 4)
    assert sections.section_of(page, 5) == range(4, 6)


def test_a_block_that_is_not_there_has_no_section(page: Article) -> None:
    for n in (0, len(page.blocks) + 1):
        with pytest.raises(UnknownId):
            sections.section_of(page, n)


@given(articles())
def test_a_section_holds_its_block_and_only_what_shares_its_fate(page: Article) -> None:
    for block in page.blocks:
        found = sections.section_of(page, block.n)
        assert block.n in found
        meant = {(page.blocks[n - 1].fate, page.blocks[n - 1].reason) for n in found}
        assert meant == {(block.fate, block.reason)}
