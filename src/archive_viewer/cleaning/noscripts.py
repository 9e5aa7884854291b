"""Noscripts: whether a page is to be read as a browser without scripts shows it.

A tree and the blocks that it shows, in; yes or no out.  Separate because forums that are built by scripts (Discourse)
keep their posts in ``noscript`` alone, while on every other page it holds a sentence, a picture or a counter.
Measured on WCXB (dev): the 19 pages of such forums have over 2,000 characters there and under 200 elsewhere; of the
1,339 others none has as much there as elsewhere, save one list of goods that is in both.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.elements import UNSEEN

_CHARACTERS = 500
"""As much as fewer characters is said to ask for scripts."""
_TIMES = 2
"""How many times the characters that the page shows its ``noscript`` must hold."""


def hold_the_page(root: _Element, page: Page) -> bool:
    """Whether nearly all that there is to read in the body stands in ``noscript``."""
    body = root.find("body")
    held = 0 if body is None else sum(map(_characters, _outermost(body)))
    if held < _CHARACTERS:
        return False
    return held >= _TIMES * sum(len(draft.text) for draft in page.drafts if draft.reason is None)


def _outermost(body: _Element) -> Iterator[_Element]:
    """The ``noscript`` elements that stand in no other."""
    inside: set[_Element] = set()
    for noscript in body.iter("noscript"):
        if noscript not in inside:
            yield noscript
            inside.update(noscript.iterdescendants("noscript"))


def _characters(noscript: _Element) -> int:
    return sum(
        len((inner.text or "").strip()) * (inner.tag not in UNSEEN)
        + len((inner.tail or "").strip()) * (inner is not noscript)
        for inner in noscript.iter()
    )
