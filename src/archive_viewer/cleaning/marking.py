"""Marking: which marks of other programs are open while a page is walked through, within the limits.

Elements in, numbers of marks out; what was found is left on the ``Page``.  Separate from the walk, which knows only
that some characters bear numbers, and from ``markers``, which knows nothing of the page around an element.
"""

from __future__ import annotations

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.markers import Marker, Markers

ON_PAGE = -1
"""Beside no draft: a note on the page as a whole."""


class Marking:
    """The marks of one page; a mark's parts get one number, by their key."""

    def __init__(self, root: _Element) -> None:
        self._known = Markers(root)
        self._numbers: dict[tuple[str, ...], int] = {}
        self._markers: list[Marker] = []
        self._notes: list[tuple[Marker, int]] = []
        self._left_out = 0

    def takes(self, element: _Element, tag: str, beside: int) -> bool:
        """Whether the element is a note; it is kept then, beside the draft with the index ``beside``."""
        if not self._known.is_note(element, tag):
            return False
        note = self._known.note_of(element, tag)
        if note is not None:
            self._add_note(note.marker, max(0, beside) if note.is_beside else ON_PAGE)
        return True

    def marks_of(self, element: _Element, tag: str, around: frozenset[int]) -> frozenset[int]:
        """The numbers that the text of an element bears, those of the elements ``around`` it included."""
        marks = around
        for marker in self._known.markers_of(element, tag):
            number = self._numbers.get(marker.key)
            if number in marks:
                continue
            if len(marks) >= limits.MARKS_OVERLAPPING or (number is None and self._is_full):
                self._left_out += 1
                continue
            if number is None:
                number = self._numbers[marker.key] = len(self._markers)
                self._markers.append(marker)
            marks |= {number}
        return marks

    def finish(self, page: Page) -> None:
        """Leave what was found on the page, with the notes that belong to no element of it."""
        for note in self._known.notes_on_page():
            self._add_note(note.marker, ON_PAGE)
        page.markers, page.notes, page.marks_left_out = self._markers, self._notes, self._left_out

    @property
    def _is_full(self) -> bool:
        return len(self._markers) + len(self._notes) >= limits.MARKS

    def _add_note(self, marker: Marker, beside: int) -> None:
        if self._is_full:
            self._left_out += 1
        else:
            self._notes.append((marker, beside))
