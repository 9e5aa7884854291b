"""The tree of a ScrapBook or WebScrapBook library: what its owner called a page, and where it was put.

A page's path on the disk in, facts out.  Separate because these facts lie outside of the page's own folder, two
folders up, and are known only while the library stands where it was written: an import keeps them.  The forms:
``.wsb/tree/meta*.js`` and ``toc*.js`` of WebScrapBook, JSON in a call; ``scrapbook.rdf`` of ScrapBook, XML.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from archive_viewer import charset, limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Fact, Format, SavedFile, Source
from archive_viewer.readers import provenance
from archive_viewer.readers.companions import FolderCompanions
from archive_viewer.readers.opening import Unpacked, opened

_LEVELS = 3
"""How far above a page its library may begin: data/<id>/index.html lies two folders deep."""

_TREE, _RDF_FILE = LIBRARY_LISTS = (".wsb/tree", "scrapbook.rdf")
"""The origins of facts that a library's list states, not the page."""

_KEY_BEFORE = re.compile(r'"((?:[^"\\]|\\.){1,200})"\s*:\s*\Z')
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SCRAPBOOK = "{http://amb.vis.ne.jp/mozilla/scrapbook-rdf#}"


State: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True)
class Entry:
    """What a library says of one of its pages; ``place`` are the folders that hold it, outermost first.

    ``created`` are the digits of the moment of the save, ``order`` counts from 1 and is 0 where nobody says.
    """

    title: str
    comment: str
    source: str
    created: str
    place: tuple[str, ...]
    order: int
    origin: str
    format: Format

    def facts(self) -> dict[str, Fact[str]]:
        """``library_title``, ``library_place``, ``library_order``, and what its owner wrote about the page."""
        said = {
            "library_title": self.title,
            "library_place": " / ".join(self.place),
            "library_order": str(self.order) if self.order else "",
            "comment": self.comment.replace(" __BR__ ", "\n").strip(),
        }
        return {name: Fact(value, Source.STATED, self.origin) for name, value in said.items() if value}


def entry_of(saved: SavedFile) -> Entry | None:
    """What is said of a file by the library in which it stands; None where it stands in none, or is not listed."""
    if isinstance(saved, Unpacked) or not isinstance(saved.companions, FolderCompanions):
        return None
    for root in list(saved.path.absolute().parents)[:_LEVELS]:
        if (root / ".wsb" / "tree").is_dir():
            return _webscrapbook(root, saved.path.absolute())
        if (root / _RDF_FILE).is_file() and saved.path.stem.lower() == "index":
            return _scrapbook(root / _RDF_FILE, saved.path.parent.name)
    return None


def placed(capture: Capture, entry: Entry | None, saved: SavedFile) -> Capture:
    """``capture`` with what the library in which the file stands says of it; as it is, where that is nothing.

    The page's own marks go before the library's list, which goes before what the page calls itself.
    """
    if entry is None:
        return capture
    url, captured_at = capture.url, capture.captured_at
    if url is None or url.source is Source.INFERRED:
        url = provenance.address(entry.source, entry.origin) or url
    if captured_at is None or captured_at.source is Source.INFERRED:
        captured_at = provenance.capture_date(entry.created, entry.origin, saved)
    is_page = capture.format in (Format.HTML, Format.HTML_FOLDER)
    title = " ".join(entry.title.split())
    return replace(
        capture,
        format=entry.format if is_page else capture.format,
        url=url,
        captured_at=captured_at,
        title=capture.title or (Fact(title, Source.STATED, entry.origin) if title else None),
        facts={**capture.facts, **entry.facts()},
    )


# -- WebScrapBook --------------------------------------------------------------------------------------------------


def _webscrapbook(root: Path, page: Path) -> Entry | None:
    tree = root / ".wsb" / "tree"
    metas, tocs = (_texts(_files(tree, name)) for name in ("meta", "toc"))
    found = next(filter(None, (_entry(text, name) for name in _names(root, page) for text in metas)), None)
    if found is None:
        return None
    id, said = found
    above, order = _parent(tocs, id)
    place: list[str] = []
    while above and above != "root" and len(place) < limits.COMPANION_DEPTH:
        place.insert(0, _title(metas, above) or above)
        above, _ = _parent(tocs, above)
    title, comment, source, created = (_said(said, name) for name in ("title", "comment", "source", "create"))
    return Entry(title, comment, source, created, tuple(place), order, _TREE, Format.WEBSCRAPBOOK)


def _said(entry: Mapping[str, object], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _names(root: Path, page: Path) -> Iterator[str]:
    """How the tree may name a page: from the library, or from its folder of data."""
    yield page.relative_to(root).as_posix()
    for folder in ("data", "Data"):
        if page.is_relative_to(root / folder):
            yield page.relative_to(root / folder).as_posix()


def _files(tree: Path, name: str) -> tuple[tuple[Path, State], ...]:
    """``meta.js``, ``meta1.js`` … as far as there are any, each with its state."""
    found = []
    for number in range(limits.LIBRARY_TREE_FILES):
        path = tree / f"{name}{number or ''}.js"
        state = _state(path)
        if state is None:
            break
        found.append((path, state))
    return tuple(found)


@lru_cache(maxsize=2)
def _texts(files: tuple[tuple[Path, State], ...]) -> list[str]:
    """Their texts, read once for all pages of the library, for as long as the files are in the same state."""
    return [_text(path) for path, _ in files]


def _state(path: Path) -> State | None:
    """By what a changed file is known: its number, size and time; None for what is no file, or leads to another."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _text(path: Path) -> str:
    try:
        with opened(SavedFile(path, path.name)) as stream:
            return charset.decode(stream.read(limits.LIBRARY_TREE_BYTES), media_type="text/plain")[0]
    except FileRefused:
        return ""


def _entry(text: str, name: str) -> tuple[str, Mapping[str, object]] | None:
    """The id of the page whose ``index`` is ``name``, and what is said of it; a long list is not read whole for it."""
    for written in dict.fromkeys((json.dumps(name, ensure_ascii=False), json.dumps(name))):
        found = re.search(rf'"index"\s*:\s*{re.escape(written)}', text)
        start = found.start() if found else -1
        for _ in range(limits.LIBRARY_TREE_BRACES if found else 0):  # a title before the name may hold braces
            start = text.rfind("{", 0, max(0, start))
            key = _KEY_BEFORE.search(text[max(0, start - 300) : start]) if start >= 0 else None
            if key:
                return key[1], _decoded(text, start)
    return None


def _title(texts: Sequence[str], id: str) -> str:
    for text in texts:
        found = re.search(rf"{re.escape(json.dumps(id))}\s*:\s*(?=\{{)", text)
        title = _decoded(text, found.end()).get("title") if found else None
        if isinstance(title, str):
            return title
    return ""


def _parent(texts: Sequence[str], id: str) -> tuple[str, int]:
    """The folder that holds an id, and its place there, from 1; ``("", 0)`` where none does."""
    for text in texts:
        for found in re.finditer(rf"{re.escape(json.dumps(id))}\s*(?=[,\]])", text):
            start = text.rfind("[", 0, found.start())
            key = _KEY_BEFORE.search(text[max(0, start - 300) : start])
            inside = text[start : found.start()]
            if key and "]" not in inside:
                return key[1], inside.count(",") + 1
    return "", 0


def _decoded(text: str, start: int) -> Mapping[str, object]:
    try:
        value = json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


# -- ScrapBook -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Listed:
    """What ``scrapbook.rdf`` says, by the names of its pages and folders: title, comment and source; where each is."""

    said: Mapping[str, tuple[str, str, str]]
    parents: Mapping[str, tuple[str, int]]


def _scrapbook(path: Path, id: str) -> Entry | None:
    state = _state(path)
    listed = _listed(path, state) if state is not None else None
    name = f"urn:scrapbook:item{id}"
    if listed is None or name not in listed.said:
        return None
    above, order = listed.parents.get(name, ("", 0))
    place: list[str] = []
    while above in listed.said and len(place) < limits.COMPANION_DEPTH:
        place.insert(0, listed.said[above][0])
        above = listed.parents.get(above, ("", 0))[0]
    title, comment, source = listed.said[name]
    return Entry(title, comment, source, id, tuple(place), order, _RDF_FILE, Format.SCRAPBOOK)


@lru_cache(maxsize=1)
def _listed(path: Path, state: State) -> _Listed | None:
    """The list of a library, taken apart once for all of its pages, for as long as the file is in the same state."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_text(path).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    said = {}
    for element in root.iter(f"{_RDF}Description"):
        title, comment, source = (element.get(f"{_SCRAPBOOK}{name}", "") for name in ("title", "comment", "source"))
        said[element.get(f"{_RDF}about", "")] = (title, comment, source)
    parents: dict[str, tuple[str, int]] = {}
    for sequence in root.iter(f"{_RDF}Seq"):
        for order, item in enumerate(sequence.iter(f"{_RDF}li"), 1):
            parents.setdefault(item.get(f"{_RDF}resource", ""), (sequence.get(f"{_RDF}about", ""), order))
    return _Listed(said, parents)
