"""Pages on paper, read back from the PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from archive_viewer.errors import ExportFailed
from archive_viewer.model import Article, Block, Colour, Kind
from archive_viewer.ui.printing import write_pdf
from archive_viewer.ui.reading_header import ReadingHeader
from articles import article_of, articles, kitchen_sink, mark_on, paragraphs

QtPdf = pytest.importorskip("PySide6.QtPdf")


def words_of(path: Path) -> list[str]:
    """The words of each page."""
    pdf = QtPdf.QPdfDocument()
    assert pdf.load(str(path)) == QtPdf.QPdfDocument.Error.None_
    return [" ".join(pdf.getAllText(page).text().split()) for page in range(pdf.pageCount())]


def test_a_page_is_printed_with_its_facts_marks_and_notes(qtbot: QtBot, tmp_path: Path) -> None:
    article = kitchen_sink()
    marks = [
        mark_on(article, "A river has two banks", Colour.RED, id="b", note="Compare the treaty.", tags=("water",)),
        mark_on(article, "normal relations", id="a"),
    ]
    header = ReadingHeader("Tïtle", (), "Gazette", "2021-11-21", "2021-11-22T00:00:00Z", "https://example.org/a")
    path = tmp_path / "page.pdf"
    pages = write_pdf(path, article, header=header, reference="AV 12/3", annotations=marks)
    words = words_of(path)
    assert len(words) == pages >= 3
    assert all("AV 12/3" in page and "example.org/a" in page and f"/ {pages}" in page for page in words)
    assert "Home" not in " ".join(words), "what was stripped is not printed"
    notes = words[-1]
    assert "Compare the treaty." in notes
    assert "#water" in notes
    assert notes.index("normal relations") < notes.index("A river has two banks"), "in the order of the page"
    assert not list(tmp_path.glob("*.part"))


def test_without_marks_there_are_no_notes(qtbot: QtBot, tmp_path: Path) -> None:
    assert write_pdf(tmp_path / "page.pdf", paragraphs("text")) == 1
    assert "Marks and notes" not in words_of(tmp_path / "page.pdf")[0]


def test_an_empty_article_is_one_page(qtbot: QtBot, tmp_path: Path) -> None:
    assert write_pdf(tmp_path / "page.pdf", Article((), "")) == 1


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(qtbot: QtBot, tmp_path: Path) -> None:
    for before in range(20, 28):
        line = "One line of a text that is about as wide as the page, and no more."
        heading = Block(0, Kind.HEADING, "Heading of what follows", level=2)
        article = article_of(*paragraphs(*[line] * before).blocks, heading, *paragraphs("After it, more.").blocks)
        path = tmp_path / f"{before}.pdf"
        write_pdf(path, article)
        (page,) = [page for page in words_of(path) if "Heading of what follows" in page]
        assert "After it, more." in page


def test_pictures_are_printed(qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(0xFF123456)
    path = tmp_path / "page.pdf"
    write_pdf(path, kitchen_sink(), picture_source=lambda name: image)
    pdf = QtPdf.QPdfDocument()
    pdf.load(str(path))
    shown = [pdf.render(page, pdf.pagePointSize(page).toSize()) for page in range(pdf.pageCount())]
    seen = {page.pixelColor(300, y).blue() for page in shown for y in range(60, 780, 9)}
    assert any(abs(blue - 0x56) <= 2 for blue in seen)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_any_article_can_be_printed(qtbot: QtBot, tmp_path: Path, article: Article) -> None:
    assert write_pdf(tmp_path / "page.pdf", article) >= 1


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed):
        write_pdf(tmp_path / "missing" / "page.pdf", paragraphs("text"))


def test_a_page_of_nothing_is_a_page(qtbot: QtBot, tmp_path: Path) -> None:
    assert write_pdf(tmp_path / "page.pdf", article_of(Block(0, Kind.TITLE, "\ufffc"))) == 1
