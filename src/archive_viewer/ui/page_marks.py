"""The marks of the page that is shown: what is drawn of them, what is said of them.

Annotations come in; painted marks, signs in the margin, tips and announcements go out.  Separate because they are set
anew at every change, while the page under them stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from archive_viewer.model import AnchorState, Annotation
from archive_viewer.ui import wording
from archive_viewer.ui.mark_painting import painted_marks
from archive_viewer.ui.page_column import PageColumn
from archive_viewer.ui.reading_text import ReadingText


class PageMarks(QObject):
    """Signal: ``changed``, something else is to be drawn."""

    changed = Signal()

    def __init__(self, text: ReadingText, column: PageColumn) -> None:
        super().__init__(text)
        self._text = text
        self._column = column
        self._annotations: dict[str, Annotation] = {}
        self._at_caret: set[str] = set()
        text.tip_of_mark = self.tip_of
        text.caret_moved.connect(self._announce)

    def forget(self) -> None:
        """Another page is shown."""
        self._annotations = {}
        self._text.marks, self._text.selected_mark = painted_marks(()), ""

    def set_marks(self, marks: Sequence[Annotation]) -> None:
        self._annotations = {mark.id: mark for mark in marks}
        self._text.marks = painted_marks(marks)
        self._column.set_noted(mark.id for mark in marks if mark.note)
        self.changed.emit()

    def set_linked(self, ids: Collection[str]) -> None:
        self._column.set_linked(ids)
        self.changed.emit()

    def select(self, id: str) -> Annotation | None:
        """Set one mark off from the others; the mark, where there is one of that id."""
        self._text.selected_mark = id
        self.changed.emit()
        return self._annotations.get(id)

    def tip_of(self, id: str) -> str:
        """A mark in words: its colour, how surely it stands, its note and tags."""
        mark = self._annotations.get(id)
        if mark is None:
            return ""
        state = "" if mark.state is AnchorState.PLACED else wording.word(mark.state)
        tags = " ".join(f"#{tag}" for tag in mark.tags)
        return "\n".join(part for part in (wording.joined(wording.word(mark.colour), state), mark.note, tags) if part)

    def _announce(self, offset: int) -> None:
        """Tell a screen reader of a mark that the caret has entered: it does not see what we draw."""
        here = {mark.id for mark in self._text.marks.at(offset)}
        entered, self._at_caret = here - self._at_caret, here
        if entered and QAccessible.isActive():
            words = self.tr("Mark: {what}").format(what=", ".join(self.tip_of(id) for id in sorted(entered)))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._text, words))
