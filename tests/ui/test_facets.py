"""Narrowing the list by what its pages have, and taking the query that is meant: a real window, its real searcher."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library
from archive_viewer.ui.facets_pane import FacetsPane
from archive_viewer.ui.main_window import MainWindow

Until = Callable[[Callable[[], object]], None]


def open_facets(window: MainWindow, until: Until, *fields: str) -> FacetsPane:
    """Unfold the pane, and fields in it."""
    pane = window.list.facets
    pane.tree.unfold(fields)
    pane.button.click()
    until(lambda: pane.tree.topLevelItemCount() > 0)
    return pane


def said(pane: FacetsPane, field: str) -> list[tuple[str, int, str]]:
    """Name, count and sign of every row below a field."""
    branches = [branch for row in pane.tree.rows() if (branch := pane.tree.branch(row)) and branch.field == field]
    return [(branch.name, branch.count, branch.sign) for branch in branches[1:]]


def row(pane: FacetsPane, field: str, name: str) -> QTreeWidgetItem:
    found = [(row, branch) for row in pane.tree.rows() if (branch := pane.tree.branch(row))]
    return next(row for row, branch in found if (branch.field, branch.name) == (field, name))


def click(qtbot: QtBot, pane: FacetsPane, field: str, name: str, keys: Qt.KeyboardModifier) -> None:
    pane.tree.scrollToItem(row(pane, field, name))
    place = pane.tree.visualItemRect(row(pane, field, name)).center()
    assert pane.tree.viewport().rect().contains(place)
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, keys, place)


def tagged(library: Library) -> None:
    first, second = library.item_ids()
    library.tag_items([first], ["two words"])
    library.tag_items([second], ["péace"])


def test_a_click_narrows_another_takes_it_back_and_ctrl_leaves_out(
    qtbot: QtBot, window: MainWindow, library: Library, until: Until
) -> None:
    tagged(library)
    pane = open_facets(window, until, "tag")
    until(lambda: said(pane, "tag") == [("péace", 1, ""), ("two words", 1, "")])
    window.list.search("treaty OR nothing")
    until(lambda: window.list.model.passage_count > 0)
    click(qtbot, pane, "tag", "two words", Qt.KeyboardModifier.NoModifier)
    assert window.list.box.text() == '(treaty OR nothing) tag:"two words"'
    until(lambda: said(pane, "tag") == [("two words", 1, "check")])
    until(lambda: len(window.list.model.item_ids) == 1)
    click(qtbot, pane, "tag", "two words", Qt.KeyboardModifier.NoModifier)
    assert window.list.box.text() == "(treaty OR nothing)"
    until(lambda: len(said(pane, "tag")) == 2)
    click(qtbot, pane, "tag", "péace", Qt.KeyboardModifier.ControlModifier)
    assert window.list.box.text() == "(treaty OR nothing) -tag:péace"
    until(lambda: said(pane, "tag") == [("péace", 0, "close"), ("two words", 1, "")])


def test_keys_do_what_clicks_do(qtbot: QtBot, window: MainWindow, library: Library, until: Until) -> None:
    tagged(library)
    pane = open_facets(window, until, "tag")
    until(lambda: len(said(pane, "tag")) == 2)
    pane.tree.setFocus()
    pane.tree.setCurrentItem(row(pane, "tag", "Tag"))
    qtbot.keyClick(pane.tree, Qt.Key.Key_Down)
    qtbot.keyClick(pane.tree, Qt.Key.Key_Space)
    until(lambda: said(pane, "tag") == [("péace", 1, "check")])
    assert pane.tree.hasFocus()
    assert pane.tree.currentItem() is row(pane, "tag", "péace")
    spoken = pane.tree.currentItem().data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "péace, 1 page, chosen"
    qtbot.keyClick(pane.tree, Qt.Key.Key_Delete)
    assert window.list.box.text() == ""
    until(lambda: len(said(pane, "tag")) == 2)
    qtbot.keyClick(pane.tree, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.list.box.text() == "-tag:péace"


def test_forms_and_languages_are_named_as_in_the_list(window: MainWindow, until: Until) -> None:
    pane = open_facets(window, until, "language", "format")
    assert said(pane, "language") == [("English (en)", 2, "")]
    assert said(pane, "format") == [("HTML page", 2, "")]
    heights = pane.tree.height(), window.list.view.height()
    assert heights[0] < heights[1]


def test_what_is_not_seen_is_not_counted_and_the_fold_is_remembered(window: MainWindow, until: Until) -> None:
    pane = window.list.facets
    window.list.search("harbour")
    until(lambda: window.list.model.passage_count > 0)
    assert pane.tree.topLevelItemCount() == 0
    open_facets(window, until, "format")
    window.session.save_window()
    assert window.preferences.get("narrowing") == {"open": True, "fields": ["format"]}
    other = MainWindow(window.preferences)
    assert other.list.facets.is_open
    assert other.list.facets.tree.unfolded_fields() == ["format"]
    other.deleteLater()


def test_a_context_menu_offers_both(qtbot: QtBot, window: MainWindow, library: Library, until: Until) -> None:
    pane = open_facets(window, until, "format")
    menu = pane.tree.menu_of(row(pane, "format", "HTML page"))
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Only These Pages", "All but These Pages"]
    menu.actions()[1].trigger()
    assert window.list.box.text() == "-format:html"
    until(lambda: said(pane, "format") == [("HTML page", 0, "close")])
    assert pane.said.text() == "No page to count"
    menu = pane.tree.menu_of(row(pane, "format", "HTML page"))
    assert menu is not None
    menu.actions()[0].trigger()
    assert window.list.box.text() == ""
    assert pane.tree.menu_of(row(pane, "format", "Form")) is None


def test_another_word_is_proposed_and_taken(qtbot: QtBot, window: MainWindow, until: Until) -> None:
    line = window.list.suggestion
    window.list.search("harbuor -nothing")
    until(lambda: line.isVisible())
    assert line.accessibleName() == "Did you mean harbour -nothing?"
    until(lambda: window.list.empty.isVisible())
    assert window.list.empty.title == "Nothing found"
    window.list.box.setFocus()
    qtbot.keyClick(window.list.box, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    until(lambda: window.list.model.passage_count > 0)
    assert window.list.box.text() == "harbour -nothing"
    assert not line.isVisible()
    window.list.search("trety")
    until(lambda: line.meant == "treaty")
    line.linkActivated.emit("meant")
    until(lambda: window.list.query == "treaty" and window.list.model.passage_count > 0)
    window.list.search("trety")
    until(lambda: line.meant == "treaty" and window.list.empty.isVisible())
    window.list.empty._button.click()
    until(lambda: window.list.query == "treaty")
    window.list.search("")
    assert not line.isVisible()


def test_what_is_proposed_is_said_without_the_switches_beside_it(
    qtbot: QtBot, window: MainWindow, until: Until
) -> None:
    line = window.list.suggestion
    window.list.search("in:text(harbuor)")
    until(lambda: line.meant == "in:text(harbour)")
    assert line.accessibleName() == "Did you mean harbour?"
    line.take()
    until(lambda: window.list.query == "in:text(harbour)")
    assert window.list.box.text() == "harbour"
