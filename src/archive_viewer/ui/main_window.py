"""The window: library, list, reader and margin side by side, activity below; one library at a time.

In: a library's folder, dropped files, the preferences.  Out: ``closed``, when everything has ended.  It puts the
panes together and carries news between them; what an action does stands in ``acts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from archive_viewer import settings
from archive_viewer.library import Reading, Task
from archive_viewer.ui import theme
from archive_viewer.ui.actions import make_actions
from archive_viewer.ui.activity import Activity
from archive_viewer.ui.acts import Acts
from archive_viewer.ui.arrangement_pane import ArrangementPane, LibraryParts
from archive_viewer.ui.attention_list import AttentionList
from archive_viewer.ui.banner import Banner
from archive_viewer.ui.drop_target import DropTarget
from archive_viewer.ui.first_steps import FirstSteps
from archive_viewer.ui.import_preview import ImportPreview
from archive_viewer.ui.item_list import ItemList
from archive_viewer.ui.jumps import Jumps
from archive_viewer.ui.library_tree import LibraryTree
from archive_viewer.ui.looks import Looks
from archive_viewer.ui.margin import Margin
from archive_viewer.ui.marking import Marking
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.preferences import Preferences
from archive_viewer.ui.reader_tabs import ReaderTabs
from archive_viewer.ui.searching import Searching
from archive_viewer.ui.session import Session
from archive_viewer.ui.shelf import Shelf
from archive_viewer.ui.status_line import StatusLine
from archive_viewer.ui.tab_making import make_tab
from archive_viewer.ui.window_menus import WindowMenus

PREVIEW_DROPS = "preview-drops"
"""The preference by which dropped files are shown before they are imported."""


class MainWindow(QMainWindow):
    """Signals: ``closed`` – the window is shut and its library closed; ``library_shown`` – another library is open."""

    closed = Signal()
    library_shown = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.library: OpenLibrary | None = None
        self.damaged: Path | None = None
        self._is_closing = False
        self._is_activity_passing = False
        self._to_import: tuple[Path, ...] = ()
        self._is_import_shown = False
        self.looks = Looks(preferences, self)
        self.actions_by_id = make_actions(self)
        self.menus = WindowMenus(self, self.actions_by_id, self.looks)
        self.marking = Marking(self)
        self.tree = LibraryTree()
        pane = ArrangementPane([self.actions_by_id[name] for name in ("new-unit", "arrange-by")])
        self.arrangement = pane.tree
        self.library_parts = LibraryParts(self.tree, pane)
        self.steps = FirstSteps()
        self.list = ItemList()
        self.searching = Searching(self)
        self.attention = AttentionList()
        self.tabs = ReaderTabs(lambda item_id: make_tab(self, item_id))
        self.margin = Margin(self.actions_by_id, self.looks.theme)
        self.activity = Activity()
        self.notice = Banner("banner")
        self.fixity_notice = Banner("banner")
        self.link_notice = Banner("linkBanner")
        self.page_notice = Banner("linkBanner")
        """What is said about the page in front, until another comes there."""
        self.shelf = Shelf(self)
        self._build()
        self.acts = Acts(self)
        self.jumps = Jumps(self)
        self._connect()
        self.session = Session(self)
        self.session.restore_window()
        self._attach(None)

    # -- libraries ----------------------------------------------------------------------------------------------

    def open_library(
        self,
        folder: Path,
        *,
        is_new_allowed: bool = True,
        then_import: Sequence[Path] = (),
        is_import_shown: bool = False,
    ) -> None:
        """Show the library in ``folder``; the one shown now stays until the other is there.

        ``then_import``: files to be imported then; ``is_import_shown``: and the first of their pages to be opened.
        """
        if self.library is not None and self.library.folder == folder:
            self.acts.bags.take(then_import, self.import_paths)
            return
        self._to_import, self._is_import_shown = tuple(then_import), is_import_shown
        self.shelf.open(folder, is_new_allowed=is_new_allowed)

    def import_paths(self, paths: Sequence[Path], left_out: Sequence[str] = ()) -> None:
        """Copy files and folders into the library, but for those left out, as a task of the worker."""
        if self.library is None or not paths:
            return
        if not self.library.is_writable:
            self.tell(self.tr("This library is open for reading only; nothing was imported."))
            return
        self.library.import_paths(paths, self.show_task, left_out)

    def preview_import(self, paths: Sequence[Path]) -> None:
        """Show what would come in, and import it if that is wished."""
        if self.library is None or not self.library.is_writable or not paths:
            self.import_paths(paths)
            return
        scout = self.library.scout([path.absolute() for path in paths])
        are_drops_shown = self.preferences.get(PREVIEW_DROPS, False)
        preview = ImportPreview(scout, are_drops_shown=are_drops_shown, parent=self)
        preview.import_wanted.connect(self.import_paths)
        preview.drops_changed.connect(lambda are_shown: self.preferences.set(PREVIEW_DROPS, are_shown))
        scout.ended.connect(preview.reject)
        scout.start()
        preview.show()

    @Slot(object)
    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Import what was dropped, at once unless the person wants to see it first: one step of undo takes it back."""
        is_shown = self.preferences.get(PREVIEW_DROPS, False)
        self.acts.bags.take(paths, self.preview_import if is_shown else self.import_paths)

    def show_task(self, task: Task) -> None:
        """Show a long task in the activity strip."""
        self.activity.show_task(task)
        showing = self.actions_by_id["show-activity"]
        if not showing.isChecked():
            self._is_activity_passing = True
            showing.setChecked(True)

    def tell(self, sentence: str) -> None:
        """Say something in the status bar for a while."""
        self.status.tell(sentence)

    @Slot(str)
    def show_trouble(self, sentence: str) -> None:
        """Say what went wrong, where it stays until it is put away."""
        self.notice.say(sentence, "attention", self.notice.put_away)

    # -- the parts ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle("Archive Viewer")
        self.library_pane = QWidget()
        self.library_pane.setObjectName("libraryPane")
        self.library_pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left = QVBoxLayout(self.library_pane)
        left.setContentsMargins(0, theme.SMALL, 0, theme.SMALL)
        left.setSpacing(theme.SMALL)
        # The card under it is shown whole while the tree keeps some rows; below that, both scroll.
        self.tree.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        left.addWidget(self.library_parts, 1)
        card = QVBoxLayout()
        card.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        card.addWidget(self.steps)
        left.addLayout(card)
        self.steps.hide()
        self.steps.put_away.connect(self._put_steps_away)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.list)
        self.middle.addWidget(self.attention)
        self.panes = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.panes.setHandleWidth(1)
        # Narrower, the heading of the arrangement would be cut off.
        narrow = max(150, self.library_parts.minimumSizeHint().width())
        for pane, smallest in ((self.library_pane, narrow), (self.middle, 240), (self.tabs, 320), (self.margin, 240)):
            pane.setMinimumWidth(smallest)
            self.panes.addWidget(pane)
        self.panes.setStretchFactor(2, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.fixity_notice)
        column.addWidget(self.link_notice)
        column.addWidget(self.page_notice)
        column.addWidget(self.panes, 1)
        column.addWidget(self.activity)
        self.activity.hide()
        self.setCentralWidget(whole)
        self.status = StatusLine(self.statusBar())
        self.drops = DropTarget(self, whole, lambda: self.library is not None and self.library.is_writable)

    def _connect(self) -> None:
        self.shelf.shown.connect(self._show_library)
        self.shelf.leaving.connect(self._leave_library)
        self.shelf.refused.connect(self._refuse)
        self.shelf.looked.connect(self.menus.show_recent)
        self.shelf.went_back.connect(self._say_gone_back)
        self.shelf.closed.connect(self.closed)
        self.menus.library_wanted.connect(lambda folder: self.open_library(folder, is_new_allowed=False))
        self.menus.recent_cleared.connect(self._clear_recent)
        self.tree.counted.connect(self.status.show_overview)
        self.tree.counted.connect(self.list.search_box.follow_overview)
        self.list.searched.connect(lambda *_: self.acts.update())
        self.searching.connect_box()
        self.tabs.front_changed.connect(self._follow_front)
        self.margin.links.change_wanted.connect(self.marking.change_link)
        self.margin.links.delete_wanted.connect(self.marking.delete_link)
        self.activity.cancel_wanted.connect(self._cancel)
        self.activity.rested.connect(self._fold_activity)
        self.marking.marked.connect(self._select_marked)
        self.marking.marked.connect(lambda *_: self.steps.tick("mark"))
        self.marking.linked.connect(lambda: self.steps.tick("link"))
        self.marking.told.connect(lambda said: self.page_notice.say(said, "info", self.page_notice.put_away))
        self.marking.link_changed.connect(self._show_link_hint)
        self.drops.dropped.connect(self.take_dropped)
        self.tabs.say_when_empty(
            self.tr("Nothing open yet"),
            self.tr("Choose a page in the list.  A click looks at it, a double click keeps it in a tab of its own."),
            "page",
        )
        self.looks.changed.connect(lambda: self.margin.marks.set_theme(self.looks.theme))

    # -- opening and leaving ------------------------------------------------------------------------------------

    @Slot(object)
    def _show_library(self, library: OpenLibrary) -> None:
        self.library, self.damaged = library, None
        self.library.failed.connect(self.show_trouble)
        self.library.heard.connect(self.activity.hear)
        self.library.heard.connect(self._hear)
        self.library.state_changed.connect(self.list.follow_index)
        self._attach(self.library)
        self.preferences.remember_library(library.folder)
        self.look_at_recent()
        if self._to_import:
            self.acts.bags.take(self._to_import, self.import_paths)
            self._to_import = ()
        self.library.bridge.ask(lambda library: library.tasks(), self._show_tasks, owner=self)
        self.session.restore_library()
        self.list.view.setFocus()
        self.library_shown.emit()

    def _attach(self, library: OpenLibrary | None) -> None:
        bridge = library.bridge if library is not None else None
        self.tabs.clear_all()
        self.activity.clear()
        self._fold_activity()
        self.marking.attach(bridge)
        self.acts.attach(library)
        self.tree.attach(bridge)
        self.searching.attach(library.folder if library is not None else None)
        self.list.attach(bridge, library.searcher if library is not None else None)
        self.attention.attach(bridge)
        self.margin.links.set_writable(library is not None and library.is_writable)
        self.margin.description.set_writable(library is not None and library.is_writable)
        name = library.name if library is not None else ""
        self.setWindowTitle(f"{name} — Archive Viewer" if name else "Archive Viewer")
        self.status.attach(library)
        self.notice.say("")
        if library is not None and not library.is_writable:
            why = self.tr("Open for reading only: {why}  Nothing can be marked, linked or imported here.")
            self.notice.say(why.format(why=library.why_read_only), "lock")
        elif library is not None and library.place_warning:
            self.notice.say(library.place_warning, "info", self.notice.put_away)
        is_sample = library is not None and library.folder == settings.sample_library()
        self.steps.setVisible(is_sample and not self.preferences.get("steps-away", False))

    @Slot(object)
    def _leave_library(self, library: OpenLibrary) -> None:
        self.margin.leave()
        self.session.save_library(library.folder)
        self.library = None
        self._attach(None)

    @Slot(Path, str, bool)
    def _refuse(self, folder: Path, sentence: str, is_damaged: bool) -> None:
        self._to_import = ()
        self.show_trouble(sentence)
        self.look_at_recent()
        if self.library is None:
            self.damaged = folder if is_damaged else None
            self.list.setEnabled(True)
            way_out = self.actions_by_id["go-back-to" if is_damaged else "open-library"]
            self.list.empty.say(self.tr("No library is open"), sentence, "library", way_out)
            self.acts.update()

    def go_back_to(self, folder: Path, backup: Path) -> None:
        """Let a library become what it was when a backup was made, and show it."""
        self.shelf.go_back(folder, backup)
        self.list.empty.say(self.tr("Going back to the backup…"), "", "clock")

    @Slot(str)
    def _say_gone_back(self, trouble: str) -> None:
        if trouble:
            self.show_trouble(trouble)
        elif self.library is not None:
            said = self.tr("The library is as it was when the backup was made.  What it replaced is kept as a backup.")
            self.notice.tell(said)

    def look_at_recent(self) -> None:
        """Show the recent libraries in the menu, those that have gone greyed."""
        named = [Path(name) for name in self.preferences.get("recent", [])]
        self.shelf.look_for(named, [settings.default_library(), settings.sample_library()])

    def _clear_recent(self) -> None:
        self.preferences.set("recent", [str(self.library.folder)] if self.library is not None else [])
        self.look_at_recent()

    def _show_tasks(self, tasks: list[Task]) -> None:
        for task in tasks:
            self.show_task(task)

    # -- news ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("event") == "finished":
            self.tell(message.get("message") or "")
            if self._is_import_shown and self.activity.knows(message["task"]):
                self._is_import_shown = False
                self.jumps.show_imported(self.activity.row(message["task"]).task.accession_id)

    @Slot(str)
    def _cancel(self, task_id: str) -> None:
        if not self.acts.errands.cancel(task_id) and self.library is not None:
            stopped = {"event": "finished", "task": task_id, "state": "cancelled", "message": self.tr("Stopped.")}
            self.library.cancel(task_id, lambda: self.activity.hear(stopped))

    @Slot()
    def _put_steps_away(self) -> None:
        self.steps.hide()
        self.preferences.set("steps-away", True)

    @Slot()
    def _fold_activity(self) -> None:
        """Put the strip away again, if it came by itself."""
        if self._is_activity_passing:
            self._is_activity_passing = False
            self.actions_by_id["show-activity"].setChecked(False)

    # -- the page in front --------------------------------------------------------------------------------------

    @Slot()
    def _follow_front(self) -> None:
        tab = self.tabs.front()
        reading: Reading | None = tab.reading if tab is not None else None
        if reading is not self.margin.reading:
            self.margin.show_reading(self.library.bridge if self.library is not None else None, reading)
        if tab is not None:
            self.margin.marks.select(tab.selected_mark)
        self.margin.stand_beside(is_sheet=tab is None and self.tabs.count() > 0)
        self.acts.update()

    @Slot(str, str)
    def _select_marked(self, item_id: str, mark_id: str) -> None:
        tab = self.tabs.front()
        if tab is not None and tab.item_id == item_id:
            tab.settle_on(mark_id)

    @Slot()
    def _show_link_hint(self) -> None:
        begun = self.marking.begun
        if begun is None:
            self.link_notice.say("")
        else:
            words = begun.words if len(begun.words) <= 60 else begun.words[:59] + "…"
            hint = self.tr(
                "A link begins at “{words}”.  Select words here or in another page and press L again.  Esc leaves."
            )
            self.link_notice.say(hint.format(words=words), "link", self.actions_by_id["leave-link"])
        self.acts.update()

    # -- the end ------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if self._is_closing:
            return
        self._is_closing = True
        self.margin.leave()
        self.session.save_window()
        self.hide()
        self.shelf.close()
