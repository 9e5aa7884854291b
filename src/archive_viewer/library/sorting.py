"""Arranging by a rule, and numbering: many items or a whole tree at once.

A rule in, a plan out that a person can look at, and the plan carried out as one step.  Separate from the single acts,
which a person makes by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from typing import Any

from archive_viewer.library.arranging import Arranging
from archive_viewer.library.core import Recorder
from archive_viewer.library.numbering import Codes, is_number
from archive_viewer.model import ArrangementPlan, ArrangingRule, PlannedUnit
from archive_viewer.storage import library_settings, rows, units
from archive_viewer.storage.database import Connection
from archive_viewer.text import fold

YEAR = re.compile(r"Y?(-?\d+)", re.ASCII)
"""A year as EDTF writes it."""


class Sorting(Arranging):
    """The part of a library that arranges much at once."""

    # -- rules --------------------------------------------------------------------------------------------------

    def arrange_by(
        self, rule: ArrangingRule, parent_id: str = "", item_ids: Sequence[str] | None = None
    ) -> ArrangementPlan:
        """What arranging items by a rule would do: a unit for each site, year or folder, below ``parent_id``.

        ``item_ids`` None: what stands directly in the parent, or, where nothing does, all that is not arranged.
        ``year`` is that of publication, or of capture where that is not known.  A folder is that in which a file came,
        with those above it down from the one that was imported, each a unit within the other.  A unit that is there
        already under its title is used.

        :raises UnknownId: there is no such parent or item.
        """
        with self._database.reading() as connection:
            level = self._row(connection, parent_id)["level"] if parent_id else ""
            if item_ids is None:
                ids = units.items_of(connection, parent_id, with_bin=False) if parent_id else []
                ids = ids or units.items_of(connection, "", with_bin=False)
            else:
                ids = list(dict.fromkeys(item_ids))
                self._require_items(connection, ids)
            ways = _ways(connection, rule, ids)
            narrower = _narrower(list(library_settings.levels(connection)), level)
            groups: dict[tuple[str, ...], list[str]] = {}
            for id in ids:
                groups.setdefault(ways.get(id, ()), []).append(id)
            left_out = groups.pop((), [])
            planned = []
            known: dict[str, dict[str, str]] = {}
            for titles in sorted(groups, key=partial(_ranked, rule)):
                levels = tuple(narrower[min(depth, len(narrower) - 1)] for depth in range(len(titles)))
                unit_id = _standing(connection, parent_id, titles, known)
                planned.append(PlannedUnit(titles, levels, tuple(groups[titles]), unit_id))
        return ArrangementPlan(rule, parent_id, tuple(planned), tuple(left_out))

    def carry_out(self, plan: ArrangementPlan) -> int:
        """Do what a plan says, as one step; gives how many items were moved.

        :raises UnknownId: the parent or an item of the plan is gone; nothing was changed.
        :raises BadArrangement: a level of the plan is gone; nothing was changed.
        """
        moved = 0
        with self._recording(f"Arrange by {plan.rule.capitalize()}") as act:
            made = self._made(act, plan)
            self._require_items(act.connection, [id for unit in plan.units for id in unit.item_ids])
            for unit in plan.units:
                self._move_items(act, unit.item_ids, made[unit.titles], "")
                moved += len(unit.item_ids)
        return moved

    def _made(self, act: Recorder, plan: ArrangementPlan) -> dict[tuple[str, ...], str]:
        """The units of a plan by the titles that lead to them; those that are not there yet are made."""
        made: dict[tuple[str, ...], str] = {(): plan.parent_id}
        standing: dict[str, dict[str, str]] = {}
        codes: dict[str, Codes] = {}
        for unit in plan.units:
            for depth, level in enumerate(unit.levels, start=1):
                way = unit.titles[:depth]
                above = made[way[:-1]]
                if above not in standing:
                    standing[above] = _titled(act.connection, above)
                    codes[above] = self._codes_below(act.connection, above)
                if way[-1] not in standing[above]:
                    standing[above][way[-1]] = self._make(act, codes[above], above, level, way[-1])
                made[way] = standing[above][way[-1]]
        return made

    # -- numbers ------------------------------------------------------------------------------------------------

    def renumber(self, unit_id: str = "") -> int:
        """Build the reference codes of a unit and all below it anew, as they stand now; ``""``: of the whole tree.

        The unit keeps its own code, and so do those below whose code is more than a number; all others, and the
        items, are numbered in their arranged order.  Gives how many reference codes are others than before.

        :raises UnknownId: there is no such unit.
        """
        with self._recording("Renumber") as act:
            connection = act.connection
            path = self._row(connection, unit_id, derived=True)["path"] if unit_id else ""
            tree = units.rows_below(connection, path)
            standing = {row["id"]: units.items_of(connection, row["id"]) for row in tree}
            present = units.item_rows(connection, [id for ids in standing.values() for id in ids])
            given_up = {row["reference_code"] for row in (*tree, *present.values())}
            below: dict[str, list[dict[str, Any]]] = {}
            for row in tree:
                below.setdefault(row["parent_id"], []).append(row)
            wanted: list[tuple[str, str, dict[str, Any]]] = []
            top = tree[0]["parent_id"] if tree else ""
            waiting = [(top, self._row(connection, top)["reference_code"] if top else "")]
            while waiting:
                parent_id, parent_code = waiting.pop()
                codes = Codes(connection, parent_code, given_up)
                units_here = below.get(parent_id, [])
                named = [row for row in units_here if row["id"] == unit_id or not is_number(row["code"])]
                kept = {row["id"]: codes.claim(row["code"]) for row in named if codes.is_free(row["code"])}
                for row in units_here:
                    code = kept.get(row["id"]) or codes.next_of_unit()
                    fresh = {**_kept(row), "code": code, "reference_code": codes.whole(code)}
                    wanted.append(("unit", row["id"], fresh))
                    waiting.append((row["id"], codes.whole(code)))
                wanted += [
                    ("item", id, {**present[id], "reference_code": codes.whole(codes.next_of_item())})
                    for id in standing.get(parent_id, ())
                ]
            act.put_all(wanted)
            return len(act.changes)


def _ways(connection: Connection, rule: ArrangingRule, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Item → the titles of the units that lead to its place; items of which a rule knows nothing have none."""
    if rule == "folder":
        return _folders(connection, ids)
    values = units.sites(connection, ids) if rule == "site" else units.years(connection, ids)
    return {id: (value,) for id, value in values.items() if value}


def _ranked(rule: ArrangingRule, titles: tuple[str, ...]) -> tuple[int, list[str]]:
    """By what units stand in order: years by their number, whatever sign or letter is before it."""
    year = YEAR.fullmatch(titles[0]) if rule == "year" else None
    return int(year[1]) if year is not None else 0, [fold(title) for title in titles]


def _folders(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    wanted, found = set(ids), {}
    for item_ids, sources, path in units.import_paths(connection):
        if folders := _folders_of(path, sources):
            found.update(dict.fromkeys(wanted.intersection(item_ids), folders))
    return found


def _folders_of(path: str, sources: Sequence[str]) -> tuple[str, ...]:
    """The folders in which a file came, down from the one that was imported; none for a file named by itself."""
    folder = PurePath(path).parent.parts
    for source in (PurePath(source).parts for source in sources):
        # What was named on the command line from the folder one was in has no more than the end of its source.
        for length in range(min(len(folder), len(source)), 0, -1):
            if folder[:length] == source[-length:]:
                return folder[length - 1 :]
    return ()


def _narrower(levels: Sequence[str], level: str) -> Sequence[str]:
    """The levels below one, the widest first; of the narrowest, itself."""
    begin = levels.index(level) + 1 if level in levels else 0
    return levels[begin:] or levels[-1:]


def _standing(connection: Connection, parent_id: str, titles: Sequence[str], known: dict[str, dict[str, str]]) -> str:
    """The unit that these titles lead to; empty where there is none.  ``known`` keeps what was looked up."""
    id = parent_id
    for title in titles:
        if id not in known:
            known[id] = _titled(connection, id)
        if not (id := known[id].get(title, "")):
            return ""
    return id


def _titled(connection: Connection, parent_id: str) -> dict[str, str]:
    """Title → the first unit directly below that has it."""
    return {row["title"]: row["id"] for row in reversed(units.child_rows(connection, parent_id))}


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    """Those columns of a unit that a step keeps."""
    return {name: row[name] for name in rows.NOUNS["unit"].columns}
