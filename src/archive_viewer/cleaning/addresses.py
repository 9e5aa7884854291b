"""Addresses in a page: what a link points to, and by what name a picture's data is known.

Attribute values in, addresses out.  Separate because links and pictures must resolve against the same base.
Source: HTML Living Standard, sections 2.4 (URLs) and 4.2.3 (base); RFC 3986, section 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import ceil
from urllib.parse import unquote, urldefrag, urljoin

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.mementos import plain, read_memento
from archive_viewer.text import digest

_LINE_ENDS = re.compile(r"[\t\n\r]+")
_CONTROL_AND_BLANK = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_REWRITTEN = re.compile(r"/(?!/)(?:[\w.~-]+/){0,3}\d{4,14}\*?(?:[a-z]{2}_)?/(?=https?(?::|%3a)/)", re.I)
"""How a link on an archived page begins that counts from the archive's own root."""
_ARCHIVE_SCRIPT = re.compile(r"\b(?:(?:__wm\.wombat|WB_wombat_Init|__wbhack\.init)\(|sWayBackCGI\b)")
_ARCHIVE_NAMES = ("wombat", "__wbhack", "sWayBackCGI")
_SCRIPTS_LOOKED_AT = 20
_TOOLBARS = frozenset({"wm-ipp-base", "wm-ipp"})
_LINKS_LOOKED_AT = 100
_FEWEST_WRAPPED = 3
_MOSTLY = 0.8
_ROOTED = re.compile(r"(?:/[\w%~-][\w.%~-]*)+/?(?:\?[^#\s]+)?(?:#\S+)?", re.ASCII)
"""Most relative links: paths from the root that need only what stands before them."""
_NO_ADDRESS = frozenset({"javascript", "vbscript", "data", "about", "blob"})


@dataclass(frozen=True)
class Base:
    """Where a page's relative addresses begin; both fields are empty when nobody knows the page's address.

    ``is_archived``: the page came from a web archive, which makes all its links lead back there.
    """

    page: str = ""
    address: str = ""
    is_archived: bool = False

    @classmethod
    def of(cls, root: _Element, url: str) -> Base:
        """The base of a page that was found at ``url``: its own ``<base href>`` counts, as a browser does it."""
        page = urldefrag(url)[0]
        is_archived = _is_archived(root)
        stated = next((element.get("href", "") for element in root.iter("base") if element.get("href")), "").strip()
        if len(stated) > limits.ATTRIBUTE_CHARACTERS:
            return cls(page, page, is_archived)
        own = _unwrapped(stated) if is_archived else ""
        return cls(page, own or _join(page, stated), is_archived)

    def link(self, href: str) -> str:
        """A link's target: absolute where it can be, ``#name`` inside the page, empty when it leads nowhere."""
        href = href.strip(_CONTROL_AND_BLANK)  # URL Standard, section 4.4
        if not href.isprintable():
            href = _LINE_ENDS.sub("", href)
        if href.startswith("#"):
            return _fragment(href[1:])
        scheme = _SCHEME.match(href)
        if not href or len(href) > limits.ATTRIBUTE_CHARACTERS or (scheme and scheme[1].lower() in _NO_ADDRESS):
            return ""
        if self.is_archived and (own := _unwrapped(href)):
            return self.link(own)
        address = href if scheme else self._absolute(href)
        if self.page and "#" in address and address.startswith(self.page):
            place, fragment = urldefrag(address)
            if place == self.page:
                return _fragment(fragment)
        return address

    def _absolute(self, href: str) -> str:
        return self._origin + href if _ROOTED.fullmatch(href) else _join(self.address, href)

    @cached_property
    def _origin(self) -> str:
        """What stands before the path of every address of this place."""
        return _join(self.address, "/").removesuffix("/")

    def picture(self, source: str) -> str:
        """A picture's address as the page gives it; of a ``data:`` address only its digest (see model.Picture)."""
        source = source.strip()
        if source[:5].lower() == "data:":
            return f"data:sha256/{digest(source)}"
        return source if len(source) <= limits.ATTRIBUTE_CHARACTERS else ""


def fragments(root: _Element, base: Base) -> frozenset[str]:
    """The names of this page that its own links jump to."""
    targets = (base.link(href) for link in root.iter("a", "area") if "#" in (href := link.get("href", "")))
    return frozenset(target[1:] for target in targets if target.startswith("#"))


def _is_archived(root: _Element) -> bool:
    """Whether a web archive's script or its toolbar is in the page, or nearly all of its links lead into an archive."""
    scripts = (script.text or "" for script in islice(root.iter("script"), _SCRIPTS_LOOKED_AT))
    if any(_is_of_archive(script) for script in scripts):
        return True
    if any(element.get("id") in _TOOLBARS for element in root.iter("div")):
        return True
    found = (link.get("href", "").strip() for link in root.iter("a", "area"))
    links = list(islice((href for href in found if href.startswith("/") or _SCHEME.match(href)), _LINKS_LOOKED_AT))
    others = len(links) - max(_FEWEST_WRAPPED, ceil(_MOSTLY * len(links)))  # so many may lead elsewhere
    for href in links:
        if others < 0:
            break
        others -= len(href) > limits.ATTRIBUTE_CHARACTERS or not _unwrapped(href)
    return others >= 0


def _is_of_archive(script: str) -> bool:
    # The names first: the pattern takes milliseconds for the data that pages carry in scripts.
    return any(name in script for name in _ARCHIVE_NAMES) and _ARCHIVE_SCRIPT.search(script) is not None


def _unwrapped(href: str) -> str:
    """Where a link led before a web archive wrote it anew; empty for one that leads into no archive."""
    rooted = _REWRITTEN.match(href)
    if rooted:
        return plain(href[rooted.end() :])
    memento = read_memento(href)
    return memento.url if memento else ""


def _fragment(name: str) -> str:
    return f"#{unquote(name)}" if name else ""


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[" and the like: no address at all
        return address
