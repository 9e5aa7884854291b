"""What the window remembers over a restart: where its splitters are, and what is unfolded in its trees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from archive_viewer.library import Library
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.trail import Place

Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]


def test_splitters_and_unfolded_units_come_back(
    make_window: MakeWindow, filled_folder: Path, until: Until, qtbot: QtBot
) -> None:
    with Library.open(filled_folder) as library:
        fonds = library.add_unit("", "fonds", "Fërry 😀")
        series = [library.add_unit(fonds.id, "series", title) for title in ("Letters", "Maps")]
        for one in series:
            library.add_unit(one.id, "file", "1998")
        page, other = library.item_ids()
    window = make_window(filled_folder)
    tree = window.arrangement
    until(lambda: len(tree.units.units) == 5)
    assert tree.isExpanded(tree.units.index_of(series[0].id)), "a small tree is unfolded at first"
    tree.collapse(tree.units.index_of(series[0].id))
    groups = {branch.text(0): branch for branch in window.tree.branches()}
    groups["Accessions"].setExpanded(False)
    window.library_parts.setSizes([window.library_parts.height() - 220, 220])
    window.library_parts.splitterMoved.emit(0, 1)
    window.actions_by_id["show-outline"].setChecked(True)
    tab = window.tabs.open(Place(page), keep=True)
    until(lambda: tab.reading)
    tab._clean.setSizes([141, tab._clean.width() - 141])
    tab._clean.splitterMoved.emit(141, 1)
    shares = window.library_parts.sizes()
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()

    again = make_window(filled_folder)
    tree = again.arrangement
    until(lambda: len(tree.units.units) == 5)
    assert not tree.isExpanded(tree.units.index_of(series[0].id))
    assert tree.isExpanded(tree.units.index_of(series[1].id))
    until(lambda: again.tree.branches())
    groups = {branch.text(0): branch for branch in again.tree.branches()}
    assert not groups["Accessions"].isExpanded()
    until(lambda: again.library_parts.sizes() == shares)
    until(lambda: again.tabs.front() and again.tabs.front().reading)
    assert again.tabs.front().outline.width() == 141
    fresh = again.tabs.open(Place(other), keep=True)
    until(lambda: fresh.reading)
    assert fresh.outline.width() == 141
