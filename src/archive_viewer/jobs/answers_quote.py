"""What the searcher answers to a quote whose source is sought: a message in, the passages that hold it out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from archive_viewer.library import Library
from archive_viewer.model import QuoteSource

MOST = 20
"""Passages that are told of: who has not found the source among these pastes more of the quote."""


def sources(library: Library, question: dict[str, Any]) -> Iterator[dict[str, Any] | None]:
    """One message: ``sources``, ``seconds``, and a ``note`` on pages that are not in the index yet.

    :raises ArchiveViewerError: the index cannot answer; the sentence says why.
    """
    began = time.monotonic()
    found = library.find_source(str(question["quote"]), MOST, str(question.get("apart_from") or ""))
    seconds = time.monotonic() - began
    yield {
        "sources": [_values(source) for source in found],
        "seconds": seconds,
        "note": library.index_state().sentence,
    }


def _values(source: QuoteSource) -> dict[str, Any]:
    return {
        "item": source.item.id,
        "title": source.item.title,
        "site": source.item.site,
        "published": source.item.published,
        "captured_at": source.item.captured_at,
        "start": source.passage.start,
        "end": source.passage.end,
        "match": source.passage.match,
        "share": source.share,
        "is_held": source.is_held,
        "stretches": [[one.agreement.value, one.start, one.end, one.quoted] for one in source.stretches],
    }
