"""Pages that unpack themselves: the page inside is read, the wrapper is asked where it comes from."""

from __future__ import annotations

import pytest

from archive_viewer import readers, serving
from archive_viewer.errors import FileRefused
from archive_viewer.model import Format, Source
from pages import PIXEL
from saved_files import ADDRESS, HTML, SINGLEFILE, ReadOne, Save, self_extracting

COMMENT = f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Tue Nov 24 2026 10:00:00 GMT+0100\n-->"


@pytest.mark.parametrize(("page", "comment"), [(HTML, COMMENT), (SINGLEFILE, "")])
def test_the_comment_may_stand_inside_or_outside(page: bytes, comment: str, save_as: Save) -> None:
    saved = save_as("a.html", self_extracting(page, comment, {"images/0.png": PIXEL}))
    (capture,) = readers.read(saved)
    assert (capture.format, capture.data) == (Format.SINGLEFILE, page)
    assert capture.url is not None
    assert (capture.url.value, capture.url.source) == (ADDRESS, Source.STATED)
    assert capture.captured_at is not None
    assert capture.captured_at.value == "2026-11-24T09:00:00Z"
    assert capture.facts["saved_with"].value == "SingleFile"
    picture = serving.resource_of(capture, saved, "images/0.png")
    assert picture is not None
    assert picture.data == PIXEL


def test_without_a_comment_nothing_is_made_up(read_one: ReadOne) -> None:
    capture = read_one("a.html", self_extracting(HTML))
    assert capture.url is None
    assert capture.captured_at is not None
    assert capture.captured_at.source is Source.INFERRED


def test_what_lost_its_archive_is_refused(save_as: Save) -> None:
    with pytest.raises(FileRefused, match="was cut off"):
        list(readers.read(save_as("a.html", self_extracting(HTML)[:-30])))


def test_a_locked_one_is_refused_in_a_sentence(save_as: Save) -> None:
    data = bytearray(self_extracting(HTML))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileRefused, match="locked by a password"):
        list(readers.read(save_as("a.html", bytes(data))))
