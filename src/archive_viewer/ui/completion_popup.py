"""A list under the search box: what may stand where one types, or what was asked before.

In: suggestions.  Out: the one that was picked.  Separate from where they come from.  It takes no focus, so that one
types on while it is open, and it takes a key only where the key means it: Enter is the search's own until a row was
gone to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from archive_viewer.ui import theme
from archive_viewer.ui.rows import ROW, Line, Row, RowView

MOST_ROWS = 9
LEAST_WIDTH = 260


@dataclass(frozen=True)
class Suggestion:
    """``name`` is shown, with ``badge`` in quiet words at the end of the row and an icon; ``value`` comes back."""

    value: Any
    name: str
    badge: str = ""
    icon: str = ""


class CompletionPopup(QFrame):
    """Signal ``picked`` – the value of a suggestion."""

    picked = Signal(object)

    def __init__(self, box: QLineEdit, name: str) -> None:
        super().__init__(box.window())
        self.setObjectName("completionPopup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = box
        self._model = _Suggestions()
        self.view = RowView(name)
        self.view.setObjectName("completions")
        self.view.setModel(self._model)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(self._pick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, theme.TIGHT, 1, theme.TIGHT)
        layout.addWidget(self.view)
        self.hide()
        box.destroyed.connect(self.deleteLater)

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these under the box, none of them gone to; none: show nothing."""
        self._model.show_suggestions(suggestions)
        self.view.setCurrentIndex(QModelIndex())
        self._say()
        if not suggestions:
            self.hide()
            return
        window = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        window.installEventFilter(self)
        self._put()
        self.show()
        self.raise_()

    @property
    def names(self) -> list[str]:
        """What is offered."""
        return [one.name for one in self._model.suggestions]

    def obey(self, event: QKeyEvent) -> bool:
        """Take a key of the box, if it is meant for this list; tells whether it was."""
        if not self.isVisible():
            return False
        key = event.key()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.hide()
        elif key == Qt.Key.Key_Tab:
            self._pick(self.view.currentIndex() if self.view.currentIndex().isValid() else self._model.index(0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.currentIndex().isValid():
            self._pick(self.view.currentIndex())
        else:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home):
                self.hide()
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        """To the next row; past an end none is gone to, and what is typed stands as it is."""
        count = self._model.rowCount()
        row = self.view.currentIndex().row() + by
        row = count - 1 if row < -1 else row
        self.view.setCurrentIndex(self._model.index(row) if 0 <= row < count else QModelIndex())
        self._say()

    def _say(self) -> None:
        """Let the box say which row is gone to: the list itself never has the focus."""
        self._box.setAccessibleDescription(self.view.currentIndex().data() or "")

    @Slot(QModelIndex)
    def _pick(self, index: QModelIndex) -> None:
        self.hide()
        self.picked.emit(self._model.suggestions[index.row()].value)

    def _put(self) -> None:
        """Under the box, as wide as that at least, and no further than the window goes."""
        window, box = self._box.window(), self._box
        under = box.mapTo(window, QPoint(0, box.height() + theme.HAIR))
        width = min(max(box.width(), LEAST_WIDTH), window.width() - 2 * theme.TIGHT)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = under.x() + (box.width() - width if is_mirrored else 0)
        left = min(max(left, theme.TIGHT), window.width() - width - theme.TIGHT)
        # The height of a row is asked of a list that knows its width.
        self.view.resize(width - 2, 1)
        rows = min(self._model.rowCount(), MOST_ROWS)
        height = rows * max(1, self.view.sizeHintForRow(0)) + 2 * theme.TIGHT + 2
        self.setGeometry(left, under.y(), width, min(height, window.height() - under.y() - theme.TIGHT))


class _Suggestions(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.suggestions: Sequence[Suggestion] = ()

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self.suggestions = suggestions
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.suggestions)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        one = self.suggestions[index.row()]
        row = Row((Line(one.name),), icon=one.icon, badge=one.badge, has_rule=False, pads=(theme.TIGHT, theme.TIGHT))
        return row if role == ROW else row.text
