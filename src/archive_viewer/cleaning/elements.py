"""What HTML's elements are to a reader of the page: blocks, styles, or nothing that is seen.

Named sets of tags, and for each tag what follows from them, as one record; separate so that the walk, the tables and
the metadata agree.  Source: HTML Living Standard, section 15 (rendering).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from archive_viewer.model import Kind, Style


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


UNSEEN = _tags(
    "script style head title meta link base template object embed applet iframe canvas audio video datalist area map "
    "param source track annotation annotation-xml progress meter colgroup col basefont noembed frame desc defs "
    "symbol metadata"
)
"""Elements that show no text of their own; what stands in them is for programs that cannot show them."""

ONLY_WITHOUT_SCRIPTS = frozenset({"noscript", "noframes"})

VOID = _tags("area base br col embed frame hr img input link meta param source track wbr")

BLOCKS = _tags(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main marquee menu nav ol p "
    "plaintext pre search section summary table caption tbody td tfoot th thead tr ul xmp"
)
"""Elements that begin and end on a line of their own."""

HEADINGS: Mapping[str, int] = {f"h{rank}": rank for rank in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu", "dir"})
PREFORMATTED = frozenset({"pre", "listing", "xmp", "plaintext"})
TEXT_BLOCKS = frozenset({"p", "li", "td", "th", "dt", "dd", "summary", "label", "legend", "caption", *HEADINGS})
"""Blocks whose text a control may be part of: a heading that is a button, say."""

NEVER_IN_DRAWINGS = _tags("p div span ul ol dl table pre img h1 h2 h3 h4 h5 h6")
"""Elements that end an SVG drawing which the page forgot to close (HTML Living Standard, section 13.2.6.5)."""

PICTURES = frozenset({"img", "amp-img", "image"})

STYLES: Mapping[str, Style] = {
    "b": Style.BOLD,
    "strong": Style.BOLD,
    "i": Style.ITALIC,
    "em": Style.ITALIC,
    "cite": Style.ITALIC,
    "dfn": Style.ITALIC,
    "var": Style.ITALIC,
    "code": Style.CODE,
    "tt": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
    "u": Style.UNDERLINE,
    "ins": Style.UNDERLINE,
    "s": Style.STRIKE,
    "strike": Style.STRIKE,
    "del": Style.STRIKE,
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
    "mark": Style.HIGHLIGHT,
}

KINDS: Mapping[str, Kind] = {
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
    "dt": Kind.TERM,
    "dd": Kind.DEFINITION,
}

STRUCTURES = LISTS | PREFORMATTED | HEADINGS.keys() | KINDS.keys() | _tags("li blockquote table td th textarea")
"""Elements that change, by their name alone, what kind of block the text in them is."""

_OPENING: Mapping[str, str] = {"q": "“", "rt": "(", "button": " ", "text": " ", "option": "\n"}
_CLOSING: Mapping[str, str] = {"q": "”", "rt": ")", "button": " ", "text": " "}
"""What a browser shows around an element though it is not in the source; a reading gets brackets in place of ruby."""

MARKERS = frozenset({"scrapbook-linemarker", "hypothesis-highlight"})
"""Elements that other programs put around words that a person marked."""

PHRASING = MARKERS | _tags(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q ruby rb rt rtc s samp "
    "small span strike strong sub sup time tt u var wbr img picture button"
)
"""Elements that only set a run of text; all others may hold a section of the page."""

POINTS = PICTURES | _tags("br hr wbr input")
"""Elements without content of their own: points in the text around them."""


class Trait(NamedTuple):
    """What a tag means for the text in it and around it.

    ``opening`` and ``closing`` are shown around it: a blank parts boxes in a row, a newline begins a line of its own.
    ``is_plain``: without attributes it changes nothing for what stands in it.
    """

    is_block: bool
    is_phrasing: bool
    is_text_block: bool
    is_structure: bool
    is_plain: bool
    styles: frozenset[Style]
    opening: str
    closing: str


def _trait(tag: str) -> Trait:
    return Trait(
        is_block=tag in BLOCKS,
        is_phrasing=tag in PHRASING,
        is_text_block=tag in TEXT_BLOCKS,
        is_structure=tag in STRUCTURES,
        is_plain=tag not in STRUCTURES and tag not in STYLES and tag not in MARKERS,
        styles=frozenset({STYLES[tag]}) if tag in STYLES else frozenset(),
        opening=_OPENING.get(tag, ""),
        closing=_CLOSING.get(tag, ""),
    )


TRAITS: Mapping[str, Trait] = {
    tag: _trait(tag)
    for tag in (BLOCKS | PHRASING | STRUCTURES | TEXT_BLOCKS | _OPENING.keys()) - UNSEEN - ONLY_WITHOUT_SCRIPTS - POINTS
}
UNKNOWN = _trait("")
"""The trait of every other element: a part of the page that neither begins a line nor changes anything."""
