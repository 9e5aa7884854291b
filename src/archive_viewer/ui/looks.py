"""How the window and its pages look: theme, zoom, width of the text, face; kept as preferences.

In: a person's choices and the system's colour scheme.  Out: the application's palette and style sheet, and every
reading view dressed alike.  Separate so that a page opened later looks like those opened before.
"""

from __future__ import annotations

from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from archive_viewer.ui import chrome
from archive_viewer.ui.fonts import Face
from archive_viewer.ui.preferences import Preferences
from archive_viewer.ui.reading_view import ReadingView
from archive_viewer.ui.stripped_view import StrippedView
from archive_viewer.ui.theme import LIGHT, THEMES, Theme, theme_of_system

SYSTEM = "system"
WIDTHS = {"narrow": 56, "medium": 68, "wide": 84}
DEFAULT_WIDTH = 68


class Looks(QObject):
    """``changed``: another theme is on."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._views: WeakSet[ReadingView | StrippedView] = WeakSet()
        self.theme: Theme = LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    # -- choices ------------------------------------------------------------------------------------------------

    @property
    def theme_name(self) -> str:
        """``system`` or a theme's name."""
        return self._preferences.get("theme", SYSTEM)

    def choose_theme(self, name: str) -> None:
        self._preferences.set("theme", name)
        self._apply()

    @property
    def width(self) -> int:
        """Characters of a line."""
        return self._preferences.get("width", DEFAULT_WIDTH)

    def choose_width(self, characters: int) -> None:
        self._preferences.set("width", characters)
        for view in self._reading_views():
            view.set_text_width(characters)

    @property
    def face(self) -> Face:
        return "sans" if self._preferences.get("face", "serif") == "sans" else "serif"

    def choose_face(self, face: Face) -> None:
        self._preferences.set("face", face)
        for view in self._reading_views():
            view.set_font(face)

    @property
    def zoom(self) -> float:
        return self._preferences.get("zoom", 1.0)

    @Slot(float)
    def follow_zoom(self, factor: float) -> None:
        """One page was zoomed: all others follow."""
        self._preferences.set("zoom", factor)
        for view in self._reading_views():
            if view.zoom != factor:
                view.set_zoom(factor)

    # -- views --------------------------------------------------------------------------------------------------

    def dress(self, view: ReadingView | StrippedView) -> None:
        """Make a new view look like the others, now and when a choice changes."""
        self._views.add(view)
        view.set_theme(self.theme)
        if isinstance(view, ReadingView):
            view.set_font(self.face)
            view.set_text_width(self.width)
            view.set_zoom(self.zoom)
            view.zoom_changed.connect(self.follow_zoom)

    def _reading_views(self) -> list[ReadingView]:
        return [view for view in self._living_views() if isinstance(view, ReadingView)]

    def _living_views(self) -> list[ReadingView | StrippedView]:
        """The views of open tabs: one whose tab was closed may outlive it as a Python object."""
        return [view for view in self._views if shiboken6.isValid(view)]

    @Slot()
    def _apply(self) -> None:
        chosen = next((theme for theme in THEMES if theme.name == self.theme_name), None)
        self.theme = chosen or theme_of_system(QGuiApplication.styleHints().colorScheme())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            chrome.dress(app, self.theme)
        for view in self._living_views():
            view.set_theme(self.theme)
        self.changed.emit()
