"""The dialog that arranges pages by a rule: which pages, by what, and below which unit, with what would come of it.

In: the pages that may be meant, the unit that is chosen.  Out: a plan to be carried out.  Until then nothing is
changed; the plan is made anew by the library whenever another choice is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library
from archive_viewer.model import ArrangementPlan, ArrangingRule, PlannedUnit, Unit
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.choice_box import ChoiceBox
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style
from archive_viewer.ui.year_grounds import Grounds, grounds_of

RULES: tuple[ArrangingRule, ...] = ("site", "year", "folder")


@dataclass(frozen=True)
class Pages:
    """Pages that may be meant: what they are called now, and how the library tells their ids, in their order."""

    name: Callable[[], str]
    read: Callable[[Library], Sequence[str]]


class PlanModel(QAbstractListModel):
    """The units of a plan as rows, those below others set in."""

    def __init__(self) -> None:
        super().__init__()
        self._units: Sequence[PlannedUnit] = ()
        self._grounds: Sequence[Grounds] = ()
        self._levels: Mapping[str, str] = {}

    def show_plan(self, units: Sequence[PlannedUnit], grounds: Sequence[Grounds], levels: Mapping[str, str]) -> None:
        """``grounds``: of each unit, where the years of its pages are known from."""
        self.beginResetModel()
        self._units, self._grounds, self._levels = units, grounds, levels
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._units)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(self._units[index.row()], self._grounds[index.row()])
        return row if role == ROW else row.text

    def _row(self, unit: PlannedUnit, grounds: Grounds) -> Row:
        *above, title = unit.titles
        pages = wording.counted(len(unit.item_ids), self.tr("page"), self.tr("pages"))
        known = self.tr("is there already") if unit.unit_id else ""
        level = self._levels.get(unit.levels[-1], unit.levels[-1])
        detail = wording.joined(level, pages, *grounds.words, known, " / ".join(above))
        lines = (Line(title, Style.TITLE), Line(detail, Style.SMALL))
        return Row(lines, icon="check" if unit.unit_id else "plus")


class SortingDialog(QDialog):
    """``wanted``: the plan that is to be carried out."""

    wanted = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        levels: Mapping[str, str],
        pages: Sequence[Pages],
        unit: Unit | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Arrange by a rule"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(540, 560)
        self._bridge, self._levels, self._pages = bridge, levels, pages
        self._plan: ArrangementPlan | None = None
        self.pages_box = ChoiceBox()
        for choice in pages:
            self.pages_box.addItem(choice.name())
        names = (self.tr("&Site"), self.tr("&Year of publication or capture"), self.tr("&Folder"))
        self.rules = QButtonGroup(self)
        line = QHBoxLayout()
        for number, name in enumerate(names):
            button = QRadioButton(name)
            button.setChecked(number == 0)
            self.rules.addButton(button, number)
            line.addWidget(button)
        line.addStretch(1)
        self.parent_box = ChoiceBox()
        if unit is not None:
            self.parent_box.addItem(self.tr("In “{title}”").format(title=unit.title), unit.id)
        self.parent_box.addItem(self.tr("At the top"), "")
        form = QFormLayout()
        form.setSpacing(theme.SMALL)
        form.addRow(self.tr("&Pages"), self.pages_box)
        form.addRow(self.tr("By"), line)
        form.addRow(self.tr("New &units"), self.parent_box)
        self.model = PlanModel()
        self.model.setParent(self)
        self.view = RowView(self.tr("What would come of it"))
        self.view.setObjectName("choices")
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.empty = EmptyState(self.view)
        self.effect = QLabel(wordWrap=True)
        self.effect.setAccessibleName(self.tr("What the rule would do"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.arranging = buttons.addButton(self.tr("&Arrange"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.arranging.clicked.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addLayout(form)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.effect)
        layout.addWidget(buttons)
        self.rules.buttonClicked.connect(self.ask)
        self.pages_box.currentIndexChanged.connect(self.ask)
        self.parent_box.currentIndexChanged.connect(self.ask)
        self.ask()

    def follow(self) -> None:
        """The library has changed: count and plan anew; what is chosen stays chosen."""
        for place, choice in enumerate(self._pages):
            self.pages_box.setItemText(place, choice.name())
        self.ask()

    def ask(self) -> None:
        """Let the library plan; an older plan is dropped."""
        self._plan = None
        self.arranging.setEnabled(False)
        self.effect.setText(self.tr("Looking at the pages…"))
        rule = RULES[self.rules.checkedId()]
        parent_id = str(self.parent_box.currentData())
        read = self._pages[self.pages_box.currentIndex()].read

        def plan(library: Library) -> tuple[ArrangementPlan, list[Grounds]]:
            made = library.arrange_by(rule, parent_id, read(library))
            return made, grounds_of(library, made)

        self._bridge.ask(plan, self._show, owner=self, newest=("plan", id(self)), failed=self._refuse)

    def _show(self, found: tuple[ArrangementPlan, list[Grounds]]) -> None:
        plan, grounds = found
        self._plan = plan
        self.model.show_plan(plan.units, grounds, self._levels)
        self.arranging.setEnabled(plan.item_count > 0)
        self.effect.setText(self._effect_of(plan, sum(grounds, Grounds())))
        known = {
            "site": self.tr("None of these pages has a site."),
            "year": self.tr("None of these pages has a publication date or a capture date."),
            "folder": self.tr("None of these pages came in a folder."),
        }
        self.empty.say(self.tr("Nothing to arrange"), known[plan.rule] if plan.left_out else "", "arrange")

    def _effect_of(self, plan: ArrangementPlan, grounds: Grounds) -> str:
        units = wording.counted(plan.new_unit_count, self.tr("unit"), self.tr("units"))
        pages = wording.counted(plan.item_count, self.tr("page"), self.tr("pages"))
        said = self.tr("{units} would be made and {pages} put in place.").format(units=units, pages=pages)
        if plan.rule == "year" and plan.units:
            said = f"{said}  {self._years_of(grounds)}"
        if plan.left_out:
            left = wording.counted(len(plan.left_out), self.tr("page"), self.tr("pages"))
            unknown = {
                "site": self.tr("Not moved: {pages} without a site."),
                "year": self.tr("Not moved: {pages} without a publication date or a capture date."),
                "folder": self.tr("Not moved: {pages} that came in no folder."),
            }
            said = f"{said}  {unknown[plan.rule].format(pages=left)}"
        return said

    def _years_of(self, grounds: Grounds) -> str:
        """Which years these are."""
        if not grounds.captured:
            return self.tr("The year is that of publication.")
        pages = wording.counted(grounds.captured, self.tr("page"), self.tr("pages"))
        said = self.tr("The year is that of publication; where none is known, of capture: {pages}.")
        if not grounds.by_file:
            return said.format(pages=pages)
        files = self.tr("{pages}, {count} of them only by the time of the file, when it was saved or copied")
        return said.format(pages=files.format(pages=pages, count=wording.number(grounds.by_file)))

    def _refuse(self, error: ArchiveViewerError) -> None:
        self.model.show_plan((), (), {})
        self.effect.setText(str(error))

    def _take(self) -> None:
        if self._plan is not None:
            self.wanted.emit(self._plan)
            self.accept()
