"""What was asked before: the last queries of each library, shown in the popup of the box.

In: queries that were meant.  Out: a list, newest first.  They are a person's own and stay in the preferences of this
machine: a library that is handed over does not tell what its archivist was looking for.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from archive_viewer.search.asked import Asked
from archive_viewer.text import fold
from archive_viewer.ui.completion_popup import Suggestion
from archive_viewer.ui.preferences import Preferences

KEPT = 50
KEPT_LIBRARIES = 20
QUERIES, SWITCH = "queries", "queries-kept"


class SearchHistory(QObject):
    """The queries of one library at a time."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._library = ""

    def attach(self, folder: Path | None) -> None:
        """Speak of another library, or none."""
        self._library = str(folder) if folder is not None else ""

    @property
    def is_kept(self) -> bool:
        return bool(self._preferences.get(SWITCH, True))

    def keep(self, is_kept: bool) -> None:
        """Go on keeping queries, or not; what there is stays until it is cleared."""
        self._preferences.set(SWITCH, is_kept)

    def queries(self) -> list[str]:
        """The queries of this library, the one asked last first."""
        found = self._all().get(self._library, [])
        return [query for query in found if isinstance(query, str)] if isinstance(found, list) else []

    def add(self, query: str) -> None:
        """A query was meant: it has been answered and looked at, or Enter was pressed."""
        if query and self._library and self.is_kept:
            others = [one for one in self.queries() if one != query]
            self._put([query, *others][:KEPT])

    def clear(self) -> None:
        """Forget the queries of this library."""
        self._put([])

    def suggestions(self, typed: str) -> list[Suggestion]:
        """The queries with what is typed in them; all, where nothing is."""
        sought = fold(typed)
        asked = [(query, Asked.of(query)) for query in self.queries()]
        return [Suggestion(query, one.typed, icon="clock") for query, one in asked if sought in fold(one.typed)]

    def _all(self) -> dict[str, object]:
        return dict(self._preferences.get(QUERIES, {}))

    def _put(self, queries: list[str]) -> None:
        every = self._all()
        every.pop(self._library, None)
        if queries:
            every[self._library] = queries
        self._preferences.set(QUERIES, dict(list(every.items())[-KEPT_LIBRARIES:]))
