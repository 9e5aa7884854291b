"""The start of the window: the Qt application, its language and looks, and the first library.

In: a library's folder (or none) and files to import.  Out: the exit code, when the window is closed.  Separate from
the window, which can be made many times in one process by the tests; this runs once.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from archive_viewer import __version__, settings
from archive_viewer.ui import chrome, icons
from archive_viewer.ui.fonts import quiet_font_search
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.preferences import Preferences

LOG = logging.getLogger(__name__)
NAME = "Archive Viewer"
SIGNAL_LOOKED_FOR_MS = 500


def run(library: Path | None, paths: Sequence[Path]) -> int:
    """Show the window until it is closed; ``paths`` are imported and shown."""
    app = make_application(sys.argv[:1])
    preferences = Preferences(app)
    window = MainWindow(preferences)
    window.closed.connect(app.quit)
    _report_faults(window)
    window.show()
    start = first_library(library, paths, preferences)
    window.open_library(start.folder, then_import=start.paths, is_import_shown=bool(paths))
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


@dataclass(frozen=True)
class Start:
    """The library to show first, and what to import into it."""

    folder: Path
    paths: tuple[Path, ...] = ()


def first_library(asked: Path | None, paths: Sequence[Path], preferences: Preferences) -> Start:
    """The library that was asked for, else the one opened last that is still there, else the sample, to be filled.

    A person's own files never go into the sample: for them there is the default library.
    """
    given = tuple(paths)
    if asked is not None:
        return Start(asked, given)
    sample = settings.sample_library()
    for name in preferences.get("recent", []):
        folder = Path(name)
        if (folder / "library.db").is_file() and not (given and folder == sample):
            return Start(folder, given)
    if given:
        return Start(settings.default_library(), given)
    is_filled = (sample / "library.db").is_file()
    return Start(sample, () if is_filled else (settings.resource("sample_archive"),))


def _report_faults(window: MainWindow) -> None:
    """A fault of ours goes to the log and is owned up to; the window lives on."""

    def report(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        LOG.error("a fault in the window", exc_info=(kind, fault, trace))
        window.show_trouble(
            window.tr("Something went wrong inside Archive Viewer.  What was stored is safe; the log says more.")
        )

    sys.excepthook = report


def _obey_signals(app: QApplication, window: MainWindow) -> None:
    """End as if the window were closed when the system asks for it; Python looks for signals only between calls."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())
    timer = QTimer(app, interval=SIGNAL_LOOKED_FOR_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
