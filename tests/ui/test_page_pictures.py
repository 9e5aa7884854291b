"""Pictures of a page: taken from the library off the main thread, and put where their frame stood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage

from archive_viewer.library import Library
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.trail import Place
from pages import PIXEL, web_page_complete

Until = Callable[[Callable[[], object]], None]


def test_a_saved_picture_is_shown(window: MainWindow, library: Library, tmp_path: Path, until: Until) -> None:
    window.import_paths([web_page_complete(tmp_path / "säved")])
    until(lambda: window.list.model.rowCount() == 3)
    page = next(item for item in library.items(library.item_ids()) if item.title == "Ferry")
    tab = window.tabs.open(Place(page.id))
    until(lambda: tab.reading)
    (picture,) = (picture for block in tab.reading.article.kept for picture in block.pictures)
    until(lambda: tab._pictures.images.get(picture.source))
    pixel = QImage.fromData(PIXEL).pixelColor(0, 0)
    assert tab._pictures.images[picture.source].pixelColor(0, 0) == pixel
    corner = tab.view.text.place_of(tab.reading.article.text.index("\ufffc")).bottomLeft().toPoint()

    def is_on_screen() -> bool:
        return tab.view.text.viewport().grab().toImage().pixelColor(corner.x(), corner.y() - 1) == pixel

    until(is_on_screen)
