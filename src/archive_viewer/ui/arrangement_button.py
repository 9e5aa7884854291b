"""How the list is sorted and grouped, and the button that changes it.

In: an arrangement.  Out: another one.  Separate from the list because it is a menu and a value, and knows no item.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from archive_viewer.ui import icons

RELEVANCE = "relevance"
AS_THEY_STAND = ("arranged", "original")
"""Orders that somebody gave: chosen, they begin with what stands first."""


@dataclass(frozen=True)
class Arrangement:
    """``field`` sorts everything, ``hits_field`` the hits of a search; ``group``: "" or site, address, accession."""

    field: str = "added"
    is_descending: bool = True
    hits_field: str = RELEVANCE
    group: str = ""


class ArrangementButton(QToolButton):
    """``arranged``: the person chose another arrangement."""

    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quietButton")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.arrangement = Arrangement()
        self._is_searching = False
        self._fields = QActionGroup(self)
        self._groups = QActionGroup(self)
        menu = QMenu(self)
        for field, name in self._field_names().items():
            self._fields.addAction(_choice(menu, name, field))
        menu.addSeparator()
        self._direction = _choice(menu, self.tr("Descending"), None)
        menu.addSeparator()
        for group, name in (
            ("", self.tr("No Groups")),
            ("site", self.tr("Group by Site")),
            ("address", self.tr("Group Captures of One Address")),
            ("accession", self.tr("Group by Accession")),
        ):
            self._groups.addAction(_choice(menu, name, group))
        self.setMenu(menu)
        self._fields.triggered.connect(self._sort_by)
        self._direction.triggered.connect(lambda is_on: self._change(replace(self.arrangement, is_descending=is_on)))
        self._groups.triggered.connect(lambda action: self._change(replace(self.arrangement, group=action.data())))
        self._show()

    def show_arrangement(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement
        self._show()

    def set_searching(self, is_searching: bool) -> None:
        """Hits have an order of their own, by relevance at first."""
        self._is_searching = is_searching
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setIcon(icons.icon("sort", self.palette()))

    @Slot(QAction)
    def _sort_by(self, action: QAction) -> None:
        field = action.data()
        is_descending = self.arrangement.is_descending and field not in AS_THEY_STAND
        if self._is_searching:
            self._change(replace(self.arrangement, hits_field=field, is_descending=is_descending))
        else:
            self._change(replace(self.arrangement, field=field, is_descending=is_descending))

    def _change(self, arrangement: Arrangement) -> None:
        self.show_arrangement(arrangement)
        self.arranged.emit()

    def _show(self) -> None:
        field = self.arrangement.hits_field if self._is_searching else self.arrangement.field
        for action in self._fields.actions():
            action.setChecked(action.data() == field)
            action.setVisible(action.data() != RELEVANCE or self._is_searching)
        for action in self._groups.actions():
            action.setChecked(action.data() == self.arrangement.group)
        self._direction.setChecked(self.arrangement.is_descending)
        self._direction.setEnabled(field != RELEVANCE)
        name = self._field_names().get(field, field)
        self.setText(name)
        self.setAccessibleName(self.tr("Sorted by {field}").format(field=name))
        self.setIcon(icons.icon("sort", self.palette()))

    def _field_names(self) -> dict[str, str]:
        return {
            RELEVANCE: self.tr("Relevance"),
            "added": self.tr("Time Added"),
            "title": self.tr("Title"),
            "site": self.tr("Site"),
            "author": self.tr("Author"),
            "published": self.tr("Publication Date"),
            "captured": self.tr("Capture Date"),
            "arranged": self.tr("Arranged Order"),
            "original": self.tr("Original Order"),
        }


def _choice(menu: QMenu, name: str, value: str | None) -> QAction:
    action = menu.addAction(name)
    action.setCheckable(True)
    action.setData(value)
    return action
