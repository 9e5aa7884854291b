"""The search box: what is typed, what was wrong with it, its filters as chips, and what helps with typing it.

In: the library, for completions and an overview; what was asked before.  Out: the query, when typing has paused.
Separate from the list: a query is a text of its own language, and everything that can be clicked here only writes into
that text.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from archive_viewer.library import Overview
from archive_viewer.search.asked import Asked
from archive_viewer.ui import icons, theme
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.completion_popup import CompletionPopup
from archive_viewer.ui.completions import Completions
from archive_viewer.ui.query_line import QueryLine
from archive_viewer.ui.search_history import SearchHistory
from archive_viewer.ui.search_options import SearchOptions
from archive_viewer.ui.timers import debounced

TYPING_MS = 160
CHIP_CHARACTERS = 24
FILTER = re.compile(r'(?<!\S)-?[a-z]+:(?:"[^"]*"|[^\s"]+)')


class SearchBox(QWidget):
    """Signals: ``searched`` – the query, after a pause or Enter; ``entered`` – Enter where there was nothing new;
    ``left_down`` – the Down key: the list is wanted; ``save_wanted`` – the star; ``help_wanted`` – F1 or the question
    mark."""

    searched = Signal(str)
    entered = Signal()
    left_down = Signal()
    save_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typing = debounced(self, TYPING_MS, self._search)
        self._history: SearchHistory | None = None
        self._is_saved = self._can_save = False
        self.box = QueryLine(self.tr("Search every page"))
        self.box.setAccessibleName(self.tr("Search the library"))
        self.box.setToolTip(
            self.tr(
                "Words, “a phrase”, OR, -without, begin*, w?ld, near~, this NEAR/5 that, title: author: site: tag: "
                "note:, sounds:name, has:mark, published:2021.  F1 shows all that can be asked."
            )
        )
        self._glass = self._in_box("", QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self._in_box(self.tr("Leave the search"))
        self._clear.triggered.connect(lambda: self.set_query(""))
        self.star = self._in_box(self.tr("Save This Search"))
        self.star.triggered.connect(self.save_wanted)
        self.question = self._in_box(self.tr("What can be asked (F1)"))
        self.question.triggered.connect(self.help_wanted)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._enter)
        self.completions = Completions(self.box)
        self.completions.completed.connect(self._typed)
        self.asked_before = CompletionPopup(self.box, self.tr("What was asked before"))
        self.asked_before.picked.connect(self._ask_again)
        self.box.textEdited.connect(self.asked_before.hide)
        self.box.installEventFilter(self)
        self.filter = QToolButton()
        self.filter.setObjectName("iconButton")
        self.filter.setIconSize(QSize(18, 18))
        self.filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.filter.setAccessibleName(self.tr("Where and how to search"))
        self.filter.setToolTip(self.tr("Where and how to search, and filters to add"))
        self.options = SearchOptions(self)
        self.options.switched.connect(self._search_again)
        self.options.term_wanted.connect(self.add)
        self.any_spelling = self.options.any_spelling
        self.filter.setMenu(self.options)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.TIGHT)
        self.fault = QLabel(wordWrap=True)
        self.fault.setObjectName("fault")
        self.fault.hide()
        first = QHBoxLayout()
        first.setSpacing(theme.TIGHT)
        first.addWidget(self.box, 1)
        first.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.BASE, theme.BASE, theme.SMALL, 0)
        layout.setSpacing(theme.TIGHT)
        layout.addLayout(first)
        layout.addLayout(self._chips)
        layout.addWidget(self.fault)
        self.setFocusProxy(self.box)
        self._show_signs()
        self._colour()

    def _in_box(
        self, name: str, where: QLineEdit.ActionPosition = QLineEdit.ActionPosition.TrailingPosition
    ) -> QAction:
        action = QAction(name, self)
        self.box.addAction(action, where)
        return action

    def attach(self, bridge: Bridge | None) -> None:
        """Complete from another library, or none."""
        self.completions.attach(bridge)
        self.asked_before.hide()

    def remember(self, history: SearchHistory) -> None:
        """Offer what was asked before, and add to it."""
        self._history = self.options.history = history

    def remember_query(self) -> None:
        """What is asked was meant: it was looked into."""
        if self._history is not None and self.fault.isHidden():
            self._history.add(self.query)

    @property
    def asked(self) -> Asked:
        """What is typed, and the switches beside it."""
        typed = self.box.text().strip()
        return Asked(typed, self.options.places, self.any_spelling.isChecked())

    @property
    def query(self) -> str:
        """What is asked: what is typed, where it is sought, and how names are."""
        return self.asked.query

    def set_query(self, query: str) -> None:
        """Write a query into the box and ask at once."""
        asked = Asked.of(query)
        if not self.options.can_say(asked.places):
            asked = Asked(query)
        if query:
            self.options.take(asked.places, asked.is_any_spelling)
        self.box.setText(asked.typed)
        self.completions.dismiss()
        self._search_again()

    def show_fault(self, sentence: str, position: int | None = None) -> None:
        """Say what is wrong with the query, or nothing; ``position``: where in it, in code points."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        before = len(self.box.text()) - len(self.box.text().lstrip())
        self.box.underline(before + self.asked.place_in_typed(position) if position is not None else None)

    def show_saved(self, is_saved: bool, can_save: bool) -> None:
        """Whether the query is a saved one, and whether it could be."""
        self._is_saved, self._can_save = is_saved, can_save
        self._show_signs()
        self._colour()

    @Slot(object)
    def follow_overview(self, overview: Overview) -> None:
        """What the filters can be about."""
        self.options.follow_overview(overview)

    def filters(self) -> list[str]:
        """The parts of the query that are filters: a field and what it must hold."""
        return FILTER.findall(self.box.text())

    @Slot(str)
    def add(self, term: str) -> None:
        """Put a filter, or the beginning of one, behind what is typed."""
        before = self.box.text().rstrip()
        self.box.setText(f"{before} {term}".lstrip())
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if term.endswith(":"):
            self.completions.ask()

    # -- typing -------------------------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        self._show_signs()
        self._typing.start()

    def _show_signs(self) -> None:
        """In an empty box a question mark, in another what can be done with a query."""
        is_empty = not self.box.text()
        self._clear.setVisible(not is_empty)
        self.star.setVisible(not is_empty and self._can_save)
        self.question.setVisible(is_empty)

    @Slot()
    def _enter(self) -> None:
        self.completions.dismiss()
        self.remember_query()
        if self._typing.isActive():
            self._typing.stop()
            self._search()
        else:
            self.entered.emit()

    @Slot()
    def _search_again(self) -> None:
        self._typing.stop()
        self._search()

    @Slot(str)
    def _ask_again(self, query: str) -> None:
        self.set_query(query)
        self.remember_query()

    def _search(self) -> None:
        self._show_chips()
        self.searched.emit(self.query)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # These belong to the window as well; in the box they are the box's own.
            is_escape = event.key() == Qt.Key.Key_Escape and self._is_popup_open()
            if is_escape or (event.key() == Qt.Key.Key_F1 and not event.modifiers()):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._obey(event)
        elif event.type() == QEvent.Type.FocusOut:
            self.completions.dismiss()
            self.asked_before.hide()
        return super().eventFilter(watched, event)

    def _is_popup_open(self) -> bool:
        return self.completions.popup.isVisible() or self.asked_before.isVisible()

    def _obey(self, event: QKeyEvent) -> bool:
        """Take a key of the box; tells whether it was taken."""
        if self.completions.popup.obey(event) or self.asked_before.obey(event):
            return True
        key = event.key()
        if key == Qt.Key.Key_Down and (event.modifiers() & Qt.KeyboardModifier.AltModifier or not self.box.text()):
            if not self._offer_asked_before():
                self.left_down.emit()
        elif key == Qt.Key.Key_Down:
            self.left_down.emit()
        elif key == Qt.Key.Key_Escape and self.box.text():
            self.set_query("")
        elif key == Qt.Key.Key_F1:
            self.help_wanted.emit()
        elif key == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.completions.ask(is_asked_for=True)
        else:
            return False
        return True

    def _offer_asked_before(self) -> bool:
        """Open the list of what was asked before, if there is any."""
        self.completions.dismiss()
        found = self._history.suggestions(self.box.text().strip()) if self._history is not None else []
        self.asked_before.offer(found)
        return bool(found)

    # -- filters ------------------------------------------------------------------------------------------------

    def _show_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if not self.options.is_usual:
            name = self.tr("Search in everything again")
            self._add_chip(self.options.names_of_places(), name).clicked.connect(self.options.search_everywhere)
        for term in self.filters():
            name = self.tr("Take the filter {filter} away").format(filter=term)
            self._add_chip(term, name).clicked.connect(lambda _checked, term=term: self._take_away(term))
        if self.any_spelling.isChecked():
            name = self.tr("Seek names only as they are spelled")
            self._add_chip(self.tr("Any spelling"), name).clicked.connect(lambda: self.any_spelling.setChecked(False))
        if self._chips.count():
            self._chips.addStretch(1)

    def _add_chip(self, text: str, name: str) -> QToolButton:
        """A chip that is taken away by a click; ``name``: what the click does."""
        shown = text if len(text) <= CHIP_CHARACTERS else text[: CHIP_CHARACTERS - 1] + "…"
        chip = QToolButton()
        chip.setObjectName("chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setText(shown.replace("&", "&&"))
        chip.setIcon(icons.icon("close", self.palette()))
        chip.setIconSize(QSize(12, 12))
        chip.setToolTip(f"{text}\n{name}")
        chip.setAccessibleName(name)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chips.addWidget(chip)
        return chip

    def _take_away(self, term: str) -> None:
        before, _, after = self.box.text().partition(term)
        self.box.setText(f"{before.rstrip()} {after.lstrip()}".strip())
        self._search_again()

    # -- looks --------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        palette = self.palette()
        self._glass.setIcon(icons.icon("search", palette))
        self._clear.setIcon(icons.icon("close", palette))
        self.star.setIcon(icons.icon("star-full" if self._is_saved else "star", palette))
        self.star.setText(self.tr("This Search Is Saved") if self._is_saved else self.tr("Save This Search"))
        self.question.setIcon(icons.icon("help", palette))
        self.filter.setIcon(icons.icon("filter", palette))
