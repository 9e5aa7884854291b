"""Troubles as rows of a list: what an archivist should look at comes in, a title and a whole sentence each go out.

Separate from the list, which knows what can be done about them: here is only how they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from archive_viewer.library import Attention
from archive_viewer.ui import wording
from archive_viewer.ui.attention_seek import ALIKE, WITHOUT_PICTURES
from archive_viewer.ui.rows import ROW, Line, Row, Style

OLDER = "older-cleaning"
DOUBLE = "double-code"
ICONS = {
    "unplaced": "pin",
    "moved": "pin",
    "refused": "attention",
    "fixity": "attention",
    "damaged": "attention",
    ALIKE: "copy",
    WITHOUT_PICTURES: "page",
    OLDER: "clean",
    DOUBLE: "attention",
}

WHOLE = 60
"""Lines that a sentence may take: its end says what to do, and is never cut off."""


class AttentionModel(QAbstractListModel):
    """Troubles as rows, with the title of the page that each is about."""

    def __init__(self) -> None:
        super().__init__()
        self._troubles: list[tuple[Attention, str]] = []

    def show(self, troubles: Sequence[tuple[Attention, str]]) -> None:
        self.beginResetModel()
        self._troubles = list(troubles)
        self.endResetModel()

    def append(self, troubles: Sequence[tuple[Attention, str]]) -> None:
        """Show these below the others, which stay."""
        if troubles:
            self.beginInsertRows(QModelIndex(), len(self._troubles), len(self._troubles) + len(troubles) - 1)
            self._troubles += troubles
            self.endInsertRows()

    @property
    def troubles(self) -> list[tuple[Attention, str]]:
        return self._troubles

    def trouble(self, index: QModelIndex | QPersistentModelIndex) -> Attention:
        return self._troubles[index.row()][0]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._troubles)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        trouble, title = self._troubles[index.row()]
        where = title or trouble.path.replace("\\", "/").rsplit("/", 1)[-1]
        if trouble.kind == OLDER:
            where = self.tr("The cleaning can be newer")
        elif trouble.kind == DOUBLE:
            where = self.tr("A reference code is borne twice")
        said = f"{wording.fact(trouble.fact)}: {trouble.sentence}" if trouble.fact else trouble.sentence
        row = Row((Line(where, Style.TITLE), Line(said, Style.TEXT, WHOLE)), icon=ICONS.get(trouble.kind, "clock"))
        return row if role == ROW else row.text
