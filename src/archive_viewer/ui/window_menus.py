"""The menu bar and the toolbar, put together from the action table.

In: the actions, the looks, the recent libraries.  Out: menus.  Separate from the window because it is all names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from archive_viewer.ui import icons
from archive_viewer.ui.actions import ACTIONS, MENUS, SEPARATOR, STRETCH, TOOLBAR
from archive_viewer.ui.looks import SYSTEM, WIDTHS, Looks

ICON = QSize(20, 20)


class WindowMenus(QObject):
    """Signals: ``library_wanted`` – a recent library's folder; ``recent_cleared``."""

    library_wanted = Signal(Path)
    recent_cleared = Signal()

    def __init__(self, window: QMainWindow, actions: Mapping[str, QAction], looks: Looks) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._looks = looks
        self._recent = QMenu(self.tr("Open &Recent"), window)
        submenus = {
            ">recent": self._recent,
            ">theme": self._theme_menu(),
            ">width": self._width_menu(),
            ">font": self._face_menu(),
        }
        for which, title, names in MENUS:
            menu = window.menuBar().addMenu(QCoreApplication.translate("Actions", title))
            # There an act that is off says why.
            menu.setToolTipsVisible(which == "arrange")
            for name in names:
                if name == SEPARATOR:
                    menu.addSeparator()
                elif name in submenus:
                    menu.addMenu(submenus[name])
                else:
                    menu.addAction(actions[name])
        self._bar = self._make_toolbar()
        looks.changed.connect(self.colour)
        self.colour()

    @property
    def toolbar(self) -> QToolBar:
        return self._bar

    def show_recent(self, folders: Mapping[Path, bool]) -> None:
        """The libraries opened last, and whether each is still there; one that has gone is shown, but off."""
        self._recent.clear()
        for folder, is_there in folders.items():
            name = f"{folder.name} — {folder.parent}" if is_there else self.tr("{name} (gone)").format(name=folder)
            action = self._recent.addAction(name.replace("&", "&&"))
            action.setEnabled(is_there)
            action.triggered.connect(lambda _checked, folder=folder: self.library_wanted.emit(folder))
        self._recent.setEnabled(bool(folders))
        if folders:
            self._recent.addSeparator()
            self._recent.addAction(self.tr("&Clear This List")).triggered.connect(self.recent_cleared)

    def colour(self) -> None:
        """Draw the icons in the theme's colours."""
        # The application's: a window that is still being made has not heard of it yet.
        palette = QApplication.palette()
        for action in ACTIONS:
            if action.icon:
                self._actions[action.id].setIcon(icons.icon(action.icon, palette))

    def _make_toolbar(self) -> QToolBar:
        bar = QToolBar(self.tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(ICON)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in TOOLBAR:
            if name == SEPARATOR:
                bar.addSeparator()
            elif name == STRETCH:
                gap = QWidget()
                gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
                bar.addWidget(gap)
            else:
                bar.addAction(self._actions[name])
        self._window.addToolBar(bar)
        return bar

    def _theme_menu(self) -> QMenu:
        names = {
            SYSTEM: self.tr("&Follow the System"),
            "light": self.tr("&Light"),
            "dark": self.tr("&Dark"),
            "sepia": self.tr("&Sepia"),
        }
        return self._choices(self.tr("T&heme"), names, lambda: self._looks.theme_name, self._looks.choose_theme)

    def _width_menu(self) -> QMenu:
        names = {
            WIDTHS["narrow"]: self.tr("&Narrow"),
            WIDTHS["medium"]: self.tr("&Medium"),
            WIDTHS["wide"]: self.tr("&Wide"),
        }
        return self._choices(self.tr("Te&xt Width"), names, lambda: self._looks.width, self._looks.choose_width)

    def _face_menu(self) -> QMenu:
        names = {"serif": self.tr("&Serif"), "sans": self.tr("S&ans Serif")}
        return self._choices(self.tr("Text Fo&nt"), names, lambda: self._looks.face, self._looks.choose_face)

    def _choices(self, title: str, names: Mapping, chosen: Callable[[], object], choose: Callable[..., None]) -> QMenu:
        menu = QMenu(title, self._window)
        group = QActionGroup(menu)
        for value, name in names.items():
            action = group.addAction(menu.addAction(name))
            action.setCheckable(True)
            action.setData(value)
            action.triggered.connect(lambda _checked, value=value: choose(value))

        def check() -> None:
            for action in group.actions():
                action.setChecked(action.data() == chosen())

        menu.aboutToShow.connect(check)
        return menu
