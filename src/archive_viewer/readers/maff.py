"""MAFF: the tabs of a browser in one ZIP archive, each a folder with its page and a note in RDF about it.

A folder of an archive in, the page's member and what the note says of it out.  The form: Mozilla Archive Format
1.0, maf.mozdev.org/maff-specification.html; the note is ``index.rdf``, and it may be missing or lie.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.readers.zip_folder import Tree
from archive_viewer.readers.zip_safety import Member

NOTE = "index.rdf"

_MAF = "{http://maf.mozdev.org/metadata/rdf#}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_FIELDS = ("originalurl", "title", "archivetime", "indexfilename", "charset")
_PAGES = re.compile(r"index\.(?:x?html?|xht)", re.I)
_OTHER_PAGES = re.compile(r"index\.[a-z0-9]{1,5}", re.I)


@dataclass(frozen=True)
class Tab:
    """One tab: its page, and the note's fields by name; ``warnings`` say what was wrong with the note."""

    page: Member
    note: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def tab_of(tree: Tree, folder: str) -> Tab | None:
    """The tab that a folder is; None where it holds no page."""
    files = {member.name.rpartition("/")[2]: member for member in tree.listings[folder].files}
    note: Mapping[str, str] = {}
    warnings: list[str] = []
    if NOTE in files:
        try:
            note = _read_note(tree.archive.read(files[NOTE], limits.NOTE_BYTES)[0])
        except (FileRefused, etree.XMLSyntaxError):
            warnings.append("The note about this tab (index.rdf) is damaged; it was not read.")
    stated = note.get("indexfilename", "")
    page = files.get(stated)
    if stated and page is None:
        warnings.append(f"The note about this tab names “{stated[:80]}” as its page, which is not in its folder.")
    page = page or _first(files, _PAGES) or _first({name: files[name] for name in files if name != NOTE}, _OTHER_PAGES)
    return Tab(page, note, tuple(warnings)) if page else None


def _first(files: Mapping[str, Member], pattern: re.Pattern[str]) -> Member | None:
    return next((member for name, member in files.items() if pattern.fullmatch(name)), None)


def _read_note(data: bytes) -> dict[str, str]:
    """The fields of a note; without entities, document types or anything from elsewhere.

    :raises XMLSyntaxError: it is no XML, or declares what no note needs.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("a note with a document type", 0, 0, 0)
    found: dict[str, str] = {}
    for name in _FIELDS:
        values = [element.get(f"{_RDF}resource") or element.text or "" for element in root.iter(f"{_MAF}{name}")]
        # RDF/XML, section 2.5: a property may be written as an attribute of what it describes.
        values += [element.get(f"{_MAF}{name}", "") for element in root.iter(f"{_RDF}Description")]
        value = next((" ".join(value.split()) for value in values if value.strip()), "")
        if value:
            found[name] = value
    return found
