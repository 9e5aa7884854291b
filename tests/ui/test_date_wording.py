"""Dates in words: each kind as it is read, and no two dates in the same words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from archive_viewer import edtf_dates
from archive_viewer.edtf_parts import Single, taken_apart
from archive_viewer.ui import date_wording


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        *(("2021-11-21", "21 Nov 2021"), ("2021-11", "Nov 2021"), ("2021", "2021"), ("", ""), ("soon", "soon")),
        *(("2021-11-21T10:00:00Z", "21 Nov 2021"), ("1984~/2021", "about 1984 to 2021"), ("1984?", "probably 1984")),
        *(("1984-05%", "probably about May 1984"), ("2016-03-05/2016-12-31", "5 Mar 2016 to 31 Dec 2016")),
        *(("1985-04/..", "from Apr 1985 on"), ("../1985", "until 1985"), ("1985/", "1985 to an unknown end")),
        *(("/1985~", "an unknown beginning to about 1985"), ("../..", "no beginning to no end")),
        *(("198X", "1980s"), ("19XX", "between 1900 and 1999"), ("1X84", "a year written 1_84")),
        *(("XXXX-12-25", "25 Dec, an unknown year"), ("-00XX", "between 100 BCE and 1 BCE")),
        *(("2004-XX", "2004, month unknown"), ("2004-06-XX", "Jun 2004, day unknown")),
        *(("2004-XX-11", "2004, month unknown, day 11"), ("2004-XX-XX", "2004, month unknown, day unknown")),
        *(("-0043-03-15", "15 Mar 44 BCE"), ("0000", "1 BCE"), ("-0044~/0014", "about 45 BCE to 14")),
        *(("Y17E4", "170000"), ("Y-17000", "17001 BCE"), ("Y1E90", "Y1E90")),
        *(("1950S2", "1950 (2 digits of the year are sure)"), ("2001-21/2003", "spring 2001 to 2003")),
        *(("2001-34", "second quarter of 2001"), ("2001-29", "spring 2001 (southern hemisphere)")),
        *(("2004-06-~11", "11 Jun 2004 (day approximate)"), ("2004?-06-11", "11 Jun 2004 (year uncertain)")),
        *(("2004-06~-11", "11 Jun 2004 (year, month approximate)"),),
        *(("[1667,1668?]", "one of: 1667; probably 1668"), ("{1667,1670..1672}", "all of: 1667; 1670 to 1672")),
        *(("[..1672]", "one of: until 1672"), ("[1672..]", "one of: from 1672 on")),
    ],
)
def test_a_date_is_said_in_words(stored: str, said: str) -> None:
    assert date_wording.date(stored) == said


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        *(("2021-11-21", "21 Nov 2021"), ("2021-11", "Nov 2021"), ("2021", "2021"), ("soon", "soon")),
        *(("1984~/2021", "about 1984 to 2021 (1984~/2021)"), ("-0044", "45 BCE (-0044)"), ("198X", "1980s (198X)")),
        *(("2001-21", "spring 2001 (2001-21)"), ("2004-XX", "2004, month unknown (2004-XX)")),
    ],
)
def test_words_that_are_not_the_writing_have_it_beside_them(stored: str, said: str) -> None:
    assert date_wording.with_writing(stored) == said


QUALIFIER = st.sampled_from(["", "", "", "?", "~", "%"])


@st.composite
def singles(draw: st.DrawFn) -> str:
    """A date as somebody may write it, understood or not."""
    digits = st.text("0123456789X", min_size=4, max_size=4)
    year = draw(st.one_of(digits, digits.map("-{}".format), st.integers(10_000, 10**8).map("Y{}".format)))
    text = f"{draw(QUALIFIER)}{year}{draw(QUALIFIER)}"
    if draw(st.booleans()):
        month = draw(st.one_of(st.integers(1, 12).map("{:02}".format), st.integers(21, 41).map(str), st.just("XX")))
        text += f"-{draw(QUALIFIER)}{month}{draw(QUALIFIER)}"
        if draw(st.booleans()):
            day = draw(st.one_of(st.integers(1, 31).map("{:02}".format), st.just("XX")))
            text += f"-{draw(QUALIFIER)}{day}{draw(QUALIFIER)}"
    return text


ENDS = st.one_of(singles(), st.sampled_from(["", ".."]))
MEMBERS = st.one_of(singles(), singles().map("..{}".format), singles().map("{}..".format))
DATES = st.one_of(
    singles(),
    st.tuples(ENDS, ENDS).map("/".join),
    st.lists(MEMBERS, min_size=1, max_size=3).map(lambda some: f"[{','.join(some)}]"),
    st.lists(MEMBERS, min_size=1, max_size=3).map(lambda some: f"{{{','.join(some)}}}"),
)


@given(DATES)
def test_whatever_is_understood_is_said_without_the_signs_of_the_format(stored: str) -> None:
    said = date_wording.date(stored)
    if edtf_dates.is_understood(stored):
        assert said
        assert not set(said) & set("?~%X[]{}/")
    else:
        assert said == stored


@given(st.lists(DATES, max_size=8))
def test_dates_that_mean_another_are_said_otherwise(dates: list[str]) -> None:
    understood = [one for one in dates if edtf_dates.is_understood(one)]
    meanings = {str(taken_apart(one)) for one in understood}
    assert len({date_wording.date(one) for one in understood}) == len(meanings)


def test_every_qualified_part_is_told_apart() -> None:
    signs = ("", "?", "~", "%")
    written = [f"{a}1984-{b}05-{c}17" for a in signs for b in signs for c in signs]
    understood = [one for one in written if edtf_dates.is_understood(one)]
    assert len(understood) == len(written)
    assert len({date_wording.date(one) for one in understood}) == len(written)


def test_parts_of_a_date_are_taken_apart() -> None:
    assert taken_apart("198X-06~-?11") == Single(
        1980, 1989, "198X", "06", "11", doubts=("day",), guesses=("year", "month")
    )
    assert taken_apart("around 1984") is None
