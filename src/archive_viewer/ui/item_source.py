"""What a tab of the reader shows, read from the library: one page, with the captures of its address.

In: an item's id, and the library's changes.  Out: the page, each time that it has become another, as soon as somebody
looks at it.  Separate from the tab, which shows it: here it is decided when a page is read, and read again.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from archive_viewer.library import CaptureDate, Changes, Library, Reading
from archive_viewer.model import Article
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.timers import Throttle

REFRESH_MS = 800


class ItemSource(QObject):
    """``page`` is the widget in which it is looked at.

    Signals: ``read`` – the reading, whether its article is the one that was read before, the captures of its address;
    ``counted`` – the captures alone; ``lost`` – an ``ArchiveViewerError``: it cannot be read.
    """

    read = Signal(object, bool, object)
    counted = Signal(object)
    lost = Signal(object)

    def __init__(self, item_id: str, bridge: Bridge, page: QWidget) -> None:
        super().__init__(page)
        self._item_id, self._bridge, self._page = item_id, bridge, page
        self._article: Article | None = None
        self._is_awake = False
        self.is_fresh = False
        """Whether what was read is what the library has now."""
        self._refreshing = Throttle(self, REFRESH_MS, self._load)
        self._recounting = Throttle(self, REFRESH_MS, self._ask_captures)
        bridge.changed.connect(self._follow_changes)
        bridge.changed_elsewhere.connect(self._recounting.ask)
        if not bridge.library.is_writable:
            # Only the owner marks and mends; the owner's worker never touches a page that is there.
            bridge.changed_elsewhere.connect(self._follow_anything)

    def wake(self) -> None:
        """Ask for the page: it is looked at for the first time, or has changed while it was not."""
        if not self._is_awake:
            self._is_awake = True
            self._load()
        else:
            self._ask_captures()

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if self._item_id in changes.items or changes.links or changes.rules:
            self._become_stale(self._refreshing.hurry)
        elif changes.items:
            self._recounting.ask()

    @Slot()
    def _follow_anything(self) -> None:
        self._become_stale(self._refreshing.ask)

    def _become_stale(self, ask: Callable[[], None]) -> None:
        self.is_fresh = False
        if self._page.isVisible():
            ask()
        else:
            self._is_awake = False

    def _load(self) -> None:
        shown = self._article

        def ask(library: Library) -> tuple[Reading, bool, list[CaptureDate]]:
            reading = library.reading(self._item_id)
            return reading, reading.article == shown, library.captures(self._item_id)

        self._bridge.ask(ask, self._take, owner=self, newest=("reading", id(self)), failed=self.lost.emit)

    def _take(self, answer: tuple[Reading, bool, list[CaptureDate]]) -> None:
        reading, is_same, captures = answer
        self._article, self.is_fresh = reading.article, True
        self.read.emit(reading, is_same, captures)

    def _ask_captures(self) -> None:
        """Another page may have come to this one's address, or gone from it."""
        if self._page.isVisible():
            key = ("captures", id(self))
            self._bridge.ask(lambda library: library.captures(self._item_id), self.counted.emit, owner=self, newest=key)
