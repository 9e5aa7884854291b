"""What helps with searching, in the window: completions, what was asked before, where is searched, faults, the card."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QToolButton
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Scope
from archive_viewer.search.query import parse
from archive_viewer.search.query_tree import FIELDS, SOUNDS
from archive_viewer.ui import search_words
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.query_line import part_at_fault
from archive_viewer.ui.search_box import SearchBox
from archive_viewer.ui.search_help import SearchHelp
from archive_viewer.ui.search_options import PARTS, SearchOptions

Until = Callable[[Callable[[], object]], None]
Dialogs = Callable[[type[QDialog]], QDialog]


@pytest.fixture
def box(window: MainWindow, until: Until) -> SearchBox:
    """The box of the window, with the focus."""
    window.activateWindow()
    window.list.box.setFocus()
    until(window.list.box.hasFocus)
    return window.list.search_box


def commit(box: SearchBox, text: str) -> None:
    """Type what no key of the test's keyboard has, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box.box, event)


@pytest.fixture
def tagged(library: Library) -> str:
    """A page with a mark that has a note, and tags, one beyond the basic plane; gives its id."""
    ferry = next(item.id for item in library.items(library.item_ids()) if "ferry" in item.title)
    library.annotate_quote(ferry, "harbour master", note="Compare the Zürich papers.", tags=["witness"])
    library.tag_items([ferry], ["Häfen 😀", "häuser"])
    return ferry


# -- completing -----------------------------------------------------------------------------------------------------


def test_fields_and_values_are_completed_while_one_types(
    box: SearchBox, tagged: str, until: Until, qtbot: QtBot
) -> None:
    popup = box.completions.popup
    commit(box, "😀 ")
    qtbot.keyClicks(box.box, "ta")
    until(popup.isVisible)
    assert popup.names == ["tag:"]
    qtbot.keyClick(box.box, Qt.Key.Key_Tab)
    assert box.box.text() == "😀 tag:"
    assert box.box.hasFocus()
    until(lambda: popup.isVisible() and len(popup.names) == 3)
    commit(box, "hä")
    until(lambda: popup.names == ["Häfen 😀", "häuser"])
    qtbot.keyClick(box.box, Qt.Key.Key_Down)
    assert box.box.accessibleDescription().startswith("Häfen 😀. 1")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert box.box.text() == '😀 tag:"Häfen 😀" '
    assert box.box.cursorPosition() == len('😀 tag:"Häfen 😀" ') + 2
    assert not popup.isVisible()
    qtbot.keyClicks(box.box, "x")
    assert box.box.text().endswith(" x")


def test_enter_is_the_search_s_own_until_a_row_is_gone_to(
    window: MainWindow, box: SearchBox, tagged: str, until: Until, qtbot: QtBot
) -> None:
    popup = box.completions.popup
    qtbot.keyClicks(box.box, "ti")
    until(popup.isVisible)
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert (box.box.text(), window.list.query) == ("ti", "ti")
    assert not popup.isVisible()
    box.box.clear()
    qtbot.keyClicks(box.box, "tag:h")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    qtbot.wait(300)
    assert not popup.isVisible()
    assert window.list.query == "tag:h"


def test_the_list_goes_away_by_itself_and_by_escape(
    window: MainWindow, box: SearchBox, tagged: str, until: Until, qtbot: QtBot
) -> None:
    popup = box.completions.popup
    qtbot.keyClicks(box.box, "tag:h")
    until(popup.isVisible)
    for key, row in ((Qt.Key.Key_Up, 1), (Qt.Key.Key_Down, -1), (Qt.Key.Key_Down, 0), (Qt.Key.Key_Up, -1)):
        qtbot.keyClick(box.box, key)
        assert popup.view.currentIndex().row() == row
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert box.box.text() == "tag:h"
    qtbot.keyClick(box.box, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    until(popup.isVisible)
    rect = popup.view.visualRect(popup.view.model().index(1, 0))
    qtbot.mouseClick(popup.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert box.box.text() == "tag:häuser "
    box.box.clear()
    qtbot.keyClicks(box.box, "tag:h")
    until(popup.isVisible)
    window.list.view.setFocus()
    assert not popup.isVisible()
    window.list.box.setFocus()
    qtbot.keyClicks(box.box, " nothing of th")
    qtbot.wait(300)
    assert not popup.isVisible()


def test_the_list_stays_within_a_small_window(
    window: MainWindow, box: SearchBox, tagged: str, until: Until, qtbot: QtBot
) -> None:
    window.resize(1000, 640)
    qtbot.wait(50)
    qtbot.keyClick(box.box, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    popup = box.completions.popup
    until(popup.isVisible)
    assert len(popup.names) > 9
    assert window.rect().contains(popup.geometry())
    assert popup.width() >= box.box.width()
    window.resize(1010, 640)
    until(lambda: not popup.isVisible())


# -- what was asked before --------------------------------------------------------------------------------------------


def test_what_was_meant_is_offered_again(window: MainWindow, box: SearchBox, until: Until, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.left_down):
        qtbot.keyClick(box.box, Qt.Key.Key_Down)
    window.list.box.setFocus()
    for words in ("harbour", "winter road", "harbour"):
        box.box.setText(words)
        qtbot.keyClick(box.box, Qt.Key.Key_Return)
    box.box.setText("half ty")
    qtbot.wait(300)
    box.options.parts["text"].setChecked(False)
    box.box.setText("treaty")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    history = window.searching.history
    assert history.queries() == ["in:title,author,note,mark,tag,link,url,site(treaty)", "harbour", "winter road"]
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    qtbot.keyClick(box.box, Qt.Key.Key_Down)
    assert box.asked_before.names == ["treaty", "harbour", "winter road"]
    qtbot.keyClick(box.box, Qt.Key.Key_Down)
    qtbot.keyClick(box.box, Qt.Key.Key_Down)
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert (window.list.query, box.options.places) == ("harbour", ())
    box.box.setText("win")
    qtbot.keyClick(box.box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert box.asked_before.names == ["winter road"]
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    assert box.box.text() == "win"


def test_what_was_asked_is_kept_by_library_and_can_be_forgotten(
    window: MainWindow, box: SearchBox, qtbot: QtBot
) -> None:
    history = window.searching.history
    for number in range(60):
        history.add(f"word{number}")
    assert history.queries() == [f"word{number}" for number in range(59, 9, -1)]
    folder = window.library.folder
    history.attach(folder / "other")
    assert history.queries() == []
    history.add("of the other")
    history.attach(folder)
    box.options.fill()
    actions = {action.text(): action for action in box.options.actions()}
    actions["Remember What Was Asked"].trigger()
    history.add("secret")
    assert history.queries()[0] == "word59"
    actions["Forget What Was Asked in This Library"].trigger()
    assert history.queries() == []
    history.attach(folder / "other")
    assert history.queries() == ["of the other"]
    history.keep(True)
    history.add("again")
    assert history.queries() == ["again", "of the other"]


# -- where is searched ------------------------------------------------------------------------------------------------


def test_every_choice_of_parts_is_said_by_a_query_and_taken_from_it(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    options = SearchOptions(box)
    for number in range(1, 1 << len(PARTS)):
        on = [part for n, part in enumerate(PARTS) if number >> n & 1]
        options.switch_on(on)
        assert options.parts_on() == on
        places = options.places
        assert options.can_say(places)
        options.take(places, False)
        assert options.places == places
        assert options.names_of_places()
        parse(f"in:{','.join(places)}(ferry)" if places else "ferry")
    assert not options.can_say(("author",))
    options.switch_on(["note"])
    options.parts["note"].setChecked(False)
    assert options.parts_on() == ["note"]


def test_where_is_searched_is_shown_and_remembered(
    window: MainWindow, box: SearchBox, tagged: str, library: Library, until: Until, qtbot: QtBot
) -> None:
    until(lambda: library.index_state().waiting == 0 and library.count_answers("note:zurich") == 1)
    box.set_query("zurich")
    until(lambda: window.list.model.item_ids == [tagged])
    box.options.parts["note"].trigger()
    until(lambda: window.list.model.item_ids == [])
    assert window.preferences.get("searched-parts") == [part for part in PARTS if part not in ("note", "stripped")]

    def chips() -> list[QToolButton]:
        return [chip for chip in box.findChildren(QToolButton, "chip") if chip.isVisible()]

    qtbot.waitUntil(lambda: [chip.text() for chip in chips()] == ["Without notes"])
    chips()[0].click()
    assert window.list.query == "zurich"
    until(lambda: window.list.model.item_ids == [tagged])
    assert window.preferences.get("searched-parts") == []
    box.set_query("privacy")
    until(lambda: window.list.model.item_ids == [])
    box.options.parts["stripped"].trigger()
    until(lambda: window.list.model.item_ids == [tagged])
    assert window.list.query == "in:any,stripped(privacy)"
    box.set_query("in:author(quill)")
    assert (box.box.text(), window.list.query) == ("in:author(quill)", "in:author(quill)")


# -- why a page answers -----------------------------------------------------------------------------------------------


def test_a_row_says_why_and_leads_there(
    window: MainWindow, box: SearchBox, tagged: str, library: Library, until: Until
) -> None:
    until(lambda: library.index_state().waiting == 0 and library.count_answers("note:zurich") == 1)
    model = window.list.model

    def rows() -> list[str]:
        return [model.data(model.index(row)) for row in range(model.rowCount())]

    box.set_query("zurich")
    until(lambda: model.item_ids == [tagged])
    assert rows()[1] == "In a note: Compare the Zürich papers."
    (mark,) = library.annotations(tagged)
    window.list.view.setCurrentIndex(model.index(1))
    window.list._choose(model.index(1), keep=False, focus=False)
    until(lambda: window.tabs.front() and window.tabs.front().selected_mark == mark.id)
    box.set_query("stripped:privacy")
    until(lambda: model.rowCount() == 2 and rows()[1].startswith("Stripped:"))
    window.list._choose(model.index(1), keep=False, focus=False)
    until(lambda: not window.tabs.front().is_clean_shown)
    assert "Privacy" in window.tabs.front().stripped.list.currentIndex().data()
    box.set_query("title:ferry")
    until(lambda: model.rowCount() == 1 and "ferry" in rows()[0])
    until(lambda: model._row(0).lines[0].strong != ())
    start, end = model._row(0).lines[0].strong[0]
    assert model._row(0).lines[0].text[start:end] == "ferry"


def test_the_bin_is_searched_while_it_is_shown(
    window: MainWindow, box: SearchBox, tagged: str, library: Library, until: Until
) -> None:
    library.delete_items([tagged])
    until(lambda: library.index_state().waiting == 0 and library.count_answers("is:binned ferry") == 1)
    box.set_query("envoys")
    until(lambda: window.list.empty.isVisible())
    window.tree.choose(Scope("bin"))
    until(lambda: window.list.model.item_ids == [tagged])
    assert window.list.model.passage_count == 1
    box.set_query("envoys OR (boats")
    until(lambda: window.list.model.item_ids == [tagged])
    box.set_query("envoys autor:x")
    until(lambda: box.box.fault == (7, 14))
    window.tree.choose_everything()
    box.set_query("envoys")
    until(lambda: window.list.empty.isVisible())


# -- faults and help --------------------------------------------------------------------------------------------------


def test_a_fault_is_underlined_at_its_place(window: MainWindow, box: SearchBox, until: Until, qtbot: QtBot) -> None:
    box.set_query("  😀 ferry autor:quill treaty")
    until(box.fault.isVisible)
    assert "“autor”" in box.fault.text()
    start, end = box.box.fault
    assert box.box.text()[start:end] == "autor:quill"
    box.any_spelling.setChecked(True)
    box.options.parts["text"].setChecked(False)
    box.set_query("in:note(sounds:(ferry toll OR))")
    until(lambda: box.box.text()[slice(*box.box.fault)] == "OR")
    qtbot.keyClicks(box.box, " bridge")
    assert box.box.fault == (0, 0)
    until(lambda: not box.fault.isVisible())
    assert box.box.text() == "ferry toll OR bridge"


@pytest.mark.parametrize(
    ("text", "position", "part"), [("a b", 2, "b"), ("a b ", 4, "b"), ("a  b", 1, " "), ("()", 1, ")"), ("a", 9, "a")]
)
def test_what_is_underlined_is_never_nothing(text: str, position: int, part: str) -> None:
    assert text[slice(*part_at_fault(text, position))] == part


def test_the_card_shows_all_that_can_be_asked(
    window: MainWindow, box: SearchBox, dialog: Dialogs, until: Until, qtbot: QtBot
) -> None:
    examples = [example for _title, lines in search_words.CARD for example, _meaning in lines]
    for example in examples:
        parse(example)
    assert all(any(f"{field}:" in example for example in examples) for field in (*FIELDS, SOUNDS))
    assert set(search_words.FIELDS) == {*FIELDS, SOUNDS}
    qtbot.keyClick(box.box, Qt.Key.Key_F1)
    card = cast(SearchHelp, dialog(SearchHelp))
    until(card.examples[0].hasFocus)
    for _ in range(4):
        qtbot.keyClick(card.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(card.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(card.focusWidget(), Qt.Key.Key_Return)
    assert window.list.query == examples[3]
    until(lambda: not card.isVisible())
    box.set_query("")
    assert box.question.isVisible()
    box.question.trigger()
    dialog(SearchHelp)
