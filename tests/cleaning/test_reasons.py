"""Reasons: small pages on which a section's name, a line's words or a block's place alone would tell a wrong one."""

from __future__ import annotations

import pytest

from archive_viewer.cleaning import clean_html
from archive_viewer.model import Article, Reason

SENTENCE = "The council met on Monday evening and decided to rebuild the old harbour wall before the winter comes."
PROSE = "".join(f"<p>{SENTENCE} It was vote number {n}, and the members of the house agreed.</p>" for n in range(8))
TITLE = "Harbour wall 😀 to be rebuilt"
URL = "https://courier.example/wall"


def clean(body: str, url: str = URL) -> Article:
    head = f"<title>{TITLE} | The Courier</title>"
    return clean_html(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), url)


def reason(article: Article, text: str) -> Reason | None:
    """Why the first block with this text was stripped; it must be there, and the prose must be kept."""
    assert len([block for block in article.kept if SENTENCE in block.text]) >= 8
    return next(block.reason for block in article.blocks if block.text == text)


def page(before: str = "", inside: str = "", after: str = "") -> str:
    return f"{before}<main><div class=story><h1>{TITLE}</h1>{PROSE}</div>{inside}</main>{after}"


@pytest.mark.parametrize(
    "footer",
    [
        "<footer><nav><ul><li><a href=/x>X</a></li><li><a href=/jobs>Jobs</a></li></ul></nav></footer>",
        "<footer><div class='vcard'>X</div></footer>",
        "<div class=site-footer><ul class=footer-nav><li><a href=/x>X</a></li></ul></div>",
    ],
)
def test_what_stands_in_the_footer_of_the_page_is_its_footer(footer: str) -> None:
    assert reason(clean(page(after=footer)), "X") is Reason.FOOTER


def test_what_has_a_name_of_its_own_in_a_footer_keeps_it() -> None:
    body = page(after="<footer><div class=newsletter><p>X</p></div><div class=recommended-articles>Y</div></footer>")
    article = clean(body)
    assert (reason(article, "X"), reason(article, "Y")) == (Reason.SUBSCRIPTION, Reason.RELATED)


@pytest.mark.parametrize("foot", ["<footer><p>X</p></footer>", "<div class=card-footer><p>X</p></div>"])
def test_the_foot_of_a_post_is_not_the_footer_of_the_page(foot: str) -> None:
    other = PROSE.replace("vote", "motion")
    posts = f"<article><div>{PROSE}</div>{foot}</article><article><div>{other}</div></article>"
    article = clean(f"<main><h1>{TITLE}</h1>{posts}</main>", "https://board.example/threads/12")
    assert reason(article, "X") is Reason.OTHER


def test_the_next_page_is_pagination_but_what_is_leafed_through_is_not() -> None:
    cards = "".join(f"<h3><a href=/{n}>Harbour story number {n}</a></h3><p>{SENTENCE}</p>" for n in range(6))
    after = f"<div class=ajax_pagination_container>{cards}</div><div class=pagination><a href=/2>2</a></div>"
    article = clean(page(after=after))
    assert reason(article, "Harbour story number 1") is Reason.RELATED
    assert reason(article, "2") is Reason.PAGINATION


def test_a_menu_that_names_the_page_is_no_repetition() -> None:
    article = clean(page(before=f"<nav><ul><li><a href=/a>News</a></li><li><a href=/wall>{TITLE}</a></li></ul></nav>"))
    assert reason(article, TITLE) is Reason.NAVIGATION


def test_a_paragraph_that_is_said_twice_is_repeated() -> None:
    first = f"{SENTENCE} It was vote number 0, and the members of the house agreed."
    article = clean(page(after=f"<div><p>{first}</p></div>"))
    assert [block.reason for block in article.blocks if block.text == first] == [None, Reason.REPEATED]


def test_a_label_of_many_things_is_no_repetition() -> None:
    cards = "".join(f"<div><a href=/{n}><h3>Walls of town {n}</h3></a><p>Brand new</p></div>" for n in range(5))
    body = f"<main><div class=story><h1>{TITLE}</h1><p>Brand new</p>{PROSE}</div></main><div>{cards}</div>"
    article = clean(body)
    assert [block.is_kept for block in article.blocks if block.text == "Brand new"] == [True, *[False] * 5]
    assert Reason.REPEATED not in {block.reason for block in article.blocks if block.text == "Brand new"}


@pytest.mark.parametrize("box", ["<aside class=box>{}</aside>", "<aside><div class=toc>{}</div></aside>"])
def test_a_table_of_contents_at_the_side_is_navigation(box: str) -> None:
    links = "<ul><li><a href='#a'>How it began</a></li><li><a href='#b'>How it ended</a></li></ul>"
    assert reason(clean(page(after=box.format(links))), "How it began") is Reason.NAVIGATION


@pytest.mark.parametrize(
    "address", ["https://www.facebook.com/courier", "https://x.com/courier", "https://t.me/courier"]
)
@pytest.mark.parametrize("box", ["<aside>{}</aside>", "<div class=sidebar>{}</div>", "<nav>{}</nav>"])
def test_a_link_to_a_social_network_is_for_sharing_wherever_it_stands(address: str, box: str) -> None:
    links = f"<ul><li><a href='{address}'>13.2K</a></li><li><a href='/subscribe'>By letter</a></li></ul>"
    article = clean(page(before=box.format(links)))
    assert reason(article, "13.2K") is Reason.SHARE
    assert reason(article, "By letter") is not Reason.SHARE


def test_the_icons_in_a_footer_may_be_the_footer() -> None:
    body = page(after="<footer><ul><li><a href='https://www.facebook.com/courier'>Facebook</a></li></ul></footer>")
    assert reason(clean(body), "Facebook") is Reason.FOOTER


@pytest.mark.parametrize(
    ("box", "text", "expected"),
    [
        ("<div><h3>Ready for more?</h3><p>Subscribe</p></div>", "Ready for more?", Reason.SUBSCRIPTION),
        ("<div><p>We like biscuits.</p><p>Accept all cookies</p></div>", "We like biscuits.", Reason.CONSENT),
        ("<div><h2>Article written by:</h2><p>Jäne Doe</p></div>", "Article written by:", Reason.AUTHOR_BOX),
        ("<div><h2>Medically reviewed by Jäne Doe</h2></div>", "Medically reviewed by Jäne Doe", Reason.AUTHOR_BOX),
        ("<div><h2>More perspectives</h2><p>Walls elsewhere</p></div>", "Walls elsewhere", Reason.RELATED),
        ("<div><h2>Our offices</h2><p>Walls elsewhere</p></div>", "Walls elsewhere", Reason.OTHER),
        ("<div><p><a href=/privacy-policy>Small print</a></p></div>", "Small print", Reason.FOOTER),
        ("<div><p><a href=/walls>Walls elsewhere</a></p></div>", "Walls elsewhere", Reason.RELATED),
        ("<div><p><a href=/authors/jane-doe>Jäne</a></p></div>", "Jäne", Reason.AUTHOR_BOX),
    ],
)
def test_a_nameless_box_below_is_told_by_its_lines_and_links(box: str, text: str, expected: Reason) -> None:
    assert reason(clean(page(after=box)), text) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<p>X</p>", Reason.HEADER),
        ("<p><a href=/>X</a></p>", Reason.HEADER),
        ("<ul><li><a href=/x>X</a></li></ul>", Reason.NAVIGATION),
        ("<form><p>Search</p></form><p>X</p>", Reason.HEADER),
    ],
)
def test_a_header_holds_menus_as_well(line: str, expected: Reason) -> None:
    assert reason(clean(page(before=f"<header>{line}</header>")), "X") is expected


def test_the_contents_above_a_page_are_navigation_and_a_price_is_no_header() -> None:
    before = "<div><h4>Table of contents</h4></div><div><p>19 % off, now $74.95</p></div><div><p>Est. 1871</p></div>"
    article = clean(page(before=before))
    assert reason(article, "Table of contents") is Reason.NAVIGATION
    assert reason(article, "19 % off, now $74.95") is Reason.OTHER
    assert reason(article, "Est. 1871") is Reason.HEADER


def test_who_wrote_a_post_stands_beside_it_in_a_forum() -> None:
    posts = "".join(
        f"<article><aside><h3>Jäne {n}</h3><p>Member since 2009</p></aside><div>{PROSE}</div></article>"
        for n in range(2)
    )
    body = f"<main><h1>{TITLE}</h1>{posts}</main>"
    assert reason(clean(body, "https://board.example/threads/12"), "Jäne 0") is Reason.AUTHOR_BOX
    assert reason(clean(body), "Jäne 0") is Reason.RELATED
