"""What leaves a library through the window: originals given back, bags, copies; by the real worker, and stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from archive_viewer.errors import Cancelled
from archive_viewer.jobs.giving_back import give_back
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.upkeep import check_fixity
from archive_viewer.library import Library
from archive_viewer.model import Repository
from archive_viewer.ui.bag_dialog import BagDialog
from archive_viewer.ui.errands import Errands
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.troubles_dialog import TroublesDialog
from bags import tree

Until = Callable[[Callable[[], object]], None]
FindDialog = Callable[[type[QDialog]], QDialog]


def original(library: Library, item_id: str) -> Path:
    sha256 = library.items([item_id])[0].sha256
    return library.folder / "originals" / sha256[:2] / sha256


def alter(file: Path) -> None:
    file.chmod(0o644)
    file.write_bytes(b"!" + file.read_bytes()[1:])


def rows(window: MainWindow) -> list[tuple[str, str, str]]:
    return [(row.task.kind, row.state, row.detail) for row in window.activity._rows.values()]


def ended(window: MainWindow, until: Until) -> tuple[str, str, str]:
    """The last task, when it is over."""
    until(lambda: window.activity._rows and window.activity.count() == 0)
    return rows(window)[-1]


def test_originals_are_given_back(
    window: MainWindow, library: Library, until: Until, tmp_path: Path, pages: Path
) -> None:
    out = tmp_path / "Öut 😀"
    window.list.view.selectAll()
    assert window.actions_by_id["give-back"].isEnabled()
    window.acts.handing.give_back(window.acts.chosen_items(), out)
    kind, state, said = ended(window, until)
    assert (kind, state) == ("give-back", "done")
    assert said == f"2 files of 2 pages written to {out}."
    assert window.statusBar().currentMessage() == said
    saved = tree(pages)
    del saved["broken.html"]
    assert tree(out) == saved
    (row,) = window.activity._rows.values()
    assert not row.folder_button.isHidden()
    assert row.task.arguments["folder"] == str(out)
    assert len(library.events(type="dissemination")) == 2


def test_what_cannot_be_given_back_is_named_and_keeps_nothing_else(
    window: MainWindow, library: Library, until: Until, tmp_path: Path, dialog: FindDialog
) -> None:
    good, bad = library.item_ids()
    alter(original(library, bad))
    window.acts.handing.give_back([bad, good], tmp_path / "out")
    _, state, said = ended(window, until)
    assert state == "done"
    assert "1 file of 1 page written" in said
    assert "1 page could not be given back" in said
    assert len(tree(tmp_path / "out")) == 1
    assert window.notice.sentence == said
    window.notice.buttons[0].defaultAction().trigger()
    troubles = dialog(TroublesDialog)
    assert isinstance(troubles, TroublesDialog)
    (title,) = (item.title for item in library.items([bad]))
    assert troubles.model.index(0).data().startswith(f"{title}. The stored file")
    troubles.reject()


def test_a_folder_in_the_way_is_told(window: MainWindow, library: Library, until: Until, tmp_path: Path) -> None:
    taken = tmp_path / "treaty.html"
    taken.write_text("mine", "utf-8")
    window.acts.handing.give_back(library.item_ids(), tmp_path)
    _, state, said = ended(window, until)
    assert state == "failed"
    assert str(taken) in said
    assert window.notice.sentence == said
    assert taken.read_text("utf-8") == "mine"
    assert not (tmp_path / "ferry ü.html").exists()


def test_all_or_some_are_given_back_without_a_window(filled_folder: Path, tmp_path: Path) -> None:
    with Library.open(filled_folder) as library:
        ids = library.item_ids()
        for id in ids:
            original(library, id).unlink()
        given = give_back(library, ids, tmp_path / "out", Job())
    assert (given.files, given.pages, set(given.refused)) == (0, 0, set(ids))
    assert not (tmp_path / "out").exists()


def test_a_bag_of_the_library(
    window: MainWindow, library: Library, until: Until, tmp_path: Path, dialog: FindDialog
) -> None:
    library.set_repository(Repository("SE", "X", "Tïtle Archive 😀"))
    window.actions_by_id["bag-library"].trigger()
    ask = dialog(BagDialog)
    assert isinstance(ask, BagDialog)
    until(lambda: ask.going.isEnabled())
    assert ask.organization.text() == "Tïtle Archive 😀"
    assert ask.leaving.isHidden()
    ask.going.click()
    place = dialog(QFileDialog)
    assert isinstance(place, QFileDialog)
    assert library.name in place.selectedFiles()[0]
    folder = tmp_path / "Bag ü"
    place.selectFile(str(folder))
    place.accept()
    kind, state, said = ended(window, until)
    assert (kind, state) == ("bag", "done")
    assert str(folder) in said
    bag = Library.prove_bag(folder)
    assert Library.is_in_bag(bag)
    assert ("Source-Organization", "Tïtle Archive 😀") in bag.info
    (row,) = window.activity._rows.values()
    assert not row.folder_button.isHidden()
    # What is there is never replaced.
    window.acts.handing.bag(folder)
    until(lambda: "already something" in window.notice.sentence)


def test_a_bag_of_some_pages(window: MainWindow, library: Library, until: Until, tmp_path: Path) -> None:
    first = library.item_ids()[0]
    window.acts.handing.bag(tmp_path / "some", [first])
    assert ended(window, until)[:2] == ("bag", "done")
    with Library.open(Library.unbag(Library.prove_bag(tmp_path / "some"), tmp_path / "made").folder) as made:
        assert made.item_ids() == [first]


def test_damage_that_is_found_on_the_way_is_asked_about(
    window: MainWindow, library: Library, until: Until, tmp_path: Path
) -> None:
    alter(original(library, library.item_ids()[0]))
    folder = tmp_path / "bag"
    window.acts.handing.bag(folder)
    _, state, said = ended(window, until)
    assert state == "failed"
    assert not folder.exists()
    assert window.notice.sentence == said
    window.notice.buttons[0].defaultAction().trigger()
    until(lambda: len(rows(window)) == 2)
    _, state, said = ended(window, until)
    assert state == "done"
    assert "lost or altered" in said
    assert len(dict(Library.prove_bag(folder).payload)) == 3


def test_damage_that_is_known_is_asked_about_before(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, qtbot: QtBot
) -> None:
    good, bad = library.item_ids()
    alter(original(library, bad))
    assert [one.result for one in check_fixity(library, Job())].count("ok") == 1
    window.acts.handing._bag([good])
    ask = dialog(BagDialog)
    assert isinstance(ask, BagDialog)
    until(lambda: ask.going.isEnabled())
    assert ask.leaving.isHidden()
    ask.reject()
    until(lambda: not ask.isVisible())
    window.acts.handing._bag([good, bad])
    ask = dialog(BagDialog)
    assert isinstance(ask, BagDialog)
    until(lambda: ask.leaving.isVisible())
    assert library.failed_originals()[0].file_name in ask.damage.text()
    assert not ask.going.isEnabled()
    qtbot.keyClick(ask.leaving, Qt.Key.Key_Space)
    assert ask.going.isEnabled()


def test_a_copy_of_the_library(
    window: MainWindow, library: Library, until: Until, tmp_path: Path, dialog: FindDialog
) -> None:
    window.actions_by_id["copy-library"].trigger()
    place = dialog(QFileDialog)
    assert isinstance(place, QFileDialog)
    place.selectFile(str(tmp_path / "Cöpy"))
    place.accept()
    assert ended(window, until)[:2] == ("copy", "done")
    with Library.open(tmp_path / "Cöpy") as copy:
        assert copy.item_ids() == library.item_ids()


@pytest.fixture
def errands(qtbot: QtBot) -> Errands:
    return Errands()


def test_an_errand_is_stopped(errands: Errands, until: Until) -> None:
    said: list[dict[str, object]] = []
    errands.heard.connect(said.append)

    def work(job: Job) -> str:
        while True:
            job.report(1, 2, "Tïtle 😀")

    id = errands.run("prove", "Prove", work, str)
    until(lambda: any(message["event"] == "progress" for message in said))
    assert errands.cancel(id)
    until(lambda: said[-1]["event"] == "finished")
    assert said[-1]["state"] == "cancelled"
    assert not errands.cancel(id)
    assert not errands.cancel("none of these")


def test_an_errand_nobody_waits_for_says_nothing(errands: Errands, until: Until) -> None:
    said: list[object] = []
    seen: list[Job] = []
    errands.heard.connect(lambda message: said.append(message) if message["event"] == "finished" else None)

    def work(job: Job) -> str:
        seen.append(job)
        while True:
            job.report(1, 2)

    errands.run("prove", "Prove", work, str)
    until(lambda: seen)
    errands.stop_all()
    other = errands.run("prove", "Prove", lambda job: "whole", str)
    until(lambda: said)
    assert [message["task"] for message in said] == [other]


def test_a_fault_of_ours_ends_the_line_and_is_not_hidden(
    errands: Errands, until: Until, qtbot: QtBot, window: MainWindow
) -> None:
    said: list[dict[str, object]] = []
    errands.heard.connect(said.append)

    def break_down(*_: object) -> str:
        raise ZeroDivisionError

    for begin in (
        lambda: errands.run("prove", "Prove", break_down, str),
        lambda: errands.run_with(window.library.bridge, "give-back", "Give back", break_down, str),
    ):
        said.clear()
        with qtbot.captureExceptions() as faults:
            begin()
            until(lambda: said)
            until(lambda faults=faults: faults)
        assert [kind for kind, _, _ in faults] == [ZeroDivisionError]
        assert [message["state"] for message in said] == ["failed"]


def endless(job: Job) -> str:
    while True:
        job.report(1, 2)


def test_an_errand_is_stopped_in_the_strip_and_by_another_library(
    window: MainWindow, until: Until, tmp_path: Path
) -> None:
    id = window.acts.errands.run("prove", "Prove Tïtle 😀", endless, str)
    window.activity.cancel_wanted.emit(id)
    until(lambda: window.activity.row(id).state == "cancelled")
    assert "Stopped" in window.activity.row(id).detail
    jobs: list[Job] = []

    def work(job: Job) -> str:
        jobs.append(job)
        return endless(job)

    window.acts.errands.run("prove", "Prove", work, str)
    until(lambda: jobs)
    window.open_library(tmp_path / "Other")
    until(lambda: window.library is not None and window.library.name == "Other")
    with pytest.raises(Cancelled):
        jobs[0].report(1, 2)
    assert not window.activity._rows
