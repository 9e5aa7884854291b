"""Near-duplicates: pages of the library whose text is nearly, or wholly, that of another.

An item's id, or the sketch of a text that is not stored, in; the pages that resemble it out.  Nothing is written down
but the sketch of each text, which ``keep_text`` renews whenever a text is set, and the pairs of which a person said
that both are right: what resembles what is asked anew each time, and so is never out of date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive_viewer import limits, resemblance
from archive_viewer.errors import NotAlike
from archive_viewer.library.core import new_id
from archive_viewer.library.holdings import Holdings
from archive_viewer.model import Article, NearDuplicate
from archive_viewer.resemblance import Sketch
from archive_viewer.storage import articles, items, pairs, sketches
from archive_viewer.storage.database import Connection

PORTION = 200
"""Pages whose likenesses are told at a time: each names up to twenty others, and those are held."""


class Resemblances(Holdings):
    """The part of a library that knows which of its pages look alike."""

    def near_duplicates(self, item_id: str) -> list[NearDuplicate]:
        """The pages outside the bin whose text is nearly that of this one, the likest first.

        Empty for a text that is too short to be compared, and for an unknown id.
        """
        with self._database.reading() as connection:
            mine = sketches.get(connection, item_id)
            return self._near(connection, mine) if mine is not None else []

    def near_to(self, sketch: Sketch, text_sha256: str) -> list[NearDuplicate]:
        """The same for a text that is not in the library: its sketch, and its digest."""
        with self._database.reading() as connection:
            return self._near(connection, sketches.Stored("", resemblance.packed(sketch), text_sha256))

    def near_to_each(self, item_ids: Sequence[str]) -> Iterator[tuple[str, list[NearDuplicate]]]:
        """Those of these items outside the bin that resemble another page, each by its id with the pages."""
        for begin in range(0, len(item_ids), PORTION):
            with self._database.reading() as connection:
                stored = sketches.get_many(connection, item_ids[begin : begin + PORTION])
                found = [(one.item_id, self._near(connection, one)) for one in stored]
            yield from ((item_id, near) for item_id, near in found if near)

    def near_in_import(self, item_ids: Sequence[str], accession_id: str) -> dict[str, tuple[NearDuplicate, ...]]:
        """The same by the items' ids, without those of which somebody said that both are right; of what came in with
        this accession, too, the file is named."""
        asked = {
            id: tuple(
                replace(one, path=one.item.file_name) if one.item.accession_id == accession_id else one
                for one in found
                if not one.are_both_right
            )
            for id, found in self.near_to_each(item_ids)
        }
        return {id: found for id, found in asked.items() if found}

    def both_are_right(self, item_id: str, other_id: str) -> None:
        """Say of two pages that look alike that both shall stay: until the text of one of them changes, nobody needs
        to be asked again.

        :raises UnknownId: one of them does not exist.
        :raises NotAlike: their texts are not nearly the same.
        """
        with self._recording("Both Are Right") as act:
            one, other = self.item(item_id), self.item(other_id)
            if other.id not in (near.item.id for near in self.near_duplicates(one.id)):
                raise NotAlike(one.title, other.title)
            texts = {id: articles.text_sha256(act.connection, id) for id in (one.id, other.id)}
            act.put("pair", pairs.known(act.connection, one.id, other.id) or new_id(), pairs.row(texts))
            if act.changes:
                for mine, theirs in ((one, other), (other, one)):
                    detail = f"it looks like “{theirs.title}” ({theirs.id}), and both are right"
                    self._happened(act.connection, "metadata modification", mine.id, detail=detail)

    def _near(self, connection: Connection, mine: sketches.Stored) -> list[NearDuplicate]:
        sketch = resemblance.unpacked(mine.sketch)
        others = sketches.sharing(connection, resemblance.bands(sketch), limits.BAND_READ, limits.LIKE_COMPARED)
        shares = {
            other.item_id: (resemblance.resemblance(sketch, resemblance.unpacked(other.sketch)), other.text_sha256)
            for other in others
            if other.item_id != mine.item_id
        }
        ranked = sorted((id for id in shares if shares[id][0] >= resemblance.NEAR), key=lambda id: -shares[id][0])
        right = pairs.of_item(connection, mine.item_id)
        return [
            NearDuplicate(
                item,
                shares[item.id][0],
                shares[item.id][1] == mine.text_sha256,
                are_both_right=right.get(item.id) == (mine.text_sha256, shares[item.id][1]),
            )
            for item in items.get_many(connection, ranked[: limits.LIKE_SHOWN])
        ]


def keep_text(connection: Connection, item_id: str, article: Article) -> None:
    """Set an item's text, and with it everything that is told from a text alone."""
    articles.set_text(connection, item_id, article.text, article.text_sha256)
    sketch = resemblance.sketch(article.text)
    sketches.put(connection, item_id, resemblance.packed(sketch), resemblance.bands(sketch))
