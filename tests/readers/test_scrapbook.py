"""ScrapBook's notes beside a page."""

from __future__ import annotations

from archive_viewer import readers
from archive_viewer.model import Format, Source
from saved_files import HTML, Save, zipped

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
