"""The margin's last page: the provenance sheet of a page, to be read, copied, saved and printed.

In: a ``Reading``.  Out: the page that a fact led to; the sheet as text, as a file, on paper.  Separate from the fields
themselves, which say nothing of where they come from or go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from archive_viewer.exporting import fact_sheet
from archive_viewer.exporting.fact_sheet import Entry, FactSheet, Part
from archive_viewer.library import Library, Reading
from archive_viewer.model import Accession, Event, NearDuplicate, Original
from archive_viewer.ui import theme
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.facts_pane import Field, FieldsPane, description_of, likenesses_of, provenance_of
from archive_viewer.ui.sheet_output import SheetOutput


@dataclass(frozen=True)
class Provenance:
    """All that is known of a page, from the library."""

    reading: Reading
    near: list[NearDuplicate]
    files: list[tuple[str, Original]]
    events: list[Event]
    accession: Accession | None

    def fields(self, *, is_whole: bool = False) -> list[Field]:
        """The facts of the page, each with its source; ``is_whole``: every stored file is named."""
        item = self.reading.item
        most = {"most_files": None} if is_whole else {}
        return [
            *description_of(item, len(self.reading.annotations), len(self.reading.article.text)),
            *likenesses_of(self.near),
            *provenance_of(item, self.files, self.events, self.accession, **most),
        ]

    def sheet(self) -> FactSheet:
        item = self.reading.item
        kind = QCoreApplication.translate("Facts", "Provenance sheet")
        return sheet_of(item.title or item.file_name, f"{kind} · {item.id}", self.fields(is_whole=True))


def provenance(library: Library, reading: Reading) -> Provenance:
    """All that the library knows of a page."""
    item = reading.item
    accession = next((one for one in library.accessions() if one.id == item.accession_id), None)
    events = library.events(item.id, with_files=True)
    near = [one for one in library.near_duplicates(item.id) if not one.are_both_right]
    return Provenance(reading, near, library.files(item.id), events, accession)


def sheet_of(title: str, subtitle: str, fields: Sequence[Field]) -> FactSheet:
    """Fields as a sheet: one without a value begins a part."""
    parts: list[Part] = []
    heading, entries = "", list[Entry]()
    for field in (*fields, Field("")):
        if field.value:
            entries.append(Entry(field.name, field.value, field.source, field.doubt, field.is_code))
            continue
        if heading:
            parts.append(Part(heading, tuple(entries)))
        heading, entries = field.name, []
    return FactSheet(title, subtitle, tuple(parts))


class ProvenancePane(QWidget):
    """Signals: ``followed`` – the id of a page that a fact names; ``acted`` – the action that a fact offers;
    ``saved`` – the path of a file."""

    followed = Signal(str)
    acted = Signal(str)
    saved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fields")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._provenance: Provenance | None = None
        self.page = FieldsPane(self.tr("Facts"))
        self.page.followed.connect(self.followed)
        self.page.acted.connect(self.acted)
        self.copying = self._button(self.tr("Copy"), self.tr("Copy the provenance sheet as text"))
        self.saving = self._button(self.tr("Save…"), self.tr("Save the provenance sheet as a web page or as text"))
        self.printing = self._button(self.tr("Print…"), self.tr("Print the provenance sheet"))
        self.copying.clicked.connect(self.copy)
        self.saving.clicked.connect(lambda: self._hand_over(SheetOutput.ask_for_file))
        self.printing.clicked.connect(lambda: self._hand_over(SheetOutput.ask_for_printer))
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.TIGHT, theme.TIGHT, theme.TIGHT, 0)
        bar.setSpacing(theme.HAIR)
        for button in (self.copying, self.saving, self.printing):
            bar.addWidget(button)
        bar.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.page, 1)
        self.setFocusProxy(self.page)
        self._bridge: Bridge | None = None
        self.clear()

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.page.fields

    def clear(self) -> None:
        """Nothing is known yet of what will be shown; what is shown stays until then."""
        self._provenance = None
        for button in (self.copying, self.saving, self.printing):
            button.setEnabled(False)

    def show_reading(self, bridge: Bridge, reading: Reading) -> None:
        """Ask for what is known of a page, and show it."""
        self._bridge = bridge
        bridge.ask(lambda library: provenance(library, reading), self._show, owner=self, newest="facts")

    def _show(self, known: Provenance) -> None:
        self._provenance = known
        self.page.show_fields(known.fields())
        for button in (self.copying, self.saving, self.printing):
            button.setEnabled(True)

    @Slot()
    def copy(self) -> None:
        """The sheet as text, on the clipboard."""
        if self._provenance is not None:
            QGuiApplication.clipboard().setText(fact_sheet.text(self._provenance.sheet()))

    def output(self) -> SheetOutput | None:
        """What saves and prints the sheet of the page at hand; None while there is none."""
        if self._provenance is None or self._bridge is None:
            return None
        known = self._provenance
        made = SheetOutput(self._bridge, lambda _library: known.sheet(), known.sheet().title, self)
        made.saved.connect(self.saved)
        return made

    def _hand_over(self, how: Callable[[SheetOutput], None]) -> None:
        output = self.output()
        if output is not None:
            how(output)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setObjectName("quietButton")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button
