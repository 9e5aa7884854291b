"""The far right pane: marks and notes, links, and facts (description, provenance, events) of the page at hand.

In: a ``Reading``.  Out: the signals of its pages.  Separate so that the window speaks to one pane, and what is not
looked at (files, events) is not asked for.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QWidget

from archive_viewer.library import Library, Reading
from archive_viewer.model import Event, NearDuplicate, Original
from archive_viewer.ui import wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.facts_pane import FieldsPane, description_of, likenesses_of, provenance_of
from archive_viewer.ui.links_pane import LinksPane
from archive_viewer.ui.marks_pane import MarksPane
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
        self.marks = MarksPane(actions, look)
        self.links = LinksPane()
        self.facts = FieldsPane(self.tr("Facts"))
        self.addTab(self.marks, self.tr("Marks"))
        self.addTab(self.links, self.tr("Links"))
        self.addTab(self.facts, self.tr("Facts"))
        self.tabBar().setAccessibleName(self.tr("Parts of the margin"))
        self.tabBar().setExpanding(False)
        self.tabBar().setUsesScrollButtons(True)
        self._nothing = EmptyState(self)
        self._nothing.say(self.tr("No page open"), self.tr("The marks, links and facts of a page stand here."), "note")
        self._nothing.setObjectName("marginNothing")
        self.currentChanged.connect(self._fill)
        self.show_reading(None, None)

    @property
    def reading(self) -> Reading | None:
        return self._reading

    def show_reading(self, bridge: Bridge | None, reading: Reading | None) -> None:
        """Show a page's margin; None: no page is open."""
        self._bridge, self._reading = bridge, reading
        self._asked_for = None
        self.marks.show_reading(reading)
        self.links.show_reading(reading)
        for page, name, count in (
            (self.marks, self.tr("Marks"), len(reading.annotations) if reading else 0),
            (self.links, self.tr("Links"), len(reading.links) if reading else 0),
        ):
            self.setTabText(self.indexOf(page), f"{name} {wording.number(count)}" if count else name)
        self._nothing.setVisible(reading is None)
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
        item = reading.item
        description = description_of(item, len(reading.annotations), len(reading.article.text))

        def ask(library: Library) -> tuple[list[NearDuplicate], list[tuple[str, Original]], list[Event]]:
            return library.near_duplicates(item.id), library.files(item.id), library.events(item.id, with_files=True)

        def show(found: tuple[list[NearDuplicate], list[tuple[str, Original]], list[Event]]) -> None:
            near, files, events = found
            self.facts.show_fields([*description, *likenesses_of(near), *provenance_of(item, files, events)])

        bridge.ask(ask, show, owner=self, newest="facts")
