"""What is passed over in a folder: parts of pages, when name and bytes agree."""

from __future__ import annotations

import pytest

from archive_viewer.readers import is_page_part
from pages import PIXEL
from saved_files import HTML, TEXT

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("style.css", b"p { color: red }"),
        ("STYLE.CSS", b'@charset "utf-8"; p { content: "\xe2\x80\x93" }'),
        ("empty.css", b""),
        ("code.js", b"document.write('<p>x</p>')"),
        ("code.js.download", b"var a = 1;"),
        ("module.mjs", b"export default 1"),
        ("a.png", PIXEL),
        ("really-a-png.jpg", PIXEL),
        ("favicon.ico", PIXEL),
        ("a.svg", SVG),
        ("a.woff2", b"wOF2\0\x01\0\0"),
        ("a.mp4", b"\0\0\0\x18ftypmp42"),
        ("a.mp3", b"ID3\x03\0"),
        ("._page.html", b"\0\x05\x16\x07\0\2\0\0Mac OS X"),
        ("page.html:Zone.Identifier", b"[ZoneTransfer]\r\nZoneId=3\r\n"),
        ("page.html\uf03aZone.Identifier", "\ufeff[ZoneTransfer]\r\n".encode("utf-16le")),
        ("robots.txt", b"# for all\r\n\r\nUser-agent: *\nDisallow: /x"),
        ("ads.txt", b"google.com, pub-1, DIRECT, x\n"),
        ("favicon.ico", HTML),
        ("about_blank.html", b"<html><head></head><body></body></html>"),
        ("saved_resource(1).html", b"<!DOCTYPE html><html><body><script>x()</script></body></html>"),
        (
            "x.html",
            b"<HTML>\n<!-- Created by HTTrack Website Copier/3.49 -->\n<TITLE>Page has moved</TITLE></HEAD>",
        ),
        ("hts-log.txt", b"HTTrack3.49-2+htsswf+htsjava launched on Sun, 31 Jan 2016 06:40:15"),
        ("cookies.txt", b"# Netscape HTTP Cookie File\n"),
        ("index.json", b'{"format": "html", "title": "x", "clipId": "00000001"}'),
    ],
)
def test_parts(name: str, head: bytes) -> None:
    assert is_page_part(name, head)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.html", PIXEL),
        ("a.png", HTML),
        ("a.png", b""),
        ("a.png", TEXT),
        ("style.css", HTML),
        ("style.css", PIXEL),
        ("code.js", b"\0\x01\x02"),
        ("a.woff2", PIXEL),
        ("page.html", HTML),
        ("robots.txt", TEXT),
        ("ads.txt", TEXT),
        ("index.html", b'<html><meta http-equiv="refresh" content="0;url=page.html"></html>'),
        ("a.html", b"<html><frameset><frame src=b.html></frameset></html>"),
        ("a.html", b"<title>Only a title</title>"),
        ("empty.html", b""),
        ("notes.txt", TEXT),
        ("a.pdf", b"%PDF-1.7"),
        ("a", PIXEL),
        ("._page.html", HTML),
        ("page.html:Zone.Identifier", HTML),
        ("index.json", b'{"title": "x"}'),
        ("hts-log.txt", TEXT),
    ],
)
def test_no_parts(name: str, head: bytes) -> None:
    assert not is_page_part(name, head)
