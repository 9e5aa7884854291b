"""Import a folder through the window, and measure how late the window's own clock becomes meanwhile.

Usage: python tests/benchmarks/window_smoothness.py FOLDER LIBRARY [--kill-worker N]… [--kill-window N] [--cancel N]

A 10 ms timer in the main thread notes how late each tick comes: idle, then while the worker process imports and
indexes, the list scrolls and queries are typed.  ``--kill-worker N`` kills the worker with SIGKILL once N pages are in,
``--kill-window N`` this process; started again on the same library without a FOLDER (``-``) it goes on.  Memory is the
resident set of this process and of the worker.  Run it with QT_QPA_PLATFORM=offscreen where there is no screen.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from archive_viewer.ui.application import make_application
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.preferences import Preferences

TICK_MS = 10
IDLE_SECONDS = 3.0
QUERIES = ("government", "the people", '"according to the"', "research OR water", "market*", "title:how")


def resident_mb(process: int) -> float:
    """The resident set of a process, in MB (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


class Measure(QObject):
    """Drives the window and keeps the lateness of every tick, by phase."""

    def __init__(self, window: MainWindow, options: argparse.Namespace) -> None:
        super().__init__()
        self.window, self.options = window, options
        self.late: dict[str, list[float]] = {"idle": [], "busy": []}
        self.phase, self.began, self.queries = "idle", time.monotonic(), 0
        self.peak = {"window": 0.0, "worker": 0.0}
        self.kills = sorted(options.kill_worker)
        self.done = 0
        self.last = time.perf_counter()
        self.ticks = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self.ticks.timeout.connect(self._tick)
        self.ticks.start()
        self.deeds = QTimer(self, interval=400)
        self.deeds.timeout.connect(self._do_something)
        self.deeds.start()
        window.library.heard.connect(self._hear)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late[self.phase].append((now - self.last) * 1000 - TICK_MS)
        self.last = now
        if self.phase == "idle" and time.monotonic() - self.began > IDLE_SECONDS:
            self.phase, self.began = "busy", time.monotonic()
            if self.options.folder != "-":
                self.window.import_paths([Path(self.options.folder)])

    def _do_something(self) -> None:
        """What a person does meanwhile: scrolls the list, types a query letter by letter, clears it."""
        self.peak["window"] = max(self.peak["window"], resident_mb(os.getpid()))
        worker = self.window.library._worker._process
        if worker is not None and worker.processId():
            self.peak["worker"] = max(self.peak["worker"], resident_mb(worker.processId()))
        if self.phase == "busy":
            bar = self.window.list.view.verticalScrollBar()
            bar.setValue((bar.value() + max(1, bar.maximum() // 7)) % max(1, bar.maximum()))
            step = self.queries % 6
            query = QUERIES[self.queries // 6 % len(QUERIES)]
            self.window.list.box.setText("" if step == 5 else query[: 2 + step * 4])
            self.queries += 1

    def _hear(self, message: dict[str, object]) -> None:
        if message.get("event") == "progress":
            self.done = int(str(message["done"]))
            if self.kills and self.done >= self.kills[0]:
                self.kills.pop(0)
                worker = self.window.library._worker._process
                os.kill(worker.processId(), signal.SIGKILL)
                print(f"killed the worker at {self.done:,}")
            if self.options.kill_window and self.done >= self.options.kill_window:
                print(f"killing the window at {self.done:,}", flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
            if self.options.cancel and self.done >= self.options.cancel:
                self.options.cancel = 0
                self.window._cancel(str(message["task"]))
        elif message.get("event") == "finished":
            seconds = time.monotonic() - self.began
            print(f"{message['state']}: {message['message']}  {seconds:.1f} s after the start of the phase")
            QTimer.singleShot(6_000, self._end)

    def _end(self) -> None:
        """Nothing is measured, and no library asked, while the window closes."""
        self.ticks.stop()
        self.deeds.stop()
        for phase, late in self.late.items():
            ranked = sorted(late)
            if ranked:
                print(
                    f"{phase}: {len(ranked):,} ticks, lateness ms p50 {statistics.median(ranked):.1f}, "
                    f"p95 {ranked[int(len(ranked) * 0.95)]:.1f}, p99 {ranked[int(len(ranked) * 0.99)]:.1f}, "
                    f"worst {ranked[-1]:.1f}"
                )
        print(f"memory at most, MB: window {self.peak['window']:.0f}, worker {self.peak['worker']:.0f}")
        overview = self.window.library.bridge.library.overview()
        print(f"{overview.items:,} pages in the library, {self.window.library.bridge.library.index_state()}")
        self.window.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("library", type=Path)
    parser.add_argument("--kill-worker", type=int, action="append", default=[], metavar="N")
    parser.add_argument("--kill-window", type=int, default=0, metavar="N")
    parser.add_argument("--cancel", type=int, default=0, metavar="N")
    options = parser.parse_args()
    app = make_application(sys.argv[:1])
    window = MainWindow(Preferences(app))
    window.resize(1440, 900)
    window.closed.connect(app.quit)
    window.show()
    measures: list[Measure] = []
    window.library_shown.connect(lambda: measures.append(Measure(window, options)))
    window.open_library(options.library)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
