"""The acts by which a bag is opened: offered when it is dropped or named, proved, shown, made use of.

In: a bag's folder.  Out: a library of its own, or an accession of the one that is open.  Separate from the acts that
hand over because it needs no library at all to begin with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from archive_viewer.errors import ArchiveViewerError, BagRefused
from archive_viewer.jobs import bagging
from archive_viewer.jobs.job import Job
from archive_viewer.library import Bag, Library, Packed
from archive_viewer.ui.bag_contents import BagContents
from archive_viewer.ui.errands import Errands
from archive_viewer.ui.folder_choice import ask_folder, ask_new_folder
from archive_viewer.ui.open_library import OpenLibrary

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

DECLARATION = "bagit.txt"
"""The file by which a folder says that it is a bag (RFC 8493, section 2.1.1)."""

Take = Callable[[Sequence[Path]], object]
TellTroubles = Callable[[str, str, Sequence[tuple[str, str]]], None]


class BagOpening(QObject):
    """``tell_troubles``: says several troubles together, with a title and a sentence."""

    def __init__(self, window: MainWindow, errands: Errands, tell_troubles: TellTroubles) -> None:
        super().__init__(window)
        self._window = window
        self._errands = errands
        self._tell_troubles = tell_troubles
        self._library: OpenLibrary | None = None
        self._said_later = ""
        window.library_shown.connect(self._say_opened)

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library

    def effects(self) -> dict[str, Callable[..., None]]:
        title = self.tr("Open a bag: choose its folder")
        return {"open-bag": lambda: ask_folder(self._window, title, self.open_bag)}

    # -- offered ----------------------------------------------------------------------------------------------------

    def take(self, paths: Sequence[Path], take: Take) -> None:
        """Let ``take`` have what is no bag; a bag is offered to be opened, instead of being taken for many pages."""
        if self._library is not None and paths:
            self._library.bridge.ask(
                lambda _: [is_bag(path) for path in paths],
                lambda found: self._sort(paths, found, take),
                owner=self,
            )

    def _sort(self, paths: Sequence[Path], found: list[bool], take: Take) -> None:
        bags = [path for path, is_one in zip(paths, found, strict=True) if is_one]
        others = [path for path in paths if path not in bags]
        if others:
            take(others)
        self._offer(bags, take)

    def _offer(self, bags: list[Path], take: Take) -> None:
        """Ask what is to become of a bag, and then of the next one."""
        notice = self._window.notice
        if not bags:
            return
        bag, *rest = bags

        def answer(act: Callable[[], object]) -> None:
            notice.say("")
            act()
            self._offer(rest, take)

        opening = QAction(self.tr("Open Bag…"), self)
        opening.triggered.connect(partial(answer, lambda: self.open_bag(bag)))
        importing = QAction(self.tr("Import as Files"), self)
        importing.triggered.connect(partial(answer, lambda: take([bag])))
        said = self.tr("“{name}” is a bag: files together with lists that prove them.  Nothing of it was taken yet.")
        notice.say(said.format(name=bag.name), "accession", opening, importing)

    # -- proved -----------------------------------------------------------------------------------------------------

    def open_bag(self, folder: Path) -> None:
        """Prove a bag, and show what is in it."""

        def prove(job: Job) -> tuple[Bag, bool]:
            bag = Library.prove_bag(folder, job.report)
            return bag, Library.is_in_bag(bag)

        self._errands.run(
            "prove",
            self.tr("Prove the bag {name}").format(name=folder.name),
            prove,
            self._show,
            failed=partial(self._refuse, folder),
        )

    def _refuse(self, folder: Path, error: ArchiveViewerError) -> None:
        if isinstance(error, BagRefused) and len(error.troubles) > 1:
            said = self.tr("The bag “{name}” was refused, and nothing of it was taken.").format(name=folder.name)
            self._tell_troubles(self.tr("What is wrong with the bag"), said, [("", one) for one in error.troubles])
        else:
            self._window.show_trouble(str(error))

    def _show(self, found: tuple[Bag, bool]) -> str:
        bag, is_library = found
        library = self._library
        into = library.name if library is not None and library.is_writable else ""
        dialog = BagContents(bag, is_library, into, self._window)
        dialog.unpacking_wanted.connect(lambda: self._ask_for_folder(bag))
        dialog.import_wanted.connect(lambda: self.import_files(bag))
        dialog.open()
        return self.tr("The bag is whole, and every checksum agrees.")

    # -- made use of ------------------------------------------------------------------------------------------------

    def _ask_for_folder(self, bag: Bag) -> None:
        title = self.tr("Make a library of the bag: choose a name and a place")
        ask_new_folder(
            self._window, title, bag.folder.name, self.tr("Make Library"), lambda folder: self.unbag(bag, folder)
        )

    def unbag(self, bag: Bag, folder: Path) -> None:
        """Make the library that is in a bag again, in a new folder, and open it."""
        self._errands.run(
            "unbag",
            self.tr("Make a library of {name}").format(name=bag.folder.name),
            lambda job: Library.unbag(bag, folder, job.report),
            self._unbagged,
            failed=partial(self._refuse, bag.folder),
        )

    def _unbagged(self, packed: Packed) -> str:
        self._said_later = bagging.packed(packed)
        self._window.open_library(packed.folder, is_new_allowed=False)
        return self._said_later

    @Slot()
    def _say_opened(self) -> None:
        """The window begins anew with each library: what came of the bag is said when its library is shown."""
        if self._said_later:
            said, self._said_later = self._said_later, ""
            self._window.notice.tell(said)

    def import_files(self, bag: Bag) -> None:
        """Let the worker take the files of another program's bag in, as an accession with the bag's history."""
        if self._library is not None:
            self._library.request(lambda library: library.request_bag_import(bag), self._window.show_task)


def is_bag(path: Path) -> bool:
    """Whether a folder says that it is a bag; one that cannot be looked into says nothing."""
    try:
        return (path / DECLARATION).is_file()
    except OSError:
        return False
