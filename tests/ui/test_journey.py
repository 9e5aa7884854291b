"""The main job through the window, with real widgets, a real library and its real worker and searcher."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Scope
from archive_viewer.model import Colour
from archive_viewer.ui.export_dialog import ExportDialog
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.link_dialog import LinkDialog
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.note_editor import NoteEditor
from archive_viewer.ui.tag_editor import TagEditor
from archive_viewer.ui.trail import Place

Until = Callable[[Callable[[], object]], None]
FindDialog = Callable[[type[QDialog]], QDialog]


def drop(window: MainWindow, paths: list[Path]) -> None:
    """Drop files on the window as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, buttons = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    modifiers = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(300, 300).toPoint(), actions, data, buttons, modifiers)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert enter.dropAction() == Qt.DropAction.CopyAction
    assert window.drops.hint.isVisible()
    dropped = QDropEvent(QPointF(300, 300), actions, data, buttons, modifiers, QEvent.Type.Drop)
    QApplication.sendEvent(window, dropped)
    assert dropped.dropAction() == Qt.DropAction.CopyAction
    assert not window.drops.hint.isVisible()


def passages(window: MainWindow) -> list[QModelIndex]:
    model = window.list.model
    rows = (model.index(row) for row in range(model.rowCount()))
    return [index for index in rows if model.entry(index).passage is not None]


def item_id(library: Library, title: str) -> str:
    return next(item.id for item in library.items(library.item_ids()) if title in item.title)


def open_page(window: MainWindow, until: Until, item: str) -> ItemTab:
    tab = window.tabs.open(Place(item), keep=True, focus=True)
    until(lambda: tab.reading)
    return tab


def select(tab: ItemTab, words: str) -> tuple[int, int]:
    assert tab.reading is not None
    start = tab.reading.article.text.index(words)
    tab.view.text.select(start, start + len(words))
    return start, start + len(words)


def press(qtbot: QtBot, tab: ItemTab, key: Qt.Key) -> None:
    qtbot.keyClick(tab.view.text, key)


def test_dropped_folder_to_marked_passage(
    qtbot: QtBot, make_window: Callable[[Path], MainWindow], tmp_path: Path, pages: Path, until: Until
) -> None:
    window = make_window(tmp_path / "New 😀 library")
    until(lambda: window.list.empty.title == "No pages yet")
    assert window.list.empty.isVisible()
    drop(window, [pages])
    until(lambda: window.list.model.rowCount() == 2)
    until(lambda: window.activity.count() == 0)
    (row,) = (window.activity.row(task) for task in list(window.activity._rows))
    assert row.state == "done"
    assert "2 pages imported, 1 refused" in row.detail
    assert sorted(path.name for path in pages.iterdir()) == ["broken.html", "ferry ü.html", "treaty.html"]

    qtbot.keyClicks(window.list.box, '"harbour master"')
    until(lambda: len(passages(window)) == 2 and "2 pages" in window.list.line.count.text())
    ferry = next(index for index in passages(window) if "expected" in window.list.model.entry(index).passage.before)
    window.list.view.scrollTo(ferry)
    qtbot.mouseClick(
        window.list.view.viewport(), Qt.MouseButton.LeftButton, pos=window.list.view.visualRect(ferry).center()
    )
    until(lambda: window.tabs.front() is not None and window.tabs.front().reading is not None)
    tab = window.tabs.front()
    passage = window.list.model.entry(ferry).passage
    assert tab.view.text.caret_offset() == passage.start
    assert window.tabs.is_glance(tab)

    start, end = select(tab, "the “old treaty” still held")
    press(qtbot, tab, Qt.Key.Key_3)
    until(lambda: tab.reading.annotations)
    (mark,) = tab.reading.annotations
    assert (mark.start, mark.end, mark.colour) == (start, end, Colour.GREEN)
    assert not window.tabs.is_glance(tab)
    until(lambda: window.margin.marks.model.rowCount() == 1)
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Mark Passage")
    window.actions_by_id["undo"].trigger()
    until(lambda: not tab.reading.annotations)
    until(lambda: window.actions_by_id["redo"].text() == "&Redo Mark Passage")
    window.actions_by_id["redo"].trigger()
    until(lambda: tab.reading.annotations)


def test_note_tags_and_colour(
    qtbot: QtBot, window: MainWindow, library: Library, until: Until, dialog: FindDialog
) -> None:
    tab = open_page(window, until, item_id(library, "ferry"))
    select(tab, "the winter road")
    press(qtbot, tab, Qt.Key.Key_N)
    editor = dialog(NoteEditor)
    qtbot.keyClicks(editor.text, "Which road?")
    qtbot.keyClicks(editor.tags_line, "roads, winter")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: tab.reading.annotations)
    (mark,) = tab.reading.annotations
    assert (mark.note, mark.tags, mark.colour) == ("Which road?", ("roads", "winter"), Colour.YELLOW)

    select(tab, "the winter road")
    press(qtbot, tab, Qt.Key.Key_2)
    until(lambda: tab.reading.annotations[0].colour is Colour.RED)
    assert len(tab.reading.annotations) == 1

    window.margin.marks.select(mark.id)
    tab.select_mark(mark.id)
    window.actions_by_id["tag-mark"].trigger()
    tags = dialog(TagEditor)
    tags.line.setText("roads")
    tags.accept()
    until(lambda: tab.reading.annotations[0].tags == ("roads",))
    window.actions_by_id["delete-mark"].trigger()
    until(lambda: not tab.reading.annotations)
    assert window.margin.marks.empty.isVisible()


def test_link_between_two_pages_and_the_way_there_and_back(
    qtbot: QtBot, window: MainWindow, library: Library, until: Until, dialog: FindDialog
) -> None:
    ferry, treaty = item_id(library, "ferry"), item_id(library, "old treaty")
    first = open_page(window, until, ferry)
    select(first, "the “old treaty” still held")
    press(qtbot, first, Qt.Key.Key_L)
    assert "old treaty" in window.link_notice.sentence
    second = open_page(window, until, treaty)
    select(second, "signed by nobody")
    press(qtbot, second, Qt.Key.Key_L)
    ask = dialog(LinkDialog)
    ask.relation_box.setCurrentText("contradicts")
    qtbot.keyClicks(ask.note_text, "Both cannot be.")
    ask.accept()
    until(lambda: second.reading.links)
    assert window.link_notice.sentence == ""
    (end,) = second.reading.links
    assert (end.link.relation, end.link.note, end.quote) == (
        "contradicts",
        "Both cannot be.",
        "the “old treaty” still held",
    )
    until(lambda: window.margin.links.model.rowCount() == 2)
    assert "is contradicted by" in window.margin.links.model.index(1).data()

    window.margin.links.followed.emit(end)
    until(lambda: window.tabs.front() is first)
    until(lambda: first.view.text.caret_offset() == first.reading.article.text.index("the “old treaty”"))
    assert first.selected_mark == end.link.from_id
    until(lambda: window.margin.links.model.rowCount() == 2)
    assert "contradicts" in window.margin.links.model.index(1).data()
    window.actions_by_id["back"].trigger()
    assert window.tabs.front() is second
    window.actions_by_id["forward"].trigger()
    assert window.tabs.front() is first

    # The marks were made by the link: one undo takes all of it back.
    window.actions_by_id["undo"].trigger()
    until(lambda: not library.links() and not library.annotations())
    until(lambda: not first.reading.annotations)


def test_a_link_may_end_at_a_whole_page_and_is_left_with_escape(
    qtbot: QtBot, window: MainWindow, library: Library, until: Until, dialog: FindDialog
) -> None:
    first = open_page(window, until, item_id(library, "ferry"))
    window.actions_by_id["start-link"].trigger()
    assert window.marking.begun.is_page
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.marking.begun is None
    select(first, "the winter road")
    window.actions_by_id["start-link"].trigger()
    second = open_page(window, until, item_id(library, "old treaty"))
    window.actions_by_id["finish-link"].trigger()
    dialog(LinkDialog).accept()
    until(library.links)
    assert library.links()[0].to_id == second.item_id


def test_export_and_proof(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    tab = open_page(window, until, item_id(library, "ferry"))
    select(tab, "the 😀 harbour master")
    window.actions_by_id["mark-blue"].trigger()
    until(lambda: tab.reading.annotations)
    window.actions_by_id["export"].trigger()
    ask = dialog(ExportDialog)
    until(ask._save.isEnabled)
    assert ask._count.text().startswith("1 excerpt from 1 page")
    out = tmp_path / "excerpts ü.md"
    ask.export_to(out)
    until(out.exists)
    assert [verdict.result for verdict in library.verify_export(out)] == ["exact"]
    until(lambda: "1 excerpts written" in window.statusBar().currentMessage())


def test_mending_the_cleaning(qtbot: QtBot, window: MainWindow, library: Library, until: Until) -> None:
    tab = open_page(window, until, item_id(library, "ferry"))
    stripped = next(block for block in tab.reading.article.blocks if "Privacy" in block.text)
    assert not stripped.is_kept
    window.actions_by_id["view-stripped"].trigger()
    assert not tab.is_clean_shown
    tab.stripped.mend_requested.emit(stripped.n, type(stripped.fate).KEPT, False)
    until(lambda: "Privacy" in tab.reading.article.text)
    until(lambda: "Undo" in window.actions_by_id["undo"].text() and window.actions_by_id["undo"].isEnabled())
    window.actions_by_id["undo"].trigger()
    until(lambda: "Privacy" not in tab.reading.article.text)


def test_bin_and_back(qtbot: QtBot, window: MainWindow, library: Library, until: Until) -> None:
    first = window.list.model.item_ids[0]
    window.list.view.setCurrentIndex(window.list.model.index(0))
    window.list.view.setFocus()
    qtbot.keyClick(window.list.view, Qt.Key.Key_Delete)
    until(lambda: window.list.model.rowCount() == 1)
    assert library.overview().bin == 1
    window.tree.choose(Scope("bin"))
    until(lambda: window.list.model.item_ids == [first])
    window.list.view.selectAll()
    assert window.actions_by_id["restore"].isEnabled()
    assert not window.actions_by_id["delete"].isVisible()
    window.actions_by_id["restore"].trigger()
    until(lambda: window.list.empty.isVisible() and window.list.empty.title == "The bin is empty")
    assert library.overview().items == 2
