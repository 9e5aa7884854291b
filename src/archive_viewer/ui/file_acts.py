"""What the actions of the File, Library and Help menus do: libraries, imports, exports, printing, upkeep.

In: the window's parts.  Out: the effects, by action id.  Separate from the other acts because these open the system's
file dialogs; what they do with a path can be done, and tested, without one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from archive_viewer.exporting import EXPORTERS
from archive_viewer.library import Library, Task
from archive_viewer.ui.about import About
from archive_viewer.ui.backups_dialog import BackupsDialog
from archive_viewer.ui.engine_dialog import EngineDialog
from archive_viewer.ui.export_dialog import Choice, ExportDialog
from archive_viewer.ui.folder_choice import ask_folder, ask_new_folder, last_folder, writing_folder
from archive_viewer.ui.guide import Guide
from archive_viewer.ui.open_library import OpenLibrary

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


class FileActs(QObject):
    """Each effect stands by itself; what belongs to the pages that are chosen asks the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_by_id
        self._library: OpenLibrary | None = None

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library

    def effects(self) -> dict[str, Callable[..., None]]:
        window = self._window
        return {
            "new-library": self._new_library,
            "open-library": self._open_library,
            "import-files": self._import_files,
            "import-folder": self._import_folder,
            "export": self._export,
            "print": self._print,
            "close-tab": lambda: window.tabs.close_tab(window.tabs.currentIndex()),
            "reopen-tab": window.tabs.reopen,
            "quit": self._quit,
            "verify-export": self._verify_export,
            "check-originals": lambda: self._request(Library.request_fixity),
            "rebuild-index": lambda: self._request(Library.request_rebuild),
            "search-engine": self._ask_engine,
            "back-up": self._back_up,
            "go-back-to": self._go_back,
            "show-folder": self._show_folder,
            "first-steps": self._show_steps,
            "guide": lambda: Guide(window).show(),
            "about": lambda: About(window).open(),
        }

    def _new_library(self) -> None:
        title, name = self.tr("New library: choose a name and a place"), self.tr("My Archive")
        ask_new_folder(self._window, title, name, self.tr("Create"), self._window.open_library)

    def _open_library(self) -> None:
        title = self.tr("Open a library: choose its folder")
        ask_folder(self._window, title, lambda folder: self._window.open_library(folder, is_new_allowed=False))

    def _import_files(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Import saved pages"), last_folder(self._window))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(names: list[str]) -> None:
            if names:
                self._window.preferences.set("last-folder", str(Path(names[0]).parent))
                self._window.preview_import([Path(name) for name in names])

        dialog.filesSelected.connect(chosen)
        dialog.open()

    def _import_folder(self) -> None:
        title = self.tr("Import a folder of saved pages")
        ask_folder(self._window, title, lambda folder: self._window.preview_import([folder]))

    def _export(self) -> None:
        if self._library is not None:
            dialog = ExportDialog(self._library.bridge, self.export_choices(), self._export_folder(), self._window)
            dialog.exported.connect(self._exported)
            dialog.open()

    def export_choices(self) -> list[Choice]:
        """Which sets of excerpts can be handed over, the likeliest first."""
        window = self._window
        choices = []
        chosen = window.list.selected_ids()
        front = window.tabs.front()
        if len(chosen) > 1:
            choices.append(Choice(self.tr("the {count} selected pages").format(count=len(chosen)), tuple(chosen)))
        if front is not None and front.reading is not None:
            choices.append(Choice(self.tr("this page: {title}").format(title=front.title[:60]), (front.item_id,)))
        if window.list.query and window.list.model.item_ids:
            name = self.tr("pages found by “{query}”").format(query=window.list.query[:40])
            choices.append(Choice(name, tuple(window.list.model.item_ids)))
        elif window.list.scope.kind not in ("all", "bin", "attention"):
            name = self.tr("{count} pages in the list").format(count=len(window.list.model.item_ids))
            choices.append(Choice(name, tuple(window.list.model.item_ids)))
        choices.append(Choice(self.tr("the whole library")))
        return choices

    @Slot(Path, int)
    def _exported(self, path: Path, count: int) -> None:
        self._window.preferences.set("export-folder", str(path.parent))
        self._window.tell(self.tr("{count} excerpts written to {path}").format(count=count, path=path))

    def _verify_export(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Verify an export: choose the file"), str(self._export_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        suffixes = " ".join(f"*.{exporter.suffix.lstrip('.')}" for exporter in EXPORTERS)
        dialog.setNameFilters(
            [self.tr("Exported excerpts ({suffixes})").format(suffixes=suffixes), self.tr("All files (*)")]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self._window.jumps.show_verification(Path(name)))
        dialog.open()

    def _export_folder(self) -> Path:
        return writing_folder(self._window.preferences.get("export-folder", ""))

    def _print(self) -> None:
        front = self._window.tabs.front()
        if front is not None and front.reading is not None:
            front.print_page(self._window, self._printed)

    def _printed(self, pages: int) -> None:
        self._window.tell(self.tr("{count} pages printed").format(count=pages))

    def _quit(self) -> None:
        self._window.close()

    def _request(self, ask: Callable[[Library], Task]) -> None:
        if self._library is not None:
            self._library.request(ask, self._window.show_task)

    def _ask_engine(self) -> None:
        if self._library is not None:
            dialog = EngineDialog(self._library.bridge, self._window)
            dialog.chosen.connect(self._choose_engine)
            dialog.open()

    @Slot(str)
    def _choose_engine(self, name: str) -> None:
        def choose(library: Library) -> Task:
            library.choose_engine(name)
            return library.request_rebuild()

        self._request(choose)

    def _back_up(self) -> None:
        if self._library is not None:
            self._library.bridge.do(
                Library.backup,
                lambda path: self._window.tell(self.tr("Backed up to {path}").format(path=path)),
                owner=self,
            )

    def _go_back(self) -> None:
        folder = self._library.folder if self._library is not None else self._window.damaged
        if folder is not None:
            dialog = BackupsDialog(
                folder.name, self._library.bridge if self._library is not None else None, self._window
            )
            dialog.copied.connect(lambda: self._window.shelf.look_for_backups(folder))
            self._window.shelf.backups_found.connect(dialog.show_backups)
            dialog.chosen.connect(lambda backup: self._window.go_back_to(folder, backup))
            self._window.shelf.look_for_backups(folder)
            dialog.open()

    def _show_folder(self) -> None:
        if self._library is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._library.folder)))

    def _show_steps(self) -> None:
        self._window.preferences.set("steps-away", False)
        self._window.steps.begin_again()
        self._window.steps.show()
        self._actions["show-library"].setChecked(True)
