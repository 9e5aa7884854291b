"""The bytes behind the addresses of a page: parts of its container, files beside it, pictures written into it.

A capture, its saved file and an address in, a ``Resource`` out, or None where it was not saved.  Separate because a
page knows one picture by many addresses: absolute and relative, with and without escapes, by ``cid:`` (RFC 2392), as
a ``data:`` address (RFC 2397), or by the digest that a block keeps of one (see ``model.Picture``).
"""

from __future__ import annotations

import binascii
import posixpath
import re
import string
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import cast
from urllib.parse import unquote, unquote_to_bytes, urldefrag, urljoin

from lxml import etree

from archive_viewer import charset, limits, tags
from archive_viewer.model import Capture, Resource, SavedFile
from archive_viewer.text import digest

_DIGEST = re.compile(r"data:sha256/([0-9a-f]{64})")
_DATA = re.compile(r"data:([^,;]*)((?:;[^,;]*)*),(.*)", re.I | re.S)
_DATA_SCHEME = re.compile("data:", re.I)
_ONE_OF_SEVERAL = re.compile(r"data:\S+", re.I)
_NOT_BASE64 = bytes(set(range(256)) - set((string.ascii_letters + string.digits + "+/").encode()))
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ENDING = re.compile(r"[_.-]\w+$")
_TYPES = {
    suffix: media_type
    for media_type, suffixes in (
        ("text/html", ".html .htm .xhtml"),
        ("text/css", ".css"),
        ("text/javascript", ".js .mjs .download"),
        ("text/plain", ".txt"),
        ("image/png", ".png .apng"),
        ("image/jpeg", ".jpg .jpeg .jpe .jfif"),
        ("image/gif", ".gif"),
        ("image/webp", ".webp"),
        ("image/avif", ".avif"),
        ("image/bmp", ".bmp"),
        ("image/tiff", ".tif .tiff"),
        ("image/x-icon", ".ico .cur"),
        ("image/svg+xml", ".svg"),
        ("font/woff", ".woff"),
        ("font/woff2", ".woff2"),
        ("font/ttf", ".ttf"),
        ("font/otf", ".otf"),
        ("audio/mpeg", ".mp3"),
        ("audio/ogg", ".ogg .oga .opus"),
        ("video/mp4", ".mp4 .m4v"),
        ("video/webm", ".webm"),
    )
    for suffix in suffixes.split()
}
"""By suffix: of the files beside a page nobody else states a type.  The system's own table differs by machine."""


def resource_of(capture: Capture, saved: SavedFile, source: str) -> Resource | None:
    """The resource that a page knows as ``source``; for many of one page, keep a ``Resources``."""
    return Resources(capture, saved).find(source)


class Resources:
    """What one page can load.  The page's own bytes are looked through once, and only when that is needed."""

    def __init__(self, capture: Capture, saved: SavedFile) -> None:
        self._capture = capture
        self._companions = {name: saved.companions[name] for name in capture.companions if name in saved.companions}

    def find(self, source: str) -> Resource | None:
        """The resource at an address as the page gives it, or None where it was not saved."""
        source = source.strip()
        if named := _DIGEST.fullmatch(source):
            address = self._written_in.addresses.get(named[1])
            return _from_data_address(source, address) if address else None
        if source[:5].lower() == "data:":
            return _from_data_address(source, source)
        return self._part(source) or self._companion(source) or self._inside(source) or self._archived(source)

    def _part(self, source: str) -> Resource | None:
        return next((self._parts[form] for form in self._forms(source) if form in self._parts), None)

    def _companion(self, source: str) -> Resource | None:
        for name in _file_names(source):
            path = self._companions.get(name) or self._by_spelling.get(_spelling(name)) or self._in_renamed_folder(name)
            if path is not None and path.is_file() and path.stat().st_size <= limits.RESOURCE_BYTES:
                return Resource(source, _type_of(name), path.read_bytes())
        return None

    def _in_renamed_folder(self, name: str) -> Path | None:
        """The file of that name in the page's folder, where that has another name than the page gives it."""
        folder, _, tail = name.partition("/")
        return None if folder in self._folders or not tail else self._by_tail.get(_ending(folder) + _spelling(tail))

    def _inside(self, source: str) -> Resource | None:
        for name in _file_names(source):
            if found := self._capture.inside.get(name):
                return Resource(source, _type_of(name), found.data)
        return None

    def _archived(self, source: str) -> Resource | None:
        find = self._capture.find_resource
        forms = (form for form in dict.fromkeys(self._forms(source)) if _SCHEME.match(form))
        return next(filter(None, map(find, forms)), None) if find else None

    def _forms(self, source: str) -> Iterator[str]:
        """The addresses by which a container may know what the page calls ``source``, the likeliest first."""
        yield source
        source = source.replace("\\", "/")  # URL Standard, section 4.4: Word writes them so.
        for base in dict.fromkeys((self._base, self._copy)):
            absolute = _join(base, source)
            for address in (absolute, urldefrag(absolute)[0]):
                yield address
                yield unquote(address)

    @cached_property
    def _parts(self) -> Mapping[str, Resource]:
        parts: dict[str, Resource] = {}
        for resource in self._capture.resources:
            for form in (resource.url, unquote(resource.url)):
                parts.setdefault(form, resource)
        return parts

    @cached_property
    def _by_spelling(self) -> Mapping[str, Path]:
        return {_spelling(name): path for name, path in reversed(self._companions.items())}

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(name.partition("/")[0] for name in self._companions)

    @cached_property
    def _by_tail(self) -> Mapping[str, Path]:
        parts = ((*name.partition("/"), path) for name, path in reversed(self._companions.items()))
        return {_ending(folder) + _spelling(tail): path for folder, _, tail, path in parts if tail}

    @cached_property
    def _base(self) -> str:
        url = self._capture.url.value if self._capture.url else ""
        return _join(url, self._written_in.base)

    @cached_property
    def _copy(self) -> str:
        """The address under which a web archive gave the page out: parts of its container may go by it."""
        copy = self._capture.facts.get("archived_copy")
        return _join(copy.value, self._written_in.base) if copy else self._base

    @cached_property
    def _written_in(self) -> _Addresses:
        target = _Addresses()
        parser = etree.HTMLParser(target=cast("etree.ParserTarget[None]", target), huge_tree=True)
        parser.feed(tags.bounded(charset.decode_as(self._capture.data, self._capture.charset.value)))
        parser.close()
        return target


class _Addresses:
    """What lxml calls for each tag: gathers the page's ``<base>`` and its ``data:`` addresses by their digests."""

    def __init__(self) -> None:
        self.base = ""
        self.addresses: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "base" and not self.base:
            self.base = attributes.get("href", "").strip()
        for value in attributes.values():
            if _DATA_SCHEME.search(value):
                # A whole attribute, or one of the candidates of a srcset.
                for address in (value.strip(), *_ONE_OF_SEVERAL.findall(value)):
                    self.addresses.setdefault(digest(address), address)

    def close(self) -> None:
        pass


def _from_data_address(source: str, address: str) -> Resource | None:
    found = _DATA.fullmatch(address)
    if not found or len(address) > 2 * limits.RESOURCE_BYTES:
        return None
    media_type, parameters, content = found.groups()
    data = unquote_to_bytes(content)
    if ";base64" in parameters.lower():
        letters = data.translate(None, _NOT_BASE64)
        whole = letters[:-1] if len(letters) % 4 == 1 else letters
        data = binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    return Resource(source, media_type.strip().lower() or "text/plain", data)


def _file_names(source: str) -> Iterator[str]:
    """The companions that a relative address may name: as browsers read it, then as savers forgot to write it."""
    if _SCHEME.match(source) or source.startswith(("/", "#")):
        return
    path = re.split(r"[?#]", source, maxsplit=1)[0]
    forms = dict.fromkeys(form for form in (unquote(path), path, unquote(source), source) if form)
    yield from (posixpath.normpath(form.replace("\\", "/")) for form in forms)


def _type_of(name: str) -> str:
    return _TYPES.get(posixpath.splitext(name)[1].lower(), "application/octet-stream")


def _spelling(name: str) -> str:
    """One form for a name that disks and pages compose differently, or write in capitals."""
    return unicodedata.normalize("NFC", name).casefold()


def _ending(folder: str) -> str:
    """What a browser put behind the page's name, with a slash: a folder that was renamed with its page keeps it."""
    found = _ENDING.search(folder)
    return f"{found[0].casefold()}/" if found else f"{folder}/"


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[" is no address.
        return address
