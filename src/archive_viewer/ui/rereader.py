"""The rereader as the window has it: one page, looked at in other character sets and read again in one of them.

Choices of character sets in; how the page would begin, or what became of it, as signals on the main thread.  Separate
from the dialog that shows it, because the process behind it outlives the dialog, and may end at a bad page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from archive_viewer.library import Glimpse
from archive_viewer.model import Fact, Source
from archive_viewer.ui.children import Child


class Rereader(QObject):
    """Signals: ``glimpsed`` – a ``Glimpse`` for the newest character set that was asked for; ``refused`` – a sentence
    for it; ``read`` – the page was read again; ``failed`` – it was not, with a sentence; ``ended`` – the process is
    gone after ``close``."""

    glimpsed = Signal(object)
    refused = Signal(str)
    read = Signal()
    failed = Signal(str)
    ended = Signal()

    def __init__(self, folder: Path, item_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.item_id = item_id
        self._asked = 0
        self._waits_for = ""
        self._child = Child("rereader", folder, self)
        self._child.said.connect(self._hear)
        self._child.restarted.connect(self._give_up)
        self._child.gave_up.connect(lambda _: self._give_up())
        self._child.ended.connect(self.ended)
        self._child.start()

    def glimpse(self, charset: str) -> None:
        """Ask how the page would begin; an older question is dropped.  ``""``: as the program finds it."""
        self._ask("glimpse", charset)

    def reread(self, charset: str) -> None:
        """Read the page again, for good."""
        self._ask("reread", charset)

    def close(self) -> None:
        """No more is wanted; ``ended`` follows."""
        self._child.close()

    def _ask(self, what: str, charset: str) -> None:
        self._asked += 1
        self._waits_for = what
        self._child.tell({"id": self._asked, "do": what, "item": self.item_id, "charset": charset})

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("id") != self._asked:
            return
        is_reread, self._waits_for = self._waits_for == "reread", ""
        if "refused" in message:
            (self.failed if is_reread else self.refused).emit(message["refused"])
        elif is_reread:
            self.read.emit()
        else:
            fact = Fact(message["charset"], Source(message["source"]), message["origin"], message["doubt"])
            self.glimpsed.emit(Glimpse(message["title"], tuple(message["lines"]), fact))

    @Slot()
    def _give_up(self) -> None:
        """The process ended at this page; nothing of it was stored."""
        if self._waits_for:
            signal = self.failed if self._waits_for == "reread" else self.refused
            self._waits_for = ""
            signal.emit(self.tr("This page could not be read: it took too long, or the process that read it ended."))
