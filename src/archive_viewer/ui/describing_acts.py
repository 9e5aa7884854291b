"""What the actions of description do: the margin's fields, many pages at once, the repository, the finding aid.

In: the window's parts.  Out: the effects, by action id.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from archive_viewer.library import Library
from archive_viewer.model import Unit
from archive_viewer.ui import wording
from archive_viewer.ui.describe_dialog import DescribeDialog
from archive_viewer.ui.finding_aid_view import FindingAidView
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.provenance_view import ProvenanceView
from archive_viewer.ui.repository_dialog import RepositoryDialog

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


class DescribingActs(QObject):
    """``chosen_items`` tells which pages an act on pages is about."""

    def __init__(self, window: MainWindow, chosen_items: Callable[[], list[str]]) -> None:
        super().__init__(window)
        self._window = window
        self._chosen_items = chosen_items
        self._library: OpenLibrary | None = None
        window.margin.facts.saved.connect(self._say_saved)
        window.arrangement.clicked.connect(self._describe_chosen)
        window.list.chosen.connect(self._describe_page)
        window.margin.description.unit_wanted.connect(window.arrangement.choose)
        window.tabs.currentChanged.connect(self._follow_finding_aid)

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library

    def effects(self) -> dict[str, Callable[..., None]]:
        return {
            "describe": lambda: self._show_margin(self._window.margin.description),
            "provenance": self._show_provenance,
            "describe-many": self._describe_many,
            "repository": self._ask_repository,
            "finding-aid": lambda: self.show_finding_aid(self.unit_id),
        }

    @property
    def unit_id(self) -> str:
        """The unit whose finding aid is wanted: the one chosen in the left pane, or described in the margin."""
        scope = self._window.list.scope
        return scope.value if scope.kind == "unit" else self._window.margin.unit_id

    def _show_margin(self, page: QWidget) -> None:
        self._window.actions_by_id["show-margin"].setChecked(True)
        self._window.margin.setCurrentWidget(page)
        page.setFocus()

    @Slot()
    def _describe_chosen(self) -> None:
        """A unit that is chosen already, and clicked while a page is described: the margin comes back to it."""
        unit, library = self._window.arrangement.unit(), self._library
        if unit is not None and library is not None and unit.id != self._window.margin.unit_id:
            self._window.margin.show_unit(library.bridge, unit.id)
            self._window.acts.update()

    @Slot(str)
    def _describe_page(self, item_id: str) -> None:
        """A page that is in front already, and chosen in the list while a unit is described."""
        margin = self._window.margin
        if margin.unit_id and margin.reading is not None and margin.reading.item.id == item_id:
            margin.show_unit(None, "")
            self._window.acts.update()

    @Slot()
    def _follow_finding_aid(self) -> None:
        """Beside a finding aid stands the description of its unit, to be gone on with."""
        sheet, library = self._window.tabs.currentWidget(), self._library
        if isinstance(sheet, FindingAidView) and library is not None:
            self._window.margin.show_unit(library.bridge, sheet.unit_id)

    def _describe_many(self) -> None:
        chosen = self._chosen_items()
        library = self._library
        if library is None or not chosen:
            return

        def ask(known: Library) -> str:
            return known.item(chosen[0]).title

        def show(title: str) -> None:
            what = title
            if len(chosen) > 1:
                what = wording.counted(len(chosen), self.tr("selected page"), self.tr("selected pages"))
            dialog = DescribeDialog(library.bridge, chosen, what, self._window)
            dialog.described.connect(self._say_described)
            dialog.open()

        library.bridge.ask(ask, show, owner=self)

    @Slot(int)
    def _say_described(self, count: int) -> None:
        pages = wording.counted(count, self.tr("page"), self.tr("pages"))
        self._window.tell(self.tr("{pages} described; one undo takes it back.").format(pages=pages))

    def _ask_repository(self) -> None:
        if self._library is not None:
            RepositoryDialog(self._library.bridge, self._window).open()

    def show_finding_aid(self, unit_id: str) -> None:
        """Show the finding aid of a unit in a tab; one that is open already comes to the front."""
        library, tabs = self._library, self._window.tabs
        if library is None or not unit_id:
            return
        for number in range(tabs.count()):
            old = tabs.widget(number)
            if isinstance(old, FindingAidView) and old.unit_id == unit_id:
                tabs.setCurrentIndex(number)
                return

        def show(unit: Unit) -> None:
            view = FindingAidView(library.bridge, unit.id, unit.title)
            view.opened.connect(tabs.opened)
            view.saved.connect(self._say_saved)
            tabs.show_sheet(view, self.tr("Finding aid: {unit}").format(unit=unit.title))

        library.bridge.ask(lambda known: known.unit(unit_id), show, owner=self)

    def _show_provenance(self) -> None:
        """Show the provenance sheet of the page in front in a tab; one that is open already comes to the front."""
        library, tabs = self._library, self._window.tabs
        front = tabs.front()
        if library is None or front is None or front.reading is None:
            return
        sheets = (tabs.widget(number) for number in range(tabs.count()))
        for old in sheets:
            if isinstance(old, ProvenanceView) and old.item_id == front.item_id:
                tabs.setCurrentWidget(old)
                return
        view = ProvenanceView(library.bridge, front.item_id, front.title)
        view.saved.connect(self._say_saved)
        tabs.show_sheet(view, self.tr("Provenance: {page}").format(page=front.title))

    @Slot(object)
    def _say_saved(self, path: Path) -> None:
        self._window.tell(self.tr("Saved as {path}").format(path=path))
