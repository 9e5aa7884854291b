"""Asking the searcher for a concordance, which stays there: its state, some of its lines, its text, a file of it.

In: a query, places in an order.  Out: signals.  Separate from the tab that shows it, and from the searching for pages:
the child that both ask may be replaced at any moment, and then what was not answered is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from archive_viewer.library import Scope
from archive_viewer.model import ConcordanceLine, ConcordancePage, Passage
from archive_viewer.ui.children import Child

Ranges = Sequence[tuple[int, int]]
"""Places ``[first, last)`` in the order."""

EVERYTHING = Scope()

WAITING = 3
"""Parts of the list that are waited for; what was scrolled past before is not wanted any more."""


@dataclass(frozen=True)
class Wish:
    """Which concordance, and in which order; ``is_fresh``: gathered anew."""

    query: str = ""
    scope: Scope = EVERYTHING
    sort: str = "page"
    filter: str = ""
    is_fresh: bool = False


class Concordances(QObject):
    """Signals: ``stated`` – how far it is, as the searcher says it; ``refused`` – a sentence, and the position of the
    fault; ``provided`` – version, place of the first, lines; ``lost`` – the order is another by now; ``copied`` – text,
    how many lines, how many were asked for; ``saving`` – how far the file is, as the searcher says it."""

    stated = Signal(object)
    refused = Signal(str, int)
    provided = Signal(int, int, object)
    lost = Signal()
    copied = Signal(str, int, int)
    saving = Signal(object)

    def __init__(self, child: Child, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child = child
        self._wish: Wish | None = None
        self._number = 0
        self._newest: dict[str, int] = {}
        self._wanted: list[tuple[int, int, int]] = []
        self._is_saving = False
        child.said.connect(self._hear)
        child.restarted.connect(self._ask_again)

    def ask(self, wish: Wish) -> None:
        """Ask for a concordance, or for another order of the one that is there; an older question is dropped."""
        self._wanted.clear()
        self._newest.pop("concordance-lines", None)
        self._wish = wish
        self._send(
            "concordance",
            query=wish.query,
            scope=[wish.scope.kind, wish.scope.value],
            sort=wish.sort,
            filter=wish.filter,
            is_fresh=wish.is_fresh,
        )

    def want(self, version: int, first: int, count: int) -> None:
        """Ask for lines; one part is asked for at a time, that which was wanted last first."""
        self._wanted = [*self._wanted, (version, first, count)][-WAITING:]
        if "concordance-lines" not in self._newest:
            self._ask_for_lines()

    def copy(self, version: int, ranges: Ranges) -> None:
        """Ask for lines as text with their sources."""
        self._send("concordance-text", version=version, ranges=list(ranges))

    def save(self, version: int, ranges: Ranges, path: Path) -> None:
        """Let lines be written into a file."""
        self._is_saving = True
        self._send("concordance-save", version=version, ranges=list(ranges), path=str(path))

    def stop_saving(self) -> None:
        """Leave what is being written; nothing of it stays."""
        self._is_saving = False
        self._send("concordance-save", path="")

    def _send(self, kind: str, **message: Any) -> None:
        self._number += 1
        self._newest[kind] = self._number
        self._child.tell({"id": self._number, "kind": kind, **message})

    def _ask_for_lines(self) -> None:
        version, first, count = self._wanted.pop()
        self._send("concordance-lines", version=version, first=first, count=count)

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        kind = message.get("kind", "")
        if kind not in self._newest or message.get("id") != self._newest[kind]:
            return
        if kind == "concordance":
            if "error" in message:
                self.refused.emit(message["error"], int(message.get("position") or 0))
            else:
                self.stated.emit(message)
        elif kind == "concordance-save":
            self._is_saving = message.get("state") == "writing"
            self.saving.emit(message)
        elif message.get("is_lost"):
            self._newest.pop(kind)
            self._wanted.clear()
            self.lost.emit()
        elif kind == "concordance-lines":
            self._newest.pop(kind)
            self.provided.emit(message["version"], message["first"], [_line(values) for values in message["lines"]])
            if self._wanted and "concordance-lines" not in self._newest:
                self._ask_for_lines()
        elif kind == "concordance-text":
            self.copied.emit(message["text"], message["count"], message["chosen"])

    @Slot()
    def _ask_again(self) -> None:
        """Another process answers now: it has nothing of what the other one had."""
        self._newest.clear()
        if self._is_saving:
            self._is_saving = False
            self.saving.emit({"is_lost": True})
        if self._wish is not None:
            self.ask(replace(self._wish, is_fresh=True))


def _line(values: Sequence[Any]) -> ConcordanceLine:
    return ConcordanceLine(ConcordancePage(*values[5:]), Passage(*values[:5]))
