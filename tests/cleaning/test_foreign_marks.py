"""Marks that other programs wrote into a page: found, placed to the character, and no part of the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.anchoring import describe_blocks
from archive_viewer.cleaning import clean_html
from archive_viewer.cleaning.colours import nearest
from archive_viewer.model import STRIPPED_WORDS, Article, Colour, ForeignMark
from marked_pages import (
    FIRST,
    SECOND,
    THIRD,
    bold,
    legacy_inline,
    legacy_marker,
    line_marker,
    marked,
    page,
    singlefile,
    singlefile_note,
    sticky,
)

YELLOW = "background: #FFFF00; background: linear-gradient(transparent 40%, rgba(255,255,0,0.9) 90%, transparent 100%);"
PLAIN = clean_html(page(FIRST, SECOND, THIRD).encode())


def clean(*paragraphs: str, attributes: str = "", after: str = "") -> Article:
    return clean_html(page(*paragraphs, attributes=attributes, after=after).encode())


def quote(article: Article, mark: ForeignMark) -> str:
    """The words between the ends of a mark, in all blocks."""
    assert mark.first is not None
    assert mark.last is not None
    between = [block.text for block in article.blocks[mark.first.n - 1 : mark.last.n]]
    between[-1] = between[-1][: mark.last.offset]
    between[0] = between[0][mark.first.offset :]
    return "\n".join(between)


def marks(article: Article) -> list[tuple[str, str, Colour, str]]:
    return [(quote(article, mark), mark.origin, mark.colour, mark.note) for mark in article.marks]


# -- SingleFile ----------------------------------------------------------------------------------------------------


def test_a_singlefile_highlight_over_several_elements_is_one_mark() -> None:
    wraps = (singlefile(1, "pink"), bold(singlefile(1, "pink")), singlefile(1, "pink"))
    article = clean(FIRST, marked(SECOND, "the 😀 harbour master to agree", *wraps), THIRD)
    assert marks(article) == [("the 😀 harbour master to agree", "highlight", Colour.RED, "")]
    assert article.text == PLAIN.text
    assert article.marks[0].creator == "SingleFile"


def test_a_highlight_over_two_paragraphs_is_one_mark_and_a_later_one_of_its_number_another() -> None:
    one = singlefile(7, "blue")
    article = clean(marked(FIRST, "until the lamps were lit.", one), f'<p class="x">{one(SECOND)}</p>', THIRD)
    assert [mark[0] for mark in marks(article)] == [f"until the lamps were lit.\n{SECOND}"]
    parted = clean(marked(FIRST, "the ferry", one), marked(SECOND, "old treaty", one), marked(THIRD, "pass", one))
    assert [mark[0] for mark in marks(parted)] == ["the ferry", "old treaty", "pass"]


def test_an_element_of_the_page_may_itself_be_the_highlight() -> None:
    tag = '<p class="lead single-file-highlight single-file-highlight-green" data-singlefile-highlight-id="2">'
    article = clean(FIRST, f"{tag}{SECOND}</p>", THIRD)
    assert marks(article) == [(SECOND, "highlight", Colour.GREEN, "")]
    assert article.text == PLAIN.text


def test_a_singlefile_note_stands_on_the_element_that_it_is_tied_to() -> None:
    note = singlefile_note(1, "Ask the keeper\nabout 2010 &amp; 😀", "blue")
    article = clean(FIRST, f'<p data-single-file-note-refs="3 1">{SECOND}</p>', THIRD, after=note)
    assert marks(article) == [(SECOND, "note", Colour.BLUE, "Ask the keeper\nabout 2010 & 😀")]
    assert article.text == PLAIN.text
    assert [block.text for block in article.blocks] == [block.text for block in PLAIN.blocks]


def test_a_note_tied_to_a_long_element_stands_on_its_first_block() -> None:
    section = f'<div data-single-file-note-refs="1"><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>'
    article = clean(section, after=singlefile_note(1, "So many words"))
    assert marks(article) == [(FIRST, "note", Colour.YELLOW, "So many words")]


def test_a_note_on_the_page_is_kept_at_its_title_and_says_so() -> None:
    article = clean(
        FIRST, SECOND, THIRD, attributes=' data-single-file-note-refs="1"', after=singlefile_note(1, "Read all of it")
    )
    assert marks(article) == [("Tïtle 😀 of the ferry", "note on the page as a whole", Colour.YELLOW, "Read all of it")]


# -- WebScrapBook and ScrapBook ------------------------------------------------------------------------------------


def test_a_line_marker_with_its_note_and_its_date() -> None:
    id = "20200101234559123"
    wraps = (
        line_marker(id, YELLOW, "first line&#10;second", "first"),
        bold(line_marker(id, YELLOW, "first line&#10;second", "last")),
    )
    article = clean(FIRST, marked(SECOND, "“old treaty” still held", *wraps), THIRD)
    assert marks(article) == [("“old treaty” still held", "line marker", Colour.YELLOW, "first line\nsecond")]
    (mark,) = article.marks
    assert (mark.creator, mark.created_at) == ("WebScrapBook", "2020-01-01T23:45:59Z")
    assert article.text == PLAIN.text
    spans = [span for block in article.blocks for span in block.spans if span.style.value == "underline"]
    assert not spans


def test_a_sticky_note_stands_beside_the_block_before_it_or_on_the_page() -> None:
    article = clean(FIRST, SECOND, sticky("Relative sticky.\n  Second line."), THIRD, sticky("On the page", "styled"))
    assert marks(article) == [
        ("Tïtle 😀 of the ferry", "sticky note on the page as a whole", Colour.YELLOW, "On the page"),
        (SECOND, "sticky note beside this paragraph", Colour.YELLOW, "Relative sticky.\n  Second line."),
    ]
    assert article.text == PLAIN.text


LEGACY = [
    (
        '<div style="left: 376px; top: 107px; position: absolute;" class="scrapbook-sticky">'
        '<div class="scrapbook-sticky-header"></div>Sample sticky annotation.\nSecond line.</div>',
        "sticky note on the page as a whole",
        "Sample sticky annotation.\nSecond line.",
    ),
    (
        '<div style="width: 511px;" class="scrapbook-sticky scrapbook-sticky-relative">'
        '<div class="scrapbook-sticky-header"></div>Relative <sticky>.</div>',
        "sticky note beside this paragraph",
        "Relative .",
    ),
    (
        '<div class="scrapbook-sticky"><div class="scrapbook-sticky-header"></div><textarea>Never closed</textarea>'
        '<div class="scrapbook-sticky-footer"><input src="chrome://scrapbook/skin/save.png" type="image"></div></div>',
        "sticky note on the page as a whole",
        "Never closed",
    ),
    (
        '<div class="scrapbook-block-comment" style="border: 1px dotted; background-color: #eff8ce">A comment.</div>',
        "comment beside this paragraph",
        "A comment.",
    ),
    (
        '<div data-sb-obj="freenote" style="cursor: help; width: 337px; position: absolute; left: 144px;">'
        "Test freenote with <b>HTML</b> <u>markups</u>. <br><br>晱瓨扚</div>",
        "sticky note on the page as a whole",
        "Test freenote with HTML markups.\n\n晱瓨扚",
    ),
    (
        '<div data-sb-obj="freenote" style="cursor: help; margin: 16px auto; position: static;">'
        "<p>Between</p>\n<p>paragraphs.</p></div>",
        "sticky note beside this paragraph",
        "Between\n\nparagraphs.",
    ),
]


@pytest.mark.parametrize(("html", "origin", "note"), LEGACY)
def test_the_notes_of_scrapbook(html: str, origin: str, note: str) -> None:
    article = clean(FIRST, SECOND, html, THIRD)
    where = SECOND if "beside" in origin else "Tïtle 😀 of the ferry"
    assert marks(article) == [(where, origin, Colour.YELLOW, note)]
    assert article.marks[0].creator == "ScrapBook"
    assert article.text == PLAIN.text


def test_markers_of_scrapbook_without_a_number_are_one_where_they_adjoin() -> None:
    blue = legacy_marker("background-color: #ADD8E6; color: #000000;")
    text = marked(SECOND, "Nobody had expected", blue, bold(blue))
    article = clean(
        marked(FIRST, "the ferry", legacy_marker()), text, marked(THIRD, "snow", legacy_inline("How deep?"))
    )
    assert marks(article) == [
        ("the ferry", "line marker", Colour.YELLOW, ""),
        ("Nobody had expected", "line marker", Colour.BLUE, ""),
        ("snow", "inline annotation", Colour.RED, "How deep?"),
    ]
    assert article.text == PLAIN.text


def test_scrapbook_x_says_when_a_mark_was_made() -> None:
    attributes = ' data-sb-id="1577836800000" data-sb-obj="linemarker"'
    article = clean(FIRST, marked(SECOND, "old treaty", legacy_marker(attributes=attributes)), THIRD)
    assert article.marks[0].created_at == "2020-01-01T00:00:00Z"
    for wrong in ("", "999999999999999", "abc", "99999999999999999999"):
        html = marked(SECOND, "old treaty", legacy_marker(attributes=f' data-sb-id="{wrong}"'))
        assert clean(FIRST, html, THIRD).marks[0].created_at == ""


def test_an_inline_annotation_is_taken_out_of_its_sentence() -> None:
    note = '<span data-sb-obj="annotation">(my legacy <em>inline</em> annotation)</span>'
    article = clean(FIRST, SECOND.replace(" to agree,", f" to agree{note},"), THIRD)
    assert article.text == PLAIN.text
    assert marks(article)[0][1:] == (
        "inline annotation beside this paragraph",
        Colour.YELLOW,
        "(my legacy inline annotation)",
    )
    assert marks(article)[0][0] == SECOND


def test_a_hypothesis_highlight_is_a_mark() -> None:
    def wrap(words: str) -> str:
        return f'<hypothesis-highlight class="hypothesis-highlight">{words}</hypothesis-highlight>'

    article = clean(FIRST, marked(SECOND, "boats would sail", wrap, bold(wrap)), THIRD)
    assert [(mark.creator, quote(article, mark)) for mark in article.marks] == [("Hypothesis", "boats would sail")]
    assert article.text == PLAIN.text


# -- where nothing of a mark can be seen ---------------------------------------------------------------------------


def test_a_mark_on_stripped_words_keeps_its_place_among_them_and_is_reported() -> None:
    html = page(FIRST, SECOND, THIRD).replace("About the ferry", singlefile(3)("About the ferry"))
    article = clean_html(html.encode())
    (mark,) = article.marks
    assert mark.first is not None
    assert (quote(article, mark), article.blocks[mark.first.n - 1].is_kept) == ("About the ferry", False)
    assert article.warnings == (f"1 mark came along on stripped words.  {STRIPPED_WORDS}",)


def test_a_mark_that_reaches_into_stripped_words_stands_on_the_kept_ones_and_that_is_said() -> None:
    wrap = singlefile(3)
    html = page(FIRST, SECOND, wrap_all(THIRD, wrap)).replace("© The Gazette.", wrap("© The Gazette."))
    article = clean_html(html.encode())
    assert [mark[0] for mark in marks(article)] == [THIRD]
    assert article.warnings == (
        "1 mark came along on words of which a part was stripped: it stands on those that were kept.",
    )


def wrap_all(text: str, wrap: object) -> str:
    assert callable(wrap)
    return f"<p>{wrap(text)}</p>"


def test_a_marker_without_words_that_has_a_note_is_kept_without_a_place() -> None:
    article = clean(FIRST, SECOND, THIRD, legacy_inline("What was here?")(""))
    assert [(mark.first, mark.note) for mark in article.marks] == [(None, "What was here?")]
    assert len(article.warnings) == 1
    assert clean(FIRST, legacy_marker()(""), sticky(" \n ")).marks == ()


def test_a_mark_on_hidden_words_is_kept() -> None:
    article = clean(FIRST, f'<p style="display:none">{singlefile(1)("Nobody sees this")}</p>', SECOND, THIRD)
    assert [mark[0] for mark in marks(article)] == ["Nobody sees this"]


# -- what holds for all --------------------------------------------------------------------------------------------

ATOMS = st.text("aéßह中文אב😀\U00020000x", min_size=1, max_size=6)


@given(
    st.lists(st.lists(ATOMS, min_size=1, max_size=6), min_size=1, max_size=4),
    st.data(),
    st.sampled_from([singlefile(1), line_marker("20200101000000000", YELLOW), legacy_marker()]),
)
def test_marking_any_words_leaves_the_text_as_it_is_and_quotes_them(
    paragraphs: list[list[str]], data: st.DataObject, wrap: object
) -> None:
    assert callable(wrap)
    count = sum(map(len, paragraphs))
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first, count - 1))
    number, htmls, quotes = 0, [FIRST], []
    for atoms in paragraphs:
        parts, own = [], []
        for i, atom in enumerate(atoms):
            # Every other word is bold, so that a marked passage is cut as programs have to cut it.
            word = atom if i % 2 else f"<b>{atom}</b>"
            if first <= number <= last:
                word = wrap(atom) if i % 2 else f"<b>{wrap(atom)}</b>"
                own.append(atom)
            parts.append(word)
            number += 1
        htmls.append(" ".join(parts))
        if own:
            quotes.append(" ".join(own))
    article = clean(*(f"<p>{html}</p>" for html in htmls))
    unmarked = clean(*(re.sub(r"</?(?:span|scrapbook)[^>]*>", "", f"<p>{html}</p>") for html in htmls))
    assert [(block.text, block.fate) for block in article.blocks] == [
        (block.text, block.fate) for block in unmarked.blocks
    ]
    wanted = "\n".join(quotes)
    found = {quote(article, mark) for mark in article.marks}
    assert found == {wanted} or article.warnings, (found, wanted)
    assert len(article.marks) == 1


def test_a_letter_that_composes_over_the_end_of_a_mark_is_marked_whole() -> None:
    article = clean(
        FIRST, f"<p>The caf{singlefile(1)('e')}\u0301 was closed, and so were the others on the quay.</p>", THIRD
    )
    assert [mark[0] for mark in marks(article)] == ["é"]


def test_a_page_without_marks_has_none_and_no_warnings() -> None:
    assert (PLAIN.marks, PLAIN.warnings) == ((), ())


# -- limits --------------------------------------------------------------------------------------------------------


def test_more_marks_than_are_taken_in_are_counted() -> None:
    wraps = "".join(f"<p>{singlefile(i)(f'word {i}')} and others.</p>" for i in range(limits.MARKS + 7))
    article = clean(FIRST, wraps)
    assert len(article.marks) == limits.MARKS
    assert "This page brings more marks than are taken in: 7 are in the stored file only." in article.warnings
    one_number = "".join(f"<p>{singlefile(1)(f'word {i}')} and others.</p>" for i in range(limits.MARKS + 7))
    assert len(clean(FIRST, one_number).marks) == limits.MARKS


def test_marks_within_marks_are_kept_as_deep_as_any_were_seen() -> None:
    opening = "".join(singlefile(i)("").removesuffix("</span>") for i in range(100_000))
    article = clean(FIRST, f"<p>{opening}{SECOND}{'</span>' * 100_000}</p>", THIRD)
    assert [mark[0] for mark in marks(article)] == [SECOND] * limits.MARKS_OVERLAPPING
    assert article.text == PLAIN.text


@pytest.mark.parametrize("make", [sticky, lambda words: legacy_inline(words)("")])
def test_a_note_of_ten_million_characters_is_cut(make: object) -> None:
    assert callable(make)
    article = clean(FIRST, SECOND, make("0123456789" * 1_000_000), THIRD)
    (mark,) = article.marks
    assert len(mark.note) < limits.MARK_NOTE_CHARACTERS + 10
    assert mark.note.endswith("[…]")
    assert any("too long to be kept whole" in warning for warning in article.warnings)


# -- colours -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "colour"),
    [
        ("", Colour.YELLOW),
        (YELLOW, Colour.YELLOW),
        ("background-color: #90EE90; color: #000000;", Colour.GREEN),
        ("background-color:#FFB6C1", Colour.RED),
        ("background: rgba(0,0,255,0.9); background: linear-gradient(transparent 40%)", Colour.BLUE),
        ("border-bottom: 2px dotted rgb(255, 51, 51); cursor: help;", Colour.RED),
        ("border-bottom: medium double #FFC", Colour.YELLOW),
        ("background: hsl(280deg, 60%, 70%)", Colour.PURPLE),
        ("background-color: Silver", Colour.GREY),
        ("color: #888", Colour.GREY),
        ("background: url(x.png) nonsense; color: teal", Colour.BLUE),
        ("background:;;:;rgb(", Colour.YELLOW),
        ("background: rgb(1.2.3, 4.., ...)", Colour.YELLOW),
    ],
)
def test_a_colour_of_ours_is_chosen_by_what_it_looks_like(style: str, colour: Colour) -> None:
    assert nearest(style) is colour


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<li>",
            "<td>",
            "<b>",
            "</b>",
            "<div hidden>",
            "<pre>",
            "</pre>",
            "<nav>",
            "</nav>",
            "<br><br>",
        ),
        *(
            "<select>",
            "<textarea>",
            "</textarea>",
            "<svg>",
            "</span>",
            "</div>",
            "</body>",
            "<img src=a.png>",
            "words ",
            "\n",
        ),
        *(
            '<span class="single-file-highlight" data-singlefile-highlight-id=1>',
            "</single-file-note>",
            "e\u0301",
            "😀",
        ),
        *("<scrapbook-linemarker title=n>", "</scrapbook-linemarker>", '<div class="scrapbook-sticky">', "<template>"),
        *(
            "<single-file-note data-note-id=1><textarea>n",
            '<div data-single-file-note-refs="1 1,2">',
            "<q>",
            "<ruby><rt>",
        ),
        *(
            '<span class="scrapbook-inline" style="display:none" title=x>',
            "<table>",
            '<td class="linemarker-marked-line">',
        ),
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_whatever_the_markup_the_ends_of_a_mark_lie_in_blocks(pieces: list[str]) -> None:
    article = clean_html(("single-file-note " + "".join(pieces)).encode())
    for mark in article.marks:
        assert (mark.first is None) == (mark.last is None)
        if mark.first is None or mark.last is None:
            continue
        assert (mark.first.n, mark.first.offset) < (mark.last.n, mark.last.offset)
        assert 0 <= mark.first.offset < len(article.blocks[mark.first.n - 1].text)
        assert 0 < mark.last.offset <= len(article.blocks[mark.last.n - 1].text)
        target = describe_blocks(article, mark.first, mark.last)
        between = article.blocks[mark.first.n - 1 : mark.last.n]
        if len({block.fate for block in between}) == 1:
            assert target.quote.exact == quote(article, mark)
