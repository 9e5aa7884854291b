"""The two dialogs that ask before pages are given up for ever: what goes is named, and nothing is done by itself.

In: what would go.  Out: accepted or not, and for a deaccession the reason and who decides.  Separate from the bin, out
of which everything comes back: after these nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from archive_viewer import settings
from archive_viewer.library import Library
from archive_viewer.model import Item
from archive_viewer.ui import theme, wording
from archive_viewer.ui.typing_dialog import Button, TypingDialog

TITLES_NAMED = 8
WIDTH = 540
REASON_LINES = 5
COUNTED_PAGES = 1_000
"""Pages whose marks and links are counted before they go; of more than these only the pages are."""


@dataclass(frozen=True)
class Going:
    """What would go: the pages, their marks and links (None: too many pages to count), and how many that were chosen
    stay because they are not in the bin."""

    items: tuple[Item, ...]
    marks: int | None
    links: int | None
    staying: int = 0

    @property
    def ids(self) -> list[str]:
        return [item.id for item in self.items]


def what_goes(library: Library, item_ids: Sequence[str], *, only_in_bin: bool) -> Going:
    """What goes with these pages; ``only_in_bin``: with those of them that are in the bin."""
    chosen = library.items(item_ids)
    found = [item for item in chosen if item.deleted_at or not only_in_bin]
    if len(found) > COUNTED_PAGES:
        return Going(tuple(found), None, None, len(chosen) - len(found))
    marks = sum(len(library.annotations(item.id)) for item in found)
    links = {link.id for item in found for link in library.links(item.id)}
    return Going(tuple(found), marks, len(links), len(chosen) - len(found))


class DeleteDialog(QDialog):
    """Asks whether pages of the bin are deleted for good."""

    def __init__(self, going: Going, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Delete for good"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.deleting = buttons.addButton(self.tr("&Delete for Good"), QDialogButtonBox.ButtonRole.AcceptRole)
        # Enter pressed once too often deletes nothing.
        self.deleting.setAutoDefault(False)
        leaving = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        leaving.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = _column(self)
        layout.addWidget(_label(_question(going, self.tr("Delete {pages} for good?")), "pageTitle"))
        layout.addWidget(_label(named(going), "quoted"))
        layout.addWidget(_label(belongings(going), "quiet"))
        warning = self.tr("This cannot be undone.  That they were here stays in the log of events.")
        layout.addWidget(_label(warning, "fieldGrave"))
        layout.addWidget(buttons)
        _fit(self, layout)
        leaving.setFocus()


class DeaccessionDialog(TypingDialog):
    """Asks why pages are given up, and by whose decision."""

    def __init__(self, going: Going, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Deaccession"), parent)
        self.reason_text = QPlainTextEdit(tabChangesFocus=True)
        self.reason_text.setPlaceholderText(self.tr("For instance: given back to its owner, or held elsewhere"))
        self.reason_text.setAccessibleName(self.tr("Reason"))
        self.reason_text.setFixedHeight(REASON_LINES * self.reason_text.fontMetrics().lineSpacing())
        self.by_line = QLineEdit()
        self.by_line.setPlaceholderText(settings.account_name())
        self.by_line.setAccessibleName(self.tr("Decided by"))
        form = QFormLayout()
        form.setSpacing(theme.SMALL)
        form.addRow(self.tr("&Reason"), self.reason_text)
        form.addRow(self.tr("Decided &by"), self.by_line)
        self._going = self.buttons.button(Button.Save)
        self._going.setText(self.tr("&Give Up"))
        self._going.setEnabled(False)
        layout = _column(self)
        layout.addWidget(_label(_question(going, self.tr("Give up {pages}?")), "pageTitle"))
        layout.addWidget(_label(named(going), "quoted"))
        layout.addWidget(_label(belongings(going), "quiet"))
        layout.addLayout(form)
        stays = self.tr(
            "A record of each page stays: its title, address and checksums, the reason, when and by whom.  The pages "
            "themselves go, and this cannot be undone."
        )
        layout.addWidget(_label(stays, "fieldGrave"))
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        _fit(self, layout)
        self.reason_text.textChanged.connect(self._check)
        self.watch(lambda: (self.reason, self.by))
        self.reason_text.setFocus()

    @property
    def reason(self) -> str:
        return self.reason_text.toPlainText().strip()

    @property
    def by(self) -> str:
        """Who decides; empty: whoever uses this computer."""
        return self.by_line.text().strip()

    def _check(self) -> None:
        self.go_on()
        self._going.setEnabled(bool(self.reason))


def named(going: Going) -> str:
    """The titles of what goes, as many as can be read."""
    titles = [item.title for item in going.items[:TITLES_NAMED]]
    if more := len(going.items) - len(titles):
        titles.append(QCoreApplication.translate("LettingGo", "and {count} more").format(count=wording.number(more)))
    return "\n".join(titles)


def belongings(going: Going) -> str:
    """What goes with the pages, and what stays."""
    if going.marks is None or going.links is None:
        said = QCoreApplication.translate(
            "LettingGo", "Their marks, notes and links go with them, and the stored files that no other page needs."
        )
    else:
        marks = wording.counted(
            going.marks,
            QCoreApplication.translate("LettingGo", "mark"),
            QCoreApplication.translate("LettingGo", "marks"),
        )
        links = wording.counted(
            going.links,
            QCoreApplication.translate("LettingGo", "link"),
            QCoreApplication.translate("LettingGo", "links"),
        )
        told = [words for words, count in ((marks, going.marks), (links, going.links)) if count]
        is_one = len(going.items) == 1
        if told:
            with_it = QCoreApplication.translate(
                "LettingGo", "With it go {what}, and the stored files that no other page needs."
            )
            with_them = QCoreApplication.translate(
                "LettingGo", "With them go {what}, and the stored files that no other page needs."
            )
            said = (with_it if is_one else with_them).format(what=", ".join(told))
        else:
            with_it = QCoreApplication.translate("LettingGo", "With it go the stored files that no other page needs.")
            with_them = QCoreApplication.translate(
                "LettingGo", "With them go the stored files that no other page needs."
            )
            said = with_it if is_one else with_them
    if going.staying:
        pages = wording.counted(
            going.staying,
            QCoreApplication.translate("LettingGo", "page stays"),
            QCoreApplication.translate("LettingGo", "pages stay"),
        )
        said += "  " + QCoreApplication.translate("LettingGo", "{pages}: not in the bin.").format(pages=pages)
    return said


def _question(going: Going, question: str) -> str:
    count = len(going.items)
    return question.format(
        pages=wording.counted(
            count, QCoreApplication.translate("LettingGo", "page"), QCoreApplication.translate("LettingGo", "pages")
        )
    )


def _column(dialog: QDialog) -> QVBoxLayout:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
    layout.setSpacing(theme.BASE)
    return layout


def _fit(dialog: QDialog, layout: QVBoxLayout) -> None:
    """As high as the words need: Qt reckons with a width of its own for lines that wrap."""
    # The window's colours and fonts, on which the height depends, come with its style.
    dialog.ensurePolished()
    for label in dialog.findChildren(QLabel):
        label.ensurePolished()
    dialog.resize(WIDTH, layout.totalHeightForWidth(WIDTH))


def _label(text: str, look: str) -> QLabel:
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName(look)
    return label
