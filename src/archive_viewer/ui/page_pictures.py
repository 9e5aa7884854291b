"""The pictures of one page: fetched from the saved file and decoded off the main thread, a few at a time.

In: the names under which the page knows them.  Out: images, handed to the view as they arrive.  Separate because a
page of a hundred photographs must neither block the scrolling nor be read from its container a hundred times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader

from archive_viewer.library import Library
from archive_viewer.model import Resource
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.reading_view import ReadingView

AT_ONCE = 6


class PagePictures(QObject):
    """The view's picture source for one item."""

    def __init__(self, item_id: str, bridge: Bridge, view: ReadingView) -> None:
        super().__init__(view)
        self._item_id = item_id
        self._bridge = bridge
        self._view = view
        self._images: dict[str, QImage | None] = {}
        self._waiting: list[str] = []
        self._fetching = QTimer(self, singleShot=True, interval=0)
        self._fetching.timeout.connect(self._fetch)
        self._is_fetching = False
        self._when_gathered: Callable[[], None] | None = None
        view.set_picture_source(self.picture)

    def picture(self, source: str) -> QImage | None:
        """The picture where it is at hand; else it is asked for."""
        if source not in self._images:
            self._images[source] = None
            self._waiting.append(source)
            self._fetching.start()
        return self._images[source]

    @property
    def images(self) -> dict[str, QImage | None]:
        """What is known so far; None: asked for, or not to be had."""
        return self._images

    def gather(self, sources: Iterable[str], then: Callable[[], None]) -> None:
        """Fetch all these pictures, then call ``then``."""
        for source in sources:
            self.picture(source)
        self._when_gathered = then
        self._fetch()

    def ask_again(self) -> None:
        """Forget what was not found: the page has changed."""
        self._images = {source: image for source, image in self._images.items() if image is not None}

    def _fetch(self) -> None:
        if self._is_fetching:
            return
        if not self._waiting:
            gathered, self._when_gathered = self._when_gathered, None
            if gathered is not None:
                gathered()
            return
        self._is_fetching = True
        now, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        item_id, width = self._item_id, self._view.picture_width()

        def ask(library: Library) -> dict[str, QImage | None]:
            resource = library.resources(item_id)
            return {source: decoded(resource(source), width) for source in now}

        self._bridge.ask(ask, self._arrived, owner=self, failed=lambda _: self._arrived(dict.fromkeys(now)))

    def _arrived(self, images: dict[str, QImage | None]) -> None:
        self._is_fetching = False
        self._images.update(images)
        for source, image in images.items():
            self._view.picture_arrived(source, image)
        self._fetch()


def decoded(resource: Resource | None, width: int) -> QImage | None:
    """The picture's pixels, no wider than can be shown; None where it is not one, or was not saved."""
    if resource is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(resource.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() > width:
        reader.setScaledSize(size.scaled(QSize(width, size.height()), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
