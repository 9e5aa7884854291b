"""Writes the sample pages that lie in web archives: two as crawlers kept them, one as a browser's recorder does.

Nothing in, files in ``sample_archive/`` out, the same on every run.  Run from the root of the project:
``python packaging/sample_crawls.py``.  Separate from the other containers because a web archive keeps more than a
page: what was asked for, what was refused, and frames that nobody read.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path

from sample_containers import NOTE, Story, gauge

SAMPLES = Path(__file__).parents[1] / "sample_archive"

ARC_NAME = "PASSES-20050420061500-00000-crawler.arc.gz"

SECOND_BOOK = Story(
    "The Pass Gazette",
    "https://www.passgazette.example/2022/11/06/the-second-book-is-opened",
    "The second book is opened",
    "Lidka Marovenne",
    "2022-11-06",
    (
        "The clerk at the western post was asked on Friday to bring his second book down to Selmirat. He brought it in "
        "a flour sack, because of the rain, and sat with it on his knees until the office opened.",
        "Nobody at the office had ordered the book. Three doors were tried. Behind the fourth a typist looked through "
        "it, found that it held nothing but how deep the water had stood on a road, and asked him whether he wanted a "
        "receipt.",
        "He said that he did. It is pasted into the book now, on the page for that day, and he has written the depth "
        "of the water beside it: two fingers, and clear.",
    ),
    ("Snow report", "Market days", "Letters to the editor"),
    "Corrections are printed on Mondays. All rights reserved by The Pass Gazette.",
    "/pictures/receipt.png",
    "The board behind the fourth door, at five",
)
HOURS = Story(
    "Upland Voice",
    "https://voice.upland.example/en/notices/on-listening",
    "Notice on listening to the radio",
    "",
    "2022-11-21",
    (
        "The administration has learned that in some villages the radio is switched on for the weather and switched "
        "off for the sermon. The two are one programme, and whoever listens to a half of it has not listened.",
        "From the first of December the weather will be read after the sermon and not before it. Villages without a "
        "radio are asked to name a person who will walk to a village that has one.",
        "Rain is not a matter of opinion. It will be announced on the evening before, and it will be announced again "
        "when it has fallen.",
    ),
    ("Statements", "Notices", "Hymns"),
    "Upland Voice belongs to those who read it aloud.",
    "/media/radio.png",
    "The dial of the wireless, at ten",
)

BICYCLE = f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html lang="en">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
<meta name="author" content="Tomal Serrevane">
<meta name="date" content="2005-04-19">
<title>A bicycle for the gauge house - The Pass Gazette</title>
</head>
<body bgcolor="#ffffff" text="#000000">
<table width="760" border="0" cellpadding="4"><tr><td width="140" valign="top" class="menu">
<a href="/weather.htm">Snow report</a><br>
<a href="/market.htm">Market days</a><br>
<a href="/letters.htm">Letters to the editor</a>
</td><td valign="top">
<h1>A bicycle for the gauge house</h1>
<p class="byline">By Tomal Serrevane, 19 April 2005</p>
<p><img src="/archive/2005/board.png" width="48" height="160" align="right" alt="The board at Tolvessek, at eight">
The Water Office of Ormazhan has bought a bicycle for the gauge house at Tolvessek. It is black, it has a lamp, and its
number has been painted on the frame twice, because the two keepers would not use the same paint.</p>
<p>It will be ridden by a boy of fifteen who has so far come on foot, eleven kilometres each day, to see whether the
books of the two keepers agree. The Office asked him to sign for it. He asked the Office to sign as well.</p>
<p>At the Café Mirelle, where the road begins to climb, the landlord timed him on Monday: forty-one minutes up, nineteen
down. A guest took the second number for the level of the river, and it has been written on the wall.</p>
<p><em>{NOTE}</em></p>
</td></tr></table>
<hr><p class="footer"><font size="1">Best viewed in 800 by 600. Sign our guest book.</font></p>
</body>
</html>
"""


def record(kind: str, url: str, date: str, block: bytes, media_type: str) -> bytes:
    """A record of WARC 1.1, in a gzip member of its own."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, kind + url)}>",
    ]
    lines += [f"WARC-Target-URI: {url}"] if url else []
    lines += [f"WARC-Date: {date}", f"Content-Type: {media_type}", f"Content-Length: {len(block)}"]
    return gzip.compress("\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)


def response(url: str, date: str, body: bytes, media_type: str, status: str = "200 OK", coding: str = "") -> bytes:
    """What a server answered."""
    packed = gzip.compress(body, mtime=0) if coding == "gzip" else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", *([f"Content-Encoding: {coding}"] if coding else [])]
    block = "\r\n".join([*lines, f"Content-Length: {len(packed)}"]).encode() + b"\r\n\r\n" + packed
    return record("response", url, date, block, "application/http; msgtype=response")


def request(url: str, date: str, purpose: str) -> bytes:
    """What a browser asked for, and what for."""
    host, _, path = url.removeprefix("https://").partition("/")
    block = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Dest: {purpose}\r\n\r\n".encode()
    return record("request", url, date, block, "application/http; msgtype=request")


def warc() -> bytes:
    """The page as a crawler keeps it: after the file for robots, with its picture, and with a page that was gone."""
    site, date = "https://www.passgazette.example", "2022-11-07T05:40:12Z"
    about = b"software: Wget/1.21.3 (linux-gnu)\r\nformat: WARC File Format 1.1\r\n"
    records = (
        record("warcinfo", "", date, about, "application/warc-fields"),
        response(f"{site}/robots.txt", date, b"User-agent: *\nDisallow:\n", "text/plain"),
        response(SECOND_BOOK.url, date, SECOND_BOOK.html(">").encode(), "text/html; charset=utf-8", coding="gzip"),
        response(f"{site}{SECOND_BOOK.picture}", date, gauge(5), "image/png"),
        response(f"{site}/style.css", date, b"<h1>Not found</h1>", "text/html", "404 Not Found"),
    )
    return b"".join(records)


def arc_record(url: str, media_type: str, block: bytes, address: str = "203.0.113.9") -> bytes:
    """A record of ARC, version 1, in a gzip member of its own."""
    line = f"{url} {address} 20050420061500 {media_type} {len(block)}\n"
    return gzip.compress(line.encode() + block + b"\n", mtime=0)


def arc() -> bytes:
    """The page as a crawler kept it before there was WARC: after the host's address and the file for robots."""
    site = "http://www.passgazette.example"

    def answer(path: str, media_type: str, body: bytes, status: str = "200 OK") -> bytes:
        lines = (
            f"HTTP/1.1 {status}",
            "Server: Apache/1.3.33 (Unix)",
            "Connection: close",
            f"Content-Type: {media_type}",
        )
        block = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        return arc_record(site + path, media_type.partition(";")[0], block)

    fields = b"URL IP-address Archive-date Content-type Archive-length"
    records = (
        # Heritrix counts the line's own end too, and ends the record twice.
        arc_record(f"filedesc://{ARC_NAME[:-3]}", "text/plain", b"1 0 InternetArchive\n" + fields + b"\n\n", "0.0.0.0"),
        arc_record(
            "dns:www.passgazette.example",
            "text/dns",
            b"20050420061500\nwww.passgazette.example. 3600 IN A 203.0.113.9\n",
        ),
        answer("/robots.txt", "text/html", b"<h1>Not found</h1>", "404 Not Found"),
        answer("/archive/2005/bicycle.htm", "text/html; charset=iso-8859-1", BICYCLE.encode("iso-8859-1")),
        answer("/archive/2005/board.png", "image/png", gauge(8)),
    )
    return b"".join(records)


def wacz() -> bytes:
    """The page as a browser's recorder keeps it, with a frame that nobody read and a list that names the page."""
    site, date = "https://voice.upland.example", "2022-11-22T16:05:31Z"
    ticker = f"{site}/ticker.html"
    page = HOURS.html(">").replace("</article>", f'<iframe src="{ticker}"></iframe></article>')
    volume = (
        response(HOURS.url, date, page.encode(), "text/html; charset=utf-8", coding="gzip"),
        request(HOURS.url, date, "document"),
        response(ticker, date, b"<!DOCTYPE html><p>LATEST: The passes are quiet.</p>", "text/html"),
        request(ticker, date, "iframe"),
        response(f"{site}{HOURS.picture}", date, gauge(10), "image/png"),
    )
    lists = (
        {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"},
        {"id": "1", "url": HOURS.url, "ts": date, "title": f"{HOURS.title} | {HOURS.site}"},
    )
    members = {
        "archive/data.warc.gz": b"".join(volume),
        "pages/pages.jsonl": "".join(f"{json.dumps(line)}\n" for line in lists).encode(),
    }
    entries = [
        {"name": Path(name).name, "path": name, "hash": _digest(data), "bytes": len(data)}
        for name, data in members.items()
    ]
    manifest = {"profile": "data-package", "wacz_version": "1.1.1", "software": "a recorder", "resources": entries}
    members["datapackage.json"] = json.dumps(manifest, indent=2).encode()
    return _stored(members.items())


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _stored(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive whose members are stored as they are, as WACZ asks."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2022, 11, 22, 17, 5, 32)), data)
    return target.getvalue()


FILES = {ARC_NAME: arc, "passgazette-20221107.warc.gz": warc, "Notice on listening to the radio.wacz": wacz}


def main() -> int:
    """Write all three."""
    for name, make in FILES.items():
        (SAMPLES / name).write_bytes(make())
    return 0


if __name__ == "__main__":
    sys.exit(main())
