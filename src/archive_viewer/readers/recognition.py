"""What a file is that no reader takes: its name, for the sentence with which it is refused.

The head of a file in, a signature out.  Separate so that readers only know their own form.  The bytes decide, never
the suffix; the suffix is named in the sentence where it says something else.  Magic numbers: PRONOM (nationalarchives.
gov.uk/PRONOM) and the MIME Sniffing Standard, section 6.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import StrEnum

from archive_viewer.readers import packings
from archive_viewer.readers.markup import is_html
from archive_viewer.readers.opening import Head


class Family(StrEnum):
    """What a signature's files are to this program."""

    PACKED = "packed"
    CRAWL = "crawl"
    BUNDLE = "bundle"
    """An archive, or a packed file, that nothing here unpacks."""
    PICTURE = "picture"
    FONT = "font"
    MEDIA = "media"
    OTHER = "other"


@dataclass(frozen=True)
class Signature:
    """``name`` stands in a sentence: “This is …”."""

    family: Family
    name: str
    pattern: re.Pattern[bytes]


def _signatures(family: Family, *entries: tuple[str, bytes]) -> list[Signature]:
    return [Signature(family, name, re.compile(pattern, re.DOTALL)) for name, pattern in entries]


BEFORE_ROOT = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)(?:<!DOCTYPE\s[^>\[]*>\s*)?"

_TAR = "a tar archive"
_SIGNATURES = [
    *_signatures(
        Family.CRAWL,
        ("a WARC file", rb"WARC/\d\.\d{1,2}[ \t]*\r?\n"),
        ("an ARC file", rb"filedesc://"),
    ),
    *_signatures(
        Family.PICTURE,
        ("a PNG picture", rb"\x89PNG\r\n\x1a\n"),
        ("a JPEG picture", rb"\xff\xd8\xff"),
        ("a GIF picture", rb"GIF8[79]a"),
        ("a WebP picture", rb"RIFF....WEBP"),
        ("an AVIF picture", rb"....ftypavi[fs]"),
        ("a HEIC picture", rb"....ftyp(?:hei[cx]|mif1)"),
        ("a JPEG XL picture", rb"\0\0\0\x0cJXL "),
        ("a TIFF picture", rb"II\*\0|MM\0\*"),
        ("a BMP picture", rb"BM....\0\0\0\0....[\x0c(4@l|]\0\0\0"),
        ("an icon", rb"\0\0[\x01\x02]\0[\x01-\xff]\0...\0"),
        ("a Photoshop picture", rb"8BPS\0[\x01\x02]"),
        ("an SVG picture", BEFORE_ROOT + rb"<(?:svg:)?svg[\s>]"),
    ),
    *_signatures(
        Family.FONT,
        ("a font", rb"wOF[F2]|OTTO\0|ttcf|\0\x01\0\0\0[\x01-\x40]|true\0[\x01-\x40]"),
        ("a font", rb".{8}[\x01\x02]\0[\x01\x02]\0.{22}LP"),
    ),
    *_signatures(
        Family.MEDIA,
        (
            "a sound file",
            rb"ID3[\x02-\x04]|OggS\0|fLaC\0|RIFF....WAVE|\xff[\xfa\xfb\xf2\xf3][\x10-\xeb]|MThd\0\0\0\x06",
        ),
        ("a film", rb"\0...(?:ftyp|moov|mdat|wide)|\x1a\x45\xdf\xa3|FLV\x01|RIFF....AVI |\0\0\x01[\xba\xb3]"),
        ("a film", rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
        ("a Flash film", rb"[CFZ]WS[\x03-\x30]"),
    ),
    *_signatures(
        Family.BUNDLE,
        ("a 7-Zip archive", rb"7z\xbc\xaf\x27\x1c"),
        ("a RAR archive", rb"Rar!\x1a\x07"),
        ("a file packed with xz", rb"\xfd7zXZ\0"),
        ("a file packed with bzip2", rb"BZh[1-9]1AY&SY"),
        (_TAR, rb".{257}ustar"),
        ("a cabinet archive", rb"MSCF\0\0\0\0"),
    ),
    *_signatures(
        Family.OTHER,
        ("a PDF document", rb"(?:\xef\xbb\xbf)?\s*%PDF-\d"),
        ("a PostScript document", rb"%!PS|\xc5\xd0\xd3\xc6"),
        ("an RTF document", rb"\{\\rtf"),
        ("a DjVu document", rb"AT&TFORM"),
        ("a Microsoft Office file of the old form", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a Mobipocket book", rb".{60}BOOKMOBI"),
        ("a compiled Windows help file", rb"ITSF\x03"),
        ("an SQLite database", rb"SQLite format 3\0"),
        ("a program", rb"\x7fELF|MZ.{58}..\0\0|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\0asm\x01"),
        ("a Finder's note about a folder", rb"\0\0\0\x01Bud1|\0\x05\x16\x07"),
        ("a Windows shortcut", rb"\x4c\0\0\0\x01\x14\x02\0"),
        ("a link to a page, not the page itself", rb"(?:\xef\xbb\xbf)?\s*\[(?:InternetShortcut|Desktop Entry)\]"),
        ("an Apple property list", rb"bplist0\d|" + BEFORE_ROOT + rb"<plist\b"),
        ("a news feed", BEFORE_ROOT + rb"<(?:rss|feed|rdf:RDF)[\s>]"),
        ("a JSON file", rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"[^"\n]{0,200}"\s*:|\[\s*\{\s*")'),
        ("the index of a web archive (CDX)", rb" CDX [A-Za-z] "),
    ),
]

_ZIP = b"PK\x03\x04"
WACZ = "a WACZ web archive"
_IN_ZIP = (
    # A member's name in the head, or the archive's own suffix, and what such an archive is.
    (
        Family.CRAWL,
        WACZ,
        rb"datapackage(?:-digest)?\.json|(?:archive|warcs)/[^/]+\.w?arc(?:\.(?:gz|zst))?"
        rb"|pages/[^/]+\.jsonl|indexes/[^/]+\.(?:cdxj?|idx)(?:\.gz)?",
        set[str](),
    ),
    (Family.PACKED, "a MAFF web archive", rb"[^/]+/index\.rdf", {".maff"}),
    (Family.PACKED, "an HTZ web archive", rb"(?!)", {".htz"}),
    (Family.OTHER, "a Word document", rb"word/(?:_rels/)?[^/]+\.(?:xml|rels)", {".docx"}),
    (Family.OTHER, "an Excel workbook", rb"xl/(?:_rels/)?[^/]+\.(?:xml|rels)", {".xlsx"}),
    (Family.OTHER, "a PowerPoint presentation", rb"ppt/(?:_rels/)?[^/]+\.(?:xml|rels)", {".pptx"}),
    (Family.OTHER, "an electronic book (EPUB)", rb"META-INF/container\.xml", {".epub"}),
    (Family.OTHER, "an OpenDocument file", rb"(?!)", {".odt", ".ods", ".odp", ".odg"}),
    (Family.OTHER, "a Java program", rb"META-INF/MANIFEST\.MF", {".jar"}),
)
_PAGE_SUFFIXES = {".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml", ".txt", ".text"}


def identify(head: Head) -> Signature | None:
    """The signature of a file that is not for the readers of this room, or None: it may be text or anything else."""
    if head.data.startswith(_ZIP):
        return _identify_zip(head)
    if signature := _identify_packed(head.data):
        return signature
    if signature := _match(head.data):
        return signature
    is_xml = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s", head.data) is not None
    return _named(Family.OTHER, "an XML file") if is_xml and not is_html(head.text) else None


def refusal(head: Head, signature: Signature | None) -> str:
    """The sentence for a file that no reader takes."""
    if signature and signature.family in (Family.PACKED, Family.CRAWL):
        return f"This is {signature.name} inside of another one; please unpack it first."
    name = signature.name if signature else "a file of binary data"
    sentence = f"This is {name}, not a saved page" if ", not " not in name else f"This is {name}"
    though = f", though its name ends in {head.suffix}" if head.suffix in _PAGE_SUFFIXES else ""
    is_bundle = signature is not None and signature.family is Family.BUNDLE
    return f"{sentence}{though}.{'  Please unpack it first, and import what was in it.' if is_bundle else ''}"


def _match(data: bytes) -> Signature | None:
    return next((signature for signature in _SIGNATURES if signature.pattern.match(data)), None)


def _identify_packed(data: bytes) -> Signature | None:
    """What is packed with gzip or Zstandard by itself; None for a file that is not."""
    if data.startswith(packings.DICTIONARY_MAGIC):
        return _named(Family.CRAWL, "a WARC file")
    packing = packings.packing_of(lambda offset, count: data[offset : offset + count])
    if packing is None:
        return None
    start = 0
    while (passed := packing.passed(start)) > start:
        start = passed
    member = packing.open(start)
    packed = _match(member.more()) if member else None
    if packed and packed.family is Family.CRAWL:
        return packed
    is_tar = packed is not None and packed.name == _TAR
    return _named(Family.BUNDLE, f"{_TAR if is_tar else 'a file'} packed with {packing.name}")


def _identify_zip(head: Head) -> Signature:
    """What kind of ZIP: told by the members whose headers stand in the head (APPNOTE.TXT, section 4.3.7).

    What a member holds is passed over where its header states its length: it may be an archive itself.
    """
    data = head.data
    members = []
    place = data.find(_ZIP)
    while place >= 0:
        size, length, extra = struct.unpack_from("<L4xHH", data[place + 18 : place + 30].ljust(12, b"\0"))
        members.append(data[place + 30 : place + 30 + length])
        place = data.find(_ZIP, place + 30 + length + extra + size)
    for family, name, pattern, suffixes in _IN_ZIP:
        if head.suffix in suffixes or any(re.fullmatch(pattern, member, re.DOTALL) for member in members):
            return _named(family, name)
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:100]:
        return _named(Family.OTHER, "an OpenDocument file")
    if b"mimetypeapplication/epub+zip" in data[:100]:
        return _named(Family.OTHER, "an electronic book (EPUB)")
    return _named(Family.PACKED, "a ZIP archive")


def _named(family: Family, name: str) -> Signature:
    return Signature(family, name, re.compile(b""))
