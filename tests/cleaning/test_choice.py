"""The choice: small pages with the furniture that real ones have, and what must survive it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from archive_viewer.cleaning import clean_html
from archive_viewer.model import Article, Kind, Reason

SENTENCE = "The council met on Monday evening and decided to rebuild the old harbour wall before the winter comes."
PROSE = "".join(f"<p>{SENTENCE} It was vote number {n}, and the members of the house agreed.</p>" for n in range(8))
TITLE = "Harbour wall 😀 to be rebuilt"


def clean(
    body: str, head: str = f"<title>{TITLE} | The Courier</title>", url: str = "https://courier.example/wall"
) -> Article:
    return clean_html(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), url)


def reasons(article: Article) -> dict[str, str]:
    return {block.text: block.reason.value for block in article.blocks if block.reason}


def kept(article: Article) -> list[str]:
    return [block.text for block in article.kept]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<nav>X</nav>", Reason.NAVIGATION),
        ('<div role="navigation">X</div>', Reason.NAVIGATION),
        ('<ul class="mainMenu_navbar"><li>X</li></ul>', Reason.NAVIGATION),
        ('<div id="breadcrumbs">X</div>', Reason.NAVIGATION),
        ("<footer>X</footer>", Reason.FOOTER),
        ('<div class="site-copyright">X</div>', Reason.FOOTER),
        ("<aside>X</aside>", Reason.RELATED),
        ('<section class="related-posts">X</section>', Reason.RELATED),
        ('<div class="taboola">X</div>', Reason.RELATED),
        ('<div class="social-share">X</div>', Reason.SHARE),
        ('<div class="newsletter-box">X</div>', Reason.SUBSCRIPTION),
        ('<div id="cookie-banner">X</div>', Reason.CONSENT),
        ('<div class="advertisement">X</div>', Reason.ADVERT),
        ('<div class="author-bio">X</div>', Reason.AUTHOR_BOX),
        ('<div class="pagination">X</div>', Reason.PAGINATION),
        ('<div class="comments"><p>X</p></div>', Reason.COMMENTS),
        ('<div id="wm-ipp-base">X</div>', Reason.ARCHIVE_FURNITURE),
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "inside"])
def test_furniture_is_stripped_with_its_true_reason(html: str, reason: Reason, place: str) -> None:
    heading = f"<h1>{TITLE}</h1>"
    body = {
        "before": f"{html}<main>{heading}{PROSE}</main>",
        "after": f"<main>{heading}{PROSE}</main>{html}",
        "inside": f"<main>{heading}{PROSE}{html}</main>",
    }[place]
    article = clean(body)
    assert reasons(article)["X"] == reason.value
    assert len(kept(article)) == 9


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Related articles", Reason.RELATED),
        ("Читайте также", Reason.RELATED),
        ("相关阅读", Reason.RELATED),
        ("यह भी पढ़ें", Reason.RELATED),
        ("12 Comments", Reason.COMMENTS),
        ("Deja un comentario", Reason.COMMENTS),
    ],
)
@pytest.mark.parametrize("section", ["<div><h2>{}</h2><p>X</p></div>", "<h2>{}</h2><p>X</p>"])
def test_a_heading_names_the_furniture_under_it(heading: str, reason: Reason, section: str) -> None:
    article = clean(f"<main><h1>{TITLE}</h1>{PROSE}{section.format(heading)}<h2>Later</h2><p>{SENTENCE}</p></main>")
    assert reasons(article) == {heading: reason.value, "X": reason.value}


@pytest.mark.parametrize("heading", ["More on the cost", "Popular", "Further reading", "Join or merge", "Join"])
def test_a_heading_of_the_authors_own_names_no_furniture(heading: str) -> None:
    article = clean(
        f"<main><h1>{TITLE}</h1>{PROSE}<h2>{heading}</h2><p>Doe, <i>On walls</i>, 1990.</p><p>{SENTENCE}</p></main>"
    )
    assert {heading, "Doe, On walls, 1990.", SENTENCE} <= set(kept(article))


def test_comments_under_a_heading_may_be_longer_than_other_furniture() -> None:
    comments = "".join(f"<div class=q7><b>Jo{n}</b><p>{SENTENCE} So I think, number {n}.</p></div>" for n in range(6))
    article = clean(f"<main><h1>{TITLE}</h1>{PROSE}</main><div class=x9><h2>Kommentare (6)</h2>{comments}</div>")
    assert len(kept(article)) == 9


def test_sections_in_sections_each_have_their_own_reason() -> None:
    article = clean(
        f"<main><h1>{TITLE}</h1>{PROSE}</main>"
        "<div class=popup><p>X</p><div class=popup><p>Y</p><div class=nav>Z</div></div><p>Stay in touch</p></div>"
    )
    assert reasons(article) == {
        "X": Reason.SUBSCRIPTION,
        "Y": Reason.SUBSCRIPTION,
        "Z": Reason.NAVIGATION,
        "Stay in touch": Reason.SUBSCRIPTION,
    }


def test_front_matter_figures_and_standfirst_are_kept() -> None:
    article = clean(
        f"<header><a href=/>Home</a></header><div><header><h1>{TITLE}</h1><p>What the vote means.</p>"
        '<div class="byline">By Jäne Doe</div></header>'
        "<figure><img src=a.jpg><figcaption>The wall</figcaption></figure>"
        f"<div class=body>{PROSE}</div></div><footer>© The Courier</footer>"
    )
    assert [(block.kind, block.text) for block in article.kept[:5]] == [
        (Kind.TITLE, TITLE),
        (Kind.PARAGRAPH, "What the vote means."),
        (Kind.BYLINE, "By Jäne Doe"),
        (Kind.FIGURE, "\ufffc"),
        (Kind.CAPTION, "The wall"),
    ]
    assert reasons(article) == {"Home": "navigation", "© The Courier": "footer"}


def test_an_element_that_holds_the_article_is_no_furniture_whatever_its_class() -> None:
    article = clean(f'<div class="has-sidebar comments-open share"><h1>{TITLE}</h1>{PROSE}</div>')
    assert len(kept(article)) == 9


def test_comments_are_the_content_of_a_forum() -> None:
    posts = "".join(f'<div class="comment"><p>{SENTENCE} Post {n}.</p></div>' for n in range(9))
    body = f"<h1>{TITLE}</h1><p>Question: {SENTENCE}</p><div class=comments>{posts}</div>"
    assert len(kept(clean(body, url="https://board.example/forum/threads/12"))) == 11
    assert (
        reasons(clean(f"<h1>{TITLE}</h1>{PROSE}<div class=comments>{posts}</div>"))[f"{SENTENCE} Post 1."] == "comments"
    )


def test_folded_parts_of_the_content_are_content() -> None:
    article = clean(
        f"<main><h1>{TITLE}</h1>{PROSE}<h2>Why now?</h2><div hidden><p>{SENTENCE} Folded.</p></div>{PROSE}</main>"
    )
    assert f"{SENTENCE} Folded." in kept(article)


def test_hidden_menus_and_what_is_hidden_elsewhere_stay_hidden() -> None:
    links = "".join(f"<a href=/{n}>Long name of section number {n}</a> " for n in range(9))
    article = clean(
        f"<main><h1>{TITLE}</h1>{PROSE}<div hidden>{links}</div></main>"
        f"<div style='display:none'><p>{SENTENCE}</p></div>"
    )
    assert len(kept(article)) == 9
    assert set(reasons(article).values()) == {"hidden"}


def test_a_whole_page_behind_a_window_is_not_hidden() -> None:
    assert len(kept(clean(f'<div id=app aria-hidden="true"><h1>{TITLE}</h1>{PROSE}</div>'))) == 9


def test_copies_for_small_screens_are_stripped() -> None:
    article = clean(f"<main><h1>{TITLE}</h1>{PROSE}<p>{SENTENCE}</p><div class=mobile><p>{SENTENCE}</p></div></main>")
    assert [block.reason for block in article.blocks if block.text == SENTENCE] == [None, Reason.REPEATED]


def test_lists_of_links_stay_between_paragraphs_and_go_after_them() -> None:
    def links(name: str) -> str:
        return "<ul>" + "".join(f"<li><a href=/{name}{n}>{name} number {n}</a></li>" for n in range(4)) + "</ul>"

    article = clean(f"<main><h1>{TITLE}</h1>{PROSE}{links('source')}<p>{SENTENCE}</p>{links('more')}</main>")
    assert "source number 1" in kept(article)
    assert "more number 1" not in kept(article)


def test_a_table_of_contents_is_navigation() -> None:
    contents = "<ul>" + "".join(f'<li><a href="#p{n}">Part number {n}</a></li>' for n in range(4)) + "</ul>"
    article = clean(f"<main><h1>{TITLE}</h1><p>{SENTENCE}</p>{contents}{PROSE}</main>")
    assert reasons(article)["Part number 1"] == "navigation"


def test_a_table_keeps_all_of_its_cells_or_none() -> None:
    rows = "".join(f"<tr><td><a href=/{n}>Member number {n} of the house</a><td>yes</tr>" for n in range(6))
    article = clean(f"<main><h1>{TITLE}</h1>{PROSE}<table><tr><th>Member<th>Vote{rows}</table></main>")
    fates = {block.fate for block in article.blocks if block.cell}
    assert len(fates) == 1


def test_a_table_that_lays_out_a_short_page_does_not_empty_it() -> None:
    links = "".join(f"<a href=/{n}>Section {n}</a><br>" for n in range(6))
    article = clean(
        f"<table><tr><td>{links}<td><b>{TITLE}</b><br>{SENTENCE}<br><br>{SENTENCE} Twice."
        "<tr><td><a href=/>Home</a><td>© 2001 The Courier</table>"
    )
    assert f"{SENTENCE} Twice." in kept(article)


@pytest.mark.parametrize(
    ("between", "url"),
    [(PROSE, "https://courier.example/wall"), ("<p>Set the option.</p>", "https://docs.example/api/wall")],
)
def test_a_listing_keeps_all_of_its_lines_or_none(between: str, url: str) -> None:
    code = "".join(f"<span>let a{n} = {n};</span>\n\n{{\n  g();\n}}\n" for n in range(15))
    article = clean(
        f"<nav><a href=/>Home</a></nav><main><h1>{TITLE}</h1><p>Use it so.</p><pre>{code}</pre><h2>Other</h2>{between}"
        f"<pre>{code}</pre></main>",
        url=url,
    )
    lines = [block for block in article.blocks if block.kind is Kind.CODE]
    assert len(lines) == 150
    assert len({line.fate for line in lines[:75]}) == len({line.fate for line in lines[75:]}) == 1
    assert Reason.REPEATED not in {line.reason for line in lines}


def test_pictures_in_a_row_stay_between_paragraphs() -> None:
    pictures = "".join(f'<figure><img src="/{n}.jpg"></figure>' for n in range(9))
    more = "".join(f"<p>{SENTENCE} So said speaker {n}, who had come from the town.</p>" for n in range(8))
    article = clean(f"<main><h1>{TITLE}</h1>{PROSE}{pictures}{more}</main>")
    assert [block.kind for block in article.kept].count(Kind.FIGURE) == 9


def test_pictures_over_the_title_and_below_the_last_paragraph_are_kept() -> None:
    last = "".join(f"<figure><img src={n}.jpg></figure>" for n in range(3))
    article = clean(
        f"<nav><a href=/><img src=logo.png></a></nav><main><figure><img src=hero.jpg></figure><h1>{TITLE}</h1>"
        f"{PROSE}{last}</main><footer><img src=seal.png></footer>"
    )
    assert [picture.source.rpartition("/")[2] for block in article.kept for picture in block.pictures] == [
        *("hero.jpg", "0.jpg", "1.jpg", "2.jpg")
    ]


def test_pictures_are_no_copies_of_each_other() -> None:
    icons = "".join(f'<p><a href="/{n}"><img src="/{n}.png"></a></p>' for n in range(5))
    article = clean(
        f"<main><h1>{TITLE}</h1>{PROSE}<figure><img src=wall.jpg></figure><p>{SENTENCE}</p></main>"
        f"<footer>{icons}</footer>"
    )
    assert "\ufffc" in kept(article)
    assert Reason.REPEATED not in {block.reason for block in article.blocks}


@pytest.mark.parametrize("body", ["<p><img src=a.jpg></p><p><img src=b.jpg></p>", "<p>😀😀</p>", "<p>…</p>"])
def test_a_page_without_words_is_kept(body: str) -> None:
    article = clean(body, "")
    assert len(kept(article)) == len(article.blocks) > 0


def test_a_listing_keeps_its_items() -> None:
    cards = "".join(
        f'<article class="card"><h2><a href=/{n}>Bridge number {n} closed</a></h2><p>Only {n} left.</p></article>'
        for n in range(12)
    )
    article = clean(f"<nav><a href=/>Home</a></nav><main><h1>All news</h1>{cards}</main>", "<title>All news</title>")
    assert {f"Bridge number {n} closed" for n in range(12)} <= set(kept(article))


def test_posts_that_stand_in_noscript_are_read() -> None:
    article = clean(f"<div id=app>Loading</div><noscript><h1>{TITLE}</h1>{PROSE}</noscript>")
    assert len([text for text in kept(article) if text.startswith(SENTENCE)]) == 8


def test_posts_in_noscript_are_read_beside_the_words_of_an_empty_shell() -> None:
    shell = "<p>This forum needs scripts. Sign in or register. " + "A bar of buttons and notices. " * 12
    article = clean(
        f"<div id=app>{shell}</div><noscript><style>x{'y' * 9_000}</style><h1>{TITLE}</h1>{PROSE}</noscript>"
    )
    assert len([text for text in kept(article) if text.startswith(SENTENCE)]) == 8


def test_noscript_beside_an_article_is_not_read() -> None:
    article = clean(f"<h1>{TITLE}</h1>{PROSE}<noscript><p>Shown without scripts only. {'More of it. ' * 60}</noscript>")
    assert not [block for block in article.blocks if "without scripts" in block.text]


@pytest.mark.parametrize(
    "text",
    [
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Access Denied",
        "Access to this page has been denied.",
        "このページを表示するには JavaScript を有効にしてください。",
        "Please enable JavaScript to continue.",
        "Checking your browser before you proceed.",
    ],
)
def test_an_empty_shell_answers_nothing(text: str) -> None:
    article = clean(f"<div><h1>courier.example</h1><p>{text}</p></div>", "<title>courier.example</title>")
    assert article.text == ""
    assert {block.reason for block in article.blocks} == {Reason.OTHER}


@pytest.mark.parametrize(
    "text",
    [
        "Reporters met access denied signs at the gate of the harbour on Monday.",
        "Stay just a moment, said the sea, and look upon the wall with me.",
        "The new wall keeps out unusual traffic, the council said.",
        "設定画面を開き、通知を有効にしてから保存してください。",
    ],
)
def test_a_short_page_that_only_sounds_like_a_wall_is_kept(text: str) -> None:
    assert text in kept(clean(f"<h1>{TITLE}</h1><p>{text}</p>"))


def test_a_page_that_would_be_empty_keeps_what_nothing_names() -> None:
    links = "".join(f"<li><a href=/{n}>Bridge number {n} closed</a></li>" for n in range(9))
    article = clean(f"<nav>Home</nav><div><h2>Related</h2><ul>{links}</ul></div>", "")
    assert "Bridge number 1 closed" in kept(article)
    assert "Home" not in kept(article)


def test_a_short_page_is_kept_whole() -> None:
    assert clean("<p>Harbour closed today.", "").text == "Harbour closed today."


def test_the_same_page_is_judged_alike_whatever_the_hash_seed() -> None:
    html = '<div class="share related comment-nav newsletter modal">X</div>' * 3 + f"<h1>{TITLE}</h1>{PROSE}"
    program = (
        "import sys; from archive_viewer.cleaning import clean_html;"
        "print([(b.reason, b.anchor, b.spans) for b in clean_html(sys.stdin.buffer.read()).blocks])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=html.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1


def test_a_refrain_is_no_copy() -> None:
    verses = "".join(f"<p>{SENTENCE} Verse {n}.</p><p>{SENTENCE}</p>" for n in range(4))
    assert kept(clean(f"<main><h1>{TITLE}</h1>{verses}</main>")).count(SENTENCE) == 4


def test_paragraphs_behind_a_paywall_are_the_article() -> None:
    article = clean(f"<article><h1>{TITLE}</h1>{PROSE}{PROSE.replace('<p>', '<p class=paywall>And ')}</article>")
    assert len(kept(article)) == 17


def test_headlines_beside_a_short_article_in_another_language_go() -> None:
    sentences = (
        "Padome pirmdienas vakarā nolēma līdz ziemai atjaunot veco ostas mūri un piešķīra tam vajadzīgo naudu.",
        "Mūris celts pirms simt gadiem, un pērn vētra tajā izsita plašu robu, pa kuru tagad jūra ieplūst ielās.",
        "Pret lēmumu balsoja trīs deputāti, kuri uzskata, ka jālabo tilts, jo bez tā darbnīcas nevar sasniegt krastu.",
        "Darbi sāksies maijā, tos vadīs inženiere no Liepājas, un zvejnieki varēs lietot kaimiņu piestātni bez maksas.",
    )
    prose = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    teaser = (
        "<article><figcaption><a href=/{0}>Pilsētas {0}. skolā sākas jauns gads, gaida {0}7 bērnus</a></figcaption>"
    )
    teasers = "".join(map(teaser.format, range(60)))
    article = clean(f"<section><article><h1>{TITLE}</h1><div>{prose}</div></article></section><div>{teasers}</div>")
    assert len(kept(article)) == 5
