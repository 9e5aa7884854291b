"""HTML: what it is, where it comes from, and who says so."""

from __future__ import annotations

import pytest

from archive_viewer import readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format, Source
from saved_files import MODIFIED, TITLE, ReadOne, Save

DOCUMENT = f"<html><head><title>{TITLE}</title></head><body><p>The envoys met.</p></body></html>"

HTML_PAGES = {
    "a doctype": f"<!DOCTYPE html>\n{DOCUMENT}",
    "an old doctype": f'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">{DOCUMENT}',
    "no doctype": DOCUMENT,
    "capitals": "<HTML><BODY><P>x</BODY></HTML>",
    "a comment first": f"<!-- saved by hand -->\n<!-- twice -->\n{DOCUMENT}",
    "a conditional comment first": f"<!--[if IE]><p>old</p><![endif]--><![if !IE]>{DOCUMENT}",
    "blank lines first": f"\r\n\r\n \t{DOCUMENT}",
    "XHTML": f'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "">{DOCUMENT}',
    "a prefix": '<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body/></h:html>',
    "a piece": "<div class=x>The envoys met.</div>",
    "a piece that is one paragraph": "<p>The envoys met.",
    "a title alone": "<title>x</title>The envoys met.",
    "an article": "<article><h2>x</h2></article>",
    "text before it": "Warning: connect() failed\n<html><head></head><body><p>x</p><p>y</p><div>z</div></body></html>",
    "an inline tag first": "<b>Ferry</b><p>a</p><p>b</p><p>c</p>",
    "a script first": "<script>var a;</script><p>x",
}
TEXTS = {
    "a text that mentions a tag": "Use <b> for bold, and <p> for a paragraph.",
    "a tag at the start": "<b> is for bold.",
    "an address in angle brackets": "<envoy@gazette.test> wrote:\n> The ferry sails.",
    "a comparison": "a <b and c> d",
    "a lesson with a little HTML": "You begin a page so:\n\n<html>\n<body>\n</body>\n</html>\n\n"
    + "Then you write on. " * 60,
    "mathematics": "1 < 2 and 3 > 2",
}


@pytest.mark.parametrize("kind", HTML_PAGES)
@pytest.mark.parametrize("name", ["page.html", "page.txt", "b7300726cc44b514"])
def test_what_is_html(kind: str, name: str, read_one: ReadOne) -> None:
    assert read_one(name, HTML_PAGES[kind].encode()).format is Format.HTML


@pytest.mark.parametrize("kind", ["a doctype", "a comment first", "XHTML", "a piece"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_html_in_other_widths(kind: str, codec: str, read_one: ReadOne) -> None:
    assert read_one("page.html", HTML_PAGES[kind].encode(codec)).format is Format.HTML


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("name", ["notes.txt", "b7300726cc44b514"])
def test_what_is_text(kind: str, name: str, read_one: ReadOne) -> None:
    assert read_one(name, TEXTS[kind].encode()).format is Format.TEXT


def test_xhtml_says_so(read_one: ReadOne) -> None:
    assert read_one("page.xhtml", HTML_PAGES["XHTML"].encode()).media_type == "application/xhtml+xml"
    assert read_one("page.html", HTML_PAGES["a doctype"].encode()).media_type == "text/html"


# -- where it comes from -------------------------------------------------------------------------------------------


def page_with(head: str = "", before: str = "", root: str = "") -> bytes:
    return f"<!DOCTYPE html>{before}<html{root}><head>{head}<title>{TITLE}</title></head><body>x</body></html>".encode()


def url_of(capture: Capture) -> tuple[str, Source, str, str]:
    assert capture.url is not None
    return capture.url.value, capture.url.source, capture.url.origin, capture.url.doubt


def test_the_mark_of_the_web(read_one: ReadOne) -> None:
    comment = "\n<!-- saved from url=(0026)https://gazette.test/ferry -->\n"
    capture = read_one("a.html", page_with(before=comment))
    assert url_of(capture) == ("https://gazette.test/ferry", Source.STATED, "saved from url", "")


def test_a_wrong_length_in_it_is_doubted(read_one: ReadOne) -> None:
    capture = read_one("a.html", page_with(before="<!-- saved from url=(0099)https://gazette.test/ferry -->"))
    assert url_of(capture)[3] == "The file says that this address has 99 characters, but it has 26."


def test_its_escaped_hyphens_are_hyphens(read_one: ReadOne) -> None:
    capture = read_one("a.html", page_with(before="<!-- saved from url=(0029)https://gazette.test/a-%2D%20 -->"))
    assert url_of(capture) == ("https://gazette.test/a--%20", Source.STATED, "saved from url", "")


@pytest.mark.parametrize("mark", ["(0014)about:internet", "(0022)http://internet.e-mail"])
def test_marks_that_name_no_page(read_one: ReadOne, mark: str) -> None:
    assert read_one("a.html", page_with(before=f"<!-- saved from url={mark} -->")).url is None


def test_a_comment_in_the_page_itself_is_not_believed(read_one: ReadOne) -> None:
    data = page_with().replace(b"<body>x", b"<body><p>x</p><!-- saved from url=(0026)https://gazette.test/ferry -->")
    assert read_one("a.html", data).url is None


@pytest.mark.parametrize(
    ("head", "before", "root", "url", "date", "program"),
    [
        (
            "",
            "<!-- Saved from https://gazette.test/a at 2023-12-01T10:30:45Z using monolith v2.7.0 -->",
            "",
            "https://gazette.test/a",
            "2023-12-01T10:30:45Z",
            "monolith v2.7.0",
        ),
        ("<!--OriginalSrc: https://gazette.test/a-->", "", "", "https://gazette.test/a", "", "MaoXian"),
        (
            '<meta name="savepage-url" content="https://gazette.test/a?b=1&amp;c=2">'
            '<meta name="savepage-date" content="Fri Dec 09 2022 14:05:06 GMT+0100 (CET)">',
            "",
            "",
            "https://gazette.test/a?b=1&c=2",
            "2022-12-09T13:05:06Z",
            "Save Page WE",
        ),
        (
            "",
            "",
            ' data-scrapbook-source="https://gazette.test/a" data-scrapbook-create="20200421101254231"',
            "https://gazette.test/a",
            "2020-04-21T10:12:54Z",
            "WebScrapBook",
        ),
        (
            "<!-- Mirrored from x.test/a by HTTrack Website Copier/3.x [XR&CO'2014], Sun, 31 Jan 2016 06:40:15 GMT -->",
            "",
            "",
            "http://x.test/a",
            "2016-01-31T06:40:15Z",
            "HTTrack Website Copier/3.x",
        ),
    ],
)
def test_other_saving_programs(
    head: str, before: str, root: str, url: str, date: str, program: str, read_one: ReadOne
) -> None:
    capture = read_one("a.html", page_with(head, before, root))
    assert url_of(capture)[:2] == (url, Source.STATED)
    assert capture.facts["saved_with"].value == program
    assert capture.captured_at is not None
    assert capture.captured_at.value == (date or MODIFIED)
    assert capture.captured_at.source is (Source.STATED if date else Source.INFERRED)


def test_what_save_page_we_calls_a_page_without_a_title(read_one: ReadOne) -> None:
    head = '<meta name="savepage-url" content="https://x.test/"><meta name="savepage-title" content=" Tïtle\n 😀 ">'
    capture = read_one("a.html", page_with(head).replace(b"<title>", b"<tr>"))
    assert capture.title is not None
    assert (capture.title.value, capture.title.origin) == ("Tïtle 😀", "savepage meta")


def test_monolith_of_a_page_from_a_computer_gives_its_date_alone(read_one: ReadOne) -> None:
    comment = "<!-- Saved from local source at 2023-12-01T10:30:45Z using monolith v2.7.0 -->"
    capture = read_one("a.html", page_with(before=comment))
    assert capture.url is None
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2023-12-01T10:30:45Z"


def test_httracks_footer_may_stand_at_the_end_alone(read_one: ReadOne) -> None:
    footer = "<!-- Mirrored from x.test/a by HTTrack Website Copier/3.x [XR&CO'2014], Sun, 31 Jan 2016 06:40:15 GMT -->"
    capture = read_one("a.html", page_with().replace(b"</body>", f"{footer}</body>".encode()))
    assert url_of(capture)[:2] == ("http://x.test/a", Source.STATED)


def test_a_place_on_a_computer_may_have_blanks(read_one: ReadOne) -> None:
    mark = r"<!-- saved from url=(0026)file://C:\My Pages\ferry.htm -->"
    assert url_of(read_one("a.html", page_with(before=mark)))[0] == r"file://C:\My%20Pages\ferry.htm"


def test_the_pages_own_idea_of_its_address_is_a_weak_witness(read_one: ReadOne) -> None:
    capture = read_one("a.html", page_with('<link rel="canonical" href="https://gazette.test/ferry">'))
    assert url_of(capture) == ("https://gazette.test/ferry", Source.INFERRED, "link rel=canonical", "")
    capture = read_one("a.html", page_with('<meta property="og:url" content="https://gazette.test/ferry">'))
    assert url_of(capture) == ("https://gazette.test/ferry", Source.INFERRED, "og:url", "")


def test_two_ideas_of_it_are_doubted(read_one: ReadOne) -> None:
    head = '<link rel=canonical href="https://gazette.test/a"><meta property="og:url" content="https://other.test/a">'
    assert url_of(read_one("a.html", page_with(head)))[3] == "The page also calls itself https://other.test/a."
    head = (
        '<link rel=canonical href="https://gazette.test/a"><meta property="og:url" content="https://gazette.test/a/">'
    )
    assert url_of(read_one("a.html", page_with(head)))[3] == ""


def test_a_saving_program_goes_before_the_page(read_one: ReadOne) -> None:
    mark = "<!-- saved from url=(0026)https://gazette.test/ferry -->"
    head = '<link rel="canonical" href="https://other.test/">'
    assert url_of(read_one("a.html", page_with(head, mark)))[0] == "https://gazette.test/ferry"


def test_a_page_that_was_saved_twice_has_the_address_of_the_first_time(read_one: ReadOne) -> None:
    mark = "<!-- saved from url=(0026)https://gazette.test/ferry -->"
    comment = (
        "Page saved with SingleFile \n url: file:///C:/ferry.html \n saved date: Fri Dec 09 2022 14:05:06 GMT+0100"
    )
    capture = read_one("a.html", singlefile(comment).replace(b"<!DOCTYPE html>", f"<!DOCTYPE html>{mark}".encode()))
    assert url_of(capture)[:2] == ("https://gazette.test/ferry", Source.STATED)
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2022-12-09T13:05:06Z"


def test_the_page_goes_before_a_place_on_a_computer(read_one: ReadOne) -> None:
    mark = "<!-- saved from url=(0022)file:///C:/ferry.html -->"
    assert url_of(read_one("a.html", page_with("", mark)))[0] == "file:///C:/ferry.html"
    head = '<link rel="canonical" href="https://gazette.test/">'
    assert url_of(read_one("a.html", page_with(head, mark)))[:2] == ("https://gazette.test/", Source.INFERRED)


@pytest.mark.parametrize("href", ["", "/ferry", "ferry.html", "javascript:void(0)", "data:text/html,x", "//x.test/"])
def test_what_is_no_address(href: str, read_one: ReadOne) -> None:
    assert read_one("a.html", page_with(f'<link rel="canonical" href="{href}">')).url is None


def test_a_date_that_is_not_understood_is_told(read_one: ReadOne) -> None:
    root = ' data-scrapbook-source="https://gazette.test/a" data-scrapbook-create="the day before"'
    capture = read_one("a.html", page_with(root=root))
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (MODIFIED, Source.INFERRED)
    assert "the day before" in capture.captured_at.doubt


# -- SingleFile ----------------------------------------------------------------------------------------------------


def singlefile(comment: str) -> bytes:
    return f"<!DOCTYPE html> <html lang=en><!--\n {comment}\n--><meta charset=utf-8><title>{TITLE}</title>x".encode()


def test_singlefiles_comment_with_lines_of_the_users_own(read_one: ReadOne) -> None:
    comment = (
        "Page saved with SingleFile \n url: https://gazette.test/a--b \n saved date: Fri Dec 09 2022 14:05:06 GMT+0100 "
        "(CET) \n info: for the ferry dossier"
    )
    capture = read_one("a.html", singlefile(comment))
    assert capture.format is Format.SINGLEFILE
    assert url_of(capture)[0] == "https://gazette.test/a--b"
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2022-12-09T13:05:06Z"
    assert capture.facts["saved_with"].value == "SingleFile"


def test_the_older_wording_without_a_date(read_one: ReadOne) -> None:
    capture = read_one("a.html", singlefile("Archive processed by SingleFile \n url: https://gazette.test/"))
    assert capture.format is Format.SINGLEFILE
    assert capture.captured_at is not None
    assert capture.captured_at.source is Source.INFERRED


def test_a_page_about_singlefile_is_no_singlefile(read_one: ReadOne) -> None:
    data = page_with("<!-- I like SingleFile -->").replace(b"<body>x", b"<body><p>Page saved with SingleFile url: x")
    assert read_one("a.html", data).format is Format.HTML


def test_a_character_set_that_is_not_read_is_named(save_as: Save) -> None:
    page = b"<!DOCTYPE html><html><head><meta charset=EUC-TW><title>\xc4\xe3\xa4\xa1</title><p>\xc4\xe3"
    with pytest.raises(FileRefused, match=r"^This page is in the character set EUC-TW, which is not read\.$"):
        list(readers.read(save_as("page.html", page)))


def test_a_frameset_has_the_text_of_the_frames_beside_it(save_as: Save) -> None:
    save_as("Frames_files/menu.html", b"<meta charset=iso-8859-1><p>Men\xfc <a href='a.html'>A</a>")
    save_as("Frames_files/text.html", "<meta charset=utf-8><p>Grüße <img src='p.png'>".encode())
    page = (
        b"<!DOCTYPE html><html lang='en'><head><title>Frames</title></head><frameset cols='20%,*'>"
        b"<frame src='./Frames_files/menu.html'><frame src='./Frames_files/text.html'><frame src='../../outside.html'>"
        b"<noframes><body>Your browser shows no frames.</body></noframes></frameset></html>"
    )
    (capture,) = readers.read(save_as("Frames.html", page))
    text = capture.data.decode(capture.charset.value)
    assert text.index("Menü") < text.index("Grüße")
    assert 'src="./Frames_files/p.png"' in text or 'src="Frames_files/p.png"' in text
    assert "no frames" not in text
    assert capture.companions == ("Frames_files/menu.html", "Frames_files/text.html")
    assert capture.warnings == (
        "This page is made of frames; the texts of the frames that were saved stand one after the other.",
    )


def test_a_frameset_whose_frames_are_missing_is_read_as_it_is(read_one: ReadOne) -> None:
    page = b"<html><frameset><frame src='gone_files/a.html'><noframes><p>Without frames.</noframes></frameset></html>"
    assert read_one("page.html", page).data == page


def test_a_frameset_with_attributes_that_have_no_names(save_as: Save) -> None:
    save_as("a.html", b"\x01<p <x='1' =y>The words.\x02 <a href='\x03 b\x00.html'>B</a><img src='&#2;\xff\xfe'>")
    (capture,) = readers.read(save_as("Frames.html", b"<html a<frameset b<=1 <frameset><frameset><frame src=a.html>"))
    assert "The words." in capture.data.decode()
