"""Signatures: what a block has in common with its like on other pages of the same site.

A page as the walk left it in, one signature for each of its elements out: the nearest element around a block that
bears a lasting class or id, with those words, the tags from there down, and the part of the page that all this is in
(``footer div.links/ul/li``).  Separate from the path, which says where in this one page a block stands: ordinals change
from page to page, a template's names do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive_viewer import limits
from archive_viewer.cleaning.drafts import Node

MOST_WORDS = 6
"""Words of one element that are kept: an element with more is one of those that state a whole style in classes."""

LONGEST = 160
"""Characters of a signature; of a longer one the end is kept, which is nearest to the block."""

_PARTS = frozenset({"article", "aside", "footer", "header", "main", "nav"})
"""Tags that say what part of a page they hold (HTML Living Standard, section 4.3)."""

_WHOLE = frozenset({"html", "body"})
"""Elements that are the same on every page whatever they are called."""

_LASTING = re.compile(r"[^\W\d]+(?:[-_]+[^\W\d]+)*")
"""A word without digits: with one it is mostly the number of a post, or what a build gave to a style."""

_BUILT = re.compile(r"(?:css|sc|jsx|svelte|emotion|styled)-|.*[a-z][A-Z].*[a-z][A-Z]")
"""Words that a build makes anew each time (``sc-bdVaJa``)."""


def signatures(nodes: Sequence[Node]) -> list[str]:
    """The signature of each element of a page; parents stand before their children."""
    made: list[str] = []
    parts: list[str] = []
    known: dict[tuple[str, str], str] = {("", ""): ""}
    for node in nodes:
        given = (node.id, node.classes)
        names = known.get(given)
        if names is None:
            known[given] = names = _names(*given)
        around = parts[node.parent] if node.parent >= 0 else ""
        if names and node.tag not in _WHOLE:
            own = f"{around} {node.tag}{names}" if around else f"{node.tag}{names}"
        else:
            own = f"{made[node.parent]}/{node.tag}" if node.parent >= 0 else node.tag
        made.append(own[-LONGEST:])
        parts.append(node.tag if node.tag in _PARTS else around)
    return made


def _names(id: str, classes: str) -> str:
    """The lasting words of an element, each behind a dot."""
    given = f"{id} {classes}"[: limits.ATTRIBUTE_CHARACTERS].split()
    lasting = sorted({word for word in given if _LASTING.fullmatch(word) and not _BUILT.match(word)})
    return "".join([f".{word}" for word in lasting[:MOST_WORDS]])
