"""The pages of a unit put in another order in the list, by key, menu and hand, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Order, Scope
from archive_viewer.model import Unit
from archive_viewer.ui.arrangement_button import Arrangement
from archive_viewer.ui.dragging import PAGES, packed
from archive_viewer.ui.main_window import MainWindow

Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]
ARRANGED = Arrangement("arranged", is_descending=False)
Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def letters(tmp_path: Path) -> tuple[Path, Unit]:
    """A library with a series of four pages, A to D, and a file in it with the page E."""
    saved = tmp_path / "letters"
    saved.mkdir()
    for name in "ABCDE":
        words = f"The letter {name} about the ferry and the winter road was never sent to anybody at all."
        (saved / f"{name}.html").write_text(f"<title>{name} 😀</title><article><p>{words}</p></article>", "utf-8")
    folder = tmp_path / "Arçhive"
    with Library.open(folder) as library:
        accession = library.begin_accession([saved])
        for _line in import_paths(library, accession.id, [saved], Job()):
            pass
        library.set_accession_state(accession.id, "done")
        series = library.add_unit("", "series", "Lëtters")
        file = library.add_unit(series.id, "file", "Unsent")
        ids = {item.title[0]: item.id for item in library.items(library.item_ids())}
        library.move_items([ids[name] for name in "ABCD"], series.id)
        library.move_items([ids["E"]], file.id)
    return folder, series


@pytest.fixture
def window(make_window: MakeWindow, letters: tuple[Path, Unit], until: Until) -> MainWindow:
    """A window that shows the series in its arranged order."""
    folder, series = letters
    made = make_window(folder)
    made.list.arrange(ARRANGED)
    made.arrangement.choose(series.id)
    until(lambda: made.list.scope == Scope("unit", series.id) and shown(made) == "ABCDE")
    until(lambda: all(made.list.model.item(id) for id in made.list.model.item_ids))
    return made


def shown(window: MainWindow) -> str:
    """The first letters of the pages as the list shows them; ``?`` for one that was not read yet."""
    items = [window.list.model.item(id) for id in window.list.model.item_ids]
    return "".join(item.title[0] if item is not None else "?" for item in items)


def stored(library: Library, unit: Unit) -> str:
    ids = library.item_ids(Scope("unit", unit.id), Order("arranged", is_descending=False))
    titles = {item.id: item.title for item in library.items(ids)}
    return "".join(titles[id][0] for id in ids)


def choose(window: MainWindow, letters: str) -> None:
    view, model = window.list.view, window.list.model
    view.setFocus()
    view.clearSelection()
    for row in [shown(window).index(letter) for letter in letters]:
        view.selectionModel().setCurrentIndex(model.index(row), view.selectionModel().SelectionFlag.Select)


def test_keys_move_a_page_and_undo_brings_it_back(
    window: MainWindow, library: Library, letters: tuple[Path, Unit], until: Until, qtbot: QtBot
) -> None:
    choose(window, "A")
    # Faster than the list is read anew.
    for _ in range(2):
        qtbot.keyClick(window.list.view, Qt.Key.Key_Down, Alt)
    until(lambda: shown(window) == "BCADE")
    assert stored(library, letters[1]) == "BCADE"
    assert window.list.selected_ids() == [window.list.model.item_ids[2]], "it stays chosen, to be moved on"
    qtbot.keyClick(window.list.view, Qt.Key.Key_Up, Alt)
    until(lambda: shown(window) == "BACDE")
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Reorder Page")
    assert window.statusBar().currentMessage() == "1 page moved within the unit."
    for _ in range(3):
        window.actions_by_id["undo"].trigger()
    until(lambda: shown(window) == "ABCDE")
    window.actions_by_id["redo"].trigger()
    until(lambda: shown(window) == "BACDE")


def test_several_pages_move_together_and_not_out_of_their_unit(
    window: MainWindow, library: Library, letters: tuple[Path, Unit], until: Until
) -> None:
    choose(window, "BD")
    window.actions_by_id["page-up"].trigger()
    until(lambda: shown(window) == "BDACE")
    window.actions_by_id["page-up"].trigger()
    until(lambda: window.statusBar().currentMessage() == "There is no further to go in this unit.")
    choose(window, "C")
    window.actions_by_id["page-down"].trigger()
    until(lambda: "in another unit" in window.statusBar().currentMessage())
    choose(window, "CE")
    window.actions_by_id["page-up"].trigger()
    until(lambda: "in several units" in window.statusBar().currentMessage())
    assert stored(library, letters[1]) == "BDACE"
    assert window.notice.sentence == ""


def drag_over(window: MainWindow, letters: str, row: int, part: float) -> QDropEvent:
    """Drag pages to a row, as far down in it as ``part`` says; gives the drop, which is still to be sent."""
    ids = [window.list.model.item_ids[shown(window).index(letter)] for letter in letters]
    mime = packed(PAGES, ids)
    rect = window.list.view.visualRect(window.list.model.index(row))
    place = QPointF(rect.center().x(), rect.top() + rect.height() * part)
    action, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(place.toPoint(), action, mime, left, none),
        QDragMoveEvent(place.toPoint(), action, mime, left, none),
    ):
        QApplication.sendEvent(window.list.view.viewport(), event)
    drop = QDropEvent(place, action, mime, left, none)
    drop.kept = mime
    return drop


def test_pages_are_dropped_between_two_others(
    window: MainWindow, library: Library, letters: tuple[Path, Unit], until: Until
) -> None:
    view = window.list.view
    drop = drag_over(window, "D", 1, 0.2)
    assert view.gap == 1
    QApplication.sendEvent(view.viewport(), drop)
    assert view.gap == -1
    until(lambda: shown(window) == "ADBCE")
    QApplication.sendEvent(view.viewport(), drag_over(window, "AB", 3, 0.8))
    until(lambda: shown(window) == "DCABE")
    QApplication.sendEvent(view.viewport(), drag_over(window, "D", 4, 0.8))
    until(lambda: "in another unit" in window.statusBar().currentMessage())
    assert stored(library, letters[1]) == "DCABE"


def test_in_any_other_order_the_acts_are_off_and_say_why(
    window: MainWindow, library: Library, letters: tuple[Path, Unit], until: Until, qtbot: QtBot
) -> None:
    up = window.actions_by_id["page-up"]
    choose(window, "B")
    assert up.isEnabled()
    assert up.toolTip() == "Move Page Up"
    window.list.arrange(Arrangement("title", is_descending=True))
    window.list.arranged.emit()
    until(lambda: shown(window) == "EDCBA")
    assert not up.isEnabled()
    assert "Arranged Order" in up.toolTip()
    qtbot.keyClick(window.list.view, Qt.Key.Key_Up, Alt)
    assert "Arranged Order" in window.statusBar().currentMessage()
    drag_over(window, "B", 0, 0.2)
    assert window.list.view.gap == -1
    window.list.arrange(ARRANGED)
    window.list.search("ferry")
    until(lambda: not up.isEnabled() and "search" in up.toolTip())
    window.list.search("")
    window.tree.choose_everything()
    until(lambda: window.list.scope == Scope())
    assert "Choose a unit" in up.toolTip()
    assert stored(library, letters[1]) == "ABCDE"
