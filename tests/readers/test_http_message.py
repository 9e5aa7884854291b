"""Bodies of HTTP answers as archives keep them: coded, decoded already, cut off, or bombs."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

import crawls
from archive_viewer import limits
from archive_viewer.readers.http_message import HttpMessage, read_message

PAGE = crawls.page("Tïtle 😀", "wörd " * 500)


def chunked(body: bytes, size: int = 700, trailer: bytes = b"", extension: bytes = b"") -> bytes:
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    lines = (b"%x%b\r\n%b\r\n" % (len(chunk), extension, chunk) for chunk in chunks)
    return b"".join(lines) + b"0\r\n" + trailer + b"\r\n"


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


CODED = {
    "identity": PAGE,
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "GZIP": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "deflate ": raw_deflate(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstandard.ZstdCompressor().compress(PAGE),
    "gzip, br": brotli.compress(gzip.compress(PAGE)),
}


def read(body: bytes, **fields: str) -> HttpMessage:
    return read_message(crawls.answer(body, **fields))


@pytest.mark.parametrize("coding", CODED)
def test_codings_are_undone(coding: str) -> None:
    assert read(CODED[coding], content_encoding=coding).body(limits.MIB) == (PAGE, False)
    both = read(chunked(CODED[coding]), content_encoding=coding, transfer_encoding="chunked")
    assert both.body(limits.MIB) == (PAGE, False)


@pytest.mark.parametrize("coding", CODED)
def test_a_coding_that_was_undone_already(coding: str) -> None:
    message = read(PAGE, content_encoding=coding, transfer_encoding="chunked")
    assert message.body(limits.MIB) == (PAGE, False)


@pytest.mark.parametrize("stated", ["gzip", "br", "deflate", "zstd"])
@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_another_coding_than_is_stated(stated: str, coding: str) -> None:
    assert read(CODED[coding], content_encoding=stated).body(limits.MIB) == (PAGE, False)
    assert (
        read(chunked(CODED[coding]), content_encoding=stated, transfer_encoding="chunked").body(limits.MIB)[0] == PAGE
    )


def test_a_packed_file_that_was_sent_in_chunks_stays_packed() -> None:
    packed = gzip.compress(PAGE)
    for body in (packed, chunked(packed)):
        assert read(body, transfer_encoding="chunked").body(limits.MIB) == (packed, False)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (chunked(PAGE) + b"HTTP/1.1 400 Bad Request", PAGE),
        (chunked(PAGE).replace(b"2bc\r\n", b"00002BC\r\n"), PAGE),
        (chunked(PAGE).replace(b"2bc\r\n", b"zz\r\n", 1), chunked(PAGE).replace(b"2bc\r\n", b"zz\r\n", 1)),
        (b"-5\r\n" + PAGE, b"-5\r\n" + PAGE),
        (b"fffffffff\r\n" + PAGE, b"fffffffff\r\n" + PAGE),
        (b"ffffffff\r\n" + PAGE, PAGE),
    ],
)
def test_bad_sizes_of_chunks(body: bytes, kept: bytes) -> None:
    assert read(body, transfer_encoding="chunked").body(limits.MIB) == (kept, False)


@pytest.mark.parametrize("coding", CODED)
def test_no_more_than_is_asked_for(coding: str) -> None:
    assert read(CODED[coding], content_encoding=coding).body(100) == (PAGE[:100], True)
    assert read(CODED[coding], content_encoding=coding).body(len(PAGE)) == (PAGE, False)


@pytest.mark.parametrize("coding", CODED)
def test_cut_off_what_is_there_is_given(coding: str) -> None:
    noise = crawls.page("x", random.Random(3).randbytes(200_000).hex())
    whole = {
        "br": brotli.compress,
        "zstd": zstandard.ZstdCompressor().compress,
        "gzip": gzip.compress,
        "deflate": zlib.compress,
    }.get(coding)
    if whole:
        data, _ = read(whole(noise)[:-900], content_encoding=coding).body(limits.MIB)
        assert noise.startswith(data)
        assert len(data) > 1000
    for length in range(0, len(CODED[coding]), 17):
        read(CODED[coding][:length], content_encoding=coding).body(limits.MIB)


@pytest.mark.parametrize(
    "bomb",
    [
        {"gzip": gzip.compress(bytes(50 * limits.MIB))},
        {"br": brotli.compress(bytes(50 * limits.MIB))},
        {"zstd": zstandard.ZstdCompressor().compress(bytes(50 * limits.MIB))},
        {"gzip, gzip": gzip.compress(gzip.compress(bytes(50 * limits.MIB)))},
    ],
    ids=str,
)
def test_a_bomb_gives_no_more_than_the_limit(bomb: dict[str, bytes]) -> None:
    ((coding, body),) = bomb.items()
    assert read(body, content_encoding=coding).body(limits.MIB) == (bytes(limits.MIB), True)


def test_chunks_with_all_that_they_may_have() -> None:
    for body in (
        chunked(PAGE, trailer=b"Expires: never\r\nX: y\r\n"),
        chunked(PAGE, extension=b";name=value"),
        chunked(PAGE, extension=b"   "),
        chunked(PAGE, size=1),
        chunked(PAGE).replace(b"\r\n", b"\n"),
    ):
        assert read(body, transfer_encoding="chunked").body(limits.MIB) == (PAGE, False)


def test_chunks_that_break_off() -> None:
    body = chunked(PAGE)
    for length in range(750, len(body) - 10, 97):
        data, _ = read(body[:length], transfer_encoding="chunked").body(limits.MIB)
        assert PAGE.startswith(data)
        assert len(data) > 700


def test_a_page_that_begins_like_a_chunk() -> None:
    text = b"1\r\n<p>The first</p>"
    assert read(text, transfer_encoding="chunked").body(limits.MIB) == (text, False)


def test_fields() -> None:
    message = read_message(
        b'HTTP/1.1 200 OK\nCONTENT-TYPE: Text/HTML ; Charset="windows-1251"\nX-A: 1\n  2\nX-A: 3\n\n<p>'
    )
    assert (message.status, message.media_type, message.charset) == (200, "text/html", "windows-1251")
    assert (message.fields["x-a"], message.raw_body) == ("1 2", b"<p>")


@pytest.mark.parametrize(
    ("block", "status", "body"),
    [
        (b"HTTP/2 200\r\n\r\n<p>", 200, b"<p>"),
        (b"HTTP/2.0 200\r\n\r\n<p>", 200, b"<p>"),
        (b"HTTP 200 OK\r\n\r\n<p>", 200, b"<p>"),
        (b"http/1.1 200 ok\r\n\r\n<p>", 200, b"<p>"),
        (b"ICY 200 OK\r\nicy-name: x\r\n\r\n<p>", 200, b"<p>"),
        (b"\r\nHTTP/1.1 200 OK\r\n\r\n<p>", 200, b"<p>"),
        (b"Server: x\r\nContent-Type: text/html\r\n\r\n<p>", 200, b"<p>"),
        (b"Dear Sir: hello\r\n\r\n<p>", 0, b"Dear Sir: hello\r\n\r\n<p>"),
        (b"<!-- a\nContent-Type: x -->\n\n<p>", 0, b"<!-- a\nContent-Type: x -->\n\n<p>"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n<p>", 404, b"<p>"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 2 + b"HTTP/1.1 200 OK\r\n\r\n<p>", 200, b"<p>"),
        (b"HTTP/1.0 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n<p>", 200, b"<p>"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nHTTP/1.1 404 is a status", 200, b"HTTP/1.1 404 is a status"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 9, 100, b"HTTP/1.1 100 Continue\r\n\r\n" * 4),
        (b"HTTP/1.0 404 Not Found\r\n\r\n", 404, b""),
        (b"<!DOCTYPE html><p>", 0, b"<!DOCTYPE html><p>"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html", 200, b""),
        (b"", 0, b""),
    ],
)
def test_status(block: bytes, status: int, body: bytes) -> None:
    message = read_message(block)
    assert (message.status, message.raw_body) == (status, body)


@given(st.binary(max_size=400), st.sampled_from(list(CODED)), st.booleans())
def test_any_bytes(data: bytes, coding: str, is_chunked: bool) -> None:
    fields = {"transfer_encoding": "chunked"} if is_chunked else {}
    body, _ = read(data, content_encoding=coding, **fields).body(1000)
    assert len(body) <= 1000
