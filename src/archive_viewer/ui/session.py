"""What the window looks like when it comes back: place on the screen, panes, open tabs, search, first steps.

In: the window.  Out: preferences, written at every change so that a crash loses nothing.  Separate because it touches
every pane and decides nothing.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect
from PySide6.QtGui import QGuiApplication

from archive_viewer.ui.arrangement_button import Arrangement
from archive_viewer.ui.timers import debounced

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

SAVE_AFTER_MS = 500
KEPT_SESSIONS = 20
PANES = ("show-library", "show-margin", "show-outline")


class Session(QObject):
    """Follows the window and remembers it; restores when asked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_restoring = False
        self._saving = debounced(self, SAVE_AFTER_MS, self._save)
        window.installEventFilter(self)
        for splitter in (window.panes, window.library_parts):
            splitter.splitterMoved.connect(self._saving.start)
        window.arrangement.folded.connect(self._saving.start)
        window.tree.folded.connect(self._saving.start)
        window.tabs.tabs_changed.connect(self._saving.start)
        window.list.searched.connect(self._saving.start)
        window.list.arranged.connect(self._saving.start)
        window.list.facets.arranged.connect(self._saving.start)
        window.steps.ticked.connect(lambda done: window.preferences.set("steps", done))
        for name in PANES:
            window.actions_by_id[name].toggled.connect(self._saving.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange):
            self._saving.start()
        return super().eventFilter(watched, event)

    # -- the window ---------------------------------------------------------------------------------------------

    def restore_window(self) -> None:
        """Put the window where it was, or in the middle of the screen in a good size."""
        window, preferences = self._window, self._window.preferences
        geometry = QByteArray.fromHex(preferences.get("geometry", "").encode("ascii", "ignore"))
        if geometry.isEmpty() or not window.restoreGeometry(geometry):
            window.setGeometry(first_place(QGuiApplication.primaryScreen().availableGeometry()))
        sizes = preferences.get("panes", [])
        is_usable = are_sizes(sizes, window.panes.count())
        window.panes.setSizes(sizes if is_usable else first_sizes(window.width()))
        if are_sizes(shares := preferences.get("library-parts", []), 2):
            window.library_parts.keep(shares)
        window.tree.fold(preferences.get("folded-parts", window.tree.folded_kinds()))
        hidden = preferences.get("hidden", ["show-outline"])
        for name in PANES:
            window.actions_by_id[name].setChecked(name not in hidden)
        window.list.arrange(arrangement_of(preferences.get("arrangement", {})))
        window.list.facets.restore(preferences.get("narrowing", {}))
        window.steps.tick(*(step for step in preferences.get("steps", []) if isinstance(step, str)))

    def save_window(self) -> None:
        window, preferences = self._window, self._window.preferences
        preferences.set("geometry", bytes(window.saveGeometry().toHex().data()).decode("ascii"))
        if window.isVisible():
            if not window.margin.gives_way:
                preferences.set("panes", window.panes.sizes())
            if shares := window.library_parts.kept():
                preferences.set("library-parts", shares)
        preferences.set("folded-parts", window.tree.folded_kinds())
        preferences.set("hidden", [name for name in PANES if not window.actions_by_id[name].isChecked()])
        preferences.set("arrangement", asdict(window.list.arrangement))
        preferences.set("narrowing", window.list.facets.state())

    # -- the library --------------------------------------------------------------------------------------------

    def restore_library(self) -> None:
        """Open again the tabs and the search that this library was left with."""
        window = self._window
        if window.library is None:
            return
        session = window.preferences.get("sessions", {}).get(str(window.library.folder), {})
        self._is_restoring = True
        if isinstance(session, dict):
            window.list.search(str(session.get("query", "")))
            window.tabs.restore(session)
            if isinstance(unfolded := session.get("unfolded"), list):
                window.arrangement.unfold_only(str(unit_id) for unit_id in unfolded)
        self._is_restoring = False

    def save_library(self, folder: Path) -> None:
        window = self._window
        sessions = dict(window.preferences.get("sessions", {}))
        left = sessions.pop(str(folder), None)
        unfolded = window.arrangement.unfolded()
        if unfolded is None and isinstance(left, dict):
            # The units have not been read yet.
            unfolded = left.get("unfolded")
        sessions[str(folder)] = {
            **window.tabs.session(),
            "query": window.list.query,
            **({"unfolded": unfolded} if unfolded is not None else {}),
        }
        newest = list(sessions.items())[-KEPT_SESSIONS:]
        window.preferences.set("sessions", dict(newest))

    def _save(self) -> None:
        self.save_window()
        if self._window.library is not None and not self._is_restoring:
            self.save_library(self._window.library.folder)


def are_sizes(saved: list[Any], count: int) -> bool:
    """Whether these are the sizes of so many panes."""
    return len(saved) == count and all(isinstance(size, int) and size >= 0 for size in saved)


def arrangement_of(saved: dict[str, Any]) -> Arrangement:
    """The arrangement that was kept; what does not fit is as usual."""
    usual = asdict(Arrangement())
    known: dict[str, Any] = {name: value for name, value in saved.items() if isinstance(value, type(usual.get(name)))}
    return Arrangement(**known)


def first_place(screen: QRect) -> QRect:
    """A good first size: nearly all of a small screen, a good part of a large one."""
    width = min(screen.width(), max(1240, min(1680, round(screen.width() * 0.8))))
    height = min(screen.height(), max(680, min(1080, round(screen.height() * 0.85))))
    place = QRect(0, 0, width, height)
    place.moveCenter(screen.center())
    return place


def first_sizes(width: int) -> list[int]:
    """Widths of library, list, reader and margin: the reader gets what makes a good line, first of all."""
    library, items, margin = (186, 288, 232) if width < 1400 else (190, 300, 260) if width < 1600 else (230, 380, 330)
    return [library, items, max(320, width - library - items - margin), margin]
