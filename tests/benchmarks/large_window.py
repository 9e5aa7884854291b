"""Use a library of a hundred thousand pages through the window, and say how long each act takes and what it costs.

Usage: PYTHONPATH=src:tests QT_QPA_PLATFORM=offscreen python tests/benchmarks/large_window.py LIBRARY [--seek SECONDS]

LIBRARY is one that ``large_library.py`` made.  Its arrangement is made first, if there is none: a fonds with two units,
in one of them six pages of ten.  A 10 ms timer in the main thread notes how late each tick comes.  For each act: the
seconds until it is seen, how late the window was at the most meanwhile, and the largest resident set of the window and
of its worker so far (Linux).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt, QTimer

from archive_viewer.library import Library, Scope
from archive_viewer.model import Unit
from archive_viewer.ui.application import make_application
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.preferences import Preferences

TICK_MS = 10
MANY = 10_000
PAUSE_SECONDS = 3.0
"""After each act, so that what follows from it counts as its own."""

Until = Callable[[], bool]


def arrange(folder: Path) -> None:
    with Library.open(folder, "owner") as library:
        if library.units():
            return
        ids = library.item_ids()
        fonds = library.add_unit("", "fonds", "Fonds", "F")
        for title, some in (("Large", ids[: len(ids) * 6 // 10]), ("Small", ids[len(ids) * 9 // 10 :])):
            library.move_items(some, library.add_unit(fonds.id, "series", title).id)


class Use(QObject):
    """Does one act after another, and prints what each took."""

    def __init__(self, window: MainWindow, seek_seconds: float, begun: float) -> None:
        super().__init__()
        self.window, self.seek_seconds = window, seek_seconds
        self.begun = begun
        self.acts = self._acts()
        self.what, self.until, self.seen_at = "", (lambda: True), begun
        self.late = self.late_at = 0.0
        self.memory = {"window": 0.0, "worker": 0.0}
        self.counted = self.listed = 0
        window.tree.counted.connect(self._count)
        window.list.model.modelReset.connect(self._list)
        self.last = time.perf_counter()
        self.ticks = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self.ticks.timeout.connect(self._tick)
        self.ticks.start()
        self._next()

    def _count(self) -> None:
        self.counted += 1

    def _list(self) -> None:
        self.listed += 1

    def _tick(self) -> None:
        now = time.perf_counter()
        late = (now - self.last) * 1000 - TICK_MS
        self.last = now
        if late > self.late:
            self.late, self.late_at = late, now - self.begun
        if not self.seen_at and self.until():
            self.seen_at = now
        if self.seen_at and now - self.seen_at > PAUSE_SECONDS:
            self._tell()
            self._next()

    def _tell(self) -> None:
        worker = self.window.library._worker._process
        for name, process in (("window", os.getpid()), ("worker", worker.processId() if worker is not None else 0)):
            if process:
                self.memory[name] = peak_mb(process)
        print(
            f"{self.seen_at - self.begun:8.2f} s  {self.what:44} late {self.late:5.0f} ms (at {self.late_at:.2f} s), "
            f"{self.memory['window']:5.0f} MB, worker {self.memory['worker']:5.0f} MB",
            flush=True,
        )

    def _next(self) -> None:
        self.late, self.begun = 0.0, self.last
        self.seen_at = 0.0
        found = next(self.acts, None)
        if found is None:
            self.ticks.stop()
            self.window.close()
        else:
            self.what, self.until = found

    # -- the acts -----------------------------------------------------------------------------------------------

    def _rows_are_there(self) -> bool:
        model, view = self.window.list.model, self.window.list.view
        first = view.indexAt(view.viewport().rect().topLeft())
        return first.isValid() and model.item(model.entry(first).item_id) is not None

    def _unit(self, title: str) -> Unit:
        return next(unit for unit in self.window.arrangement.units.units if unit.title == title)

    def _shows(self, count: int) -> Until:
        return lambda: self.window.list.model.rowCount() == count and self._rows_are_there()

    def _acts(self) -> Generator[tuple[str, Until], Any, None]:
        window = self.window
        tree, view, model = window.arrangement, window.list.view, window.list.model
        yield "the library's first rows", self._rows_are_there
        yield "its overview", lambda: self.counted > 0
        yield "its arrangement", lambda: bool(tree.units.units)
        total = model.rowCount()
        for part in (3, 7, 1, 9, 5):
            bar = view.verticalScrollBar()
            bar.setValue(bar.maximum() * part // 10)
            yield f"  scrolled to {part} tenths", self._rows_are_there
        large, small = self._unit("Large"), self._unit("Small")
        for unit in (large, small, large):
            tree.choose(unit.id)
            yield f"a unit of {unit.total_count:,} is chosen", self._shows(unit.total_count)
        window.tree.choose_everything()
        yield "everything is chosen", self._shows(total)
        tree.choose(large.id)
        yield "the large unit again", self._shows(large.total_count)
        picked = QItemSelection(model.index(0), model.index(MANY - 1))
        view.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        yield f"{MANY:,} rows are picked", lambda: True
        tree.units.pages_dropped.emit(window.list.selected_ids(), small.id)
        yield "  they are moved to another unit", self._shows(large.total_count - MANY)
        window.actions_by_id["undo"].trigger()
        yield "  undone", self._shows(large.total_count)
        window.actions_by_id["redo"].trigger()
        yield "  redone", self._shows(large.total_count - MANY)
        window.actions_by_id["undo"].trigger()
        yield "  undone again", self._shows(large.total_count)
        counted = self.counted
        page = model.item_ids[5]
        window.library.bridge.do(lambda library: library.tag_items([page], ["lantern"]))
        yield "a page is tagged: the overview follows", lambda: self.counted > counted
        window.actions_by_id["undo"].trigger()
        yield "  undone", lambda: self.counted > counted + 1
        window.tree.choose_everything()
        yield "everything is chosen", self._shows(total)
        for query in ("lantern", "page", "title:page kari*"):
            window.list.search(query)
            yield f"search for {query}", lambda: bool(model.passage_count)
        window.list.search("")
        yield "the search is left", self._shows(total)
        view.selectAll()
        yield "everything is picked", lambda: True
        view.clearSelection()
        window.tree.choose(Scope("attention"))
        attention = window.attention
        yield "needs attention", lambda: bool(attention.model.rowCount())
        if self.seek_seconds:
            unseen = len(attention._seek.unseen(attention._here))
            end = time.perf_counter() + self.seek_seconds
            attention.seeking.click()
            yield f"  a look for doubles, for {self.seek_seconds:.0f} s", lambda: time.perf_counter() > end
            print(f"            {unseen - len(attention._seek.unseen(attention._here)):,} pages were looked at")
            window.tree.choose_everything()
            yield "everything is chosen", self._shows(total)


def peak_mb(process: int) -> float:
    """The largest resident set of a process so far, in MB (Linux)."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--seek", type=float, default=0.0, metavar="SECONDS", help="look for near-duplicates so long")
    options = parser.parse_args()
    arrange(options.library)
    app = make_application(sys.argv[:1])
    window = MainWindow(Preferences(app))
    window.resize(1440, 900)
    window.closed.connect(app.quit)
    window.show()
    begun = time.perf_counter()
    uses: list[Use] = []
    window.library_shown.connect(lambda: uses.append(Use(window, options.seek, begun)))
    window.open_library(options.library)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
