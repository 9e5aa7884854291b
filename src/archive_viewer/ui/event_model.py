"""The rows of the log of events: how many there are at once, the events themselves a page at a time as they are seen.

In: how many, and pages of events with the names of what they are about.  Out: ``Row`` values, and ``wanted`` with the
number of a page that is not there.  Separate from the view so that four hundred thousand events cost a number.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal

from archive_viewer.model import Event
from archive_viewer.ui import wording
from archive_viewer.ui.facts_pane import Field
from archive_viewer.ui.rows import ROW, Line, Row, Style

PAGE = 100
KEPT_PAGES = 40
EVENT_LINES = (Style.TITLE, Style.TEXT, Style.SMALL)
ICONS = {
    "ingestion": "import",
    "unpacking": "open",
    "message digest calculation": "shield",
    "fixity check": "shield",
    "validation": "attention",
    "format identification": "page",
    "metadata extraction": "report",
    "metadata modification": "note",
    "replication": "copy",
    "packing": "accession",
    "dissemination": "export",
    "deaccession": "close",
    "deletion": "bin",
}


class EventModel(QAbstractListModel):
    """``wanted``: the number of a page of ``PAGE`` events, the newest first, that should be given to ``provide``."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Event]] = OrderedDict()
        self._names: dict[str, str] = {}
        self._asked: set[int] = set()

    def begin(self, count: int) -> None:
        """Other events are shown: so many."""
        self.beginResetModel()
        self._count = count
        self._forget()
        self.endResetModel()

    def follow(self, count: int) -> None:
        """There are so many by now: what is new stands at the top."""
        more = count - self._count
        if more < 0:
            self.begin(count)
        elif more:
            self.beginInsertRows(QModelIndex(), 0, more - 1)
            self._count = count
            self._forget()
            self.endInsertRows()

    def provide(self, page: int, events: Sequence[Event], names: Mapping[str, str]) -> None:
        """The events of a page, and what their objects are called."""
        self._asked.discard(page)
        self._pages[page] = events
        self._names.update(names)
        if len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
            shown = {event.object_id for events in self._pages.values() for event in events}
            self._names = {id: name for id, name in self._names.items() if id in shown}
        last = min(self._count, (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE), self.index(last))

    def event_at(self, index: QModelIndex | QPersistentModelIndex) -> Event | None:
        """The event of a row; None where it is not at hand yet."""
        page, place = divmod(index.row(), PAGE)
        events = self._pages.get(page, ())
        return events[place] if index.isValid() and place < len(events) else None

    def name(self, object_id: str) -> str:
        """What an object is called; empty where nobody knows any more."""
        return self._names.get(object_id, "")

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            told = self.event_at(index)
            return told.detail if told is not None else None
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        event = self.event_at(index)
        if event is None:
            self._ask(index.row() // PAGE)
            return Row((Line("…", Style.SMALL),)) if role == ROW else ""
        self._pages.move_to_end(index.row() // PAGE)
        row = event_row(event, self.name(event.object_id))
        return row if role == ROW else row.text

    def _ask(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self.wanted.emit(page)

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()


def event_row(event: Event, name: str) -> Row:
    """What happened, to what and how, when and by whom."""
    has_failed = event.outcome != "success"
    title = wording.joined(wording.event(event.type), wording.event(event.outcome))
    return Row(
        (
            Line(title, Style.TITLE),
            Line(wording.joined(name, event.detail), Style.TEXT),
            Line(wording.joined(wording.moment(event.at), event.person, event.agent, event.type), Style.SMALL),
        ),
        icon="attention" if has_failed else ICONS.get(event.type, "clock"),
    )


def event_fields(event: Event, name: str) -> list[Field]:
    """What an event is about, and its details, uncut; the row has the rest."""
    tr = QCoreApplication.translate
    fields = [Field(tr("Events", "What it is about"), name)] if name else []
    return [*fields, Field(tr("Events", "Details"), event.detail or wording.event(event.type))]
