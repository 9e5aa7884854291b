"""What is done with saved searches: shown from the tree, saved, renamed, changed and deleted; their counts kept true.

In: the window's parts.  Out: acts of the library.  Separate because a saved search stands in three places: as a query
in the box, as a star beside it, and as a folder in the tree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Changes, Library, Overview, Scope
from archive_viewer.model import SavedSearch
from archive_viewer.search.asked import Asked
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.search_name_dialog import SearchNameDialog
from archive_viewer.ui.searcher_question import SearcherQuestion
from archive_viewer.ui.timers import Throttle

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

COUNTS_MS = 1_500
"""How long counts may be old while things change: each is a query of its own."""

NAME_CHARACTERS = 60


class SavedSearchActs(QObject):
    """Belongs to ``Acts``."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._library: OpenLibrary | None = None
        self._searches: list[SavedSearch] = []
        self._shown: SavedSearch | None = None
        self._question: SearcherQuestion | None = None
        self._counting = Throttle(self, COUNTS_MS, self._count)
        self._menu = QMenu(window)
        tree = window.tree
        self._renaming = self._act(self.tr("Rename the Search…"), self._rename, "F2")
        self._changing = self._act(self.tr("Change to What Is Asked Now"), self._change)
        self._deleting = self._act(self.tr("Delete the Search"), self._delete, "Del")
        tree.addActions([self._renaming, self._changing, self._deleting])
        tree.scope_chosen.connect(self._follow_scope)
        tree.counted.connect(self._follow_overview)
        window.list.search_box.searched.connect(lambda _: self._follow_query())
        window.list.search_box.save_wanted.connect(self.save_or_offer)

    def _act(self, name: str, act: Callable[[], None], key: str = "") -> QAction:
        action = QAction(name, self)
        action.triggered.connect(lambda: act())
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setEnabled(False)
        return action

    def effects(self) -> dict[str, Callable[..., None]]:
        return {"save-search": self.save_or_offer}

    def attach(self, library: OpenLibrary | None) -> None:
        """Act on another library, or none."""
        self._library, self._searches, self._shown = library, [], None
        if self._question is not None:
            self._question.deleteLater()
        self._question = None
        if library is not None:
            self._question = SearcherQuestion(library.searcher.child, "counts", self)
            self._question.answered.connect(self._show_counts)
            library.bridge.changed.connect(self._follow_changes)
            library.bridge.changed_elsewhere.connect(self._counting.ask)
            library.state_changed.connect(self._counting.ask)
        self._follow_query()

    # -- what is shown --------------------------------------------------------------------------------------------

    @Slot(object, str)
    def _follow_scope(self, scope: Scope, _name: str) -> None:
        """A saved search is chosen: it is asked; another part is: its query goes with it, unless it was changed."""
        listed, before = self._window.list, self._shown
        self._shown = next((one for one in self._searches if scope == Scope("search", one.id)), None)
        if self._shown is not None:
            listed.search(self._shown.query)
        elif before is not None and listed.query == before.query:
            listed.search("")
        self._follow_query()

    @Slot(object)
    def _follow_overview(self, overview: Overview) -> None:
        if overview.searches != self._searches:
            self._searches = list(overview.searches)
            if self._shown is not None:
                self._shown = next((one for one in self._searches if one.id == self._shown.id), None)
        if self._searches:
            self._counting.hurry()
        self._follow_query()

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if changes.searches:
            self._counting.hurry()

    def _count(self) -> None:
        if self._question is not None and self._searches:
            self._question.ask()

    @Slot(object, object)
    def _show_counts(self, _question: object, answer: dict[str, dict[str, int]]) -> None:
        self._window.tree.show_search_counts(answer["counts"])

    def _follow_query(self) -> None:
        is_writable = self._library is not None and self._library.is_writable
        query, shown = self._window.list.query, self._shown
        self._window.list.search_box.show_saved(self._saved(query) is not None, is_writable)
        for action in (self._renaming, self._deleting):
            action.setEnabled(is_writable and shown is not None)
        self._changing.setEnabled(is_writable and shown is not None and bool(query) and query != shown.query)

    def _saved(self, query: str) -> SavedSearch | None:
        return next((one for one in self._searches if one.query == query), None)

    # -- what is done ---------------------------------------------------------------------------------------------

    @Slot()
    def save_or_offer(self) -> None:
        """Ask for a name for what is asked; where it is saved already, or was, offer what else can be done."""
        box = self._window.list.search_box
        query = box.query
        if not query:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        saved = self._saved(query)
        if saved is None and self._shown is None:
            self._save(query)
            return
        self._menu.clear()
        if saved is not None:
            self._offer(self.tr("Rename “{name}”…"), saved, lambda: self._rename(saved))
            self._offer(self.tr("Delete “{name}”"), saved, lambda: self._delete(saved))
        elif self._shown is not None:
            self._offer(self.tr("Change “{name}” to This Query"), self._shown, self._change)
            self._menu.addAction(self.tr("Save under Another Name…")).triggered.connect(lambda: self._save(query))
        self._menu.popup(box.box.mapToGlobal(QPoint(0, box.box.height())))

    def _offer(self, words: str, search: SavedSearch, act: Callable[[], None]) -> None:
        name = search.name.replace("&", "&&")
        self._menu.addAction(words.format(name=name)).triggered.connect(lambda: act())

    def _save(self, query: str) -> None:
        typed = Asked.of(query).typed
        dialog = SearchNameDialog(self.tr("Save Search"), typed[:NAME_CHARACTERS], typed, self._window)
        self._ask_name(dialog, lambda library, name: library.save_search(name, query))

    def _rename(self, search: SavedSearch | None = None) -> None:
        named = search or self._shown
        if named is not None:
            typed = Asked.of(named.query).typed
            dialog = SearchNameDialog(self.tr("Rename Search"), named.name, typed, self._window)
            self._ask_name(dialog, lambda library, name: library.change_search(named.id, name=name))

    def _ask_name(self, dialog: SearchNameDialog, act: Callable[[Library, str], object]) -> None:
        def take(name: str) -> None:
            if self._library is not None:
                self._library.bridge.do(
                    lambda library: act(library, name),
                    lambda _: dialog.accept(),
                    owner=dialog,
                    failed=lambda error: dialog.refuse(str(error)),
                )

        dialog.wanted.connect(take)
        dialog.show()

    def _change(self) -> None:
        query, shown = self._window.list.query, self._shown
        if shown is not None and query:
            self._do(lambda library: library.change_search(shown.id, query=query))

    def _delete(self, search: SavedSearch | None = None) -> None:
        gone = search or self._shown
        if gone is not None:
            self._do(lambda library: library.delete_search(gone.id))

    def _do(self, act: Callable[[Library], object]) -> None:
        if self._library is not None:
            self._library.bridge.do(act, failed=self._refuse)

    def _refuse(self, error: ArchiveViewerError) -> None:
        self._window.show_trouble(str(error))
