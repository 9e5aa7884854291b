"""What stands in a page and is not of its text: hidden elements, controls, archives' bars, small links of headings.

An element in, a reason or None out.  Separate from the rules of the choice because these hold for a single word in
the middle of a sentence, which must go on without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from lxml.etree import _Attrib, _Element

from archive_viewer import limits
from archive_viewer.cleaning import rules
from archive_viewer.model import Reason

_HEAD_TEXTS = 20
"""Runs of text in which the head of archive.today says what it is; other pages have an element of that name too."""

Attributes = Mapping[str, str]
"""The attributes of one element, read once: asking lxml for each by its name takes longer than all else in the walk."""

CONTROLS = frozenset({"select", "textarea"})

_INLINE = frozenset({"span", "a", "small"})
_LONGEST_CLASSES = 200

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

GUTTERS = frozenset(
    {
        *("linenos", "linenodiv", "lineno"),  # Pygments, Sphinx
        *("gutter", "rouge-gutter", "gl"),  # SyntaxHighlighter, Jekyll
        *("lnt", "ln"),  # Hugo
        *("crayon-nums", "hljs-ln-numbers", "line-numbers", "line-number", "blob-num"),
    }
)
"""Classes of what holds the numbers of lines of code."""
_NUMBERS_LOOKED_AT = 1_000
_GUTTERED = frozenset({"td", "div", "span", "pre", "code", "a"})


def is_hidden(attributes: Attributes | _Attrib) -> bool:
    """Whether an element itself is taken out of sight, by attribute or by its own style."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if not style or len(style) > limits.ATTRIBUTE_CHARACTERS:
        return False
    compact = style.replace(" ", "").lower()
    return "display:none" in compact or "visibility:hidden" in compact


def reason_of(element: _Element, tag: str, attributes: Attributes) -> Reason | None:
    """Why the words of ``element`` are not the page's text; None when they are, as far as the element says."""
    if tag in CONTROLS:
        return Reason.OTHER
    if "id" in attributes and _is_archives_bar(element, attributes["id"]):
        return Reason.ARCHIVE_FURNITURE  # its address, date and title are the archive's, not the page's
    if is_hidden(attributes) or attributes.get("aria-hidden") == "true":
        return Reason.HIDDEN
    if tag == "dialog" and "open" not in attributes:
        return Reason.HIDDEN
    if "class" not in attributes:
        return None
    if tag in _GUTTERED and _is_gutter(attributes["class"]) and _is_numbers(element):
        return Reason.OTHER
    return _by_class(attributes["class"]) if tag in _INLINE else None


TELLING_CLASSES = GUTTERS | INLINE_CLASSES.keys()
"""Classes of an element that may be no part of the text around it."""


def _is_gutter(classes: str) -> bool:
    return len(classes) < _LONGEST_CLASSES and not GUTTERS.isdisjoint(classes.lower().split())


def _is_numbers(element: _Element) -> bool:
    texts = islice(element.itertext(), _NUMBERS_LOOKED_AT)
    return all(number.isdigit() for text in texts for number in text[:_NUMBERS_LOOKED_AT].split())


def _by_class(classes: str) -> Reason | None:
    if len(classes) >= _LONGEST_CLASSES:
        return None
    return next((INLINE_CLASSES[name] for name in classes.lower().split() if name in INLINE_CLASSES), None)


def _is_archives_bar(element: _Element, id: str) -> bool:
    if id != "HEADER":
        return rules.ARCHIVE_IDS.match(id) is not None
    return any("webpage capture" in text for text in islice(element.itertext(), _HEAD_TEXTS))
