"""Rules for sites: by what a block is known on the next page, and whose word holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive_viewer.cleaning import clean_html, mending, site_rules
from archive_viewer.errors import BadPassage
from archive_viewer.model import Article, Block, Decider, Fate, Kind, Likeness, SiteRule

PAGE = """<html><body class="home post-{number}"><main>
<div class="teaser-{number} promo sc-bdVaJa"><h3>More from us</h3><ul><li>Tïtle {number} 😀 of another page, which is
long enough to be taken for a part of the text by a cleaner that errs</ul></div>
<div id="story" class="css-{number}ab">
<p>One long paragraph of page {number}, here and there, for the reader to read with joy, and of a second clause.</p>
<p>Written for you by our staff, who would be glad to hear what you think of it, whatever that may be.</p></div></main>
<p>Ünder the story</p>"""


def page(number: int) -> Article:
    return clean_html(PAGE.format(number=number).encode())


def block(article: Article, words: str) -> Block:
    return next(block for block in article.blocks if words in block.text)


def rule(article: Article, words: str, fate: Fate, likeness: Likeness = Likeness.PLACE, is_on: bool = True) -> SiteRule:
    keys = site_rules.keys_of(article, [block(article, words).n], likeness)
    return SiteRule("r", "example.com", fate, likeness, keys, "", is_on, "")


def test_a_signature_has_what_a_template_writes_and_no_number_or_built_name() -> None:
    assert block(page(1), "Tïtle").signature == "main div.promo/ul/li"
    assert block(page(1), "long paragraph").signature == "main div.story/p"
    assert block(page(1), "Ünder").signature == "body/p"


def test_a_rule_by_place_holds_on_the_next_page_and_leaves_the_rest() -> None:
    for fate in Fate:
        after = site_rules.apply(page(2), [rule(page(1), "Tïtle", fate)])
        assert block(after, "Tïtle").fate is fate
        assert block(after, "Tïtle").decided_by is Decider.RULE
        assert (block(after, "Tïtle").reason is None) == (fate is Fate.KEPT)
        others = [b for b in after.blocks if "Tïtle" not in b.text]
        assert others == [b for b in page(2).blocks if "Tïtle" not in b.text]


def test_a_rule_by_words_holds_wherever_the_words_stand() -> None:
    moved = clean_html(
        b"<p>Written for you by our staff, who would be glad to hear what you think of it, whatever that may be."
    )
    after = site_rules.apply(moved, [rule(page(1), "Written", Fate.STRIPPED, Likeness.WORDS)])
    assert not after.kept
    assert block(site_rules.apply(page(2), [rule(page(1), "Tïtle", Fate.STRIPPED, Likeness.WORDS)]), "Tïtle") == block(
        page(2), "Tïtle"
    )


def test_the_later_rule_holds_and_one_that_is_off_does_not() -> None:
    place, words = (rule(page(1), "Written", Fate.STRIPPED, likeness) for likeness in Likeness)
    kept = replace(words, fate=Fate.KEPT)
    assert block(site_rules.apply(page(1), [place, kept]), "Written").is_kept
    assert not block(site_rules.apply(page(1), [kept, place]), "Written").is_kept
    assert block(site_rules.apply(page(1), [kept, replace(place, is_on=False)]), "Written").is_kept
    off = replace(place, is_on=False)
    assert site_rules.apply(page(1), [off]) == page(1)


def test_the_mend_of_a_page_goes_before_a_rule() -> None:
    ruled = site_rules.apply(page(1), [rule(page(1), "Written", Fate.STRIPPED)])
    mended = mending.apply(ruled, [mending.describe(ruled, block(ruled, "Written").n, Fate.KEPT)])
    assert block(mended, "Written").decided_by is Decider.PERSON
    assert block(mended, "Written").is_kept


def test_what_has_neither_place_nor_words_makes_no_rule() -> None:
    bare = Article((Block(1, Kind.FIGURE, ""),), "")
    for likeness in Likeness:
        with pytest.raises(BadPassage):
            site_rules.keys_of(bare, [1], likeness)


def test_a_sample_is_short() -> None:
    article = page(1)
    sample = site_rules.sample_of(article, range(1, len(article.blocks) + 1))
    assert sample.startswith("More from us / Tïtle 1 😀")
    assert len(sample) <= site_rules.SAMPLE_CHARACTERS
