"""A row of chips over a list of outcomes: all, and each outcome that there is, with its count.

In: how many lines have which outcome.  Out: the outcome that is to be shown.  Separate because the report of an import
and that of a verification are read in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from archive_viewer.ui import theme, wording
from archive_viewer.ui.flow_layout import FlowLayout


class FilterChips(QWidget):
    """``chosen``: an outcome; empty: all."""

    chosen = Signal(str)

    def __init__(self, outcomes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.chips: dict[str, QToolButton] = {}
        layout = FlowLayout(self, theme.SMALL)
        for outcome in ("", *outcomes):
            chip = QToolButton()
            chip.setCheckable(True)
            chip.setChecked(not outcome)
            chip.setObjectName("filterChip")
            chip.setProperty("outcome", outcome)
            self.chips[outcome] = chip
            self._group.addButton(chip)
            layout.addWidget(chip)
        self._group.buttonClicked.connect(lambda chip: self.chosen.emit(chip.property("outcome")))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_counts({})

    def check(self, outcome: str) -> None:
        """Show which outcome is chosen."""
        self.chips[outcome].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many lines have each outcome; an outcome that none has is not offered."""
        for outcome, chip in self.chips.items():
            name = wording.word(outcome) if outcome else self.tr("All")
            count = counts.get(outcome, 0) if outcome else sum(counts.values())
            chip.setText(f"{name}  {wording.number(count)}")
            chip.setVisible(not outcome or count > 0)
