"""The text of one block: white space of every kind, however a browser meets it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.cleaning.inline import PLAIN, InlineText, Look, Space
from archive_viewer.model import LINE_BREAK, Style

TEXTS = st.lists(st.text(" \t\n\f\r\u00a0a😀é", min_size=1, max_size=12), max_size=6)
BOLD = Look(frozenset({Style.BOLD}))


def collected(texts: list[str], space: Space, looks: list[Look]) -> str:
    text = InlineText()
    for i, part in enumerate(texts):
        text.add(part, looks[i % len(looks)], space)
    return text.take().text


@given(TEXTS)
def test_runs_of_white_space_are_one_blank_wherever_elements_part_them(texts: list[str]) -> None:
    whole = re.sub(r"[ \t\n\f\r]+", " ", "".join(texts)).strip(" ")
    assert collected(texts, Space.COLLAPSED, [PLAIN]) == whole
    assert collected(texts, Space.COLLAPSED, [PLAIN, BOLD]) == whole


@given(TEXTS)
def test_lines_stay_lines_where_the_page_says_so(texts: list[str]) -> None:
    texts = [text.replace("\u00a0", "ß") for text in texts]  # a line of hard blanks alone shows nothing
    source = "".join(texts).replace("\r\n", "\n").replace("\r", "\n")
    lines = [re.sub(r"[ \t\f]+", " ", line).strip(" ") for line in source.split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    assert collected(["".join(texts)] if texts else [], Space.LINES, [PLAIN]) == LINE_BREAK.join(lines)


@given(st.lists(st.tuples(st.text("ab ", min_size=1, max_size=4), st.booleans()), max_size=8))
def test_spans_cover_what_was_added_with_their_look(parts: list[tuple[str, bool]]) -> None:
    text = InlineText()
    for part, is_bold in parts:
        text.add(part.upper() if is_bold else part, BOLD if is_bold else PLAIN)
    line = text.take()
    bold = {i for span in line.spans for i in range(span.start, span.end)}
    assert all((i in bold) == character.isupper() for i, character in enumerate(line.text) if character != " ")
