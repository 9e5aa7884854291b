"""Markdown shows the text: read back by us, and rendered by a renderer that is not ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from markdown_it import MarkdownIt

from archive_viewer.exporting.markdown_text import escape, paragraphs, read_paragraphs, unescape
from archive_viewer.model import LINE_BREAK

RENDERERS = {"commonmark": MarkdownIt("commonmark"), "github": MarkdownIt("gfm-like", {"linkify": False})}

printable = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]),
        st.sampled_from("\n\u2028 *_`#>|[]<>&\\~-+=.:%$^@!1)😀𠮷\u0301\u05d0\u0627\u00ad\u200b\u00a0\"'"),
    ),
    min_size=1,
    max_size=60,
)


def shown(markup: str) -> str:
    """The text of rendered paragraphs; fails where anything but paragraphs and line breaks came out."""
    blocks = []
    for paragraph in fragment_fromstring(markup, create_parent="div").find("blockquote"):
        assert paragraph.tag == "p", markup
        assert all(part.tag == "br" for part in paragraph), markup
        lines = [paragraph.text or "", *((part.tail or "").removeprefix("\n") for part in paragraph)]
        blocks.append(LINE_BREAK.join("" if line == "\u200b" else line for line in lines))
    return "\n".join(blocks)


@pytest.mark.parametrize("name", RENDERERS)
@given(text=printable)
@settings(max_examples=300, deadline=None)
def test_a_renderer_that_is_not_ours_shows_the_very_text(name: str, text: str) -> None:
    lines = [["" if line == "\u200b" else line for line in block.split(LINE_BREAK)] for block in text.split("\n")]
    expected = "\n".join(LINE_BREAK.join(block) for block in lines)
    assert shown(RENDERERS[name].render(paragraphs(text, "> "))) == expected


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words, nothing more.", "plain words, nothing more."),
        ("1. not a list", "1\\. not a list"),
        ("1921 was a year", "1921 was a year"),
        ("- not a list", "\\- not a list"),
        ("well-known", "well-known"),
        ("# not a heading", "\\# not a heading"),
        ("a *star* and a [link](x)", "a \\*star\\* and a \\[link\\](x)"),
        ("&amp; <b>", "\\&amp; \\<b\\>"),
        ("\\", "\\\\"),
        ("  code", "&#32;&#32;code"),
        ("", "&#8203;"),
        ("\u200b", "\u200b"),
    ],
)
def test_escapes_what_could_be_markup_and_leaves_the_rest_legible(text: str, markdown: str) -> None:
    assert escape(text) == markdown
    assert unescape(markdown) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["one", "two"], "one two"),
        (["one\\", "two"], "one\u2028two"),
        (["one  ", "two"], "one\u2028two"),
        (["one", "", "", "two"], "one\ntwo"),
        (["one\r", "\r", "two\r"], "one\ntwo"),
        (["ends in a backslash\\"], "ends in a backslash\\"),
        (["caf&eacute; &#x1F600; &#0; &#xD800; &nonesuch;"], "café 😀 \0 \ufffd &nonesuch;"),
    ],
)
def test_reads_what_editors_make_of_it(lines: list[str], text: str) -> None:
    assert read_paragraphs(lines) == text
