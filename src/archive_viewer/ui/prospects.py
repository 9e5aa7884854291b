"""What would come in, as rows of a table: one for each file, with what it is, and whether it is wanted.

The scout's messages in; cells, counts, and the files that are left out, out.  Separate from the window that shows it,
so that sorting, filtering and leaving out can be read, and tested, without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from archive_viewer import damage
from archive_viewer.ui import wording

TITLE, KIND, REMARKS, PAGES, CAPTURED, CHARSET, ADDRESS = COLUMNS = range(7)

KINDS = ("new", "near", "twin", "duplicate", "refused", "skipped")
"""What a file is: pages that would come in; such as look like pages that are known; the same as another file of this
look; already there; not to be read; a part of a page."""

WANTED = ("new", "near")

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class PageAhead:
    """A page that would come in, or that is there already; ``marks`` says what somebody had marked in it;
    ``doubts`` are sentences by the names of the facts that they are about; ``is_capture_guessed``: nothing but the time
    of the file tells when it was captured."""

    title: str
    url: str
    captured_at: str
    published: str
    charset: str
    format: str
    marks: str
    doubts: Mapping[str, str]
    is_capture_guessed: bool = False


@dataclass(frozen=True)
class Likeness:
    """A page that another looks like; ``path`` where it is in a file of the same look."""

    title: str
    captured_at: str
    is_same_text: bool
    path: str


@dataclass(frozen=True)
class Prospect:
    """A file; ``file`` is its path as the system knows it, ``path`` as it is shown; ``pages`` may be the first only."""

    file: str
    path: str
    outcome: str
    reason: str
    warnings: tuple[str, ...]
    page_count: int
    pages: tuple[PageAhead, ...]
    near: tuple[Likeness, ...]

    @property
    def kind(self) -> str:
        if self.outcome == "imported":
            return "near" if self.near else "new"
        if self.outcome == "duplicate" and not self.page_count:
            return "twin"
        return self.outcome

    @property
    def name(self) -> str:
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def title(self) -> str:
        """The title of its page; of a container's first page; the file's name where there is none."""
        return self.pages[0].title if self.pages else self.name

    @property
    def damage(self) -> tuple[str, ...]:
        """The warnings that tell of lost or changed bytes."""
        return tuple(warning for warning in self.warnings if damage.is_told_by(warning))

    @property
    def doubts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(doubt for page in self.pages for doubt in page.doubts.values()))


def prospect_of(message: dict[str, Any]) -> Prospect:
    """A message of the scout as a value."""
    return Prospect(
        message["file"],
        message["path"],
        message["outcome"],
        message["reason"],
        tuple(message["warnings"]),
        message["page_count"],
        tuple(PageAhead(**page) for page in message["pages"]),
        tuple(Likeness(**near) for near in message["near"]),
    )


SORT_KEYS: dict[int, Callable[[Prospect], Any]] = {
    TITLE: lambda one: one.title.casefold(),
    KIND: lambda one: KINDS.index(one.kind),
    PAGES: lambda one: one.page_count,
    ADDRESS: lambda one: one.pages[0].url if one.pages else "",
    CAPTURED: lambda one: one.pages[0].captured_at if one.pages else "",
    CHARSET: lambda one: one.pages[0].charset if one.pages else "",
    REMARKS: lambda one: remarks(one).casefold(),
}


class ProspectModel(QAbstractTableModel):
    """``counted``: files came, or were left out or taken in again."""

    counted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Prospect] = []
        self._shown: list[Prospect] = []
        self._left_out: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._wanted_pages = 0
        self._kind = ""
        self._column, self._is_descending = -1, False

    # -- from outside -------------------------------------------------------------------------------------------

    def add(self, prospects: Sequence[Prospect]) -> None:
        """More files were looked at."""
        self._all.extend(prospects)
        self._counts.update(one.kind for one in prospects)
        self._wanted_pages += sum(one.page_count for one in prospects if self.is_wanted(one))
        for one in prospects:
            if self._fits(one):
                row = self._row_for(one)
                self.beginInsertRows(QModelIndex(), row, row)
                self._shown.insert(row, one)
                self.endInsertRows()
        self.counted.emit()

    def filter(self, kind: str) -> None:
        """Show only the files of one kind; empty: all."""
        self.beginResetModel()
        self._kind = kind
        self._shown = self._sorted([one for one in self._all if self._fits(one)])
        self.endResetModel()

    def prospect(self, row: int) -> Prospect:
        return self._shown[row]

    def counts(self) -> Counter[str]:
        """How many files there are of each kind."""
        return self._counts

    def wanted_pages(self) -> int:
        """How many pages would come in, without those of files that are left out."""
        return self._wanted_pages

    def wanted_files(self) -> int:
        """How many files those pages are in."""
        return sum(self._counts[kind] for kind in WANTED) - len(self._left_out)

    def left_out(self) -> list[str]:
        """The files that are left out."""
        return sorted(self._left_out)

    def is_wanted(self, one: Prospect) -> bool:
        return one.kind in WANTED and one.file not in self._left_out

    def want(self, rows: Iterable[int], is_wanted: bool) -> None:
        """Take files in, or leave them out."""
        files = {self._shown[row].file for row in rows if self._shown[row].kind in WANTED}
        self._left_out = self._left_out - files if is_wanted else self._left_out | files
        self._wanted_pages = sum(one.page_count for one in self._all if self.is_wanted(one))
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, COLUMNS[-1]))
        self.counted.emit()

    # -- for the view -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section == PAGES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Title"),
                self.tr("What it is"),
                self.tr("Remarks"),
                self.tr("Pages"),
                self.tr("Capture date"),
                self.tr("Charset"),
                self.tr("Address"),
            )[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_choice = index.column() == TITLE and self._shown[index.row()].kind in WANTED
        return usual | Qt.ItemFlag.ItemIsUserCheckable if is_choice else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(one, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == TITLE and one.kind in WANTED:
            return Qt.CheckState.Checked if self.is_wanted(one) else Qt.CheckState.Unchecked
        is_guessed = column == CAPTURED and bool(one.pages) and one.pages[0].is_capture_guessed
        if role == Qt.ItemDataRole.ToolTipRole and is_guessed:
            return self.tr("No capture date is stated; this is the time of the file, when it was saved or copied.")
        if role == Qt.ItemDataRole.FontRole and is_guessed:
            font = QFont(QGuiApplication.font())
            font.setItalic(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._cell(one, column) if column in (ADDRESS, REMARKS) else one.path
        if role == Qt.ItemDataRole.TextAlignmentRole and column == PAGES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(one, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TITLE:
            return wording.joined(one.title, wording.word(one.kind), remarks(one))
        if role == Qt.ItemDataRole.FontRole and column == TITLE and one.file in self._left_out:
            font = QFont(QGuiApplication.font())
            font.setStrikeOut(True)
            return font
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.want([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1: in the order in which the files would come in."""
        self._column, self._is_descending = column, order is Qt.SortOrder.DescendingOrder
        self._arrange()

    # -- how it is done -----------------------------------------------------------------------------------------

    def _fits(self, one: Prospect) -> bool:
        return self._kind in ("", one.kind)

    def _row_for(self, one: Prospect) -> int:
        """Where a file that comes last stands in the order chosen; sorting 50,000 anew for each would be felt."""
        if self._column < 0:
            return len(self._shown)
        key = SORT_KEYS[self._column]
        wanted, first, last = key(one), 0, len(self._shown)
        while first < last:
            middle = (first + last) // 2
            there = key(self._shown[middle])
            if (there >= wanted) if self._is_descending else (there <= wanted):
                first = middle + 1
            else:
                last = middle
        return first

    def _arrange(self) -> None:
        """Bring the rows into their order; what is picked stays picked."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        files = [self._shown[index.row()].file for index in old]
        self._shown = self._sorted([one for one in self._all if self._fits(one)])
        rows = {one.file: row for row, one in enumerate(self._shown)}
        new = [self.index(rows[file], index.column()) for index, file in zip(old, files, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _sorted(self, prospects: list[Prospect]) -> list[Prospect]:
        """In the order of the column that was chosen, or else in that of the import."""
        if self._column < 0:
            return prospects
        return sorted(prospects, key=SORT_KEYS[self._column], reverse=self._is_descending)

    def _cell(self, one: Prospect, column: int) -> str:
        first = one.pages[0] if one.pages else None
        if column == TITLE:
            more = one.page_count - 1
            return (
                one.title
                if more < 1
                else self.tr("{title}, and {count} more").format(title=one.title, count=wording.number(more))
            )
        if column == KIND:
            return wording.word(one.kind) if one.file not in self._left_out else self.tr("Left out")
        if column == PAGES:
            return wording.number(one.page_count) if one.page_count else ""
        if column == REMARKS:
            return remarks(one)
        if first is None:
            return ""
        captured = wording.date(first.captured_at)
        if captured and first.is_capture_guessed:
            captured = self.tr("{date}, file").format(date=captured)
        return {ADDRESS: first.url, CAPTURED: captured, CHARSET: first.charset}[column]

    def _colour(self, one: Prospect, column: int) -> QColor | None:
        palette = QGuiApplication.palette()
        if one.kind in ("skipped", "twin", "duplicate") or one.file in self._left_out:
            return palette.color(QPalette.ColorRole.PlaceholderText)
        if column in (KIND, REMARKS) and (one.kind in ("near", "refused") or (column == REMARKS and one.damage)):
            return palette.color(QPalette.ColorRole.BrightText)
        return None


def remarks(one: Prospect) -> str:
    """Everything that there is to be said of a file beyond its columns, the weightiest first."""
    likenesses = (wording.likeness(near.title, near.captured_at, near.is_same_text, near.path) for near in one.near)
    marks = (page.marks for page in one.pages if page.marks)
    others = (warning for warning in one.warnings if warning not in one.damage)
    reason = (one.reason,) if one.reason else ()
    return "  ".join((*one.damage, *likenesses, *reason, *marks, *one.doubts, *others))
