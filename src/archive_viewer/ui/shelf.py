"""Which library is shown: opened off the main thread, the one before closed, and word of both.

In: folders.  Out: one ``OpenLibrary`` at a time.  Separate from the window because opening, refusing and closing all
take their time and cross one another: a folder may be refused while another library is still shown.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from archive_viewer.errors import ArchiveViewerError, LibraryDamaged
from archive_viewer.library import Library, backups
from archive_viewer.ui.crossing import tell
from archive_viewer.ui.open_library import OpenLibrary

GIVING_WAY_MS = 150
"""How often it is looked whether the dialog has been answered that a library which has come waits for."""


@dataclass(frozen=True)
class Backup:
    """A copy of a library's database.  ``made_at``: ISO 8601, UTC; ``size`` in bytes; ``kind``: ``replaced`` (by an
    earlier backup), ``before-form`` (before a new program changed the form of the database), or empty."""

    path: Path
    made_at: str
    size: int
    kind: str = ""


class Shelf(QObject):
    """Signals: ``shown`` – an ``OpenLibrary``; ``leaving`` – the one about to be closed; ``refused`` – folder, sentence
    and whether it is damaged; ``looked`` – folder → whether a library is there; ``backups_found`` – a list of
    ``Backup``; ``went_back`` – a sentence of what kept a library from a backup, or empty; ``closed`` – after
    ``close``, when all has ended."""

    shown = Signal(object)
    leaving = Signal(object)
    refused = Signal(Path, str, bool)
    looked = Signal(object)
    backups_found = Signal(object)
    went_back = Signal(str)
    closed = Signal()
    _opened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library: OpenLibrary | None = None
        self._arriving: Library | None = None
        self._going_back: tuple[Path, Path] | None = None
        self._is_closing = False
        self._opened.connect(self._take)
        self._giving_way = QTimer(self, singleShot=True, interval=GIVING_WAY_MS)
        self._giving_way.timeout.connect(self._give_way)

    @property
    def has_one_waiting(self) -> bool:
        """Whether a library has come that waits until a dialog of the one that is shown is answered."""
        return self._giving_way.isActive()

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

    def look_for_backups(self, folder: Path) -> None:
        """Look which backups of a library there are; ``backups_found`` follows, the newest first."""
        threading.Thread(target=self._look_for_backups, args=(folder,), name="library-look", daemon=True).start()

    def go_back(self, folder: Path, backup: Path) -> None:
        """Put a backup in the place of a library's database and show the library; ``went_back`` follows.

        The library is closed first, if it is the one that is shown.
        """
        self._going_back = (folder, backup)
        if self.library is not None:
            self._leave()
        else:
            self._start_going_back()

    def close(self) -> None:
        """Close the library that is shown; ``closed`` follows."""
        self._is_closing = True
        self._giving_way.stop()
        if self._arriving is not None:
            arriving, self._arriving = self._arriving, None
            threading.Thread(target=arriving.close, name="library-close").start()
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
            tell(self, self.refused, folder, str(error), isinstance(error, LibraryDamaged))
        else:
            if shiboken6.isValid(self):
                tell(self, self._opened, library)
            else:
                library.close()

    def _look(self, folders: Sequence[Path], usual: Sequence[Path]) -> None:
        found = {folder: (folder / "library.db").is_file() for folder in folders}
        found |= {folder: True for folder in usual if folder not in found and (folder / "library.db").is_file()}
        tell(self, self.looked, found)

    def _look_for_backups(self, folder: Path) -> None:
        found = [backup for path in backups.listed(folder) if (backup := _backup(path)) is not None]
        tell(self, self.backups_found, found)

    def _go_back(self, folder: Path, backup: Path) -> None:
        trouble = ""
        try:
            Library.restore_backup(folder, backup)
        except ArchiveViewerError as error:
            trouble = str(error)
        self._open(folder, False)
        tell(self, self.went_back, trouble)

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
            self._give_way()
        elif unwanted is None:
            self._show()

    @Slot()
    def _give_way(self) -> None:
        """Leave for the library that has come, but not from under a dialog: what is typed there belongs to this one."""
        if QApplication.activeModalWidget() is not None:
            self._giving_way.start()
        elif self._arriving is not None:
            self._leave()

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
        elif self._going_back is not None:
            self._start_going_back()
        else:
            self._show()

    def _start_going_back(self) -> None:
        if self._going_back is not None:
            wanted, self._going_back = self._going_back, None
            threading.Thread(target=self._go_back, args=wanted, name="library-restore").start()


def _backup(path: Path) -> Backup | None:
    """None where the file has gone meanwhile."""
    try:
        state = path.stat()
    except OSError:
        return None
    kind = "replaced" if path.stem.endswith("-replaced") else "before-form" if "-before-form" in path.stem else ""
    return Backup(path, datetime.fromtimestamp(state.st_mtime, UTC).isoformat(timespec="seconds"), state.st_size, kind)
