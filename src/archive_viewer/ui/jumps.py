"""From one place to another: what is chosen in a list, a mark in the margin, the other end of a link.

In: the signals of the panes.  Out: a tab in front, at the right place.  Separate from the window because every way
through the material is here, and each leaves a step for Back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication

from archive_viewer import anchoring
from archive_viewer.library import Attention, Library, Scope
from archive_viewer.mementos import read_memento
from archive_viewer.model import Aside, ImportLine, Item, LinkEnd
from archive_viewer.ui import wording
from archive_viewer.ui.around import anchor_offset
from archive_viewer.ui.attention_seek import Alike
from archive_viewer.ui.export_check import ExportCheck
from archive_viewer.ui.finding_aid_view import FindingAidView
from archive_viewer.ui.import_report import ImportReport
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.recleaning_report import RecleaningReport
from archive_viewer.ui.trail import Place

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


ADDRESS_SHOWN = 160
"""Characters of an address that are said: some carry a page of tracking codes."""


class Jumps(QObject):
    """Connects the panes of the window with the reader."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._address = ""
        self._copying = QAction(self.tr("Copy the Address"), self)
        self._copying.triggered.connect(self._copy_address)
        window.tabs.currentChanged.connect(lambda _: window.page_notice.say(""))
        window.tree.scope_chosen.connect(self.show_scope)
        window.tree.scope_chosen.connect(lambda *_: window.arrangement.leave())
        window.arrangement.scope_chosen.connect(self.show_scope)
        window.arrangement.scope_chosen.connect(lambda *_: window.tree.leave())
        # Also where it is chosen already: whatever waits to be chosen comes too late.
        window.tree.itemClicked.connect(lambda *_: window.arrangement.choose(""))
        window.arrangement.left.connect(window.tree.choose_everything)
        window.tree.report_wanted.connect(self.show_report)
        window.activity.report_wanted.connect(self.show_report)
        window.activity.recleaning_wanted.connect(self.show_recleaning)
        window.list.scope_left.connect(window.tree.choose_everything)
        window.list.chosen.connect(self.open_chosen)
        window.list.aside_chosen.connect(self.open_aside)
        # A page that was open before the query, as after a restart, shows what answers it as well.
        window.list.searched.connect(lambda *_: self.light_up())
        window.tabs.currentChanged.connect(lambda *_: self.light_up())
        window.attention.chosen.connect(self.look_into)
        window.attention.counted.connect(window.tree.show_found)
        window.attention.clean_wanted.connect(lambda: window.actions_by_id["clean-older-again"].trigger())
        window.tabs.opened.connect(lambda item_id: window.tabs.open(Place(item_id), focus=True))
        window.margin.marks.chosen.connect(self.go_to_mark)
        window.margin.links.followed.connect(self.follow_link)
        window.margin.facts.followed.connect(lambda item_id: self._open_kept(Place(item_id)))

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
        library = window.library
        unit_id = scope.value if scope.kind == "unit" and library is not None else ""
        sheet = window.tabs.currentWidget()
        if not unit_id and isinstance(sheet, FindingAidView):
            # What is read in the reader is described beside it.
            unit_id = sheet.unit_id
        window.margin.show_unit(library.bridge if library is not None else None, unit_id)
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

    @Slot(str, object, bool, bool)
    def open_aside(self, item_id: str, aside: Aside, keep: bool, focus: bool) -> None:
        """Open a page at what is said of it: its mark, its stripped paragraph."""
        self.open_chosen(item_id, -1, -1, keep, focus)
        tab = self._window.tabs.open(Place(item_id), keep=keep, focus=focus)
        if aside.mark_id:
            tab.want_mark(aside.mark_id)
        elif aside.block:
            tab.want_block(aside.block)

    @Slot(object)
    def look_into(self, trouble: Attention) -> None:
        """Show what needs attention: a mark in its page, a page with its facts, a refused file in its report."""
        window = self._window
        if trouble.kind == "refused":
            self.show_report(trouble.accession_id, trouble.path)
            return
        if not trouble.item_id:
            return
        if isinstance(trouble, Alike):
            window.attention.both_wanted.emit(trouble)
            return
        tab = window.tabs.open(Place(trouble.item_id), focus=True)
        window.actions_by_id["show-margin"].setChecked(True)
        if trouble.annotation_id:
            tab.want_mark(trouble.annotation_id)
        margin = window.margin
        margin.setCurrentWidget(margin.marks if trouble.annotation_id else margin.facts)

    @Slot(str)
    def show_recleaning(self, task_id: str) -> None:
        """Show what became of the pages that a task cleaned again."""
        window = self._window
        if window.library is None:
            return
        report = RecleaningReport(window.library.bridge, task_id)
        report.opened.connect(self._open_recleaned)
        window.tabs.show_sheet(report, self.tr("Cleaned again"))

    @Slot(str, str)
    def _open_recleaned(self, item_id: str, mark_id: str) -> None:
        tab = self._window.tabs.open(Place(item_id), keep=True, focus=True)
        if mark_id:
            tab.want_mark(mark_id)

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

    def step_captures(self, by: int) -> None:
        """Show the next (+1) or previous (-1) capture of the address of the page in front."""
        front = self._window.tabs.front()
        if front is not None and (item_id := front.bar.captures.beside(by)):
            self.show_capture(item_id)

    @Slot(str)
    def show_capture(self, item_id: str) -> None:
        """Show another capture of the page in front, in its tab, with the same passage on the screen."""
        window = self._window
        front = window.tabs.front()
        if window.library is None or front is None or front.reading is None:
            return
        top = front.place().start

        def ask(library: Library) -> int:
            return (library.passage_in(front.item_id, top, item_id) or 0) if top else 0

        def arrive(start: int) -> None:
            if window.tabs.front() is front:
                self.light_up(window.tabs.exchange(front, Place(item_id, start)))
                window.list.point_at(item_id)

        window.library.bridge.ask(ask, arrive, owner=front, newest="capture")

    @Slot()
    def light_up(self, tab: ItemTab | None = None) -> None:
        """Show in a page (the one in front) what answers the query that is asked; nothing, where none is."""
        shown = tab or self._window.tabs.front()
        if shown is not None and not self._window.list.query:
            shown.set_hits(())
        elif shown is not None:
            self._window.list.find_in(
                shown.item_id, lambda found: shown.set_hits([(hit.start, hit.end) for hit in found]), shown
            )

    @Slot(str)
    def follow_address(self, address: str) -> None:
        """A hyperlink of a page: to the saved copy that is nearest to it in time; the web is never asked."""
        window = self._window
        front = window.tabs.front()
        if window.library is None or front is None or front.item is None:
            return
        # A link to an archived copy means that moment; any other the page as it was when this one was saved.
        memento = read_memento(address)
        moment = (memento.at if memento is not None else "") or front.item.captured_at

        def ask(library: Library) -> tuple[Item, Place] | None:
            item = nearest(library.items_at(address), moment)
            if item is None:
                return None
            inside = anchor_offset(library.article(item.id), "#" + address.partition("#")[2])
            return item, Place(item.id, inside or 0)

        def arrive(found: tuple[Item, Place] | None) -> None:
            if found is None:
                self._offer_address(address)
                return
            item, place = found
            window.tabs.open(place, keep=True, focus=True)
            said = self.tr("The copy of {address} in this library.  {captured}")
            window.tell(said.format(address=address, captured=wording.captured(item.captured_at)))

        window.library.bridge.ask(ask, arrive, owner=self, newest="address")

    def _offer_address(self, address: str) -> None:
        self._address = address
        notice = self._window.page_notice
        shown = address if len(address) <= ADDRESS_SHOWN else address[: ADDRESS_SHOWN - 1] + "…"
        said = self.tr("The page leads to {address}.  Nothing is fetched from the web here.").format(address=shown)
        notice.say(said, "link", self._copying, notice.put_away)

    @Slot()
    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
        self._window.page_notice.say("")

    @Slot(str)
    def show_report(self, accession_id: str, path: str = "") -> None:
        """Show the report of an import; with a path, the line of that file."""
        library = self._window.library
        if library is not None:
            made = ImportReport(library.bridge, accession_id)
            made.exported.connect(self._say_exported)
            made.accession_wanted.connect(self._window.tree.accession_wanted)
            report = self._window.tabs.show_report(made)
            if path:
                report.point_at(path)

    @Slot(Path, int)
    def _say_exported(self, path: Path, count: int) -> None:
        rows = wording.counted(count, self.tr("row"), self.tr("rows"))
        self._window.tell(self.tr("{rows} written to {path}").format(rows=rows, path=path))

    def show_verification(self, path: Path) -> None:
        """Hold the quotations of an exported file against their originals, and show what was found."""
        library = self._window.library
        if library is not None:
            check = ExportCheck(library.bridge, path)
            check.opened.connect(self.open_quote)
            self._window.tabs.show_sheet(check, self.tr("Verification"))

    @Slot(str, str)
    def open_quote(self, item_id: str, quote: str) -> None:
        """Open a page at words of it; at its beginning where they stand in no part that is shown."""

        def ask(library: Library) -> Place:
            found = anchoring.find_quote(library.article(item_id).text, quote)
            return Place(item_id, *found[0]) if found else Place(item_id)

        library = self._window.library
        if library is not None:
            library.bridge.ask(ask, self._open_kept, owner=self, newest="quote")

    def _open_kept(self, place: Place) -> None:
        self._window.tabs.open(place, keep=True, focus=True)

    def show_imported(self, accession_id: str) -> None:
        """Open the first page of an import, also one that was there before."""

        def show(lines: list[ImportLine]) -> None:
            item_id = next((line.item_ids[0] for line in lines if line.item_ids), "")
            if item_id:
                self._window.tabs.open(Place(item_id), keep=True, focus=True)

        library = self._window.library
        if library is not None and accession_id:
            library.bridge.ask(lambda library: library.report(accession_id), show, owner=self)


def nearest(items: Sequence[Item], moment: str) -> Item | None:
    """The capture nearest to a moment (ISO 8601); of two as near, the earlier in the list."""
    return min(items, key=lambda item: abs(_seconds(item.captured_at) - _seconds(moment)), default=None)


def _seconds(iso: str) -> float:
    try:
        return datetime.fromisoformat(iso).timestamp()
    except ValueError:
        return 0.0
