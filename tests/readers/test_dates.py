"""Dates in every form that saving programs write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.readers.dates import Moment, read_moment


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Fri Dec 09 2022 14:05:06 GMT+0100 (Central European Standard Time)", "2022-12-09T13:05:06Z"),
        ("Tue Nov 24 2026 10:00:00 GMT+0100 (Mitteleuropäische Normalzeit)", "2026-11-24T09:00:00Z"),
        ("Tue Nov 24 2026 10:00:00 GMT+0530 (भारतीय मानक समय)", "2026-11-24T04:30:00Z"),
        ("Tue Nov 24 2026 10:00:00 GMT+0800（中国标准时间）", "2026-11-24T02:00:00Z"),
        ("Tue Nov 24 2026 10:00:00 GMT+0300 (Москва (стандартное время))", "2026-11-24T07:00:00Z"),
        ("Fri, Mar 10 2006 13:40:00 GMT+0100", "2006-03-10T12:40:00Z"),  # UnMHT
        ("Tue Nov 24 2026 10:00:00 GMT−0500 (EST", "2026-11-24T15:00:00Z"),
        ("Fri Mar 10 13:40:00 UTC+0100 2006", "2006-03-10T12:40:00Z"),
        ("Sun, 21 Mar 2010 16:10:08 +0100", "2010-03-21T15:10:08Z"),
        ("Sun, 31 Jan 2016 06:40:15 GMT", "2016-01-31T06:40:15Z"),
        ("21 Mar 2010 10:10:08 EST", "2010-03-21T15:10:08Z"),
        ("Mon, 17 Dec 2018 11:28:18 -0000", "2018-12-17T11:28:18Z"),
        ("2023-12-01T10:30:45Z", "2023-12-01T10:30:45Z"),
        ("2023-12-01T10:30:45.123+02:00", "2023-12-01T08:30:45Z"),
        ("20200421101254231", "2020-04-21T10:12:54Z"),
    ],
)
def test_a_date_with_its_zone(text: str, at: str) -> None:
    assert read_moment(text) == Moment(at)


@pytest.mark.parametrize(
    "text",
    [
        "Fri Dec 09 2022 14:05:06",
        "Fri Dec 9 14:05:06 2022",
        "Fri, 09 Dec 2022 14:05:06",
        "Fri, 09 Dec 2022 14:05:06 MESZ",
        "20221209140506",
        "2022-12-09 14:05:06",
    ],
)
def test_a_date_without_a_zone_is_doubted(text: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert moment.at == "2022-12-09T14:05:06Z"
    assert "time zone" in moment.doubt


def test_a_date_before_there_were_pages_is_doubted() -> None:
    moment = read_moment("Thu, 01 Jan 1970 00:00:00 GMT")
    assert moment is not None
    assert moment.at == "1970-01-01T00:00:00Z"
    assert moment.doubt


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "09/12/2022, 14:05",
        "Tue Feb 30 2021 10:00:00 GMT+0100",
        "20219999999999",
        "2014-01",
        "Fri Xyz 10 2006 13:40:00 GMT+0100",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_moment(text) is None


moments = st.datetimes(datetime(1991, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(moments, zones, st.text(st.characters(exclude_characters="()（）\n\r", exclude_categories=["Cs"]), max_size=20))
def test_javascript_and_rfc_dates_agree(naive: datetime, zone: timezone, name: str) -> None:
    moment = naive.replace(tzinfo=zone)
    javascript = moment.strftime("%a %b %d %Y %H:%M:%S GMT%z") + f" ({name})"
    at = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (
        read_moment(javascript) == read_moment(format_datetime(moment)) == read_moment(moment.isoformat()) == Moment(at)
    )


@given(st.text(max_size=80) | st.from_regex(r"\w{3},? \d+ \w{3} \d{4} \d\d:\d\d(:\d\d)? [+-]\d{4}", fullmatch=True))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = read_moment(text)
    assert moment is None or datetime.fromisoformat(moment.at).tzinfo is not None
