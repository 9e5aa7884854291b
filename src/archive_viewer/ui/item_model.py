"""The rows of the middle pane: ids first, their items fetched a page at a time as they come into view.

In: ids in order, or hits with passages; the older captures of an address stand behind the newest.  Out: ``Row`` values,
and the signal ``wanted`` with the ids that have to be fetched.  Separate from the list so that a hundred thousand ids
cost a list of tuples, and nothing waits for a description that nobody looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
    Slot,
)

from archive_viewer.model import Aside, Item, Passage
from archive_viewer.ui import wording
from archive_viewer.ui.item_rows import IN_ITS_ROW, aside_row, item_row, passage_row
from archive_viewer.ui.list_source import Hit, Listing
from archive_viewer.ui.rows import ROW, Fold, Line, Row, Style

PAGE = 60
KEPT_ITEMS = 4_000
PASSAGES_SHOWN = 3
"""Passages under a hit before the rest waits behind one row: a page with 300 matches must not bury the next hit."""

ITEM_LINES = (Style.TITLE, Style.SMALL, Style.SMALL)


@dataclass(frozen=True)
class Entry:
    """One row: an item, what else of it answers, one of its passages, the rest of them, or a section's title."""

    item_id: str = ""
    passage: Passage | None = None
    aside: Aside | None = None
    more: int = 0
    section: str = ""


class ItemModel(QStringListModel):
    """``wanted``: ids whose items should be given to ``provide``.

    Qt keeps a list of its own, of as many empty strings, and so knows itself how many rows there are: whenever one row
    changes, a view asks that once for each of a hundred thousand, which Python answers in half a second.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._ids: list[str] = []
        self._places: dict[str, int] | None = None
        self._older: Mapping[str, tuple[str, ...]] = {}
        self._newest: dict[str, str] = {}
        self._unfolded_captures: set[str] = set()
        self._counts: dict[str, int] = {}
        self._hits: dict[str, Hit] = {}
        self._entries: list[Entry] | None = None
        self._unfolded: dict[str, tuple[Passage, ...]] = {}
        self._items: dict[str, Item] = {}
        self._stale: set[str] = set()
        self._asked: set[str] = set()
        self._missed: set[int] = set()
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._ask)

    # -- what is shown ------------------------------------------------------------------------------------------

    def show_items(self, listing: Listing) -> None:
        """Show these items.

        Without sections a row is its id and nothing else, so that a hundred thousand are shown at once.
        """
        self._show(listing, {})

    def show_hits(self, hits: Sequence[Hit], listing: Listing) -> None:
        """Show these items with their passages; ``listing`` is their order."""
        self._show(listing, {hit.item_id: hit for hit in hits})

    def _show(self, listing: Listing, hits: dict[str, Hit]) -> None:
        self._hits, self._older = hits, listing.captures
        self._newest = {older: newest for newest, others in self._older.items() for older in others}
        # A group stays unfolded when another capture has become its newest.
        folded = {newest for newest in self._older if not self._is_unfolded(newest)}
        self._ids = [item_id for item_id in listing.ids if not folded or self._newest.get(item_id) not in folded]
        self._places = None
        self._unfolded = {item_id: found for item_id, found in self._unfolded.items() if item_id in hits}
        self._entries = list(self._make_entries(listing.sections)) if hits or listing.sections else None
        # Whose captures there are may have changed with the list.
        self._stale |= self._items.keys()
        self._asked.clear()
        self._missed.clear()
        # Which tells whoever shows this that everything is another.
        self.setStringList([""] * (len(self._ids) if self._entries is None else len(self._entries)))

    def _make_entries(self, sections: Mapping[int, str]) -> Iterator[Entry]:
        for place, item_id in enumerate(self._ids):
            if place in sections:
                yield Entry(section=sections[place])
            yield from self._rows_of(item_id)

    def _rows_of(self, item_id: str) -> Iterator[Entry]:
        yield Entry(item_id)
        hit = self._hits.get(item_id)
        if hit is not None:
            yield from (Entry(item_id, aside=aside) for aside in hit.asides if aside.kind not in IN_ITS_ROW)
        if item_id in self._unfolded:
            yield from (Entry(item_id, passage) for passage in self._unfolded[item_id])
        elif hit is not None:
            yield from (Entry(item_id, passage) for passage in hit.passages[:PASSAGES_SHOWN])
            if hit.count > PASSAGES_SHOWN:
                yield Entry(item_id, more=hit.count - PASSAGES_SHOWN)

    @property
    def item_ids(self) -> list[str]:
        """The items that have a row; not those that are folded away."""
        return list(self._ids)

    @property
    def passage_count(self) -> int:
        return sum(hit.count for hit in self._hits.values())

    def entry(self, index: QModelIndex | QPersistentModelIndex) -> Entry:
        return self._entry(index.row()) if index.isValid() else Entry()

    def _entry(self, row: int) -> Entry:
        return Entry(self._ids[row]) if self._entries is None else self._entries[row]

    def ids_of(self, rows: Iterable[int]) -> list[str]:
        """The items of these rows, each once; a section's title has none."""
        found = (self._ids[row] if self._entries is None else self._entries[row].item_id for row in rows)
        return [item_id for item_id in dict.fromkeys(found) if item_id]

    def item(self, item_id: str) -> Item | None:
        """The item, where it was fetched already."""
        return self._items.get(item_id)

    def hit(self, item_id: str) -> Hit | None:
        return self._hits.get(item_id)

    def row_of(self, item_id: str, start: int | None = None) -> QModelIndex:
        """The row of an item, or of its passage at ``start``; an invalid index where it is not shown."""
        if self._entries is None:
            places = self._known_places()
            return self.index(places[item_id]) if start is None and item_id in places else QModelIndex()
        for row, entry in enumerate(self._entries):
            if (
                entry.aside is None
                and entry.item_id == item_id
                and start == (entry.passage.start if entry.passage else None)
            ):
                return self.index(row)
        return QModelIndex()

    def _known_places(self) -> dict[str, int]:
        """Item → row, where a row is its id: two hundred chosen rows are looked for at once, and each in turn would go
        through all the others."""
        if self._places is None:
            self._places = dict(zip(self._ids, range(len(self._ids)), strict=True))
        return self._places

    def unfold(self, item_id: str, passages: tuple[Passage, ...]) -> None:
        """Show every passage of a hit in the place of the row that stands for the rest."""
        entries = self._entries or []
        at = next((row for row, entry in enumerate(entries) if entry.item_id == item_id and entry.more), None)
        if at is None:
            return
        self._unfolded[item_id] = passages
        rest = [Entry(item_id, passage) for passage in passages[PASSAGES_SHOWN:]]
        self._take_out(at, 1, lambda: entries.__delitem__(at))
        if rest:
            self._put_in(at, len(rest), lambda: entries.__setitem__(slice(at, at), rest))

    def _take_out(self, row: int, count: int, change: Callable[[], object]) -> None:
        """Take rows away.  ``change`` does it here, when all who show them know that they will go."""
        self._within(self.rowsAboutToBeRemoved, change, lambda: self.removeRows(row, count))

    def _put_in(self, row: int, count: int, change: Callable[[], object]) -> None:
        self._within(self.rowsAboutToBeInserted, change, lambda: self.insertRows(row, count))

    @staticmethod
    def _within(told: SignalInstance, change: Callable[[], object], act: Callable[[], object]) -> None:
        """Let ``change`` be done in the middle of ``act``: after all others who listen to ``told``."""

        def hear(*_: object) -> None:
            change()

        told.connect(hear)
        act()
        told.disconnect(hear)

    # -- captures of one address --------------------------------------------------------------------------------

    def fold_of(self, item_id: str) -> Fold:
        """Whether older captures stand behind an item's row."""
        if item_id not in self._older:
            return Fold.NONE
        return Fold.UNFOLDED if self._is_unfolded(item_id) else Fold.FOLDED

    def older_than(self, newest: str) -> tuple[str, ...]:
        """The captures behind the row of the newest, the latest of them first."""
        return self._older.get(newest, ())

    def newest_of(self, item_id: str) -> str:
        """The item behind whose row this one stands; itself where it stands for itself."""
        return self._newest.get(item_id, item_id)

    def fold(self, newest: str, *, is_folded: bool) -> None:
        """Put the older captures of an address away behind the newest, or show them under it."""
        if self.fold_of(newest) is not (Fold.UNFOLDED if is_folded else Fold.FOLDED):
            return
        older = self._older[newest]
        self._places = None
        at = self._ids.index(newest) + 1
        row = at if self._entries is None else self.row_of(newest).row() + sum(1 for _ in self._rows_of(newest))
        rows = [Entry(item_id) for item_id in older] if self._entries is None else self._rows_of_all(older)
        if is_folded:
            self._unfolded_captures -= {newest, *older}
            self._take_out(row, len(rows), lambda: self._replace(at, len(older), row, len(rows), (), ()))
        else:
            self._unfolded_captures |= {newest, *older}
            self._put_in(row, len(rows), lambda: self._replace(at, 0, row, 0, older, rows))
        header = self.row_of(newest)
        self.dataChanged.emit(header, header, [ROW])

    def _replace(
        self, at: int, ids: int, row: int, entries: int, other_ids: Sequence[str], other_entries: Sequence[Entry]
    ) -> None:
        """Put others in the place of so many ids from ``at`` on, and of so many entries, if there are any, from ``row``
        on."""
        self._ids[at : at + ids] = other_ids
        if self._entries is not None:
            self._entries[row : row + entries] = other_entries

    def reveal(self, item_id: str) -> None:
        """See to it that an item that is listed has a row."""
        if item_id in self._newest:
            self.fold(self._newest[item_id], is_folded=False)

    def _is_unfolded(self, newest: str) -> bool:
        return not self._unfolded_captures.isdisjoint((newest, *self._older[newest]))

    def _rows_of_all(self, item_ids: Iterable[str]) -> list[Entry]:
        return [entry for item_id in item_ids for entry in self._rows_of(item_id)]

    # -- items --------------------------------------------------------------------------------------------------

    def provide(self, items: Iterable[Item], counts: Mapping[str, int] | None = None) -> None:
        """Take in fetched items and show them; ``counts``: how many captures there are of each, where several."""
        if len(self._items) > KEPT_ITEMS:
            self._items.clear()
            self._counts.clear()
        found = {item.id: item for item in items}
        self._items.update(found)
        self._counts.update({item_id: (counts or {}).get(item_id, 1) for item_id in found})
        self._asked -= found.keys()
        self._stale -= found.keys()
        self._refresh(set(found))

    def forget(self, item_ids: Iterable[str] | None = None) -> None:
        """Fetch these items anew when they are looked at next (None: all); until then they are shown as they were."""
        changed = set(self._items) if item_ids is None else set(item_ids) & self._items.keys()
        self._stale |= changed
        self._asked -= changed
        self._refresh(changed)

    # -- Qt's questions -----------------------------------------------------------------------------------------

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(index.row())
        return row if role == ROW else row.text

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if self.entry(index).section:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def _row(self, number: int) -> Row:
        entry = self._entry(number)
        if entry.section:
            return Row((Line(entry.section, Style.SECTION),), is_section=True)
        depth = 1 if entry.item_id in self._newest else 0
        if entry.passage is not None:
            return passage_row(entry.passage, depth + 1)
        if entry.aside is not None:
            return aside_row(entry.aside, depth + 1)
        if entry.more:
            text = wording.counted(entry.more, self.tr("more passage"), self.tr("more passages"))
            return Row((Line(text, Style.SMALL),), icon="down", depth=depth + 1, pads=(8, 12))
        item = self._items.get(entry.item_id)
        if item is None or entry.item_id in self._stale:
            self._missed.add(number)
            self._fetch.start()
        if item is None:
            return Row((Line("…", Style.TITLE, 1), Line(" ", Style.SMALL), Line(" ", Style.SMALL)), is_dim=True)
        following = self._entry(number + 1) if number + 1 < self.rowCount() else Entry()
        has_passages = following.passage is not None or following.aside is not None
        fold = self.fold_of(item.id)
        count = len(self._older[item.id]) + 1 if fold is not Fold.NONE else self._counts.get(item.id, 1)
        badge = self.tr("{count} captures").format(count=wording.number(count)) if count > 1 and not depth else ""
        badge = wording.joined(badge, self.tr("damaged") if item.damage else "")
        hit = self._hits.get(item.id)
        made = item_row(
            item,
            title_lines=2 if self._hits else 1,
            has_rule=not has_passages,
            is_older=depth > 0,
            asides=hit.asides if hit is not None else (),
        )
        return replace(made, badge=badge, fold=fold, depth=depth)

    @Slot()
    def _ask(self) -> None:
        if not self._missed:
            return
        first, last = min(self._missed), max(self._missed)
        self._missed.clear()
        rows = range(max(0, first - PAGE // 2), min(self.rowCount(), last + PAGE // 2))
        ids = dict.fromkeys(self._entry(row).item_id for row in rows)
        held = self._items.keys() - self._stale
        wanted = [item_id for item_id in ids if item_id and item_id not in held and item_id not in self._asked]
        if wanted:
            self._asked.update(wanted)
            self.wanted.emit(wanted)

    def _refresh(self, item_ids: set[str]) -> None:
        if not item_ids:
            return
        headers = {Entry(item_id) for item_id in item_ids}
        if self._entries is None:
            # Sixty of a hundred thousand: as soon as one scrolls, the rows are known by their ids.
            places = self._known_places()
            rows = sorted(places[item_id] for item_id in item_ids if item_id in places)
        else:
            rows = [row for row, entry in enumerate(self._entries) if entry in headers]
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]), [ROW])
