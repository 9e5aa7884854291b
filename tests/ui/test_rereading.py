"""A page read in another character set through the window: found by its name, looked at, read, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.labels import names
from archive_viewer.library import Library
from archive_viewer.model import Source
from archive_viewer.ui import charset_names
from archive_viewer.ui.charset_dialog import CharsetDialog
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.trail import Place

Until = Callable[[Callable[[], object]], None]
FindDialog = Callable[[type[QDialog]], QDialog]

WORDS = (
    "外務省は昨日、協議が来週も隣国の首都で続けられると発表した。港の長が同意するとは誰も予想していなかった。",
    "しかし彼は、古い条約は今も有効であり、春には船が再び出ると述べた。「冬の道」はそれまで閉ざされる。",
)


@pytest.fixture
def garbled(tmp_path: Path, filled_folder: Path) -> str:
    """The id of a page in Shift_JIS that says it is in windows-1251."""
    page = tmp_path / "日本 😀.html"
    body = "".join(f"<p>{words}</p>" for words in WORDS)
    text = f"<meta charset=windows-1251><title>渡し船</title><article><h1>渡し船</h1>{body}</article>"
    page.write_bytes(text.encode("cp932"))
    with Library.open(filled_folder) as library:
        accession = library.begin_accession([page])
        (line,) = import_paths(library, accession.id, [page], Job())
        return line.item_ids[0]


@pytest.fixture
def window(make_window: Callable[[Path], MainWindow], garbled: str, filled_folder: Path, until: Until) -> MainWindow:
    made = make_window(filled_folder)
    until(lambda: made.list.model.rowCount() == 3)
    return made


@pytest.fixture
def tab(window: MainWindow, garbled: str, until: Until) -> ItemTab:
    opened = window.tabs.open(Place(garbled))
    until(lambda: opened.reading)
    return opened


@pytest.fixture
def sets(window: MainWindow, tab: ItemTab, until: Until, dialog: FindDialog) -> CharsetDialog:
    """The dialog, as soon as it shows the page as it is read now."""
    action = window.actions_by_id["reread"]
    until(action.isEnabled)
    action.trigger()
    found = dialog(CharsetDialog)
    assert isinstance(found, CharsetDialog)
    until(lambda: found.preview.toPlainText())
    return found


def test_it_is_found_looked_at_read_and_undone(
    window: MainWindow, tab: ItemTab, sets: CharsetDialog, library: Library, until: Until, qtbot: QtBot
) -> None:
    text = library.article(tab.item_id).text
    start = text.index("\n") + 3
    mark = library.annotate(tab.item_id, start, start + 20, note="nöte 😀")
    until(lambda: tab.mark(mark.id))
    assert sets.name == ""
    assert "windows-1251" in sets.found.text()
    assert not sets.reading.isEnabled()
    qtbot.keyClicks(sets.filter, "sjis")
    assert sets.name == "shift_jis"
    until(lambda: WORDS[0] in sets.preview.toPlainText())
    assert library.item(tab.item_id).charset == "windows-1251"
    until(sets.reading.isEnabled)
    tabs = window.tabs.count()
    qtbot.keyClick(sets.filter, Qt.Key.Key_Return)
    until(lambda: tab.item.charset == "shift_jis")
    assert tab.reading.article.text == f"渡し船\n{WORDS[0]}\n{WORDS[1]}"
    assert tab.item.facts["charset"].source is Source.TYPED
    assert (window.tabs.count(), window.tabs.front()) == (tabs, tab)
    assert not window.tabs.is_glance(tab)
    assert tab.mark(mark.id).quote in WORDS[0]
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Read Again as Shift_JIS")
    until(lambda: "渡し船" in [window.list.model.item(id).title for id in window.list.model.item_ids])
    window.actions_by_id["undo"].trigger()
    until(lambda: tab.item.charset == "windows-1251")
    assert tab.reading.article.text == text
    assert tab.mark(mark.id).quote == mark.quote
    until(lambda: window.actions_by_id["redo"].text() == "&Redo Read Again as Shift_JIS")
    window.actions_by_id["redo"].trigger()
    until(lambda: WORDS[0] in tab.reading.article.text)


def test_the_arrow_keys_move_through_the_sets_and_a_refusal_is_said(
    sets: CharsetDialog, until: Until, qtbot: QtBot
) -> None:
    for expected in ("utf-8", "utf-16le"):
        qtbot.keyClick(sets.filter, Qt.Key.Key_Down)
        until(lambda expected=expected: sets.name == expected)
    until(lambda: "no text in UTF-16LE" in sets.remark.text())
    assert not sets.reading.isEnabled()
    assert sets.preview.toPlainText() == ""
    qtbot.keyClick(sets.filter, Qt.Key.Key_Return)
    assert sets.isVisible()
    sets.filter.setText("klingon")
    until(lambda: "called so" in sets.remark.text())
    assert sets.name is None
    sets.filter.setText("ukrainian")
    assert sets.name == "windows-1251"
    sets.filter.clear()
    assert sets.name == "windows-1251"


def test_leaving_the_dialog_changes_nothing(
    window: MainWindow, sets: CharsetDialog, library: Library, garbled: str, until: Until
) -> None:
    label = library.undo_label
    sets.reject()
    assert library.undo_label == label
    assert library.item(garbled).charset == "windows-1251"
    window.actions_by_id["reread"].trigger()


def test_without_its_stored_file_the_page_stays_and_it_is_said(
    window: MainWindow, tab: ItemTab, sets: CharsetDialog, library: Library, until: Until
) -> None:
    sets.filter.setText("shift_jis")
    until(sets.reading.isEnabled)
    path = library.original_path(tab.item.sha256)
    path.chmod(0o644)
    path.unlink()
    sets.reading.click()
    until(lambda: "is missing from the library" in window.notice.sentence)
    assert tab.item.charset == "windows-1251"


def test_a_second_window_may_not_read_again(
    make_window: Callable[[Path], MainWindow], window: MainWindow, filled_folder: Path, garbled: str, until: Until
) -> None:
    second = make_window(filled_folder)
    opened = second.tabs.open(Place(garbled))
    until(lambda: opened.reading)
    assert not second.actions_by_id["reread"].isEnabled()


def test_every_character_set_of_the_standard_is_offered_once() -> None:
    offered = [name for group in charset_names.groups() for name, _ in group.sets]
    assert sorted(offered) == sorted(names())
    titles = [title for group in charset_names.groups() for _, title in group.sets]
    assert len(set(titles)) == len(titles)
    assert charset_names.called("euc-jp") == "Japanese (Unix) — EUC-JP"
    assert charset_names.called("cp437") == "cp437"
