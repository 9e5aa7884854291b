"""Choosing the engine that searches a library: what may be chosen, why the rest may not, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from archive_viewer import limits
from archive_viewer.library import Library
from archive_viewer.search import engines
from archive_viewer.ui.engine_dialog import Button, EngineDialog
from archive_viewer.ui.main_window import MainWindow

OpenDialog = Callable[[type[QDialog]], QDialog]
Until = Callable[[Callable[[], object]], None]


def opened(window: MainWindow, until: Until, dialog: OpenDialog) -> EngineDialog:
    window.actions_by_id["search-engine"].trigger()
    asked = dialog(EngineDialog)
    assert isinstance(asked, EngineDialog)
    until(lambda: asked.choices["whoosh"].isChecked() or asked.choices["tantivy"].isChecked())
    return asked


def test_it_says_why_there_is_nothing_to_choose(
    window: MainWindow, until: Until, dialog: OpenDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    asked = opened(window, until, dialog)
    assert asked.choices["whoosh"].isEnabled()
    assert not asked.choices["tantivy"].isEnabled()
    assert "not installed" in asked.reasons["tantivy"].text()
    assert not asked.reasons["tantivy"].isHidden()
    assert asked.reasons["whoosh"].isHidden()
    assert not asked.buttons.button(Button.Ok).isEnabled()
    asked.reject()


@pytest.mark.skipif(not engines.is_installed("tantivy"), reason="Tantivy is not installed")
def test_a_small_library_needs_no_other(window: MainWindow, until: Until, dialog: OpenDialog) -> None:
    asked = opened(window, until, dialog)
    assert not asked.choices["tantivy"].isEnabled()
    assert "50,000" in asked.reasons["tantivy"].text()
    asked.reject()


@pytest.mark.skipif(not engines.is_installed("tantivy"), reason="Tantivy is not installed")
def test_another_engine_is_chosen_and_the_index_asked_for(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGE_LIBRARY", 1)
    asked = opened(window, until, dialog)
    assert asked.choices["tantivy"].isEnabled()
    going = asked.buttons.button(Button.Ok)
    assert not going.isEnabled()
    asked.choices["tantivy"].click()
    assert going.isEnabled()
    asked.choices["whoosh"].click()
    assert not going.isEnabled()
    asked.choices["tantivy"].click()
    going.click()
    until(lambda: library.engine_state().used == "tantivy")
    until(lambda: any(task.kind == "rebuild" for task in library.tasks()) or is_of_tantivy(library.folder))


def is_of_tantivy(folder: Path) -> bool:
    return (folder / "index" / "tantivy").is_dir()
