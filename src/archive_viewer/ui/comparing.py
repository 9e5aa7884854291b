"""A bar for how far a comparison is, in the dialog that waits for it; whoever closes the dialog stops it.

In: a dialog.  Out: the ``Job`` to which the comparison reports.  Separate because two dialogs compare: a library with
another one, and with what it was.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QProgressBar

from archive_viewer.jobs.job import Job, Progress
from archive_viewer.ui.crossing import tell

HEIGHT = 6


class Comparing(QProgressBar):
    """Seen between ``begin`` and ``end`` only."""

    _reported = Signal(object, object)

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog, textVisible=False)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("How much has been compared"))
        keeps_place = self.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keeps_place)
        self._job: Job | None = None
        self._reported.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        dialog.finished.connect(self.stop)
        self.hide()

    def begin(self) -> Job:
        """The job of a new comparison; one that still goes on is stopped."""
        self.stop()
        job = Job(lambda progress: tell(self, self._reported, job, progress))
        self._job = job
        self.setRange(0, 0)
        self.show()
        return job

    def end(self) -> None:
        """It has come to its end."""
        self._job = None
        self.hide()

    @Slot()
    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._job is not None:
            self._job.cancel()
        self.end()

    @Slot(object, object)
    def _show_progress(self, job: Job, progress: Progress) -> None:
        if job is self._job:
            self.setRange(0, progress.total)
            self.setValue(progress.done)
