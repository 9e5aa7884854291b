"""The captures of one address in the window: badge, groups, the strip over the page, the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Scope
from archive_viewer.ui import wording
from archive_viewer.ui.arrangement_button import Arrangement
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.rows import ROW, Fold
from archive_viewer.ui.trail import Place

Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]

FERRY, BRIDGE = "https://gazette.test/ferry", "https://gazette.test/bridge"
STAMP = "<!--\n Page saved with SingleFile \n url: {url} \n saved date: {day:%a %b %d %Y} 10:00:00 GMT+0000\n-->"
DAYS = (date(2014, 5, 2), date(2015, 5, 3), date(2021, 5, 3))
STORY = "The envoys of both towns met for the {n}th time 😀 and spoke of ferry number {n} until the lamps were lit."


def save(folder: Path, url: str, day: date, first: int) -> Path:
    """A page of thirty paragraphs; later captures have lost the first of them and have others instead."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{url.rsplit('/', 1)[1]} {day} 😀.html"
    body = "".join(f"<p>{STORY.format(n=n)}</p>" for n in range(first, first + 30))
    head = f"<!DOCTYPE html> <html lang=en>{STAMP.format(url=url, day=day)}<meta charset=utf-8>"
    title = f"Tïtle 😀 of {url[-6:]}"
    file.write_text(f"{head}<title>{title}</title><body><article><h1>{title}</h1>{body}</article>", "utf-8")
    return file


@pytest.fixture
def ids(tmp_path: Path) -> dict[tuple[str, date], str]:
    """A library of three captures of the ferry's page and one of the bridge's; their ids by address and day."""
    folder = tmp_path / "saved"
    for number, day in enumerate(DAYS):
        save(folder, FERRY, day, number * 5)
    save(folder, BRIDGE, date(2018, 1, 1), 100)
    with Library.open(tmp_path / "Arçhive 😀") as library:
        accession = library.begin_accession([folder])
        lines = list(import_paths(library, accession.id, [folder], Job()))
        update_index(library, Job())
        found = library.items([id for line in lines for id in line.item_ids])
        return {(item.url, date.fromisoformat(item.captured_at[:10])): item.id for item in found}


@pytest.fixture
def captured(make_window: MakeWindow, tmp_path: Path, ids: dict[tuple[str, date], str], until: Until) -> MainWindow:
    """The window on that library."""
    window = make_window(tmp_path / "Arçhive 😀")
    until(lambda: window.list.model.rowCount() == 4)
    return window


def badges(window: MainWindow) -> list[str]:
    model = window.list.model
    return [model.index(row).data(ROW).badge for row in range(model.rowCount())]


def group(window: MainWindow, until: Until, field: str = "captured") -> None:
    window.list.arrange(Arrangement(field=field, group="address"))
    until(lambda: window.list.model.rowCount() == 2)


def test_an_item_of_several_captures_wears_a_badge(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until
) -> None:
    until(lambda: sorted(badges(captured)) == ["", "3 captures", "3 captures", "3 captures"])
    captured.library.bridge.do(lambda library: library.delete_items([ids[FERRY, DAYS[1]]]))
    until(lambda: sorted(badges(captured)) == ["", "2 captures", "2 captures"])


def test_groups_fold_and_unfold_by_keyboard_and_mouse(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until, qtbot: QtBot
) -> None:
    window, view, model = captured, captured.list.view, captured.list.model
    group(window, until)
    newest, bridge = ids[FERRY, DAYS[2]], ids[BRIDGE, date(2018, 1, 1)]
    older = [ids[FERRY, DAYS[1]], ids[FERRY, DAYS[0]]]
    assert model.item_ids == [newest, bridge]
    assert window.list.line.count.text() == "4 pages · 2 addresses"
    until(lambda: badges(window) == ["3 captures", ""])
    view.setFocus()
    view.setCurrentIndex(model.index(0))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert model.item_ids == [newest, *older, bridge]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert model.item_ids == [newest, bridge]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert model.item_ids == [newest, bridge]
    # A click on the badge unfolds, and opens nothing.
    row = view.visualRect(model.index(0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.right() - 20, row.top() + 20))
    assert model.fold_of(newest) is Fold.UNFOLDED
    assert window.tabs.count() == 0
    until(lambda: model.index(2).data(ROW).lines[0].text == wording.captured("2014-05-02"))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(2)).center())
    until(lambda: window.tabs.front() is not None and window.tabs.front().item_id == older[1])
    # Grouped or not, sorted otherwise or not: what was chosen stays chosen.
    window.list.arrange(Arrangement())
    until(lambda: model.rowCount() == 4 and window.list.selected_ids() == [older[1]])
    window.list.arrange(Arrangement(group="address"))
    until(lambda: model.fold_of(newest) is Fold.UNFOLDED and window.list.selected_ids() == [older[1]])


def test_hits_are_grouped_with_their_passages(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until
) -> None:
    window, model = captured, captured.list.model
    window.list.arrange(Arrangement(group="address"))
    # Ferry number 6 is told of by the two earlier captures.
    window.list.search('"ferry number 6"')
    until(lambda: model.passage_count == 2)
    assert model.item_ids == [ids[FERRY, DAYS[1]]]
    assert model.rowCount() == 2
    until(lambda: badges(window)[0] == "2 captures")
    assert window.list.line.count.text().startswith("2 pages")
    model.fold(model.item_ids[0], is_folded=False)
    assert model.item_ids == [ids[FERRY, DAYS[1]], ids[FERRY, DAYS[0]]]
    assert model.rowCount() == 4
    window.tree.choose(Scope("bin"))
    until(lambda: model.rowCount() == 0)


def test_the_strip_leads_to_the_other_captures_at_the_same_passage(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until, qtbot: QtBot
) -> None:
    window = captured
    window.tabs.open(Place(ids[BRIDGE, date(2018, 1, 1)]), keep=True)
    middle = window.tabs.open(Place(ids[FERRY, DAYS[1]]), keep=True)
    until(lambda: middle.reading)
    strip = middle.bar.captures
    assert strip.isVisible()
    assert strip.button.accessibleName() == f"Capture 2 of 3 · {wording.date('2015-05-03')}"
    sought = STORY.format(n=20)
    middle.view.text.scroll_to(middle.reading.article.text.index(sought) + 10)
    window.actions_by_id["next-capture"].trigger()
    until(lambda: window.tabs.front().item_id == ids[FERRY, DAYS[2]])
    latest = window.tabs.front()
    assert [tab.item_id for tab in window.tabs.item_tabs()] == [
        ids[BRIDGE, date(2018, 1, 1)],
        ids[FERRY, DAYS[2]],
    ]
    until(lambda: latest.reading)
    place = latest.reading.article.text.index(sought)
    until(lambda: latest.view.text.top_offset() == place)
    until(lambda: not window.actions_by_id["next-capture"].isEnabled())
    assert not latest.bar.captures.next.isEnabled()
    # Back leads back in the same tab.
    window.actions_by_id["back"].trigger()
    assert window.tabs.front().item_id == ids[FERRY, DAYS[1]]
    assert window.tabs.count() == 2
    until(lambda: window.tabs.front().reading)
    window.tabs.front().bar.captures.previous.click()
    until(lambda: window.tabs.front().item_id == ids[FERRY, DAYS[0]])
    until(lambda: window.tabs.front().reading)
    menu = window.tabs.front().bar.captures.button.menu()
    menu.aboutToShow.emit()
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
    menu.actions()[2].trigger()
    until(lambda: window.tabs.front().item_id == ids[FERRY, DAYS[2]])
    assert window.tabs.count() == 2


def test_a_page_alone_at_its_address_has_no_strip_until_another_comes(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until, tmp_path: Path
) -> None:
    tab = captured.tabs.open(Place(ids[BRIDGE, date(2018, 1, 1)]), keep=True)
    until(lambda: tab.reading)
    assert not tab.bar.captures.isVisible()
    assert not captured.actions_by_id["next-capture"].isEnabled()
    captured.import_paths([save(tmp_path / "later", BRIDGE, date(2020, 1, 1), 100)])
    until(lambda: tab.bar.captures.isVisible())
    until(lambda: captured.actions_by_id["next-capture"].isEnabled())
    assert not captured.actions_by_id["previous-capture"].isEnabled()


def test_little_room_leaves_few_words(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until, qtbot: QtBot
) -> None:
    tab = captured.tabs.open(Place(ids[FERRY, DAYS[0]]), keep=True)
    until(lambda: tab.reading)
    strip = tab.bar.captures
    strip.resize(strip.sizeHint())
    assert strip.button.text().startswith("Capture 1 of 3")
    strip.resize(strip.minimumSizeHint())
    assert strip.button.text() == "1/3"


def test_a_page_in_the_bin_says_so_and_comes_back(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until
) -> None:
    window, item_id = captured, ids[BRIDGE, date(2018, 1, 1)]
    tab = window.tabs.open(Place(item_id), keep=True)
    until(lambda: tab.reading)
    assert tab.in_bin.sentence == ""
    window.list.view.clearSelection()
    window.actions_by_id["delete"].trigger()
    until(lambda: tab.in_bin.sentence == "This page is in the bin.")
    assert tab.in_bin.isVisible()
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Move Page to the Bin")
    tab.in_bin.buttons[0].click()
    until(lambda: tab.in_bin.sentence == "")
    assert not window.library.bridge.library.item(item_id).deleted_at
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Take Page out of the Bin")


def test_what_a_search_finds_is_shown_in_a_page_that_is_open(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until
) -> None:
    tab = captured.tabs.open(Place(ids[FERRY, DAYS[0]]), keep=True)
    until(lambda: tab.reading)
    captured.list.search('"ferry number 6"')
    until(lambda: tab.view.hit_number()[1] == 1)
    # It is there after another page was shown, and in another capture.
    captured.tabs.open(Place(ids[BRIDGE, date(2018, 1, 1)]), keep=True)
    captured.tabs.setCurrentWidget(tab)
    captured.actions_by_id["next-capture"].trigger()
    until(lambda: captured.tabs.front().item_id == ids[FERRY, DAYS[1]])
    until(lambda: captured.tabs.front().view.hit_number()[1] == 1)


def test_the_list_follows_to_the_capture_that_is_shown(
    captured: MainWindow, ids: dict[tuple[str, date], str], until: Until
) -> None:
    captured.list.point_at(ids[FERRY, DAYS[2]])
    captured.tabs.open(Place(ids[FERRY, DAYS[2]]))
    until(lambda: captured.tabs.front().reading and captured.tabs.front().bar.captures.beside(-1))
    captured.jumps.step_captures(-1)
    until(lambda: captured.list.selected_ids() == [ids[FERRY, DAYS[1]]])
    assert captured.tabs.front().item_id == ids[FERRY, DAYS[1]]
    captured.list.point_at("nothing of that id")
    assert captured.list.selected_ids() == [ids[FERRY, DAYS[1]]]
