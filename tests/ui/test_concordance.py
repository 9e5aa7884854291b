"""The concordance in the window: lines side by side, put in order, narrowed, followed, copied, exported."""

from __future__ import annotations

import os
import queue
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive_viewer.errors import Cancelled, ExportFailed
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job, Progress
from archive_viewer.library import Library
from archive_viewer.search.concordance import words
from archive_viewer.ui.concordance_acts import follow
from archive_viewer.ui.concordance_line import fitting, reads_leftward
from archive_viewer.ui.concordance_model import LINE, PASSAGE, YEAR, words_of
from archive_viewer.ui.concordance_view import ConcordanceView
from archive_viewer.ui.main_window import MainWindow
from pages import PAGE

Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]


@pytest.fixture
def ask(window: MainWindow, until: Until) -> Callable[[str], ConcordanceView]:
    """The concordance of a query, gathered."""

    def show(query: str) -> ConcordanceView:
        window.list.search(query)
        until(lambda: window.actions_by_id["concordance"].isEnabled() and window.list.query == query)
        window.actions_by_id["concordance"].trigger()
        view = window.acts.concordance.shown()
        assert view is not None
        until(lambda: not view.is_busy)
        return view

    return show


Ask = Callable[[str], ConcordanceView]


def lines(view: ConcordanceView, until: Until) -> list[str]:
    """Every line, as the screen reader says it; each is waited for."""
    places = [view.model.index(row, PASSAGE) for row in range(view.model.rowCount())]
    until(lambda: all(place.data(LINE) is not None for place in places))
    return [words_of(place.data(LINE)) for place in places]


def test_it_shows_every_passage_and_puts_them_in_order(window: MainWindow, ask: Ask, until: Until) -> None:
    assert not window.list.line.concordance.isVisible()
    view = ask("the")
    assert window.list.line.concordance.isVisible()
    found = lines(view, until)
    assert len(found) > 8
    assert "[The] old treaty" in "".join(found)
    view.order.setCurrentIndex(view.order.findData("after"))
    until(lambda: not view.is_busy)
    until(lambda: lines(view, until) != found)
    nearest = [next(words(line.split("]")[1])) for line in lines(view, until)]
    assert nearest == sorted(nearest)
    assert view.model.rowCount() == len(found)
    assert "2" in view.count.text()
    year = view.model.index(0, YEAR).data()
    assert year == "" or year.split()[0] in ("published", "captured")


def test_it_is_narrowed_and_says_when_nothing_is_left(ask: Ask, until: Until) -> None:
    view = ask("the")
    whole = view.model.rowCount()
    view.filter.setText("FERRY")
    until(lambda: 0 < view.model.rowCount() < whole)
    assert all("ferry" in line.casefold() or "ferry" in view.model.index(0, 1).data() for line in lines(view, until))
    view.filter.setText("nothing of the kind")
    until(lambda: view.model.rowCount() == 0)
    assert view.empty.isVisible()
    view.filter.clear()
    until(lambda: view.model.rowCount() == whole)


def test_enter_and_a_click_on_the_match_go_to_the_passage(
    window: MainWindow, ask: Ask, until: Until, qtbot: QtBot
) -> None:
    view = ask("harbour")
    lines(view, until)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_End)
    qtbot.keyClick(view.table, Qt.Key.Key_Up)
    qtbot.keyClick(view.table, Qt.Key.Key_Home)
    line = view.table.currentIndex().data(LINE)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    until(lambda: window.tabs.front() is not None and window.tabs.front().reading is not None)
    tab = window.tabs.front()
    assert tab is not None
    assert tab.item_id == line.page.item_id
    until(lambda: tab.view.text.current_hit == (line.passage.start, line.passage.end))
    window.tabs.setCurrentWidget(view)
    index = view.model.index(view.model.rowCount() - 1, PASSAGE)
    other = index.data(LINE)
    place = view.table.lines.match_place(view.table.visualRect(index), view.table.font(), other)
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    until(lambda: window.tabs.front() is not None and window.tabs.front().item_id == other.page.item_id)
    window.tabs.setCurrentWidget(view)
    edge = view.table.visualRect(view.model.index(0, PASSAGE)).topLeft() + QPoint(9, 5)
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    assert window.tabs.currentWidget() is view


def test_chosen_lines_are_copied_with_their_source(
    window: MainWindow, ask: Ask, until: Until, library: Library
) -> None:
    view = ask("harbour")
    lines(view, until)
    view.table.setFocus()
    window.actions_by_id["select-all"].trigger()
    window.actions_by_id["copy"].trigger()
    until(lambda: "[harbour]" in QApplication.clipboard().text())
    copied = QApplication.clipboard().text()
    assert copied.count("[harbour]") == view.model.rowCount() == 2
    for item in library.items(library.item_ids()):
        assert item.sha256 in copied


def test_lines_are_exported_all_or_chosen(window: MainWindow, ask: Ask, until: Until, tmp_path: Path) -> None:
    view = ask("the")
    lines(view, until)
    for ranges, count in (([(0, view.model.rowCount())], view.model.rowCount()), ([(1, 3), (4, 5)], 3)):
        file = tmp_path / f"tïble {count}.csv"
        view.export_wanted.emit(view.model.version, ranges, file)
        until(file.exists)
        assert len(file.read_text("utf-8-sig").splitlines()) == count + 1
        until(lambda: window.activity.count() == 0)
    view.export_wanted.emit(view.model.version, [(0, 1)], tmp_path / "no" / "such.csv")
    until(lambda: window.notice.isVisible())


def test_it_follows_the_search_box_when_that_is_wished(window: MainWindow, ask: Ask, until: Until) -> None:
    view = ask("harbour")
    window.list.search("treaty")
    until(lambda: "treaty" in view.again.text())
    assert "harbour" in view.title.text()
    view.again.click()
    until(lambda: not view.is_busy)
    assert "treaty" in view.title.text()
    assert all("treaty" in line.casefold() for line in lines(view, until))
    assert "treaty" not in view.again.text()
    assert window.tabs.count() == 1


def test_a_query_without_passages_and_one_that_is_wrong_are_told(window: MainWindow, ask: Ask, until: Until) -> None:
    view = ask("title:treaty")
    assert view.model.rowCount() == 0
    assert view.empty.isVisible()
    view.show_query("published:banana", window.list.scope)
    until(lambda: view.fault.isVisible())
    assert not view.export_button.isEnabled()


def test_it_comes_back_when_the_searcher_is_another(window: MainWindow, ask: Ask, until: Until) -> None:
    view = ask("harbour")
    lines(view, until)
    version = view.model.version
    assert window.library is not None
    process = window.library.searcher.child._process
    assert process is not None
    os.kill(process.processId(), signal.SIGKILL)
    until(lambda: view.model.version != version and view.model.rowCount() == 2)
    assert len(lines(view, until)) == 2


def test_a_thousand_lines_are_fetched_as_they_are_seen(make_window: MakeWindow, tmp_path: Path, until: Until) -> None:
    page = tmp_path / "long.html"
    body = "".join(f"<p>Ship {number} left the quay at noon with all its flags.</p>" for number in range(1_500))
    page.write_text(PAGE.format(title="Ships", paragraphs=body), "utf-8")
    with Library.open(tmp_path / "library") as library:
        accession = library.begin_accession([page])
        list(import_paths(library, accession.id, [page], Job()))
        library.set_accession_state(accession.id, "done")
        update_index(library, Job())
    window = make_window(tmp_path / "library")
    window.list.search("quay")
    until(lambda: window.actions_by_id["concordance"].isEnabled())
    view = window.acts.concordance.show()
    assert view is not None
    until(lambda: not view.is_busy and view.model.rowCount() == 1_500)
    view.table.scrollToBottom()
    last = view.model.index(1_499, PASSAGE)
    until(lambda: last.data(LINE) is not None)
    assert "Ship 1499" in words_of(last.data(LINE))
    assert view.model.line(view.model.index(750, PASSAGE)) is None


def test_the_file_is_waited_for_until_it_is_there_or_somebody_stops_it() -> None:
    heard: queue.Queue[dict[str, Any]] = queue.Queue()
    for message in ({"state": "writing", "written": 2, "total": 9}, {"state": "done", "written": 9, "total": 9}):
        heard.put(message)
    told: list[Progress] = []
    assert follow(heard, Job(told.append), Path("table.csv")) == 9
    assert told[0].what == "table.csv"
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        follow(heard, stopped, Path("table.csv"))
    for message in ({"is_lost": True}, {"error": "The disk is full."}):
        heard.put(message)
        with pytest.raises(ExportFailed):
            follow(heard, Job(), Path("table.csv"))


@pytest.mark.parametrize(
    ("text", "is_leftward"),
    [("The sea", False), ("قال الرئيس BBC أمس", True), ("BBC NEWS قال", False), ("שלום", True), ("海", False)],
)
def test_a_line_is_read_as_most_of_its_letters_are(text: str, is_leftward: bool) -> None:
    assert reads_leftward(text) is is_leftward


def test_words_are_cut_at_the_end_that_is_far_from_the_match(qapp: QApplication) -> None:
    metrics = QFontMetricsF(qapp.font())
    text = "one two three four five six seven"
    width = metrics.horizontalAdvance("six seven") + metrics.horizontalAdvance("…") + 1
    assert fitting(text, width, metrics, keeps_end=True).endswith("six seven")
    assert fitting(text, width, metrics, keeps_end=True).startswith("…")
    assert fitting(text, width, metrics, keeps_end=False).startswith("one")
    assert fitting(text, 10_000, metrics, keeps_end=False) == text
    assert fitting(text, 0, metrics, keeps_end=False) == ""
