"""What stands in a page and is not of its text: hidden elements, controls, archives' bars, small links of headings.

An element in, a reason or None out.  Separate from the rules of the choice because these hold for a single word in
the middle of a sentence, which must go on without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning import rules
from archive_viewer.model import Reason

_HEAD_TEXTS = 20
"""Runs of text in which the head of archive.today says what it is; other pages have an element of that name too."""

CONTROLS = frozenset({"select", "textarea"})

INLINE_CLASSES: Mapping[str, Reason] = {
    "mw-editsection": Reason.NAVIGATION,  # MediaWiki: "[edit]" in each heading
    "headerlink": Reason.NAVIGATION,  # Sphinx: "¶" after each heading
    "anchorjs-link": Reason.NAVIGATION,  # AnchorJS
    "heading-anchor": Reason.NAVIGATION,
    "header-anchor": Reason.NAVIGATION,  # VuePress: "#"
    "hash-link": Reason.NAVIGATION,  # Docusaurus
    "sr-only": Reason.HIDDEN,  # Bootstrap 3 and 4, Tailwind
    "visually-hidden": Reason.HIDDEN,  # Bootstrap 5
    "visuallyhidden": Reason.HIDDEN,  # HTML5 Boilerplate
    "screen-reader-text": Reason.HIDDEN,  # WordPress
    "katex-mathml": Reason.HIDDEN,  # KaTeX: the formula once more, for screen readers
    "mjx_assistive_mathml": Reason.HIDDEN,  # MathJax 2
}
"""Classes of words that stand within a line and are not part of it."""


def is_hidden(element: _Element) -> bool:
    """Whether the element itself is taken out of sight, by attribute or by its own style."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style or len(style) > limits.ATTRIBUTE_CHARACTERS:
        return False
    compact = style.replace(" ", "").lower()
    return "display:none" in compact or "visibility:hidden" in compact


def reason_of(element: _Element, tag: str) -> Reason | None:
    """Why the words of ``element`` are not the page's text; None when they are, as far as the element says."""
    if tag in CONTROLS:
        return Reason.OTHER
    if not element.attrib:
        return Reason.HIDDEN if tag == "dialog" else None
    if _is_archives_bar(element):
        return Reason.ARCHIVE_FURNITURE  # its address, date and title are the archive's, not the page's
    if is_hidden(element) or element.get("aria-hidden") == "true" or (tag == "dialog" and element.get("open") is None):
        return Reason.HIDDEN
    classes = element.get("class")
    if classes and len(classes) < 200 and tag in ("span", "a", "small"):
        return next((INLINE_CLASSES[name] for name in classes.lower().split() if name in INLINE_CLASSES), None)
    return None


def _is_archives_bar(element: _Element) -> bool:
    id = element.get("id", "")
    if id != "HEADER":
        return rules.ARCHIVE_IDS.match(id) is not None
    return any("webpage capture" in text for text in islice(element.itertext(), _HEAD_TEXTS))
