"""The lines of a concordance as rows of a table: how many there are at once, the lines themselves as they are seen.

In: how many, and parts of them.  Out: cells, and ``wanted`` with the place of lines that are not there.  Separate from
the view so that a hundred thousand lines cost a number.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal

from archive_viewer.edtf_dates import year
from archive_viewer.model import ConcordanceLine, ConcordancePage
from archive_viewer.text import one_line
from archive_viewer.ui import wording

PASSAGE, TITLE, SITE, YEAR = COLUMNS = range(4)
LINE = Qt.ItemDataRole.UserRole + 1
"""The role under which a row gives its ``ConcordanceLine``; None where it is not at hand."""

SAID = (*(LINE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole),)
"""The roles under which there is anything; a view asks for a dozen of each cell that it paints."""

PAGE = 100
KEPT_PAGES = 60

Index = QModelIndex | QPersistentModelIndex


class ConcordanceModel(QAbstractTableModel):
    """``wanted``: version, place of the first and number of lines that should be given to ``provide``."""

    wanted = Signal(int, int, int)

    def __init__(self) -> None:
        super().__init__()
        self.version = 0
        self._count = 0
        self._pages: OrderedDict[int, Sequence[ConcordanceLine]] = OrderedDict()
        self._asked: set[int] = set()

    def begin(self, version: int, count: int) -> None:
        """Another order is shown, of so many lines."""
        self.beginResetModel()
        self.version, self._count = version, count
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def provide(self, version: int, first: int, lines: Sequence[ConcordanceLine]) -> None:
        """Lines of the order that is shown; those of another are not taken."""
        page = first // PAGE
        if version != self.version:
            return
        # What was asked for with it may have been dropped; it is asked for again when it is seen.
        self._asked.clear()
        self._pages[page] = lines
        if len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        last = min(self._count, (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, YEAR))

    def line(self, index: Index) -> ConcordanceLine | None:
        """The line of a row; None where it is not at hand yet."""
        page, place = divmod(index.row(), PAGE)
        lines = self._pages.get(page, ())
        return lines[place] if index.isValid() and place < len(lines) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Before, match, after"), self.tr("Page"), self.tr("Site"), self.tr("Year"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_first = section == PASSAGE
            return Qt.AlignmentFlag.AlignCenter if is_first else Qt.AlignmentFlag.AlignLeading | _MIDDLE
        if role == Qt.ItemDataRole.ToolTipRole and section == YEAR:
            return self.tr("The year of publication, or of the capture where that is not known")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in SAID:
            return None
        line = self.line(index)
        if line is None:
            if role in (LINE, Qt.ItemDataRole.DisplayRole):
                self._ask(index.row() // PAGE)
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == PASSAGE else None
        if role == LINE:
            self._pages.move_to_end(index.row() // PAGE)
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == PASSAGE:
            return wording.joined(words_of(line), line.page.title, line.page.site, year_of(line.page))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            page = line.page
            return (words_of(line), one_line(page.title), page.site, year_of(page))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            page = line.page
            dates = (wording.published(page.published), wording.captured(page.captured_at))
            told = (words_of(line), page.title, wording.joined(page.site, *dates), page.url)
            return "\n".join(part for part in told if part)
        return None

    def _ask(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self.wanted.emit(self.version, page * PAGE, PAGE)


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def words_of(line: ConcordanceLine) -> str:
    """A line in one piece, the match in brackets."""
    passage = line.passage
    return one_line(f"{passage.before}[{passage.match}]{passage.after}")


def year_of(page: ConcordancePage) -> str:
    """The year, and of what it is: “published 2021”, “captured 2022”."""
    if written := year(page.published):
        return QCoreApplication.translate("ConcordanceModel", "published {year}").format(year=written)
    if not page.captured_at:
        return ""
    return QCoreApplication.translate("ConcordanceModel", "captured {year}").format(year=page.captured_at[:4])
