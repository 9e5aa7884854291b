"""What was typed is not lost by one key too many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from archive_viewer.ui.link_dialog import LinkDialog
from archive_viewer.ui.note_editor import NoteEditor
from archive_viewer.ui.tag_editor import TagEditor
from archive_viewer.ui.typing_dialog import TypingDialog

MAKERS: dict[str, tuple[Callable[[], TypingDialog], Callable[[TypingDialog], QWidget]]] = {
    "note": (lambda: NoteEditor("Tïtle 😀", "so far", ["law"], ["law"]), lambda dialog: dialog.text),
    "tags of a note": (lambda: NoteEditor("Tïtle 😀", "", [], []), lambda dialog: dialog.tags_line),
    "tags": (lambda: TagEditor("Tïtle 😀", ["law"], ["law"]), lambda dialog: dialog.line),
    "link": (lambda: LinkDialog("one", "other"), lambda dialog: dialog.note_text),
}


@pytest.fixture(params=MAKERS)
def opened(request: pytest.FixtureRequest, qtbot: QtBot) -> tuple[TypingDialog, QWidget]:
    """A dialog on the screen, and where one types in it."""
    make, find = MAKERS[request.param]
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    return dialog, find(dialog)


def test_the_first_esc_warns_and_the_second_leaves(opened: tuple[TypingDialog, QWidget], qtbot: QtBot) -> None:
    dialog, field = opened
    leaving = dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    before = leaving.text()
    qtbot.keyClicks(field, "ferry")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.warning.isVisible()
    assert leaving.text() == "Throw Away"
    # Whoever goes on typing is warned anew.
    qtbot.keyClicks(field, "s")
    assert not dialog.warning.isVisible()
    assert leaving.text() == before
    dialog.close()
    assert dialog.isVisible()
    leaving.click()
    assert not dialog.isVisible()
    assert dialog.result() == 0


def test_where_nothing_was_typed_nothing_is_asked(opened: tuple[TypingDialog, QWidget], qtbot: QtBot) -> None:
    dialog, _field = opened
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
