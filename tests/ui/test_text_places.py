"""Where words are, in documents that are laid out only as far as they were looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from archive_viewer.model import Article
from archive_viewer.ui.article_document import ArticleDocument
from archive_viewer.ui.block_look import Look
from archive_viewer.ui.text_places import blocks_in, line_start_at, rectangles
from archive_viewer.ui.theme import LIGHT
from articles import article_of, kitchen_sink, paragraphs, table

LONG = article_of(
    *kitchen_sink().kept,
    *table([[str(row), "words " * 12] for row in range(150)]),
    *paragraphs(*(f"Paragraph {number} " + "with words " * 12 for number in range(600))).blocks,
)


def laid_out(article: Article, *, whole: bool = False, width: int = 600) -> ArticleDocument:
    document = ArticleDocument(article, Look(LIGHT))
    document.setTextWidth(width)
    if whole:
        document.documentLayout().blockBoundingRect(document.lastBlock())
    return document


@pytest.fixture(scope="module")
def whole(qapp: object) -> ArticleDocument:
    return laid_out(LONG, whole=True)


@pytest.mark.parametrize("y", [0, 7, 40, 83, 119, 500, 777, 2_003, 4_999, 9_001, 20_000, 10**7])
def test_a_place_is_the_same_before_and_after_the_whole_is_laid_out(
    qtbot: QtBot, whole: ArticleDocument, y: int
) -> None:
    assert line_start_at(laid_out(LONG), y) == line_start_at(whole, y)


def test_every_line_is_found_at_its_own_height(whole: ArticleDocument) -> None:
    layout = whole.documentLayout()
    for piece in whole.map.pieces[:: len(whole.map.pieces) // 60]:
        block = whole.findBlock(piece.position)
        if block.length() > 1 and piece.block.cell is None:
            place = layout.blockBoundingRect(block)
            assert line_start_at(whole, place.top() + 1) == piece.position


def test_the_blocks_of_a_rectangle_are_those_that_touch_it(whole: ArticleDocument) -> None:
    layout = whole.documentLayout()
    for top in (0.0, 100.0, 1_500.0, 6_000.0):
        area = QRectF(0, top, 600, 300)
        found = [block.position() for block, _ in blocks_in(whole, area)]
        expected, block = [], whole.begin()
        while block.isValid():
            place = layout.blockBoundingRect(block)
            if place.bottom() >= area.top() and place.top() <= area.bottom():
                expected.append(block.position())
            block = block.next()
        assert found == expected


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("plain words here", "words", 1),
        ("word السلام means", "word السلام means", 1),
        ("abc אבגד def", "c אב", 2),
        ("日本語の文章", "本語", 1),
        ("क्षत्रिय और", "क्षत्रिय", 1),
        ("a 😀 b", "😀", 1),
    ],
)
def test_a_range_is_covered_by_as_few_rectangles_as_the_eye_sees(
    qtbot: QtBot, text: str, words: str, pieces: int
) -> None:
    document = laid_out(paragraphs(text))
    start = text.index(words)
    block = document.begin()
    place = document.documentLayout().blockBoundingRect(block)
    first, last = document.map.position(start), document.map.end_position(start + len(words))
    found = [rectangle for rectangle, _ in rectangles(block, place, first, last)]
    assert len(found) == pieces
    assert all(place.contains(rectangle) for rectangle in found)
    whole_line = sum(rectangle.width() for rectangle, _ in rectangles(block, place, 0, block.length()))
    assert 0 < sum(rectangle.width() for rectangle in found) <= whole_line


def test_a_range_over_lines_has_a_rectangle_on_each(qtbot: QtBot) -> None:
    document = laid_out(paragraphs("word " * 60), width=300)
    block = document.begin()
    place = document.documentLayout().blockBoundingRect(block)
    found = rectangles(block, place, 0, block.length())
    assert len(found) == block.layout().lineCount()
    baselines = [baseline for _, baseline in found]
    assert baselines == sorted(set(baselines))


def test_a_picture_has_a_rectangle(qtbot: QtBot) -> None:
    article = kitchen_sink()
    document = laid_out(article)
    position = document.map.position(article.text.index("\ufffc"))
    block = document.findBlock(position)
    place = document.documentLayout().blockBoundingRect(block)
    ((rectangle, _),) = rectangles(block, place, position, position + 1)
    assert rectangle.width() == pytest.approx(document.look.column, abs=2)
