"""A question to the searcher beside the query itself: a message in, its answer out, the newest one only.

Separate from ``children``, which knows queries: the searcher answers one question of each kind, one beside the other.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from archive_viewer.ui.children import Child


class SearcherQuestion(QObject):
    """Asks questions of one ``kind``.  Signals: ``answered`` – the question and the answer, as they were sent;
    ``refused`` – the question, and a sentence."""

    answered = Signal(object, object)
    refused = Signal(object, str)

    def __init__(self, child: Child, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child = child
        self._kind = kind
        self._number = 0
        self._message: dict[str, Any] | None = None
        child.said.connect(self._hear)
        child.restarted.connect(self._ask_again)
        child.gave_up.connect(self._give_up)

    @property
    def is_waiting(self) -> bool:
        return self._message is not None

    def ask(self, **question: Any) -> None:
        """Ask; an older question of this kind is dropped."""
        self._number += 1
        self._message = {"id": f"{self._kind}-{self._number}", "kind": self._kind, **question}
        self._child.tell(self._message)

    def forget(self) -> None:
        """The answer is not wanted any more."""
        self._message = None

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        if self._message is None or message.get("id") != self._message["id"]:
            return
        question, self._message = self._message, None
        if "error" in message:
            self.refused.emit(question, message["error"])
        else:
            self.answered.emit(question, message)

    @Slot()
    def _ask_again(self) -> None:
        if self._message is not None:
            self._child.tell(self._message)

    @Slot(str)
    def _give_up(self, sentence: str) -> None:
        if self._message is not None:
            question, self._message = self._message, None
            self.refused.emit(question, sentence)
