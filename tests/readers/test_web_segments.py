"""Records that were split: their continuations are found behind them, or missed."""

from __future__ import annotations

import gzip

import pytest

import crawls
from archive_viewer import readers
from archive_viewer.model import Capture
from crawls import SITE, answer, page, record, wacz
from saved_files import Save

URL = f"{SITE}/ferry"
HTML = page("Tïtle 😀", "wörd " * 900 + f'<img src="{SITE}/pier.png">')
OTHER = record(f"{SITE}/other", answer(page("Other")))
CUT = "The record of this page is damaged or cut off; it was read as far as it goes."


def segments(block: bytes, url: str = URL, count: int = 3) -> list[bytes]:
    size = len(block) // count + 1
    id = f"<urn:x:{url}>"
    first = record(url, block[:size], WARC_Record_ID=id, WARC_Segment_Number="1")
    rest = [
        record(
            url,
            block[number * size : (number + 1) * size],
            "continuation",
            WARC_Segment_Origin_ID=id,
            WARC_Segment_Number=str(number + 1),
            **({"WARC_Segment_Total_Length": str(len(block))} if number == count - 1 else {}),
        )
        for number in range(1, count)
    ]
    return [first, *rest]


def ferry(save_as: Save, name: str, data: bytes) -> Capture:
    saved = save_as(name, data)
    capture = next(capture for capture in readers.read(saved) if capture.url and capture.url.value == URL)
    assert readers.find_capture(saved, capture.locator).data == capture.data
    return capture


@pytest.mark.parametrize("count", [2, 3, 12])
@pytest.mark.parametrize("is_between", [False, True])
def test_segments_are_joined(count: int, is_between: bool, save_as: Save) -> None:
    for block in (answer(HTML), answer(gzip.compress(HTML), content_encoding="gzip")):
        records = segments(block, count=count)
        if is_between:
            stranger = segments(answer(HTML), f"{SITE}/stranger")
            records = [part for pair in zip(records, [OTHER, *stranger] * 4, strict=False) for part in pair]
        capture = ferry(save_as, "x.warc.gz", crawls.packed(records))
        assert (capture.data, capture.warnings) == (HTML, ())


def test_segments_in_the_next_volume_are_joined(save_as: Save) -> None:
    first, *rest = segments(answer(HTML))
    capture = ferry(save_as, "x.wacz", wacz({"a.warc": OTHER + first, "b.warc": OTHER + b"".join(rest)}))
    assert (capture.data, capture.warnings) == (HTML, ())


@pytest.mark.parametrize("missing", [1, 2])
def test_a_segment_that_is_missing_is_said(missing: int, save_as: Save) -> None:
    records = segments(answer(HTML))
    del records[missing]
    capture = ferry(save_as, "x.warc", b"".join([*records, OTHER]))
    assert HTML.startswith(capture.data)
    assert len(capture.data) > 1000
    assert capture.warnings == (CUT,)


def test_a_picture_in_segments(save_as: Save) -> None:
    picture = bytes(range(256)) * 90
    records = segments(answer(picture, "image/png"), f"{SITE}/pier.png")
    capture = ferry(save_as, "x.warc", b"".join([record(URL, answer(HTML)), *records]))
    assert capture.find_resource is not None
    found = capture.find_resource(f"{SITE}/pier.png")
    assert found is not None
    assert found.data == picture
