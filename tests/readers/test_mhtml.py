"""MHTML as browsers, Word and add-ons write it, and as it comes when it is broken."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import charset, limits, readers, serving
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format, Source
from archive_viewer.readers.mime import decode_words
from pages import PIXEL
from saved_files import ADDRESS, HTML, MODIFIED, TITLE, ReadOne, Save, mhtml

CUT_OFF = "This file has no end: it may have been cut off.  It was read as far as it goes."
PART_HEADER = f"Content-Type: text/html\nContent-Location: {ADDRESS}"
HEADER = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----MultipartBoundary--x----"\n'


def text_of(capture: Capture) -> str:
    return charset.decode_as(capture.data, capture.charset.value)


# -- what the header says ------------------------------------------------------------------------------------------


def test_title_address_date_and_program(read_one: ReadOne) -> None:
    capture = read_one("Tïtle 😀.mhtml", mhtml(end="\r\n"))
    assert capture.title is not None
    assert (capture.title.value, capture.title.source, capture.title.origin) == ("Tïtle 😀", Source.STATED, "Subject")
    assert capture.url is not None
    assert (capture.url.value, capture.url.origin) == (ADDRESS, "Snapshot-Content-Location")
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.origin) == ("2026-11-24T09:00:00Z", "Date")
    assert capture.facts["saved_with"].value == "Blink"
    assert capture.data == HTML


def test_the_pages_own_location_serves_where_the_header_has_none(read_one: ReadOne) -> None:
    capture = read_one("a.mht", mhtml(header=HEADER))
    assert capture.url is not None
    assert (capture.url.value, capture.url.origin) == (ADDRESS, "Content-Location of the page")
    assert capture.title is None
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (MODIFIED, Source.INFERRED)


def test_a_place_on_a_computer_is_doubted(read_one: ReadOne) -> None:
    part = ("Content-Type: text/html\nContent-Location: file:///C:/Documents/page.htm", "8bit", HTML)
    capture = read_one("a.mht", mhtml([part], HEADER))
    assert capture.url is not None
    assert capture.url.value == "file:///C:/Documents/page.htm"
    assert "place on a computer" in capture.url.doubt


@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("Mon, 17 Dec 2018 11:28:18 -0000", "2018-12-17T11:28:18Z"),
        ("Sat, 06 May 2017 16:48:07 +1000", "2017-05-06T06:48:07Z"),
        ("Fri Mar 10 2006 13:40:00 GMT+0100", "2006-03-10T12:40:00Z"),
        ("Fri Mar 10 2006 13:40:00 GMT+0100 (ora solare Europa occidentale)", "2006-03-10T12:40:00Z"),
    ],
)
def test_both_forms_of_date(read_one: ReadOne, date: str, value: str) -> None:
    capture = read_one("a.mht", mhtml(header=f"Date: {date}\n{HEADER}"))
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (value, Source.STATED)


def test_a_long_address_folded_over_lines(read_one: ReadOne) -> None:
    header = f"Snapshot-Content-Location: https://gazette.test/\n {'a' * 60}/\n {'b' * 60}\n{HEADER}"
    capture = read_one("a.mht", mhtml(header=header))
    assert capture.url is not None
    assert capture.url.value == f"https://gazette.test/{'a' * 60}/{'b' * 60}"


def test_a_folded_word_continued_without_a_blank(read_one: ReadOne) -> None:
    subject = "Subject: =?utf-8?Q?Die_F=C3=A4hre?=\n=?utf-8?Q?=20f=C3=A4hrt?=\n"
    date = "Date: Mon, 17 Dec 2018 11:28:18 +0000\n"
    capture = read_one("a.mhtml", mhtml(header=subject + date + HEADER))
    assert capture.title is not None
    assert capture.title.value == "Die Fähre fährt"
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2018-12-17T11:28:18Z"
    assert len(capture.resources) == 1


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Plain", "Plain"),
        ("=?utf-8?B?RsOkaHJl?=", "Fähre"),
        ("=?windows-1251?Q?=CF=E0=F0=EE=EC?=", "Паром"),
        ("=?utf-8?Q?F=C3?= =?utf-8?Q?=A4hre?=", "Fähre"),
        ("=?no-such-set?Q?F=C3=A4hre?=", "Fähre"),
        ("=?utf-8?B?x?= tail", "=?utf-8?B?x?= tail"),
        ("Fähre – roh", "Fähre – roh"),
        ("a =?utf-8?Q?=C2=B7?= b", "a · b"),
    ],
)
def test_words_of_a_subject(subject: str, title: str) -> None:
    assert decode_words(subject) == title


@given(st.text(max_size=100))
def test_any_subject_is_decoded(subject: str) -> None:
    assert "\n" not in decode_words(subject)


# -- parts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "binary", "7bit", "QUOTED-PRINTABLE"])
def test_transfer_encodings(read_one: ReadOne, encoding: str) -> None:
    part = (PART_HEADER, encoding, HTML)
    capture = read_one("a.mhtml", mhtml([part]).replace(b"\nContent-Transfer-Encoding", b"\ncontent-transfer-encoding"))
    assert capture.data.rstrip() == HTML


def test_binary_parts_are_not_touched(read_one: ReadOne) -> None:
    page = HTML.replace(b"</p>", b'</p><img src="a=3Db.png">=\n')
    picture = bytes(range(256)) * 8 + b"\r\n--\r\n=3D"
    parts = [
        (PART_HEADER, "binary", page),
        ("Content-Type: image/png\nContent-Location: https://x.test/p", "binary", picture),
    ]
    capture = read_one("a.mhtml", mhtml(parts))
    assert capture.data == page
    assert capture.resources[0].data == picture


def test_pictures_and_frames_are_resources_and_no_captures(read_one: ReadOne) -> None:
    frames = [
        (
            f"Content-Type: text/html\nContent-ID: <frame-{n}@mhtml.blink>\nContent-Location: {ADDRESS}",
            "8bit",
            b"<p>frame</p>",
        )
        for n in range(50)
    ]
    picture = ("Content-Type: image/png\nContent-Location: https://x.test/p.png", "base64", PIXEL)
    capture = read_one("a.mhtml", mhtml([(PART_HEADER, "8bit", HTML), *frames, picture]))
    assert capture.data == HTML
    by_name = {resource.url: resource for resource in capture.resources}
    assert by_name["cid:frame-49@mhtml.blink"].data == b"<p>frame</p>"
    assert (by_name["https://x.test/p.png"].media_type, by_name["https://x.test/p.png"].data) == ("image/png", PIXEL)


def test_the_first_html_part_is_the_page(read_one: ReadOne) -> None:
    parts = [
        ("Content-Type: image/png\nContent-Location: https://x.test/p.png", "base64", PIXEL),
        ("Content-Type: text/plain", "8bit", b"plain"),
        ('Content-Type: TEXT/HTML; charset="utf-8"', "8bit", HTML),
        ("Content-Type: text/html", "8bit", b"<p>another"),
    ]
    assert read_one("a.mhtml", mhtml(parts)).data == HTML


def test_a_page_without_a_type_is_told_by_its_bytes(read_one: ReadOne) -> None:
    assert read_one("a.mhtml", mhtml([("X-Nothing: here", "8bit", HTML)])).data == HTML


def test_an_alternative_inside_of_the_related(read_one: ReadOne) -> None:
    inner = (
        b"--inner\nContent-Type: text/plain\n\nplain\n--inner\nContent-Type: text/html\n\n" + HTML + b"\n--inner--\n"
    )
    picture = ("Content-Type: image/png\nContent-Location: https://x.test/p.png", "base64", PIXEL)
    capture = read_one(
        "a.mht", mhtml([("Content-Type: multipart/alternative; boundary=inner", "7bit", inner), picture])
    )
    assert capture.data == HTML
    assert [resource.data for resource in capture.resources] == [PIXEL]
    assert not capture.warnings


def test_a_single_part_that_is_no_multipart(read_one: ReadOne) -> None:
    header = (
        'Content-Type: text/html;\n charset="windows-1252"\nContent-Transfer-Encoding: quoted-printable\n'
        f"Content-Location: {ADDRESS}\n\n"
    )
    capture = read_one("a.mht", header.encode() + b"<p>Gr=F6=DFe =80</p>")
    assert text_of(capture) == "<p>Größe €</p>"
    assert (capture.charset.value, capture.charset.source) == ("windows-1252", Source.STATED)
    assert capture.url is not None
    assert capture.url.value == ADDRESS


@pytest.mark.parametrize(
    ("stated", "codec"), [("gb2312", "gbk"), ("macintosh", "mac_roman"), ("x-user-defined", "cp1252")]
)
def test_the_parts_own_character_set(read_one: ReadOne, stated: str, codec: str) -> None:
    words = "Größe" if codec != "gbk" else "朱镕基宣布"
    part = (f"Content-Type: text/html; charset={stated}", "8bit", f"<p>{words}</p>".encode(codec))
    assert words in text_of(read_one("a.mht", mhtml([part])))


def test_an_ascii_page_without_a_statement_is_utf8(read_one: ReadOne) -> None:
    assert read_one("a.mhtml", mhtml([(PART_HEADER, "8bit", b"<p>plain</p>")])).charset.value == "utf-8"


# -- broken --------------------------------------------------------------------------------------------------------


def test_no_closing_boundary_is_read_with_a_warning(read_one: ReadOne) -> None:
    capture = read_one("a.mhtml", mhtml(is_closed=False))
    assert capture.data == HTML
    assert [resource.data for resource in capture.resources] == [PIXEL]
    assert capture.warnings == (CUT_OFF,)


def test_cut_inside_of_a_quoted_printable_tag(read_one: ReadOne) -> None:
    whole = mhtml([(PART_HEADER, "quoted-printable", HTML)])
    capture = read_one("a.mhtml", whole[: whole.index(b"</p>") - 5])
    assert "The envoys met on Tuesday" in text_of(capture)
    assert capture.warnings == (CUT_OFF,)


def test_cut_before_the_page_is_refused(read_one: ReadOne) -> None:
    whole = mhtml([(PART_HEADER, "quoted-printable", HTML)])
    with pytest.raises(FileRefused, match="cut off before its page"):
        read_one("a.mhtml", whole[: whole.index(b"<!DOCTYPE")])


def test_no_boundary_parameter(read_one: ReadOne) -> None:
    capture = read_one("a.mhtml", mhtml(header="MIME-Version: 1.0\nContent-Type: multipart/related\n"))
    assert capture.data == HTML
    assert len(capture.resources) == 1


def test_a_boundary_that_is_never_used(read_one: ReadOne) -> None:
    capture = read_one("a.mhtml", mhtml(header=HEADER.replace("--x--", "--never--")))
    assert capture.data == HTML
    message = HEADER.encode() + b"\n" + HTML
    assert read_one("a.mhtml", message).data == HTML


def test_a_boundary_in_a_picture_is_no_boundary(read_one: ReadOne) -> None:
    picture = b"x------MultipartBoundary--x----\n------MultipartBoundary--x----y\n" + PIXEL
    parts = [
        (PART_HEADER, "8bit", HTML),
        ("Content-Type: image/png\nContent-Location: https://x.test/p", "binary", picture),
    ]
    assert read_one("a.mhtml", mhtml(parts)).resources[0].data == picture


def test_boundaries_are_found_across_the_pieces_in_which_a_file_is_read(
    read_one: ReadOne, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = mhtml(end="\r\n")
    for size in range(5, len(whole) + 5):
        monkeypatch.setattr("archive_viewer.readers.mime._CHUNK", size)
        capture = read_one("a.mhtml", whole)
        assert (capture.data.replace(b"\r\n", b"\n"), len(capture.resources), capture.warnings) == (HTML, 1, ())


def test_a_message_without_a_page_is_refused(read_one: ReadOne) -> None:
    with pytest.raises(FileRefused, match="that holds no page"):
        read_one("a.mhtml", mhtml([("Content-Type: image/png", "base64", PIXEL)]))


def test_a_text_that_begins_like_a_header_is_a_text(read_one: ReadOne) -> None:
    capture = read_one("notes.txt", b"Subject: what I saw\n\nContent-Type: text/html is a header.\n")
    assert capture.format is Format.TEXT


def test_what_is_too_large_to_hold_is_left_out_and_said(read_one: ReadOne, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARTS_BYTES", 100)
    big = ("Content-Type: video/mp4\nContent-Location: https://x.test/v", "binary", b"v" * 101)
    small = ("Content-Type: image/png\nContent-Location: https://x.test/p", "binary", PIXEL)
    capture = read_one("a.mhtml", mhtml([(PART_HEADER, "8bit", HTML), big, small]))
    assert [resource.url for resource in capture.resources] == ["https://x.test/p"]
    assert capture.warnings == ("This web archive holds more than can be shown; files left out: 1.",)


def test_more_parts_than_the_limit_are_not_read(read_one: ReadOne, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARTS", 10)
    picture = ("Content-Type: image/png\nContent-Location: https://x.test/p", "binary", PIXEL)
    capture = read_one("a.mhtml", mhtml([(PART_HEADER, "8bit", HTML), *[picture] * 100]))
    assert len(capture.resources) == 9
    assert capture.warnings


def test_a_page_in_base64_over_the_limit(read_one: ReadOne, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_BYTES", limits.MIB)
    capture = read_one("a.mhtml", mhtml([(PART_HEADER, "base64", HTML + b"word " * 400_000)]))
    assert len(capture.data) == limits.MIB
    assert "longer than 1 MB" in capture.warnings[0]


def test_a_frameset_has_the_text_of_its_frames(read_one: ReadOne) -> None:
    frameset = b"<html><title>Frames</title><frameset><frame src='cid:f1@x'><frame src='text.html'></frameset></html>"
    message = mhtml(
        [
            (f"Content-Type: text/html\nContent-Location: {ADDRESS}", "8bit", frameset),
            (
                "Content-Type: text/html\nContent-ID: <f1@x>\nContent-Location: https://gazette.test/menu/m.html",
                "8bit",
                b"<p>Menu <a href='a.html'>A</a>",
            ),
            ("Content-Type: text/html\nContent-Location: https://gazette.test/text.html", "8bit", b"<p>The words."),
        ]
    )
    capture = read_one("frames.mhtml", message)
    text = capture.data.decode(capture.charset.value)
    assert text.index("Menu") < text.index("The words.")
    assert 'href="https://gazette.test/menu/a.html"' in text
    assert "<title>Frames</title>" in text


# -- messages of other programs and other years ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\r\n",
        b"From - Tue Nov 24 10:00:00 2026\n",
        b"\nFrom me@gazette.test Tue Nov 24\r\n",
    ],
)
def test_what_may_stand_before_the_header(before: bytes, read_one: ReadOne) -> None:
    capture = read_one("page.mht", before + mhtml())
    assert capture.format is Format.MHTML
    assert capture.url is not None
    assert capture.url.value == ADDRESS
    assert capture.data == HTML


def test_fields_without_a_blank_and_lines_of_an_old_macintosh(read_one: ReadOne) -> None:
    header = "Subject:\nMIME-Version:1.0\nContent-Type:multipart/related;boundary=----MultipartBoundary--x----\n"
    message = mhtml([("Content-Type: text/html", "8bit", b"<p>The ferry.")], header=header, end="\r")
    capture = read_one("page.mht", message)
    assert capture.format is Format.MHTML
    assert capture.data.strip() == b"<p>The ferry."


def test_the_root_that_a_message_names_is_the_page(read_one: ReadOne) -> None:
    header = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; start="<two@x>";\n'
        ' type="text/html"; boundary="----MultipartBoundary--x----"\n'
    )
    parts = [
        (f"Content-Type: text/html\nContent-ID: <{number}@x>\nContent-Location: {ADDRESS}/{number}", "8bit", page)
        for number, page in (("one", b"<p>A frame."), ("two", b"<p>The page."))
    ]
    capture = read_one("page.mht", mhtml(parts, header=header))
    assert capture.data == b"<p>The page."
    assert capture.url is not None
    assert capture.url.value == f"{ADDRESS}/two"


@pytest.mark.parametrize(
    "base", ["Content-Base: https://gazette.test/a/", "Content-Location: https://gazette.test/a/b"]
)
def test_relative_locations(base: str, save_as: Save) -> None:
    header = f'MIME-Version: 1.0\n{base}\nContent-Type: multipart/related; boundary="----MultipartBoundary--x----"\n'
    parts = [
        ("Content-Type: text/html\nContent-Location: ferry.htm", "8bit", b"<p>The ferry.<img src=map.png>"),
        ("Content-Type: image/png\nContent-Location: ./map.png", "base64", PIXEL),
    ]
    saved = save_as("page.mht", mhtml(parts, header=header))
    (capture,) = readers.read(saved)
    assert capture.url is not None
    assert capture.url.value == "https://gazette.test/a/ferry.htm"
    for source in ("map.png", "./map.png", "https://gazette.test/a/map.png"):
        resource = serving.resource_of(capture, saved, source)
        assert resource is not None
        assert resource.data == PIXEL


def test_a_picture_that_word_names_with_backslashes(save_as: Save) -> None:
    parts = [
        ("Content-Type: text/html\nContent-Location: file:///C:/1A/doc.htm", "8bit", b"<p>x"),
        ("Content-Type: image/png\nContent-Location: file:///C:/1A/doc_files/image001.png", "base64", PIXEL),
    ]
    header = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----MultipartBoundary--x----"\n'
    saved = save_as("doc.mht", mhtml(parts, header=header))
    (capture,) = readers.read(saved)
    assert serving.resource_of(capture, saved, r"doc_files\image001.png") is not None


def test_faults_of_quoted_printable(read_one: ReadOne) -> None:
    body = b"<p>Gr=C3= \t\n=BC=c3=9fe =XX a soft=\n break =3D end="
    message = mhtml([("Content-Type: text/html; charset=utf-8", "Quoted-Printable", body)])
    assert read_one("page.mht", message).data.decode() == "<p>Grüße =XX a soft break = end"


def test_a_boundary_with_every_sign_that_it_may_have(read_one: ReadOne) -> None:
    boundary = "=_Next (x+y)?, [1] 'b' /.:*"
    message = mhtml(end="\r\n").replace(b"----MultipartBoundary--x----", boundary.encode())
    assert read_one("page.mht", message).data == HTML


@pytest.mark.parametrize(
    ("who", "program"),
    [
        ("<Saved by Microsoft Internet Explorer 5>", "Microsoft Internet Explorer 5"),
        ('"Saved by Microsoft Internet Explorer 7"', "Microsoft Internet Explorer 7"),
        ("<Von Microsoft Internet Explorer 5 gespeichert>", "Microsoft Internet Explorer 5"),
        ("=?windows-1251?B?PNHu9fDg7eXt7iBXaW5kb3dzIEludGVybmV0IEV4cGxvcmVyIDg+?=", "Windows Internet Explorer 8"),
        ("<Saved by UnMHT>", "UnMHT"),
        ("<Saved by Mozilla 5.0 (Macintosh)>", "Mozilla 5.0 (Macintosh)"),
    ],
)
def test_programs_of_every_language(who: str, program: str, read_one: ReadOne) -> None:
    capture = read_one("page.mht", mhtml().replace(b"<Saved by Blink>", who.encode()))
    assert capture.facts["saved_with"].value == program


def test_a_word_that_is_split_within_a_character(read_one: ReadOne) -> None:
    halves = (base64.b64encode(part).decode() for part in (TITLE.encode()[:3], TITLE.encode()[3:]))
    subject = "\n ".join(f"=?UTF-8?B?{half}?=" for half in halves)
    message = mhtml().replace(b"=?utf-8?Q?T=C3=AFtle?=\n =?utf-8?Q?=20=F0=9F=98=80?=", subject.encode())
    capture = read_one("page.mht", message)
    assert capture.title is not None
    assert capture.title.value == TITLE
