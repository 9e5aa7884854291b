"""File > Print: the system's dialog, then the page with its marks onto paper or into a PDF, off the main thread.

In: a page that is open.  Out: pages printed, and how many.  Separate from the tab because it gathers every picture of
the page first, also those that nobody has scrolled to.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from archive_viewer.exporting.citation import reference_code
from archive_viewer.library import Reading
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.page_pictures import PagePictures
from archive_viewer.ui.printing import print_article
from archive_viewer.ui.reading_header import ReadingHeader


class PagePrinter(QObject):
    """Prints one page; lives as long as its printing."""

    def __init__(
        self,
        reading: Reading,
        header: ReadingHeader,
        bridge: Bridge,
        pictures: PagePictures,
        window: QWidget,
        printed: Callable[[int], None],
    ) -> None:
        super().__init__(window)
        self._reading = reading
        self._header = header
        self._bridge = bridge
        self._pictures = pictures
        self._printed = printed
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(header.title)

    def ask(self, window: QWidget) -> None:
        """Show the system's dialog; print when it is accepted."""
        dialog = QPrintDialog(self.printer, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.start)
        dialog.rejected.connect(self.deleteLater)
        dialog.setModal(True)
        dialog.show()

    def start(self) -> None:
        """Gather the pictures, then print."""
        sources = [picture.source for block in self._reading.article.kept for picture in block.pictures]
        self._pictures.gather(sources, self._print)

    def _print(self) -> None:
        reading, header, images = self._reading, self._header, dict(self._pictures.images)
        reference, printer = reference_code(reading.item), self.printer

        def done(pages: int) -> None:
            self._printed(pages)
            self.deleteLater()

        self._bridge.ask(
            lambda _library: print_article(
                reading.article,
                printer,
                header=header,
                reference=reference,
                annotations=reading.annotations,
                picture_source=images.get,
            ),
            done,
            owner=self,
        )
