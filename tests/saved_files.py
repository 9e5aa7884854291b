"""Small saved files in every form that is read, for the tests of readers and of what is served from them."""

from __future__ import annotations

import base64
import gzip
import io
import plistlib
import quopri
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import crawls
from archive_viewer.model import Capture, SavedFile
from archive_viewer.readers import FolderCompanions
from pages import PIXEL

TITLE = "Tïtle 😀"
MODIFIED = "2020-02-29T12:00:00Z"
ADDRESS = "https://gazette.test/ferry?day=1&boat=2"

HTML = (
    f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title></head>'
    "<body><p>The envoys met on Tuesday – and “spoke” of the ferry.</p></body></html>"
).encode()

SINGLEFILE = (
    f"<!DOCTYPE html> <html lang=en style><!--\n Page saved with SingleFile \n url: {ADDRESS} \n"
    " saved date: Tue Nov 24 2026 10:00:00 GMT+0100 (Mitteleuropäische Normalzeit)\n-->"
    f"<meta charset=utf-8><title>{TITLE}</title><p>The envoys met on Tuesday – and “spoke” of the ferry."
).encode()

TEXT = f"{TITLE}\n\nThe envoys met on Tuesday – and “spoke” of the ferry.\nUse <b> for bold.\n".encode()

Save = Callable[[str, bytes], SavedFile]
ReadOne = Callable[[str, bytes], Capture]

Part = tuple[str, str, bytes]
"""Header lines (with LF), transfer encoding, body."""


def mhtml(parts: Sequence[Part] = (), header: str = "", end: str = "\n", *, is_closed: bool = True) -> bytes:
    """A message as Chromium writes it: the page first unless ``parts`` says otherwise."""
    parts = parts or (
        (
            f"Content-Type: text/html\nContent-ID: <frame-1@mhtml.blink>\nContent-Location: {ADDRESS}",
            "quoted-printable",
            HTML,
        ),
        ("Content-Type: image/png\nContent-Location: https://gazette.test/ferry/pixel.png", "base64", PIXEL),
    )
    head = header or (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {ADDRESS}\n"
        "Subject: =?utf-8?Q?T=C3=AFtle?=\n =?utf-8?Q?=20=F0=9F=98=80?=\n"
        "Date: Tue, 24 Nov 2026 10:00:00 +0100\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----MultipartBoundary--x----"\n'
    )
    message = head.encode() + b"\n"
    for lines, encoding, body in parts:
        message += b"\n------MultipartBoundary--x----\n" + lines.encode()
        message += f"\nContent-Transfer-Encoding: {encoding}\n\n".encode() + encoded(body, encoding)
    message += b"\n------MultipartBoundary--x------\n" if is_closed else b""
    return message if end == "\n" else message.replace(b"\n", end.encode())


def encoded(body: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return quopri.encodestring(body)
    return base64.encodebytes(body) if encoding == "base64" else body


def webarchive(
    page: bytes = HTML,
    parts: Sequence[tuple[str, str, bytes]] = (),
    frames: Sequence[dict[str, object]] = (),
    *,
    url: str = ADDRESS,
    charset: str = "UTF-8",
) -> dict[str, object]:
    """A Safari web archive before it is written; parts are address, media type and bytes."""
    archive: dict[str, object] = {"WebMainResource": _resource(url, "text/html", page, WebResourceFrameName="")}
    if charset:
        archive["WebMainResource"] = _resource(url, "text/html", page, WebResourceTextEncodingName=charset)
    if parts:
        archive["WebSubresources"] = [_resource(*part) for part in parts]
    if frames:
        archive["WebSubframeArchives"] = list(frames)
    return archive


def _resource(url: str, media_type: str, data: bytes, **others: str) -> dict[str, object]:
    return {"WebResourceURL": url, "WebResourceMIMEType": media_type, "WebResourceData": data, **others}


PICTURE = ("https://gazette.test/ferry/pixel.png", "image/png", PIXEL)

RDF = f"""<?xml version="1.0"?>
<RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <RDF:Description RDF:about="urn:root">
    <MAF:originalurl RDF:resource="{ADDRESS.replace("&", "&amp;")}"/>
    <MAF:title RDF:resource="{TITLE}"/>
    <MAF:archivetime RDF:resource="Tue Nov 24 2026 10:00:00 GMT+0100 (ora solare Europa occidentale)"/>
    <MAF:indexfilename RDF:resource="index.html"/>
    <MAF:charset RDF:resource="UTF-8"/>
  </RDF:Description>
</RDF:RDF>
""".encode()


def zipped(members: Mapping[str, bytes], modified_at: tuple[int, int, int, int, int, int] | None = None) -> bytes:
    """A ZIP archive; without a time its members have the one that stands for none."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, modified_at or (1980, 1, 1, 0, 0, 0)), data)
    return target.getvalue()


def self_extracting(page: bytes, comment: str = "", others: Mapping[str, bytes] | None = None) -> bytes:
    """A page that unpacks itself: a wrapper, and behind it the archive."""
    wrapper = f"<!DOCTYPE html><html data-sfz lang=en>{comment}<meta charset=windows-1252><body><p>Please wait…"
    return wrapper.encode("cp1252") + b"<script>/*" + zipped({"index.html": page, **(others or {})})


HTZ = HTML.replace(
    b'<html lang="en">',
    f'<html lang="en" data-scrapbook-source="{ADDRESS.replace("&", "&amp;")}" '
    'data-scrapbook-create="20261124090000000">'.encode(),
)

ANSWER = crawls.record(ADDRESS, crawls.answer(HTML), date="2026-11-24T09:00:00Z")

EVERY_FORM = {
    "page.html": HTML,
    "single.html": SINGLEFILE,
    "page.mhtml": mhtml(end="\r\n"),
    "page.txt": TEXT,
    "page.webarchive": plistlib.dumps(webarchive(parts=[PICTURE]), fmt=plistlib.FMT_BINARY),
    "page.maff": zipped({"1/index.rdf": RDF, "1/index.html": HTML, "1/index_files/pixel.png": PIXEL}),
    "page.htz": zipped({"index.html": HTZ, "pixel.png": PIXEL}),
    "page.sfz.html": self_extracting(SINGLEFILE, others={"pixel.png": PIXEL}),
    "page.zip": zipped({"Tïtle 😀.html": HTML}),
    "page.warc": ANSWER,
    "page.warc.gz": gzip.compress(ANSWER, mtime=0),
    "page.warc.zst": crawls.packed_with_zstandard([ANSWER], dictionary=ANSWER),
    "page.arc": crawls.arc_version() + crawls.arc_record(ADDRESS, crawls.answer(HTML), digits="20261124090000"),
    "page.wacz": crawls.wacz({"a.warc.gz": gzip.compress(ANSWER, mtime=0)}, [{"url": ADDRESS, "title": TITLE}]),
    "page.xml.webarchive": plistlib.dumps(webarchive(parts=[PICTURE])),
}
"""One of each form that is read, by a name that fits it."""


def save(folder: Path, name: str, data: bytes) -> SavedFile:
    """Write a file; gives it as an import would, with whatever lies beside it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return SavedFile(path, path.name, MODIFIED, FolderCompanions(path))
