"""Tags: the line in which they are typed, and the dialog that gives them to pages or a mark.

In: the tags so far and those the library knows.  Out: the tags typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget

from archive_viewer.text import one_line
from archive_viewer.ui import theme
from archive_viewer.ui.typing_dialog import TypingDialog


class TagLine(QLineEdit):
    """Tags with commas between them; each is completed from those that are known."""

    def __init__(self, tags: Sequence[str], known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("".join(f"{tag}, " for tag in tags))
        self.setPlaceholderText(self.tr("Tags, with commas between them"))
        self.setAccessibleName(self.tr("Tags"))
        self._known = QStringListModel(sorted(set(known)), self)
        self._completer = QCompleter(self._known, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self)
        popup = self._completer.popup()
        assert popup is not None
        self._offered = popup
        self._completer.activated.connect(self._complete)
        self.textEdited.connect(self._offer)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags typed, each once, in the order typed."""
        return tuple(dict.fromkeys(tag for part in self.text().split(",") if (tag := one_line(part).lstrip("#"))))

    def _offer(self) -> None:
        begun = self._word()
        if begun:
            self._completer.setCompletionPrefix(begun)
            self._completer.complete()
        else:
            self._offered.hide()

    def _word(self) -> str:
        return self.text()[: self.cursorPosition()].rpartition(",")[2].strip()

    def _complete(self, tag: str) -> None:
        before, comma, _ = self.text()[: self.cursorPosition()].rpartition(",")
        rest = self.text()[self.cursorPosition() :]
        self.setText(f"{before}{comma}{' ' if comma else ''}{tag}{rest}")
        self.setCursorPosition(len(self.text()) - len(rest))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._offered.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            # Not selected: what is typed next is another tag, and must not replace those that are there.
            self.deselect()
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._offered.hide()


class TagEditor(TypingDialog):
    """Gives tags to a page, several pages, or a mark; ``what`` says which."""

    def __init__(self, what: str, tags: Sequence[str], known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Tags"), parent)
        self.resize(420, 0)
        self.line = TagLine(tags, known)
        title = QLabel(what, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        title.setObjectName("quoted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(title)
        layout.addWidget(self.line)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        self.line.setFocus()
        self.watch(lambda: self.tags)
        self.line.textChanged.connect(self.go_on)

    @property
    def tags(self) -> tuple[str, ...]:
        return self.line.tags
