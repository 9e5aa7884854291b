"""The guide under F1: a few pages of Markdown that come with the program, read offline.

In: ``resources/help``.  Out: a window that stays open beside the library.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QWidget

from archive_viewer import settings
from archive_viewer.ui import theme

ORDER = (
    "first-steps",
    "importing",
    "searching",
    "marking-and-linking",
    "describing",
    "exporting-and-verifying",
    "keeping-an-archive",
    "keeping-the-library-safe",
    "keyboard",
)
ROW = 34
FILE = Qt.ItemDataRole.UserRole


class Guide(QDialog):
    """Pages on the left, text on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, 640)
        self.pages = QListWidget()
        self.pages.setObjectName("guidePages")
        self.pages.setAccessibleName(self.tr("Pages of the guide"))
        self.text = QTextBrowser(openLinks=False)
        self.text.setObjectName("guideText")
        self.text.setAccessibleName(self.tr("Guide"))
        self.text.document().setDocumentMargin(theme.LARGE)
        self.text.anchorClicked.connect(self._follow)
        for file in guide_files():
            title = file.read_text("utf-8").partition("\n")[0].lstrip("# ")
            entry = QListWidgetItem(title)
            entry.setData(FILE, str(file))
            entry.setSizeHint(QSize(0, ROW))
            self.pages.addItem(entry)
        self.pages.currentItemChanged.connect(self._show)
        panes = QSplitter(childrenCollapsible=False)
        panes.setHandleWidth(1)
        panes.addWidget(self.pages)
        panes.addWidget(self.text)
        panes.setStretchFactor(1, 1)
        panes.setSizes([220, 660])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panes)
        self.pages.setCurrentRow(0)

    @Slot()
    def _show(self) -> None:
        entry = self.pages.currentItem()
        if entry is not None:
            self.text.setMarkdown(Path(entry.data(FILE)).read_text("utf-8"))

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        """A link of a page to another page; nothing else is opened."""
        for row in range(self.pages.count()):
            if Path(self.pages.item(row).data(FILE)).name == url.fileName():
                self.pages.setCurrentRow(row)


def guide_files() -> list[Path]:
    """The pages in reading order."""
    folder = settings.resource("help")
    return [folder / f"{name}.md" for name in ORDER]
