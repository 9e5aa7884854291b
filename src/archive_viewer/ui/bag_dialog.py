"""The dialog before a bag is made: what goes into it, whose it shall say that it is, and what to do about damage.

In: a library, and the pages that are meant, if not all.  Out: ``wanted``.  It writes nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from archive_viewer.library import FixityResult, Library
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge

MOST_NAMES = 3


class BagDialog(QDialog):
    """``wanted``: whose the bag is, and whether stored files that are damaged are left out."""

    wanted = Signal(str, bool)

    def __init__(
        self, bridge: Bridge, name: str, item_ids: Sequence[str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Bag the library") if item_ids is None else self.tr("Bag the selected pages"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self._item_ids = list(item_ids) if item_ids is not None else None
        what = QLabel(self._heading(name), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        what.setObjectName("fieldSection")
        goes_in = QLabel(self._goes_in(), wordWrap=True)
        self.organization = QLineEdit()
        self.organization.setClearButtonEnabled(True)
        form = QFormLayout()
        form.setContentsMargins(0, theme.SMALL, 0, theme.SMALL)
        form.setHorizontalSpacing(theme.WIDE)
        form.addRow(self.tr("&Organization"), self.organization)
        effect = QLabel(
            self.tr(
                "A bag is a folder of files with lists of their checksums (BagIt 1.0), by which anybody can prove that "
                "nothing was lost or changed.  Every stored file is compared on the way."
            ),
            wordWrap=True,
        )
        effect.setObjectName("quiet")
        self.damage = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.damage.setObjectName("fault")
        self.leaving = QCheckBox(self.tr("&Leave out what is damaged; the bag will name it"))
        for widget in (self.damage, self.leaving):
            widget.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.going = buttons.addButton(self.tr("&Choose a Place…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.going.setDefault(True)
        self.going.setEnabled(False)
        self.going.clicked.connect(self._want)
        self.leaving.toggled.connect(self.going.setEnabled)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(what)
        layout.addWidget(goes_in)
        layout.addLayout(form)
        layout.addWidget(self.damage)
        layout.addWidget(self.leaving)
        layout.addWidget(effect)
        layout.addStretch(1)
        layout.addWidget(buttons)
        bridge.ask(self._look, self._show, owner=self)

    def _heading(self, name: str) -> str:
        if self._item_ids is None:
            return self.tr("The whole library “{name}”").format(name=name)
        pages = wording.counted(len(self._item_ids), self.tr("page"), self.tr("pages"))
        return self.tr("{pages} of “{name}”").format(pages=pages, name=name)

    def _goes_in(self) -> str:
        if self._item_ids is None:
            return self.tr(
                "Its pages with their stored files, marks, notes, links, arrangement and description, and all that can "
                "be undone.  From the bag the same library is made again."
            )
        return self.tr(
            "With their stored files, marks, notes and links.  From the bag a library of its own is made, in which "
            "nothing can be undone that was done here."
        )

    def _look(self, library: Library) -> tuple[str, list[FixityResult]]:
        failed = library.failed_originals()
        if self._item_ids is not None and failed:
            mine = {original.sha256 for id in self._item_ids for _, original in library.files(id)}
            failed = [one for one in failed if one.sha256 in mine]
        return library.repository().name, failed

    def _show(self, found: tuple[str, list[FixityResult]]) -> None:
        organization, failed = found
        if not self.organization.text():
            self.organization.setText(organization)
        if failed:
            names = "”, “".join(one.file_name for one in failed[:MOST_NAMES])
            more = " …" if failed[MOST_NAMES:] else ""
            count = wording.counted(
                len(failed), self.tr("stored file is lost or altered"), self.tr("stored files are lost or altered")
            )
            self.damage.setText(
                self.tr("{count}: “{names}”{more}.  A bag holds only what is as it came in.").format(
                    count=count, names=names, more=more
                )
            )
        for widget in (self.damage, self.leaving):
            widget.setVisible(bool(failed))
        self.going.setEnabled(not failed or self.leaving.isChecked())
        self.adjustSize()

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self.organization.text().strip(), self.leaving.isChecked())
        self.accept()
