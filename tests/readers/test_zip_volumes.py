"""WARC and ARC files in ZIP archives: their pages come out, and are found again where they lie."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

import crawls
from archive_viewer import readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format
from crawls import SITE, answer, page, record
from pages import PIXEL
from saved_files import HTML, Save, zipped

FERRY = record(f"{SITE}/ferry", answer(page("Ferry")))
PIER = record(f"{SITE}/pier.png", answer(PIXEL, "image/png"))
BRIDGE = record(f"{SITE}/bridge", answer(page("Bridge")))
ARC = crawls.arc_version() + crawls.arc_record(f"{SITE}/ferry", answer(page("Ferry")))


def read(save_as: Save, data: bytes, name: str = "a.zip") -> list[Capture]:
    saved = save_as(name, data)
    captures = list(readers.read(saved))
    for capture in captures:
        found = readers.find_capture(saved, capture.locator)
        assert (found.data, found.url, found.captured_at) == (capture.data, capture.url, capture.captured_at)
    return captures


def stored(name: str, data: bytes, *, is_large: bool = False) -> bytes:
    """An archive whose member is stored as it is; ``is_large`` writes it as one of more than 4 GB (ZIP64)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, archive.open(name, "w", force_zip64=is_large) as stream:
        stream.write(data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("x.warc", FERRY + PIER, Format.WARC),
        ("Tïtle 😀/b=c:d.warc.gz", crawls.packed([FERRY, PIER]), Format.WARC),
        ("x.warc.gz", gzip.compress(FERRY + PIER), Format.WARC),
        ("x.warc.zst", crawls.packed_with_zstandard([FERRY, PIER]), Format.WARC),
        ("x.arc", ARC, Format.ARC),
        ("x/y/x.arc.gz", gzip.compress(ARC), Format.ARC),
        ("no suffix", FERRY + PIER, Format.WARC),
    ],
)
@pytest.mark.parametrize("is_stored", [False, True])
def test_the_pages_of_a_web_archive_in_an_archive(
    name: str, data: bytes, form: Format, is_stored: bool, save_as: Save
) -> None:
    (capture,) = read(save_as, stored(name, data) if is_stored else zipped({name: data}))
    assert (capture.format, capture.data) == (form, page("Ferry"))
    assert not capture.warnings + capture.file_warnings
    if form is Format.WARC:
        assert capture.find_resource is not None
        found = capture.find_resource(f"{SITE}/pier.png")
        assert found is not None
        assert found.data == PIXEL


def test_beside_pages_and_other_web_archives(save_as: Save) -> None:
    members = {"b.warc": FERRY + BRIDGE, "a.html": HTML, "c/d.warc.gz": crawls.packed([BRIDGE]), "empty.warc": PIER}
    captures = read(save_as, zipped(members))
    assert [capture.format for capture in captures] == [Format.WARC, Format.WARC, Format.HTML, Format.WARC]
    assert len({capture.locator for capture in captures}) == 4
    assert captures[-1].file_warnings == ("“empty.warc” in this archive was left out: This web archive holds no page.",)


def test_what_is_said_of_one_names_it(save_as: Save) -> None:
    again = record(f"{SITE}/b", answer(b""), "revisit", WARC_Payload_Digest="sha1:ABC")
    (capture,) = read(save_as, zipped({"x.warc": FERRY + again}))
    assert capture.file_warnings == (
        "Of “x.warc” in this archive: Pages that were archived again unchanged, and whose text is in another file, "
        "were left out: 1.",
    )


def test_places_that_are_none(save_as: Save) -> None:
    saved = save_as("a.zip", zipped({"x.warc": FERRY, "a.html": HTML}))
    for locator in ("x.warc:", "x.warc:9", "y.warc:0", ":0", "0", "a.html:0", "x.warc:0=y.warc:0", "x.warc:0=x.warc:9"):
        with pytest.raises(FileRefused):
            readers.find_capture(saved, locator)


@pytest.mark.parametrize("is_large", [False, True])
def test_a_volume_of_a_package_as_large_as_any(is_large: bool, save_as: Save) -> None:
    data = crawls.packed([FERRY, BRIDGE, PIER])
    captures = read(save_as, stored("archive/x.warc.gz", data, is_large=is_large), "x.wacz")
    assert [capture.format for capture in captures] == [Format.WACZ] * 2
    assert captures[0].find_resource is not None
    assert captures[0].find_resource(f"{SITE}/pier.png") is not None
