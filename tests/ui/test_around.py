"""The sentence, the paragraph and the link around a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.model import Article
from archive_viewer.ui.around import anchor_offset, paragraph_at, sentence_at, target_at
from articles import articles, kitchen_sink, paragraphs


@pytest.mark.parametrize(
    ("text", "inside", "sentence"),
    [
        ("One two. Abc.", "two", "One two."),
        ("One two. Abc.", "Abc", "Abc."),
        ("😀 one. Second 𠮷 one here. Third.", "𠮷", "Second 𠮷 one here."),
        ("यह पहला वाक्य है। यह दूसरा वाक्य है।", "दूसरा", "यह दूसरा वाक्य है।"),
        ("会谈在多哈举行。双方同意。", "双方", "双方同意。"),
        ("no end", "end", "no end"),
    ],
)
def test_the_sentence_holds_the_place(text: str, inside: str, sentence: str) -> None:
    article = paragraphs("Before.", text, "After.")
    start, end = sentence_at(article, article.text.index(inside))
    assert article.text[start:end] == sentence


@given(article=articles(), share=st.floats(0, 1))
def test_a_sentence_stands_in_its_paragraph(article: Article, share: float) -> None:
    if not article.kept:
        return
    offset = int(share * len(article.text))
    first, last = paragraph_at(article, offset)
    start, end = sentence_at(article, offset)
    assert first <= start <= end <= last
    assert first <= offset <= last


def test_the_last_place_of_a_paragraph_is_in_its_last_sentence() -> None:
    article = paragraphs("One two. Abc.", "next")
    assert sentence_at(article, 13) == (9, 13)


def test_a_link_is_known_by_each_of_its_letters() -> None:
    article = kitchen_sink()
    start = article.text.index("report")
    assert {target_at(article, start + step) for step in range(6)} == {"https://example.org/report?a=1&b=2"}
    assert target_at(article, start - 1) == target_at(article, start + 6) == ""


def test_a_name_inside_the_page_has_a_place() -> None:
    article = kitchen_sink()
    assert anchor_offset(article, "#fn1") == article.text.index("1. See")
    assert anchor_offset(article, "#unknown") is None
    assert anchor_offset(article, "#") is None
    assert anchor_offset(article, "https://example.org/#fn1") is None
