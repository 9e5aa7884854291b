"""Archives of saved pages: which members are pages, what belongs to each, and what their notes say."""

from __future__ import annotations

import io
import plistlib
import struct
import zipfile
from pathlib import Path

import pytest

from archive_viewer import charset, limits, readers, serving
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format, SavedFile, Source
from pages import PIXEL
from saved_files import ADDRESS, HTML, HTZ, MODIFIED, RDF, SINGLEFILE, TITLE, Save, mhtml, save, webarchive, zipped

WITH_FOLDER = (
    b"<!DOCTYPE html><html><title>Ferry</title><p>The ferry sails at noon.</p>"
    b"<img src='Ferry_files/a%20b.png'><iframe src='Ferry_files/advert.html'></iframe></html>"
)


def page(words: str) -> bytes:
    return f"<!DOCTYPE html><html><title>{words}</title><p>{words}</p></html>".encode()


def captures(saved: SavedFile) -> dict[str, Capture]:
    """By locator; each must be found again without the others."""
    found = list(readers.read(saved))
    for capture in found[:-1]:
        assert readers.find_capture(saved, capture.locator) == capture
    again = readers.find_capture(saved, found[-1].locator)
    assert (again.data, again.facts, again.captured_at) == (found[-1].data, found[-1].facts, found[-1].captured_at)
    return {capture.locator: capture for capture in found}


def test_pages_come_in_the_order_of_the_archive_a_folder_after_its_page(save_as: Save) -> None:
    members = {
        "b/Ferry_files/advert.html": page("An advert."),
        "b/Ferry_files/a b.png": PIXEL,
        "b/Ferry.html": WITH_FOLDER,
        "a/z.html": page("Z"),
        "a/ä 😀.html": page("Ä"),
        "top.html": page("Top"),
    }
    assert list(captures(save_as("a.zip", zipped(members)))) == ["top.html", "b/Ferry.html", "a/z.html", "a/ä 😀.html"]


def test_what_lies_around_a_page_is_served_from_the_archive(save_as: Save) -> None:
    saved = save_as("a.zip", zipped({"x/Ferry.html": WITH_FOLDER, "x/Ferry_files/a b.png": PIXEL, "x/y.css": b"p{}"}))
    capture = captures(saved)["x/Ferry.html"]
    assert capture.format is Format.HTML_FOLDER
    assert capture.companions == ()
    picture = serving.resource_of(capture, saved, "Ferry_files/a%20b.png")
    assert picture is not None
    assert (picture.media_type, picture.data) == ("image/png", PIXEL)
    assert serving.resource_of(capture, saved, "Ferry_files/none.png") is None
    assert serving.resource_of(capture, saved, "../../../etc/passwd") is None
    assert serving.resource_of(capture, saved, "https://gazette.test/a.png") is None
    assert sorted(capture.inside) == ["Ferry.html", "Ferry_files/a b.png", "y.css"]
    assert len(capture.inside) == 3


def test_every_form_of_one_page_is_read_inside(save_as: Save) -> None:
    members = {
        "a.mhtml": mhtml(),
        "b.webarchive": plistlib.dumps(webarchive()),
        "c.txt": "Ein Text – mit Gedankenstrich.".encode(),
        "d.html": HTML,
    }
    formats = [capture.format for capture in captures(save_as("a.zip", zipped(members))).values()]
    assert formats == [Format.MHTML, Format.WEBARCHIVE, Format.TEXT, Format.HTML]


def test_what_is_left_out_is_said_with_the_last_page(save_as: Save) -> None:
    members = {
        "a.pdf": b"%PDF-1.7",
        "page.html": HTML,
        "style.css": b"p { color: red }",
        "in.zip": zipped({"x.html": HTML}),
        "../evil.html": HTML,
    }
    (capture,) = readers.read(save_as("a.zip", zipped(members)))
    assert capture.file_warnings == (
        "Files of this archive whose names lead out of it were left out: 1.",
        "“a.pdf” in this archive was left out: This is a PDF document, not a saved page.",
        "“in.zip” in this archive was left out: This is a ZIP archive inside of another one; please unpack it first.",
    )


def test_many_files_left_out_are_counted(save_as: Save) -> None:
    members = {"page.html": HTML, **{f"{n}.pdf": b"%PDF-1.7" for n in range(30)}}
    (capture,) = readers.read(save_as("a.zip", zipped(members)))
    assert len(capture.file_warnings) == 11
    assert capture.file_warnings[-1] == "Other files of this archive were left out: 20."


def test_an_archive_without_pages_is_refused(save_as: Save) -> None:
    with pytest.raises(FileRefused, match=r"^There is no page in this archive\. “a\.pdf” .* is a PDF document"):
        list(readers.read(save_as("a.zip", zipped({"a.pdf": b"%PDF-1.7", "b.png": PIXEL}))))


def test_a_locked_archive_is_refused_in_a_sentence(save_as: Save) -> None:
    data = bytearray(zipped({"page.html": HTML}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileRefused, match="locked by a password"):
        list(readers.read(save_as("a.zip", bytes(data))))


def test_the_time_of_a_member_goes_before_the_archives(save_as: Save) -> None:
    saved = save_as("a.zip", zipped({"page.html": HTML}, (2009, 5, 6, 7, 8, 10)))
    captured_at = captures(saved)["page.html"].captured_at
    assert captured_at is not None
    assert (captured_at.value, captured_at.source) == ("2009-05-06T07:08:10Z", Source.INFERRED)
    assert captured_at.doubt


def test_a_day_that_there_is_not_is_no_time(save_as: Save) -> None:
    data = bytearray(zipped({"page.html": HTML}, (2009, 5, 6, 7, 8, 10)))
    data[data.rindex(b"PK\x01\x02") + 14] = 0b000_00000  # Month and day of the directory's entry.
    data[data.rindex(b"PK\x01\x02") + 15] &= 0b1111_1110
    captured_at = captures(save_as("a.zip", bytes(data)))["page.html"].captured_at
    assert captured_at is not None
    assert captured_at.value == MODIFIED


def test_a_time_in_utc_is_taken_as_that(save_as: Save) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("page.html", (2009, 5, 6, 9, 8, 10))
        info.extra = struct.pack("<HHBl", 0x5455, 5, 1, 1241593690)
        archive.writestr(info, HTML)
    captured_at = captures(save_as("a.zip", target.getvalue()))["page.html"].captured_at
    assert captured_at is not None
    assert (captured_at.value, captured_at.doubt) == ("2009-05-06T07:08:10Z", "")


def test_a_page_that_is_gone(save_as: Save) -> None:
    saved = save_as("a.zip", zipped({"page.html": HTML}))
    with pytest.raises(FileRefused, match="no longer holds"):
        readers.find_capture(saved, "other.html")


def test_frames_of_an_archived_page_are_joined(save_as: Save) -> None:
    members = {
        "site/index.html": b"<title>Frames</title><frameset><frame src=menu.html><frame src=sub/text.html></frameset>",
        "site/menu.html": page("Menu"),
        "site/sub/text.html": b"<p>The words. <img src=p.png>",
    }
    (capture,) = captures(save_as("a.zip", zipped(members))).values()
    text = charset.decode_as(capture.data, capture.charset.value)
    assert text.index("Menu") < text.index("The words.")
    assert 'src="sub/p.png"' in text


# -- HTZ -----------------------------------------------------------------------------------------------------------


def test_all_of_an_htz_belongs_to_its_page(save_as: Save) -> None:
    saved = save_as("a.htz", zipped({"frame.html": page("Frame"), "index.html": HTZ, "linked.html": page("Linked")}))
    (capture,) = captures(saved).values()
    assert capture.format is Format.HTZ
    assert capture.url is not None
    assert capture.url.value == ADDRESS


def test_an_index_that_only_leads_on_is_followed(save_as: Save) -> None:
    refresh = b"<html><meta charset=UTF-8><meta http-equiv='refresh' content='0; url=./real%20page.html'></html>"
    saved = save_as("a.htz", zipped({"index.html": refresh, "real page.html": HTML}))
    (capture,) = captures(saved).values()
    assert (capture.locator, capture.data) == ("index.html", HTML)


def test_a_circle_of_refreshes_comes_to_an_end(save_as: Save) -> None:
    refresh = b"<html><meta http-equiv=refresh content='0;url=%s'><p>x"
    saved = save_as("a.htz", zipped({"index.html": refresh % b"b.html", "b.html": refresh % b"index.html"}))
    assert len(captures(saved)) == 1
    outward = save_as("b.htz", zipped({"index.html": refresh % b"https://gazette.test/"}))
    assert len(captures(outward)) == 1


# -- MAFF ----------------------------------------------------------------------------------------------------------


def test_every_tab_of_a_maff_is_a_page(save_as: Save) -> None:
    members = {
        "2/index.rdf": RDF.replace(b"index.html", b"index.xhtml").replace(b"/ferry", b"/second"),
        "2/index.xhtml": b"<?xml version='1.0'?><html><p>Two</p></html>",
        "1/index.rdf": RDF,
        "1/index.html": HTML,
        "1/index_files/frame.html": page("Frame"),
        "3/index.htm": page("No note"),
    }
    found = captures(save_as("a.maff", zipped(members)))
    assert list(found) == ["2/index.xhtml", "1/index.html", "3/index.htm"]
    first = found["1/index.html"]
    assert first.url is not None
    assert first.captured_at is not None
    assert first.title is not None
    assert (first.url.value, first.url.origin) == (ADDRESS, "MAF:originalurl")
    assert (first.captured_at.value, first.captured_at.origin) == ("2026-11-24T09:00:00Z", "MAF:archivetime")
    assert (first.title.value, first.title.origin) == (TITLE, "MAF:title")
    third = found["3/index.htm"]
    assert (third.format, third.url, third.title) == (Format.MAFF, None, None)
    assert third.captured_at is not None
    assert (third.captured_at.value, third.captured_at.source) == (MODIFIED, Source.INFERRED)


def test_the_character_set_of_a_tab_is_its_notes(save_as: Save) -> None:
    members = {"1/index.rdf": RDF.replace(b"UTF-8", b"Big5"), "1/index.html": "<p>渡輪中午啟航</p>".encode("big5")}
    (capture,) = captures(save_as("a.maff", zipped(members))).values()
    assert (capture.charset.value, capture.charset.origin) == ("big5", "MAF:charset")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\2\\index.html", "/etc/passwd", "../2/index.html", "gone.html"]
)
def test_a_note_never_leads_out_of_its_folder(name: str, save_as: Save) -> None:
    members = {
        "1/index.rdf": RDF.replace(b'"index.html"', f'"{name}"'.encode()),
        "1/index.html": HTML,
        "2/index.html": page("Other"),
    }
    found = captures(save_as("a.maff", zipped(members)))
    assert found["1/index.html"].data == HTML
    assert any("is not in its folder" in warning for warning in found["1/index.html"].warnings)


@pytest.mark.parametrize(
    "note",
    [
        b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + RDF.split(b"?>")[1].replace(b"1.0", b"&e;"),
        b'<!DOCTYPE r SYSTEM "https://gazette.test/evil.dtd">' + RDF.split(b"?>")[1],
        RDF[:200],
        b"",
        b"\xff\xfe<",
    ],
)
def test_a_hostile_or_damaged_note_is_not_believed(note: bytes, save_as: Save) -> None:
    (capture,) = readers.read(save_as("a.maff", zipped({"1/index.rdf": note, "1/index.html": HTML})))
    assert capture.url is None
    assert capture.warnings == ("The note about this tab (index.rdf) is damaged; it was not read.",)


def test_a_tab_that_is_a_picture_is_said(save_as: Save) -> None:
    members = {"1/index.rdf": RDF.replace(b"index.html", b"index.png"), "1/index.png": PIXEL, "2/index.html": HTML}
    (capture,) = readers.read(save_as("a.maff", zipped(members)))
    assert capture.locator == "2/index.html"


# -- limits --------------------------------------------------------------------------------------------------------


def test_a_member_over_a_limit(save_as: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = save_as(
        "a.zip", zipped({"page.html": HTML, "big.html": HTML + b"x" * 10_000, "big.png": PIXEL + bytes(10_000)})
    )
    monkeypatch.setattr(limits, "RESOURCE_BYTES", 5_000)
    (capture,) = readers.read(saved)
    assert capture.file_warnings == ("“big.html” in this archive was left out: It is larger than 0 MB.",)
    assert "big.png" in capture.inside
    assert capture.inside.get("big.png") is None


def test_a_thousand_pages_are_gone_through_once(tmp_path: Path) -> None:
    saved = save(tmp_path, "a.zip", zipped({f"{n // 50}/{n}.html": page(f"Page {n}") for n in range(1_000)}))
    assert [capture.locator for capture in readers.read(saved)] == [f"{n // 50}/{n}.html" for n in range(1_000)]
    assert b"Page 999" in readers.find_capture(saved, "19/999.html").data


def test_a_page_that_singlefile_packed_with_its_frames_is_one(save_as: Save) -> None:
    page = SINGLEFILE + b"<iframe src=frames/0/index.html></iframe><img src=images/0.png>"
    saved = save_as("a.zip", zipped({"index.html": page, "frames/0/index.html": b"<p>A frame.", "images/0.png": PIXEL}))
    (capture,) = readers.read(saved)
    assert capture.format is Format.SINGLEFILE
    assert capture.url is not None
    assert capture.url.value == ADDRESS
    assert serving.resource_of(capture, saved, "images/0.png") is not None


def test_a_note_that_is_written_in_attributes(save_as: Save) -> None:
    note = (
        '<R:RDF xmlns:M="http://maf.mozdev.org/metadata/rdf#" xmlns:R="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<R:Description R:about="urn:root" M:originalurl="{ADDRESS.replace("&", "&amp;")}" M:indexfilename="p.html" '
        'M:archivetime="Tue, 24 Nov 2026 10:00:00 GMT"/></R:RDF>'
    )
    (capture,) = readers.read(save_as("a.maff", zipped({"1/index.rdf": note.encode(), "1/p.html": HTML})))
    assert (capture.format, capture.locator) == (Format.MAFF, "1/p.html")
    assert capture.url is not None
    assert capture.url.value == ADDRESS
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2026-11-24T10:00:00Z"
