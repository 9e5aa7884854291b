"""Marks that came along in a page become annotations, together with the item that they came with.

An article as the cleaner made it in; rows of annotations, each checked against the text, and a fact for the item out.
Separate from a person's own acts because nobody did anything here: the marks are a part of what was taken in.  They
come and go with their item, in the bin too, so the journal has no change of theirs until a person makes one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive_viewer import anchoring
from archive_viewer.model import Annotation, Article, Fact, Source
from archive_viewer.storage import marks, rows
from archive_viewer.storage.database import Connection


def keep(connection: Connection, item_id: str, article: Article, moment: str) -> None:
    """Keep the marks of a page that was just taken in; ``moment`` is when one was made of which nobody says it."""
    made = _annotations(item_id, article, moment)
    for mark, found in zip(made, anchoring.resolve_all([mark.target for mark in made], article), strict=True):
        rows.put(connection, "annotation", mark.id, marks.row_of(mark))
        marks.place(connection, mark.id, found.state, found.start, found.end)


def read_anew(present: Sequence[Annotation], item_id: str, article: Article) -> Iterator[Annotation]:
    """What the marks that came along say when their page is read anew, in another character set for one.

    Only those are given that nobody has touched and that are said or stand otherwise now; one that a person deleted
    stays deleted, and none is made twice.
    """
    known = {mark.id: mark for mark in present}
    for fresh in _annotations(item_id, article, ""):
        mark = known.get(fresh.id)
        if mark is not None and mark.modified_at == mark.created_at and mark.origin == fresh.origin:
            changed = replace(mark, note=fresh.note, target=fresh.target)
            if changed != mark:
                yield changed


def _annotations(item_id: str, article: Article, moment: str) -> list[Annotation]:
    """The marks of an article.

    The id of each follows from the item's and its place among them, so that the same page read anew names the same.
    """
    return [
        Annotation(
            id=str(uuid.uuid5(uuid.UUID(item_id), f"mark {number}")),
            item_id=item_id,
            target=anchoring.describe_blocks(article, mark.first, mark.last),
            colour=mark.colour,
            note=mark.note,
            tags=(),
            created_at=mark.created_at or moment,
            modified_at=mark.created_at or moment,
            creator=mark.creator,
            origin=mark.origin,
        )
        for number, mark in enumerate(article.marks)
    ]


def fact_of(article: Article) -> Fact[str] | None:
    """How many marks a page brought, and by which programs they were made; None where there are none."""
    if not article.marks:
        return None
    programs = " and ".join(dict.fromkeys(mark.creator for mark in article.marks))
    marks = "marks" if len(article.marks) > 1 else "mark"
    return Fact(f"{len(article.marks):,} {marks} made with {programs}", Source.STATED, "marks in the page")
