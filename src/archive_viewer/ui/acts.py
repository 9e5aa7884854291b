"""What each action of the window does, and when it can be done.

In: the window's parts.  Out: actions switched on and off, and their effects.  Separate from the window, so that the
table of actions, this table of effects and the panes can each be read on one page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from archive_viewer.errors import ArchiveViewerError, NothingToUndo
from archive_viewer.library import Library
from archive_viewer.model import AnchorState, Colour
from archive_viewer.ui.actions import ACTIONS, plain_text
from archive_viewer.ui.arrange_acts import ArrangeActs
from archive_viewer.ui.bag_opening import BagOpening
from archive_viewer.ui.concordance_acts import ConcordanceActs
from archive_viewer.ui.concordance_table import ConcordanceTable
from archive_viewer.ui.describing_acts import DescribingActs
from archive_viewer.ui.errands import Errands
from archive_viewer.ui.file_acts import FileActs
from archive_viewer.ui.handing_acts import HandingActs
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.keeping_acts import KeepingActs
from archive_viewer.ui.mark_acts import mark_effects
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.page_order import STEPS
from archive_viewer.ui.quote_acts import QuoteActs
from archive_viewer.ui.reread_act import RereadAct
from archive_viewer.ui.rules_dialog import RulesDialog
from archive_viewer.ui.saved_search_acts import SavedSearchActs
from archive_viewer.ui.timers import Throttle

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

UNDO_NAMES_MS = 500


class Acts(QObject):
    """Connects every action of the table to its effect."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_by_id
        self._library: OpenLibrary | None = None
        self._undo_label = self._redo_label = ""
        self._naming = Throttle(self, UNDO_NAMES_MS, self._ask_names)
        self._files = FileActs(window)
        self.errands = Errands(self)
        self.handing = HandingActs(window, self.errands, self.chosen_items)
        self.bags = BagOpening(window, self.errands, self.handing.tell_troubles)
        self.errands.begun.connect(window.show_task)
        self.errands.heard.connect(window.activity.hear)
        window.closed.connect(self.errands.stop_all)
        self._describing = DescribingActs(window, self.chosen_items)
        self._rereading = RereadAct(window)
        self.keeping = KeepingActs(window, self.chosen_items)
        self._searches = SavedSearchActs(window)
        self._arranging = ArrangeActs(window, self.chosen_items)
        self.concordance = ConcordanceActs(window, self.errands)
        self.quotes = QuoteActs(window)
        for name in ("show-library", "show-margin"):
            self._actions[name].setChecked(True)
        effects = {
            **self._files.effects(),
            **self.keeping.effects(),
            **self._describing.effects(),
            **self.handing.effects(),
            **self.bags.effects(),
            **self._edit_effects(),
            **self._view_effects(),
            **self._go_effects(),
            **mark_effects(window),
            **self._arranging.effects(),
            **self.concordance.effects(),
            **self.quotes.effects(),
            **self._searches.effects(),
        }
        for name, effect in effects.items():
            action = self._actions[name]
            if name.startswith("show-"):
                action.toggled.connect(effect)
            else:
                action.triggered.connect(lambda _is_on=False, effect=effect: effect())
        for action in self._actions.values():
            window.addAction(action)
        self._add_local_keys()
        view = window.list.view
        view.addActions(
            [
                self._actions[name]
                for name in ("tag-items", "describe-many", "move-pages", *STEPS, "export", "give-back")
            ]
        )
        view.addActions([self._actions[name] for name in ("delete", "restore", "delete-for-good", "deaccession")])
        window.list.selection_changed.connect(self.update)

    def attach(self, library: OpenLibrary | None) -> None:
        """Act on another library, or none."""
        self._library = library
        self.errands.stop_all()
        self._files.attach(library)
        self._describing.attach(library)
        self.handing.attach(library)
        self.bags.attach(library)
        self._rereading.attach(library)
        self.keeping.attach(library)
        self._arranging.attach(library)
        self.concordance.attach(library)
        self.quotes.attach(library)
        self._searches.attach(library)
        self._undo_label = self._redo_label = ""
        if library is not None:
            library.bridge.changed.connect(self._naming.hurry)
            library.bridge.changed_elsewhere.connect(self._naming.ask)
            self._naming.hurry()
        self.update()

    # -- when -----------------------------------------------------------------------------------------------------

    @Slot()
    def update(self) -> None:
        """Switch every action on or off, as things are now."""
        window, library = self._window, self._library
        tab = window.tabs.front()
        reading = tab.reading if tab is not None else None
        passage = tab.passage() if tab is not None and reading is not None else None
        mark = passage.mark if passage is not None else None
        picked = tab.mark(tab.selected_mark) if tab is not None else None
        has_words = passage is not None and not passage.is_page
        is_clean = tab is not None and tab.is_clean_shown
        has_chosen = window.list.has_selection or reading is not None
        is_bin = window.list.scope.kind == "bin"
        has_bin_item = reading is not None and bool(reading.item.deleted_at)
        can_undo, can_redo = bool(self._undo_label), bool(self._redo_label)
        is_off_place = picked is not None and picked.state is not AnchorState.PLACED
        begun = window.marking.begun
        possible = {
            **dict.fromkeys(("import-files", "import-folder", "show-folder"), library is not None),
            "verify-export": library is not None,
            **dict.fromkeys(("check-originals", "rebuild-index", "back-up"), library is not None),
            **dict.fromkeys(("search", "find-source"), library is not None),
            "save-search": library is not None and bool(window.list.query),
            **dict.fromkeys(("find", "copy-citation", "view-clean", "view-stripped"), reading is not None),
            **dict.fromkeys(("find-next", "find-previous"), reading is not None),
            **dict.fromkeys((f"mark-{colour}" for colour in Colour), has_words),
            **dict.fromkeys(("next-mark", "previous-mark"), bool(reading and reading.annotations)),
            **dict.fromkeys(("next-hit", "previous-hit"), window.list.model.rowCount() > 0),
            **dict.fromkeys(("next-tab", "previous-tab"), window.tabs.count() > 1),
            "next-capture": tab is not None and bool(tab.bar.captures.beside(+1)),
            "previous-capture": tab is not None and bool(tab.bar.captures.beside(-1)),
            "go-back-to": window.damaged is not None or (library is not None and library.is_writable),
            **dict.fromkeys(("print", "reread"), reading is not None),
            "export": library is not None,
            **dict.fromkeys(("give-back", "bag-pages"), has_chosen),
            **dict.fromkeys(("bag-library", "copy-library", "merge-library"), library is not None),
            "clean-again": has_chosen,
            **dict.fromkeys(("clean-older-again", "site-rules"), library is not None),
            "describe": reading is not None or bool(window.margin.unit_id),
            "describe-many": has_chosen,
            "provenance": reading is not None,
            **dict.fromkeys(("repository", "search-engine"), library is not None),
            "finding-aid": library is not None and bool(self._describing.unit_id),
            "close-tab": window.tabs.count() > 0,
            "reopen-tab": window.tabs.can_reopen and library is not None,
            "undo": can_undo,
            "redo": can_redo,
            "back": window.tabs.trail.can_go_back,
            "forward": window.tabs.trail.can_go_forward,
            "tag-items": has_chosen,
            "delete": has_chosen and not is_bin and not has_bin_item,
            "restore": has_chosen and (is_bin or has_bin_item),
            "note": has_words,
            "tag-mark": has_words,
            "start-link": passage is not None,
            "finish-link": begun is not None and passage is not None,
            "leave-link": begun is not None,
            "confirm-place": is_off_place and picked is not None and picked.start is not None,
            "place-here": is_off_place and tab is not None and tab.selected_words() is not None,
            "delete-mark": mark is not None or picked is not None,
            **self.keeping.possible(has_chosen=has_chosen, is_bin=is_bin or has_bin_item),
            **self._arranging.possible(has_chosen),
            **self.concordance.possible(),
        }
        is_writable = library is not None and library.is_writable
        writes = {action.id for action in ACTIONS if action.writes}
        for name, is_possible in possible.items():
            self._actions[name].setEnabled(bool(is_possible) and (is_writable or name not in writes))
        self._actions["delete"].setVisible(not (is_bin or has_bin_item))
        self._actions["restore"].setVisible(is_bin or has_bin_item)
        self._actions["delete-for-good"].setVisible(is_bin or has_bin_item)
        self._actions["view-clean"].setChecked(is_clean)
        self._actions["view-stripped"].setChecked(tab is not None and not is_clean)

    def _ask_names(self) -> None:
        if self._library is not None and self._library.is_writable:
            self._library.bridge.ask(
                lambda library: (library.undo_label, library.redo_label), self._show_names, owner=self, newest="undo"
            )

    def _show_names(self, labels: tuple[str, str]) -> None:
        self._undo_label, self._redo_label = labels
        for name, verb, label in (("undo", self.tr("&Undo"), labels[0]), ("redo", self.tr("&Redo"), labels[1])):
            self._actions[name].setText(f"{verb} {label.replace('&', '&&')}".strip())
            self._actions[name].setToolTip(plain_text(self._actions[name]))
        self.update()

    def chosen_items(self) -> list[str]:
        """The pages that an act on pages is about: those chosen in the list, else the one in front."""
        window = self._window
        front = window.tabs.front()
        focus = QApplication.focusWidget()
        is_reading = front is not None and focus is not None and front.isAncestorOf(focus)
        chosen = window.list.selected_ids()
        if front is not None and (is_reading or not chosen):
            return [front.item_id]
        return chosen

    # -- edit -----------------------------------------------------------------------------------------------------

    def _edit_effects(self) -> dict[str, Callable[..., None]]:
        return {
            "undo": lambda: self._take_back(Library.undo, self.tr("Undone: {act}")),
            "redo": lambda: self._take_back(Library.redo, self.tr("Done again: {act}")),
            "copy": self._copy,
            "copy-citation": lambda: self._on_page(lambda tab: tab.view.copy_with_citation()),
            "select-all": self._select_all,
            "find": lambda: self._on_page(ItemTab.open_find),
            "find-next": lambda: self._on_page(ItemTab.find_next),
            "find-previous": lambda: self._on_page(ItemTab.find_previous),
            "search": self._focus_search,
            "tag-items": self._tag_items,
            "reread": self._rereading.begin,
            "clean-again": lambda: self._clean_again(self.chosen_items()),
            "clean-older-again": lambda: self._clean_again(None),
            "site-rules": self._show_rules,
            "delete": lambda: self._write(Library.delete_items, self.chosen_items()),
            "restore": lambda: self._write(Library.restore_items, self.chosen_items()),
        }

    def _take_back(self, act: Callable[[Library], str], said: str) -> None:
        def done(label: str) -> None:
            self._window.tell(said.format(act=label))

        def fail(error: ArchiveViewerError) -> None:
            # A key pressed once too often is no trouble.
            say = self._window.tell if isinstance(error, NothingToUndo) else self._window.show_trouble
            say(str(error))

        if self._library is not None:
            self._library.bridge.do(act, done, owner=self, failed=fail)

    def _write(self, act: Callable[[Library, list[str]], None], item_ids: list[str]) -> None:
        if self._library is not None and item_ids:
            self._library.bridge.do(lambda library: act(library, item_ids))

    def _copy(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QPlainTextEdit | ConcordanceTable):
            focus.copy()
        else:
            self._on_page(lambda tab: tab.view.copy())

    def _select_all(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QPlainTextEdit | ConcordanceTable) or focus is self._window.list.view:
            focus.selectAll()
        else:
            self._on_page(lambda tab: tab.view.select_all())

    def _clean_again(self, item_ids: list[str] | None) -> None:
        """Let the worker clean pages again; None: all that another version of the program cleaned."""
        library = self._library
        if library is None or item_ids == []:
            return

        def ask(count: int) -> None:
            if count:
                library.request(lambda known: known.request_clean_again(item_ids), self._window.show_task)
            else:
                self._window.tell(self.tr("Every page was cleaned by this version of the program."))

        if item_ids is not None:
            ask(len(item_ids))
        else:
            library.bridge.ask(Library.count_older, ask, owner=self)

    def _show_rules(self) -> None:
        if self._library is not None:
            RulesDialog(self._library.bridge, self._window).open()

    def _focus_search(self) -> None:
        if self._window.middle.currentWidget() is not self._window.list:
            self._window.tree.choose_everything()
        self._window.list.focus_search()

    def _tag_items(self) -> None:
        chosen = self.chosen_items()
        front = self._window.tabs.front()
        if len(chosen) == 1:
            item = self._window.list.model.item(chosen[0]) or (front.item if front is not None else None)
            what = item.title if item is not None else ""
        else:
            what = self.tr("{count} pages").format(count=len(chosen))
        self._window.marking.edit_item_tags(chosen, what)

    # -- view and go ------------------------------------------------------------------------------------------------

    def _view_effects(self) -> dict[str, Callable[..., None]]:
        window = self._window
        return {
            "view-clean": lambda: self._on_page(lambda tab: tab.show_clean(True)),
            "view-stripped": lambda: self._on_page(lambda tab: tab.show_clean(False)),
            "full-screen": lambda: window.showNormal() if window.isFullScreen() else window.showFullScreen(),
            "show-library": window.library_pane.setVisible,
            "show-margin": window.margin.set_wanted,
            "show-activity": window.activity.setVisible,
            "show-outline": self._show_outlines,
            "zoom-in": lambda: self._on_page(lambda tab: tab.view.zoom_in()),
            "zoom-out": lambda: self._on_page(lambda tab: tab.view.zoom_out()),
            "zoom-reset": lambda: self._on_page(lambda tab: tab.view.zoom_reset()),
        }

    def _show_outlines(self, are_shown: bool) -> None:
        for tab in self._window.tabs.item_tabs():
            tab.show_outline(are_shown)

    def _go_effects(self) -> dict[str, Callable[..., None]]:
        window = self._window
        return {
            "back": window.tabs.back,
            "forward": window.tabs.forward,
            "next-hit": lambda: window.list.step(+1),
            "previous-hit": lambda: window.list.step(-1),
            "next-mark": lambda: window.margin.marks.step(+1),
            "previous-mark": lambda: window.margin.marks.step(-1),
            "next-capture": lambda: window.jumps.step_captures(+1),
            "previous-capture": lambda: window.jumps.step_captures(-1),
            "next-tab": lambda: self._turn_tab(+1),
            "previous-tab": lambda: self._turn_tab(-1),
            "next-pane": lambda: self._turn_pane(+1),
            "previous-pane": lambda: self._turn_pane(-1),
        }

    def _turn_tab(self, by: int) -> None:
        tabs = self._window.tabs
        if tabs.count():
            tabs.setCurrentIndex((tabs.currentIndex() + by) % tabs.count())

    def _turn_pane(self, by: int) -> None:
        """Give the next pane the focus: library, arrangement, search, list, reader, margin."""
        window = self._window
        middle = [window.list.box, window.list.view]
        if window.middle.currentWidget() is window.attention:
            middle = [window.attention.view]
        panes: list[QWidget] = [window.tree, window.arrangement, *middle]
        if (reader := window.tabs.currentWidget()) is not None:
            panes.append(reader)
        if (page := window.margin.currentWidget()) is not None:
            panes.append(page)
        panes = [pane for pane in panes if pane.isVisible()]
        focus = QApplication.focusWidget()
        here = next(
            (n for n, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))),
            -by,
        )
        panes[(here + by) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_page(self, act: Callable[[ItemTab], object]) -> None:
        front = self._window.tabs.front()
        if front is not None and front.reading is not None:
            act(front)

    # -- keys ------------------------------------------------------------------------------------------------------

    def _add_local_keys(self) -> None:
        """Keys that mean something in one pane only."""
        window = self._window
        for pane, name in ((window.list.view, "delete"), (window.margin.marks.view, "delete-mark")):
            key = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), pane)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(self._actions[name].trigger)
