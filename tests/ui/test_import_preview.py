"""What would come in is shown before it does: real files, a real scout, and a choice that the import obeys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library
from archive_viewer.ui import prospects
from archive_viewer.ui.import_preview import ImportPreview
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.prospect_details import details_of
from archive_viewer.ui.prospects import PageAhead, Prospect, ProspectModel, remarks

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def more(tmp_path: Path, pages: Path) -> Path:
    """A folder with new pages beside those that the library holds."""
    folder = tmp_path / "möre 😀"
    pages.rename(folder)
    ferry = (folder / "ferry ü.html").read_text("utf-8")
    (folder / "new.html").write_text(
        "<title>Tïtle 😀</title><p>Nothing like anything else, said nobody at all.", "utf-8"
    )
    (folder / "z new.html").write_text("<title>Other</title><p>A second page that nobody has seen before.", "utf-8")
    (folder / "y alike.html").write_text(ferry.replace("<body>", "<body><!-- again -->"), "utf-8")
    return folder


@pytest.fixture
def preview(window: MainWindow, more: Path, dialog: Callable[[type[QDialog]], QDialog], until: Until) -> ImportPreview:
    window.preview_import([more])
    found = dialog(ImportPreview)
    assert isinstance(found, ImportPreview)
    until(lambda: not found.is_looking)
    return found


def kinds(preview: ImportPreview) -> dict[str, str]:
    found = [preview.model.prospect(row) for row in range(preview.model.rowCount())]
    return {one.name: one.kind for one in found}


def row_of(preview: ImportPreview, name: str) -> int:
    return next(row for row in range(preview.model.rowCount()) if preview.model.prospect(row).name == name)


def test_it_says_what_each_file_is(preview: ImportPreview, library: Library) -> None:
    assert kinds(preview) == {
        "broken.html": "refused",
        "ferry ü.html": "duplicate",
        "new.html": "new",
        "treaty.html": "duplicate",
        "y alike.html": "near",
        "z new.html": "new",
    }
    said = "3 pages would come in, 1 file looks like another page, 2 files are in the library already, 1 refused."
    assert preview.summary.text() == said
    assert preview.button.text() == "Import 3 Pages"
    assert len(library.item_ids()) == 2
    preview.table.selectRow(row_of(preview, "y alike.html"))
    assert any("which the library holds already" in field.value for field in preview.details.fields)
    preview.filter("refused")
    assert list(kinds(preview)) == ["broken.html"]


def test_what_is_unticked_stays_out(
    preview: ImportPreview, window: MainWindow, library: Library, qtbot: QtBot, until: Until
) -> None:
    preview.table.sortByColumn(prospects.TITLE, Qt.SortOrder.DescendingOrder)
    preview.table.selectRow(row_of(preview, "z new.html"))
    qtbot.keyClick(preview.table, Qt.Key.Key_Space)
    alike = preview.model.index(row_of(preview, "y alike.html"), prospects.TITLE)
    assert preview.model.setData(alike, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert preview.button.text() == "Import 1 Page"
    assert "2 left out" in preview.summary.text()
    qtbot.keyClick(preview.table, Qt.Key.Key_Return)
    until(lambda: window.activity.count() == 0 and len(library.item_ids()) == 3)
    report = {Path(line.path).name: line.reason for line in library.report(library.accessions()[0].id)}
    assert report["z new.html"] == report["y alike.html"] == "You left this file out."
    assert "Tïtle 😀" in {item.title for item in library.items(library.item_ids())}


def test_it_need_not_be_waited_for(
    window: MainWindow, more: Path, dialog: Callable[[type[QDialog]], QDialog], library: Library, until: Until
) -> None:
    window.preview_import([more])
    preview = dialog(ImportPreview)
    assert preview.is_looking
    assert preview.button.text() == "Import Now"
    preview.button.click()
    until(lambda: window.activity.count() == 0 and len(library.item_ids()) == 5)


def test_cancelling_stores_nothing(preview: ImportPreview, library: Library, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.finished):
        qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert len(library.accessions()) == 1


def test_nothing_to_import_is_said(
    window: MainWindow, tmp_path: Path, dialog: Callable[[type[QDialog]], QDialog], until: Until
) -> None:
    (tmp_path / "empty").mkdir()
    window.preview_import([tmp_path / "empty"])
    preview = dialog(ImportPreview)
    until(lambda: not preview.is_looking)
    assert preview.empty.title == "There is nothing to import here"
    assert not preview.button.isEnabled()


def test_a_scout_that_ends_at_a_file_is_followed_by_another(
    window: MainWindow, more: Path, dialog: Callable[[type[QDialog]], QDialog], until: Until
) -> None:
    scout = window.library.scout([more])
    preview = ImportPreview(scout, are_drops_shown=False, parent=window)
    scout.start()
    # It has been asked, and has not yet had the time to tell of a file.
    scout.child._process.started.connect(scout.child._process.kill, Qt.ConnectionType.SingleShotConnection)
    preview.show()
    until(lambda: not preview.is_looking)
    assert len(kinds(preview)) == 6
    assert "ended while it looked" in preview.model.prospect(0).reason


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), action, data, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), action, data, buttons, keys))


def test_dropped_files_come_in_at_once_unless_they_are_to_be_shown_first(
    window: MainWindow, more: Path, dialog: Callable[[type[QDialog]], QDialog], library: Library, until: Until
) -> None:
    drop(window, more / "new.html")
    until(lambda: len(library.item_ids()) == 3)
    until(lambda: window.activity.count() == 0)
    window.preview_import([more])
    preview = dialog(ImportPreview)
    preview.drops.setChecked(True)
    preview.reject()
    drop(window, more / "z new.html")
    until(lambda: dialog(ImportPreview).paths == [more / "z new.html"])
    assert len(library.item_ids()) == 3


def test_leaving_the_library_closes_it(
    window: MainWindow, preview: ImportPreview, qtbot: QtBot, tmp_path: Path, until: Until
) -> None:
    with qtbot.waitSignal(preview.finished):
        window.open_library(tmp_path / "another")
    until(lambda: window.library is not None and window.library.folder == tmp_path / "another")


def prospect(number: int, outcome: str = "imported") -> Prospect:
    return Prospect(f"/x/{number:05}", f"/x/{number:05}", outcome, "", (), int(outcome == "imported"), (), ())


def test_thousands_of_rows_are_sorted_and_keep_what_is_picked(qtbot: QtBot) -> None:
    model = ProspectModel()
    model.add([prospect(number) for number in range(3_000)])
    model.sort(prospects.TITLE, Qt.SortOrder.DescendingOrder)
    model.add([prospect(number, "refused") for number in range(3_000, 5_000)])
    assert model.prospect(0).file == "/x/04999"
    model.want(range(1_990, 2_010), False)
    assert len(model.left_out()) == 10
    assert model.wanted_pages() == 2_990
    model.sort(-1)
    assert model.prospect(0).file == "/x/00000"
    model.filter("refused")
    assert model.rowCount() == 2_000


@pytest.mark.parametrize("column", [-1, prospects.TITLE, prospects.KIND])
@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_files_that_come_late_stand_where_they_belong(column: int, order: Qt.SortOrder, qtbot: QtBot) -> None:
    found = [prospect(number * 7 % 20, ("imported", "refused", "skipped")[number % 3]) for number in range(20)]
    late, early = ProspectModel(), ProspectModel()
    late.sort(column, order)
    for one in found:
        late.add([one])
    early.add(found)
    early.sort(column, order)
    assert [late.prospect(row) for row in range(20)] == [early.prospect(row) for row in range(20)]


def test_damage_is_set_apart_and_a_doubt_is_not(qapp: QApplication) -> None:
    page = PageAhead("Tïtle 😀", "", "2021-11-21T10:00:00Z", "", "utf-8", "html", "", {"captured_at": "By guess."})
    cut = "This file has no end: it may have been cut off.  It was read as far as it goes."
    files = [
        Prospect(name, name, "imported", "", warnings, 1, (page,), ())
        for name, warnings in (("doubtful.html", ("Left out: 1.",)), ("damaged.mht", ("Left out: 1.", cut)))
    ]
    model = ProspectModel()
    model.add(files)
    colours = [model.index(row, prospects.REMARKS).data(Qt.ItemDataRole.ForegroundRole) for row in (0, 1)]
    assert colours == [None, QGuiApplication.palette().color(QPalette.ColorRole.BrightText)]
    assert [remarks(one) for one in files] == ["By guess.  Left out: 1.", f"{cut}  By guess.  Left out: 1."]
    fields = {field.name: field for field in details_of(files[1])}
    assert fields["Damaged or altered"].is_grave
    assert not fields["Remark"].is_grave
    assert [name for name, field in fields.items() if field.doubt] == ["Capture date"]


def test_twins_of_one_look_are_not_in_the_library(
    window: MainWindow, tmp_path: Path, dialog: Callable[[type[QDialog]], QDialog], until: Until
) -> None:
    folder = tmp_path / "twïns"
    folder.mkdir()
    for name in ("a.html", "b.html"):
        (folder / name).write_text("<title>Tïtle 😀</title><p>Nothing like anything else, said nobody.", "utf-8")
    window.preview_import([folder, folder / "a.html"])
    preview = dialog(ImportPreview)
    assert isinstance(preview, ImportPreview)
    until(lambda: not preview.is_looking)
    assert kinds(preview)["b.html"] == "twin"
    assert "here twice" in preview.summary.text()
    assert "in the library" not in preview.summary.text()
    twin = next(one for one in (preview.model.prospect(row) for row in range(2)) if one.name == "b.html")
    assert twin.reason == "It is the same file as “a.html”, which comes in with this import."
    assert preview.findChild(QLabel, "pageTitle").text() == "What would come in from 1 folder and 1 file"
    preview.reject()


def test_nothing_is_scrolled_sideways_in_a_small_window(
    window: MainWindow, more: Path, dialog: Callable[[type[QDialog]], QDialog], until: Until
) -> None:
    window.resize(1000, 640)
    window.preview_import([more])
    preview = dialog(ImportPreview)
    assert isinstance(preview, ImportPreview)
    until(lambda: not preview.is_looking)
    bar = preview.table.horizontalScrollBar()
    until(lambda: bar.maximum() == 0)
    assert preview.table.columnWidth(prospects.TITLE) >= 130
    preview.resize(1280, 760)
    until(lambda: preview.table.columnWidth(prospects.TITLE) == 250)
    assert bar.maximum() == 0
    assert not preview.table.isColumnHidden(prospects.CHARSET)


def test_a_capture_date_that_is_only_the_time_of_the_file_says_so(preview: ImportPreview, library: Library) -> None:
    row = row_of(preview, "new.html")
    index = preview.model.index(row, prospects.CAPTURED)
    assert index.data().endswith(", file")
    assert index.data(Qt.ItemDataRole.FontRole).italic()
    assert "time of the file" in index.data(Qt.ItemDataRole.ToolTipRole)
    (captured,) = (one for one in details_of(preview.model.prospect(row)) if one.name == "Capture date")
    assert "time of the file" in captured.source


def test_pages_and_files_are_not_mistaken_for_each_other(qtbot: QtBot) -> None:
    model = ProspectModel()
    one = Prospect("/a.warc", "/a.warc", "imported", "", (), 3, (), ())
    model.add([one, replace(one, file="/b", path="/b", page_count=1)])
    assert (model.wanted_pages(), model.wanted_files()) == (4, 2)
    model.want([0], False)
    assert (model.wanted_pages(), model.wanted_files()) == (1, 1)
