"""What the actions of the Arrange menu do, and what is dropped on the arrangement.

In: the window's parts.  Out: the effects, by action id, and when they can be done.  Each is one step of the library,
told in the status line and undone like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library, Scope
from archive_viewer.model import ArrangementPlan, Unit
from archive_viewer.ui import wording
from archive_viewer.ui.arrangement_model import Tree
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.level_offer import LevelOffer
from archive_viewer.ui.levels_dialog import LevelsDialog
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.page_order import IN_ORDER, PageOrder
from archive_viewer.ui.place_dialog import PlaceDialog
from archive_viewer.ui.renumber_dialog import RenumberDialog
from archive_viewer.ui.sorting_dialog import Pages, SortingDialog
from archive_viewer.ui.unit_dialog import Place, Typed, UnitDialog

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

T = TypeVar("T")

UNIT_ACTS = ("rename-unit", "change-unit", "remove-unit", "move-unit")
IN_THE_TREE = (
    *("new-unit", "rename-unit", "change-unit", "remove-unit"),
    *("unit-up", "unit-down", "unit-out", "unit-in", "move-unit", "arrange-by", "renumber", "levels"),
)
"""The acts of the tree's own menu."""


class ArrangeActs(QObject):
    """``chosen_items`` tells which pages an act on pages is about."""

    def __init__(self, window: MainWindow, chosen_items: Callable[[], list[str]]) -> None:
        super().__init__(window)
        self._window = window
        self._tree = window.arrangement
        self._actions = window.actions_by_id
        self._chosen_items = chosen_items
        self._library: OpenLibrary | None = None
        self._order = PageOrder(window)
        self._offer = LevelOffer(window)
        self._made_last = ""
        self._is_made_beside = False
        self._tree.addActions([self._actions[name] for name in IN_THE_TREE])
        self._tree.act_wanted.connect(lambda name: self._actions[name].trigger())
        self._tree.units.renamed.connect(self._rename)
        self._tree.units.pages_dropped.connect(self.put_pages)
        self._tree.units.units_dropped.connect(self.put_units)
        self._tree.selectionModel().selectionChanged.connect(lambda *_: window.acts.update())
        self._tree.shown.connect(lambda: window.acts.update())

    def attach(self, library: OpenLibrary | None) -> None:
        """Act on another library, or none."""
        self._library = library
        self._order.attach(library)
        self._offer.attach(library)
        self._made_last, self._is_made_beside = "", False
        self._tree.attach(library.bridge if library is not None else None)

    def effects(self) -> dict[str, Callable[..., None]]:
        return {
            "new-unit": self._new_unit,
            "rename-unit": self._edit_title,
            "change-unit": self._change_unit,
            "remove-unit": self._remove_units,
            "unit-up": lambda: self._step(-1),
            "unit-down": lambda: self._step(+1),
            "unit-out": self._promote,
            "unit-in": self._demote,
            "move-unit": self._move_units,
            **self._order.effects(),
            "move-pages": self._move_pages,
            "arrange-by": self._arrange_by,
            "renumber": self._renumber,
            "levels": lambda: LevelsDialog(self._bridge, self._window).open(),
        }

    def possible(self, has_chosen: bool) -> dict[str, bool]:
        """Which acts can be done now; ``has_chosen``: a page is chosen."""
        unit = self._tree.unit()
        siblings = self._tree.units.siblings(unit) if unit is not None else []
        place = siblings.index(unit.id) if unit is not None else 0
        has_units = bool(self._tree.units.units)
        is_read = self._library is not None and bool(self._tree.units.levels)
        return {
            **dict.fromkeys(("new-unit", "arrange-by", "levels"), is_read),
            **dict.fromkeys(UNIT_ACTS, unit is not None),
            "unit-up": unit is not None and place > 0,
            "unit-down": unit is not None and place < len(siblings) - 1,
            "unit-out": unit is not None and bool(unit.parent_id),
            "unit-in": unit is not None and place > 0,
            "renumber": has_units,
            "move-pages": has_chosen and has_units,
            **self._order.possible(),
        }

    # -- units --------------------------------------------------------------------------------------------------

    def _new_unit(self) -> None:
        units, unit = self._tree.units, self._tree.unit()
        levels = list(units.levels)
        places = []
        if unit is not None:
            below = levels[min(levels.index(unit.level) + 1, len(levels) - 1)] if unit.level in levels else levels[-1]
            places.append(Place(self.tr("In “{title}”").format(title=unit.title), unit.id, "", below))
            beside = self.tr("After “{title}”").format(title=unit.title)
            places.append(Place(beside, unit.parent_id, self._after(unit), unit.level))
            if unit.parent_id and (self._is_made_beside or unit.id == self._made_last):
                # Who makes one series after another does not choose the fonds each time.
                places.reverse()
        places.append(Place(self.tr("At the top, last"), "", "", levels[0]))
        dialog = UnitDialog(self.tr("New unit"), units.levels, None, places, self._window)

        def make(typed: Typed) -> None:
            place = typed.place or places[-1]
            if unit is not None and unit.parent_id:
                self._is_made_beside = place.parent_id == unit.parent_id
            self._ask_library(
                dialog,
                lambda library: library.add_unit(place.parent_id, typed.level, typed.title, typed.code, place.before),
                self._show_new,
            )

        dialog.wanted.connect(make)
        dialog.open()

    def _show_new(self, unit: Unit) -> None:
        self._made_last = unit.id
        self._tree.choose(unit.id)
        self._window.tell(
            self.tr("“{title}” was made, with the code {code}.").format(title=unit.title, code=unit.reference_code)
        )

    def _change_unit(self) -> None:
        if (unit := self._tree.unit()) is None:
            return
        dialog = UnitDialog(self.tr("Change a unit"), self._tree.units.levels, unit, (), self._window)

        def change(typed: Typed) -> None:
            code = typed.code if typed.code != unit.code else None
            self._ask_library(
                dialog,
                lambda library: library.change_unit(unit.id, level=typed.level, title=typed.title, code=code),
                lambda changed: self._window.tell(self.tr("“{title}” was changed.").format(title=changed.title)),
            )

        dialog.wanted.connect(change)
        dialog.open()

    def _ask_library(self, dialog: UnitDialog, act: Callable[[Library], T], then: Callable[[T], None]) -> None:
        """Let the library take what was typed; the dialog stays open until it has."""

        def done(answer: T) -> None:
            dialog.accept()
            then(answer)

        self._bridge.do(act, done, owner=dialog, failed=lambda error: dialog.refuse(str(error)))

    def _edit_title(self) -> None:
        self._tree.setFocus()
        self._tree.edit(self._tree.currentIndex())

    def _rename(self, id: str, title: str) -> None:
        self._do(
            lambda library: library.change_unit(id, title=title),
            lambda unit: self.tr("The unit is called “{title}” now.").format(title=unit.title),
        )

    def _remove_units(self) -> None:
        ids = self._tree.chosen_ids()
        titles = [unit.title for id in ids if (unit := self._tree.units.find(id)) is not None]

        def remove(library: Library) -> None:
            with library.step("Remove Unit" if len(ids) == 1 else f"Remove {len(ids)} Units"):
                for id in ids:
                    library.remove_unit(id)

        one = self.tr("“{title}” was removed; what stood in it stands in its parent now.")
        many = self.tr("{count} units were removed; what stood in them stands in their parents now.")
        said = one.format(title=titles[0]) if len(titles) == 1 else many.format(count=wording.number(len(ids)))
        self._do(remove, lambda _: said)

    def put_units(self, ids: Sequence[str], parent_id: str, before: str) -> None:
        """Bring units below another, last or before a neighbour."""
        units = self._tree.units
        before_it = [unit for id in ids if (unit := units.find(id)) is not None]
        names = [unit.title for unit in before_it]
        what = f"“{names[0]}”" if len(names) == 1 else self.tr("{count} units").format(count=len(names))
        there = units.find(parent_id)
        where = self.tr("into “{title}”").format(title=there.title) if there is not None else self.tr("to the top")
        said = self.tr("Moved {what} {where}.").format(what=what, where=where)

        def moved(_: None) -> str:
            self._offer.look(before_it, parent_id)
            return said

        self._do(lambda library: library.move_units(ids, parent_id, before), moved)

    def _step(self, by: int) -> None:
        """Up or down among the siblings."""
        if (unit := self._tree.unit()) is None:
            return
        siblings = self._tree.units.siblings(unit)
        place = siblings.index(unit.id) + by
        if 0 <= place < len(siblings):
            others = [id for id in siblings if id != unit.id]
            self.put_units([unit.id], unit.parent_id, others[place] if place < len(others) else "")

    def _promote(self) -> None:
        """Out of its parent, to stand behind it."""
        unit = self._tree.unit()
        parent = self._tree.units.find(unit.parent_id) if unit is not None else None
        if unit is not None and parent is not None:
            self.put_units([unit.id], parent.parent_id, self._after(parent))

    def _demote(self) -> None:
        """Into the sibling before it, as its last."""
        if (unit := self._tree.unit()) is None:
            return
        siblings = self._tree.units.siblings(unit)
        if place := siblings.index(unit.id):
            self.put_units([unit.id], siblings[place - 1], "")

    def _after(self, unit: Unit) -> str:
        """The sibling behind a unit; empty where it is the last."""
        siblings = self._tree.units.siblings(unit)
        return next(iter(siblings[siblings.index(unit.id) + 1 :]), "")

    def _move_units(self) -> None:
        if not (ids := self._tree.chosen_ids()):
            return
        top = self.tr("At the Top")
        dialog = PlaceDialog(self.tr("Move the unit to"), self.tr("&Move"), self._now(), top, ids, self._window)
        dialog.chosen.connect(lambda parent_id: self.put_units(ids, parent_id, ""))
        self._keep_fresh(dialog, lambda: dialog.show_tree(self._now()))
        dialog.open()

    def _now(self) -> Tree:
        """The arrangement as it is shown."""
        units = self._tree.units
        return Tree(units.units, units.levels)

    def _keep_fresh(self, dialog: QDialog, refresh: Callable[[], None]) -> None:
        """While a dialog is open, what it counts follows the library."""
        self._tree.shown.connect(refresh)
        dialog.finished.connect(lambda _: self._tree.shown.disconnect(refresh))

    # -- pages --------------------------------------------------------------------------------------------------

    def put_pages(self, ids: Sequence[str], unit_id: str) -> None:
        """Put pages into a unit, last; ``""`` takes them out of any."""
        unit = self._tree.units.find(unit_id)
        pages = wording.counted(len(ids), self.tr("page"), self.tr("pages"))
        if unit is not None:
            said = self.tr("{pages} put into “{title}”.").format(pages=pages, title=unit.title)
        else:
            said = self.tr("{pages} taken out of the arrangement.").format(pages=pages)
        self._do(lambda library: library.move_items(ids, unit_id), lambda _: said)

    def _move_pages(self) -> None:
        if ids := self._chosen_items():
            pages = wording.counted(len(ids), self.tr("page"), self.tr("pages"))
            title = self.tr("Move {pages} to").format(pages=pages)
            dialog = PlaceDialog(title, self.tr("&Move"), self._now(), self.tr("Not Arranged"), (), self._window)
            dialog.chosen.connect(lambda unit_id: self.put_pages(ids, unit_id))
            self._keep_fresh(dialog, lambda: dialog.show_tree(self._now()))
            dialog.open()

    # -- much at once -------------------------------------------------------------------------------------------

    def _arrange_by(self) -> None:
        unit = self._tree.unit()
        choices = []
        if unit is not None and unit.item_count:
            choices.append(Pages(lambda: self._directly_named(unit), _directly_in(unit.id)))
        choices.append(Pages(self._loose_named, _not_arranged))
        if self._window.list.has_selection and (ids := self._window.list.selected_ids()):
            chosen = wording.counted(len(ids), self.tr("page"), self.tr("pages"))
            name = self.tr("{pages} chosen in the list").format(pages=chosen)
            # One page is chosen by merely looking at it; several were chosen on purpose.
            choices.insert(0 if len(ids) > 1 else len(choices), Pages(lambda: name, lambda _: ids))
        dialog = SortingDialog(self._bridge, self._tree.units.levels, choices, unit, self._window)
        dialog.wanted.connect(self._carry_out)
        self._keep_fresh(dialog, dialog.follow)
        dialog.open()

    def _directly_named(self, unit: Unit) -> str:
        now = self._tree.units.find(unit.id)
        count = wording.counted(now.item_count if now is not None else 0, self.tr("page"), self.tr("pages"))
        title = now.title if now is not None else unit.title
        return self.tr("{pages} directly in “{title}”").format(pages=count, title=title)

    def _loose_named(self) -> str:
        loose = wording.counted(self._tree.units.unarranged, self.tr("page"), self.tr("pages"))
        return self.tr("{pages} not arranged yet").format(pages=loose)

    def _carry_out(self, plan: ArrangementPlan) -> None:
        self._window.tell(self.tr("The pages are being arranged…"))

        def said(moved: int) -> str:
            pages = wording.counted(moved, self.tr("page"), self.tr("pages"))
            return self.tr("{pages} arranged.").format(pages=pages)

        self._do(lambda library: library.carry_out(plan), said)

    def _renumber(self) -> None:
        dialog = RenumberDialog(self._tree.unit(), len(self._tree.units.units), self._window)

        def said(changed: int) -> str:
            if not changed:
                return self.tr("Every reference code is as it would be built now.")
            codes = wording.counted(changed, self.tr("reference code"), self.tr("reference codes"))
            return self.tr("{codes} built anew.").format(codes=codes)

        dialog.wanted.connect(lambda unit_id: self._do(lambda library: library.renumber(unit_id), said))
        dialog.open()

    # -- the library --------------------------------------------------------------------------------------------

    @property
    def _bridge(self) -> Bridge:
        assert self._library is not None
        return self._library.bridge

    def _do(self, act: Callable[[Library], T], said: Callable[[T], str]) -> None:
        def failed(error: ArchiveViewerError) -> None:
            self._window.show_trouble(str(error))
            # What was typed or dropped is shown as it is.
            self._tree.refresh()

        if self._library is not None and self._library.is_writable:
            self._bridge.do(act, lambda answer: self._window.tell(said(answer)), owner=self, failed=failed)


def _not_arranged(library: Library) -> list[str]:
    return library.item_ids(Scope("unarranged"), IN_ORDER)


def _directly_in(unit_id: str) -> Callable[[Library], list[str]]:
    """The pages of a unit without those of the units in it."""

    def read(library: Library) -> list[str]:
        below = {
            item_id
            for unit in library.units()
            if unit.parent_id == unit_id
            for item_id in library.item_ids(Scope("unit", unit.id), IN_ORDER)
        }
        return [item_id for item_id in library.item_ids(Scope("unit", unit_id), IN_ORDER) if item_id not in below]

    return read
