"""The start of the window: the Qt application, its language and looks, and the first library.

In: a library's folder (or none) and files to import.  Out: the exit code, when the window is closed.  Separate from
the window, which can be made many times in one process by the tests; this runs once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from archive_viewer import __version__, settings
from archive_viewer.ui import chrome, icons
from archive_viewer.ui.fonts import quiet_font_search
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.preferences import Preferences

NAME = "Archive Viewer"
SIGNAL_LOOKED_FOR_MS = 500


def run(library: Path | None, paths: Sequence[Path]) -> int:
    """Show the window until it is closed."""
    app = make_application(sys.argv[:1])
    preferences = Preferences(app)
    window = MainWindow(preferences)
    window.closed.connect(app.quit)
    window.show()
    folder, is_first_start = library_to_open(library, preferences)
    window.open_library(folder, then_import=paths or ([settings.resource("sample_archive")] if is_first_start else ()))
    _obey_signals(app, window)
    code = app.exec()
    preferences.close()
    return code


def make_application(arguments: Sequence[str]) -> QApplication:
    """The application object with everything that a widget expects of it."""
    quiet_font_search()
    if QLocale().language() == QLocale.Language.C:
        # A session without a language writes dates and numbers for machines.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    QApplication.setOrganizationName(NAME)
    QApplication.setApplicationName(NAME)
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName(settings.APP)
    app = QApplication(list(arguments))
    app.setQuitOnLastWindowClosed(False)
    app.setStyle("Fusion")
    app.setFont(chrome.interface_font(app.font()))
    app.setWindowIcon(icons.application_icon())
    install_translations(app)
    return app


def install_translations(app: QApplication) -> None:
    """Load Qt's own texts and ours in the system's language, where there are any; English needs none."""
    folders = {"qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}
    ours = Path(__file__).parent
    try:
        folders["archive-viewer"] = str(settings.resource("translations"))
    except FileNotFoundError:
        folders["archive-viewer"] = str(ours)
    for name, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(QLocale(), name, "_", folder):
            app.installTranslator(translator)


def library_to_open(asked: Path | None, preferences: Preferences) -> tuple[Path, bool]:
    """The library that was asked for, else the one opened last that is still there, else the sample.

    The second value says whether the sample has to be filled: nothing was ever opened.
    """
    if asked is not None:
        return asked, False
    for name in preferences.get("recent", []):
        if (Path(name) / "library.db").is_file():
            return Path(name), False
    sample = settings.sample_library()
    return sample, not (sample / "library.db").is_file()


def _obey_signals(app: QApplication, window: MainWindow) -> None:
    """End as if the window were closed when the system asks for it; Python looks for signals only between calls."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())
    timer = QTimer(app, interval=SIGNAL_LOOKED_FOR_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
