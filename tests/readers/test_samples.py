"""Real saves that nobody here wrote: what must be found in each."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from archive_viewer import charset, cleaning, readers
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
MANY = {"warc": Format.WARC, "wacz": Format.WACZ}
"""Forms whose files hold several pages."""

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
    assert {sample["format"] for sample in EVERY} <= FORMATS.keys() | MANY.keys()


@pytest.mark.parametrize("sample", of(FORMATS))
def test_a_sample_is_read(sample: dict[str, Any]) -> None:
    capture = the_capture(sample)
    is_scrapbook = sample["file"].startswith("html+folder/2020")
    assert capture.format is (Format.WEBSCRAPBOOK if is_scrapbook else FORMATS[sample["format"]])
    text = " ".join(charset.decode_as(capture.data, capture.charset.value).replace("&copy;", "©").split())
    for phrase in sample["must_find"]["contains"]:
        assert " ".join(phrase.split()) in text


@pytest.mark.parametrize("sample", of({"mhtml": 0, "singlefile": 0, "webarchive": 0, "html+folder": 0, "zip": 0}))
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


@pytest.mark.parametrize("sample", of({"wayback": 0}))
def test_a_copy_from_the_wayback_machine_is_of_its_page(sample: dict[str, Any]) -> None:
    capture = the_capture(sample)
    expected = sample["must_find"]
    assert capture.url is not None
    assert capture.url.value == expected["url"]
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (expected["captured"], Source.STATED)
    assert capture.facts["retrieved_at"].value.startswith("2020-05-07T1")
    assert capture.facts["retrieved_at"].source is Source.STATED


@pytest.mark.parametrize("sample", of({"maff": 0, "htz": 0}))
def test_the_date_and_title_of_a_tab_are_its_notes(sample: dict[str, Any]) -> None:
    capture = the_capture(sample)
    assert capture.captured_at is not None
    if "captured" in sample["must_find"]:
        assert (capture.captured_at.value, capture.captured_at.source) == (
            sample["must_find"]["captured"],
            Source.STATED,
        )
    else:
        assert capture.captured_at.source is Source.INFERRED
    if capture.title is not None:
        assert capture.title.value == sample["must_find"]["title"]


@pytest.mark.parametrize("sample", of({"charset-html": 0, "txt": 0}))
def test_its_character_set_is_found(sample: dict[str, Any]) -> None:
    expected = charset.label(sample["must_find"]["charset"])
    found = the_capture(sample).charset.value
    # The two Greek sets differ in the sign for the drachma.
    assert found == expected or {found, expected} == {"windows-1253", "iso-8859-7"}


def test_the_frames_of_a_webscrapbook_folder_are_its_companions() -> None:
    sample = next(sample for sample in EVERY if sample["file"].startswith("html+folder/2020"))
    assert the_capture(sample).companions == ("green.bmp", "iframe.html", "linked.html")


WITH_INVENTED_DIGESTS = {"warc/2mementos.warc"}
"""Made by hand: one digest stands in all its records."""


@pytest.mark.parametrize("sample", of(MANY))
def test_a_web_archive_gives_its_pages(sample: dict[str, Any]) -> None:
    expected = sample["must_find"]
    captures = list(readers.read(saved(sample)))
    assert {capture.format for capture in captures} == {MANY[sample["format"]]}
    count = expected.get("records", {"min": 1})
    least, most = (count, count) if isinstance(count, int) else (count["min"], count.get("max", len(captures)))
    assert least <= len(captures) <= most
    moments = {expected["captured"]} if "captured" in expected else set[str]()
    capture = next(
        capture
        for capture in captures
        if capture.url
        and capture.captured_at
        and capture.url.value == expected["url"]
        and {capture.captured_at.value} >= moments
    )
    text = " ".join(re.sub("<[^>]*>", "", charset.decode_as(capture.data, capture.charset.value)).split())
    for phrase in (*expected["contains"], expected.get("title", "")):
        assert phrase in text
    said = (*capture.warnings, *capture.file_warnings)
    assert [sentence for sentence in said if "digest" in sentence] == list(said)
    assert bool(said) == (sample["file"] in WITH_INVENTED_DIGESTS)


@pytest.mark.parametrize("sample", of(MANY))
def test_each_page_of_a_web_archive_is_found_again(sample: dict[str, Any]) -> None:
    for capture in readers.read(saved(sample)):
        found = readers.find_capture(saved(sample), capture.locator)
        assert (found.data, found.url, found.captured_at, found.title) == (
            capture.data,
            capture.url,
            capture.captured_at,
            capture.title,
        )


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("sample", of(FORMATS | MANY))
def test_its_article_has_the_words_and_the_title(sample: dict[str, Any]) -> None:
    expected = sample["must_find"]
    captures = [
        capture
        for capture in readers.read(saved(sample))
        if "url" not in expected or (capture.url and capture.url.value == expected["url"])
    ]
    articles = [cleaning.clean(capture) for capture in captures]
    texts = [" ".join(" ".join(block.text for block in article.blocks).split()) for article in articles]
    for phrase in expected["contains"]:
        assert any(" ".join(phrase.split()) in text for text in texts)
    if title := words(expected.get("title", "")):
        facts = [fact for article in articles for fact in (article.title,) if fact]
        facts += [capture.title for capture in captures if capture.title]
        # A page's heading goes before its title element, which may name it in other words and the site too.
        assert any(len(words(fact.value) & title) * 2 > len(words(fact.value)) for fact in facts)
