"""Which records of a web archive become items, and what is known of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import pytest

import crawls
from archive_viewer import charset, limits, readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format, SavedFile, Source
from crawls import MOMENT, SITE, answer, page, record, request
from pages import PIXEL
from saved_files import MODIFIED, Save

Read = Callable[..., list[Capture]]


@pytest.fixture
def read(save_as: Save) -> Read:
    """Write a WARC of these records and read it; every page must be found again at its locator."""

    def read(*records: bytes, name: str = "crawl.warc.gz") -> list[Capture]:
        saved = save_as(name, crawls.packed(records))
        captures = list(readers.read(saved))
        for capture in captures:
            found = readers.find_capture(saved, capture.locator)
            assert (found.data, found.url, found.captured_at) == (capture.data, capture.url, capture.captured_at)
        return captures

    return read


def addresses(captures: list[Capture]) -> list[str]:
    return [capture.url.value.removeprefix(SITE) for capture in captures if capture.url]


INFO = record("", b"software: Wget/1.21 (linux-gnu)\r\nformat: WARC File Format 1.0\r\n", "warcinfo")
FERRY = record(f"{SITE}/ferry", answer(page("Ferry")))


# -- what is a page ------------------------------------------------------------------------------------------------


def test_only_answers_that_are_html_are_pages(read: Read) -> None:
    html = page("Tïtle 😀")
    captures = read(
        INFO,
        record("dns:gazette.test", b"20211121 gazette.test. 1 IN A 192.0.2.1", "response"),
        record(f"{SITE}/robots.txt", answer(html)),
        record(f"{SITE}/favicon.ico", answer(html)),
        FERRY,
        record(f"{SITE}/gone", answer(html, status="404 Not Found")),
        record(f"{SITE}/moved", answer(html, status="301 Moved", location="/ferry")),
        record(f"{SITE}/refused", answer(html, status="403 Forbidden")),
        record(f"{SITE}/picture", answer(PIXEL)),
        record(f"{SITE}/typeless", answer(html, "")),
        record(f"{SITE}/typeless.png", answer(PIXEL, "")),
        record(f"{SITE}/xhtml", answer(b'<?xml version="1.0"?>' + html, "application/xhtml+xml; charset=utf-8")),
        record(f"{SITE}/text", answer(b"User-agent: *", "text/plain")),
        record(f"{SITE}/json", answer(b'{"html": "<p>x</p><p>y</p>"}')),
        record(f"{SITE}/script", answer(b'document.write("<div>x</div>");')),
        record(f"{SITE}/empty", answer(b"")),
        record("metadata://gnu.org/software/wget/warc/MANIFEST.txt", html, "resource", Content_Type="text/html"),
        record("urn:X-wpull:log", html, "resource", Content_Type="text/html"),
        record(f"{SITE}/ferry", html, "metadata"),
        record(f"{SITE}/ferry", html, "conversion", Content_Type="text/html"),
        record(f"{SITE}/resource", html, "resource", Content_Type="text/html"),
        record(f"{SITE}/resource.png", PIXEL, "resource", Content_Type="image/png"),
    )
    assert addresses(captures) == ["/ferry", "/typeless", "/xhtml", "/resource"]
    assert [capture.media_type for capture in captures][2:] == ["application/xhtml+xml", "text/html"]


def test_frames_are_not_pages_but_what_a_frameset_shows_is(read: Read) -> None:
    body = '<iframe width=1 src="/advert?a=1&amp;b=2"></iframe><IFRAME src=other/frame.html></IFRAME><iframe src="">'
    captures = read(
        record(f"{SITE}/advert?a=1&b=2", answer(page("Advert"))),
        record(f"{SITE}/ferry", answer(gzip.compress(page("Ferry", body)), content_encoding="gzip")),
        record(f"{SITE}/other/frame.html", answer(page("Frame"))),
        record(f"{SITE}/set", answer(b"<html><frameset><frame src=/menu><frame src=/text></frameset></html>")),
        record(f"{SITE}/menu", answer(page("Menu"))),
        record(f"{SITE}/text", answer(page("Text"))),
    )
    assert addresses(captures) == ["/ferry", "/set", "/menu", "/text"]


def test_a_frameset_has_the_text_of_its_frames(read: Read, save_as: Save) -> None:
    records = [
        record(f"{SITE}/set", answer(b"<html><title>Set</title><frameset><frame src=menu><frame src=text></frameset>")),
        record(f"{SITE}/menu", answer(page("Menu"))),
        record(f"{SITE}/text", answer("<p>Паромщик спит</p>".encode("cp1251"), "text/html; charset=windows-1251")),
        record(f"{SITE}/text", answer(page("Later")), date="2023-01-01T00:00:00Z"),
    ]
    first = read(*records)[0]
    text = charset.decode_as(first.data, first.charset.value)
    assert addresses([first]) == ["/set"]
    assert "Menu 😀 text" in text
    assert "Later" not in text
    assert "stand one after the other" in first.warnings[0]


NO_PAGES = {
    "empty": b"<!DOCTYPE html><html><head><title> </title></head><body>&nbsp;<!-- x --></body></html>",
    "a sync frame": b'<html><head><script>var p = "<p>x</p>";</script><style>p { }</style></head><body></body></html>',
    "a pixel": b'<html><body><img width="1" height="1" src="//t.test/p.gif"></body></html>',
    "a pixel by style": b'<html><body><img style="width:1px;height:1px" src="//t.test/p.gif"></body></html>',
    "a frame around a frame": b'<html><body><iframe src="https://x.test/"></iframe></body></html>',
    "a piece": b'<div class="comment"><p>The first to answer!</p></div>',
    "a redirect": b'<html><head><title>x</title><meta content="0; url=/ferry" http-equiv="refresh"></head>'
    b"<body>If you are not redirected, <a href=/ferry>click here</a>.</body></html>",
}

PAGES = {
    "a picture": b'<html><body><img src="scan.png" width=100></body></html>',
    "a title alone": "<html><head><title>Tïtle 😀</title></head><body><script>app()</script></body></html>".encode(),
    "one word": b"<html><body><b>Yes</b></body></html>",
    "an old page": b"<H1>My page</H1><P>Hello",
    "a table without words": b'<html><body><table background="x.png"><tr><td></table></body></html>',
    "a page that reloads": b'<html><head><meta http-equiv="refresh" content="300"></head><body><p>Live</body></html>',
    "a long page that moves on": b'<html><head><meta http-equiv=refresh content="60; url=/next"></head><body>'
    + b"<p>The envoys met on Tuesday.</p>" * 20,
}


@pytest.mark.parametrize("body", NO_PAGES.values(), ids=NO_PAGES)
def test_html_without_anything_to_read_is_no_page(body: bytes, read: Read) -> None:
    assert addresses(read(FERRY, record(f"{SITE}/x", answer(body)))) == ["/ferry"]
    # Where there is nothing else, it is better than nothing.
    assert addresses(read(record(f"{SITE}/x", answer(body)))) == ["/x"]


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_a_page_with_little_in_it_is_one(body: bytes, read: Read) -> None:
    assert addresses(read(FERRY, record(f"{SITE}/x", answer(body)))) == ["/ferry", "/x"]


def test_an_empty_page_that_was_archived_again_is_none(read: Read) -> None:
    empty = record(f"{SITE}/x", answer(NO_PAGES["empty"]), WARC_Payload_Digest="sha1:ABC")
    again = record(f"{SITE}/x", answer(b""), "revisit", date="2023-01-01T00:00:00Z", WARC_Payload_Digest="sha1:ABC")
    assert addresses(read(FERRY, empty, again)) == ["/ferry"]


FEEDS = {
    "rss": b'<?xml version="1.0"?><rss version="2.0"><channel><item><description>&lt;p&gt;x</description></item></rss>',
    "atom": b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><p>x</p></entry></feed>',
    "sitemap": b'<?xml version="1.0"?><urlset><url><loc>https://gazette.test/</loc></url></urlset>',
    "json": b'{"html": "<div><p>x</p></div>"}',
    "jsonp": b'answer({"html": "<div><p>x</p></div>"})',
}


@pytest.mark.parametrize("body", FEEDS.values(), ids=FEEDS)
def test_what_programs_read_is_no_page_though_it_says_html(body: bytes, read: Read) -> None:
    assert addresses(read(FERRY, record(f"{SITE}/x", answer(body)))) == ["/ferry"]


@pytest.mark.parametrize(
    "path",
    [
        "/apple-touch-icon-120x120-precomposed.png",
        "/.well-known/assetlinks.json",
        "/sitemap.xml",
        "/ads.txt",
        "/cdn-cgi/challenge-platform/h/g/turnstile",
        "/_Incapsula_Resource?SWKMTFSR=1",
    ],
)
def test_what_is_asked_of_a_site_by_programs_is_no_page(path: str, read: Read) -> None:
    assert addresses(read(FERRY, record(f"{SITE}{path}", answer(page("Not found"))))) == ["/ferry"]


def test_what_a_page_embeds_is_none(read: Read) -> None:
    body = '<object data="/o"></object><embed src=e><script>w("<iframe src=\\"/w\\">")</script><iframe data-src=/l>'
    parts = [record(f"{SITE}/{name}", answer(page(name))) for name in "oewl"]
    assert addresses(read(*parts, record(f"{SITE}/home", answer(page("Home", body))))) == ["/home"]


def test_what_was_asked_for_as_a_picture_is_none(read: Read) -> None:
    captures = read(
        FERRY,
        record(f"{SITE}/photo.png", answer(page("Not found"))),
        request(f"{SITE}/photo.png", Accept="image/avif,image/webp,*/*;q=0.8"),
        record(f"{SITE}/File:photo.png", answer(page("About the photo"))),
        request(f"{SITE}/File:photo.png", Accept="text/html,image/avif,*/*;q=0.8"),
    )
    assert addresses(captures) == ["/ferry", "/File:photo.png"]


def test_what_a_browser_asked_for_as_a_frame_is_none(read: Read) -> None:
    names = ("frame", "fetched", "scripted", "opened", "framed")
    records = [record(f"{SITE}/{name}", answer(page(name)), WARC_Record_ID=f"<urn:x:{name}>") for name in names]
    captures = read(
        *records,
        request(f"{SITE}/frame", Sec_Fetch_Dest="iframe"),
        request(f"{SITE}/fetched", Sec_Fetch_Dest="empty"),
        request(f"{SITE}/scripted", X_Requested_With="XMLHttpRequest"),
        record(
            f"{SITE}/x",
            b"GET / HTTP/1.1\r\nSec-Fetch-Dest: document\r\n",
            "request",
            WARC_Concurrent_To="<urn:x:framed>",
        ),
        record(f"{SITE}/home", answer(page("Home", '<iframe src="/framed">'))),
    )
    assert addresses(captures) == ["/opened", "/framed", "/home"]


def test_what_a_crawler_noted_as_embedded_is_none(read: Read) -> None:
    hops = {"seed": "", "linked": "LL", "embedded": "LE", "guessed": "LX", "moved": "LR"}
    records = [record(f"{SITE}/{name}", answer(page(name)), WARC_Record_ID=f"<urn:x:{name}>") for name in hops]
    notes = [
        record(
            f"{SITE}/{name}",
            f"via: {SITE}\r\nhopsFromSeed: {way}\r\n".encode(),
            "metadata",
            WARC_Concurrent_To=f"<urn:x:{name}>",
        )
        for name, way in hops.items()
    ]
    assert addresses(read(*records, *notes)) == ["/seed", "/linked", "/moved"]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/recaptcha/api2/anchor?k=x",
        "https://newassets.hcaptcha.com/captcha/v1/x",
        "https://geo.captcha-delivery.com/captcha/?cid=x",
        "https://client-api.arkoselabs.com/fc/x",
        "https://www.googletagmanager.com/ns.html?id=GTM-X",
        "https://ads.pubmatic.com/AdServer/js/user_sync.html",
        "https://disqus.com/embed/comments/?f=x",
        "https://www.youtube-nocookie.com/embed/x",
        "https://securepubads.g.doubleclick.net/x.html",
        "https://www.facebook.com/v2.6/plugins/like.php",
        "https://platform.twitter.com/widgets/x.html",
    ],
)
def test_frames_that_scripts_make_are_none(url: str, read: Read) -> None:
    assert addresses(read(FERRY, record(url, answer(page("x"))))) == ["/ferry"]


@pytest.mark.parametrize(
    "url",
    ["https://www.hcaptcha.com/about", "https://www.pubmatic.com/news", "https://www.youtube.com/watch?v=x"],
)
def test_a_services_own_pages_are_pages(url: str, read: Read) -> None:
    captures = read(FERRY, record(url, answer(page("x"))))
    assert [capture.url and capture.url.value for capture in captures] == [f"{SITE}/ferry", url]


def test_pages_that_a_recording_lists_are_its_pages(read: Read) -> None:
    listed = {"type": "recording", "pages": [{"url": f"{SITE}/ferry#top", "title": "x"}, {"url": 5}, "x"]}
    info = record("", f"software: x\r\njson-metadata: {json.dumps(listed)}\r\n".encode(), "warcinfo")
    assert addresses(read(info, record(f"{SITE}/other", answer(page("x"))), FERRY)) == ["/ferry"]


def test_pages_that_a_browser_crawl_notes_are_its_pages(read: Read) -> None:
    captures = read(
        record(f"{SITE}/asked", answer(b"", status="302 Found", location="/ferry")),
        FERRY,
        record(f"{SITE}/other", answer(page("x"))),
        record(f"urn:pageinfo:{SITE}/asked", b"{}", "resource", Content_Type="application/json"),
    )
    assert addresses(captures) == ["/ferry"]


def test_a_list_of_pages_that_are_not_there_is_passed_over(read: Read) -> None:
    info = record("urn:pageinfo:https://elsewhere.test/", b"{}", "resource", Content_Type="application/json")
    assert addresses(read(FERRY, info)) == ["/ferry"]


def test_pages_that_frame_each_other_are_not_lost(read: Read) -> None:
    captures = read(
        record(f"{SITE}/a", answer(page("A", '<iframe src="/b">'))),
        record(f"{SITE}/b", answer(page("B", '<iframe src="/a">'))),
    )
    assert addresses(captures) == ["/a", "/b"]


def test_the_same_address_at_several_dates_is_several_captures(read: Read) -> None:
    dates = ["2021-11-21T10:00:00Z", "2021-11-21T10:00:01Z", "2023-01-01T00:00:00Z"]
    captures = read(*(record(f"{SITE}/ferry", answer(page(date)), date=date) for date in dates))
    assert [capture.captured_at and capture.captured_at.value for capture in captures] == dates
    assert len({capture.locator for capture in captures}) == 3


@pytest.mark.parametrize("records", [[INFO], [record(f"{SITE}/x.png", answer(PIXEL, "image/png"))]])
def test_an_archive_without_pages_is_refused(records: list[bytes], read: Read) -> None:
    with pytest.raises(FileRefused, match=r"^This web archive holds no page\.$"):
        read(*records)


def test_pages_beyond_the_limit_are_counted(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WARC_PAGES", 3)
    captures = read(*(record(f"{SITE}/{number}", answer(page(f"{number}"))) for number in range(5)))
    assert addresses(captures) == ["/0", "/1", "/2"]
    assert captures[0].file_warnings == ("This file holds more than 3 pages; left out: 2.",)


# -- revisits ------------------------------------------------------------------------------------------------------

FIRST = record(
    f"{SITE}/ferry",
    answer(gzip.compress(page("Ferry")), content_encoding="gzip"),
    date="2020-01-01T00:00:00Z",
    WARC_Record_ID="<urn:x:1>",
    WARC_Payload_Digest="sha1:ABC",
)
AGAIN = answer(b"", content_encoding="gzip")


@pytest.mark.parametrize(
    "fields",
    [
        {"WARC_Payload_Digest": "sha1:abc"},
        {"WARC_Refers_To": "<urn:x:1>"},
        {"WARC_Refers_To_Target_URI": f"{SITE}/ferry", "WARC_Refers_To_Date": "2020-01-01T00:00:00Z"},
        {"WARC_Refers_To_Date": "2020-01-01T00:00:00Z"},
    ],
    ids=lambda fields: next(iter(fields)),
)
@pytest.mark.parametrize("block", [AGAIN, b"", answer(b"", "", status="304 Not Modified")])
def test_a_revisit_has_the_body_of_the_earlier_record(fields: dict[str, str], block: bytes, read: Read) -> None:
    first, again = read(FIRST, record(f"{SITE}/ferry", block, "revisit", **fields))
    assert again.data == first.data == page("Ferry")
    assert (again.captured_at and again.captured_at.value) == MOMENT
    assert first.locator != again.locator


def test_a_revisit_whose_body_is_elsewhere_is_counted(read: Read) -> None:
    again = record(f"{SITE}/other", AGAIN, "revisit", WARC_Payload_Digest="sha1:XYZ")
    (capture,) = read(FIRST, again, again)
    assert capture.file_warnings == (
        "Pages that were archived again unchanged, and whose text is in another file, were left out: 2.",
    )
    with pytest.raises(FileRefused, match="whose text is in another file"):
        read(again)


# -- what is known of a page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "value", "doubt"),
    [
        ("2014-02-03T04:05:06Z", "2014-02-03T04:05:06Z", ""),
        ("2014-02-03T04:05:06.1Z", "2014-02-03T04:05:06Z", ""),
        ("2014-02-03T04:05:06.123456789Z", "2014-02-03T04:05:06Z", ""),
        ("2014-02-03T04:05:06", "2014-02-03T04:05:06Z", ""),
        ("2014-02-03T04:05:06-0700", "2014-02-03T11:05:06Z", ""),
        ("2014-02-03T04:05Z", "2014-02-03T04:05:00Z", ""),
        ("2019-08-15T01:02", "2019-08-15T01:02:00Z", ""),
        ("2014-02-03", "2014-02-03T00:00:00Z", "The archive gives only “2014-02-03”; the rest is its beginning."),
        ("2014-02", "2014-02-01T00:00:00Z", "The archive gives only “2014-02”; the rest is its beginning."),
        ("2014", "2014-01-01T00:00:00Z", "The archive gives only “2014”; the rest is its beginning."),
        ("20140203040506", "2014-02-03T04:05:06Z", ""),
    ],
)
def test_dates(date: str, value: str, doubt: str, read: Read) -> None:
    (capture,) = read(record(f"{SITE}/ferry", answer(page("Ferry")), date=date))
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.doubt) == (value, doubt)
    assert (capture.captured_at.source, capture.captured_at.origin) == (Source.STATED, "WARC-Date")


@pytest.mark.parametrize("date", ["2008-10-294T05:21:46-0700", "2008-02-31T00:00:00Z", "0", "", "yesterday" * 50])
def test_dates_that_no_calendar_knows(date: str, read: Read) -> None:
    (capture,) = read(record(f"{SITE}/ferry", answer(page("Ferry")), date=date))
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (MODIFIED, Source.INFERRED)
    assert (date[:20] or "") in capture.captured_at.doubt
    (capture,) = read(record(f"{SITE}/ferry", answer(page("x"), date="Wed, 29 Oct 2008 12:21:46 GMT"), date=date))
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.origin) == (
        "2008-10-29T12:21:46Z",
        "Date of the HTTP response",
    )


@pytest.mark.parametrize(
    ("stated", "codec", "origin"),
    [
        ("text/html; charset=windows-1251", "windows-1251", "the HTTP header"),
        ('text/html;charset="EUC-JP"', "euc-jp", "the HTTP header"),
        ("text/html", "utf-8", "the bytes are UTF-8"),
    ],
)
def test_the_character_set_of_the_header(stated: str, codec: str, origin: str, read: Read) -> None:
    words = {"windows-1251": "Паромщик спит", "euc-jp": "渡し守は眠る", "utf-8": "Fährmann"}[codec]
    body = f"<html><title>{words}</title><p>{words}</p></html>".encode(codec)
    (capture,) = read(record(f"{SITE}/ferry", answer(body, stated)))
    assert (capture.charset.value, capture.charset.origin) == (codec, origin)
    assert words in charset.decode_as(capture.data, capture.charset.value)


def test_address_and_program(read: Read) -> None:
    (capture,) = read(INFO, record("<https://gazette.test>", answer(page("Home"))))
    assert capture.format is Format.WARC
    assert capture.url is not None
    assert (capture.url.value, capture.url.origin) == ("https://gazette.test", "WARC-Target-URI")
    assert capture.facts["saved_with"].value == "Wget/1.21 (linux-gnu)"


def test_what_is_to_be_said_of_a_page(read: Read, save_as: Save) -> None:
    (capture,) = read(record(f"{SITE}/x", answer(page("x")), WARC_Truncated="length"))
    assert capture.warnings == ("Whoever archived this page kept only its beginning (“length”).",)
    saved = save_as("cut.warc", FERRY[:-40])
    (capture,) = readers.read(saved)
    assert capture.warnings == ("The record of this page is damaged or cut off; it was read as far as it goes.",)
    packed = crawls.packed([FERRY, FERRY])
    captures = list(readers.read(save_as("cut.warc.gz", packed[:-30])))
    assert captures[0].file_warnings == ("This file is damaged or cut off; it was read as far as that is possible.",)


def test_a_long_page_is_read_as_far_as_the_limit(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_BYTES", limits.MIB)
    long = page("x", "word " * 400_000)
    for body in (answer(long), answer(gzip.compress(long), content_encoding="gzip")):
        (capture,) = read(record(f"{SITE}/x", body))
        assert len(capture.data) == limits.MIB
        assert capture.warnings == ("This page is longer than 1 MB; what follows was not read.",)


def test_a_locator_that_leads_nowhere(read: Read, save_as: Save) -> None:
    saved = save_as("x.warc.gz", crawls.packed([INFO, FERRY]))
    for locator in ("", "x", "1", "0", "0+3", "999999999", "a:0", f"{'9' * 40}", "0=0"):
        with pytest.raises(FileRefused, match="no longer holds"):
            readers.find_capture(saved, locator)


def test_arc(save_as: Save) -> None:
    lines = [crawls.arc_record(f"{SITE}/ferry", answer(page("Ferry"))), crawls.arc_record(f"{SITE}/p", answer(PIXEL))]
    saved = save_as("x.arc.gz", crawls.packed([crawls.arc_version(), *lines]))
    (capture,) = readers.read(saved)
    assert (capture.format, capture.data) == (Format.ARC, page("Ferry"))
    assert capture.url is not None
    assert capture.captured_at is not None
    assert (capture.url.value, capture.captured_at.value) == (f"{SITE}/ferry", MOMENT)
    assert readers.find_capture(saved, capture.locator) == capture


def test_the_file_may_have_no_time(save_as: Save) -> None:
    saved = save_as("x.warc", record(SITE, answer(page("x")), date="x"))
    (capture,) = readers.read(SavedFile(saved.path, saved.name))
    assert capture.captured_at is None


# -- what is hostile -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"<iframe" * 300_000,
        b"<iframe src=" * 200_000,
        b"<iframe src='" * 200_000,
        b"<iframe " + b"a" * 2_000_000,
        b'<iframe src="/x">' * 100_000,
        b'<iframe src="http://[">',
    ],
)
def test_hostile_pages(body: bytes, read: Read) -> None:
    assert addresses(read(record(f"{SITE}/x", answer(b"<html>" + body)))) == ["/x"]


@pytest.mark.parametrize("note", [b"[" * 100_000, b'{"pages": {"url": 1}}', b'{"pages": [[]]}', b"null", b"5", b'"x"'])
def test_hostile_lists(note: bytes, read: Read) -> None:
    assert addresses(read(record("", b"json-metadata: " + note + b"\r\n", "warcinfo"), FERRY)) == ["/ferry"]


@pytest.mark.parametrize(
    "url", ["http://[", "http://x\x00y/", "https://" + "a" * 50_000, "http://x:99999999/", "http://"]
)
def test_hostile_addresses(url: str, read: Read) -> None:
    assert len(read(record(url, answer(page("x"))))) <= 1
