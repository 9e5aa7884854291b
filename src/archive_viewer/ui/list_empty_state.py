"""What the list of pages says while it has no row: why there is none, and what can be done.

In: the part of the collection that is shown, or that a query found nothing.  Out: nothing.  Separate from the list,
which shows pages: these are sentences, one for each part that may be empty.
"""

from __future__ import annotations

from PySide6.QtGui import QAction

from archive_viewer.library import Scope
from archive_viewer.ui.empty_state import EmptyState


class ListEmptyState(EmptyState):
    """Lies over the list; an accession explains itself, once the library was asked where its pages are."""

    def say_not_found(self, other: QAction | None) -> None:
        """A query found nothing; ``other`` asks what may be meant."""
        hint = self.tr("Try fewer words, the beginning of a word with a star (negotiat*), or another spelling.")
        self.say(self.tr("Nothing found"), hint, "search", other)

    def say_of_scope(self, scope: Scope) -> None:
        """A part of the collection has no page."""
        if scope.kind == "bin":
            self.say(self.tr("The bin is empty"), self.tr("Pages moved to the bin wait here."), "bin")
        elif scope.kind == "all":
            importing = self.window().findChild(QAction, "import-folder")
            is_possible = importing is not None and importing.isEnabled()
            self.say(
                self.tr("No pages yet"),
                self.tr("Drop saved pages or whole folders anywhere on this window.  They are copied, never moved.")
                if is_possible
                else self.tr("This library holds nothing, and it is open for reading only."),
                "import",
                importing if is_possible else None,
            )
        elif scope.kind == "unit":
            hint = self.tr("Drag pages from the list onto the unit, or choose them and then Arrange > Move Pages to…")
            self.say(self.tr("No page stands in this unit"), hint, "arrange")
        elif scope.kind == "unarranged":
            self.say(self.tr("Every page is arranged"), "", "arrange")
        else:
            self.say(self.tr("Nothing here"), "", "page")
