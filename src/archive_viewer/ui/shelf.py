"""Which library is shown: opened off the main thread, the one before closed, and word of both.

In: folders.  Out: one ``OpenLibrary`` at a time.  Separate from the window because opening, refusing and closing all
take their time and cross one another: a folder may be refused while another library is still shown.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library
from archive_viewer.ui.open_library import OpenLibrary


class Shelf(QObject):
    """Signals: ``shown`` – an ``OpenLibrary``; ``leaving`` – the one about to be closed; ``refused`` – folder and
    sentence; ``looked`` – folder → whether a library is there; ``closed`` – after ``close``, when all has ended."""

    shown = Signal(object)
    leaving = Signal(object)
    refused = Signal(Path, str)
    looked = Signal(object)
    closed = Signal()
    _opened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library: OpenLibrary | None = None
        self._arriving: Library | None = None
        self._is_closing = False
        self._opened.connect(self._take)

    def open(self, folder: Path, *, is_new_allowed: bool = True) -> None:
        """Open the library in ``folder``; the one shown now stays until it is there.

        Without ``is_new_allowed`` a library has to be there.  A migration or a slow disk must not be felt, so it is
        done on a thread.
        """
        threading.Thread(target=self._open, args=(folder, is_new_allowed), name="library-open").start()

    def look_for(self, folders: Sequence[Path], usual: Sequence[Path] = ()) -> None:
        """Look which of these libraries are there, ``usual`` ones only to be named if they are.

        Not on the main thread: a folder on a network that is away may take seconds.
        """
        threading.Thread(target=self._look, args=(folders, usual), name="library-look", daemon=True).start()

    def close(self) -> None:
        """Close the library that is shown; ``closed`` follows."""
        self._is_closing = True
        if self.library is not None:
            self._leave()
        else:
            QTimer.singleShot(0, self, self.closed.emit)

    # -- on other threads ---------------------------------------------------------------------------------------

    def _open(self, folder: Path, is_new_allowed: bool) -> None:
        try:
            if not is_new_allowed:
                Library.open(folder, "reader").close()
            library = Library.open(folder)
        except ArchiveViewerError as error:
            self.refused.emit(folder, str(error))
        else:
            self._opened.emit(library)

    def _look(self, folders: Sequence[Path], usual: Sequence[Path]) -> None:
        found = {folder: (folder / "library.db").is_file() for folder in folders}
        found |= {folder: True for folder in usual if folder not in found and (folder / "library.db").is_file()}
        self.looked.emit(found)

    # -- on the main thread -------------------------------------------------------------------------------------

    @Slot(object)
    def _take(self, library: Library) -> None:
        unwanted = library if self._is_closing else self._arriving
        if unwanted is not None:
            threading.Thread(target=unwanted.close, name="library-close").start()
        if self._is_closing:
            return
        self._arriving = library
        if self.library is not None:
            self._leave()
        elif unwanted is None:
            self._show()

    def _show(self) -> None:
        if self._arriving is not None:
            library, self._arriving = self._arriving, None
            self.library = OpenLibrary(library, self)
            self.library.closed.connect(self._when_closed)
            self.shown.emit(self.library)

    def _leave(self) -> None:
        if self.library is not None:
            old, self.library = self.library, None
            self.leaving.emit(old)
            old.close()

    @Slot()
    def _when_closed(self) -> None:
        old = self.sender()
        if old is not None:
            old.deleteLater()
        if self._is_closing:
            self.closed.emit()
        else:
            self._show()
