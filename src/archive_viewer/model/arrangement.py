"""The order that an archivist gives: units in a tree, the names of their levels, and plans of what would go where.

Values only.  Separate from the holdings, because what is held came in as it is and this is a person's own work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LEVELS: Mapping[str, str] = {"fonds": "Fonds", "series": "Series", "subseries": "Subseries", "file": "File"}
"""The levels of description that a library begins with, the widest first (ISAD(G) 3.1.4): key → name shown."""

SERIES = "series"
"""The level whose units give an item its series."""

ArrangingRule = Literal["site", "year", "folder"]


@dataclass(frozen=True)
class Unit:
    """A unit of arrangement: a fonds, a series, a file.  ``parent_id`` is empty for one that stands at the top.

    ``level`` is a key of the library's levels; ``code`` the unit's own part of its ``reference_code``, which is whole,
    the repository's country and code in front.  ``series`` is what a page that stands here has for its series.
    ``item_count`` are the pages that stand in the unit itself, ``total_count`` those with all that is below; what lies
    in the bin is not counted.  ``depth`` is 0 at the top.
    """

    id: str
    parent_id: str
    level: str
    code: str
    reference_code: str
    title: str
    created_at: str
    series: str = ""
    depth: int = 0
    item_count: int = 0
    total_count: int = 0


@dataclass(frozen=True)
class Repository:
    """The institution that holds the material (ISAD(G) 3.1.1): its country by two letters (ISO 3166), code and name."""

    country: str = ""
    code: str = ""
    name: str = ""

    @property
    def prefix(self) -> str:
        """What stands before each reference code: “GB 0074 ”; empty where neither country nor code is known."""
        return "".join(f"{part} " for part in (self.country, self.code) if part)


@dataclass(frozen=True)
class PlannedUnit:
    """A unit of a plan: the titles that lead to it from the parent of all, the levels of those, and its pages.

    ``unit_id`` is empty for one that would be made.
    """

    titles: tuple[str, ...]
    levels: tuple[str, ...]
    item_ids: tuple[str, ...]
    unit_id: str = ""


@dataclass(frozen=True)
class ArrangementPlan:
    """What arranging by a rule would do; nothing is changed until it is carried out.

    ``left_out`` are pages of which the rule knows nothing: they have no site, no date or no folder, and stay.
    """

    rule: ArrangingRule
    parent_id: str
    units: tuple[PlannedUnit, ...]
    left_out: tuple[str, ...] = ()

    @property
    def item_count(self) -> int:
        return sum(len(unit.item_ids) for unit in self.units)

    @property
    def new_unit_count(self) -> int:
        """How many units would be made, those that only hold others included."""
        known = {unit.titles for unit in self.units if unit.unit_id}
        ways = {unit.titles[: depth + 1] for unit in self.units for depth in range(len(unit.titles))}
        within = {way[: depth + 1] for way in known for depth in range(len(way))}
        return len(ways - within)
