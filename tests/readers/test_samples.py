"""Real saves that nobody here wrote: what must be found in each, and how those of later forms are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive_viewer import charset, readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format, SavedFile, Source
from archive_viewer.readers import FolderCompanions

SAMPLES = Path(__file__).parents[2] / ".." / "shared" / "samples"
INDEX = SAMPLES / "index.json"
EVERY: list[dict[str, Any]] = json.loads(INDEX.read_text("utf-8"))["samples"] if INDEX.exists() else []
FORMATS = {
    "mhtml": Format.MHTML,
    "singlefile": Format.SINGLEFILE,
    "webarchive": Format.WEBARCHIVE,
    "maff": Format.MAFF,
    "htz": Format.HTZ,
    "zip": Format.WEBSCRAPBOOK,
    "html+folder": Format.HTML_FOLDER,
    "wayback": Format.HTML,
    "charset-html": Format.HTML,
    "txt": Format.TEXT,
}
NAMES = {
    "warc": "a WARC file",
    "wacz": "a WACZ web archive",
}

pytestmark = pytest.mark.skipif(not EVERY, reason="the samples are not here")


def saved(sample: dict[str, Any]) -> SavedFile:
    path = SAMPLES / sample["file"]
    page = path / sample["must_find"]["main"] if path.is_dir() else path
    return SavedFile(page, page.name, "2020-02-29T12:00:00Z", FolderCompanions(page))


def of(formats: dict[str, Any]) -> list[Any]:
    return [pytest.param(sample, id=sample["file"]) for sample in EVERY if sample["format"] in formats]


def the_capture(sample: dict[str, Any]) -> Capture:
    (capture,) = readers.read(saved(sample))
    return capture


def test_every_form_of_the_index_is_known() -> None:
    assert {sample["format"] for sample in EVERY} <= FORMATS.keys() | NAMES.keys()


@pytest.mark.parametrize("sample", of(FORMATS))
def test_a_sample_is_read(sample: dict[str, Any]) -> None:
    capture = the_capture(sample)
    is_scrapbook = sample["file"].startswith("html+folder/2020")
    assert capture.format is (Format.WEBSCRAPBOOK if is_scrapbook else FORMATS[sample["format"]])
    text = " ".join(charset.decode_as(capture.data, capture.charset.value).replace("&copy;", "©").split())
    for phrase in sample["must_find"]["contains"]:
        assert " ".join(phrase.split()) in text


@pytest.mark.parametrize("sample", of({"mhtml": 0, "singlefile": 0, "webarchive": 0, "html+folder": 0}))
def test_its_address_date_and_title_are_stated(sample: dict[str, Any]) -> None:
    capture = the_capture(sample)
    expected = sample["must_find"]
    assert capture.url is not None
    assert (capture.url.value, capture.url.source) == (expected["url"], Source.STATED)
    assert capture.captured_at is not None
    if "captured" in expected:
        assert (capture.captured_at.value, capture.captured_at.source) == (expected["captured"], Source.STATED)
    else:
        assert capture.captured_at.source is Source.INFERRED
    if capture.title is not None:
        assert capture.title.value == expected["title"]


@pytest.mark.parametrize("sample", of({"charset-html": 0, "txt": 0}))
def test_its_character_set_is_found(sample: dict[str, Any]) -> None:
    expected = charset.label(sample["must_find"]["charset"])
    found = the_capture(sample).charset.value
    # The two Greek sets differ in the sign for the drachma.
    assert found == expected or {found, expected} == {"windows-1253", "iso-8859-7"}


def test_the_frames_of_a_webscrapbook_folder_are_its_companions() -> None:
    sample = next(sample for sample in EVERY if sample["file"].startswith("html+folder/2020"))
    assert the_capture(sample).companions == ("green.bmp", "iframe.html", "linked.html")


@pytest.mark.parametrize("sample", of(NAMES))
def test_a_sample_of_a_later_form_is_refused_by_name(sample: dict[str, Any]) -> None:
    with pytest.raises(FileRefused) as refusal:
        list(readers.read(saved(sample)))
    assert str(refusal.value) == f"This is {NAMES[sample['format']]}, which this version does not read yet."
