"""What a search prints beside its hits: where a query goes wrong, and what answers it that is no passage of the text.

Errors and asides in; lines and JSON values out.  Separate from the rest of what is printed, as several commands take
queries.
"""

from __future__ import annotations

from typing import Any

from archive_viewer.cli import printing
from archive_viewer.errors import BadQuery
from archive_viewer.model import Aside
from archive_viewer.text import one_line

SHOWN_OF_QUERY = 40


def say_fault(error: BadQuery, query: str) -> None:
    """What is wrong with a query, and where."""
    printing.say(str(error))
    if at := one_line(query[error.position : error.position + SHOWN_OF_QUERY]):
        printing.say(f"At character {error.position + 1}: {at}")


def aside_line(aside: Aside) -> str:
    return f"{aside.kind}: {one_line(f'{aside.before}[{aside.match}]{aside.after}')}"


def aside_values(aside: Aside) -> dict[str, Any]:
    return {
        "field": aside.kind,
        "before": aside.before,
        "match": aside.match,
        "after": aside.after,
        "annotation": aside.mark_id or None,
        "block": aside.block or None,
    }
