"""Undo and redo as data: a step is a name and the rows it changed, each as it was and as it became.

Pure: rows in, rows out.  The storage room keeps steps, the library takes them back and does them again through the
same statements by which they were first done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One row of a noun before and after; None: there was, or is, no such row."""

    noun: str
    id: str
    before: Row | None
    after: Row | None

    def inverse(self) -> Change:
        return Change(self.noun, self.id, self.after, self.before)


@dataclass(frozen=True)
class Step:
    """A person's act, by its name in the menu, with its changes in the order in which they were made."""

    label: str
    changes: tuple[Change, ...]

    def inverse(self) -> Step:
        """The step that takes this one back: the last change first."""
        return Step(self.label, tuple(change.inverse() for change in reversed(self.changes)))
