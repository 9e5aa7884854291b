"""What needs attention and is not written down anywhere: pages that look alike, pictures that were not saved.

In: the ids of pages.  Out: troubles, a few pages at a time, each page looked at once while the library is open.
Separate from the list, and from the library's own account: that is told from an index, whereas here stored files are
read, which for a hundred thousand pages takes the better part of an hour.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Attention, Library
from archive_viewer.ui import wording
from archive_viewer.ui.bridge import Bridge

PORTION = 8
"""Pages that are looked at in one go: the threads that read are wanted for other things as well."""

ALIKE = "near-duplicate"
WITHOUT_PICTURES = "missing-resources"


@dataclass(frozen=True)
class Sought(Attention):
    """What was found by a look through the pages."""


@dataclass(frozen=True)
class Alike(Sought):
    """Two pages with nearly, or wholly, the same text: ``item_id``, and ``other_id``, which was there before."""

    other_id: str = ""


class Seek(QObject):
    """``is_on`` while it goes on.  ``found``: troubles; ``went_on``: some pages more were looked at; ``ended``."""

    found = Signal(list)
    went_on = Signal()
    ended = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._seen: set[str] = set()
        self._waiting: deque[str] = deque()
        self._ranks: dict[str, int] = {}
        self.is_on = self._is_asking = False

    @property
    def left(self) -> int:
        """How many pages are still to be looked at; told without going through all of them."""
        return len(self._waiting)

    def unseen(self, item_ids: Sequence[str]) -> list[str]:
        """Those of these pages that were not looked at yet."""
        return [id for id in item_ids if id not in self._seen]

    def begin(self, item_ids: Sequence[str]) -> None:
        """Look at these pages, the newest first, those left out that were looked at already."""
        self._ranks = {id: number for number, id in enumerate(item_ids)}
        self._waiting = deque(self.unseen(item_ids))
        self.is_on = True
        self._go_on()

    def stop(self) -> None:
        """Look at no more pages; what was found stays found."""
        self.is_on = False

    def forget(self, item_ids: Sequence[str]) -> None:
        """These pages have changed: they are looked at again the next time."""
        self._seen.difference_update(item_ids)

    def _go_on(self) -> None:
        if not self.is_on or self._is_asking:
            return
        if not self._waiting:
            self.is_on = False
            self.ended.emit()
            return
        portion = [self._waiting.popleft() for _ in range(min(PORTION, len(self._waiting)))]
        self._is_asking = True

        def show(troubles: list[Attention]) -> None:
            self._is_asking = False
            self._seen.update(portion)
            if troubles:
                self.found.emit(troubles)
            self.went_on.emit()
            self._go_on()

        ranks = self._ranks
        self._bridge.ask(lambda library: look_at(library, portion, ranks), show, owner=self)


def look_at(library: Library, item_ids: Sequence[str], ranks: Mapping[str, int]) -> list[Attention]:
    """What is to be said of these pages; ``ranks``: the place of every page, the newest first."""
    troubles: list[Attention] = []
    for id, near in library.near_to_each(item_ids):
        # What came later is told of, and what was there before is what it is like; but for what a person judged.
        older = [one for one in near if not one.are_both_right and ranks.get(one.item.id, -1) > ranks.get(id, -1)]
        mine = library.items([id])
        if not older or not mine or _is_capture(mine[0].url, mine[0].captured_at, older[0].item.url):
            continue
        other = older[0]
        said = wording.likeness(other.item.title, other.item.captured_at, other.is_same_text)
        troubles.append(Alike(ALIKE, said, id, other_id=other.item.id))
    for id in item_ids:
        if count := _pictures_missing(library, id):
            one = QCoreApplication.translate("AttentionSeek", "picture of this page was not saved with it.")
            many = QCoreApplication.translate("AttentionSeek", "pictures of this page were not saved with it.")
            troubles.append(Sought(WITHOUT_PICTURES, wording.counted(count, one, many), id))
    return troubles


def _is_capture(url: str, captured_at: str, other_url: str) -> bool:
    """Whether a page is another capture of the same address: those belong side by side, and are no doubles."""
    return bool(url and captured_at) and url == other_url


def _pictures_missing(library: Library, item_id: str) -> int:
    try:
        article = library.article(item_id)
        sources = {picture.source for block in article.kept for picture in block.pictures}
        if not sources:
            return 0
        find = library.resources(item_id)
        return sum(find(source) is None for source in sources)
    except ArchiveViewerError:
        # A page that cannot be read any more is told of by other words than these.
        return 0
