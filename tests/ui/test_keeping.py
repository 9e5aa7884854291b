"""Accounted for in the window: accessions, events, fixity, pages given up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Scope
from archive_viewer.ui.accession_dialog import AccessionDialog
from archive_viewer.ui.deaccession_list import DeaccessionList
from archive_viewer.ui.events_view import EventsView
from archive_viewer.ui.fixity_dialog import FixityDialog
from archive_viewer.ui.letting_go import DeaccessionDialog, DeleteDialog
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.rows import ROW
from archive_viewer.ui.trail import Place
from archive_viewer.ui.typing_dialog import Button

Until = Callable[[Callable[[], object]], None]
OpenDialog = Callable[[type[QDialog]], QDialog]


def title_of(library: Library, part: str) -> str:
    """The id of the page whose title has these words."""
    return next(item.id for item in library.items(library.item_ids()) if part in item.title)


def damage(library: Library, item_id: str) -> tuple[str, bytes]:
    """Change a byte of an item's stored file; gives its digest, and the bytes as they were."""
    sha256 = library.item(item_id).sha256
    path = library.original_path(sha256)
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(b"#" + whole[1:])
    return sha256, whole


# -- accessions ---------------------------------------------------------------------------------------------------


def test_an_accession_is_described_in_one_step_and_undone(
    window: MainWindow, library: Library, pages: Path, until: Until, dialog: OpenDialog
) -> None:
    (pages / "more.html").write_text("<title>More</title><article><p>The toll of the bridge is due in spring.</p>")
    window.import_paths([pages / "more.html"])
    until(lambda: window.activity.count() == 0 and len(library.accessions()) == 2)
    later, first = library.accessions()
    window.tree.accession_wanted.emit(later.id)
    asked = dialog(AccessionDialog)
    assert isinstance(asked, AccessionDialog)
    assert not asked.buttons.button(Button.Save).isHidden()
    asked.acquired_from.setText("Frau Müller 😀")
    asked.custodial_history.setPlainText("Kept in a cellar until 2019.")
    asked.note.setPlainText("Wet.")
    asked.accrues_to.setCurrentIndex(1)
    asked.buttons.button(Button.Save).click()
    until(lambda: library.accession(later.id).note == "Wet.")
    kept = library.accession(later.id)
    assert (kept.acquired_from, kept.custodial_history, kept.accrues_to) == (
        "Frau Müller 😀",
        "Kept in a cellar until 2019.",
        first.id,
    )
    window.jumps.show_report(first.id)
    window.tabs.report().accession_button.click()
    earlier = dialog(AccessionDialog)
    assert later.number in earlier.accruals.text()
    assert earlier.accrues_to.count() == 1
    earlier.reject()
    until(lambda: "Accession" in window.actions_by_id["undo"].text())
    window.actions_by_id["undo"].trigger()
    until(lambda: library.accession(later.id).note == "")
    assert library.accession(later.id).accrues_to == ""


def test_what_was_typed_of_an_accession_is_not_lost_by_one_key(
    window: MainWindow, library: Library, qtbot: QtBot, dialog: OpenDialog
) -> None:
    window.list.show_scope(Scope("accession", library.accessions()[0].id), "")
    window.acts.update()
    window.actions_by_id["accession"].trigger()
    asked = dialog(AccessionDialog)
    qtbot.keyClicks(asked.acquired_from, "A gift")
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert asked.isVisible()
    assert asked.warning.isVisible()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert library.accessions()[0].acquired_from == ""


# -- events -------------------------------------------------------------------------------------------------------


@pytest.fixture
def events(window: MainWindow, library: Library, until: Until) -> EventsView:
    window.actions_by_id["events"].trigger()
    view = window.tabs.currentWidget()
    assert isinstance(view, EventsView)
    until(lambda: view.model.rowCount() == library.count_events())
    return view


def shown(view: EventsView) -> list[str]:
    return [view.model.index(row).data(ROW).text for row in range(view.model.rowCount())]


def test_events_are_filtered(events: EventsView, library: Library, until: Until) -> None:
    events.types.setCurrentIndex(events.types.findData("ingestion"))
    until(lambda: events.model.rowCount() == library.count_events(type="ingestion"))
    until(lambda: all("Taken into the library" in text for text in shown(events)))
    assert any("Tïtle 😀 of the ferry" in text for text in shown(events))
    events.outcomes.setCurrentIndex(events.outcomes.findData("failure"))
    until(lambda: events.model.rowCount() == 0)
    assert events.empty.isVisible()
    events.outcomes.setCurrentIndex(0)
    events.until.setText("1999")
    until(lambda: events.model.rowCount() == 0)
    events.until.setText("some day")
    until(lambda: "no day or moment" in events.fault.text() and events.fault.isVisible())
    events.until.clear()
    until(lambda: events.model.rowCount() > 0 and not events.fault.isVisible())


def test_all_events_of_a_page_from_its_margin(
    window: MainWindow, events: EventsView, library: Library, until: Until
) -> None:
    ferry = title_of(library, "ferry")
    tab = window.tabs.open(Place(ferry), focus=True)
    until(lambda: tab.reading)
    window.margin.setCurrentWidget(window.margin.facts)
    until(lambda: any(field.act == "events-of-page" for field in window.margin.facts.fields))
    window.margin.facts.acted.emit("events-of-page")
    until(lambda: window.tabs.currentWidget() is events)
    until(lambda: events.model.rowCount() == library.count_events(ferry, with_files=True))
    assert "Tïtle 😀" in events.about.text()
    events.about.click()
    until(lambda: events.model.rowCount() == library.count_events())


def test_what_happens_meanwhile_stands_at_the_top(events: EventsView, library: Library, until: Until) -> None:
    until(lambda: "…" not in shown(events)[0])
    before = events.model.rowCount()
    library.describe(title_of(library, "treaty"), {"title": "Another Tïtle 😀"})
    until(lambda: events.model.rowCount() == before + 1)
    until(lambda: "Description changed" in shown(events)[0])
    assert "Another Tïtle 😀" in shown(events)[0]


def test_an_event_leads_to_its_page(window: MainWindow, events: EventsView, library: Library, until: Until) -> None:
    ferry = title_of(library, "ferry")
    events.types.setCurrentIndex(events.types.findData("ingestion"))
    until(lambda: any("ferry" in text for text in shown(events)))
    row = next(row for row, text in enumerate(shown(events)) if "Tïtle 😀 of the ferry" in text)
    events.view.activated.emit(events.model.index(row))
    until(lambda: window.tabs.front() is not None and window.tabs.front().item_id == ferry)


def test_events_are_exported_by_the_worker(
    window: MainWindow, events: EventsView, library: Library, tmp_path: Path, until: Until
) -> None:
    events.export_button.click()
    until(lambda: events.findChild(QFileDialog))
    events.findChild(QFileDialog).reject()
    events.types.setCurrentIndex(events.types.findData("ingestion"))
    until(lambda: events.model.rowCount() == library.count_events(type="ingestion"))
    events.export_to(tmp_path / "evénts.xml")
    until(lambda: (tmp_path / "evénts.xml").exists() and window.activity.count() == 0)
    root = etree.parse(tmp_path / "evénts.xml").getroot()
    assert len(root.findall("{*}event")) == library.count_events(type="ingestion")
    events.export_to(tmp_path / "nowhere" / "events.xml")
    until(lambda: any("could not be written" in task.message for task in library.tasks(unfinished=False)))


def test_a_long_log_is_fetched_as_it_is_seen(events: EventsView, library: Library, until: Until) -> None:
    ferry = title_of(library, "ferry")
    for number in range(150):
        library.describe(ferry, {"title": f"Tïtle {number}"})
    until(lambda: events.model.rowCount() == library.count_events())
    last = events.model.index(events.model.rowCount() - 1)
    assert events.model.event_at(last) is None
    events.view.scrollToBottom()
    until(lambda: events.model.event_at(last) is not None)
    assert events.model.event_at(last) == library.events(limit=1)[0]


# -- fixity -------------------------------------------------------------------------------------------------------


def test_a_damaged_file_is_told_at_once_and_repaired(
    window: MainWindow, library: Library, tmp_path: Path, until: Until
) -> None:
    ferry = title_of(library, "ferry")
    sha256, whole = damage(library, ferry)
    window.actions_by_id["check-originals"].trigger()
    until(lambda: "its checksum differs" in window.fixity_notice.sentence)
    assert "ferry ü.html" in window.fixity_notice.sentence
    window.fixity_notice.buttons[0].defaultAction().trigger()
    attention = window.attention
    until(lambda: attention._picked() is not None and attention._picked().sha256 == sha256)
    for name in ("repair-file", "repair-folder", "check", "folder"):
        assert attention.buttons[name].isVisible(), name
    assert not attention.retry_button.isVisible()

    attention.acts["repair-folder"].trigger()
    until(lambda: window.findChild(QFileDialog))
    window.findChild(QFileDialog).reject()
    copies = tmp_path / "cöpies"
    copies.mkdir()
    (copies / "other name").write_bytes(whole)
    window.acts.keeping.repair_from(copies)
    until(lambda: library.fixity_state().failed == 0)
    until(lambda: not window.fixity_notice.isVisible())
    assert library.original_path(sha256).read_bytes() == whole
    until(lambda: not any(one.kind == "fixity" for one, _ in attention.model.troubles))
    assert any("1 stored file was put back." in task.message for task in library.tasks(unfinished=False))


def test_a_check_of_one_file_finds_that_it_is_well_again(window: MainWindow, library: Library, until: Until) -> None:
    treaty = title_of(library, "treaty")
    path = library.original_path(library.item(treaty).sha256)
    away = shutil.move(path, path.with_suffix(".away"))
    window.actions_by_id["check-originals"].trigger()
    until(lambda: "it is missing" in window.fixity_notice.sentence)
    window.fixity_notice.put_away.trigger()
    assert not window.fixity_notice.isVisible()
    shutil.move(away, path)
    window.tree.choose(Scope("attention"))
    window.attention.point_at(library.item(treaty).sha256)
    until(lambda: window.attention._picked() is not None)
    window.attention.acts["check"].trigger()
    until(lambda: library.fixity_state().failed == 0)


def test_how_the_files_stand_and_how_often_they_are_read(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog
) -> None:
    window.actions_by_id["fixity"].trigger()
    asked = dialog(FixityDialog)
    assert isinstance(asked, FixityDialog)
    until(lambda: asked.days.isEnabled())
    assert asked.days.value() == 30
    assert "2 stored files" in asked.state.text()
    assert "Without SHA-512: 2" in asked.more.text()
    assert not asked.repairing.isEnabled()
    asked.digesting.click()
    until(lambda: library.fixity_state().without_sha512 == 0)
    until(lambda: "Without SHA-512" not in asked.more.text())
    assert not asked.digesting.isEnabled()
    damage(library, title_of(library, "ferry"))
    asked.checking.click()
    until(lambda: asked.model.rowCount() == 1)
    assert "its checksum differs" in asked.model.index(0).data()
    assert asked.repairing.isEnabled()
    asked.days.setValue(0)
    assert asked.days.text() == "never by itself"
    asked.reject()
    until(lambda: library.fixity_state().days == 0)


# -- giving up ----------------------------------------------------------------------------------------------------


def test_pages_of_the_bin_are_deleted_for_good_when_that_is_confirmed(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog
) -> None:
    ferry = title_of(library, "ferry")
    library.annotate_quote(ferry, "old treaty")
    assert not window.actions_by_id["delete-for-good"].isEnabled()
    library.delete_items([ferry])
    until(lambda: window.list.model.rowCount() == 1)
    window.tree.choose(Scope("bin"))
    until(lambda: window.list.model.item_ids == [ferry])
    window.list.view.setFocus()
    window.list.view.selectAll()
    window.acts.update()
    window.actions_by_id["delete-for-good"].trigger()
    asked = dialog(DeleteDialog)
    said = "\n".join(label.text() for label in asked.findChildren(type(window.attention._count)))
    assert "Tïtle 😀 of the ferry" in said
    assert "1 mark" in said
    asked.reject()
    window.actions_by_id["delete-for-good"].trigger()
    until(lambda: not asked.isVisible())
    dialog(DeleteDialog).deleting.click()
    until(lambda: library.overview().bin == 0)
    assert library.items([ferry]) == []
    until(lambda: window.list.model.rowCount() == 0)


def test_a_page_is_given_up_for_a_reason_and_its_record_stays(
    window: MainWindow, library: Library, until: Until, dialog: OpenDialog, qtbot: QtBot
) -> None:
    treaty = title_of(library, "treaty")
    tab = window.tabs.open(Place(treaty), focus=True)
    until(lambda: tab.reading)
    window.acts.update()
    window.actions_by_id["deaccession"].trigger()
    asked = dialog(DeaccessionDialog)
    giving_up = asked.buttons.button(Button.Save)
    assert not giving_up.isEnabled()
    asked.reason_text.setPlainText("  Given back to its owner 😀  ")
    asked.by_line.setText("The board")
    giving_up.click()
    until(lambda: library.items([treaty]) == [])
    (record,) = library.deaccessions()
    assert (record.reason, record.by, record.item_id) == ("Given back to its owner 😀", "The board", treaty)
    until(lambda: window.tabs.count() == 0)
    window.actions_by_id["deaccessions"].trigger()
    sheet = window.tabs.currentWidget()
    assert isinstance(sheet, DeaccessionList)
    until(lambda: sheet.model.rowCount() == 1)
    assert "Given back to its owner 😀" in sheet.model.index(0).data()
    assert record.files[0][2] in sheet.model.index(0).data()


def test_a_repair_that_put_nothing_back_says_why(
    window: MainWindow, library: Library, tmp_path: Path, until: Until
) -> None:
    library.original_path(library.item(title_of(library, "ferry")).sha256).unlink()
    assert [one.result for one in library.verify_originals()].count("missing") == 1
    wrong = tmp_path / "wröng.html"
    wrong.write_text("other bytes", "utf-8")
    folder = tmp_path / "cöpies"
    folder.mkdir()
    shutil.copy(wrong, folder)
    empty = tmp_path / "empty"
    empty.mkdir()

    def said(place: Path) -> str:
        before = {task.id for task in library.tasks(unfinished=False)}
        window.acts.keeping.repair_from(place)
        until(lambda: [one for one in library.tasks(unfinished=False) if one.id not in before and one.state == "done"])
        return next(one.message for one in library.tasks(unfinished=False) if one.id not in before)

    assert said(wrong).startswith(
        "No stored file was put back: the bytes of “wröng.html” are not those of the stored file that is lost"
    )
    assert "of 1 file in “cöpies” none has the bytes of the stored file" in said(folder)
    assert "there is no file in “empty”" in said(empty)


def test_an_event_is_told_whole_below_and_an_empty_margin_gives_way(
    window: MainWindow, events: EventsView, library: Library, until: Until
) -> None:
    assert not window.margin.isVisible(), "it has nothing to show"
    assert window.actions_by_id["show-margin"].isChecked()
    ferry = title_of(library, "ferry")
    long = "Tïtle 😀 " + "of a length that no row is wide enough for, " * 8
    library.describe(ferry, {"title": long.strip()})
    until(lambda: "Description changed" in shown(events)[0])
    assert events.whole.isHidden()
    events.view.setCurrentIndex(events.model.index(0))
    until(lambda: any(long.strip() in field.value for field in events.whole.fields))
    assert events.whole.isVisible()
    assert events.whole.height() <= events.height() // 4
    tab = window.tabs.open(Place(ferry), focus=True)
    until(lambda: tab.reading and window.margin.isVisible())
    window.tabs.setCurrentWidget(events)
    until(lambda: not window.margin.isVisible())
    # Hidden by hand it stays hidden.
    window.actions_by_id["show-margin"].setChecked(False)
    window.tabs.setCurrentWidget(tab)
    assert not window.margin.isVisible()
