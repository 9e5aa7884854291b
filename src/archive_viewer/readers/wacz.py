"""WACZ: a ZIP archive of web archives, with lists of their pages and the digests of its files.

A saved file in, its pages out, one at a time, with the titles of the lists.  The form: specs.webrecorder.net/wacz,
1.1.1; older collections of pywb are the same with ``warcs/`` and without lists.  The index is not needed: seen are
missing ones, and ones whose places mean nothing because the volumes were packed again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from archive_viewer import damage, limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Fact, Format, SavedFile, Source
from archive_viewer.readers import web_captures
from archive_viewer.readers.opening import Head
from archive_viewer.readers.recognition import WACZ, identify
from archive_viewer.readers.web_captures import Volume
from archive_viewer.readers.web_pages import PageList, address_digest
from archive_viewer.readers.zip_safety import Archive, Member, open_archive
from archive_viewer.readers.zip_volumes import volume_of

_VOLUME = re.compile(r"(?:.*/)?(?:archive|warcs)/(?:.*/)?[^/]+\.w?arc(?:\.(?:gz|zst))?", re.I)
_LIST = re.compile(r"(?:.*/)?pages/[^/]+\.jsonl", re.I)
_MANIFEST, _DIGEST_OF_MANIFEST = "datapackage.json", "datapackage-digest.json"
_OF_PACKAGES = "multi-wacz-package"
_EMPTY_LIST = "This is a list of WACZ files, and it is empty."
_ALGORITHMS = {"sha256": 64, "sha512": 128, "sha1": 40, "md5": 32}
_PIECE = limits.MIB


def recognises(head: Head) -> bool:
    """The names of the first files, or the archive's own suffix."""
    signature = identify(head)
    return signature is not None and signature.name == WACZ


def read(saved: SavedFile) -> Iterator[Capture]:
    """The pages that the archive lists, or all there are; what was found of its digests is said with each.

    :raises FileRefused: the file cannot be read, or holds no page.
    """
    package = _open(saved)
    about = package.about()
    fixity, warnings = _check_digests(package.archive)
    remarks = package.archive.warnings + warnings
    checked = {"fixity": fixity} if fixity else {}
    for capture in map(about.describe, web_captures.read(package.volumes(), saved, about.listed)):
        facts = {**capture.facts, **checked}
        yield replace(capture, facts=facts, file_warnings=remarks + capture.file_warnings)


def find(saved: SavedFile, locator: str) -> Capture:
    """The page that a locator names.

    :raises FileRefused: the file cannot be read, or holds no such page.
    """
    package = _open(saved)
    return package.about().describe(web_captures.find(package.volumes(), saved, locator))


# -- volumes -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Package:
    archive: Archive
    members: tuple[Member, ...]

    def volumes(self) -> list[Volume]:
        return [volume_of(self.archive, member) for member in self.members]

    def about(self) -> _About:
        about = _About(software=_text(_manifest(self.archive).get("software")))
        for member in self.archive.members:
            if _LIST.fullmatch(member.name):
                _read_list(self.archive, member, about)
        return about


def _open(saved: SavedFile) -> _Package:
    archive = open_archive(saved.path)
    members = tuple(member for member in archive.members if _VOLUME.fullmatch(member.name))
    if not members:
        raise FileRefused(_without_volumes(archive))
    return _Package(archive, members)


def _without_volumes(archive: Archive) -> str:
    """Why there is nothing to be read: a package of packages (specs.webrecorder.net/multi-wacz) lists them only."""
    packages = [member.name for member in archive.members if member.name.lower().endswith(".wacz")]
    if packages:
        return f"This is a package of WACZ files; please unpack it and import these: {_names(packages)}."
    manifest = _manifest(archive)
    if manifest.get("profile") != _OF_PACKAGES:
        return "This WACZ file holds no web archive (WARC)."
    listed = [name for entry in _entries(manifest) if (name := _text(entry.get("path")) or _text(entry.get("url")))]
    return f"This is a list of WACZ files, which are not in it: {_names(listed)}." if listed else _EMPTY_LIST


# -- lists of pages ------------------------------------------------------------------------------------------------


@dataclass
class _About:
    """What the archive says of its pages: which they are, and their titles by the digests of their addresses."""

    software: str = ""
    listed: PageList = field(default_factory=PageList)
    titles: dict[int, str] = field(default_factory=dict)

    def describe(self, capture: Capture) -> Capture:
        title = self.titles.get(address_digest(capture.url.value), "") if capture.url else ""
        by = {"saved_with": Fact(self.software, Source.STATED, _MANIFEST)} if self.software else {}
        return replace(
            capture,
            format=Format.WACZ,
            title=Fact(title, Source.STATED, "the list of pages") if title else None,
            facts={**capture.facts, **by},
        )


def _read_list(archive: Archive, member: Member, about: _About) -> None:
    """One JSON object in a line; the first line is a header, which has no address."""
    room = limits.PAGE_LIST_BYTES
    with archive.opened(member) as stream:
        while room > 0 and (line := stream.readline(min(room, limits.PAGE_LIST_LINE))):
            room -= len(line)
            page = _object(line)
            url, title = _text(page.get("url")), _text(page.get("title"))
            if url and len(about.titles) < limits.WARC_PAGES:
                about.listed.add(url)
                about.titles.setdefault(address_digest(url), "" if title == url else title[: limits.LISTED_TITLE])


# -- digests -------------------------------------------------------------------------------------------------------


def _check_digests(archive: Archive) -> tuple[Fact[str] | None, tuple[str, ...]]:
    """A Fact that all files have the digests that the archive states, or warnings about those that have not."""
    stated = _stated_digests(archive)
    missing = [path for path in stated if path not in archive.by_name]
    wrong = [path for path, digest in stated.items() if path not in missing and not _has_digest(archive, path, digest)]
    warnings = []
    if wrong:
        warnings.append(f"{damage.MEMBERS_ALTERED}: {_names(wrong)}.")
    if missing:
        warnings.append(f"{damage.MEMBERS_MISSING}: {_names(missing)}.")
    if not stated or warnings:
        return None, tuple(warnings)
    origin = _DIGEST_OF_MANIFEST if _MANIFEST in stated else _MANIFEST
    return Fact(f"{len(stated)} files have the digests that are stated", Source.SYSTEM, origin), ()


def _stated_digests(archive: Archive) -> Mapping[str, str]:
    """Digests by file, as ``sha256:…``."""
    found = _entries(_manifest(archive))
    if digest := _read_object(archive, _DIGEST_OF_MANIFEST):
        found.append(digest)
    digests = {_text(entry.get("path")): _text(entry.get("hash")) for entry in found[: limits.ZIP_MEMBERS]}
    return {path: digest for path, digest in digests.items() if path and _algorithm(digest)}


def _algorithm(digest: str) -> str:
    name, _, value = digest.lower().partition(":")
    return name if len(value) == _ALGORITHMS.get(name, 0) else ""


def _has_digest(archive: Archive, path: str, digest: str) -> bool:
    algorithm = hashlib.new(_algorithm(digest), usedforsecurity=False)
    try:
        with archive.opened(archive.by_name[path]) as stream:
            while piece := stream.read(_PIECE):
                algorithm.update(piece)
    except FileRefused:
        return False
    return algorithm.hexdigest() == digest.lower().partition(":")[2]


def _names(paths: list[str], most: int = 5) -> str:
    shown = ", ".join(path[:200] for path in paths[:most])
    return f"{shown} and {len(paths) - most} more" if len(paths) > most else shown


# -- JSON ----------------------------------------------------------------------------------------------------------


def _manifest(archive: Archive) -> Mapping[str, object]:
    return _read_object(archive, _MANIFEST)


def _entries(manifest: Mapping[str, object]) -> list[Mapping[str, object]]:
    """What a manifest says of each file."""
    entries = manifest.get("resources")
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _read_object(archive: Archive, name: str) -> Mapping[str, object]:
    member = archive.by_name.get(name)
    return _object(archive.read(member, limits.WARC_ABOUT_BYTES)[0]) if member else {}


def _object(data: bytes) -> Mapping[str, object]:
    """The JSON object in ``data``, an empty one where there is none."""
    try:
        value = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
