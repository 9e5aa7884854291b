"""Saved searches in the window: a star, a folder in the tree, a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Scope
from archive_viewer.ui.library_tree import COUNT, SCOPE
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.search_name_dialog import SearchNameDialog

Until = Callable[[Callable[[], object]], None]
Dialogs = Callable[[type[QDialog]], QDialog]


def folders(window: MainWindow) -> dict[str, int]:
    """The saved searches in the tree, each with its count."""
    lines = [line for line in window.tree.branches() if line.data(0, SCOPE) and line.data(0, SCOPE).kind == "search"]
    return {line.text(0): line.data(0, COUNT) for line in lines}


def name(dialog: Dialogs, typed: str) -> SearchNameDialog:
    asked = cast(SearchNameDialog, dialog(SearchNameDialog))
    asked.name.setText(typed)
    asked.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    return asked


def offered(window: MainWindow, words: str) -> QAction:
    """What the star offers."""
    window.list.search_box.star.trigger()
    return next(action for action in window.acts._searches._menu.actions() if action.text().startswith(words))


@pytest.fixture
def saved(window: MainWindow, library: Library, until: Until) -> str:
    """A saved search that finds both pages, and is seen in the tree; gives its id."""
    search = library.save_search("Harbours", "harbour*")
    until(lambda: folders(window) == {"Harbours": 2})
    return search.id


def test_a_search_is_saved_by_the_star_and_is_a_live_folder(
    window: MainWindow, library: Library, dialog: Dialogs, until: Until
) -> None:
    box = window.list.search_box
    save = window.actions_by_id["save-search"]
    assert not save.isEnabled()
    box.set_query("treaty envoys")
    until(save.isEnabled)
    assert box.star.isVisible()
    save.trigger()
    assert cast(SearchNameDialog, dialog(SearchNameDialog)).name.text() == "treaty envoys"
    name(dialog, "Envöys 😀")
    until(lambda: folders(window) == {"Envöys 😀": 1})
    assert box.star.text() == "This Search Is Saved"
    ids = library.item_ids()
    library.delete_items(ids)
    until(lambda: folders(window) == {"Envöys 😀": 0})
    library.undo()
    until(lambda: folders(window) == {"Envöys 😀": 1})
    library.undo()
    until(lambda: folders(window) == {})
    until(lambda: box.star.text() == "Save This Search")
    library.redo()
    until(lambda: folders(window) == {"Envöys 😀": 1})


def test_a_folder_is_opened_and_left(window: MainWindow, saved: str, library: Library, until: Until) -> None:
    window.tree.choose(Scope("search", saved))
    until(lambda: window.list.query == "harbour*" and len(window.list.model.item_ids) == 2)
    assert window.list.scope == Scope()
    assert window.list.line.chip.isVisible()
    window.list.line.scope_left.emit()
    until(lambda: window.list.query == "")
    assert window.tree.scope() == Scope()
    window.tree.choose(Scope("search", saved))
    window.list.search("harbour* envoys")
    window.tree.choose(Scope("bin"))
    assert window.list.query == "harbour* envoys"


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_it_is_changed_renamed_and_deleted(
    window: MainWindow, saved: str, library: Library, dialog: Dialogs, until: Until, qtbot: QtBot
) -> None:
    other = library.save_search("Tolls", "toll*")
    until(lambda: folders(window) == {"Harbours": 2, "Tolls": 2})
    window.tree.choose(Scope("search", saved))
    window.list.search("harbour* envoys")
    offered(window, "Change “Harbours”").trigger()
    until(lambda: library.saved_search(saved).query == "harbour* envoys")
    until(lambda: folders(window) == {"Harbours": 1, "Tolls": 2})
    until(lambda: window.list.search_box.star.text() == "This Search Is Saved")
    offered(window, "Rename “Harbours”").trigger()
    asked = name(dialog, "tolls")
    until(asked.fault.isVisible)
    assert "already" in asked.fault.text()
    name(dialog, "Envoys")
    until(lambda: folders(window) == {"Envoys": 1, "Tolls": 2})
    window.activateWindow()
    window.tree.setFocus()
    until(window.tree.hasFocus)
    qtbot.keyClick(window.tree, Qt.Key.Key_Delete)
    until(lambda: folders(window) == {"Tolls": 2})
    assert [search.id for search in library.saved_searches()] == [other.id]
    assert window.list.query == "harbour* envoys"


def test_a_library_for_reading_offers_no_saving(make_window: Callable, filled_folder: object, until: Until) -> None:
    with Library.open(filled_folder, "owner") as owner:  # type: ignore[arg-type]
        search = owner.save_search("Harbours", "harbour*")
        window = make_window(filled_folder)
        until(lambda: folders(window) == {"Harbours": 2})
        window.tree.choose(Scope("search", search.id))
        until(lambda: window.list.query == "harbour*")
        assert not window.list.search_box.star.isVisible()
        assert not window.actions_by_id["save-search"].isEnabled()
