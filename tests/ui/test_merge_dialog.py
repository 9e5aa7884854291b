"""Another library merged through the window: what would come is shown, what differs is decided, the worker does it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Conflict, Library, Scope
from archive_viewer.model import Colour
from archive_viewer.ui import thing_names
from archive_viewer.ui.conflict_model import HERE, HOLDS, THERE, WHAT, ConflictModel
from archive_viewer.ui.facts_pane import FieldsPane
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.merge_dialog import MergeDialog

Until = Callable[[Callable[[], object]], None]
FindDialog = Callable[[type[QDialog]], QDialog]


def take(library: Library, folder: Path, name: str, text: str) -> None:
    page = folder / name
    page.write_text(text, "utf-8")
    accession = library.begin_accession([page])
    assert [line.outcome for line in import_paths(library, accession.id, [page], Job())] == ["imported"]
    library.set_accession_state(accession.id, "done")


@pytest.fixture
def other(filled_folder: Path, tmp_path: Path) -> Path:
    """A copy of the library, in which things were done besides, and others were done here after it was made."""
    with Library.open(filled_folder) as library:
        first, second = library.item_ids()
        mark = library.annotate(first, 0, 5, note="Öurs 😀")
        folder = library.copy_library(tmp_path / "Öther 😀").folder
        library.change_annotation(mark.id, note="Öurs, changed")
        library.tag_items([second], ["here"])
        take(library, tmp_path, "here.html", "<title>Here</title><p>A page that came in here only, and is not there.")
    with Library.open(folder) as there:
        there.change_annotation(mark.id, note="Theirs", colour=Colour.RED)
        there.tag_items([second], ["there"])
        take(there, tmp_path, "there.html", "<title>There</title><p>A page that came in there only, nobody has it.")
    return folder


@pytest.fixture
def merging(other: Path, window_of_three: MainWindow, until: Until, dialog: FindDialog) -> MergeDialog:
    window_of_three.acts.handing.look_at_merging(other)
    found = dialog(MergeDialog)
    assert isinstance(found, MergeDialog)
    until(lambda: found.account.fields)
    return found


@pytest.fixture
def window_of_three(other: Path, make_window: Callable[[Path], MainWindow], filled_folder: Path) -> MainWindow:
    return make_window(filled_folder)


def test_a_code_borne_twice_is_decided_and_says_what_choosing_does(qtbot: QtBot) -> None:
    model = ConflictModel()
    here, there = {"title": "Öurs 😀"}, {"title": "Theirs"}
    model.show_conflicts([Conflict("code", "id", "F", here, there, default="both")], {})
    assert (model.undecided, model.choices) == (0, {("code", "id"): "both"})
    assert model.index(0, WHAT).data() == "Reference code borne twice: F"
    assert "Öurs 😀" in model.index(0, HERE).data()
    assert "numbered anew" in model.meaning(0)
    model.choose([0], "ours")
    model.show_conflicts([Conflict("code", "id", "F", here, there, default="both")], {})
    assert model.choices == {("code", "id"): "ours"}


def said(pane: FieldsPane) -> dict[str, str]:
    return {field.name: field.value for field in pane.fields if field.value}


def row_of(merging: MergeDialog, what: str) -> int:
    titles = [str(merging.model.index(row, WHAT).data()) for row in range(merging.model.rowCount())]
    return next(row for row, title in enumerate(titles) if title.startswith(what))


def test_what_would_come_and_what_differs_is_shown(merging: MergeDialog) -> None:
    account = said(merging.account)
    assert account["Would come"] == "1 page\n1 accession"
    assert "2 pages" not in account["Would come"]
    assert account["Renumbered"].endswith("here")
    assert merging.model.rowCount() == 2
    assert not merging.going.isEnabled()
    assert merging.summary.text().startswith("2 of 2 differences")
    mark = row_of(merging, "Mark")
    assert "Note: Öurs, changed" in merging.model.index(mark, HERE).data()
    assert "Note: Theirs" in merging.model.index(mark, THERE).data()
    merging.table.setCurrentIndex(merging.model.index(mark, WHAT))
    details = said(merging.details)
    assert (details["Colour, here"], details["Colour, there"]) == ("Yellow", "Red")


def test_each_is_decided_or_all_and_the_worker_merges(
    merging: MergeDialog, window_of_three: MainWindow, until: Until, qtbot: QtBot
) -> None:
    window = window_of_three
    library = window.library.bridge.library
    qtbot.mouseClick(merging.of_all["ours"], Qt.MouseButton.LeftButton)
    assert merging.going.isEnabled()
    assert {merging.model.index(row, HOLDS).data() for row in range(2)} == {"ours"}
    mark, page = row_of(merging, "Mark"), row_of(merging, "Page")
    merging.table.setCurrentIndex(merging.model.index(mark, WHAT))
    qtbot.mouseClick(merging.of_selected["theirs"], Qt.MouseButton.LeftButton)
    merging.table.setCurrentIndex(merging.model.index(page, WHAT))
    qtbot.mouseClick(merging.of_selected["both"], Qt.MouseButton.LeftButton)
    assert [merging.model.index(row, HOLDS).data() for row in (mark, page)] == ["theirs", "both"]
    merging.going.click()
    until(lambda: window.activity._rows and window.activity.count() == 0)
    (row,) = window.activity._rows.values()
    assert (row.task.kind, row.state) == ("merge", "done")
    assert row.detail.startswith("1 page, 1 accession merged.")
    until(lambda: window.list.model.rowCount() == 4)
    assert [one.note for one in library.annotations()] == ["Theirs"]
    assert {"here", "there"} in [set(item.tags) for item in library.items(library.item_ids())]
    until(lambda: "Merge Library" in window.actions_by_id["undo"].text())
    window.actions_by_id["undo"].trigger()
    until(lambda: window.list.model.rowCount() == 3)
    assert [one.note for one in library.annotations()] == ["Öurs, changed"]


def test_a_library_that_says_the_same_brings_nothing(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    window.acts.handing.look_at_merging(library.copy_library(tmp_path / "copy").folder)
    found = dialog(MergeDialog)
    assert isinstance(found, MergeDialog)
    until(lambda: found.empty.title == "Nothing differs")
    assert found.empty.isVisible()
    assert "nothing new" in found.summary.text()
    assert not found.going.isEnabled()


def test_pages_that_are_here_already_come_doubly_only_if_that_is_wished(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path, pages: Path
) -> None:
    with Library.open(tmp_path / "other") as other:
        take(other, tmp_path, "treaty.html", (pages / "treaty.html").read_text("utf-8"))
    window.acts.handing.look_at_merging(tmp_path / "other")
    found = dialog(MergeDialog)
    assert isinstance(found, MergeDialog)
    until(lambda: found.doubles.isVisible())
    assert said(found.account)["Their very files are here, under other ids."] == "1 page"
    found.doubles.setChecked(True)
    until(lambda: "1 page" in said(found.account)["Would come"])
    assert found.doubles.isVisible()
    assert found.going.isEnabled()
    found.going.click()
    until(lambda: window.list.model.rowCount() == 3)


def test_what_is_no_library_or_this_one_is_told(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    window.acts.handing.look_at_merging(library.folder)
    assert "the library that is open" in window.notice.sentence
    window.acts.handing.look_at_merging(tmp_path / "gone")
    found = dialog(MergeDialog)
    assert isinstance(found, MergeDialog)
    until(lambda: "There is no library" in found.summary.text())
    assert found.empty.title == "The libraries could not be compared"
    assert not found.going.isEnabled()


def test_files_that_are_lost_there_are_named(
    window: MainWindow, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "other") as other:
        take(other, tmp_path, "lost ü.html", "<title>Lost</title><p>The stored file of this page will be gone soon.")
    shutil.rmtree(tmp_path / "other" / "originals")
    window.acts.handing.look_at_merging(tmp_path / "other")
    found = dialog(MergeDialog)
    assert isinstance(found, MergeDialog)
    until(lambda: found.account.fields)
    assert said(found.account)["Lost in the other library"] == "lost ü.html"


def test_descriptions_differ_element_by_element() -> None:
    here = '{"title": {"value": "Öld", "by": "a"}, "scope": {"value": "same"}}'
    there = '{"title": {"value": ["Nëw", "two"]}, "scope": {"value": "same"}}'
    conflict = Conflict("description", "1", "A unit", {"elements": here}, {"elements": there})
    assert thing_names.differences(conflict, {}) == [("Title", "Öld", "Nëw, two")]


def test_values_are_said_in_words() -> None:
    here = {"unit_id": "u1", "deleted_at": "", "tags": '["a", "b"]', "unit_position": 1}
    there = {"unit_id": "u2", "deleted_at": "2026-01-02T03:04:05Z", "tags": "[]", "unit_position": 2}
    found = thing_names.differences(Conflict("item", "1", "", here, there), {"u1": "Letters 😀"})
    assert found[0] == ("Place in the arrangement", "Letters 😀", "a unit that comes from there")
    assert found[1][1] == "nothing"
    assert "2026" in found[1][2]
    assert "T03" not in found[1][2]
    assert found[2] == ("Tags", "a, b", "nothing")
    assert len(found) == 3
    assert thing_names.counted("annotation", 1) == "1 mark"
    assert thing_names.counted("comet", 2) == "2 comets"


def test_what_is_made_of_pages_that_come_is_counted_and_no_empty_table_stands_there(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "other") as other:
        take(other, tmp_path, "there.html", "<title>There</title><p>A page that came in there only, nobody has it.")
        other.annotate(other.item_ids()[0], 0, 5, note="Nöte")
    window.acts.handing.look_at_merging(tmp_path / "other")
    found = dialog(MergeDialog)
    assert isinstance(found, MergeDialog)
    until(lambda: found.account.fields)
    assert said(found.account)["Would come"] == "1 page\n1 mark\n1 accession"
    assert found.conflicts.isHidden()
    found.going.click()
    until(lambda: window.list.model.rowCount() == 3)
    assert [one.note for one in library.annotations()] == ["Nöte"]

    # What came last has the highest number, and stands first.
    def numbers() -> list[str]:
        names = (branch.text(0).split("  ")[0] for branch in window.tree.branches())
        return [name[-3:] for name in names if "-00" in name]

    until(lambda: numbers() == ["002", "001"])
    # Taken back, the accession says where its pages are.
    until(lambda: "Merge Library" in window.actions_by_id["undo"].text())
    window.actions_by_id["undo"].trigger()
    until(lambda: window.list.model.rowCount() == 2)
    emptied = next(one for one in library.accessions() if not one.item_count)
    window.tree.choose(Scope("accession", emptied.id))
    until(lambda: "1 page lies in the bin" in window.list.empty._hint.text())
    assert window.list.empty.isVisible()
