"""Web archives as each program writes them: what becomes of their records, one file of a program at a time."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

import crawls
from archive_viewer import limits, readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Source
from crawls import MOMENT, SITE, answer, page, record, request
from pages import PIXEL
from saved_files import Save

Read = Callable[..., list[Capture]]
FERRY = record(f"{SITE}/ferry", answer(page("Ferry")))


@pytest.fixture
def read(save_as: Save) -> Read:
    """Write a WARC of these records and read it; every page must be found again at its locator."""

    def read(*records: bytes, pack: Callable[[list[bytes]], bytes] = crawls.packed) -> list[Capture]:
        saved = save_as("crawl.warc.gz", pack(list(records)))
        captures = list(readers.read(saved))
        for capture in captures:
            found = readers.find_capture(saved, capture.locator)
            assert (found.data, found.url, found.captured_at) == (capture.data, capture.url, capture.captured_at)
            assert (found.media_type, found.charset) == (capture.media_type, capture.charset)
        return captures

    return read


def addresses(captures: list[Capture]) -> list[str]:
    return [capture.url.value.removeprefix(SITE) for capture in captures if capture.url]


# -- archived again ------------------------------------------------------------------------------------------------

FIRST = record(
    f"{SITE}/ferry",
    answer(page("Ferry")),
    date="2020-01-01T00:00:00Z",
    WARC_Record_ID="<urn:x:1>",
    WARC_Payload_Digest="sha1:ABC",
)
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"


@pytest.mark.parametrize("profile", [IDENTICAL, NOT_MODIFIED])
@pytest.mark.parametrize("names", [{"WARC_Refers_To": "<urn:x:1>"}, {"WARC_Payload_Digest": "sha1:ABC"}])
def test_a_body_that_comes_later_is_found(profile: str, names: dict[str, str], read: Read) -> None:
    again = record(f"{SITE}/ferry", answer(b""), "revisit", WARC_Profile=profile, **names)
    captures = read(again, FERRY, FIRST)
    assert addresses(captures) == ["/ferry"] * 3
    assert [capture.captured_at.value[:4] for capture in captures if capture.captured_at] == ["2021", "2021", "2020"]
    assert {capture.data for capture in captures} == {page("Ferry")}
    assert len({capture.locator for capture in captures}) == 3


def test_one_that_refers_to_another_one(read: Read) -> None:
    second = record(f"{SITE}/b", answer(b""), "revisit", WARC_Record_ID="<urn:x:2>", WARC_Refers_To="<urn:x:1>")
    third = record(f"{SITE}/c", answer(b""), "revisit", WARC_Record_ID="<urn:x:3>", WARC_Refers_To="<urn:x:2>")
    assert addresses(read(FIRST, second, third)) == ["/ferry", "/b", "/c"]


def test_digests_in_two_writings_are_one(read: Read) -> None:
    hexadecimal, base32 = "da39a3ee5e6b4b0d3255bfef95601890afd80709", "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    first = record(f"{SITE}/a", answer(page("x")), WARC_Payload_Digest=f"sha1:{base32}")
    again = record(f"{SITE}/b", answer(b""), "revisit", WARC_Payload_Digest=f"SHA-1:{hexadecimal}")
    assert addresses(read(first, again)) == ["/a", "/b"]


def test_of_pictures_nothing_is_said(read: Read) -> None:
    again = record(f"{SITE}/pier.png", answer(b"", "image/png"), "revisit", WARC_Payload_Digest="sha1:XYZ")
    (capture,) = read(FERRY, again)
    assert not capture.file_warnings


# -- redirects -----------------------------------------------------------------------------------------------------


def moved(name: str, target: str, status: str = "301 Moved Permanently") -> bytes:
    return record(f"{SITE}/{name}", answer(page("Moved"), status=status, location=target))


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent"])
def test_the_address_that_was_asked_for_is_kept(status: str, read: Read) -> None:
    (capture,) = read(moved("old", "/ferry", status), FERRY)
    fact = capture.facts["requested_url"]
    assert (fact.value, fact.source, fact.origin) == (f"{SITE}/old", Source.STATED, "the redirect in the archive")
    assert addresses([capture]) == ["/ferry"]


def test_redirects_in_a_row(read: Read) -> None:
    (capture,) = read(moved("a", "b"), moved("b", f"{SITE}/c"), moved("c", "/ferry"), FERRY)
    assert capture.facts["requested_url"].value == f"{SITE}/a"


def test_redirects_in_a_circle(read: Read) -> None:
    (capture,) = read(moved("ferry", "/a"), moved("a", "/ferry"), FERRY)
    assert capture.facts["requested_url"].value == f"{SITE}/a"
    (capture,) = read(moved("ferry", "/ferry"), FERRY)
    assert "requested_url" not in capture.facts


def test_redirects_that_lead_nowhere(read: Read) -> None:
    assert addresses(read(moved("a", ""), moved("b", "http://["), moved("c", "/gone"), FERRY)) == ["/ferry"]


# -- text ----------------------------------------------------------------------------------------------------------


def converted(name: str, text: str, media_type: str = "text/plain") -> bytes:
    return record(f"{SITE}/{name}", text.encode(), "conversion", Content_Type=media_type, WARC_Refers_To="<urn:x:9>")


WET = record("", b"Software-Info: ia-web-commons\r\nExtracted-Date: Sat, 20 Nov 2021 10:00:00 GMT\r\n", "warcinfo")


def test_pages_of_a_wet_file_are_texts(read: Read) -> None:
    captures = read(WET, converted("a", "Der Fährmann\n渡し守 😀\n"), converted("b", "Brücke\n"))
    assert addresses(captures) == ["/a", "/b"]
    assert [capture.media_type for capture in captures] == ["text/plain"] * 2
    assert captures[0].data.decode() == "Der Fährmann\n渡し守 😀\n"
    assert captures[0].captured_at is not None
    assert (captures[0].captured_at.value, captures[0].charset.value) == (MOMENT, "utf-8")
    assert captures[0].file_warnings == (
        "Pages of which this file has only the text, taken out of them by a program: 2.",
    )


def test_a_page_that_is_there_needs_no_text_of_it(read: Read) -> None:
    captures = read(FERRY, converted("ferry", "Ferry"), converted("report.pdf", "A report"))
    assert addresses(captures) == ["/ferry", "/report.pdf"]


def test_other_conversions_are_no_pages(read: Read) -> None:
    others = [
        converted("a", "<p>x", "text/html"),
        converted("b", "x", "image/png"),
        record(f"{SITE}/c", PIXEL, "conversion", Content_Type="text/plain"),
    ]
    assert addresses(read(FERRY, *others)) == ["/ferry"]


def test_a_wat_file_holds_no_page(read: Read) -> None:
    note = json.dumps({"Envelope": {"Payload-Metadata": {"HTTP-Response-Metadata": {"HTML-Metadata": {}}}}}).encode()
    with pytest.raises(FileRefused, match=r"^This web archive holds no page\.$"):
        read(WET, record(f"{SITE}/ferry", note, "metadata", Content_Type="application/json"))


def test_texts_beyond_the_limit_are_counted(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WARC_PAGES", 2)
    captures = read(*(converted(f"{number}", f"Text {number}\n") for number in range(5)))
    assert addresses(captures) == ["/0", "/1"]
    assert "left out: 3." in captures[0].file_warnings[-1]


# -- programs ------------------------------------------------------------------------------------------------------


def resource(url: str, block: bytes, media_type: str) -> bytes:
    return record(url, block, "resource", Content_Type=media_type)


PROGRAMS = {
    "wget": [
        record("", b"software: Wget/1.21.3 (linux-gnu)\r\nwget-arguments: --warc-cdx\r\n", "warcinfo"),
        request(f"{SITE}/ferry"),
        record(f"<{SITE}/ferry>", answer(page("Ferry"))),
        resource("metadata://gnu.org/software/wget/warc/MANIFEST.txt", b"<urn:uuid:x>\r\n", "text/plain"),
        resource("metadata://gnu.org/software/wget/warc/wget_arguments.txt", b'"--warc-cdx"', "text/plain"),
        resource("metadata://gnu.org/software/wget/warc/wget.log", b"<p>--2021-11-21--", "text/html"),
    ],
    "Heritrix": [
        record("", b"software: Heritrix/3.4.0\r\nrobots: obey\r\n", "warcinfo"),
        record("dns:gazette.test", b"20211121100000\ngazette.test.\t300\tIN\tA\t192.0.2.1\n", Content_Type="text/dns"),
        record("whois://whois.iana.org/gazette.test", b"domain: TEST\n", Content_Type="text/plain"),
        record(f"{SITE}/robots.txt", answer(b"User-agent: *", "text/plain")),
        FERRY,
        record(f"{SITE}/ferry", b"fetchTimeMs: 5\r\nhopsFromSeed: L\r\noutlink: /x\r\n", "metadata"),
    ],
    "browsertrix": [
        record("", b"software: Browsertrix-Crawler 1.2\r\n", "warcinfo"),
        FERRY,
        resource(f"urn:text:{SITE}/ferry", b"Ferry text", "text/plain"),
        resource(f"urn:textFinal:{SITE}/ferry", b"Ferry text", "text/plain"),
        resource(f"urn:view:{SITE}/ferry", PIXEL, "image/png"),
        resource(f"urn:fullPage:{SITE}/ferry", PIXEL, "image/png"),
        resource(f"urn:thumbnail:{SITE}/ferry", PIXEL, "image/jpeg"),
        record(f"{SITE}/frame", answer(page("Frame"))),
        resource(f"urn:pageinfo:{SITE}/ferry", b'{"pageid":"x","urls":{}}', "application/json"),
    ],
    "Conifer": [
        record(
            "",
            f'software: Webrecorder v4\r\njson-metadata: {{"pages": [{{"url": "{SITE}/ferry"}}]}}\r\n'.encode(),
            "warcinfo",
        ),
        record(f"{SITE}/frame", answer(page("Frame"))),
        FERRY,
        resource(f"metadata://{SITE}/ferry", b'{"title": "x"}', "application/json"),
    ],
    "warcprox and brozzler": [
        record("", b"software: warcprox 2.4\r\n", "warcinfo"),
        FERRY,
        resource(f"screenshot:{SITE}/ferry", PIXEL, "image/jpeg"),
        resource(f"thumbnail:{SITE}/ferry", PIXEL, "image/jpeg"),
        resource("youtube-dl:00001:https://gazette.test/ferry", b"{}", "application/vnd.youtube-dl_formats+json"),
        resource("urn:X-wpull:log", b"INFO x", "text/plain"),
    ],
    "a folder of files": [
        resource(f"{SITE}/ferry", page("Ferry"), "text/html; charset=utf-8"),
        resource(f"{SITE}/pier.png", PIXEL, "image/png"),
    ],
}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("pack", [crawls.packed, b"".join, crawls.packed_with_zstandard])
def test_what_a_program_writes(program: str, pack: Callable[[list[bytes]], bytes], read: Read) -> None:
    (capture,) = read(*PROGRAMS[program], pack=pack)
    assert addresses([capture]) == ["/ferry"]
    assert capture.data == page("Ferry")
    assert not capture.warnings + capture.file_warnings


def test_files_of_a_disk_and_of_a_server_of_files(read: Read) -> None:
    captures = read(
        resource("file:///home/x/Tïtle%20😀.html", page("Ferry"), "text/html"),
        record("ftp://gazette.test/ferry.html", page("Ferry")),
        resource("ftp://gazette.test/", b"drwxr-xr-x 2 x x 4096 Nov 21 10:00 pub\r\n", "text/plain"),
    )
    assert addresses(captures) == ["file:///home/x/Tïtle%20😀.html", "ftp://gazette.test/ferry.html"]


def test_a_page_of_singlefile_in_an_archive(read: Read) -> None:
    html = (
        f"<html><!--\n Page saved with SingleFile \n url: {SITE}/live \n saved date: x\n--><p>Ferry</p></html>".encode()
    )
    (capture,) = read(record(f"{SITE}/ferry", answer(html)))
    assert addresses([capture]) == ["/ferry"]
    assert capture.captured_at is not None
    assert capture.captured_at.value == MOMENT


# -- character sets ------------------------------------------------------------------------------------------------

MARKED = "Паромщик спит"


@pytest.mark.parametrize(
    ("stated", "mark", "meta", "codec", "origin"),
    [
        ("text/html; charset=windows-1251", b"", "koi8-r", "windows-1251", "the HTTP header"),
        ("text/html", b"", "koi8-r", "koi8-r", "meta charset"),
        ("text/html; charset=x-nothing", b"", "koi8-r", "koi8-r", "meta charset"),
        ("text/html; charset=windows-1251", b"\xef\xbb\xbf", "koi8-r", "utf-8", "byte order mark"),
        ("text/html", b"\xff\xfe", "koi8-r", "utf-16le", "byte order mark"),
    ],
)
def test_which_witness_of_the_character_set_is_believed(
    stated: str, mark: bytes, meta: str, codec: str, origin: str, read: Read
) -> None:
    html = f'<html><head><meta charset="{meta}"><title>{MARKED}</title></head><body><p>{MARKED}</p></body></html>'
    (capture,) = read(record(f"{SITE}/ferry", answer(mark + html.encode(codec), stated)))
    assert (capture.charset.value, origin in capture.charset.origin) == (codec, True)
