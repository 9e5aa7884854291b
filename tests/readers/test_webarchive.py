"""Safari web archives: the page, its parts, its frames, and what nobody states."""

from __future__ import annotations

import plistlib

import pytest

from archive_viewer import charset, limits, readers, serving
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format, Source
from pages import PIXEL
from saved_files import ADDRESS, HTML, PICTURE, ReadOne, Save, webarchive

MAIN = "<html><head><title>Der Fährmann</title></head><body><p>Grüße – „Fähre“</p></body></html>"


def written(archive: dict[str, object]) -> bytes:
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)


def text_of(capture: Capture) -> str:
    return charset.decode_as(capture.data, capture.charset.value)


def response(date: str) -> bytes:
    """What NSKeyedArchiver makes of an answer with a Date header, as far as it matters here."""
    objects = ["$null", {"NS.keys": [plistlib.UID(2)], "NS.objects": [plistlib.UID(3)]}, "Date", date]
    return written({"$archiver": "NSKeyedArchiver", "$objects": objects, "$top": {}})


def test_the_archives_word_for_the_character_set_goes_first(read_one: ReadOne) -> None:
    page = MAIN.replace("<head>", "<head><meta charset=utf-8>").encode("macintosh")
    capture = read_one("a.webarchive", written(webarchive(page, charset="macintosh")))
    assert "Grüße – „Fähre“" in text_of(capture)
    assert capture.charset.origin == "WebResourceTextEncodingName"


def test_a_page_saved_again_as_utf_8_belies_its_meta(read_one: ReadOne) -> None:
    page = MAIN.replace("<head>", '<head><meta charset="windows-1252">').encode()
    capture = read_one("a.webarchive", written(webarchive(page)))
    assert "Grüße – „Fähre“" in text_of(capture)


def test_its_parts_are_served(save_as: Save) -> None:
    saved = save_as("a.webarchive", written(webarchive(parts=[PICTURE])))
    (capture,) = readers.read(saved)
    for address in ("https://gazette.test/ferry/pixel.png", "/ferry/pixel.png", "ferry/pixel.png"):
        resource = serving.resource_of(capture, saved, address)
        assert resource is not None
        assert (resource.media_type, resource.data) == ("image/png", PIXEL)


def test_the_latest_answer_of_a_server_dates_it(read_one: ReadOne) -> None:
    archive = webarchive(parts=[PICTURE, PICTURE, PICTURE])
    parts = archive["WebSubresources"]
    assert isinstance(parts, list)
    for part, date in zip(parts, ("Sat, 19 Nov 2022 22:27:37 GMT", "Sun, 20 Nov 2022 01:00:00 GMT"), strict=False):
        part["WebResourceResponse"] = response(date)
    parts[2]["WebResourceResponse"] = b"bplist00 damaged"
    captured_at = read_one("a.webarchive", written(archive)).captured_at
    assert captured_at is not None
    assert (captured_at.value, captured_at.source) == ("2022-11-20T01:00:00Z", Source.INFERRED)
    assert captured_at.doubt


def test_the_text_of_a_frameset_is_in_its_frames(read_one: ReadOne) -> None:
    menu = webarchive("<p>Menü <a href='b.html'>B</a>".encode(), url="https://gazette.test/menu.html")
    inner = webarchive(b"<p>The ferry sails at noon.", url="https://gazette.test/inner/text.html")
    nested = webarchive(
        b"<frameset rows=*><frame src='text.html'></frameset>", frames=[inner], url="https://gazette.test/inner/f.html"
    )
    page = b"<html lang=en><title>Frames</title><frameset cols='1,*'><frame src=menu.html><frame src=inner/f.html>"
    capture = read_one(
        "a.webarchive", written(webarchive(page, frames=[menu, nested], url="https://gazette.test/index.html"))
    )
    text = text_of(capture)
    assert text.index("Menü") < text.index("The ferry sails at noon.")
    assert "<title>Frames</title>" in text
    assert 'href="https://gazette.test/b.html"' in text
    assert capture.warnings == (
        "This page is made of frames; the texts of the frames that were saved stand one after the other.",
    )


def test_frames_that_hold_one_another_come_to_an_end(read_one: ReadOne) -> None:
    page = b"<frameset><frame src=/a><frame src=/b></frameset>"
    frame = webarchive(page, url="https://gazette.test/a")
    text = webarchive(b"<p>The only words.", url="https://gazette.test/b")
    capture = read_one("a.webarchive", written(webarchive(page, frames=[frame, text], url="https://gazette.test/a")))
    assert text_of(capture).count("The only words.") == 1


def test_a_file_from_a_computer_says_so(read_one: ReadOne) -> None:
    capture = read_one("a.webarchive", written(webarchive(url="file:///Users/x/page.html#top")))
    assert capture.url is not None
    assert capture.url.doubt == "This is a place on a computer, not an address on the web."


@pytest.mark.parametrize(
    ("archive", "sentence"),
    [
        ({"WebMainResource": {}}, "holds no page"),
        ({"WebMainResource": [1, 2]}, "holds no page"),
        ({"WebMainResource": {"WebResourceData": "text", "WebResourceURL": 5}}, "holds no page"),
        ({"WebMainResource": {"WebResourceData": PIXEL, "WebResourceMIMEType": "image/png"}}, "type image/png"),
    ],
)
def test_what_holds_no_page_is_refused(archive: dict[str, object], sentence: str, save_as: Save) -> None:
    with pytest.raises(FileRefused, match=sentence):
        list(readers.read(save_as("a.webarchive", written(archive))))


def test_what_is_not_what_it_should_be_is_passed_over(read_one: ReadOne) -> None:
    archive = webarchive(HTML)
    archive["WebSubresources"] = [5, {"WebResourceURL": ["x"]}, {"WebResourceURL": "https://a.test/", "x": 1}]
    archive["WebSubframeArchives"] = {"WebMainResource": 1}
    capture = read_one("a.webarchive", written(archive))
    assert capture.url is not None
    assert capture.url.value == ADDRESS
    assert [resource.url for resource in capture.resources] == ["https://a.test/"]


def test_a_cut_off_archive_is_refused_in_a_sentence(save_as: Save) -> None:
    with pytest.raises(FileRefused, match="damaged or was cut off"):
        list(readers.read(save_as("a.webarchive", written(webarchive())[:-10])))


def test_what_is_over_a_limit(save_as: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = save_as("a.webarchive", written(webarchive(parts=[PICTURE, PICTURE])))
    monkeypatch.setattr(limits, "PARTS_BYTES", len(PIXEL) + 1)
    (capture,) = readers.read(saved)
    assert len(capture.resources) == 1
    assert capture.warnings == ("This web archive holds more than can be shown; files left out: 1.",)
    monkeypatch.setattr(limits, "WEBARCHIVE_BYTES", 100)
    with pytest.raises(FileRefused, match="larger than"):
        list(readers.read(saved))


def test_a_text_that_was_saved_as_a_page_is_a_text(read_one: ReadOne) -> None:
    archive = webarchive("Die Fähre\n\nSie fährt um zwölf.\n".encode(), url="https://gazette.test/ferry.txt")
    archive["WebMainResource"] = {**archive["WebMainResource"], "WebResourceMIMEType": "text/plain"}  # type: ignore[dict-item]
    capture = read_one("a.webarchive", plistlib.dumps(archive))
    assert (capture.format, capture.media_type) == (Format.WEBARCHIVE, "text/plain")


def test_a_picture_of_an_archived_page_by_its_rewritten_address(save_as: Save) -> None:
    copy = "https://web.archive.org/web/20140109030403"
    page = f"<p>x<img src='/web/20140109030403im_/{PICTURE[0]}'>".encode()
    parts = [(f"{copy}im_/{PICTURE[0]}", PICTURE[1], PICTURE[2])]
    saved = save_as("a.webarchive", plistlib.dumps(webarchive(page, parts, url=f"{copy}/{ADDRESS}")))
    (capture,) = readers.read(saved)
    assert capture.url is not None
    assert capture.url.value == ADDRESS
    assert serving.resource_of(capture, saved, f"/web/20140109030403im_/{PICTURE[0]}") is not None
