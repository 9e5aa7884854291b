"""The names of levels of two libraries, brought together level by level.

What the levels are called here and there in; which come, which differ, and how all are called afterwards out.  Pure,
and separate from the merging because levels are kept as one setting, and are for a person to decide one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive_viewer.model import LEVELS


@dataclass(frozen=True)
class LevelNames:
    """Key → name, the widest level first, of either library.  A level under the name that it has at first says
    nothing, so that a name which was given holds over it."""

    ours: Mapping[str, str]
    theirs: Mapping[str, str]

    @property
    def coming(self) -> dict[str, str]:
        """Levels that are not here, and those that were named there only."""
        return {
            key: name
            for key, name in self.theirs.items()
            if key not in self.ours or (self.ours[key] == LEVELS.get(key) != name)
        }

    @property
    def differing(self) -> dict[str, tuple[str, str]]:
        """Levels that were named here and there, and not alike: the name here, the name there."""
        return {
            key: (self.ours[key], name)
            for key, name in self.theirs.items()
            if key in self.ours and key not in self.coming and name not in (self.ours[key], LEVELS.get(key))
        }

    def joined(self, decided: Mapping[str, str]) -> list[tuple[str, str]]:
        """All levels in the order they have here, each that comes behind the one that it stands behind there;
        ``decided``: which of two names holds, ours unless it is ``theirs``."""
        names = {key: both[1] for key, both in self.differing.items() if decided.get(key) == "theirs"}
        names = {**self.ours, **self.coming, **names}
        order = list(self.ours)
        above = list(self.theirs)
        for n, key in enumerate(above):
            if key not in self.ours:
                order.insert(order.index(above[n - 1]) + 1 if n else 0, key)
        return [(key, names[key]) for key in order]
