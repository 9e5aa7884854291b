"""Where the operating system says that a file was got: above the page's own claims, below a saving program's word."""

from __future__ import annotations

import os
import plistlib
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from archive_viewer import readers
from archive_viewer.jobs.files import saved_file
from archive_viewer.model import Capture, Download, SavedFile, Source
from saved_files import ADDRESS, HTML, SINGLEFILE, Save, zipped

URL, REFERRER = "https://gazette.test/ferry", "https://gazette.test/"
CLAIMS = HTML.replace(b"<title>", b'<link rel=canonical href="https://other.test/"><title>')


def read(saved: SavedFile, download: Download) -> Capture:
    (capture,) = readers.read(replace(saved, download=download))
    return capture


ZONE = Download(URL, REFERRER, "", "Zone.Identifier")
SPOTLIGHT = Download(URL, REFERRER, "2021-11-21T10:00:00Z", "kMDItemWhereFroms")


def test_it_goes_before_what_the_page_calls_itself(save_as: Save) -> None:
    capture = read(save_as("a.html", CLAIMS), ZONE)
    assert capture.url is not None
    assert (capture.url.value, capture.url.source, capture.url.origin) == (URL, Source.SYSTEM, "Zone.Identifier")
    assert capture.facts["referrer"].value == REFERRER
    assert capture.captured_at is not None
    assert capture.captured_at.source is Source.INFERRED


def test_a_saving_program_goes_before_it(save_as: Save) -> None:
    capture = read(save_as("a.html", SINGLEFILE), SPOTLIGHT)
    assert capture.url is not None
    assert (capture.url.value, capture.url.source) == (ADDRESS, Source.STATED)
    assert (capture.facts["downloaded_from"].value, capture.facts["downloaded_from"].source) == (URL, Source.SYSTEM)
    assert capture.captured_at is not None
    assert capture.captured_at.source is Source.STATED


def test_its_date_goes_before_the_files_time(save_as: Save) -> None:
    capture = read(save_as("a.txt", b"The ferry sails at noon.\n"), SPOTLIGHT)
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (SPOTLIGHT.at, Source.SYSTEM)


def test_a_page_that_was_got_from_an_archive_is_of_its_page(save_as: Save) -> None:
    copy = f"https://web.archive.org/web/20140109030403id_/{URL}"
    capture = read(save_as("a.html", HTML), replace(ZONE, url=copy))
    assert capture.url is not None
    assert (capture.url.value, capture.url.source) == (URL, Source.SYSTEM)
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2014-01-09T03:04:03Z"


@pytest.mark.parametrize("url", ["about:internet", "", "blob:null/x", "data:text/html,x"])
def test_what_is_no_address(url: str, save_as: Save) -> None:
    capture = read(save_as("a.html", CLAIMS), replace(ZONE, url=url))
    assert capture.url is not None
    assert capture.url.value == "https://other.test/"
    assert "downloaded_from" not in capture.facts


def test_the_mark_of_a_container_is_not_its_pages(save_as: Save) -> None:
    capture = read(save_as("a.zip", zipped({"a.html": HTML})), ZONE)
    assert capture.url is None


# -- where they are kept -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [":", "\uf03a"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_stream_that_became_a_file(sign: str, codec: str, tmp_path: Path) -> None:
    page = tmp_path / "Tïtle 😀.html"
    page.write_bytes(HTML)
    stream = f"[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl={REFERRER}\r\nHostUrl={URL}\r\n"
    Path(f"{page}{sign}Zone.Identifier").write_bytes(stream.encode(codec))
    assert saved_file(page).download == ZONE


def set_attribute(path: Path, name: str, value: bytes) -> None:
    if sys.platform != "linux":
        pytest.skip("attributes are set by Python on Linux only")
    try:
        os.setxattr(path, name, value)
    except OSError:
        pytest.skip("this disk keeps no attributes")


def test_attributes_of_every_system(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(HTML)
    set_attribute(page, "user.xdg.origin.url", URL.encode())
    assert saved_file(page).download == Download(URL, "", "", "user.xdg.origin.url")
    places, dates = (
        plistlib.dumps(value, fmt=plistlib.FMT_BINARY) for value in ([URL, REFERRER], [datetime(2021, 11, 21, 10)])
    )
    set_attribute(page, "user.com.apple.metadata:kMDItemWhereFroms", places)
    set_attribute(page, "user.com.apple.metadata:kMDItemDownloadedDate", dates)
    assert saved_file(page).download == SPOTLIGHT
    set_attribute(
        page, "user.Zone.Identifier", f"[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl={REFERRER}\r\nHostUrl={URL}".encode()
    )
    assert saved_file(page).download == ZONE


@pytest.mark.parametrize(
    "value", [b"", b"bplist00", b"<plist><dict/></plist>", b"<?xml", plistlib.dumps({"a": [1]}), b"\xff" * 99]
)
def test_damaged_attributes_say_nothing(value: bytes, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(HTML)
    for name in ("user.com.apple.metadata:kMDItemWhereFroms", "user.com.apple.metadata:kMDItemDownloadedDate"):
        set_attribute(page, name, value)
    set_attribute(page, "user.Zone.Identifier", value)
    assert saved_file(page).download == Download()
