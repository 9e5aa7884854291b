"""The dialog that ties two passages: which relation, and a note.

In: the words at both ends.  Out: relation, note, and which end is the first.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.model import RELATIONS
from archive_viewer.text import one_line
from archive_viewer.ui import theme, wording
from archive_viewer.ui.choice_box import ChoiceBox
from archive_viewer.ui.note_editor import shortened
from archive_viewer.ui.typing_dialog import Button, TypingDialog


class LinkDialog(TypingDialog):
    """``first`` and ``second`` are the words at the ends, or a page's title."""

    def __init__(
        self, first: str, second: str, relation: str = RELATIONS[0], note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Link two passages"), parent)
        self.resize(500, 360)
        self.is_turned = False
        self._ends = [first, second]
        self._first, self._second = _quoted(), _quoted()
        self.relation_box = ChoiceBox(editable=True)
        self.relation_box.setAccessibleName(self.tr("Relation"))
        for token in RELATIONS:
            self.relation_box.addItem(wording.relation(token), token)
        if relation in RELATIONS:
            self.relation_box.setCurrentIndex(RELATIONS.index(relation))
        else:
            self.relation_box.setEditText(relation)
        self.relation_box.editTextChanged.connect(self._check)
        self.turn = QPushButton(self.tr("&Turn Around"))
        self.turn.setToolTip(self.tr("Let the link go from the second passage to the first"))
        self.turn.clicked.connect(self._turn)
        self.note_text = QPlainTextEdit(note, tabChangesFocus=True)
        self.note_text.setPlaceholderText(self.tr("Why do these belong together? (optional)"))
        self.note_text.setAccessibleName(self.tr("Note of the link"))
        self.note_text.setMinimumHeight(72)
        self._save = self.buttons.button(Button.Save)
        middle = QHBoxLayout()
        middle.addWidget(self.relation_box, 1)
        middle.addWidget(self.turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(self._first)
        layout.addLayout(middle)
        layout.addWidget(self._second)
        layout.addWidget(self.note_text, 1)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self._save.click)
        self._show_ends()
        self.relation_box.setFocus()
        self.watch(lambda: self.note)
        self.note_text.textChanged.connect(self.go_on)

    @property
    def relation(self) -> str:
        """A relation's token, or the archivist's own word."""
        typed = one_line(self.relation_box.currentText())
        at = self.relation_box.findText(typed, Qt.MatchFlag.MatchFixedString)
        return self.relation_box.itemData(at) if at >= 0 else typed

    @property
    def note(self) -> str:
        return self.note_text.toPlainText().strip()

    def keep_direction(self) -> None:
        """The link is there already: its ends stay as they are."""
        self.turn.hide()

    def _turn(self) -> None:
        self.is_turned = not self.is_turned
        self._ends.reverse()
        self._show_ends()

    def _show_ends(self) -> None:
        self._first.setText(shortened(self._ends[0]))
        self._second.setText(shortened(self._ends[1]))

    def _check(self) -> None:
        self._save.setEnabled(bool(self.relation))


def _quoted() -> QLabel:
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName("quoted")
    return label
