"""Digests that web archives state, in every writing, and what is said where the bytes are others."""

from __future__ import annotations

import base64
import gzip
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crawls
from archive_viewer import readers
from archive_viewer.readers import digests
from crawls import SITE, answer, page, record
from saved_files import Save

ALTERED = "The bytes of this page are not those that its archive states a digest of: they were altered or damaged."
HTML = page("Tïtle 😀")


def base32(algorithm: str, data: bytes) -> str:
    return base64.b32encode(hashlib.new(algorithm, data).digest()).decode()


def warnings(save_as: Save, block: bytes, **fields: str) -> tuple[str, ...]:
    (capture,) = readers.read(save_as("x.warc.gz", crawls.packed([record(f"{SITE}/ferry", block, **fields)])))
    return capture.warnings


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
@given(data=st.binary(max_size=50))
def test_every_writing_of_a_digest(algorithm: str, data: bytes) -> None:
    value = hashlib.new(algorithm, data).digest()
    named = f"{algorithm[:3].upper()}-{algorithm[3:]}" if algorithm != "md5" else "MD5"
    for text in (
        value.hex(),
        value.hex().upper(),
        base64.b32encode(value).decode(),
        base64.b32encode(value).decode().lower().rstrip("="),
        base64.b64encode(value).decode(),
        base64.urlsafe_b64encode(value).decode().rstrip("="),
    ):
        for stated in (f"{algorithm}:{text}", f" {named}: {text}"):
            digest = digests.parse(stated)
            assert digest is not None
            assert digest.agrees([b"another", data])
            assert not digest.agrees([data + b"x"])


@given(st.text() | st.from_regex(r"(sha1|md5|sha256):\w{0,70}=*"))
def test_what_is_no_digest(text: str) -> None:
    found = digests.parse(text)
    assert found is None or len(found.value) in (16, 20, 28, 32, 48, 64)


@pytest.mark.parametrize(
    "text", ["", "sha1", "sha1:", "sha1:ABC", "crc32:00000000", "sha1:" + "é" * 32, "sha1:" + "0" * 99]
)
def test_what_cannot_be_checked(text: str) -> None:
    assert digests.parse(text) is None


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
def test_digests_that_agree_are_passed_over(algorithm: str, save_as: Save) -> None:
    block = answer(HTML)
    stated = {
        "WARC_Block_Digest": f"{algorithm}:{base32(algorithm, block)}",
        "WARC_Payload_Digest": f"{algorithm}:{base32(algorithm, HTML)}",
    }
    assert warnings(save_as, block, **stated) == ()


@pytest.mark.parametrize("name", ["WARC_Block_Digest", "WARC_Payload_Digest"])
def test_a_digest_that_does_not_agree_is_said(name: str, save_as: Save) -> None:
    assert warnings(save_as, answer(HTML), **{name: f"sha1:{base32('sha1', b'another')}"}) == (ALTERED,)
    assert warnings(save_as, answer(HTML), **{name: "sha1:ABC"}) == ()


@pytest.mark.parametrize("form", [0, 1, 2], ids=["as it was sent", "without chunks", "as the browser saw it"])
def test_the_payload_may_be_what_a_program_takes_for_it(form: int, save_as: Save) -> None:
    small = gzip.compress(HTML)
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(small), small)
    block = answer(chunks, content_encoding="gzip", transfer_encoding="chunked")
    stated = f"sha1:{base32('sha1', (chunks, small, HTML)[form])}"
    assert warnings(save_as, block, WARC_Payload_Digest=stated) == ()


def test_of_a_page_that_is_cut_only_that_is_said(save_as: Save) -> None:
    wrong = f"sha1:{base32('sha1', b'another')}"
    (said,) = warnings(save_as, answer(HTML), WARC_Payload_Digest=wrong, WARC_Truncated="length")
    assert said == "Whoever archived this page kept only its beginning (“length”)."
    cut = record(f"{SITE}/ferry", answer(HTML), WARC_Payload_Digest=wrong)[:-60]
    (capture,) = readers.read(save_as("x.warc", cut))
    assert capture.warnings == ("The record of this page is damaged or cut off; it was read as far as it goes.",)
