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
