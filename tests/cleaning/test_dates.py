"""Dates in the words of many languages, and in the many forms that machines are given."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.cleaning import dates
from archive_viewer.cleaning.calendars import MONTHS, WEEKDAYS


@pytest.mark.parametrize(
    "text",
    [
        "November 21, 2021",
        "Nov. 21st 2021",
        "21 November 2021",
        "21st of November, 2021",
        "Sunday, November 21,2021",
        "21. November 2021",
        "le dimanche 21 novembre 2021",
        "domingo, 21 de noviembre de 2021",
        "21 de novembro de 2021",
        "domenica 21 novembre 2021",
        "zondag 21 november 2021",
        "21 listopada 2021",
        "21 KASIM 2021 PAZAR",
        "21 kasım 2021",
        "21 ноября 2021 г.",
        "21 листопада 2021",
        "२१ नवंबर २०२१, रविवार",
        "२१ नवम्बर 2021",
        "الأحد ٢١ نوفمبر ٢٠٢١",
        "21 تشرين الثاني 2021",
        "2021年11月21日 星期日",
        "2021年11月21日（日曜日）",
        "2021년 11월 21일 일요일",
        "2021. november 21.",
        "21.11.2021",
        "2021-11-21T23:30:00+05:30",
        "2021/11/21",
        "21/11/2021",
        "11/21/2021",
        "21. marraskuuta 2021",
        "21. novembra 2021",
        "21 de novembre de 2021",
        "21 tháng 11 năm 2021",
        "21 ноември 2021",
        "21 новембар 2021",
        "21 Νοεμβρίου 2021",
        "21 בנובמבר 2021",
        "۲۱ نوامبر ۲۰۲۱",
        "۳۰ آبان ۱۴۰۰",
        "21 નવેમ્બર 2021",
        "21 ਨਵੰਬਰ 2021",
        "21 நவம்பர் 2021",
        "21 నవంబర్ 2021",
        "২১ নভেম্বর ২০২১",
        "21 พฤศจิกายน 2564",
        "๒๑ พฤศจิกายน พ.ศ. ๒๕๖๔",
        "21 พ.ย. 2564",
        "令和3年11月21日（日曜日）",
        "民國110年11月21日",
    ],
)
def test_a_day_in_words(text: str) -> None:
    found = dates.find(f"published: {text} | x")
    assert found
    assert (found.value, found.doubt) == ("2021-11-21", "")


@pytest.mark.parametrize(
    "text", ["May 2021", "32 May 2021", "call 2021 11 21", "version 3.11.2021.4", "31 April 2021", ""]
)
def test_what_is_no_day(text: str) -> None:
    assert dates.find(text) is None


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Tuesday, November 21, 2021", "The page says Tuesday, but 21 November 2021 was a Sunday."),
        ("21 नवंबर 2021, मंगलवार", "The page says मंगलवार, but 21 November 2021 was a Sunday."),
        ("3/4/2021", "The page writes 3/4/2021; the day and the month could be the other way round."),
    ],
)
def test_what_is_doubtful_says_why(text: str, doubt: str) -> None:
    found = dates.find(text)
    assert found
    assert found.doubt == doubt


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("平成元年1月8日", "1989-01-08"),
        ("昭和20年8月15日", "1945-08-15"),
        ("۱ فروردین ۱۴۰۳", "2024-03-20"),
        ("30 اسفند 1399", "2021-03-20"),
        ("22 بهمن 1357", "1979-02-11"),
        ("30 اسفند 1400", ""),
        ("31 آبان 1400", ""),
        ("12 สิงหาคม 2475", "1932-08-12"),
    ],
)
def test_years_counted_otherwise(text: str, value: str) -> None:
    found = dates.find(text)
    assert (found.value if found else "") == value


def test_a_day_of_the_islamic_calendar_is_doubtful() -> None:
    found = dates.find("١ رمضان ١٤٤٥")
    assert found
    assert found.value == "2024-03-11"
    assert found.doubt == "The page writes ١ رمضان ١٤٤٥; a day of the Islamic calendar may be a day off in ours."


@pytest.mark.parametrize(
    ("stamp", "day", "is_so"),
    [
        ("2021-11-22T03:30:00Z", "2021-11-21", True),
        ("2021-11-22T03:30:00+00:00", "2021-11-21", True),
        ("2021-11-21T20:30:00.000Z", "2021-11-22", True),
        ("2021-11-22T20:30:00Z", "2021-11-21", False),
        ("2021-11-22T03:30:00-05:00", "2021-11-21", False),
        ("2021-11-22", "2021-11-21", False),
        ("2021-11-22T03:30:00Z", "2021-11-20", False),
        ("2021-13-22T03:30:00Z", "2021-11-20", False),
        ("", "", False),
    ],
)
def test_the_day_in_greenwich_and_that_of_readers(stamp: str, day: str, is_so: bool) -> None:
    assert dates.is_shifted(stamp, day) is is_so


@pytest.mark.parametrize(
    ("text", "is_change"),
    [
        ("Last updated: 3 May 2021", True),
        ("Zuletzt aktualisiert am 3. Mai 2021", True),
        ("Mis à jour le 3 mai 2021", True),
        ("Обновлено 3 мая 2021", True),
        ("अपडेट: 3 मई 2021", True),
        ("更新：2021年5月3日", True),
        ("Published 3 May 2021", False),
        ("3 May 2021, updated later", False),
    ],
)
def test_the_day_of_a_change(text: str, is_change: bool) -> None:
    found = dates.find(text)
    assert found
    assert dates.is_of_change(text, found) is is_change


def test_an_american_page_puts_the_month_first() -> None:
    american, other = dates.find("3/4/2021", is_month_first=True), dates.find("3/4/2021")
    assert american
    assert other
    assert (american.value, other.value) == ("2021-03-04", "2021-04-03")


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("2021-11-21", "2021-11-21"),
        ("2021-11-21T00:30:00+05:30", "2021-11-21"),
        ("20211121", "2021-11-21"),
        ("2021-11", "2021-11"),
        ("2021", "2021"),
        ("Nov 21, 2021 10:00 AM", "2021-11-21"),
        ("Sun, 21 Nov 2021 10:00:00 GMT", "2021-11-21"),
        ("1637452800", ""),
        ("2021-13-01", ""),
        ("0000-00-00", ""),
        ("3/4/2021", ""),
        ("{{date}}", ""),
        ("", ""),
    ],
)
def test_a_date_for_machines(stated: str, value: str) -> None:
    assert dates.of_machine(stated) == value


@given(st.dates(datetime.date(1700, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_every_name_of_every_month_is_read(day: datetime.date, name: str) -> None:
    day = day.replace(day=min(day.day, 28), month=MONTHS[name])
    found = dates.find(f"{day.day} {name} {day.year}")
    assert found
    assert found.value == day.isoformat()


@given(st.dates(datetime.date(1700, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(sorted(WEEKDAYS)))
def test_a_weekday_is_doubted_when_it_does_not_fit(day: datetime.date, name: str) -> None:
    found = dates.find(f"{name}, {day.isoformat()}")
    assert found
    assert bool(found.doubt) == (WEEKDAYS[name] != day.weekday())


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for found in dates.find_all(text):
        assert 0 <= found.start < found.end <= len(text)
        datetime.date.fromisoformat(found.value)
    dates.of_machine(text)
