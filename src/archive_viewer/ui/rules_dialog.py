"""The rules for sites: which there are, to be switched off and on again, or taken away.

In: the library's rules.  Out: one write for each act, all of them undone like any other.  Separate from the dialog that
makes a rule, because a rule is looked at when its page is long forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from archive_viewer.library import Changes, Library
from archive_viewer.model import Fate, Likeness, SiteRule
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.rows import ROW, Line, Row, RowView, Style


class RulesModel(QAbstractListModel):
    """Rules as rows, site by site."""

    def __init__(self) -> None:
        super().__init__()
        self._rules: list[SiteRule] = []

    def show_rules(self, rules: Sequence[SiteRule]) -> None:
        self.beginResetModel()
        self._rules = list(rules)
        self.endResetModel()

    def rule(self, index: QModelIndex | QPersistentModelIndex) -> SiteRule:
        return self._rules[index.row()]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rules)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        rule = self._rules[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(rule.keys) if rule.likeness is Likeness.PLACE else rule.sample
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(rule)
        return row if role == ROW else row.text

    def _row(self, rule: SiteRule) -> Row:
        fate = self.tr("always taken out") if rule.fate is Fate.STRIPPED else self.tr("always kept")
        like = self.tr("what stands in its place") if rule.likeness is Likeness.PLACE else self.tr("these words")
        off = "" if rule.is_on else self.tr("switched off")
        return Row(
            (
                Line(wording.joined(rule.site, fate, off), Style.TITLE),
                Line(f"“{rule.sample}”", Style.TEXT, 2),
                Line(wording.joined(like, wording.moment(rule.created_at)), Style.SMALL),
            ),
            icon="stripped" if rule.fate is Fate.STRIPPED else "clean",
            is_dim=not rule.is_on,
        )


class RulesDialog(QDialog):
    """The rules of a library."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Rules for sites"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 480)
        self._bridge = bridge
        self.model = RulesModel()
        self.model.setParent(self)
        self.view = RowView(self.tr("Rules, site by site"))
        self.view.setModel(self.model)
        self.view.setObjectName("choices")
        self.view.setUniformItemSizes(False)
        self.view.selectionModel().selectionChanged.connect(self._follow_selection)
        self.view.activated.connect(self._switch)
        self.empty = EmptyState(self.view)
        self.empty.say(
            self.tr("There is no rule yet"),
            self.tr("Make one in “What was stripped”: choose a paragraph there, and then Always…"),
            "stripped",
        )
        effect = QLabel(
            self.tr(
                "A rule holds for the pages of its site that are here and for those that come in.  What you decided on "
                "a single page goes before it."
            ),
            wordWrap=True,
        )
        effect.setObjectName("quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.switching = buttons.addButton(self.tr("&Switch Off"), QDialogButtonBox.ButtonRole.ActionRole)
        self.deleting = buttons.addButton(self.tr("&Delete"), QDialogButtonBox.ButtonRole.ActionRole)
        self.switching.clicked.connect(self._switch)
        self.deleting.clicked.connect(self._delete)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(self.view, 1)
        layout.addWidget(effect)
        layout.addWidget(buttons)
        bridge.changed.connect(self._follow_changes)
        bridge.changed_elsewhere.connect(self.refresh)
        self._follow_selection()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the rules."""
        self._bridge.ask(Library.rules, self._show, owner=self, newest="rules")

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        if changes.rules:
            self.refresh()

    def _show(self, rules: list[SiteRule]) -> None:
        picked = self._picked()
        self.model.show_rules(rules)
        rows = [self.model.index(row) for row in range(self.model.rowCount())]
        same = (index for index in rows if picked is not None and self.model.rule(index).id == picked.id)
        index = next(same, rows[0] if rows else QModelIndex())
        self.view.setCurrentIndex(index)
        self._follow_selection()

    def _picked(self) -> SiteRule | None:
        chosen = self.view.selectedIndexes()
        return self.model.rule(chosen[0]) if chosen else None

    @Slot()
    def _follow_selection(self) -> None:
        picked = self._picked()
        may_change = picked is not None and self._bridge.library.is_writable
        for button in (self.switching, self.deleting):
            button.setEnabled(may_change)
        is_off = picked is not None and not picked.is_on
        self.switching.setText(self.tr("&Switch On") if is_off else self.tr("&Switch Off"))

    @Slot()
    def _switch(self) -> None:
        self._change(lambda library, rule: library.switch_rule(rule.id, not rule.is_on))

    @Slot()
    def _delete(self) -> None:
        self._change(lambda library, rule: library.delete_rule(rule.id))

    def _change(self, act: Callable[[Library, SiteRule], None]) -> None:
        picked = self._picked()
        if picked is not None and self._bridge.library.is_writable:
            self._bridge.do(lambda library: act(library, picked))
