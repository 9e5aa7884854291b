"""The margin's description: every element of a page or a unit, to be read and to be typed.

In: the id of an item or a unit.  Out: each value that was typed, stored as one step.  Separate from the facts, which
only tell: here a person says what the page means to the archive, beside what its file states.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library
from archive_viewer.model import Description, Value
from archive_viewer.ui import elements, theme
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.element_field import ElementField
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.facts_pane import label
from archive_viewer.ui.timers import Throttle

REFRESH_MS = 800

OFTEN_SAID = {"scope", "access", "reproduction", "subject", "creator", "author", "published", "language"}
"""Shown also while nothing is known of them."""

PAGE = "#page"


@dataclass(frozen=True)
class Account:
    """A description with the names that it is shown with.

    ``level`` is the shown name of a unit's level; ``unit_id`` the unit that it stands in, ``units`` titles by id.
    """

    description: Description
    title: str
    level: str = ""
    unit_id: str = ""
    units: Mapping[str, str] = field(default_factory=dict)


def account_of(library: Library, id: str) -> Account:
    """Ask for a description and its names.

    :raises UnknownId: there is no such item or unit.
    """
    description = library.description(id)
    if description.is_of_unit:
        unit = library.unit(id)
        title, level, above = unit.title, library.levels().get(unit.level, unit.level), unit.parent_id
    else:
        item = library.item(id)
        title, level, above = item.title or item.file_name, "", item.unit_id
    named = {known.inherited_from for known in description.elements.values()} | {above}
    return Account(description, title, level, above, {one: library.unit(one).title for one in named if one})


class DescriptionPane(QWidget):
    """Signals: ``unit_wanted`` – a link to a unit was followed; ``page_wanted`` – the way back to the open page."""

    unit_wanted = Signal(str)
    page_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Description"))
        self.setObjectName("fields")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge: Bridge | None = None
        self._heard: Bridge | None = None
        self._id = ""
        self._is_page_open = False
        self._is_writable = True
        self._account: Account | None = None
        self.fields: dict[str, ElementField] = {}
        self._headings: dict[str, QWidget] = {}
        self._head = label("", "quiet")
        self._head.setTextFormat(Qt.TextFormat.RichText)
        self._head.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._head.linkActivated.connect(self._follow)
        self.all_shown = QToolButton()
        self.all_shown.setCheckable(True)
        self.all_shown.setObjectName("quietButton")
        self.all_shown.toggled.connect(self._choose_shown)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._scroll.setWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self._empty = EmptyState(self)
        self._empty.setObjectName("marginNothing")
        self._empty.say(self.tr("Nothing to describe"), self.tr("This page or unit is not here any more."), "note")
        self._empty.hide()
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)

    # -- what is shown ------------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The page or unit that is described; empty for none."""
        return self._id

    @property
    def account(self) -> Account | None:
        """What is shown at present; None until it is known."""
        return self._account

    def show_subject(self, bridge: Bridge | None, id: str, *, is_page_open: bool = False) -> None:
        """Describe another page or unit; what was typed of the one before is saved.

        ``is_page_open``: there is a page to go back to from a unit.
        """
        self._is_page_open = is_page_open
        if bridge is self._bridge and id == self._id:
            self._show_head()
            return
        self.leave()
        if bridge is not None and bridge is not self._heard:
            self._heard = bridge
            bridge.changed.connect(self._refreshing.hurry)
            bridge.changed_elsewhere.connect(self._refreshing.ask)
        self._bridge, self._id, self._account = bridge, id, None
        self._build()
        self.refresh()

    def set_writable(self, is_writable: bool) -> None:
        self._is_writable = is_writable
        for one in self.fields.values():
            one.set_writable(is_writable)

    @Slot()
    def refresh(self) -> None:
        """Ask again, while it is looked at."""
        id, bridge = self._id, self._bridge
        if not id or bridge is None or not self.isVisible():
            return
        bridge.ask(
            lambda library: account_of(library, id), self._show, owner=self, newest="description", failed=self._lose
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            # Not at once: while the application goes from widget to widget to dress them, none may come or go.
            QTimer.singleShot(0, self, self._write_again)

    @Slot()
    def _write_again(self) -> None:
        """A link keeps the colour that it was written in."""
        if self._account is not None:
            self._head.clear()
            self._show(self._account)

    def leave(self) -> None:
        """Save what is being typed, as if its field were left."""
        for one in self.fields.values():
            one.leave()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The first field takes the focus: the pane itself has nothing to be typed in."""
        first = next((one for one in self.fields.values() if one.edit.isVisibleTo(self)), None)
        first.edit.setFocus(reason) if first is not None else super().setFocus(reason)

    # -- the fields ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """An empty page; its fields come with what is known."""
        self.fields, self._headings = {}, {}
        page = QWidget()
        page.setObjectName("fields")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.BASE, theme.BASE, theme.BASE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        self._head.setParent(page)
        self.all_shown.setParent(page)
        column.addWidget(self._head)
        column.addStretch(1)
        self._head.setText("")
        self.all_shown.hide()
        self._scroll.takeWidget()
        self._page.deleteLater()
        self._page = page
        self._scroll.setWidget(page)
        self._empty.hide()

    def _fill(self, description: Description) -> None:
        column = self._page.layout()
        assert isinstance(column, QVBoxLayout)
        column.takeAt(column.count() - 1)
        areas: dict[str, list[ElementField]] = {}
        for key, described in description.elements.items():
            made = ElementField(described.element)
            made.set_writable(self._is_writable)
            made.said.connect(self._say)
            made.unit_wanted.connect(self.unit_wanted)
            self.fields[key] = made
            areas.setdefault(elements.area(described.element), []).append(made)
        for area, fields in areas.items():
            heading = label(elements.say(elements.AREAS[area]), "fieldSection")
            heading.setContentsMargins(0, theme.SMALL, 0, 0)
            self._headings[area] = heading
            column.addWidget(heading)
            for one in fields:
                column.addWidget(one)
        column.addWidget(self.all_shown, 0, Qt.AlignmentFlag.AlignLeft)
        self.all_shown.show()
        column.addStretch(1)

    def _show(self, account: Account) -> None:
        if account.description.id != self._id:
            return
        self._account = account
        self._empty.hide()
        if not self.fields:
            self._fill(account.description)
        for key, one in self.fields.items():
            one.show_described(account.description[key], account.units)
        self._choose_shown()
        self._show_head()

    def _lose(self, _error: ArchiveViewerError) -> None:
        """It is gone: its making was undone, or it was removed."""
        self._account = None
        self._build()
        self._empty.show()
        self._empty.raise_()

    def _choose_shown(self) -> None:
        """Elements of which nothing is known are shown when all are wanted, and once they were, while they are used."""
        is_all = self.all_shown.isChecked()
        areas = set()
        for key, one in self.fields.items():
            known = one.described
            is_shown = (
                is_all or known.shown is not None or known.element.is_required or key in OFTEN_SAID or one.is_dirty
            )
            one.setVisible(is_shown or one.edit.hasFocus())
            areas |= {elements.area(one.element)} if not one.isHidden() else set()
        for area, heading in self._headings.items():
            heading.setVisible(area in areas)
        self.all_shown.setText(self.tr("Show Fewer Elements") if is_all else self.tr("Show All Elements"))

    def _show_head(self) -> None:
        account = self._account
        if account is None:
            return
        safe = html.escape
        title = f"<b>{safe(account.title)}</b>"
        parts = [f"{safe(account.level)}: {title}" if account.level else title]
        if account.unit_id:
            unit = f'<a href="{safe(account.unit_id)}">{safe(account.units.get(account.unit_id, ""))}</a>'
            parts.append(safe(self.tr("in {unit}")).format(unit=unit))
        if account.description.is_of_unit and self._is_page_open:
            parts.append(f'<a href="{PAGE}">{safe(self.tr("Back to the open page"))}</a>')
        self._head.setText("<br>".join(parts))

    @Slot(str)
    def _follow(self, link: str) -> None:
        self.page_wanted.emit() if link == PAGE else self.unit_wanted.emit(link)

    # -- saying -------------------------------------------------------------------------------------------------

    @Slot(str, object)
    def _say(self, key: str, value: Value | None) -> None:
        bridge, id, said = self._bridge, self._id, self.fields[key]
        if bridge is None or not id:
            return

        def refuse(error: ArchiveViewerError) -> None:
            # Where the pane shows another page by now, nobody would see the field.
            if self.fields.get(key) is said:
                said.refuse(str(error))
            else:
                bridge.failed.emit(str(error))

        def settle(description: Description) -> None:
            if self.fields.get(key) is said:
                said.settle(description[key])

        bridge.do(lambda library: library.describe(id, {key: value}), settle, owner=self, failed=refuse)
