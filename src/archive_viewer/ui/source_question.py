"""The question where a quote comes from, as the searcher is asked it: a text in, the passages that hold it out.

Separate from ``children``, which knows queries: the searcher answers both, one beside the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from archive_viewer.model import Agreement, Stretch
from archive_viewer.ui.children import Child


@dataclass(frozen=True)
class FoundSource:
    """A passage as the searcher says it; ``words`` are those of the page, ``stretches`` compare them with the quote."""

    item_id: str
    title: str
    site: str
    published: str
    captured_at: str
    start: int
    end: int
    words: str
    share: float
    is_held: bool
    stretches: tuple[Stretch, ...]


class SourceQuestion(QObject):
    """Asks for the newest quote only.  Signals: ``answered`` – passages, and a note; ``refused`` – a sentence."""

    answered = Signal(object, str)
    refused = Signal(str)

    def __init__(self, child: Child, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child = child
        self._number = 0
        self._message: dict[str, Any] | None = None
        child.said.connect(self._hear)
        child.restarted.connect(self._ask_again)
        child.gave_up.connect(self._give_up)

    def ask(self, quote: str, apart_from: str = "") -> None:
        """Seek ``quote``; ``apart_from``: the page that is not to answer."""
        self._number += 1
        name = f"quote-{self._number}"
        self._message = {"id": name, "kind": "quote", "quote": quote, "apart_from": apart_from}
        self._child.tell(self._message)

    def forget(self) -> None:
        """The answer is not wanted any more."""
        self._message = None

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        if self._message is None or message.get("id") != self._message["id"]:
            return
        self._message = None
        if "error" in message:
            self.refused.emit(message["error"])
        else:
            self.answered.emit(_sources(message["sources"]), message.get("note") or "")

    @Slot()
    def _ask_again(self) -> None:
        if self._message is not None:
            self._child.tell(self._message)

    @Slot(str)
    def _give_up(self, sentence: str) -> None:
        if self._message is not None:
            self._message = None
            self.refused.emit(sentence)


def _sources(told: Sequence[dict[str, Any]]) -> list[FoundSource]:
    return [
        FoundSource(
            one["item"],
            one["title"],
            one["site"],
            one["published"],
            one["captured_at"],
            one["start"],
            one["end"],
            one["match"],
            one["share"],
            one["is_held"],
            tuple(Stretch(Agreement(how), start, end, quoted) for how, start, end, quoted in one["stretches"]),
        )
        for one in told
    ]
