"""What a person does to passages: marks, notes, tags, links, places; and the link that is being made.

In: which passage of which page.  Out: one write of the library each, through the bridge.  Separate from the reader and
the margin because both ask for the same acts, and because a link is begun in one tab and finished in another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from archive_viewer.library import Library
from archive_viewer.model import Annotation, Article, Colour, Fate, Link, LinkEnd
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.link_dialog import LinkDialog
from archive_viewer.ui.note_editor import NoteEditor
from archive_viewer.ui.rule_dialog import RuleDialog
from archive_viewer.ui.tag_editor import TagEditor

LINK_COLOUR = Colour.GREY
"""Of a mark that is made only because a link begins or ends there."""


@dataclass(frozen=True)
class Passage:
    """Where an act applies: a mark (``mark``), else words (``start`` to ``end``), else the whole page."""

    item_id: str
    words: str
    mark: Annotation | None = None
    start: int = 0
    end: int = 0

    @property
    def is_page(self) -> bool:
        return self.mark is None and self.start == self.end


class Marking(QObject):
    """The acts.  ``link_changed``: a link was started, finished or left; ``marked``: item and mark, just made or
    changed; ``linked``: a link was made; ``told``: a sentence about the page in front."""

    link_changed = Signal()
    marked = Signal(str, str)
    linked = Signal()
    told = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bridge: Bridge | None = None
        self._begun: Passage | None = None

    def attach(self, bridge: Bridge | None) -> None:
        self._bridge = bridge
        self.leave_link()

    # -- marks --------------------------------------------------------------------------------------------------

    def mark(self, passage: Passage, colour: Colour) -> None:
        """Mark words in a colour, or give a mark another one."""
        if passage.mark is not None:
            mark_id = passage.mark.id
            self._do(passage, lambda library: library.change_annotation(mark_id, colour=colour))
        elif not passage.is_page:
            self._do(passage, lambda library: library.annotate(passage.item_id, passage.start, passage.end, colour))

    def edit_note(self, passage: Passage) -> None:
        """Open the note of a mark, or of words that are marked by it."""
        if not passage.is_page:
            self._with_tags(lambda known: self._open_note(passage, known))

    def edit_tags(self, passage: Passage) -> None:
        """Open the tags of a mark, or of words that are marked by them."""
        if not passage.is_page:
            self._with_tags(lambda known: self._open_tags(passage, known))

    def delete(self, mark: Annotation) -> None:
        if self._bridge is not None:
            self._bridge.do(lambda library: library.delete_annotation(mark.id))

    def place(self, mark: Annotation, start: int, end: int) -> None:
        """Say where a mark belongs; where it stands already confirms it."""
        passage = Passage(mark.item_id, mark.quote, mark)
        self._do(passage, lambda library: library.place_annotation(mark.id, start, end))

    def mend(self, item_id: str, n: int, fate: Fate, whole_section: bool = False) -> None:
        """Put a stripped block or its whole section back, or take a kept one out."""
        if self._bridge is not None:
            self._bridge.do(lambda library: library.mend(item_id, n, fate, whole_section=whole_section))

    def make_rule(self, item_id: str, article: Article, n: int) -> None:
        """Open the rule that would do to all blocks like this one, on every page of its site, what is wanted here."""
        bridge = self._bridge
        if bridge is None:
            return

        def show(site: str) -> None:
            if not site:
                said = self.tr("This page has no web address, so that there is no site to make a rule for.")
                self.told.emit(said)
                return
            dialog = RuleDialog(bridge, item_id, site, article, n, self._window)
            dialog.made.connect(lambda rule: bridge.do(lambda library: library.add_rule(rule)))
            dialog.open()

        bridge.ask(lambda library: library.site_of(item_id), show, owner=self)

    def edit_item_tags(self, item_ids: list[str], what: str) -> None:
        """Open the tags that all these pages have; what is added or taken away applies to each."""
        if self._bridge is None:
            return

        def ask(library: Library) -> tuple[list[str], list[str]]:
            common = [set(item.tags) for item in library.items(item_ids)]
            tags = sorted(set.intersection(*common)) if common else []
            return tags, [tag for tag, _count in library.overview().tags]

        def show(answer: tuple[list[str], list[str]]) -> None:
            before, known = answer
            dialog = TagEditor(what, before, known, self._window)

            def keep() -> None:
                add, remove = set(dialog.tags) - set(before), set(before) - set(dialog.tags)
                if (add or remove) and self._bridge is not None:
                    self._bridge.do(lambda library: library.tag_items(item_ids, sorted(add), sorted(remove)))

            self._open(dialog, keep)

        self._bridge.ask(ask, show, owner=self)

    # -- links --------------------------------------------------------------------------------------------------

    @property
    def begun(self) -> Passage | None:
        """Where the link that is being made begins; None: none is."""
        return self._begun

    def start_link(self, passage: Passage) -> None:
        self._begun = passage
        self.link_changed.emit()

    def start_or_finish_link(self, passage: Passage) -> None:
        """What the key L does: the first time it begins a link, the second time, elsewhere, it ends there."""
        begun = self._begun
        if begun is None or (begun.item_id, begun.start, begun.end) == (passage.item_id, passage.start, passage.end):
            self.start_link(passage)
        else:
            self.finish_link(passage)

    def leave_link(self) -> None:
        if self._begun is not None:
            self._begun = None
            self.link_changed.emit()

    def finish_link(self, passage: Passage) -> None:
        """Ask for relation and note, then tie the passage where the link begins to this one."""
        begun = self._begun
        if begun is None:
            return
        dialog = LinkDialog(begun.words, passage.words, parent=self._window)
        self._open(dialog, lambda: self._make_link(dialog, begun, passage))

    def change_link(self, end: LinkEnd) -> None:
        """Open the relation and note of a link that is there."""
        dialog = LinkDialog(
            self.tr("This passage") if end.is_outgoing else end.quote or end.title,
            end.quote or end.title if end.is_outgoing else self.tr("This passage"),
            end.link.relation,
            end.link.note,
            self._window,
        )
        dialog.keep_direction()

        def keep() -> None:
            relation, note = dialog.relation, dialog.note
            if self._bridge is not None:
                self._bridge.do(lambda library: library.change_link(end.link.id, relation=relation, note=note))

        self._open(dialog, keep)

    def delete_link(self, end: LinkEnd) -> None:
        if self._bridge is not None:
            self._bridge.do(lambda library: library.delete_link(end.link.id))

    def _make_link(self, dialog: LinkDialog, begun: Passage, here: Passage) -> None:
        first, second = (here, begun) if dialog.is_turned else (begun, here)
        relation, note, label = dialog.relation, dialog.note, self.tr("Link Passages")

        def act(library: Library) -> Link:
            # Words that are not marked yet are marked by the link; one undo takes all of it back.
            with library.step(label):
                return library.link(_end_of(library, first), _end_of(library, second), relation, note)

        def done(_link: Link) -> None:
            self.leave_link()
            self.linked.emit()

        if self._bridge is not None:
            self._bridge.do(act, done, owner=self)

    # -- how it is done -----------------------------------------------------------------------------------------

    def _do(self, passage: Passage, act: Callable[[Library], Annotation]) -> None:
        if self._bridge is not None:
            self._bridge.do(act, lambda mark: self.marked.emit(passage.item_id, mark.id), owner=self)

    def _with_tags(self, show: Callable[[list[str]], None]) -> None:
        if self._bridge is not None:
            self._bridge.ask(lambda library: [tag for tag, _ in library.overview().tags], show, owner=self)

    def _open_note(self, passage: Passage, known: list[str]) -> None:
        mark = passage.mark
        dialog = NoteEditor(passage.words, mark.note if mark else "", mark.tags if mark else (), known, self._window)
        self._open(dialog, lambda: self._keep(passage, dialog.note, dialog.tags))

    def _open_tags(self, passage: Passage, known: list[str]) -> None:
        mark = passage.mark
        dialog = TagEditor(passage.words, mark.tags if mark else (), known, self._window)
        self._open(dialog, lambda: self._keep(passage, mark.note if mark else "", dialog.tags))

    def _keep(self, passage: Passage, note: str, tags: tuple[str, ...]) -> None:
        mark = passage.mark
        if mark is None:
            self._do(
                passage,
                lambda library: library.annotate(
                    passage.item_id, passage.start, passage.end, Colour.YELLOW, note, tags
                ),
            )
        elif (note, tags) != (mark.note, mark.tags):
            self._do(
                passage,
                lambda library: library.change_annotation(
                    mark.id,
                    note=note if note != mark.note else None,
                    tags=tags if tags != mark.tags else None,
                ),
            )

    def _open(self, dialog: QDialog, accepted: Callable[[], None]) -> None:
        dialog.accepted.connect(accepted)
        dialog.open()


def _end_of(library: Library, passage: Passage) -> str:
    if passage.mark is not None:
        return passage.mark.id
    if passage.is_page:
        return passage.item_id
    return library.annotate(passage.item_id, passage.start, passage.end, LINK_COLOUR).id
