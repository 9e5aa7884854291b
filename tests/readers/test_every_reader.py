"""What holds for every reader, whatever the form: any bytes give captures or a sentence, within bounds."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_viewer import charset, cleaning, limits, readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format, SavedFile, Source
from saved_files import ADDRESS, EVERY_FORM, MODIFIED, TITLE, save

WORDS = "The envoys met on Tuesday – and “spoke” of the ferry."
FORMATS = {
    "page.html": Format.HTML,
    "single.html": Format.SINGLEFILE,
    "page.mhtml": Format.MHTML,
    "page.txt": Format.TEXT,
    "page.webarchive": Format.WEBARCHIVE,
    "page.xml.webarchive": Format.WEBARCHIVE,
    "page.maff": Format.MAFF,
    "page.htz": Format.HTZ,
    "page.zip": Format.HTML,
    "page.sfz.html": Format.SINGLEFILE,
    "page.warc": Format.WARC,
    "page.warc.gz": Format.WARC,
    "page.warc.zst": Format.WARC,
    "page.arc": Format.ARC,
    "page.wacz": Format.WACZ,
}
STATES_DATE = {Format.SINGLEFILE, Format.MHTML, Format.MAFF, Format.HTZ, Format.WARC, Format.ARC, Format.WACZ}
STATES_ADDRESS = STATES_DATE | {Format.WEBARCHIVE}
AS_A_ZIP = {"page.htz": Format.WEBSCRAPBOOK}
"""What only its suffix tells from a ZIP archive of one page."""


def attempt(saved: SavedFile) -> list[Capture]:
    """The captures of any bytes at all; that no other error comes out is what is tested."""
    try:
        captures = list(readers.read(saved))
    except FileRefused as refusal:
        sentence = str(refusal)
        captures = []
    else:
        sentence = "."
    assert sentence.endswith(".")
    for capture in captures:
        charset.decode_as(capture.data, capture.charset.value)
        assert all(warning.endswith(".") for warning in capture.warnings)
        assert set(capture.companions) <= set(saved.companions)
    return captures


def test_every_form_is_here() -> None:
    assert FORMATS.keys() == EVERY_FORM.keys()


@pytest.fixture(params=EVERY_FORM)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_page_comes_out_whole(name: str, tmp_path: Path) -> None:
    (capture,) = readers.read(save(tmp_path, name, EVERY_FORM[name]))
    text = charset.decode_as(capture.data, capture.charset.value)
    assert capture.format is FORMATS[name]
    assert WORDS in text
    assert TITLE in text
    assert capture.charset.value == "utf-8"
    assert not capture.warnings


def test_address_and_date_are_stated_or_the_files_own(name: str, tmp_path: Path) -> None:
    (capture,) = readers.read(save(tmp_path, name, EVERY_FORM[name]))
    if FORMATS[name] in STATES_ADDRESS:
        assert capture.url is not None
        assert (capture.url.value, capture.url.source) == (ADDRESS, Source.STATED)
    else:
        assert capture.url is None
    assert capture.captured_at is not None
    if FORMATS[name] in STATES_DATE:
        assert (capture.captured_at.value, capture.captured_at.source) == ("2026-11-24T09:00:00Z", Source.STATED)
    else:
        assert (capture.captured_at.value, capture.captured_at.source) == (MODIFIED, Source.INFERRED)
        assert capture.captured_at.origin == "file time"


def test_nobody_knows_a_date_that_the_file_system_has_not(name: str, tmp_path: Path) -> None:
    saved = save(tmp_path, name, EVERY_FORM[name])
    (capture,) = readers.read(SavedFile(saved.path, saved.name))
    assert (capture.captured_at is not None) == (FORMATS[name] in STATES_DATE)


def test_the_bytes_decide_and_not_the_suffix(name: str, tmp_path: Path) -> None:
    for other in ("page.png", "page", "page.pdf", "2c8f0e", *EVERY_FORM):
        (capture,) = readers.read(save(tmp_path, other, EVERY_FORM[name]))
        assert capture.format is (FORMATS[name] if other == name else AS_A_ZIP.get(name, FORMATS[name]))


def test_a_capture_is_found_again(name: str, tmp_path: Path) -> None:
    saved = save(tmp_path, name, EVERY_FORM[name])
    (capture,) = readers.read(saved)
    assert readers.find_capture(saved, capture.locator) == capture
    with pytest.raises(FileRefused):
        readers.find_capture(saved, "no such page")


def test_cut_off_anywhere_it_is_read_or_refused(name: str, tmp_path: Path) -> None:
    data = EVERY_FORM[name]
    for length in range(0, len(data), 1 + len(data) // 1000):
        attempt(save(tmp_path, name, data[:length]))


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_damaged_anywhere_it_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(EVERY_FORM)))
    damaged = bytearray(EVERY_FORM[name])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        kind = data.draw(st.sampled_from(["byte", "cut out", "double"]))
        end = min(len(damaged), place + data.draw(st.integers(1, 200)))
        if kind == "byte":
            damaged[place] = data.draw(st.integers(0, 255))
        elif kind == "double":
            damaged[place:place] = damaged[place:end]
        elif len(damaged) > end - place:
            del damaged[place:end]
    with tempfile.TemporaryDirectory() as folder:
        attempt(save(Path(folder), name, bytes(damaged)))


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"<html>", b"From: x\nMIME-Version: 1.0\n\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"WARC/1.0\r\n"]
    ),
)
def test_any_bytes_are_read_or_refused(data: bytes, beginning: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        attempt(save(Path(folder), "page.html", beginning + data))


HOSTILE: dict[str, tuple[bytes, Format | None]] = {
    # What takes quadratic time or endless memory to read carelessly, and what it is.
    "deep": (b"<!doctype html>" + b"<div>" * 100_000 + b"text", Format.HTML),
    "comments": (b"<!doctype html>" + b"<!--" * 500_000, Format.HTML),
    "comment after comment": (b"<!-- a -->" * 200_000 + b"<p>x", Format.TEXT),
    "attributes": (b"<p " + b"a=' " * 500_000, Format.HTML),
    "tags": (b"<a" * 1_000_000, Format.TEXT),
    "blank lines": (b"\n" * 2_000_000 + b"<p>x</p>", Format.TEXT),
    "blanks in a comment": (b"<html><!-- saved from url=" + b" " * 1_000_000 + b"-->", Format.HTML),
    "unclosed meta": (b"<meta http-equiv=content-type content='" + b"charset " * 200_000, Format.HTML),
    "no newline": (b"word " * 2_000_000, Format.TEXT),
    "headers": (b"Content-Type: text/html\n" * 100_000, None),
    "no end of headers": (b"MIME-Version: 1.0\nSubject: " + b"=?utf-8?Q?a?= " * 100_000, None),
    "boundaries": (b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 500_000, None),
    "nested": (
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        None,
    ),
    "property list of lists": (b"bplist00WebMainResource" + b"\xa1\x01" * 100_000, None),
    "property list without end": (b"<plist><string>WebMainResource" + b"<array>" * 300_000, None),
    "entities of a property list": (
        b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><plist>WebMainResource'
        + b"&b;" * 100_000,
        None,
    ),
    "zeros": (b"\0" * 2_000_000, None),
    "xml": (b"<?xml version='1.0'?>" + b"<!-- x -->" * 100_000 + b"<html>", None),
    "doctypes": (b"<!DOCTYPE " * 200_000, Format.TEXT),
    "empty members": (EVERY_FORM["page.warc.gz"] + gzip.compress(b"") * 20_000, Format.WARC),
    "headers of members": (EVERY_FORM["page.warc.gz"] + b"\x1f\x8b\x08\x04\0\0\0\0\0\0\xff\xff" * 20_000, Format.WARC),
    "records that swallow the next": (b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\nx" * 20_000, None),
    "fields without end": (b"WARC/1.0\r\n" + b"A: b\r\n" * 500_000, None),
    "lines of an arc": (b"filedesc://x 1.2.3.4 20200101000000 text/html 99999999\n" * 5_000, None),
    "blanks in an arc": (b"filedesc://x" + b" 1.2.3.4" * 500_000, None),
    "entities": (b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><html>" + b"&b;" * 100_000, Format.HTML),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files(kind: str, tmp_path: Path) -> None:
    data, form = HOSTILE[kind]
    assert [capture.format for capture in attempt(save(tmp_path, "page.html", data))] == ([form] if form else [])


def test_fifty_megabytes_without_a_newline(tmp_path: Path) -> None:
    saved = save(tmp_path, "long.txt", "wörd ".encode() * (50 * limits.MIB // 6))
    (capture,) = readers.read(saved)
    assert (capture.format, capture.charset.value, capture.warnings) == (Format.TEXT, "utf-8", ())


def test_a_page_over_the_limit_is_read_as_far_as_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_BYTES", limits.MIB)
    for name in ("page.html", "single.html", "page.txt"):
        (capture,) = readers.read(save(tmp_path, name, EVERY_FORM[name] + b"word " * 400_000))
        assert len(capture.data) == limits.MIB
        assert capture.warnings == ("This page is longer than 1 MB; what follows was not read.",)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"^This file is empty\.$"):
        list(readers.read(save(tmp_path, "page.html", b"")))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        list(readers.read(SavedFile(tmp_path, tmp_path.name)))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no such file"):
        list(readers.read(SavedFile(tmp_path / "gone.html", "gone.html")))


def test_only_what_needs_its_folder_has_companions(name: str, tmp_path: Path) -> None:
    save(tmp_path, "beside.png", b"\x89PNG\r\n\x1a\n")
    assert readers.companion_names(save(tmp_path, name, EVERY_FORM[name])) == ()


def test_a_page_of_too_many_tags_is_read_as_far_as_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TAGS", 100)
    (capture,) = readers.read(save(tmp_path, "page.html", b"<!doctype html>" + b"<p>before" * 99 + b"<p>behind"))
    assert capture.warnings == ("This page has more than 100 tags; what follows on them was not read.",)
    assert capture.data.endswith(b"behind")
    assert cleaning.clean(capture).text.split() == ["before"] * 99
