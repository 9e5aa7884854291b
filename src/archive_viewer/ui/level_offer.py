"""After units were moved: their level stays, and where another is usual in their new place, that one is offered.

In: the units that were moved, and the arrangement before.  Out: a line over the panes with a button.  Separate from the
moving, which changes no level by itself: a series that stands in a series may be meant so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from archive_viewer.library import Library
from archive_viewer.model import Unit
from archive_viewer.ui import wording
from archive_viewer.ui.arrangement_model import ArrangementModel
from archive_viewer.ui.open_library import OpenLibrary

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


class LevelOffer(QObject):
    """Says it in the window's ``page_notice``, until it is taken, put away, or holds no more."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._library: OpenLibrary | None = None
        self._ids: list[str] = []
        self._levels: dict[str, str] = {}
        self._level = self._parent_id = ""
        self.changing = QAction(self)
        self.changing.triggered.connect(self._change)
        window.arrangement.shown.connect(self._follow)

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library
        self._take_away()

    def look(self, moved: Sequence[Unit], parent_id: str) -> None:
        """Offer what is usual where these units, as they were before, stand now."""
        units = self._window.arrangement.units
        ids = {unit.id for unit in moved}
        usual = usual_level(units, parent_id, ids)
        # What stood out where it was before is meant to.
        others = [
            unit
            for unit in moved
            if unit.parent_id != parent_id
            and unit.level not in ("", usual)
            and unit.level == usual_level(units, unit.parent_id, ids)
        ]
        if not others or not usual:
            return
        self._ids, self._level, self._parent_id = [unit.id for unit in others], usual, parent_id
        self._levels = {unit.id: unit.level for unit in others}
        name = units.levels.get(usual, usual)
        self.changing.setText(self.tr("Change to {level}").format(level=name))
        there = units.find(parent_id)
        where = self.tr("in “{title}”").format(title=there.title) if there is not None else self.tr("at the top")
        if len(others) == 1:
            level = units.levels.get(others[0].level, others[0].level)
            said = self.tr("“{title}” keeps its level, {level}; {where} the usual level is {usual}.")
            said = said.format(title=others[0].title, level=level, where=where, usual=name)
        else:
            said = self.tr("{count} units keep their levels; {where} the usual level is {usual}.")
            said = said.format(count=wording.number(len(others)), where=where, usual=name)
        notice = self._window.page_notice
        notice.say(said, "arrange", self.changing, notice.put_away)

    @Slot()
    def _change(self) -> None:
        ids, level, library = self._ids, self._level, self._library
        self._take_away()
        if library is None or not ids:
            return

        def change(known: Library) -> None:
            with known.step("Change Unit" if len(ids) == 1 else f"Change {len(ids)} Units"):
                for id in ids:
                    known.change_unit(id, level=level)

        name = self._window.arrangement.units.levels.get(level, level)
        said = self.tr("The level is {level} now.").format(level=name)
        library.bridge.do(change, lambda _: self._window.tell(said), owner=self)

    @Slot()
    def _follow(self) -> None:
        """Take the offer away when the move was taken back, or the level changed by other ways."""
        if not self._ids:
            return
        found = [self._window.arrangement.units.find(id) for id in self._ids]
        is_standing = all(
            unit is not None and unit.parent_id == self._parent_id and unit.level == self._levels[unit.id]
            for unit in found
        )
        if not is_standing:
            self._take_away()

    def _take_away(self) -> None:
        if self._ids and self.changing in [button.defaultAction() for button in self._window.page_notice.buttons]:
            self._window.page_notice.say("")
        self._ids = []


def usual_level(units: ArrangementModel, parent_id: str, without: Collection[str] = ()) -> str:
    """The level that most units have that stand directly in a unit (``""``: at the top), these left out; where none
    stands there, the one below the unit's own."""
    standing = [unit.level for unit in units.units if unit.parent_id == parent_id and unit.id not in without]
    if standing:
        return Counter(standing).most_common(1)[0][0]
    levels, parent = list(units.levels), units.find(parent_id)
    if parent is None:
        return next(iter(levels), "")
    place = levels.index(parent.level) + 1 if parent.level in levels else len(levels)
    return levels[min(place, len(levels) - 1)] if levels else ""
