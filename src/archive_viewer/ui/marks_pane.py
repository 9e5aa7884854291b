"""The margin's first page: the marks and notes of the page at hand, in page order, those without a place first.

In: a ``Reading``.  Out: the mark that was chosen.  Separate from the margin because it is the one part that follows
the reader's own selection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from archive_viewer.library import Reading
from archive_viewer.model import AnchorState, Annotation
from archive_viewer.ui import theme, wording
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.theme import Theme

SECTION = ""
ACTIONS = ("note", "tag-mark", "start-link", "confirm-place", "place-here", "delete-mark")


class MarksModel(QAbstractListModel):
    """Marks as rows; a section's title has the id ``""``."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self._marks: list[Annotation | str] = []
        self._links: Counter[str] = Counter()

    def show_marks(self, marks: Sequence[Annotation], links: Counter[str]) -> None:
        """``links`` counts the links of each mark by its id."""
        self.beginResetModel()
        lost = [mark for mark in marks if mark.state is AnchorState.UNPLACED]
        placed = [mark for mark in marks if mark.state is not AnchorState.UNPLACED]
        self._marks = []
        if lost:
            self._marks += [self.tr("Without a place  {count}").format(count=wording.number(len(lost))), *lost]
            if placed:
                self._marks.append(self.tr("In the page  {count}").format(count=wording.number(len(placed))))
        self._marks += placed
        self._links = links
        self.endResetModel()

    def mark(self, index: QModelIndex | QPersistentModelIndex) -> Annotation | None:
        found = self._marks[index.row()] if index.isValid() else None
        return found if isinstance(found, Annotation) else None

    def row_of(self, mark_id: str) -> QModelIndex:
        for number, mark in enumerate(self._marks):
            if isinstance(mark, Annotation) and mark.id == mark_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._marks)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        is_mark = self.mark(index) is not None
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_mark else Qt.ItemFlag.NoItemFlags

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found = self._marks[index.row()]
        if isinstance(found, str):
            row = Row((Line(found, Style.SECTION),), is_section=True, has_rule=False, pads=(12, 2))
            return row if role == ROW else found
        row = mark_row(found, self.look, self._links[found.id])
        # The colour is not seen by everybody: a screen reader hears its name.
        return row if role == ROW else f"{wording.word(found.colour)}: {row.text}"


def mark_row(mark: Annotation, look: Theme, links: int) -> Row:
    """The marked words, the note, the tags, who made it elsewhere, and a word when its place is not certain."""
    lines = [Line(mark.quote, Style.TEXT, 3)]
    if mark.note:
        lines.append(Line(mark.note, Style.NOTE, 6))
    if mark.tags:
        lines.append(Line("  ".join(f"#{tag}" for tag in mark.tags), Style.SMALL, 2))
    if mark.creator:
        lines.append(Line(wording.joined(mark.creator, wording.word(mark.origin)), Style.SMALL, 2))
    if links:
        lines.append(Line(f"↔ {wording.number(links)}", Style.SMALL))
    if mark.state is not AnchorState.PLACED:
        lines.append(Line(wording.standing(mark), Style.WARNING, 3))
    return Row(tuple(lines), bar=look.marks[mark.colour].line)


class MarksPane(QWidget):
    """Signals: ``chosen`` – the id of the mark that was picked with mouse or keyboard."""

    chosen = Signal(str)

    def __init__(self, actions: dict[str, QAction], look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MarksModel(look)
        self.model.setParent(self)
        self.view = RowView(self.tr("Marks and notes"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(False)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self._actions = actions
        self.empty = EmptyState(self.view)
        self.empty.say(
            self.tr("No marks yet"),
            self.tr(
                "Select words in the page, then press 1 to 6 for a colour, N for a note, T for tags, L for a link."
            ),
            "mark",
        )
        self._tray = QLabel(wordWrap=True)
        self._tray.hide()
        self._tray.setObjectName("warningNote")
        tools = QHBoxLayout()
        tools.setContentsMargins(theme.SMALL, theme.TIGHT, theme.SMALL, theme.TIGHT)
        tools.setSpacing(theme.TIGHT)
        for name in ACTIONS:
            button = QToolButton()
            button.setObjectName("iconButton")
            button.setDefaultAction(actions[name])
            tools.addWidget(button)
        tools.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(tools)
        layout.addWidget(self._tray)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def show_reading(self, reading: Reading | None) -> None:
        current = self.current()
        links = (
            Counter(end.link.from_id if end.is_outgoing else end.link.to_id for end in reading.links)
            if reading
            else Counter()
        )
        marks = reading.annotations if reading else ()
        self.model.show_marks(marks, links)
        lost = sum(mark.state is AnchorState.UNPLACED and not mark.is_on_stripped_words for mark in marks)
        self._tray.setVisible(lost > 0)
        self._tray.setText(
            self.tr("The words of marks without a place were stripped, or have changed.  ")
            + self.tr("Select where a mark belongs, then place it.")
        )
        if current is not None:
            self.view.setCurrentIndex(self.model.row_of(current.id))

    def current(self) -> Annotation | None:
        """The mark that is picked."""
        return self.model.mark(self.view.currentIndex())

    def select(self, mark_id: str) -> None:
        """Show a mark as picked, without saying so."""
        index = self.model.row_of(mark_id)
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)

    def step(self, by: int) -> None:
        """Pick the next or previous mark."""
        row = self.view.currentIndex().row() + by if self.view.currentIndex().isValid() else 0
        while 0 <= row < self.model.rowCount():
            index = self.model.index(row)
            if self.model.mark(index) is not None:
                self.view.setCurrentIndex(index)
                self._choose(index)
                return
            row += by

    def set_theme(self, look: Theme) -> None:
        self.model.look = look
        self.view.viewport().update()

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        mark = self.model.mark(index)
        if mark is not None:
            self.chosen.emit(mark.id)

    def _show_menu(self, place: QPoint) -> None:
        if self.current() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        colours = menu.addMenu(self.tr("Colour"))
        colours.addActions([action for name, action in self._actions.items() if name.startswith("mark-")])
        menu.addActions([self._actions[name] for name in ACTIONS])
        menu.popup(self.view.viewport().mapToGlobal(place))
