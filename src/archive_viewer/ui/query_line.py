"""The line in which a query is typed, with the place of a fault underlined.

In: text, and where in it something is wrong.  Out: a line edit.  Separate because a line edit of Qt has no formats of
its own: they are given to it in the way of an input method, which leaves the text as it is.
"""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QApplication, QLineEdit

from archive_viewer.text import to_utf16


class QueryLine(QLineEdit):
    """``fault``: where the underlined part begins and ends, in code points; empty where nothing is wrong."""

    def __init__(self, hint: str) -> None:
        super().__init__(placeholderText=hint)
        self.setObjectName("searchBox")
        self.fault: tuple[int, int] = (0, 0)
        self.textChanged.connect(lambda: self.underline(None))

    def underline(self, position: int | None) -> None:
        """Underline the part of the query that begins at a code point; None: nothing."""
        text = self.text()
        found = part_at_fault(text, position) if position is not None and text else (0, 0)
        if found == self.fault:
            return
        self.fault = found
        start, end = (to_utf16(text, place) for place in found)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(self.palette().color(QPalette.ColorRole.BrightText))
        kind = QInputMethodEvent.AttributeType.TextFormat
        # Qt counts the places of formats from the cursor.
        formats = [QInputMethodEvent.Attribute(kind, start - self.cursorPosition(), end - start, look)]
        QApplication.sendEvent(self, QInputMethodEvent("", formats if end > start else []))


def part_at_fault(text: str, position: int) -> tuple[int, int]:
    """What to underline for a fault at ``position``: from there to the next blank, or the last character."""
    start = min(position, len(text.rstrip()) - 1)
    rest = text[start:]
    return start, start + max(1, len(rest.split(maxsplit=1)[0]) if not rest[:1].isspace() else 1)
