"""The watch over the stored files: one that was found lost or altered is told at once, over all panes.

In: the library's list of files that failed.  Out: a sentence in the banner, and a way to what can be done about it.
Separate from the lists, which are not always looked at: a loss must never wait until somebody opens the right one.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from archive_viewer.library import Changes, FixityResult, Library
from archive_viewer.ui import wording
from archive_viewer.ui.banner import Banner
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.timers import Throttle

LOOK_MS = 1_000


class FixityWatch(QObject):
    """Speaks through ``banner``.  ``looked_into``: the digest of the file that was told of."""

    looked_into = Signal(str)

    def __init__(self, banner: Banner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self._bridge: Bridge | None = None
        self._told: frozenset[tuple[str, str]] = frozenset()
        self._first = ""
        self.helping = QAction(self.tr("What to Do"), self)
        self.helping.triggered.connect(lambda: self.looked_into.emit(self._first))
        self._looking = Throttle(self, LOOK_MS, self._look)

    def attach(self, bridge: Bridge | None) -> None:
        """Watch another library, or none."""
        self._bridge = bridge
        self._told = frozenset()
        self._banner.say("")
        if bridge is not None:
            bridge.changed.connect(self._follow_changes)
            bridge.changed_elsewhere.connect(self._looking.ask)
            self._looking.hurry()

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if changes.fixity or changes.items:
            self._looking.hurry()

    def _look(self) -> None:
        if self._bridge is not None:
            self._bridge.ask(Library.failed_originals, self._show, owner=self, newest="fixity watch")

    def _show(self, failed: list[FixityResult]) -> None:
        found = frozenset((one.sha256, one.result) for one in failed)
        new = [one for one in failed if (one.sha256, one.result) not in self._told]
        has_less = bool(self._told - found)
        self._told = found
        if not failed:
            self._banner.say("")
        elif new or (has_less and self._banner.sentence):
            first = (new or failed)[0]
            self._first = first.sha256
            said = self.tr("The stored file “{name}” is not as it came: {found}.").format(
                name=first.file_name, found=wording.stored(first.result)
            )
            if more := len(failed) - 1:
                others = wording.counted(more, self.tr("other file"), self.tr("other files"))
                said = self.tr("{first}  {others} too.").format(first=said, others=others)
            self._banner.say(said, "attention", self.helping, self._banner.put_away)
