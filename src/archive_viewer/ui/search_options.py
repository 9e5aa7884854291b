"""The menu beside the search box: where is searched, how names are sought, filters to add, what was asked before.

In: an overview of the library (its tags and sites).  Out: the switches that are part of every query, and words for the
box.  Separate from the box, which puts both together.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from archive_viewer.library import Overview
from archive_viewer.model import Format
from archive_viewer.search.within import ANY
from archive_viewer.ui import wording
from archive_viewer.ui.search_history import SearchHistory

OFFERED = 15

PARTS: dict[str, tuple[str, ...]] = {
    "text": ("text",),
    "title": ("title", "author"),
    "note": ("note",),
    "mark": ("mark",),
    "tag": ("tag",),
    "link": ("link",),
    "url": ("url", "site"),
    "stripped": ("stripped",),
}
"""What can be switched, each with the fields that it stands for."""

ASKED_FOR = "stripped"
"""Searched only where a person says so; all others are, until a person says otherwise."""

QUOTES = "mark"
"""Marked words are words of the text, so that they are searched with it."""

FEW = 2
"""So many that are left out are named; where it is more, those are that are left."""


class SearchOptions(QMenu):
    """Signals: ``switched`` – the queries mean something else now; ``chosen`` – a person did it; ``term_wanted`` – a
    filter, or the beginning of one, for the box."""

    switched = Signal()
    chosen = Signal()
    term_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._overview: Overview | None = None
        self.history: SearchHistory | None = None
        self.setToolTipsVisible(True)
        # Not this menu's own, which it deletes whenever it is put together anew: the actions are its parent's.
        names = {
            "text": self.tr("Text"),
            "title": self.tr("Titles and Authors"),
            "note": self.tr("Notes"),
            "mark": self.tr("Marked Quotes"),
            "tag": self.tr("Tags"),
            "link": self.tr("Notes of Links"),
            "url": self.tr("Addresses and Sites"),
            "stripped": self.tr("Stripped Text"),
        }
        self.parts: dict[str, QAction] = {}
        for part, name in names.items():
            action = QAction(name, parent, checkable=True, checked=part != ASKED_FOR)
            action.setObjectName(f"search-{part}")
            action.toggled.connect(self._switch)
            self.parts[part] = action
        self._everywhere = QAction(self.tr("All of These"), parent)
        self._everywhere.triggered.connect(self.search_everywhere)
        self.any_spelling = QAction(self.tr("Names in Any Spelling and Script"), parent, checkable=True)
        self.any_spelling.setObjectName("any-spelling")
        self.any_spelling.setToolTip(self.tr("Muttaqi finds Mottaki and متقی too, and Khalilzad finds Khalil Zad"))
        self.any_spelling.toggled.connect(self.switched)
        self.any_spelling.triggered.connect(self.chosen)
        self._keeping = QAction(self.tr("Remember What Was Asked"), parent, checkable=True)
        self._keeping.triggered.connect(lambda is_on: self.history.keep(is_on) if self.history else None)
        self._clearing = QAction(self.tr("Forget What Was Asked in This Library"), parent)
        self._clearing.triggered.connect(lambda: self.history.clear() if self.history else None)
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(lambda action: self.term_wanted.emit(action.data()) if action.data() else None)

    # -- the switches -------------------------------------------------------------------------------------------

    @property
    def places(self) -> tuple[str, ...]:
        """Where words are sought that name no field, as ``Asked`` takes it; none: everywhere but in stripped text."""
        on = {part for part, action in self.parts.items() if action.isChecked()}
        usual = set(PARTS) - {ASKED_FOR}
        if on == usual:
            return ()
        # As long as nothing but quotes is left out, all is one list, and one word is weighed over all of it.
        merged = [ANY] if usual - {QUOTES} <= on else []
        left = on - (usual if merged else set())
        return (*merged, *(field for part, fields in PARTS.items() if part in left for field in fields))

    @property
    def is_usual(self) -> bool:
        """Whether nothing is searched, or left out, that usually is not."""
        return not self.places

    def names_of_places(self) -> str:
        """What is searched, in words."""
        names = [action.text() for action in self.parts.values() if action.isChecked()]
        left_out = [
            action.text() for part, action in self.parts.items() if part != ASKED_FOR and not action.isChecked()
        ]
        if not left_out:
            return self.tr("With stripped text")
        if len(left_out) <= FEW:
            return self.tr("Without {parts}").format(parts=", ".join(left_out).lower())
        return self.tr("Only {parts}").format(parts=", ".join(names).lower())

    def can_say(self, places: tuple[str, ...]) -> bool:
        """Whether these places can be said by the switches."""
        with QSignalBlocker(self):
            before = self.parts_on()
            self._set_places(places)
            is_said = self.places == places
            self.switch_on(before)
        return is_said

    def take(self, places: tuple[str, ...], is_any_spelling: bool) -> None:
        """Be switched as a query says."""
        with QSignalBlocker(self):
            self._set_places(places)
            self.any_spelling.setChecked(is_any_spelling)

    def recall(self, parts: list[str], is_any_spelling: bool) -> None:
        """Be switched as a person left it."""
        with QSignalBlocker(self):
            self.switch_on(parts)
            self.any_spelling.setChecked(is_any_spelling)

    def parts_on(self) -> list[str]:
        """What is searched, to be remembered."""
        return [part for part, action in self.parts.items() if action.isChecked()]

    def switch_on(self, parts: list[str]) -> None:
        """Search these, and nothing else; where none is known, what is usual."""
        known = [part for part in parts if part in PARTS] or [part for part in PARTS if part != ASKED_FOR]
        # The first to be switched off must not be the last that is on.
        for part in sorted(PARTS, key=lambda part: part not in known):
            self.parts[part].setChecked(part in known)

    def search_everywhere(self) -> None:
        """Search what usually is searched."""
        self.switch_on([])
        self.chosen.emit()

    def _set_places(self, places: tuple[str, ...]) -> None:
        usual = [part for part in PARTS if part != ASKED_FOR]
        named = [part for part, fields in PARTS.items() if set(fields) <= set(places)]
        if ANY in places:
            # With nothing beside it, quotes are what is left out.
            named += [part for part in usual if part != QUOTES or ASKED_FOR in named]
        self.switch_on(named if places else usual)

    def _switch(self) -> None:
        if not any(action.isChecked() for action in self.parts.values()):
            # Nothing can be searched in nothing.
            sender = self.sender()
            if isinstance(sender, QAction):
                sender.setChecked(True)
            return
        self.switched.emit()
        self.chosen.emit()

    # -- the menu -----------------------------------------------------------------------------------------------

    def follow_overview(self, overview: Overview) -> None:
        """What the filters can be about."""
        self._overview = overview

    def fill(self) -> None:
        """Put the menu together, as things are now."""
        self.clear()
        where = self.addMenu(self.tr("Search In"))
        where.addActions(list(self.parts.values()))
        where.insertSeparator(self.parts[ASKED_FOR])
        where.addSeparator()
        where.addAction(self._everywhere)
        self._everywhere.setEnabled(not self.is_usual)
        self.addAction(self.any_spelling)
        self.addSeparator()
        only = self.addMenu(self.tr("Look Only In"))
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
        if self.history is not None:
            self.addSeparator()
            self.addAction(self._keeping)
            self.addAction(self._clearing)
            self._keeping.setChecked(self.history.is_kept)
            self._clearing.setEnabled(bool(self.history.queries()))

    def _offer(self, title: str, field: str, values: list[tuple[str, str]]) -> None:
        if values:
            menu = self.addMenu(title)
            for name, value in values:
                term = f'{field}:"{value}"' if re.search(r"[^\w.-]", value) else f"{field}:{value}"
                menu.addAction(name.replace("&", "&&")).setData(term)
