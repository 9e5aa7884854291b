"""Asks before reference codes are built anew, because somebody may have cited them.

In: the unit that is chosen.  Out: the id of the unit whose codes are built anew with all below it, ``""`` for the whole
tree.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from archive_viewer.model import Unit
from archive_viewer.ui import theme, wording

WIDTH = 460
LONGEST_TITLE = 48


class RenumberDialog(QDialog):
    """``wanted``: a unit's id, or ``""``."""

    wanted = Signal(str)

    def __init__(self, unit: Unit | None, unit_count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Renumber"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._unit = unit
        title = unit.title if unit is not None else ""
        title = (title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}…").replace("&", "&&")
        pages = wording.counted(unit.total_count if unit is not None else 0, self.tr("page"), self.tr("pages"))
        self.this = QRadioButton(self.tr("“{title}” and &all below it: {pages}").format(title=title, pages=pages))
        units = wording.counted(unit_count, self.tr("unit"), self.tr("units"))
        self.whole = QRadioButton(self.tr("The &whole arrangement: {units}").format(units=units))
        self.this.setVisible(unit is not None)
        (self.this if unit is not None else self.whole).setChecked(True)
        effect = QLabel(
            self.tr(
                "Reference codes stay when things move.  Now they would be built anew, in the order in which units and "
                "pages stand; a code that is more than a number is kept.  Whoever has cited an old code will not find "
                "it any more.  Undo brings the old ones back."
            ),
            wordWrap=True,
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.renumbering = buttons.addButton(self.tr("&Renumber"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(effect)
        layout.addWidget(self.this)
        layout.addWidget(self.whole)
        layout.addWidget(buttons)
        self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))
        # Not by a key that was pressed too soon.
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)

    def _take(self) -> None:
        self.wanted.emit(self._unit.id if self._unit is not None and self.this.isChecked() else "")
        self.accept()
