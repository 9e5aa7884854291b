"""The search box: what is typed, what was wrong with it, its filters as chips, and a menu that offers filters.

In: an overview of the library (its tags and sites).  Out: the query, when typing has paused.  Separate from the list: a
query is a text of its own language, and everything that can be clicked here only writes into that text.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from archive_viewer.library import Overview
from archive_viewer.model import Format
from archive_viewer.search.any_spelling import in_any_spelling, taken_apart
from archive_viewer.ui import icons, theme, wording
from archive_viewer.ui.timers import debounced

TYPING_MS = 160
OFFERED = 15
CHIP_CHARACTERS = 24
FILTER = re.compile(r'(?<!\S)-?[a-z]+:(?:"[^"]*"|[^\s"]+)')


class SearchBox(QWidget):
    """Signals: ``searched`` – the query, after a pause or Enter; ``entered`` – Enter where there was nothing new;
    ``left_down`` – the Down key: the list is wanted."""

    searched = Signal(str)
    entered = Signal()
    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview: Overview | None = None
        self._typing = debounced(self, TYPING_MS, self._search)
        self.box = QLineEdit(placeholderText=self.tr("Search every page"))
        self.box.setObjectName("searchBox")
        self.box.setAccessibleName(self.tr("Search the library"))
        self.box.setToolTip(
            self.tr(
                "Words, “a phrase”, OR, -without, begin*, w?ld, near~, this NEAR/5 that, title: author: site: tag: "
                "note:, sounds:name, has:mark, published:2021"
            )
        )
        self._glass = QAction(self)
        self.box.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(self.tr("Leave the search"), self, visible=False)
        self._clear.triggered.connect(lambda: self.set_query(""))
        self.box.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._enter)
        self.box.installEventFilter(self)
        self.filter = QToolButton()
        self.filter.setObjectName("iconButton")
        self.filter.setIconSize(QSize(18, 18))
        self.filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.filter.setAccessibleName(self.tr("Filter"))
        self.filter.setToolTip(self.tr("Add a filter to the search"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(lambda action: self.add(action.data()) if action.data() else None)
        self.any_spelling = QAction(self.tr("Names in Any Spelling and Script"), self, checkable=True)
        self.any_spelling.setObjectName("any-spelling")
        self.any_spelling.setToolTip(self.tr("Muttaqi finds Mottaki and متقی too, and Khalilzad finds Khalil Zad"))
        self.any_spelling.toggled.connect(self._search_again)
        self.filter.setMenu(self._menu)
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
        self._colour()

    @property
    def query(self) -> str:
        """What is asked: what is typed, and how names are sought."""
        typed = self.box.text().strip()
        return in_any_spelling(typed) if self.any_spelling.isChecked() else typed

    def set_query(self, query: str) -> None:
        """Write a query into the box and ask at once."""
        typed, is_any = taken_apart(query)
        if query:
            with QSignalBlocker(self.any_spelling):
                self.any_spelling.setChecked(is_any)
        self.box.setText(typed)
        self._search_again()

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong with the query, or nothing."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    @Slot(object)
    def follow_overview(self, overview: Overview) -> None:
        """What the filters can be about."""
        self._overview = overview

    def filters(self) -> list[str]:
        """The parts of the query that are filters: a field and what it must hold."""
        return FILTER.findall(self.box.text())

    def add(self, term: str) -> None:
        """Put a filter, or the beginning of one, behind what is typed."""
        before = self.box.text().rstrip()
        self.box.setText(f"{before} {term}".lstrip())
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- typing -------------------------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        self._clear.setVisible(bool(self.box.text()))
        self._typing.start()

    @Slot()
    def _enter(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._search()
        else:
            self.entered.emit()

    @Slot()
    def _search_again(self) -> None:
        self._typing.stop()
        self._search()

    def _search(self) -> None:
        self._show_chips()
        self.searched.emit(self.query)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.left_down.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.box.text():
                self.set_query("")
                return True
        return super().eventFilter(watched, event)

    # -- filters ------------------------------------------------------------------------------------------------

    def _show_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for term in self.filters():
            shown = term if len(term) <= CHIP_CHARACTERS else term[: CHIP_CHARACTERS - 1] + "…"
            name = self.tr("Take the filter {filter} away").format(filter=term)
            self._add_chip(shown, name).clicked.connect(lambda _checked, term=term: self._take_away(term))
        if self.any_spelling.isChecked():
            name = self.tr("Seek names only as they are spelled")
            self._add_chip(self.tr("Any spelling"), name).clicked.connect(lambda: self.any_spelling.setChecked(False))
        if self._chips.count():
            self._chips.addStretch(1)

    def _add_chip(self, shown: str, name: str) -> QToolButton:
        """A chip that is taken away by a click; ``name``: what the click does."""
        chip = QToolButton()
        chip.setObjectName("chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setText(shown.replace("&", "&&"))
        chip.setIcon(icons.icon("close", self.palette()))
        chip.setIconSize(QSize(12, 12))
        chip.setToolTip(self.tr("Take this filter away"))
        chip.setAccessibleName(name)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chips.addWidget(chip)
        return chip

    def _take_away(self, term: str) -> None:
        before, _, after = self.box.text().partition(term)
        self.box.setText(f"{before.rstrip()} {after.lstrip()}".strip())
        self._search_again()

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._menu.addAction(self.any_spelling)
        self._menu.addSeparator()
        only = self._menu.addMenu(self.tr("Look Only In"))
        for name, field in (
            (self.tr("Title"), "title:"),
            (self.tr("Author"), "author:"),
            (self.tr("Site"), "site:"),
            (self.tr("Notes"), "note:"),
            (self.tr("Tags"), "tag:"),
            (self.tr("Publication Date"), "published:"),
            (self.tr("Capture Date"), "captured:"),
        ):
            only.addAction(f"{name}\t{field}").setData(field)
        tags = self._overview.tags if self._overview is not None else []
        sites = self._overview.sites if self._overview is not None else []
        self._offer(self.tr("Tag"), "tag", [(tag, tag) for tag, _count in tags[:OFFERED]])
        self._offer(self.tr("Site"), "site", [(site, site) for site, _count in sites[:OFFERED]])
        self._offer(self.tr("Form"), "format", [(wording.word(form), form.value) for form in Format])

    def _offer(self, title: str, field: str, values: list[tuple[str, str]]) -> None:
        if values:
            menu = self._menu.addMenu(title)
            for name, value in values:
                term = f'{field}:"{value}"' if re.search(r"[^\w.-]", value) else f"{field}:{value}"
                menu.addAction(name.replace("&", "&&")).setData(term)

    # -- looks --------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        self._glass.setIcon(icons.icon("search", self.palette()))
        self._clear.setIcon(icons.icon("close", self.palette()))
        self.filter.setIcon(icons.icon("filter", self.palette()))
