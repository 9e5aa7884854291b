"""Dates that are uncertain or a span: what is understood, and by which day it is put in order."""

from __future__ import annotations

import pytest

from archive_viewer.edtf_dates import earliest_day, is_understood, sort_key, year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-11-21", "2021-11-21"),
        ("2021-11", "2021-11"),
        ("2021", "2021"),
        ("2021-11-21T10:00:00Z", "2021-11-21T10:00:00Z"),
        ("1984?", "1984-01-01"),
        ("1984~", "1984-01-01"),
        ("2004-06-~11", "2004-06-11"),
        ("198X", "1980-01-01"),
        ("2004-06-XX", "2004-06-01"),
        ("1984/1986-05", "1984-01-01"),
        ("1984?/2004-06~", "1984-01-01"),
        ("1985-04/..", "1985-04-01"),
        ("../1985", "1985-12-31"),
        ("/1985", "1985-12-31"),
        ("[1667,1668]", "1667-01-01"),
        ("2001-21", "2001-03-01"),
        ("0000", "0000"),
    ],
)
def test_a_date_is_understood_and_begins_with_a_day(text: str, day: str) -> None:
    assert is_understood(text)
    assert earliest_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "1984-13",
        "1999-02-30",
        "1985/1984",
        "21.11.2021",
        "around 1984",
        "２０２１",
        "2021-11-21/x",
        "2021-11-21T25:99",
        "2021-11-21T..",
        "Y" + "1" * 5000,
        "Y1E99999999",
        "Y1234S" + "9" * 5000,
        "2004-1X",
        "2004-06-1X",
        "1950S2?-12-05",
        "../",
    ],
)
def test_what_is_no_date_is_not_understood(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not is_understood(text)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("text", ["", "around 1984", "-0044", "Y170000002"])
def test_what_has_no_day_that_lists_can_show_has_none(text: str) -> None:
    assert earliest_day(text) == ""


@pytest.mark.parametrize(
    ("text", "first"),
    [
        *(("", ""), ("next spring", ""), ("2021-11-21", "2021"), ("1984?", "1984"), ("198X", "1980")),
        *(("-0044", "-0044"), ("-0044-03-15", "-0044"), ("Y-17000", "Y-17000"), ("Y12345", "Y12345")),
        *(("Y17E4", "Y170000"), ("-0044/0014", "-0044"), ("../-0044", "-0044"), ("../..", "")),
    ],
)
def test_the_year_that_a_date_begins_with(text: str, first: str) -> None:
    assert year(text) == first


def test_dates_of_all_years_are_put_in_order() -> None:
    ordered = ["Y-170000", "Y-17000", "-9999", "-0044-03-15", "-0044-03-16", "-0043", "0000", "0014~", "1984?"]
    ordered += ["2021-11-21", "9999-12", "Y10000", "Y17000", "Y17E4"]
    assert sorted(ordered, key=sort_key) == ordered
    assert all(sort_key(one) for one in ordered)
    assert sort_key("") == sort_key("around 1984") == ""
