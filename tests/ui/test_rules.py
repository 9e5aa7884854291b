"""Mending from the window: a section, a rule for a site with its preview, the list of rules, cleaning again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Scope
from archive_viewer.model import AnchorState, Fate, Item, Likeness
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.recleaning_report import RecleaningReport
from archive_viewer.ui.rows import ROW
from archive_viewer.ui.rule_dialog import RuleDialog
from archive_viewer.ui.rules_dialog import RulesDialog
from archive_viewer.ui.trail import Place
from older_cleaning import made_by_older_cleaner, with_more

PAGE = """<!-- saved from url=(0027)https://gazette.test/{number}.html -->
<html><head><title>Tïtle {number} 😀</title></head>
<body><nav class="menu"><ul><li><a href="/">Home</a><li><a href="/a">Imprïnt</a></ul></nav>
<article class="story"><h1>Tïtle {number} 😀</h1>
<p>The envoys of both river towns met on Tuesday to speak about ferry {number}, the tolls and the winter road.</p>
<p class="plea">Dear reader, the Gazette lives on what its readers give, so give what you can, and give it today.</p>
</article></body></html>"""
PLEA = "Dear reader"
COUNT = 4

OpenDialog = Callable[[type[QDialog]], QDialog]
Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with pages of one site, the first two of which an older cleaner cleaned."""
    folder, saved = tmp_path / "Arçhive 😀", tmp_path / "saved"
    saved.mkdir()
    for number in range(COUNT):
        (saved / f"{number}.html").write_text(PAGE.format(number=number), "utf-8")
    with Library.open(folder) as library:
        accession = library.begin_accession([saved])
        lines = list(import_paths(library, accession.id, [saved], Job()))
        for line in lines[:2]:
            made_by_older_cleaner(folder, line.item_ids[0], with_more("Sponsored 😀 words of forty characters"))
        update_index(library, Job())
        library.annotate_quote(lines[0].item_ids[0], "forty characters")
        library.annotate_quote(lines[1].item_ids[0], "winter road")
    return folder


@pytest.fixture
def window(make_window: MakeWindow, folder: Path, until: Until) -> MainWindow:
    made = make_window(folder)
    until(lambda: made.list.model.rowCount() == COUNT)
    return made


def items(library: Library) -> list[Item]:
    return sorted(library.items(library.item_ids()), key=lambda item: item.title)


def open_stripped(window: MainWindow, item_id: str, until: Until) -> ItemTab:
    tab = window.tabs.open(Place(item_id), keep=True)
    until(lambda: tab.reading is not None)
    tab.show_clean(False)
    return tab


def number_of(library: Library, item_id: str, words: str) -> int:
    return next(block.n for block in library.article(item_id).blocks if words in block.text)


def troubles(window: MainWindow) -> list[str]:
    model = window.attention.model
    return [model.trouble(model.index(row)).kind for row in range(model.rowCount())]


def kept(library: Library, words: str) -> list[bool]:
    return [words in library.article(item.id).text for item in items(library)]


def test_a_section_comes_back_by_a_key_and_goes_by_undo(
    window: MainWindow, library: Library, qtbot: QtBot, until: Until
) -> None:
    last = items(library)[-1]
    tab = open_stripped(window, last.id, until)
    tab.stripped.go_to(number_of(library, last.id, "Imprïnt"))
    qtbot.keyClick(tab.stripped.list, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    until(lambda: "Home\nImprïnt" in library.article(last.id).text)
    until(lambda: tab.stripped.bar.mend_button.text() == "Take out")
    assert "Home" in tab.view.text.document().toPlainText()
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Keep 2 Blocks")
    window.actions_by_id["undo"].trigger()
    until(lambda: "Imprïnt" not in library.article(last.id).text)
    until(lambda: tab.stripped.bar.mend_button.text() == "Put back")


def test_the_keys_work_at_once_in_the_view_that_was_chosen(
    window: MainWindow, library: Library, qtbot: QtBot, until: Until
) -> None:
    tab = window.tabs.open(Place(items(library)[-1].id), keep=True, focus=True)
    until(lambda: tab.reading is not None)
    tab.view.text.setFocus()
    window.actions_by_id["view-stripped"].trigger()
    assert QApplication.focusWidget() is tab.stripped.list
    tab.stripped.list.setCurrentIndex(tab.stripped.list.model().index(0, 0))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    until(lambda: library.article(items(library)[-1].id).blocks[0].is_kept)
    window.actions_by_id["view-clean"].trigger()
    assert QApplication.focusWidget() is tab.view.text
    window.list.box.setFocus()
    window.actions_by_id["view-stripped"].trigger()
    assert QApplication.focusWidget() is window.list.box, "what is worked in elsewhere stays"


def test_a_rule_is_made_after_its_effect_was_said(
    window: MainWindow, library: Library, qtbot: QtBot, until: Until, dialog: OpenDialog
) -> None:
    last = items(library)[-1]
    tab = open_stripped(window, last.id, until)
    tab.stripped.go_to(number_of(library, last.id, PLEA))
    qtbot.keyClick(tab.stripped.list, Qt.Key.Key_A)
    made = dialog(RuleDialog)
    assert isinstance(made, RuleDialog)
    until(made.making.isEnabled)
    assert made.effect.text() == "This would change 4 of 4 pages of gazette.test: take out 4 paragraphs."
    assert made.sample.text().startswith("“Dear reader")
    made.likenesses.buttons()[1].click()
    assert not made.making.isEnabled(), "not before it is known what it would do"
    until(made.making.isEnabled)
    made.extents.buttons()[1].click()
    made.fates.buttons()[1].click()
    until(made.making.isEnabled)
    assert made.effect.text().startswith("This would change none of the pages of gazette.test")
    for group in (made.extents, made.fates, made.likenesses):
        group.buttons()[0].click()
    until(made.making.isEnabled)
    assert library.rules() == []
    made.making.click()
    until(lambda: kept(library, PLEA) == [False] * COUNT)
    until(
        lambda: (
            tab.stripped.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole).endswith("your rule for gazette.test")
        )
    )
    until(lambda: PLEA not in tab.view.text.document().toPlainText())
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Always Strip on gazette.test")
    window.actions_by_id["undo"].trigger()
    until(lambda: kept(library, PLEA) == [True] * COUNT)


def test_rules_are_listed_switched_and_deleted(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog
) -> None:
    last = items(library)[-1]
    n = number_of(library, last.id, PLEA)
    rule = library.draft_rule(last.id, [n], Fate.STRIPPED, Likeness.PLACE)
    library.add_rule(rule)
    window.actions_by_id["site-rules"].trigger()
    listed = dialog(RulesDialog)
    assert isinstance(listed, RulesDialog)
    until(lambda: listed.model.rowCount() == 1)
    row = listed.model.index(0).data(ROW)
    assert row.text.startswith("gazette.test · always taken out")
    until(listed.switching.isEnabled)
    listed.switching.click()
    until(lambda: kept(library, PLEA) == [True] * COUNT)
    until(lambda: listed.switching.text() == "&Switch On")
    listed.switching.click()
    until(lambda: kept(library, PLEA) == [False] * COUNT)
    until(lambda: listed.switching.text() == "&Switch Off")
    listed.deleting.click()
    until(lambda: listed.model.rowCount() == 0)
    assert library.rules() == []
    assert listed.empty.isVisible()
    library.undo()
    until(lambda: listed.model.rowCount() == 1)


def test_a_page_without_an_address_has_no_site(make_window: MakeWindow, filled_folder: Path, until: Until) -> None:
    window = make_window(filled_folder)
    until(lambda: window.list.model.rowCount() == 2)
    assert window.library is not None
    item_id = window.library.bridge.library.item_ids()[0]
    tab = open_stripped(window, item_id, until)
    tab.stripped.go_to(1)
    tab.stripped.bar.rule_button.click()
    until(lambda: "no web address" in window.page_notice.sentence)
    assert window.notice.sentence == ""
    # It is said of this page, and of no other.
    window.tabs.open(Place(window.library.bridge.library.item_ids()[1]), keep=True)
    until(lambda: window.page_notice.sentence == "")


def test_older_pages_are_offered_cleaned_and_accounted_for(
    window: MainWindow, library: Library, qtbot: QtBot, until: Until
) -> None:
    first, second = items(library)[:2]
    tab = open_stripped(window, first.id, until)
    tab.show_clean(True)
    assert "Sponsored" in tab.view.text.document().toPlainText()
    window.jumps.show_scope(Scope("attention"), "")
    until(lambda: troubles(window) == ["older-cleaning"])
    window.attention.view.setCurrentIndex(window.attention.model.index(0))
    assert window.attention.clean_button.isVisible()
    window.attention.clean_button.click()
    until(lambda: library.count_older() == 0)
    until(lambda: "Sponsored" not in tab.view.text.document().toPlainText())
    (task,) = library.tasks(unfinished=False)
    row = window.activity.row(task.id)
    until(lambda: row.state == "done")
    assert row.detail.startswith("2 pages cleaned again, 2 changed.  Marks: 1 carried to where their words stand now")
    row.report_button.click()
    report = window.tabs.currentWidget()
    assert isinstance(report, RecleaningReport)
    until(lambda: report.model.rowCount() == 2)
    told = report.model.index(0).data(ROW).text
    assert first.title in told
    assert "Lost its place: “forty characters”" in told
    states = {mark.item_id: mark.state for mark in library.annotations()}
    assert states == {first.id: AnchorState.UNPLACED, second.id: AnchorState.PLACED}
    report.view.activated.emit(report.model.index(0))
    until(lambda: window.tabs.front() is tab)
    until(lambda: troubles(window) == ["unplaced"])
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Clean Again")
    window.actions_by_id["undo"].trigger()
    until(lambda: "Sponsored" in tab.view.text.document().toPlainText())


def test_nothing_is_older(make_window: MakeWindow, filled_folder: Path, until: Until) -> None:
    window = make_window(filled_folder)
    until(lambda: window.list.model.rowCount() == 2)
    window.actions_by_id["clean-older-again"].trigger()
    until(lambda: "Every page was cleaned by this version" in window.statusBar().currentMessage())
