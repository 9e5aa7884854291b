"""Wholes: the blocks of a page that go in or out together, because a part of them would be false.

A page in, groups of its drafts out, and of such a group what most of it says.  Separate because the rules and the
choice must mean the same ones: a row taken out of a table makes another table, a line out of a listing another program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.elements import PREFORMATTED
from archive_viewer.model import Kind


def wholes(page: Page) -> list[list[int]]:
    """The cells of each table of data and the lines of each listing, as indices of drafts, in page order.

    What the page itself puts aside (a "Copy" button, numbers of lines) is in none.
    """
    listings = _listings(page)
    groups: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for i, draft in enumerate(page.drafts):
        if draft.reason is not None:
            continue
        if draft.cell:
            groups[True, draft.cell.table].append(i)
        elif draft.kind is Kind.CODE and listings[draft.node] >= 0:
            groups[False, listings[draft.node]].append(i)
    return list(groups.values())


def is_most(some: Iterable[int], whole: Sequence[int], words: Sequence[int]) -> bool:
    """Whether ``some`` drafts are at least half of the ``whole``, by their words.

    Each counts for one word more than it has, so that empty cells and closing brackets count, too.
    """
    return 2 * sum(words[i] + 1 for i in some) >= sum(words[i] + 1 for i in whole)


def _listings(page: Page) -> list[int]:
    """For each element the preformatted one that it is or stands in, -1 for none."""
    found: list[int] = []
    for index, node in enumerate(page.nodes):
        found.append(index if node.tag in PREFORMATTED else found[node.parent] if node.parent >= 0 else -1)
    return found
