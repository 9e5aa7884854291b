"""Files that are no saved pages: each is refused by name."""

from __future__ import annotations

import gzip
import io
import plistlib
import zipfile

import pytest
import zstandard

from archive_viewer import readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Format
from crawls import skippable
from pages import PIXEL
from saved_files import HTML, ReadOne, Save


def refusal(save_as: Save, name: str, data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        list(readers.read(save_as(name, data)))
    return str(refused.value)


def zipped(*members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for member in members:
            archive.writestr(member, "x" * 100)
    return target.getvalue()


@pytest.mark.parametrize("member", ["datapackage.json", "word/document.xml", "META-INF/MANIFEST.MF"])
def test_a_zip_is_not_told_by_what_is_in_an_archive_within_it(save_as: Save, member: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("other", zipped(member))
        archive.writestr("page.html", HTML)
    (capture,) = readers.read(save_as("a.zip", target.getvalue()))
    assert capture.data == HTML
    assert "“other” in this archive was left out" in capture.file_warnings[0]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PIXEL, "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"GIF89a\x01\0\x01\0", "a GIF picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP picture"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "a BMP picture"),
        (b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG picture"),
        (b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0", "an icon"),
        (b"wOF2\0\x01\0\0", "a font"),
        (b"\0\0\0\x18ftypmp42", "a film"),
        (b"ID3\x03\0", "a sound file"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"{\\rtf1\\ansi", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "a Microsoft Office file of the old form"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook"),
        (zipped("mimetype", "META-INF/container.xml"), "an electronic book (EPUB)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"Rar!\x1a\x07\0", "a RAR archive"),
        (gzip.compress(HTML), "a file packed with gzip"),
        (gzip.compress(b"index.html".ljust(257, b"\0") + b"ustar\x0000" + HTML), "a tar archive packed with gzip"),
        (zstandard.ZstdCompressor().compress(HTML), "a file packed with Zstandard"),
        (skippable(HTML), "a file packed with Zstandard"),
        (b"\x28\xb5\x2f\xfdbroken", "a file packed with Zstandard"),
        (plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), "an Apple property list"),
        (plistlib.dumps({"a": 1}), "an Apple property list"),
        (b"\x1f\x8b\x08broken", "a file packed with gzip"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a news feed"),
        (b'<?xml version="1.0"?><library/>', "an XML file"),
        (b'{"title": "x", "url": "y"}', "a JSON file"),
        (b'[\n  {"title": "x"}]', "a JSON file"),
        (b"\x01\x02\x03\x04" * 100, "a file of binary data"),
        (bytes(range(256)) * 4, "a file of binary data"),
    ],
)
def test_files_that_are_no_pages(data: bytes, name: str, save_as: Save) -> None:
    is_bundle = "archive" in name or "packed" in name
    hint = "  Please unpack it first, and import what was in it." if is_bundle else ""
    said = f"This is {name}, not a saved page"
    assert refusal(save_as, "page.html", data) == f"{said}, though its name ends in .html.{hint}"
    assert refusal(save_as, "page.bin", data) == f"{said}.{hint}"


def test_a_folder_named_like_a_part_of_an_office_file(save_as: Save) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/page.html", HTML)
    assert [capture.data for capture in readers.read(save_as("a.zip", target.getvalue()))] == [HTML]


def test_a_link_to_a_page(save_as: Save) -> None:
    data = b"[InternetShortcut]\r\nURL=https://gazette.test/\r\n"
    assert refusal(save_as, "Ferry.url", data) == "This is a link to a page, not the page itself."


@pytest.mark.parametrize(
    "text",
    [
        "BM is what we called the bridge master, and nobody knew why he was there.",
        "[1] A note. [2] Another.",
        "{ this is in brackets }",
        "%PDF is a mark, and so is PK.",
        "MZ was his sign.",
        "RIFF\nWAVE",
        "II. The second part",
        "GIF stands for something.",
        "WARC is a form of archive.",
        "WARC/1.0 is another one.",
        "true story",
        "filedesc is a word",
    ],
)
def test_texts_that_begin_like_something_else(text: str, read_one: ReadOne) -> None:
    assert read_one("notes.txt", text.encode()).format is Format.TEXT
