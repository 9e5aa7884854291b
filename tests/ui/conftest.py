"""A real window on a real library, with its real children; a home of its own for what it remembers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.ui.fonts import quiet_font_search
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.preferences import Preferences

PATIENCE_MS = 15_000

FERRY = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tïtle 😀 of the ferry</title></head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/contact">Contact</a></nav>
<article><h1>Tïtle 😀 of the ferry</h1>
<p>The envoys of both river towns met on Tuesday to speak about the ferry, the tolls and the winter road.</p>
<p>Nobody had expected the 😀 harbour master to agree, but he said that the “old treaty” still held for the ferry.</p>
<h2>What comes next</h2>
<p>A second meeting is planned for the coming month, when the snow on the pass has melted and the bridge is open.</p>
</article><footer>© The Gazette. All rights reserved. <a href="/privacy">Privacy</a></footer></body></html>"""

TREATY = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The old treaty</title></head><body>
<article><h1>The old treaty</h1>
<p>The old treaty was signed by nobody, said the harbour master of the other town when he was asked on Friday.</p>
<p>He would not say whether the boats would sail in spring; the tolls, he said, were a matter for the winter road.</p>
</article></body></html>"""

Until = Callable[[Callable[[], object]], None]


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """Without a screen Qt lets go of the clipboard only after Python has ended, and dies of what Python put there."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where preferences, logs and libraries go: nowhere near the person's own."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))
    source = Path(__file__).parents[2] / "src"
    monkeypatch.setenv("PYTHONPATH", str(source))
    return tmp_path / "home"


def write_pages(folder: Path) -> Path:
    """Two saved pages and one that cannot be read."""
    (folder / "ferry ü.html").write_text(FERRY, "utf-8")
    (folder / "treaty.html").write_text(TREATY, "utf-8")
    (folder / "broken.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of saved pages, with one that cannot be read."""
    folder = tmp_path / "pages"
    folder.mkdir()
    return write_pages(folder)


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until something holds."""
    return lambda holds: qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that holds the pages, to be copied."""
    folder = tmp_path_factory.mktemp("filled") / "library"
    pages = write_pages(tmp_path_factory.mktemp("saved"))
    with Library.open(folder) as library:
        accession = library.begin_accession([pages])
        for _line in import_paths(library, accession.id, [pages], Job()):
            pass
        library.set_accession_state(accession.id, "done")
        update_index(library, Job())
    return folder


@pytest.fixture
def filled_folder(tmp_path: Path, filled_once: Path) -> Path:
    """A library that holds the pages, and is closed."""
    return shutil.copytree(filled_once, tmp_path / "Arçhive 😀")


MakeWindow = Callable[[Path], MainWindow]


@pytest.fixture
def make_window(home: Path, qapp: QApplication, until: Until) -> Iterator[MakeWindow]:
    """Opens windows, each on a library; all are closed at the end and leave nothing running."""
    quiet_font_search()
    windows: list[MainWindow] = []
    closed: list[QObject] = []

    def make(folder: Path) -> MainWindow:
        window = MainWindow(Preferences())
        windows.append(window)
        window.closed.connect(lambda: closed.append(window))
        window.resize(1280, 800)
        window.show()
        window.open_library(folder)
        until(lambda: window.library is not None)
        return window

    yield make
    for dialog in qapp.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.reject()
    for window in windows:
        window.close()
    until(lambda: len(closed) == len(windows))
    for window in windows:
        window.preferences.close()
        window.deleteLater()
    # Not empty: Qt would take its style sheet style away, to which PySide may still hold a reference.
    qapp.setStyleSheet("/* none */")
    qapp.setPalette(QPalette())


@pytest.fixture
def window(make_window: MakeWindow, filled_folder: Path, until: Until) -> MainWindow:
    """A window on the library that holds the pages."""
    made = make_window(filled_folder)
    until(lambda: made.list.model.rowCount() == 2)
    return made


@pytest.fixture
def library(window: MainWindow) -> Library:
    """The library behind the window, to look at what was stored."""
    assert isinstance(window.library, OpenLibrary)
    return window.library.bridge.library


@pytest.fixture
def dialog(qapp: QApplication, until: Until) -> Callable[[type[QDialog]], QDialog]:
    """The dialog of a kind that is open, as soon as it is."""

    def find(kind: type[QDialog]) -> QDialog:
        def open_ones() -> list[QDialog]:
            return [widget for widget in qapp.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]

        until(open_ones)
        return open_ones()[0]

    return find
