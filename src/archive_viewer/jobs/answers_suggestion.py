"""The searcher's answer to whether another query may be meant: a query in, a query or nothing out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive_viewer.library import Library


def suggestion(library: Library, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One message, ``suggestion``: a query that more pages answer, or null.

    :raises BadQuery: the query cannot be understood.
    """
    yield {"suggestion": library.suggestion(str(question["query"]))}
