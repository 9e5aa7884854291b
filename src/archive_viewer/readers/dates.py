"""Dates as saving programs write them, made UTC.

A text in, a moment in ISO 8601 (``2021-11-21T10:00:00Z``) with its doubt out.  Separate because every form of saved
page has its own habits, and all of them turn up in all of the others: RFC 5322 (section 3.3), JavaScript's ``Date``
in two dialects (ECMA-262, section 21.4.4.41, and old Internet Explorer's), ISO 8601, and bare digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
_ZONE = r"(?:(?P<utc>GMT|UTC|Z)?\s?(?:(?P<sign>[+\-−])(?P<hours>\d\d):?(?P<minutes>\d\d))?)"
_FORMS = [
    re.compile(form, re.I)
    for form in (
        # JavaScript: "Fri Dec 09 2022 14:05:06 GMT+0100"
        rf"(?:\w+\.?,?\s)?(?P<month>[a-z]{{3}})[a-z]*\s(?P<day>\d{{1,2}}),?\s(?P<year>\d{{4}})\s{_CLOCK}\s?{_ZONE}",
        # Internet Explorer: "Fri Dec 9 14:05:06 UTC+0100 2022"
        rf"(?:\w+\.?,?\s)?(?P<month>[a-z]{{3}})[a-z]*\s(?P<day>\d{{1,2}})\s{_CLOCK}\s{_ZONE}\s?(?P<year>\d{{4}})",
    )
]
_DIGITS = re.compile(r"(\d{14})(\d{3})?")
_BRACKET = re.compile(r"(?<=\S)\s*[(（].*", re.S)
"""The zone's name in the saver's language, which may have brackets itself."""

_ZONE_NAMES = frozenset("Z UT UTC GMT AST ADT EST EDT CST CDT MST MDT PST PDT".split())
"""Those that RFC 5322, section 4.3, gives a meaning; any other name is not known to be one place's."""

_NO_ZONE = "It is not said in which time zone this is; it is read as UTC."
_OLDEST = 1990
_TOO_OLD = "There were no web pages at that time."


@dataclass(frozen=True)
class Moment:
    """A moment in UTC; ``doubt`` is a sentence or empty."""

    at: str
    doubt: str = ""


def read_moment(text: str) -> Moment | None:
    """The moment that ``text`` means, or None when it is not understood or there is no such day."""
    text = " ".join(_BRACKET.sub("", text[:200]).split())
    try:
        moment = _javascript(text) or _digits(text) or _iso(text) or _rfc(text)
        if moment is None:
            return None
        in_utc = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    doubt = _TOO_OLD if in_utc.year < _OLDEST else "" if moment.tzinfo else _NO_ZONE
    return Moment(f"{in_utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z", doubt)


def _javascript(text: str) -> datetime | None:
    for form in _FORMS:
        if found := form.fullmatch(text):
            month = _MONTHS.get(found["month"].lower(), 0)
            date = int(found["year"]), month, int(found["day"])
            clock = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
            return datetime(*date, *clock, tzinfo=_zone(found))
    return None


def _zone(found: re.Match[str]) -> timezone | None:
    if found["sign"]:
        away = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
        return timezone(away if found["sign"] == "+" else -away)
    return UTC if found["utc"] else None


def _digits(text: str) -> datetime | None:
    found = _DIGITS.fullmatch(text)
    if not found:
        return None
    moment = datetime.strptime(found[1], "%Y%m%d%H%M%S")
    # WebScrapBook: seventeen digits are UTC, the older fourteen the local time of nobody knows where.
    return moment.replace(tzinfo=UTC) if found[2] else moment


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d", text):
        return None
    return datetime.fromisoformat(re.sub(r"\s*(?:UTC|GMT)$", "Z", text))


def _rfc(text: str) -> datetime | None:
    parsed = parsedate_tz(text)
    if parsed is None:
        return None
    has_zone = re.search(r"[+-]\d{4}$", text) is not None or text.split()[-1].upper() in _ZONE_NAMES
    return datetime(*parsed[:6], tzinfo=timezone(timedelta(seconds=parsed[9] or 0)) if has_zone else None)
