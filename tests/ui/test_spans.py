"""Ranges that overlap, asked for by place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.ui.spans import Spans, lanes, plain_spans

ranges = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1])))


@given(found=ranges, start=st.integers(0, 90), length=st.integers(1, 20))
def test_those_that_touch_are_those_that_share_a_character(
    found: list[tuple[int, int]], start: int, length: int
) -> None:
    end = start + length
    expected = sorted((left, right) for left, right in found if left < end and right > start)
    assert sorted(thing for _, _, thing in plain_spans(found).touching(start, end)) == expected


@given(found=ranges, offset=st.integers(0, 90))
def test_the_shortest_comes_first(found: list[tuple[int, int]], offset: int) -> None:
    here = plain_spans(found).at(offset)
    assert all(left <= offset < right for left, right in here)
    assert [right - left for left, right in here] == sorted(right - left for left, right in here)


@given(found=ranges.map(sorted))
def test_no_two_in_a_lane_overlap(found: list[tuple[int, int]]) -> None:
    taken: dict[int, int] = {}
    for (start, end), lane in zip(found, lanes(found), strict=True):
        assert taken.get(lane, -1) <= start
        taken[lane] = end


def test_things_are_sorted_by_their_ranges() -> None:
    spans = Spans(["bb", "a"], lambda word: (2, 4) if word == "bb" else (0, 1))
    assert list(spans.things) == ["a", "bb"]
    assert len(spans) == 2
