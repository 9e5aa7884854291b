"""Files built to do harm: each is refused, or read in part, within bounded time and memory.

Bombs of every packing, trees without a floor, entities, lists that lead in circles, counts that lie.  What a bound is
and why stands in ``limits``; here it is seen to hold.  Pages are smaller than they may be, and so are their bounds: at
full size a page of 64 MB takes ten to twenty seconds, and the worst of them 0.8 GB.
"""

from __future__ import annotations

import gzip
import os
import plistlib
import struct
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import brotli
import pytest
import zstandard

import crawls
import saved_files
from archive_viewer import limits

if sys.platform == "win32":
    pytest.skip("measured in a copy of the process", allow_module_level=True)

from measuring import measured

MIB = limits.MIB
SECONDS = 60
"""No file of these may take longer, on a slow and busy machine; most take less than one."""

MEGABYTES = 256
"""Memory above the largest single resource, which is the file or ``PAGE``."""

PAGE = 2 * MIB
TAGS = 50_000
"""What the bounds of a page are here: a thirtieth of what they are."""

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 100 if n else "a" * 100}">' for n in range(6))
PARAMETERS = "".join(f"<!ENTITY % p{n} '{f'%p{n - 1};' * 100 if n else 'a' * 100}'>" for n in range(6))
EXTERNAL = '<!ENTITY e5 SYSTEM "file:///etc/passwd">'


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKED = deflated(bytes(MIB))


def zip_of(entries: Sequence[tuple[str, bytes, int, int | None]]) -> bytes:
    """An archive of deflated members: name, packed bytes, stated size, and the place that the directory gives (None:
    the true one; another's, and no bytes of its own are written)."""
    body = directory = b""
    for name, packed, size, place in entries:
        raw = name.encode()
        fields = struct.pack("<H4H3L2H", 20, 0x800, 8, 0, 33, zlib.crc32(b""), len(packed), size, len(raw), 0)
        at = len(body) if place is None else place
        directory += b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<3H2L", 0, 0, 0, 0, at) + raw
        if place is None:
            body += b"PK\3\4" + fields + raw + packed
    counts = (len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + b"PK\5\6\0\0\0\0" + struct.pack("<2H2LH", *counts)


def packed_in_itself(levels: int) -> bytes:
    archive = saved_files.zipped({"page.html": saved_files.HTML})
    for _ in range(levels):
        archive = saved_files.zipped({"archive.zip": archive})
    return archive


def answer(body: bytes, coding: str) -> bytes:
    return crawls.record(saved_files.ADDRESS, crawls.answer(body, content_encoding=coding))


def property_list(*objects: bytes, reference: int = 1, count: int | None = None) -> bytes:
    """A binary property list of these objects, the first on top; its second is always the name that is looked for."""
    data, places = b"bplist00", []
    for written in (objects[0], b"\x5f\x10\x0fWebMainResource", *objects[1:]):
        places.append(len(data))
        data += written
    table = len(data)
    data += b"".join(struct.pack(">L", place) for place in places)
    return data + struct.pack(">6xBBQQQ", 4, reference, len(places) if count is None else count, 0, table)


def frames_in_frames(levels: int) -> bytes:
    """A page whose fourteen frames are one, and so on: fourteen to the power of ``levels`` in a few hundred bytes."""
    key, data = b"\x5f\x10\x13WebSubframeArchives", b"\x5f\x10\x0fWebResourceData"
    objects = [b"\xd2\1\2\4\3", key, b"\xae" + bytes([7]) * 14, b"\xd1\5\6", data, b"\x48<p>hello"]
    for level in range(levels):
        frame = 7 + 2 * level
        objects += [b"\xd2\1\2\4" + bytes([frame + 1]), b"\xae" + bytes([frame + 2 if level < levels - 1 else 4]) * 14]
    return property_list(*objects)


def doctype(root: str, declared: str, content: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{declared}]>{content}'


def plist_with(declared: str) -> str:
    return doctype("plist", declared, "<plist><dict><key>WebMainResource</key><string>&e5;</string></dict></plist>")


def tab_with(note: bytes) -> bytes:
    return saved_files.zipped({"1/index.rdf": note, "1/index.html": saved_files.HTML})


def note_with(declared: str) -> str:
    content = saved_files.RDF.decode().split("?>", 1)[1].replace(saved_files.TITLE, "&e5;")
    return doctype("RDF:RDF", declared, content)


def listed(pages: bytes) -> bytes:
    return crawls.wacz({"a.warc.gz": gzip.compress(saved_files.ANSWER)}, change={"pages/pages.jsonl": pages})


def parts(count: int) -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    return head + b"".join(
        b"--b\nContent-Type: text/html\nContent-Location: http://x/%d\n\n<p>x\n" % n for n in range(count)
    )


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": ("would grow", lambda: zip_of([(f"{n}.html", PACKED, 16 * MIB, None) for n in range(9)])),
    "zip, one member a thousand times": (
        "would grow",
        lambda: zip_of([(f"{n}.html", PACKED, MIB, 0 if n else None) for n in range(200)]),
    ),
    "zip, members within one another": (
        "lie within one another",
        lambda: zip_of([(f"{n}.html", PACKED, MIB, 0 if n else None) for n in range(9)]),
    ),
    "zip, sizes that lie": ("damaged", lambda: zip_of([("a.html", deflated(bytes(40 * MIB)), 1000, None)])),
    "zip within zip": ("unpack it first", lambda: packed_in_itself(60)),
    "zip of folders alone": (
        "more than 100,000 folders",
        lambda: zip_of([(f"{'/'.join([str(n)] * 30)}/a.html", b"\3\0", 0, None) for n in range(5000)]),
    ),
    "warc bomb": ("more than 300 times", lambda: gzip.compress(crawls.record("http://x/", bytes(40 * MIB)))),
    "bodies of a warc": (
        "more than 300 times",
        lambda: answer(gzip.compress(b"<html>" + bytes(MIB)), "gzip") * 60,
    ),
    "property list without a floor": (
        "damaged",
        lambda: property_list(
            b"\xd1\0\0\0\1\0\0\0\2",
            *(b"\xa1" + struct.pack(">L", n + 3) for n in range(100_000)),
            b"\x51a",
            reference=4,
        ),
    ),
    "property list in a circle": ("no page", lambda: property_list(b"\xd1\1\0")),
    "property list of a billion lists": (
        "no page",
        lambda: property_list(b"\xd1\1\2", *(b"\xaa" + bytes([n + 3]) * 10 for n in range(20)), b"\x51a"),
    ),
    "property list with a huge count": (
        "damaged",
        lambda: property_list(b"\xd1\1\2", b"\xaf\x13" + struct.pack(">Q", 2**31)),
    ),
    "property list with a huge piece": (
        "damaged",
        lambda: property_list(b"\xd1\1\2", b"\x4f\x13" + struct.pack(">Q", 2**40)),
    ),
    "property list with a huge table": ("damaged", lambda: property_list(b"\xd1\1\0", count=2**33)),
    "xml property list, attributes": (
        "damaged",
        lambda: b"<plist><dict><key>WebMainResource</key><data " + b" ".join(b"a%d='1'" % n for n in range(300_000)),
    ),
    "xml property list without a floor": (
        "damaged",
        lambda: b"<plist><dict><key>WebMainResource</key>" + b"<array>" * 100_000,
    ),
    "xml property list closed again": (
        "no page",
        lambda: (
            b"<plist><dict><key>WebMainResource</key>"
            + b"<array>" * 100_000
            + b"</array>" * 100_000
            + b"</dict></plist>"
        ),
    ),
    "xml property list, entities": ("an XML file", lambda: plist_with(ENTITIES).encode()),
    "xml property list, parameter entities": ("an XML file", lambda: plist_with(PARAMETERS).encode()),
    "xml property list, external entity": ("an XML file", lambda: plist_with(EXTERNAL).encode()),
    "messages within messages": (
        "holds no page",
        lambda: (
            b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 100_000 + b"Content-Type: text/html\n\n<p>x"
        ),
    ),
    "multiparts within multiparts": (
        "holds no page",
        lambda: (
            b"MIME-Version: 1.0\n"
            + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(100_000))
        ),
    ),
}

READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    # What is said of the page that is read: part of a warning, or nothing.
    "elements without a floor": ("", lambda: b"<!doctype html>" + b"<div>" * 40_000 + b"x"),
    "tags without end": ("more than 50,000 tags", lambda: b"<!doctype html>" + b"<p>" * 200_000),
    "attributes of one tag": (
        "",
        lambda: b"<!doctype html><p " + b" ".join(b"a%d=1" % n for n in range(150_000)) + b">x",
    ),
    "an attribute of 30 MB": ("longer than 2 MB", lambda: b"<!doctype html><p title='" + b"a" * (30 * MIB) + b"'>x"),
    "a list of pictures": ("", lambda: b"<!doctype html><img srcset='" + b"a 1x," * 300_000 + b"'><p>x"),
    "words without end": ("", lambda: b"<!doctype html><p>" + b"word " * 400_000),
    "frames written into it": ("", lambda: b"<!doctype html><p>x<iframe srcdoc='" + b"&lt;br>" * 250_000 + b"'>"),
    "paragraphs of a text": ("", lambda: b"a\n\n" * 300_000),
    "body, gzip": ("longer than 2 MB", lambda: answer(gzip.compress(b"<html>" + b"a" * (40 * MIB)), "gzip")),
    "body, gzip within gzip": (
        "longer than 2 MB",
        lambda: answer(gzip.compress(gzip.compress(b"<html>" + b"a" * (40 * MIB))), "gzip, gzip"),
    ),
    "body, deflate": ("longer than 2 MB", lambda: answer(zlib.compress(b"<html>" + b"a" * (40 * MIB)), "deflate")),
    "body, brotli": (
        "longer than 2 MB",
        lambda: answer(brotli.compress(b"<html>" + b"a" * (40 * MIB), quality=5), "br"),
    ),
    "body, zstandard": (
        "longer than 2 MB",
        lambda: answer(zstandard.ZstdCompressor().compress(b"<html>" + b"a" * (40 * MIB)), "zstd"),
    ),
    "body in chunks of one byte": (
        "",
        lambda: crawls.record(
            saved_files.ADDRESS,
            crawls.answer(b"6\r\n<html>\r\n" + b"1\r\na\r\n" * 200_000 + b"0\r\n\r\n", transfer_encoding="chunked"),
        ),
    ),
    "members that are none": (
        "damaged or cut off",
        lambda: gzip.compress(saved_files.ANSWER) + b"\x1f\x8b\x08\0\0\0\0\0\0\0\xff" * 200_000,
    ),
    "members of nothing": ("", lambda: gzip.compress(saved_files.ANSWER) + gzip.compress(b"") * 100_000),
    "list of pages without a floor": ("", lambda: listed(b"[" * 1_000_000)),
    "list of pages, one line": ("", lambda: listed(b'{"title":"' + b"a" * (20 * MIB))),
    "note, entities": ("index.rdf) is damaged", lambda: tab_with(note_with(ENTITIES).encode())),
    "note, entities in UTF-16": ("index.rdf) is damaged", lambda: tab_with(note_with(ENTITIES).encode("utf-16"))),
    "note, parameter entities": ("index.rdf) is damaged", lambda: tab_with(note_with(PARAMETERS).encode())),
    "note, external entity": ("index.rdf) is damaged", lambda: tab_with(note_with(EXTERNAL).encode())),
    "note without a floor": ("index.rdf) is damaged", lambda: tab_with(b"<a>" * 20_000)),
    "parts without end": ("no end", lambda: parts(100_000)),
    "xml property list, entities in UTF-16": ("", lambda: plist_with(ENTITIES).encode("utf-16")),
    "a part of 50 MB": (
        "",
        lambda: saved_files.mhtml(
            [
                ("Content-Type: text/html", "8bit", b"<p>x"),
                ("Content-Type: image/png\nContent-Location: http://x/a", "base64", os.urandom(MIB) * 50),
            ]
        ),
    ),
    "property list, frames in frames that are the same": ("or more", lambda: frames_in_frames(9)),
    "property list, one piece named often": (
        "left out",
        lambda: plistlib.dumps(
            saved_files.webarchive(parts=[("http://x/a", "image/png", bytes(MIB))] * 1000), fmt=plistlib.FMT_BINARY
        ),
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WARC_EXPANSION_FREE", 16 * MIB)
    sentence, make = REFUSED[kind]
    (tmp_path / "page").write_bytes(make())
    found = measured(tmp_path / "page")
    assert sentence in found.refusal
    assert found.seconds < SECONDS
    assert found.megabytes < MEGABYTES + (tmp_path / "page").stat().st_size // MIB


@pytest.mark.parametrize("kind", READ)
def test_it_is_read_in_part(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_BYTES", PAGE)
    monkeypatch.setattr(limits, "TAGS", TAGS)
    warning, make = READ[kind]
    data = make()
    (tmp_path / "page").write_bytes(data)
    found = measured(tmp_path / "page")
    assert found.pages == 1
    assert any(warning in said for said in found.warnings) if warning else not found.warnings
    assert "root:" not in found.text
    assert found.seconds < SECONDS
    assert found.megabytes < MEGABYTES + max(len(data), PAGE) // MIB
