"""The searcher's answer to how an answer could be narrowed: a query and a part of the holdings in, counts out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from archive_viewer.library import Library, Scope


def facets(library: Library, question: dict[str, Any]) -> Iterator[dict[str, Any] | None]:
    """One message, ``facets``; nothing as often as something more urgent may come first.

    :raises BadQuery: the query cannot be understood.
    """
    scope = Scope(*question.get("scope") or ("all", ""))
    unfolded = [str(field) for field in question.get("unfolded") or ()]
    for found in library.facets_in_portions(str(question.get("query") or ""), scope, unfolded=unfolded):
        yield None if found is None else {"facets": asdict(found)}
