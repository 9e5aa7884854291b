"""ScrapBook's notes and libraries: what the add-on, and its heir WebScrapBook, keep beside a page.

A page and the files around it in, its provenance and its place in the library out.  Separate because these facts are
not in the page: ScrapBook for Firefox has them in ``index.dat``, and both keep a tree of all pages, with the order
and the titles that a person gave, in the library's own folder (``tree/scrapbook.rdf`` or ``.wsb/tree/*.js``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath

from archive_viewer import charset, limits
from archive_viewer.model import Fact, SavedFile, Source
from archive_viewer.readers import provenance
from archive_viewer.readers.companions import SCRAPBOOK_NOTE
from archive_viewer.readers.markup import Outline

_LINE = re.compile(r"^(id|title|source|chars|comment)\t(.*)$", re.M)
_ID = re.compile(r"\d{14}(?:\d{3})?")


def note_of(
    page: Outline, saved: SavedFile, around: Mapping[str, object], read_file: Callable[[str], bytes]
) -> provenance.Provenance | None:
    """What ScrapBook's ``index.dat`` says of the page beside it; None where there is none, or the page has marks."""
    is_index = PurePath(saved.name).stem.lower() == "index"
    if not is_index or "data-scrapbook-source" in page.root or SCRAPBOOK_NOTE not in around:
        return None
    text = charset.decode(read_file(SCRAPBOOK_NOTE)[: limits.NOTE_BYTES], media_type="text/plain")[0]
    lines = dict(_LINE.findall(text.replace("\r", "")))
    if not _ID.fullmatch(lines.get("id", "")):
        return None
    title = " ".join(lines.get("title", "").split())
    comment = lines.get("comment", "").replace(" __BR__ ", "\n").strip()
    return provenance.Provenance(
        url=provenance.address(lines.get("source", ""), SCRAPBOOK_NOTE),
        captured_at=provenance.capture_date(lines["id"], SCRAPBOOK_NOTE, saved),
        saved_with=Fact("ScrapBook", Source.STATED, SCRAPBOOK_NOTE),
        title=Fact(title, Source.STATED, SCRAPBOOK_NOTE) if title else None,
        others={"comment": Fact(comment, Source.STATED, SCRAPBOOK_NOTE)} if comment else {},
    )
