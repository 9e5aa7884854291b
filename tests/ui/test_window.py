"""The window around the main job: read-only libraries, coming back, other libraries, panes, keys, silence."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from archive_viewer import settings
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Scope
from archive_viewer.ui.actions import ACTIONS
from archive_viewer.ui.application import Start, first_library
from archive_viewer.ui.guide import Guide
from archive_viewer.ui.import_report import ImportReport
from archive_viewer.ui.library_tree import SCOPE
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.preferences import Preferences
from archive_viewer.ui.trail import Place

Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]


def scopes(window: MainWindow) -> list[Scope | None]:
    """What can be chosen in the library pane."""
    return [branch.data(0, SCOPE) for branch in window.tree.branches()]


def close(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    window.preferences.close()


def test_a_second_window_looks_and_does_not_write(
    make_window: MakeWindow, filled_folder: Path, until: Until, pages: Path
) -> None:
    first = make_window(filled_folder)
    second = make_window(filled_folder)
    until(lambda: second.list.model.rowCount() == 2)
    assert first.library.is_writable
    assert not second.library.is_writable
    assert "reading only" in second.notice.sentence
    assert first.notice.sentence == ""
    tab = second.tabs.open(Place(second.list.model.item_ids[0]))
    until(lambda: tab.reading)
    tab.view.text.select(0, 10)
    second.acts.update()
    writing = [action.id for action in ACTIONS if action.writes and second.actions_by_id[action.id].isEnabled()]
    assert writing == []
    second.import_paths([pages])
    assert "nothing was imported" in second.statusBar().currentMessage()
    # What the first one writes, the second one sees.
    library = first.library.bridge.library
    library.tag_items(second.list.model.item_ids, add=["Tïde 😀"])
    until(lambda: Scope("tag", "Tïde 😀") in scopes(second))


def test_it_comes_back_as_it_was_left(
    make_window: MakeWindow, filled_folder: Path, until: Until, qtbot: QtBot, home: Path
) -> None:
    window = make_window(filled_folder)
    until(lambda: window.list.model.rowCount() == 2)
    ids = window.list.model.item_ids
    for item_id in ids:
        tab = window.tabs.open(Place(item_id), keep=True)
        until(lambda tab=tab: tab.reading)
    window.tabs.setCurrentIndex(0)
    window.list.search("treaty")
    window.actions_by_id["show-margin"].setChecked(False)
    window.panes.setSizes([200, 300, 500, 200])
    window.looks.choose_theme("sepia")
    until(lambda: window.list.query == "treaty")
    front = window.tabs.front().item_id
    order = [tab.item_id for tab in window.tabs.item_tabs()]
    close(window, qtbot)
    saved = json.loads(settings.preferences_file().read_text("utf-8"))
    assert saved["recent"] == [str(filled_folder)]

    again = make_window(first_library(None, [], Preferences()).folder)
    until(lambda: again.tabs.count() == 2)
    until(lambda: again.tabs.front().reading)
    assert [tab.item_id for tab in again.tabs.item_tabs()] == order
    assert again.tabs.front().item_id == front
    assert again.list.box.text() == "treaty"
    until(lambda: again.tabs.front().view.hit_number()[1] > 0)
    assert again.looks.theme.name == "sepia"
    assert not again.margin.isVisible()
    asleep = [tab for tab in again.tabs.item_tabs() if tab.item_id != front]
    assert all(tab.reading is None and tab.title for tab in asleep)


def test_another_library_and_one_that_is_not_there(
    make_window: MakeWindow, filled_folder: Path, tmp_path: Path, until: Until
) -> None:
    window = make_window(filled_folder)
    until(lambda: window.list.model.rowCount() == 2)
    window.open_library(tmp_path / "Second")
    until(lambda: window.library is not None and window.library.name == "Second")
    until(lambda: window.list.model.rowCount() == 0)
    assert window.tabs.count() == 0
    until(lambda: window.menus._recent.isEnabled())
    window.open_library(tmp_path / "gone", is_new_allowed=False)
    until(lambda: "There is no library" in window.notice.sentence)
    assert not (tmp_path / "gone").exists()
    assert window.library.name == "Second"
    window.open_library(filled_folder)
    until(lambda: window.list.model.rowCount() == 2)
    until(lambda: [action.isEnabled() for action in window.menus._recent.actions()][:2] == [True, True])


def test_the_first_start_opens_the_sample(home: Path, tmp_path: Path, filled_folder: Path) -> None:
    preferences = Preferences()
    sample = settings.resource("sample_archive")
    assert first_library(None, [], preferences) == Start(settings.sample_library(), (sample,))
    assert first_library(tmp_path, [], preferences) == Start(tmp_path)
    # One's own files never go into the sample.
    mine = (tmp_path / "page.html",)
    assert first_library(None, mine, preferences) == Start(settings.default_library(), mine)
    preferences.remember_library(filled_folder)
    preferences.remember_library(tmp_path / "gone")
    assert first_library(None, mine, preferences) == Start(filled_folder, mine)
    preferences.close()


def test_named_files_are_imported_and_shown(make_window: MakeWindow, tmp_path: Path, pages: Path, until: Until) -> None:
    window = make_window(tmp_path / "Named")
    window.open_library(tmp_path / "Other", then_import=[pages / "treaty.html"], is_import_shown=True)
    until(lambda: window.tabs.front() is not None and window.tabs.front().title == "The old treaty")
    assert window.library.name == "Other"


def test_a_killed_worker_takes_its_work_up_again(
    make_window: MakeWindow, tmp_path: Path, pages: Path, until: Until
) -> None:
    for number in range(25):
        (pages / f"copy {number}.html").write_text(
            f"<title>Copy {number}</title><p>{'Words of a page. ' * 40}{number}</p>"
        )
    window = make_window(tmp_path / "Killed")
    window.import_paths([pages])
    until(lambda: window.library.bridge.library.overview().items > 3)
    os.kill(window.library._worker._process.processId(), signal.SIGKILL)
    until(lambda: window.library.bridge.library.overview().items == 27)
    until(lambda: window.activity.count() == 0)


def test_a_replaced_searcher_answers(window: MainWindow, until: Until) -> None:
    window.library.searcher.child.replace()
    window.list.search("envoys")
    until(lambda: window.list.model.passage_count == 1)
    window.list.search("published:banana")
    until(lambda: window.list.search_box.fault.isVisible())
    window.list.search("")
    until(lambda: window.list.model.rowCount() == 2 and not window.list.search_box.fault.isVisible())


def test_search_within_a_part_of_the_library(window: MainWindow, until: Until) -> None:
    library = window.library.bridge.library
    treaty = next(item.id for item in library.items(library.item_ids()) if "treaty" in item.title)
    library.tag_items([treaty], add=["law"])
    until(
        lambda: (
            Scope("tag", "law") in [branch.data(0, Qt.ItemDataRole.UserRole + 1) for branch in window.tree.branches()]
        )
    )
    window.list.search("harbour")
    until(lambda: len(window.list.model.item_ids) == 2)
    window.tree.choose(Scope("tag", "law"))
    until(lambda: window.list.model.item_ids == [treaty])
    window.list.line.chip.click()
    until(lambda: len(window.list.model.item_ids) == 2)


def test_a_heading_of_the_library_folds_and_leaves_the_choice(window: MainWindow, until: Until, qtbot: QtBot) -> None:
    tree, library = window.tree, window.library.bridge.library
    library.tag_items(window.list.model.item_ids, add=["law"])
    until(lambda: Scope("tag", "law") in scopes(window))
    tree.choose(Scope("tag", "law"))
    until(lambda: window.list.scope == Scope("tag", "law"))
    heading = next(branch for branch in tree.branches() if branch.text(0) == "Accessions")
    assert heading.isExpanded()
    place = tree.visualItemRect(heading).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not heading.isExpanded()
    assert window.list.scope == tree.scope() == Scope("tag", "law")
    assert [branch.text(0) for branch in tree.selectedItems()] == ["law"]
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heading.isExpanded()
    # The counts change, and nothing else.
    library.tag_items(window.list.model.item_ids[:1], remove=["law"])
    until(lambda: len(window.list.model.item_ids) == 1)
    assert tree.scope() == Scope("tag", "law")


def test_a_count_is_whole_beside_a_long_name(window: MainWindow, until: Until) -> None:
    window.list.line.show_scope("The correspondence of the harbour office with both towns")
    line = window.list.line
    line.say("3,000 pages", "1,200 addresses")
    for width, said in ((240, "3,000 pages"), (288, "3,000 pages"), (700, "3,000 pages · 1,200 addresses")):
        line.resize(width, line.height())
        line.layout().activate()
        assert line.count.text() == said
        assert line.count.width() >= line.count.sizeHint().width()
        assert line.chip.width() >= line.chip.sizeHint().width()
        assert line.sort.geometry().right() <= line.width()


def test_report_and_attention(window: MainWindow, until: Until) -> None:
    library = window.library.bridge.library
    window.jumps.show_report(library.accessions()[0].id)
    report = window.tabs.report()
    assert isinstance(report, ImportReport)
    until(lambda: report.model.rowCount() == 3)
    report.filter("refused")
    assert [report.model.line(report.model.index(0)).outcome, report.model.rowCount()] == ["refused", 1]
    report.filter("imported")
    report.view.activated.emit(report.model.index(0))
    until(lambda: window.tabs.front() is not None and window.tabs.front().reading)
    window.tree.choose(Scope("attention"))
    until(lambda: window.attention.model.rowCount() > 0)
    rows = range(window.attention.model.rowCount())
    assert any("broken.html" in window.attention.model.index(row).data() for row in rows)


def test_panes_follow_f6_and_everything_has_a_name(window: MainWindow, until: Until, qtbot: QtBot) -> None:
    tab = window.tabs.open(Place(window.list.model.item_ids[0]), focus=True)
    until(lambda: tab.reading)
    window.activateWindow()
    seen = []
    for _ in range(6):
        window.actions_by_id["next-pane"].trigger()
        seen.append(QApplication.focusWidget())
    assert len(set(map(id, seen))) == 6
    assert {window.tree, window.arrangement, window.list.box, window.list.view, tab.view.text} <= set(seen)
    unnamed = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and (widget.text() or widget.toolTip()))
        and not isinstance(widget.parent(), QLineEdit)
    ]
    assert unnamed == []


def test_every_theme_paints(window: MainWindow, until: Until) -> None:
    closed = window.tabs.open(Place(window.list.model.item_ids[1]), keep=True)
    until(lambda: closed.reading)
    window.tabs.close_tab(0)
    tab = window.tabs.open(Place(window.list.model.item_ids[0]))
    until(lambda: tab.reading)

    def is_dark() -> bool:
        picture = window.grab().toImage()
        return picture.pixelColor(picture.width() // 2, picture.height() - 200).lightness() < 60

    for name in ("light", "dark", "sepia", "system"):
        window.looks.choose_theme(name)
        until(lambda name=name: is_dark() == (name == "dark"))
        assert window.looks.theme.is_dark == (name == "dark")
        tab.open_find()
        bar = tab.view.find_bar.grab().toImage()
        assert (bar.pixelColor(2, bar.height() // 2).lightness() < 60) == (name == "dark")


def test_guide_and_first_steps(window: MainWindow, qtbot: QtBot, dialog: Callable[[type[QDialog]], QDialog]) -> None:
    window.actions_by_id["guide"].trigger()
    guide = dialog(Guide)
    guide.pages.setCurrentRow(guide.pages.count() - 1)
    assert "F6" in guide.text.toPlainText()
    assert not window.steps.isVisible()
    window.actions_by_id["first-steps"].trigger()
    assert window.steps.isVisible()
    window.steps.tick("mark")
    assert window.steps.done == ["mark"]
    window.steps._close.click()
    assert not window.steps.isVisible()


def test_tabs_close_and_come_back(window: MainWindow, until: Until) -> None:
    first, second = window.list.model.item_ids
    window.tabs.open(Place(first))
    window.tabs.open(Place(second))
    assert window.tabs.count() == 1
    window.tabs.open(Place(first), keep=True)
    assert window.tabs.count() == 2
    until(lambda: window.tabs.front().reading)
    window.actions_by_id["close-tab"].trigger()
    assert [tab.item_id for tab in window.tabs.item_tabs()] == [second]
    window.actions_by_id["reopen-tab"].trigger()
    until(lambda: window.tabs.front().reading)
    assert window.tabs.front().item_id == first


def test_copy_with_citation(window: MainWindow, until: Until) -> None:
    library: Library = window.library.bridge.library
    ferry = next(item for item in library.items(library.item_ids()) if "ferry" in item.title)
    tab = window.tabs.open(Place(ferry.id))
    until(lambda: tab.reading)
    start = tab.reading.article.text.index("the winter road")
    tab.view.text.select(start, start + len("the winter road"))
    window.actions_by_id["copy-citation"].trigger()
    copied = QApplication.clipboard().text()
    assert copied.startswith("the winter road\n\n")
    assert ferry.sha256 in copied


def test_nothing_to_do_again_is_said_in_passing(window: MainWindow, until: Until) -> None:
    window.acts._take_back(Library.redo, "{act}")
    until(lambda: window.statusBar().currentMessage() == "There is nothing to do again.")
    assert window.notice.sentence == ""


def test_the_card_of_first_steps_scrolls_where_there_is_no_room(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 640)
    window.steps.show()
    window.steps.setMaximumHeight(160)
    room = window.steps.findChild(QScrollArea)
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > 0)
    assert room.widget().height() >= room.widget().layout().heightForWidth(room.widget().width())


def test_tabs_stay_readable_however_many_are_open(make_window: MakeWindow, tmp_path: Path, until: Until) -> None:
    folder, saved = tmp_path / "Arçhive", tmp_path / "saved"
    saved.mkdir()
    for number in range(7):
        title = f"What the envoys & the harbour master agreed upon, part {number} 😀"
        (saved / f"{number}.html").write_text(
            f"<title>{title}</title><p>The tolls of the ferry, part {number}.", "utf-8"
        )
    with Library.open(folder) as library:
        accession = library.begin_accession([saved])
        for _line in import_paths(library, accession.id, [saved], Job()):
            pass
        library.set_accession_state(accession.id, "done")
    window = make_window(folder)
    window.resize(1000, 640)
    until(lambda: window.list.model.rowCount() == 7)
    for item_id in window.list.model.item_ids:
        tab = window.tabs.open(Place(item_id), keep=True)
        until(lambda tab=tab: tab.reading)
    bar = window.tabs.tabBar()
    letters = bar.fontMetrics().averageCharWidth()
    assert min(bar.tabRect(number).width() for number in range(7)) > 16 * letters
    assert bar.elideMode() == Qt.TextElideMode.ElideMiddle
    assert [button for button in bar.findChildren(QToolButton) if button.arrowType() and button.isVisible()]
    assert all(bar.tabToolTip(number) == window.tabs.widget(number).title for number in range(7))
    assert bar.rect().contains(bar.tabRect(window.tabs.currentIndex())), "the one in front is scrolled to"
