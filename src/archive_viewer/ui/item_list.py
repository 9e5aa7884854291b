"""The middle pane: one list for everything and for hits, under the search box.

In: a place in the collection, a typed query.  Out: which item or passage was chosen.  Separate from its model, which
knows rows only, and from its source, which knows the library: here is what a person types, picks and clicks.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.library import Changes, IndexState, Library, Scope
from archive_viewer.model import Item, Passage
from archive_viewer.ui import theme, wording
from archive_viewer.ui.arrangement_button import Arrangement
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.capture_folding import CaptureFolding
from archive_viewer.ui.children import Searcher
from archive_viewer.ui.dragging import PAGES, packed
from archive_viewer.ui.emptied_accession import Whereabouts, whereabouts
from archive_viewer.ui.empty_part import say_part_is_empty
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.item_model import ITEM_LINES, ItemModel
from archive_viewer.ui.list_line import ListLine
from archive_viewer.ui.list_source import Found, Listing, ListSource
from archive_viewer.ui.ordered_rows import OrderedRows
from archive_viewer.ui.rows import RowView
from archive_viewer.ui.search_box import SearchBox
from archive_viewer.ui.timers import Throttle

REFRESH_MS = 800
MOST_CHOSEN = 200


class ItemList(QWidget):
    """Signals: ``chosen`` – item id, start, end (-1: the item itself), whether to keep its tab, whether the reader
    takes the focus; ``aside_chosen`` – item id, ``Aside``, the same two; ``selection_changed``; ``searched`` – query,
    number of hits (an empty query: no longer); ``scope_left`` – the scope's chip was closed; ``arranged`` – sorting or
    grouping changed."""

    chosen = Signal(str, int, int, bool, bool)
    selection_changed = Signal()
    searched = Signal(str, int)
    aside_chosen = Signal(str, object, bool, bool)
    scope_left = Signal()
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("itemList")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge: Bridge | None = None
        self._source = ListSource(self)
        self._source.listed.connect(self._show_everything)
        self._source.found.connect(self._show_found)
        self._source.refused.connect(self._show_fault)
        self._shown: object = None
        self._scope = Scope()
        self.scope_name = ""
        self._query = ""
        self._is_index_ready = True
        self.model = ItemModel()
        self.model.setParent(self)
        self.model.wanted.connect(self._fetch)
        self._refreshing = Throttle(self, REFRESH_MS, self._refresh)
        self._build()

    # -- from outside -------------------------------------------------------------------------------------------

    def attach(self, bridge: Bridge | None, searcher: Searcher | None) -> None:
        """Show another library, or none."""
        self._bridge = bridge
        self._source.attach(bridge, searcher)
        self.search_box.attach(bridge)
        self._shown = None
        self.model.show_items(Listing([]))
        self.model.forget()
        self.setEnabled(bridge is not None)
        if bridge is not None and searcher is not None:
            bridge.changed.connect(self.follow_changes)
            bridge.changed_elsewhere.connect(self.follow_anything)
            self._refresh()

    def show_scope(self, scope: Scope, name: str = "") -> None:
        """Show a part of the collection; the query, if any, is asked within it."""
        if scope != self._scope:
            # What is chosen now will not be there in a moment, and must not be acted upon.
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        # A saved search is asked for in the box, among all pages.
        self._scope, self.scope_name = Scope() if scope.kind == "search" else scope, name
        self.line.show_scope(name if scope.kind != "all" else "")
        self._refresh()

    def search(self, query: str) -> None:
        """Type ``query`` into the box and ask at once."""
        self.search_box.set_query(query)

    def focus_search(self) -> None:
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    @property
    def query(self) -> str:
        return self._query

    @property
    def scope(self) -> Scope:
        return self._scope

    @property
    def arrangement(self) -> Arrangement:
        return self.line.sort.arrangement

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and group the list so."""
        self.line.sort.show_arrangement(arrangement)
        self._refresh()

    @property
    def has_selection(self) -> bool:
        """Whether any row is selected; which ones, ``selected_ids`` tells, which takes longer."""
        return self.view.selectionModel().hasSelection()

    def selected_ids(self) -> list[str]:
        """Ids of the selected rows' items, in the list's order, each once."""
        ranges = self.view.selectionModel().selection().toList()
        rows = sorted(row for one in ranges for row in range(one.top(), one.bottom() + 1))
        return self.model.ids_of(rows)

    def _carried(self) -> tuple[QMimeData, str]:
        """What goes along when the chosen rows are dragged."""
        ids = self.selected_ids()
        item = self.model.item(ids[0]) if len(ids) == 1 else None
        words = item.title if item is not None else wording.counted(len(ids), self.tr("page"), self.tr("pages"))
        return packed(PAGES, ids), words

    def ask_passages(self, item_id: str, then: Callable[[tuple[Passage, ...]], None], owner: QObject) -> None:
        """Every passage of a page that answers the query, also those that are not listed."""
        hit = self.model.hit(item_id)
        if hit is not None and len(hit.passages) == hit.count:
            then(hit.passages)
        elif hit is not None:
            self._source.ask_passages(item_id, then, owner)

    def find_in(self, item_id: str, then: Callable[[tuple[Passage, ...]], None], owner: QObject) -> None:
        """Every passage of a page that answers the query, whether the page is listed or not."""
        self._source.ask_passages(item_id, then, owner)

    def step(self, by: int) -> None:
        """Go to the next (+1) or previous (-1) passage, or item where the list shows no passages."""
        has_passages = self.model.passage_count > 0
        row = self.view.currentIndex().row() + by if self.view.currentIndex().isValid() else 0 if by > 0 else -1
        while 0 <= row < self.model.rowCount():
            entry = self.model.entry(self.model.index(row))
            if (entry.passage is not None) if has_passages else entry.item_id:
                self.view.setCurrentIndex(self.model.index(row))
                self._choose(self.model.index(row), keep=False, focus=False)
                return
            row += by

    def point_at(self, item_id: str) -> None:
        """Pick a page's row, without opening the page; a page that is not listed leaves the list as it is."""
        self.model.reveal(item_id)
        if (index := self.model.row_of(item_id)).isValid():
            self.view.setCurrentIndex(index)

    @Slot(object)
    def follow_index(self, state: IndexState) -> None:
        """The index has caught up: what was not found a moment ago may be found now."""
        has_caught_up = state.is_ready and not state.waiting
        self._is_index_ready = state.is_ready
        if has_caught_up and self._query:
            self._refreshing.hurry()

    @Slot(object)
    def follow_changes(self, changes: Changes) -> None:
        if changes.items:
            self.model.forget(changes.items)
        is_arranged = self._scope.kind in ("unit", "unarranged") or self.arrangement.field == "arranged"
        if changes.items or (changes.units and is_arranged):
            self._refreshing.hurry()

    @Slot()
    def follow_anything(self) -> None:
        self.model.forget()
        self._refreshing.ask()

    # -- the pane's parts ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.search_box = SearchBox()
        self.search_box.searched.connect(self._search)
        self.search_box.entered.connect(lambda: self.step(+1))
        self.search_box.left_down.connect(self._enter_list)
        self.box = self.search_box.box
        self.line = ListLine()
        self.line.scope_left.connect(self.scope_left)
        self.line.sort.arranged.connect(self._arranged)
        self.view = OrderedRows(self.tr("Pages"), self._carried)
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.setUniformItemSizes(True)
        self.view.clicked.connect(self._clicked)
        self.view.doubleClicked.connect(lambda index: self._choose(index, keep=True, focus=True))
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        CaptureFolding(self.view, self.model)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.empty = EmptyState(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.search_box)
        layout.addWidget(self.line)
        layout.addWidget(self.view, 1)

    # -- asking -------------------------------------------------------------------------------------------------

    @Slot(str)
    def _search(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.line.set_searching(bool(query))
            if not query:
                self.searched.emit("", 0)
            self.line.fit()
            self._refresh()

    @Slot()
    def _enter_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))

    @Slot()
    def _refresh(self) -> None:
        """Ask for what should be shown; the rows stay until the answer is there."""
        self._source.ask(self._query, self._scope, self.arrangement)

    @Slot(object)
    def _show_everything(self, listing: Listing) -> None:
        if self._query:
            return
        self.search_box.show_fault("")
        pages = wording.counted(len(listing.ids), self.tr("page"), self.tr("pages"))
        addresses = wording.counted(listing.addresses, self.tr("address"), self.tr("addresses"))
        self.line.say(pages, addresses if listing.addresses else "")
        if self._shown == listing:
            self._say_when_empty()
            return
        self._shown = listing
        self._keep_place(lambda: self._show_plain(listing))

    def _show_plain(self, listing: Listing) -> None:
        is_plain = not listing.sections
        self.view.setLayoutMode(RowView.LayoutMode.SinglePass if is_plain else RowView.LayoutMode.Batched)
        self.view.setUniformItemSizes(is_plain)
        self.view.rows.set_fixed_lines(ITEM_LINES)
        self.model.show_items(listing)

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        if found.query != self._query:
            return
        self.search_box.show_fault("" if self._is_index_ready else found.note)
        if self._shown != (found.hits, found.listing):
            self._shown = (found.hits, found.listing)
            self._keep_place(lambda: self._show_hits(found))
        pages = wording.counted(len(found.hits), self.tr("page"), self.tr("pages"))
        passages = wording.counted(self.model.passage_count, self.tr("passage"), self.tr("passages"))
        most = pages if found.is_all else self.tr("the best {pages}").format(pages=pages)
        self.line.say(most, passages, self.tr("found in {seconds} s").format(seconds=f"{found.seconds:.2f}"))
        self.searched.emit(found.query, len(found.hits))

    def _show_hits(self, found: Found) -> None:
        # Rows of their own heights are laid out some at a time: a thousand at once would be felt.
        self.view.setLayoutMode(RowView.LayoutMode.Batched)
        self.view.setUniformItemSizes(False)
        self.view.rows.set_fixed_lines(())
        self.model.show_hits(found.hits, found.listing)

    @Slot(str, str, int)
    def _show_fault(self, query: str, sentence: str, position: int) -> None:
        if query == self._query:
            self.search_box.show_fault(sentence, position)

    def _keep_place(self, show: Callable[[], None]) -> None:
        """Show other rows; what was chosen stays chosen, and the same list stays where it was scrolled to."""
        current, chosen = self.model.entry(self.view.currentIndex()), self.selected_ids()
        place, before = self.view.verticalScrollBar().value(), self.model.item_ids[:1]
        show()
        for item_id in (current.item_id, *chosen[:MOST_CHOSEN]):
            self.model.reveal(item_id)
        if current.item_id:
            index = self.model.row_of(current.item_id, current.passage.start if current.passage else None)
            self.view.setCurrentIndex(index)
        selection = self.view.selectionModel()
        for item_id in chosen[:MOST_CHOSEN] if len(chosen) > 1 else ():
            selection.select(self.model.row_of(item_id), QItemSelectionModel.SelectionFlag.Select)
        if self.model.item_ids[:1] == before:
            self.view.verticalScrollBar().setValue(place)
        elif not current.item_id:
            self.view.scrollToTop()
        self._say_when_empty()

    def _say_when_empty(self) -> None:
        if self._query:
            self.empty.say(
                self.tr("Nothing found"),
                self.tr("Try fewer words, the beginning of a word with a star (negotiat*), or another spelling."),
                "search",
            )
        elif self._scope.kind == "accession":
            self._explain_accession(self._scope)
        else:
            importing = self.window().findChild(QAction, "import-folder")
            say_part_is_empty(self.empty, self._scope.kind, importing)

    def _explain_accession(self, scope: Scope) -> None:
        title = self.tr("No page of this accession is here")
        self.empty.say(title, "", "accession")
        if self._bridge is not None and not self.model.item_ids:

            def say(found: Whereabouts) -> None:
                if self._scope == scope and not self._query:
                    self.empty.say(title, found.sentence, "accession")

            self._bridge.ask(
                lambda library: whereabouts(library, scope.value), say, owner=self, newest="emptied accession"
            )

    def _fetch(self, ids: list[str]) -> None:
        def fetch(library: Library) -> tuple[list[Item], dict[str, int]]:
            return library.items(ids), library.capture_counts(ids)

        if self._bridge is not None:
            self._bridge.ask(fetch, lambda found: self.model.provide(*found), owner=self)

    @Slot()
    def _arranged(self) -> None:
        self.line.fit()
        self._refresh()
        self.arranged.emit()

    # -- choosing -----------------------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if len(self.view.selectionModel().selectedIndexes()) == 1:
            self._choose(index, keep=False, focus=False)

    def _choose(self, index: QModelIndex, *, keep: bool, focus: bool) -> None:
        entry = self.model.entry(index)
        if entry.item_id and self._query:
            self.search_box.remember_query()
        if entry.more:
            self.ask_passages(entry.item_id, lambda found: self.model.unfold(entry.item_id, found), self)
        elif entry.aside is not None:
            self.aside_chosen.emit(entry.item_id, entry.aside, keep, focus)
        elif entry.passage is not None:
            self.chosen.emit(entry.item_id, entry.passage.start, entry.passage.end, keep, focus)
        elif entry.item_id:
            self.chosen.emit(entry.item_id, -1, -1, keep, focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.view and is_enter:
                keep = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self._choose(self.view.currentIndex(), keep=keep, focus=True)
                return True
        if (
            watched is self.view.viewport()
            and event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.MiddleButton
        ):
            self._choose(self.view.indexAt(event.position().toPoint()), keep=True, focus=False)
            return True
        return super().eventFilter(watched, event)
