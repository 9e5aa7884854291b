"""The switch by which names are sought in any spelling, from the menu of the search box to the passages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.search_box import SearchBox

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def box(qtbot: QtBot) -> SearchBox:
    made = SearchBox()
    qtbot.addWidget(made)
    made.show()
    return made


def chips(box: SearchBox) -> list[QToolButton]:
    return [chip for chip in box.findChildren(QToolButton, "chip") if chip.isVisible()]


def test_the_window_finds_and_shows_another_spelling(window: MainWindow, until: Until) -> None:
    until(lambda: window.list.model.rowCount() == 2)
    window.list.search("Fryday treaaty")
    until(lambda: window.list.empty.isVisible())
    window.list.search_box.any_spelling.trigger()
    until(lambda: window.list.model.passage_count > 0)
    assert window.list.query == "sounds:(Fryday treaaty)"
    entries = [window.list.model.entry(window.list.model.index(row)) for row in range(window.list.model.rowCount())]
    assert {entry.passage.match for entry in entries if entry.passage} == {"Friday", "treaty"}
    window.list.search_box.any_spelling.trigger()
    until(lambda: window.list.empty.isVisible())


def test_the_switch_is_shown_and_taken_away_like_a_filter(box: SearchBox, qtbot: QtBot) -> None:
    asked: list[str] = []
    box.searched.connect(asked.append)
    box.set_query("Muttaqi tag:talks")
    box.any_spelling.trigger()
    assert asked[-1] == "sounds:(Muttaqi tag:talks)"
    qtbot.waitUntil(lambda: [chip.text() for chip in chips(box)] == ["tag:talks", "Any spelling"])
    qtbot.mouseClick(chips(box)[0], Qt.MouseButton.LeftButton)
    assert asked[-1] == "sounds:(Muttaqi)"
    qtbot.waitUntil(lambda: [chip.text() for chip in chips(box)] == ["Any spelling"])
    qtbot.mouseClick(chips(box)[0], Qt.MouseButton.LeftButton)
    assert asked[-1] == "Muttaqi"
    assert not box.any_spelling.isChecked()


def test_a_query_from_elsewhere_brings_its_switch_along(box: SearchBox) -> None:
    box.set_query("sounds:(Khalil Zad)")
    assert (box.box.text(), box.any_spelling.isChecked()) == ("Khalil Zad", True)
    assert box.query == "sounds:(Khalil Zad)"
    box.set_query("")
    assert box.query == ""
    assert box.any_spelling.isChecked()
    box.set_query("plain")
    assert not box.any_spelling.isChecked()


def test_the_menu_offers_the_switch_each_time(box: SearchBox, qtbot: QtBot) -> None:
    for is_on in (True, False):
        box.options.aboutToShow.emit()
        assert box.any_spelling in box.options.actions()
        qtbot.keyClicks(box.box, "x")
        before = box.box.text()
        box.options.triggered.emit(box.any_spelling)
        box.any_spelling.trigger()
        assert box.any_spelling.isChecked() is is_on
        assert box.box.text() == before
