"""The dialog that says one element of many pages or units at once, with what would be said before and after.

In: their ids.  Out: a plan that was looked at and is carried out as one step.  Separate from the margin, where one
thing is described: here nothing is changed until the table of what would change has been seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.model import ELEMENT, ELEMENTS, DescriptionPlan, How, Value
from archive_viewer.ui import elements, theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.choice_box import ChoiceBox
from archive_viewer.ui.element_field import ProseEdit
from archive_viewer.ui.timers import debounced
from archive_viewer.ui.typing_dialog import Button, TypingDialog

HOWS: tuple[How, ...] = ("set", "add", "clear")
PREVIEW_MS = 250
FIRST = ("author", "published", "dates", "language", "reproduction", "access", "subject")
"""Elements that are said of many at once most often; the others follow in their order."""


class PlanModel(QAbstractTableModel):
    """What a plan would change, line by line: title, before, after."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: DescriptionPlan | None = None

    def show_plan(self, plan: DescriptionPlan | None) -> None:
        self.beginResetModel()
        self._plan = plan
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        is_inside = parent is not None and parent.isValid()
        return 0 if is_inside or self._plan is None else len(self._plan.changes)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Page or unit"), self.tr("Before"), self.tr("After"))[section]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._plan is None:
            return None
        change = self._plan.changes[index.row()]
        words = (change.title, self._said(change.before), self._after(change.after))[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words.replace("\n", " ") if role == Qt.ItemDataRole.DisplayRole else words
        return None

    def _said(self, value: Value | None) -> str:
        return elements.typed_text(value) or "—"

    def _after(self, value: Value | None) -> str:
        return self._said(value) if value is not None else self.tr("(what is known without it)")


class DescribeDialog(TypingDialog):
    """``described``: how many pages and units were changed.  ``what`` says what they are."""

    described = Signal(int)

    def __init__(self, bridge: Bridge, ids: Sequence[str], what: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Describe many"), parent)
        self.resize(640, 520)
        self._bridge, self._ids = bridge, list(ids)
        self._plan: DescriptionPlan | None = None
        self._asked = 0
        head = QLabel(what, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        head.setObjectName("quoted")
        self.element_box = ChoiceBox()
        offered = sorted(
            (one for one in ELEMENTS if one.of_items and not one.is_arranged),
            key=lambda one: FIRST.index(one.key) if one.key in FIRST else len(FIRST),
        )
        for one in offered:
            self.element_box.addItem(elements.name(one.key), one.key)
        self.element_box.setMaxVisibleItems(len(offered))
        self.hows = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(theme.WIDE)
        for number, text in enumerate((self.tr("&Set"), self.tr("A&dd"), self.tr("Clea&r what was typed"))):
            button = QRadioButton(text)
            button.setChecked(number == 0)
            self.hows.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self.edit = ProseEdit()
        self.edit.setAccessibleName(self.tr("Value"))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.WIDE)
        form.addRow(self.tr("&Element"), self.element_box)
        form.addRow(self.tr("What to do"), row)
        form.addRow(self.tr("&Value"), self.edit)
        self.said = QLabel(wordWrap=True)
        self.said.setAccessibleName(self.tr("What would change"))
        self.fault = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.fault.setObjectName("fieldGrave")
        self.fault.hide()
        self.model = PlanModel()
        self.model.setParent(self)
        self.view = QTableView()
        self.view.setObjectName("prospects")
        self.view.setAccessibleName(self.tr("Before and after"))
        self.view.setModel(self.model)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.saving = self.buttons.button(Button.Save)
        self.saving.setText(self.tr("&Describe"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(head)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.said)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        self._previewing = debounced(self, PREVIEW_MS, self.preview)
        self.element_box.currentIndexChanged.connect(self._begin)
        self.hows.idClicked.connect(self._begin)
        self.edit.textChanged.connect(self._begin)
        self.edit.textChanged.connect(self.go_on)
        self.element_box.setFocus()
        self.watch(lambda: self.edit.toPlainText().strip())
        self._begin()

    def choose(self, key: str, how: How = "set") -> None:
        """Choose an element and what to do, as if by hand."""
        self.element_box.setCurrentIndex(self.element_box.findData(key))
        self.hows.button(HOWS.index(how)).click()

    @property
    def how(self) -> How:
        return HOWS[self.hows.checkedId()]

    @property
    def value(self) -> Value | None:
        return elements.value_of(ELEMENT[self.element_box.currentData()], self.edit.toPlainText())

    @Slot()
    def _begin(self) -> None:
        """Something was changed: what was previewed does not hold any more."""
        self._asked += 1
        self._plan = None
        self.saving.setEnabled(False)
        self.edit.setEnabled(self.how != "clear")
        self.edit.setPlaceholderText(elements.example(ELEMENT[self.element_box.currentData()]))
        self._previewing.start()

    @Slot()
    def preview(self) -> None:
        """Ask what would change."""
        key, how, value, ids, number = self.element_box.currentData(), self.how, self.value, self._ids, self._asked
        if value is None and how != "clear":
            self._show_nothing("", self.tr("Type what shall be said."))
            return

        def show(plan: DescriptionPlan) -> None:
            if number == self._asked:
                self._show(plan)

        def refuse(error: ArchiveViewerError) -> None:
            if number == self._asked:
                self._show_nothing(str(error), "")

        self._bridge.ask(
            lambda library: library.describe_many(ids, key, value if value is not None else "", how),
            show,
            owner=self,
            failed=refuse,
        )

    def _show(self, plan: DescriptionPlan) -> None:
        self._plan = plan
        self._show_fault("")
        self.model.show_plan(plan)
        said = [self.tr("{count} would change").format(count=wording.number(len(plan.changes)))]
        if plan.unchanged:
            already = self.tr("1 says so already") if plan.unchanged == 1 else self.tr("{count} say so already")
            said.append(already.format(count=wording.number(plan.unchanged)))
        self.said.setText(f"{'; '.join(said)}.")
        self.saving.setEnabled(bool(plan.changes) and self._bridge.library.is_writable)

    def _show_nothing(self, fault: str, said: str) -> None:
        self._show_fault(fault)
        self.said.setText(said)
        self.model.show_plan(None)

    def _show_fault(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def accept(self) -> None:
        """Carry out what was previewed, as one step; the dialog stays where that is refused."""
        plan = self._plan
        if plan is None or not plan.changes:
            return
        self.saving.setEnabled(False)

        def done(count: int) -> None:
            self.described.emit(count)
            super(DescribeDialog, self).accept()

        def refuse(error: ArchiveViewerError) -> None:
            self._show_fault(str(error))

        self._bridge.do(lambda library: library.carry_out(plan), done, owner=self, failed=refuse)
