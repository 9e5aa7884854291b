"""The middle pane: one list for everything and for hits, under the search box.

In: a place in the collection, a typed query.  Out: which item or passage was chosen.  Separate from its model, which
knows rows only; here it is decided what to ask the library and the searcher, and in which order to show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.library import Changes, IndexState, Library, Order, Scope
from archive_viewer.model import Item, Passage
from archive_viewer.ui import icons, theme, wording
from archive_viewer.ui.arrangement_button import RELEVANCE, Arrangement, ArrangementButton
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.children import Searcher
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.item_model import ITEM_LINES, Hit, ItemModel
from archive_viewer.ui.preferences import debounced
from archive_viewer.ui.rows import RowView

TYPING_MS = 160
REFRESH_MS = 300
MOST_HITS = 500


class ItemList(QWidget):
    """Signals: ``chosen`` – item id, start, end (-1: the item itself), whether to keep its tab, whether the reader
    takes the focus; ``selection_changed`` – ids; ``searched`` – query, number of hits; ``scope_left`` – the scope's
    chip was closed; ``arranged`` – sorting or grouping changed."""

    chosen = Signal(str, int, int, bool, bool)
    selection_changed = Signal(object)
    searched = Signal(str, int)
    scope_left = Signal()
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("itemList")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge: Bridge | None = None
        self._searcher: Searcher | None = None
        self._scope = Scope()
        self._scope_name = ""
        self._query = ""
        self._is_index_ready = True
        self.model = ItemModel()
        self.model.setParent(self)
        self.model.wanted.connect(self._fetch)
        self._typing = debounced(self, TYPING_MS, self._search)
        self._refreshing = debounced(self, REFRESH_MS, self._refresh)
        self._build()

    # -- from outside -------------------------------------------------------------------------------------------

    def attach(self, bridge: Bridge | None, searcher: Searcher | None) -> None:
        """Show another library, or none."""
        self._bridge, self._searcher = bridge, searcher
        self.model.show_hits([])
        self.model.forget()
        self.setEnabled(bridge is not None)
        if bridge is not None and searcher is not None:
            bridge.changed.connect(self.follow_changes)
            bridge.changed_elsewhere.connect(self.follow_anything)
            searcher.found.connect(self._show_found)
            searcher.refused.connect(self._show_fault)
            self._refresh()

    def show_scope(self, scope: Scope, name: str = "") -> None:
        """Show a part of the collection; the query, if any, is asked within it."""
        if scope != self._scope:
            # What is chosen now will not be there in a moment, and must not be acted upon.
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        self._scope, self._scope_name = scope, name
        self._chip.setVisible(scope.kind != "all")
        self._chip.setText(name)
        self._refresh()

    def search(self, query: str) -> None:
        """Type ``query`` into the box and ask at once."""
        self.box.setText(query)
        self._typing.stop()
        self._search()

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
        return self._sort.arrangement

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and group the list so."""
        self._sort.show_arrangement(arrangement)
        self._refresh()

    def selected_ids(self) -> list[str]:
        """Ids of the selected rows' items, in the list's order, each once."""
        rows = sorted(self.view.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return list(dict.fromkeys(self.model.entry(row).item_id for row in rows if self.model.entry(row).item_id))

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

    @Slot(object)
    def follow_index(self, state: IndexState) -> None:
        """The index has caught up: what was not found a moment ago may be found now."""
        has_caught_up = state.is_ready and not state.waiting
        self._is_index_ready = state.is_ready
        if has_caught_up and self._query:
            self._refreshing.start()

    @Slot(object)
    def follow_changes(self, changes: Changes) -> None:
        if changes.items:
            self.model.forget(changes.items)
            self._refreshing.start()

    @Slot()
    def follow_anything(self) -> None:
        self.model.forget()
        self._refreshing.start()

    # -- the pane's parts ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.box = QLineEdit(placeholderText=self.tr("Search every page"))
        self.box.setObjectName("searchBox")
        self.box.setAccessibleName(self.tr("Search the library"))
        self.box.setToolTip(
            self.tr("Words, “a phrase”, OR, -without, begin*, title: author: site: tag: note:, published:2021")
        )
        self._glass = QAction(self)
        self.box.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(self.tr("Leave the search"), self, visible=False)
        self._clear.triggered.connect(lambda: self.search(""))
        self.box.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._enter)
        self.box.installEventFilter(self)
        self._fault = QLabel(wordWrap=True)
        self._fault.hide()
        self._fault.setObjectName("fault")
        self._chip = QToolButton()
        self._chip.hide()
        self._chip.setObjectName("chip")
        self._chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._chip.setToolTip(self.tr("Show everything again"))
        self._chip.setLayoutDirection(
            Qt.LayoutDirection.LeftToRight if self.isRightToLeft() else Qt.LayoutDirection.RightToLeft
        )
        self._chip.clicked.connect(self.scope_left)
        self._count = QLabel()
        self._count.setObjectName("quiet")
        self._sort = ArrangementButton()
        self._sort.arranged.connect(self._arranged)
        self.view = RowView(self.tr("Pages"))
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.setUniformItemSizes(True)
        self.view.clicked.connect(self._clicked)
        self.view.doubleClicked.connect(lambda index: self._choose(index, keep=True, focus=True))
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit(self.selected_ids()))
        self.empty = EmptyState(self.view)
        line = QHBoxLayout()
        line.setContentsMargins(theme.BASE, 0, theme.SMALL, 0)
        line.setSpacing(theme.SMALL)
        line.addWidget(self._chip)
        line.addWidget(self._count, 1)
        line.addWidget(self._sort)
        top = QVBoxLayout()
        top.setContentsMargins(theme.BASE, theme.BASE, theme.BASE, 0)
        top.addWidget(self.box)
        top.addWidget(self._fault)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(top)
        layout.addLayout(line)
        layout.addWidget(self.view, 1)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        self._glass.setIcon(icons.icon("search", self.palette()))
        self._clear.setIcon(icons.icon("close", self.palette()))
        self._chip.setIcon(icons.icon("close", self.palette()))

    # -- asking -------------------------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        self._clear.setVisible(bool(self.box.text()))
        self._typing.start()

    @Slot()
    def _enter(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._search()
        else:
            self.step(+1)

    @Slot()
    def _search(self) -> None:
        query = self.box.text().strip()
        if query != self._query:
            self._query = query
            self._sort.set_searching(bool(query))
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Ask for what should be shown; the rows stay until the answer is there."""
        if self._bridge is None or self._searcher is None:
            return
        if self._query:
            self._searcher.ask(self._query, MOST_HITS)
            return
        self._searcher.forget()
        self._fault.hide()
        arrangement, scope = self.arrangement, self._scope
        order, group = Order(arrangement.field, arrangement.is_descending), arrangement.group

        def list_items(library: Library) -> tuple[list[Hit], dict[int, str]]:
            hits = [Hit(item_id) for item_id in library.item_ids(scope, order)]
            return grouped(hits, group, library)

        self._bridge.ask(list_items, self._show_everything, owner=self, newest="list")

    def _show_everything(self, answer: tuple[list[Hit], dict[int, str]]) -> None:
        hits, sections = answer
        self.view.setUniformItemSizes(True)
        self.view.rows.set_fixed_lines(ITEM_LINES)
        self._show(hits, sections)
        self._count.setText(wording.counted(len(hits), self.tr("page"), self.tr("pages")))

    @Slot(str, object, float, str)
    def _show_found(self, query: str, found: list, seconds: float, note: str) -> None:
        if query != self._query or self._bridge is None:
            return
        hits = [Hit(item_id, tuple(Passage(**passage) for passage in passages)) for item_id, passages in found]
        field, is_descending, group = (
            self.arrangement.hits_field,
            self.arrangement.is_descending,
            self.arrangement.group,
        )
        scope = self._scope

        def order_hits(library: Library) -> tuple[list[Hit], dict[int, str]]:
            kept = hits
            if field != RELEVANCE or scope.kind != "all":
                order = Order("added" if field == RELEVANCE else field, is_descending)
                places = {item_id: place for place, item_id in enumerate(library.item_ids(scope, order))}
                kept = [hit for hit in hits if hit.item_id in places]
                if field != RELEVANCE:
                    kept.sort(key=lambda hit: places[hit.item_id])
            return grouped(kept, group, library)

        def show(answer: tuple[list[Hit], dict[int, str]]) -> None:
            self._fault.setText("" if self._is_index_ready else note)
            self._fault.setVisible(bool(self._fault.text()))
            self.view.setUniformItemSizes(False)
            self.view.rows.set_fixed_lines(())
            self._show(*answer)
            pages = wording.counted(len(answer[0]), self.tr("page"), self.tr("pages"))
            passages = wording.counted(self.model.passage_count, self.tr("passage"), self.tr("passages"))
            most = self.tr("the first {pages}").format(pages=pages) if len(found) >= MOST_HITS else pages
            self._count.setText(wording.joined(most, passages))
            self._count.setToolTip(self.tr("found in {seconds} s").format(seconds=f"{seconds:.2f}"))
            self.searched.emit(query, len(answer[0]))

        self._bridge.ask(order_hits, show, owner=self, newest="list")

    @Slot(str, str, int)
    def _show_fault(self, query: str, sentence: str, position: int) -> None:
        if query == self._query:
            self._fault.setText(sentence)
            self._fault.show()

    def _show(self, hits: Sequence[Hit], sections: Mapping[int, str]) -> None:
        current = self.model.entry(self.view.currentIndex())
        place = self.view.verticalScrollBar().value()
        is_same = bool(hits) and [hit.item_id for hit in hits] == self.model.item_ids
        self.model.show_hits(hits, sections)
        if current.item_id:
            index = self.model.row_of(current.item_id, current.passage.start if current.passage else None)
            self.view.setCurrentIndex(index)
        if is_same:
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
        elif self._scope.kind == "bin":
            self.empty.say(self.tr("The bin is empty"), self.tr("Pages moved to the bin wait here."), "bin")
        elif self._scope.kind == "all":
            importing = self.window().findChild(QAction, "import-folder")
            is_possible = importing is not None and importing.isEnabled()
            self.empty.say(
                self.tr("No pages yet"),
                self.tr("Drop saved pages or whole folders anywhere on this window.  They are copied, never moved.")
                if is_possible
                else self.tr("This library holds nothing, and it is open for reading only."),
                "import",
                importing if is_possible else None,
            )
        else:
            self.empty.say(self.tr("Nothing here"), "", "page")

    def _fetch(self, ids: list[str]) -> None:
        if self._bridge is not None:
            self._bridge.ask(lambda library: library.items(ids), self._provide, owner=self)

    def _provide(self, items: list[Item]) -> None:
        self.model.provide(items)

    @Slot()
    def _arranged(self) -> None:
        self._refresh()
        self.arranged.emit()

    # -- choosing -----------------------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if len(self.view.selectionModel().selectedIndexes()) == 1:
            self._choose(index, keep=False, focus=False)

    def _choose(self, index: QModelIndex, *, keep: bool, focus: bool) -> None:
        entry = self.model.entry(index)
        if entry.more:
            self.model.unfold(entry.item_id)
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
            if watched is self.box and event.key() == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                if not self.view.currentIndex().isValid():
                    self.view.setCurrentIndex(self.model.index(0))
                return True
            if watched is self.box and event.key() == Qt.Key.Key_Escape and self.box.text():
                self.search("")
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


def grouped(hits: Sequence[Hit], group: str, library: Library) -> tuple[list[Hit], dict[int, str]]:
    """The hits put together by ``group``, groups in the order of their first member, and the titles by position."""
    if not group or not hits:
        return list(hits), {}
    items = {item.id: item for item in library.items([hit.item_id for hit in hits])}
    titles = {item_id: _group_title(item, group) for item_id, item in items.items()}
    first: dict[str, int] = {}
    for place, hit in enumerate(hits):
        first.setdefault(titles.get(hit.item_id, ""), place)
    ordered = sorted(hits, key=lambda hit: first[titles.get(hit.item_id, "")])
    sections: dict[int, str] = {}
    at = 0
    for title, members in groupby(ordered, key=lambda hit: titles.get(hit.item_id, "")):
        count = len(list(members))
        sections[at] = f"{title}  {wording.number(count)}"
        at += count
    return ordered, sections


def _group_title(item: Item, group: str) -> str:
    titles = {"site": item.site, "address": item.url.split("#")[0], "accession": item.accession}
    return titles[group] or "—"
