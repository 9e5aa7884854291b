"""The part of the list's pane that narrows it: what the pages that are found, or all, have in each field, with counts.

In: the query and the part of the collection that the list shows.  Out: the query's text with one filter more or less.
Separate from the search box: here nothing is typed, and everything that can be clicked only writes into that text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from archive_viewer.library import Changes, Facet, Facets, FacetValue, Scope
from archive_viewer.search.narrowing import filters, with_filter, without_filter
from archive_viewer.ui import icons, theme
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.children import Searcher
from archive_viewer.ui.facet_tree import FacetTree, row_height
from archive_viewer.ui.searcher_question import SearcherQuestion
from archive_viewer.ui.timers import Throttle

BUSY_AFTER_MS = 400
REFRESH_MS = 1_500
SHARE = 0.42
"""Of the height of the list's pane: the list itself stays the larger part."""

LEAST_ROWS = 4


class FacetsPane(QWidget):
    """``typed``: gives what stands in the search box.  Signals: ``narrowed`` – what is to stand there; ``arranged`` –
    the pane, or a field in it, was folded or unfolded."""

    narrowed = Signal(str)
    arranged = Signal()

    def __init__(self, typed: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = typed
        self._question: SearcherQuestion | None = None
        self._query, self._scope = "", Scope()
        self._whole: set[str] = set()
        self._refreshing = Throttle(self, REFRESH_MS, self._ask)
        self._busy = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._busy.timeout.connect(lambda: self._say(self.tr("Counting…")))
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setObjectName("quietButton")
        self.button.setText(self.tr("Narrow"))
        self.button.setToolTip(self.tr("Show how many pages are of which site, author, year …"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(12, 12))
        self.button.toggled.connect(self._fold)
        self.said = QLabel()
        self.said.setObjectName("quiet")
        self.tree = FacetTree()
        self.tree.chosen.connect(self._narrow)
        self.tree.let_go.connect(lambda field, value: self.narrowed.emit(without_filter(self._typed(), field, value)))
        self.tree.more_wanted.connect(self._show_all)
        self.tree.folded.connect(self.arranged)
        self.tree.laid_out.connect(self._fit)
        self.tree.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        head.addWidget(self.button)
        head.addStretch(1)
        head.addWidget(self.said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.HAIR)
        layout.addLayout(head)
        layout.addWidget(self.tree)
        self._fold()

    # -- from outside -------------------------------------------------------------------------------------------

    def attach(self, bridge: Bridge | None, searcher: Searcher | None) -> None:
        """Show another library, or none."""
        if self._question is not None:
            self._question.deleteLater()
        self._question = None
        self._whole.clear()
        self._busy.stop()
        self._say("")
        self.tree.show_facets(Facets(0, ()), [])
        if bridge is not None and searcher is not None:
            self._question = SearcherQuestion(searcher.child, "facets", self)
            self._question.answered.connect(self._show)
            self._question.refused.connect(self._leave_as_it_is)
            bridge.changed.connect(self._follow_changes)
            bridge.changed_elsewhere.connect(self._refreshing.ask)

    def ask(self, query: str, scope: Scope) -> None:
        """Count what this query finds in this part of the collection, or all of it."""
        if query != self._query:
            self._whole.clear()
        self._query, self._scope = query, scope
        self._ask()

    @property
    def is_open(self) -> bool:
        return self.button.isChecked()

    def state(self) -> dict[str, Any]:
        """What is to be remembered of how the pane is folded."""
        return {"open": self.is_open, "fields": self.tree.unfolded_fields()}

    def restore(self, state: dict[str, Any]) -> None:
        """Fold the pane as it was."""
        if isinstance(fields := state.get("fields"), list):
            self.tree.unfold(str(field) for field in fields)
        self.button.setChecked(state.get("open") is True)

    # -- asking -------------------------------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        if self._question is None or not self.is_open:
            return
        scope = [self._scope.kind, self._scope.value]
        self._question.ask(query=self._query, scope=scope, unfolded=sorted(self._whole))
        if not self._busy.isActive():
            self._busy.start()

    @Slot(object)
    def _follow_changes(self, changes: Changes) -> None:
        # A new tag on a mark, or a unit's new name, changes the counts and not the list.
        if changes.annotations or changes.units:
            self._refreshing.ask()

    @Slot(object, object)
    def _show(self, question: dict[str, Any], answer: dict[str, Any]) -> None:
        self._busy.stop()
        facets = _facets(answer["facets"])
        self.tree.show_facets(facets, filters(self._typed()))
        self._say("" if facets.pages else self.tr("No page to count"))

    @Slot(object, str)
    def _leave_as_it_is(self, _question: object, _sentence: str) -> None:
        """The search box says what is wrong with the query."""
        self._busy.stop()
        self._say("")

    # -- narrowing ----------------------------------------------------------------------------------------------

    @Slot(str, bool)
    def _narrow(self, term: str, is_excluded: bool) -> None:
        self.narrowed.emit(with_filter(self._typed(), f"-{term}" if is_excluded else term))

    @Slot(str)
    def _show_all(self, field: str) -> None:
        self._whole.add(field)
        self._ask()

    # -- looks --------------------------------------------------------------------------------------------------

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence if self.is_open else "")

    @Slot()
    def _fold(self) -> None:
        self.tree.setVisible(self.is_open)
        if self.is_open:
            self._ask()
        else:
            self._busy.stop()
            self._say("")
        self._colour()
        self._fit()
        self.arranged.emit()

    @Slot()
    def _fit(self) -> None:
        """As high as its rows, but no higher than a part of the pane."""
        pane = self.parentWidget()
        room = round((pane.height() if pane is not None else 0) * SHARE)
        self.tree.setFixedHeight(min(self.tree.wanted_height(), max(room, LEAST_ROWS * row_height(self.tree))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LayoutDirectionChange):
            self._colour()

    def _colour(self) -> None:
        folded = "left" if self.isRightToLeft() else "right"
        self.button.setIcon(icons.icon("down" if self.is_open else folded, self.palette()))


def _facets(told: dict[str, Any]) -> Facets:
    """Counts as the searcher's message says them."""
    return Facets(
        told["pages"],
        tuple(
            Facet(one["field"], tuple(FacetValue(**value) for value in one["values"]), one["others"])
            for one in told["facets"]
        ),
    )
