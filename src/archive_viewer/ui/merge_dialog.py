"""The dialog before two libraries become one: what would come, what is here already, and what a person has to decide.

In: another library's folder.  Out: ``merge_wanted``.  It changes nothing itself; the comparing is done off the main
thread, and the dialog can be closed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.jobs.job import Job
from archive_viewer.library import Choice, Library, MergePlan
from archive_viewer.ui import theme, thing_names, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.comparing import Comparing
from archive_viewer.ui.conflict_model import HERE, HOLDS, THERE, WHAT, ConflictModel
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.facts_pane import Field, FieldsPane

Choices = Mapping[tuple[str, str], Choice]
HOLDS_WIDTH = 110
MOST_NAMES = 50
"""Of one kind; the rest is counted."""


class MergeDialog(QDialog):
    """``merge_wanted``: what was decided of each conflict, and whether pages come whose very files are here."""

    merge_wanted = Signal(object, bool)

    def __init__(self, bridge: Bridge, name: str, other: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge a library"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, 580)
        self._bridge = bridge
        self._other = other
        self._plan: MergePlan | None = None
        self.model = ConflictModel()
        self.model.setParent(self)
        title = QLabel(
            self.tr("Merge “{other}” into “{name}”").format(other=other.name, name=name),
            textFormat=Qt.TextFormat.PlainText,
            wordWrap=True,
        )
        title.setObjectName("pageTitle")
        self.summary = QLabel(self.tr("Comparing the two libraries…"), wordWrap=True)
        self.comparing = Comparing(self)
        self.account = FieldsPane(self.tr("What would come"))
        self.account.setObjectName("prospectDetails")
        self.account.setMinimumWidth(220)
        self.doubles = QCheckBox(self.tr("Take pages in &doubly whose very files are here"))
        self.doubles.setToolTip(self.tr("Else what was made of them there goes to the pages here."))
        self.doubles.hide()
        self.doubles.toggled.connect(self._compare)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.SMALL, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.account, 1)
        column.addWidget(self.doubles)
        self._build_conflicts(right)
        right.setMinimumWidth(420)
        self.conflicts = right
        panes = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        panes.setHandleWidth(1)
        panes.addWidget(left)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        panes.setSizes([260, 640])
        effect = QLabel(
            self.tr(
                "The other library is only read.  Edit > Undo takes the merging back: pages that came go to the bin."
            ),
            wordWrap=True,
        )
        effect.setObjectName("quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.going = buttons.addButton(self.tr("&Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.going.setEnabled(False)
        self.going.clicked.connect(self._merge)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(title)
        layout.addWidget(self.summary)
        layout.addWidget(self.comparing)
        layout.addWidget(panes, 1)
        layout.addWidget(effect)
        layout.addWidget(buttons)
        self.model.decided.connect(self._follow_choices)
        self._compare()

    def _build_conflicts(self, ground: QWidget) -> None:
        self.table = QTreeView(rootIsDecorated=False, uniformRowHeights=True)
        self.table.setObjectName("choices")
        self.table.setAccessibleName(self.tr("What the two libraries say differently"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setModel(self.model)
        columns = self.table.header()
        columns.setStretchLastSection(False)
        for place in (WHAT, HERE, THERE):
            columns.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        columns.resizeSection(HOLDS, HOLDS_WIDTH)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.empty = EmptyState(self.table)
        self.empty.say(self.tr("Comparing…"), self.tr("Nothing is changed yet."), "search")
        self.details = FieldsPane(self.tr("How it differs"))
        self.details.setObjectName("prospectDetails")
        self.selected, self.all = QWidget(), QWidget()
        self.of_selected = self._choice_buttons(self.selected, self.tr("Selected:"), self._picked)
        self.of_all = self._choice_buttons(self.all, self.tr("All:"), lambda: range(self.model.rowCount()))
        row = QHBoxLayout()
        row.setSpacing(theme.WIDE)
        row.addWidget(self.selected)
        row.addStretch(1)
        row.addWidget(self.all)
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(theme.SMALL, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.details, 2)
        layout.addLayout(row)
        self._follow_selection()

    def _choice_buttons(
        self, ground: QWidget, label: str, rows: Callable[[], Iterable[int]]
    ) -> dict[Choice, QToolButton]:
        layout = QHBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.TIGHT)
        layout.addWidget(QLabel(label))
        words: dict[Choice, str] = {"ours": self.tr("Ours"), "theirs": self.tr("Theirs"), "both": self.tr("Both")}
        made: dict[Choice, QToolButton] = {}
        for choice, word in words.items():
            button = QToolButton()
            button.setText(word)
            button.setObjectName("filterChip")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(f"{label} {word}")
            button.clicked.connect(lambda _=False, choice=choice: self.model.choose(rows(), choice))
            layout.addWidget(button)
            made[choice] = button
        made["both"].setToolTip(
            self.tr(
                "A mark, a link, a rule or a saved search is there twice, of a page the tags are joined, two "
                "units bear a reference code; other things cannot be both."
            )
        )
        return made

    # -- comparing ----------------------------------------------------------------------------------------------

    @Slot()
    def _compare(self) -> None:
        with_duplicates = self.doubles.isChecked()
        other = self._other
        self.going.setEnabled(False)
        self._plan = None
        job = self.comparing.begin()
        self._bridge.ask(
            lambda library: _look(library, other, with_duplicates, job),
            self._show,
            owner=self,
            newest="merging",
            failed=self._fail,
        )

    def _fail(self, error: ArchiveViewerError) -> None:
        self.comparing.end()
        self.summary.setText(str(error))
        self.empty.say(self.tr("The libraries could not be compared"), "", "attention")

    def _show(self, found: tuple[MergePlan, dict[str, str]]) -> None:
        self.comparing.end()
        plan, places = found
        self._plan = plan
        self.account.show_fields(self._account(plan))
        self.doubles.setVisible(bool(plan.duplicates) or self.doubles.isChecked())
        self.empty.say(self.tr("Nothing differs"), self.tr("What both libraries have is the same in both."), "check")
        self.model.show_conflicts(plan.conflicts, places)
        # An empty table would look as if something were still to come.
        self.conflicts.setVisible(bool(plan.conflicts) or not plan.new)
        for widget in (self.details, self.selected, self.all):
            widget.setVisible(bool(plan.conflicts))
        if plan.conflicts:
            self.table.setCurrentIndex(self.model.index(0, WHAT))
            self.table.setFocus()
        elif self.going.isEnabled():
            self.going.setFocus()

    def _account(self, plan: MergePlan) -> list[Field]:
        """All that needs no decision."""
        fields = [Field(self.tr("New"))]
        came = [thing_names.counted(noun, count) for noun, count in plan.new.items()]
        fields.append(Field(self.tr("Would come"), "\n".join(came) or self.tr("nothing")))
        if plan.size:
            fields.append(Field(self.tr("Size"), wording.size(plan.size)))
        same = [thing_names.counted(noun, count) for noun, count in plan.same.items()]
        if same:
            fields += [Field(self.tr("The same")), Field(self.tr("Here already"), "\n".join(same))]
        if plan.duplicates:
            pages = thing_names.counted("item", len(plan.duplicates))
            what = self.tr("Their very files are here, under other ids.")
            fields += [Field(self.tr("Duplicates")), Field(what, pages)]
        if plan.renumbered:
            arrow = self.tr("{before} there becomes {after} here")
            lines = [arrow.format(before=before, after=after) for before, after in plan.renumbered.items()]
            fields += [Field(self.tr("Accessions")), Field(self.tr("Renumbered"), self._capped(lines))]
        if plan.lost:
            lost = self.tr("Lost in the other library")
            fields += [Field(self.tr("Files")), Field(lost, self._capped(plan.lost.values()), is_grave=True)]
        if plan.given_up:
            out = self.tr("Given up here, and left out")
            fields += [Field(self.tr("Given up")), Field(out, self._capped(plan.given_up.values()))]
        return fields

    def _capped(self, lines: Iterable[str]) -> str:
        all_lines = list(lines)
        rest = len(all_lines) - MOST_NAMES
        more = [self.tr("and {count} more").format(count=wording.number(rest))] if rest > 0 else []
        return "\n".join([*all_lines[:MOST_NAMES], *more])

    # -- deciding -----------------------------------------------------------------------------------------------

    def _picked(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedRows()})

    @Slot()
    def _follow_selection(self) -> None:
        rows = self._picked()
        for choice, button in self.of_selected.items():
            button.setEnabled(bool(rows) and (choice != "both" or any(map(self.model.can_double, rows))))
        if len(rows) != 1:
            chosen = self.tr("{count} are selected.").format(count=wording.number(len(rows)))
            self.details.show_fields([Field(self.tr("How it differs")), Field(self.tr("Selection"), chosen)])
            return
        fields = [Field(self.model.title(rows[0]))]
        if meaning := self.model.meaning(rows[0]):
            fields.append(Field(self.tr("What is done"), meaning))
        for name, here, there in self.model.differences(rows[0]):
            fields.append(Field(self.tr("{field}, here").format(field=name), here))
            fields.append(Field(self.tr("{field}, there").format(field=name), there))
        self.details.show_fields(fields)

    @Slot()
    def _follow_choices(self) -> None:
        plan = self._plan
        if plan is None:
            return
        count, undecided = len(plan.conflicts), self.model.undecided
        does_change = bool(plan.new or plan.duplicates or count or plan.size)
        if undecided:
            said = self.tr("{undecided} of {count} differences are still to be decided: which holds?").format(
                undecided=wording.number(undecided), count=wording.number(count)
            )
        elif count:
            said = self.tr("Everything is decided.")
        else:
            said = self.tr("Nothing has to be decided.") if does_change else self.tr("There is nothing new in it.")
        self.summary.setText(said)
        self.going.setEnabled(not undecided and does_change)

    @Slot()
    def _merge(self) -> None:
        if self._plan is not None and not self.model.undecided:
            self.merge_wanted.emit(self.model.choices, self.doubles.isChecked())
            self.accept()


def _look(library: Library, other: Path, with_duplicates: bool, job: Job) -> tuple[MergePlan, dict[str, str]]:
    """What would come, and what the units of the arrangement here are called."""
    titles = {unit.id: unit.title for unit in library.units()}
    return library.merge_plan(other, job.report, with_duplicates=with_duplicates), titles
