"""ZIP archives of saved pages: MAFF, HTZ, and whatever people pack together.

A saved file in, a capture for each page in it out, in the order of the archive's folders.  A page is told from the
frames and parts of another as in a folder on the disk; the locator is the name of its member.  The pages of a WARC or
ARC file that lies in it are read where they are.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive_viewer import charset, limits
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Fact, Format, SavedFile, Source
from archive_viewer.readers import (
    html_page,
    maff,
    mhtml,
    plain_text,
    provenance,
    recognition,
    scrapbook_tree,
    singlefile,
    warc,
    web_captures,
    webarchive,
)
from archive_viewer.readers.companions import relative_name
from archive_viewer.readers.dates import read_moment
from archive_viewer.readers.opening import Head, Unpacked
from archive_viewer.readers.page_parts import is_in_books, is_page_part
from archive_viewer.readers.recognition import Family, identify
from archive_viewer.readers.web_pages import PageList
from archive_viewer.readers.zip_folder import Tree, ZipFolder
from archive_viewer.readers.zip_safety import Archive, Member, open_archive
from archive_viewer.readers.zip_volumes import volume_of

_INSIDE = (webarchive, mhtml, singlefile, html_page, plain_text)
"""What is read inside of an archive; an archive within it is refused by name."""

_OLDEST = "1990"
_MOST_NAMED = 10
_REFRESH = re.compile(r"""<meta\b[^>]*\bhttp-equiv\s*=\s*["']?refresh\b[^>]*?\burl\s*=\s*([^"'\s>]+)""", re.I)


def recognises(head: Head) -> bool:
    signature = identify(head)
    return signature is not None and signature.family is Family.PACKED


def read(saved: SavedFile) -> Iterator[Capture]:
    """The pages of the archive; what was left out of it is said with the last of them.

    :raises FileRefused: the archive cannot be read, is built to do harm, or holds no page.
    """
    contents = _Contents(saved, Tree(open_archive(saved.path)))
    entry = scrapbook_tree.entry_of(saved)
    last: Capture | None = None
    for capture in contents.captures():
        if last is not None:
            yield last
        last = scrapbook_tree.placed(capture, entry, saved)
    remarks = contents.remarks()
    if last is None:
        raise FileRefused(" ".join(("There is no page in this archive.", *remarks[:1])))
    yield replace(last, file_warnings=last.file_warnings + remarks)


def find(saved: SavedFile, locator: str) -> Capture:
    """The page that is the member of this name, or that lies in a web archive which is a member.

    :raises FileRefused: the archive cannot be read, or no longer holds this page.
    """
    contents = _Contents(saved, Tree(open_archive(saved.path)))
    member = contents.archive.by_name.get(locator)
    if member is not None:
        return contents.capture(member)
    volume = contents.archive.by_name.get(web_captures.volume_name(locator))
    if volume is None:
        raise FileRefused("This file no longer holds the page that was read from it.")
    return web_captures.find([volume_of(contents.archive, volume)], saved, locator)


@dataclass
class _Contents:
    """What an archive holds, while it is gone through."""

    saved: SavedFile
    tree: Tree
    claimed: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)

    @property
    def archive(self) -> Archive:
        return self.tree.archive

    def captures(self) -> Iterator[Capture]:
        """Every page, a folder's own before those of its folders, and the folder's index before the others."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            tab = self._tab(folder)
            if tab is not None:
                yield from self._attempt(tab.page)
                continue
            listing = self.tree.listings[folder]
            for member in sorted(listing.files, key=lambda member: not _is_index(member)):
                if member.name not in self.claimed:
                    yield from self._attempt(member)
            waiting.extend(reversed(listing.folders))

    def remarks(self) -> tuple[str, ...]:
        """What was left out, in sentences."""
        others = len(self.left_out) - _MOST_NAMED
        more = (f"Other files of this archive were left out: {others}.",) if others > 0 else ()
        return (*self.archive.warnings, *self.left_out[:_MOST_NAMED], *more)

    def capture(self, member: Member) -> Capture:
        """The page that a member is.

        :raises FileRefused: it is none, is locked, or cannot be read; the sentence is about the member itself.
        """
        folder = posixpath.dirname(member.name)
        tab = self._tab(folder)
        around = ZipFolder(self.tree, folder)
        page = self._unpacked(self._followed(member, around) if tab or self._is_htz(member) else member)
        head = Head(page.name, page.data[: limits.HEAD_BYTES], len(page.data))
        reader = next((reader for reader in _INSIDE if reader.recognises(head)), None)
        if reader is None:
            raise FileRefused(recognition.refusal(head, identify(head)))
        if reader in (html_page, singlefile):
            stated = tab.note.get("charset", "") if tab else ""
            capture = html_page.capture_of(page, around, lambda name: around[name].data, stated, "MAF:charset")
            if reader is singlefile:
                # SingleFile packs its page with the frames and pictures beside it, too.
                capture = replace(capture, format=Format.SINGLEFILE)
            self.claimed.update(found.name for found in map(around.member, capture.companions) if found)
        else:
            (capture,) = reader.read(page)
        capture = replace(
            capture,
            captured_at=_dated(capture.captured_at, member),
            locator=member.name,
            companions=(),
            inside=around,
        )
        if self._is_htz(member):
            self.claimed.update(self.archive.by_name)
            return replace(capture, format=Format.HTZ)
        return _of_tab(capture, tab, page) if tab else capture

    def _attempt(self, member: Member) -> Iterator[Capture]:
        try:
            if self._is_part(member):
                return
            if self._is_web_archive(member):
                yield from self._crawled(member)
            else:
                yield self.capture(member)
        except FileRefused as refusal:
            self.left_out.append(f"“{member.name}” in this archive was left out: {refusal}")

    def _is_web_archive(self, member: Member) -> bool:
        head = Head(member.name, self.archive.read(member, limits.HEAD_BYTES)[0], member.size)
        return not member.is_encrypted and warc.recognises(head)

    def _crawled(self, member: Member) -> Iterator[Capture]:
        """The pages of a web archive that is a member."""
        for capture in web_captures.read([volume_of(self.archive, member)], self.saved, PageList()):
            remarks = (f"Of “{member.name}” in this archive: {remark}" for remark in capture.file_warnings)
            yield replace(capture, file_warnings=tuple(remarks))

    def _is_part(self, member: Member) -> bool:
        """Whether a member only dresses pages; that a picture is one, its name is asked alone."""
        if is_in_books(member.name.split("/")[:-1]):
            return True
        name = posixpath.basename(member.name)
        if member.is_encrypted:
            return is_page_part(name, b"")
        return is_page_part(name, self.archive.read(member, limits.HEAD_BYTES)[0])

    def _tab(self, folder: str) -> maff.Tab | None:
        """The tab of a MAFF file that an outermost folder is."""
        if not folder or "/" in folder or folder not in self.tree.listings:
            return None
        has_note = f"{folder}/{maff.NOTE}" in self.archive.by_name
        is_maff = self.saved.name.lower().endswith(".maff")
        return maff.tab_of(self.tree, folder) if has_note or is_maff else None

    def _is_htz(self, member: Member) -> bool:
        return self.saved.name.lower().endswith(".htz") and member.name.lower() == "index.html"

    def _unpacked(self, member: Member) -> Unpacked:
        data, is_long = self.archive.read(member, limits.RESOURCE_BYTES)
        if is_long:
            raise FileRefused(f"It is larger than {limits.RESOURCE_BYTES // limits.MIB:,} MB.")
        saved = self.saved
        name = posixpath.basename(member.name)
        return Unpacked(saved.path, name, saved.modified_at, charset=saved.charset, data=data)

    def _followed(self, member: Member, around: ZipFolder) -> Member:
        """The page to which an index without content leads by a refresh, within its own archive."""
        seen = {member.name}
        while member.size <= limits.REFRESH_BYTES:
            found = _REFRESH.search(charset.decode(self.archive.read(member, limits.REFRESH_BYTES)[0])[0])
            name = relative_name(found[1]) if found else ""
            there = around.member(name) if name else None
            if there is None or there.name in seen or len(seen) > limits.REDIRECTS:
                break
            seen.add(there.name)
            self.claimed.add(there.name)
            member = there
        return member


def _of_tab(capture: Capture, tab: maff.Tab, page: SavedFile) -> Capture:
    """A page with what the note of its tab says, which goes before what the page says of itself."""
    title = tab.note.get("title", "")
    date = tab.note.get("archivetime", "")
    return replace(
        capture,
        format=Format.MAFF,
        url=provenance.address(tab.note.get("originalurl", ""), "MAF:originalurl") or capture.url,
        captured_at=provenance.capture_date(date, "MAF:archivetime", page) if date else capture.captured_at,
        title=Fact(title, Source.STATED, "MAF:title") if title else capture.title,
        warnings=tab.warnings + capture.warnings,
    )


def _dated(fact: Fact[str] | None, member: Member) -> Fact[str] | None:
    """Where only the archive's own time was known, the member's: it is of the day on which the page was saved."""
    moment = read_moment(member.modified_at)
    if moment is None or member.modified_at[:4] < _OLDEST or (fact is not None and fact.origin != "file time"):
        return fact
    return Fact(moment.at, Source.INFERRED, "time of the file in the archive", moment.doubt)


def _is_index(member: Member) -> bool:
    stem, suffix = posixpath.splitext(posixpath.basename(member.name).lower())
    return stem == "index" and suffix in (".html", ".htm", ".xhtml")
