"""Blocks: each structure of HTML, through ``clean_html``, as an archivist would see it."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import pytest

from archive_viewer.cleaning import clean_html
from archive_viewer.model import LINE_BREAK, PICTURE, Block, Fate, Kind, Reason, Style

URL = "https://news.example.org/2021/talks.html"


def blocks(html: str, url: str = URL) -> list[Block]:
    return list(clean_html(f"<!DOCTYPE html><body>{html}".encode(), url).blocks)


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html)]


def shown(html: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in blocks(html)]


def styled(block: Block) -> dict[str, list[str]]:
    """What each style covers; a link with its target."""
    found: dict[str, list[str]] = {}
    for span in block.spans:
        found.setdefault(span.target or span.style.value, []).append(block.text[span.start : span.end])
    return found


class TestWhiteSpace:
    def test_collapses_as_a_browser_shows_it(self) -> None:
        assert texts("<p>\n  Tïtle \t 😀\n\n of <b> bold </b>  talk\u00a0s  </p>") == ["Tïtle 😀 of bold talk\u00a0s"]

    def test_the_blank_before_an_element_belongs_to_what_came_first(self) -> None:
        (block,) = blocks("<p>one <b> two</b> three</p>")
        assert styled(block) == {"bold": ["two"]}

    def test_a_line_break_has_no_blanks_around_it(self) -> None:
        assert texts("<p>one <br> two<br></p>") == [f"one{LINE_BREAK}two"]

    def test_two_line_breaks_part_paragraphs(self) -> None:
        assert texts("one<br><br>two<br>&nbsp;<br>three<br>four") == ["one", "two", f"three{LINE_BREAK}four"]

    def test_two_line_breaks_do_not_part_a_heading(self) -> None:
        assert shown("<h2>one<br><br>two</h2>") == [(Kind.HEADING, f"one{LINE_BREAK}two")]

    def test_a_paragraph_of_a_hard_blank_is_none(self) -> None:
        assert texts("<p>&nbsp;</p><p>one</p><p>\u200b</p>") == ["one"]

    def test_preformatted_style_keeps_blanks_and_lines(self) -> None:
        assert texts('<p style="white-space: pre-wrap">a  b\n c</p>') == [f"a  b{LINE_BREAK} c"]
        assert texts('<p style="white-space:pre-line">a  b\n  c</p>') == [f"a b{LINE_BREAK}c"]

    def test_blocks_join_with_one_newline_and_starts_agree(self) -> None:
        article = clean_html(b"<body><p>one<p>two\nthree<p>four")
        assert article.text == "one\ntwo three\nfour"
        assert {n: article.text[start] for n, start in article.starts.items()} == {1: "o", 2: "t", 3: "f"}


class TestCharacters:
    def test_what_no_view_can_show_is_dropped(self) -> None:
        page = "<p>a\x00b\ufeffc\ufffed\ufdd0e\ufdd1f\ufffcg&#xFEFF;h&#xFFFC;i&#13;j</p>"
        assert texts(page) == ["abcdefghi j"]

    def test_a_paragraph_separator_is_a_blank_and_a_line_separator_stays(self) -> None:
        assert texts("<p>a\u2029b\u2028c</p>") == ["a b\u2028c"]

    def test_soft_hyphens_joiners_and_direction_marks_stay(self) -> None:
        text = "Ver\u00adwal\u00adtung \u200fשלום\u200e क्\u200dष"
        assert texts(f"<p>{text}</p>") == [text]

    def test_the_text_is_composed(self) -> None:
        assert texts("<p>Cafe\u0301 \u212b 각</p>") == [unicodedata.normalize("NFC", "Cafe\u0301 \u212b 각")]

    def test_spans_cover_the_same_characters_after_composing(self) -> None:
        (block,) = blocks("<p>e\u0301e\u0301 <b>to\u0308ne\u0301</b> a<i>\u0301b</i> <a href=x>end</a></p>")
        assert block.text == "éé töné áb end"
        assert styled(block) == {"bold": ["töné"], "italic": ["áb"], "https://news.example.org/2021/x": ["end"]}

    def test_a_picture_after_composed_characters_keeps_its_place(self) -> None:
        (block,) = blocks('<p>e\u0301e\u0301 <img src="a.png"> x</p>')
        assert [block.text[picture.offset] for picture in block.pictures] == [PICTURE]


class TestStyles:
    @pytest.mark.parametrize(
        ("tag", "style"),
        [
            ("strong", Style.BOLD),
            ("em", Style.ITALIC),
            ("code", Style.CODE),
            ("ins", Style.UNDERLINE),
            ("del", Style.STRIKE),
            ("sup", Style.SUPERSCRIPT),
            ("sub", Style.SUBSCRIPT),
            ("mark", Style.HIGHLIGHT),
        ],
    )
    def test_elements_set_styles(self, tag: str, style: Style) -> None:
        (block,) = blocks(f"<p>x <{tag}>2</{tag}> y</p>")
        assert [(span.start, span.end, span.style) for span in block.spans] == [(2, 3, style)]

    def test_nested_styles_overlap_and_equal_neighbours_join(self) -> None:
        (block,) = blocks("<p><b>a<i>b</i></b><b>c</b></p>")
        assert styled(block) == {"bold": ["abc"], "italic": ["b"]}

    def test_style_attributes_count_and_undo(self) -> None:
        (block,) = blocks('<p><b style="font-weight:normal">a <span style="font-weight: 700">b</span></b></p>')
        assert styled(block) == {"bold": ["b"]}

    def test_links_are_absolute_and_links_inside_the_page_stay(self) -> None:
        (block,) = blocks(
            '<p><a href="../a b">up</a> <a href="#n1">in</a> <a href="https://news.example.org/2021/talks.html#caf%C3%A9">'
            'also</a> <a href="javascript:x()">no</a> <a href="">nor</a> <a href="mailto:a@b.org">mail</a></p>'
        )
        assert styled(block) == {
            "https://news.example.org/a b": ["up"],
            "#n1": ["in"],
            "#café": ["also"],
            "mailto:a@b.org": ["mail"],
        }

    def test_a_base_element_counts(self) -> None:
        (block,) = blocks('<base href="https://other.example.net/x/"><p><a href="y">a</a></p>')
        assert styled(block) == {"https://other.example.net/x/y": ["a"]}

    def test_without_an_address_a_link_is_as_the_page_gives_it(self) -> None:
        (block,) = blocks('<p><a href="y/z">a</a> <a href="http://[">b</a></p>', url="")
        assert styled(block) == {"y/z": ["a"], "http://[": ["b"]}


class TestLists:
    def test_items_have_depth_and_numbers(self) -> None:
        found = blocks(
            "<ul><li>a<ul><li>b</ul>c<li><p>d<p>e</ul>"
            "<ol start=5><li>f<li value=9>g<li>h</ol><ol reversed><li>i<li>j</ol>"
        )
        assert [(b.kind, b.text, b.level, b.number) for b in found] == [
            (Kind.ITEM, "a", 1, None),
            (Kind.ITEM, "b", 2, None),
            (Kind.PARAGRAPH, "c", 1, None),
            (Kind.ITEM, "d", 1, None),
            (Kind.PARAGRAPH, "e", 1, None),
            (Kind.ITEM, "f", 1, 5),
            (Kind.ITEM, "g", 1, 9),
            (Kind.ITEM, "h", 1, 10),
            (Kind.ITEM, "i", 1, 2),
            (Kind.ITEM, "j", 1, 1),
        ]

    def test_a_heading_in_an_item_leaves_the_bullet_to_the_text(self) -> None:
        assert shown("<ul><li><h3>a</h3><p>b</p></ul>") == [(Kind.HEADING, "a"), (Kind.ITEM, "b")]

    def test_definitions(self) -> None:
        assert shown("<dl><dt>a<dd>b<p>c</p></dl>") == [
            (Kind.TERM, "a"),
            (Kind.DEFINITION, "b"),
            (Kind.DEFINITION, "c"),
        ]


class TestQuotesCodeAndHeadings:
    def test_quotes_nest(self) -> None:
        found = blocks("<blockquote><p>a<blockquote>b</blockquote><ul><li>c</ul></blockquote><p>d")
        assert [(b.kind, b.text, b.quote_depth) for b in found] == [
            (Kind.QUOTE, "a", 1),
            (Kind.QUOTE, "b", 2),
            (Kind.ITEM, "c", 1),
            (Kind.PARAGRAPH, "d", 0),
        ]

    def test_each_line_of_code_is_a_block_with_its_blanks(self) -> None:
        page = "<pre>\n\n<code>def <b>f</b>():\n\treturn  1\n\n  \n# é😀</code>\n\n</pre><p>after</p>"
        assert shown(page) == [
            (Kind.CODE, "def f():"),
            (Kind.CODE, "\treturn  1"),
            (Kind.CODE, ""),
            (Kind.CODE, ""),
            (Kind.CODE, "# é😀"),
            (Kind.PARAGRAPH, "after"),
        ]

    def test_line_breaks_and_windows_line_ends_part_code_too(self) -> None:
        assert texts("<pre>a<br>b\r\nc</pre>") == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("html", "numbers", "code"),
        [
            (
                "<table><tr><td class=linenos><pre>1\n2</pre><td class=code><pre>a = 1\nb</pre></table>",
                ["1", "2"],
                ["a = 1", "b"],
            ),
            ("<pre><span class=ln>1 </span>a\n<span class=ln>2 </span> b</pre>", ["1", "2"], ["a", " b"]),
            ("<div class=line-numbers><pre>a</pre></div>", [], ["a"]),
        ],
    )
    def test_numbers_of_lines_are_no_code(self, html: str, numbers: list[str], code: list[str]) -> None:
        found = blocks(f"<p>Some code</p>{html}")[1:]
        assert [b.text for b in found if b.reason] == numbers
        assert [b.text for b in found if b.kind is Kind.CODE and not b.reason] == code

    def test_a_button_in_code_is_no_code(self) -> None:
        found = blocks("<pre>a\n<button>Copy</button>b</pre>")
        assert [(b.text, b.kind, b.is_kept) for b in found] == [
            ("a", Kind.CODE, True),
            ("Copy", Kind.PARAGRAPH, False),
            ("b", Kind.CODE, True),
        ]

    def test_headings_have_ranks(self) -> None:
        found = blocks('<h2>a</h2><h6>b</h6><div role="heading" aria-level="3">c</div>')
        assert [(b.kind, b.level) for b in found] == [(Kind.HEADING, 2), (Kind.HEADING, 6), (Kind.HEADING, 3)]

    def test_the_heading_that_the_page_is_called_by_is_the_title(self) -> None:
        article = clean_html("<title>Tïtle 😀 – Site</title><body><h1>Site</h1><h1>Tïtle 😀</h1><p>text".encode())
        assert [(b.text, b.level) for b in article.blocks if b.kind is Kind.TITLE] == [("Tïtle 😀", 1)]
        assert article.title
        assert article.title.value == "Tïtle 😀"


class TestPictures:
    def test_a_picture_is_one_character_with_its_text_beside_it(self) -> None:
        (block,) = blocks('<p>a <img src="a.png" alt=" the\n market " width="30" height="20px"> b</p>')
        (picture,) = block.pictures
        assert block.text == f"a {PICTURE} b"
        assert (picture.offset, picture.source, picture.alt, picture.width, picture.height) == (
            2,
            "a.png",
            "the market",
            30,
            20,
        )

    def test_a_figure_and_its_caption(self) -> None:
        page = "<figure><a href=b><img src=a.png></a><figcaption>The <i>market</i></figcaption></figure>"
        assert shown(page) == [(Kind.FIGURE, PICTURE), (Kind.CAPTION, "The market")]

    def test_a_data_address_is_kept_as_its_digest(self) -> None:
        address = "data:image/png;base64," + "A" * 2000
        (block,) = blocks(f'<p><img src="{address}"></p>')
        assert block.pictures[0].source == "data:sha256/" + sha256(address.encode()).hexdigest()

    @pytest.mark.parametrize(
        "html",
        [
            '<img src="data:image/gif;base64,R0lGOD" data-src="real.jpg">',
            '<img data-lazy-src="real.jpg">',
            '<img src="/img/blank.gif" data-original="real.jpg">',
            '<img srcset="small.jpg 300w, real.jpg 1200w">',
            '<picture><source srcset="real.jpg 2x, small.jpg 1x"><img alt="a"></picture>',
            '<picture><source data-srcset="real.jpg 800w"><img src="data:image/gif;base64,R0lGOD" alt="a"></picture>',
            '<img src="/1x1.gif" data-srcset="small.jpg 100w, real.jpg 900w">',
            '<amp-img src="real.jpg" width="600" height="400"></amp-img>',
            '<img class="lazy" src=""><noscript><img src="real.jpg"></noscript>',
            '<div><noscript><img src="real.jpg"></noscript></div>',
        ],
    )
    def test_lazy_loading_is_undone(self, html: str) -> None:
        found = [picture.source for block in blocks(f"<p>words</p>{html}") for picture in block.pictures]
        assert found == ["real.jpg"]

    def test_what_shows_nothing_is_no_picture(self) -> None:
        page = '<p>a<img src="t.gif" width="1" height="1"><img alt=""><img src="x.png" style="display:none">b</p>'
        assert texts(page) == ["ab"]


class TestNotes:
    def test_footnotes_and_the_names_by_which_links_jump(self) -> None:
        found = blocks(
            '<p>Text<sup id="r1"><a href="#fn1">1</a></sup> more<sup id="r2"><a href="#fn2">2</a></sup></p>'
            '<ol class="footnotes"><li id="fn1"><p>Note <a href="#r1">back</a><p>more<li id="fn2">Other</ol>'
        )
        assert [(b.kind, b.text, b.number, b.anchor) for b in found] == [
            (Kind.PARAGRAPH, "Text1 more2", None, "r1"),
            (Kind.FOOTNOTE, "Note back", 1, "fn1"),
            (Kind.FOOTNOTE, "more", None, ""),
            (Kind.FOOTNOTE, "Other", 2, "fn2"),
        ]
        assert styled(found[0]) == {"superscript": ["1", "2"], "#fn1": ["1"], "#fn2": ["2"]}

    def test_an_empty_anchor_names_what_follows(self) -> None:
        assert [b.anchor for b in blocks('<p><a href="#x">go</a></p><a name="x"></a><h2 id="y">a')] == ["", "x y"]


class TestInlineOddities:
    def test_ruby_keeps_the_reading_in_brackets(self) -> None:
        page = "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt></rt></ruby> <q>so</q></p>"
        assert texts(page) == ["漢(kan)字 “so”"]

    def test_mathml_is_its_text(self) -> None:
        page = (
            "<p>E <math><semantics><mrow><mi>m</mi><mi>c</mi></mrow><annotation>m c</annotation></semantics></math></p>"
        )
        assert texts(page) == ["E mc"]

    def test_a_rule_parts_and_shows_nothing(self) -> None:
        assert texts("a<hr>b<wbr>c") == ["a", "bc"]

    def test_words_in_a_drawing_count(self) -> None:
        assert texts("<svg><title>no</title><text>Jan</text><text>Feb</text></svg>") == ["Jan Feb"]

    def test_shadow_roots_are_page_text_and_other_templates_are_not(self) -> None:
        page = "<x-y><template shadowrootmode=open><p>in</p></template></x-y><template><p>out</p></template>"
        assert texts(page) == ["in"]

    def test_frames_that_the_page_carries_are_read(self) -> None:
        assert texts('a<iframe srcdoc="<p>b &amp;amp; c</p>"></iframe>d') == ["a", "b & c", "d"]

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("<a href=a>Orndorff Sofa</a><a href=b>By Ebern</a>", "Orndorff Sofa By Ebern"),
            ("<span>2026</span><a href=a>March</a><span>R</span>", "2026 March R"),
            ("<a href=1>2</a><a href=2>3</a>", "2 3"),
            ("<span>PHP</span><span>C#</span>", "PHP C#"),
            ("<span>Co</span><span>rnell <i>U</i><span>niversity</span></span>", "Cornell University"),
            ("<span>T</span><span>H</span><span>E</span>", "THE"),
            ("<span>20</span><span>26</span>", "2026"),
            ("<b>Mc</b><b>Donald</b> H<sub>2</sub><span>O</span>", "McDonald H2O"),
            ("<code><span>int</span><span>X</span></code>", "intX"),
            ("<span>中</span><span>文</span>", "中文"),
        ],
    )
    def test_boxes_in_a_row_are_words_where_they_would_run_together(self, html: str, text: str) -> None:
        assert texts(f"<p>{html}</p>") == [text]

    def test_buttons_in_a_row_do_not_grow_together(self) -> None:
        assert texts("<div><button>A</button><button>B</button></div>") == ["A", "B"]
        assert texts("<p>press <button>A</button><button>B</button>!</p>") == ["press A B !"]


class TestAsides:
    def test_a_hidden_word_goes_without_breaking_its_sentence(self) -> None:
        found = blocks('<p>Talks <span style="display: none">secret <b>x</b></span>began</p><p>next</p>')
        assert [(b.text, b.fate, b.reason) for b in found] == [
            ("Talks began", Fate.KEPT, None),
            ("secret x", Fate.STRIPPED, Reason.HIDDEN),
            ("next", Fate.KEPT, None),
        ]

    @pytest.mark.parametrize("attribute", ["hidden", 'aria-hidden="true"', 'style="visibility:hidden"'])
    def test_hidden_sections_are_stripped(self, attribute: str) -> None:
        found = blocks(f"<p>shown</p><div {attribute}><p>a</p><p>b</p></div>")
        assert [(b.text, b.reason) for b in found] == [("shown", None), ("a", Reason.HIDDEN), ("b", Reason.HIDDEN)]

    def test_a_heading_loses_its_own_links(self) -> None:
        found = blocks(
            '<h2>Talks<span class="mw-editsection">[<a href="/e">edit</a>]</span>'
            '<a class="headerlink" href="#t">¶</a></h2>'
        )
        assert [(b.kind, b.text, b.reason) for b in found] == [
            (Kind.HEADING, "Talks", None),
            (Kind.PARAGRAPH, "[edit]", Reason.NAVIGATION),
            (Kind.PARAGRAPH, "¶", Reason.NAVIGATION),
        ]

    def test_controls_are_stripped(self) -> None:
        found = blocks("<p>a</p><select><option>One<option>Two</select><textarea>b\nc</textarea><p>d</p>")
        assert [(b.text, b.reason) for b in found] == [
            ("a", None),
            (f"One{LINE_BREAK}Two", Reason.OTHER),
            (f"b{LINE_BREAK}c", Reason.OTHER),
            ("d", None),
        ]

    def test_every_stripped_block_says_why(self) -> None:
        found = blocks("<nav><a href=a>Home</a></nav><p>text<footer>©</footer><div hidden>x</div>")
        assert all((b.reason is None) == b.is_kept for b in found)


def test_direction_is_inherited() -> None:
    page = '<html dir="rtl"><body><p>أ</p><div dir="ltr"><p>b</p></div><p dir="auto">c</p>'
    assert [b.direction for b in clean_html(page.encode()).blocks] == ["rtl", "ltr", ""]


def test_paths_tell_places_apart() -> None:
    found = blocks("<div><p>a</p><p>b</p></div><p>c</p>")
    assert [b.path for b in found] == ["body/div:1/p:1", "body/div:1/p:2", "body/p:2"]
    assert [b.n for b in found] == [1, 2, 3]
