"""ScrapBook's notes beside a page, and its library's tree above it."""

from __future__ import annotations

import json
import time

from archive_viewer import readers
from archive_viewer.model import Format, Source
from archive_viewer.readers import scrapbook_tree
from saved_files import HTML, HTZ, Save, zipped

NOTE = (
    "id\t20080102030405\ntype\t\ntitle\tDie Fähre 😀\nchars\tUTF-8\nicon\t\nsource\thttps://gazette.test/ferry\n"
    "comment\tErste Zeile __BR__ zweite\n"
).encode()


def test_its_note_states_address_date_and_title(save_as: Save) -> None:
    save_as("data/20080102030405/index.dat", NOTE)
    save_as("data/20080102030405/frame.html", b"<p>A frame.")
    (capture,) = readers.read(save_as("data/20080102030405/index.html", HTML))
    assert capture.format is Format.SCRAPBOOK
    assert capture.companions == ("frame.html", "index.dat")
    assert capture.url is not None
    assert (capture.url.value, capture.url.source) == ("https://gazette.test/ferry", Source.STATED)
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2008-01-02T03:04:05Z"
    assert capture.captured_at.doubt == "It is not said in which time zone this is; it is read as UTC."
    assert capture.title is not None
    assert capture.title.value == "Die Fähre 😀"
    assert capture.facts["saved_with"].value == "ScrapBook"
    assert capture.facts["comment"].value == "Erste Zeile\nzweite"


def test_an_index_dat_of_something_else_is_none(save_as: Save) -> None:
    save_as("x/index.dat", b"\0\1\2 id and title")
    (capture,) = readers.read(save_as("x/index.html", HTML))
    assert capture.format is not Format.SCRAPBOOK
    assert capture.url is None


def test_the_same_in_an_archive(save_as: Save) -> None:
    members = {"data/20080102030405/index.html": HTML, "data/20080102030405/index.dat": NOTE}
    (capture,) = readers.read(save_as("a.zip", zipped(members)))
    assert (capture.format, capture.locator) == (Format.SCRAPBOOK, "data/20080102030405/index.html")


META = {
    "20260101": {"title": "Flüsse 😀", "type": "folder"},
    "20260102": {"title": "Die {alte} Fähre", "type": "", "index": "20260102/index.html"},
}
TOC = {"root": ["20250101", "20260101"], "20260101": ["x", "y", "20260102"]}


def tree(save_as: Save, meta: str, toc: str) -> None:
    save_as(".wsb/tree/meta.js", f"/** comment */\nscrapbook.meta({meta})".encode())
    save_as(".wsb/tree/toc.js", f"scrapbook.toc({toc})".encode())


def facts(save_as: Save, name: str = "data/20260102/index.html", page: bytes = HTZ) -> dict[str, str]:
    (capture,) = readers.read(save_as(name, page))
    return {key: fact.value for key, fact in capture.facts.items() if key.startswith("library_")}


def test_the_tree_of_a_webscrapbook_library_says_where_a_page_was_put(save_as: Save) -> None:
    for indent, is_ascii in ((2, False), (None, True)):
        tree(save_as, json.dumps(META, indent=indent, ensure_ascii=is_ascii), json.dumps(TOC, indent=indent))
        assert facts(save_as) == {
            "library_title": "Die {alte} Fähre",
            "library_place": "Flüsse 😀",
            "library_order": "3",
        }


def test_a_packed_page_of_a_library_is_known_to_its_tree(save_as: Save) -> None:
    meta = {"20260102": {"index": "20260102.htz", "title": "Die Fähre", "type": ""}}
    tree(save_as, json.dumps(meta), json.dumps({"root": ["20260102"]}))
    assert facts(save_as, "data/20260102.htz", zipped({"index.html": HTZ})) == {
        "library_title": "Die Fähre",
        "library_order": "1",
    }


def test_a_page_that_the_tree_does_not_know(save_as: Save) -> None:
    tree(save_as, json.dumps(META), json.dumps(TOC))
    assert facts(save_as, "data/20260103/index.html") == {}


def test_a_damaged_tree_says_nothing(save_as: Save) -> None:
    for meta in ("", "{" * 100_000, '{"a":{"index":"20260102/index.html", "title": ', "[" * 100_000):
        tree(save_as, meta, '{"root": ["a", ["20260102"')
        assert facts(save_as).keys() <= {"library_order", "library_place"}


def test_folders_that_hold_one_another_come_to_an_end(save_as: Save) -> None:
    tree(save_as, json.dumps(META), json.dumps({"20260101": ["20260102", "20260101"]}))
    assert facts(save_as)["library_order"] == "1"


RDF = """<?xml version="1.0"?>
<RDF:RDF xmlns:NS1="http://amb.vis.ne.jp/mozilla/scrapbook-rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <RDF:Seq RDF:about="urn:scrapbook:root"><RDF:li RDF:resource="urn:scrapbook:item20070101000000"/></RDF:Seq>
  <RDF:Seq RDF:about="urn:scrapbook:item20070101000000">
    <RDF:li RDF:resource="urn:scrapbook:item20060101000000"/>
    <RDF:li RDF:resource="urn:scrapbook:item20080102030405"/>
  </RDF:Seq>
  <RDF:Description RDF:about="urn:scrapbook:item20070101000000" NS1:title="Flüsse 😀" NS1:type="folder"/>
  <RDF:Description RDF:about="urn:scrapbook:item20080102030405" NS1:title="Die Fähre"/>
</RDF:RDF>"""


def test_the_tree_of_a_scrapbook_library(save_as: Save) -> None:
    save_as("data/20080102030405/index.dat", NOTE)
    save_as("scrapbook.rdf", RDF.encode())
    assert facts(save_as, "data/20080102030405/index.html", HTML) == {
        "library_title": "Die Fähre",
        "library_place": "Flüsse 😀",
        "library_order": "2",
    }
    save_as("scrapbook.rdf", RDF.encode()[:-20])
    assert facts(save_as, "data/20080102030405/index.html", HTML) == {}


def test_what_its_owner_wrote_about_a_page_is_kept(save_as: Save) -> None:
    def comment(name: str, page: bytes) -> tuple[str, str]:
        (capture,) = readers.read(save_as(name, page))
        fact = capture.facts["comment"]
        return fact.value, fact.origin

    page = HTZ.replace(b"<html", '<html data-scrapbook-comment="Im Blatt &amp; 😀"'.encode(), 1)
    assert comment("alone.html", page) == ("Im Blatt & 😀", "data-scrapbook attributes")
    meta = {"20260102": {"title": "Die Fähre", "index": "20260102/index.html", "comment": "Im Baum"}}
    tree(save_as, json.dumps(meta), json.dumps({"root": ["20260102"]}))
    assert comment("data/20260102/index.html", page) == ("Im Baum", ".wsb/tree")


def test_the_comment_of_a_scrapbook_library(save_as: Save) -> None:
    save_as("data/20080102030405/index.dat", NOTE.replace(b"comment\t", b"x\t"))
    save_as(
        "scrapbook.rdf", RDF.replace('NS1:title="Die F', 'NS1:comment="Eins __BR__ zwei" NS1:title="Die F').encode()
    )
    (capture,) = readers.read(save_as("data/20080102030405/index.html", HTML))
    assert capture.facts["comment"].value == "Eins\nzwei"


def test_a_page_without_marks_has_its_address_and_date_from_the_library(save_as: Save) -> None:
    plain = HTML.replace(b"<title>", b'<link rel=canonical href="https://other.test/"><title>')
    said = {"title": "Die Fähre", "source": "https://gazette.test/ferry", "create": "20200421101254231"}
    meta = {"1": {"index": "20200421/index.html", **said}, "2": {"index": "20200422.html", **said, "source": 7}}
    tree(save_as, json.dumps(meta), json.dumps({"root": ["1", "2"]}))
    (capture,) = readers.read(save_as("20200421/index.html", plain))
    assert capture.format is Format.WEBSCRAPBOOK
    assert capture.url is not None
    assert (capture.url.value, capture.url.origin) == ("https://gazette.test/ferry", ".wsb/tree")
    assert capture.captured_at is not None
    assert (capture.captured_at.value, capture.captured_at.source) == ("2020-04-21T10:12:54Z", Source.STATED)
    (capture,) = readers.read(save_as("20200422.html", plain))
    assert capture.url is not None
    assert capture.url.value == "https://other.test/"
    (capture,) = readers.read(save_as("20200421/other.html", plain))
    assert capture.format is Format.HTML


def test_a_page_whose_note_is_missing_is_known_to_its_library(save_as: Save) -> None:
    entry = 'NS1:title="Die Fähre" NS1:source="http://gazette.test/ferry"'
    save_as("scrapbook.rdf", RDF.replace('NS1:title="Die Fähre"', entry).encode())
    (capture,) = readers.read(save_as("data/20080102030405/index.html", HTML))
    assert capture.format is Format.SCRAPBOOK
    assert capture.url is not None
    assert (capture.url.value, capture.url.origin) == ("http://gazette.test/ferry", "scrapbook.rdf")
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2008-01-02T03:04:05Z"
    assert "time zone" in capture.captured_at.doubt
    (frame,) = readers.read(save_as("data/20080102030405/index_1.html", HTML))
    assert frame.url is None


def test_the_list_of_a_large_library_is_taken_apart_once(save_as: Save) -> None:
    ids = [f"2008{number:010}" for number in range(8_000)]
    said = "".join(
        f'<RDF:Description RDF:about="urn:scrapbook:item{id}" NS1:title="Die Fähre {id}" NS1:source="{"x" * 200}"/>'
        for id in ids
    )
    save_as("scrapbook.rdf", RDF.replace("</RDF:RDF>", f"{said}</RDF:RDF>").encode())
    pages = [save_as(f"data/{id}/index.html", HTML) for id in ids[:400]]
    begin = time.perf_counter()
    entries = [scrapbook_tree.entry_of(page) for page in pages]
    # Taken apart for each page, it takes ten times as long.
    assert time.perf_counter() - begin < 2
    assert [entry.title for entry in entries if entry] == [f"Die Fähre {id}" for id in ids[:400]]
    save_as("scrapbook.rdf", RDF.encode())
    assert scrapbook_tree.entry_of(pages[0]) is None
