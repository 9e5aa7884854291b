"""Ways through the material: a page's own hyperlinks, what needs attention."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Scope
from archive_viewer.ui import wording
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.trail import Place

Until = Callable[[Callable[[], object]], None]

STAMP = "<!--\n Page saved with SingleFile \n url: {url} \n saved date: {day:%a %b %d %Y} 10:00:00 GMT+0000\n-->"
STORY = "<p>The envoys of both towns met for the {n}th time 😀 and spoke of the ferry until the lamps were lit.</p>"


def story(first: int, end: int) -> str:
    return "".join(STORY.format(n=n) for n in range(first, end))


def save(folder: Path, url: str, day: date, body: str) -> Path:
    """A page saved from an address on a day."""
    file = folder / f"{url.rsplit('/', 1)[1]} {day} 😀.html"
    stamp = STAMP.format(url=url, day=day)
    title = f"Tïtle 😀 {day}"
    head = f"<!DOCTYPE html> <html lang=en>{stamp}<meta charset=utf-8><title>{title}</title>"
    file.write_text(f"{head}<body><article><h1>{title}</h1>{story(0, 3)}{body}</article>", "utf-8")
    return file


@pytest.fixture
def linked(window: MainWindow, library: Library, tmp_path: Path, until: Until) -> tuple[ItemTab, dict[str, str]]:
    """The page that leads to others, open; and ids of its targets by their day."""
    folder = tmp_path / "linked"
    folder.mkdir()
    target = "https://gazette.test/treaty"
    links = (
        f'<p>The mayor said on Friday that <a href="{target}#terms">the treaty</a> of the two towns would be kept, and '
        'that what <a href="https://else.test/x?y=1">the almanac</a> had printed of it was not worth an answer.</p>'
    )
    terms = story(3, 30) + '<h2 id="terms">The terms</h2>' + story(30, 60)
    save(folder, "https://gazette.test/news", date(2021, 5, 3), links)
    for day in (date(2015, 1, 1), date(2021, 6, 1), date(2024, 1, 1)):
        save(folder, target, day, terms)
    window.import_paths([folder])
    until(lambda: window.list.model.rowCount() == 6)
    ids = {item.captured_at[:10]: item.id for item in library.items(library.item_ids())}
    tab = window.tabs.open(Place(ids["2021-05-03"]), keep=True)
    until(lambda: tab.reading)
    return tab, ids


def click(qtbot: QtBot, tab: ItemTab, words: str) -> None:
    """Click a word of the page as a person does."""
    start = tab.reading.article.text.index(words)
    tab.view.go_to(start)
    left, right = tab.view.text.place_of(start + 1), tab.view.text.place_of(start + 2)
    place = QPoint(round((left.x() + right.x()) / 2), round(left.center().y()))
    qtbot.mouseClick(tab.view.text.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_hyperlink_leads_to_the_saved_copy_nearest_in_time(
    window: MainWindow, linked: tuple[ItemTab, dict[str, str]], until: Until, qtbot: QtBot
) -> None:
    tab, ids = linked
    click(qtbot, tab, "the treaty")
    until(lambda: window.tabs.front() is not tab)
    front = window.tabs.front()
    assert front.item_id == ids["2021-06-01"]
    until(lambda: front.reading)
    terms = front.reading.article.text.index("The terms")
    until(lambda: front.view.text.top_offset() == terms)
    assert wording.captured("2021-06-01") in window.statusBar().currentMessage()
    window.actions_by_id["back"].trigger()
    assert window.tabs.front() is tab


def test_a_hyperlink_to_what_was_not_saved_offers_its_address(
    window: MainWindow, linked: tuple[ItemTab, dict[str, str]], until: Until, qtbot: QtBot
) -> None:
    tab, ids = linked
    click(qtbot, tab, "the almanac")
    until(lambda: "Nothing is fetched" in window.page_notice.sentence)
    assert "https://else.test/x?y=1" in window.page_notice.sentence
    copying, putting_away = window.page_notice.buttons
    copying.click()
    assert QApplication.clipboard().text() == "https://else.test/x?y=1"
    assert window.page_notice.sentence == ""
    click(qtbot, tab, "the almanac")
    until(lambda: window.page_notice.sentence)
    putting_away.click()
    assert window.page_notice.sentence == ""
    click(qtbot, tab, "the almanac")
    until(lambda: window.page_notice.sentence)
    window.tabs.open(Place(ids["2024-01-01"]), keep=True)
    assert window.page_notice.sentence == ""


def attention_row(window: MainWindow, words: str) -> QModelIndex:
    rows = (window.attention.model.index(row) for row in range(window.attention.model.rowCount()))
    return next(index for index in rows if words in index.data())


def middle_of(window: MainWindow, index: QModelIndex) -> QPoint:
    return window.attention.view.visualRect(index).center()


def test_a_refused_file_leads_to_its_report_and_is_tried_again(
    window: MainWindow, library: Library, pages: Path, until: Until, qtbot: QtBot, filled_folder: Path
) -> None:
    window.import_paths([pages])
    until(lambda: len(library.accessions()) == 2 and library.accessions()[0].state == "done")
    attention, view = window.attention, window.attention.view
    window.tree.choose(Scope("attention"))
    until(lambda: attention.model.rowCount() == 2)
    assert not attention.retry_button.isVisible()
    mine = next(
        index
        for index in (attention.model.index(row) for row in range(2))
        if attention.model.trouble(index).path == str(pages / "broken.html")
    )
    viewport, left = view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(viewport, left, pos=middle_of(window, mine))
    assert window.tabs.count() == 0
    qtbot.mouseDClick(viewport, left, pos=middle_of(window, mine))
    until(lambda: window.tabs.report() is not None and window.tabs.report().model.rowCount() == 1)
    report = window.tabs.report()
    assert report.accession_id == library.accessions()[0].id
    assert report.model.line(report.view.currentIndex()).path == str(pages / "broken.html")

    window.tabs.close_tab(0)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    until(lambda: window.tabs.report() is not None)

    # Mended meanwhile, it comes in.
    (pages / "broken.html").write_text(f"<title>Mended</title><body><article><h1>Mended</h1>{story(0, 5)}</article>")
    attention.retry_button.click()
    until(lambda: attention.model.rowCount() == 1)
    assert not attention.retry_button.isVisible()
    assert library.overview().items == 3


def test_a_doubtful_date_opens_the_page_with_its_facts(
    window: MainWindow, library: Library, tmp_path: Path, until: Until, qtbot: QtBot
) -> None:
    other_day = '<p>Printed on <time itemprop="datePublished" datetime="2019-07-01">a day in July</time>, it said.</p>'
    page = save(tmp_path, "https://gazette.test/late", date(2020, 1, 1), other_day)
    stamp = '<meta property="article:published_time" content="2019-05-05"><title>'
    page.write_text(page.read_text("utf-8").replace("<title>", stamp), "utf-8")
    window.import_paths([page])
    window.actions_by_id["show-margin"].setChecked(False)
    until(lambda: library.overview().attention == 2)
    window.tree.choose(Scope("attention"))
    until(lambda: window.attention.model.rowCount() == 2)
    row = attention_row(window, "2020-01-01")
    assert "Publication date: " in row.data()
    qtbot.mouseClick(window.attention.view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(window, row))
    until(lambda: window.tabs.front() is not None and window.tabs.front().reading)
    assert window.margin.currentWidget() is window.margin.facts
    assert window.margin.isVisible()
    until(lambda: any(field.doubt for field in window.margin.facts.fields))
