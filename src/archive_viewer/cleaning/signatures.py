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

_LASTING = re.compile(r"[^\W\d]+(?:[-_]+[^\W\d]+)*")
"""A word without digits: with one it is mostly the number of a post, or what a build gave to a style."""

_BUILT = re.compile(r"(?:css|sc|jsx|svelte|emotion|styled)-|.*[a-z][A-Z].*[a-z][A-Z]")
"""Words that a build makes anew each time (``sc-bdVaJa``)."""


def signatures(nodes: Sequence[Node]) -> list[str]:
    """The signature of each element of a page; parents stand before their children."""
    made: list[str] = []
    parts: list[str] = []
    for node in nodes:
        words = _words(node)
        own = ".".join([node.tag, *words])
        around = parts[node.parent] if node.parent >= 0 else ""
        if not words and node.parent >= 0:
            own = f"{made[node.parent]}/{own}"
        elif around:
            own = f"{around} {own}"
        made.append(own[-LONGEST:])
        parts.append(node.tag if node.tag in _PARTS else around)
    return made


def _words(node: Node) -> list[str]:
    given = f"{node.element.get('id', '')} {node.element.get('class', '')}"[: limits.ATTRIBUTE_CHARACTERS]
    if given == " " or node.tag in ("html", "body"):
        return []
    lasting = {word for word in given.split() if _LASTING.fullmatch(word) and not _BUILT.match(word)}
    return sorted(lasting)[:MOST_WORDS]
