"""Help > About: name, version, promise, licences."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from archive_viewer import __version__
from archive_viewer.ui import icons, theme


class About(QDialog):
    """Name, version, promise, licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Archive Viewer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        picture.setPixmap(icons.application_icon().pixmap(64, 64))
        words = QLabel(
            f"<p style='font-size:16pt'><b>Archive Viewer</b> {escape(__version__)}</p><p>"
            + self.tr("Read, search, mark, link and cite saved web pages.  Nothing leaves this machine.")
            + "</p><p>"
            + self.tr(
                "Free software under the MIT licence.  It is built on Qt and PySide6 (LGPL 3), Whoosh and lxml (BSD)."
            )
            + "</p>",
            wordWrap=True,
        )
        words.setMinimumWidth(340)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        top.setSpacing(theme.WIDE)
        top.addWidget(picture)
        top.addWidget(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.WIDE)
        layout.addLayout(top)
        layout.addWidget(buttons)
