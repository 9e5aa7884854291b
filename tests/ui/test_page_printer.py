"""Printing a page that is open: with the pictures that nobody scrolled to, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from archive_viewer.library import Library
from archive_viewer.ui.item_tab import header_of
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.page_printer import PagePrinter
from archive_viewer.ui.trail import Place
from pages import web_page_complete

Until = Callable[[Callable[[], object]], None]


def test_a_page_with_a_picture_becomes_a_pdf(
    make_window: Callable[[Path], MainWindow], tmp_path: Path, until: Until
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    assert picture.save(str(tmp_path / "picture.png"))
    page = web_page_complete(tmp_path / "saved", (tmp_path / "picture.png").read_bytes())
    window = make_window(tmp_path / "Prints")
    window.open_library(window.library.folder, then_import=[page])
    until(lambda: window.list.model.rowCount() == 1)
    library: Library = window.library.bridge.library
    tab = window.tabs.open(Place(library.item_ids()[0]))
    until(lambda: tab.reading)
    printed: list[int] = []
    printer = PagePrinter(
        tab.reading, header_of(tab.reading.item), window.library.bridge, tab._pictures, window, printed.append
    )
    printer.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    out = tmp_path / "page.pdf"
    printer.printer.setOutputFileName(str(out))
    printer.start()
    until(lambda: printed)
    assert printed == [1]
    assert out.read_bytes().startswith(b"%PDF")
    assert [image is not None for image in tab._pictures.images.values()] == [True]
