"""How the command line prints what an answer consists of: counts in, lines or one JSON object out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive_viewer.library import Facets


def values(facets: Facets, suggestion: str | None) -> dict[str, Any]:
    """The object behind the hits: the only one with ``facets``, and without an id."""
    return {
        "facets": {
            facet.field: {
                "values": [{"value": one.value, "count": one.count, "query": one.term} for one in facet.values],
                "others": facet.others,
            }
            for facet in facets.facets
        },
        "pages": facets.pages,
        "suggestion": suggestion,
    }


def lines(facets: Facets) -> Iterator[str]:
    """A line for each value that there is, its count before what asks for it."""
    yield f"Of {facets.pages:,} pages:"
    for facet in facets.facets:
        for one in facet.values:
            yield f"  {one.count:8,}  {one.term}"
        if facet.others:
            yield f"            and {facet.others:,} more of {facet.field}:"
