"""The rows of the middle pane: ids first, their items fetched a page at a time as they come into view.

In: ids in order, or hits with passages.  Out: ``Row`` values, and the signal ``wanted`` with the ids that have to be
fetched.  Separate from the list so that a hundred thousand ids cost a list of tuples, and nothing waits for a
description that nobody looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from archive_viewer.model import LINE_BREAK, PICTURE, Item, Passage
from archive_viewer.ui import wording
from archive_viewer.ui.rows import ROW, Line, Row, Style

PAGE = 60
KEPT_ITEMS = 4_000
PASSAGES_SHOWN = 4
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


@dataclass(frozen=True)
class Hit:
    """An item's id with the passages that answer the query."""

    item_id: str
    passages: tuple[Passage, ...] = ()


class ItemModel(QAbstractListModel):
    """``wanted``: ids whose items should be given to ``provide``."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._hits: list[Hit] = []
        self._sections: Mapping[int, str] = {}
        self._unfolded: set[str] = set()
        self._has_hits = False
        self._items: dict[str, Item] = {}
        self._asked: set[str] = set()
        self._missed: set[int] = set()
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._ask)

    # -- what is shown ------------------------------------------------------------------------------------------

    def show_hits(self, hits: Sequence[Hit], sections: Mapping[int, str] | None = None) -> None:
        """Show these items; ``sections``: position in ``hits`` → the title to stand before it."""
        self.beginResetModel()
        self._hits = list(hits)
        self._sections = sections or {}
        self._unfolded &= {hit.item_id for hit in hits}
        self._has_hits = any(hit.passages for hit in hits)
        self._entries = self._make_entries()
        self._asked.clear()
        self.endResetModel()

    @property
    def item_ids(self) -> list[str]:
        return [hit.item_id for hit in self._hits]

    @property
    def passage_count(self) -> int:
        return sum(len(hit.passages) for hit in self._hits)

    def entry(self, index: QModelIndex | QPersistentModelIndex) -> Entry:
        return self._entries[index.row()] if index.isValid() else Entry()

    def item(self, item_id: str) -> Item | None:
        """The item, where it was fetched already."""
        return self._items.get(item_id)

    def hits_of(self, item_id: str) -> list[tuple[int, int]]:
        """The places in an item's text that answer the query."""
        passages = next((hit.passages for hit in self._hits if hit.item_id == item_id), ())
        return [(passage.start, passage.end) for passage in passages]

    def row_of(self, item_id: str, start: int | None = None) -> QModelIndex:
        """The row of an item, or of its passage at ``start``; an invalid index where it is not shown."""
        for number, entry in enumerate(self._entries):
            if entry.item_id == item_id and (
                (start is None and entry.passage is None)
                or (entry.passage is not None and entry.passage.start == start)
            ):
                return self.index(number)
        return QModelIndex()

    def unfold(self, item_id: str) -> None:
        """Show every passage of a hit."""
        at = next((n for n, entry in enumerate(self._entries) if entry.item_id == item_id and entry.more), None)
        if at is None:
            return
        passages = next(hit.passages for hit in self._hits if hit.item_id == item_id)[PASSAGES_SHOWN:]
        self._unfolded.add(item_id)
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._entries[at]
        self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), at, at + len(passages) - 1)
        self._entries[at:at] = [Entry(item_id, passage) for passage in passages]
        self.endInsertRows()

    # -- items --------------------------------------------------------------------------------------------------

    def provide(self, items: Iterable[Item]) -> None:
        """Take in fetched items and show them."""
        if len(self._items) > KEPT_ITEMS:
            self._items.clear()
        found = {item.id: item for item in items}
        self._items.update(found)
        self._asked -= found.keys()
        self._refresh(set(found))

    def forget(self, item_ids: Iterable[str] | None = None) -> None:
        """Fetch these items anew when they are looked at next; None: all of them."""
        gone = set(self._items) if item_ids is None else set(item_ids) & self._items.keys()
        for item_id in gone:
            del self._items[item_id]
        self._asked.clear()
        self._refresh(gone)

    # -- Qt's questions -----------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(index.row())
        return row if role == ROW else row.text

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if index.isValid() and self._entries[index.row()].section:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _row(self, number: int) -> Row:
        entry = self._entries[number]
        if entry.section:
            return Row((Line(entry.section, Style.SECTION),), is_section=True)
        if entry.passage is not None:
            return passage_row(entry.passage)
        if entry.more:
            text = self.tr("{count} more passages").format(count=wording.number(entry.more))
            return Row((Line(text, Style.SMALL),), icon="down", depth=1, pads=(8, 12))
        item = self._items.get(entry.item_id)
        if item is None:
            self._missed.add(number)
            self._fetch.start()
            return Row((Line("…", Style.TITLE, 1), Line(" ", Style.SMALL), Line(" ", Style.SMALL)), is_dim=True)
        has_passages = number + 1 < len(self._entries) and self._entries[number + 1].passage is not None
        return item_row(item, title_lines=2 if self._has_hits else 1, has_rule=not has_passages)

    def _make_entries(self) -> list[Entry]:
        entries: list[Entry] = []
        for number, hit in enumerate(self._hits):
            if number in self._sections:
                entries.append(Entry(section=self._sections[number]))
            entries.append(Entry(hit.item_id))
            shown = None if hit.item_id in self._unfolded else PASSAGES_SHOWN
            entries += (Entry(hit.item_id, passage) for passage in hit.passages[:shown])
            if shown and len(hit.passages) > shown:
                entries.append(Entry(hit.item_id, more=len(hit.passages) - PASSAGES_SHOWN))
        return entries

    @Slot()
    def _ask(self) -> None:
        if not self._missed:
            return
        first, last = min(self._missed), max(self._missed)
        self._missed.clear()
        near = self._entries[max(0, first - PAGE // 2) : last + PAGE // 2]
        ids = dict.fromkeys(entry.item_id for entry in near if entry.item_id)
        wanted = [item_id for item_id in ids if item_id not in self._items and item_id not in self._asked]
        if wanted:
            self._asked.update(wanted)
            self.wanted.emit(wanted)

    def _refresh(self, item_ids: set[str]) -> None:
        rows = [n for n, entry in enumerate(self._entries) if entry.item_id in item_ids and entry.passage is None]
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
