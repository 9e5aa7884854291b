"""Marks, links, tags and the bin: the acts of a person on an item and its passages.

Ids and words in, changed values out; each method is one step.  Separate from reading so that the writes stand
together and can be seen to be all of one form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive_viewer import anchoring
from archive_viewer.errors import BadPassage, OccurrenceMissing, QuoteAmbiguous, QuoteNotFound, UnknownId
from archive_viewer.library.core import new_id, now
from archive_viewer.library.resemblances import Resemblances, keep_text
from archive_viewer.model import Annotation, Colour, Link
from archive_viewer.storage import articles, links, marks, rows
from archive_viewer.storage.database import Connection
from archive_viewer.text import one_line


class Marks(Resemblances):
    """The writing half of a library."""

    # -- marks --------------------------------------------------------------------------------------------------

    def annotate(
        self,
        item_id: str,
        start: int,
        end: int,
        colour: Colour = Colour.YELLOW,
        note: str = "",
        tags: Sequence[str] = (),
    ) -> Annotation:
        """Mark the passage ``[start, end)`` of the item's text.

        :raises UnknownId: there is no such item.
        :raises BadPassage: the range is empty or outside the text.
        """
        with self._recording("Write Note" if note else "Mark Passage") as act:
            target = anchoring.describe(self.article(item_id), start, end)
            moment = now()
            mark = Annotation(new_id(), item_id, target, Colour(colour), note, clean_tags(tags), moment, moment)
            act.put("annotation", mark.id, marks.row_of(mark))
            return self.annotation(mark.id)

    def annotate_quote(
        self,
        item_id: str,
        quote: str,
        occurrence: int | None = None,
        colour: Colour = Colour.YELLOW,
        note: str = "",
        tags: Sequence[str] = (),
    ) -> Annotation:
        """Mark the words ``quote`` where they stand; ``occurrence`` counts from 1.

        :raises QuoteNotFound: they do not stand in the text, or not that often.
        :raises QuoteAmbiguous: they stand there more than once, and which is not said.
        """
        found = anchoring.find_quote(self.article(item_id).text, quote)
        if not found:
            raise QuoteNotFound(quote)
        if occurrence is not None and not 1 <= occurrence <= len(found):
            raise OccurrenceMissing(quote, len(found))
        if occurrence is None and len(found) > 1:
            raise QuoteAmbiguous(quote, len(found))
        start, end = found[(occurrence or 1) - 1]
        return self.annotate(item_id, start, end, colour, note, tags)

    def change_annotation(
        self, id: str, *, colour: Colour | None = None, note: str | None = None, tags: Sequence[str] | None = None
    ) -> Annotation:
        """Change what is said of a mark; None leaves a part as it is.

        :raises UnknownId: there is no such mark.
        """
        label = "Change Colour" if colour is not None else "Change Note" if note is not None else "Change Tags"
        with self._recording(label) as act:
            mark = self.annotation(id)
            changed = replace(
                mark,
                colour=Colour(colour) if colour is not None else mark.colour,
                note=note if note is not None else mark.note,
                tags=clean_tags(tags) if tags is not None else mark.tags,
            )
            if changed != mark:
                act.put("annotation", id, marks.row_of(replace(changed, modified_at=now())))
            return self.annotation(id)

    def place_annotation(self, id: str, start: int, end: int) -> Annotation:
        """Say where a mark belongs: confirm a moved one, or put an unplaced one back.

        :raises UnknownId: there is no such mark.
        :raises BadPassage: the range is empty or outside the text.
        """
        with self._recording("Place Mark") as act:
            mark = self.annotation(id)
            target = anchoring.describe(self.article(mark.item_id), start, end)
            act.put("annotation", id, marks.row_of(replace(mark, target=target, modified_at=now())))
            return self.annotation(id)

    def delete_annotation(self, id: str) -> None:
        """Take a mark away, and the links that begin or end at it.

        :raises UnknownId: there is no such mark.
        """
        with self._recording("Delete Mark") as act:
            self.annotation(id)
            for link in links.of_end(act.connection, id):
                act.put("link", link.id, None)
            act.put("annotation", id, None)

    # -- links --------------------------------------------------------------------------------------------------

    def link(self, from_id: str, to_id: str, relation: str, note: str = "") -> Link:
        """Tie a mark or item to another.

        :raises UnknownId: an end is neither a mark nor an item.
        :raises BadPassage: both ends are the same, or the relation has no name.
        """
        with self._recording("Link Passages") as act:
            for id in (from_id, to_id):
                self._check_end(act.connection, id)
            if from_id == to_id:
                raise BadPassage("A link needs two different ends.")
            moment = now()
            link = Link(new_id(), from_id, to_id, _relation(relation), note, moment, moment)
            act.put("link", link.id, links.row_of(link))
            return link

    def change_link(self, id: str, *, relation: str | None = None, note: str | None = None) -> Link:
        """Change a link's relation or note; None leaves it as it is.

        :raises UnknownId: there is no such link.
        """
        with self._recording("Change Link") as act:
            link = self._link(act.connection, id)
            changed = replace(
                link,
                relation=_relation(relation) if relation is not None else link.relation,
                note=note if note is not None else link.note,
            )
            if changed != link:
                changed = replace(changed, modified_at=now())
                act.put("link", id, links.row_of(changed))
            return changed

    def delete_link(self, id: str) -> None:
        """:raises UnknownId: there is no such link."""
        with self._recording("Delete Link") as act:
            self._link(act.connection, id)
            act.put("link", id, None)

    def _check_end(self, connection: Connection, id: str) -> None:
        if marks.get(connection, id) is None and rows.get(connection, "item", id) is None:
            raise UnknownId("mark or page", id)

    def _link(self, connection: Connection, id: str) -> Link:
        found = links.get(connection, id)
        if found is None:
            raise UnknownId("link", id)
        return found

    # -- tags and the bin ---------------------------------------------------------------------------------------

    def tag_items(self, ids: Sequence[str], add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Give tags to items and take tags from them.

        :raises UnknownId: one of the items does not exist; nothing was changed.
        """
        gone, given = set(clean_tags(remove)), clean_tags(add)
        with self._recording(_many("Tag {}", ids)) as act:
            for item in self._known(ids):
                kept = [tag for tag in item.tags if tag not in gone]
                tags = (*kept, *(tag for tag in given if tag not in kept))
                row = rows.get(act.connection, "item", item.id) or {}
                act.put("item", item.id, {**row, "tags": json.dumps(tags, ensure_ascii=False)})

    def delete_items(self, ids: Sequence[str]) -> None:
        """Put items into the bin; their marks and links wait there with them.

        :raises UnknownId: one of the items does not exist; nothing was changed.
        """
        self._move(ids, _many("Move {} to the Bin", ids), now())

    def restore_items(self, ids: Sequence[str]) -> None:
        """Take items out of the bin.

        :raises UnknownId: one of the items does not exist; nothing was changed.
        """
        self._move(ids, _many("Take {} out of the Bin", ids), "")

    def _move(self, ids: Sequence[str], label: str, deleted_at: str) -> None:
        with self._recording(label) as act:
            for item in self._known(ids):
                if bool(item.deleted_at) != bool(deleted_at):
                    row = rows.get(act.connection, "item", item.id) or {}
                    if not deleted_at and row["unit_id"] and rows.get(act.connection, "unit", row["unit_id"]) is None:
                        # Its unit went while it lay in the bin: an item stands in a unit or in none.
                        row.update(unit_id="", unit_position=0)
                    act.put("item", item.id, {**row, "deleted_at": deleted_at})

    # -- what follows from a change -----------------------------------------------------------------------------

    def _retext(self, connection: Connection, item_id: str) -> bool:
        """Derive an item's text and the places of its marks anew; gives whether the text is another now."""
        article = self.article(item_id)
        is_other = article.text_sha256 != articles.text_sha256(connection, item_id)
        if is_other:
            keep_text(connection, item_id, article)
        made = marks.of_item(connection, item_id)
        found = anchoring.resolve_all([mark.target for mark in made], article)
        for mark, one in zip(made, found, strict=True):
            marks.place(connection, mark.id, one.state, one.start, one.end)
        return is_other

    def _place(self, connection: Connection, annotation_id: str) -> None:
        mark = marks.get(connection, annotation_id)
        if mark is not None:
            found = anchoring.resolve(mark.target, self.article(mark.item_id))
            marks.place(connection, mark.id, found.state, found.start, found.end)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags with single blanks and without empty or repeated ones, in the order given."""
    return tuple(dict.fromkeys(tag for given in tags if (tag := one_line(given))))


def _relation(relation: str) -> str:
    name = one_line(relation)
    if not name:
        raise BadPassage("A link needs a relation, such as “supports”.")
    return name


def _many(act: str, ids: Sequence[str]) -> str:
    return act.format("Page" if len(ids) == 1 else f"{len(ids)} Pages")
