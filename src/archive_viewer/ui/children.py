"""The window's children, as processes that speak JSON lines: started, told, heard, started again, ended.

In: messages to send.  Out: messages that arrived, as signals on the main thread.  Separate from the bridge because a
child is not a thread: it may crash, be replaced at any moment, or end with its pipe, and the window lives on.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from archive_viewer.jobs import processes

CRASHES = 5
"""Starts that end badly within ``CRASH_SECONDS`` before the child is left alone and a sentence is shown."""

CRASH_SECONDS = 60
RESTART_MS = (0, 200, 1_000, 3_000, 8_000)
PATIENCE_MS = 3_000
"""How long a newer query waits for an older one before the searcher is replaced: a start costs a second or two on a
busy machine, so one that is merely slow is better waited for."""

GOODBYE_MS = 4_000
"""How long a child may take to end after its pipe is closed: it finishes the file at hand."""


class Child(QObject):
    """One child process, started again when it ends unasked.

    Signals: ``said`` – one message (dict); ``restarted`` – it ended unasked, or was replaced, and runs again;
    ``gave_up`` – it ended too often, with a sentence; ``ended`` – it is gone after ``close``.
    """

    said = Signal(object)
    restarted = Signal()
    gave_up = Signal(str)
    ended = Signal()

    def __init__(self, role: processes.Role, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.role = role
        self._command = processes.command(role, folder)
        self._process: QProcess | None = None
        self._unsent: list[bytes] = []
        self._rest = b""
        self._crashes: list[float] = []
        self._is_closing = False
        self._has_ended = False

    def start(self) -> None:
        """Start the process; messages sent before it runs are kept for it."""
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.started.connect(self._send_waiting)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        self._process = process
        self._rest = b""
        process.start(self._command[0], self._command[1:])

    def tell(self, message: dict[str, Any]) -> None:
        """Send one message, at once or as soon as the process runs."""
        line = json.dumps(message, ensure_ascii=True).encode("ascii") + b"\n"
        if self._process is not None and self._process.state() == QProcess.ProcessState.Running:
            self._process.write(line)
        else:
            self._unsent.append(line)

    def replace(self) -> None:
        """End the process at once and start a fresh one, which ``restarted`` tells; what it was doing is forgotten.

        One that is being closed is not started again: nobody would end it.
        """
        if not self._is_closing:
            self._drop()
            self.start()
            self.restarted.emit()

    def close(self) -> None:
        """Close the child's pipe, by which it ends; ``ended`` follows, by force if need be."""
        self._is_closing = True
        process = self._process
        if process is None or process.state() == QProcess.ProcessState.NotRunning:
            QTimer.singleShot(0, self, self._end)
            return
        process.closeWriteChannel()
        QTimer.singleShot(GOODBYE_MS, process, process.kill)

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            # Waited for elsewhere: a killed process is gone within a few milliseconds, its object after that.
            QTimer.singleShot(2_000, process, process.deleteLater)

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            if line.strip():
                self.said.emit(processes.heard(line.decode("utf-8", "replace")))

    @Slot()
    def _send_waiting(self) -> None:
        if self._process is not None:
            for line in self._unsent:
                self._process.write(line)
            self._unsent.clear()

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._finished()

    @Slot()
    def _finished(self) -> None:
        if self._is_closing:
            self._end()
            return
        now = time.monotonic()
        self._crashes = [moment for moment in self._crashes if now - moment < CRASH_SECONDS] + [now]
        if len(self._crashes) >= CRASHES:
            self.gave_up.emit(
                self.tr("A helping process ({role}) of Archive Viewer keeps ending.  Start the program again.").format(
                    role=self.role
                )
            )
            return
        QTimer.singleShot(RESTART_MS[len(self._crashes) - 1], self, self._start_again)

    @Slot()
    def _end(self) -> None:
        """Say so once: the process may have ended by itself a moment before it was asked to."""
        if not self._has_ended:
            self._has_ended = True
            self.ended.emit()

    @Slot()
    def _start_again(self) -> None:
        if not self._is_closing:
            self.start()
            self.restarted.emit()


class Searcher(QObject):
    """Asks the searcher child, one query at a time; a newer query takes the place of an older one.

    Signals: ``found`` – query, hits as the searcher says them, seconds, note; ``refused`` – query, sentence,
    position of the fault.  Nothing is said about a query that a newer one has replaced.
    """

    found = Signal(str, object, float, str)
    refused = Signal(str, str, int)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.child = Child("searcher", folder, self)
        self.child.said.connect(self._answered)
        self.child.restarted.connect(self._ask_again)
        self._number = 0
        self._wanted: tuple[str, int, int] | None = None
        self._running = 0
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._replace)

    def ask(self, query: str, limit: int, passages: int) -> None:
        """Search for ``query``: so many pages at most, and of each so many passages; an older query is dropped."""
        self._number += 1
        self._wanted = (query, limit, passages)
        if not self._running:
            self._send()
        elif not self._patience.isActive():
            self._patience.start()

    def forget(self) -> None:
        """The answer is not wanted any more."""
        self._wanted = None

    def _send(self) -> None:
        if self._wanted is not None:
            self._running = self._number
            query, limit, passages = self._wanted
            self.child.tell({"id": self._running, "query": query, "limit": limit, "passages": passages})

    @Slot(object)
    def _answered(self, message: dict[str, Any]) -> None:
        if message.get("kind", "search") != "search" or message.get("id") != self._running:
            return
        self._running = 0
        self._patience.stop()
        if message["id"] != self._number:
            self._send()
        elif self._wanted is not None:
            query = self._wanted[0]
            self._wanted = None
            if "error" in message:
                self.refused.emit(query, message["error"], int(message.get("position") or 0))
            else:
                self.found.emit(query, message["hits"], float(message.get("seconds") or 0), message.get("note") or "")

    @Slot()
    def _replace(self) -> None:
        if self._running and self._running != self._number:
            self.child.replace()

    @Slot()
    def _ask_again(self) -> None:
        self._running = 0
        self._patience.stop()
        self._send()
