"""The table of actions: complete, in the menus, and without a key given twice."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from archive_viewer import settings
from archive_viewer.model import Colour
from archive_viewer.ui.actions import ACTIONS, MENUS, TOOLBAR, make_actions, plain_text
from archive_viewer.ui.main_window import MainWindow

IDS = {action.id for action in ACTIONS}


def test_no_key_is_given_twice(qtbot: QtBot) -> None:
    owner = QObject()
    keys = [key.toString() for action in make_actions(owner).values() for key in action.shortcuts()]
    keys += [action.reader_key for action in ACTIONS if action.reader_key]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert "" not in keys


def test_every_action_is_in_a_menu_once() -> None:
    named = [name for _id, _title, names in MENUS for name in names if name in IDS]
    assert sorted(named) == sorted(IDS)
    assert {name for name in TOOLBAR if len(name) > 1} <= IDS


def test_every_action_does_something(window: MainWindow) -> None:
    """A menu without a dead entry: each action is connected to something."""
    for name, action in window.actions_by_id.items():
        signal = "2toggled(bool)" if name.startswith("show-") else "2triggered(bool)"
        assert action.receivers(signal) > 0, name


def test_every_icon_is_drawn() -> None:
    for action in ACTIONS:
        if action.icon and not action.icon.startswith("colour-"):
            assert settings.resource(f"icons/{action.icon}.svg").is_file()


def test_one_mnemonic_a_menu(qtbot: QtBot) -> None:
    owner = QObject()
    made = make_actions(owner)
    for _id, title, names in MENUS:
        letters = [QKeySequence.mnemonic(made[name].text()).toString() for name in names if name in made]
        twice = [letter for letter, count in Counter(letters).items() if letter and count > 1]
        assert twice == [], title


def test_texts_without_mnemonics(qtbot: QtBot) -> None:
    owner = QObject()
    made = make_actions(owner)
    assert plain_text(made["export"]) == "Export Excerpts"
    assert plain_text(made[f"mark-{Colour.YELLOW}"]) == "Yellow"
