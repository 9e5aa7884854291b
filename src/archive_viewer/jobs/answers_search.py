"""The searcher's answer to a query: the best pages, each with the first passages that answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from archive_viewer.library import Library

DEFAULT_LIMIT = 200


def hits(library: Library, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """In one message: hits, how long it took, and what is to be said of the answer."""
    began = time.monotonic()
    query = str(question["query"])
    answers = library.search(query, int(question.get("limit", DEFAULT_LIMIT)))
    most = question.get("passages")
    found = [
        {
            "item": hit.item.id,
            "score": hit.score,
            "passages": [asdict(passage) for passage in hit.passages[:most]],
            "count": len(hit.passages),
            "asides": [asdict(aside) for aside in hit.asides],
        }
        for hit in answers
    ]
    note = "  ".join(filter(None, [library.index_state().sentence, *library.remarks(query)]))
    yield {"hits": found, "seconds": time.monotonic() - began, "note": note}
