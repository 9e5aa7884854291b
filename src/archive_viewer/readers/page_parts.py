"""Files that dress a page and are none: style sheets, scripts, pictures, fonts, sounds, films, and savers' notes.

A name and the beginning of a file in, yes or no out.  Separate because an import meets them in every folder of saved
pages and passes over them without a word, while the same picture named ``.html`` deserves a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive_viewer import limits
from archive_viewer.readers.download_marks import is_mark
from archive_viewer.readers.markup import is_html
from archive_viewer.readers.opening import Head
from archive_viewer.readers.recognition import Family, identify
from archive_viewer.readers.web_by_products import is_blank

_SUFFIXES = {
    Family.PICTURE: set(
        ".png .apng .jpg .jpeg .jpe .jfif .gif .webp .avif .heic .jxl .tif .tiff .bmp .ico .cur .svg".split()
    ),
    Family.FONT: {".woff", ".woff2", ".ttf", ".otf", ".ttc", ".eot"},
    Family.MEDIA: set(
        ".mp3 .ogg .oga .opus .flac .wav .m4a .aac .mid .mp4 .m4v .mov .webm .mkv .ogv .avi .flv .swf .mpg .mpeg .wmv "
        ".wma .asf .3gp".split()
    ),
}
_CODE_SUFFIXES = {".css", ".js", ".mjs"}
_BOOKS = {".wsb", "hts-cache"}
"""Folders in which WebScrapBook keeps its tree, and HTTrack all that it fetched, once more."""

_NOTES = {
    "hts-log.txt": re.compile(rb"HTTrack\d"),
    "cookies.txt": re.compile(rb"# (?:Netscape )?HTTP Cookie File"),
    "index.json": re.compile(rb"\s*\{[^{}]{0,4000}\"clipId\"\s*:"),
    "robots.txt": re.compile(rb"(?:[^\n]{0,500}\n){0,50}?\s{0,9}(?:user-agent|sitemap)\s{0,9}:", re.I),
    "ads.txt": re.compile(rb"(?:[^\n]{0,500}\n){0,50}?[^\n]{0,500},\s{0,9}(?:direct|reseller)\b", re.I),
}
"""What HTTrack and MaoXian write beside their pages, and what a mirrored site keeps for robots, by name."""

_MOVED = re.compile(rb"<HTML>\s{0,9}<!-- Created by HTTrack [^>]{0,200}-->.{0,2000}<TITLE>Page has moved</TITLE>", re.S)
"""What HTTrack puts in the place of a redirect."""

_APPLE_DOUBLE = b"\0\x05\x16\x07"
"""How macOS begins the file ``._page.html`` in which it keeps a file's attributes on a foreign disk (RFC 1740)."""


def is_page_part(name: str, head: bytes) -> bool:
    """Whether a file standing alone is a part of some page: its name and its bytes must both say so.

    ``head`` are the first ``limits.HEAD_BYTES`` of the file, or all of it.
    """
    if _is_note(name, head):
        return True
    # Chromium names saved scripts "code.js.download".
    looked_at = Head(name.lower().removesuffix(".download"), head, len(head))
    if _is_html_without_a_page(name.lower(), head, looked_at):
        return True
    if looked_at.suffix in _CODE_SUFFIXES:
        return b"\0" not in head and identify(looked_at) is None and not is_html(looked_at.text)
    signature = identify(looked_at)
    return signature is not None and looked_at.suffix in _SUFFIXES.get(signature.family, set())


def _is_html_without_a_page(name: str, head: bytes, looked_at: Head) -> bool:
    """An icon that was not there, what stands for a redirect, a frame without content.  A folder's index may lead on to
    the page that a saver put beside it."""
    if len(head) >= limits.HEAD_BYTES or not is_html(looked_at.text, looked_at.suffix):
        return False
    return (
        name == "favicon.ico" or _MOVED.search(head) is not None or (not name.startswith("index.") and is_blank(head))
    )


def is_in_books(folders: Iterable[str]) -> bool:
    """Whether one of these folders is a saver's own: what lies in it are its notes and copies, not saved pages."""
    return not _BOOKS.isdisjoint(folders)


def _is_note(name: str, head: bytes) -> bool:
    if name.startswith("._"):
        return head.startswith(_APPLE_DOUBLE)
    if is_mark(name):
        return b"ZoneTransfer" in head.replace(b"\0", b"")
    form = _NOTES.get(name.lower())
    return form is not None and form.match(head) is not None
