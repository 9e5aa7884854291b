"""The status bar's lasting words: the library's name, what it holds, whether search knows every page.

In: an overview and the state of the index.  Out: three labels, and sentences that stay for a while.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel, QStatusBar

from archive_viewer.library import IndexState, Overview
from archive_viewer.ui import wording
from archive_viewer.ui.open_library import OpenLibrary

MESSAGE_MS = 8_000


class StatusLine(QObject):
    """Follows one library after another."""

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self.name, self.counts, self.index = QLabel(), QLabel(), QLabel()
        bar.setSizeGripEnabled(False)
        for label in (self.index, self.counts, self.name):
            bar.addPermanentWidget(label)

    def attach(self, library: OpenLibrary | None) -> None:
        self.name.setText(library.name if library is not None else "")
        self.name.setToolTip(str(library.folder) if library is not None else "")
        self.counts.clear()
        self.index.clear()
        if library is not None:
            library.state_changed.connect(self._show_state)

    def tell(self, sentence: str) -> None:
        """Say something for a while."""
        self._bar.showMessage(sentence, MESSAGE_MS)

    @Slot(object)
    def show_overview(self, overview: Overview) -> None:
        self.counts.setText(
            wording.joined(
                wording.counted(overview.items, self.tr("page"), self.tr("pages")),
                wording.counted(overview.marks, self.tr("mark"), self.tr("marks")),
                wording.counted(overview.links, self.tr("link"), self.tr("links")),
            )
        )

    @Slot(object)
    def _show_state(self, state: IndexState) -> None:
        # An empty library has nothing to search, and no index that anybody would miss.
        self.index.setText(state.sentence or (self.tr("Every page is searchable") if state.is_ready else ""))
