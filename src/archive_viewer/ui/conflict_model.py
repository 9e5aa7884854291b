"""What two libraries say differently, as rows to be decided: here, there, and which holds.

In: conflicts.  Out: a table, and the choices.  Separate from the dialog, which also shows all that needs no decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from archive_viewer.library import Choice, Conflict
from archive_viewer.ui import thing_names

WHAT, HERE, THERE, HOLDS = range(4)
DOUBLED = ("annotation", "link", "rule", "search", "item", "code")
"""Nouns of which both forms can hold: a mark, a link, a rule or a saved search is there twice, of a page the tags are
joined, a reference code is borne by two units."""

Index = QModelIndex | QPersistentModelIndex


class ConflictModel(QAbstractTableModel):
    """``decided``: another conflict was decided, or another plan is shown."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._conflicts: list[Conflict] = []
        self._places: Mapping[str, str] = {}
        self._choices: dict[tuple[str, str], Choice] = {}

    def show_conflicts(self, conflicts: Sequence[Conflict], places: Mapping[str, str]) -> None:
        """Show others; what was decided of those that are still there stays.  ``places``: titles of units by id."""
        self.beginResetModel()
        self._conflicts, self._places = list(conflicts), places
        known = {(one.noun, one.id) for one in conflicts}
        defaults = {(one.noun, one.id): one.default for one in conflicts if one.default is not None}
        self._choices = {**defaults, **{key: choice for key, choice in self._choices.items() if key in known}}
        self.endResetModel()
        self.decided.emit()

    @property
    def choices(self) -> dict[tuple[str, str], Choice]:
        return dict(self._choices)

    @property
    def undecided(self) -> int:
        return len(self._conflicts) - len(self._choices)

    def choose(self, rows: Iterable[int], choice: Choice) -> None:
        """Decide these rows; of some things both cannot hold, and they stay as they are."""
        for row in rows:
            if choice != "both" or self.can_double(row):
                conflict = self._conflicts[row]
                self._choices[conflict.noun, conflict.id] = choice
        # All at once: there may be as many as there are pages.
        self.dataChanged.emit(self.index(0, HOLDS), self.index(self.rowCount() - 1, HOLDS))
        self.decided.emit()

    def can_double(self, row: int) -> bool:
        return self._conflicts[row].noun in DOUBLED

    def differences(self, row: int) -> list[tuple[str, str, str]]:
        """Field, value here, value there, of all that differs in a row."""
        return thing_names.differences(self._conflicts[row], self._places)

    def meaning(self, row: int) -> str:
        """What choosing does, where that does not go without saying."""
        if self._conflicts[row].noun != "code":
            return ""
        return self.tr(
            "Two units would bear one reference code.  Ours: the one that comes is numbered anew, with what stands in "
            "it.  Theirs: the one here is.  Both: each keeps its code, and Needs Attention tells of it."
        )

    def title(self, row: int) -> str:
        conflict = self._conflicts[row]
        noun = thing_names.noun(conflict.noun)
        return f"{noun[:1].upper()}{noun[1:]}: {conflict.title}" if conflict.title else noun

    # -- Qt's questions -----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._conflicts)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("What"), self.tr("Here"), self.tr("There"), self.tr("Which holds"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row, column = index.row(), index.column()
        if column == WHAT:
            return self.title(row)
        if column == HOLDS:
            conflict = self._conflicts[row]
            return self._words(self._choices.get((conflict.noun, conflict.id)))
        separator = "\n" if role == Qt.ItemDataRole.ToolTipRole else "; "
        return separator.join(
            f"{name}: {(here, there)[column == THERE]}" for name, here, there in self.differences(row)
        )

    def _words(self, choice: Choice | None) -> str:
        words = {"ours": self.tr("ours"), "theirs": self.tr("theirs"), "both": self.tr("both")}
        return words[choice] if choice is not None else self.tr("not decided")
