"""The dialog that hands over excerpts: which ones, in which form, into which file.

In: the pages at hand.  Out: one file, written by the library.  The count is asked for as choices change, so that
nobody hands over an empty file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.exporting import EXPORTERS
from archive_viewer.library import Library
from archive_viewer.model import Excerpt
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.choice_box import ChoiceBox


@dataclass(frozen=True)
class Choice:
    """A set of excerpts that can be handed over; None: no such condition."""

    name: str
    item_ids: tuple[str, ...] | None = None
    query: str | None = None


class ExportDialog(QDialog):
    """``exported``: the file written and how many excerpts it holds."""

    exported = Signal(Path, int)

    def __init__(self, bridge: Bridge, choices: Sequence[Choice], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export excerpts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(480, 360)
        self._bridge = bridge
        self._choices = list(choices)
        self._folder = folder
        self._excerpts: list[Excerpt] = []
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.SMALL)
        what = QLabel(self.tr("Marks and notes of"))
        what.setObjectName("fieldSection")
        layout.addWidget(what)
        for number, choice in enumerate(choices):
            button = QRadioButton(choice.name)
            button.setChecked(number == 0)
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.idClicked.connect(self.count)
        self.tag_box = ChoiceBox()
        self.tag_box.addItem(self.tr("any or none"), None)
        self.tag_box.currentIndexChanged.connect(self.count)
        self.format_box = ChoiceBox()
        for exporter in EXPORTERS:
            self.format_box.addItem(exporter.label, exporter)
        form = QFormLayout()
        form.setContentsMargins(0, theme.BASE, 0, theme.SMALL)
        form.setHorizontalSpacing(theme.WIDE)
        form.addRow(self.tr("With the &tag"), self.tag_box)
        form.addRow(self.tr("&Form"), self.format_box)
        layout.addLayout(form)
        self._count = QLabel(wordWrap=True)
        self._count.setObjectName("quiet")
        layout.addWidget(self._count)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._save = buttons.addButton(self.tr("&Save As…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.clicked.connect(self._ask_for_file)
        buttons.rejected.connect(self.reject)
        layout.addStretch(1)
        layout.addWidget(buttons)
        bridge.ask(lambda library: library.overview().tags, self._offer_tags, owner=self)
        self.count()

    @Slot()
    def count(self) -> None:
        """Ask how many excerpts the choices give."""
        choice = self._choices[self._group.checkedId()]
        tag = self.tag_box.currentData()
        self._save.setEnabled(False)

        def ask(library: Library) -> list[Excerpt]:
            ids = list(choice.item_ids) if choice.item_ids is not None else None
            return library.excerpts(ids, tag, choice.query)

        self._bridge.ask(ask, self._show_count, owner=self, newest="excerpts", failed=self._count_failed)

    def export_to(self, path: Path) -> None:
        """Write the chosen excerpts and close."""
        form, excerpts = self.format_box.currentData().format, self._excerpts

        def written(_: object) -> None:
            self.exported.emit(path, len(excerpts))
            self.accept()

        self._save.setEnabled(False)
        self._bridge.do(
            lambda library: library.export(path, form, excerpts), written, owner=self, failed=self._count_failed
        )

    def _show_count(self, excerpts: list[Excerpt]) -> None:
        self._excerpts = excerpts
        pages = len({excerpt.item.id for excerpt in excerpts})
        self._count.setText(
            self.tr("{excerpts} from {pages}.  Each names its page, address, dates, paragraph and checksum.").format(
                excerpts=wording.counted(len(excerpts), self.tr("excerpt"), self.tr("excerpts")),
                pages=wording.counted(pages, self.tr("page"), self.tr("pages")),
            )
            if excerpts
            else self.tr("Nothing is marked there yet.  Mark passages first: select words and press 1.")
        )
        self._save.setEnabled(bool(excerpts))

    def _count_failed(self, error: Exception) -> None:
        self._count.setText(str(error))

    def _offer_tags(self, tags: list[tuple[str, int]]) -> None:
        for tag, _count in tags:
            self.tag_box.addItem(tag, tag)

    @Slot()
    def _ask_for_file(self) -> None:
        exporter = self.format_box.currentData()
        suffix = exporter.suffix if exporter.suffix.startswith(".") else f".{exporter.suffix}"
        proposed = str(self._folder / (self.tr("excerpts") + suffix))
        dialog = QFileDialog(self, self.tr("Export excerpts"), proposed, f"{exporter.label} (*{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.lstrip("."))
        dialog.selectFile(proposed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()
