"""The dialog that lets a person choose which engine searches a library.

In: a library.  Out: ``chosen``.  It changes nothing itself: with another engine the index is built anew, which is work
for the worker.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.library import Library
from archive_viewer.library.engine_choice import ENGINES, EngineState
from archive_viewer.ui import theme
from archive_viewer.ui.bridge import Bridge

Button = QDialogButtonBox.StandardButton


class EngineDialog(QDialog):
    """``chosen``: the name of an engine that is not the one used so far.  Asks for what is used by itself."""

    chosen = Signal(str)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Search engine"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._bridge = bridge
        self._used = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        self.reasons: dict[str, QLabel] = {}
        for name, title, about in self._names():
            choice = self.choices[name] = QRadioButton(title)
            choice.setAccessibleDescription(about)
            choice.setEnabled(False)
            self._group.addButton(choice)
            reason = self.reasons[name] = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            reason.hide()
            layout.addWidget(choice)
            for label in (QLabel(about, wordWrap=True), reason):
                label.setObjectName("quiet")
                label.setContentsMargins(theme.LARGE, 0, 0, 0)
                layout.addWidget(label)
        effect = QLabel(
            self.tr("With another engine the index is built anew.  Until that is done, search says what it lacks."),
            wordWrap=True,
        )
        layout.addSpacing(theme.SMALL)
        layout.addWidget(effect)
        self.buttons = QDialogButtonBox(Button.Ok | Button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(Button.Ok).setEnabled(False)
        layout.addWidget(self.buttons)
        self._group.buttonToggled.connect(self._follow)
        bridge.ask(Library.engine_state, self._show, owner=self)

    def _names(self) -> list[tuple[str, str, str]]:
        titles = {
            "whoosh": (
                self.tr("&Whoosh"),
                self.tr("Comes with Archive Viewer.  Finds names in every spelling and script."),
            ),
            "tantivy": (
                self.tr("&Tantivy"),
                self.tr("Faster in large libraries.  Finds the same pages, but names only as they are spelled."),
            ),
        }
        return [(name, *titles[name]) for name in ENGINES]

    @property
    def _picked(self) -> str:
        return next((name for name, choice in self.choices.items() if choice.isChecked()), "")

    def _show(self, state: EngineState) -> None:
        self._used = state.used
        is_writable = self._bridge.library.is_writable
        for name, choice in self.choices.items():
            why_not = state.others.get(name, "")
            choice.setChecked(name == state.used)
            choice.setEnabled(is_writable and not why_not)
            self.reasons[name].setText(why_not)
            self.reasons[name].setVisible(bool(why_not))
        self.choices[state.used].setFocus()
        self._follow()

    def _follow(self) -> None:
        self.buttons.button(Button.Ok).setEnabled(bool(self._used) and self._picked not in ("", self._used))

    def accept(self) -> None:
        self.chosen.emit(self._picked)
        super().accept()
