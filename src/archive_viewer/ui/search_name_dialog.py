"""The dialog in which a search gets its name.

In: a name to begin with.  Out: the name typed.  It stays open until the library has taken it, so that a name that
another search has costs nobody what was typed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from archive_viewer.ui import theme
from archive_viewer.ui.typing_dialog import Button, TypingDialog


class SearchNameDialog(TypingDialog):
    """``wanted``: the name that the library is to take; it answers with ``accept`` or ``refuse``."""

    wanted = Signal(str)

    def __init__(self, title: str, name: str, query: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.resize(420, 0)
        self.name = QLineEdit(name)
        self.name.selectAll()
        asked = QLabel(query, wordWrap=True)
        asked.setObjectName("quoted")
        self.fault = QLabel(wordWrap=True)
        self.fault.setObjectName("fault")
        self.fault.hide()
        form = QFormLayout()
        form.setSpacing(theme.SMALL)
        form.addRow(self.tr("&Name"), self.name)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.BASE)
        layout.addWidget(asked)
        layout.addLayout(form)
        for part in (self.fault, self.warning, self.buttons):
            layout.addWidget(part)
        self.buttons.accepted.disconnect()
        self.buttons.accepted.connect(lambda: self.wanted.emit(self.name.text()))
        self.name.textChanged.connect(self._follow)
        self._follow()
        self.watch(self.name.text)

    def refuse(self, sentence: str) -> None:
        """Say why the library has not taken it."""
        self.fault.setText(sentence)
        self.fault.show()

    def _follow(self) -> None:
        self.go_on()
        self.fault.hide()
        self.buttons.button(Button.Save).setEnabled(bool(self.name.text().strip()))
