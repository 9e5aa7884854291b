"""Character sets across the readers: the same page in every form, by every witness, and as a person chooses."""

from __future__ import annotations

import gzip
import plistlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crawls
from archive_viewer import charset, readers
from archive_viewer.errors import CharsetRefused, FileRefused
from archive_viewer.model import Capture, SavedFile, Source
from saved_files import ADDRESS, HTML, RDF, SINGLEFILE, Save, mhtml, save, self_extracting, webarchive, zipped

SINGLEFILE_COMMENT = SINGLEFILE[: SINGLEFILE.index(b"<meta")]
HTZ_ROOT = f'<html lang="en" data-scrapbook-source="{ADDRESS.split("?")[0]}">'.encode()


def content_type(stated: str) -> str:
    return f"text/html; charset={stated}" if stated else "text/html"


def as_mhtml(page: bytes, stated: str) -> bytes:
    return mhtml(((f"Content-Type: {content_type(stated)}\nContent-Location: {ADDRESS}", "quoted-printable", page),))


def as_warc(page: bytes, stated: str) -> bytes:
    return crawls.record(ADDRESS, crawls.answer(page, content_type(stated)))


def as_maff(page: bytes, stated: str) -> bytes:
    note = (
        RDF.replace(b"UTF-8", stated.encode()) if stated else RDF.replace(b'<MAF:charset RDF:resource="UTF-8"/>', b"")
    )
    return zipped({"1/index.rdf": note, "1/index.html": page})


Form = Callable[[bytes, str], bytes]
STATING: dict[str, Form] = {
    "page.mhtml": as_mhtml,
    "page.webarchive": lambda page, stated: plistlib.dumps(webarchive(page, charset=stated)),
    "page.maff": as_maff,
    "page.warc": as_warc,
    "page.warc.gz": lambda page, stated: gzip.compress(as_warc(page, stated)),
    "page.arc": lambda page, stated: (
        crawls.arc_version() + crawls.arc_record(ADDRESS, crawls.answer(page, content_type(stated)))
    ),
    "page.wacz": lambda page, stated: crawls.wacz({"a.warc": as_warc(page, stated)}, [{"url": ADDRESS}]),
}
"""Forms whose container says what character set its page is in."""

SILENT: dict[str, Form] = {
    "page.html": lambda page, _: page,
    "single.html": lambda page, _: page.replace(b"<html>", SINGLEFILE_COMMENT),
    "page.htz": lambda page, _: zipped({"index.html": page.replace(b"<html>", HTZ_ROOT)}),
    "page.zip": lambda page, _: zipped({"Tïtle 😀.html": page}),
    "page.sfz.html": lambda page, _: self_extracting(page.replace(b"<html>", SINGLEFILE_COMMENT)),
}
FORMS = {**STATING, **SILENT}

WORDS = "Министерство сообщило вчера, что переговоры продолжатся на следующей неделе."
JAPANESE = "外務省は昨日、協議が来週も隣国の首都で続けられると発表した。"


def page_in(codec: str, declared: str = "", words: str = WORDS) -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<!DOCTYPE html><html><head>{meta}<title>Tïtle</title></head><body>" + f"<p>{words}</p>\n" * 4
    return f"{page}</body></html>".encode(codec, "xmlcharrefreplace")


def text_of(capture: Capture) -> str:
    return charset.decode_as(capture.data, capture.charset.value)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize(
    ("codec", "declared", "name"),
    [
        ("cp1251", "windows-1251", "windows-1251"),
        ("koi8_r", "koi8", "koi8-r"),
        ("cp866", "csibm866", "ibm866"),
        ("iso8859_5", "cyrillic", "iso-8859-5"),
        ("gbk", "gb_2312-80", "gbk"),
        ("utf-8", "windows-1251", "utf-8"),
        ("cp1251", "utf-8", "windows-1251"),
        ("cp1251", "", "windows-1251"),
        ("utf-16", "", "utf-16le"),
    ],
)
def test_every_form_reads_what_a_page_is_in(form: str, codec: str, declared: str, name: str, save_as: Save) -> None:
    if codec == "utf-16" and form in ("single.html", "page.htz", "page.sfz.html"):
        pytest.skip("these programs write no UTF-16")
    (capture,) = readers.read(save_as(form, FORMS[form](page_in(codec, declared), "")))
    assert WORDS in text_of(capture)
    assert capture.charset.value == name


@pytest.mark.parametrize("form", STATING)
def test_the_container_goes_before_the_page(form: str, save_as: Save) -> None:
    page = page_in("cp1251", "koi8-r")
    (capture,) = readers.read(save_as(form, FORMS[form](page, "windows-1251")))
    assert WORDS in text_of(capture)
    assert (capture.charset.value, capture.charset.source) == ("windows-1251", Source.STATED)
    assert capture.charset.origin


@pytest.mark.parametrize("form", STATING)
def test_a_container_that_is_wrong_is_not_believed(form: str, save_as: Save) -> None:
    (capture,) = readers.read(save_as(form, FORMS[form](page_in("utf-8"), "shift_jis")))
    assert WORDS in text_of(capture)
    assert capture.charset.value == "utf-8"
    assert "the bytes do not agree" in capture.charset.doubt


UNREAD = ("EUC-TW", "VISCII", "ARMSCII-8", "x-mac-greek", "johab", "TCVN3")


@pytest.mark.parametrize("name", UNREAD)
def test_what_nothing_reads_is_refused_by_name(form: str, name: str, save_as: Save) -> None:
    page = page_in("latin-1", name, "\xb4\xe3\xa4\xc4\x8e\xa2")
    by_page = save_as(form, FORMS[form](page, ""))
    with pytest.raises(FileRefused, match=name.upper()):
        list(readers.read(by_page))


@pytest.mark.parametrize("form", STATING)
@pytest.mark.parametrize("name", UNREAD)
def test_what_a_container_says_that_nothing_reads_is_refused_by_name(form: str, name: str, save_as: Save) -> None:
    page = page_in("latin-1", "", "\xb4\xe3\xa4\xc4\x8e\xa2")
    with pytest.raises(FileRefused, match=name.upper()):
        list(readers.read(save_as(form, FORMS[form](page, name))))


@pytest.mark.parametrize("name", UNREAD)
def test_ascii_and_utf8_are_read_whatever_they_say(form: str, name: str, save_as: Save) -> None:
    for words in ("Only ASCII.", WORDS):
        (capture,) = readers.read(save_as(form, FORMS[form](page_in("utf-8", name, words), name)))
        assert words in text_of(capture)


def test_other_pages_of_a_web_archive_are_read(save_as: Save) -> None:
    unread = [page_in("latin-1", name, "\xb4\xe3\xa4\xc4") for name in ("EUC-TW", "EUC-TW", "VISCII")]
    records = [
        crawls.record(f"{crawls.SITE}/{number}", crawls.answer(page, "text/html"))
        for number, page in enumerate([unread[0], page_in("utf-8"), unread[1], page_in("cp1251"), unread[2]])
    ]
    captures = list(readers.read(save_as("crawl.warc", b"".join(records))))
    assert [capture.charset.value for capture in captures] == ["utf-8", "windows-1251"]
    sentence = "Pages in a character set that is not read were left out: EUC-TW (2), VISCII (1)."
    assert captures[-1].file_warnings == (sentence,)
    assert readers.find_capture(save_as("crawl.warc", b"".join(records)), captures[0].locator).charset.value == "utf-8"


# -- what a person chooses -----------------------------------------------------------------------------------------


def chosen(saved: SavedFile, name: str) -> Capture:
    (found,) = readers.read(saved)
    return readers.find_capture(replace(saved, charset=name), found.locator)


@pytest.mark.parametrize("stated", ["", "windows-1252"])
def test_a_choice_goes_before_every_witness(form: str, stated: str, save_as: Save) -> None:
    saved = save_as(form, FORMS[form](page_in("cp932", "windows-1252", JAPANESE), stated))
    capture = chosen(saved, "sjis")
    assert JAPANESE in text_of(capture)
    assert (capture.charset.value, capture.charset.source) == ("shift_jis", Source.TYPED)
    assert not capture.charset.doubt


def test_a_choice_goes_for_text_files_too(save_as: Save) -> None:
    capture = chosen(save_as("page.txt", f"{JAPANESE}\n".encode("euc_jp") * 3), "EUC-JP")
    assert text_of(capture) == f"{JAPANESE}\n" * 3


def test_a_choice_that_makes_no_text_is_refused(form: str, save_as: Save) -> None:
    saved = save_as(form, FORMS[form](page_in("cp1251"), ""))
    with pytest.raises(CharsetRefused, match="no text in UTF-16LE"):
        chosen(saved, "utf-16")


FRAMESET = (
    b"<html><head><title>Tale</title></head><frameset cols=20,80><frame src=Page_files/a.html>"
    b"<frame src=Page_files/b.html></frameset></html>"
)


def test_a_choice_goes_for_the_frames_of_a_page(tmp_path: Path) -> None:
    saved = save(tmp_path, "Page.html", FRAMESET)
    files = tmp_path / "Page_files"
    files.mkdir()
    (files / "a.html").write_bytes(f"<p>{JAPANESE} ©</p>".encode("cp932", "ignore"))
    (files / "b.html").write_bytes(f"<p>{JAPANESE * 3}</p>".encode("cp932"))
    capture = chosen(saved, "shift_jis")
    assert text_of(capture).count(JAPANESE) == 4
    assert (capture.charset.value, capture.charset.source) == ("shift_jis", Source.TYPED)


def test_a_choice_goes_for_the_frames_of_a_container(save_as: Save) -> None:
    frames = [
        (f"Content-Type: text/html\nContent-Location: https://gazette.test/Page_files/{name}.html", "base64", page)
        for name, page in (("a", page_in("cp932", "", JAPANESE)), ("b", page_in("utf-8", "", WORDS)))
    ]
    page = ("Content-Type: text/html\nContent-Location: https://gazette.test/", "base64", FRAMESET)
    message = mhtml(
        (page, *frames),
        header='MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary="----MultipartBoundary--x----"\n',
    )
    capture = chosen(save_as("page.mhtml", message), "shift_jis")
    assert text_of(capture).count(JAPANESE) == 4
    assert "charset" not in capture.charset.doubt


@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200), name=st.sampled_from(("utf-8", "shift_jis", "utf-16le", "hz", "gb18030")))
def test_any_page_is_read_as_chosen_or_refused(
    data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    saved = save(tmp_path_factory.mktemp("any"), "page.html", HTML + data)
    try:
        capture = chosen(saved, name)
    except (CharsetRefused, FileRefused):
        return
    assert capture.charset.value == name
    assert text_of(capture) == charset.decode_as(HTML + data, name)
