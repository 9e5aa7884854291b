"""The choice: which blocks of a page are its article, and why the others are not.

Drafts in, a fate and a reason for each out.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.front_matter import FrontMatter
from archive_viewer.model import Fate, Reason

_SECTIONS = {"nav": Reason.NAVIGATION, "footer": Reason.FOOTER, "aside": Reason.RELATED, "form": Reason.OTHER}


@dataclass(frozen=True)
class Verdict:
    """The fate of one draft; ``confidence`` from 0 to 1 is how sure the choice is of it."""

    fate: Fate
    reason: Reason | None
    confidence: float


def choose(page: Page, front: FrontMatter) -> list[Verdict]:
    """The verdict on each draft of ``page``, in order."""
    reasons = [draft.reason for draft in page.drafts]
    for node in page.nodes:
        if node.tag in _SECTIONS:
            for i in range(node.first, node.last):
                reasons[i] = reasons[i] or _SECTIONS[node.tag]
    return [Verdict(Fate.STRIPPED if reason else Fate.KEPT, reason, 0.5) for reason in reasons]
