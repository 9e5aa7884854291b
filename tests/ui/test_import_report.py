"""The report of an import as it is read in the window, and handed over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Scope
from archive_viewer.ui.import_report import ImportReport
from archive_viewer.ui.library_tree import SCOPE
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.rows import ROW
from archive_viewer.ui.trail import Place

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def alike(window: MainWindow, library: Library, pages: Path, until: Until) -> str:
    """A page in the library that is another one saved again; gives its id."""
    ferry = pages / "ferry ü.html"
    (pages / "again.html").write_text(ferry.read_text("utf-8").replace("<body>", "<body><!-- again -->"), "utf-8")
    window.import_paths([pages / "again.html"])
    until(lambda: window.activity.count() == 0 and len(library.item_ids()) == 3)
    return library.report(library.accessions()[0].id)[0].item_ids[0]


@pytest.fixture
def report(window: MainWindow, library: Library, alike: str, until: Until) -> ImportReport:
    """The report of that import, opened from the library pane."""
    wanted = Scope("accession", library.accessions()[0].id)
    until(lambda: wanted in [branch.data(0, SCOPE) for branch in window.tree.branches()])
    branch = next(branch for branch in window.tree.branches() if branch.data(0, SCOPE) == wanted)
    window.tree.itemActivated.emit(branch, 0)
    until(lambda: window.tabs.report() is not None and window.tabs.report().model.near)
    return window.tabs.report()


def test_a_line_names_its_page_and_what_that_looks_like(report: ImportReport, library: Library, alike: str) -> None:
    assert report.model.rowCount(QModelIndex()) == 1
    said = report.model.index(0).data(ROW).text
    item = library.item(alike)
    assert item.title in said
    assert item.charset in said
    assert "The same text as" in said
    assert "again.html" in said


def test_it_is_exported(report: ImportReport, window: MainWindow, tmp_path: Path, qtbot: QtBot, until: Until) -> None:
    report.export_button.click()
    until(lambda: report.findChild(QFileDialog))
    report.findChild(QFileDialog).reject()
    with qtbot.waitSignal(report.exported) as exported:
        report.export_to(tmp_path / "repört.csv")
    assert exported.args == [tmp_path / "repört.csv", 1]
    assert "again.html" in (tmp_path / "repört.csv").read_text("utf-8-sig")
    until(lambda: "1 row written to" in window.statusBar().currentMessage())
    report.export_to(tmp_path / "nowhere" / "report.csv")
    until(lambda: "could not be written" in window.notice.sentence)


def test_a_page_leads_to_the_one_that_it_looks_like(
    window: MainWindow, library: Library, alike: str, until: Until
) -> None:
    (near,) = library.near_duplicates(alike)
    tab = window.tabs.open(Place(alike))
    until(lambda: tab.reading)
    window.margin.setCurrentWidget(window.margin.facts)
    until(lambda: any(field.item_id for field in window.margin.facts.fields))
    label = next(label for label in window.margin.facts.findChildren(QLabel) if near.item.id in label.text())
    label.linkActivated.emit(near.item.id)
    until(lambda: window.tabs.front().item_id == near.item.id)


def test_in_a_narrow_pane_every_chip_keeps_its_words(report: ImportReport, qtbot: QtBot) -> None:
    report.window().resize(1000, 640)
    chips = report.chips
    chips.show_counts({"imported": 1_000, "duplicate": 200, "refused": 30, "skipped": 4_000})
    qtbot.waitUntil(lambda: chips.height() > 2 * chips.chips[""].height())
    for chip in chips.chips.values():
        assert chip.width() >= chip.sizeHint().width()
        assert chips.rect().contains(chip.geometry())
    assert report.export_button.width() >= report.export_button.sizeHint().width()
