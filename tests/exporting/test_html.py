"""The exported web page loads nothing, runs nothing, and its links lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from lxml.html import HtmlElement, document_fromstring

from archive_viewer.exporting import Exporter, exporter_of
from archive_viewer.model import Excerpt


@pytest.fixture
def page(three: list[Excerpt], written: Callable[[Exporter, Sequence[Excerpt]], str]) -> HtmlElement:
    return document_fromstring(written(exporter_of("html"), three).encode("utf-8"))


def test_nothing_is_loaded_and_nothing_runs(page: HtmlElement) -> None:
    assert not page.xpath("//script | //link | //img | //iframe | //object | //@src | //@*[starts-with(name(), 'on')]")
    assert "url(" not in page.xpath("string(//style)")
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'")


def test_links_lead_to_excerpts_and_web_addresses_only(page: HtmlElement) -> None:
    addresses = page.xpath("//@href")
    assert {address for address in addresses if not address.startswith("#")} == {
        "https://post.example/harbour_strike?a=1&b=2"
    }
    names = set(page.xpath("//@id"))
    inside = [address[1:] for address in addresses if address.startswith("#")]
    assert len(inside) == 4
    assert set(inside) <= names


def test_the_contents_name_every_page(page: HtmlElement) -> None:
    assert [" ".join(line.text_content().split()) for line in page.xpath("//nav//li")] == [
        "Tïtle 😀 <of> the *harbour* (2 passages)",
        "[no title] (1 passage)",
    ]


def test_each_quote_has_its_language_and_direction(page: HtmlElement) -> None:
    assert [(quote.get("lang"), quote.get("dir")) for quote in page.iter("blockquote")] == [
        ("en", "ltr"),
        ("en", "ltr"),
        ("ar", "rtl"),
    ]


def test_day_night_and_paper_have_their_colours(page: HtmlElement) -> None:
    style = page.xpath("string(//style)")
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style
