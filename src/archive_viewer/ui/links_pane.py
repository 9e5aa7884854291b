"""The margin's second page: the links of the page at hand, those that go out and those that come back.

In: a ``Reading``.  Out: the link that was followed, changed or deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from archive_viewer.library import Reading
from archive_viewer.model import Annotation, LinkEnd
from archive_viewer.ui import wording
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style


class LinksModel(QAbstractListModel):
    """Link ends as rows."""

    def __init__(self) -> None:
        super().__init__()
        self._ends: list[LinkEnd | str] = []
        self._marks: Mapping[str, Annotation] = {}

    def show_ends(self, ends: Sequence[LinkEnd], marks: Mapping[str, Annotation]) -> None:
        """``marks``: those of this page, by id, so that a link can say from which words it goes."""
        self.beginResetModel()
        there = [end for end in ends if end.is_outgoing]
        back = [end for end in ends if not end.is_outgoing]
        self._ends = []
        if there:
            self._ends += [self.tr("From this page  {count}").format(count=wording.number(len(there))), *there]
        if back:
            self._ends += [self.tr("To this page  {count}").format(count=wording.number(len(back))), *back]
        self._marks = marks
        self.endResetModel()

    def end(self, index: QModelIndex | QPersistentModelIndex) -> LinkEnd | None:
        found = self._ends[index.row()] if index.isValid() else None
        return found if isinstance(found, LinkEnd) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ends)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        is_link = self.end(index) is not None
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_link else Qt.ItemFlag.NoItemFlags

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found = self._ends[index.row()]
        if isinstance(found, str):
            row = Row((Line(found, Style.SECTION),), is_section=True, has_rule=False, pads=(12, 2))
        else:
            row = link_row(found, self._marks.get(found.link.from_id if found.is_outgoing else found.link.to_id))
        return row if role == ROW else row.text


def link_row(end: LinkEnd, here: Annotation | None) -> Row:
    """The words here, the relation, the words there, the page there, the note."""
    relation = wording.relation(end.link.relation, is_outgoing=end.is_outgoing)
    lines = []
    if here is not None:
        lines.append(Line(f"“{here.quote}”", Style.SMALL, 2))
    lines.append(Line(relation, Style.STRONG))
    if end.quote:
        lines.append(Line(f"“{end.quote}”", Style.TEXT, 3))
    lines.append(Line(end.title, Style.SMALL if end.quote else Style.TEXT, 2))
    if end.link.note:
        lines.append(Line(end.link.note, Style.NOTE, 4))
    return Row(tuple(lines), icon="link-out" if end.is_outgoing else "link-in")


class LinksPane(QWidget):
    """Signals carry a ``LinkEnd``."""

    followed = Signal(object)
    change_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LinksModel()
        self.model.setParent(self)
        self.view = RowView(self.tr("Links"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(False)
        self.view.clicked.connect(self._follow)
        self.view.activated.connect(self._follow)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._following = self._add_action(self.tr("Go There"), self.followed)
        self.changing = self._add_action(self.tr("Relation and Note…"), self.change_wanted)
        self.deleting = self._add_action(self.tr("Delete the Link"), self.delete_wanted)
        self.empty = EmptyState(self.view)
        self.empty.say(
            self.tr("No links yet"),
            self.tr(
                "Select words and press L to start a link, go to another passage, and finish it with Ctrl+Shift+L."
            ),
            "link",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)

    def show_reading(self, reading: Reading | None) -> None:
        marks = {mark.id: mark for mark in reading.annotations} if reading else {}
        self.model.show_ends(reading.links if reading else (), marks)

    def set_writable(self, is_writable: bool) -> None:
        self.changing.setEnabled(is_writable)
        self.deleting.setEnabled(is_writable)

    def _add_action(self, text: str, signal: SignalInstance) -> QAction:
        action = QAction(text, self.view)
        action.triggered.connect(lambda: self._emit(signal))
        self.view.addAction(action)
        return action

    def _emit(self, signal: SignalInstance) -> None:
        end = self.model.end(self.view.currentIndex())
        if end is not None:
            signal.emit(end)

    @Slot(QModelIndex)
    def _follow(self, index: QModelIndex) -> None:
        end = self.model.end(index)
        if end is not None:
            self.followed.emit(end)
