"""The far right pane: marks and notes, links, description and facts (provenance, events) of the page at hand.

In: a ``Reading``, or the id of a unit, of which there is a description only.  Out: the signals of its pages.  Separate
so that the window speaks to one pane, and what is not looked at (files, events) is not asked for.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QWidget

from archive_viewer.library import Reading
from archive_viewer.ui import wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.description_pane import DescriptionPane
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.links_pane import LinksPane
from archive_viewer.ui.marks_pane import MarksPane
from archive_viewer.ui.provenance_pane import ProvenancePane
from archive_viewer.ui.theme import Theme


class Margin(QTabWidget):
    """Shows one page's margin; without a page it says so."""

    def __init__(self, actions: dict[str, QAction], look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("margin")
        self.setAccessibleName(self.tr("Margin"))
        self.setDocumentMode(True)
        self._bridge: Bridge | None = None
        self._reading: Reading | None = None
        self._asked_for: Reading | None = None
        self._unit_bridge: Bridge | None = None
        self._unit_id = ""
        self._tab_before: QWidget | None = None
        self._is_wanted, self._is_beside_sheet = True, False
        self.marks = MarksPane(actions, look)
        self.links = LinksPane()
        self.description = DescriptionPane()
        self.facts = ProvenancePane()
        self.addTab(self.marks, self.tr("Marks"))
        self.addTab(self.links, self.tr("Links"))
        self.addTab(self.description, self.tr("Describe"))
        self.addTab(self.facts, self.tr("Facts"))
        self.tabBar().setAccessibleName(self.tr("Parts of the margin"))
        self.tabBar().setExpanding(False)
        self.tabBar().setUsesScrollButtons(False)
        self.tabBar().setElideMode(Qt.TextElideMode.ElideRight)
        self._nothing = EmptyState(self)
        what = self.tr("The marks, links, description and facts of a page stand here.")
        self._nothing.say(self.tr("No page open"), what, "note")
        self._nothing.setObjectName("marginNothing")
        self.currentChanged.connect(self._fill)
        self.description.page_wanted.connect(lambda: self.show_unit(None, ""))
        self.description.unit_wanted.connect(lambda id: self.show_unit(self._bridge or self._unit_bridge, id))
        self.show_reading(None, None)

    @property
    def reading(self) -> Reading | None:
        return self._reading

    def show_reading(self, bridge: Bridge | None, reading: Reading | None) -> None:
        """Show a page's margin; None: no page is open."""
        is_other = reading is None or self._reading is None or reading.item.id != self._reading.item.id
        self._bridge, self._reading = bridge, reading
        self._asked_for = None
        self.marks.show_reading(reading)
        self.links.show_reading(reading)
        self.facts.clear()
        for page, name, count in (
            (self.marks, self.tr("Marks"), len(reading.annotations) if reading else 0),
            (self.links, self.tr("Links"), len(reading.links) if reading else 0),
        ):
            self.setTabText(self.indexOf(page), f"{name} {wording.number(count)}" if count else name)
        if reading is not None and is_other:
            self._leave_unit()
        self._show_subject()

    def show_unit(self, bridge: Bridge | None, unit_id: str) -> None:
        """Describe a unit; ``""``: no unit is chosen any more, and the page that is open is described again."""
        if not unit_id:
            self._leave_unit()
        else:
            if not self._unit_id and self.currentWidget() is not self.description:
                self._tab_before = self.currentWidget()
            self._unit_bridge, self._unit_id = bridge, unit_id
        self._show_subject()

    @property
    def unit_id(self) -> str:
        """The unit that is described; empty for a page, or nothing."""
        return self._unit_id

    def set_wanted(self, is_wanted: bool) -> None:
        """Whether a person wants the margin to be seen."""
        self._is_wanted = is_wanted
        self._give_way()

    def stand_beside(self, *, is_sheet: bool) -> None:
        """A sheet is in front that is no page: a margin that has nothing to show leaves it the room."""
        self._is_beside_sheet = is_sheet
        self._give_way()

    @property
    def gives_way(self) -> bool:
        """Whether it is wanted, and hidden because it has nothing to show."""
        return self._is_wanted and self._is_beside_sheet and self._reading is None and not self._unit_id

    def _give_way(self) -> None:
        self.setVisible(self._is_wanted and not self.gives_way)

    def leave(self) -> None:
        """Save what is being typed."""
        self.description.leave()

    def _leave_unit(self) -> None:
        """What was looked at before a unit was chosen comes back."""
        if self._tab_before is not None and self.currentWidget() is self.description:
            self.setTabEnabled(self.indexOf(self._tab_before), True)
            self.setCurrentWidget(self._tab_before)
        self._tab_before, self._unit_bridge, self._unit_id = None, None, ""

    def _show_subject(self) -> None:
        reading = self._reading
        if self._unit_id:
            self.description.show_subject(self._unit_bridge, self._unit_id, is_page_open=reading is not None)
            self.setCurrentWidget(self.description)
        else:
            self.description.show_subject(self._bridge, reading.item.id if reading is not None else "")
        # Only beside a unit: while a page is being read, its tabs are where they were for the page before.
        for page in (self.marks, self.links, self.facts):
            self.setTabEnabled(self.indexOf(page), reading is not None or not self._unit_id)
        if self._is_beside_sheet:
            self._give_way()
        self._nothing.setVisible(reading is None and not self._unit_id)
        self._nothing.raise_()
        if reading is not None:
            self._fill()

    @Slot()
    def _fill(self) -> None:
        """Ask for files and events when their page is looked at."""
        reading, bridge = self._reading, self._bridge
        if reading is None or bridge is None or self.currentWidget() is not self.facts or self._asked_for is reading:
            return
        self._asked_for = reading
        self.facts.show_reading(bridge, reading)
