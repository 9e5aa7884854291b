"""The order of the pages within a unit, changed in the list: by a key, by the menu, or by dragging.

In: the list, and what is chosen in it.  Out: one step of the library for each act.  Separate from the acts on units:
those move in a tree that is always in its own order, while the list may show its pages in any other, where a place
between two rows would mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from archive_viewer.errors import ArchiveViewerError, BadArrangement
from archive_viewer.library import Library, Order
from archive_viewer.ui import wording
from archive_viewer.ui.actions import ACTIONS, tip_of
from archive_viewer.ui.open_library import OpenLibrary

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

IN_ORDER = Order("arranged", is_descending=False)
STEPS = {"page-up": -1, "page-down": +1}


class PageOrder(QObject):
    """Moves pages up and down in the list, where that shows a unit in its arranged order."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._library: OpenLibrary | None = None
        view = window.list.view
        view.may_order = lambda: not self.reason
        view.put.connect(self._drop)
        window.list.arranged.connect(lambda: window.acts.update())
        for action in ACTIONS:
            if action.list_key:
                key = QShortcut(QKeySequence(action.list_key), view)
                key.setContext(Qt.ShortcutContext.WidgetShortcut)
                key.activated.connect(lambda by=STEPS[action.id]: self.step(by))

    def attach(self, library: OpenLibrary | None) -> None:
        """Act on another library, or none."""
        self._library = library

    def effects(self) -> dict[str, Callable[..., None]]:
        return {name: lambda by=by: self.step(by) for name, by in STEPS.items()}

    def possible(self) -> dict[str, bool]:
        """Whether pages can be moved now; the actions say why not."""
        reason = self.reason or ("" if self._window.list.has_selection else self.tr("Choose a page in the list first."))
        for name in STEPS:
            action = self._window.actions_by_id[name]
            action.setToolTip(reason or tip_of(action))
            action.setStatusTip(reason)
        return dict.fromkeys(STEPS, not reason)

    @property
    def reason(self) -> str:
        """Why the pages of the list cannot be put in another order; empty where they can."""
        shown = self._window.list
        if self._library is None or not self._library.is_writable:
            return self.tr("Nothing can be moved: the library is open for reading only.")
        if shown.scope.kind != "unit" or self._window.middle.currentWidget() is not shown:
            return self.tr("Choose a unit of the arrangement first: pages have their order within a unit.")
        if shown.query:
            return self.tr("Clear the search first: what it finds is not shown in the unit's order.")
        if shown.arrangement.field != IN_ORDER.field or shown.arrangement.is_descending or shown.arrangement.group:
            return self.tr("Sort the list by Arranged Order first, not descending and without groups.")
        return ""

    def step(self, by: int) -> None:
        """Bring the chosen pages, together, one place up (-1) or down (+1)."""
        ids = self._window.list.selected_ids()
        if self.reason or not ids:
            self._window.tell(self.reason)
            return
        scope, chosen = self._window.list.scope, set(ids)

        def move(library: Library) -> int:
            # The rows may be older than what was moved a moment ago.
            order = library.item_ids(scope, IN_ORDER)
            places = [place for place, id in enumerate(order) if id in chosen]
            if not places:
                return 0
            gap = places[0] - 1 if by < 0 else places[-1] + 2
            return put_pages(library, [order[place] for place in places], order, gap) if 0 <= gap <= len(order) else 0

        self._do(move)

    def _drop(self, ids: Sequence[str], row: int) -> None:
        order, dropped = self._window.list.model.item_ids, set(ids)
        if moved := [id for id in order if id in dropped]:
            self._do(lambda library: put_pages(library, moved, order, row))

    def _do(self, move: Callable[[Library], int]) -> None:
        def say(count: int) -> None:
            pages = wording.counted(count, self.tr("page"), self.tr("pages"))
            moved = self.tr("{pages} moved within the unit.").format(pages=pages)
            self._window.tell(moved if count else self.tr("There is no further to go in this unit."))

        def fail(error: ArchiveViewerError) -> None:
            # A row too far is no trouble, and nothing was changed.
            say_it = self._window.tell if isinstance(error, BadArrangement) else self._window.show_trouble
            say_it(str(error))

        if self._library is not None:
            self._library.bridge.do(move, say, owner=self, failed=fail)


def put_pages(library: Library, ids: Sequence[str], order: Sequence[str], gap: int) -> int:
    """Let pages stand together before the page at ``gap`` of a unit's ``order``; gives how many were moved.

    :raises BadArrangement: they stand in several units, or the gap is in another than theirs.
    """
    moved = set(ids)
    front = next((id for id in reversed(order[:gap]) if id not in moved), "")
    behind = next((id for id in order[gap:] if id not in moved), "")
    units = {item.id: item.unit_id for item in library.items([*ids, *filter(None, (front, behind))])}
    homes = {units[id] for id in ids}
    if len(homes) != 1:
        raise BadArrangement("These pages stand in several units; only pages of one unit are put in order together.")
    (home,) = homes
    if home not in (units.get(front), units.get(behind)):
        raise BadArrangement("That place is in another unit; to move pages there, drop them on it in the arrangement.")
    before = behind if units.get(behind) == home else ""
    if list(ids) == list(_between(order, front, behind)):
        return 0
    with library.step("Reorder Page" if len(ids) == 1 else f"Reorder {len(ids):,} Pages"):
        library.move_items(ids, home, before)
    return len(ids)


def _between(order: Sequence[str], front: str, behind: str) -> Sequence[str]:
    """What stands between two neighbours now."""
    return order[order.index(front) + 1 if front else 0 : order.index(behind) if behind else len(order)]
