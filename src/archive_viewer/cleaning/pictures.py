"""Pictures: the element of a picture becomes a ``Picture``, with lazy loading undone.

Separate because pages hide a picture's address in a dozen ways, each with its witness here.
Source: HTML Living Standard, section 4.8.4 (images).
"""

from __future__ import annotations

import re

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning.addresses import Base
from archive_viewer.cleaning.asides import is_hidden
from archive_viewer.cleaning.characters import admit
from archive_viewer.model import Picture
from archive_viewer.text import one_line

LAZY = (
    "data-src",  # lazysizes, lozad
    "data-original",  # jquery.lazyload
    "data-lazy-src",  # WordPress: Rocket, Jetpack
    "data-lazy",  # slick
    "data-orig-file",  # WordPress.com galleries
    "data-actualsrc",  # zhihu
    "data-hi-res-src",
    "data-image",  # Squarespace
    "data-url",
    "data-echo",
    "data-original-src",
)
"""Attributes that hold a picture's address until a script puts it into ``src``."""

LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")

_CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")
_NUMBER = re.compile(r"\s*(\d{1,5})(?:\.\d*)?(?:px)?\s*$")
_PLACEHOLDER = re.compile(
    r"(?:^|/)(?:blank|spacer|transparent|placeholder|pixel|clear|1x1|lazy)[\w-]*\.(?:gif|png|svg)"
)
_INLINE_PLACEHOLDER = 1_000
"""Characters: a shorter ``data:`` picture beside a lazy address is the empty picture that holds its place."""
_INVISIBLE = 2
"""Pixels: a picture no larger counts visitors and shows nothing."""


def picture_of(element: _Element, base: Base) -> Picture | None:
    """The picture that ``element`` shows, at offset 0; None when it shows nothing."""
    width, height = _length(element.get("width")), _length(element.get("height"))
    if width is not None and height is not None and max(width, height) <= _INVISIBLE:
        return None
    source = base.picture(_source(element))
    alt = one_line(admit(element.get("alt", "")[: limits.ATTRIBUTE_CHARACTERS]))
    if not source and not alt:
        return None
    return Picture(0, source, alt, width, height)


def picture_in_noscript(noscript: _Element, base: Base) -> Picture | None:
    """The picture that a ``<noscript>`` holds for readers without scripts; None when it is only a copy, or has text.

    The copy of a picture that stands just before it serves that picture (``_source``).
    """
    before = noscript.getprevious()
    if before is not None and before.tag in ("img", "picture"):
        return None
    image = _sole_image(noscript)
    return None if image is None or is_hidden(image.attrib) else picture_of(image, base)


def _sole_image(noscript: _Element) -> _Element | None:
    if any(text.strip() for text in noscript.itertext()):
        return None
    return next(noscript.iter("img"), None)


def _source(element: _Element) -> str:
    source = element.get("src", "")
    if not _is_placeholder(source):
        return source
    for name in LAZY:
        lazy = element.get(name, "").strip()
        if lazy and not lazy.startswith(("{", "[")):
            return lazy
    sets = [element.get(name, "") for name in LAZY_SETS]
    parent = element.getparent()
    if parent is not None and parent.tag == "picture":
        sets += [source.get(name, "") for source in parent.iterchildren("source") for name in LAZY_SETS]
    best = next((found for candidates in sets if (found := _largest(candidates))), "")
    following = element.getnext()
    if not best and following is not None and following.tag == "noscript":
        image = _sole_image(following)
        best = "" if image is None else image.get("src", "")
    return best or source


def _is_placeholder(source: str) -> bool:
    source = source.strip()
    if source[:5].lower() == "data:":
        return len(source) < _INLINE_PLACEHOLDER
    return not source or source.startswith(("about:", "#")) or bool(_PLACEHOLDER.search(source[-100:].lower()))


def _largest(candidates: str) -> str:
    """The address of the largest picture of a ``srcset``."""
    if not candidates or len(candidates) > limits.ATTRIBUTE_CHARACTERS:
        return ""
    found = [(float(m[2]) if m[2] and m[2].count(".") < 2 else 1.0, m[1]) for m in _CANDIDATE.finditer(candidates)]
    usable = [pair for pair in found if not _is_placeholder(pair[1])]
    return max(usable, key=lambda pair: pair[0])[1] if usable else ""


def _length(value: str | None) -> int | None:
    match = _NUMBER.match(value) if value and len(value) < 20 else None
    return int(match[1]) if match else None
