"""The searcher's answer to how many pages each saved search finds: nothing in, counts out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive_viewer.library import Library


def counts(library: Library, _question: dict[str, Any]) -> Iterator[dict[str, Any] | None]:
    """One message, ``counts``: id of a search → pages; nothing after each, for something more urgent may come first."""
    found: dict[str, int] = {}
    for search_id, pages in library.search_counts_one_by_one():
        found[search_id] = pages
        yield None
    yield {"counts": found}
