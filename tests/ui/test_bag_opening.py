"""Bags opened through the window: ours made into a library again, others' imported, broken and hostile ones refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Scope
from archive_viewer.ui.accession_dialog import AccessionDialog
from archive_viewer.ui.bag_contents import BagContents
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.troubles_dialog import TroublesDialog
from archive_viewer.ui.unit_dialog import UnitDialog
from bags import make_bag, tree

Until = Callable[[Callable[[], object]], None]
FindDialog = Callable[[type[QDialog]], QDialog]
MakeWindow = Callable[[Path], MainWindow]

PAGE = b"<title>T\xc3\xaftle \xf0\x9f\x98\x80</title><p>The ferry sails at noon, and nobody knows whether it returns."


def opened(window: MainWindow, folder: Path, dialog: FindDialog) -> BagContents:
    window.acts.bags.open_bag(folder)
    found = dialog(BagContents)
    assert isinstance(found, BagContents)
    return found


def test_a_bag_of_ours_becomes_a_library_that_is_shown(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    ids = library.item_ids()
    mark = library.annotate(ids[0], 0, 5, note="Nöte 😀")
    library.bag(tmp_path / "bäg")
    before = tree(tmp_path / "bäg")
    found = opened(window, tmp_path / "bäg", dialog)
    assert "every checksum agrees" in found.proof.text()
    assert "holds a library" in found.effect.text()
    assert any(field.name == "Bag-Software-Agent" for field in found.info.fields)
    found.going.click()
    place = dialog(QFileDialog)
    assert isinstance(place, QFileDialog)
    place.selectFile(str(tmp_path / "Mäde"))
    place.accept()
    until(lambda: window.library is not None and window.library.folder == tmp_path / "Mäde")
    until(lambda: window.list.model.rowCount() == 2)
    assert window.library.bridge.library.annotations() == [mark]
    assert window.library.bridge.library.item_ids() == ids
    assert "2 stored files" in window.notice.sentence
    assert tree(tmp_path / "bäg") == before


def test_a_library_of_a_bag_waits_for_the_dialog_in_which_somebody_types(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    library.bag(tmp_path / "bag")
    folder = library.folder
    window.tree.choose(Scope("accession", library.accessions()[0].id))
    until(window.actions_by_id["accession"].isEnabled)
    window.actions_by_id["accession"].trigger()
    typing = dialog(AccessionDialog)
    assert isinstance(typing, AccessionDialog)
    typing.note.setPlainText("Nöte 😀")
    window.acts.bags.unbag(Library.prove_bag(tmp_path / "bag"), tmp_path / "made")
    until(lambda: window.shelf.has_one_waiting)
    assert window.library is not None
    assert window.library.folder == folder
    typing.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    until(lambda: window.library is not None and window.library.folder == tmp_path / "made")
    with Library.open(folder, "reader") as left:
        assert left.accessions()[0].note == "Nöte 😀"


def test_a_window_that_is_closed_lets_go_of_the_library_that_waits(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    library.bag(tmp_path / "bag")
    window.actions_by_id["new-unit"].trigger()
    dialog(UnitDialog)
    window.acts.bags.unbag(Library.prove_bag(tmp_path / "bag"), tmp_path / "made")
    until(lambda: window.shelf.has_one_waiting)
    closed: list[bool] = []
    window.closed.connect(lambda: closed.append(True))
    window.close()
    until(lambda: closed)

    def is_free() -> bool:
        with Library.open(tmp_path / "made") as made:
            return made.is_writable

    until(is_free)


def test_there_is_no_library_in_the_place_of_another(
    window: MainWindow, library: Library, until: Until, tmp_path: Path
) -> None:
    library.bag(tmp_path / "bag")
    window.acts.bags.unbag(Library.prove_bag(tmp_path / "bag"), library.folder)
    until(lambda: "already a library" in window.notice.sentence)
    assert window.library.folder == library.folder


def test_the_files_of_another_bag_become_an_accession_with_its_history(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    found = opened(window, make_bag(tmp_path / "theirs", {"a/page.html": PAGE}), dialog)
    assert any(field.value == "Tïtle Archive 😀" for field in found.info.fields)
    assert window.library.name in found.effect.text()
    found.going.click()
    until(lambda: window.list.model.rowCount() == 3)
    until(lambda: window.activity.count() == 0)
    accession = max(library.overview().accessions, key=lambda one: one.number)
    assert "Source-Organization: Tïtle Archive 😀" in accession.custodial_history
    (line,) = [line for line in library.report(accession.id) if line.outcome == "imported"]
    assert line.path.endswith("a/page.html")
    assert any(event.object_id == accession.id for event in library.events(type="unpacking"))


def test_into_a_library_that_is_read_only_nothing_is_imported(
    make_window: MakeWindow, filled_folder: Path, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    make_window(filled_folder)
    second = make_window(filled_folder)
    assert second.actions_by_id["open-bag"].isEnabled()
    found = opened(second, make_bag(tmp_path / "theirs", {"page.html": PAGE}), dialog)
    assert not found.going.isEnabled()
    found.reject()


def flip(bag: Path) -> None:
    file = bag / "data" / "page.html"
    file.write_bytes(b"!" + file.read_bytes()[1:])


def lose(bag: Path) -> None:
    (bag / "data" / "page.html").unlink()


def lead_out(bag: Path) -> None:
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text("utf-8").replace("data/page.html", "data/../../out.html"), "utf-8")


@pytest.mark.parametrize("harm", [flip, lose, lead_out])
def test_a_broken_or_hostile_bag_is_refused_with_its_troubles(
    harm: Callable[[Path], None], window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path
) -> None:
    bag = make_bag(tmp_path / "bag", {"page.html": PAGE, "other.html": PAGE + b"."})
    harm(bag)
    before = library.overview()
    window.acts.bags.open_bag(bag)
    until(lambda: window.notice.sentence)
    assert "refused" in window.notice.sentence
    until(lambda: window.activity.count() == 0)
    (row,) = window.activity._rows.values()
    assert row.state == "failed"
    assert "page.html" in row.detail or "out.html" in row.detail or "bytes" in row.detail
    assert library.overview() == before
    first = window.notice.buttons[0].defaultAction()
    if first is not window.notice.put_away:
        first.trigger()
        troubles = dialog(TroublesDialog)
        assert isinstance(troubles, TroublesDialog)
        assert troubles.model.rowCount() > 1
        troubles.reject()


def test_a_bag_that_is_dropped_is_offered_and_not_taken_for_pages(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    bag = make_bag(tmp_path / "theirs", {"page.html": PAGE})
    (tmp_path / "loose.html").write_text("<title>Loose</title><p>A loose page that came beside the bag.", "utf-8")
    window.take_dropped([bag, tmp_path / "loose.html"])
    until(lambda: "is a bag" in window.notice.sentence)
    # What was dropped beside it comes in.
    until(lambda: window.list.model.rowCount() == 3)
    assert len(library.overview().accessions) == 2
    window.notice.buttons[0].defaultAction().trigger()
    found = dialog(BagContents)
    found.reject()
    assert window.notice.sentence == ""

    # Who wants its files as they lie gets them, the bag's own lists among them.
    window.take_dropped([bag])
    until(lambda: "is a bag" in window.notice.sentence)
    window.notice.buttons[1].defaultAction().trigger()
    until(lambda: window.list.model.rowCount() == 7)


def test_several_bags_are_offered_one_after_another(window: MainWindow, until: Until, tmp_path: Path) -> None:
    bags = [make_bag(tmp_path / name, {"page.html": PAGE}) for name in ("first", "second")]
    window.take_dropped(bags)
    until(lambda: "“first” is a bag" in window.notice.sentence)
    window.notice.buttons[1].defaultAction().trigger()
    assert "“second” is a bag" in window.notice.sentence
    window.notice.buttons[1].defaultAction().trigger()
    until(lambda: window.list.model.rowCount() == 6)


def test_a_bag_named_on_the_command_line_is_offered(
    make_window: MakeWindow, filled_folder: Path, until: Until, tmp_path: Path
) -> None:
    window = make_window(filled_folder)
    bag = make_bag(tmp_path / "theirs", {"page.html": PAGE})
    window.open_library(tmp_path / "Other", then_import=[bag], is_import_shown=True)
    until(lambda: "is a bag" in window.notice.sentence)
    assert window.library.name == "Other"
    assert window.library.bridge.library.overview().accessions == []
    # The library is open already.
    window.notice.put_away.trigger()
    window.open_library(tmp_path / "Other", then_import=[bag])
    until(lambda: "is a bag" in window.notice.sentence)
