"""Where a quote comes from, as the searcher says it: its message in, the passages that hold the quote out.

Separate from the dialog, which shows them: the message has plain values only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive_viewer.model import Agreement, Stretch


@dataclass(frozen=True)
class FoundSource:
    """A passage as the searcher says it; ``words`` are those of the page, ``stretches`` compare them with the quote."""

    item_id: str
    title: str
    site: str
    published: str
    captured_at: str
    start: int
    end: int
    words: str
    share: float
    is_held: bool
    stretches: tuple[Stretch, ...]


def sources(told: Sequence[dict[str, Any]]) -> list[FoundSource]:
    """The passages of an answer, as ``jobs.answers_quote`` says them."""
    return [
        FoundSource(
            one["item"],
            one["title"],
            one["site"],
            one["published"],
            one["captured_at"],
            one["start"],
            one["end"],
            one["match"],
            one["share"],
            one["is_held"],
            tuple(Stretch(Agreement(how), start, end, quoted) for how, start, end, quoted in one["stretches"]),
        )
        for one in told
    ]
