"""The status bar's lasting words: the library's name, what it holds, whether search knows every page.

In: the open library.  Out: three labels.  Separate because it asks the library on its own, whenever something changed.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel, QStatusBar

from archive_viewer.library import IndexState, Library, Overview
from archive_viewer.ui import wording
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.preferences import debounced

MESSAGE_MS = 8_000
REFRESH_MS = 300


class StatusLine(QObject):
    """Follows one library after another."""

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._library: OpenLibrary | None = None
        self._refreshing = debounced(self, REFRESH_MS, self._ask)
        self.name, self.counts, self.index = QLabel(), QLabel(), QLabel()
        bar.setSizeGripEnabled(False)
        for label in (self.index, self.counts, self.name):
            bar.addPermanentWidget(label)

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library
        self.name.setText(library.name if library is not None else "")
        self.name.setToolTip(str(library.folder) if library is not None else "")
        self.counts.clear()
        self.index.clear()
        if library is not None:
            library.bridge.changed.connect(self._refreshing.start)
            library.bridge.changed_elsewhere.connect(self._refreshing.start)
            library.state_changed.connect(self._show_state)
            self._ask()

    def tell(self, sentence: str) -> None:
        """Say something for a while."""
        self._bar.showMessage(sentence, MESSAGE_MS)

    def _ask(self) -> None:
        if self._library is not None:
            self._library.bridge.ask(Library.overview, self._show, owner=self, newest="counts")

    def _show(self, overview: Overview) -> None:
        self.counts.setText(
            wording.joined(
                wording.counted(overview.items, self.tr("page"), self.tr("pages")),
                wording.counted(overview.marks, self.tr("mark"), self.tr("marks")),
                wording.counted(overview.links, self.tr("link"), self.tr("links")),
            )
        )

    @Slot(object)
    def _show_state(self, state: IndexState) -> None:
        self.index.setText(state.sentence or self.tr("Every page is searchable"))
