"""The middle pane when *Needs Attention* is chosen: one sentence per trouble, and what can be done about it.

In: the library's list of what an archivist should look at, and what a look through the pages finds.  Out: the trouble
that was chosen, and what is to be done.  Separate from the item list because a refused file is no item, and a page may
need attention for three reasons.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from archive_viewer.library import Attention, Changes, Library
from archive_viewer.ui import theme, wording
from archive_viewer.ui.attention_model import DOUBLE, OLDER, AttentionModel
from archive_viewer.ui.attention_seek import ALIKE, WITHOUT_PICTURES, Alike, Seek, Sought
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.flow_layout import FlowLayout
from archive_viewer.ui.rows import RowView
from archive_viewer.ui.timers import Throttle, debounced

ACTS = {
    "refused": ("look", "retry", "folder", "dismiss"),
    "damaged": ("look", "retry"),
    WITHOUT_PICTURES: ("look", "retry"),
    "fixity": ("repair-file", "repair-folder", "check", "folder"),
    ALIKE: ("both", "right", "bin"),
    OLDER: ("clean",),
    DOUBLE: (),
}
"""What can be done about a trouble of each kind; about any other, it can be looked into."""

MUST_WRITE = ("retry", "repair-file", "repair-folder", "check", "right", "bin", "clean", "dismiss")

SOUGHT_UNASKED = 1_000
"""So many pages are looked through as soon as the list is shown; of more a person has to ask for it."""

REFRESH_MS = 800

LAID_OUT_AT_ONCE = 300
"""Rows of their own heights; more are laid out some at a time, because all together would be felt."""

Answer = tuple[list[tuple[Attention, str]], list[str]]
"""The troubles, each with the title of its page, and the ids of all pages."""


class AttentionList(QWidget):
    """``chosen``: an ``Attention`` to be looked into; the other signals say what is to be done about one:
    ``retry_wanted`` – a file is tried again; ``clean_wanted`` – the pages which another version cleaned are cleaned
    again; ``repair_wanted`` – lost files are put back from a folder (True) or a file; ``check_wanted`` – a stored file
    is read again; ``folder_wanted`` – the folder of a file is opened; ``both_wanted`` – two pages that look alike are
    opened; ``bin_wanted`` – the later of them goes into the bin; ``dismiss_wanted`` – a refused file is put aside;
    ``counted`` – how many of the troubles shown were found by the look through the pages."""

    chosen = Signal(object)
    retry_wanted = Signal(object)
    clean_wanted = Signal()
    repair_wanted = Signal(bool)
    check_wanted = Signal(object)
    folder_wanted = Signal(object)
    both_wanted = Signal(object)
    bin_wanted = Signal(object)
    dismiss_wanted = Signal(object)
    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("itemList")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge: Bridge | None = None
        self._seek: Seek | None = None
        self._sought: dict[Attention, None] = {}
        self._here: list[str] = []
        self._wanted_sha256 = ""
        self.model = AttentionModel()
        self.model.setParent(self)
        self.view = RowView(self.tr("Needs attention"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(False)
        # A click on a refused file only picks it, so that it can be tried again from here.
        self.view.clicked.connect(lambda index: self._choose(index, is_glance=True))
        self.view.activated.connect(self._choose)
        self.view.selectionModel().selectionChanged.connect(self._follow_selection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.acts: dict[str, QAction] = {}
        self.buttons: dict[str, QToolButton] = {}
        row = QWidget()
        flow = FlowLayout(row, theme.TIGHT)
        for name, text, tip, act in self._named_acts():
            action = self.acts[name] = QAction(text, self.view)
            action.setToolTip(tip)
            # Else Qt takes the dots away.
            action.setIconText(text)
            action.triggered.connect(act)
            button = self.buttons[name] = QToolButton()
            button.setDefaultAction(action)
            button.setObjectName("filterChip")
            flow.addWidget(button)
        self.view.addActions(list(self.acts.values()))
        self.empty = EmptyState(self.view)
        self.empty.say(
            self.tr("All is well"),
            self.tr(
                "Marks that lost their place, damaged or refused files, doubtful facts and failed checks show here."
            ),
            "check",
        )
        self._count = QLabel(wordWrap=True)
        self._count.setObjectName("quiet")
        self.seeking = QToolButton()
        self.seeking.setObjectName("quietButton")
        self.seeking.clicked.connect(self._switch_seeking)
        top = QVBoxLayout()
        top.setContentsMargins(theme.BASE, theme.SMALL, theme.SMALL, 0)
        top.setSpacing(theme.TIGHT)
        top.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        # At the foot, so that the list does not jump when there is more to do about one trouble than about another.
        below = QVBoxLayout()
        below.setContentsMargins(theme.SMALL, 0, theme.SMALL, theme.SMALL)
        below.setSpacing(theme.TIGHT)
        below.addWidget(row)
        below.addWidget(self.seeking)
        layout.addLayout(below)
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        self._adding = Throttle(self, REFRESH_MS, self._ask_for_titles)
        self._showing = debounced(self, 0, lambda: self.view.scrollTo(self.view.currentIndex()))
        self.setFocusProxy(self.view)
        self._follow_selection()
        self._show_seeking()

    def _named_acts(self) -> list[tuple[str, str, str, Callable[[], None]]]:
        """What can be done: its name here, its text, what it does in a sentence, and what does it."""
        tr = self.tr

        def send(signal: SignalInstance) -> Callable[[], None]:
            return lambda: self._send(signal)

        clean = tr("Clean these pages again; what you made stays, and one undo takes it back")
        dismiss = tr("Take this line away; it comes back when the file is refused again")
        folder = tr("A copy of the library, a bag of it, or where the files once came from: names do not matter")
        return [
            ("look", tr("Look Into It"), tr("Show the page or the report that this is about"), self._look),
            ("retry", tr("Try Again"), tr("Import this file again"), send(self.retry_wanted)),
            (
                "repair-file",
                tr("Repair from a File…"),
                tr("Put the stored file back from a file with the same bytes"),
                lambda: self.repair_wanted.emit(False),
            ),
            ("repair-folder", tr("Repair from a Folder…"), folder, lambda: self.repair_wanted.emit(True)),
            ("check", tr("Check Again"), tr("Read the stored file again"), send(self.check_wanted)),
            ("folder", tr("Open the Folder"), tr("Show where the file lies"), send(self.folder_wanted)),
            ("dismiss", tr("Dismiss"), dismiss, send(self.dismiss_wanted)),
            ("both", tr("Open Both"), tr("Open both pages, to compare them"), send(self.both_wanted)),
            ("right", tr("Both Are Right"), tr("Keep both pages, and tell of them no more"), self._keep_both),
            ("bin", tr("Move This One to the Bin"), tr("Keep the other page only"), send(self.bin_wanted)),
            ("clean", tr("Clean Them Again"), clean, self.clean_wanted.emit),
        ]

    @property
    def retry_button(self) -> QToolButton:
        return self.buttons["retry"]

    @property
    def clean_button(self) -> QToolButton:
        return self.buttons["clean"]

    def attach(self, bridge: Bridge | None) -> None:
        self._bridge = bridge
        self._sought, self._here, self._wanted_sha256 = {}, [], ""
        if self._seek is not None:
            self._seek.stop()
            self._seek.deleteLater()
        self._seek = None
        self._show([])
        if bridge is not None:
            self._seek = Seek(bridge, self)
            self._seek.found.connect(self._add_sought)
            self._seek.went_on.connect(self._show_seeking)
            self._seek.ended.connect(self._show_seeking)
            bridge.changed.connect(self._follow_changes)
            bridge.changed_elsewhere.connect(self._refreshing.ask)

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if self._seek is not None:
            self._seek.forget(list(changes.items))
        self._sought = {one: None for one in self._sought if not changes.items & _pages_of(one)}
        found = [one for one, _ in self.model.troubles if isinstance(one, Sought)]
        self.counted.emit(sum(not changes.items & _pages_of(one) for one in found))
        self._refreshing.hurry()

    @Slot()
    def refresh(self) -> None:
        """Ask for the list; only while it is looked at."""
        if self._bridge is None or not self.isVisible():
            return
        sought = list(self._sought)

        def ask(library: Library) -> Answer:
            known = library.attention()
            told = {one.item_id for one in known if one.kind == WITHOUT_PICTURES}
            more = [one for one in sought if one.kind != WITHOUT_PICTURES or one.item_id not in told]
            here = library.item_ids()
            titles = library.titles([one.item_id for one in (*known, *more) if one.item_id])
            ids = frozenset(here)
            more = [one for one in more if ids.issuperset(_pages_of(one))]
            return [(trouble, titles.get(trouble.item_id, "")) for trouble in (*known, *more)], here

        self._bridge.ask(ask, self._take, owner=self, newest="attention")

    def point_at(self, sha256: str) -> None:
        """Pick the trouble with a stored file, now or as soon as it is there."""
        self._wanted_sha256 = sha256
        self._arrive()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._seek is not None:
            self._seek.stop()

    def _take(self, answer: Answer) -> None:
        troubles, self._here = answer
        self._show(troubles)
        if self._seek is not None and self.isVisible():
            unseen = self._seek.unseen(self._here)
            if unseen and (len(unseen) <= SOUGHT_UNASKED or self._seek.is_on):
                self._seek.begin(self._here)
        self._show_seeking()

    def _show(self, troubles: list[tuple[Attention, str]]) -> None:
        if troubles != self.model.troubles:
            picked, place = self._picked(), self.view.verticalScrollBar().value()
            row = self.view.currentIndex().row()
            self._lay_out(len(troubles))
            self.model.show(troubles)
            if picked is not None and troubles:
                # Where it is gone, the keyboard goes on from there; nothing else is picked in its place.
                place_of_it = self.model.index(min(row, len(troubles) - 1))
                selection = self.view.selectionModel()
                selection.setCurrentIndex(place_of_it, selection.SelectionFlag.NoUpdate)
                self._pick(picked)
            self.view.verticalScrollBar().setValue(place)
        self._arrive()
        self._follow_selection()
        self._count_troubles()

    def _lay_out(self, rows: int) -> None:
        mode = RowView.LayoutMode
        self.view.setLayoutMode(mode.Batched if rows > LAID_OUT_AT_ONCE else mode.SinglePass)

    def _count_troubles(self) -> None:
        count = len(self.model.troubles)
        sought = sum(isinstance(trouble, Sought) for trouble, _ in self.model.troubles)
        said = wording.counted(count, self.tr("thing to look at"), self.tr("things to look at"))
        found = self.tr("{count} of them found in the pages").format(count=wording.number(sought)) if sought else ""
        self._count.setText(wording.joined(said, found))
        self.counted.emit(sought)

    def _arrive(self) -> None:
        sha256 = self._wanted_sha256
        found = next((one for one, _ in self.model.troubles if sha256 and one.sha256 == sha256), None)
        if found is not None:
            self._wanted_sha256 = ""
            self._pick(found)
            self.view.setFocus()

    # -- what is not written down --------------------------------------------------------------------------------

    def _add_sought(self, troubles: list[Attention]) -> None:
        self._sought.update(dict.fromkeys(troubles))
        self._adding.ask()

    @Slot()
    def _ask_for_titles(self) -> None:
        """Show what was found since the last time, below the rest, which is not asked for again."""
        if self._bridge is None or not self.isVisible() or self._refreshing.isActive():
            return
        shown = {trouble for trouble, _ in self.model.troubles}
        told = {trouble.item_id for trouble in shown if trouble.kind == WITHOUT_PICTURES}
        new = [one for one in self._sought if one not in shown]
        new = [one for one in new if one.kind != WITHOUT_PICTURES or one.item_id not in told]

        def ask(library: Library) -> list[tuple[Attention, str]]:
            titles = library.titles([one.item_id for one in new])
            return [(one, titles[one.item_id]) for one in new if one.item_id in titles]

        self._bridge.ask(ask, self._append, owner=self, newest="attention")

    def _append(self, found: list[tuple[Attention, str]]) -> None:
        self._lay_out(len(self.model.troubles) + len(found))
        self.model.append(found)
        self._count_troubles()

    @Slot()
    def _switch_seeking(self) -> None:
        if self._seek is not None and self._seek.is_on:
            self._seek.stop()
        elif self._seek is not None:
            self._seek.begin(self._here)
        self._show_seeking()

    @Slot()
    def _show_seeking(self) -> None:
        """Say how far the look through the pages is, and offer it where it was not done."""
        seek = self._seek
        is_on = seek is not None and seek.is_on
        unseen = 0 if seek is None else seek.left if seek.is_on else len(seek.unseen(self._here))
        self.seeking.setVisible(is_on or unseen > 0)
        if is_on:
            text = self.tr("Looking through the pages: {count} to go.  Stop").format(count=wording.number(unseen))
        else:
            pages = wording.counted(unseen, self.tr("page"), self.tr("pages"))
            text = self.tr("Look through {pages} for doubles and lost pictures").format(pages=pages)
        self.seeking.setText(text)

    # -- acts ---------------------------------------------------------------------------------------------------

    def _picked(self) -> Attention | None:
        chosen = self.view.selectedIndexes()
        return self.model.trouble(chosen[0]) if chosen else None

    def _pick(self, trouble: Attention) -> None:
        rows = (self.model.index(row) for row in range(self.model.rowCount()))
        if (index := next((index for index in rows if self.model.trouble(index) == trouble), None)) is not None:
            self.view.setCurrentIndex(index)

    @Slot()
    def _follow_selection(self) -> None:
        picked = self._picked()
        is_writable = self._bridge is not None and self._bridge.library.is_writable
        possible = ACTS.get(picked.kind, ("look",)) if picked is not None else ()
        for name, action in self.acts.items():
            is_possible = name in possible and (is_writable or name not in MUST_WRITE)
            action.setVisible(is_possible)
            self.buttons[name].setVisible(is_possible)
        if picked is not None:
            # The buttons may have taken its room.
            self._showing.start()

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex, *, is_glance: bool = False) -> None:
        if index.isValid() and not (is_glance and self.model.trouble(index).kind == "refused"):
            self.chosen.emit(self.model.trouble(index))

    def _look(self) -> None:
        self._choose(self.view.currentIndex())

    def _keep_both(self) -> None:
        picked = self._picked()
        if self._bridge is not None and isinstance(picked, Alike):
            one, other = picked.item_id, picked.other_id
            self._bridge.do(lambda library: library.both_are_right(one, other))

    def _send(self, signal: SignalInstance) -> None:
        if (picked := self._picked()) is not None:
            signal.emit(picked)


def _pages_of(trouble: Attention) -> set[str]:
    """The pages that a trouble is about."""
    return {trouble.item_id, *([trouble.other_id] if isinstance(trouble, Alike) else [])}
