"""The log of events as a tab: what happened to anything the library holds, chosen by kind, time, outcome and object.

In: the library's events.  Out: the page that an event led to, and the wish to have what is shown as PREMIS XML.
Nothing is changed here: the log is only read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library
from archive_viewer.model import EVENT_TYPES, Event
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.choice_box import ChoiceBox
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.event_model import EVENT_LINES, PAGE, EventModel, event_fields
from archive_viewer.ui.facts_pane import FieldsPane
from archive_viewer.ui.flow_layout import FlowLayout
from archive_viewer.ui.long_list import LongList
from archive_viewer.ui.timers import Throttle, debounced

REFRESH_MS = 800
TYPED_MS = 350
DAY_WIDTH = 10
"""Characters of a day; the boxes beside it are no wider, so that two stand side by side in a narrow pane."""

NAME_SHOWN = 48
LEAST_LINES = 4
KEPT_LINES = 20
"""Lines of text for the heading, the filters below each other and two events: in a low tab they have all of it."""

WHOLE_PART = 4
"""The account of the picked event has a fourth of the height at the most; a longer one is scrolled."""


class EventsView(QWidget):
    """The tab.  ``opened``: an item's id; ``export_wanted``: a file, and which events, as the library is asked."""

    opened = Signal(str)
    export_wanted = Signal(Path, dict)

    def __init__(self, bridge: Bridge, folder: Path, parent: QWidget | None = None) -> None:
        """``folder``: where an export is offered to go."""
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge, self._folder = bridge, folder
        self._object_id = ""
        self._shown: dict[str, Any] | None = None
        self.model = EventModel()
        self.model.setParent(self)
        self.model.wanted.connect(self._fetch)
        title = QLabel(self.tr("Events"))
        title.setObjectName("pageTitle")
        self.count = QLabel()
        self.count.setObjectName("quiet")
        self.fault = QLabel(wordWrap=True)
        self.fault.setObjectName("fault")
        self.fault.hide()
        self.export_button = QPushButton(self.tr("&Export as PREMIS…"))
        self.export_button.setToolTip(
            self.tr("Write the events that are shown, with what they are about, as PREMIS XML")
        )
        self.export_button.clicked.connect(self._ask_for_file)
        self.export_button.setEnabled(bridge.library.is_writable)
        self.types = ChoiceBox()
        self.types.setAccessibleName(self.tr("What happened"))
        self.types.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.types.setMinimumContentsLength(DAY_WIDTH)
        self.types.addItem(self.tr("All kinds"), "")
        for type in EVENT_TYPES:
            self.types.addItem(wording.event(type), type)
        names = self.types.view()
        names.setMinimumWidth(names.sizeHintForColumn(0) + 2 * theme.LARGE)
        self.outcomes = ChoiceBox()
        self.outcomes.setAccessibleName(self.tr("Outcome"))
        for name, outcome in (
            (self.tr("Any outcome"), ""),
            (self.tr("What went well"), "success"),
            (self.tr("What failed"), "failure"),
        ):
            self.outcomes.addItem(name, outcome)
        self.since, self.until = self._day(self.tr("Since")), self._day(self.tr("Until"))
        self.about = QToolButton()
        self.about.setObjectName("filterChip")
        self.about.setToolTip(self.tr("Show the events of everything again"))
        self.about.clicked.connect(lambda: self.show_object("", ""))
        self.about.hide()
        filters = QWidget()
        flow = FlowLayout(filters, theme.SMALL)
        for widget in (self.types, self.outcomes, self.since, self.until, self.about):
            flow.addWidget(widget)
        self.view = LongList(self.tr("Events, the newest first"), EVENT_LINES)
        self.view.setModel(self.model)
        self.view.activated.connect(self._open)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.opening = QAction(self.tr("Open the Page"), self.view)
        self.opening.triggered.connect(lambda: self._open(self.view.currentIndex()))
        self.narrowing = QAction(self.tr("Only What Happened to This"), self.view)
        self.narrowing.triggered.connect(self._narrow)
        self.view.addActions([self.opening, self.narrowing])
        self.empty = EmptyState(self.view)
        self.empty.say(self.tr("Looking for events…"))
        self.whole = FieldsPane(self.tr("The event"))
        self.whole.setObjectName("prospectDetails")
        self.whole.hide()
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_whole())
        self.model.dataChanged.connect(lambda *_: self._show_whole())
        self.model.modelReset.connect(self._show_whole)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.export_button)
        top = QVBoxLayout()
        top.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        top.setSpacing(theme.SMALL)
        top.addLayout(head)
        top.addWidget(self.count)
        top.addWidget(filters)
        top.addWidget(self.fault)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.whole)
        self._typing = debounced(self, TYPED_MS, self._begin)
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        self.types.currentIndexChanged.connect(self._begin)
        self.outcomes.currentIndexChanged.connect(self._begin)
        for day in (self.since, self.until):
            day.textChanged.connect(lambda _: self._typing.start())
        bridge.changed.connect(self._refreshing.hurry)
        bridge.changed_elsewhere.connect(self._refreshing.ask)
        self.setFocusProxy(self.view)
        self._begin()

    # -- which --------------------------------------------------------------------------------------------------

    @property
    def wanted(self) -> dict[str, Any]:
        """Which events are shown, as the library is asked for them."""
        return {
            "object_id": self._object_id or None,
            "with_files": bool(self._object_id),
            "type": self.types.currentData(),
            "since": self.since.text().strip(),
            "until": self.until.text().strip(),
            "outcome": self.outcomes.currentData(),
        }

    def show_object(self, object_id: str, name: str) -> None:
        """Only what happened to a page, a stored file or an accession; empty: to anything."""
        self._object_id = object_id
        short = name if len(name) <= NAME_SHOWN else name[: NAME_SHOWN - 1] + "…"
        self.about.setText(self.tr("Only: {name}  ✕").format(name=short).replace("&", "&&"))
        self.about.setAccessibleName(self.tr("Only {name}; press to show everything").format(name=name))
        self.about.setVisible(bool(object_id))
        self._begin()

    @Slot()
    def _begin(self) -> None:
        self._count(is_new=True)

    @Slot()
    def refresh(self) -> None:
        """Ask how many there are by now."""
        if self._shown is not None:
            self._count(is_new=False)

    def _count(self, *, is_new: bool) -> None:
        # What is half typed, or wrong, leaves the list as it is.
        wanted = self.wanted if is_new else self._shown or self.wanted

        def counted(count: int) -> None:
            if not is_new and wanted != self._shown:
                # Others were asked for meanwhile.
                return
            if wanted == self.wanted:
                self.fault.hide()
            self.empty.say(self.tr("No such event"), self.tr("Nothing of that kind happened in that time."), "clock")
            if is_new:
                self._shown = wanted
                self.model.begin(count)
                self.view.scrollToTop()
            else:
                self.model.follow(count)
            self.count.setText(wording.counted(count, self.tr("event"), self.tr("events")))
            self.export_button.setEnabled(self._bridge.library.is_writable and count > 0)

        def failed(error: ArchiveViewerError) -> None:
            self.fault.setText(str(error))
            self.fault.show()

        self._bridge.ask(
            lambda library: library.count_events(**wanted),
            counted,
            owner=self,
            newest=("events", id(self), is_new),
            failed=failed,
        )

    @Slot(int)
    def _fetch(self, page: int) -> None:
        wanted = self._shown
        if wanted is None:
            return

        def ask(library: Library) -> tuple[Sequence[Event], Mapping[str, str]]:
            events = library.events(
                **wanted,
                limit=PAGE,
                offset=page * PAGE,
                newest_first=True,
            )
            return events, library.object_names(list(dict.fromkeys(event.object_id for event in events)))

        def show(found: tuple[Sequence[Event], Mapping[str, str]]) -> None:
            if wanted == self._shown:
                self.model.provide(page, *found)

        self._bridge.ask(ask, show, owner=self)

    @Slot()
    def _show_whole(self) -> None:
        """All that is known of the event that is picked: its row has room for the beginning only."""
        event = self.model.event_at(self.view.currentIndex())
        self.whole.setVisible(event is not None)
        if event is not None:
            self.whole.show_fields(event_fields(event, self.model.name(event.object_id)))
        self._fit_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_whole()

    def _fit_whole(self) -> None:
        """As high as what it says; no more than a part of the tab, of which the list must keep the most."""
        page = self.whole.widget()
        if page is None:
            return
        width = self.whole.viewport().width()
        wanted = page.heightForWidth(width) if page.hasHeightForWidth() else page.sizeHint().height()
        line = self.fontMetrics().lineSpacing()
        room = min(wanted, self.height() - KEPT_LINES * line, self.height() // WHOLE_PART)
        self.whole.setFixedHeight(room if room >= LEAST_LINES * line else 0)

    # -- acts ---------------------------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        event = self.model.event_at(index)
        if event is None:
            return
        object_id = event.object_id

        def ask(library: Library) -> str:
            if library.items([object_id]):
                return object_id
            return next((item.id for item in library.items_of_file(object_id)), "")

        self._bridge.ask(ask, lambda item_id: self.opened.emit(item_id) if item_id else None, owner=self)

    @Slot()
    def _narrow(self) -> None:
        event = self.model.event_at(self.view.currentIndex())
        if event is not None:
            self.show_object(event.object_id, self.model.name(event.object_id) or event.object_id[:12])

    @Slot()
    def _ask_for_file(self) -> None:
        proposed = str(self._folder / self.tr("Events of {name}.xml").format(name=self._bridge.library.name))
        dialog = QFileDialog(self, self.tr("Export the events"), proposed, self.tr("PREMIS (*.xml)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xml")
        dialog.selectFile(proposed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Let what is shown be written as PREMIS XML."""
        if self._shown is not None:
            self.export_wanted.emit(path, self._shown)

    def _day(self, name: str) -> QLineEdit:
        day = QLineEdit()
        day.setPlaceholderText(self.tr("{name} 2026-11-30").format(name=name))
        day.setAccessibleName(QCoreApplication.translate("EventsView", "{name} (year, month or day)").format(name=name))
        day.setClearButtonEnabled(True)
        day.setFixedWidth(day.fontMetrics().averageCharWidth() * (DAY_WIDTH + len(name)) + 2 * theme.BASE)
        return day
