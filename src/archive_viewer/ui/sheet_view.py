"""A sheet of facts as a tab of the reader, to be read, saved and printed.

In: how the sheet is made.  Out: the page that a line led to; the sheet as a file, or on paper.  A tab like any page, as
the report of an import is; nothing can be typed in it, and it follows what is changed elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QPalette, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.exporting.fact_sheet import FactSheet
from archive_viewer.library import Library
from archive_viewer.ui import theme
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.sheet_output import SheetOutput, document_of
from archive_viewer.ui.theme import THEMES, Theme
from archive_viewer.ui.timers import Throttle

REFRESH_MS = 1_500
MOST_PAGES = 500
"""Pages that are named on the screen; a saved or printed sheet names them all."""

MakeSheet = Callable[[Library, int | None], FactSheet]
"""Gives the sheet, with so many pages named at the most; None: with all."""


class SheetView(QWidget):
    """The tab.  ``opened``: an item's id; ``saved`` – the path of a file."""

    opened = Signal(str)
    saved = Signal(object)

    def __init__(self, bridge: Bridge, make: MakeSheet, kind: str, title: str, parent: QWidget | None = None) -> None:
        """``kind``: what such a sheet is called; ``title``: what it is of."""
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge, self._make, self._kind = bridge, make, kind
        self._shown: tuple[FactSheet, Theme] | None = None
        self._document: QTextDocument | None = None
        self.output = SheetOutput(bridge, lambda library: make(library, None), title, self)
        self.output.saved.connect(self.saved)
        self.view = QTextBrowser()
        self.view.setAccessibleName(kind)
        self.view.setOpenLinks(False)
        self.view.anchorClicked.connect(self._follow)
        self.saving, self.printing = QToolButton(), QToolButton()
        self.saving.setText(self.tr("Save…"))
        self.printing.setText(self.tr("Print…"))
        self.saving.clicked.connect(self.output.ask_for_file)
        self.printing.clicked.connect(self.output.ask_for_printer)
        self._note = QLabel()
        self._note.setObjectName("quiet")
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.WIDE, theme.SMALL, theme.SMALL, theme.SMALL)
        bar.setSpacing(theme.TIGHT)
        bar.addWidget(self._note, 1)
        for button in (self.saving, self.printing):
            button.setObjectName("quietButton")
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self._refreshing = Throttle(self, REFRESH_MS, self.refresh)
        bridge.changed.connect(self._refreshing.hurry)
        bridge.changed_elsewhere.connect(self._refreshing.ask)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Make the sheet anew, and lay it out, off the main thread; what is shown already stays."""
        make, shown = self._make, self._shown
        look, points, ground = self._look(), self.font().pointSizeF(), self.thread()

        def work(library: Library) -> tuple[tuple[FactSheet, Theme], QTextDocument] | None:
            sheet = make(library, MOST_PAGES)
            if (sheet, look) == shown:
                return None
            document = document_of(sheet, look, points)
            document.setDocumentMargin(theme.LARGE)
            document.moveToThread(ground)
            return (sheet, look), document

        self._bridge.ask(work, self._show, owner=self, newest=("sheet", id(self)), failed=self._lose)

    def _show(self, made: tuple[tuple[FactSheet, Theme], QTextDocument] | None) -> None:
        self._note.setText(self._kind)
        for button in (self.saving, self.printing):
            button.setEnabled(True)
        if made is None:
            return
        place = self.view.verticalScrollBar().value()
        # Not given to the view: what it was given before must live until this one is shown.
        self._shown, document = made
        self.view.setDocument(document)
        self._document = document
        self.view.verticalScrollBar().setValue(place)

    def _lose(self, error: ArchiveViewerError) -> None:
        """What it is of is gone; what was read of it stays to be read."""
        self._note.setText(str(error))
        for button in (self.saving, self.printing):
            button.setEnabled(False)

    def _look(self) -> Theme:
        """The theme whose paper the palette shows."""
        paper = self.palette().color(QPalette.ColorRole.Base).name()
        return next((look for look in THEMES if look.paper == paper), THEMES[0])

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        if link.hasFragment() and not link.path():
            self.view.scrollToAnchor(link.fragment())
        else:
            self.opened.emit(link.path())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()
