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

    @pytest.mark.parametrize(
        ("head", "body", "value"),
        [
            # The only first heading is the title though the metadata calls the page something else …
            (
                "<title>The best ten walls of the harbour</title>",
                "<h1>Walls of the harbour, ranked</h1>",
                "Walls of the harbour, ranked",
            ),
            (
                "<title>Headlamps for climbers | Shop</title>",
                "<h3>What are headlamps for?</h3><h1>Headlamps</h1>",
                "Headlamps",
            ),
            # … but not when it shares nothing with it, or names what the page is a part of.
            ("<title>How walls are built</title>", "<h1>A word from our founder</h1>", "How walls are built"),
            ("<title>Mortar - The Book of Walls</title>", "<h1>The Book of Walls</h1><h2>Mortar</h2>", "Mortar"),
            ("<title>Walls of Köln</title>", "<h1>Walls of Köln | For masons</h1>", "Walls of Köln"),
            ("<title>Walls of Köln | Masons since 1890 | Best prices</title>", "", "Walls of Köln"),
        ],
    )
    def test_headings_and_what_the_page_is_called(self, head: str, body: str, value: str) -> None:
        article = clean(head, body + PROSE)
        assert article.title
        assert article.title.value == value

    def test_a_question_that_a_page_answers_is_not_its_title(self) -> None:
        faq = linked_data(
            **{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "How high is the wall?"}]}
        )
        article = clean(f"<title>Tïtle 😀 of the page</title>{faq}", f"<h3>How high is the wall?</h3>{PROSE}")
        assert article.title
        assert article.title.value == "Tïtle 😀 of the page"

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

    @pytest.mark.parametrize(
        "meta",
        [
            '<meta name="twitter:label1" content="Verfasst von"><meta name="twitter:data1" content="Jäne Doe">',
            linked_data(**{"@type": "WebPage", "author": {"name": "Jäne Doe"}}),
            '<meta name="parsely-author" content="Jäne Doe">',
        ],
    )
    def test_more_statements_of_machines(self, meta: str) -> None:
        authors = clean(meta).authors
        assert authors
        assert authors.value == ["Jäne Doe"]

    def test_what_a_reading_takes_is_no_author(self) -> None:
        meta = '<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="3 minutes">'
        assert clean(meta).authors is None

    @pytest.mark.parametrize(
        ("name", "names"),
        [
            ("aawoods", ["aawoods"]),
            ("The Wall Team", ["The Wall Team"]),
            ("user3080392", ["user3080392"]),
            ("jäne doe", ["jäne doe"]),
        ]
        + [(nobody, []) for nobody in ("admin", "Senior Editor", "undefined", "https://a.test/jane", "Staff")],
    )
    def test_machines_are_told_accounts_and_houses(self, name: str, names: list[str]) -> None:
        authors = clean(linked_data(author={"@type": "Person", "name": name})).authors
        assert (authors.value if authors else []) == names

    def test_a_site_signs_articles_only(self) -> None:
        site = '<meta property="og:site_name" content="The Cöurier"><meta name="author" content="The Cöurier">'
        signed = clean(f'{site}<meta property="og:type" content="article">').authors
        assert signed
        assert signed.value == ["The Cöurier"]
        assert clean(site).authors is None

    def test_who_began_a_thread(self) -> None:
        posts = "".join(
            f'<div><a href="/members/{name}.1">{name}</a><time datetime="2021-05-0{day}">x</time>{PROSE}</div>'
            for day, name in enumerate(("wäller3", "mason"), 3)
        )
        article = clean(
            "<title>My wall leaks</title>", f"<h1>My wall leaks</h1>{posts}", "https://a.example/forums/t/1"
        )
        assert article.authors
        assert article.authors.value == ["wäller3"]
        assert article.published
        assert article.published.value == "2021-05-03"

    @pytest.mark.parametrize(
        ("cards", "names"),
        [(["Jäne Doe"], ["Jäne Doe"]), (["Jäne Doe", "Jäne Doe"], ["Jäne Doe"]), (["Jäne Doe", "Tim Öz"], [])],
    )
    def test_the_one_name_that_a_page_classes_so(self, cards: list[str], names: list[str]) -> None:
        boxes = "".join(f'<div><span class="post-author__name">{name}</span></div>' for name in cards)
        authors = clean("", f"<h1>Wall</h1>{PROSE}{PROSE.replace('council', 'mayor')}{boxes}").authors
        assert (authors.value if authors else []) == names


class TestDates:
    def test_readers_are_shown_the_day_where_they_are(self) -> None:
        stated = linked_data(datePublished="2021-05-04T02:30:00Z")
        article = clean(stated, f"<h1>Harbour wall</h1><p>May 3, 2021</p>{PROSE}")
        assert article.published == Fact("2021-05-03", Source.STATED, "byline in the text")
        article = clean(stated, f"<h1>Harbour wall</h1><p>May 2, 2021</p>{PROSE}")
        assert article.published
        assert article.published.value == "2021-05-04"
        assert article.published.doubt

    def test_the_day_of_a_change_is_not_that_of_publication(self) -> None:
        dated = "<p>Updated May 9, 2021</p><p>May 3, 2021</p>"
        article = clean("", f"<h1>Harbour wall</h1>{dated}{PROSE}")
        assert article.published == Fact("2021-05-03", Source.STATED, "byline in the text")
        assert article.modified == Fact("2021-05-09", Source.STATED, "byline in the text")

    def test_a_signed_page_that_states_a_change_only(self) -> None:
        article = clean("", f"<h1>Harbour wall</h1><p>By Jäne Doe</p><p>Updated May 9, 2021</p>{PROSE}")
        assert article.published == Fact(
            "2021-05-09", Source.INFERRED, "byline in the text", "The page says only when it was last changed."
        )

    def test_the_day_of_a_teaser_is_not_the_pages(self) -> None:
        teaser = '<h2><a href="/other">Another wall</a></h2><p>By Tim Öz</p><p>May 3, 2021</p>'
        article = clean("", f"<h1>Walls</h1>{teaser}{teaser}{PROSE}")
        assert article.published is None
        assert article.authors is None

    @pytest.mark.parametrize(
        ("line", "day"),
        [
            ("Published on May 3, 2021", "2021-05-03"),
            ("Veröffentlicht am 3. Mai 2021", "2021-05-03"),
            ("发布时间：2021年5月3日", "2021-05-03"),
            ("May 3, 2021", ""),
            ("Joined May 3, 2021", ""),
        ],
    )
    def test_a_day_far_from_the_title_counts_where_the_page_says_what_it_is(self, line: str, day: str) -> None:
        other = PROSE.replace("council", "mayor")
        article = clean("", f"<h1>Harbour wall</h1>{PROSE}{other}<p>{line}</p>{PROSE.replace('council', 'queen')}")
        assert (article.published.value if article.published else "") == day

    def test_a_time_that_is_shown_as_two_days_ago(self) -> None:
        article = clean("", f'<h1>Wall</h1><p><time datetime="2021-05-03T10:00">2 days ago</time></p>{PROSE}')
        assert article.published
        assert article.published.value == "2021-05-03"

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
