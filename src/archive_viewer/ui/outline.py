"""The outline of a page: its headings as a tree.

An article comes in; the offset of a heading that was chosen goes out.  Separate because it may stand anywhere in the
window and follows the page by two calls only.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from archive_viewer.model import PICTURE, Article, Kind
from archive_viewer.text import one_line

START = Qt.ItemDataRole.UserRole


class Heading(NamedTuple):
    """A heading of the article: ``level`` 0 is its title, ``start`` its offset in the text."""

    n: int
    level: int
    text: str
    start: int


def headings(article: Article) -> list[Heading]:
    """The kept headings in order; those without a word are left out."""
    found = []
    for block in article.kept:
        if block.kind in (Kind.TITLE, Kind.HEADING):
            words = one_line(block.text.replace(PICTURE, ""))
            level = 0 if block.kind is Kind.TITLE else max(1, block.level)
            if words:
                found.append(Heading(block.n, level, words, article.starts[block.n]))
    return found


class Outline(QTreeWidget):
    """Signal: ``heading_chosen`` (offset)."""

    heading_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Outline"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._starts: list[int] = []
        self._rows: list[QTreeWidgetItem] = []
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def set_article(self, article: Article) -> None:
        """Show the headings of another page, all unfolded."""
        self.clear()
        self._starts, self._rows = [], []
        above: list[tuple[int, QTreeWidgetItem]] = []
        for heading in headings(article):
            while above and above[-1][0] >= heading.level:
                above.pop()
            row = QTreeWidgetItem([heading.text])
            row.setData(0, START, heading.start)
            row.setToolTip(0, f"<p>{html.escape(heading.text)}</p>")
            if above and above[-1][0] > 0:
                above[-1][1].addChild(row)
            else:
                self.addTopLevelItem(row)
            above.append((heading.level, row))
            self._starts.append(heading.start)
            self._rows.append(row)
        self.expandAll()

    def set_current(self, offset: int) -> None:
        """Show under which heading the reader is."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            self.setCurrentIndex(QModelIndex())
        elif self.currentItem() is not self._rows[number]:
            self.setCurrentItem(self._rows[number])

    def _choose(self, row: QTreeWidgetItem) -> None:
        self.heading_chosen.emit(row.data(0, START))
