"""What the window remembers of searching, and the card that helps with it.

In: the window's preferences and its search box.  Out: where was searched last, what was asked, the card.  Separate from
the box, which knows no preferences, and from the window, which knows no queries.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from archive_viewer.ui.search_help import SearchHelp
from archive_viewer.ui.search_history import SearchHistory

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

PARTS, NAMES = "searched-parts", "names-in-any-spelling"
"""The preferences by which the switches beside the box are as they were left."""


class Searching(QObject):
    """Belongs to the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.history = SearchHistory(window.preferences, self)

    def connect_box(self) -> None:
        """Let the box be as it was left, and remember."""
        box, preferences = self._window.list.search_box, self._window.preferences
        box.options.recall(preferences.get(PARTS, []), bool(preferences.get(NAMES, False)))
        box.remember(self.history)
        box.options.chosen.connect(self._keep_options)
        box.help_wanted.connect(self.show_help)

    def attach(self, folder: Path | None) -> None:
        """Remember what is asked of another library, or none."""
        self.history.attach(folder)

    @Slot()
    def _keep_options(self) -> None:
        options = self._window.list.search_box.options
        self._window.preferences.set(PARTS, [] if options.is_usual else options.parts_on())
        self._window.preferences.set(NAMES, options.any_spelling.isChecked())

    @Slot()
    def show_help(self) -> None:
        """Show all that can be asked."""
        card = SearchHelp(self._window)
        card.chosen.connect(self._try)
        card.show()

    @Slot(str)
    def _try(self, example: str) -> None:
        box = self._window.list.search_box
        box.set_query(example)
        box.setFocus(Qt.FocusReason.OtherFocusReason)
