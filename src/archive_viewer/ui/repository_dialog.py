"""The dialog that says which institution holds the material: its country, its code and its name.

In: what was said so far.  Out: a ``Repository``, stored as one step.  Separate because it is said once for a library
and stands in front of every reference code.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library
from archive_viewer.model import Repository
from archive_viewer.text import one_line
from archive_viewer.ui import theme
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.typing_dialog import Button, TypingDialog


class RepositoryDialog(TypingDialog):
    """Asks for what was said so far by itself."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Repository"), parent)
        self.resize(440, 0)
        self._bridge = bridge
        self.name_line, self.country_line, self.code_line = QLineEdit(), QLineEdit(), QLineEdit()
        self.country_line.setMaxLength(2)
        self.country_line.setPlaceholderText(self.tr("two letters, such as GB or DE"))
        self.code_line.setPlaceholderText(self.tr("such as 0074 or B-1531"))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.WIDE)
        form.addRow(self.tr("&Name"), self.name_line)
        form.addRow(self.tr("&Country"), self.country_line)
        form.addRow(self.tr("C&ode"), self.code_line)
        self.sample = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.sample.setObjectName("quiet")
        self.fault = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.fault.setObjectName("fieldGrave")
        self.fault.hide()
        self._saving = self.buttons.button(Button.Save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addLayout(form)
        layout.addWidget(self.sample)
        layout.addWidget(self.fault)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        for line in (self.name_line, self.country_line, self.code_line):
            line.textChanged.connect(self._follow)
            line.setEnabled(False)
        self._saving.setEnabled(False)
        bridge.ask(Library.repository, self._show, owner=self)

    @property
    def repository(self) -> Repository:
        """What is typed at present."""
        return Repository(
            one_line(self.country_line.text()).upper(),
            one_line(self.code_line.text()),
            one_line(self.name_line.text()),
        )

    def _show(self, known: Repository) -> None:
        self.name_line.setText(known.name)
        self.country_line.setText(known.country)
        self.code_line.setText(known.code)
        is_writable = self._bridge.library.is_writable
        for line in (self.name_line, self.country_line, self.code_line):
            line.setEnabled(is_writable)
        self._saving.setEnabled(is_writable)
        self.name_line.setFocus()
        self.watch(lambda: self.repository)
        self._follow()

    def _follow(self) -> None:
        self.fault.hide()
        self.go_on()
        self.sample.setText(self.tr("Reference codes begin so: {code}").format(code=f"{self.repository.prefix}1/2/3"))

    def accept(self) -> None:
        """Store it; the dialog stays where that is refused."""
        said = self.repository

        def refuse(error: ArchiveViewerError) -> None:
            self.fault.setText(str(error))
            self.fault.show()

        self._bridge.do(
            lambda library: library.set_repository(said),
            lambda _: super(RepositoryDialog, self).accept(),
            owner=self,
            failed=refuse,
        )
