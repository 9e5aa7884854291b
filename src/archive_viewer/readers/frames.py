"""Pages that are made of frames: a frameset has no text of its own, its frames have it all.

A frameset's markup and a way to its frames in, one page with the text of all of them out.  Separate because every
container keeps its frames elsewhere: beside the page, as a part of a message, as an archive within an archive.
HTML Living Standard, section 16.3: obsolete, and everywhere in what was saved before 2005.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from lxml import etree
from lxml.etree import _Element

from archive_viewer import charset, limits, tags
from archive_viewer.errors import CharsetRefused
from archive_viewer.model import Fact, Resource, SavedFile, Source

_JOINED = "This page is made of frames; the texts of the frames that were saved stand one after the other."

_PAGES = ("text/html", "application/xhtml+xml", "")
_CONTROLS = re.compile(r"^\s+|\s+$|[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ADDRESSES = {"href", "src", "background", "poster", "data"}

FindFrame = Callable[[str], "tuple[str, str] | None"]
"""From a frame's address as the page gives it to the address by which its own links go, and its text."""


@dataclass(frozen=True)
class Joined:
    """A page with the content of its frames, and what is to be said of it."""

    text: str
    warnings: tuple[str, ...]


def join(text: str, find: FindFrame) -> Joined | None:
    """The page with its frames' content in the place of the frameset; None where it has no frameset, or no frame of
    it was saved."""
    if "<frameset" not in text.lower():
        return None
    page = _parse(text)
    if page is None:
        return None
    frames = _Frames(find)
    frames.collect(page, limits.FRAME_NESTING)
    if not len(frames.body):
        return None
    # The root itself is kept: its attributes may have names that only the parser allows.
    for child in list(page):
        if child.tag != "head":
            page.remove(child)
    page.append(frames.body)
    left_out = (f"Frames of this page were left out: {frames.left_out}.",) if frames.left_out else ()
    text = "<!DOCTYPE html>\n" + etree.tostring(page, encoding="unicode", method="html")
    return Joined(text, (_JOINED, *left_out))


class _Frames:
    """The frames of a page while they are gathered; ``body`` holds what stands in them."""

    def __init__(self, find: FindFrame) -> None:
        self.body = etree.Element("body")
        self.left_out = 0
        self._find = find
        self._asked = 0
        self._seen = {""}
        self._room = limits.PAGE_BYTES

    def collect(self, page: _Element, depth: int, base: str = "") -> None:
        """Gather the frames of a page, and those of framesets in them down to a depth."""
        for frame in page.iter("frame"):
            address = absolute(base, frame.get("src", "").strip())
            if address in self._seen:
                continue
            place, content = self._read(address)
            self._seen |= {address, place}
            if content is None:
                continue
            if content.find(".//frameset") is not None:
                if depth:
                    self.collect(content, depth - 1, place)
                continue
            for element in content.iter(etree.Element):
                for name in _ADDRESSES & set(element.attrib):
                    element.set(name, absolute(place, _CONTROLS.sub("", element.get(name, ""))))
            for body in list(content.iterchildren("body")):
                body.tag = "section"
                self.body.append(body)

    def _read(self, address: str) -> tuple[str, _Element | None]:
        """The address of a frame, and its content unless it is none, was there already, or is too much."""
        if self._asked > limits.FRAMES:
            self.left_out += 1
            return address, None
        self._asked += 1
        found = self._find(address)
        if found is None or found[0] in self._seen:
            return address, None
        place, text = found
        if len(text) > self._room:
            self.left_out += 1
            return place, None
        self._room -= len(text)
        return place, _parse(text)


def charset_of(decoded_from: Fact[str]) -> Fact[str]:
    """The character set of a page with its frames: UTF-8, whatever they were in, unless a person chose one."""
    if decoded_from.source is Source.TYPED:
        return decoded_from
    return Fact("utf-8", Source.INFERRED, "put together from its frames")


def encoded(joined: str, decoded_from: Fact[str]) -> bytes:
    """The bytes of a page with its frames, in the character set that is said of it."""
    return charset.encode_as(joined, charset_of(decoded_from).value)


def decode(data: bytes, saved: SavedFile) -> str:
    """The text of a frame: as its page's, where a person has chosen, unless it is none then."""
    if saved.charset:
        try:
            return charset.decode_chosen(data, saved.charset)[0]
        except CharsetRefused:
            pass
    return charset.decode(data)[0]


def among(parts: Iterable[Resource], base: str, saved: SavedFile) -> FindFrame:
    """The frames of a page at ``base`` that are parts of its own container, ``saved``."""
    pages = {urldefrag(part.url)[0]: part for part in parts if part.media_type in _PAGES}
    # A part may have two names, of which the links in it go by the one that is no "cid:".
    places = {id(part.data): url for url, part in pages.items() if not url.startswith("cid:")}

    def find(address: str) -> tuple[str, str] | None:
        part = pages.get(urldefrag(absolute(base, address))[0])
        return (places.get(id(part.data), part.url), decode(part.data, saved)) if part else None

    return find


def absolute(base: str, address: str) -> str:
    """An address as it counts from ``base``; one that is none stays as it is."""
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[" is no address.
        return address


def _parse(text: str) -> _Element | None:
    """The root of a page, or None where there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        return etree.fromstring(tags.bounded(text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
