"""The rows of the middle pane: ids first, their items fetched a page at a time as they come into view.

In: ids in order, or hits with passages.  Out: ``Row`` values, and the signal ``wanted`` with the ids that have to be
fetched.  Separate from the list so that a hundred thousand ids cost a list of tuples, and nothing waits for a
description that nobody looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from archive_viewer.model import LINE_BREAK, PICTURE, Item, Passage
from archive_viewer.ui import wording
from archive_viewer.ui.list_source import Hit
from archive_viewer.ui.rows import ROW, Line, Row, Style

PAGE = 60
KEPT_ITEMS = 4_000
PASSAGES_SHOWN = 3
"""Passages under a hit before the rest waits behind one row: a page with 300 matches must not bury the next hit."""

WORDS_BEFORE = 70
"""Characters of context before a match, so that the match stands in the first of the row's lines."""

LONGEST_CUT_WORD = 20
"""Characters within which a blank is looked for, so that no half word begins a passage."""

ITEM_LINES = (Style.TITLE, Style.SMALL, Style.SMALL)


@dataclass(frozen=True)
class Entry:
    """One row: an item, one of its passages, the rest of its passages, or a section's title."""

    item_id: str = ""
    passage: Passage | None = None
    more: int = 0
    section: str = ""


class ItemModel(QAbstractListModel):
    """``wanted``: ids whose items should be given to ``provide``."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._ids: Sequence[str] = ()
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

    def show_items(self, ids: Sequence[str], sections: Mapping[int, str] | None = None) -> None:
        """Show these items; ``sections``: position in ``ids`` → the title to stand before it.

        Without sections a row is its id and nothing else, so that a hundred thousand are shown at once.
        """
        self._show(ids, {}, sections or {})

    def show_hits(self, hits: Sequence[Hit], sections: Mapping[int, str] | None = None) -> None:
        """Show these items with their passages."""
        self._show([hit.item_id for hit in hits], {hit.item_id: hit for hit in hits}, sections or {})

    def _show(self, ids: Sequence[str], hits: dict[str, Hit], sections: Mapping[int, str]) -> None:
        self.beginResetModel()
        self._ids, self._hits = ids, hits
        self._unfolded = {item_id: found for item_id, found in self._unfolded.items() if item_id in hits}
        self._entries = list(self._make_entries(sections)) if hits or sections else None
        self._asked.clear()
        self._missed.clear()
        self.endResetModel()

    def _make_entries(self, sections: Mapping[int, str]) -> Iterator[Entry]:
        for place, item_id in enumerate(self._ids):
            if place in sections:
                yield Entry(section=sections[place])
            yield Entry(item_id)
            hit = self._hits.get(item_id)
            if item_id in self._unfolded:
                yield from (Entry(item_id, passage) for passage in self._unfolded[item_id])
            elif hit is not None:
                yield from (Entry(item_id, passage) for passage in hit.passages[:PASSAGES_SHOWN])
                if hit.count > PASSAGES_SHOWN:
                    yield Entry(item_id, more=hit.count - PASSAGES_SHOWN)

    @property
    def item_ids(self) -> list[str]:
        return list(self._ids)

    @property
    def passage_count(self) -> int:
        return sum(hit.count for hit in self._hits.values())

    def entry(self, index: QModelIndex | QPersistentModelIndex) -> Entry:
        return self._entry(index.row()) if index.isValid() else Entry()

    def _entry(self, row: int) -> Entry:
        return Entry(self._ids[row]) if self._entries is None else self._entries[row]

    def item(self, item_id: str) -> Item | None:
        """The item, where it was fetched already."""
        return self._items.get(item_id)

    def hit(self, item_id: str) -> Hit | None:
        return self._hits.get(item_id)

    def row_of(self, item_id: str, start: int | None = None) -> QModelIndex:
        """The row of an item, or of its passage at ``start``; an invalid index where it is not shown."""
        if self._entries is None:
            return self.index(self._ids.index(item_id)) if start is None and item_id in self._ids else QModelIndex()
        for row, entry in enumerate(self._entries):
            if entry.item_id == item_id and start == (entry.passage.start if entry.passage else None):
                return self.index(row)
        return QModelIndex()

    def unfold(self, item_id: str, passages: tuple[Passage, ...]) -> None:
        """Show every passage of a hit in the place of the row that stands for the rest."""
        entries = self._entries or []
        at = next((row for row, entry in enumerate(entries) if entry.item_id == item_id and entry.more), None)
        if at is None:
            return
        self._unfolded[item_id] = passages
        rest = [Entry(item_id, passage) for passage in passages[PASSAGES_SHOWN:]]
        self.beginRemoveRows(QModelIndex(), at, at)
        del entries[at]
        self.endRemoveRows()
        if rest:
            self.beginInsertRows(QModelIndex(), at, at + len(rest) - 1)
            entries[at:at] = rest
            self.endInsertRows()

    # -- items --------------------------------------------------------------------------------------------------

    def provide(self, items: Iterable[Item]) -> None:
        """Take in fetched items and show them."""
        if len(self._items) > KEPT_ITEMS:
            self._items.clear()
        found = {item.id: item for item in items}
        self._items.update(found)
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

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(self._ids) if self._entries is None else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(index.row())
        return row if role == ROW else row.text

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if self.entry(index).section:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _row(self, number: int) -> Row:
        entry = self._entry(number)
        if entry.section:
            return Row((Line(entry.section, Style.SECTION),), is_section=True)
        if entry.passage is not None:
            return passage_row(entry.passage)
        if entry.more:
            text = self.tr("{count} more passages").format(count=wording.number(entry.more))
            return Row((Line(text, Style.SMALL),), icon="down", depth=1, pads=(8, 12))
        item = self._items.get(entry.item_id)
        if item is None or entry.item_id in self._stale:
            self._missed.add(number)
            self._fetch.start()
        if item is None:
            return Row((Line("…", Style.TITLE, 1), Line(" ", Style.SMALL), Line(" ", Style.SMALL)), is_dim=True)
        has_passages = number + 1 < self.rowCount() and self._entry(number + 1).passage is not None
        return item_row(item, title_lines=2 if self._hits else 1, has_rule=not has_passages)

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
        if self._entries is None:
            rows = [row for row, item_id in enumerate(self._ids) if item_id in item_ids]
        else:
            rows = [row for row, entry in enumerate(self._entries) if entry.item_id in item_ids and not entry.passage]
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]), [ROW])


def item_row(item: Item, *, title_lines: int = 1, has_rule: bool = True) -> Row:
    """Title, then site and authors, then publication and capture date."""
    who = wording.joined(item.site, ", ".join(item.authors))
    when = wording.joined(wording.published(item.published), wording.captured(item.captured_at))
    small = (Line(who or item.file_name, Style.SMALL), Line(when or " ", Style.SMALL))
    lines = (Line(item.title or item.file_name, Style.TITLE, title_lines), *small)
    return Row(lines, has_rule=has_rule, pads=(12, 12) if has_rule else (12, 4))


def passage_row(passage: Passage) -> Row:
    """The words around a match, the match set apart."""
    before, match, after = shown(passage.before), shown(passage.match), shown(passage.after)
    if len(before) > WORDS_BEFORE:
        before = before[-WORDS_BEFORE:]
        blank = before.find(" ", 0, LONGEST_CUT_WORD)
        before = "…" + before[blank + 1 :]
    place = (len(before), len(before) + len(match))
    return Row((Line(before + match + after, Style.TEXT, 3, (place,)),), depth=1, pads=(8, 8))


def shown(text: str) -> str:
    """Text of a page for a row: line ends and line breaks as blanks, pictures left out."""
    return text.replace(PICTURE, "").replace("\n", " ").replace(LINE_BREAK, " ")
