"""Hostile pages: bounded time, no recursion, nothing lost that a reader would see."""

from __future__ import annotations

import time

import pytest

from archive_viewer import cleaning, limits
from archive_viewer.cleaning import clean_html
from archive_viewer.model import Article, Capture, Fact, Format, Source

SECONDS = 10
"""No page of these may take longer, on a slow and busy machine."""


def clean(page: str | bytes) -> Article:
    started = time.process_time()
    article = clean_html(page.encode("utf-8", "surrogatepass") if isinstance(page, str) else page)
    assert time.process_time() - started < SECONDS
    return article


def all_text(article: Article) -> str:
    return "\n".join(block.text for block in article.blocks)


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "span", "x-y", "ruby><rt"])
def test_a_page_nested_a_hundred_thousand_deep_is_read(tag: str) -> None:
    article = clean(f"<p>before</p>{f'<{tag}>' * 100_000}Tïef 😀" + "</div>" * 100_000 + "<p>after")
    for word in ("before", "Tïef 😀", "after"):
        assert word in all_text(article)


def test_a_drawing_left_open_does_not_swallow_the_page() -> None:
    article = clean(f"<p>before</p>{'<svg><path>' * 500}<p>after")
    assert [block.text for block in article.blocks] == ["before", "after"]


def test_elements_left_open_and_closed_at_random_are_read() -> None:
    article = clean("<p>start" + "<i><div></i><em><section></em>" * 30_000 + "<p>end")
    assert "start" in all_text(article)
    assert "end" in all_text(article)


def test_many_elements_that_never_close_do_not_nest() -> None:
    assert clean("<p>" + "a<wbr>" * 5_000 + "z</p>").text == "a" * 5_000 + "z"


def test_an_attribute_of_twenty_million_characters_is_harmless() -> None:
    article = clean('<p title="' + "a" * 20_000_000 + '">one</p><img src="data:' + "b" * 20_000_000 + '"><p>two')
    assert [block.text for block in article.blocks if not block.pictures] == ["one", "two"]


def test_a_tag_of_many_attributes_is_thinned() -> None:
    assert clean("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">one</p>").text == "one"


def test_entities_do_not_expand() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "' + "&a;" * 1000 + '"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    article = clean(f"<?xml version='1.0' encoding='latin-1'?>{bomb}<p>é &b; &f; end</p>")
    assert "é &b; &f; end" in all_text(article)


def test_composing_a_million_marks_takes_no_quadratic_time() -> None:
    article = clean("<p>a" + "\u0301\u0316" * 300_000 + "b</p>")
    assert article.text.startswith("á")
    assert article.text.endswith("b")


def test_a_long_text_is_cut_into_blocks() -> None:
    article = clean("<p>" + "wörd " * 500_000 + "<b>end</b></p>")
    assert all(len(block.text) <= limits.BLOCK_CHARACTERS for block in article.blocks)
    assert all_text(article).split() == ["wörd"] * 500_000 + ["end"]
    last = article.blocks[-1]
    assert [last.text[span.start : span.end] for span in last.spans] == ["end"]


def test_more_blocks_than_the_limit_share_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BLOCKS", 2_000)
    article = clean("<p>x" * (limits.BLOCKS + 500) + "<p>end")
    assert limits.BLOCKS <= len(article.blocks) <= limits.BLOCKS + 10
    assert all_text(article).split() == ["x"] * (limits.BLOCKS + 500) + ["end"]


def test_lines_of_code_without_end_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BLOCKS", 2_000)
    article = clean("<pre>a" + "\n" * 500_000 + "b</pre>")
    assert len(article.blocks) <= limits.BLOCKS + 10
    assert all_text(article).split() == ["a", "b"]


@pytest.mark.parametrize("page", ["", " ", "<!-- -->", "<", "plain", "<?xml", "\ufeff", "<body hidden>plain</body>"])
def test_nearly_nothing_is_read_as_what_it_is(page: str) -> None:
    assert clean(page).text in ("", "plain", "<")


def test_a_page_of_broken_bytes_is_read() -> None:
    data = bytes(range(256)) * 50
    capture = Capture(Format.HTML, data, "text/html", Fact("utf-8", Source.INFERRED, "guess"))

    assert "ABC" in all_text(cleaning.clean(capture))


def test_xhtml_closes_its_own_elements() -> None:
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><script src="x"/><p><a name="n"/>one</p><div/>two</html>'
    capture = Capture(Format.HTML, page, "application/xhtml+xml", Fact("utf-8", Source.STATED, "header"))

    assert [block.text for block in cleaning.clean(capture).blocks] == ["one", "two"]


def test_json_ld_nested_without_end_is_ignored() -> None:
    article = clean(f'<script type="application/ld+json">{"[" * 200_000}</script><p>one')
    assert article.text == "one"


@pytest.mark.parametrize("tag", ["article", "main", "section", "header", "figure", "x-story", "div", "p"])
@pytest.mark.parametrize("end", ["", "<body><p>The second paragraph.</p></body>"])
def test_what_no_head_may_hold_begins_the_body(tag: str, end: str) -> None:
    page = f"<!doctype html><title>T</title><meta name=author content=N><{tag}>The first words.</{tag}>{end}"
    texts = [block.text for block in clean_html(page.encode()).blocks]
    assert texts == ["The first words.", *(["The second paragraph."] if end else [])]


@pytest.mark.parametrize("control", ["\f", "\v", "\x01", "&#12;", "&#1;", "&#xFFFE;", "\uffff"])
@pytest.mark.parametrize(
    "page", ["<title>t</title><article>one</article><body>two{}three", "<iframe srcdoc='two{}three'></iframe>one"]
)
def test_what_no_xml_may_hold_is_no_reason_to_stop(control: str, page: str) -> None:
    text = all_text(clean(page.format(control)))
    assert all(word in text for word in ("one", "two", "three"))


@pytest.mark.parametrize("page", ["<p>one<pre>\t<g>", "one<p>\u200b<x-y>", "\u00ad<x-y><p>one</x-y>"])
def test_elements_within_a_text_that_nobody_sees(page: str) -> None:
    assert clean(page).text == "one"


@pytest.mark.parametrize(
    "page",
    [
        "<x-y><template shadowrootmode=open><p>in the shadow</p></template></x-y>",
        "<x-y><template shadowmode=open shadowdelegatesfocus><p>in the shadow</p></template></x-y>",  # Chromium's MHTML
        "<x-y><template data-savepage-shadowroot><p>in the shadow</p></template></x-y>",
        "<x-y data-scrapbook-shadowdom='<p>in the shadow</p>'></x-y>",
        "<x-y data-scrapbook-shadowdom='<z-z data-scrapbook-shadowdom=\"&lt;p&gt;in the shadow\"></z-z>'></x-y>",
    ],
)
def test_shadow_trees_as_savers_keep_them(page: str) -> None:
    assert "in the shadow" in clean(f"<p>before</p>{page}<p>after").text.split("\n")


def test_shadow_trees_without_end() -> None:
    page = "<x-y data-scrapbook-shadowdom='<p>in'>out</x-y>" * 1_000
    text = all_text(clean(page))
    assert "in" in text
    assert "out" in text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>before</p></body></html>\n<p>after</p>",
        "<html><body><p>before</p></body><p>after</p></html>",
        "<html><body><div>before</body></html><html><head><title>T</title></head><body><p>after</p></body></html>",
        "<html><body><p>before</p></BODY ></HTML><x-y>after</x-y>",
    ],
)
def test_what_stands_after_the_end_of_a_page_is_read(page: str) -> None:
    assert [block.text for block in clean(page).blocks] == ["before", "after"]


def test_elements_over_the_limit_count_for_the_one_around_them(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<main>" + "<p>A paragraph of the article, which has words enough.</p>" * 50 + "</main>"
    whole = [block.text for block in clean(page).blocks]
    monkeypatch.setattr(limits, "NODES", 10)
    assert [block.text for block in clean(page).blocks] == whole
