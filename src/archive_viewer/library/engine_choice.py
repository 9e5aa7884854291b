"""Which engine searches a library: what is wanted and what is there in, the one that is used out.

The choice goes with the library; where its engine is not installed, Whoosh searches.  Separate from finding, which
takes whatever engine made the index that it meets.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive_viewer import limits
from archive_viewer.errors import IndexUnavailable
from archive_viewer.library.recleaning import CleaningAgain
from archive_viewer.search import engines
from archive_viewer.storage import items, library_settings

ENGINES = engines.NAMES
"""Their names; the first is always there."""

_SETTING = "search engine"


@dataclass(frozen=True)
class EngineState:
    """``used``: the engine that the next index is of; ``others``: why each of the rest cannot be chosen, or ``""``."""

    used: str
    others: dict[str, str]


class ChoosingEngine(CleaningAgain):
    """The part of a library that knows which engine searches it."""

    def engine_state(self) -> EngineState:
        """What is used, and what may be chosen instead."""
        used = self._wanted_engine()
        return EngineState(used, {name: self._why_not(name) for name in ENGINES if name != used})

    def choose_engine(self, name: str) -> None:
        """Let the library be searched by this engine from the next building of its index on.

        :raises IndexUnavailable: it is not installed.
        """
        if not engines.is_installed(name):
            raise IndexUnavailable(_not_installed(name))
        with self._database.writing() as connection:
            library_settings.put(connection, _SETTING, name)

    def _wanted_engine(self) -> str:
        with self._database.reading() as connection:
            wanted = library_settings.get(connection, _SETTING)
        return wanted if isinstance(wanted, str) and engines.is_installed(wanted) else ENGINES[0]

    def _why_not(self, name: str) -> str:
        if not engines.is_installed(name):
            return _not_installed(name)
        with self._database.reading() as connection:
            pages = items.count_in(connection, "all")
        if name == ENGINES[0] or pages >= limits.LARGE_LIBRARY:
            return ""
        return f"It is worth its while from {limits.LARGE_LIBRARY:,} pages on; this library has {pages:,}."


def _not_installed(name: str) -> str:
    return f'{name.capitalize()} is not installed.  It comes with: pip install "archive-viewer[{name}]"'
