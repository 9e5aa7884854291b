"""The reader: tabs of pages, import reports and verifications.

In: places to open.  Out: which page is in front and what changed in it.  Separate from the single tab, which knows
nothing of its neighbours: here it is decided which tab a place opens in, and what can be reopened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QTabBar, QTabWidget, QToolButton, QWidget

from archive_viewer.ui import icons
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.import_report import ImportReport
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.reader_tab_bar import ReaderTabBar
from archive_viewer.ui.trail import Place, Trail

MOST_CLOSED = 20
MOST_CHARACTERS = 300
"""Of a title in its tab, which shows far fewer: some pages have their first paragraph for a title."""


class ReaderTabs(QTabWidget):
    """One tab at most is a *glance*: shown in italics, it is reused by the next page that is only looked at, and
    becomes an ordinary one as soon as something is done in it.

    Signals: ``front_changed`` – another page is in front, or the one in front has changed; ``tabs_changed`` – for the
    session; ``opened`` – an item of a report was asked for.
    """

    front_changed = Signal()
    tabs_changed = Signal()
    opened = Signal(str)

    def __init__(self, make_tab: Callable[[str], ItemTab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readerTabs")
        self.setAccessibleName(self.tr("Open pages"))
        bar = ReaderTabBar()
        self.setTabBar(bar)
        # The widget would give the bar its own.
        self.setElideMode(bar.elideMode())
        self.setMovable(True)
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(self.tr("Open pages"))
        self._make_tab = make_tab
        self._glance: ItemTab | None = None
        self._closed: list[Place] = []
        self.trail = Trail()
        self.currentChanged.connect(self._front_changed)
        self.tabBar().tabMoved.connect(lambda *_: self.tabs_changed.emit())
        self.tabBarDoubleClicked.connect(lambda number: self.keep(self.widget(number)))
        self.empty = EmptyState(self)
        self.empty.setObjectName("reader")
        self._front_changed()

    # -- opening ------------------------------------------------------------------------------------------------

    def open(self, place: Place, *, keep: bool = False, focus: bool = False, in_front: bool = True) -> ItemTab:
        """Show a place, in the tab that has its page, in the glance, or in a new tab."""
        if in_front:
            self.trail.leave(self.here(), place)
        return self._show(place, keep=keep, focus=focus, in_front=in_front)

    def exchange(self, tab: ItemTab, place: Place) -> ItemTab:
        """Show another capture of a page in the page's own tab; where it has a tab already, that comes in front."""
        self.trail.leave(self.here(), place)
        return self._exchange(tab, place)

    def back(self) -> None:
        self._step(self.trail.back(self.here()))

    def forward(self) -> None:
        self._step(self.trail.forward(self.here()))

    def here(self) -> Place | None:
        """Where the reader stands now."""
        tab = self.front()
        return tab.place() if tab is not None else None

    def front(self) -> ItemTab | None:
        """The page in front, if a page is."""
        tab = self.currentWidget()
        return tab if isinstance(tab, ItemTab) else None

    def item_tabs(self) -> Iterator[ItemTab]:
        """Every open page."""
        tabs = (self.widget(number) for number in range(self.count()))
        yield from (tab for tab in tabs if isinstance(tab, ItemTab))

    def keep(self, tab: QWidget | None) -> None:
        """Make the glance an ordinary tab."""
        if isinstance(tab, ItemTab) and tab is self._glance:
            self._glance = None
            self._title(tab)
            self.tabs_changed.emit()

    def is_glance(self, tab: QWidget) -> bool:
        return tab is self._glance

    def show_report(self, report: ImportReport) -> ImportReport:
        """Put a report in front; one that is open already is used instead.  Gives the one that is shown."""
        for number in range(self.count()):
            old = self.widget(number)
            if isinstance(old, ImportReport) and old.accession_id == report.accession_id:
                report.deleteLater()
                self.setCurrentIndex(number)
                return old
        report.opened.connect(self.opened)
        self.show_sheet(report, self.tr("Import report"))
        return report

    def show_sheet(self, sheet: QWidget, title: str) -> None:
        """Put in front what is no page, in a tab of its own."""
        self.setTabToolTip(self.addTab(sheet, title.replace("&", "&&")), title)
        self._add_close_button(sheet)
        self.setCurrentWidget(sheet)
        sheet.setFocus()

    def report(self) -> ImportReport | None:
        """The report in front, if one is."""
        tab = self.currentWidget()
        return tab if isinstance(tab, ImportReport) else None

    # -- closing ------------------------------------------------------------------------------------------------

    @Slot(int)
    def close_tab(self, number: int) -> None:
        tab = self.widget(number)
        if tab is None:
            return
        if isinstance(tab, ItemTab):
            self._closed = [*self._closed, tab.place()][-MOST_CLOSED:]
            self._glance = None if tab is self._glance else self._glance
        self.removeTab(number)
        tab.hide()
        tab.deleteLater()
        self.tabs_changed.emit()

    def close_items(self, item_ids: frozenset[str]) -> None:
        """Close the tabs of these items."""
        for tab in [tab for tab in self.item_tabs() if tab.item_id in item_ids]:
            self.close_tab(self.indexOf(tab))

    def clear_all(self) -> None:
        """Close every tab: another library comes."""
        while self.count():
            self.close_tab(0)
        self._closed.clear()
        self.trail = Trail()
        self._front_changed()

    @property
    def can_reopen(self) -> bool:
        return bool(self._closed)

    def reopen(self) -> None:
        """Show the page whose tab was closed last."""
        if self._closed:
            self.open(self._closed.pop(), keep=True)

    # -- session ------------------------------------------------------------------------------------------------

    def session(self) -> dict[str, Any]:
        """The open pages with their places, as JSON values."""
        tabs = [{"item": tab.item_id, "start": tab.place().start, "title": tab.title} for tab in self.item_tabs()]
        front = self.front()
        return {"tabs": tabs, "front": front.item_id if front is not None else ""}

    def restore(self, session: dict[str, Any]) -> None:
        """Open again what was open; only the page in front is read at once."""
        tabs = session.get("tabs", [])
        for saved in tabs if isinstance(tabs, list) else []:
            item_id, start = str(saved.get("item", "")), saved.get("start", 0)
            if item_id and isinstance(start, int):
                tab = self._show(Place(item_id, start), keep=True, in_front=item_id == session.get("front"))
                tab.expect(str(saved.get("title", "")))
                self._title(tab)

    # -- how it is done -----------------------------------------------------------------------------------------

    def _step(self, place: Place | None) -> None:
        front = self.front()
        if front is not None and place is not None and place.item_id in front.bar.captures.item_ids:
            self._exchange(front, place)
        elif place is not None:
            self._show(place, focus=True)

    def _exchange(self, tab: ItemTab, place: Place) -> ItemTab:
        if tab.item_id != place.item_id and all(other.item_id != place.item_id for other in self.item_tabs()):
            focus = QApplication.focusWidget()
            has_focus = focus is not None and tab.isAncestorOf(focus)
            new = self._add(place, keep=tab is not self._glance, in_front=True, instead_of=tab)
            new.show_clean(tab.is_clean_shown)
            new.go_to(place)
            if has_focus:
                new.setFocus(Qt.FocusReason.OtherFocusReason)
            self.tabs_changed.emit()
            return new
        return self._show(place, focus=True)

    def _show(self, place: Place, *, keep: bool = False, focus: bool = False, in_front: bool = True) -> ItemTab:
        tab = next((tab for tab in self.item_tabs() if tab.item_id == place.item_id), None)
        if tab is None:
            tab = self._add(place, keep=keep, in_front=in_front)
        elif keep:
            self.keep(tab)
        tab.go_to(place)
        if in_front:
            self.setCurrentWidget(tab)
        if focus:
            tab.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tabs_changed.emit()
        return tab

    def _add(self, place: Place, *, keep: bool, in_front: bool, instead_of: ItemTab | None = None) -> ItemTab:
        old = instead_of or (None if keep else self._glance)
        at = self.indexOf(old) if old is not None else self.currentIndex() + 1
        tab = self._make_tab(place.item_id)
        tab.changed.connect(lambda: self._tab_changed(tab))
        tab.worked_in.connect(lambda: self.keep(tab))
        tab.gone.connect(lambda: self.close_tab(self.indexOf(tab)))
        if not keep:
            self._glance = tab
        self.insertTab(at, tab, "…")
        self._add_close_button(tab)
        self._title(tab)
        if in_front or old is not None:
            self.setCurrentWidget(tab)
        if old is not None:
            self.removeTab(self.indexOf(old))
            old.hide()
            old.deleteLater()
        return tab

    def _tab_changed(self, tab: ItemTab) -> None:
        self._title(tab)
        if tab is self.currentWidget():
            self.front_changed.emit()

    def _title(self, tab: QWidget) -> None:
        number = self.indexOf(tab)
        if number < 0 or not isinstance(tab, ItemTab):
            return
        title = tab.title or "…"
        # A tab's own text may hold an ampersand, which Qt would take for a mnemonic.
        self.setTabText(number, title[:MOST_CHARACTERS].replace("&", "&&"))
        self.setTabToolTip(number, title)
        is_glance = tab is self._glance
        self.tabBar().setTabData(number, is_glance)
        colour = self.palette().placeholderText().color() if is_glance else self.palette().windowText().color()
        self.tabBar().setTabTextColor(number, colour)

    def _add_close_button(self, tab: QWidget) -> None:
        """A button of our own: Qt's is drawn by the style, in colours that no theme reaches."""
        button = QToolButton(self.tabBar())
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setObjectName("tabClose")
        button.setToolTip(self.tr("Close the tab"))
        button.setAccessibleName(self.tr("Close the tab"))
        button.setIconSize(QSize(14, 14))
        button.setIcon(icons.icon("close", self.palette()))
        button.clicked.connect(lambda: self.close_tab(self.indexOf(tab)))
        side = QTabBar.ButtonPosition.LeftSide if self.isRightToLeft() else QTabBar.ButtonPosition.RightSide
        self.tabBar().setTabButton(self.indexOf(tab), side, button)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button in self.tabBar().findChildren(QToolButton, "tabClose"):
                button.setIcon(icons.icon("close", self.palette()))
            for tab in self.item_tabs():
                self._title(tab)

    @Slot()
    def _front_changed(self) -> None:
        tab = self.front()
        if tab is not None:
            tab.wake()
        self.empty.setVisible(self.count() == 0)
        self.empty.raise_()
        self.front_changed.emit()
        self.tabs_changed.emit()

    def say_when_empty(self, title: str, hint: str, icon: str, action: QAction | None = None) -> None:
        self.empty.say(title, hint, icon, action)
