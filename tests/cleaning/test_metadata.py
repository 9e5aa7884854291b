"""Facts of a page: each with who says so, none invented."""

from __future__ import annotations

import json

import pytest

from archive_viewer.cleaning import clean_html
from archive_viewer.model import Article, Fact, Kind, Source

PROSE = (
    "<p>" + "The council met on Monday evening and decided to rebuild the old harbour wall before winter. " * 6 + "</p>"
)
URL = "https://www.courier.example/2021/wall"


def clean(head: str, body: str = f"<h1>Harbour wall 😀 to be rebuilt</h1>{PROSE}", url: str = URL) -> Article:
    return clean_html(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), url)


def linked_data(**values: object) -> str:
    stated = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(stated)}</script>'


class TestTitle:
    @pytest.mark.parametrize(
        ("title", "value"),
        [
            ("Köln floods - The Courier", "Köln floods"),
            ("The Courier | Köln floods", "Köln floods"),
            ("Köln floods — courier.example", "Köln floods"),
            ("Köln floods: what we know - and what not", "Köln floods: what we know - and what not"),
        ],
    )
    def test_the_site_is_no_part_of_it(self, title: str, value: str) -> None:
        article = clean(f'<title>{title}</title><meta property="og:site_name" content="The Courier">', PROSE)
        assert article.title == Fact(value, Source.STATED, "title element")

    def test_the_heading_wins_where_it_says_the_same(self) -> None:
        article = clean("<title>Harbour wall 😀 to be rebuilt - The Courier</title>")
        assert article.title == Fact("Harbour wall 😀 to be rebuilt", Source.STATED, "h1 heading")

    def test_a_heading_that_is_the_sites_name_is_not_it(self) -> None:
        article = clean("<title>Köln floods</title>", f"<h1>Courier</h1>{PROSE}")
        assert article.title
        assert article.title.value == "Köln floods"
        assert all(block.kind is not Kind.TITLE for block in article.blocks)

    def test_a_page_that_has_none_states_none(self) -> None:
        assert clean("", PROSE).title is None


class TestAuthors:
    def test_linked_data_states_names(self) -> None:
        article = clean(
            linked_data(author=[{"@type": "Person", "name": "Jäne Doe"}, {"name": "Tim O&#39;Neill, Editor"}])
        )
        assert article.authors == Fact(["Jäne Doe", "Tim O'Neill"], Source.STATED, "JSON-LD author")

    def test_linked_data_names_by_reference(self) -> None:
        graph = [
            {"@type": "Article", "headline": "x", "author": {"@id": "#p"}},
            {"@type": "Person", "@id": "#p", "name": "Jäne Doe"},
        ]
        article = clean(f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>')
        assert article.authors
        assert article.authors.value == ["Jäne Doe"]

    @pytest.mark.parametrize(
        "byline",
        [
            "<p>By Jäne Doe, Staff Writer | May 3, 2021</p>",
            '<div class="byline">Jäne Doe <a href="/all">View more posts</a></div>',
            '<p><img src="a.png"> <a href="/authors/jaene-doe">Jäne Doe</a></p>',
            '<div><span class="author-name">Jäne Doe</span> Senior reporter</div>',
        ],
    )
    def test_bylines_in_the_text(self, byline: str) -> None:
        article = clean("", f"<h1>Harbour wall to be rebuilt</h1>{byline}{PROSE}")
        assert article.authors == Fact(["Jäne Doe"], Source.STATED, "byline in the text")
        assert [block.is_kept for block in article.blocks if block.kind is Kind.BYLINE] == [True]

    @pytest.mark.parametrize(
        ("meta", "names"),
        [
            ('<meta name="author" content="Jäne Doe">', ["Jäne Doe"]),
            ('<meta name="citation_author" content="Öz, Ünal"><meta name="citation_author" content="Doe, Jäne">', None),
            ('<meta property="article:author" content="https://social.example/jane">', []),
            ('<meta name="author" content="admin">', []),
            ('<meta name="author" content="The Courier"><meta property="og:site_name" content="The Courier">', []),
        ],
    )
    def test_meta_elements(self, meta: str, names: list[str] | None) -> None:
        authors = clean(meta).authors
        assert (authors.value if authors else []) == (["Ünal Öz", "Jäne Doe"] if names is None else names)


class TestDates:
    def test_linked_data_first_and_a_later_change_apart(self) -> None:
        article = clean(linked_data(datePublished="2021-05-03T23:30:00-07:00", dateModified="2021-06-01"))
        assert article.published == Fact("2021-05-03", Source.STATED, "JSON-LD datePublished")
        assert article.modified == Fact("2021-06-01", Source.STATED, "JSON-LD dateModified")

    def test_statements_that_disagree_are_doubted(self) -> None:
        article = clean(
            linked_data(datePublished="2021-05-03") + '<meta property="article:published_time" content="2021-05-09">'
        )
        assert article.published
        assert article.published.doubt == "The page also states 2021-05-09 (meta article:published_time)."

    def test_a_day_between_zones_is_no_disagreement(self) -> None:
        article = clean(linked_data(datePublished="2021-05-03") + '<meta name="date" content="2021-05-04">')
        assert article.published == Fact("2021-05-03", Source.STATED, "JSON-LD datePublished")

    def test_a_weekday_that_does_not_fit_is_doubted(self) -> None:
        article = clean("", f"<h1>Harbour wall</h1><p>By Jäne Doe, Tuesday, November 21, 2021</p>{PROSE}")
        assert article.published == Fact(
            "2021-11-21",
            Source.STATED,
            "byline in the text",
            "The page says Tuesday, but 21 November 2021 was a Sunday.",
        )

    @pytest.mark.parametrize(
        "body",
        [
            f"<h1>Wall</h1>{PROSE}<footer>© 2019 The Courier, updated 3 May 2020</footer>",
            f"<h1>Wall</h1>{PROSE}<p>On 3 May 2020 the wall fell.</p>",
        ],
    )
    def test_none_is_invented(self, body: str) -> None:
        assert clean("", body, "https://www.courier.example/2018/04/03/wall").published is None

    def test_a_time_element_of_the_publication(self) -> None:
        article = clean("", f'<h1>Wall</h1><time itemprop="datePublished" datetime="2021-05-03">May</time>{PROSE}')
        assert article.published == Fact("2021-05-03", Source.STATED, "microdata datePublished")


class TestSiteLanguageAddress:
    def test_what_the_page_states(self) -> None:
        article = clean_html(
            (
                '<html lang="en_us"><meta property="og:site_name" content="The Cöurier">'
                f'<link rel="canonical" href="/2021/wall-2">{PROSE}'
            ).encode(),
            URL,
        )
        assert article.site_name == Fact("The Cöurier", Source.STATED, "meta og:site_name")
        assert article.language == Fact("en-US", Source.STATED, "html lang")
        assert article.canonical_url == Fact(
            "https://www.courier.example/2021/wall-2", Source.STATED, "link rel=canonical"
        )

    def test_a_language_is_inferred_or_doubted_by_the_words(self) -> None:
        hindi = "<p>" + "काउंसिल ने सोमवार शाम को बंदरगाह की पुरानी दीवार को फिर से बनाने का फैसला किया है। " * 5
        assert clean("", hindi).language == Fact("hi", Source.INFERRED, "the words of the text")
        stated = clean_html(f'<html lang="en">{hindi}'.encode()).language
        assert stated
        assert (stated.value, stated.doubt) == ("en", "The text looks Hindi, the page says English.")

    @pytest.mark.parametrize("lang", ["{{ lang }}", "", "x", "1"])
    def test_what_is_no_language_is_not_stated(self, lang: str) -> None:
        language = clean_html(f'<html lang="{lang}">{PROSE}'.encode()).language
        assert language == Fact("en", Source.INFERRED, "the words of the text")


@pytest.mark.parametrize(
    "script", ["", "[", "null", '"x"', '{"@type": 7, "author": {"name": {}}}', "<!-- {} -->", "[[[]]]"]
)
def test_broken_linked_data_is_passed_over(script: str) -> None:
    assert clean(f'<script type="application/ld+json">{script}</script>').authors is None
