"""What the clipboard gets of a passage."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.model import PICTURE, Article, Block, Kind, Picture, Span, Style
from archive_viewer.ui.passage_copy import as_html, plain
from articles import article_of, articles, kitchen_sink, table


class Balance(HTMLParser):
    """Collects text, and fails on a tag that closes another than the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def letters(text: str) -> str:
    return "".join(text.split())


@given(article=articles(), ends=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_any_passage_is_well_formed_and_whole(article: Article, ends: tuple[float, float]) -> None:
    start, end = sorted(int(share * len(article.text)) for share in ends)
    parser = Balance()
    parser.feed(as_html(article, start, end))
    parser.close()
    assert parser.open == []
    if not any(picture.alt for block in article.kept for picture in block.pictures):
        words = article.text[start:end].replace(PICTURE, "")
        assert letters(parser.text) == letters(words) == letters(plain(article, start, end))


def test_cells_of_a_row_are_parted_by_tabs() -> None:
    article = article_of(*table([["Country", "Aid"], ["日本", ""], ["Total", "430"]]))
    assert plain(article, 0, len(article.text)) == "Country\tAid\n日本\t\nTotal\t430"
    assert as_html(article, 0, len(article.text)) == (
        "<table><tr><th>Country</th><th>Aid</th></tr><tr><td>日本</td><td></td></tr><tr><td>Total</td><td>430</td></tr></table>"
    )


def test_a_list_that_begins_at_nine_does_so_in_the_copy() -> None:
    article = kitchen_sink()
    start = article.text.index("first")
    assert as_html(article, start, article.text.index("second") + 6) == (
        '<ol start="9"><li>first</li><li>second</li></ol>'
    )


def test_lines_of_code_stay_one_block() -> None:
    article = kitchen_sink()
    start = article.text.index("def f")
    copied = as_html(article, start, article.text.index("return '😀'") + 10)
    assert copied == "<pre>def f():\n\n    return '😀'\n</pre>"


def test_a_picture_is_copied_as_its_words() -> None:
    page = article_of(
        Block(0, Kind.PARAGRAPH, "a \ufffc b \ufffc", pictures=(Picture(2, "x.png", "Map <1>"), Picture(6, "y.png")))
    )
    assert plain(page, 0, 7) == "a [Map <1>] b "
    assert as_html(page, 0, 7) == "<p>a [Map &lt;1&gt;] b </p>"


def test_a_part_of_a_link_is_a_link() -> None:
    page = article_of(Block(0, Kind.PARAGRAPH, "see here", spans=(Span(4, 8, Style.LINK, 'https://a.example/"&'),)))
    assert as_html(page, 2, 6) == '<p>e <a href="https://a.example/&quot;&amp;">he</a></p>'
