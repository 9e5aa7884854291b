"""Description in the window: the margin's fields, many pages at once, the repository, the finding aid, provenance."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from archive_viewer.exporting.fact_sheet import Entry, FactSheet, Part
from archive_viewer.library import Library, Scope
from archive_viewer.model import Item, Repository, Unit
from archive_viewer.ui.describe_dialog import DescribeDialog
from archive_viewer.ui.description_pane import DescriptionPane
from archive_viewer.ui.element_field import ElementField
from archive_viewer.ui.finding_aid_view import FindingAidView
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.provenance_view import ProvenanceView
from archive_viewer.ui.repository_dialog import RepositoryDialog
from archive_viewer.ui.sheet_output import document_of, keep_together
from archive_viewer.ui.theme import PRINT
from archive_viewer.ui.trail import Place

QtPdf = pytest.importorskip("PySide6.QtPdf")

OpenDialog = Callable[[type[QDialog]], QDialog]
Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]
HISTORY = "Kept by the ferry masters of both towns 😀 until 1998."


@pytest.fixture
def units(library: Library) -> tuple[Unit, Unit]:
    """A fonds with a series in it, in which both pages stand; the fonds says who kept it."""
    fonds = library.add_unit("", "fonds", "Férry 😀 papers")
    series = library.add_unit(fonds.id, "series", "Tïdes")
    library.move_items(library.item_ids(), series.id)
    library.describe(fonds.id, {"custodial_history": HISTORY, "creator": "The ferry board"})
    return fonds, series


def ferry(library: Library) -> Item:
    return next(item for item in library.items(library.item_ids()) if "ferry" in item.file_name)


def show_page(window: MainWindow, until: Until, item_id: str) -> DescriptionPane:
    tab = window.tabs.open(Place(item_id), keep=True, focus=True)
    until(lambda: tab.reading is not None)
    window.actions_by_id["describe"].trigger()
    return shown(window, until, item_id)


def shown(window: MainWindow, until: Until, id: str) -> DescriptionPane:
    """What is described, in a window that has the focus: fields are saved when the focus leaves them."""
    window.activateWindow()
    until(window.isActiveWindow)
    pane = window.margin.description
    until(lambda: pane.account is not None and pane.account.description.id == id)
    return pane


def words(widget: QWidget) -> str:
    """What a part says beside its fields, of what is to be seen."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def write(field: ElementField, text: str, qtbot: QtBot) -> None:
    """Into the field with the keyboard; what no key of the test's keyboard has is put in as a whole."""
    field.edit.setFocus()
    field.edit.selectAll()
    if text.isascii():
        qtbot.keyClicks(field.edit, text)
    elif isinstance(field.edit, QLineEdit):
        field.edit.insert(text)
    else:
        field.edit.insertPlainText(text)


def test_a_date_is_said_in_words_under_what_was_typed(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot
) -> None:
    item = ferry(library)
    pane = show_page(window, until, item.id)
    dates = pane.fields["dates"]
    write(dates, "1984~/2021", qtbot)
    qtbot.keyClick(dates.edit, Qt.Key.Key_Tab)
    until(lambda: "about 1984 to 2021" in words(dates))
    assert dates.text == "1984~/2021"
    window.margin.setCurrentWidget(window.margin.facts)
    facts = window.margin.facts
    until(lambda: "about 1984 to 2021 (1984~/2021)" in [one.value for one in facts.fields])
    until(lambda: window.actions_by_id["undo"].text().startswith("&Undo Describe “Tïtle"))


def test_a_typed_value_stands_beside_what_the_file_states(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot
) -> None:
    item = ferry(library)
    pane = show_page(window, until, item.id)
    title = pane.fields["title"]
    assert title.text == ""
    assert "Tïtle 😀 of the ferry" in words(title)
    assert "stated by the file" in words(title)
    assert "required" in words(title)
    write(title, "The fërry", qtbot)
    qtbot.keyClick(title.edit, Qt.Key.Key_Tab)
    until(lambda: library.item(item.id).title == "The fërry")
    until(lambda: "typed by a person" in words(title))
    assert "Tïtle 😀 of the ferry" in words(title)
    assert library.undo_label == "Describe “Tïtle 😀 of the ferry”: Title"
    until(lambda: window.tabs.front().reading.item.title == "The fërry")
    assert window.margin.currentWidget() is pane
    # The facts tell the same: who typed it, and what the file states besides.
    window.margin.setCurrentWidget(window.margin.facts)
    facts = window.margin.facts
    until(lambda: [one.value for one in facts.fields if one.name == "Title"] == ["The fërry", "Tïtle 😀 of the ferry"])
    typed, stated = (one for one in facts.fields if one.name == "Title")
    assert typed.source.startswith("typed by a person")
    assert stated.source.startswith("stated by the file")
    # One step takes it back, in the fields and in the page.
    window.actions_by_id["describe"].trigger()
    until(lambda: window.actions_by_id["undo"].isEnabled())
    window.actions_by_id["undo"].trigger()
    until(lambda: title.text == "" and "typed by" not in words(title))
    assert library.item(item.id).title == "Tïtle 😀 of the ferry"


def test_esc_takes_back_and_clear_gives_the_stated_value_back(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot
) -> None:
    item = ferry(library)
    pane = show_page(window, until, item.id)
    title = pane.fields["title"]
    before = library.undo_label
    write(title, "Not this", qtbot)
    qtbot.keyClick(title.edit, Qt.Key.Key_Escape)
    assert title.text == ""
    qtbot.keyClick(title.edit, Qt.Key.Key_Tab)
    assert not title.is_dirty
    write(title, "This", qtbot)
    qtbot.keyClick(title.edit, Qt.Key.Key_Return)
    until(lambda: library.item(item.id).title == "This")
    assert before != library.undo_label
    until(lambda: title._clear.isVisible())
    title._clear.click()
    until(lambda: library.item(item.id).title == "Tïtle 😀 of the ferry")
    until(lambda: not title._clear.isVisible())
    assert title.text == ""
    # A value that is stated can be begun with.
    link = next(label for label in title.findChildren(QLabel) if "#take" in label.text())
    link.linkActivated.emit("#take")
    assert title.text == "Tïtle 😀 of the ferry"
    assert title.edit.hasFocus()


def test_a_date_that_is_not_understood_is_told_and_not_saved(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot
) -> None:
    item = ferry(library)
    pane = show_page(window, until, item.id)
    published = pane.fields["published"]
    write(published, "sometime in May", qtbot)
    qtbot.keyClick(published.edit, Qt.Key.Key_Tab)
    until(lambda: published.fault.isVisible())
    assert "1984/1986" in published.fault.text()
    assert published.text == "sometime in May"
    assert "published" not in library.item(item.id).typed
    write(published, "1984~", qtbot)
    assert not published.fault.isVisible()
    qtbot.keyClick(published.edit, Qt.Key.Key_Return)
    until(lambda: library.item(item.id).published == "1984~")
    assert not published.fault.isVisible()
    # Gone over to another page, what was typed of this one is said of this one.
    write(pane.fields["note"], "Ä note 😀", qtbot)
    other = next(id for id in library.item_ids() if id != item.id)
    show_page(window, until, other)
    until(lambda: library.description(item.id)["note"].text == "Ä note 😀")
    assert library.description(other)["note"].text == ""


def test_authors_are_several_and_stay_so(window: MainWindow, library: Library, until: Until, qtbot: QtBot) -> None:
    item = ferry(library)
    pane = show_page(window, until, item.id)
    author = pane.fields["author"]
    write(author, "Weiß, Ada;Böll, B.", qtbot)
    qtbot.keyClick(author.edit, Qt.Key.Key_Return)
    until(lambda: library.item(item.id).authors == ("Weiß, Ada", "Böll, B."))
    until(lambda: author.text == "Weiß, Ada; Böll, B.")
    assert not author.is_dirty


def test_what_is_inherited_says_from_where_and_leads_there(
    window: MainWindow, library: Library, until: Until, units: tuple[Unit, Unit]
) -> None:
    fonds, _series = units
    item = ferry(library)
    pane = show_page(window, until, item.id)
    custody = pane.fields["custodial_history"]
    until(lambda: HISTORY in words(custody))
    assert custody.text == ""
    source = next(label for label in custody.findChildren(QLabel) if fonds.id in label.text())
    assert "inherited from" in source.text()
    assert fonds.title in source.text()
    window.margin.setCurrentWidget(window.margin.marks)
    window.margin.setCurrentWidget(pane)
    source.linkActivated.emit(fonds.id)
    shown(window, until, fonds.id)
    assert pane.fields["custodial_history"].text == HISTORY
    assert pane.fields["title"].text == fonds.title
    assert not pane.fields["level"].edit.isVisible()
    assert "Fonds" in words(pane.fields["level"])
    pane._head.linkActivated.emit("#page")
    shown(window, until, item.id)
    assert window.margin.reading.item.id == item.id


def test_a_unit_is_described_where_it_is_chosen(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot, units: tuple[Unit, Unit]
) -> None:
    _fonds, series = units
    margin = window.margin
    assert margin.reading is None
    window.jumps.show_scope(Scope("unit", series.id), series.title)
    pane = shown(window, until, series.id)
    assert margin.currentWidget() is pane
    assert pane.isVisible()
    assert not margin.isTabEnabled(margin.indexOf(margin.marks))
    title = pane.fields["title"]
    write(title, "", qtbot)
    title.edit.clear()
    qtbot.keyClick(title.edit, Qt.Key.Key_Return)
    until(lambda: title.fault.isVisible())
    assert "needs a title" in title.fault.text()
    qtbot.keyClick(title.edit, Qt.Key.Key_Escape)
    assert title.text == series.title
    scope = pane.fields["scope"]
    write(scope, "Tide tables.", qtbot)
    qtbot.keyClick(scope.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(scope.edit, "And letters.")
    qtbot.keyClick(scope.edit, Qt.Key.Key_Tab)
    until(lambda: library.description(series.id)["scope"].text == "Tide tables.\nAnd letters.")
    # What is rarely said is shown when all is wanted.
    assert not pane.fields["appraisal"].isVisible()
    pane.all_shown.click()
    assert pane.fields["appraisal"].isVisible()
    # The making of a unit undone, nothing is left to describe.
    library.remove_unit(series.id)
    until(lambda: pane._empty.isVisible())
    window.tree.choose(Scope("bin"))
    until(lambda: margin.unit_id == "")


def test_many_pages_are_described_in_one_step_after_a_look(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot, dialog: OpenDialog
) -> None:
    ids = window.list.model.item_ids
    library.describe(ids[0], {"author": ["Ada Weiß"]})
    window.list.view.selectAll()
    window.list.view.setFocus()
    window.acts.update()
    window.actions_by_id["describe-many"].trigger()
    asked = dialog(DescribeDialog)
    assert isinstance(asked, DescribeDialog)
    asked.choose("author", "add")
    assert not asked.saving.isEnabled()
    asked.edit.setPlainText("Böll, B.")
    until(lambda: asked.saving.isEnabled())
    table = {
        (asked.model.index(row, 1).data(), asked.model.index(row, 2).data()) for row in range(asked.model.rowCount())
    }
    assert table == {("Ada Weiß", "Ada Weiß; Böll, B."), ("—", "Böll, B.")}
    assert "2 would change" in asked.said.text()
    asked.saving.click()
    until(lambda: {library.item(id).authors for id in ids} == {("Ada Weiß", "Böll, B."), ("Böll, B.",)})
    until(lambda: "2 pages described" in window.statusBar().currentMessage())
    library.undo()
    assert {library.item(id).authors for id in ids} == {("Ada Weiß",), ()}


def test_a_bad_value_for_many_is_told_in_the_dialog(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog
) -> None:
    window.list.view.selectAll()
    window.acts.update()
    window.actions_by_id["describe-many"].trigger()
    asked = dialog(DescribeDialog)
    assert isinstance(asked, DescribeDialog)
    asked.choose("published")
    asked.edit.setPlainText("in May")
    until(lambda: asked.fault.isVisible())
    assert "1984/1986" in asked.fault.text()
    assert not asked.saving.isEnabled()
    asked.edit.setPlainText("1984/1986")
    until(lambda: asked.saving.isEnabled())
    assert not asked.fault.isVisible()
    # Clearing needs no value; of nothing typed there is nothing to clear.
    asked.choose("published", "clear")
    until(lambda: "0 would change" in asked.said.text())
    assert not asked.edit.isEnabled()
    assert not asked.saving.isEnabled()


def test_the_repository_is_said_once(window: MainWindow, library: Library, until: Until, dialog: OpenDialog) -> None:
    window.actions_by_id["repository"].trigger()
    asked = dialog(RepositoryDialog)
    assert isinstance(asked, RepositoryDialog)
    until(lambda: asked.name_line.isEnabled())
    asked.name_line.setText("Stadtarchiv Köln")
    asked.country_line.setText("1x")
    asked.code_line.setText("0074")
    asked.accept()
    until(lambda: asked.fault.isVisible())
    assert "two letters" in asked.fault.text()
    asked.country_line.setText("de")
    assert "DE 0074 1/2/3" in asked.sample.text()
    asked.accept()
    until(lambda: library.repository() == Repository("DE", "0074", "Stadtarchiv Köln"))
    library.undo()
    assert library.repository() == Repository()


def test_the_finding_aid_tells_what_is_in_a_unit(
    window: MainWindow, library: Library, until: Until, units: tuple[Unit, Unit], tmp_path: Path, qtbot: QtBot
) -> None:
    fonds, series = units
    item = ferry(library)
    window.jumps.show_scope(Scope("unit", fonds.id), fonds.title)
    assert window.actions_by_id["finding-aid"].isEnabled()
    window.actions_by_id["finding-aid"].trigger()
    until(lambda: isinstance(window.tabs.currentWidget(), FindingAidView))
    view = window.tabs.currentWidget()
    assert isinstance(view, FindingAidView)
    until(lambda: series.title in view.view.toPlainText())
    read = view.view.toPlainText()
    for said in (fonds.title, HISTORY, "The ferry board", item.title, library.reference_code(item.id)):
        assert said in read
    # It follows, and is not opened twice.
    library.describe(series.id, {"scope": "Tide tables 😀."})
    until(lambda: "Tide tables 😀." in view.view.toPlainText())
    window.actions_by_id["finding-aid"].trigger()
    assert window.tabs.currentWidget() is view
    path = tmp_path / "aid.html"
    with qtbot.waitSignal(view.saved):
        view.output.save(path)
    page = path.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Tide tables 😀." in page
    assert item.title in page
    assert item.id not in page
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "aid.pdf"))
    with qtbot.waitSignal(view.output.printed):
        view.output.print_to(printer)
    assert (tmp_path / "aid.pdf").read_bytes().startswith(b"%PDF")
    # A line of the list leads to its page.
    view.opened.emit(item.id)
    until(lambda: window.tabs.front() is not None and window.tabs.front().item_id == item.id)


def test_the_margin_comes_back_to_the_unit(
    window: MainWindow, library: Library, until: Until, units: tuple[Unit, Unit], qtbot: QtBot
) -> None:
    fonds, _series = units
    tree = window.arrangement
    until(lambda: tree.units.index_of(fonds.id).isValid())
    tree.choose(fonds.id)
    pane = shown(window, until, fonds.id)
    show_page(window, until, ferry(library).id)
    # It is chosen already, and is clicked again.
    place = tree.visualRect(tree.units.index_of(fonds.id)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown(window, until, fonds.id)
    # So does the page that is in front, chosen in the list.
    until(lambda: window.list.model.rowCount() == 2)
    row = window.list.model.item_ids.index(ferry(library).id)
    place = window.list.view.visualRect(window.list.model.index(row)).center()
    qtbot.mouseClick(window.list.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    until(lambda: window.margin.unit_id == "")
    window.actions_by_id["describe"].trigger()
    shown(window, until, ferry(library).id)
    # Beside its finding aid, too; and the page is described again when it is in front again.
    window.actions_by_id["finding-aid"].trigger()
    until(lambda: isinstance(window.tabs.currentWidget(), FindingAidView))
    shown(window, until, fonds.id)
    assert pane.isVisible()
    window.tabs.setCurrentIndex(0)
    shown(window, until, ferry(library).id)


def test_the_provenance_sheet_is_copied_and_saved(
    window: MainWindow, library: Library, until: Until, tmp_path: Path, qtbot: QtBot
) -> None:
    item = ferry(library)
    library.change_accession(item.accession_id, acquired_from="Köhler's heirs", custodial_history=HISTORY)
    library.describe(item.id, {"language": "de", "subject": ["Ferries"]})
    show_page(window, until, item.id)
    window.margin.setCurrentWidget(window.margin.facts)
    facts = window.margin.facts
    until(lambda: facts.copying.isEnabled())
    facts.copying.click()
    text = QGuiApplication.clipboard().text()
    for said in ("Köhler's heirs", HISTORY, item.accession, item.sha256, "Subject: Ferries", "typed by a person"):
        assert said in text
    output = facts.output()
    assert output is not None
    for name in ("sheet.txt", "sheet.html"):
        with qtbot.waitSignal(output.saved):
            output.save(tmp_path / name)
    assert (tmp_path / "sheet.txt").read_text("utf-8") == text
    assert item.sha256 in (tmp_path / "sheet.html").read_text("utf-8")


def test_a_library_for_reading_only_is_described_by_nobody(
    make_window: MakeWindow, filled_folder: Path, until: Until
) -> None:
    first = make_window(filled_folder)
    library = first.library.bridge.library
    item = ferry(library)
    library.describe(item.id, {"note": "A nöte"})
    second = make_window(filled_folder)
    until(lambda: second.list.model.rowCount() == 2)
    pane = show_page(second, until, item.id)
    note = pane.fields["note"]
    assert note.text == "A nöte"
    assert note.edit.isReadOnly()
    assert not note._clear.isVisible()
    assert "#take" not in words(pane.fields["title"])
    assert not second.actions_by_id["describe-many"].isEnabled()


def test_what_is_typed_when_the_window_closes_is_kept(
    window: MainWindow, filled_folder: Path, until: Until, qtbot: QtBot, library: Library
) -> None:
    item = ferry(library)
    pane = show_page(window, until, item.id)
    write(pane.fields["note"], "The last wörds", qtbot)
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    with Library.open(filled_folder) as again:
        assert again.description(item.id)["note"].text == "The last wörds"


def test_undo_is_the_librarys_where_a_field_has_nothing_to_take_back(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot
) -> None:
    item = ferry(library)
    pane = show_page(window, until, item.id)
    title = pane.fields["title"]
    write(title, "Another title", qtbot)
    qtbot.keyClick(title.edit, Qt.Key.Key_Return)
    until(lambda: window.tabs.front().reading.item.title == "Another title")
    until(lambda: window.actions_by_id["undo"].isEnabled() and not title.is_dirty)
    assert title.edit.hasFocus()
    qtbot.keyClick(title.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(lambda: library.item(item.id).title == item.title)
    # While something is being typed, the key is the field's own.
    until(lambda: title.text == "")
    library.describe(item.id, {"note": "Not to be undone"})
    qtbot.keyClicks(title.edit, "abc")
    qtbot.keyClick(title.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert title.text == ""
    assert library.description(item.id)["note"].text == "Not to be undone"


def test_choosing_a_unit_and_a_page_leaves_the_margin_as_it_was(
    window: MainWindow, library: Library, until: Until, units: tuple[Unit, Unit]
) -> None:
    margin = window.margin
    ids = library.item_ids()
    tab = window.tabs.open(Place(ids[0]), keep=True)
    until(lambda: tab.reading is not None and margin.reading is not None)
    margin.setCurrentWidget(margin.links)
    window.jumps.show_scope(Scope("unit", units[0].id), units[0].title)
    assert margin.currentWidget() is margin.description
    assert margin.isTabEnabled(margin.indexOf(margin.links))
    tab = window.tabs.open(Place(ids[1]), keep=True)
    until(lambda: margin.reading is not None and margin.reading.item.id == ids[1])
    assert margin.currentWidget() is margin.links
    assert margin.unit_id == ""
    window.tabs.setCurrentIndex(0)
    until(lambda: margin.reading is not None and margin.reading.item.id == ids[0])
    assert margin.currentWidget() is margin.links


def test_a_unit_that_is_followed_from_the_description_is_chosen_in_the_tree(
    window: MainWindow, library: Library, until: Until, units: tuple[Unit, Unit]
) -> None:
    fonds, series = units
    tree = window.arrangement
    until(lambda: tree.units.index_of(series.id).isValid())
    tree.choose(series.id)
    pane = shown(window, until, series.id)
    until(lambda: pane.account is not None and pane.account.unit_id == fonds.id)
    pane._head.linkActivated.emit(fonds.id)
    shown(window, until, fonds.id)
    assert tree.unit() is not None
    assert tree.unit().id == fonds.id
    assert window.list.scope == Scope("unit", fonds.id)


def test_beside_a_finding_aid_its_unit_is_described_whatever_part_is_chosen(
    window: MainWindow, library: Library, until: Until, units: tuple[Unit, Unit]
) -> None:
    fonds, _series = units
    until(lambda: window.arrangement.units.index_of(fonds.id).isValid())
    window.arrangement.choose(fonds.id)
    window.actions_by_id["finding-aid"].trigger()
    until(lambda: isinstance(window.tabs.currentWidget(), FindingAidView))
    window.tree.choose(Scope("attention"))
    until(window.attention.isVisible)
    shown(window, until, fonds.id)
    assert not window.margin._nothing.isVisible()


def test_which_date_is_the_capture_date_is_said(
    window: MainWindow, library: Library, until: Until, qtbot: QtBot
) -> None:
    item = ferry(library)
    pane = show_page(window, until, item.id)
    dates = pane.fields["dates"]
    assert "This is the capture date." in words(dates)
    write(dates, "2022-11?", qtbot)
    qtbot.keyClick(dates.edit, Qt.Key.Key_Tab)
    until(lambda: "The capture date stays as above" in words(dates))
    assert library.item(item.id).captured_at == item.captured_at
    window.margin.setCurrentWidget(window.margin.facts)
    facts = window.margin.facts
    until(lambda: "Dates of the description" in [field.name for field in facts.fields])
    names = [field.name for field in facts.fields]
    assert names.index("Dates of the description") == names.index("Capture date") + 1
    assert "Also typed" not in names


def test_the_provenance_sheet_is_a_tab_by_its_name(
    window: MainWindow, library: Library, until: Until, tmp_path: Path, qtbot: QtBot
) -> None:
    item = ferry(library)
    show_page(window, until, item.id)
    window.actions_by_id["provenance"].trigger()
    view = window.tabs.currentWidget()
    assert isinstance(view, ProvenanceView)
    assert window.tabs.tabText(window.tabs.currentIndex()).startswith("Provenance: ")
    until(lambda: item.sha256 in view.view.toPlainText())
    library.describe(item.id, {"subject": ["Ferries 😀"]})
    until(lambda: "Ferries 😀" in view.view.toPlainText())
    with qtbot.waitSignal(view.saved):
        view.output.save(tmp_path / "sheet.txt")
    assert item.sha256 in (tmp_path / "sheet.txt").read_text("utf-8")
    window.tabs.open(Place(item.id), focus=True)
    count = window.tabs.count()
    window.actions_by_id["provenance"].trigger()
    assert (window.tabs.currentWidget(), window.tabs.count()) == (view, count)


def test_the_extent_of_an_empty_unit_is_not_known(window: MainWindow, library: Library, until: Until) -> None:
    unit = library.add_unit("", "fonds", "Empty", "E")
    assert "extent" not in library.description(unit.id).elements or library.description(unit.id)["extent"].shown is None
    library.move_items([ferry(library).id], unit.id)
    assert str(library.description(unit.id)["extent"].shown.value).startswith("1 page, ")


def test_no_heading_and_no_name_stands_last_on_its_page(qapp: QApplication, tmp_path: Path) -> None:
    parts = [
        Part(f"Series {n}", tuple(Entry(f"Näme {n}.{k}", f"value {n}.{k} " * (k + 1)) for k in range(2 + n % 4)))
        for n in range(40)
    ]
    document = document_of(FactSheet("Fonds 😀", "Finding aid", tuple(parts)), PRINT, 10, has_links_out=False)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    keep_together(document, printer)
    document.print_(printer)
    pdf = QtPdf.QPdfDocument()
    pdf.load(str(tmp_path / "sheet.pdf"))
    pages = [" ".join(pdf.getAllText(page).text().split()) for page in range(pdf.pageCount())]
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"value [\d.]+ {number}$", page), page[-60:]
