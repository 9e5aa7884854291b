"""The dialog of an accession: what is known of it, and what a person says of where it comes from.

In: an accession, the earlier ones, its accruals.  Out: one act that keeps what was typed, undone like any other.
Separate from the report, which tells what became of each file: here it is told whose the material was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from archive_viewer.library import Library
from archive_viewer.model import Accession
from archive_viewer.ui import theme, wording
from archive_viewer.ui.choice_box import ChoiceBox
from archive_viewer.ui.typing_dialog import Button, TypingDialog

SOURCES_NAMED = 3
ACCRUALS_NAMED = 12
SEVERAL_LINES = 64


@dataclass(frozen=True)
class Account:
    """An accession with the earlier ones, newest first, and those that add to it, oldest first."""

    accession: Accession
    earlier: tuple[Accession, ...]
    accruals: tuple[Accession, ...]


def account_of(library: Library, accession_id: str) -> Account:
    """:raises UnknownId: there is no such accession."""
    accession = library.accession(accession_id)
    every = library.accessions()
    ids = [one.id for one in every]
    return Account(accession, tuple(every[ids.index(accession.id) + 1 :]), tuple(library.accruals(accession.id)))


class AccessionDialog(TypingDialog):
    """``report_wanted``: an accession's id."""

    report_wanted = Signal(str)

    def __init__(self, account: Account, *, is_writable: bool, parent: QWidget | None = None) -> None:
        accession = account.accession
        super().__init__(self.tr("Accession {number}").format(number=accession.number), parent)
        self.resize(560, 0)
        self._accession = accession
        head = _label(self.tr("Accession {number}").format(number=accession.number), "pageTitle")
        known = _label(self._known(), "quiet")
        self.acquired_from = QLineEdit(accession.acquired_from)
        self.acquired_from.setPlaceholderText(self.tr("The person or body that gave the material"))
        self.custodial_history = _lines(
            accession.custodial_history, self.tr("Who had the material before, and when it changed hands")
        )
        self.note = _lines(accession.note, self.tr("Whatever else should be known of this accession"))
        self.accrues_to = ChoiceBox()
        self.accrues_to.addItem(self.tr("no earlier accession"), "")
        for earlier in account.earlier:
            self.accrues_to.addItem(named(earlier), earlier.id)
        self.accrues_to.setCurrentIndex(max(0, self.accrues_to.findData(accession.accrues_to)))
        self.accrues_to.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        form = QFormLayout()
        form.setSpacing(theme.SMALL)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (
            (self.tr("Ac&quired from"), self.acquired_from),
            (self.tr("&Custodial history"), self.custodial_history),
            (self.tr("&Note"), self.note),
            (self.tr("Adds &to"), self.accrues_to),
        ):
            form.addRow(name, field)
            field.setAccessibleName(name.replace("&", ""))
        self.accruals = _label(self._told(account.accruals), "quiet")
        form.addRow(self.tr("Accruals"), self.accruals)
        self.report_button = self.buttons.addButton(self.tr("Import &Report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.report_button.clicked.connect(self._show_report)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(head)
        layout.addWidget(known)
        layout.addLayout(form, 1)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        self.buttons.button(Button.Save).setEnabled(is_writable)
        for field in (self.acquired_from, self.custodial_history, self.note):
            field.setReadOnly(not is_writable)
            field.textChanged.connect(self.go_on)
        self.accrues_to.setEnabled(is_writable)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.buttons.button(Button.Save).click)
        self.watch(lambda: self.typed)
        self.acquired_from.setFocus()

    @property
    def typed(self) -> dict[str, str]:
        """What is typed, by the names that the library gives to it."""
        return {
            "acquired_from": self.acquired_from.text().strip(),
            "custodial_history": self.custodial_history.toPlainText().strip(),
            "note": self.note.toPlainText().strip(),
            "accrues_to": self.accrues_to.currentData(),
        }

    def act(self) -> Callable[[Library], Accession]:
        """What keeps what was typed."""
        id, typed = self._accession.id, self.typed
        return lambda library: library.change_accession(id, **typed)

    def _known(self) -> str:
        accession = self._accession
        counts = [wording.counted(accession.item_count, self.tr("page"), self.tr("pages"))]
        if accession.refused_count:
            counts.append(wording.counted(accession.refused_count, self.tr("file refused"), self.tr("files refused")))
        came = wording.moment(accession.finished_at or accession.created_at)
        sources = list(accession.source[:SOURCES_NAMED])
        if more := len(accession.source) - len(sources):
            sources.append(self.tr("and {count} more places").format(count=wording.number(more)))
        return "\n".join((wording.joined(wording.state(accession.state), came, *counts), *sources))

    def _told(self, accruals: Sequence[Accession]) -> str:
        if not accruals:
            return self.tr("No later accession adds to this one.")
        lines = [named(one) for one in accruals[:ACCRUALS_NAMED]]
        if more := len(accruals) - len(lines):
            lines.append(self.tr("and {count} more").format(count=wording.number(more)))
        return "\n".join(lines)

    def _show_report(self) -> None:
        self.report_wanted.emit(self._accession.id)
        self.reject()


def named(accession: Accession) -> str:
    """An accession as one would name it: its number, where it came from, when."""
    first = accession.source[0].replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] if accession.source else ""
    return wording.joined(accession.number, first, wording.date(accession.created_at))


def _lines(text: str, placeholder: str) -> QPlainTextEdit:
    field = QPlainTextEdit(text, tabChangesFocus=True)
    field.setPlaceholderText(placeholder)
    field.setMinimumHeight(SEVERAL_LINES)
    return field


def _label(text: str, look: str) -> QLabel:
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName(look)
    return label
