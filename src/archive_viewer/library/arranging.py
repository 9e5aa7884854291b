"""Arrangement: the tree of units that an archivist makes, and what stands where in it.

Ids, titles and places in, units out; each act is one step.  An item stands in one unit or in none, and its original
order is never touched: it can always be shown beside this one.  Reference codes are built when a unit is made or an
item is arranged for the first time, and stay when things move, because somebody may have cited them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from archive_viewer.errors import BadArrangement, UnknownId
from archive_viewer.library.core import Recorder, new_id, now
from archive_viewer.library.levels import Levels
from archive_viewer.library.numbering import Codes
from archive_viewer.model import Unit
from archive_viewer.storage import library_settings, rows, units
from archive_viewer.storage.database import Connection
from archive_viewer.text import one_line


class Arranging(Levels):
    """The part of a library that keeps its arrangement."""

    # -- read ---------------------------------------------------------------------------------------------------

    def units(self) -> list[Unit]:
        """The whole tree in its order, parents before children, each with its counts."""
        with self._database.reading() as connection:
            return units.listed(connection, library_settings.repository(connection).prefix)

    def unit(self, id: str) -> Unit:
        """:raises UnknownId: there is no such unit."""
        with self._database.reading() as connection:
            found = units.get(connection, id, library_settings.repository(connection).prefix)
        if found is None:
            raise UnknownId("unit", id)
        return found

    def count_unarranged(self) -> int:
        """How many items outside the bin stand in no unit."""
        with self._database.reading() as connection:
            return units.count_unarranged(connection)

    def reference_code(self, id: str) -> str:
        """The whole reference code of a unit or an item; empty for an item that was never arranged.

        :raises UnknownId: there is neither.
        """
        with self._database.reading() as connection:
            row = units.row_of(connection, id)
            if row is not None:
                return f"{library_settings.repository(connection).prefix}{row['reference_code']}"
        return self.item(id).reference_code

    # -- units --------------------------------------------------------------------------------------------------

    def add_unit(self, parent_id: str, level: str, title: str, code: str = "", before: str = "") -> Unit:
        """Make a unit below another (``""``: at the top), last or before one of its neighbours.

        Without a code of its own it has the next number.

        :raises UnknownId: there is no such parent, or no such neighbour there.
        :raises BadArrangement: there is no such level, the title is empty, or the code is in use.
        """
        with self._recording("New Unit") as act:
            codes = self._codes_below(act.connection, parent_id)
            return self.unit(self._make(act, codes, parent_id, level, title, code, before))

    def _codes_below(self, connection: Connection, unit_id: str) -> Codes:
        return Codes(connection, self._row(connection, unit_id)["reference_code"] if unit_id else "")

    def _make(
        self, act: Recorder, codes: Codes, parent_id: str, level: str, title: str, code: str = "", before: str = ""
    ) -> str:
        self._require_level(act.connection, level)
        code = codes.claim(code) if (code := _code(code)) else codes.next_of_unit()
        id = new_id()
        (position,) = self._places(act, parent_id, before, [id])
        row = {
            "parent_id": parent_id,
            "position": position,
            "level": level,
            "code": code,
            "reference_code": codes.whole(code),
            "title": _title(title),
            "created_at": now(),
        }
        act.put("unit", id, row)
        return id

    def change_unit(
        self, id: str, *, level: str | None = None, title: str | None = None, code: str | None = None
    ) -> Unit:
        """Change what is said of a unit; None leaves a part as it is.

        Another code gives the unit another reference code; what stands below keeps its own until it is renumbered.

        :raises UnknownId: there is no such unit.
        :raises BadArrangement: there is no such level, the title is empty, or the code is empty or in use.
        """
        with self._recording("Rename Unit" if level is None and code is None else "Level and Code") as act:
            changed = self._row(act.connection, id)
            if level is not None:
                self._require_level(act.connection, level)
                changed["level"] = level
            if title is not None:
                changed["title"] = _title(title)
            if code is not None and _code(code) != changed["code"]:
                codes = self._codes_below(act.connection, changed["parent_id"])
                changed["code"] = codes.claim(_code(code))
                changed["reference_code"] = codes.whole(changed["code"])
            act.put("unit", id, changed)
            return self.unit(id)

    def move_units(self, ids: Sequence[str], parent_id: str, before: str = "") -> None:
        """Bring units, with all that is in them, below another (``""``: to the top), last or before a neighbour.

        :raises UnknownId: there is no such unit, parent, or neighbour there; nothing was changed.
        :raises BadArrangement: a unit would stand below itself.
        """
        moved = list(dict.fromkeys(ids))
        with self._recording(_many("Move {}", moved)) as act:
            found = {id: self._row(act.connection, id) for id in moved}
            for above in self._way_up(act.connection, parent_id):
                if above in found:
                    raise BadArrangement(f"“{found[above]['title']}” cannot be moved into itself.")
            if before in found:
                raise BadArrangement("A unit cannot be moved before itself.")
            places = self._places(act, parent_id, before, moved)
            act.put_all(
                ("unit", id, {**found[id], "parent_id": parent_id, "position": position})
                for id, position in zip(moved, places, strict=True)
            )

    def remove_unit(self, id: str) -> None:
        """Take a unit away; the units and items in it come to stand in its parent.

        :raises UnknownId: there is no such unit.
        """
        with self._recording("Remove Unit") as act:
            row = self._row(act.connection, id)
            children = [child["id"] for child in units.child_rows(act.connection, id)]
            if children:
                self.move_units(children, row["parent_id"], id)
            self._move_items(act, units.items_of(act.connection, id), row["parent_id"], "")
            act.put("description", id, None)
            act.put("unit", id, None)

    # -- items --------------------------------------------------------------------------------------------------

    def move_items(self, item_ids: Sequence[str], unit_id: str, before: str = "") -> None:
        """Put items into a unit, in this order, last or before one that stands there; ``""`` takes them out of any.

        An item that is arranged for the first time gets the next reference code of the unit.

        :raises UnknownId: there is no such item or unit, or no such neighbour there; nothing was changed.
        """
        moved = list(dict.fromkeys(item_ids))
        pages = "Page" if len(moved) == 1 else f"{len(moved):,} Pages"
        with self._recording(f"Move {pages}" if unit_id else f"Take {pages} out of the Arrangement") as act:
            self._require_items(act.connection, moved)
            self._move_items(act, moved, unit_id, before)

    def _require_items(self, connection: Connection, ids: Sequence[str]) -> None:
        known = units.known_ids(connection, ids)
        for id in ids:
            if id not in known:
                raise UnknownId("page", id)

    def _move_items(self, act: Recorder, ids: Sequence[str], unit_id: str, before: str) -> None:
        present = units.item_rows(act.connection, ids)
        if not unit_id:
            act.put_all(("item", id, {**present[id], "unit_id": "", "unit_position": 0}) for id in ids)
            return
        codes = self._codes_below(act.connection, unit_id)
        places = self._places(act, unit_id, before, ids, of_items=True)
        act.put_all(
            (
                "item",
                id,
                {
                    **present[id],
                    "unit_id": unit_id,
                    "unit_position": position,
                    "reference_code": present[id]["reference_code"] or codes.whole(codes.next_of_item()),
                },
            )
            for id, position in zip(ids, places, strict=True)
        )

    # -- places -------------------------------------------------------------------------------------------------

    def _row(self, connection: Connection, id: str, *, derived: bool = False) -> dict[str, Any]:
        """A unit's row as a step writes it, or with what is derived."""
        found = units.row_of(connection, id) if derived else rows.get(connection, "unit", id)
        if found is None:
            raise UnknownId("unit", id)
        return found

    def _way_up(self, connection: Connection, id: str) -> list[str]:
        """The unit and those above it."""
        way = []
        while id:
            way.append(id)
            id = self._row(connection, id)["parent_id"]
        return way

    def _places(
        self, act: Recorder, parent_id: str, before: str, moved: Sequence[str], *, of_items: bool = False
    ) -> list[int]:
        """Positions for units or items in a unit, last or before a neighbour.

        Where there is no room between two neighbours, all that stand there get new positions, as part of the step.
        """
        if parent_id:
            self._row(act.connection, parent_id)
        noun = "item" if of_items else "unit"
        for attempt in range(2):
            low, high = units.gap(act.connection, noun, parent_id, before, moved)
            if before and high is None:
                raise UnknownId("page of this unit" if of_items else "unit at this place", before)
            if high is None:
                return [low + units.STEP * n for n in range(1, len(moved) + 1)]
            if high - low > len(moved):
                return [low + (high - low) * n // (len(moved) + 1) for n in range(1, len(moved) + 1)]
            assert attempt == 0, "there is room between positions that have just been set apart"
            self._set_apart(act, noun, parent_id, len(moved))
        raise AssertionError("unreachable")

    def _set_apart(self, act: Recorder, noun: str, parent_id: str, room: int) -> None:
        standing: Iterable[str]
        if noun == "item":
            standing, column = units.items_of(act.connection, parent_id), "unit_position"
        else:
            standing, column = [row["id"] for row in units.child_rows(act.connection, parent_id)], "position"
        step = max(units.STEP, room + 2)
        act.put_all(
            (noun, id, {**(rows.get(act.connection, noun, id) or {}), column: step * n})
            for n, id in enumerate(standing, start=1)
        )


def _title(title: str) -> str:
    if not (given := one_line(title)):
        raise BadArrangement("A unit needs a title.")
    return given


def _code(code: str) -> str:
    given = one_line(code)
    if "/" in given:
        raise BadArrangement("The code of a unit holds no “/”: that stands between the codes of units.")
    return given


def _many(act: str, ids: Sequence[str]) -> str:
    return act.format("Unit" if len(ids) == 1 else f"{len(ids)} Units")
