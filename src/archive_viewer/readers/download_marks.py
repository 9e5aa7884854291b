"""What the operating system keeps about where a file was got: marks beside the file's bytes, not in them.

A path in, a ``Download`` out; a capture and the download in, a capture with its address and date by a better witness
out.  Separate because these marks are no part of the file: they are read where it lies on the person's disk, once, and
the import keeps what they said.

* Windows: the stream ``Zone.Identifier``, an INI file with ``HostUrl`` and ``ReferrerUrl``.  ntfs-3g shows it as an
  attribute; other systems that copied it left a file named ``page.html:Zone.Identifier``.
* macOS: the attributes ``com.apple.metadata:kMDItemWhereFroms`` (a property list: address and referrer) and
  ``…:kMDItemDownloadedDate``.
* Linux: the attributes ``user.xdg.origin.url`` and ``user.xdg.referrer.url`` (freedesktop.org, Extended attributes).

They rank above what the page calls itself, which is a claim, and below all that a saving program wrote into the file.
"""

from __future__ import annotations

import ctypes
import os
import plistlib
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.parsers.expat import ExpatError

from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Download, Fact, SavedFile, Source
from archive_viewer.readers import provenance
from archive_viewer.readers.opening import opened

_ZONE = "Zone.Identifier"
_ZONE_ATTRIBUTE = "user.Zone.Identifier"
_STREAM_SIGNS = (":", "\uf03a")
"""What stands before a stream's name: the colon, and what Samba and Cygwin write for it."""

_ZONE_URL = re.compile(r"^(HostUrl|ReferrerUrl)=(\S+)\s*$", re.M)
_ORIGIN, _REFERRER = "user.xdg.origin.url", "user.xdg.referrer.url"
_WHERE_FROMS = "com.apple.metadata:kMDItemWhereFroms"
_DOWNLOADED = "com.apple.metadata:kMDItemDownloadedDate"
_NONE = Download()
_DAMAGE = (plistlib.InvalidFileException, ExpatError, ValueError, LookupError, TypeError, AttributeError, OverflowError)


def is_mark(name: str) -> bool:
    """Whether a file is such a mark of the file beside it, left by a system that has no streams."""
    return any(name.endswith(f"{sign}{_ZONE}") for sign in _STREAM_SIGNS)


def read(path: Path) -> Download:
    """What is known of where the file at ``path`` was got; empty where nobody says."""
    return next((download for download in _downloads(path) if download != _NONE), _NONE)


def apply(capture: Capture, saved: SavedFile) -> Capture:
    """``capture`` by the word of the operating system, where nothing in the file itself is a better witness.

    A container's mark is about the container, so the pages of one are left as they are.
    """
    download = saved.download
    if download == _NONE or capture.locator:
        return capture
    url, at = provenance.address(download.url, download.mark), download.at
    referrer = provenance.address(download.referrer, download.mark)
    facts = dict(capture.facts)
    for name, fact in (("downloaded_from", url), ("referrer", referrer)):
        if fact is not None:
            facts[name] = replace(fact, source=Source.SYSTEM)
    if url is None or (capture.url is not None and capture.url.source is Source.STATED):
        url = capture.url
    else:
        url = replace(url, source=Source.SYSTEM)
    captured_at = capture.captured_at
    if at and (captured_at is None or captured_at.source is Source.INFERRED):
        captured_at = Fact(at, Source.SYSTEM, download.mark)
    return replace(capture, url=url, captured_at=captured_at, facts=facts)


def _downloads(path: Path) -> Iterator[Download]:
    for sign in _STREAM_SIGNS:
        mark = SavedFile(Path(f"{path}{sign}{_ZONE}"), _ZONE)
        with suppress(FileRefused), opened(mark) as stream:
            yield _of_zone(stream.read(limits.ATTRIBUTE_CHARACTERS))
    yield _of_zone(_attribute(path, _ZONE_ATTRIBUTE))
    yield _of_spotlight(_attribute(path, _WHERE_FROMS), _attribute(path, _DOWNLOADED))
    origin, referrer = (_attribute(path, name).decode("utf-8", "replace") for name in (_ORIGIN, _REFERRER))
    yield Download(origin.strip("\0 "), referrer.strip("\0 "), "", _ORIGIN) if origin or referrer else _NONE


def _of_zone(data: bytes) -> Download:
    found = dict(_ZONE_URL.findall(data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8", "replace")))
    return Download(found.get("HostUrl", ""), found.get("ReferrerUrl", ""), "", _ZONE) if found else _NONE


def _of_spotlight(where_froms: bytes, downloaded: bytes) -> Download:
    places = [place for place in _list(where_froms) if isinstance(place, str)]
    dates = [date for date in _list(downloaded) if isinstance(date, datetime)]
    if not places and not dates:
        return _NONE
    url, referrer = (*places, "", "")[:2]
    at = dates[0].strftime("%Y-%m-%dT%H:%M:%SZ") if dates else ""
    return Download(url, referrer, at, _WHERE_FROMS.partition(":")[2] if places else _DOWNLOADED.partition(":")[2])


def _list(data: bytes) -> list[object]:
    try:
        value: object = plistlib.loads(data) if data else []
    except _DAMAGE:
        return []
    return value if isinstance(value, list) else [value]


# -- attributes of files, which Python gives on Linux only ----------------------------------------------------------


def _attribute(path: Path, name: str) -> bytes:
    """An extended attribute of a file; nothing where it has none, or the system or its disk knows no such thing."""
    if sys.platform == "darwin":
        return _attribute_of_macos(path, name)
    if sys.platform != "linux":
        return b""
    # What another system brought along stands among the user's own.
    for known in dict.fromkeys((name, name if name.startswith("user.") else f"user.{name}")):
        with suppress(OSError):
            return os.getxattr(path, known)
    return b""


def _attribute_of_macos(path: Path, name: str) -> bytes:
    """getxattr(2), which on this system takes a position and options besides."""
    system = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(limits.ATTRIBUTE_CHARACTERS)
    system.getxattr.restype = ctypes.c_ssize_t
    size = system.getxattr(os.fsencode(path), name.encode(), buffer, ctypes.c_size_t(len(buffer)), 0, 0)
    return buffer.raw[:size] if size > 0 else b""
