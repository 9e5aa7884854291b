"""Going back to a backup through the window: chosen, put back, shown; refused; from a damaged library."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library
from archive_viewer.ui.backups_dialog import BackupsDialog
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.preferences import Preferences

Until = Callable[[Callable[[], object]], None]
FindDialog = Callable[[type[QDialog]], QDialog]


def go_back(window: MainWindow, dialog: FindDialog) -> BackupsDialog:
    assert window.actions_by_id["go-back-to"].isEnabled()
    window.actions_by_id["go-back-to"].trigger()
    found = dialog(BackupsDialog)
    assert isinstance(found, BackupsDialog)
    return found


def test_going_back_and_forth(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, qtbot: QtBot, filled_folder: Path
) -> None:
    item_id = library.item_ids()[0]
    mark = library.annotate(item_id, 0, 5, note="Nöte 😀")
    copy = library.backup()
    library.delete_annotation(mark.id)

    ask = go_back(window, dialog)
    until(lambda: ask.model.rowCount() == 2)
    assert ask.model.backup(ask.model.index(0)).path == copy
    assert "B" in ask.model.index(0).data()
    until(lambda: ask.going.isEnabled())
    assert [(one.name, one.value) for one in ask.change.fields[1:]] == [("Would be back", "1 mark, 1 note")]
    assert not ask.comparing.isVisible()
    ask.reject()
    assert library.annotations() == []

    ask = go_back(window, dialog)
    until(lambda: ask.going.isEnabled())
    qtbot.mouseClick(ask.going, Qt.MouseButton.LeftButton)
    until(lambda: window.library is None)
    until(lambda: window.library is not None)
    again = window.library.bridge.library
    assert window.library.folder == filled_folder
    assert again.annotations() == [mark]
    until(lambda: "as it was" in window.notice.sentence)
    until(lambda: window.list.model.rowCount() == 2)
    window.list.search("harbour")
    until(lambda: window.list.model.passage_count > 1)

    # What was replaced is a backup, too: without the mark.
    ask = go_back(window, dialog)
    until(lambda: ask.model.rowCount() == 3)
    rows = [ask.model.index(row) for row in range(ask.model.rowCount())]
    moments = [ask.model.backup(index).made_at for index in rows]
    assert moments == sorted(moments, reverse=True)
    replaced = next(index for index in rows if ask.model.backup(index).kind == "replaced")
    assert "Replaced" in replaced.data()
    ask.view.setCurrentIndex(replaced)
    until(lambda: ask.going.isEnabled())
    assert [(one.name, one.value) for one in ask.change.fields[1:]] == [("Would be gone", "1 mark, 1 note")]
    first = window.library
    qtbot.keyClick(ask.view, Qt.Key.Key_Return)
    until(lambda: window.library not in (None, first))
    assert window.library.bridge.library.annotations() == []
    assert window.library.bridge.library.overview().items == 2


def test_a_backup_that_is_damaged_leaves_the_library_as_it_is(
    window: MainWindow, library: Library, until: Until, dialog: FindDialog, qtbot: QtBot
) -> None:
    copy = library.backup()
    copy.write_bytes(copy.read_bytes()[:100] + b"x" * 5_000)
    ask = go_back(window, dialog)
    until(lambda: ask.change.fields[1:] and ask.change.fields[1].is_grave)
    assert copy.name in ask.change.fields[1].value
    assert not ask.going.isEnabled()
    qtbot.keyClick(ask.view, Qt.Key.Key_Return)
    assert ask.isVisible()
    ask.reject()
    # Damaged after it was looked at: putting it back is refused, and the library stays as it was.
    first = window.library
    window.go_back_to(first.folder, copy)
    until(lambda: window.library not in (None, first))
    until(lambda: copy.name in window.notice.sentence)
    until(lambda: window.list.model.rowCount() == 2)


def test_a_copy_is_made_and_listed(window: MainWindow, until: Until, dialog: FindDialog, filled_folder: Path) -> None:
    ask = go_back(window, dialog)
    until(lambda: ask.model.rowCount() == 1)
    ask.copying.click()
    until(lambda: ask.model.rowCount() == 2)
    assert len(list((filled_folder / "backups").glob("*.db"))) == 2
    until(lambda: ask.going.isEnabled())
    assert ask.change.fields[1].value.startswith("Nothing")


def test_without_a_backup_it_says_so(window: MainWindow, until: Until, dialog: FindDialog, filled_folder: Path) -> None:
    shutil.rmtree(filled_folder / "backups")
    ask = go_back(window, dialog)
    until(lambda: ask.empty.title == "There is no backup yet")
    assert ask.empty.isVisible()
    assert not ask.going.isEnabled()


def test_a_damaged_library_offers_the_way_back(
    home: Path, filled_folder: Path, until: Until, dialog: FindDialog, qtbot: QtBot
) -> None:
    with Library.open(filled_folder) as library:
        library.backup()
    database = filled_folder / "library.db"
    database.write_bytes(b"not a database" * 1_000)
    window = MainWindow(Preferences())
    qtbot.addWidget(window)
    window.show()
    window.open_library(filled_folder)
    until(lambda: window.damaged == filled_folder)
    assert window.findChild(EmptyState) is not None
    assert window.list.empty.title == "No library is open"
    ask = go_back(window, dialog)
    until(lambda: ask.going.isEnabled())
    ask.going.click()
    until(lambda: window.library is not None)
    until(lambda: window.list.model.rowCount() == 2)
    assert window.damaged is None
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    window.preferences.close()
