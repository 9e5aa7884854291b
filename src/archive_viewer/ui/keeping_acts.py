"""What keeps the holdings accounted for: accessions described, events read, files checked and repaired, pages given up.

In: the window's parts.  Out: the effects, by action id, and when each can be done.  Separate from the other acts, which
are about reading: these are about what an archive owes to those who come later.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from archive_viewer.library import Attention, Library, Scope, Task
from archive_viewer.ui.accession_dialog import AccessionDialog, Account, account_of
from archive_viewer.ui.attention_seek import Alike
from archive_viewer.ui.deaccession_list import DeaccessionList
from archive_viewer.ui.events_view import EventsView
from archive_viewer.ui.fixity_dialog import FixityDialog, ask_for_copy
from archive_viewer.ui.fixity_watch import FixityWatch
from archive_viewer.ui.folder_choice import writing_folder
from archive_viewer.ui.import_report import ImportReport
from archive_viewer.ui.letting_go import DeaccessionDialog, DeleteDialog, Going, what_goes
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.trail import Place

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


class KeepingActs(QObject):
    """``chosen_items`` tells which pages an act on pages is about."""

    def __init__(self, window: MainWindow, chosen_items: Callable[[], list[str]]) -> None:
        super().__init__(window)
        self._window = window
        self._chosen_items = chosen_items
        self._library: OpenLibrary | None = None
        self.watch = FixityWatch(window.fixity_notice, self)
        self.watch.looked_into.connect(self._show_failed)
        window.tree.accession_wanted.connect(self.show_accession)
        window.margin.facts.acted.connect(lambda name: window.actions_by_id[name].trigger())
        attention = window.attention
        attention.retry_wanted.connect(self.try_again)
        attention.folder_wanted.connect(self.open_folder)
        attention.check_wanted.connect(self._check_again)
        attention.repair_wanted.connect(self._ask_for_repair)
        attention.bin_wanted.connect(self._bin_alike)
        attention.dismiss_wanted.connect(self._dismiss)
        attention.both_wanted.connect(self._open_both)

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library
        self.watch.attach(library.bridge if library is not None else None)

    def effects(self) -> dict[str, Callable[..., object]]:
        return {
            "accession": lambda: self.show_accession(self._accession_at_hand()),
            "events": self.show_events,
            "events-of-page": self._show_events_of_page,
            "fixity": self._show_fixity,
            "add-sha512": lambda: self._request(lambda library: library.request_fixity(with_sha512=True)),
            "delete-for-good": self._delete_for_good,
            "deaccession": self._deaccession,
            "deaccessions": self._show_deaccessions,
        }

    def possible(self, *, has_chosen: bool, is_bin: bool) -> dict[str, bool]:
        """Which of them can be done now; ``is_bin``: what is chosen is in the bin."""
        has_library = self._library is not None
        return {
            **dict.fromkeys(("events", "fixity", "add-sha512", "deaccessions"), has_library),
            "accession": has_library and bool(self._accession_at_hand()),
            "events-of-page": has_library and has_chosen,
            "delete-for-good": has_library and has_chosen and is_bin,
            "deaccession": has_library and has_chosen,
        }

    # -- accessions ---------------------------------------------------------------------------------------------

    def _accession_at_hand(self) -> str:
        """The accession of the report in front, else the one chosen in the library pane, else that of the page."""
        window = self._window
        sheet = window.tabs.currentWidget()
        if isinstance(sheet, ImportReport):
            return sheet.accession_id
        if window.list.scope.kind == "accession":
            return window.list.scope.value
        front = window.tabs.front()
        return front.item.accession_id if front is not None and front.item is not None else ""

    @Slot(str)
    def show_accession(self, accession_id: str) -> None:
        """Show what is known of an accession, to be added to."""
        library = self._library
        if library is None or not accession_id:
            return

        def show(account: Account) -> None:
            if library is not self._library:
                return
            dialog = AccessionDialog(account, is_writable=library.is_writable, parent=self._window)
            dialog.accepted.connect(lambda: library.bridge.do(dialog.act()))
            dialog.report_wanted.connect(self._window.jumps.show_report)
            dialog.open()

        library.bridge.ask(lambda known: account_of(known, accession_id), show, owner=self)

    # -- events -------------------------------------------------------------------------------------------------

    def show_events(self) -> EventsView | None:
        """The log, in a tab; one that is open already comes in front."""
        library, tabs = self._library, self._window.tabs
        if library is None:
            return None
        sheets = (tabs.widget(number) for number in range(tabs.count()))
        shown = next((sheet for sheet in sheets if isinstance(sheet, EventsView)), None)
        if shown is not None:
            tabs.setCurrentWidget(shown)
            shown.setFocus()
            return shown
        shown = EventsView(library.bridge, self._documents())
        shown.opened.connect(tabs.opened)
        shown.export_wanted.connect(self._export_events)
        tabs.show_sheet(shown, self.tr("Events"))
        return shown

    def _show_events_of_page(self) -> None:
        chosen = self._chosen_items()[:1]
        if self._library is None or not chosen:
            return

        def show(title: str) -> None:
            if (view := self.show_events()) is not None:
                view.show_object(chosen[0], title)

        self._library.bridge.ask(lambda library: library.item(chosen[0]).title, show, owner=self)

    @Slot(Path, dict)
    def _export_events(self, path: Path, wanted: dict[str, Any]) -> None:
        self._window.preferences.set("export-folder", str(path.parent))
        self._request(lambda library: library.request_events(path, **wanted))

    # -- fixity -------------------------------------------------------------------------------------------------

    def _show_fixity(self) -> None:
        if self._library is not None:
            dialog = FixityDialog(self._library.bridge, self._last_folder(), self._window)
            dialog.check_wanted.connect(lambda: self._request(Library.request_fixity))
            dialog.sha512_wanted.connect(self._window.actions_by_id["add-sha512"].trigger)
            dialog.repair_wanted.connect(self.repair_from)
            dialog.open()

    @Slot(Path)
    def repair_from(self, place: Path) -> None:
        """Put lost and altered stored files back from a file or a folder, as a task of the worker."""
        self._window.preferences.set("last-folder", str(place if place.is_dir() else place.parent))
        self._request(lambda library: library.request_repair(place))

    @Slot(bool)
    def _ask_for_repair(self, is_folder: bool) -> None:
        ask_for_copy(self._window, self._last_folder(), is_folder, self.repair_from)

    @Slot(object)
    def _check_again(self, trouble: Attention) -> None:
        ids = [trouble.item_id] if trouble.item_id else None
        self._request(lambda library: library.request_fixity(ids))

    @Slot(str)
    def _show_failed(self, sha256: str) -> None:
        """What can be done about a stored file that failed."""
        self._window.actions_by_id["show-library"].setChecked(True)
        self._window.tree.choose(Scope("attention"))
        self._window.attention.point_at(sha256)

    # -- what needs attention -----------------------------------------------------------------------------------

    @Slot(object)
    def try_again(self, trouble: Attention) -> None:
        """Import a refused or partly read file once more, as a task of the worker."""

        def where(library: Library) -> tuple[str, str]:
            if trouble.path:
                return trouble.path, trouble.accession_id
            item = library.item(trouble.item_id)
            lines = library.report(item.accession_id)
            return next(line.path for line in lines if item.id in line.item_ids), item.accession_id

        self._request(lambda library: library.request_retry(*where(library)))

    @Slot(object)
    def open_folder(self, trouble: Attention) -> None:
        """Show where the file lies that a trouble is about, or as near to it as there is a folder."""
        if self._library is None:
            return

        def where(library: Library) -> Path:
            path = library.original_path(trouble.sha256) if trouble.sha256 else Path(trouble.path)
            return next((folder for folder in path.parents if folder.is_dir()), library.folder)

        def show(folder: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        self._library.bridge.ask(where, show, owner=self)

    @Slot(object)
    def _dismiss(self, trouble: Attention) -> None:
        if self._library is not None:
            said = self.tr("Dismissed.  It comes back when the file is refused again.")
            self._library.bridge.do(
                lambda library: library.dismiss_refusal(trouble.path), lambda _: self._window.tell(said), owner=self
            )

    @Slot(object)
    def _bin_alike(self, trouble: Alike) -> None:
        if self._library is not None:
            self._library.bridge.do(lambda library: library.delete_items([trouble.item_id]))

    @Slot(object)
    def _open_both(self, trouble: Alike) -> None:
        for item_id in (trouble.other_id, trouble.item_id):
            self._window.tabs.open(Place(item_id), keep=True, focus=True)

    # -- giving up ----------------------------------------------------------------------------------------------

    def _delete_for_good(self) -> None:
        def ask(library: OpenLibrary, going: Going) -> None:
            dialog = DeleteDialog(going, self._window)
            dialog.accepted.connect(
                lambda: library.bridge.do(lambda known: known.delete_for_good(going.ids), lambda _: self._said(going))
            )
            dialog.open()

        self._ask_what_goes(ask, only_in_bin=True)

    def _deaccession(self) -> None:
        def ask(library: OpenLibrary, going: Going) -> None:
            dialog = DeaccessionDialog(going, self._window)

            def give_up() -> None:
                reason, by = dialog.reason, dialog.by
                library.bridge.do(
                    lambda known: known.deaccession(going.ids, reason, by),
                    lambda _: self._said(going, with_record=True),
                )

            dialog.accepted.connect(give_up)
            dialog.open()

        self._ask_what_goes(ask, only_in_bin=False)

    def _ask_what_goes(self, then: Callable[[OpenLibrary, Going], None], *, only_in_bin: bool) -> None:
        library, chosen = self._library, self._chosen_items()
        if library is None or not chosen:
            return

        def ask(going: Going) -> None:
            if library is not self._library:
                return
            if going.items:
                then(library, going)
            else:
                self._window.tell(self.tr("None of these pages is in the bin."))

        library.bridge.ask(lambda known: what_goes(known, chosen, only_in_bin=only_in_bin), ask, owner=self)

    def _said(self, going: Going, *, with_record: bool = False) -> None:
        count = len(going.items)
        if with_record:
            self._window.tell(self.tr("Given up, with a record: {count}").format(count=count))
        else:
            self._window.tell(self.tr("Deleted for good: {count}").format(count=count))

    def _show_deaccessions(self) -> None:
        library, tabs = self._library, self._window.tabs
        if library is None:
            return
        sheets = (tabs.widget(number) for number in range(tabs.count()))
        shown = next((sheet for sheet in sheets if isinstance(sheet, DeaccessionList)), None)
        if shown is not None:
            tabs.setCurrentWidget(shown)
        else:
            tabs.show_sheet(DeaccessionList(library.bridge), self.tr("Given up"))

    # -- how it is done -----------------------------------------------------------------------------------------

    def _request(self, ask: Callable[[Library], Task]) -> None:
        if self._library is not None:
            self._library.request(ask, self._window.show_task)

    def _last_folder(self) -> str:
        return self._window.preferences.get("last-folder", "") or QDir.homePath()

    def _documents(self) -> Path:
        return writing_folder(self._window.preferences.get("export-folder", ""))
