"""The document of an article: every code point has its position, every picture something in its place."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage, QPainter, QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from archive_viewer import limits
from archive_viewer.model import Article, Block, Cell, Kind, Picture, Span, Style
from archive_viewer.ui.article_document import ArticleDocument, HeaderLine
from archive_viewer.ui.block_look import Look
from archive_viewer.ui.theme import DARK, LIGHT
from articles import article_of, articles, kitchen_sink, paragraphs, table

HEADER = [HeaderLine("The Gazette 😀"), HeaderLine("example.org", target="https://example.org/")]


def document_of(article: Article, *, header: list[HeaderLine] | None = None) -> ArticleDocument:
    return ArticleDocument(article, Look(LIGHT), header=header or ())


def assert_exact(document: ArticleDocument) -> None:
    text = document.article.text
    for offset in range(len(text) + 1):
        assert document.map.offset(document.map.position(offset)) == offset
        if offset:
            assert document.map.offset(document.map.end_position(offset)) == offset
    for piece in document.map.pieces:
        shown = document.findBlock(piece.position)
        assert shown.text() == piece.text, "a piece stands alone in its block"
        assert shown.position() == piece.position
    assert (
        "\n".join("".join(p.text for p in document.map.pieces if p.block is b) for b in document.article.kept) == text
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_every_code_point_of_any_article_keeps_its_place(qtbot: QtBot, article: Article) -> None:
    assert_exact(document_of(article, header=HEADER))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_any_article_can_be_laid_out_and_painted(qtbot: QtBot, article: Article) -> None:
    document = document_of(article)
    document.setTextWidth(400)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    assert document.size().height() > 0


def test_a_selection_is_the_text_of_the_article(qtbot: QtBot) -> None:
    article = kitchen_sink()
    document = document_of(article, header=HEADER)
    for block in article.kept:
        start = article.starts[block.n]
        for end in range(start, start + len(block.text) + 1):
            assert document.select(start, end).selectedText() == article.text[start:end]


def test_a_selection_over_paragraphs_has_a_paragraph_separator_for_each_newline(qtbot: QtBot) -> None:
    article = paragraphs("one 😀", "", "two 𠮷𠮷", "three")
    document = document_of(article)
    selected = document.select(2, len(article.text) - 1).selectedText()
    assert selected.replace("\u2029", "\n") == article.text[2:-1]


def test_lines_over_the_article_belong_to_no_offset(qtbot: QtBot) -> None:
    document = document_of(paragraphs("text"), header=HEADER)
    assert document.toPlainText() == "The Gazette 😀\nexample.org\ntext"
    assert document.map.offset(0) == 0
    assert document.map.position(0) == len("The Gazette 😀") + 1 + len("example.org\n") + 1
    assert document.piece_of(document.begin()) is None


def test_an_empty_article_has_a_document(qtbot: QtBot) -> None:
    document = document_of(Article((), ""))
    assert document.map.position(0) == 0
    assert document.map.offset(5) == 0


@pytest.mark.parametrize("unsafe", ["\x00", "\n", "\r", "\u2029", "\ufeff", "\ufffe", "\ufdd0", "\ufdd1", "\ud800"])
def test_characters_that_qt_swallows_keep_every_other_in_place(qtbot: QtBot, unsafe: str) -> None:
    document = document_of(paragraphs(f"a{unsafe}b 😀", f"{unsafe}c"))
    assert document.characterAt(document.map.position(document.article.text.index("b"))) == "b"
    assert document.characterAt(document.map.position(document.article.text.rindex("c"))) == "c"


# -- what is too long -------------------------------------------------------------------------------------------


def test_an_unbroken_run_is_parted_and_still_exact(qtbot: QtBot) -> None:
    article = paragraphs("before", "x" * 25_000 + "😀" * 3, "after")
    document = document_of(article)
    parts = [piece for piece in document.map.pieces if piece.block.n == 2]
    assert len(parts) == 3
    assert max(len(piece.text) for piece in parts) <= limits.UNBROKEN_CHARACTERS
    for offset in (0, 7, 7 + limits.UNBROKEN_CHARACTERS, 25_007, 25_010, len(article.text)):
        assert document.map.offset(document.map.position(offset)) == offset
    words = document.select(7 + limits.UNBROKEN_CHARACTERS - 5, 7 + limits.UNBROKEN_CHARACTERS)
    assert words.selectedText() == "xxxxx", "a passage that ends at a break does not reach over it"
    assert article.text.count("\n") == 2


def test_a_break_of_presentation_never_cuts_a_letter_from_its_marks(qtbot: QtBot) -> None:
    cluster = "é" + "\u0301" * 5
    document = document_of(paragraphs(cluster * 4_000))
    assert len(document.map.pieces) > 1
    assert all(piece.text.startswith("é") for piece in document.map.pieces)


def test_a_long_paragraph_is_parted_at_a_space(qtbot: QtBot) -> None:
    document = document_of(paragraphs("word " * 30_000))
    assert len(document.map.pieces) == 3
    assert all(piece.text.endswith(" ") for piece in document.map.pieces)


def test_a_page_of_any_length_is_shown_as_far_as_it_can_be(qtbot: QtBot) -> None:
    article = paragraphs("first 😀", "second", "third", "fourth")
    document = ArticleDocument(article, Look(LIGHT), most=10)
    assert [piece.text for piece in document.map.pieces] == ["first 😀", "second"]
    assert document.lastBlock().text().startswith("This page is too long to be shown whole: 2 more paragraphs")
    end = article.text.index("second") + len("second")
    for offset in (article.text.index("third"), len(article.text)):
        assert document.map.offset(document.map.position(offset)) == end
    assert document.select(0, len(article.text)).selectedText() == "first 😀\u2029second"


def test_a_long_table_is_parted_between_rows_and_nothing_is_hidden(qtbot: QtBot) -> None:
    rows = [[f"row {row}", str(row)] for row in range(500)]
    article = article_of(*table(rows))
    document = document_of(article)
    assert [piece.text for piece in document.map.pieces] == [text for row in rows for text in row]
    tables = {document.select(piece.start, piece.start).currentTable() for piece in document.map.pieces[::20]}
    assert len(tables) > 1
    assert all(part is not None and part.rows() < 2 * limits.TABLE_ROWS_AT_ONCE for part in tables)


def test_spans_of_cells_are_kept(qtbot: QtBot) -> None:
    cells = [
        Block(0, Kind.CELL, "wide", cell=Cell(1, 0, 0, 1, 2, 2, 2, True)),
        Block(0, Kind.CELL, "", cell=Cell(1, 1, 0, 1, 1, 2, 2)),
        Block(0, Kind.CELL, "b", cell=Cell(1, 1, 1, 1, 1, 2, 2)),
    ]
    document = document_of(article_of(*cells))
    shown = document.select(0, 0).currentTable()
    assert (shown.rows(), shown.columns()) == (2, 2)
    assert shown.cellAt(0, 0).columnSpan() == 2
    assert shown.cellAt(1, 1).firstCursorPosition().block().text() == "b"


def test_cells_that_cannot_be_a_table_are_read_as_paragraphs(qtbot: QtBot) -> None:
    overlapping = [
        Block(0, Kind.CELL, "a", cell=Cell(1, 0, 0, 2, 2, 2, 2)),
        Block(0, Kind.CELL, "b", cell=Cell(1, 1, 1, 1, 1, 2, 2)),
    ]
    document = document_of(article_of(*overlapping))
    assert document.select(0, 0).currentTable() is None
    assert document.toPlainText() == "a\nb"


def test_a_table_with_more_columns_than_there_is_room_for_is_read_as_paragraphs(qtbot: QtBot) -> None:
    widest = limits.TABLE_COLUMNS_DRAWN
    assert document_of(article_of(*table([["c"] * widest]))).select(0, 0).currentTable() is not None
    assert document_of(article_of(*table([["c"] * (widest + 1)]))).select(0, 0).currentTable() is None


def test_a_table_of_a_million_rows_in_two_cells_is_refused_as_a_table(qtbot: QtBot) -> None:
    cells = [Block(0, Kind.CELL, "a", cell=Cell(1, 0, 0, 10**6, 10**3, 10**6, 10**3))]
    assert document_of(article_of(*cells)).select(0, 0).currentTable() is None


# -- pictures and links -----------------------------------------------------------------------------------------

PAGE = article_of(
    Block(0, Kind.FIGURE, "\ufffc", pictures=(Picture(0, "/etc/passwd", "A mosque", 2_000, 1_000),)),
    Block(0, Kind.PARAGRAPH, "a \ufffc", pictures=(Picture(2, "b.png", "<img src=x>"),)),
    Block(0, Kind.PARAGRAPH, "link", spans=(Span(0, 4, Style.LINK, "file:///etc/passwd"),)),
)
IMAGE_RESOURCE = QTextDocument.ResourceType.ImageResource.value


def names_in(document: QTextDocument) -> list[str]:
    found = []
    for position in range(document.characterCount() - 1):
        cursor = QTextCursor(document)
        cursor.setPosition(position + 1)
        format_ = cursor.charFormat()
        found += [format_.toImageFormat().name()] if format_.isImageFormat() else []
        found += [format_.anchorHref()] if format_.isAnchor() else []
    return found


def test_no_name_of_the_page_reaches_qt(qtbot: QtBot) -> None:
    names = set(names_in(document_of(PAGE)))
    assert names == {"picture:0", "picture:1", "link:0"}
    assert document_of(PAGE).target_of("link:0") == "file:///etc/passwd"
    assert document_of(PAGE).target_of("https://example.org/") == ""


def test_a_picture_is_as_wide_as_the_column_at_most(qtbot: QtBot) -> None:
    document = document_of(PAGE)
    cursor = QTextCursor(document)
    cursor.setPosition(1)
    shown = cursor.charFormat().toImageFormat()
    assert shown.width() == document.look.column
    assert shown.height() == pytest.approx(document.look.column / 2, abs=1)


@pytest.mark.parametrize("name", ["picture:0", "picture:99", "picture:x", "/etc/passwd", "file:///etc/passwd", ""])
def test_there_is_always_a_picture_and_never_a_file(qtbot: QtBot, name: str) -> None:
    answer = document_of(PAGE).resource(IMAGE_RESOURCE, QUrl(name))
    assert isinstance(answer, QImage)
    assert not answer.isNull()


def test_pictures_are_asked_for_by_the_page_and_shown_when_they_arrive(qtbot: QtBot) -> None:
    asked: list[str] = []

    def source(name: str) -> None:
        asked.append(name)

    document = ArticleDocument(PAGE, Look(LIGHT), picture_source=source)
    waiting = document.resource(IMAGE_RESOURCE, QUrl("picture:1"))
    assert asked == ["b.png"]
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert document.picture_arrived("b.png", image)
    shown = document.resource(IMAGE_RESOURCE, QUrl("picture:1"))
    assert shown.size() == image.size() != waiting.size()
    assert not document.picture_arrived("unknown.png", image)


def test_a_picture_that_was_never_saved_is_not_asked_for_again(qtbot: QtBot) -> None:
    asked: list[str] = []
    document = ArticleDocument(PAGE, Look(LIGHT), picture_source=lambda name: asked.append(name))
    assert document.picture_arrived("b.png", None)
    document.resource(IMAGE_RESOURCE, QUrl("picture:1"))
    assert asked == []


def test_a_huge_picture_is_kept_no_larger_than_it_is_shown(qtbot: QtBot) -> None:
    document = document_of(PAGE)
    document.picture_arrived("b.png", QImage(6_000, 100, QImage.Format.Format_RGB32))
    assert document.resource(IMAGE_RESOURCE, QUrl("picture:1")).width() == 2 * document.look.column


# -- looks ------------------------------------------------------------------------------------------------------


def test_a_line_that_holds_only_a_picture_is_not_stretched(qtbot: QtBot) -> None:
    document = document_of(PAGE)
    assert document.begin().blockFormat().lineHeightType() == 0
    assert document.begin().next().blockFormat().lineHeightType() != 0


def test_colours_follow_the_theme(qtbot: QtBot) -> None:
    document = ArticleDocument(paragraphs("text"), Look(DARK))
    assert document.select(0, 1).charFormat().foreground().color() == QColor(DARK.ink)


def test_blocks_without_a_direction_of_their_own_follow_the_one_before(qtbot: QtBot) -> None:
    document = document_of(paragraphs("123", "سلام", "456", "text", "789"))
    shown = [document.findBlock(piece.position).textDirection() for piece in document.map.pieces]
    right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    assert shown == [right, right, right, left, left]


@pytest.mark.parametrize(("texts", "is_right_to_left"), [(("سلام", "سلام", "a"), True), (("a", "b", "سلام"), False)])
def test_an_article_is_read_the_way_of_most_of_its_blocks(
    qtbot: QtBot, texts: tuple[str, ...], is_right_to_left: bool
) -> None:
    assert document_of(paragraphs(*texts)).is_right_to_left is is_right_to_left
