"""The dialog that tells many troubles one by one, where a banner had room for the first.

In: a title, what they are about, the troubles.  Out: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from archive_viewer.ui import theme
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style

Trouble = tuple[str, str]
"""What it is about, which may be empty, and what is wrong with it."""

MOST_LINES = 6


class TroublesModel(QAbstractListModel):
    """Troubles as rows."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__()
        self._troubles = list(troubles)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._troubles)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        what, why = self._troubles[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return why
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        lines = (*((Line(what, Style.TITLE),) if what else ()), Line(why, Style.TEXT, MOST_LINES))
        row = Row(lines, icon="attention")
        return row if role == ROW else row.text


class TroublesDialog(QDialog):
    """A list to be read."""

    def __init__(self, title: str, about: str, troubles: Sequence[Trouble], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 420)
        self.model = TroublesModel(troubles)
        self.model.setParent(self)
        said = QLabel(about, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.view = RowView(title)
        self.view.setModel(self.model)
        self.view.setObjectName("choices")
        self.view.setUniformItemSizes(False)
        self.view.setCurrentIndex(self.model.index(0))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(said)
        layout.addWidget(self.view, 1)
        layout.addWidget(buttons)
        self.view.setFocus()
