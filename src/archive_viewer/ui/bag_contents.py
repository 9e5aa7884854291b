"""The dialog that shows a bag which was found whole: what it says of itself, and what can be made of it.

In: a proved bag, and the name of the library that is open, if it can be written.  Out: ``unpacking_wanted`` or
``import_wanted``.  It takes nothing itself.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from archive_viewer.library import Bag
from archive_viewer.ui import theme, wording
from archive_viewer.ui.facts_pane import Field, FieldsPane

MOST_FIELDS = 100
"""What a bag says of itself may be long: the rest goes with it into the accession's history all the same."""


class BagContents(QDialog):
    """One of the two signals is emitted, at most once."""

    unpacking_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, bag: Bag, is_library: bool, into: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open a bag"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 480)
        self._is_library = is_library
        what = QLabel(bag.folder.name, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        what.setObjectName("pageTitle")
        files = wording.counted(len(bag.payload), self.tr("file"), self.tr("files"))
        self.proof = QLabel(
            self.tr("This bag is whole: {files}, {size}, and every checksum agrees.").format(
                files=files, size=wording.size(bag.size)
            ),
            wordWrap=True,
        )
        self.info = FieldsPane(self.tr("What the bag says of itself"))
        self.info.setObjectName("prospectDetails")
        fields = [Field(label, value) for label, value in bag.info[:MOST_FIELDS] if value.strip()]
        nothing = Field(self.tr("About"), self.tr("The bag says nothing of itself."))
        self.info.show_fields([Field(self.tr("What the bag says of itself")), *(fields or [nothing])])
        self.effect = QLabel(self._effect(into), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.effect.setObjectName("quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        verb = self.tr("&Make a Library of It…") if is_library else self.tr("&Import Its Files")
        # The dialog comes when the bag is proved, perhaps in the middle of a word: Return must not press this, as it
        # presses the first button that accepts.
        self.going = buttons.addButton(verb, QDialogButtonBox.ButtonRole.ActionRole)
        self.going.setAutoDefault(False)
        self.going.setEnabled(is_library or bool(into))
        self.going.clicked.connect(self._go)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(what)
        layout.addWidget(self.proof)
        layout.addWidget(self.info, 1)
        layout.addWidget(self.effect)
        layout.addWidget(buttons)
        self.info.setFocus()

    def _effect(self, into: str) -> str:
        if self._is_library:
            return self.tr(
                "It holds a library of Archive Viewer.  That library is made again in a new folder, with its ids, its "
                "marks and all that can be undone, and is opened.  The bag stays as it is."
            )
        if not into:
            return self.tr("Its files can be imported when a library is open that may be written.")
        return self.tr(
            "It holds files that any program may have packed.  They are imported into “{library}” as one accession; "
            "what the bag says of itself becomes its custodial history."
        ).format(library=into)

    @Slot()
    def _go(self) -> None:
        self.accept()
        if self._is_library:
            self.unpacking_wanted.emit()
        else:
            self.import_wanted.emit()
