"""The pictures of archived pages: found next door, in the neighbourhood, in another volume, or not at all."""

from __future__ import annotations

import random

import pytest

import crawls
from archive_viewer import limits, readers
from archive_viewer.model import Resource
from crawls import SITE, answer, page, record, wacz
from saved_files import Save

NOISE = random.Random(3)
FERRY = record(f"{SITE}/ferry", answer(page("Ferry")))


def picture(name: str, content: bytes, date: str = crawls.MOMENT) -> bytes:
    return record(f"{SITE}/{name}", answer(content, "image/png"), date=date)


def filling(kilobytes: int) -> list[bytes]:
    return [picture(f"filling/{number}", NOISE.randbytes(1024)) for number in range(kilobytes)]


def find(save_as: Save, name: str, data: bytes, *urls: str) -> list[Resource | None]:
    (capture,) = readers.read(save_as(name, data))
    assert capture.find_resource is not None
    return [capture.find_resource(f"{SITE}/{url}") for url in urls]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WARC_NEXT_DOOR", 20_000)
    monkeypatch.setattr(limits, "WARC_NEIGHBOURHOOD", 200_000)


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("distance", [0, 60])
@pytest.mark.parametrize("is_before", [False, True])
def test_near_and_far_before_and_behind(is_packed: bool, distance: int, is_before: bool, save_as: Save) -> None:
    records = [picture("pier.png", b"pier"), *filling(distance), FERRY]
    records = [*filling(40), *(records if is_before else reversed(records)), *filling(40)]
    data = crawls.packed(records) if is_packed else b"".join(records)
    found, missing = find(save_as, "x.warc", data, "pier.png", "none.png")
    assert found is not None
    assert (found.data, found.media_type, missing) == (b"pier", "image/png", None)


def test_too_far_away(save_as: Save) -> None:
    assert find(save_as, "x.warc", b"".join([FERRY, *filling(400), picture("pier.png", b"pier")]), "pier.png") == [None]


def test_in_another_volume(save_as: Save) -> None:
    volumes = {"a.warc": picture("pier.png", b"pier"), "b.warc.gz": crawls.packed([FERRY, *filling(60)])}
    (found,) = find(save_as, "x.wacz", wacz(volumes), "pier.png")
    assert found is not None
    assert found.data == b"pier"


def test_of_several_the_nearest_in_time(save_as: Save) -> None:
    dates = {b"old": "2009-01-01T00:00:00Z", b"right": "2021-11-21T10:00:05Z", b"new": "2023-01-01T00:00:00Z"}
    records = [picture("pier.png", content, date) for content, date in dates.items()]
    (found,) = find(save_as, "x.warc", b"".join([records[0], FERRY, *records[1:]]), "pier.png")
    assert found is not None
    assert found.data == b"right"


def test_through_a_redirect_and_a_record_that_refers_to_another(save_as: Save) -> None:
    first = record(f"{SITE}/kept.png", answer(b"pier", "image/png"), WARC_Payload_Digest="sha1:ABC")
    moved = record(f"{SITE}/pier.png", answer(b"", status="302 Found", location="/again.png"))
    again = record(f"{SITE}/again.png", answer(b"", "image/png"), "revisit", WARC_Payload_Digest="sha1:abc")
    (found,) = find(save_as, "x.warc", b"".join([first, *filling(60), FERRY, moved, again]), "pier.png")
    assert found is not None
    assert (found.data, found.url) == (b"pier", f"{SITE}/pier.png")
