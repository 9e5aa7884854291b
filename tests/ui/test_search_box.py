"""The search box: pauses, filters as chips, faults."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from archive_viewer.library import Overview
from archive_viewer.search import query
from archive_viewer.ui.search_box import SearchBox


@pytest.fixture
def box(qtbot: QtBot) -> SearchBox:
    made = SearchBox()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_query_is_asked_when_typing_pauses(box: SearchBox, qtbot: QtBot) -> None:
    asked: list[str] = []
    box.searched.connect(asked.append)
    qtbot.keyClicks(box.box, "harbour ")
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["harbour"])
    qtbot.keyClicks(box.box, "m")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert asked == ["harbour", "harbour m"]
    with qtbot.waitSignal(box.entered):
        qtbot.keyClick(box.box, Qt.Key.Key_Return)
    with qtbot.waitSignal(box.left_down):
        qtbot.keyClick(box.box, Qt.Key.Key_Down)
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    assert asked[-1] == ""


def test_filters_are_chips_that_go(box: SearchBox, qtbot: QtBot) -> None:
    box.set_query('talks tag:"two words" -format:mhtml note: "a: b"')
    assert box.filters() == ['tag:"two words"', "-format:mhtml"]

    def chips() -> list[QToolButton]:
        return [chip for chip in box.findChildren(QToolButton, "chip") if chip.isVisible()]

    qtbot.waitUntil(lambda: [chip.text() for chip in chips()] == ['tag:"two words"', "-format:mhtml"])
    chips()[0].click()
    assert box.query == 'talks -format:mhtml note: "a: b"'
    qtbot.waitUntil(lambda: [chip.text() for chip in chips()] == ["-format:mhtml"])


def test_every_filter_that_is_offered_is_understood(box: SearchBox) -> None:
    tags, sites = [("two words", 2), ("Tïde 😀", 1)], [("pass-gazette.example", 3)]
    box.follow_overview(Overview(1, 0, 0, 0, 0, [], tags, sites))
    box.options.fill()
    terms = [action.data() for action in box.options.findChildren(QAction) if action.data()]
    assert 'tag:"two words"' in terms
    assert "site:pass-gazette.example" in terms
    assert "format:singlefile" in terms
    for term in terms:
        query.parse(f"{term}2021" if term in ("published:", "captured:") else f"{term}x" if term[-1] == ":" else term)
    box.set_query("talks")
    box.add(terms[-1])
    assert box.query == f"talks {terms[-1]}"


def test_a_fault_is_said_and_goes(box: SearchBox) -> None:
    box.show_fault("There is nothing after “title:”.")
    assert box.fault.isVisible()
    box.show_fault("")
    assert not box.fault.isVisible()
