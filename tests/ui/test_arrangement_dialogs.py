"""What is done with the arrangement through dialogs: choosing a place, arranging by a rule, renumbering, levels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Scope
from archive_viewer.model import Unit
from archive_viewer.ui.arrangement_model import COUNT as TOTAL
from archive_viewer.ui.levels_dialog import LevelsDialog
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.place_dialog import PlaceDialog
from archive_viewer.ui.renumber_dialog import RenumberDialog
from archive_viewer.ui.rows import ROW
from archive_viewer.ui.sorting_dialog import SortingDialog

PAGE = """<!-- saved from url=(0027)https://{site}/{number}.html -->
<html><head><title>Tïtle {number} 😀</title>
<meta property="article:published_time" content="{year}-03-0{number}"></head>
<body><article><h1>Tïtle {number} 😀</h1>
<p>The envoys of both river towns met on Tuesday to speak about ferry {number}, the tolls and the winter road.</p>
</article></body></html>"""
COUNT = 4

OpenDialog = Callable[[type[QDialog]], QDialog]
Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with pages of two sites in folders, and a fonds of two series."""
    folder, saved = tmp_path / "Arçhive 😀", tmp_path / "saved"
    for number in range(1, COUNT + 1):
        place = saved / ("öld" if number < 3 else "new")
        place.mkdir(parents=True, exist_ok=True)
        site = "gazette.test" if number < 4 else "herald.test"
        text = PAGE.format(number=number, site=site, year=1990 + number // 3)
        (place / f"{number}.html").write_text(text, "utf-8")
    with Library.open(folder) as library:
        accession = library.begin_accession([saved])
        for _line in import_paths(library, accession.id, [saved], Job()):
            pass
        top = library.add_unit("", "fonds", "Fërry", "FT")
        library.add_unit(top.id, "series", "Letters")
        library.add_unit(top.id, "series", "Mïnutes")
    return folder


@pytest.fixture
def window(make_window: MakeWindow, folder: Path, until: Until) -> MainWindow:
    made = make_window(folder)
    until(lambda: len(made.arrangement.units.units) == 3)
    until(made.actions_by_id["levels"].isEnabled)
    until(lambda: made.list.model.rowCount() == COUNT)
    return made


def named(library: Library, title: str) -> Unit:
    return next(unit for unit in library.units() if unit.title == title)


def choose(window: MainWindow, unit: Unit, until: Until) -> None:
    window.arrangement.choose(unit.id)
    until(lambda: window.arrangement.unit() is not None and window.arrangement.unit().id == unit.id)


def texts(dialog: SortingDialog) -> list[str]:
    return [dialog.model.index(row).data(ROW).text for row in range(dialog.model.rowCount())]


def test_pages_are_moved_by_typing_a_part_of_a_name(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot, dialog: OpenDialog
) -> None:
    window.list.view.selectAll()
    window.actions_by_id["move-pages"].trigger()
    places = dialog(PlaceDialog)
    assert isinstance(places, PlaceDialog)
    assert places.windowTitle() == "Move 4 pages to"
    qtbot.keyClicks(places.line, "minutes")
    # What stands above a place is shown, and is not meant.
    until(lambda: places.view.currentIndex().data() == "Mïnutes")
    assert places.filter.rowCount() == 1
    qtbot.keyClicks(places.line, " nowhere")
    until(places.nothing.isVisible)
    assert not places.moving.isEnabled()
    places.line.setText("ft/1")
    qtbot.keyClick(places.line, Qt.Key.Key_Return)
    until(lambda: named(library, "Letters").item_count == COUNT)
    until(lambda: window.statusBar().currentMessage() == "4 pages put into “Letters”.")
    window.list.view.selectAll()
    window.actions_by_id["move-pages"].trigger()
    again = dialog(PlaceDialog)
    assert isinstance(again, PlaceDialog)
    # The arrow keys go through the places while one types.
    for _ in range(3):
        qtbot.keyClick(again.line, Qt.Key.Key_Down)
    assert again.view.currentIndex().data() == "Not Arranged"
    again.moving.click()
    until(lambda: library.count_unarranged() == COUNT)


def test_a_unit_is_moved_to_where_it_may_go(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot, dialog: OpenDialog
) -> None:
    choose(window, named(library, "Letters"), until)
    window.arrangement.setFocus()
    qtbot.keyClick(
        window.arrangement, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    places = dialog(PlaceDialog)
    assert isinstance(places, PlaceDialog)
    fonds = places.filter.index(0, 0)
    below = [places.filter.index(row, 0, fonds).data() for row in range(places.filter.rowCount(fonds))]
    assert below == ["Mïnutes"], "not below itself"
    places.view.setCurrentIndex(places.filter.index(1, 0, QModelIndex()))
    assert places.view.currentIndex().data() == "At the Top"
    places.moving.click()
    until(lambda: named(library, "Letters").depth == 0)
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Move Unit")


def test_a_rule_is_looked_at_before_it_arranges(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog
) -> None:
    choose(window, named(library, "Letters"), until)
    window.actions_by_id["arrange-by"].trigger()
    sorting = dialog(SortingDialog)
    assert isinstance(sorting, SortingDialog)
    until(sorting.arranging.isEnabled)
    assert sorting.pages_box.currentText() == "4 pages not arranged yet"
    assert texts(sorting) == ["gazette.test. Subseries · 3 pages", "herald.test. Subseries · 1 page"]
    assert sorting.effect.text() == "2 units would be made and 4 pages put in place."
    sorting.rules.buttons()[2].click()
    assert not sorting.arranging.isEnabled(), "not before it is known what would come of it"
    until(sorting.arranging.isEnabled)
    assert texts(sorting) == ["new. File · 2 pages · saved", "öld. File · 2 pages · saved"]
    sorting.rules.buttons()[1].click()
    until(sorting.arranging.isEnabled)
    assert [text.split(".")[0] for text in texts(sorting)] == ["1990", "1991"]
    sorting.parent_box.setCurrentIndex(1)
    until(sorting.arranging.isEnabled)
    assert texts(sorting)[0] == "1990. Fonds · 2 pages"
    assert len(library.units()) == 3, "nothing was changed by looking"
    sorting.arranging.click()
    until(lambda: [unit.title for unit in library.units() if not unit.depth] == ["Fërry", "1990", "1991"])
    until(lambda: window.statusBar().currentMessage() == "4 pages arranged.")
    until(lambda: window.arrangement.units.unarranged == 0)
    window.actions_by_id["undo"].trigger()
    until(lambda: library.count_unarranged() == COUNT)
    assert len(library.units()) == 3


def test_the_pages_of_a_unit_are_divided_and_those_below_stay(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog
) -> None:
    ids = library.item_ids()
    fonds, letters = named(library, "Fërry"), named(library, "Letters")
    library.move_items(ids[:3], fonds.id)
    library.move_items(ids[3:], letters.id)
    until(lambda: window.arrangement.units.unarranged == 0)
    choose(window, fonds, until)
    window.actions_by_id["arrange-by"].trigger()
    sorting = dialog(SortingDialog)
    assert isinstance(sorting, SortingDialog)
    assert sorting.pages_box.currentText() == "3 pages directly in “Fërry”"
    until(sorting.arranging.isEnabled)
    sorting.arranging.click()
    until(lambda: library.unit(fonds.id).item_count == 0)
    assert library.unit(letters.id).item_count == 1
    assert library.unit(fonds.id).total_count == COUNT


def test_pages_of_which_a_rule_knows_nothing_are_said(
    make_window: MakeWindow, filled_folder: Path, until: Until, dialog: OpenDialog
) -> None:
    window = make_window(filled_folder)
    until(lambda: window.list.model.rowCount() == 2)
    until(lambda: window.arrangement.units.unarranged == 2)
    window.actions_by_id["arrange-by"].trigger()
    sorting = dialog(SortingDialog)
    assert isinstance(sorting, SortingDialog)
    until(lambda: sorting.effect.text().endswith("Not moved: 2 pages without a site."))
    assert not sorting.arranging.isEnabled()
    assert sorting.empty.isVisible()
    assert sorting.empty.title == "Nothing to arrange"


def test_renumbering_is_asked_first(window: MainWindow, library: Library, until: Until, dialog: OpenDialog) -> None:
    letters, minutes = named(library, "Letters"), named(library, "Mïnutes")
    library.move_units([minutes.id], minutes.parent_id, letters.id)
    until(lambda: [unit.title for unit in window.arrangement.units.units][1] == "Mïnutes")
    choose(window, named(library, "Fërry"), until)
    window.actions_by_id["renumber"].trigger()
    asked = dialog(RenumberDialog)
    assert isinstance(asked, RenumberDialog)
    assert not asked.renumbering.isDefault(), "a key pressed too soon leaves the codes alone"
    asked.reject()
    window.actions_by_id["renumber"].trigger()
    until(lambda: dialog(RenumberDialog) is not asked)
    again = dialog(RenumberDialog)
    assert isinstance(again, RenumberDialog)
    assert named(library, "Mïnutes").reference_code == "FT/2"
    again.renumbering.click()
    until(lambda: named(library, "Mïnutes").reference_code == "FT/1")
    assert named(library, "Letters").reference_code == "FT/2"
    until(lambda: window.statusBar().currentMessage() == "2 reference codes built anew.")
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Renumber")
    window.actions_by_id["undo"].trigger()
    until(lambda: named(library, "Mïnutes").reference_code == "FT/2")


def test_levels_are_renamed_added_and_removed(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot, dialog: OpenDialog
) -> None:
    window.actions_by_id["levels"].trigger()
    levels = dialog(LevelsDialog)
    assert isinstance(levels, LevelsDialog)
    until(lambda: levels.model.rowCount() == 4)
    rows = [levels.model.index(row).data() for row in range(4)]
    assert rows == ["Fonds · 1 unit", "Series · 2 units", "Subseries", "File"]
    levels.view.setCurrentIndex(levels.model.index(1))
    assert not levels.removing.isEnabled(), "there are units of it"
    assert levels.model.setData(levels.model.index(1), "Sëries")
    until(lambda: library.levels()["series"] == "Sëries")
    until(lambda: window.arrangement.units.levels["series"] == "Sëries")
    until(lambda: levels.model.index(1).data() == "Sëries · 2 units")
    qtbot.keyClicks(levels.new_line, "Bundle")
    qtbot.keyClick(levels.new_line, Qt.Key.Key_Return)
    until(lambda: list(library.levels().values()) == ["Fonds", "Sëries", "Bundle", "Subseries", "File"])
    until(lambda: levels.new_line.text() == "")
    levels.new_line.setText("Bundle")
    levels.adding.click()
    until(levels.fault.isVisible)
    assert "Bundle" in levels.fault.text()
    assert levels.new_line.text() == "Bundle", "what was typed is still there"
    levels.view.setCurrentIndex(levels.model.index(2))
    levels.removing.click()
    until(lambda: "Bundle" not in library.levels().values())
    for _ in range(3):
        library.undo()
    assert list(library.levels().values()) == ["Fonds", "Series", "Subseries", "File"]
    until(lambda: levels.model.rowCount() == 4)


def test_the_menu_knows_what_can_be_done(window: MainWindow, library: Library, until: Until) -> None:
    acts = window.actions_by_id
    assert not acts["rename-unit"].isEnabled()
    choose(window, named(library, "Letters"), until)
    until(acts["rename-unit"].isEnabled)
    assert acts["unit-out"].isEnabled()
    assert acts["unit-down"].isEnabled()
    assert not acts["unit-up"].isEnabled(), "it is the first"
    assert not acts["unit-in"].isEnabled()
    window.arrangement.setCurrentIndex(window.arrangement.units.index_of_scope(Scope("unarranged")))
    until(lambda: not acts["remove-unit"].isEnabled())
    assert acts["new-unit"].isEnabled()


# -- what changes meanwhile -------------------------------------------------------------------------------------


def test_counts_follow_the_library_while_a_dialog_is_open(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog
) -> None:
    letters, minutes = named(library, "Letters"), named(library, "Mïnutes")
    ids = window.list.model.item_ids
    window.list.view.selectAll()
    window.actions_by_id["move-pages"].trigger()
    asked = dialog(PlaceDialog)
    assert isinstance(asked, PlaceDialog)
    asked.view.setCurrentIndex(asked.filter.mapFromSource(asked.units.index_of(minutes.id)))
    assert asked.units.index_of(letters.id).data(TOTAL) == 0
    library.move_items(ids[:2], letters.id)
    until(lambda: asked.units.index_of(letters.id).data(TOTAL) == 2)
    library.add_unit("", "fonds", "Läter")
    until(lambda: [unit.title for unit in asked.units.units][-1] == "Läter")
    (picked,) = asked.view.selectedIndexes()
    assert picked.data() == "Mïnutes", "what was picked is picked still"
    asked.reject()

    choose(window, letters, until)
    until(lambda: window.list.model.rowCount() == 2)
    window.actions_by_id["arrange-by"].trigger()
    sorting = dialog(SortingDialog)
    assert isinstance(sorting, SortingDialog)
    until(sorting.arranging.isEnabled)
    assert sorting.pages_box.itemText(0) == "2 pages directly in “Letters”"
    library.move_items(ids[2:3], letters.id)
    until(lambda: sorting.pages_box.itemText(0) == "3 pages directly in “Letters”")
    assert sorting.pages_box.itemText(1) == "1 page not arranged yet"
    until(lambda: "3 pages put in place" in sorting.effect.text())
    sorting.reject()


def test_which_year_it_is_and_how_sure_is_said(
    window: MainWindow, library: Library, tmp_path: Path, until: Until, dialog: OpenDialog
) -> None:
    stated = (
        "<!-- Page saved with SingleFile \n url: https://a.test/x \n saved date: Fri Nov 18 1994 10:00:00 GMT+0000 -->"
    )
    for name, mark in (("stated.html", stated), ("bare.html", "")):
        page = tmp_path / name
        page.write_text(
            f"<html>{mark}<title>{name}</title><p>A page that does not say when it was made, {name}.", "utf-8"
        )
        accession = library.begin_accession([page])
        assert [line.outcome for line in import_paths(library, accession.id, [page], Job())] == ["imported"]
        library.set_accession_state(accession.id, "done")
    until(lambda: window.arrangement.units.unarranged == COUNT + 2)
    window.actions_by_id["arrange-by"].trigger()
    sorting = dialog(SortingDialog)
    assert isinstance(sorting, SortingDialog)
    assert "publication or capture" in sorting.rules.buttons()[1].text()
    sorting.rules.buttons()[1].click()
    until(lambda: sorting.arranging.isEnabled() and len(texts(sorting)) == 4)
    assert "1990. Fonds · 2 pages" in texts(sorting)
    assert "1994. Fonds · 1 page · 1 by capture date" in texts(sorting)
    assert any(text.endswith("1 page · 1 only by the time of the file") for text in texts(sorting))
    assert "of capture: 2 pages, 1 of them only by the time of the file" in sorting.effect.text()
