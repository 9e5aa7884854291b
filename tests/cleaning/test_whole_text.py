"""Never lossy: every visible text of a page ends in exactly one block, kept or stripped."""

from __future__ import annotations

import gzip
import os
import unicodedata
from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_viewer.cleaning import clean_html
from archive_viewer.model import LINE_BREAK, PICTURE, Article

WCXB = Path(__file__).parents[2] / ".." / "shared" / "wcxb" / "dev" / "html"
EVERY = int(os.environ.get("EVERY_NTH_PAGE", "14"))
"""Each fourteenth page of the 1,358 is read in an ordinary run; with EVERY_NTH_PAGE=1 all are."""

BLOCK_TAGS = [
    "div",
    "p",
    "h2",
    "ul",
    "li",
    "blockquote",
    "section",
    "pre",
    "table",
    "tr",
    "td",
    "dl",
    "dt",
    "dd",
    "nav",
]
INLINE_TAGS = ["b", "i", "a href=x", "span", "code", "sup", "ruby", "label", "x-y", "font"]
WORDS = st.text("aé\u0301ßह\u093fक\u094dष中文אب😀\U00020000", min_size=1, max_size=6)


def check(article: Article) -> None:
    """What holds of every article."""
    assert [block.n for block in article.blocks] == list(range(1, len(article.blocks) + 1))
    for n, start in article.starts.items():
        text = article.blocks[n - 1].text
        assert article.text[start : start + len(text)] == text
    for block in article.blocks:
        assert unicodedata.is_normalized("NFC", block.text)
        assert "\n" not in block.text
        assert [block.text[picture.offset] for picture in block.pictures] == [PICTURE] * block.text.count(PICTURE)
        assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)
        assert (block.reason is None) == block.is_kept
        assert 0 <= block.confidence <= 1


@st.composite
def trees(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A random page, and its words in page order, each marked so that no two run together."""
    words: list[str] = []
    open_tags: list[str] = []
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 40))):
        action = draw(st.integers(0, 5))
        if action == 0 or (action == 1 and not open_tags):
            tag = draw(st.sampled_from(BLOCK_TAGS + INLINE_TAGS))
            open_tags.append(tag.split()[0])
            parts.append(f"<{tag}>")
        elif action == 1:
            parts.append(f"</{open_tags.pop()}>")
        elif action == 2:
            parts.append(draw(st.sampled_from(["<br>", " ", "\n\t", "<hr>", "&nbsp;", "<img src=a.png>"])))
        else:
            word = f"w{len(words)}{draw(WORDS)}"
            words.append(unicodedata.normalize("NFC", word))
            parts.append(f" {word} ")
    return "<body>" + "".join(parts), words


@given(trees())
@settings(max_examples=300)
def test_every_word_of_a_random_page_is_in_exactly_one_block(page: tuple[str, list[str]]) -> None:
    html, words = page
    article = clean_html(html.encode())
    check(article)
    found = [word for block in article.blocks for word in block.text.replace(PICTURE, " ").split()]
    assert found == words


@given(
    st.lists(st.tuples(st.text("aeo\u0301\u0308\u0323 각\u1100\u1161\u11a8x", max_size=5), st.booleans()), max_size=12)
)
@settings(max_examples=300)
def test_styles_cover_the_same_characters_whatever_composes(runs: list[tuple[str, bool]]) -> None:
    html = "".join(f"<b>{text}</b>" if is_bold else text for text, is_bold in runs)
    article = clean_html(f"<body><p>|{html}|".encode())
    check(article)
    block = article.blocks[0]
    bold = {i for span in block.spans for i in range(span.start, span.end)}
    plain_source = Counter(c for text, is_bold in runs if not is_bold for c in unicodedata.normalize("NFD", text))
    bold_source = Counter(c for text, is_bold in runs if is_bold for c in unicodedata.normalize("NFD", text))
    bold_shown = Counter(unicodedata.normalize("NFD", "".join(c for i, c in enumerate(block.text) if i in bold)))
    for character in bold_source:
        if character != " ":
            assert bold_shown[character] >= bold_source[character]
    extra = bold_shown - bold_source  # only what composed with a bold character may be bold besides
    assert all(plain_source[character] >= count for character, count in extra.items() if character not in " |")


UNSEEN = frozenset(
    {
        *("script", "style", "noscript", "head", "title", "template", "iframe", "object", "embed", "canvas", "audio"),
        *("video", "datalist", "svg", "rp", "annotation", "annotation-xml", "map", "progress", "meter", "colgroup"),
        *("noframes", "applet", "noembed", "basefont"),
    }
)


def visible_characters(html: bytes) -> Counter[str]:
    """The characters of a page's text nodes, read without any of our code."""
    text = html.decode("utf-8", "replace").replace("\x00", "").replace("<wbr>", "").replace("<wbr/>", "")
    root = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))
    parts: list[str] = []
    stack = [(body, False) for body in root.iter("body")][:1]
    while stack:
        element, is_done = stack.pop()
        if is_done:
            parts.append(element.tail or "")
            continue
        stack.append((element, True))
        if isinstance(element.tag, str) and (element.tag not in UNSEEN or element.tag in ("source", "track")):
            parts.append(element.text or "")
            stack.extend((child, False) for child in reversed(element))
    composed = unicodedata.normalize("NFC", "".join(parts))
    return Counter(c for c in composed if not c.isspace() and c not in f"\ufeff\ufffc{INVISIBLE}")


INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad"


@pytest.mark.skipif(not WCXB.exists(), reason="the WCXB pages are not here")
def test_real_pages_lose_no_character() -> None:
    pages = sorted(WCXB.glob("*.html.gz"))[::EVERY]
    assert pages
    for path in pages:
        data = gzip.decompress(path.read_bytes())
        article = clean_html(data, "https://example.org/")
        check(article)
        text = "".join(block.text for block in article.blocks)
        found = Counter(c for c in text if not c.isspace() and c != LINE_BREAK)
        lost = visible_characters(data) - found
        assert not lost, f"{path.name}: {lost.most_common(5)}"
