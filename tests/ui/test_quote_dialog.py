"""The source of a quote through the window: pasted, found by the real searcher, gone to and selected."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library
from archive_viewer.model import Agreement, Stretch
from archive_viewer.ui.found_source import FoundSource
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.quote_dialog import QuoteDialog
from archive_viewer.ui.reading_menu import fill_menu
from archive_viewer.ui.source_rows import row_of, share
from archive_viewer.ui.trail import Place

Until = Callable[[Callable[[], object]], None]
FindDialog = Callable[[type[QDialog]], QDialog]

QUOTE = "“Nobody expected the 😀 harbor master to agree […] the ‘old treaty’ still held for the ferry”"


@pytest.fixture
def dialog_open(window: MainWindow, dialog: FindDialog) -> QuoteDialog:
    window.actions_by_id["find-source"].trigger()
    found = dialog(QuoteDialog)
    assert isinstance(found, QuoteDialog)
    return found


def test_a_pasted_quote_leads_to_its_passage(
    dialog_open: QuoteDialog, window: MainWindow, library: Library, until: Until, qtbot: QtBot
) -> None:
    assert dialog_open.empty.title == "Where does it come from?"
    dialog_open.quote.setPlainText(QUOTE)
    until(lambda: dialog_open.empty.title == "Looking through the library…")
    until(lambda: dialog_open.model.rowCount() == 1)
    assert dialog_open.state.text().startswith("1 page holds it")
    source = dialog_open.model.source(dialog_open.model.index(0, 0))
    assert source.is_held
    dialog_open.view.setFocus()
    qtbot.keyClick(dialog_open.view, Qt.Key.Key_Return)
    until(lambda: window.tabs.front() is not None and window.tabs.front().selected_words())
    tab = window.tabs.front()
    assert tab is not None
    assert tab.selected_words() == (source.start, source.end)
    assert library.article(tab.item_id).text[source.start : source.end].endswith("still held for the ferry")
    assert dialog_open.isVisible()
    window.actions_by_id["find-source"].trigger()
    assert window.acts.quotes._dialog is dialog_open


def test_what_nobody_said_is_told_plainly(dialog_open: QuoteDialog, until: Until) -> None:
    dialog_open.quote.setPlainText("Quite another thing about zebras and violins, which was never written here.")
    until(lambda: dialog_open.empty.title == "No page of the library holds this quote")
    dialog_open.quote.setPlainText("")
    until(lambda: dialog_open.empty.title == "Where does it come from?")


def test_without_an_index_the_dialog_says_why(
    make_window: Callable[[Path], MainWindow], filled_folder: Path, dialog: FindDialog, until: Until
) -> None:
    shutil.rmtree(filled_folder / "index")
    # While another program holds the library the window only reads, and nobody builds the index again.
    with Library.open(filled_folder):
        window = make_window(filled_folder)
        window.acts.quotes.seek(QUOTE)
        found = dialog(QuoteDialog)
        assert isinstance(found, QuoteDialog)
        until(lambda: found.empty.title == "The quote could not be looked for")
        assert found.model.rowCount() == 0


def test_a_selection_is_sought_in_all_other_pages(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog
) -> None:
    (ferry,) = (item.id for item in library.items(library.item_ids()) if "ferry" in item.title)
    text = library.article(ferry).text
    start = text.index("Nobody had expected")
    tab = window.tabs.open(Place(ferry))
    until(lambda: tab.reading is not None)
    tab.view.text.select(start, start + 60)
    menu = fill_menu(tab.view, start)
    (act,) = (act for act in menu.actions() if act.text().startswith("Find This Else"))
    act.trigger()
    found = dialog(QuoteDialog)
    assert isinstance(found, QuoteDialog)
    assert found.quote.toPlainText() == text[start : start + 60]
    until(lambda: found.empty.title == "No page of the library holds this quote" or found.model.rowCount())
    shown = [found.model.source(found.model.index(row, 0)) for row in range(found.model.rowCount())]
    assert not any(source.is_held or source.item_id == ferry for source in shown)


def test_a_long_text_in_the_search_box_is_offered_a_source(
    window: MainWindow, dialog: FindDialog, until: Until, qapp: QApplication, qtbot: QtBot
) -> None:
    box = window.list.search_box.box
    qtbot.keyClicks(box, "harbour")
    assert not window.page_notice.sentence
    qapp.clipboard().setText(f"{QUOTE}\nA second meeting is planned for the coming month.")
    box.clear()
    box.paste()
    assert "quote" in window.page_notice.sentence
    window.page_notice.buttons[0].click()
    found = dialog(QuoteDialog)
    assert isinstance(found, QuoteDialog)
    assert found.quote.toPlainText().startswith(QUOTE)
    assert box.text() == ""
    until(lambda: found.model.rowCount() == 1)


def test_a_row_says_what_differs() -> None:
    words = "The old treaty still held for the town"
    stretches = (
        Stretch(Agreement.SAME, 0, 3, "The"),
        Stretch(Agreement.CHANGED, 4, 7, "new"),
        Stretch(Agreement.SAME, 8, 14, "treaty"),
        Stretch(Agreement.ADDED, 15, 20, ""),
        Stretch(Agreement.SAME, 21, 38, "held for the town"),
        Stretch(Agreement.MISSING, 38, 38, "of ours"),
    )
    source = FoundSource("id", "Tïtle 😀", "", "2021", "", 0, len(words), words, 0.999, True, stretches)
    row = row_of(source)
    shown = next(line for line in row.lines if line.text == words)
    assert [words[start:end] for start, end in shown.strong] == ["old", "still"]
    assert row.lines[-1].text == "“old” where the quote has “new”; only here: “still”; not here: “of ours”"
    assert row.badge == "99 %"
    assert share(1.0) == "100 %"
