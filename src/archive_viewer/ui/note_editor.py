"""A small dialog for what a person says of a mark: its note and its tags.

In: the marked words, the note and tags so far.  Out: the new ones, when it is accepted.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from archive_viewer.text import one_line
from archive_viewer.ui import theme
from archive_viewer.ui.tag_editor import TagLine
from archive_viewer.ui.typing_dialog import TypingDialog

QUOTE_SHOWN = 240


class NoteEditor(TypingDialog):
    """Ctrl+Enter keeps, Esc leaves; where something was typed, the second Esc."""

    def __init__(
        self, quote: str, note: str, tags: Sequence[str], known_tags: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Note"), parent)
        self.resize(460, 320)
        words = QLabel(shortened(quote), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        words.setObjectName("quoted")
        self.text = QPlainTextEdit(note, tabChangesFocus=True)
        self.text.setPlaceholderText(self.tr("What should be remembered of these words?"))
        self.text.setAccessibleName(self.tr("Note"))
        self.text.installEventFilter(self)
        self.tags_line = TagLine(tags, known_tags)
        form = QFormLayout()
        form.addRow(self.tr("&Tags"), self.tags_line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(words)
        layout.addWidget(self.text, 1)
        layout.addLayout(form)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        self.text.setFocus()
        self.watch(lambda: (self.note, self.tags))
        self.text.textChanged.connect(self.go_on)
        self.tags_line.textChanged.connect(self.go_on)

    @property
    def note(self) -> str:
        return self.text.toPlainText().strip()

    @property
    def tags(self) -> tuple[str, ...]:
        return self.tags_line.tags

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.accept()
                return True
        return super().eventFilter(watched, event)


def shortened(quote: str) -> str:
    """Marked words for a dialog: on one line, the middle left out where they are many."""
    line = one_line(quote)
    half = QUOTE_SHOWN // 2
    return line if len(line) <= QUOTE_SHOWN else f"{line[:half]} … {line[-half:]}"
