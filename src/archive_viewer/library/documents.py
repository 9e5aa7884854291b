"""A page as search knows it: an item, its blocks, marks and links in, a ``Document`` of the index out.

Separate from finding, which asks and keeps the index in step: here alone is decided what of a page is searched, and
what ``has:`` and ``is:`` mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive_viewer import edtf_dates
from archive_viewer.model import PICTURE, AnchorState, Annotation, Block, Decider, Item, Link
from archive_viewer.search.engine import Document
from archive_viewer.search.query_tree import HAS, IS


def document(
    item: Item, text: str, blocks: Sequence[Block], marks: Sequence[Annotation], links: Sequence[Link]
) -> Document:
    """What the index learns of a page; ``text`` is that of its kept blocks."""
    tags = tuple(dict.fromkeys([*item.tags, *(tag for mark in marks for tag in mark.tags)]))
    notes = tuple(mark.note for mark in marks if mark.note)
    held = {
        "mark": marks,
        "note": notes,
        "tag": tags,
        "link": links,
        "picture": PICTURE in text,
        "table": any(block.cell is not None for block in blocks if block.is_kept),
        "author": item.authors,
        "date": item.published,
        "series": item.series,
    }
    placed = {mark.state for mark in marks}
    states = {
        "unplaced": AnchorState.UNPLACED in placed,
        "moved": AnchorState.MOVED in placed,
        "doubtful": AnchorState.APPROXIMATE in placed,
        "unarranged": not item.unit_id,
        "mended": any(block.decided_by is Decider.PERSON for block in blocks),
        "damaged": item.damage,
        "binned": item.deleted_at,
    }
    return Document(
        id=item.id,
        title=item.title,
        authors=item.authors,
        site=item.site,
        url=item.url,
        text=text,
        tags=tags,
        notes=notes,
        marks=tuple(mark.quote for mark in marks),
        links=tuple(link.note for link in links if link.note),
        relations=tuple(link.relation for link in links),
        series=item.series,
        accession=item.accession,
        stripped="\n".join(block.text for block in blocks if not block.is_kept),
        has=tuple(name for name in HAS if held[name]),
        states=tuple(name for name in IS if states[name]),
        language=" ".join(item.typed["language"].value) if "language" in item.typed else item.language,
        format=item.format.value,
        published=edtf_dates.earliest_day(item.published) if "published" in item.typed else item.published,
        captured_at=item.captured_at,
    )
