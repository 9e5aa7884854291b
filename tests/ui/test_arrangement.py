"""The arrangement in the window: units made, named, moved and removed by menu, key and hand, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Order, Scope
from archive_viewer.model import Unit
from archive_viewer.ui.arrangement_model import COUNT, DETAIL
from archive_viewer.ui.arrangement_tree import KEYS
from archive_viewer.ui.dragging import PAGES, UNITS, packed, unpacked
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.unit_dialog import UnitDialog

OpenDialog = Callable[[type[QDialog]], QDialog]
Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]
Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def fonds(filled_folder: Path) -> dict[str, Unit]:
    """A fonds of three series, the first with a file in which a page stands, by their titles."""
    with Library.open(filled_folder) as library:
        top = library.add_unit("", "fonds", "Fërry 😀", "FT")
        series = [library.add_unit(top.id, "series", title) for title in ("Letters", "Minutes", "Maps")]
        file = library.add_unit(series[0].id, "file", "1998")
        library.move_items([item.id for item in library.items(library.item_ids()) if "treaty" in item.title], file.id)
        return {unit.title: unit for unit in library.units()}


@pytest.fixture
def window(make_window: MakeWindow, filled_folder: Path, fonds: dict[str, Unit], until: Until) -> MainWindow:
    made = make_window(filled_folder)
    until(lambda: len(made.arrangement.units.units) == len(fonds))
    until(lambda: made.list.model.rowCount() == 2)
    return made


def shape(library: Library) -> list[str]:
    """The tree as text: titles, set in by their depth."""
    return ["  " * unit.depth + unit.title for unit in library.units()]


def shown(window: MainWindow) -> list[str]:
    """The same, as the window shows it."""
    model = window.arrangement.model()

    def below(parent: QModelIndex, depth: int) -> list[str]:
        lines = []
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            lines += ["  " * depth + index.data(), *below(index, depth + 1)]
        return lines

    return below(QModelIndex(), 0)


def choose(window: MainWindow, unit: Unit, until: Until) -> None:
    window.arrangement.choose(unit.id)
    window.arrangement.setFocus()
    until(lambda: window.arrangement.unit() is not None and window.arrangement.unit().id == unit.id)


def test_the_tree_names_levels_codes_and_counts(window: MainWindow, fonds: dict[str, Unit]) -> None:
    assert shown(window) == ["Fërry 😀", "  Letters", "    1998", "  Minutes", "  Maps", "Not Arranged"]
    tree = window.arrangement
    letters = tree.units.index_of(fonds["Letters"].id)
    assert letters.data(DETAIL) == "Series · FT/1"
    assert letters.data(COUNT) == 1
    assert letters.data(Qt.ItemDataRole.ToolTipRole) == "Letters\nSeries · FT/1\n1 page · 0 in the unit itself"
    assert letters.data(Qt.ItemDataRole.AccessibleTextRole) == "Letters, Series, FT/1, 1 page"
    rest = tree.units.index_of_scope(Scope("unarranged"))
    assert (rest.data(), rest.data(COUNT)) == ("Not Arranged", 1)
    assert tree.isExpanded(letters)


def test_a_unit_is_shown_with_all_below_it(window: MainWindow, fonds: dict[str, Unit], until: Until) -> None:
    window.tree.choose(Scope("bin"))
    until(lambda: window.list.model.rowCount() == 0)
    choose(window, fonds["Fërry 😀"], until)
    until(lambda: window.list.model.rowCount() == 1)
    assert window.list.scope == Scope("unit", fonds["Fërry 😀"].id)
    assert window.list.line.chip.isVisible()
    assert window.tree.selectedItems() == []
    choose(window, fonds["Minutes"], until)
    until(lambda: window.list.model.rowCount() == 0)
    assert window.list.empty.title == "No page stands in this unit"
    window.arrangement.setCurrentIndex(window.arrangement.units.index_of_scope(Scope("unarranged")))
    until(lambda: window.list.model.rowCount() == 1)
    # One part at a time, in whichever of the two trees.
    window.list.line.chip.click()
    until(lambda: window.list.model.rowCount() == 2)
    assert window.arrangement.scope() is None
    assert window.arrangement.selectedIndexes() == []
    assert window.tree.scope() == Scope()


def test_what_is_counted_anew_leaves_the_choice_alone(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until
) -> None:
    choose(window, fonds["Letters"], until)
    library.tag_items(library.item_ids(), add=["Tïde"])
    until(
        lambda: (
            Scope("tag", "Tïde") in [branch.data(0, Qt.ItemDataRole.UserRole + 1) for branch in window.tree.branches()]
        )
    )
    assert window.list.scope == Scope("unit", fonds["Letters"].id)
    assert window.tree.selectedItems() == []


def test_arranged_and_original_order_are_offered(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until
) -> None:
    ids = library.item_ids(Scope(), Order("original", is_descending=False))
    library.move_items(ids[::-1], fonds["Maps"].id)
    actions = {action.text(): action for action in window.list.line.sort.menu().actions()}
    actions["Arranged Order"].trigger()
    until(lambda: window.list.model.item_ids == ids[::-1])
    actions["Original Order"].trigger()
    until(lambda: window.list.model.item_ids == ids)
    assert window.list.line.sort.text() == "Original Order"


def test_a_unit_is_made_by_a_key_and_taken_back(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until, qtbot: QtBot, dialog: OpenDialog
) -> None:
    choose(window, fonds["Letters"], until)
    qtbot.keyClick(window.arrangement, Qt.Key.Key_Insert)
    made = dialog(UnitDialog)
    assert isinstance(made, UnitDialog)
    save = made.buttons.buttons()[0]
    assert not save.isEnabled(), "not without a title"
    assert made.place_box.currentText() == "In “Letters”"
    assert made.level_box.currentText() == "Subseries"
    made.place_box.setCurrentIndex(1)
    assert made.level_box.currentText() == "Series"
    made.title_line.setText("Pläns")
    made.code_line.setText("2")
    save.click()
    until(lambda: made.fault.isVisible())
    assert "2" in made.fault.text(), "the code is in use, and what was typed is still there"
    assert made.title_line.text() == "Pläns"
    assert len(library.units()) == len(fonds)
    made.code_line.setText("P")
    save.click()
    until(lambda: "Pläns" in [unit.title for unit in library.units()])
    until(lambda: window.arrangement.unit() is not None and window.arrangement.unit().title == "Pläns")
    assert shape(library) == ["Fërry 😀", "  Letters", "    1998", "  Pläns", "  Minutes", "  Maps"]
    assert window.statusBar().currentMessage() == "“Pläns” was made, with the code FT/P."
    until(lambda: window.actions_by_id["undo"].text() == "&Undo New Unit")
    window.actions_by_id["undo"].trigger()
    until(lambda: shown(window) == ["Fërry 😀", "  Letters", "    1998", "  Minutes", "  Maps", "Not Arranged"])
    # What was shown is gone; the nearest that is left above it is shown.
    until(lambda: window.list.scope == Scope("unit", fonds["Fërry 😀"].id))


def test_the_first_unit_stands_at_the_top(
    make_window: MakeWindow, tmp_path: Path, until: Until, dialog: OpenDialog
) -> None:
    window = make_window(tmp_path / "new")
    until(lambda: shown(window) == ["Not Arranged"])
    until(window.actions_by_id["new-unit"].isEnabled)
    window.actions_by_id["new-unit"].trigger()
    made = dialog(UnitDialog)
    assert isinstance(made, UnitDialog)
    assert [made.place_box.itemText(row) for row in range(made.place_box.count())] == ["At the top, last"]
    assert made.level_box.currentText() == "Fonds"
    made.title_line.setText("Papers")
    made.buttons.buttons()[0].click()
    until(lambda: shown(window) == ["Papers", "Not Arranged"])
    until(lambda: window.arrangement.height() > window.library_parts.height() // 2)


def test_a_title_is_changed_in_its_place(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until, qtbot: QtBot
) -> None:
    choose(window, fonds["Minutes"], until)
    qtbot.keyClick(window.arrangement, Qt.Key.Key_F2)
    editor = window.arrangement.findChild(QLineEdit)
    assert editor is not None
    # News from elsewhere does not take away what is being typed.
    editor.setText("Prötocols")
    library.add_unit("", "fonds", "Other")
    qtbot.wait(200)
    assert window.arrangement.findChild(QLineEdit) is editor
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    until(lambda: library.unit(fonds["Minutes"].id).title == "Prötocols")
    until(lambda: shown(window)[-3:] == ["  Maps", "Other", "Not Arranged"])
    until(lambda: "  Prötocols" in shown(window))
    until(lambda: window.list.line.chip.toolTip().startswith("Prötocols"))


def test_level_and_code_are_changed(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until, qtbot: QtBot, dialog: OpenDialog
) -> None:
    choose(window, fonds["Minutes"], until)
    qtbot.keyClick(window.arrangement, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    changed = dialog(UnitDialog)
    assert isinstance(changed, UnitDialog)
    assert (changed.title_line.text(), changed.code_line.text()) == ("Minutes", "2")
    changed.level_box.setCurrentIndex(changed.level_box.findText("Subseries"))
    changed.code_line.setText("MIN")
    changed.buttons.buttons()[0].click()
    until(lambda: library.unit(fonds["Minutes"].id).reference_code == "FT/MIN")
    assert library.unit(fonds["Minutes"].id).level == "subseries"
    until(lambda: window.arrangement.currentIndex().data(DETAIL) == "Subseries · FT/MIN")


def test_units_are_moved_by_keys_that_mean_other_things_elsewhere(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until, qtbot: QtBot
) -> None:
    tree = window.arrangement
    choose(window, fonds["Minutes"], until)
    qtbot.keyClick(tree, Qt.Key.Key_Up, Alt)
    until(lambda: shown(window)[1:5] == ["  Minutes", "  Letters", "    1998", "  Maps"])
    qtbot.keyClick(tree, Qt.Key.Key_Down, Alt)
    until(lambda: shown(window)[1:5] == ["  Letters", "    1998", "  Minutes", "  Maps"])
    qtbot.keyClick(tree, Qt.Key.Key_Down, Alt)
    until(lambda: shown(window)[1:5] == ["  Letters", "    1998", "  Maps", "  Minutes"])
    qtbot.keyClick(tree, Qt.Key.Key_Right, Alt)
    until(lambda: shown(window)[1:5] == ["  Letters", "    1998", "  Maps", "    Minutes"])
    assert tree.unit() is not None
    assert tree.unit().title == "Minutes", "what is moved stays chosen"
    qtbot.keyClick(tree, Qt.Key.Key_Left, Alt)
    qtbot.waitUntil(lambda: shown(window)[1:5] == ["  Letters", "    1998", "  Maps", "  Minutes"])
    qtbot.keyClick(tree, Qt.Key.Key_Left, Alt)
    until(lambda: shown(window) == ["Fërry 😀", "  Letters", "    1998", "  Maps", "Minutes", "Not Arranged"])
    for _ in range(6):
        window.actions_by_id["undo"].trigger()
    until(lambda: shape(library) == ["Fërry 😀", "  Letters", "    1998", "  Minutes", "  Maps"])
    for key in ("Alt+Left", "Alt+Right"):
        assert key in KEYS


def test_alt_left_in_the_tree_is_not_back(
    window: MainWindow, fonds: dict[str, Unit], until: Until, qtbot: QtBot
) -> None:
    for item_id in window.list.model.item_ids:
        window.list.chosen.emit(item_id, -1, -1, True, False)
    until(lambda: window.actions_by_id["back"].isEnabled())
    before = window.tabs.currentIndex()
    choose(window, fonds["1998"], until)
    window.activateWindow()
    qtbot.keyClick(window.arrangement, Qt.Key.Key_Left, Alt)
    until(lambda: shown(window)[1:3] == ["  Letters", "  1998"])
    assert window.tabs.currentIndex() == before
    qtbot.keyClick(window.list.view, Qt.Key.Key_Left, Alt)
    until(lambda: window.tabs.currentIndex() != before)


def test_removing_leaves_what_stood_there(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until, qtbot: QtBot
) -> None:
    choose(window, fonds["Letters"], until)
    qtbot.keyClick(window.arrangement, Qt.Key.Key_Delete)
    until(lambda: shown(window)[:2] == ["Fërry 😀", "  1998"])
    assert library.unit(fonds["Fërry 😀"].id).total_count == 1
    until(lambda: window.list.scope == Scope("unit", fonds["Fërry 😀"].id))
    window.actions_by_id["undo"].trigger()
    until(lambda: shown(window)[:3] == ["Fërry 😀", "  Letters", "    1998"])


def test_several_units_are_removed_in_one_step(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until
) -> None:
    tree = window.arrangement
    choose(window, fonds["Minutes"], until)
    flag = tree.selectionModel().SelectionFlag.Select
    tree.selectionModel().select(tree.units.index_of(fonds["Maps"].id), flag)
    window.actions_by_id["remove-unit"].trigger()
    until(lambda: shape(library) == ["Fërry 😀", "  Letters", "    1998"])
    assert library.undo() == "Remove 2 Units"
    assert shape(library) == ["Fërry 😀", "  Letters", "    1998", "  Minutes", "  Maps"]


# -- by hand ----------------------------------------------------------------------------------------------------


def drop(window: MainWindow, mime: QMimeData, index: QModelIndex, part: float = 0.5) -> None:
    """Drag over a row of the arrangement and let go, as far down in the row as ``part`` says."""
    tree = window.arrangement
    rect = tree.visualRect(index)
    place = QPointF(rect.center().x(), rect.top() + rect.height() * part)
    action, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(place.toPoint(), action, mime, left, none),
        QDragMoveEvent(place.toPoint(), action, mime, left, none),
        QDropEvent(place, action, mime, left, none),
    ):
        QApplication.sendEvent(tree.viewport(), event)


def test_pages_are_dropped_on_a_unit(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until
) -> None:
    ids = window.list.model.item_ids
    window.list.view.selectAll()
    mime, words = window.list._carried()
    assert words == "2 pages"
    # Also near the edge of a row: pages go into a unit, never between two.
    drop(window, mime, window.arrangement.units.index_of(fonds["Maps"].id), part=0.05)
    until(lambda: library.item_ids(Scope("unit", fonds["Maps"].id), Order("arranged", is_descending=False)) == ids)
    until(lambda: window.statusBar().currentMessage() == "2 pages put into “Maps”.")
    until(lambda: window.arrangement.units.index_of(fonds["Maps"].id).data(COUNT) == 2)
    drop(window, packed(PAGES, ids[:1]), window.arrangement.units.index_of_scope(Scope("unarranged")))
    until(lambda: library.count_unarranged() == 1)
    assert library.item_ids(Scope("unarranged")) == ids[:1]
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Take Page out of the Arrangement")
    window.actions_by_id["undo"].trigger()
    window.actions_by_id["undo"].trigger()
    until(lambda: library.unit(fonds["1998"].id).item_count == 1)


def test_units_are_dropped_into_and_between_units(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until
) -> None:
    units = window.arrangement.units
    drop(window, packed(UNITS, [fonds["Maps"].id]), units.index_of(fonds["Letters"].id), part=0.02)
    until(lambda: shown(window)[1:5] == ["  Maps", "  Letters", "    1998", "  Minutes"])
    drop(window, packed(UNITS, [fonds["Maps"].id, fonds["Minutes"].id]), units.index_of(fonds["1998"].id))
    until(lambda: shown(window)[1:5] == ["  Letters", "    1998", "      Maps", "      Minutes"])
    assert window.statusBar().currentMessage() == "Moved 2 units into “1998”."
    # Not into itself, and not into what is no unit.
    drop(window, packed(UNITS, [fonds["Letters"].id]), units.index_of(fonds["Maps"].id))
    drop(window, packed(UNITS, [fonds["Letters"].id]), units.index_of_scope(Scope("unarranged")))
    library.add_unit("", "fonds", "Later")
    until(lambda: "Later" in shown(window))
    assert shape(library)[1:5] == ["  Letters", "    1998", "      Maps", "      Minutes"]
    assert window.notice.sentence == ""


def test_files_dragged_over_it_are_the_windows(window: MainWindow, pages: Path) -> None:
    mime = QMimeData()
    mime.setUrls([(pages / "treaty.html").as_uri()])
    place, none = window.arrangement.viewport().rect().center(), Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window.arrangement.viewport(), event)
    assert window.drops.hint.isVisible()


def drag_from(view: QAbstractItemView, index: QModelIndex, qtbot: QtBot) -> None:
    """Press on a row and pull."""
    start = view.visualRect(index).center()
    ground = view.viewport()
    qtbot.mousePress(ground, Qt.MouseButton.LeftButton, pos=start)
    for by in (30, 60):
        place = QPointF(start + QPoint(by, by))
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            ground.mapToGlobal(place),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(ground, move)
    qtbot.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=start)


def test_pages_and_units_are_picked_up_by_the_mouse(
    window: MainWindow, fonds: dict[str, Unit], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[tuple[list[str], list[str]]] = []

    def note(drag: QDrag, *_actions: object) -> Qt.DropAction:
        # A drag of the system waits for a pointer that a platform without a screen has not.
        assert not drag.pixmap().isNull()
        carried.append((unpacked(PAGES, drag.mimeData()), unpacked(UNITS, drag.mimeData())))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", note)
    window.list.view.selectAll()
    drag_from(window.list.view, window.list.model.index(1), qtbot)
    assert carried == [(window.list.model.item_ids, [])]
    window.arrangement.selectAll()
    drag_from(window.arrangement, window.arrangement.units.index_of(fonds["Maps"].id), qtbot)
    assert carried[1:] == [([], [fonds["Fërry 😀"].id])], "what stands in a unit goes with it"


# -- read only --------------------------------------------------------------------------------------------------


def test_a_second_window_shows_the_tree_and_changes_nothing(
    window: MainWindow, make_window: MakeWindow, filled_folder: Path, fonds: dict[str, Unit], until: Until, qtbot: QtBot
) -> None:
    second = make_window(filled_folder)
    until(lambda: len(second.arrangement.units.units) == len(fonds))
    choose(second, fonds["Letters"], until)
    until(lambda: second.list.model.rowCount() == 1)
    index = second.arrangement.currentIndex()
    assert not second.arrangement.units.flags(index) & (Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsEditable)
    drop(second, packed(PAGES, second.list.model.item_ids), second.arrangement.units.index_of(fonds["Maps"].id))
    qtbot.keyClick(second.arrangement, Qt.Key.Key_Delete)
    qtbot.keyClick(second.arrangement, Qt.Key.Key_Up, Alt)
    # What the first one does, the second one sees.
    library = window.library.bridge.library
    library.move_units([fonds["Maps"].id], fonds["Fërry 😀"].id, fonds["Letters"].id)
    until(lambda: shown(second)[1:5] == ["  Maps", "  Letters", "    1998", "  Minutes"])
    assert second.notice.sentence.startswith("Open for reading only")


def make_unit(window: MainWindow, dialog: OpenDialog, title: str) -> str:
    """Make a unit where it is offered first; gives that place."""
    window.actions_by_id["new-unit"].trigger()
    made = dialog(UnitDialog)
    assert isinstance(made, UnitDialog)
    place = made.place_box.currentText()
    made.title_line.setText(title)
    made.buttons.buttons()[0].click()
    return place


def test_one_unit_after_another_is_made_beside_the_last(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until, dialog: OpenDialog
) -> None:
    choose(window, fonds["Fërry 😀"], until)
    places = []
    for title in ("Pläns", "Tolls", "Tides"):
        places.append(make_unit(window, dialog, title))
        until(lambda title=title: window.arrangement.unit() and window.arrangement.unit().title == title)
    assert places == ["In “Fërry 😀”", "After “Pläns”", "After “Tolls”"]
    made = [unit for unit in library.units() if unit.title in ("Pläns", "Tolls", "Tides")]
    assert [(unit.title, unit.level, unit.depth) for unit in made] == [
        ("Pläns", "series", 1),
        ("Tolls", "series", 1),
        ("Tides", "series", 1),
    ]
    # In a fonds it is still the other way round.
    choose(window, fonds["Fërry 😀"], until)
    assert make_unit(window, dialog, "Boats") == "In “Fërry 😀”"


@pytest.mark.parametrize("is_everything_chosen_before", [True, False])
def test_a_new_unit_does_not_take_back_what_is_chosen_meanwhile(
    window: MainWindow,
    library: Library,
    fonds: dict[str, Unit],
    until: Until,
    qtbot: QtBot,
    dialog: OpenDialog,
    is_everything_chosen_before: bool,
) -> None:
    if not is_everything_chosen_before:
        choose(window, fonds["Letters"], until)
    # The tree has not been read anew when the unit is stored.
    window.arrangement._refreshing.blockSignals(True)
    make_unit(window, dialog, "Pläns")
    until(lambda: window.arrangement._to_choose)
    everything = window.tree.branches()[0]
    place = window.tree.visualItemRect(everything).center()
    qtbot.mouseClick(window.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.arrangement._refreshing.blockSignals(False)
    window.arrangement.refresh()
    until(lambda: "  Pläns" in shown(window) or "    Pläns" in shown(window) or "Pläns" in shown(window))
    assert window.list.scope == Scope()
    assert window.tree.scope() == Scope()
    assert window.arrangement.unit() is None
    assert not window.margin.unit_id


def test_a_level_that_is_usual_there_is_offered_after_a_move(
    window: MainWindow, library: Library, fonds: dict[str, Unit], until: Until
) -> None:
    acts = window.acts._arranging
    acts.put_units([fonds["Minutes"].id], fonds["Letters"].id, "")
    # A file stands there, and that is what is usual.
    until(
        lambda: (
            window.page_notice.sentence == ("“Minutes” keeps its level, Series; in “Letters” the usual level is File.")
        )
    )
    assert library.unit(fonds["Minutes"].id).level == "series", "nothing is changed unasked"
    changing = window.page_notice.buttons[0].defaultAction()
    assert changing.text() == "Change to File"
    window.actions_by_id["undo"].trigger()
    until(lambda: not window.page_notice.sentence)
    part = library.add_unit(fonds["Maps"].id, "subseries", "Tïdes")
    until(lambda: window.arrangement.units.find(part.id) is not None)
    acts.put_units([part.id], fonds["Fërry 😀"].id, "")
    until(lambda: "in “Fërry 😀” the usual level is Series" in window.page_notice.sentence)
    window.page_notice.buttons[0].defaultAction().trigger()
    until(lambda: library.unit(part.id).level == "series")
    assert not window.page_notice.sentence
    assert library.undo() == "Change Unit"
    until(lambda: window.arrangement.units.find(part.id).level == "subseries")
    # What stood out where it was, is meant to.
    acts.put_units([fonds["1998"].id], fonds["Fërry 😀"].id, "")
    until(lambda: library.unit(fonds["1998"].id).parent_id == fonds["Fërry 😀"].id)
    until(lambda: window.statusBar().currentMessage().startswith("Moved “1998”"))
    assert not window.page_notice.sentence
    # In another order among its own kind, nothing is to be offered.
    acts.put_units([fonds["Maps"].id], fonds["Fërry 😀"].id, fonds["Letters"].id)
    until(lambda: [unit.title for unit in library.units()][1] == "Maps")
    until(lambda: window.statusBar().currentMessage().startswith("Moved “Maps”"))
    assert not window.page_notice.sentence


def test_the_arrangement_begins_where_the_parts_end(window: MainWindow, until: Until) -> None:
    tree, parts = window.tree, window.library_parts
    last = tree.branches()[-1]
    until(lambda: abs(tree.visualItemRect(last).bottom() - tree.height()) < 24)
    assert window.arrangement.height() > parts.height() // 2
    # Folding gives more room; a person's wish is kept.
    before = tree.height()
    next(one for one in tree.branches() if one.text(0) == "Accessions").setExpanded(False)
    until(lambda: tree.height() < before)
    parts.setSizes([300, parts.height() - 300])
    parts.splitterMoved.emit(300, 1)
    wished = parts.sizes()
    next(one for one in tree.branches() if one.text(0) == "Accessions").setExpanded(True)
    window.arrangement.refresh()
    QApplication.processEvents()
    assert parts.sizes() == wished
    assert parts.kept() == wished
    heading = next(one for one in window.library_pane.findChildren(QLabel) if one.text() == "Arrangement")
    window.panes.setSizes([1, 400, 400, 400])
    until(lambda: heading.width() >= heading.sizeHint().width())
