"""A dialog in which something is typed, and which does not throw it away at the first Esc.

In: what a person types.  Out: kept or thrown away, as the person says.  Separate because notes, tags and links are all
typed so, and none of them may be lost by a key that was pressed too often; nothing else pops up to ask.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QWidget

Button = QDialogButtonBox.StandardButton


class TypingDialog(QDialog):
    """Has ``buttons`` and a ``warning`` for its layout; calls ``watch`` when all is filled in."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._typed: Callable[[], object] = lambda: None
        self._at_first: object = None
        self.buttons = QDialogButtonBox(Button.Save | Button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._leaving = self.buttons.button(Button.Cancel).text()
        self.warning = QLabel(self.tr("What you typed is not kept yet.  Esc once more throws it away."), wordWrap=True)
        self.warning.setObjectName("fieldGrave")
        self.warning.hide()

    def watch(self, typed: Callable[[], object]) -> None:
        """``typed``: what is typed at present; as long as it is what it was, there is nothing to lose."""
        self._typed, self._at_first = typed, typed()

    def go_on(self) -> None:
        """More was typed after the warning: it holds anew."""
        if not self.warning.isHidden():
            self._warn(False)

    def reject(self) -> None:
        if self.warning.isHidden() and self._typed() != self._at_first:
            self._warn(True)
        else:
            super().reject()

    def _warn(self, is_warned: bool) -> None:
        self.warning.setVisible(is_warned)
        self.buttons.button(Button.Cancel).setText(self.tr("Throw Away") if is_warned else self._leaving)
