"""Verifying an exported file in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library
from archive_viewer.ui.export_check import ExportCheck
from archive_viewer.ui.main_window import MainWindow

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def exported(library: Library, tmp_path: Path) -> Path:
    """A file of three excerpts, of which one was changed by hand after it was written."""
    ferry = next(item for item in library.items(library.item_ids()) if "ferry" in item.title)
    for words in ("the “old treaty” still held", "the 😀 harbour master", "the winter road"):
        library.annotate_quote(ferry.id, words)
    file = tmp_path / "Excerpts ü.md"
    library.export(file, "md", library.excerpts())
    text = file.read_text("utf-8")
    assert "the winter road" in text
    changed = text.replace("the winter road", "the summer road").replace("“old treaty”", '"old treaty"')
    file.write_text(changed, "utf-8")
    return file


def show(window: MainWindow, path: Path) -> ExportCheck:
    assert window.actions_by_id["verify-export"].isEnabled()
    window.jumps.show_verification(path)
    check = window.tabs.currentWidget()
    assert isinstance(check, ExportCheck)
    return check


def test_each_quotation_with_its_verdict(window: MainWindow, exported: Path, until: Until, qtbot: QtBot) -> None:
    check = show(window, exported)
    until(lambda: check.model.rowCount() == 3)
    assert sorted(verdict.result for verdict in check.model.verdicts) == ["differs", "exact", "typographic"]
    assert "2 of 3" in check.summary.text()
    assert check.chips.chips["differs"].text() == "Differs  1"
    assert not check.chips.chips["altered"].isVisible()
    qtbot.mouseClick(check.chips.chips["exact"], Qt.MouseButton.LeftButton)
    assert check.model.rowCount() == 1
    row = check.model.index(0)
    assert "Exact" in row.data()
    assert "Tïtle 😀 of the ferry" in row.data()
    qtbot.mouseClick(check.view.viewport(), Qt.MouseButton.LeftButton, pos=check.view.visualRect(row).center())
    until(lambda: window.tabs.front() is not None and window.tabs.front().reading)
    front = window.tabs.front()
    until(lambda: front.view.caret_offset() == front.reading.article.text.index("the 😀 harbour master"))


def test_a_page_that_is_not_here_opens_nothing(
    window: MainWindow, library: Library, exported: Path, until: Until, qtbot: QtBot
) -> None:
    ids = {item.id for item in library.items(library.item_ids())}
    text = exported.read_text("utf-8")
    for item_id in ids:
        text = text.replace(item_id, "00000000-0000-4000-8000-000000000000")
    exported.write_text(text, "utf-8")
    check = show(window, exported)
    until(lambda: check.model.rowCount() == 3)
    assert {verdict.result for verdict in check.model.verdicts} == {"missing"}
    check.view.activated.emit(check.model.index(0))
    assert window.tabs.currentWidget() is check


def test_a_file_that_is_no_export_is_said_to_be_none(window: MainWindow, pages: Path, until: Until) -> None:
    check = show(window, pages / "treaty.html")
    until(lambda: check.empty.title == "This file cannot be verified")
    assert check.empty.isVisible()
    assert check.model.rowCount() == 0
    window.actions_by_id["close-tab"].trigger()
    assert window.tabs.count() == 0
