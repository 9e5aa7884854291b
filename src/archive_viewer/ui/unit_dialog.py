"""The dialog in which a unit is made, or its title, level and code are changed.

In: the levels, the unit or the places where a new one may stand.  Out: what was typed.  It stays open until the library
has taken it, so that a code that is in use costs nobody what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from archive_viewer.model import Unit
from archive_viewer.text import one_line
from archive_viewer.ui import theme
from archive_viewer.ui.choice_box import ChoiceBox
from archive_viewer.ui.typing_dialog import Button, TypingDialog


@dataclass(frozen=True)
class Place:
    """Where a new unit may stand, in words, and the level that is usual there."""

    name: str
    parent_id: str
    before: str
    level: str


@dataclass(frozen=True)
class Typed:
    """What is said of a unit; ``place`` of a new one."""

    title: str
    level: str
    code: str
    place: Place | None


class UnitDialog(TypingDialog):
    """``wanted``: a ``Typed`` that the library is to take; it answers with ``accept`` or ``refuse``."""

    wanted = Signal(object)

    def __init__(
        self,
        title: str,
        levels: Mapping[str, str],
        unit: Unit | None = None,
        places: Sequence[Place] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.resize(440, 0)
        self._places = places
        self.title_line = QLineEdit(unit.title if unit is not None else "")
        self.level_box = ChoiceBox()
        for key, name in levels.items():
            self.level_box.addItem(name, key)
        self.code_line = QLineEdit(unit.code if unit is not None else "")
        self.code_line.setPlaceholderText(self.tr("The next number, if nothing is typed") if unit is None else "")
        self.place_box = ChoiceBox()
        for place in places:
            self.place_box.addItem(place.name)
        self.fault = QLabel(wordWrap=True)
        self.fault.setObjectName("fault")
        self.fault.hide()
        form = QFormLayout()
        form.setSpacing(theme.SMALL)
        form.addRow(self.tr("&Title"), self.title_line)
        form.addRow(self.tr("&Level"), self.level_box)
        form.addRow(self.tr("&Code"), self.code_line)
        if places:
            form.addRow(self.tr("&Place"), self.place_box)
        hint = QLabel(
            self.tr("The code is the unit's own part of its reference code; what stands below keeps its own."),
            wordWrap=True,
        )
        hint.setObjectName("quiet")
        hint.setVisible(unit is not None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self.fault)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        self._save = self.buttons.button(Button.Save)
        self._choose_level(unit.level if unit is not None else "")
        self.place_box.currentIndexChanged.connect(lambda: self._choose_level(""))
        self.buttons.accepted.disconnect()
        self.buttons.accepted.connect(self._ask)
        self.title_line.textChanged.connect(self._check)
        for line in (self.title_line, self.code_line):
            line.textChanged.connect(self.go_on)
        self.title_line.setFocus()
        self.title_line.selectAll()
        self.watch(lambda: (self.title_line.text(), self.code_line.text()))
        self._check()

    def refuse(self, sentence: str) -> None:
        """Say why the library did not take it."""
        self.fault.setText(sentence)
        self.fault.show()
        self._check()

    def _choose_level(self, level: str) -> None:
        place = self._place()
        if place is not None:
            level = place.level
        self.level_box.setCurrentIndex(max(0, self.level_box.findData(level)))

    def _place(self) -> Place | None:
        return self._places[self.place_box.currentIndex()] if self._places else None

    def _check(self) -> None:
        self._save.setEnabled(bool(one_line(self.title_line.text())))

    def _ask(self) -> None:
        self.fault.hide()
        # Taken once: the answer switches it on again, or closes the dialog.
        self._save.setEnabled(False)
        typed = Typed(
            one_line(self.title_line.text()),
            self.level_box.currentData(),
            one_line(self.code_line.text()),
            self._place(),
        )
        self.wanted.emit(typed)
