"""The system's dialogs for a folder that is there, or for one that is to be made; each remembers the last place.

In: a window, a title, what to do with the answer.  Out: nothing at once: nobody waits for a dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

Chosen = Callable[[Path], object]


def last_folder(window: MainWindow) -> str:
    """Where a person chose something last."""
    return window.preferences.get("last-folder", "") or QDir.homePath()


def writing_folder(remembered: str = "") -> Path:
    """Where a file is offered to be written: the folder that is remembered, else that for documents, else the home.

    A fresh account may have no folder for documents yet, and a remembered one may have gone; of a folder that is not
    there the system's dialog would make a name below the one in which the program was started.
    """
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return next((Path(name) for name in (remembered, documents) if name and Path(name).is_dir()), Path.home())


def ask_folder(window: MainWindow, title: str, chosen: Chosen) -> None:
    """Ask for a folder that is there."""
    dialog = QFileDialog(window, title, last_folder(window))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def remember(name: str) -> None:
        window.preferences.set("last-folder", name)
        chosen(Path(name))

    dialog.fileSelected.connect(remember)
    dialog.open()


def ask_new_folder(window: MainWindow, title: str, name: str, verb: str, chosen: Chosen) -> None:
    """Ask for the name and place of a folder that is not there yet; ``verb`` stands on the button."""
    dialog = QFileDialog(window, title, last_folder(window))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(QCoreApplication.translate("FolderChoice", "New folder (*)"))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    # What is there already is refused by the library, and never replaced.
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def remember(name: str) -> None:
        window.preferences.set("last-folder", str(Path(name).parent))
        chosen(Path(name))

    dialog.fileSelected.connect(remember)
    dialog.open()
