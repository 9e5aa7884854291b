"""Pages saved from a web archive get their own address and date back, in whatever form they were saved."""

from __future__ import annotations

import plistlib

import pytest

from archive_viewer.cleaning import clean
from archive_viewer.model import Source, Style
from saved_files import MODIFIED, ReadOne, mhtml, webarchive

OWN = "http://gazette.test/ferry?a=1&b=2"
ARCHIVED, RETRIEVED = "2014-01-09T03:04:03Z", "2020-05-07T14:52:53Z"
COPY = f"https://web.archive.org/web/20140109030403/{OWN}"
PROSE = "<p>The envoys met on Tuesday and spoke of the ferry, and the lamps were lit when they left the house.</p>" * 4
WAYBACK = f"""<!DOCTYPE html><html><head><script src="/_static/js/bundle-playback.js?v=x" charset="utf-8"></script>
<script type="text/javascript">
  __wm.init("https://web.archive.org/web");
  __wm.wombat("http://gazette.test:80/ferry?a=1&amp;b=2","20140109030403","https://web.archive.org/","web","/_static/",
  "1389236643");
</script>
<!-- End Wayback Rewrite JS Include -->
<meta charset="utf-8"><title>Die Fähre 😀</title></head><body>
<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en"><p>12 captures of this page, the last of them in
the year of the great flood, as the toolbar says at length.</p></div><!-- END WAYBACK TOOLBAR INSERT -->
<article><h1>Die Fähre 😀</h1>{PROSE}
<p>See <a href="https://web.archive.org/web/20140109030403/https://gazette.test/tolls">the tolls</a>, <a
href="/web/20140109030403/http://other.test/">the other town</a> and <a href="{COPY}#note">the note</a>.</p>
<p id="note">A note on the winter road, which is closed from the first snow until the spring.</p></article></body>
<!--
     FILE ARCHIVED ON 03:04:03 Jan 09, 2014 AND RETRIEVED FROM THE
     INTERNET ARCHIVE ON 14:52:53 May 07, 2020.
     JAVASCRIPT APPENDED BY WAYBACK MACHINE, COPYRIGHT INTERNET ARCHIVE.
-->"""
TODAY = f"""<!DOCTYPE html><html><head><title>Die Fähre 😀</title></head><body>
<div id="HEADER"><b>archive.today</b> webpage capture <input id="SHARE_LONGLINK" type="text" readonly
value="https://archive.ph/2022.09.23-022851/https://gazette.test/ferry?a=1&amp;b=2"> Saved from history, all snapshots
</div><div id="CONTENT">{PROSE}</div></body></html>"""


def test_a_wayback_save_is_of_its_page(read_one: ReadOne) -> None:
    capture = read_one("ferry.html", WAYBACK.encode())
    assert capture.url is not None
    assert (capture.url.value, capture.url.source) == (OWN, Source.STATED)
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (ARCHIVED, Source.STATED)
    assert capture.facts["retrieved_at"].value == RETRIEVED
    assert capture.facts["archive"].value == "Wayback Machine"


def test_its_links_lead_where_the_page_led(read_one: ReadOne) -> None:
    article = clean(read_one("ferry.html", WAYBACK.encode()))
    targets = [span.target for block in article.kept for span in block.spans if span.style is Style.LINK]
    assert targets == ["https://gazette.test/tolls", "http://other.test/", "#note"]
    assert "captures of this page" not in article.text
    assert any("captures of this page" in block.text for block in article.blocks)


@pytest.mark.parametrize("note", ["the mark", "the script", "the note"])
def test_one_witness_is_enough_for_the_date(note: str, read_one: ReadOne) -> None:
    head, _, tail = WAYBACK.partition("<!--\n     FILE")
    script = head[head.index("<script type") : head.index("<!-- End Wayback")]
    old_script = '<script>WB_wombat_Init("https://web.archive.org/web/", "20140109030403", "gazette.test:80");</script>'
    canonical = f'<link rel="canonical" href="{COPY.replace("&", "&amp;")}">'
    page = {
        "the mark": f"<!-- saved from url=({len(COPY):04}){COPY} -->{head.replace(script, '')}",
        "the script": head.replace(script, old_script + canonical),
        "the note": f"{head.replace(script, canonical)}<!--\n     FILE{tail}",
    }[note]
    capture = read_one("ferry.html", page.encode())
    assert capture.url is not None
    assert capture.url.value == OWN
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (ARCHIVED, Source.STATED)


def test_the_day_of_the_save_is_when_it_was_retrieved(read_one: ReadOne) -> None:
    message = mhtml([(f"Content-Type: text/html\nContent-Location: {COPY}", "8bit", PROSE.encode())]).replace(
        b"Snapshot-Content-Location: https://gazette.test/ferry?day=1&boat=2",
        f"Snapshot-Content-Location: {COPY}".encode(),
    )
    capture = read_one("ferry.mhtml", message)
    assert capture.url is not None
    assert capture.captured_at is not None
    assert (capture.url.value, capture.captured_at.value) == (OWN, ARCHIVED)
    assert capture.facts["retrieved_at"].value == "2026-11-24T09:00:00Z"
    capture = read_one("ferry.webarchive", plistlib.dumps(webarchive(url=COPY)))
    assert capture.facts["retrieved_at"].value == MODIFIED


def test_a_save_from_archive_today_is_of_its_page(read_one: ReadOne) -> None:
    capture = read_one("ferry.html", TODAY.encode())
    assert capture.url is not None
    assert capture.captured_at is not None
    assert (capture.url.value, capture.captured_at.value) == (
        "https://gazette.test/ferry?a=1&b=2",
        "2022-09-23T02:28:51Z",
    )
    assert capture.facts["archive"].value == "archive.today"
    article = clean(capture)
    assert "webpage capture" not in article.text
    assert "The envoys met" in article.text


def test_a_page_that_links_to_a_copy_is_none(read_one: ReadOne) -> None:
    page = f"<!DOCTYPE html><html><body>{PROSE}<p>An <a href='{COPY}'>archived copy</a> of <pre>__wm.wombat(</pre>."
    capture = read_one("ferry.html", page.encode())
    assert capture.url is None
    assert "retrieved_at" not in capture.facts
    links = [span.target for block in clean(capture).blocks for span in block.spans if span.style is Style.LINK]
    assert links == [COPY]


def test_a_page_full_of_fields_takes_no_time(read_one: ReadOne) -> None:
    fields = "<input " * 300_000 + "<input id=SHARE_LONGLINK value='https://archive.ph/AbCdE'>" * 1_000
    assert read_one("ferry.html", f"<!DOCTYPE html><html><p>{fields}".encode()).url is None


# -- the bars and notes of other years and other archives ----------------------------------------------------------

TODAY_HEAD = """<!DOCTYPE html><html style="background-color:#EEEEEE"><head>
<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/><meta property="twitter:site" content="@archiveis"/>
<meta property="og:site_name" content="archive.is"/><meta property="og:url" content="http://archive.is/XvEff"/>
<meta property="og:title" content="Die Fähre 😀"/>
<meta property="article:published_time" content="2022-09-23T02:28:51Z" itemprop="dateCreated"/>
<link rel="canonical" href="https://archive.is/XvEff"/>{bookmark}<title>Die Fähre 😀</title></head><body><center>
<div id="HEADER"><a href="https://archive.today/"><div>archive.today</div><div>webpage capture</div></a> Saved from
<form action="https://archive.is/search/"><input type="text" name="q" value="https://gazette.test/ferry?a=1&amp;reg=2"/>
</form><time itemprop="pubdate" datetime="2022-09-23T02:28:51Z">23 Sep 2022 02:28:51 UTC</time>{field}</div>
<div id="CONTENT">{prose}</div></center></body></html>"""

TOOLBAR_2014 = """<html><head><script>archive_analytics.values.server_name="wwwb-app11.us.archive.org";</script>
</head><body>
<!-- BEGIN WAYBACK TOOLBAR INSERT --><script type="text/javascript">//<![CDATA[
var wbPrefix = "/web/";
var wbCurrentUrl = "http:\\/\\/gazette.test\\/ferry?a=1&reg=2";
</script><div id="wm-ipp" lang="en" style="display:none;"><form name="wmtb">{field}
<input type="hidden" name="date" value="20100915014353" /></form><a>320 captures</a></div>
<!-- END WAYBACK TOOLBAR INSERT -->{prose}<p><a href="/web/20100915014353/http://other.test/">the other town</a>"""

SCRIPT_2006 = """<html><head><BASE HREF="http://gazette.test.wstub.archive.org/ferry"></head><body>{prose}</body>
<SCRIPT language="Javascript">
<!--

// FILE ARCHIVED ON 20060101042432 AND RETRIEVED FROM THE
// INTERNET ARCHIVE ON 20100215174530.
   var sWayBackCGI = "http://web.archive.org/web/20060101042432/";
//-->
</SCRIPT></html>"""

GOOGLE = """<!-- saved from url=(0078)http://webcache.googleusercontent.com/search?q=cache:L0kyK:gazette.test/ferry+ -->
<html><head><!--<base href="http://gazette.test/ferry">--><base href="."></head><body>
<div id="bN015htcoyT__google-cache-hdr"><div><span>This is Google's cache of <a
href="http://gazette.test/ferry?a=1&amp;reg=2">http://gazette.test/ferry</a>.</span>&nbsp;<span>It is a snapshot
of the page as it appeared on Sep 16, 2018 13:43:53 GMT.</span></div></div><div>{prose}</div>"""


@pytest.mark.parametrize(
    ("page", "archived"),
    [
        (TODAY_HEAD.format(bookmark="", field="", prose=PROSE), "2022-09-23T02:28:51Z"),
        (
            TODAY_HEAD.format(
                bookmark='<link rel="bookmark" '
                'href="http://archive.today/20220923022851/https://gazette.test/ferry?a=1&amp;reg=2"/>',
                field="",
                prose=PROSE,
            ).replace('name="q"', 'name="p"'),
            "2022-09-23T02:28:51Z",
        ),
        (
            TODAY_HEAD.format(
                bookmark="",
                # As SingleFile writes it.
                field="<input id=SHARE_LONGLINK style=width:600px "
                "value=http://archive.today/2022.09.23-022851/https://gazette.test/ferry?a=1&amp;reg=2>",
                prose=PROSE,
            ),
            "2022-09-23T02:28:51Z",
        ),
        (
            TOOLBAR_2014.format(
                field='<input name="url" id="wmtbURL" value="http://gazette.test/ferry?a=1&amp;reg=2" />', prose=PROSE
            ),
            "2010-09-15T01:43:53Z",
        ),
        (TOOLBAR_2014.format(field="", prose=PROSE), "2010-09-15T01:43:53Z"),
        (GOOGLE.format(prose=PROSE), "2018-09-16T13:43:53Z"),
    ],
    ids=["today's search field", "today's bookmark", "today in SingleFile", "toolbar", "toolbar's script", "Google"],
)
def test_bars_of_archives(page: str, archived: str, read_one: ReadOne) -> None:
    capture = read_one("ferry.html", page.encode())
    assert capture.url is not None
    assert capture.url.value.partition("://")[2] == "gazette.test/ferry?a=1&reg=2"
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == (archived, Source.STATED)
    assert capture.facts["retrieved_at"].value == MODIFIED
    article = clean(capture)
    assert article.text.startswith("The envoys met")
    assert article.published is None
    assert "captures" not in article.text


def test_the_toolbar_of_an_earlier_year_leads_home_too(read_one: ReadOne) -> None:
    article = clean(read_one("ferry.html", TOOLBAR_2014.format(field="", prose=PROSE).encode()))
    assert [span.target for block in article.kept for span in block.spans] == ["http://other.test/"]


def test_the_script_of_2006_has_the_dates_and_the_base_has_the_address(read_one: ReadOne) -> None:
    capture = read_one("ferry.html", SCRIPT_2006.format(prose=PROSE).encode())
    assert capture.url is not None
    assert (capture.url.value, capture.url.source) == ("http://gazette.test/ferry", Source.INFERRED)
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2006-01-01T04:24:32Z"
    assert capture.facts["retrieved_at"].value == "2010-02-15T17:45:30Z"


def test_a_note_with_an_hour_of_one_digit(read_one: ReadOne) -> None:
    page = WAYBACK.replace("03:04:03 Jan 09, 2014", "3:04:03 Jan 9, 2014").replace("__wm.", "gone.")
    capture = read_one("ferry.html", page.encode())
    assert capture.captured_at is not None
    assert capture.captured_at.value == ARCHIVED


def test_signs_in_an_address_are_no_entities(read_one: ReadOne) -> None:
    capture = read_one("ferry.html", WAYBACK.replace("a=1&amp;b=2", "a=1&copy=2&section=3").encode())
    assert capture.url is not None
    assert capture.url.value == "http://gazette.test/ferry?a=1&copy=2&section=3"


def test_a_copy_that_was_saved_in_two_bytes_a_letter(read_one: ReadOne) -> None:
    capture = read_one("ferry.html", WAYBACK.replace('<meta charset="utf-8">', "").encode("utf-16"))
    assert capture.url is not None
    assert capture.url.value == OWN


def test_a_page_of_another_archive_has_its_links_back(read_one: ReadOne) -> None:
    copy = "http://wayback.archive-it.org/3170/20140109030403/"
    links = "".join(f"<p><a href='{place}http://other.test/{place[:1]}'>A</a>" for place in (copy, copy, copy[29:]))
    page = f"<!-- saved from url=(0070){copy}{OWN} --><html><body>{PROSE}{links}"
    capture = read_one("ferry.html", page.encode())
    assert capture.url is not None
    assert capture.url.value == OWN
    assert capture.facts["archive"].value == "Archive-It"
    assert capture.facts["archived_copy"].value == copy + OWN
    targets = [span.target for block in clean(capture).blocks for span in block.spans if span.style is Style.LINK]
    assert targets == ["http://other.test/h", "http://other.test/h", "http://other.test//"]
