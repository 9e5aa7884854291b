"""Web archives made for tests: records of WARC and ARC, HTTP answers, WACZ packages."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import zstandard

SITE = "https://gazette.test"
MOMENT = "2021-11-21T10:00:00Z"
DIGITS = "20211121100000"


def page(title: str, body: str = "") -> bytes:
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
    return f"{head}<body><p>{title} 😀 text {body}</p></body></html>".encode()


def answer(body: bytes, media_type: str = "text/html; charset=utf-8", status: str = "200 OK", **fields: str) -> bytes:
    """An HTTP response; ``content_encoding`` is written Content-Encoding."""
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {media_type}"] if media_type else [])]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    url: str,
    block: bytes,
    kind: str = "response",
    date: str = MOMENT,
    *,
    length: int | None = None,
    version: str = "WARC/1.0",
    end: str = "\r\n",
    **fields: str,
) -> bytes:
    """A record of WARC; ``warc_record_id`` is written WARC-Record-ID.  ``length`` states another one than it has."""
    lines = [version, f"WARC-Type: {kind}", *([f"WARC-Target-URI: {url}"] if url else []), f"WARC-Date: {date}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    lines.append(f"Content-Length: {len(block) if length is None else length}")
    return (end.join(lines) + 2 * end).encode() + block + (2 * end).encode()


def request(url: str, date: str = MOMENT, **fields: str) -> bytes:
    lines = ["GET / HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    return record(url, ("\r\n".join(lines) + "\r\n\r\n").encode(), "request", date)


def arc_version(version: int = 1) -> bytes:
    fields = (
        "URL IP-address Archive-date Content-type Archive-length",
        "URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length",
    )[version - 1]
    about = f"{version} 0 Tïtle\n{fields}\n".encode()
    return f"filedesc://x.arc 0.0.0.0 {DIGITS} text/plain {len(about)}\n".encode() + about + b"\n"


def arc_record(url: str, block: bytes, version: int = 1, digits: str = DIGITS) -> bytes:
    between = "text/html" if version == 1 else "text/html 200 - - 0 x.arc"
    return f"{url} 192.0.2.1 {digits} {between} {len(block)}\n".encode() + block + b"\n"


def packed(records: Iterable[bytes]) -> bytes:
    """Each record in a gzip member of its own."""
    return b"".join(map(gzip.compress, records))


def packed_with_zstandard(
    records: Iterable[bytes], *, dictionary: bytes = b"", is_dictionary_packed: bool = False
) -> bytes:
    """Each record in a frame of its own, behind a frame with the dictionary where there is one."""
    used = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    packer = zstandard.ZstdCompressor(dict_data=used, write_checksum=True)
    kept = zstandard.ZstdCompressor().compress(dictionary) if is_dictionary_packed else dictionary
    return (skippable(kept, 0x5D) if dictionary else b"") + b"".join(map(packer.compress, records))


def skippable(data: bytes, kind: int = 0x50) -> bytes:
    """A frame of Zstandard that holds nothing of the file's."""
    return bytes([kind]) + b"\x2a\x4d\x18" + len(data).to_bytes(4, "little") + data


def wacz(
    volumes: Mapping[str, bytes],
    pages: Iterable[Mapping[str, Any]] = (),
    *,
    has_digests: bool = False,
    is_deflated: bool = False,
    change: Mapping[str, bytes] | None = None,
) -> bytes:
    """A package with volumes by file name; ``change`` are members that are changed after the digests were taken."""
    members = {f"archive/{name}": data for name, data in volumes.items()}
    lines = [{"format": "json-pages-1.0", "id": "pages"}, *pages]
    members["pages/pages.jsonl"] = "".join(json.dumps(line) + "\n" for line in lines).encode()
    about: dict[str, Any] = {"profile": "data-package", "wacz_version": "1.1.1"}
    if has_digests:
        about["resources"] = [
            {"path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"} for name, data in members.items()
        ]
    members["datapackage.json"] = json.dumps(about).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED if is_deflated else zipfile.ZIP_STORED) as package:
        for name, data in {**members, **(change or {})}.items():
            package.writestr(zipfile.ZipInfo(name), data, package.compression)
    return target.getvalue()
