"""Pictures of pages in web archives: found by every spelling of their address, at the date nearest to the page."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

import crawls
from archive_viewer import limits, readers
from archive_viewer.model import Resource
from archive_viewer.serving import Resources
from crawls import SITE, answer, page, record
from pages import PIXEL
from saved_files import save

PAGE = record(f"{SITE}/news/ferry", answer(page("Ferry")), date="2021-11-21T10:00:00Z")
Find = Callable[[str], Resource | None]


def finder(folder: Path, data: bytes, name: str = "a.warc.gz", number: int = 0) -> Find:
    saved = save(folder, name, data)
    capture = list(readers.read(saved))[number]
    found = readers.find_capture(saved, capture.locator)
    return Resources(found, saved).find


def picture(url: str, data: bytes = PIXEL, date: str = "2021-11-21T10:00:05Z", **fields: str) -> bytes:
    return record(url, answer(data, "image/png"), date=date, **fields)


@pytest.mark.parametrize("pack", [b"".join, crawls.packed, lambda records: gzip.compress(b"".join(records))])
def test_a_picture_before_or_behind_its_page(pack: Callable[[list[bytes]], bytes], tmp_path: Path) -> None:
    find = finder(tmp_path, pack([picture(f"{SITE}/before.png"), PAGE, picture(f"{SITE}/b%C3%A4hre.png?v=1")]))
    for source in ("/before.png", "../before.png#x", f"{SITE}/before.png", "https://GAZETTE.test:443/before.png"):
        found = find(source)
        assert found is not None
        assert (found.data, found.media_type) == (PIXEL, "image/png")
    assert find(" ../b%C3%A4hre.png?v=1 ") is not None
    assert find("/other.png") is None
    assert find("b.png") is None
    assert find("http://[") is None


@pytest.mark.parametrize(("number", "expected"), [(0, b"old"), (1, b"new")])
def test_the_one_nearest_in_time(number: int, expected: bytes, tmp_path: Path) -> None:
    data = crawls.packed(
        [
            record(f"{SITE}/", answer(page("Old")), date="2015-01-01T00:00:00Z"),
            picture(f"{SITE}/p.png", b"new", "2020-12-24T00:00:00Z"),
            picture(f"{SITE}/p.png", b"bad", "no date"),
            picture(f"{SITE}/p.png", b"old", "2015-03"),
            record(f"{SITE}/", answer(page("New")), date="2021-01-01T00:00:00Z"),
        ]
    )
    found = finder(tmp_path, data, number=number)("p.png")
    assert found is not None
    assert found.data == expected


def test_redirects_and_revisits_lead_to_the_picture(tmp_path: Path) -> None:
    def moved(path: str, to: str) -> bytes:
        return record(f"{SITE}{path}", answer(b"", status="302 Found", location=to))

    data = crawls.packed(
        [
            PAGE,
            moved("/a.png", "/b.png"),
            moved("/b.png", f"{SITE}/c.png"),
            picture(f"{SITE}/c.png", WARC_Payload_Digest="sha1:ABC"),
            record(f"{SITE}/again.png", answer(b"", "image/png"), "revisit", WARC_Payload_Digest="SHA1:abc"),
            record(f"{SITE}/lost.png", answer(b"", "image/png"), "revisit", WARC_Payload_Digest="sha1:XYZ"),
            moved("/circle", "/circle"),
            record(f"{SITE}/gone.png", answer(b"x", status="404 Not Found")),
            record(f"{SITE}/own.svg", b"<svg/>", "resource", Content_Type="image/svg+xml"),
        ]
    )
    find = finder(tmp_path, data)
    for source in ("/a.png", "/c.png", "/again.png"):
        found = find(source)
        assert found is not None
        assert found.data == PIXEL
    assert [find(source) for source in ("/lost.png", "/circle", "/gone.png")] == [None, None, None]
    found = find("/own.svg")
    assert found is not None
    assert (found.data, found.media_type) == (b"<svg/>", "image/svg+xml")


def test_a_picture_in_another_volume(tmp_path: Path) -> None:
    data = crawls.wacz({"a.warc.gz": crawls.packed([PAGE]), "b.warc": picture(f"{SITE}/p.png")})
    assert finder(tmp_path, data, "a.wacz")("/p.png") is not None


def test_a_picture_of_an_arc(tmp_path: Path) -> None:
    lines = [
        crawls.arc_record(f"{SITE}/", answer(page("x"))),
        crawls.arc_record(f"{SITE}/p.png", answer(PIXEL, "image/png")),
    ]
    for data in (crawls.arc_version() + b"".join(lines), crawls.packed([crawls.arc_version(), *lines])):
        found = finder(tmp_path, data, "a.arc")("p.png")
        assert found is not None
        assert found.data == PIXEL


def test_only_the_neighbourhood_is_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = [picture(f"{SITE}/far{number}.png", bytes(300)) for number in range(200)]
    near = [picture(f"{SITE}/near{number}.png") for number in range(2)]
    monkeypatch.setattr(limits, "WARC_NEXT_DOOR", 1000)
    monkeypatch.setattr(limits, "WARC_NEIGHBOURHOOD", 2500)
    for pack in (b"".join, crawls.packed):
        find = finder(tmp_path, pack([*far, near[0], PAGE, near[1], *far]))
        assert [find(f"/near{number}.png") is not None for number in range(2)] == [True, True]
        assert [find(f"/far{number}.png") for number in (100, 110)] == [None, None]


def test_an_archive_that_is_gone_gives_nothing(tmp_path: Path) -> None:
    saved = save(tmp_path, "a.warc", PAGE + picture(f"{SITE}/p.png"))
    (capture,) = readers.read(saved)
    saved.path.unlink()
    assert Resources(capture, saved).find("/p.png") is None


def test_a_picture_over_the_limit_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RESOURCE_BYTES", 1000)
    find = finder(tmp_path, crawls.packed([PAGE, picture(f"{SITE}/p.png", bytes(2000)), picture(f"{SITE}/q.png")]))
    assert find("/p.png") is None
    assert find("/q.png") is not None
