"""The acts by which a library's holdings leave it, or another library's come in: given back, bagged, copied, merged.

In: the window's parts.  Out: the effects, by action id.  Separate from the other acts of files because each of these
is long work, shown in the activity strip; what they do with a folder can be done, and tested, without a file dialog.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices

from archive_viewer.jobs.giving_back import Given, give_back
from archive_viewer.library import Task
from archive_viewer.ui import wording
from archive_viewer.ui.bag_dialog import BagDialog
from archive_viewer.ui.errands import Errands
from archive_viewer.ui.folder_choice import ask_folder, ask_new_folder
from archive_viewer.ui.merge_dialog import Choices, MergeDialog
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.troubles_dialog import Trouble, TroublesDialog

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


class HandingActs(QObject):
    """``chosen_items`` tells which pages an act on pages is about."""

    def __init__(self, window: MainWindow, errands: Errands, chosen_items: Callable[[], list[str]]) -> None:
        super().__init__(window)
        self._window = window
        self._errands = errands
        self._chosen_items = chosen_items
        self._library: OpenLibrary | None = None
        window.activity.folder_wanted.connect(self._show_folder)

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library
        if library is not None:
            library.heard.connect(self._hear)

    def effects(self) -> dict[str, Callable[..., None]]:
        return {
            "give-back": self._give_back,
            "bag-library": lambda: self._bag(None),
            "bag-pages": lambda: self._bag(self._chosen_items()),
            "copy-library": self._copy,
            "merge-library": self._merge,
        }

    @Slot(str)
    def _show_folder(self, folder: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    # -- given back -------------------------------------------------------------------------------------------------

    def _give_back(self) -> None:
        chosen = self._chosen_items()
        title = self.tr("Give back originals: choose a folder")
        ask_folder(self._window, title, lambda folder: self.give_back(chosen, folder))

    def give_back(self, item_ids: Sequence[str], folder: Path) -> None:
        """Write the original files of these pages into ``folder``, and tell what was written and what could not be."""
        if self._library is None or not item_ids:
            return
        pages = wording.counted(len(item_ids), self.tr("page"), self.tr("pages"))
        self._errands.run_with(
            self._library.bridge,
            "give-back",
            self.tr("Give back the originals of {pages} to {name}").format(pages=pages, name=folder.name),
            lambda library, job: give_back(library, item_ids, folder, job),
            self._given_back,
            failed=lambda error: self._window.show_trouble(str(error)),
            folder=str(folder),
        )

    def _given_back(self, given: Given) -> str:
        written = self.tr("{files} of {pages} written to {folder}.").format(
            files=wording.counted(given.files, self.tr("file"), self.tr("files")),
            pages=wording.counted(given.pages, self.tr("page"), self.tr("pages")),
            folder=given.folder,
        )
        if not given.refused:
            self._window.tell(written)
            return written
        refused = self.tr("{pages} could not be given back.").format(
            pages=wording.counted(len(given.refused), self.tr("page"), self.tr("pages"))
        )
        self.tell_troubles(self.tr("Not given back"), f"{written}  {refused}", list(given.refused.values()))
        return f"{written}  {refused}"

    def tell_troubles(self, title: str, sentence: str, troubles: Sequence[Trouble]) -> None:
        """Say what went wrong in the banner, from which a list of all of it can be opened."""
        showing = QAction(self.tr("Show What Is Wrong…"), self)
        showing.triggered.connect(lambda: TroublesDialog(title, sentence, troubles, self._window).open())
        self._window.notice.say(sentence, "attention", showing, self._window.notice.put_away)

    # -- bagged and copied ------------------------------------------------------------------------------------------

    def _bag(self, item_ids: Sequence[str] | None) -> None:
        library = self._library
        if library is None or item_ids == []:
            return
        dialog = BagDialog(library.bridge, library.name, item_ids, self._window)
        dialog.wanted.connect(lambda whose, leave_out: self._ask_for_bag(item_ids, whose, leave_out))
        dialog.open()

    def _ask_for_bag(self, item_ids: Sequence[str] | None, organization: str, leave_out_damaged: bool) -> None:
        if self._library is None:
            return
        ask_new_folder(
            self._window,
            self.tr("Bag: choose a name and a place"),
            self._dated(self.tr("bag")),
            self.tr("Make Bag"),
            lambda folder: self.bag(folder, item_ids, organization, leave_out_damaged),
        )

    def bag(
        self,
        folder: Path,
        item_ids: Sequence[str] | None = None,
        organization: str = "",
        leave_out_damaged: bool = False,
    ) -> None:
        """Let the worker write a bag."""
        if self._library is not None:
            self._library.request(
                lambda library: library.request_bag(
                    folder, item_ids=item_ids, organization=organization, leave_out_damaged=leave_out_damaged
                ),
                self._window.show_task,
            )

    def _copy(self) -> None:
        if self._library is not None:
            ask_new_folder(
                self._window,
                self.tr("Copy the library: choose a name and a place"),
                self._dated(self.tr("copy")),
                self.tr("Copy"),
                self.copy_to,
            )

    def copy_to(self, folder: Path) -> None:
        """Let the worker copy the library into a new folder."""
        if self._library is not None:
            self._library.request(lambda library: library.request_copy(folder), self._window.show_task)

    def _dated(self, what: str) -> str:
        """A name that says of which library and which day it is."""
        name = self._library.name if self._library is not None else ""
        return f"{name} {what} {QDate.currentDate().toString(Qt.DateFormat.ISODate)}"

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        """A bag that was not made because of damage can be made without what is damaged, if a person says so."""
        activity = self._window.activity
        if message.get("error") != "BagIncomplete" or not activity.knows(message["task"]):
            return
        task: Task = activity.row(message["task"]).task
        wishes = task.arguments
        leaving = QAction(self.tr("Bag without What Is Damaged"), self)

        def go() -> None:
            self._window.notice.say("")
            self.bag(Path(wishes["folder"]), wishes["items"], wishes["organization"], True)

        leaving.triggered.connect(go)
        self._window.notice.say(message["message"], "attention", leaving, self._window.notice.put_away)

    # -- merged -----------------------------------------------------------------------------------------------------

    def _merge(self) -> None:
        title = self.tr("Merge a library into this one: choose its folder")
        ask_folder(self._window, title, self.look_at_merging)

    def look_at_merging(self, other: Path) -> None:
        """Show what merging another library would bring, and merge it if that is wished."""
        library = self._library
        if library is None:
            return
        if other.absolute() == library.folder.absolute():
            self._window.show_trouble(self.tr("This is the library that is open; choose another one."))
            return
        dialog = MergeDialog(library.bridge, library.name, other, self._window)
        dialog.merge_wanted.connect(lambda choices, doubles: self.merge(other, choices, doubles))
        dialog.open()

    def merge(self, other: Path, choices: Choices, with_duplicates: bool) -> None:
        """Let the worker take another library in."""
        if self._library is not None:
            self._library.request(
                lambda library: library.request_merge(other, choices=choices, with_duplicates=with_duplicates),
                self._window.show_task,
            )
