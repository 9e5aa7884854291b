"""Footnotes: which elements hold notes, and which are one.

Separate because notes are marked in as many ways as there are publishing programs.
Source: DPUB-ARIA 1.1 (doc-footnote, doc-endnotes); EPUB structural semantics.
"""

from __future__ import annotations

import re

from archive_viewer.cleaning.asides import Attributes

_CONTAINER_ROLES = frozenset({"doc-endnotes", "doc-footnotes"})
CONTAINER_CLASSES = frozenset(
    {
        "footnotes",  # Pandoc, Markdown processors
        "endnotes",
        "footnote-list",
        "references",  # MediaWiki: ol.references
        "easy-footnotes-wrapper",  # WordPress
        "modern-footnotes-list",  # WordPress
    }
)
_LONGEST_CLASSES = 200
_CONTAINERS = frozenset({"ol", "ul", "div", "section", "aside", "footer", "dl"})
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote"})
_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote"})
_NOTES = frozenset({"li", "p", "div", "aside"})
_NOTE_ID = re.compile(r"(?:_?ftn|_?edn|fn|footnote|endnote|cite_note)[-_:.]?\d+", re.IGNORECASE)
"""Word (ftn1), Markdown (fn:1, fn1), MediaWiki (cite_note-1); not the places that refer to them (fnref1, _ftnref1)."""


def holds_notes(tag: str, attributes: Attributes) -> bool:
    """Whether the items of an element are notes."""
    if tag not in _CONTAINERS:
        return False
    if attributes.get("role") in _CONTAINER_ROLES:
        return True
    names = _names(attributes.get("class", ""))
    return bool(names) and (tag in ("ol", "ul") or names != {"references"})


def _names(classes: str) -> frozenset[str]:
    return CONTAINER_CLASSES.intersection(classes.lower().split()) if len(classes) <= _LONGEST_CLASSES else frozenset()


def is_note(tag: str, attributes: Attributes, stands_among_notes: bool) -> bool:
    """Whether an element is a note; ``stands_among_notes`` tells that it is inside an element that holds them."""
    if tag not in _NOTES:
        return False
    if stands_among_notes and tag == "li":
        return True
    if attributes.get("role") in _NOTE_ROLES or attributes.get("epub:type") in _NOTE_TYPES:
        return True
    return "id" in attributes and _NOTE_ID.match(attributes["id"][:40]) is not None
