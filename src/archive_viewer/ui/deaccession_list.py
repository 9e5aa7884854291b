"""The records of what was given up, as a tab: which page it was, why, when, by whom, and the checksums of its files.

In: the library's records.  Out: nothing; the pages themselves are gone.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from archive_viewer.library import Library
from archive_viewer.model import Deaccession
from archive_viewer.ui import wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.report_sheet import LineModel, ReportSheet
from archive_viewer.ui.rows import Line, Row, Style

FILES_NAMED = 3


class DeaccessionModel(LineModel[Deaccession]):
    """Records as rows."""

    def tip_of(self, line: Deaccession) -> str:
        return "\n".join(f"{name}\nSHA-256 {sha256}" for name, _, sha256, _ in line.files)

    def row_of(self, line: Deaccession) -> Row:
        by = self.tr("by {name}").format(name=line.by) if line.by else ""
        came = self.tr("accession {number}").format(number=line.accession)
        files = [
            Line(wording.joined(name, wording.size(size), f"SHA-256 {sha256}"), Style.SMALL)
            for name, size, sha256, _ in line.files[:FILES_NAMED]
        ]
        if more := len(line.files) - len(files):
            files.append(Line(self.tr("and {count} more files").format(count=wording.number(more)), Style.SMALL))
        return Row(
            (
                Line(line.title, Style.TITLE),
                Line(line.reason, Style.TEXT, 4),
                Line(wording.joined(wording.moment(line.at), by, came), Style.SMALL),
                Line(wording.joined(line.url, wording.captured(line.captured_at)), Style.SMALL),
                *files,
            ),
            icon="close",
        )


class DeaccessionList(ReportSheet):
    """The tab, the newest record first."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        self.model = DeaccessionModel()
        name = self.tr("Pages given up, the newest first")
        super().__init__(bridge, self.model, self.tr("Pages given up"), name, parent=parent)
        self.empty.say(self.tr("Looking for records…"))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the records."""
        self._bridge.ask(Library.deaccessions, self._show, owner=self, newest=("deaccessions", id(self)))

    def _show(self, records: list[Deaccession]) -> None:
        self.empty.say(
            self.tr("Nothing was given up"),
            self.tr("Page > Deaccession… gives a page up, and keeps a record of what it was and why."),
            "report",
        )
        if len(records) != self.model.rowCount():
            self.model.show_lines(records[::-1])
        self.told.setText(wording.counted(len(records), self.tr("record"), self.tr("records")))
