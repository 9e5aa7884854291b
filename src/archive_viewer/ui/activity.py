"""The strip at the bottom: every long task with its progress, the time left, a way to stop it, and its report.

In: the library's tasks and the worker's messages.  Out: the wish to cancel one or to see its report.  Separate
because long work is never modal: it is shown here and nowhere else.  The newest stands first; what ended well gives
way to it, and can be shown again.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.library import Task
from archive_viewer.ui import icons, theme, wording
from archive_viewer.ui.timers import debounced

KEPT_ROWS = 8
MOST_LINES = 3
REST_MS = 15_000
FINISHED = ("done", "cancelled", "failed")
CLEANING = "clean-again"
ICONS = {
    "import": "import",
    "retry": "import",
    "rebuild": "search",
    "fixity": "shield",
    "repair": "shield",
    "events": "export",
    CLEANING: "clean",
    "bag": "accession",
    "copy": "copy",
    "merge": "library",
    "give-back": "export",
    "prove": "shield",
    "unbag": "library",
}
WRITING = ("bag", "copy", "give-back")
"""Kinds of work whose folder can be looked at when they are done."""


class TaskRow(QFrame):
    """One task.  Signals carry the task's id, that for an import's report the accession's, ``folder_wanted`` a path."""

    cancel_wanted = Signal(str)
    report_wanted = Signal(str)
    recleaning_wanted = Signal(str)
    folder_wanted = Signal(str)
    dismissed = Signal(str)

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("taskRow")
        self.task = task
        self.state = task.state
        self.failures = 0
        self._icon = QLabel()
        self._icon.setFixedWidth(20)
        self._label = _Elided(task.label)
        self._detail = _Elided("")
        self._detail.setObjectName("quiet")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(6)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(task.label)
        self._cancel = QToolButton()
        self._cancel.setText(self.tr("Stop"))
        self._cancel.setAccessibleName(self.tr("Stop: {task}").format(task=task.label))
        self._cancel.clicked.connect(lambda: self.cancel_wanted.emit(task.id))
        self._report = QToolButton()
        self._report.setText(self.tr("Report"))
        self._report.setAccessibleName(self.tr("Report of: {task}").format(task=task.label))
        self._report.clicked.connect(self._want_report)
        self._report.setVisible(bool(task.accession_id) or task.kind == CLEANING)
        self._folder = QToolButton()
        self._folder.setText(self.tr("Show in Folder"))
        self._folder.setAccessibleName(self.tr("Show in its folder: {task}").format(task=task.label))
        self._folder.clicked.connect(lambda: self.folder_wanted.emit(task.arguments["folder"]))
        self._dismiss = QToolButton()
        self._dismiss.setObjectName("iconButton")
        self._dismiss.setAccessibleName(self.tr("Take this line away"))
        self._dismiss.setToolTip(self.tr("Take this line away"))
        self._dismiss.clicked.connect(lambda: self.dismissed.emit(task.id))
        words = QVBoxLayout()
        words.setSpacing(theme.HAIR)
        words.addWidget(self._label)
        words.addWidget(self._detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.BASE, theme.TIGHT, theme.SMALL, theme.TIGHT)
        layout.setSpacing(theme.BASE)
        layout.addWidget(self._icon)
        layout.addLayout(words, 3)
        layout.addWidget(self._bar, 2)
        layout.addWidget(self._report)
        layout.addWidget(self._folder)
        layout.addWidget(self._cancel)
        layout.addWidget(self._dismiss)
        self._colour()
        self.show_state(task.state, task.message)

    def show_progress(self, done: int, total: int, what: str, seconds_left: float | None) -> None:
        """How far it is: counts of files, the file at hand, and the seconds that remain where they are known."""
        if self.state in FINISHED:
            # Said before it was stopped, and heard after.
            return
        self.state = "running"
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(done)
        count = self.tr("{done} of {total}").format(done=wording.number(done), total=wording.number(total))
        left = wording.time_left(seconds_left) if seconds_left is not None else ""
        self._detail.setText(wording.joined(count if total else "", left, what))

    def show_state(self, state: str, message: str = "", failures: int = 0) -> None:
        """``failures``: how many things the task found wrong, or could not put right, though it was done."""
        self.state, self.failures = state, failures
        is_finished = state in FINISHED
        self._bar.setVisible(not is_finished)
        self._cancel.setVisible(not is_finished)
        self._dismiss.setVisible(is_finished)
        self._folder.setVisible(state == "done" and self.task.kind in WRITING and bool(self.task.arguments["folder"]))
        waiting = self.tr("waiting") if state == "waiting" else ""
        self._detail.setText(message or waiting)
        self._icon.setToolTip(self.tr("{count} failed").format(count=wording.number(failures)) if failures else "")
        self._icon.setAccessibleName(self._icon.toolTip())
        self._colour()

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to look at it: it did not fail, and neither did anything that it was about."""
        return self.state != "failed" and not self.failures

    @property
    def picture(self) -> str:
        """The name of its icon."""
        names = {"done": "check", "cancelled": "stop"}
        return names.get(self.state, ICONS.get(self.task.kind, "clock")) if self.is_well else "attention"

    @property
    def detail(self) -> str:
        return self._detail.full_text

    @property
    def report_button(self) -> QToolButton:
        return self._report

    @property
    def folder_button(self) -> QToolButton:
        return self._folder

    @Slot()
    def _want_report(self) -> None:
        if self.task.kind == CLEANING:
            self.recleaning_wanted.emit(self.task.id)
        else:
            self.report_wanted.emit(self.task.accession_id)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        scale = self.devicePixelRatioF()
        role = QPalette.ColorRole.PlaceholderText if self.is_well else QPalette.ColorRole.BrightText
        picture = icons.pixmap(self.picture, self.palette().color(role), round(18 * scale))
        picture.setDevicePixelRatio(scale)
        self._icon.setPixmap(picture)
        self._dismiss.setIcon(icons.icon("close", self.palette()))


class Activity(QFrame):
    """The strip.  ``counted``: how many tasks are going on; ``rested``: none, for a while, and all went well."""

    cancel_wanted = Signal(str)
    report_wanted = Signal(str)
    recleaning_wanted = Signal(str)
    folder_wanted = Signal(str)
    counted = Signal(int)
    rested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activity")
        self.setAccessibleName(self.tr("Activity"))
        self._rows: dict[str, TaskRow] = {}
        self._unasked: dict[str, dict[str, Any]] = {}
        self._earlier: set[str] = set()
        self._nothing = QLabel(self.tr("Nothing is going on.  Imports, checks and index building show here."))
        self._nothing.setObjectName("quiet")
        self._nothing.setContentsMargins(theme.BASE, theme.SMALL, theme.BASE, theme.SMALL)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, theme.TIGHT, 0, theme.TIGHT)
        self._lines.setSpacing(0)
        self._lines.addWidget(self._nothing)
        self._lines.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._list)
        self._scroll = scroll
        self.earlier_shown, self.clearing = QToolButton(), QToolButton()
        self.earlier_shown.setCheckable(True)
        self.earlier_shown.toggled.connect(lambda _: self._changed())
        self.clearing.setText(self.tr("Clear Finished"))
        self.clearing.setToolTip(self.tr("Take the lines of all finished work away"))
        self.clearing.clicked.connect(self._clear_finished)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(theme.BASE, 0, theme.SMALL, theme.TIGHT)
        foot.setSpacing(theme.TIGHT)
        foot.addStretch(1)
        for button in (self.earlier_shown, self.clearing):
            button.setObjectName("quietButton")
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._foot)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._resting = debounced(self, REST_MS, self._rest)
        self._fit()

    def clear(self) -> None:
        self._unasked.clear()
        self.earlier_shown.setChecked(False)
        for task_id in list(self._rows):
            self.dismiss(task_id)

    def show_task(self, task: Task) -> None:
        """A task that was asked for, or was found unfinished."""
        if task.id in self._rows:
            return
        row = TaskRow(task, self._list)
        row.cancel_wanted.connect(self.cancel_wanted)
        row.report_wanted.connect(self.report_wanted)
        row.recleaning_wanted.connect(self.recleaning_wanted)
        row.folder_wanted.connect(self.folder_wanted)
        row.dismissed.connect(self.dismiss)
        # A line that tells of a failure stays until the next one does.
        finished = self._finished()
        failures = [task_id for task_id in finished if not self._rows[task_id].is_well]
        self._earlier |= set(finished) - set(failures[-1:])
        self._rows[task.id] = row
        self._lines.insertWidget(0, row)
        self._scroll.verticalScrollBar().setValue(0)
        for task_id in self._finished()[: max(0, len(self._rows) - KEPT_ROWS)]:
            self.dismiss(task_id)
        self._changed()
        if (message := self._unasked.pop(task.id, None)) is not None:
            self.hear(message)

    @Slot(object)
    def hear(self, message: dict[str, Any]) -> None:
        """What the worker says."""
        row = self._rows.get(message.get("task", ""))
        if row is None:
            # The worker may be faster than the window, which has yet to hear what it has asked for.
            self._unasked[message.get("task", "")] = message
            return
        if message["event"] == "progress":
            row.show_progress(message["done"], message["total"], message["what"], message.get("seconds_left"))
        elif message["event"] == "finished":
            row.show_state(message["state"], message.get("message") or "", message.get("failures", 0))
            self._changed()

    def knows(self, task_id: str) -> bool:
        return task_id in self._rows

    def row(self, task_id: str) -> TaskRow:
        return self._rows[task_id]

    @Slot(str)
    def dismiss(self, task_id: str) -> None:
        row = self._rows.pop(task_id, None)
        self._earlier.discard(task_id)
        if row is not None:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
            self._changed()

    def count(self) -> int:
        """Tasks that are not finished."""
        return sum(row.state not in FINISHED for row in self._rows.values())

    def _finished(self) -> list[str]:
        return [task_id for task_id, row in self._rows.items() if row.state in FINISHED]

    def _ended_well(self) -> set[str]:
        return {task_id for task_id in self._finished() if self._rows[task_id].is_well}

    @Slot()
    def _clear_finished(self) -> None:
        for task_id in self._finished():
            self.dismiss(task_id)

    def shown_rows(self) -> list[TaskRow]:
        """The lines that stand there, from the top."""
        are_all = self.earlier_shown.isChecked()
        return [row for task_id, row in reversed(self._rows.items()) if are_all or task_id not in self._earlier]

    def _changed(self) -> None:
        if not self._earlier and self.earlier_shown.isChecked():
            self.earlier_shown.setChecked(False)
            return
        shown = self.shown_rows()
        for row in self._rows.values():
            row.setVisible(row in shown)
        self._nothing.setVisible(not shown)
        count = wording.number(len(self._earlier))
        folded = self.tr("Show Earlier: {count}").format(count=count)
        self.earlier_shown.setText(self.tr("Hide Earlier") if self.earlier_shown.isChecked() else folded)
        self.earlier_shown.setVisible(bool(self._earlier))
        self._foot.setVisible(bool(self._earlier) or len(self._finished()) > 1)
        self._fit()
        self.counted.emit(self.count())
        self._resting.start()

    def _rest(self) -> None:
        if self.count():
            return
        self._earlier |= self._ended_well()
        self._changed()
        self._resting.stop()
        if all(row.is_well for row in self._rows.values()):
            self.rested.emit()

    def _fit(self) -> None:
        """As high as its lines, up to three of them: it must not take the page's room."""
        heights = [row.sizeHint().height() for row in self.shown_rows()[:MOST_LINES]]
        foot = self._foot.sizeHint().height() if not self._foot.isHidden() else 0
        self.setFixedHeight(sum(heights or [self._nothing.sizeHint().height()]) + 2 * theme.TIGHT + foot)


class _Elided(QLabel):
    """A label that shortens its text instead of pushing its neighbours."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.full_text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        self.full_text = text
        self.setToolTip(text)
        self._shorten()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        short = self.fontMetrics().elidedText(self.full_text, Qt.TextElideMode.ElideMiddle, max(40, self.width()))
        super().setText(short)
