"""A sheet of facts on its way out: into a file, as a web page or as text, or onto paper.

In: how the sheet is made.  Out: one file, or printed pages.  Separate because the provenance of a page and the finding
aid of a unit go the same way, each made anew off the main thread.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLocale, QObject, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QTextBlock, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from archive_viewer.exporting import fact_sheet
from archive_viewer.exporting.fact_sheet import FactSheet
from archive_viewer.library import Library
from archive_viewer.library.citing import whole_file
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.folder_choice import writing_folder
from archive_viewer.ui.theme import PRINT, Theme

POINTS = 10
MOST_TENDED = 500
"""Sheets of paper up to which each break is looked at: every other one means laying out what follows anew."""

MARGIN_CM, CM_IN_AN_INCH = 2.0, 2.54
NAME_MARGIN = 8
"""Pixels over the name of a value; nothing else has the same."""
NAME_LENGTH = 60


class SheetOutput(QObject):
    """Lives as long as ``parent``, or until its one task is done.  Signals: ``saved`` – a file; ``printed``."""

    saved = Signal(Path)
    printed = Signal()

    def __init__(
        self, bridge: Bridge, make: Callable[[Library], FactSheet], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._bridge, self._make, self._name = bridge, make, name

    def ask_for_file(self) -> None:
        """Show the system's dialog; the name's ending says which form is wanted."""
        proposed = str(writing_folder() / f"{file_name(self._name)}.html")
        dialog = QFileDialog(self._window, self.tr("Save the sheet"), proposed)
        dialog.setNameFilters([self.tr("Web page (*.html)"), self.tr("Text (*.txt)")])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("txt" if ".txt" in chosen else "html"))
        dialog.selectFile(proposed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the sheet: text for a name that ends in ``.txt``, else a web page."""
        make, language = self._make, QLocale().bcp47Name()

        def work(library: Library) -> Path:
            sheet = make(library)
            is_text = path.suffix.lower() == ".txt"
            written = fact_sheet.text(sheet) if is_text else fact_sheet.page(sheet, language)
            with whole_file(path) as stream:
                stream.write(written.encode("utf-8", "replace"))
            return path

        self._bridge.ask(work, self.saved.emit, owner=self)

    def ask_for_printer(self) -> None:
        """Show the system's dialog; print when it is accepted."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_to(printer))
        dialog.setModal(True)
        dialog.show()

    def print_to(self, printer: QPrinter) -> None:
        """Lay the sheet out on the printer's paper, off the main thread."""
        make = self._make

        def work(library: Library) -> None:
            # Of a long document the layout is made in portions, for which the thread must be able to keep time.
            _time = QEventLoop()
            document = document_of(make(library), PRINT, POINTS, has_links_out=False)
            keep_together(document, printer)
            document.print_(printer)

        self._bridge.ask(work, lambda _: self.printed.emit(), owner=self)


def document_of(sheet: FactSheet, look: Theme, points: float, *, has_links_out: bool = True) -> QTextDocument:
    """A sheet laid out in a theme's colours; without links out, on paper, nothing looks as if it led anywhere."""
    links = f"color: {look.link}" if has_links_out else f"color: {look.ink}; text-decoration: none"
    document = QTextDocument()
    document.setDefaultFont(QFont(document.defaultFont().family(), round(points)))
    document.setDefaultStyleSheet(
        f"body, dd, h1, h2, h3, h4, h5, h6 {{ color: {look.ink}; }} a {{ {links}; }}"
        f"dt, .extent, .facts, .source {{ color: {look.muted}; }} .source, .doubt {{ font-size: small; }}"
        "ul.held { list-style-type: none; margin-left: 0; -qt-list-indent: 0; } "
        f"dt {{ margin-top: {NAME_MARGIN}px; }}"
        "h1 { font-size: x-large; } h2 { font-size: large; margin-top: 24px; } h3, h4, h5 { font-size: medium; }"
        "dd { margin-left: 0; } .label { font-weight: 600; } .doubt { font-style: italic; }"
        ".code { font-family: monospace; }"
    )
    document.setHtml(fact_sheet.body(sheet, has_links_out=has_links_out))
    return document


def keep_together(document: QTextDocument, printer: QPrinter) -> None:
    """Begin a new page before each heading, and each name of a value, that would stand last on its page."""
    page = QSizeF(printer.pageLayout().paintRectPixels(printer.resolution()).size())
    trial = document.clone()
    trial.documentLayout().setPaintDevice(printer)
    # As Qt prints a document that has no pages of its own: with two centimetres around it.
    frame = trial.rootFrame().frameFormat()
    # Lengths of a format count the screen's dots, and are stretched to those of the paper.
    frame.setMargin(int(MARGIN_CM / CM_IN_AN_INCH * QGuiApplication.primaryScreen().logicalDotsPerInchY()))
    trial.rootFrame().setFrameFormat(frame)
    trial.setPageSize(page)
    if trial.pageCount() > MOST_TENDED:
        return
    block, ours = trial.begin(), document.begin()
    while block.isValid() and ours.isValid():
        if (last := _last_kept(block)).isValid() and _page_of(block, page) != _page_of(last, page):
            for one in (block, ours):
                broken = one.blockFormat()
                broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(one).setBlockFormat(broken)
            # Else what follows would only be pushed down, as it was broken into pages before.
            trial.markContentsDirty(block.position(), trial.characterCount() - block.position())
        block, ours = block.next(), ours.next()


def _last_kept(block: QTextBlock) -> QTextBlock:
    """What must stand on the page of a block: for a heading the first value and its name, for a name its value."""
    if block.blockFormat().headingLevel():
        return block.next().next() if block.next().next().isValid() else block.next()
    return block.next() if block.blockFormat().topMargin() == NAME_MARGIN else QTextBlock()


def _page_of(block: QTextBlock, page: QSizeF) -> int:
    """The number of the page on which a block begins."""
    place = block.document().documentLayout().blockBoundingRect(block)
    line = block.layout().lineAt(0) if block.layout().lineCount() else None
    return int((place.top() + (line.y() + line.height() / 2 if line is not None else 0)) // page.height())


def file_name(title: str) -> str:
    """A title as every system allows it for a file's name."""
    clean = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", title).strip(" .")
    return " ".join(clean.split())[:NAME_LENGTH].strip(" .") or "sheet"
