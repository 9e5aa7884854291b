"""From one place to another: what is chosen in a list, a mark in the margin, the other end of a link.

In: the signals of the panes.  Out: a tab in front, at the right place.  Separate from the window because every way
through the material is here, and each leaves a step for Back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from archive_viewer.library import Scope
from archive_viewer.model import ImportLine, LinkEnd
from archive_viewer.ui.import_report import ImportReport
from archive_viewer.ui.trail import Place

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


class Jumps(QObject):
    """Connects the panes of the window with the reader."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.tree.scope_chosen.connect(self.show_scope)
        window.tree.report_wanted.connect(self.show_report)
        window.activity.report_wanted.connect(self.show_report)
        window.list.scope_left.connect(window.tree.choose_everything)
        window.list.chosen.connect(self.open_chosen)
        window.attention.chosen.connect(self.open_mark)
        window.tabs.opened.connect(lambda item_id: window.tabs.open(Place(item_id), focus=True))
        window.margin.marks.chosen.connect(self.go_to_mark)
        window.margin.links.followed.connect(self.follow_link)

    @Slot(object, str)
    def show_scope(self, scope: Scope, name: str) -> None:
        """Show a part of the collection in the middle."""
        window = self._window
        is_attention = scope.kind == "attention"
        window.middle.setCurrentWidget(window.attention if is_attention else window.list)
        if is_attention:
            window.attention.refresh()
        else:
            window.list.show_scope(scope, name)
        window.acts.update()

    @Slot(str, int, int, bool, bool)
    def open_chosen(self, item_id: str, start: int, end: int, keep: bool, focus: bool) -> None:
        """Open a page, or one of its passages (``start`` -1: the page), with all that the search found in it."""
        window = self._window
        place = Place(item_id) if start < 0 else Place(item_id, start, end)
        tab = window.tabs.open(place, keep=keep, focus=focus)
        if window.list.query:
            window.list.ask_passages(item_id, lambda found: tab.set_hits([(hit.start, hit.end) for hit in found]), tab)
        else:
            tab.set_hits(())
        if start >= 0:
            window.steps.tick("search")

    @Slot(str, str)
    def open_mark(self, item_id: str, mark_id: str) -> None:
        """Open a page at one of its marks; an empty id: at its beginning."""
        tab = self._window.tabs.open(Place(item_id), focus=True)
        if mark_id:
            tab.want_mark(mark_id)
            self._window.margin.setCurrentWidget(self._window.margin.marks)

    @Slot(str)
    def go_to_mark(self, mark_id: str) -> None:
        """Go to a mark of the page in front."""
        tabs = self._window.tabs
        tab = tabs.front()
        mark = tab.mark(mark_id) if tab is not None else None
        if tab is None or mark is None:
            return
        tab.show_clean(True)
        if mark.start is not None:
            tabs.trail.leave(tabs.here(), Place(tab.item_id, mark.start, mark.end))
        tab.select_mark(mark_id)
        self._window.acts.update()

    @Slot(object)
    def follow_link(self, end: LinkEnd) -> None:
        """Go to the other end of a link."""
        other = end.link.to_id if end.is_outgoing else end.link.from_id
        tab = self._window.tabs.open(Place(end.item_id), keep=True, focus=True)
        if other != end.item_id:
            tab.want_mark(other)

    @Slot(str)
    def follow_address(self, address: str) -> None:
        """A hyperlink of a page: said, not followed."""
        said = self.tr("The page leads to {address}.  Nothing is fetched from the web here.")
        self._window.tell(said.format(address=address))

    @Slot(str)
    def show_report(self, accession_id: str) -> None:
        """Show the report of an import."""
        library = self._window.library
        if library is not None:
            self._window.tabs.show_report(ImportReport(library.bridge, accession_id))

    def show_imported(self, accession_id: str) -> None:
        """Open the first page of an import, also one that was there before."""

        def show(lines: list[ImportLine]) -> None:
            item_id = next((line.item_ids[0] for line in lines if line.item_ids), "")
            if item_id:
                self._window.tabs.open(Place(item_id), keep=True, focus=True)

        library = self._window.library
        if library is not None and accession_id:
            library.bridge.ask(lambda library: library.report(accession_id), show, owner=self)
