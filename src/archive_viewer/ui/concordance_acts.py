"""The concordance among the other panes: opened for the query of the list, its lines followed, its file written.

In: the window's parts.  Out: the effects, by action id.  Separate from the tab, which knows no other pane.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Qt, Signal, Slot

from archive_viewer.errors import ArchiveViewerError, Cancelled, ExportFailed
from archive_viewer.jobs.job import Job
from archive_viewer.model import Passage
from archive_viewer.ui import wording
from archive_viewer.ui.concordance_view import ConcordanceView
from archive_viewer.ui.concordances import Concordances, Ranges
from archive_viewer.ui.crossing import tell
from archive_viewer.ui.errands import Errands
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.trail import Place

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

LISTEN_SECONDS = 0.1
"""How soon a file that is being written is left when a person stops it."""


class ConcordanceActs(QObject):
    """``errands`` shows how far a file is that is written."""

    _stopped = Signal(object)

    def __init__(self, window: MainWindow, errands: Errands) -> None:
        super().__init__(window)
        self._window, self._errands = window, errands
        self._library: OpenLibrary | None = None
        self._source: Concordances | None = None
        self._heard: queue.Queue[dict[str, Any]] | None = None
        """What the searcher says of the file that it writes; None while there is none."""
        self._stopped.connect(self._stop_saving, Qt.ConnectionType.QueuedConnection)
        window.list.searched.connect(self._offer)
        window.list.line.concordance.setDefaultAction(window.actions_by_id["concordance"])

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library
        if self._source is not None:
            self._source.deleteLater()
        # It outlives the tab: a file is written to its end when that is closed.
        self._source, self._heard = None, None
        if library is not None:
            self._source = Concordances(library.searcher.child, self)
            self._source.saving.connect(self._hear)

    def effects(self) -> dict[str, Callable[..., object]]:
        return {"concordance": self.show}

    def possible(self) -> dict[str, bool]:
        return {"concordance": self._library is not None and bool(self._window.list.query)}

    @Slot()
    def show(self) -> ConcordanceView | None:
        """The concordance of the list's query, in its tab; one that is open already shows it instead."""
        source, window = self._source, self._window
        if source is None or not window.list.query:
            return None
        view = self.shown()
        if view is None:
            view = self._open(source)
        elif window.tabs.currentWidget() is not view:
            window.tabs.setCurrentWidget(view)
            view.setFocus()
        scope = window.list.scope
        view.show_query(window.list.query, scope, window.list.scope_name if scope.kind != "all" else "")
        return view

    def shown(self) -> ConcordanceView | None:
        """The tab, if it is open."""
        tabs = self._window.tabs
        sheets = (tabs.widget(number) for number in range(tabs.count()))
        return next((sheet for sheet in sheets if isinstance(sheet, ConcordanceView)), None)

    def _open(self, source: Concordances) -> ConcordanceView:
        folder = Path(self._window.preferences.get("export-folder", "") or QDir.homePath())
        view = ConcordanceView(source, folder if folder.is_dir() else Path.home())
        view.chosen.connect(lambda *place: self._jump(view, *place))
        view.follow_wanted.connect(self.show)
        view.told.connect(self._window.tell)
        view.export_wanted.connect(lambda version, ranges, path: self._export(source, version, ranges, path))
        self._window.tabs.show_sheet(view, self.tr("Concordance"))
        return view

    @Slot(str, int)
    def _offer(self, query: str, _count: int) -> None:
        if (view := self.shown()) is not None:
            view.offer(query)

    def _jump(self, view: ConcordanceView, item_id: str, start: int, end: int, keep: bool) -> None:
        library = self._library
        if library is None:
            return
        query, place = view.query, Place(item_id, start, end)
        tab = self._window.tabs.open(place, keep=keep, focus=True)

        def set_off(found: tuple[Passage, ...]) -> None:
            tab.set_hits([(passage.start, passage.end) for passage in found])
            # Only one of those that are shown can be set off from the others.
            tab.go_to(place)

        library.bridge.ask(lambda known: known.passages(query, item_id), set_off, owner=tab)

    def _export(self, source: Concordances, version: int, ranges: Ranges, path: Path) -> None:
        """Let lines be written by the searcher, and show how far it is."""
        if self._heard is not None:
            self._window.tell(self.tr("A concordance is being written; wait for its end, or stop it."))
            return
        self._window.preferences.set("export-folder", str(path.parent))
        heard = self._heard = queue.Queue()

        def work(job: Job) -> int:
            try:
                return follow(heard, job, path)
            except Cancelled:
                tell(self, self._stopped, source)
                raise

        def done(count: int) -> str:
            self._heard = None
            lines = wording.counted(count, self.tr("line"), self.tr("lines"))
            return self.tr("{lines} written to {path}").format(lines=lines, path=path)

        def failed(error: ArchiveViewerError) -> None:
            self._heard = None
            self._window.show_trouble(str(error))

        label = self.tr("Export the concordance")
        self._errands.run("concordance", label, work, done, failed=failed, folder=str(path.parent))
        source.save(version, ranges, path)

    @Slot(object)
    def _stop_saving(self, source: Concordances) -> None:
        if source is self._source:
            source.stop_saving()
            self._heard = None

    @Slot(object)
    def _hear(self, message: dict[str, Any]) -> None:
        if self._heard is not None:
            self._heard.put(message)


def follow(heard: queue.Queue[dict[str, Any]], job: Job, path: Path) -> int:
    """Wait for a file that the searcher writes; gives the number of its lines.

    :raises Cancelled: a person stopped it.
    :raises ExportFailed: it cannot be written, or the lines are others by now.
    """
    written = total = 0
    while True:
        job.report(written, total, path.name)
        try:
            message = heard.get(timeout=LISTEN_SECONDS)
        except queue.Empty:
            continue
        if "error" in message:
            raise ExportFailed(message["error"])
        if message.get("is_lost"):
            raise ExportFailed("The concordance was put in another order meanwhile; nothing was written.")
        written, total = int(message["written"]), int(message["total"])
        if message["state"] == "done":
            return written
