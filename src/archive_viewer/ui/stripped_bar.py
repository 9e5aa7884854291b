"""The bar over *What was stripped*: which blocks are shown, words to find among them, and what can be done with one.

In: how many blocks there are, and which is the current one.  Out: choices and wishes.  Separate from the view because
it knows no row: it is a set of buttons that say what they would do.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from archive_viewer.model import Article, Reason
from archive_viewer.ui import wording
from archive_viewer.ui.block_model import Shown, reasons_in
from archive_viewer.ui.choice_box import ChoiceBox
from archive_viewer.ui.flow_layout import FlowLayout
from archive_viewer.ui.theme import SMALL, WIDE

TYPING_MS = 120
"""Words are looked for when typing has paused for so long."""


class StrippedBar(QWidget):
    """Signals: ``chosen`` – other blocks are to be shown; ``sought`` – these words; ``step_wanted`` – the next place
    (+1) or the one before; ``left`` – the person is done with finding; ``mend_wanted`` – whether its whole section;
    ``rule_wanted``."""

    chosen = Signal()
    sought = Signal(str)
    step_wanted = Signal(int)
    left = Signal()
    mend_wanted = Signal(bool)
    rule_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = QButtonGroup(self)
        self.reasons = ChoiceBox()
        self.reasons.setAccessibleName(self.tr("Reason for which paragraphs were stripped"))
        self.reasons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.reasons.setMinimumContentsLength(6)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Find"))
        self.words.setAccessibleName(self.tr("Words to find, kept and stripped"))
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(160)
        self.words.installEventFilter(self)
        self.count = QLabel()
        self.count.setAccessibleName(self.tr("Places found"))
        self.mend_button = self._button(self.tr("Change whether this paragraph is part of the text  (Space)"))
        self.section_button = self._button(self.tr("The same for its whole section  (Shift+Space)"))
        self.rule_button = self._button(self.tr("The same on every page of this site, by a rule  (A)"))
        self.rule_button.setText(self.tr("Always…"))
        self._lay_out()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(lambda: self.sought.emit(self.words.text()))
        self.words.textChanged.connect(lambda: self._typing.start())
        self._choices.idClicked.connect(self._choose)
        self.reasons.activated.connect(self._choose_reason)
        self.mend_button.clicked.connect(lambda: self.mend_wanted.emit(False))
        self.section_button.clicked.connect(lambda: self.mend_wanted.emit(True))
        self.rule_button.clicked.connect(self.rule_wanted)

    # -- what is shown ------------------------------------------------------------------------------------------

    @property
    def shown(self) -> Shown:
        return Shown(self._choices.checkedId())

    @property
    def reason(self) -> Reason | None:
        """The one reason that is asked for; None: any."""
        chosen = self.reasons.currentData()
        return Reason(chosen) if chosen else None

    def show_all(self) -> None:
        """Choose all blocks again."""
        self.choice(Shown.ALL).setChecked(True)
        self.reasons.setCurrentIndex(0)

    def choice(self, shown: Shown) -> QToolButton:
        button = self._choices.button(shown.value)
        assert isinstance(button, QToolButton)
        return button

    def show_article(self, article: Article) -> None:
        """Say how much was stripped, and offer the reasons that there are."""
        stripped = len(article.blocks) - len(article.kept)
        figures = {"stripped": wording.number(stripped), "all": wording.number(len(article.blocks))}
        self.summary.setText(self.tr("{stripped} of {all} stripped").format(**figures))
        self.summary.setToolTip(self.tr("{stripped} of {all} paragraphs were stripped").format(**figures))
        before = self.reason
        self.reasons.clear()
        self.reasons.addItem(self.tr("Any reason"), "")
        for reason, count in reasons_in(article.blocks):
            self.reasons.addItem(f"{wording.word(reason)}  {wording.number(count)}", reason.value)
        # One whose last paragraph was put back a moment ago is not asked for any more.
        self.reasons.setCurrentIndex(max(0, self.reasons.findData(before.value if before else "")))
        self.reasons.setEnabled(stripped > 0)

    def _choose(self) -> None:
        if self.shown is Shown.KEPT:
            self.reasons.setCurrentIndex(0)
        self.chosen.emit()

    def _choose_reason(self) -> None:
        if self.reason is not None:
            self.choice(Shown.STRIPPED).setChecked(True)
        self.chosen.emit()

    # -- finding ------------------------------------------------------------------------------------------------

    def open_find(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def show_found(self, rows: Sequence[int], current: int) -> None:
        """Say which of the rows that hold the words is meant."""
        if not self.words.text().strip():
            self.count.clear()
        elif not rows:
            self.count.setText(self.tr("Not here"))
        else:
            here = wording.number(rows.index(current) + 1) if current in rows else "–"
            self.count.setText(self.tr("{n} of {m}").format(n=here, m=wording.number(len(rows))))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._typing.isActive():
                    self._typing.stop()
                    self.sought.emit(self.words.text())
                else:
                    self.step_wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    # -- acts ---------------------------------------------------------------------------------------------------

    def set_writable(self, is_writable: bool) -> None:
        for button in (self.mend_button, self.section_button, self.rule_button):
            button.setVisible(is_writable)

    def offer(self, is_kept: bool | None, section: int) -> None:
        """Say what would be done to the current block (None: there is none) and to its section of so many."""
        for button in (self.mend_button, self.rule_button):
            button.setEnabled(is_kept is not None)
        self.section_button.setEnabled(is_kept is not None and section > 1)
        self.mend_button.setText(self.tr("Take out") if is_kept in (None, True) else self.tr("Put back"))
        name = self.tr("Whole section")
        self.section_button.setText(f"{name}  {wording.number(section)}" if section > 1 else name)
        whole = self.tr("Take out its whole section") if is_kept else self.tr("Put back its whole section")
        self.section_button.setAccessibleName(
            self.tr("{act}, {blocks}").format(
                act=whole, blocks=wording.counted(section, self.tr("paragraph"), self.tr("paragraphs"))
            )
        )

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        """In groups, each whole: what has no room beside the others goes on in a line of its own."""
        choices: list[QWidget] = []
        for shown, name in zip(Shown, (self.tr("All"), self.tr("Stripped"), self.tr("Kept")), strict=True):
            choice = QToolButton()
            choice.setObjectName("filterChip")
            choice.setText(name)
            choice.setCheckable(True)
            choice.setChecked(shown is Shown.ALL)
            self._choices.addButton(choice, shown.value)
            choices.append(choice)
        lines = FlowLayout(self, SMALL)
        lines.setContentsMargins(WIDE, SMALL, WIDE, SMALL)
        for group in (
            choices,
            [self.reasons, self.summary],
            [self.words, self.count],
            [self.mend_button, self.section_button, self.rule_button],
        ):
            lines.addWidget(_group(group))


def _group(widgets: Sequence[QWidget]) -> QWidget:
    """Widgets side by side, never apart and never cut."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SMALL)
    for widget in widgets:
        line.addWidget(widget)
    return made
