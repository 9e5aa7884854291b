"""Sheets of facts: whole pages without anything that runs or is loaded, and the same as plain text."""

from __future__ import annotations

from lxml import etree

from archive_viewer.exporting.fact_sheet import Entry, FactSheet, Held, Part, body, page, text

SHEET = FactSheet(
    "Férry 😀 <papers>",
    "Finding aid",
    (
        Part("", (Entry("Title", "One\nTwo & <b>three</b>", "stated by the file: h1", "It may be another."),)),
        Part(
            "Series: “Tïdes”",
            (Entry("SHA-256", "ab\0cd", is_code=True),),
            (Held("DE 1/1", "<script>alert(1)</script>", "1998", "item-1"), Held("", "Below", "", "#unit-2")),
            1,
            "unit-1",
            "and 3 more",
        ),
        Part("Below", depth=9, anchor="unit-2"),
    ),
)


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(markup.encode(), etree.HTMLParser(encoding="utf-8"))


def test_a_page_says_everything_and_runs_nothing() -> None:
    whole = parsed(page(SHEET, "de"))
    assert whole.get("lang") == "de"
    assert whole.findtext(".//h1") == SHEET.title
    assert [part.text for part in whole.iter("h2", "h3", "h6")] == ["Series: “Tïdes”", "Below"]
    assert list(whole.iter("script")) == []
    policy = whole.find(".//meta[@http-equiv]")
    assert policy is not None
    assert "default-src 'none'" in policy.get("content", "")
    values = ["".join(value.itertext()) for value in whole.iter("dd")]
    assert values == ["OneTwo & <b>three</b>", "stated by the file: h1", "It may be another.", "ab\ufffdcd"]


def test_only_what_stands_in_the_file_is_linked_from_it() -> None:
    assert [link.get("href") for link in parsed(page(SHEET)).iter("a")] == ["#unit-2"]
    assert [link.get("href") for link in parsed(body(SHEET)).iter("a")] == ["item-1", "#unit-2"]
    there = {part.get("id") for part in parsed(page(SHEET)).iter("h2", "h3", "h6")}
    assert there == {"unit-1", "unit-2"}


def test_text_says_the_same_line_by_line() -> None:
    assert text(SHEET).splitlines() == [
        "Férry 😀 <papers>",
        "================",
        "Finding aid",
        "",
        "Title: One",
        "    Two & <b>three</b>",
        "    (stated by the file: h1)",
        "    (It may be another.)",
        "",
        "Series: “Tïdes”",
        "---------------",
        "SHA-256: ab\0cd",
        "DE 1/1  <script>alert(1)</script>  1998",
        "Below",
        "and 3 more",
        "",
        "Below",
        "-----",
    ]
