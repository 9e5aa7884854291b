"""Completing a query while it is typed: field names, and the values that the library has in them.

In: the box, the bridge.  Out: what was picked, in the box.  Separate from the popup, which knows rows only.  The
library counts code points and the box UTF-16 units; they are made into each other here.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from archive_viewer.library import Completion
from archive_viewer.search.completion import part_at
from archive_viewer.text import from_utf16, to_utf16
from archive_viewer.ui import search_words, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.completion_popup import CompletionPopup, Suggestion

LEAST_TYPED = 2
"""Letters of a word before fields are offered for it: any letter begins one."""


class Completions(QObject):
    """Signal ``completed`` – something was put into the box."""

    completed = Signal()

    def __init__(self, box: QLineEdit) -> None:
        super().__init__(box)
        self._box = box
        self._bridge: Bridge | None = None
        self._is_wanted = False
        self.popup = CompletionPopup(box, self.tr("Completions"))
        self.popup.picked.connect(self._put_in)
        box.textEdited.connect(lambda: self.ask())

    def attach(self, bridge: Bridge | None) -> None:
        self._bridge = bridge
        self.dismiss()

    @Slot()
    def ask(self, *, is_asked_for: bool = False) -> None:
        """Ask what may stand at the cursor; ``is_asked_for``: also where nothing is typed yet."""
        text = self._box.text()
        cursor = from_utf16(text, self._box.cursorPosition())
        part = part_at(text, cursor)
        self._is_wanted = bool(part.field) or len(part.typed) >= LEAST_TYPED or is_asked_for
        if not self._is_wanted or self._bridge is None:
            self.popup.hide()
            return
        self._bridge.ask(
            lambda library: library.completions(text, cursor),
            lambda found: self._offer(text, found),
            owner=self,
            newest="completions",
        )

    def dismiss(self) -> None:
        """What was asked for is not wanted any more."""
        self._is_wanted = False
        self.popup.hide()

    def _offer(self, text: str, found: list[Completion]) -> None:
        if not self._is_wanted or text != self._box.text() or not self._box.hasFocus():
            return
        new = [one for one in found if text[one.start : one.end].rstrip() != one.text]
        self.popup.offer([_suggestion(one) for one in new])

    @Slot(object)
    def _put_in(self, chosen: Completion) -> None:
        text = self._box.text()
        after = text[chosen.end :]
        is_field = chosen.text.endswith(":")
        # A value is whole, and what follows is another part.
        blank = "" if is_field or after[:1].isspace() or after[:1] == ")" else " "
        before = text[: chosen.start] + chosen.text + blank
        self._box.setText(before + after)
        self._box.setCursorPosition(to_utf16(before, len(before)))
        self.completed.emit()
        if is_field:
            self.ask()


def _suggestion(one: Completion) -> Suggestion:
    if one.text.endswith(":"):
        return Suggestion(one, one.text, search_words.meaning(one.name))
    return Suggestion(one, one.name, wording.number(one.count) if one.count else "")
