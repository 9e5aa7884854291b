"""From a folder of saved pages to a described fonds, through the window: arranged, described, told of in a finding aid,
a loss found and mended, a refused file tried again, and all of it taken back and done again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Scope
from archive_viewer.ui.arrangement_model import DETAIL
from archive_viewer.ui.describe_dialog import DescribeDialog
from archive_viewer.ui.element_field import ElementField
from archive_viewer.ui.finding_aid_view import FindingAidView
from archive_viewer.ui.import_preview import ImportPreview
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.place_dialog import PlaceDialog
from archive_viewer.ui.sorting_dialog import SortingDialog
from archive_viewer.ui.unit_dialog import UnitDialog
from stored_rows import rows_of

Until = Callable[[Callable[[], object]], None]
OpenDialog = Callable[[type[QDialog]], QDialog]
State = tuple[object, ...]

PAGE = """<!DOCTYPE html>
<!-- saved from url=({length:04})https://{site}/{name}.html -->
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="{year}-03-04"></head>
<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>
<p>{title}: the envoys of both river towns met on Tuesday to speak about it, and about the 😀 harbour of {year}.</p>
<p>Nobody had expected the harbour master to agree to “{name}”, but he said that the old treaty still held.</p>
</article></body></html>"""
SAVED = {
    "ferry ü": ("gazette.test", 1984, "The Fërry 😀"),
    "timetable": ("gazette.test", 1985, "Timetable of the ferry"),
    "toll": ("gazette.test", 1986, "The toll of the bridge"),
    "flood": ("herald.test", 1991, "The flood"),
    "ice": ("herald.test", 1992, "Ice on the river"),
}
MENDED = "Mended after all"
HISTORY = "Kept by the ferry masters of both towns 😀 until 1998."


def page(name: str, site: str, year: int, title: str) -> str:
    return PAGE.format(length=len(f"https://{site}/{name}.html"), site=site, name=name, year=year, title=title)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder of saved pages of two sites, and one file that is no page."""
    folder = tmp_path / "Säved pages"
    folder.mkdir()
    for name, (site, year, title) in SAVED.items():
        (folder / f"{name}.html").write_text(page(name, site, year, title), "utf-8")
    (folder / "broken.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    return folder


class Person:
    """Does with the window what a person does, and remembers how the library stood after each act."""

    def __init__(self, window: MainWindow, until: Until, dialog: OpenDialog, qtbot: QtBot) -> None:
        self.window, self.until, self.dialog, self.qtbot = window, until, dialog, qtbot
        assert window.library is not None
        self.library: Library = window.library.bridge.library
        self.states: list[State] = [state_of(self.library)]

    def remember(self) -> None:
        """What was done last is one act, and changed something."""
        state = state_of(self.library)
        assert state != self.states[-1]
        self.states.append(state)

    # -- choosing ----------------------------------------------------------------------------------------------------

    def act(self, name: str) -> None:
        action = self.window.actions_by_id[name]
        self.until(action.isEnabled)
        action.trigger()

    def choose_unit(self, title: str) -> None:
        tree = self.window.arrangement
        self.until(lambda: title in [unit.title for unit in tree.units.units])
        index = tree.units.index_of(unit_id(self.library, title))
        tree.scrollTo(index)
        self.qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())
        self.until(lambda: tree.unit() is not None and tree.unit().title == title)
        # What a title or the place of a click would not say: the list follows.
        self.until(lambda: self.window.list.scope == Scope("unit", unit_id(self.library, title)))

    def choose_pages(self, *titles: str) -> None:
        """In the list of all pages, by the mouse."""
        window = self.window
        window.tree.choose(Scope())
        self.until(lambda: len(window.list.model.item_ids) == len(self.library.item_ids()))
        view = window.list.view
        for number, title in enumerate(titles):
            index = window.list.model.index(window.list.model.item_ids.index(item_id(self.library, title)))
            view.scrollTo(index)
            key = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
            self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, key, view.visualRect(index).center())
        view.setFocus()
        self.until(lambda: len(window.list.selected_ids()) == len(titles))

    # -- arranging ---------------------------------------------------------------------------------------------------

    def make_unit(self, title: str, code: str = "") -> None:
        self.act("new-unit")
        asked = self.dialog(UnitDialog)
        assert isinstance(asked, UnitDialog)
        asked.title_line.setText(title)
        asked.code_line.setText(code)
        asked.buttons.buttons()[0].click()
        self.until(lambda: title in [unit.title for unit in self.library.units()])
        # What was made is chosen, and shown.
        self.until(lambda: self.window.list.scope == Scope("unit", unit_id(self.library, title)))
        self.remember()

    def move_pages(self, part: str, *titles: str) -> None:
        """Into the unit whose name has ``part``."""
        self.choose_pages(*titles)
        before = self.states[-1]
        self.act("move-pages")
        places = self.dialog(PlaceDialog)
        assert isinstance(places, PlaceDialog)
        self.qtbot.keyClicks(places.line, part)
        self.qtbot.keyClick(places.line, Qt.Key.Key_Return)
        self.until(lambda: state_of(self.library) != before)
        self.until(lambda: not [one for one in self.window.findChildren(PlaceDialog) if one.isVisible()])
        self.remember()

    # -- describing --------------------------------------------------------------------------------------------------

    def field(self, about: str, element: str) -> ElementField:
        """The field of the margin, as soon as it is about the thing with this id."""
        pane = self.window.margin.description
        self.until(lambda: pane.account is not None and pane.account.description.id == about)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        return pane.fields[element]

    def describe(self, about: str, element: str, text: str) -> None:
        self.act("describe")
        field = self.field(about, element)
        field.edit.setFocus()
        if isinstance(field.edit, QLineEdit):
            field.edit.insert(text)
        else:
            field.edit.insertPlainText(text)
        self.qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
        self.until(lambda: self.library.description(about)[element].text == text)
        self.remember()


def unit_id(library: Library, title: str) -> str:
    return next(unit.id for unit in library.units() if unit.title == title)


def item_id(library: Library, title: str) -> str:
    return next(item.id for item in library.items(library.item_ids()) if item.title == title)


def state_of(library: Library) -> State:
    """What a person made of the library: the pages that are in it, where they stand, and all that was typed."""
    rows = rows_of(library)
    return sorted(library.item_ids()), library.items(sorted(library.item_ids())), rows["unit"], rows["description"]


def words(field: ElementField) -> str:
    return "\n".join(label.text() for label in field.findChildren(QLabel) if label.isVisibleTo(field))


def tree_of(window: MainWindow) -> list[tuple[str, str]]:
    units = window.arrangement.units
    return [(unit.title, units.index_of(unit.id).data(DETAIL)) for unit in units.units]


def counts_of(library: Library) -> dict[str, int]:
    return {unit.title: unit.total_count for unit in library.units()}


def take_in(person: Person, saved: Path) -> None:
    """The folder is chosen, looked at, and imported; one file is refused."""
    window, library, until = person.window, person.library, person.until
    person.act("import-folder")
    until(lambda: window.findChild(QFileDialog))
    asked = window.findChild(QFileDialog)
    asked.setDirectory(str(saved.parent))
    asked.selectFile(str(saved))
    asked.accept()
    preview = person.dialog(ImportPreview)
    assert isinstance(preview, ImportPreview)
    until(lambda: not preview.is_looking)
    assert preview.button.text() == "Import 5 Pages"
    preview.button.click()
    until(lambda: window.list.model.rowCount() == len(SAVED) and window.activity.count() == 0)
    until(lambda: library.accessions()[0].state == "done")
    person.remember()
    assert library.undo_label.startswith("Import")


def arrange(person: Person) -> None:
    """A fonds of three series: two made by hand and filled, the third by a rule."""
    window, library, until = person.window, person.library, person.until
    person.make_unit("Férry papers", "FP")
    for title in ("Boats", "Bridges"):
        person.choose_unit("Férry papers")
        person.make_unit(title)
    person.move_pages("boats", "The Fërry 😀", "Timetable of the ferry")
    person.move_pages("fp/2", "The toll of the bridge")
    person.choose_unit("Férry papers")
    person.act("arrange-by")
    sorting = person.dialog(SortingDialog)
    assert isinstance(sorting, SortingDialog)
    until(sorting.arranging.isEnabled)
    assert sorting.effect.text() == "1 unit would be made and 2 pages put in place."
    sorting.arranging.click()
    until(lambda: library.count_unarranged() == 0)
    person.remember()
    until(lambda: len(window.arrangement.units.units) == 4)
    assert tree_of(window) == [
        ("Férry papers", "Fonds · FP"),
        ("Boats", "Series · FP/1"),
        ("Bridges", "Series · FP/2"),
        ("herald.test", "Series · FP/3"),
    ]
    assert counts_of(library) == {"Férry papers": 5, "Boats": 2, "Bridges": 1, "herald.test": 2}


def describe(person: Person) -> None:
    """The fonds, a series and pages; what is said of the fonds is seen at a page as inherited."""
    window, library, until = person.window, person.library, person.until
    person.choose_unit("Férry papers")
    fonds = unit_id(library, "Férry papers")
    person.describe(fonds, "custodial_history", HISTORY)
    person.describe(fonds, "creator", "The ferry böard")
    person.choose_unit("Boats")
    person.describe(unit_id(library, "Boats"), "scope", "What sailed, and when 😀.")
    person.choose_pages("The Fërry 😀")
    ferry = item_id(library, "The Fërry 😀")
    until(lambda: window.tabs.front() is not None and window.tabs.front().reading is not None)
    person.act("describe")
    custody = person.field(ferry, "custodial_history")
    until(lambda: HISTORY in words(custody))
    assert custody.text == ""
    assert "inherited from" in words(custody)
    assert "Férry papers" in words(custody)
    person.describe(ferry, "published", "1984~")
    assert library.item(ferry).published == "1984~"
    person.choose_pages("The flood", "Ice on the river")
    person.act("describe-many")
    asked = person.dialog(DescribeDialog)
    assert isinstance(asked, DescribeDialog)
    asked.choose("author", "set")
    asked.edit.setPlainText("Weiß, Ada")
    until(asked.saving.isEnabled)
    assert "2 would change" in asked.said.text()
    asked.saving.click()
    until(lambda: library.item(item_id(library, "Ice on the river")).authors == ("Weiß, Ada",))
    person.remember()


def read_finding_aid(person: Person) -> None:
    """It names the fonds, its three series and every page, with what was said of them."""
    window, until = person.window, person.until
    person.choose_unit("Férry papers")
    person.act("finding-aid")
    until(lambda: isinstance(window.tabs.currentWidget(), FindingAidView))
    sheet = window.tabs.currentWidget()
    assert isinstance(sheet, FindingAidView)
    until(lambda: "Ice on the river" in sheet.view.toPlainText())
    read = sheet.view.toPlainText()
    titles = [title for _site, _year, title in SAVED.values()]
    said = ["Férry papers", "Boats", "Bridges", "herald.test", HISTORY, "The ferry böard", "What sailed, and when 😀."]
    assert [one for one in (*said, *titles) if one not in read] == []
    # In the order of the arrangement.
    places = [read.rindex(title) for title in ("Timetable of the ferry", "The toll of the bridge", "Ice on the river")]
    assert places == sorted(places)


def lose_and_repair(person: Person, saved: Path) -> None:
    """One stored file is changed on the disk; the check tells of it at once, and it is put back from the folder."""
    window, library, until = person.window, person.library, person.until
    sha256 = library.item(item_id(library, "The Fërry 😀")).sha256
    path = library.original_path(sha256)
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(whole[:-1] + b"#")
    assert not window.fixity_notice.isVisible()
    person.act("check-originals")
    until(lambda: "its checksum differs" in window.fixity_notice.sentence)
    assert "ferry ü.html" in window.fixity_notice.sentence
    window.fixity_notice.buttons[0].click()
    attention = window.attention
    until(lambda: attention._picked() is not None and attention._picked().sha256 == sha256)
    assert {"fixity", "refused"} <= {one.kind for one, _ in attention.model.troubles}
    attention.buttons["repair-folder"].click()
    until(lambda: window.findChild(QFileDialog))
    asked = window.findChild(QFileDialog)
    asked.setDirectory(str(saved.parent))
    asked.selectFile(str(saved))
    asked.accept()
    until(lambda: library.fixity_state().failed == 0)
    assert path.read_bytes() == whole
    until(lambda: not window.fixity_notice.isVisible())
    until(lambda: "fixity" not in {one.kind for one, _ in attention.model.troubles})
    assert library.events(sha256, type="fixity check", outcome="failure")


def try_again(person: Person, saved: Path) -> None:
    """The refused file is mended where it lies and tried again; its page joins the accession it belongs to."""
    window, library, until = person.window, person.library, person.until
    (saved / "broken.html").write_text(page("broken", "gazette.test", 1987, MENDED), "utf-8")
    attention = window.attention
    window.tree.choose(Scope("attention"))
    until(lambda: [one.kind for one, _ in attention.model.troubles] == ["refused"])
    (refused,) = (row for row, (one, _) in enumerate(attention.model.troubles) if one.kind == "refused")
    place = attention.view.visualRect(attention.model.index(refused)).center()
    person.qtbot.mouseClick(attention.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    until(attention.retry_button.isVisible)
    attention.retry_button.click()
    until(lambda: len(library.item_ids()) == len(SAVED) + 1)
    until(lambda: not attention.model.troubles)
    until(lambda: window.activity.count() == 0)
    person.remember()
    later, first = library.accessions()
    assert later.accrues_to == first.id
    assert attention.empty.isVisible()
    person.move_pages("bridges", MENDED)
    assert counts_of(library)["Bridges"] == 2


def test_from_a_folder_to_a_described_fonds_and_back(
    make_window: Callable[[Path], MainWindow],
    tmp_path: Path,
    saved: Path,
    until: Until,
    dialog: OpenDialog,
    qtbot: QtBot,
) -> None:
    window = make_window(tmp_path / "Arçhive 😀")
    until(window.actions_by_id["levels"].isEnabled)
    person = Person(window, until, dialog, qtbot)
    library = person.library
    take_in(person, saved)
    arrange(person)
    describe(person)
    read_finding_aid(person)
    lose_and_repair(person, saved)
    try_again(person, saved)

    # Everything is taken back, act by act, and then there is nothing left to take back.
    rows, states, undo, redo = rows_of(library), person.states, *(window.actions_by_id[n] for n in ("undo", "redo"))
    for state in states[-2::-1]:
        until(lambda: undo.isEnabled() and undo.text() == f"&Undo {library.undo_label}")
        undo.trigger()
        until(lambda state=state: state_of(library) == state)
    until(lambda: not undo.isEnabled())
    assert (library.undo_label, library.item_ids(), library.units()) == ("", [], [])
    until(lambda: window.arrangement.units.units == [] and window.list.model.rowCount() == 0)
    # And done again, the same way.
    for state in states[1:]:
        until(lambda: redo.isEnabled() and redo.text() == f"&Redo {library.redo_label}")
        redo.trigger()
        until(lambda state=state: state_of(library) == state)
    until(lambda: not redo.isEnabled())
    assert rows_of(library) == rows
    until(lambda: [title for title, _ in tree_of(window)] == ["Férry papers", "Boats", "Bridges", "herald.test"])
    assert window.notice.sentence == ""
    # What was lost and put back stays told.
    assert [one.outcome for one in library.events(type="fixity check") if one.outcome == "failure"]
    assert library.fixity_state().failed == 0
