"""Dates as numbers that can be compared: ``2021-11-21`` is 20211121.

A date may name less than a day.  A page whose date does stands at the start of what it names (``2021`` is 20210000);
in a query it is the whole of it, from 20210000 to 20219999.
"""

from __future__ import annotations

import re

EARLIEST, LATEST = 1, 99_999_999
"""The bounds of a time that is open at one end; 0 is a page without a date, which no time holds."""

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)


def day_number(date: str) -> int:
    """The day that begins ``date`` (ISO 8601, anything may follow the day), or 0 where there is none."""
    found = _DATE.match(date)
    return _number(found, "00") if found else 0


def period(text: str) -> tuple[int, int] | None:
    """The first and the last day of what ``text`` names; None if it is not understood.

    ``2021``, ``2021-11``, ``2021-11-21``, ``2020..2021-03``, ``..2019``, ``2019..``, ``>2019``, ``>=2019``,
    ``<2020-05``, ``<=2020-05``.  The last day is before the first where a range ends before it begins.
    """
    sign = text[: 2 if text[1:2] == "=" else 1] if text[:1] in ("<", ">") else ""
    low, dots, high = text[len(sign) :].partition("..")
    if (sign and dots) or not (low or high):
        return None
    first, last = _days(low), _days(high if dots else low)
    if first is None or last is None:
        return None
    match sign:
        case ">":
            return first[1] + 1, LATEST
        case ">=":
            return first[0], LATEST
        case "<":
            return EARLIEST, first[0] - 1
        case "<=":
            return EARLIEST, first[1]
    return first[0], last[1]


def _days(date: str) -> tuple[int, int] | None:
    """The first and the last day of one date; of none, all days."""
    if not date:
        return EARLIEST, LATEST
    found = _DATE.fullmatch(date)
    if found is None or not 1 <= int(found[2] or 1) <= 12 or not 1 <= int(found[3] or 1) <= 31:
        return None
    return _number(found, "00"), _number(found, "99")


def _number(date: re.Match[str], missing: str) -> int:
    return int(f"{date[1]}{(date[2] or missing):0>2}{(date[3] or missing):0>2}")
